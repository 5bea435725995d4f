"""What changes by date, beside what a tender asks: rules that start, and values nobody verified."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cirkeldesk.model.messages import Level, Message, Problem
from cirkeldesk.model.product.basis import same_text
from cirkeldesk.model.reference.dated import DatedValues
from cirkeldesk.model.tender.tender import Tender


def on_time(tender: Tender, dated: DatedValues) -> Iterator[Problem]:
    """Rules that have started by the day bids are in, and what was not verified of what is fixed.

    A tender may go on under the older rules beside the newer: it chooses, and says so (DOMAIN 3).
    """
    ask = tender.ask
    day = max(tender.closes_on or "", ask.reference_date or "")
    newer = dated.newer_than(ask.rules, ask.set_code, day) if day else None
    if newer is not None:
        level: Level
        started = {"rules": newer.name, "set": newer.set_code, "date": newer.valid_from}
        key, level = "rules_to_choose", "open"
        if ask.rules:
            key, level = "newer_rules", "note"
        if ask.rules and same_text(ask.rules) == same_text(newer.name):
            key, level = "rules_and_set", "open"
        yield Problem(Message.of(key, **started), level, None, None, "ask_rules")
    yield from _densities(tender, dated)
    loose = [one.module for one in ask.fixed_modules if not one.verified]
    if loose:
        yield Problem(Message.of("fixed_unverified", modules=" ".join(loose)), "open", None, None, "fixed")


DENSITY = "density_t_m3"
ROOM = 0.1  # a tenth beside what is usual is another measurement, not another mix


def _densities(tender: Tender, dated: DatedValues) -> Iterator[Problem]:
    """A density that no mix of that name has: one value for every layer makes a porous one a sixth too
    heavy."""
    for post in tender.posts:
        given = post.value(DENSITY)
        for mix in dated.densities if given is not None else ():
            if (
                re.search(rf"(?<!onder ){re.escape(mix.word)}", post.name.casefold())
                and not mix.low - ROOM <= (given or 0.0) <= mix.high + ROOM
            ):
                message = Message.of(
                    "density_unusual", post=post.name, given=given, mix=mix.name, low=mix.low, high=mix.high
                )
                yield Problem(message, "open", None, post.id, "quantity")
