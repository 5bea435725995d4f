"""The library of criteria: read, edited by the organisation, undone as any other document."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cirkeldesk.model.criteria import CriteriaLibrary, Criterion, Definition
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.tenders import undo_stacks
from cirkeldesk.store.store import Unit

OWN = "eigen"  # the library that holds what the organisation added itself


def libraries(desk: Desk) -> list[CriteriaLibrary]:
    """Every library of this file, the general one first."""
    with desk.unit() as unit:
        codes = dict.fromkeys(["algemeen", *sorted(unit.reference("criteria")), OWN])
        return [found for code in codes if (found := _library(unit, code)) is not None]


def _library(unit: Unit, code: str) -> CriteriaLibrary | None:
    digest = unit.head("criteria", code)
    value = unit.document(digest) if digest is not None else None
    assert value is None or isinstance(value, CriteriaLibrary)
    return value


def criteria_for(desk: Desk, group: str) -> list[Criterion]:
    """What can be asked of a product group: its own criteria first, then those of every group."""
    found = [criterion for library in libraries(desk) for criterion in library.criteria if criterion.suits(group)]
    return sorted(found, key=lambda criterion: not criterion.groups)


def edit_criterion(desk: Desk, library: str, code: str, name: str, value: Any, label: str) -> None:
    """One field of a criterion, as one step."""

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        criteria = tuple(replace(c, **{name: value}) if c.code == code else c for c in found.criteria)
        return replace(found, criteria=criteria)

    title = next(c.title for found in libraries(desk) if found.code == library for c in found.criteria if c.code == code)
    _change(desk, library, change, "library_edit", {"label": label, "name": title})


def add_criterion(desk: Desk, criterion: Criterion) -> Criterion:
    """A criterion of the organisation itself, under a code of its own. Returns it."""
    made = replace(criterion, code=f"{OWN}-{uuid.uuid4().hex[:12]}", own=True)  # no other office has it, nor one removed
    added = {"name": made.title}
    _change(desk, OWN, lambda found: replace(found, criteria=(*found.criteria, made)), "library_add", added)
    return made


def remove_criterion(desk: Desk, library: str, criterion: Criterion) -> None:
    """Out of the library; tenders that ask it keep their copy."""

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        return replace(found, criteria=tuple(c for c in found.criteria if c.code != criterion.code))

    _change(desk, library, change, "library_remove", {"name": criterion.title})


def edit_definitions(desk: Desk, library: str, definitions: tuple[Definition, ...], label: str) -> None:
    params = {"label": label, "name": "begrippen"}
    _change(desk, library, lambda found: replace(found, definitions=definitions), "library_edit", params)


def _change(
    desk: Desk, code: str, change: Callable[[CriteriaLibrary], CriteriaLibrary], step: str, params: dict[str, Any]
) -> None:
    with desk.unit() as unit:
        found = _library(unit, code)
        if found is None:  # an empty library first, so that what somebody adds can be undone
            found = CriteriaLibrary(code, "Van onze organisatie")
            unit.commit("criteria", code, found, "reference_data", {"name": code})
        unit.commit("criteria", code, change(found), step, params)


def changed_last(desk: Desk) -> str | None:
    """The library of the newest step that can be undone; None when there is none."""
    newest = {found.code: undo_stacks(desk, found.code, "criteria").undo for found in libraries(desk)}
    steps = {code: rows[-1].seq for code, rows in newest.items() if rows}
    return max(steps, key=lambda code: steps[code], default=None)


def undone_last(desk: Desk) -> str | None:
    """The library of the step that was undone last: of all that can be done again, the oldest."""
    newest = {found.code: undo_stacks(desk, found.code, "criteria").redo for found in libraries(desk)}
    steps = {code: rows[-1].seq for code, rows in newest.items() if rows}
    return min(steps, key=lambda code: steps[code], default=None)
