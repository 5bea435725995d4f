"""A declaration on paper as cells: indicators by modules, and the composition by raw material."""

from __future__ import annotations

import math
import re

from cirkeldesk.desktop.kit.grid.cells import CellKind, CellView, GridSheet, Parsed, read_cell_number
from cirkeldesk.model.product.composition import Origin
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.edits import default_unit, set_constituent, set_unit, set_value
from cirkeldesk.model.product.indicators import INDICATORS, Indicator, SetCode
from cirkeldesk.model.product.product import Product
from cirkeldesk.operations.product.typed import says_not_declared
from cirkeldesk.wording import numbers, terms

# What paper declarations print: A1-A3 together or apart, the stages of use, the end of life.
PAPER_MODULES = (
    "A1-A3",
    "A1",
    "A2",
    "A3",
    "A4",
    "A5",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "B6",
    "B7",
    "C1",
    "C2",
    "C3",
    "C4",
    "D",
)
_SCIENTIFIC = re.compile(
    r"[+-]?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+"
)  # as supplier declarations print: 3,655E+0


class ValueSheet(GridSheet):
    """Rows are the indicators of a set; column 0 is the unit, the others are modules."""

    def __init__(self, product: Product, set_code: SetCode | None) -> None:
        self.product, self.set_code = product, set_code
        self.indicators: list[Indicator] = [row for row in INDICATORS if row.set == set_code]
        found = next((d for d in product.declarations if d.set == set_code), None)
        self.values: dict[tuple[str, str], DeclaredValue] = (
            {(row.indicator, row.module): row for row in found.values} if found is not None else {}
        )

    @property
    def row_names(self) -> list[str]:
        return [row.code for row in self.indicators]

    @property
    def column_names(self) -> list[str]:
        return ["Eenheid", *PAPER_MODULES]

    def key(self, row: int, column: int) -> str:
        return f"value/{self.product.id}/{self.set_code or ''}/{self.indicators[row].code}/{column}"

    def cell(self, row: int, column: int) -> CellView:
        indicator = self.indicators[row]
        if column == 0:
            return self._unit(indicator)
        found = self.values.get((indicator.code, PAPER_MODULES[column - 1]))
        if found is None:
            return CellView("", editable=True, right=True, spoken="leeg", numeric=True)
        if found.value is None:
            word = terms.VALUE_STATES[found.state]
            return CellView(found.raw or "ND", "word", True, found.raw or "ND", True, word, numeric=True)
        text = numbers.as_typed(found.value) if found.raw is None else found.raw
        return CellView(text, "own", True, text, True, numeric=True)

    def _unit(self, indicator: Indicator) -> CellView:
        used = next((row.unit for (code, _), row in self.values.items() if code == indicator.code), None)
        usual = default_unit(self.set_code, indicator.code)
        any_value = any(code == indicator.code for code, _ in self.values)
        if used is not None and used != usual:
            return CellView(used, "own", True, used)
        if usual is not None:
            return CellView(usual, "inherit", any_value, "", spoken=f"{usual}, gebruikelijk")
        text = "invullen" if any_value else ""
        return CellView(
            text, "missing" if any_value else "own", any_value, "", suggestions=("kg Sb-eq", "MJ")
        )

    def parse(self, row: int, column: int, text: str) -> Parsed:
        code = self.indicators[row].code
        if column == 0:
            return Parsed(product=set_unit(self.set_code, code, text.strip() or None, f"eenheid van {code}"))
        module = PAPER_MODULES[column - 1]
        label = f"{code} {module}"
        typed = text.strip()
        if not typed:
            return Parsed(product=set_value(self.set_code, code, module, None, None, "", label))
        if says_not_declared(typed):
            return Parsed(product=set_value(self.set_code, code, module, None, "not_declared", typed, label))
        if _SCIENTIFIC.fullmatch(typed):
            value = float(typed.replace(",", "."))
            if not math.isfinite(value):
                return Parsed(problem=f"“{typed}” is te groot. Controleer het getal.")
            return Parsed(product=set_value(self.set_code, code, module, value, "declared", typed, label))
        read = read_cell_number(typed, positive=False)
        if read.problem or read.value is None:
            return Parsed(problem=read.problem)
        edit = set_value(
            self.set_code, code, module, read.value, "declared", numbers.as_typed(read.value), label
        )
        return Parsed(None, None, read.hint, read.alternative, edit)


ORIGIN_WORDS: dict[str, Origin] = {text: code for code, text in terms.ORIGINS.items()}  # type: ignore[misc]


class CompositionSheet(GridSheet):
    """Rows are raw materials, with one empty row to type the next in."""

    COLUMNS = ("Grondstof", "Aandeel, % van de massa", "Herkomst", "Gerecycled biobased")

    def __init__(self, product: Product) -> None:
        self.product = product
        self.parts = product.composition.constituents

    @property
    def row_names(self) -> list[str]:
        return [str(number + 1) for number in range(len(self.parts) + 1)]

    @property
    def column_names(self) -> list[str]:
        return list(self.COLUMNS)

    def label(self, row: int) -> str:
        return self.parts[row].name if row < len(self.parts) else "nieuwe grondstof"

    def paste_rows(self, row: int) -> list[int]:
        """A pasted list of raw materials makes as many rows as it has."""
        return list(range(row, row + 200))

    def match_row(self, text: str, row: int) -> list[int]:
        return []  # names of raw materials are content here, never a header

    def key(self, row: int, column: int) -> str:
        return f"part/{self.product.id}/{row}/{column}"

    def cell(self, row: int, column: int) -> CellView:
        if row >= len(self.parts):
            suggestions = tuple(ORIGIN_WORDS) if column == 2 else ("ja", "nee") if column == 3 else ()
            return CellView(
                "",
                editable=True,
                right=column == 1,
                numeric=column == 1,
                spoken="leeg",
                suggestions=suggestions,
            )
        part = self.parts[row]
        match column:
            case 0:
                return CellView(part.name, editable=True, edit_text=part.name)
            case 1:
                text = (
                    numbers.as_typed(round(part.fraction * 100, 10))
                    if part.fraction is not None
                    else "invullen"
                )
                kind: CellKind = "own" if part.fraction is not None else "missing"
                typed = text if part.fraction is not None else ""
                return CellView(text, kind, True, typed, True, numeric=True)
            case 2:
                text = terms.ORIGINS[part.origin]
                return CellView(text, editable=True, edit_text=text, suggestions=tuple(ORIGIN_WORDS))
        text = "ja" if part.recycled_biobased else "nee"
        return CellView(text, editable=True, edit_text=text, suggestions=("ja", "nee"))

    def parse(self, row: int, column: int, text: str) -> Parsed:
        typed = text.strip()
        name = self.label(row) if row < len(self.parts) else typed or "grondstof"
        match column:
            case 0:
                return Parsed(product=set_constituent(row, "name", typed, f"grondstof {typed or name}"))
            case 1:
                if not typed:
                    return Parsed(product=set_constituent(row, "fraction", None, f"aandeel van {name}"))
                read = read_cell_number(typed.rstrip("%"), positive=False)
                if read.problem or read.value is None:
                    return Parsed(problem=read.problem)
                if not 0 <= read.value <= 100:
                    return Parsed(problem=f"“{typed}” kan niet. Vul een percentage van 0 tot 100 in.")
                edit = set_constituent(row, "fraction", read.value / 100, f"aandeel van {name}")
                return Parsed(None, None, read.hint, read.alternative, edit)
            case 2:
                origin = next(
                    (code for word, code in ORIGIN_WORDS.items() if word.casefold() == typed.casefold()), None
                )
                if origin is None and typed:
                    return Parsed(problem=f"“{typed}” kan niet. Kies uit: {', '.join(ORIGIN_WORDS)}.")
                return Parsed(
                    product=set_constituent(row, "origin", origin or "unknown", f"herkomst van {name}")
                )
        if typed.casefold() not in ("", "ja", "nee"):
            return Parsed(problem=f"“{typed}” kan niet. Kies ja of nee.")
        return Parsed(
            product=set_constituent(
                row, "recycled_biobased", typed.casefold() == "ja", f"biobased van {name}"
            )
        )
