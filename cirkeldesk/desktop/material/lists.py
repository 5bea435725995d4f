"""The three lists of the page: supply, demand and passports, of any length."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cirkeldesk.desktop.kit.look.chips import ChipKind
from cirkeldesk.desktop.kit.tables.lists import ListModel
from cirkeldesk.model.material.lines import DemandLine, SupplyLine
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material import words

SOON = 14  # days that the end of a supply is told beforehand


def days_between(day: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(day)).days


class ParcelList(ListModel):
    """A list of one column: of each row its lines, the name first, and a word that says what to do with it.
    `day` (ISO) says what is free and what state it is in; `fitting` how many of the other side fit, by id,
    where that is known."""

    def __init__(self, title: str, other: str) -> None:
        super().__init__((title,))
        self.day = ""
        self.fitting: Mapping[str, int] | None = None
        self._other = other

    def lines(self, row: int) -> tuple[str, ...]:
        """The name, and what stands below it."""
        raise NotImplementedError

    def mark(self, row: int) -> tuple[ChipKind, str]:
        """The word at the right, with its colour; empty where there is nothing to say."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        lines = self.lines(row)
        word = self.mark(row)[1] if lines else ""
        return "\n".join((*lines, word)).strip()

    def _fits(self, identity: str) -> tuple[ChipKind, str]:
        if self.fitting is None:
            return "", ""
        count = self.fitting.get(identity, 0)
        if not count:
            return "", f"geen {self._other}"
        return "accent", "1 voorstel" if count == 1 else f"{count} voorstellen"


class SupplyList(ParcelList):
    def __init__(self) -> None:
        super().__init__("Aanbod", "vraag")

    def _line(self, row: int) -> SupplyLine | None:
        plain = self.rows[row]
        return SupplyLine(**plain) if len(plain) > 1 else None  # removed since the list was read

    def lines(self, row: int) -> tuple[str, ...]:
        one = self._line(row)
        if one is None:
            return ()
        free = f"{words.amount(one.free(self.day), one.unit)} vrij"
        return (
            one.name,
            " · ".join(filter(None, (free, one.place or one.organisation))),
            words.period(one.available_from, one.available_until),
        )

    def mark(self, row: int) -> tuple[ChipKind, str]:
        one = self._line(row)
        if one is None:
            return "", ""
        state = one.state(self.day)
        if state in ("delivered", "lapsed", "reserved"):
            return "lock" if state == "reserved" else "", words.STATES[state]
        left = days_between(self.day, one.available_until) if one.available_until else None
        if left is not None and left <= SOON:
            return (
                "warn",
                f"vervalt over {left} {'dag' if left == 1 else 'dagen'}" if left else "vervalt vandaag",
            )
        return self._fits(one.id)


class DemandList(ParcelList):
    def __init__(self) -> None:
        super().__init__("Vraag", "aanbod")

    def _line(self, row: int) -> DemandLine | None:
        plain = self.rows[row]
        return DemandLine(**plain) if len(plain) > 1 else None

    def lines(self, row: int) -> tuple[str, ...]:
        one = self._line(row)
        if one is None:
            return ()
        return (
            one.name,
            " · ".join(filter(None, (words.amount(one.amount, one.unit), one.place or one.organisation))),
            words.period(one.needed_from, one.needed_until),
        )

    def mark(self, row: int) -> tuple[ChipKind, str]:
        one = self._line(row)
        if one is None:
            return "", ""
        if one.closed:
            return "", "gesloten"
        if one.needed_until and one.needed_until < self.day:
            return "", "voorbij"
        return self._fits(one.id)


class PassportList(ListModel):
    def __init__(self) -> None:
        super().__init__(
            ("Paspoort", "Weg", "Laag", "Aangebracht", "Massa, ton", "Ligt er"), frozenset({2, 4})
        )

    def text(self, row: int, column: int) -> str:
        plain: Mapping[str, Any] = self.rows[row]
        if len(plain) < 2:
            return ""
        mass = plain["mass_t"]
        return (
            str(plain["name"]),
            str(plain["road"]),
            str(plain["layer"] or ""),
            numbers.date(plain["laid_on"]) if plain["laid_on"] else "",
            numbers.number(mass, 1) if mass is not None else "",
            "nee" if plain["gone"] else "ja",
        )[column]
