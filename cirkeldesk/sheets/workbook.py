"""The workbook: the comparison with live formulas *and* stored values.

A colleague opens it in Protected View, where Excel does not calculate: every formula carries the value it
had. Change a quantity, a declared value or a weight and the MKI follows; change a price and the price rows
follow. Input cells have a tint and stand under a header with "invoer"; beside each stands what it was when
the file was made, so that an altered copy says so on the first sheet.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from cirkeldesk.model.award.award import Award
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.product.modules import in_order
from cirkeldesk.model.tender.answered import asked_atoms
from cirkeldesk.model.tender.period import REUSE_FACTOR
from cirkeldesk.sheets.award import AwardSheet, following
from cirkeldesk.sheets.book import AREA, AWARD, FIGURE, PERIOD
from cirkeldesk.sheets.calculation import UNDIVIDED, CalculationBook
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison import differences
from cirkeldesk.wording.comparison.rows import MatrixRow, findings

LONGEST_HEADER = 200
OUT_OF_IT = "#C8CDD3"
# Rows of the comparison with live formulas.
FOLLOWS = frozenset(
    {
        "total",
        "difference",
        "difference_percent",
        "per_unit",
        "per_unit_year",
        "price",
        "d",
        "a_to_c",
        "award",
    }
)
FIRST_COLUMN, COLUMN = 44, 22  # of a comparison, in characters
LINE, LABEL = 110, 34  # the columns of a page of facts, in characters


def workbook(told: advice.Advice, printed: Print) -> bytes:
    """The workbook's bytes; the same advice and print give the same bytes."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": f"Vergelijking {told.tender.number}",
            "comments": printed.producer,
            "created": datetime.fromisoformat(printed.time).astimezone(UTC),
        }
    )
    book.set_calc_mode("auto")
    ComparisonBook(book, told, printed).write()
    book.close()
    return buffer.getvalue()


class ComparisonBook(CalculationBook):
    """Writes the sheets. Sheets that others refer to are written first; the order on the tab bar is fixed
    beforehand."""

    award_sheet: AwardSheet | None = None

    def write(self) -> None:
        self.posts()
        self.weights()
        terms_ = self.values()
        self.sums(terms_)
        self.matrix()
        self.difference()
        if self.award is not None:
            self.award_sheet = AwardSheet(self, self.award)
            self.award_sheet.write()
            self._link_award(self.award, self.award_sheet)
        elif self.outcome:
            self.known_outcome()
        self.summary()
        self.explanation()
        self.finish()

    def matrix(self) -> None:
        sheet, results = self.sheets["Vergelijking"], self.comparison.variants
        rows = self.told.rows
        known = {name for result in results for name in result.by_module}
        modules = in_order({*known, "B4"} if known else known)  # a changed life may bring replacements
        header = [FIGURE, *(_unique_names(results))]
        self.table(
            "Vergelijking",
            0,
            header,
            len(rows) + len(modules),
            [FIRST_COLUMN, *[COLUMN] * len(results)],
            "Vergelijking",
        )
        lines = {row.key: index for index, row in enumerate(rows, 1)}
        for row in rows:
            self._fit_row("Vergelijking", lines[row.key], row)
            sheet.write_string(lines[row.key], 0, self._row_name(row), self.formats.bold)
            for column, (cell, result) in enumerate(zip(row.cells, results, strict=True), 1):
                formula = self._matrix_formula(row, result, column, lines)
                if cell.value is None or cell.high not in (None, cell.value):
                    sheet.write_string(lines[row.key], column, cell.text, self.formats.word)
                    continue
                sign = row.key.startswith("difference")
                shape = self.formats.number(row.decimals, bold=cell.mark is not None, sign=sign)
                if formula is None:
                    sheet.write_number(lines[row.key], column, cell.value, shape)
                else:
                    sheet.write_formula(lines[row.key], column, formula, shape, cell.value)
        self._module_lines(modules, len(rows) + 1)
        self._findings(len(rows) + len(modules) + 2)
        self.matrix_lines = lines

    def _row_name(self, row: MatrixRow) -> str:
        """What a row is; one that follows no input says that it is of the moment of saving."""
        return row.name_with_unit if row.key in FOLLOWS else f"{row.name_with_unit} (bij opslaan)"

    def _fit_row(self, name: str, line: int, row: MatrixRow) -> None:
        texts = [(self._row_name(row), FIRST_COLUMN), *((cell.text, COLUMN) for cell in row.cells)]
        self.fit(name, line, texts)

    def _link_award(self, found: Award, award_sheet: AwardSheet) -> None:
        """The row of sums in the comparison follows the award, as its price and MKI do."""
        if "award" not in self.matrix_lines:
            return
        decimals = 2 if found.method.kind == "notional" else found.rules.points_decimals
        columns = {result.id: column for column, result in enumerate(self.comparison.variants, 1)}
        for bid in found.bids:
            if bid.outcome is not None:
                formula = f"={award_sheet.place_of(bid, 'total')}"
                self.sheets["Vergelijking"].write_formula(
                    self.matrix_lines["award"],
                    columns[bid.id],
                    formula,
                    self.formats.number(decimals, bold=bid.rank == 1),
                    float(bid.outcome.total),
                )

    def _module_lines(self, modules: list[str], first: int) -> None:
        sheet = self.sheets["Vergelijking"]
        for offset, module in enumerate(modules, first):
            sheet.write_string(offset, 0, f"MKI levensfase {module} (€ MKI)", self.formats.text)
            for column, result in enumerate(self.comparison.variants, 1):
                value = result.by_module.get(module)
                word = terms.STATES["undivided" if result.undivided else "not_declared"]
                if value is None and (module != "B4" or not result.by_module):
                    sheet.write_string(offset, column, word, self.formats.word)
                    continue
                shape = self.formats.number(2)
                sheet.write_formula(
                    offset,
                    column,
                    self._module_sum(result, module, word),
                    shape,
                    word if value is None else value,
                )

    def _module_sum(self, result: VariantResult, module: str, word: str) -> str:
        """What a module comes to. B4 has the replacements, but of what no module is known of stays undivided;
        it is a word while there are none."""
        own = self.sum_of("I", result.id, module=module)
        if module != "B4":
            return f"={own}"
        replaced = f"{self.sum_of('K', result.id)}-{self.sum_of('K', result.id, module=UNDIVIDED)}"
        if "B4" in result.by_module:
            return f"={own}+{replaced}"
        return f'=IF({replaced}=0,"{word}",{replaced})'

    def _findings(self, first: int) -> None:
        """What is missing or stands out, below the matrix, as it was when the workbook was saved."""
        found = findings(self.comparison)
        for offset, text in enumerate(["Wat ontbreekt of opvalt (bij opslaan)", *found] if found else []):
            style = self.formats(bold=not offset)  # not wrapped: it goes on over the empty cells beside it
            self.sheets["Vergelijking"].write_string(first + offset, 0, text, style)

    def _matrix_formula(
        self, row: MatrixRow, result: VariantResult, column: int, lines: dict[str, int]
    ) -> str | None:
        """The live formula of a figure, where it follows from inputs in this workbook."""
        here = xl_rowcol_to_cell(lines["total"], column)
        reference = next(
            (i for i, v in enumerate(self.comparison.variants, 1) if v.role == "reference"), None
        )
        base = xl_rowcol_to_cell(lines["total"], reference, True, True) if reference else ""
        makers: dict[str, Callable[[], str]] = {
            "total": lambda: "=" + self.sum_of("L", result.id),
            "difference": lambda: f"={here}-{base}",
            "difference_percent": lambda: f"=({here}-{base})/{base}*100",
            "per_unit": lambda: f"={here}/{AREA}",
            "per_unit_year": lambda: f"={here}/{AREA}/{PERIOD}",
            "price": lambda: f"={self.price_cells[result.id]}",
            "d": lambda: "=" + self.sum_of("L", result.id, module="D"),
            "a_to_c": lambda: f"={here}-" + self.sum_of("L", result.id, module="D"),
        }
        if row.key not in makers:
            return None
        if row.key == "a_to_c" and "D" not in asked_atoms(self.tender.ask):
            return f"={here}"
        return makers[row.key]()

    def difference(self) -> None:
        sheet = self.sheets["Verschil"]
        pair = differences.default_pair(self.comparison)
        found = explain_difference(self.comparison, *pair) if pair else None
        if found is None:
            self.table("Verschil", 0, ["Post", "Verschil"], 1, [40, 40], "Verschil")
            sheet.write_string(
                1, 0, "Er zijn nog geen twee varianten met een volledige MKI.", self.formats.text
            )
            return
        a, b = self.comparison.variant(found.a), self.comparison.variant(found.b)
        labels = dict(
            zip(
                (v.id for v in self.comparison.variants), _unique_names(self.comparison.variants), strict=True
            )
        )
        header = [
            "Post",
            f"{labels[a.id]}, € MKI",
            f"{labels[b.id]}, € MKI",
            "Verschil, € MKI",
            "Oorzaak (bij opslaan)",
        ]
        self.table("Verschil", 0, header, len(found.rows) + 1, [28, 24, 24, 20, 24], "Verschil")
        for row, part in enumerate(found.rows, 1):
            line = row + 1
            sheet.write_string(row, 0, part.name or "Hele werk", self.formats.text)
            for column, (identity, value) in enumerate(((a.id, part.value_a), (b.id, part.value_b)), 1):
                formula = self.sum_of("L", identity, post_id=part.post_id)
                sheet.write_formula(row, column, f"={formula}", self.formats.number(2), value)
            sheet.write_formula(
                row, 3, f"=C{line}-B{line}", self.formats.number(2, sign=True), part.difference
            )
            sheet.write_string(
                row, 4, terms.CAUSES[part.cause] if part.cause else "gelijk", self.formats.text
            )
        total = len(found.rows) + 1
        sheet.write_string(total, 0, "Samen", self.formats.bold)
        for column, whole in ((1, a.total.value), (2, b.total.value), (3, found.total)):
            letter = "ABCD"[column]
            formula = f"=SUM({letter}2:{letter}{total})"
            sheet.write_formula(
                total, column, formula, self.formats.number(2, bold=True, sign=column == 3), whole
            )
        said = f"Bij opslaan: {differences.sentence(self.comparison, found)}"
        sheet.write_string(total + 2, 0, said, self.formats())

    def summary(self) -> None:
        sheet, results = self.sheets["Samenvatting"], self.comparison.variants
        stamp = f"{numbers.date(self.printed.time)} {self.printed.time[11:16]}"
        sheet.set_row(0, 26)
        sheet.set_row(1, 20)
        sheet.write_string(
            0, 0, self.tender.title or self.tender.number, self.formats(bold=True, font_size=16)
        )
        said = self._conclusion()
        if self.award_sheet is not None:
            formula = following(said, self.award_sheet.leader())
            sheet.write_formula(1, 0, formula, self.formats(font_size=12), said)
        else:
            sheet.write_string(1, 0, said, self.formats(font_size=12))
        advice_text = "Wilt u zelf rekenen? Klik boven in Excel op Bewerken inschakelen."
        sheet.write_string(2, 0, f"U ziet de waarden van {stamp}. {advice_text}", self.formats())
        total = "+".join(self.changed) or "0"
        sheet.write_formula(
            3,
            0,
            f'="Gewijzigd na het opslaan: "&IF({total}=0,"nee","ja")',
            self.formats.bold,
            "Gewijzigd na het opslaan: nee",
        )
        keys = [
            key
            for key in (
                "comparable",
                "total",
                "difference",
                "difference_percent",
                "per_unit",
                "price",
                "award",
            )
            if key in self.matrix_lines
        ]
        top = 5
        self.table(
            "Samenvatting",
            top,
            [FIGURE, *_unique_names(results)],
            len(keys),
            [FIRST_COLUMN, *[COLUMN] * len(results)],
            "Samenvatting",
        )
        shown = {row.key: row for row in self.told.rows}
        for offset, key in enumerate(keys, top + 1):
            row = shown[key]
            self._fit_row("Samenvatting", offset, row)
            sheet.write_string(offset, 0, self._row_name(row), self.formats.bold)
            for column, cell in enumerate(row.cells, 1):
                if cell.value is None:
                    sheet.write_string(offset, column, cell.text, self.formats.word)
                    continue
                source = f"=Vergelijking!{xl_rowcol_to_cell(self.matrix_lines[key], column)}"
                shape = self.formats.number(
                    row.decimals, bold=cell.mark is not None, sign=key.startswith("difference")
                )
                sheet.write_formula(offset, column, source, shape, cell.value)
        sheet.freeze_panes(top + 1, 1)
        if any(result.total.value is not None for result in results):
            self._chart(sheet, top, keys.index("total") + top + 1, len(results))
        sheet.activate()
        sheet.set_selection(0, 0, 0, 0)

    def _conclusion(self) -> str:
        section = self.told.section("summary")
        if self.told.audience == "external" and section is not None:
            return section.draft
        if self.award is not None and self.award.bids:
            return awarding.conclusion(self.award)
        return sentences.sentence(self.comparison.conclusion)

    def known_outcome(self) -> None:
        """What outside may know of the award."""
        self.table(AWARD, 0, ["Uitkomst", "Gegeven"], len(self.outcome), [34, 110], "Gunning")
        self._facts(AWARD, self.outcome)

    def _chart(self, sheet: Any, top: int, line: int, count: int) -> None:
        chart = self.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "MKI totaal",
                "categories": ["Samenvatting", top, 1, top, count],
                "values": ["Samenvatting", line, 1, line, count],
                "fill": {"color": "#0A5A9C"},
                "data_labels": {"value": True, "num_format": "#,##0"},
                "points": [{"fill": {"color": OUT_OF_IT}} if out else None for out in self._out()],
            }
        )
        grey = "; grijs doet niet mee" if any(self._out()) else ""
        chart.set_title({"name": f"MKI totaal (€ MKI), lager is beter{grey}", "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        totals = [r.total.value for r in self.comparison.variants if r.total.value is not None]
        chart.set_x_axis(
            {"num_format": "#,##0", **({"min": 0} if min(totals) >= 0 else {})}
        )  # a bar's axis is never cut
        parts = [
            f"{r.name} "
            f"{numbers.number(r.total.value, 0) if r.total.value is not None else 'niet te berekenen'}"
            for r in self.comparison.variants
        ]
        options = {"description": f"Staafgrafiek MKI totaal: {', '.join(parts)}.", "object_position": 1}
        sheet.insert_chart(top + 9, 0, chart, {**options, "x_scale": 1.5, "y_scale": 1.1})

    def _out(self) -> list[bool]:
        """Which variants take no part: judged invalid, or withdrawn."""
        return [result.invalid or result.withdrawn for result in self.comparison.variants]

    def explanation(self) -> None:
        facts = advice.ask_facts(self.comparison)
        lines = [
            ("Gemaakt met", self.printed.producer),
            ("Versie", f"{self.printed.version}" if self.printed.version is not None else terms.DRAFT_MARK),
            ("Kenmerk van deze versie", self.printed.basis),
            ("Kenmerk van de geschiedenis", self.printed.head),
            ("Rekeninstrument", terms.NOT_VALIDATED),
            (
                "Beveiliging",
                "De bladen zijn beveiligd zonder wachtwoord. Gekleurde cellen met “invoer” mag u wijzigen.",
            ),
            (
                "Wat volgt",
                "Wijzigt u een hoeveelheid, een levensduur, de beschouwingsperiode, een waarde, een gewicht, een score "
                "of een prijs, dan volgen de uitkomsten.",
            ),
            (
                "Wat niet volgt",
                "Vervangingsregel, samenstelling, CO₂ en de woorden bij een figuur veranderen niet mee. Daar staat “bij "
                "opslaan” bij. Vet zegt wat bij het opslaan het laagst of het hoogst was. Een levensduur waarmee de MKI niet "
                "te berekenen is, geeft #N/B of #N/A.",
            ),
            (
                "Hergebruik",
                f"Een hergebruikt product telt A1-A3, C3, C4 en D voor {numbers.as_typed(REUSE_FACTOR)} "
                f"in de eerste levering.",
            ),
            ("Grafieken", "De grafieken staan in het Excel-werkboek, niet in het rekenblad ODS."),
            ("B4", "Vervanging staat in de kolom Vervanging en telt in het overzicht per levensfase bij B4."),
            *(
                (f"Anders dan in versie {(self.printed.version or 2) - 1}", text)
                for text in self.told.changed
            ),
            *(("Onderbouwing " + name, text) for name, text in advice.sources(self.comparison)),
        ]
        rows = [*facts, *lines]
        self.table("Uitleg", 0, ["Onderwerp", "Uitleg"], len(rows), [34, 110], "Uitleg")
        self._facts("Uitleg", rows)

    def _facts(self, name: str, rows: Sequence[tuple[str, str]]) -> None:
        """Labels and texts below a header."""
        for row, (label, text) in enumerate(rows, 1):
            self.fit(name, row, [(label, LABEL), (text, LINE)])
            self.sheets[name].write_string(row, 0, label, self.formats.bold)
            self.sheets[name].write_string(row, 1, text, self.formats.text)


def _unique_names(results: Sequence[VariantResult]) -> list[str]:
    """Variant names as table headers: Excel wants those unique whatever their case, and at most 255
    characters."""
    names: list[str] = []
    for result in results:
        short = result.name[:LONGEST_HEADER]
        name, number = short, 1
        while name.casefold() in {known.casefold() for known in names} or name == FIGURE:
            number += 1
            name = f"{short} ({number})"
        names.append(name)
    return names
