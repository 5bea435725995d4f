"""The dossier (`.cirkel`): one tender with every version it pins, as a zip with `dossier.json`.

Export then import is identity: the same documents with the same content hashes. The format is documented in
docs/dossier.md and its JSON schema lies in resources/schema/dossier.json.
"""

from __future__ import annotations

import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from cirkeldesk.exchange.archive import member_names, opened
from cirkeldesk.exchange.reading import ReadError, Reading, no_double_keys
from cirkeldesk.model.document import Document, DocumentError, canonical, content_hash, from_plain, hash_of_bytes, to_plain
from cirkeldesk.model.group import ProductGroup, faults
from cirkeldesk.model.product import Product
from cirkeldesk.model.tender import Tender

MEMBER = "dossier.json"
KEPT = "bijlagen/"  # kept files by their hash
SCHEMA = "dossier/1"
LARGEST = 64 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same dossier has the same bytes, whenever it is written


def write(tender: Tender, pinned: Mapping[str, Document], program: str, kept: Mapping[str, bytes] | None = None) -> bytes:
    """A dossier's bytes; reproducible for the same tender, versions and kept files (by hash)."""
    body = {
        "schema": SCHEMA,
        "program": program,
        "tender": to_plain(tender),
        "pinned": {digest: to_plain(value) for digest, value in sorted(pinned.items())},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo(MEMBER, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(member, canonical(body))
        for digest, content in sorted((kept or {}).items()):
            archive.writestr(zipfile.ZipInfo(f"{KEPT}{digest}", _EPOCH), content)
    return buffer.getvalue()


def is_dossier(content: bytes) -> bool:
    return MEMBER in member_names(content)


def read(content: bytes, file: str) -> Reading:
    """The tender and its pinned versions. Raises ReadError dossier_broken, newer_schema or file_too_large."""
    body = _body(content, file)
    schema = str(body.get("schema"))
    if schema != SCHEMA:
        raise ReadError("newer_schema" if schema.startswith("dossier/") else "dossier_broken", file=file, part="schema")
    pinned: dict[str, Document] = {}
    try:
        tender = from_plain(body.get("tender"), "tender")
        for digest, plain in body.get("pinned", {}).items():
            value = from_plain(plain)
            if content_hash(value) != digest:
                raise ReadError("dossier_broken", file=file, part=f"versie {digest[:12]}")
            if isinstance(value, Product) and value.declared_amount is not None and value.declared_amount <= 0:
                raise ReadError("dossier_broken", file=file, part=f"versie {digest[:12]}")
            if isinstance(value, ProductGroup) and (wrong := faults(value)):
                raise ReadError("dossier_broken", file=file, part=f"productgroep {value.name[:40]}, {wrong[0][:80]}")
            pinned[digest] = value
    except DocumentError as problem:
        raise ReadError("dossier_broken", file=file, part=problem.place or problem.key) from problem
    assert isinstance(tender, Tender)
    bases = [version.basis for version in tender.versions]
    missing = [digest for digest in (*tender.pins, *bases) if digest not in pinned]
    if missing:
        raise ReadError("dossier_broken", file=file, part=f"versie {missing[0][:12]}")
    kept = _kept(content, file)
    named = [form.file.sha256 for form in tender.received] + [made.file.sha256 for made in tender.made_files]
    holders = [*tender.products, *(value for value in pinned.values() if isinstance(value, Product))]
    named += [attachment.sha256 for product in holders for attachment in product.attachments]
    lost = [digest for digest in named if digest not in kept]
    if lost:
        raise ReadError("dossier_broken", file=file, part=f"bijlage {lost[0][:12]}")
    return Reading("dossier", tender=tender, pinned=pinned, kept=kept)


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
