"""`verify FILE`: which final version a file belongs to, whether it was changed, and whether that version still computes.

A file is unchanged when its bytes are those that were kept. A changed PDF is still recognised by what it calls itself. A
signature adds to a file: the bytes we made are then all there, at its beginning, and that is said; it is a change all the same.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf

from cirkeldesk.model.changes import changes_between
from cirkeldesk.model.document import hash_of_bytes
from cirkeldesk.model.product import Product
from cirkeldesk.model.publication import FinalFile, MadeLetters, Version
from cirkeldesk.model.tender import Tender
from cirkeldesk.model.verified import FileState, Verified
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.papers import IDENTIFIER, basis_of, current_version, figures_of
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.store import Unit

LARGEST = 200 * 1024 * 1024
MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class _Kept:
    """A kept file, the tender that holds it and the version it belongs to."""

    tender: Tender
    version: Version
    file: FinalFile
    made_at: str
    made_by: str


def verify(desk: Desk, path: Path) -> Verified:
    """Raises StoreError file_unreadable."""
    content = _read(path)
    kept = _known(desk, hash_of_bytes(content))
    if kept is not None:
        return _judged(desk, kept, "unchanged")
    named = identifier_of(content)
    if named is None:
        return Verified("not_recognised")
    tender_id, _, rest = named.removeprefix(IDENTIFIER).partition("/")
    number, _, what = rest.partition("/")
    with desk.unit() as unit:
        known = unit.head("tender", tender_id) is not None
        tender = unit.tender(tender_id) if known else None
    kept = _named(tender, number, what) if tender is not None else None
    if kept is None:
        return Verified("other_database", version=int(number) if number.isdigit() else None)
    if b"/ByteRange" not in content:
        return _judged(desk, kept, "changed")
    with desk.unit() as unit:
        original = unit.attachment(kept.file.file.sha256)
    return replace(_judged(desk, kept, "signed"), intact=content.startswith(original))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise StoreError("file_unreadable", file=path.name)
        return path.read_bytes()
    except OSError as problem:
        raise StoreError("file_unreadable", file=path.name) from problem


def identifier_of(content: bytes) -> str | None:
    """How a PDF of ours calls itself, also when somebody changed it; None for any other file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
            found = str(metadata.get("dc:identifier") or "")
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, OSError, RuntimeError):
        return None
    return found if found.startswith(IDENTIFIER) else None


def _tenders(unit: Unit) -> list[Tender]:
    return [tender for row in unit.tenders() if (tender := unit.tender(row["id"])).versions]


def _known(desk: Desk, digest: str) -> _Kept | None:
    with desk.unit() as unit:
        tenders = _tenders(unit)
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


def _named(tender: Tender, number: str, what: str) -> _Kept | None:
    """The kept PDF that calls itself so."""
    parts = what.split("/")
    for kept in _all(tender):
        if str(kept.version.number) != number or not kept.file.file.file.endswith(".pdf"):
            continue
        sent = next((made.sent_on for made in tender.letters if kept.file in made.files), "")
        own = ["letter", kept.file.variant_id or "", sent] if kept.file.kind == "letter" else [kept.file.kind, kept.file.audience]
        if own == parts:
            return kept
    return None


def _judged(desk: Desk, kept: _Kept, state: FileState) -> Verified:
    tender, version = kept.tender, kept.version
    newest = current_version(desk, tender) if tender.versions[-1] == version else None
    found = Verified(
        state,
        tender.number,
        tender.title,
        version.number,
        kept.file.file.file,
        kept.made_at,
        kept.made_by,
        is_newest=newest is not None,
    )
    return _with_figures(desk, found, version)


def _with_figures(desk: Desk, found: Verified, version: Version) -> Verified:
    """Compute the version again from what it pinned, and look what is offered newer."""
    try:
        basis = basis_of(desk, version)
        now = json.loads(figures_of(desk, basis))
        kept = next(file for file in version.files if file.kind == "figures")
        with desk.unit() as unit:
            then = json.loads(unit.attachment(kept.file.sha256))
            renewed = _renewed(unit, basis)
    except StoreError as problem:
        return replace(found, computes=None, why=problem.key)
    changes = changes_between(then, now)
    differences = tuple(f"{change.path}: was {change.before or '(leeg)'}, is nu {change.after or '(leeg)'}" for change in changes)
    return replace(found, computes=not changes, differences=differences[:MOST_DIFFERENCES], renewed=renewed)


def _renewed(unit: Unit, basis: Tender) -> tuple[str, ...]:
    """Names of pinned reference data and products of which another version is offered now."""
    found = []
    offered = unit.reference("weighting_set").get(basis.ask.set_code)
    if offered is not None and offered != basis.ask.weighting_set:
        found.append(f"weegset {basis.ask.set_code}")
    group = unit.document(basis.product_group or "")
    code: Any = getattr(group, "code", "")
    if unit.reference("product_group").get(code, basis.product_group) != basis.product_group:
        found.append(f"productgroep {getattr(group, 'name', code)}")
    refs = {a.product for v in basis.variants for a in v.answers if a.product is not None and a.product.hash is not None}
    for ref in sorted(refs, key=lambda ref: ref.id):
        head = unit.head("product", ref.id)
        product = unit.document(ref.hash or "")
        if head is not None and head != ref.hash and isinstance(product, Product):
            found.append(f"product {product.name}")
    return tuple(found)
