"""`verify FILE`: which final version a file belongs to, whether it was changed, and whether that version
still computes.

A file is unchanged when its bytes are those that were kept. A changed PDF is still recognised by what it
calls itself. A signature adds to a file: the bytes we made are then all there, at its beginning, and that is
said; it is a change all the same.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf

from cirkeldesk.model.document.changes import changes_between
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.document.verified import FileState, Verified
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import FinalFile, MadeLetters, Version
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.paper.context import IDENTIFIER
from cirkeldesk.operations.paper.papers import basis_of, current_version, figures_of
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

LARGEST = 200 * 1024 * 1024
LONGEST_METADATA = 1024 * 1024
# As written in our XMP, or as an attribute where another program wrote it again.
IDENTIFIED = re.compile(IDENTIFIER.encode() + rb"([\w.%-]{1,300})/([0-9]{1,6})/([\w./%-]{1,300})")
UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OSError,
    RuntimeError,
)
MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class _Kept:
    """A kept file, the tender that holds it and the version it belongs to."""

    tender: Tender
    version: Version
    file: FinalFile
    made_at: str
    made_by: str


def verify(workspace: Workspace, path: Path, roots: Sequence[Path] = ()) -> Verified:
    """`roots` are certificates (PEM or DER) that somebody trusts to vouch for signers. Raises StoreError
    file_unreadable or sign_root."""
    content = _read(path)
    kept = _known(workspace, hash_of_bytes(content))
    if kept is not None:
        return _judged(workspace, kept, "unchanged")
    named = identifier_of(content)
    if named is None:
        return _with_signatures(Verified("not_recognised"), content, roots)
    tender_id, number, what = named
    with workspace.unit() as unit:
        known = unit.head("tender", tender_id) is not None
        tender = unit.tender(tender_id) if known else None
    kept = _named(tender, number, what) if tender is not None else None
    if kept is None:
        return _with_signatures(Verified("other_database", version=number), content, roots)
    if not is_signed(content):
        return _judged(workspace, kept, "changed")
    from cirkeldesk.operations.paper.signing import kept_in

    with workspace.unit() as unit:
        there = kept_in(unit.attachments.content(kept.file.file.sha256), content)
    judged = replace(_judged(workspace, kept, "signed"), intact=there == "same", covered=there == "other")
    return _with_signatures(judged, content, roots)


def _with_signatures(found: Verified, content: bytes, roots: Sequence[Path]) -> Verified:
    """What was found, with what the signatures in the file say."""
    if not is_signed(content):
        return found
    from cirkeldesk.operations.paper.signing import signatures_of

    return replace(found, signatures=signatures_of(content, roots))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise StoreError("file_unreadable", file=path.name)
        return path.read_bytes()
    except OSError as problem:
        raise StoreError("file_unreadable", file=path.name) from problem


def identifier_of(content: bytes) -> tuple[str, int, str] | None:
    """(tender, version, which paper) as a PDF of ours calls itself, also when somebody changed it; None for
    any other file."""
    if b"%PDF" not in content[:1024]:
        return None  # a file that only holds a PDF somewhere, such as our own database, is none
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = IDENTIFIED.search(_unfolded(pdf.Root.Metadata))
    except UNREADABLE:
        return None
    return (unquote(found[1].decode()), int(found[2]), unquote(found[3].decode())) if found else None


def _unfolded(stream: Any) -> bytes:
    """The metadata of a PDF, no more of it than ours could hold."""
    raw: bytes = stream.read_raw_bytes()
    if stream.get("/Filter") is None:
        return raw[:LONGEST_METADATA]
    return zlib.decompressobj().decompress(raw, LONGEST_METADATA)


def is_signed(content: bytes) -> bool:
    """Whether a PDF holds a digital signature: a signature field with what it signed."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            form = pdf.Root.get("/AcroForm")
            fields: Any = form.get("/Fields", []) if form is not None else []
            return any(field.get("/FT") == "/Sig" and "/ByteRange" in field.get("/V", {}) for field in fields)
    except UNREADABLE:
        return False


def _tenders(unit: UnitOfWork) -> list[Tender]:
    return [tender for row in unit.lists.tenders() if (tender := unit.tender(row["id"])).versions]


def _known(workspace: Workspace, digest: str) -> _Kept | None:
    with workspace.unit() as unit:
        tenders = _tenders(unit) if unit.attachments.has(digest) else []
    for tender in tenders:
        for kept in _all(tender):
            if kept.file.file.sha256 == digest:
                return kept
    return None


def _all(tender: Tender) -> list[_Kept]:
    numbers = {version.number: version for version in tender.versions}
    made: list[tuple[Version, Version | MadeLetters]] = [(version, version) for version in tender.versions]
    made += [(numbers[letters.version], letters) for letters in tender.letters if letters.version in numbers]
    return [_Kept(tender, version, file, one.at, one.by) for version, one in made for file in one.files]


def _named(tender: Tender, number: int, what: str) -> _Kept | None:
    """The kept PDF that calls itself so."""
    parts = what.split("/")
    for kept in _all(tender):
        if kept.version.number != number or not kept.file.file.file.endswith(".pdf"):
            continue
        place = next(
            ((made.sent_on, str(n)) for n, made in enumerate(tender.letters, 1) if kept.file in made.files),
            ("", ""),
        )
        own = (
            ["letter", kept.file.variant_id or "", *place]
            if kept.file.kind == "letter"
            else [kept.file.kind, kept.file.audience]
        )
        if own == parts:
            return kept
    return None


def _judged(workspace: Workspace, kept: _Kept, state: FileState) -> Verified:
    tender, version = kept.tender, kept.version
    newest = current_version(workspace, tender) if tender.versions[-1] == version else None
    found = Verified(
        state,
        tender.number,
        tender.title,
        version.number,
        kept.file.file.file,
        kept.made_at,
        kept.made_by,
        is_newest=newest is not None,
        made_here=_was_made_here(workspace, tender, version),
    )
    return _with_figures(workspace, found, version)


def _was_made_here(workspace: Workspace, tender: Tender, version: Version) -> bool:
    """Whether this database saw it made; one that came with a dossier says of itself who made it."""
    with workspace.unit() as unit:
        rows = unit.steps.rows("tender", tender.id)
    return any(row.step == "final" and row.params.get("number") == version.number for row in rows)


def _with_figures(workspace: Workspace, found: Verified, version: Version) -> Verified:
    """Compute the version again from what it pinned, and look what is offered newer."""
    try:
        basis = basis_of(workspace, version)
        now = json.loads(figures_of(workspace, basis))
        kept = next((file for file in version.files if file.kind == "figures"), None)
        if kept is None:
            return replace(found, computes=None, why="version_unsound")
        with workspace.unit() as unit:
            then = json.loads(unit.attachments.content(kept.file.sha256))
            renewed = _renewed(unit, basis)
    except StoreError as problem:
        return replace(found, computes=None, why=problem.key)
    except ValueError:
        return replace(found, computes=None, why="version_unsound")
    # An answer that a later build of the program gives besides is no other figure.
    changes = [change for change in changes_between(then, now) if change.before]
    differences = tuple(
        f"{change.path}: was {change.before or '(leeg)'}, is nu {change.after or '(leeg)'}"
        for change in changes
    )
    return replace(found, computes=not changes, differences=differences[:MOST_DIFFERENCES], renewed=renewed)


def _renewed(unit: UnitOfWork, basis: Tender) -> tuple[str, ...]:
    """Names of pinned reference data and products of which another version is offered now."""
    found = []
    offered = unit.references.of("weighting_set").get(basis.ask.set_code)
    if offered is not None and offered != basis.ask.weighting_set:
        found.append(f"weegset {basis.ask.set_code}")
    group = unit.document(basis.product_group or "")
    code: Any = getattr(group, "code", "")
    if unit.references.of("product_group").get(code, basis.product_group) != basis.product_group:
        found.append(f"productgroep {getattr(group, 'name', code)}")
    refs = {
        a.product
        for v in basis.variants
        for a in v.answers
        if a.product is not None and a.product.hash is not None
    }
    for ref in sorted(refs, key=lambda ref: ref.id):
        head = unit.head("product", ref.id)
        product = unit.document(ref.hash or "")
        if head is not None and head != ref.hash and isinstance(product, Product):
            found.append(f"product {product.name}")
    return tuple(found)
