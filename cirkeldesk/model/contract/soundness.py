"""Whether a contract can be meant: every post, delivery and day it names, and figures that can be computed.

Asked before a contract is stored, whatever way it came about: what cannot be computed would stand in the way
of every count (CHAIN 3, 4).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cirkeldesk.model.contract.contract import Contract, Delivery
from cirkeldesk.model.refusal import DocumentError
from cirkeldesk.model.tender.tender import Tender

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST = 1e9  # of a quantity, or € MKI per unit: no public work comes near it
FIRST_YEAR, LAST_YEAR = 1990, 2200


def check_contract(contract: Contract, tender: Tender) -> None:
    """Raises DocumentError with the place of the first thing that cannot be."""
    posts = {post.id for post in tender.posts}
    for place, post in _posts(contract):
        if post not in posts:
            raise DocumentError("bad_reference", place, field=f"post {post[:40]}")
    for place, day in _days(contract):
        if not is_day(day):
            raise DocumentError("not_a_date", place, value=day[:40])
    for place, number in _numbers(contract):
        if not math.isfinite(number) or abs(number) > LARGEST:
            raise DocumentError("not_positive", place, value=str(number)[:40])
    _check_terms(contract)
    _check_deliveries(contract)
    _check_orders(contract)


def is_day(text: str) -> bool:
    """An ISO day, as "2027-05-01", of a year that works are made in."""
    if not DAY.fullmatch(text):
        return False  # the library reads weeks too, "2027-W01-1"
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


def _posts(contract: Contract) -> Iterator[tuple[str, str]]:
    named = {
        "deliveries": [one.post for one in contract.deliveries],
        "changes": [one.post for one in contract.changes],
        "exercised": [one.post for one in contract.exercised],
    }
    for place, posts in named.items():
        yield from ((f"{place}[{number}].post", post) for number, post in enumerate(posts))
    for number, call in enumerate(contract.call_offs):
        yield from ((f"call_offs[{number}].quantities", ordered.post) for ordered in call.quantities)


def _days(contract: Contract) -> Iterator[tuple[str, str]]:
    yield "awarded_on", contract.awarded_on
    dated = {
        "deliveries": [one.date for one in contract.deliveries],
        "due": [one.due for one in contract.due],
        "changes": [one.on for one in contract.changes],
        "call_offs": [one.on for one in contract.call_offs],
        "exercised": [one.on for one in contract.exercised],
        "ended": [contract.ended.on] if contract.ended is not None else [],
    }
    for place, days in dated.items():
        yield from ((f"{place}[{number}]", day) for number, day in enumerate(days))


def _numbers(contract: Contract) -> Iterator[tuple[str, float]]:
    for number, one in enumerate(contract.deliveries):
        yield f"deliveries[{number}].quantity", one.quantity
        yield f"deliveries[{number}].mki", one.mki or 0.0
    for number, change in enumerate(contract.changes):
        yield f"changes[{number}].mki", change.mki or 0.0


def _check_terms(contract: Contract) -> None:
    terms = contract.terms
    for name in ("factor", "cap", "bonus_factor", "bonus_cap"):
        value: Decimal | None = getattr(terms, name)
        if value is not None and value < 0:
            raise DocumentError("not_positive", f"terms.{name}", value=str(value))


def _check_deliveries(contract: Contract) -> None:
    """Each id once; a return and a correction cite an earlier delivery of the same post."""
    known: dict[str, Delivery] = {}
    corrected: set[str] = set()
    for number, one in enumerate(contract.deliveries):
        place = f"deliveries[{number}]"
        if not one.id.strip() or one.id in known:
            raise DocumentError("not_a_choice", f"{place}.id", value=one.id[:40], choices="elk id één keer")
        for name in ("of", "replaces"):
            cited = getattr(one, name)
            if cited is not None and (cited not in known or known[cited].post != one.post):
                raise DocumentError("bad_reference", f"{place}.{name}", field=f"{name} {cited[:40]}")
        if one.replaces is not None and one.replaces in corrected:
            raise DocumentError(
                "not_a_choice", f"{place}.replaces", value=one.replaces[:40], choices="wat nog geldt"
            )
        if one.replaces is not None and one.accepted is not False:
            corrected.add(one.replaces)
        known[one.id] = one


def _check_orders(contract: Contract) -> None:
    """Call-offs once, of more than nothing; a mix is changed with its ground, by somebody."""
    identities = [call.id for call in contract.call_offs]
    for number, call in enumerate(contract.call_offs):
        place = f"call_offs[{number}]"
        if not call.id.strip() or identities.index(call.id) != number:
            raise DocumentError("not_a_choice", f"{place}.id", value=call.id[:40], choices="elk id één keer")
        if any(not 0 < ordered.quantity <= LARGEST for ordered in call.quantities):
            raise DocumentError("not_positive", f"{place}.quantities", value="hoeveelheid")
    for number, change in enumerate(contract.changes):
        for name in ("ground", "equal", "by"):
            if not getattr(change, name).strip():
                raise DocumentError("missing_field", f"changes[{number}]", field=name)
    framework = contract.framework
    if framework is not None and framework.most is not None and framework.most <= 0:
        raise DocumentError("not_positive", "framework.most", value=str(framework.most))
