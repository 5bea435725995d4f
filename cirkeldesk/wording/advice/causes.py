"""Why the winner, and not number 2: what each part of the method does, and why not the others."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.award.methods import uses_mki
from cirkeldesk.wording import numbers
from cirkeldesk.wording.advice import decision
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.paper import Cause, Causes

SHOWN_CAUSES = 8  # parts and criteria in the table; more of them go together


def called(found: Award, bid: BidResult) -> str:
    """A bid by the company's own name, else as the table calls it."""
    return name_of(found.tender.variant(bid.id))


def next_best(found: Award) -> BidResult | None:
    """Who would win without the winner's bid standing before it."""
    others = [bid for bid in found.bids if bid.counts and bid.id != found.winner]
    return min(others, key=lambda bid: bid.rank or len(found.bids), default=None)


@dataclass(frozen=True)
class _Step:
    """What a part does for the winner beside number 2: below zero speaks for it in a notional price, above
    zero in points."""

    label: str
    group: str
    second: Decimal
    first: Decimal

    @property
    def difference(self) -> Decimal:
        return self.first - self.second


def of_award(found: Award) -> tuple[str, str, Causes] | None:
    """(title, sentence, table) why the winner stands before number 2; None where there is none."""
    second = next_best(found)
    if found.winner is None or second is None or second.outcome is None:
        return None
    winner = found.bid(found.winner)
    assert winner.outcome is not None
    steps = _steps(found, winner, second)
    title = f"Waarom {called(found, winner)}, en niet nummer 2?"
    return title, _told(found, steps), _table(found, winner, second, steps)


def _steps(found: Award, winner: BidResult, second: BidResult) -> list[_Step]:
    assert winner.outcome is not None
    assert second.outcome is not None
    steps = []
    if found.method.kind == "notional":
        prices = second.figures.price or Decimal(0), winner.figures.price or Decimal(0)
        steps.append(_Step("Inschrijfsom, excl. btw", "de inschrijfsom", *prices))
    own = {(part.code, part.criterion): part.amount for part in second.outcome.parts}
    for part in winner.outcome.parts:
        theirs = own.get((part.code, part.criterion), Decimal(0))
        steps.append(_Step(awarding.part_name(found, part), GROUPS[part.code], theirs, part.amount))
    if len(steps) <= SHOWN_CAUSES:
        return steps
    kept = set(sorted(range(len(steps)), key=lambda i: -abs(steps[i].difference))[: SHOWN_CAUSES - 1])
    rest = [step for i, step in enumerate(steps) if i not in kept]
    together = _Step(
        f"Overige ({len(rest)})", "wat overblijft",
        sum((step.second for step in rest), Decimal(0)), sum((step.first for step in rest), Decimal(0)),
    )  # fmt: skip
    return [*(step for i, step in enumerate(steps) if i in kept), together]


GROUPS = {
    "costs": "latere kosten",
    "quality": "kwaliteit",
    "mki_discount": "de MKI",
    "mki_w": "de MKI",
    "mki_points": "de MKI",
    "ladder": "de CO₂-Prestatieladder",
    "price_points": "de prijs",
}


def _told(found: Award, steps: list[_Step]) -> str:
    """The sentence above the table: what costs more, and what stands against it."""
    sign = -1 if found.method.kind == "notional" else 1
    gains: dict[str, Decimal] = {}
    for step in steps:
        gains[step.group] = gains.get(step.group, Decimal(0)) + sign * step.difference
    price = gains.pop("de inschrijfsom", None)
    good = {group: gain for group, gain in gains.items() if gain > 0}
    bad = {group: -gain for group, gain in gains.items() if gain < 0}
    said = []
    if price is not None:
        more = numbers.euro(abs(price), 2)
        said.append(
            f"Het werk kost {more} {'meer' if price < 0 else 'minder'}."
            if price
            else "De inschrijfsommen zijn gelijk."
        )
    if good:
        said.append(_advantage(found, good, against=price is not None and price < 0))
    if bad:
        listed = awarding.listed([f"{_amount(found, gain)} op {group}" for group, gain in bad.items()])
        said.append(f"Nummer 2 is gunstiger met {listed}.")
    return " ".join(said)


def _advantage(found: Award, good: dict[str, Decimal], *, against: bool) -> str:
    whole = _amount(found, sum(good.values(), Decimal(0)))
    start = f"Daar staat {whole} voordeel tegenover" if against else f"Het voordeel is {whole}"
    if len(good) == 1:
        (group,) = good
        return f"{start}, op {group}."
    return (
        f"{start}: {awarding.listed([f'{_amount(found, gain)} op {group}' for group, gain in good.items()])}."
    )


def _amount(found: Award, value: Decimal) -> str:
    return awarding.amount_text(found, value)


def _table(found: Award, winner: BidResult, second: BidResult, steps: list[_Step]) -> Causes:
    """From number 2 to number 1: each bar begins where the one above it ends."""
    assert winner.outcome is not None
    assert second.outcome is not None
    notional = found.method.kind == "notional"
    decimals = 2 if notional else found.rules.points_decimals
    header = (
        "Onderdeel (€)" if notional else "Onderdeel (punten)",
        f"nummer 2: {called(found, second)}", f"nummer 1: {called(found, winner)}", "Verschil",
        "Van nummer 2 naar nummer 1",
    )  # fmt: skip

    def cells(before: Decimal, now: Decimal) -> tuple[str, ...]:
        shown = [numbers.number(value, decimals) for value in (before, now)]
        return (*shown, numbers.number(now - before, decimals, sign=True))

    made, at = [], Decimal(0)
    for step in steps:
        good = step.difference < 0 if notional else step.difference > 0
        end = at + step.difference
        made.append(
            Cause(step.label, cells(step.second, step.first), float(at), float(end), "for" if good else "against")
        )  # fmt: skip
        at = end
    totals = cells(second.outcome.total, winner.outcome.total)
    made.append(Cause(awarding.total_name(found), totals, 0.0, float(at), "sum"))
    return Causes(header, tuple(made), _note(found))


def _note(found: Award) -> str:
    if found.method.kind != "notional":
        return f"Plus is voordeel voor de winnaar. {awarding.formula(found.rules)}. De meeste punten winnen."
    if not awarding.has_parts(found.rules):
        return "De laagste inschrijfsom wint."
    text = "Min is voordeel voor de winnaar. De laagste fictieve prijs wint. Het is een rekenbedrag: betaald wordt de inschrijfsom."
    if uses_mki(found.rules):
        text += " De MKI telt alleen mee via dit bedrag."
    return text


def why_not(found: Award) -> list[tuple[str, str]]:
    """(question, answer): the cheapest and the one with the lowest MKI, each accounted for."""
    first = [bid for bid in found.bids if bid.rank == 1]
    if len(first) != 1:
        return []

    def name(bid: BidResult) -> str:
        return called(found, bid)

    return [*decision.cheapest(found, first[0], name), *decision.lowest_mki(found, first[0], name)]
