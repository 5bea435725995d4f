"""What is said of one supply or demand: a line of how much, where and when, and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterator

from cirkeldesk.model.material.material import KG_PER_T, Demand, Place, Supply
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material.words import STATES, TESTED, UNITS, amount, period, sizes

LEGAL = {"product": "product", "waste": "afval"}
MADE_UP = ("warn", "verzonnen cijfers")
Mark = tuple[str, str]  # ("warn" for what to look at first, else ""; the words)


def about_supply(one: Supply, day: str) -> str:
    """ "300 m² vrij van 1.200 m² · 211 ton · beschikbaar · 1-5-2027 tot 30-9-2027 · Nieuwegein, Zandveld"."""
    mass = one.balance * one.mass_per_unit / KG_PER_T if one.mass_per_unit and one.unit != "ton" else None
    told = [
        f"{amount(one.free(day), one.unit)} vrij van {amount(one.balance, one.unit)}",
        f"{numbers.number(mass, 0 if mass >= 10 else 1)} ton" if mass else "",
        STATES[one.state(day)],
        period(one.available_from, one.available_until),
        _where(one.lies),
    ]
    return " · ".join(filter(None, told))


def supply_marks(one: Supply) -> Iterator[Mark]:
    if one.fictitious:
        yield MADE_UP
    size = sizes(one.format.length, one.format.width, one.format.thickness)
    yield ("", size) if size else ("warn", "maat niet bekend")
    yield ("", f"klasse {one.condition}") if one.condition else ("warn", "klasse niet bekend")
    yield _tested(one)
    yield from (("", text) for text in _said(one) if text)


def _said(one: Supply) -> tuple[str, ...]:
    """What is known besides; "" for what is not."""
    return (
        f"{numbers.as_typed(one.mass_per_unit)} kg per {UNITS[one.unit]}"
        if one.mass_per_unit and one.unit != "ton"
        else "",
        f"breuk {numbers.as_typed(round(one.breakage * 100, 6))} %" if one.breakage else "",
        LEGAL.get(one.legal or "", ""),
        f"van {one.organisation}" if one.organisation else "",
        f"eigenaar {one.owner}" if one.owner else "",
        f"uit {one.origin}" if one.origin else "",
        f"minimaal {amount(one.smallest, one.unit)}" if one.smallest else "",
        _price(one),
        f"nog {numbers.as_typed(one.life)} jaar" if one.life is not None else "",
        f"contact {one.contact}" if one.contact else "",
        one.note,
    )


def _tested(one: Supply) -> Mark:
    results = (("teer", one.tar), ("asbest", one.asbestos), ("grond", one.soil))
    tested = [f"{name} {TESTED[result]}" for name, result in results if result is not None]
    if not tested:
        return "warn", "niet getest"
    when = f", getest {numbers.date(one.tested_on)}" if one.tested_on else ""
    found = any(result == "found" for _, result in results)
    return "warn" if found else "", ", ".join(tested) + when


def _price(one: Supply) -> str:
    """Not said is not free."""
    if one.price is None:
        return ""
    return f"{numbers.euro(one.price, 2)} per {UNITS[one.unit]}" if one.price else "gratis"


def about_demand(one: Demand) -> str:
    told = [
        amount(one.amount, one.unit),
        period(one.needed_from, one.needed_until),
        _where(one.place),
        "gesloten" if one.closed else "",
    ]
    return " · ".join(filter(None, told))


def demand_marks(one: Demand) -> Iterator[Mark]:
    if one.fictitious:
        yield MADE_UP
    size = sizes(one.format.length, one.format.width, one.format.thickness)
    off = f", mag {numbers.as_typed(one.tolerance)} mm afwijken" if one.tolerance and size else ""
    yield "", f"{size}{off}" if size else "elke maat"
    told = (
        f"klasse {one.condition} of beter" if one.condition else "",
        f"ten hoogste {numbers.number(one.furthest_km, 0)} km" if one.furthest_km is not None else "",
        f"nieuw: € {numbers.as_typed(one.new.a1_a3)} MKI per ton ({one.new.set_code})" if one.new else "",
        f"voor {one.organisation}" if one.organisation else "",
        f"contact {one.contact}" if one.contact else "",
        one.note,
    )
    yield from (("", text) for text in told if text)
    if one.new is None:
        yield "warn", "MKI van nieuw niet ingevuld"


def fitting(count: int, other: str) -> str:
    """ "2 passende vragen"; `other` is "vraag" or "aanbod"."""
    if not count:
        return f"Er past geen {other} bij."
    if other == "vraag":
        return "1 passende vraag" if count == 1 else f"{count} passende vragen"
    return f"{count} keer passend aanbod"


def _where(place: Place) -> str:
    return ", ".join(filter(None, (place.municipality, place.name)))
