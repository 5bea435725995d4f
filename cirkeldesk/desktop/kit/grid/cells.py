"""Cells of an editing grid as values: what a cell shows, and what a typed text means for the tender. No
Qt."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.product.edits import ProductEdit
from cirkeldesk.model.reference.group import PlausibleRange, ProductGroup
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.wording import numbers
from cirkeldesk.wording.numbers import NumberReading

Weight = Literal["plain", "head", "sum", "total"]
CellKind = Literal["own", "inherit", "computed", "word", "heading", "missing"]


@dataclass(frozen=True)
class CellView:
    """What a cell shows. `edit_text` is what the editor starts with; `spoken` is the accessible name."""

    text: str = ""
    kind: CellKind = "own"
    editable: bool = False
    edit_text: str = ""
    right: bool = False
    spoken: str = ""
    description: str = ""
    suggestions: tuple[str, ...] = ()
    look_up: Callable[[str], list[str]] | None = (
        None  # suggestions for what is typed so far, from a long list
    )
    numeric: bool = False
    menu: bool = False


@dataclass(frozen=True)
class Parsed:
    """What a typed text means: an edit, a refusal (Dutch), or neither when nothing changes. `hint` asks
    back."""

    edit: Edit | None = None
    problem: str | None = None
    hint: str | None = None
    alternative: tuple[str, str] | None = None  # (label of the button, text to enter instead)
    product: ProductEdit | None = None  # instead of `edit`, in a grid about a product
    of_refused: bool = False  # empties a figure because a text that should replace it was refused

    @property
    def changes(self) -> bool:
        return self.edit is not None or self.product is not None


class GridSheet(ABC):
    """The content of a grid: rows and columns of cells, and the edits that typing makes."""

    @property
    @abstractmethod
    def row_names(self) -> list[str]: ...

    @property
    @abstractmethod
    def column_names(self) -> list[str]: ...

    @abstractmethod
    def cell(self, row: int, column: int) -> CellView: ...

    @abstractmethod
    def parse(self, row: int, column: int, text: str) -> Parsed: ...

    @abstractmethod
    def key(self, row: int, column: int) -> str:
        """A name for the cell that survives other rows and columns; used for drafts and refused texts."""

    def column_note(self, column: int) -> str:
        """A second line under a column's name."""
        del column
        return ""

    def label(self, row: int) -> str:
        """What a row is called in a message."""
        return self.row_names[row].strip()

    def row_note(self, row: int) -> str:
        """What stands quieter behind a row's name."""
        del row
        return ""

    def weight(self, row: int) -> Weight:
        """How a row is drawn: the head of a group, a sum, the total a page is about, or plain."""
        del row
        return "plain"

    def is_stop(self, row: int, column: int) -> bool:
        """Whether Enter and Tab come by here."""
        return self.cell(row, column).editable

    def paste_rows(self, row: int) -> list[int]:
        """Where the lines of a block pasted at a row go."""
        return list(range(row, len(self.row_names)))

    def is_alike(self, source: tuple[int, int], target: tuple[int, int]) -> bool:
        """Whether a value of one cell (row, column) means the same in another: a fill goes no further."""
        del source, target
        return True

    def match_row(self, text: str, row: int) -> list[int]:
        """Rows a pasted header cell names, for a block pasted at `row`."""
        wanted = text.strip().casefold()
        return [index for index, name in enumerate(self.row_names) if name.strip().casefold() == wanted]


@dataclass
class NumberText:
    """A typed number with what must be said about it."""

    value: float | None = None
    exact: Decimal | None = None
    problem: str | None = None
    hint: str | None = None
    alternative: tuple[str, str] | None = None
    empty: bool = field(default=False)


LARGEST = 1e12  # no quantity or sum of a public work comes near it
_THREE_DECIMALS = re.compile(
    r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"
)  # in a field of thousands perhaps an English 1,240
_HINTS = {
    "thousands": "{text} gelezen als {value} (duizendtallen).",
    "point": "{text} gelezen als {value}.",
    "english": "{text} gelezen als {value} (Engelse schrijfwijze).",
    "unit_left_out": "{text} gelezen als {value}; de eenheid staat al in de regel.",
}


def read_cell_number(
    text: str,
    *,
    group: ProductGroup | None = None,
    plausible: str = "",
    positive: bool = True,
    thousands: bool = False,
    column: str = "",
) -> NumberText:
    """Read a number for a cell. Whatever could be read in two ways says so and offers the other; words are
    refused.

    `thousands` says that this field usually holds thousands, so that "12.000" needs no hint. `column` is its
    name, with the unit it is in.
    """
    reading = numbers.read_number(text, column=column)
    if reading.problem is None and reading.value is None:
        return NumberText(empty=True)
    problem = _refused_number(text.strip(), reading, column, positive=positive)
    if problem is not None or reading.value is None:
        return NumberText(problem=problem)
    limits = next((p for p in group.plausible if p.field == plausible), None) if group else None
    result = NumberText(float(reading.value), reading.value)
    result.hint, result.alternative = _hinted(text.strip(), reading, limits, thousands=thousands)
    return result


def _refused_number(text: str, reading: NumberReading, column: str, *, positive: bool) -> str | None:
    """Why a text is no figure for this cell, None when it is."""
    if reading.problem == "other_unit":
        own = ", ".join(sorted(numbers.units_in(column)))
        said = f"Dit is in {own}." if own else "Hier hoort alleen een getal."
        return f"“{text}” past hier niet. {said} Vul het getal in zonder eenheid."
    if reading.problem is not None:
        return f"“{text}” is geen getal. Vul een getal in of laat de cel leeg."
    value = float(reading.value or 0)
    if abs(value) > LARGEST:
        return f"“{text}” is te groot. Controleer het getal."
    if positive and value <= 0:
        return f"“{text}” kan hier niet. Vul een getal groter dan nul in."
    return None


def _hinted(
    text: str, reading: NumberReading, limits: PlausibleRange | None, *, thousands: bool
) -> tuple[str | None, tuple[str, str] | None]:
    """(what is said about a figure that was read, what could be meant instead: the words and the text)."""
    value = reading.value or Decimal(0)
    shown = numbers.as_typed(value)
    other = _as_decimal(text) if reading.hint == "thousands" else None
    if limits is not None and float(value) > limits.high:
        asked = f" Bedoelt u {other}?" if other else ""
        return f"{shown} is erg hoog.{asked}", ("Ja", other) if other else None
    if limits is not None and float(value) < limits.low:
        return f"{shown} is erg laag. Controleer het getal.", None
    if thousands and _THREE_DECIMALS.fullmatch(text):
        whole = numbers.as_typed(Decimal(text.replace(",", "")))
        said = f"{text} gelezen als {shown}: de komma staat voor de decimalen. Bedoelt u {whole}?"
        return said, (f"Lees als {whole}", whole)
    if reading.hint is None or (reading.hint == "thousands" and thousands):
        return None, None
    return _HINTS[reading.hint].format(text=text, value=shown), (
        f"Lees als {other}",
        other,
    ) if other else None


def _as_decimal(text: str) -> str | None:
    """ "9.872" read the other way: "9,872"."""
    cleaned = text.strip().replace("€", "").strip()
    return cleaned.replace(".", ",") if cleaned.count(".") == 1 else None


def number_parsed(read: NumberText, edit: Edit | None) -> Parsed:
    return Parsed(edit, None, read.hint, read.alternative)
