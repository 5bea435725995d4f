"""What a letter gives away is told to the officer: by looking for other worlds that give the same letter.

For each method some worlds are drawn. Of each figure that the recipient is not told (the winner's price and
MKI where they are withheld, a third bidder's price always) another world is looked for in which that figure
is far from it while the recipient reads the same letter. Where none is found the figure can be worked out:
then `deduced` must have told it. The letter itself decides, not the formulas of `deduced`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.award.deduced import NARROW, deduced
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.operations.paper.context import calendar
from cirkeldesk.wording import paper
from cirkeldesk.wording.award import letters
from tests.awards import LADDER, Bid, case_of, criterion, rules

OWN = Bid("1000000", "30000", (60,), level=3, costs=((1, "10000"),))
QUALITY = (criterion("k1", 60_000),)
POINTS = (criterion("k1", 40),)
MKI = {"lower": 10_000, "upper": 60_000}
WEIGHTED = {
    "criteria": POINTS,
    "price_weight": 60,
    "price_low": 500_000,
    "price_high": 1_500_000,
    "outside": "clamp",
}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "lowest_price": ("lowest_price", {}),
    "lowest_cost": ("lowest_cost", {"rate": 2, "horizon": 10}),
    "value": ("value", {"criteria": QUALITY}),
    "mki_discount": ("mki_discount", {**MKI, "maximum": 50_000}),
    "mki_w": ("mki_w", {"factor": 2, "negative_mki": "clamp"}),
    "ladder": ("ladder", {"ladder": LADDER}),
    "weighted": ("weighted", WEIGHTED),
    "relative": ("relative", {"criteria": POINTS, "price_weight": 60}),
    "relative_linear": ("relative_linear", {"criteria": POINTS, "price_weight": 60}),
    "logarithmic": ("logarithmic", {"criteria": POINTS, "price_weight": 60, "log_base": 2}),
    "value with MKI": ("value", {"criteria": QUALITY, "also": ("mki_discount",), **MKI, "maximum": 50_000}),
    "weighted with MKI": ("weighted", {**WEIGHTED, "also": ("mki_points",), "mki_weight": 20, **MKI}),
}  # fmt: skip
WITHHELD = "de winnaar maakte gegrond bezwaar"
MODES = pytest.mark.parametrize("withhold", ["", WITHHELD], ids=["named", "withheld"])
FAR = 1 + NARROW / 2  # wider than what counts as known, it reaches this far to one side at least
TRIES = 1_000
SENDING = letters.Sending(letters.Sender("Provincie Verzonnen"), date(2026, 12, 1), calendar())


@dataclass(frozen=True)
class World:
    """What the first bidder is not told: the winner's price and MKI (where withheld), all of a third."""

    price: int
    mki: int
    third: int
    score: int
    third_mki: int
    level: int
    costs: int

    def awarded(self, method: AwardRules, withhold: str) -> Award | None:
        """The award with its letter, where the second bidder wins."""
        bids = [
            OWN,
            Bid(str(self.price), str(self.mki), (80,), level=3, costs=((1, "10000"),)),
            Bid(
                str(self.third),
                str(self.third_mki),
                (self.score,),
                level=self.level,
                costs=((1, str(self.costs)),),
            ),
        ]
        found = award(case_of(method, bids, publication=Publication(withhold=withhold)).compare())
        return found if found is not None and found.winner == "v2" else None


def drawn(random: Random) -> World:
    return World(
        random.choice((1_000_000, random.randrange(850_000, 1_080_000))),
        random.choice((30_000, random.randrange(100, 60_000))),
        random.randrange(850_000, 1_150_000),
        random.randrange(0, 101),
        random.randrange(100, 60_000),
        random.randrange(0, 6),
        random.randrange(0, 60_000),
    )


def worlds(method: AwardRules, withhold: str, count: int) -> Iterator[tuple[World, Award]]:
    random, found = Random(f"{method.method}{method.also}"), 0
    while found < count:
        world = drawn(random)
        decided = world.awarded(method, withhold)
        if decided is not None:
            found += 1
            yield world, decided


def read_by_first(found: Award) -> str:
    return "\n".join(paper.texts(letters.letter(found, "v1", SENDING, draft=True)))


def is_open(method: AwardRules, withhold: str, base: World, letter: str, name: str) -> bool:
    """Whether another world gives the same letter with this figure far off. What is told may not vary."""
    random = Random(7)
    kept = {} if withhold else {"price": base.price, "mki": base.mki}
    for turn in range(TRIES):
        other = drawn(random)
        fields = {field: getattr(other if random.random() < 0.5 else base, field) for field in vars(base)}
        far = getattr(base, name) * (FAR if turn % 2 else 1 / FAR)
        tried = replace(base, **{**fields, **kept, name: int(far)})
        found = tried.awarded(method, withhold)
        if found is not None and read_by_first(found) == letter:
            return True
    return False


@MODES
@pytest.mark.parametrize("name", CASES)
def test_what_follows_from_a_letter_was_told(
    name: str, withhold: str, request: pytest.FixtureRequest
) -> None:
    method = rules(CASES[name][0], **CASES[name][1])
    for world, found in worlds(method, withhold, 60 if request.config.getoption("--deep") else 6):
        told = {one.what for one in deduced(found, "v1")}
        letter = read_by_first(found)
        looked_for = ["third", *(["price"] if withhold else [])]
        looked_for += ["mki"] if withhold and "mki" in name.casefold() else []
        for figure in looked_for:
            tells = {
                "third": {"lowest_price", "other_price"},
                "price": {"price", "lowest_price"},
                "mki": {"mki"},
            }
            if not told & tells[figure]:
                assert is_open(method, withhold, world, letter, figure), (figure, world)


@MODES
@pytest.mark.parametrize("name", CASES)
def test_what_is_told_is_so(name: str, withhold: str) -> None:
    """The figure lies between the bounds, which are narrow; and nothing is told of what stands in the
    letter."""
    for world, found in worlds(rules(CASES[name][0], **CASES[name][1]), withhold, 40):
        for one in deduced(found, "v1"):
            truth = {
                "price": Decimal(world.price),
                "mki": Decimal(world.mki),
                "lowest_price": Decimal(min(world.price, world.third, 1_000_000)),
                "other_price": Decimal(world.third),
            }[one.what]
            assert one.at_least - Decimal("0.01") <= truth <= one.at_most + Decimal("0.01"), (one, world)
            assert one.at_most - one.at_least <= NARROW * truth
            assert withhold or one.what in ("lowest_price", "other_price")


def test_by_hand() -> None:
    """Own sum 1.000.000 with 60 % of 60.000: 964.000. The winner, with 80 %, gets 48.000 off; "hoger dan de
    uwe" and yet first, so its price lies between 1.000.000 and 1.012.000."""
    bids = [OWN, Bid("1005000", "30000", (80,))]
    method = rules("value", criteria=QUALITY)
    found = award(case_of(method, bids, publication=Publication(withhold="bezwaar")).compare())
    assert found is not None
    (one,) = deduced(found, "v1")
    assert (one.what, one.at_least, one.at_most) == ("price", Decimal(1000000), Decimal("1012000.00"))
    named = award(case_of(method, bids).compare())
    assert named is not None
    assert deduced(named, "v1") == ()
    assert deduced(found, "v2") == ()
