"""What a user hands over: advice sheet, workbook, dossier. Written beside the target first, then put in its place."""

from __future__ import annotations

import os
from pathlib import Path

from cirkeldesk import __version__, paths
from cirkeldesk.exchange import dossier
from cirkeldesk.model.comparison import Comparison, Inputs
from cirkeldesk.operations.desk import Desk, comparison_of, pinned_by
from cirkeldesk.operations.settings import file_settings
from cirkeldesk.operations.tenders import get_tender
from cirkeldesk.store.errors import Refused, StoreError
from cirkeldesk.store.store import attachments_of
from cirkeldesk.wording import terms

PRODUCER = f"{terms.PROGRAM} {__version__}"


def write_file(desk: Desk, path: Path, content: bytes) -> None:
    """Whole or not at all: a full disk or a file open elsewhere leaves the old one. Raises StoreError cannot_write.

    Never over the database itself, nor over anything that is no ordinary, writable file. A link keeps pointing.
    """
    target = path.resolve()
    refused = StoreError("cannot_write", file=path.name)
    if target == desk.store.path.resolve() or (target.exists() and not (target.is_file() and target.stat().st_mode & 0o200)):
        raise refused
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                part.chmod(target.stat().st_mode & 0o777)
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise refused from problem


def advice_bytes(desk: Desk, comparison: Comparison) -> bytes:
    """The advice sheet of a comparison, as it would be written now."""
    from cirkeldesk.sheets.advice import Print, advice_sheet

    organisation = file_settings(desk).organisation
    with desk.unit() as unit:
        head, time = unit.chain_head(), unit.now()
    return advice_sheet(comparison, Print(head, time, PRODUCER, organisation), paths.resources() / "fonts")


def advise(desk: Desk, identity: str, path: Path) -> None:
    comparison, _ = comparison_of(desk, get_tender(desk, identity))
    write_file(desk, path, advice_bytes(desk, comparison))


def workbook_bytes(desk: Desk, comparison: Comparison, inputs: Inputs) -> bytes:
    from cirkeldesk.sheets.workbook import workbook

    with desk.unit() as unit:
        head, time = unit.chain_head(), unit.now()
    return workbook(comparison, inputs, head=head, time=time, producer=PRODUCER)


def export_workbook(desk: Desk, identity: str, path: Path) -> None:
    comparison, inputs = comparison_of(desk, get_tender(desk, identity))
    write_file(desk, path, workbook_bytes(desk, comparison, inputs))


def export_dossier(desk: Desk, identity: str, path: Path) -> None:
    """Write the whole tender. Raises Refused while prices are sealed: a dossier holds them all."""
    with desk.unit() as unit:
        tender = unit.tender(identity)
        if tender.prices_sealed:
            raise Refused("prices_sealed", identity, "export_dossier", until=tender.sealed_until or "")
        pinned = pinned_by(unit, tender)
        named = [*attachments_of(tender), *(kept for value in pinned.values() for kept in attachments_of(value))]
        kept = {attachment.sha256: unit.attachment(attachment.sha256) for attachment in named}
    write_file(desk, path, dossier.write(tender, pinned, PRODUCER, kept))
