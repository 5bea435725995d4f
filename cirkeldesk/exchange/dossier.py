"""The dossier (`.cirkel`): one tender with every version it pins, or a library, as a zip with `dossier.json`.

Export then import is identity: the same documents with the same content hashes. A dossier also says which
versions came before (their hashes alone) and who made the last, so that two copies edited apart can be put
together again. The format is documented in docs/dossier.md and its JSON schema lies in
resources/schema/dossier.json.
"""

from __future__ import annotations

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from cirkeldesk.exchange.archive import member_names, opened
from cirkeldesk.exchange.reading import Made, Origin, Reading, Shared, no_double_keys
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.document.document import (
    Document,
    canonical,
    content_hash,
    from_plain,
    hash_of_bytes,
    kind_of,
    to_plain,
)
from cirkeldesk.model.document.sound_reference import check_plain_sizes
from cirkeldesk.model.document.soundness import check_document
from cirkeldesk.model.material.material import Demand, Supply
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.criteria import CriteriaLibrary
from cirkeldesk.model.reference.group import ProductGroup, faults
from cirkeldesk.model.refusal import DocumentError, ReadError
from cirkeldesk.model.tender.tender import Tender

MEMBER = "dossier.json"
KEPT = "bijlagen/"  # kept files by their hash
SCHEMA = "dossier/1"
LIBRARY = "dossier/2"  # of a library; releases before it say politely that it is newer
MOST_LINEAGE = 400
LONGEST_NAME = 200
_HASH = re.compile(r"[0-9a-f]{64}")
LARGEST = 64 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same dossier has the same bytes, whenever it is written


def write(
    tender: Tender,
    pinned: Mapping[str, Document],
    program: str,
    kept: Mapping[str, bytes] | None = None,
    lineage: Sequence[str] = (),
    made: Made | None = None,
) -> bytes:
    """A dossier's bytes; reproducible for the same tender, versions, kept files (by hash), lineage and
    maker."""
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "program": program,
        "tender": to_plain(tender),
        "pinned": {digest: to_plain(value) for digest, value in sorted(pinned.items())},
    }
    if made is not None:
        body |= {"lineage": list(lineage)[:MOST_LINEAGE], "made": asdict(made)}
    return _packed(body, kept or {})


def write_library(
    shared: Sequence[Shared],
    pinned: Mapping[str, Document],
    program: str,
    kept: Mapping[str, bytes],
    origin: Origin | None = None,
) -> bytes:
    """The bytes of a library: products, criteria, the calendar and materials, each with the versions before
    it."""
    body = {
        "schema": LIBRARY,
        "program": program,
        "library": [
            {**asdict(one), "lineage": list(one.lineage)[:MOST_LINEAGE]}
            for one in sorted(shared, key=lambda s: (s.kind, s.id))
        ],
        "pinned": {digest: to_plain(value) for digest, value in sorted(pinned.items())},
    }
    return _packed(body if origin is None else {**body, "origin": asdict(origin)}, kept)


def _packed(body: Mapping[str, Any], kept: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo(MEMBER, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(member, canonical(body))
        for digest, content in sorted(kept.items()):
            archive.writestr(zipfile.ZipInfo(f"{KEPT}{digest}", _EPOCH), content)
    return buffer.getvalue()


def is_dossier(content: bytes) -> bool:
    return MEMBER in member_names(content)


def read(content: bytes, file: str) -> Reading:
    """The tender and its pinned versions. Raises ReadError dossier_broken, newer_schema or file_too_large."""
    body = _body(content, file)
    schema = str(body.get("schema"))
    if schema not in (SCHEMA, LIBRARY):
        raise ReadError(
            "newer_schema" if schema.startswith("dossier/") else "dossier_broken", file=file, part="schema"
        )
    pinned = _pinned(body, file)
    if schema == LIBRARY:
        return _library(body, pinned, _kept(content, file), file)
    try:
        check_plain_sizes(body.get("tender"))
    except DocumentError as problem:
        raise ReadError(problem.key, **{**problem.params, "file": file}) from problem
    try:
        tender = from_plain(body.get("tender"), "tender")
    except DocumentError as problem:
        raise ReadError("dossier_broken", file=file, part=problem.place or problem.key) from problem
    assert isinstance(tender, Tender)
    _sound(tender, file)
    bases = [version.basis for version in tender.versions]
    missing = [digest for digest in (*tender.pins, *bases) if digest not in pinned]
    if missing:
        raise ReadError("dossier_broken", file=file, part=f"versie {missing[0][:12]}")
    kept = _kept(content, file)
    named = [form.file.sha256 for form in tender.received] + [made.file.sha256 for made in tender.made_files]
    _all_kept([*tender.products, *pinned.values()], named, kept, file)
    lineage = _lineage(body.get("lineage", []), file)
    return Reading(
        "dossier",
        tender=tender,
        pinned=pinned,
        kept=kept,
        lineage=lineage,
        made=_made(body.get("made"), file),
    )


def _pinned(body: Mapping[str, Any], file: str) -> dict[str, Document]:
    """The versions of a dossier, each what its hash says."""
    pinned: dict[str, Document] = {}
    for digest, plain in body.get("pinned", {}).items():
        broken = ReadError("dossier_broken", file=file, part=f"versie {digest[:12]}")
        try:
            value = from_plain(plain)
        except DocumentError as problem:
            raise ReadError("dossier_broken", file=file, part=problem.place or problem.key) from problem
        if content_hash(value) != digest:
            raise broken
        _sound(value, file)
        if isinstance(value, ProductGroup) and (wrong := faults(value)):
            raise ReadError(
                "dossier_broken", file=file, part=f"productgroep {value.name[:40]}, {wrong[0][:80]}"
            )
        pinned[digest] = value
    return pinned


def _sound(value: Document, file: str) -> None:
    """Raises ReadError, with the place, for a document that cannot be meant."""
    try:
        check_document(value)
    except DocumentError as problem:
        raise ReadError(problem.key, **{**problem.params, "file": file}) from problem


def _all_kept(holders: Iterable[Document], named: list[str], kept: Mapping[str, bytes], file: str) -> None:
    products = (value for value in holders if isinstance(value, Product))
    wanted = [*named, *(attachment.sha256 for product in products for attachment in product.attachments)]
    lost = [digest for digest in wanted if digest not in kept]
    if lost:
        raise ReadError("dossier_broken", file=file, part=f"bijlage {lost[0][:12]}")


SHARED: Mapping[str, type[Document]] = {
    "product": Product,
    "criteria": CriteriaLibrary,
    "calendar": Calendar,
    "supply": Supply,
    "demand": Demand,
}


def _library(
    body: Mapping[str, Any], pinned: dict[str, Document], kept: dict[str, bytes], file: str
) -> Reading:
    """Products, criteria and the calendar of a library; each names a version that is there."""
    found = []
    entries = body.get("library")
    for entry in entries if isinstance(entries, list) else [None]:
        if not isinstance(entry, dict) or entry.keys() != {"kind", "id", "lineage"}:
            raise ReadError("dossier_broken", file=file, part="library")
        lineage, identity = _lineage(entry["lineage"], file), entry["id"]
        value = pinned.get(lineage[0]) if lineage else None
        wanted = SHARED.get(str(entry["kind"]))
        if value is None or wanted is None or not isinstance(value, wanted) or _own_id(value) != identity:
            raise ReadError("dossier_broken", file=file, part="library")
        found.append(Shared(kind_of(value), _own_id(value), lineage))
    photos = [one.sha256 for value in pinned.values() if isinstance(value, Supply) for one in value.photos]
    _all_kept(pinned.values(), photos, kept, file)
    origin = _origin(body.get("origin"), file)
    return Reading("dossier", pinned=pinned, kept=kept, library=tuple(found), origin=origin)


def _origin(found: object, file: str) -> Origin | None:
    if found is None:
        return None
    if not isinstance(found, dict) or found.keys() != {"organisation", "made_on"}:
        raise ReadError("dossier_broken", file=file, part="origin")
    texts = list(found.values())
    if not all(isinstance(text, str) and len(text) <= LONGEST_NAME and text.isprintable() for text in texts):
        raise ReadError("dossier_broken", file=file, part="origin")
    return Origin(found["organisation"], found["made_on"])


def _own_id(value: Document) -> str:
    return value.code if isinstance(value, CriteriaLibrary) else str(getattr(value, "id", ""))


def _lineage(found: object, file: str) -> tuple[str, ...]:
    is_hashes = isinstance(found, list) and all(
        isinstance(one, str) and _HASH.fullmatch(one) for one in found
    )
    if not isinstance(found, list) or not is_hashes or len(found) > MOST_LINEAGE:
        raise ReadError("dossier_broken", file=file, part="lineage")
    return tuple(found)


def _made(found: object, file: str) -> Made | None:
    if found is None:
        return None
    names = {"author", "moment", "chain"}
    if (
        not isinstance(found, dict)
        or found.keys() != names
        or not all(isinstance(text, str) for text in found.values())
    ):
        raise ReadError("dossier_broken", file=file, part="made")
    if any(len(text) > LONGEST_NAME or not text.isprintable() for text in found.values()):
        raise ReadError("dossier_broken", file=file, part="made")
    return Made(**found)


def _kept(content: bytes, file: str) -> dict[str, bytes]:
    """The kept files, each with the hash it is named by."""
    found = {}
    with opened(content, file) as archive:
        for name in archive.names:
            if name.startswith(KEPT):
                digest = name.removeprefix(KEPT)
                found[digest] = archive.read(name)
                if hash_of_bytes(found[digest]) != digest:
                    raise ReadError("dossier_broken", file=file, part=f"bijlage {digest[:12]}")
    return found


def _body(content: bytes, file: str) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(MEMBER).file_size > LARGEST:
                raise ReadError("file_too_large", file=file)
            with archive.open(MEMBER) as member:
                raw = member.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ReadError("file_too_large", file=file)
        body = json.loads(raw, object_pairs_hook=partial(no_double_keys, file))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError) as problem:
        raise ReadError("dossier_broken", file=file, part=MEMBER) from problem
    except (KeyError, ValueError, NotImplementedError, RuntimeError) as problem:
        raise ReadError("dossier_broken", file=file, part=MEMBER) from problem
    if not isinstance(body, dict) or not isinstance(body.get("pinned", {}), dict):
        raise ReadError("dossier_broken", file=file, part=MEMBER)
    return body
