"""Verklaar verschil in words: the sentence, the table and the price, alike on screen, sheet and workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.break_even import break_even
from cirkeldesk.model.award.methods import Outcome, Part
from cirkeldesk.model.comparison.comparison import is_rankable
from cirkeldesk.model.comparison.difference import Difference, DifferenceRow
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award.awarding import amount_text, part_name, stopped

FOOTNOTE = "Door afronding kunnen optellingen 1 afwijken."


@dataclass(frozen=True)
class DifferenceTable:
    """Header and rows as text; the last row is the sum. The `named` columns after the first carry a variant's
    name."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    named: int


def sentence(comparison: Comparison, difference: Difference) -> str:
    """ "B heeft € 4.611 minder MKI dan A. 61 % daarvan komt door de Onderlaag: € 6,40 tegen € 7,50 per ton."

    A share is told only where it is one: with other posts pulling the other way the largest has more than the
    whole.
    """
    a, b = comparison.variant(difference.a).name, comparison.variant(difference.b).name
    if difference.total == 0:
        return f"{b} en {a} hebben dezelfde MKI."
    word = "minder" if difference.total < 0 else "meer"
    decimals = 0 if abs(difference.total) >= 1 else 2
    text = f"{b} heeft {numbers.euro(abs(difference.total), decimals)} {word} MKI dan {stopped(a)}"
    main = difference.main
    share = difference.share(main) if main is not None else None
    if main is None or share is None or main.post_id is None or decimals:
        return text
    part = f"{numbers.percent(share * 100, 0)} daarvan komt" if share <= 1 else "Dat komt vooral"
    return f"{text} {part} door {main.name}{_why(comparison, main)}."


def _why(comparison: Comparison, main: DifferenceRow) -> str:
    """What about the largest row differs: rates, quantities, or that it lapses."""
    unit = comparison.group.property(comparison.group.measure).unit
    if main.cause == "lapses":
        return ", dat bij een van de twee vervalt"
    if abs(main.quantity_effect or 0.0) > abs(main.rate_effect or 0.0):
        return f": {numbers.number(main.quantity_b or 0.0, 1)} tegen {numbers.number(main.quantity_a or 0.0, 1)} {unit}"
    if main.rate_a is not None and main.rate_b is not None and round(main.rate_a, 2) != round(main.rate_b, 2):
        return f": {numbers.euro(main.rate_b, 2)} tegen {numbers.euro(main.rate_a, 2)} per {unit}"
    return ""


def warning(comparison: Comparison, difference: Difference) -> str | None:
    """A difference of variants that may not be compared is only that: it ranks nothing."""
    results = [comparison.variant(identity) for identity in (difference.b, difference.a)]
    names = [result.name for result in results if not is_rankable(result)]
    if not names:
        return None
    return f"Let op: {' en '.join(names)} {'is' if len(names) == 1 else 'zijn'} niet te vergelijken. Zie Open punten."


def price_sentence(comparison: Comparison, difference: Difference) -> str | None:
    if difference.price is None:
        return None
    a, b = comparison.variant(difference.a).name, comparison.variant(difference.b).name
    if difference.price == 0:
        return f"{b} is even duur als {a}."
    word = "duurder" if difference.price > 0 else "goedkoper"
    return f"{b} is {numbers.euro(abs(difference.price))} {word} (excl. btw)."


def award_sentence(found: Award | None, difference: Difference) -> str | None:
    """ "B krijgt € 46.107,00 meer MKI-korting en is € 25.000,00 duurder. De fictieve prijs van B is €
    21.107,00 lager …"

    Every part that differs, the price among them, so that the parts add up to the end.
    """
    bids = {bid.id: bid for bid in found.bids} if found is not None else {}
    a, b = bids.get(difference.a), bids.get(difference.b)
    if found is None or a is None or b is None or a.outcome is None or b.outcome is None:
        return None
    notional = found.method.kind == "notional"
    total = b.outcome.total - a.outcome.total
    what = "De fictieve prijs" if notional else "Het totaal"
    way = "lager" if total < 0 else "hoger"
    end = f"{amount_text(found, abs(total))} {way} dan" if total else "gelijk aan"
    last = f"{what} van {b.name} is {end} die van {stopped(a.name)}"
    told = _parts_told(found, a.outcome, b.outcome, notional=notional)
    price = (b.figures.price or Decimal(0)) - (a.figures.price or Decimal(0))
    if notional and price:
        told.append(f"is {numbers.euro(abs(price), 2)} {'duurder' if price > 0 else 'goedkoper'}")
    return f"{b.name} {_listed(told)}. {last}" if told else last


def _parts_told(found: Award, before: Outcome, after: Outcome, *, notional: bool) -> list[str]:
    """Each part of the sum that differs."""
    was = {(part.code, part.criterion): part.amount for part in before.parts}
    changes = [(part, part.amount - was.get((part.code, part.criterion), Decimal(0))) for part in after.parts]
    return [_part_told(found, part, change, notional=notional) for part, change in changes if change]


def _listed(told: list[str]) -> str:
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} en {told[-1]}"


def _part_told(found: Award, part: Part, change: Decimal, *, notional: bool) -> str:
    """ "krijgt € 46.107,00 meer MKI-korting": what is taken off the notional price is a korting, more of it
    is better."""
    name = part_name(found, part)
    if not notional:
        return f"krijgt {amount_text(found, abs(change))} {'meer' if change > 0 else 'minder'} voor {name}"
    if part.amount <= 0:
        return f"krijgt {numbers.euro(abs(change), 2)} {'meer' if change < 0 else 'minder'} {_korting(name)}"
    return f"heeft {numbers.euro(abs(change), 2)} {'meer' if change > 0 else 'minder'} {name}"


def _korting(name: str) -> str:
    return name if "korting" in name.casefold() else f"korting voor {name}"


def turning_sentence(found: Award | None, difference: Difference) -> str | None:
    """ "Vanaf € 1.286.107,00 staan A en B gelijk.": internal, and only shown when somebody asks for it."""
    if found is None:
        return None
    pair = {difference.a, difference.b}
    one = next((one for one in break_even(found) if set(one.pair) == pair), None)
    if one is None:
        return None
    names = {bid.id: bid.name for bid in found.bids}
    upper, lower = names[one.pair[0]], names[one.pair[1]]
    if one.price is None:
        return f"Bij geen enkele prijs van {upper} komt {lower} gelijk."
    if one.price == found.bid(one.pair[0]).figures.price:
        return f"{upper} en {lower} staan nu gelijk; de regel bij gelijke stand beslist."
    return (
        f"Bij een prijs van {numbers.euro(one.price, 2)} van {upper} staat {lower} gelijk of voor. "
        "Bij gelijke stand beslist de regel uit de uitvraag."
    )


def table(comparison: Comparison, difference: Difference, *, compact: bool = False) -> DifferenceTable:
    """Post · rates · quantities · difference · its quantity and rate part · share · cause; the rows sum
    exactly.

    The two parts are shown where some quantity differs; `compact` (paper) then leaves out the quantities
    themselves.
    """
    a, b = comparison.variant(difference.a).name, comparison.variant(difference.b).name
    unit = comparison.group.property(comparison.group.measure).unit
    parts = any(row.quantity_effect for row in difference.rows)
    quantities = not (compact and parts)
    header = ["Post", f"{a}: € MKI per {unit}", f"{b}: € MKI per {unit}"]
    header += [f"{a}: {unit}", f"{b}: {unit}"] if quantities else []
    named = len(header) - 1
    header.append("Verschil € MKI")
    header += [f"door {unit}", f"door MKI per {unit}"] if parts else []
    header += ["Aandeel", "Oorzaak"]
    rows = [_row(difference, row, parts=parts, quantities=quantities) for row in difference.rows]
    total = ("Samen", *[""] * named, numbers.number(difference.total, 0, sign=True))
    rows.append((*total, *[""] * (len(header) - len(total))))
    return DifferenceTable(tuple(header), tuple(rows), named)


def _row(difference: Difference, row: DifferenceRow, *, parts: bool, quantities: bool) -> tuple[str, ...]:
    none = terms.STATES["not_applicable"]

    def text(value: float | None, decimals: int, *, sign: bool = False) -> str:
        return numbers.number(value, decimals, sign=sign) if value is not None else none

    share = difference.share(row)
    cells = [row.name or "Hele werk", text(row.rate_a, 2), text(row.rate_b, 2)]
    cells += [text(row.quantity_a, 1), text(row.quantity_b, 1)] if quantities else []
    cells.append(text(row.difference, 0, sign=True))
    cells += [text(row.quantity_effect, 0, sign=True), text(row.rate_effect, 0, sign=True)] if parts else []
    cells.append(numbers.percent(share * 100, 0) if share is not None else none)
    cells.append(terms.CAUSES[row.cause] if row.cause else "gelijk")
    return tuple(cells)


def default_pair(comparison: Comparison) -> tuple[str, str] | None:
    """The two to explain first: the lowest against the second of its group; else the first two with a
    total."""
    ranked = sorted(
        (v for v in comparison.variants if v.rank is not None and v.is_bid), key=lambda v: v.rank or 0
    )
    if len(ranked) < 2:
        ranked = sorted(
            (v for v in comparison.variants if v.total.value is not None), key=lambda v: v.total.value or 0.0
        )
    return (ranked[1].id, ranked[0].id) if len(ranked) >= 2 else None
