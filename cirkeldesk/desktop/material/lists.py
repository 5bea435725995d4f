"""The three lists of the page: supply, demand and passports, of any length."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cirkeldesk.desktop.kit.tables.lists import ListModel
from cirkeldesk.model.material.lines import DemandLine, SupplyLine
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material import words


class SupplyList(ListModel):
    """`day` (ISO) says what is free and what state it is in."""

    def __init__(self) -> None:
        super().__init__(("Aanbod", "Vrij", "Waar", "Wanneer", "Stand"), frozenset({1}))
        self.day = ""

    def text(self, row: int, column: int) -> str:
        plain = self.rows[row]
        if len(plain) < 2:  # removed since the list was read
            return ""
        one = SupplyLine(**plain)
        return (
            one.name,
            words.amount(one.free(self.day), one.unit),
            one.place,
            words.period(one.available_from, one.available_until),
            words.STATES[one.state(self.day)],
        )[column]


class DemandList(ListModel):
    def __init__(self) -> None:
        super().__init__(("Vraag", "Nodig", "Waar", "Wanneer", "Van wie"), frozenset({1}))

    def text(self, row: int, column: int) -> str:
        plain = self.rows[row]
        if len(plain) < 2:
            return ""
        one = DemandLine(**plain)
        return (
            one.name,
            words.amount(one.amount, one.unit),
            one.place,
            words.period(one.needed_from, one.needed_until),
            "gesloten" if one.closed else one.organisation,
        )[column]


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
