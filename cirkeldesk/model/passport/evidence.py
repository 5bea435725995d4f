"""What passports are evidence of: how much of what was accepted lies described in the register, and whether
what they say is what was promised. Source: CHAIN 4 (the monitor counts passports as evidence) and 5."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cirkeldesk.model.messages import Message
from cirkeldesk.model.passport.checks import PromisedLayer, checked, masses
from cirkeldesk.model.passport.passport import Passport


@dataclass(frozen=True)
class PostEvidence:
    """Of one post: tons that were accepted (None while nothing was), tons with a passport, and of how many
    passports no mass is known."""

    post: str
    name: str
    delivered_t: float | None
    passport_t: float
    count: int
    without_mass: int

    @property
    def covered_t(self) -> float:
        """Tons that came and have a passport: a passport of more than came is evidence of no more."""
        return min(self.passport_t, self.delivered_t or 0.0)


@dataclass(frozen=True)
class PassportEvidence:
    """The passports of a work, post by post in the order of the work, and what is to be said of them."""

    posts: tuple[PostEvidence, ...]
    findings: tuple[Message, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.posts)

    @property
    def delivered_t(self) -> float:
        return math.fsum(one.delivered_t or 0.0 for one in self.posts)

    @property
    def covered_t(self) -> float:
        return math.fsum(one.covered_t for one in self.posts)


def evidence(passports: Sequence[Passport], promised: Mapping[str, PromisedLayer]) -> PassportEvidence:
    """Passports of posts the work does not have are evidence of nothing."""
    return PassportEvidence(
        tuple(_of_post(layer, passports) for layer in promised.values()),
        (*_found(passports, promised), *masses(passports, promised)),
    )


def _of_post(layer: PromisedLayer, passports: Iterable[Passport]) -> PostEvidence:
    found = [one.mass_t for one in passports if one.post == layer.post]
    known = [tons for tons in found if tons is not None]
    return PostEvidence(
        layer.post, layer.name, layer.delivered_t, math.fsum(known), len(found), len(found) - len(known)
    )


def _found(passports: Iterable[Passport], promised: Mapping[str, PromisedLayer]) -> Iterable[Message]:
    """What is to be said of each, once."""
    return dict.fromkeys(
        message for one in passports for message in checked(one, promised.get(one.post or ""))
    )
