"""What a user hands over: sheets, workbooks, letters, dossier. Written beside the target first, then put in
its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from cirkeldesk.exchange import dossier
from cirkeldesk.exchange.reading import Shared
from cirkeldesk.model.award.disclosure import public
from cirkeldesk.model.calendar.calendar import CALENDAR_ID
from cirkeldesk.model.document.document import Document, Kind, content_hash
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.publication import Audience, FinalFile
from cirkeldesk.model.tender.tender import Answer, Tender
from cirkeldesk.operations.paper import correspondence, papers
from cirkeldesk.operations.paper.context import PRODUCER, context_of
from cirkeldesk.operations.tender.lineage import lineage_of, made_by
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace, pinned_by, pinned_with_versions
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.criteria import criteria_paper
from cirkeldesk.wording.paper import file_name, safe_name

# In what follows `shown` is the tender as the screen showed it when somebody asked: what is written is that,
# whatever is done while it is being printed. Without it, it is what is stored.


def advise(
    workspace: Workspace,
    identity: str,
    path: Path,
    audience: Audience = "internal",
    shown: Tender | None = None,
) -> None:
    """Write the advice sheet. Raises StoreError leak when a text for outside names what is another
    bidder's."""
    write_file(
        workspace,
        path,
        papers.printed(workspace, shown or get_tender(workspace, identity), "advice", audience),
    )


def export_workbook(
    workspace: Workspace,
    identity: str,
    path: Path,
    audience: Audience = "internal",
    shown: Tender | None = None,
) -> None:
    write_file(
        workspace,
        path,
        papers.printed(workspace, shown or get_tender(workspace, identity), "workbook", audience),
    )


def export_ods(
    workspace: Workspace,
    identity: str,
    path: Path,
    audience: Audience = "internal",
    shown: Tender | None = None,
) -> None:
    write_file(
        workspace, path, papers.printed(workspace, shown or get_tender(workspace, identity), "ods", audience)
    )


def export_csv(
    workspace: Workspace,
    identity: str,
    folder: Path,
    audience: Audience = "internal",
    shown: Tender | None = None,
) -> list[Path]:
    """Write a CSV per table into a folder, made when it is not there. Returns the files."""
    from cirkeldesk.sheets.tables.csv_tables import tables

    tender = shown or get_tender(workspace, identity)
    found = tables(papers.printed(workspace, tender, "workbook", audience))
    version = papers.current_version(workspace, tender)
    number = version.number if version is not None else None
    make_folder(folder)
    written = []
    for name, content in found.items():
        target = folder / file_name(tender, name, "csv", audience, number)
        write_file(workspace, target, content)
        written.append(target)
    return written


def make_folder(folder: Path) -> None:
    """Raises StoreError cannot_write."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError("cannot_write", file=folder.name) from problem


def write_letters(
    workspace: Workspace,
    identity: str,
    sent: date,
    folder: Path,
    *,
    draft: bool = False,
    shown: Tender | None = None,
) -> list[Path]:
    """Write the letter to every bidder as PDF and Word document. Returns the files.

    Not as a draft they are made from the final version and kept with it. Raises StoreError letters_no_winner,
    letters_no_version, letters_outdated, letters_practice or leak; letters_not_written when they were made
    and kept, but could not be written into the folder.
    """
    is_new = not folder.exists()
    make_folder(folder)  # before anything is recorded
    try:
        if draft:
            found = correspondence.draft_letters(workspace, identity, sent)
        else:
            found = correspondence.make_letters(workspace, identity, sent, shown)
    except StoreError:
        if is_new:
            folder.rmdir()
        raise
    try:
        for name, content in found.items():
            write_file(workspace, folder / name, content)
    except StoreError as problem:
        if draft:
            raise
        raise StoreError("letters_not_written", file=folder.name) from problem
    return [folder / name for name in found]


def write_record(
    workspace: Workspace,
    identity: str,
    kind: Literal["record", "opening"],
    path: Path,
    shown: Tender | None = None,
) -> None:
    """Write the proces-verbaal or the opening record: a Word document where the name ends so, else PDF."""
    form: correspondence.Form = "docx" if path.suffix.casefold() == ".docx" else "pdf"
    write_file(
        workspace,
        path,
        correspondence.record(workspace, shown or get_tender(workspace, identity), kind, form),
    )


def export_dossier(
    workspace: Workspace,
    identity: str,
    path: Path,
    audience: Audience = "internal",
    shown: Tender | None = None,
) -> None:
    """Write the tender with all it pins; for outside without bids. Raises LockRefusal while prices are
    sealed: a dossier holds them all; StoreError final_moved when something was changed meanwhile: what goes
    out is what was searched for secrets.
    """
    asked = shown or get_tender(workspace, identity)
    if audience == "external":
        context_of(workspace, asked).refuse_leaks(audience)
    with workspace.unit() as unit:
        tender = papers.as_shown(unit, identity, asked)
        if audience == "external":
            content = _public_dossier(unit, tender)
        elif tender.prices_sealed:
            raise LockRefusal("prices_sealed", identity, "export_dossier", until=tender.sealed_until or "")
        else:
            pinned = pinned_with_versions(unit, tender)
            named = [
                *attachments_of(tender),
                *(kept for value in pinned.values() for kept in attachments_of(value)),
            ]
            kept = {attachment.sha256: unit.attachments.content(attachment.sha256) for attachment in named}
            digest = unit.head("tender", identity) or ""
            content = dossier.write(
                tender,
                pinned,
                PRODUCER,
                kept,
                lineage_of(unit, "tender", identity),
                made_by(unit, identity, digest),
            )
    write_file(workspace, path, content)


def export_library(workspace: Workspace, path: Path) -> int:
    """Write the products and criteria of this file, to be read into another. Returns how many documents."""
    with workspace.unit() as unit:
        ids: list[tuple[Kind, str]] = [("product", identity) for identity in unit.lists.ids("product")]
        ids += [("criteria", code) for code in unit.references.of("criteria")]
        content, count = _library_of(unit, ids)
    write_file(workspace, path, content)
    return count


def export_desk(workspace: Workspace, path: Path) -> None:
    """Write the calendar alone, with its advice and subsidies, for a colleague's own file. Apart from the
    library: that goes to other organisations, and a calendar holds estimates."""
    with workspace.unit() as unit:
        content, _ = _library_of(unit, [("calendar", CALENDAR_ID)])
    write_file(workspace, path, content)


def _library_of(unit: UnitOfWork, ids: Iterable[tuple[Kind, str]]) -> tuple[bytes, int]:
    """A dossier of documents as they are now, with the versions before them, and how many it holds."""
    shared: list[Shared] = []
    pinned: dict[str, Document] = {}
    kept: dict[str, bytes] = {}
    for kind, identity in ids:
        digest = unit.head(kind, identity)
        if digest is None:
            continue
        value = pinned[digest] = unit.document(digest)
        shared.append(Shared(kind, identity, tuple(lineage_of(unit, kind, identity))))
        kept |= {
            attachment.sha256: unit.attachments.content(attachment.sha256)
            for attachment in attachments_of(value)
        }
    return dossier.write_library(shared, pinned, PRODUCER, kept), len(shared)


def _public_dossier(unit: UnitOfWork, tender: Tender) -> bytes:
    """The public tender under a number of its own, its products without the files kept beside them."""
    found = public(tender)
    plain: dict[str, Document] = {}
    renamed: dict[str, str] = {}
    for digest, value in pinned_by(unit, found).items():
        bare = replace(value, attachments=()) if isinstance(value, Product) else value
        renamed[digest] = content_hash(bare)
        plain[renamed[digest]] = bare
    variants = tuple(
        replace(v, answers=tuple(_renamed(answer, renamed) for answer in v.answers)) for v in found.variants
    )
    texts = tuple(
        replace(text, draft="") for text in found.advice
    )  # our own text of then may name who was first then
    found = replace(found, number=f"{tender.number} EXTERN", variants=variants, advice=texts)
    return dossier.write(found, plain, PRODUCER)


def _renamed(answer: Answer, renamed: dict[str, str]) -> Answer:
    ref = answer.product
    if ref is None or ref.hash is None:
        return answer
    return replace(answer, product=replace(ref, hash=renamed[ref.hash]))


def write_kept(workspace: Workspace, files: Iterable[FinalFile], folder: Path) -> None:
    """Write kept files of a version or of letters into a folder, exactly as they were made."""
    make_folder(folder)
    for file in files:
        with workspace.unit() as unit:
            content = unit.attachments.content(file.file.sha256)
        write_file(workspace, folder / safe_name(file.file.file), content)


def export_criteria(workspace: Workspace, identity: str, path: Path) -> None:
    """The criteria of a tender as a Word document where the name ends so, else PDF. Raises StoreError
    no_criteria, cannot_write."""
    tender = get_tender(workspace, identity)
    if not tender.criteria:
        raise StoreError("no_criteria")
    form: correspondence.Form = "docx" if path.suffix.casefold() == ".docx" else "pdf"
    context = context_of(workspace, tender)
    made = criteria_paper(tender)
    write_file(workspace, path, correspondence.written(context, made, form, "criteria"))
