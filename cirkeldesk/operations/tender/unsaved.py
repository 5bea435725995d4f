"""Work that could not be stored in its file, kept beside the program until it can be: for when the program
ends first.

A full disk or a lost share takes away the place where everything else is kept. What the screen shows is then
written to the user's own data folder, readable by its owner alone, and offered when the file is opened again.
It goes as soon as it is stored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.document.draft import Draft
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.document.merge import Overlap, merge
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.whole_file import replace_file
from cirkeldesk.operations.workspace import Workspace

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Unsaved:
    """A tender as the screen showed it, and as it was stored then. `at` is when (ISO)."""

    base: Tender
    value: Tender
    at: str


def _place(database: Path, what: str) -> Path:
    digest = hashlib.sha256(str(database).encode()).hexdigest()[:16]
    return paths.unsaved_folder() / f"{digest}.{what}.json"


def _write(workspace: Workspace, what: str, plain: Any) -> bool:
    """Keep plain data beside the program; nothing takes away what was kept. False where it could not be kept
    here either."""
    place = _place(workspace.store.path, what)
    try:
        if not plain:
            place.unlink(missing_ok=True)
            return True
        place.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({"file": str(workspace.store.path), what: plain}, ensure_ascii=False).encode()
        replace_file(place, content, private=True)
    except OSError:
        return False
    return True


def _found(workspace: Workspace, what: str) -> Any:
    """What was kept; None where there is nothing, or nothing that can be read: it is left alone then."""
    place = _place(workspace.store.path, what)
    try:
        if place.is_file() and place.stat().st_size <= LARGEST:
            return json.loads(place.read_text(encoding="utf-8"))[what]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return None


def keep_unsaved(workspace: Workspace, found: Sequence[Unsaved]) -> bool:
    """Keep tenders that could not be stored (none: forget them). False where they could not be kept here
    either."""
    plain = [{"base": to_plain(one.base), "value": to_plain(one.value), "at": one.at} for one in found]
    return _write(workspace, "tenders", plain)


def keep_for(workspace: Workspace, identity: str, found: Unsaved | None) -> bool:
    """Keep one tender that could not be stored (None: forget it); what is kept of others stays until somebody
    answered it.

    False where it could not be kept here either.
    """
    others = [one for one in unsaved_of(workspace) if one.value.id != identity]
    return keep_unsaved(workspace, others if found is None else [*others, found])


def unsaved_of(workspace: Workspace) -> tuple[Unsaved, ...]:
    """The tenders kept for this file."""
    try:
        return tuple(_read(one) for one in _found(workspace, "tenders") or ())
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def keep_drafts(workspace: Workspace, found: Mapping[About, Sequence[Draft]]) -> bool:
    """Keep what is being typed while the file cannot take it (nothing: forget it)."""
    plain = [[*about, draft.field, draft.text] for about, texts in found.items() for draft in texts]
    return _write(workspace, "drafts", plain)


def kept_drafts(workspace: Workspace) -> dict[About, tuple[Draft, ...]]:
    """What was being typed while the file could not take it."""
    found: dict[About, tuple[Draft, ...]] = {}
    try:
        for kind, identity, name, text in _found(workspace, "drafts") or ():
            about = (str(kind), str(identity))
            found[about] = (*found.get(about, ()), Draft(str(name), str(text)))
    except (ValueError, TypeError):
        return {}
    return found


def _read(plain: Any) -> Unsaved:
    base, value = from_plain(plain["base"], "tender"), from_plain(plain["value"], "tender")
    if not isinstance(base, Tender) or not isinstance(value, Tender) or base.id != value.id:
        raise ValueError("no tender that could not be stored")
    return Unsaved(base, value, str(plain["at"]))


def forget(workspace: Workspace) -> None:
    """Nothing is kept for this file any more: what was erased in it must not wait beside it."""
    keep_unsaved(workspace, ())
    keep_drafts(workspace, {})


def store_unsaved(workspace: Workspace, found: Unsaved) -> HistoryRow | None:
    """Store it as one step; put together with what was stored since. None when it is what is stored.

    Raises StoreError unsaved_overlaps where both changed the same, not_found where the tender is gone, or a
    lock's refusal.
    """
    with workspace.unit() as unit:
        now = unit.tender(found.value.id)
        value = found.value
        if content_hash(now) != content_hash(found.base):
            try:
                merged = from_plain(merge(to_plain(found.base), to_plain(found.value), to_plain(now)))
            except (Overlap, DocumentError) as problem:
                raise StoreError("unsaved_overlaps", number=now.number) from problem
            assert isinstance(merged, Tender)
            value = merged
        return unit.commit("tender", value.id, value, "unsaved", {})
