"""Three-way merge of plain documents: what two sides changed since a version both knew, put together.

Lists of objects with a name of their own (an id, the post of an answer, the section of a text) and lists of
pairs are merged item by item; other lists change as a whole. What both sides changed at the same place is a
conflict, never a guess; a thing that one side removed and the other changed is one too. Undo of an own step
after somebody else's is the same merge: base = the step's result, mine = what was before it, theirs = now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Side = Literal["mine", "theirs"]
MISSING: Any = object()
UNKNOWN: Any = (
    object()
)  # there is no version both knew: what differs is a conflict, what one side has is kept
# What names an item within its list, the first that all items have.
_NAMES: tuple[tuple[str, ...], ...] = (
    ("id",),
    ("post_id",),
    ("variant_id", "criterion_id", "assessor"),
    ("section",),
    ("code",),
    ("category",),
)


class Overlap(Exception):
    """Both sides changed the same place; `place` is its path."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True)
class Conflict:
    """A place that both sides changed. A side is MISSING where it removed what stood there."""

    place: str
    mine: Any
    theirs: Any


@dataclass
class _Sides:
    choices: Mapping[str, Side]
    conflicts: list[Conflict] = field(default_factory=list)

    def choose(self, place: str, mine: Any, theirs: Any) -> Any:
        """What somebody chose for a place; ours while nobody did, and it is noted."""
        chosen = self.choices.get(place)
        if chosen is None:
            self.conflicts.append(Conflict(place, mine, theirs))
        return theirs if chosen == "theirs" else mine


def merge(base: Any, mine: Any, theirs: Any) -> Any:
    """`theirs` with the change base → mine. Raises Overlap where theirs changed the same place otherwise."""
    value, conflicts = merge_sides(base, mine, theirs)
    if conflicts:
        raise Overlap(conflicts[0].place)
    return value


def merge_sides(
    base: Any, mine: Any, theirs: Any, choices: Mapping[str, Side] | None = None
) -> tuple[Any, list[Conflict]]:
    """Both changes put together, and the conflicts for which `choices` holds no side. Base may be UNKNOWN."""
    sides = _Sides(choices or {})
    return _merge(base, mine, theirs, "", sides), sides.conflicts


def _merge(base: Any, mine: Any, theirs: Any, place: str, sides: _Sides) -> Any:
    if _same(mine, theirs) or _same(mine, base):
        return theirs
    if _same(theirs, base):
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict) and (isinstance(base, dict) or base is UNKNOWN):
        return _merge_objects(base, mine, theirs, place, sides)
    names = _names_of([side for side in (base, mine, theirs) if side is not MISSING and side is not UNKNOWN])
    if names is not None and isinstance(mine, list) and isinstance(theirs, list):
        keyed = [side if side is UNKNOWN else _by_name(side, names) for side in (base, mine, theirs)]
        merged = _merge_items(keyed[0], keyed[1], keyed[2], place, sides)
        return list(merged.values())
    return sides.choose(place, mine, theirs)


def _same(one: Any, other: Any) -> bool:
    if any(side is MISSING or side is UNKNOWN for side in (one, other)):
        return one is other and one is MISSING
    return bool(one == other and type(one) is type(other))


def _merge_objects(
    base: Any, mine: dict[str, Any], theirs: dict[str, Any], place: str, sides: _Sides
) -> dict[str, Any]:
    result = {}
    for key in dict.fromkeys((*theirs, *mine, *(base if base is not UNKNOWN else ()))):
        before = UNKNOWN if base is UNKNOWN else base.get(key, MISSING)
        value = _merge(
            before,
            mine.get(key, MISSING),
            theirs.get(key, MISSING),
            f"{place}.{key}" if place else str(key),
            sides,
        )
        if value is not MISSING:
            result[key] = value
    return result


def _merge_items(
    base: Any, mine: dict[str, Any], theirs: dict[str, Any], place: str, sides: _Sides
) -> dict[str, Any]:
    """Items by name, in the order of theirs, then what only mine has."""
    result = {}
    for name in dict.fromkeys((*theirs, *mine)):
        at = f"{place}[{name}]"
        if base is UNKNOWN:
            ours, other = mine.get(name, MISSING), theirs.get(name, MISSING)
            alone = other if ours is MISSING else ours if other is MISSING else None
            value = alone if alone is not None else _merge(UNKNOWN, ours, other, at, sides)
        else:
            value = _merge(
                base.get(name, MISSING), mine.get(name, MISSING), theirs.get(name, MISSING), at, sides
            )
        if value is not MISSING:
            result[name] = value
    return result


def _names_of(lists: list[Any]) -> tuple[str, ...] | None:
    """What names the items of these lists: fields of objects, () for pairs; None when they change as a
    whole."""
    items = [item for one in lists if isinstance(one, list) for item in one]
    if not items or not all(isinstance(one, list) for one in lists):
        return None
    found = next((names for names in ((), *_NAMES) if all(_has(item, names) for item in items)), None)
    if found is None or any(len(_by_name(one, found)) != len(one) for one in lists):
        return None
    return found


def _has(item: Any, names: tuple[str, ...]) -> bool:
    if not names:
        return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)
    return isinstance(item, dict) and all(isinstance(item.get(name), str) for name in names)


def _by_name(items: Any, names: tuple[str, ...]) -> dict[str, Any]:
    if items is MISSING:
        return {}
    return {"/".join(item[name] for name in names) if names else item[0]: item for item in items}


def kept_apart(base: Any, mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """`theirs` of a tender with other ids for what both sides added under the same id: they are two things,
    and both stay."""
    if base is UNKNOWN:
        return theirs
    for part, reference in (("posts", "post_id"), ("variants", "variant_id"), ("products", "")):
        before, ours, others = (
            {item["id"]: item for item in side.get(part, [])} for side in (base, mine, theirs)
        )
        for identity in [
            key for key in others if key not in before and key in ours and ours[key] != others[key]
        ]:
            taken = before.keys() | ours.keys() | others.keys()
            letters = identity.rstrip("0123456789") or "x"
            fresh = next(name for number in range(1, 100_000) if (name := f"{letters}{number}") not in taken)
            theirs = _renamed(theirs, part, reference, identity, fresh)
            others[fresh] = others.pop(identity)
    return theirs


def _renamed(value: Any, part: str, reference: str, old: str, new: str, within: str = "") -> Any:
    """A tender with another id for one of its parts, and for what refers to it."""
    if isinstance(value, list):
        return [_renamed(item, part, reference, old, new, within) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _renamed(item, part, reference, old, new, key) for key, item in value.items()}
    named = within == part or (part == "products" and within == "product" and "hash" not in value)
    if named and found.get("id") == old:
        found["id"] = new
    if reference and found.get(reference) == old:
        found[reference] = new
    return found
