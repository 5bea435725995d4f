"""The library of criteria: read, edited by the organisation, undone as any other document."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cirkeldesk.model.lookup import with_code
from cirkeldesk.model.reference.criteria import CriteriaLibrary, Criterion, Definition
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.tender.tenders import undo_stacks
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

OWN = "eigen"  # the library that holds what the organisation added itself


def libraries(workspace: Workspace) -> list[CriteriaLibrary]:
    """Every library of this file, the general one first."""
    with workspace.unit() as unit:
        codes = dict.fromkeys(["algemeen", *sorted(unit.references.of("criteria")), OWN])
        return [found for code in codes if (found := _library(unit, code)) is not None]


def _library(unit: UnitOfWork, code: str) -> CriteriaLibrary | None:
    digest = unit.head("criteria", code)
    value = unit.document(digest) if digest is not None else None
    assert value is None or isinstance(value, CriteriaLibrary)
    return value


def criteria_for(workspace: Workspace, group: str) -> list[Criterion]:
    """What can be asked of a product group: its own criteria first, then those of every group."""
    found = [
        criterion
        for library in libraries(workspace)
        for criterion in library.criteria
        if criterion.suits(group)
    ]
    return sorted(found, key=lambda criterion: not criterion.groups)


def edit_criterion(workspace: Workspace, library: str, code: str, name: str, value: Any, label: str) -> None:
    """One field of a criterion, as one step."""

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        criteria = tuple(replace(c, **{name: value}) if c.code == code else c for c in found.criteria)
        return replace(found, criteria=criteria)

    def params(found: CriteriaLibrary) -> dict[str, Any]:
        try:
            return {"label": label, "name": with_code(found.criteria, code).title}
        except KeyError as problem:
            raise StoreError("no_longer_fits") from problem

    _change(workspace, library, change, "library_edit", params)


def add_criterion(workspace: Workspace, criterion: Criterion) -> Criterion:
    """A criterion of the organisation itself, under a code of its own. Returns it."""
    made = replace(
        criterion, code=f"{OWN}-{uuid.uuid4().hex[:12]}", own=True
    )  # no other office has it, nor one removed

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        return replace(found, criteria=(*found.criteria, made))

    _change(workspace, OWN, change, "library_add", lambda _: {"name": made.title})
    return made


def remove_criterion(workspace: Workspace, library: str, criterion: Criterion) -> None:
    """Out of the library; tenders that ask it keep their copy."""

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        return replace(found, criteria=tuple(c for c in found.criteria if c.code != criterion.code))

    _change(workspace, library, change, "library_remove", lambda _: {"name": criterion.title})


def change_definition(
    workspace: Workspace, library: str, old: Definition | None, new: Definition | None, label: str
) -> None:
    """One term (None: a new one, or one taken away), as one step; the others stay as they are by then.

    Raises StoreError no_longer_fits when somebody else changed it.
    """

    def change(found: CriteriaLibrary) -> CriteriaLibrary:
        kept = list(found.definitions)
        if old is None:
            return replace(found, definitions=(*kept, *([new] if new is not None else [])))
        if old not in kept:
            raise StoreError("no_longer_fits")
        place = kept.index(old)
        kept[place : place + 1] = [new] if new is not None else []
        return replace(found, definitions=tuple(kept))

    _change(workspace, library, change, "library_edit", lambda _: {"label": label, "name": "begrippen"})


def _change(
    workspace: Workspace,
    code: str,
    change: Callable[[CriteriaLibrary], CriteriaLibrary],
    step: str,
    params: Callable[[CriteriaLibrary], dict[str, Any]],
) -> None:
    """`params` says what the step was about, in the library as it was before."""
    with workspace.unit() as unit:
        found = _library(unit, code)
        if found is None:  # an empty library first, so that what somebody adds can be undone
            found = CriteriaLibrary(code, "Van onze organisatie")
            unit.commit("criteria", code, found, "reference_data", {"name": code})
        unit.commit("criteria", code, change(found), step, params(found))


def changed_last(workspace: Workspace) -> str | None:
    """The library of the newest step that can be undone; None when there is none."""
    newest = {
        found.code: undo_stacks(workspace, found.code, "criteria").undo for found in libraries(workspace)
    }
    steps = {code: rows[-1].seq for code, rows in newest.items() if rows}
    return max(steps, key=lambda code: steps[code], default=None)


def undone_last(workspace: Workspace) -> str | None:
    """The library of the step that was undone last: of all that can be done again, the oldest."""
    newest = {
        found.code: undo_stacks(workspace, found.code, "criteria").redo for found in libraries(workspace)
    }
    steps = {code: rows[-1].seq for code, rows in newest.items() if rows}
    return min(steps, key=lambda code: steps[code], default=None)
