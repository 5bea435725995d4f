"""Progress: the answer first, then the chart, where it sits and what is not known; every line leads to its
lots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cirkeldesk.charts.progress import of_count
from cirkeldesk.desktop.kit.chart_view import ChartPanel
from cirkeldesk.desktop.kit.fields import Choice
from cirkeldesk.desktop.kit.figures.key_figures import KeyFigures
from cirkeldesk.desktop.kit.tables.filled import as_high_as, fill, text_list
from cirkeldesk.desktop.kit.tables.text_table import PlainTable
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, fold, heading, muted, plain_label
from cirkeldesk.model.monitor.count import SETS, Count, Verdict, YearCount
from cirkeldesk.model.monitor.lot import Lot
from cirkeldesk.model.monitor.monitor import Monitor
from cirkeldesk.wording import numbers
from cirkeldesk.wording.monitor import annex, words

LOTS = ("Opdracht", "Organisatie", "Bedrag", "Ton", "Primair abiotisch, ton", "Nulvariant, ton")
MOST_LOTS, NARROW = 12, 9
WHERE = "Waar zit het"
WIDTHS = (280, 190, 110, 90, 170, 130)


CHIPS: Mapping[Verdict, str] = {
    "gehaald": "good",
    "op_koers": "good",
    "niet_gehaald": "error",
    "niet_op_koers": "error",
    "niet_te_zeggen": "warn",
}


class MoreFigures(QWidget):
    """The tables of the annex that the page does not already show."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.tables: dict[str, PlainTable] = {}
        self._heads: dict[str, QLabel] = {}

    def show_tables(self, tables: Sequence[annex.Table]) -> None:
        shown = dict(tables)
        for name in shown.keys() - self.tables.keys():
            self._heads[name] = heading(name, 1.0)
            self.tables[name] = PlainTable(name)
        for name, _ in tables:  # in the order of the annex
            self.column.addWidget(self._heads[name])
            self.column.addWidget(self.tables[name])
            table = shown[name]
            self.tables[name].show_rows(table.header, table.rows, table.figures)
        for name, made in self.tables.items():
            made.setVisible(name in shown)
            self._heads[name].setVisible(name in shown)


class ProgressTab(ScrollColumn):
    """`chosen` (day, organisation) when somebody looks at another count; `lot_wanted` with a tender's id."""

    chosen = Signal(str, str)
    lot_wanted = Signal(str)
    frozen = Signal()
    example_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(0, 8, 8, 8)
        self.count: Count | None = None
        self.lots: tuple[Lot, ...] = ()
        line = QHBoxLayout()
        self.day = Choice("Stand op", [("", "vandaag")])
        self.organisation = Choice("Organisatie", [("", "alle samen")])
        for choice in (self.day, self.organisation):
            choice.chosen.connect(lambda _: self._choose())
            choice.box.setMinimumContentsLength(NARROW)
            line.addWidget(choice)
        line.addStretch(1)
        self.freeze = button("Peildatum vastleggen", self.frozen.emit, icon="lock")
        self.annex = button("Bijlage maken", lambda: None, icon="sheet", primary=True)
        for made in (self.freeze, self.annex):
            line.addWidget(made)
        self.column.addLayout(line)
        self.mark = plain_label("VOORBEELD, verzonnen cijfers")
        self.mark.setProperty("chip", "warn")
        self.answer = heading("", 1.35)
        self.under = muted()
        self.verdict = plain_label()
        self.verdict.setProperty("chip", "warn")
        self.figures = KeyFigures()
        self.chart = ChartPanel(titled=False)
        self.where = heading("", 1.1)
        self.groups = PlainTable("Waar zit het")
        self.unknown_head = heading("Wat weten we niet", 1.1)
        self.unknown = PlainTable("Wat weten we niet")
        self.rests_head = heading("Waar rust dit op?", 1.1)
        self.rests = muted()
        self.lots_head = heading("", 1.1)
        self.lots_said = muted("Enter opent het contract van een opdracht.")
        self.view, self.model = text_list("Opdrachten")
        self.view.opened.connect(lambda place: self.lot_wanted.emit(self.lots[place].tender))
        self.more = MoreFigures()
        self.more_fold = fold(
            "Meer cijfers: geleverd, grondstoffen, MKI, CO2, criteria en mengsels", self.more
        )
        self.example = button("Voorbeeld van drie jaar bekijken", self.example_wanted.emit)
        for part in self._parts():
            is_chip = part in (self.mark, self.verdict, self.example, self.more_fold)
            self.column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_chip else Qt.AlignmentFlag(0))
        self.column.addStretch(1)

    def _parts(self) -> Sequence[QWidget]:
        return (
            self.mark, self.answer, self.under, self.verdict, self.example, self.figures, self.chart,
            self.where, self.groups, self.more_fold, self.more, self.unknown_head, self.unknown, self.rests_head, self.rests,
            self.lots_head, self.lots_said, self.view,
        )  # fmt: skip

    def _choose(self) -> None:
        self.chosen.emit(str(self.day.value or ""), str(self.organisation.value or ""))

    def show_count(
        self,
        count: Count,
        monitor: Monitor,
        days: Sequence[str],
        organisations: Sequence[str],
        *,
        read_only: bool,
    ) -> None:
        """All of it anew. `days` are the peildata that can be chosen, ISO."""
        self.count = count
        frozen = {one.until for one in monitor.frozen if one.organisation == count.organisation}
        named = [(day, f"{numbers.date(day)}{', vastgelegd' if day in frozen else ''}") for day in days]
        self.day.set_options([("", "vandaag"), *named])
        self.organisation.set_options([("", "alle samen"), *((name, name) for name in organisations)])
        year = words.current(count)
        has_lots = year is not None and bool(year.lots)
        self.mark.setVisible(count.fictitious)
        self.answer.setText(f"{words.answer(count).rstrip('.')}.")
        self.under.setText(words.under_answer(count))
        self.freeze.setEnabled(has_lots and not read_only and not count.fictitious)
        self.annex.setEnabled(has_lots)
        self.example.setVisible(not has_lots and not read_only)
        self._show_parts(has_lots=has_lots)
        chart = of_count(count, monitor.targets)
        self.chart.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        self.rests.setText("\n".join(words.rests_on(count)))
        if year is not None and has_lots:
            self._show_year(year)
            return
        for part in (self.verdict, self.unknown_head, self.unknown):
            part.hide()

    def _show_parts(self, *, has_lots: bool) -> None:
        shown = (
            self.figures, self.where, self.groups, self.more_fold, self.lots_head, self.lots_said, self.view
        )  # fmt: skip
        for part in shown:
            part.setVisible(has_lots)
        self.more.setVisible(has_lots and self.more_fold.isChecked())

    def _show_year(self, year: YearCount) -> None:
        self.verdict.setText(words.verdict(year))
        self.verdict.setVisible(year.target is not None)
        _as_chip(self.verdict, CHIPS[year.target.verdict] if year.target is not None else "warn")
        self.figures.show_figures(_figures(year))
        self.where.setText(f"Waar zit het, {year.year}")
        table = annex.groups(year)
        self.groups.show_rows(table.header, table.rows, 1)
        if self.count is not None:
            self.more.show_tables([one for one in annex.tables(self.count) if not one[0].startswith(WHERE)])
        unknown = words.unknown(year)
        rows = [
            (what, numbers.number(most, 0) if most is not None else "onbekend") for what, most, _ in unknown
        ]
        self.unknown.show_rows(("Wat", "Hoogstens, ton"), rows, 1)
        for part in (self.unknown_head, self.unknown):
            part.setVisible(bool(rows))
        self.lots = year.lots
        self.lots_head.setText(f"Opdrachten in {year.year}")
        fill(self.view, self.model, LOTS, annex.lots(year, len(year.lots)).rows, (0, 1), WIDTHS)
        as_high_as(self.view, len(year.lots), MOST_LOTS)


def _as_chip(label: QLabel, kind: str) -> None:
    label.setProperty("chip", kind)
    label.style().unpolish(label)
    label.style().polish(label)


def _figures(year: YearCount) -> list[tuple[str, str]]:
    """At most three: MKI less than the nulvariants per set, and how much of the money is known of."""
    found = []
    for code in SETS:
        lots = [lot for lot in year.lots if lot.set_code == code]
        both = [lot.mki for lot in lots if lot.mki.reference is not None and lot.mki.promised is not None]
        if both:
            saved = sum((one.reference or 0.0) - (one.promised or 0.0) for one in both)
            what = "1 opdracht" if len(both) == 1 else f"{len(both)} opdrachten"
            found.append((numbers.number(saved, 0), f"€ MKI minder dan de nulvariant, set {code}, {what}"))
    coverage = year.coverage
    share = coverage.share_spend if coverage.spend is not None else coverage.share_awarded
    of = "de uitgaven" if coverage.spend is not None else "wat is gegund"
    found.append((words.share(share), f"van {of} met bekende samenstelling"))
    return found
