"""A final paper with the officer's own signature: good, forged, shadowed and partly covered told apart."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from cirkeldesk.model.document.verified import Verified
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.paper import papers
from cirkeldesk.operations.paper.signing import shows_the_same, sign, signatures_of
from cirkeldesk.operations.paper.verify import verify
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.verify import lines
from tests.acceptance.certificates import PASSWORD, office_root, officer
from tests.acceptance.conftest import Cli
from tests.five import add_five
from tests.sheets.verapdf import conforms

OFFICE, OTHER = "Provincie, certificaten (verzonnen)", "Iemand (verzonnen)"
NAME = "Inkoopadviseur (verzonnen)"
ID = "vijf"


class Signed:
    """A final sheet, and the same signed by an officer of the office."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.folder = workspace, folder
        self.key, self.root = officer(folder, NAME, OFFICE), office_root(folder, OFFICE)
        version = papers.finalise(workspace, ID)
        with workspace.unit() as unit:
            self.made = unit.attachments.content(version.files[0].file.sha256)
        self.sheet = folder / "blad.pdf"
        self.sheet.write_bytes(self.made)
        self.signed = folder / "ondertekend.pdf"
        sign(workspace, self.sheet, self.key, PASSWORD, self.signed)

    def seen(self, content: bytes, *roots: Path) -> Verified:
        path = self.folder / "gezien.pdf"
        path.write_bytes(content)
        return verify(self.workspace, path, roots)


@pytest.fixture
def office(workspace: Workspace, tmp_path: Path) -> Signed:
    add_five(workspace)
    return Signed(workspace, tmp_path)


def told(found: Verified) -> str:
    return " ".join(lines(found))


def another_page(content: bytes) -> bytes:
    """What stands on the first page is replaced by an addition at the end: the bytes before it stay."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    page: Any = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"q 1 0 0 rg 0 0 300 300 re f Q"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_good_signature_names_who_and_covers_all(office: Signed) -> None:
    content = office.signed.read_bytes()
    assert content.startswith(office.made)
    found = office.seen(content, office.root)
    (one,) = found.signatures
    assert (found.state, found.intact, found.version, found.is_good) == ("signed", True, 1, True)
    assert NAME in one.signer
    assert (one.is_intact, one.covers, one.added, one.is_trusted) == (True, "file", "nothing", True)
    text = told(found)
    assert "dat is wat u ziet" in text
    assert "dekt het hele bestand" in text
    assert f"uitgegeven door Common Name: {OFFICE}" in text
    conforms([office.signed])  # still PDF/UA-1 and PDF/A-2a


def test_without_a_root_nobody_vouches(office: Signed) -> None:
    found = office.seen(office.signed.read_bytes())
    assert (found.intact, found.is_good, found.signatures[0].is_trusted) == (True, False, None)
    assert "wie hij zegt" in told(found)
    strange = office.seen(office.signed.read_bytes(), office_root(office.folder, OTHER))
    assert (strange.is_good, strange.signatures[0].is_trusted) == (False, False)
    assert "niet uitgegeven door wie u vertrouwt" in told(strange)


def test_a_second_officer_signs_too(office: Signed) -> None:
    second = officer(office.folder, "Teamleider (verzonnen)", OFFICE)
    target = office.folder / "twee.pdf"
    sign(office.workspace, office.signed, second, PASSWORD, target)
    found = office.seen(target.read_bytes(), office.root)
    assert [one.covers for one in found.signatures] == ["revision", "file"]
    assert [one.added for one in found.signatures] == ["signatures", "nothing"]
    assert found.is_good
    conforms([target])


def forged(office: Signed) -> bytes:
    """One byte of what was signed, changed: a figure on the sheet, so to speak."""
    content = bytearray(office.signed.read_bytes())
    at = content.index(b"stream", len(office.made) // 2) + 60
    content[at] ^= 1
    return bytes(content)


def shadowed_after(office: Signed) -> bytes:
    return another_page(office.signed.read_bytes())


def shadowed_before(office: Signed) -> bytes:
    """Another page put over ours first, and signed then: the signature itself holds."""
    path, target = office.folder / "eerst.pdf", office.folder / "daarna.pdf"
    path.write_bytes(another_page(office.made))
    sign(office.workspace, path, officer(office.folder, NAME, OFFICE), PASSWORD, target)
    return target.read_bytes()


def partly(office: Signed) -> bytes:
    """A signature, by somebody who has a key, of less than it stands in: 300 bytes after it are nobody's."""
    content = bytearray(office.signed.read_bytes())
    found = re.search(rb"/ByteRange ?\[ ?0 (\d+) (\d+) (\d+)", content)
    assert found is not None
    first, second, length = (int(part) for part in found.groups())
    for place, value in ((2, second + 300), (3, length - 300)):
        begin, end = found.span(place)
        content[begin:end] = str(value).encode().rjust(end - begin)
    digest = hashlib.sha256(content[:first] + content[second + 300 :]).digest()
    signer = signers.SimpleSigner.load_pkcs12_data(
        office.key.read_bytes(), other_certs=[], passphrase=PASSWORD.encode()
    )
    made = asyncio.run(signer.async_sign(digest, "sha256", use_pades=True))
    room = second - first - 2  # between < and >
    content[first + 1 : second - 1] = made.dump().hex().encode().ljust(room, b"0")
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "intact", "said"),
    [
        (forged, False, "klopt niet"),
        (shadowed_after, False, "niet ondertekend"),
        (shadowed_before, False, "iets anders overheen gezet"),
        (partly, True, "dekt maar een deel"),
    ],
)
def test_what_is_no_good_signature_is_told_apart(
    office: Signed, make: Callable[[Signed], bytes], intact: bool, said: str
) -> None:
    found = office.seen(make(office), office.root)
    assert not found.is_good
    assert found.state == "signed"
    assert found.intact is intact
    (one,) = found.signatures
    assert not (one.holds and found.intact)
    assert one.is_intact is (make is not forged)
    assert said in told(found)
    if make is shadowed_before:
        assert (one.is_intact, one.covers, found.covered) == (True, "file", True)
    if make is partly:
        assert (one.is_intact, one.covers) == (True, "part")
    if make is shadowed_after:
        assert (one.covers, one.added) == ("revision", "other")


def test_what_is_shown_is_compared_and_not_only_the_bytes(office: Signed) -> None:
    assert shows_the_same(office.made, office.signed.read_bytes())
    assert not shows_the_same(office.made, another_page(office.made))
    assert not shows_the_same(office.made, b"%PDF-1.7 niets")


def test_refusals_make_nothing(office: Signed) -> None:
    target = office.folder / "niet.pdf"
    late = officer(office.folder, "Verlopen (verzonnen)", OFFICE, (-30, -1))
    early = officer(office.folder, "Te vroeg (verzonnen)", OFFICE, (5, 30))
    no_key = office.folder / "geen.p12"
    no_key.write_bytes(b"niets")
    no_pdf = office.folder / "geen.pdf"
    no_pdf.write_bytes(b"niets")
    for source, key, password, refusal in (
        (office.sheet, office.key, "fout", "sign_certificate"),
        (office.sheet, office.key, "", "sign_certificate"),
        (office.sheet, no_key, PASSWORD, "sign_certificate"),
        (office.sheet, office.folder / "weg.p12", PASSWORD, "sign_certificate"),
        (office.sheet, late, PASSWORD, "sign_expired"),
        (office.sheet, early, PASSWORD, "sign_expired"),
        (no_pdf, office.key, PASSWORD, "sign_no_pdf"),
        (office.folder / "weg.pdf", office.key, PASSWORD, "sign_no_pdf"),
    ):
        with pytest.raises(StoreError) as refused:
            sign(office.workspace, source, key, password, target)
        assert refused.value.key == refusal
        assert not target.exists()


@pytest.mark.parametrize("cut", [0, 9, 200, 5000])
def test_a_damaged_file_says_nothing_and_breaks_nothing(office: Signed, cut: int) -> None:
    assert signatures_of(office.signed.read_bytes()[:cut]) == ()


def test_from_the_command_line(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    sheet, signed = tmp_path / "anker.pdf", tmp_path / "ondertekend.pdf"
    cli("anchor", "--pdf", str(sheet))
    key = officer(tmp_path, NAME, OFFICE)
    (tmp_path / "w.txt").write_text(f"{PASSWORD}\n", encoding="utf-8")
    word = ("--password-file", str(tmp_path / "w.txt"))
    made = cli("sign", str(sheet), "--with", str(key), "--to", str(signed), *word, "--json").json
    assert NAME in made["signer"]
    assert cli("check", "--anchor", str(signed), "--json").json["state"] == "contained"
    cli("verify", str(signed))
    assert NAME in cli.out
    found = cli("verify", str(signed), "--trust", str(office_root(tmp_path, OFFICE)), "--json").json
    assert found["signatures"][0]["is_trusted"] is True
    assert cli("verify", str(signed), "--trust", str(tmp_path / "w.txt")).code == 1
    assert PASSWORD not in cli.out + cli.err
