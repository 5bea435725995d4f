"""What is wrong with a product group that somebody made: each fault by its field and why, so that who cannot
program can mend the file.

A group that passes here is tried out before it is kept (`operations.groups`): a sum on an example says more
than any rule about its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cirkeldesk.model.product.units import measured_by
from cirkeldesk.model.reference.group import ProductGroup, faults

CODE = re.compile(r"[a-z][a-z0-9_-]{1,38}")
MOST_DECIMALS = 6
TEXTS = ("name", "functional_unit", "functional_unit_words", "functional_quantity_label")


@dataclass(frozen=True)
class GroupFault:
    """A field as it is called in the file ("rules.mass_t"), the key of why, and what stands there."""

    field: str
    why: str
    value: str = ""


def group_faults(group: ProductGroup, taken: Iterable[ProductGroup] = ()) -> tuple[GroupFault, ...]:
    """Every fault; `taken` are the other groups of this file, whose names and codes are theirs."""
    found = [*_names(group, taken), *_parts(group)]
    for named in faults(group):
        field, _, value = named.partition(": ")
        why = "factor" if field.startswith("rules.") and _is_number(value) else "unknown_name"
        found.append(GroupFault(field, "twice" if field == "properties" else why, value))
    if not found:
        found += [*_circles(group), *_reached(group)]
    return tuple(dict.fromkeys(found))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _names(group: ProductGroup, taken: Iterable[ProductGroup]) -> Iterator[GroupFault]:
    if CODE.fullmatch(group.code) is None:
        yield GroupFault("code", "code", group.code)
    for name in TEXTS:
        if not str(getattr(group, name)).strip():
            yield GroupFault(name, "empty")
    for other in taken:
        if other.code != group.code and other.name.casefold() == group.name.casefold():
            yield GroupFault("name", "name_taken", group.name)


def _parts(group: ProductGroup) -> Iterator[GroupFault]:
    for name in ("properties", "routes", "default_posts"):
        if not getattr(group, name):
            yield GroupFault(name, "empty")
    for route in group.routes:
        if not route.inputs:
            yield GroupFault(f"routes.{route.code}", "empty")
    yield from _twice("routes", [route.code for route in group.routes])
    yield from _twice("fields", [field.code for field in group.fields])
    yield from _properties(group)
    yield from _figures(group)


def _properties(group: ProductGroup) -> Iterator[GroupFault]:
    for prop in group.properties:
        where = f"properties.{prop.code}"
        if not prop.code.strip() or not prop.label.strip():
            yield GroupFault(where, "empty")
        if not 0 <= prop.decimals <= MOST_DECIMALS:
            yield GroupFault(f"{where}.decimals", "decimals", str(prop.decimals))


def _figures(group: ProductGroup) -> Iterator[GroupFault]:
    for limits in group.plausible:
        if limits.low is not None and limits.high is not None and limits.low > limits.high:
            yield GroupFault(f"plausible.{limits.field}", "range", f"{limits.low:g} tot {limits.high:g}")
    counted = measured_by(group.default_per)
    if counted is not None and not group.has(counted[0]):
        yield GroupFault("default_per", "not_counted", group.default_per)


def _twice(field: str, listed: Sequence[str]) -> Iterator[GroupFault]:
    for code in dict.fromkeys(listed):
        if listed.count(code) > 1:
            yield GroupFault(field, "twice", code)


def _circles(group: ProductGroup) -> Iterator[GroupFault]:
    """A quantity that is made of itself, straight or by way of others, would never be known."""
    needs = {rule.gives: {*rule.needs} for rule in group.rules}
    for code in needs:
        seen: set[str] = set()
        left = set(needs[code])
        while left:
            one = left.pop()
            if one not in seen:
                seen.add(one)
                left |= needs.get(one, set())
        if code in seen:
            yield GroupFault(f"rules.{code}", "circle", code)


def _reached(group: ProductGroup) -> Iterator[GroupFault]:
    """Each way to a quantity must end in the group's own measure."""
    for route in group.routes:
        if group.measure not in group.reached_by(route.code):
            yield GroupFault(f"routes.{route.code}", "no_measure", group.measure)
