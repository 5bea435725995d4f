"""What is being typed and not committed yet: kept while somebody types, offered again at the next start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cirkeldesk.model.document.draft import Draft
from cirkeldesk.operations.workspace import Workspace

# What drafts are about: ("tender", its id), or ("page", its name) where a page is about no document.
About = tuple[str, str]


def save_drafts(workspace: Workspace, about: About, drafts: Sequence[Draft]) -> None:
    """Keep all that is being typed about one thing, instead of what was kept before. Raises StoreError."""
    with workspace.unit() as unit:
        unit.drafts.save(*about, drafts)


def all_drafts(workspace: Workspace) -> Mapping[About, tuple[Draft, ...]]:
    """What this author was typing when the program ended, oldest first within one document."""
    with workspace.unit() as unit:
        return unit.drafts.all()


def drafts_of(workspace: Workspace, about: About) -> tuple[Draft, ...]:
    return all_drafts(workspace).get(about, ())
