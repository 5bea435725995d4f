"""Which mixes tenders ask: how many different ones, how often, and which differ in one property only.

A mix is what a post asks beside quantities (the fields of its product group); a post that asks nothing is no
mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import Answer, Post, Tender

Asked = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Use:
    """A post of a tender that asks a mix, and how much of it (in the group's measure) where that is known."""

    tender_id: str
    number: str
    post: str
    amount: float | None


@dataclass(frozen=True)
class Mix:
    """What is asked, by the fields of the group, and where."""

    asked: Asked
    uses: tuple[Use, ...]

    @property
    def tenders(self) -> int:
        return len({use.tender_id for use in self.uses})

    @property
    def amount(self) -> float | None:
        """Together; None unless every amount is known."""
        known = [use.amount for use in self.uses]
        return sum(one for one in known if one is not None) if None not in known else None


@dataclass(frozen=True)
class MixPair:
    """Two mixes that differ in one property only: perhaps one would do."""

    one: Mix
    other: Mix
    field: str


def mixes(tenders: Iterable[tuple[Tender, ProductGroup]], group: ProductGroup) -> tuple[Mix, ...]:
    """The mixes that tenders of one group ask, each with the version of the group it pins, the most asked
    first.

    An oefenkopie and an example ask nothing.
    """
    found: dict[Asked, list[Use]] = {}
    spelled: dict[Asked, Asked] = {}
    for tender, pinned in tenders:
        if tender.practice_of is not None or tender.fictitious:
            continue
        for post in tender.posts:
            asked = _asked(post, group)
            if asked and post.kind != "released":
                key = tuple((code, text.casefold()) for code, text in asked)
                spelled.setdefault(key, asked)
                amount = quantities_of(tender, post, Answer(post.id), None, pinned).get(pinned.measure)
                found.setdefault(key, []).append(Use(tender.id, tender.number, post.name, amount))
    made = [Mix(spelled[key], tuple(uses)) for key, uses in found.items()]
    return tuple(sorted(made, key=lambda mix: (-mix.tenders, -len(mix.uses), mix.asked)))


def _asked(post: Post, group: ProductGroup) -> Asked:
    """In the order of the group's fields; upper and lower case and spaces make no other mix."""
    said = dict(post.details)
    return tuple(
        (field.code, " ".join(said[field.code].split()))
        for field in group.fields
        if said.get(field.code, "").strip()
    )


def almost_alike(found: Iterable[Mix]) -> tuple[MixPair, ...]:
    """Pairs that differ in exactly one property, a property that only one of them asks included."""
    pairs = []
    for one, other in combinations(found, 2):
        a, b = dict(one.asked), dict(other.asked)
        differing = [
            name
            for name in dict.fromkeys([*a, *b])
            if a.get(name, "").casefold() != b.get(name, "").casefold()
        ]
        if len(differing) == 1:
            pairs.append(MixPair(one, other, differing[0]))
    return tuple(pairs)
