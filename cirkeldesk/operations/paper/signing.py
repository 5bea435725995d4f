"""Signing a PDF with the officer's own certificate, and what the signatures in a file say.

A signature is added at the end of the file; the bytes that were made stay as they are. It is invisible: a
visible stamp would break PDF/UA-1 and PDF/A-2a. Nothing is fetched over the network: whether a certificate
was withdrawn is not looked up, and whom it can be trusted to is only known where a root is given.

Made and read by pyHanko, which is read in when somebody signs or looks. Source: CHAIN 9.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pikepdf

from cirkeldesk.model.document.signature import Added, Covers, DigitalSignature
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = "Ondertekening"
LARGEST = 200 * 1024 * 1024
LARGEST_KEY = 1024 * 1024
MOST_SIGNATURES = 20
# Of the document's root, what signing adds; what is seen stands elsewhere.
ADDED_TO_ROOT = frozenset(("/AcroForm", "/Perms", "/DSS", "/Extensions", "/Metadata"))
UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OSError,
)


def check_can_sign() -> None:
    """Raises StoreError sign_not_here where the library for signatures is not there."""
    if find_spec("pyhanko") is None:
        raise StoreError("sign_not_here")


@contextmanager
def _quiet() -> Iterator[None]:
    """pyHanko tells in the log what it also answers."""
    logs = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)


# --- signing
# -----------------------------------------------------------------------------------------------------


def sign(
    workspace: Workspace, source: Path, certificate: Path, password: str, target: Path
) -> DigitalSignature:
    """Sign a PDF with a certificate file (PKCS#12: .p12 or .pfx) as another file, and say what its signature
    says. Raises StoreError sign_no_pdf, sign_certificate, sign_expired or cannot_write; nothing is then
    written."""
    check_can_sign()
    content = _read(source, LARGEST, "sign_no_pdf")
    signer = _signer(certificate, password)
    with _quiet():
        made = _signed(content, signer, source.name)
        (*_, last) = signatures_of(made)
    write_file(workspace, target, made)
    return last


def _read(path: Path, largest: int, refusal: str) -> bytes:
    try:
        if not path.is_file() or path.stat().st_size > largest:
            raise StoreError(refusal, file=path.name)
        return path.read_bytes()
    except OSError as problem:
        raise StoreError(refusal, file=path.name) from problem


def password_in(path: Path) -> str:
    """The first line of a file. Raises StoreError sign_certificate."""
    text = _read(path, LARGEST_KEY, "sign_certificate").decode("utf-8-sig", errors="replace")
    return text.splitlines()[0] if text else ""


def _signer(certificate: Path, password: str) -> Any:
    from pyhanko.sign import signers

    content = _read(certificate, LARGEST_KEY, "sign_certificate")
    with _quiet():
        try:
            found = signers.SimpleSigner.load_pkcs12_data(
                content, other_certs=[], passphrase=password.encode() if password else None
            )
        except Exception as problem:
            raise StoreError("sign_certificate", file=certificate.name) from problem
    if found is None or found.signing_cert is None:
        raise StoreError("sign_certificate", file=certificate.name)
    valid = found.signing_cert["tbs_certificate"]["validity"]
    begins, ends = valid["not_before"].native, valid["not_after"].native
    if not begins <= datetime.now(UTC) <= ends:
        raise StoreError("sign_expired", begins=begins.date().isoformat(), ends=ends.date().isoformat())
    return found


def _signed(content: bytes, signer: Any, file: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        taken = {name for name, *_ in fields.enumerate_sig_fields(writer.prev)}
        name = next(free for at in range(MOST_SIGNATURES + 1) if (free := f"{FIELD} {at + 1}") not in taken)
        about = signers.PdfSignatureMetadata(field_name=name, subfilter=fields.SigSeedSubFilter.PADES)
        made: bytes = signers.sign_pdf(writer, about, signer=signer).getvalue()
    except Exception as problem:
        raise StoreError("sign_no_pdf", file=file) from problem
    return made


# --- what signatures say
# -----------------------------------------------------------------------------------------------------


def signatures_of(content: bytes, roots: Sequence[Path] = ()) -> tuple[DigitalSignature, ...]:
    """Every signature in a PDF, in order; none where it cannot be read. `roots` are certificates (PEM or DER)
    that somebody trusts. Raises StoreError sign_root or sign_not_here."""
    check_can_sign()
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko_certvalidator import ValidationContext

    trusted = [_certificate(path) for path in roots]
    with _quiet():
        try:
            embedded = PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures
        except Exception:  # noqa: BLE001 - a file from elsewhere may be anything
            return ()
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        return tuple(
            _read_signature(one, context, has_roots=bool(roots)) for one in embedded[:MOST_SIGNATURES]
        )


def _certificate(path: Path) -> Any:
    from pyhanko import keys

    load: Any = keys.load_cert_from_pemder
    try:
        return load(str(path))
    except Exception as problem:
        raise StoreError("sign_root", file=path.name) from problem


def _read_signature(one: Any, context: Any, *, has_roots: bool) -> DigitalSignature:
    from pyhanko.sign.validation import validate_pdf_signature

    found: Any
    try:
        found = validate_pdf_signature(one, context)
    except Exception:  # noqa: BLE001 - a signature from elsewhere may be anything
        return DigitalSignature(
            "", "", "", "", is_intact=False, covers="part", added="other", is_trusted=None
        )
    certificate = found.signing_cert
    at = found.signer_reported_dt
    return DigitalSignature(
        certificate.subject.human_friendly,
        certificate.issuer.human_friendly,
        at.astimezone().isoformat(timespec="seconds") if at is not None else "",
        certificate.sha256_fingerprint.replace(" ", "").lower(),
        is_intact=bool(found.intact and found.valid),
        covers=_covers(found.coverage.name),
        added=_added(found),
        is_trusted=bool(found.trusted) if has_roots else None,
    )


def _covers(name: str) -> Covers:
    """The whole file; all of it as it was when it was signed; or less."""
    known: dict[str, Covers] = {"ENTIRE_FILE": "file", "ENTIRE_REVISION": "revision"}
    return known.get(name, "part")


def _added(found: Any) -> Added:
    """What was done to the file after this signature: nothing, another signature and the like, or more."""
    level = found.modification_level
    if level is None or level.name == "OTHER":
        return "nothing" if found.coverage.name == "ENTIRE_FILE" else "other"
    return "nothing" if level.name == "NONE" else "signatures" if level.name != "ANNOTATIONS" else "other"


# --- whether a file still shows what was made
# -----------------------------------------------------------------------------------------------------


def shows_the_same(made: bytes, signed: bytes) -> bool:
    """Whether two PDFs hold the same pages, structure and everything else that is seen or read, but for
    signatures. Bytes alone do not say so: what is added at the end may put other pages in the place of
    ours."""
    try:
        return _digest(made) == _digest(signed)
    except (*UNREADABLE, RuntimeError):  # too deep, too
        return False


def _digest(content: bytes) -> str:
    """Of all that can be reached from the root, whatever its objects are numbered."""
    found = hashlib.sha256()
    seen: dict[tuple[int, int], int] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _put(pdf.Root, found, seen, skip=ADDED_TO_ROOT)
    return found.hexdigest()


def _put(
    value: Any, found: Any, seen: dict[tuple[int, int], int], skip: frozenset[str] = frozenset()
) -> None:
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            found.update(b"see %d;" % seen[value.objgen])
            return
        seen[value.objgen] = len(seen)
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        found.update(b"<<")
        for key, part in _parts(value, skip):
            found.update(key.encode())
            _put(part, found, seen)
        found.update(b">>")
        if isinstance(value, pikepdf.Stream):
            found.update(value.read_raw_bytes())
    elif isinstance(value, (pikepdf.Array, list)):
        found.update(b"[")
        for one in value:
            _put(one, found, seen)
        found.update(b"]")
    else:
        found.update(value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode())
    found.update(b";")


def _parts(value: Any, skip: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """The entries of a dictionary by name, without what a signature adds."""
    length = "/Length" if isinstance(value, pikepdf.Stream) else ""
    for key in sorted(value.keys()):
        part: Any = value[key]
        if key == "/Annots":
            part = [one for one in part if not _is_signature(one)]
        if key not in skip and key != length and not (key == "/Annots" and not part):
            yield key, part


def _is_signature(annotation: Any) -> bool:
    return bool(annotation.get("/Subtype") == "/Widget" and annotation.get("/FT") == "/Sig")


Kept = Literal["same", "other", "bytes"]


def kept_in(made: bytes, signed: bytes) -> Kept:
    """Whether what we made is all there and is what is seen (same), is there but covered by something else
    (other), or is not there as it was (bytes)."""
    if not signed.startswith(made):
        return "bytes"
    return "same" if shows_the_same(made, signed) else "other"
