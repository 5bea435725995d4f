"""Three-way merge of plain documents: apply what changed between `base` and `mine` to `theirs`, where nothing overlaps.

Undo of an own step after somebody else's needs it: base = the step's result, mine = what was before it, theirs = now.
Lists of objects with an `id` (or `post_id`) are matched by it; other lists change as a whole.
"""

from __future__ import annotations

from typing import Any


class Overlap(Exception):
    """Both sides changed the same place; `place` is its path."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


_MISSING: Any = object()


def merge(base: Any, mine: Any, theirs: Any, place: str = "") -> Any:
    """`theirs` with the change base → mine. Raises Overlap where theirs changed the same place otherwise."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(base, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
        return _merge_objects(base, mine, theirs, place)
    keyed = [_by_id(side) for side in (base, mine, theirs)]
    if all(side is not None for side in keyed):
        merged = _merge_objects(keyed[0] or {}, keyed[1] or {}, keyed[2] or {}, place)
        order = [*(keyed[2] or {}), *(key for key in keyed[1] or {} if key not in (keyed[2] or {}))]
        return [merged[key] for key in order if key in merged]
    raise Overlap(place)


def _merge_objects(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], place: str) -> dict[str, Any]:
    result = {}
    for key in dict.fromkeys((*theirs, *mine, *base)):
        sides = (base.get(key, _MISSING), mine.get(key, _MISSING), theirs.get(key, _MISSING))
        value = merge(*sides, f"{place}.{key}" if place else str(key))
        if value is not _MISSING:
            result[key] = value
    return result


def _by_id(items: Any) -> dict[str, Any] | None:
    if not isinstance(items, list):
        return None
    found: dict[str, Any] = {}
    for item in items:
        name = item.get("id", item.get("post_id")) if isinstance(item, dict) else None
        if not isinstance(name, str) or name in found:
            return None
        found[name] = item
    return found
