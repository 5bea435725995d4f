"""Looking ahead: the calendar per quarter, what could be bought together, and the mixes that tenders ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice
from cirkeldesk.desktop.kit.tables.filled import fill, text_list
from cirkeldesk.desktop.kit.widgets import button, heading, muted
from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, Together, period_order, together
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.tender.mixes import MixPair, almost_alike
from cirkeldesk.operations.mixes import mixes_asked
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers
from cirkeldesk.wording.calendar import words


class TablePage(QWidget):
    """A sentence above a table of texts; Enter on a row says which."""

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.said = muted()
        self.column.addWidget(self.said)
        self.view, self.model = text_list(name)
        self.view.opened.connect(self.opened)
        self.column.addWidget(self.view, 1)

    def show_rows(
        self,
        header: tuple[str, ...],
        rows: Sequence[tuple[str, ...]],
        left: Iterable[int],
        widths: Sequence[int],
    ) -> None:
        """Columns `left` are texts; the widest column takes what is over."""
        fill(self.view, self.model, header, rows, left, widths)


class QuarterPage(TablePage):
    """How much comes per quarter, how much of it is judged, and where the chances lie."""

    quarter_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__("Kalender per kwartaal")
        self.quarters: list[str] = []
        self.opened.connect(lambda row: self.quarter_wanted.emit(self.quarters[row]))
        self.said.setText(
            "Kansen tellen mee als ze bevestigd zijn en 2 of 3 zijn. Enter toont de regels van een kwartaal."
        )

    def show_calendar(self, calendar: Calendar) -> None:
        rows = calendar.standing
        self.quarters = sorted(
            {row.quarter or "" for row in rows}, key=lambda name: (not name, period_order(name))
        )
        header = (
            "Kwartaal",
            "Regels",
            "Te beoordelen",
            "Raming bekend",
            "Zonder raming",
            *words.SHORT.values(),
        )
        texts = [
            self._line(name, [row for row in rows if (row.quarter or "") == name]) for name in self.quarters
        ]
        self.show_rows(header, texts, (0,), (150, 70, 110, 150, 110, *(48,) * len(THEMES)))

    def _line(self, name: str, rows: list[CalendarRow]) -> tuple[str, ...]:
        known = [row.estimate for row in rows if row.estimate is not None]
        chances = [
            sum((c := row.chance(one)) is not None and c.chance >= 2 for row in rows) for one in THEMES
        ]
        return (
            words.quarter(name) if name else "nog niet bekend",
            str(len(rows)),
            str(sum(not row.is_judged for row in rows)),
            numbers.euro(sum(known, Decimal(0))) if known else "",
            str(len(rows) - len(known)),
            *(str(count) if count else "" for count in chances),
        )


WINDOWS = (3, 6, 9, 12)


class TogetherPage(TablePage):
    """Tenders of several organisations that fall together, with a text to the others."""

    rows_wanted = Signal(list)
    window_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("Samen inkopen")
        self.found: tuple[Together, ...] = ()
        self.names: dict[str, str] = {}
        self.opened.connect(self._open)
        self.window_choice = Choice("Binnen", [(months, f"{months} maanden") for months in WINDOWS])
        self.window_choice.chosen.connect(self.window_wanted)
        self.mail = button("Tekst aan de anderen kopiëren", self.copy_text)
        line = QHBoxLayout()
        line.addWidget(self.window_choice)
        line.addWidget(self.mail, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.column.insertLayout(0, line)

    def _open(self, place: int) -> None:
        self.rows_wanted.emit([row.id for row in self.found[place].rows])

    def copy_text(self) -> None:
        """The text about the line one is at, on the clipboard."""
        place = max(0, self.view.currentIndex().row())
        if place < len(self.found):
            one = self.found[place]
            QGuiApplication.clipboard().setText(words.together_mail(self.names[one.group], one.rows))
            self.said.setText("De tekst staat op het klembord. Plak hem in een mail.")

    def show_calendar(self, calendar: Calendar, groups: Mapping[str, ProductGroup]) -> None:
        found = self.found = together(calendar.rows, list(groups.values()), calendar.window)
        self.names = {code: group.name for code, group in groups.items()}
        self.window_choice.show_value(calendar.window)
        self.mail.setEnabled(bool(found))
        self.said.setText(
            f"Zelfde productgroep, publicatie binnen {calendar.window} maanden, twee organisaties of meer. "
            "Enter toont de regels."
            if found
            else "Er zijn nu geen aanbestedingen van verschillende organisaties die bij elkaar in de "
            "buurt vallen."
        )
        texts = [
            (
                groups[one.group].name,
                _span(one.rows),
                ", ".join(one.organisations),
                str(len(one.rows)),
                numbers.euro(one.estimate) if one.estimate is not None else "niet te berekenen",
                "; ".join(f"{row.number} {row.title}".strip() for row in one.rows),
                ", ".join(
                    dict.fromkeys(name for row in one.rows if (name := row.project_leader or row.buyer))
                ),
            )
            for one in found
        ]
        header = (
            "Productgroep",
            "Wanneer",
            "Organisaties",
            "Regels",
            "Raming samen",
            "Aanbestedingen",
            "Wie bellen",
        )
        self.show_rows(header, texts, (0, 1, 2, 5, 6), (130, 140, 200, 60, 130, 280, 150))


def _span(rows: Sequence[CalendarRow]) -> str:
    first, last = rows[0].quarter or "", rows[-1].quarter or ""
    return words.quarter(first) if first == last else f"{words.quarter(first)} t/m {words.quarter(last)}"


class MixesPage(TablePage):
    """How many different mixes are asked, how often, and which differ in one property only."""

    tender_wanted = Signal(str)

    def __init__(self, workspace: Workspace, groups: Mapping[str, ProductGroup]) -> None:
        super().__init__("Gevraagde mengsels")
        self.workspace, self.groups = workspace, groups
        self.first_tender: list[str] = []
        self.group = Choice(
            "Productgroep", [(code, group.name) for code, group in groups.items() if group.fields]
        )
        self.group.show_value("asfalt" if "asfalt" in groups else next(iter(groups), None))
        self.group.chosen.connect(lambda _: self.refresh())
        self.column.insertWidget(0, self.group, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(heading("Bijna gelijk: één eigenschap verschilt", 1.0))
        self.alike_view, self.alike = text_list("Bijna gelijke mengsels")
        self.column.addWidget(self.alike_view, 1)
        self.opened.connect(lambda row: self.tender_wanted.emit(self.first_tender[row]))

    def refresh(self) -> None:
        group = self.groups[str(self.group.value)]
        found = mixes_asked(self.workspace, group)
        labels = {field.code: field.label for field in group.fields}
        unit = group.property(group.measure).unit
        pairs = almost_alike(found)
        self.first_tender = [mix.uses[0].tender_id for mix in found]
        self.said.setText(
            f"{len(found)} verschillende in {len({use.tender_id for mix in found for use in mix.uses})} "
            f"aanbestedingen. "
            f"{len(pairs)} {'paar verschilt' if len(pairs) == 1 else 'paren verschillen'} in één eigenschap. "
            "Voorbeelden en oefenkopieën tellen niet mee."
            if found
            else "Nog geen. Vul bij Uitvraag in de tabel met posten in wat elke post vraagt, zoals het "
            "mengsel."
        )
        header = (*labels.values(), "Aanbestedingen", "Posten", unit.capitalize(), "Waar")
        texts = [
            (
                *(dict(mix.asked).get(code, "") for code in labels),
                str(mix.tenders),
                str(len(mix.uses)),
                numbers.number(mix.amount, 1) if mix.amount is not None else "niet te berekenen",
                ", ".join(dict.fromkeys(use.number for use in mix.uses)),
            )
            for mix in found
        ]
        self.show_rows(
            header, texts, (*range(len(labels)), len(labels) + 3), (*(132,) * len(labels), 126, 64, 120, 220)
        )
        rows = [self._pair(pair, labels[pair.field]) for pair in pairs]
        header = ("Mengsel", "Bijna gelijk aan", "Verschil in", "Waarden")
        fill(self.alike_view, self.alike, header, rows, range(4), (300, 301, 150, 240))

    def _pair(self, pair: MixPair, label: str) -> tuple[str, ...]:
        one, other = dict(pair.one.asked), dict(pair.other.asked)
        values = [asked.get(pair.field, "niets gevraagd") for asked in (one, other)]
        return _name(one), _name(other), label, " of ".join(values)


def _name(asked: Mapping[str, str]) -> str:
    return " · ".join(asked.values())
