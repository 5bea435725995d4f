"""Which versions of a document came before it, here and where it was made: what two copies have in common."""

from __future__ import annotations

from collections.abc import Sequence

from cirkeldesk.exchange.dossier import MOST_LINEAGE
from cirkeldesk.exchange.reading import Made, Reading
from cirkeldesk.model.document.document import Kind
from cirkeldesk.model.document.history import HistoryRow, Param
from cirkeldesk.store.unit import UnitOfWork

# Steps that took a dossier; their parameter `lineage` is that of the dossier.
TAKEN = frozenset({"tender_import", "product_import", "library_edit", "merge_dossier"})


def provenance(reading: Reading) -> dict[str, Param]:
    """What a step that takes a dossier keeps of where it came from."""
    made = reading.made or Made("", "", "")
    return {
        "author": made.author,
        "made": made.moment,
        "chain": made.chain,
        "lineage": " ".join(reading.lineage),
    }


def lineage_of(unit: UnitOfWork, kind: Kind, identity: str) -> list[str]:
    """Hashes of a document's versions, newest first: of this file, and what dossiers brought along of theirs.

    A version that came back (by undo, say) stands in it twice: the order tells who changed what since. A
    dossier that was taken and undone again brought nothing.
    """
    found: list[str] = []
    rows = unit.steps.rows(kind, identity)
    undone: set[int | None] = set()
    for row in rows:
        undone = (
            undone | {row.of_seq}
            if row.step == "undo"
            else undone - {row.of_seq}
            if row.step == "redo"
            else undone
        )
    for row in reversed(rows):
        if row.hash is not None:
            found.append(row.hash)
        brought = (
            str(row.params.get("lineage") or "").split()
            if row.step in TAKEN and row.seq not in undone
            else []
        )
        found += brought[1:] if brought[:1] == found[-1:] else brought
    return found[:MOST_LINEAGE]


def newest_common(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """Where two lineages part: the place of the version both knew last, in each. None without one.

    It is where the longest run of the same versions begins: a version that came back on one side is no
    meeting point, as what is before it differs. Of equal runs the newest.
    """
    places: dict[str, list[int]] = {}
    for place, digest in enumerate(theirs):
        places.setdefault(digest, []).append(place)
    found: tuple[int, int, int] | None = None
    for i, digest in enumerate(ours):
        for j in places.get(digest, []):
            run = next(
                (n for n, (one, other) in enumerate(zip(ours[i:], theirs[j:], strict=False)) if one != other),
                None,
            )
            length = run if run is not None else min(len(ours) - i, len(theirs) - j)
            if found is None or (length, -i - j) > (found[0], -found[1] - found[2]):
                found = (length, i, j)
    return (found[1], found[2]) if found is not None else None


def made_by(unit: UnitOfWork, identity: str, digest: str) -> Made:
    """Who made the current version of a tender; of one that came with a dossier and was not touched since,
    its own maker."""
    rows = [row for row in unit.steps.rows("tender", identity) if row.hash == digest]
    brought = next((made for row in rows if (made := _brought(row)) is not None), None)
    return brought or Made(rows[-1].author, rows[-1].time, rows[-1].chain)


def _brought(row: HistoryRow) -> Made | None:
    """Who made what an import took as it was."""
    values = [str(row.params.get(name) or "") for name in ("author", "made", "chain")]
    return Made(values[0], values[1], values[2]) if row.step == "tender_import" and values[2] else None
