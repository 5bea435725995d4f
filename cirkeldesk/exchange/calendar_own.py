"""The calendar that this program wrote, read back whole: fields, chances, advice, group, what is gone.

Known by its own columns; rows are matched by *Kenmerk regel*, so that a theme expert can fill in her column
in a spreadsheet and send it back. A row without a kenmerk is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.exchange.calendar_cells import chance_of, read_amount
from cirkeldesk.exchange.calendar_heads import CalendarFile
from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.model.calendar.advice import AdviceEntry
from cirkeldesk.model.calendar.calendar import CalendarAdvice, CalendarRow, Doubt, ThemeChance
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.wording import terms
from cirkeldesk.wording.calendar import advising, words

IDENTITY, SOURCE, PLACE = "Kenmerk regel", "Bron", "Rij in de bron"
GROUP, REASONS, GONE = "Productgroep", "Reden", "Vervallen"
ADVICE: Mapping[str, str] = {
    "text": "Advies",
    "state": "Stand van het advies",
    "why_not": "Waarom niet gevolgd",
    "by": "Adviseur",
    "due": "Advies uiterlijk",
}
PROPOSED = "Voorstel "
OWN = (*words.FIELDS.values(), GROUP, *ADVICE.values(), REASONS, GONE, IDENTITY, SOURCE, PLACE)


def is_own(file: CalendarFile) -> bool:
    return {IDENTITY, GONE, *ADVICE.values(), *words.FIELDS.values()} <= set(file.names)


def rows_back(file: CalendarFile, groups: Mapping[str, str]) -> list[CalendarRow]:
    """The rows as the file says them; `groups`: name of a product group → its code. `group` of a row is the
    code of what is shown, also where it follows from the row itself."""
    themes = {terms.THEMES[theme] for theme in THEMES}
    own = {*OWN, *themes, *(f"{PROPOSED}{name}" for name in themes)}
    found = []
    for number in range(file.first, len(file.sheet.rows)):
        cells = dict(zip(file.names, file.sheet.rows[number], strict=False))
        if any(not cell.is_empty for cell in cells.values()):
            row = _RowBack(cells, number)
            extra = tuple((name, row.text(name)) for name, c in cells.items() if name not in own and c.text)
            found.append(replace(row.made(groups), extra=extra))
    return found


@dataclass
class _RowBack:
    cells: Mapping[str, SourceCell]
    number: int

    def text(self, name: str) -> str:
        cell = self.cells.get(name, SourceCell())
        # The apostrophe that keeps a CSV's text from being taken for a formula.
        text = cell.lines or cell.text
        return re.sub(r"^'(?=[=+\-@])", "", text.strip()) if cell.number is None else cell.text

    def day(self, name: str) -> str | None:
        return words.read_day(self.text(name)) if self.text(name) else None

    def made(self, groups: Mapping[str, str]) -> CalendarRow:
        doubts: list[Doubt] = []
        fields = {code: self.text(name) for code, name in words.FIELDS.items()}
        said = self._when_and_how_much(fields, doubts)
        states = {text: code for code, text in words.ADVICE.items()}
        advice = CalendarAdvice(
            states.get(self.text(ADVICE["state"])),  # type: ignore[arg-type]
            self.text(ADVICE["text"]),
            self.text(ADVICE["why_not"]),
            self.text(ADVICE["by"]),
            self.day(ADVICE["due"]),
        )
        place, chances = self.text(PLACE), self._chances(doubts)
        group, gone = groups.get(self.text(GROUP), ""), self.day(GONE)
        read = {"advice_state": advice.state, "advice_due": advice.due, "group": group, "vanished": gone}
        doubts += self._not_read(read)
        return CalendarRow(
            self.text(IDENTITY),
            group=group,
            source=self.text(SOURCE),
            place=int(place) if place.isdigit() and len(place) < 8 else None,
            doubts=tuple(doubts),
            vanished=gone,
            chances=chances,
            advice=advice,
            **said,  # type: ignore[arg-type]
        )

    def _when_and_how_much(self, fields: Mapping[str, str], doubts: list[Doubt]) -> dict[str, object]:
        """The fields with quarter, start and estimate as values."""
        period, whole = words.read_period(fields["quarter"]) if fields["quarter"] else (None, True)
        if period is not None and not whole:
            doubts.append(Doubt("quarter", fields["quarter"], "quarter_year"))
        amount = read_amount(self.cells.get(words.FIELDS["estimate"], SourceCell()), fields["estimate"])
        estimate = amount if isinstance(amount, Decimal) else None
        said: dict[str, object] = {
            **fields,
            "quarter": period,
            "start": self.day(words.FIELDS["start"]),
            "estimate": estimate,
        }
        for code in ("quarter", "start", "estimate"):
            if fields[code] and said[code] is None:
                key = amount if code == "estimate" and isinstance(amount, str) else f"not_a_{code}"
                doubts.append(Doubt(code, fields[code], str(key)))
        return said

    def _not_read(self, read: Mapping[str, object]) -> list[Doubt]:
        """What stands in the columns that only we write and means nothing to us."""
        names = (ADVICE["state"], ADVICE["due"], GROUP, GONE)
        return [
            Doubt(code, self.text(name), f"not_a_{code}")
            for (code, value), name in zip(read.items(), names, strict=True)
            if self.text(name) and not value
        ]

    def _chances(self, doubts: list[Doubt]) -> tuple[ThemeChance, ...]:
        reasons = _reasons(self.text(REASONS))
        found = []
        for theme in THEMES:
            text = self.text(terms.THEMES[theme])
            value = chance_of(text)
            if isinstance(value, str):
                doubts.append(Doubt(f"chance_{theme}", text, value))
            elif value is not None:
                found.append(ThemeChance(theme, value, reason=reasons.get(theme, "")))
        return tuple(found)


def _reasons(text: str) -> dict[Theme, str]:
    """ "Klimaat: asfalt; Keten: geen" → per theme its reason."""
    labels = {terms.THEMES[theme]: theme for theme in THEMES}
    pattern = "|".join(re.escape(label) for label in labels)
    parts = re.split(rf"(?:^|; )({pattern}): ", text)
    return {labels[label]: reason for label, reason in zip(parts[1::2], parts[2::2], strict=False)}


def logs_back(files: Iterable[CalendarFile]) -> dict[str, list[AdviceEntry]]:
    """Kenmerk → the lines of its log of advice, from the sheet that holds them; empty where there is none."""
    found: dict[str, list[AdviceEntry]] = {}
    for file in files:
        if file.sheet.name != advising.LOG_SHEET:
            continue
        for number in range(file.first, len(file.sheet.rows)):
            line = _RowBack(dict(zip(file.names, file.sheet.rows[number], strict=False)), number)
            entry = advising.log_entry({name: line.text(name) for name in advising.LOG_COLUMNS})
            identity = line.text(IDENTITY)
            if entry is not None and identity:
                found.setdefault(identity, []).append(entry)
    return found
