"""A counter outside the file: how far its history was when this computer last saw it, so that a file that
went back, or was made anew, is noticed. It is a help and no proof: who has this computer can change it too.

Source: CHAIN 9; found/attack 2.7 and 5 (c).
"""

from __future__ import annotations

import json
from typing import Any

from filelock import FileLock, Timeout

from cirkeldesk import paths
from cirkeldesk.model.document.anchor import Counted
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.operations.whole_file import replace_file
from cirkeldesk.operations.workspace import Workspace

PATIENCE = 5.0  # seconds for another window to finish writing
MOST_FILES = 500
LARGEST = 1024 * 1024


def look(workspace: Workspace) -> Counted | None:
    """Compare the history with what was seen of the file at this place before. What differs becomes a row in
    the history, once; then it counts as seen. None where nothing differs, it is new here, or a back-up was
    put back with the program, which is a row already."""
    known = _known().get(_place(workspace))
    if known is None:
        return None
    was, seen = known
    with workspace.unit() as unit:
        steps, there = unit.steps.newest(), unit.steps.chain_at(was)
        last = [row.step for row in unit.steps.rows() if row.is_of_file][-1:]
        if there == seen or steps == 0:
            return None
        found = Counted("went_back" if steps < was else "other_history", was, steps)
        is_known = last == ["restored"]
        if not (is_known or workspace.read_only):
            unit.of_file(found.fault, {"was": found.was, "now": found.now})
    if not workspace.read_only:
        note(workspace)
    return None if is_known else found


def note(workspace: Workspace) -> None:
    """Remember how far the history is now. A settings folder that cannot be written costs this help only."""
    with workspace.unit() as unit:
        steps, head = unit.steps.newest(), unit.steps.chain_head()
    if not steps:
        return
    place, target = _place(workspace), paths.counter_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", timeout=PATIENCE):
            known = {name: found for name, found in _known().items() if name != place}
            kept = dict([*known.items(), (place, (steps, head))][-MOST_FILES:])
            replace_file(target, json.dumps(kept, indent=1).encode(), private=True)
    except (OSError, Timeout):
        pass


def _place(workspace: Workspace) -> str:
    """By which a file is known: where it is, as a hash that tells nobody else."""
    return hash_of_bytes(str(workspace.store.path.resolve()).encode())[:24]


def _known() -> dict[str, tuple[int, str]]:
    """What was seen, by file; what cannot be read was not seen."""
    target = paths.counter_file()
    try:
        if not target.is_file() or target.stat().st_size > LARGEST:
            return {}
        found: Any = json.loads(target.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(name): (entry[0], entry[1])
        for name, entry in found.items()
        if isinstance(entry, list)
        and len(entry) == 2
        and isinstance(entry[0], int)
        and isinstance(entry[1], str)
    }
