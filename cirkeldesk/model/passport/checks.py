"""A passport beside what was promised and delivered. Source: CHAIN 5."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cirkeldesk.model.messages import Message
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import is_expired

MASS_APART = 0.02  # weighbridge and as-built drawing differ by this much
SAME = 1e-9


@dataclass(frozen=True)
class PromisedLayer:
    """What was promised of a post, and what came: `mix` as accepted, `reclaimed` a part of 1, `mki` € per
    ton; None where it was not said. `delivered_t` is what was accepted, None while nothing was."""

    post: str
    name: str
    mix: str = ""
    reclaimed: float | None = None
    mki: float | None = None
    set_code: SetCode | None = None
    delivered_t: float | None = None


def checked(passport: Passport, promised: PromisedLayer | None) -> Iterator[Message]:
    """What is to be said of one passport."""
    if is_expired(passport.valid_until or None, passport.laid_on or None):
        yield Message.of("passport_expired", until=passport.valid_until)
    if "found" in (passport.tar, passport.asbestos):
        yield Message("passport_tar")
    if promised is not None:
        yield from _beside(passport, promised)


def _beside(passport: Passport, promised: PromisedLayer) -> Iterator[Message]:
    if promised.mix and passport.mix and not same_mix(passport.mix, promised.mix):
        yield Message.of("passport_mix", has=passport.mix, asked=promised.mix)
    has, asked = passport.reclaimed, promised.reclaimed
    if has is not None and asked is not None and has < asked - SAME:
        yield Message.of("passport_reclaimed", has=round(has * 100, 2), asked=round(asked * 100, 2))
    if passport.mki is None or promised.mki is None:
        return
    if passport.set_code is not None and promised.set_code not in (None, passport.set_code):
        yield Message.of("passport_set", has=passport.set_code, asked=promised.set_code)
    elif passport.mki > promised.mki + SAME:
        yield Message.of("passport_mki", has=round(passport.mki, 4), asked=round(promised.mki, 4))


def same_mix(one: str, other: str) -> bool:
    """Whether one code is the other, or says more of the same: "AC 16 surf" and "AC16 surf 70/100". One word
    alone says too little to be the beginning of another."""
    first, second = (re.findall(r"[a-z]+|[0-9]+", text.casefold()) for text in (one, other))
    if first == second:
        return bool(first)
    short, long = sorted((first, second), key=len)
    return len(short) > 1 and long[: len(short)] == short


def masses(passports: Iterable[Passport], promised: Mapping[str, PromisedLayer]) -> Iterator[Message]:
    """What the passports of a work hold together, beside what was delivered and accepted."""
    found: dict[str, list[float]] = {}
    for one in passports:
        if one.post is not None and one.mass_t is not None:
            found.setdefault(one.post, []).append(one.mass_t)
    for post, tons in found.items():
        layer = promised.get(post)
        total = math.fsum(tons)
        if layer is None or layer.delivered_t is None:
            continue
        if abs(total - layer.delivered_t) > MASS_APART * max(layer.delivered_t, 1e-12):
            has, asked = round(total, 1), round(layer.delivered_t, 1)
            yield Message.of("passport_mass", post=layer.name, has=has, asked=asked)
