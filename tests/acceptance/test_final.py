"""Definitief maken and `verify`: exact files with their hashes, version 2 that says what changed, and what
became of a file."""

from __future__ import annotations

import datetime
import io
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from cirkeldesk.cli import main
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.document.document import content_hash, hash_of_bytes, to_plain
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Audience, FinalFile, Version
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.award.awards import practise
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper import context, export, papers
from cirkeldesk.operations.paper.context import AUDIENCES, Occasion, context_of
from cirkeldesk.operations.paper.verify import verify
from cirkeldesk.operations.settings import FileSettings, save_file_settings
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.store.store import Store
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import verify as verifying
from tests.acceptance.papers import everything_in, one_line
from tests.five import BIDDERS, add_five

ID = "vijf"
SENT = date(2026, 12, 4)


@pytest.fixture
def five(workspace: Workspace) -> Workspace:
    add_five(workspace)
    return workspace


def kept(workspace: Workspace, version: Version, kind: str = "advice", audience: str = "internal") -> bytes:
    file = next(file for file in version.files if (file.kind, file.audience) == (kind, audience))
    with workspace.unit() as unit:
        return unit.attachments.content(file.file.sha256)


def saved(
    workspace: Workspace, path: Path, version: Version, kind: str = "advice", audience: str = "internal"
) -> Path:
    path.write_bytes(kept(workspace, version, kind, audience))
    return path


def signed(source: Path, target: Path) -> Path:
    """The same PDF with a real digital signature, as an office signs: an addition to the file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Verzonnen ondertekenaar")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    certificate = made.sign(key, hashes.SHA256())
    pfx = serialization.pkcs12.serialize_key_and_certificates(
        b"x", key, certificate, None, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(pfx, other_certs=[])
    writer = IncrementalPdfFileWriter(io.BytesIO(source.read_bytes()), strict=False)
    fields.append_signature_field(writer, fields.SigFieldSpec("Handtekening"))
    out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Handtekening"), signer=signer)
    target.write_bytes(out.getvalue())
    return target


# --- making final
# --------------------------------------------------------------------------------------------------


def test_a_version_keeps_the_exact_files_and_stops_undo(five: Workspace) -> None:
    before = tenders.get_tender(five, ID)
    version = papers.finalise(five, ID)
    after = tenders.get_tender(five, ID)
    assert (version.number, version.basis, after.status) == (1, content_hash(before), "advised")
    names = [file.file.file for file in version.files]
    assert names == [
        "2026-099 Adviesblad v1 INTERN.pdf",
        "2026-099 Vergelijking v1 INTERN.xlsx",
        "2026-099 Vergelijking v1 INTERN.ods",
        "2026-099 Adviesblad v1 EXTERN.pdf",
        "2026-099 Vergelijking v1 EXTERN.xlsx",
        "2026-099 Vergelijking v1 EXTERN.ods",
        "2026-099 Cijfers v1 INTERN.json",
    ]
    for file in version.files:
        with five.unit() as unit:
            assert hash_of_bytes(unit.attachments.content(file.file.sha256)) == file.file.sha256
    with pytest.raises(StoreError) as stopped:
        tenders.undo(five, ID)
    assert stopped.value.key == "barrier"
    with five.unit() as unit:
        assert faults(unit) == []


def test_what_is_handed_over_is_the_kept_file_until_something_changes(
    five: Workspace, tmp_path: Path
) -> None:
    version = papers.finalise(five, ID)
    for kind, run in (
        ("advice", export.advise),
        ("workbook", export.export_workbook),
        ("ods", export.export_ods),
    ):
        run(five, ID, tmp_path / "a")
        assert (tmp_path / "a").read_bytes() == kept(five, version, kind)
    tenders.edit_tender(five, ID, edits.set_field("title", "Andere titel", "titel"))
    export.advise(five, ID, tmp_path / "a")
    text = everything_in(tmp_path / "a")
    assert "CONCEPT, nog niet definitief" in text
    assert "Andere titel" in text


def test_the_same_version_prints_to_the_same_bytes(five: Workspace) -> None:
    """Printed again from what it was made from, with the head and moment it carries."""
    version = papers.finalise(five, ID)
    basis = papers.basis_of(five, version)
    again = context_of(five, basis)
    again.on = Occasion(version.head, version.at, version.number)
    for audience in AUDIENCES:
        for kind, content in again.sheets(audience).items():
            assert content == kept(five, version, kind, audience), (kind, audience)


def test_a_version_is_made_from_two_comparisons_read_in_one_transaction(
    five: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was eight in eighteen: each function began again from the file, and could find another one."""
    counted: Counter[str] = Counter()
    begin = Store.unit

    def once(tender: Tender, inputs: Inputs) -> Comparison:
        counted["compare"] += 1
        return compare(tender, inputs)

    def transaction(store: Store) -> AbstractContextManager[UnitOfWork]:
        counted["transaction"] += 1
        return begin(store)

    monkeypatch.setattr(context, "compare", once)
    monkeypatch.setattr(Store, "unit", transaction)
    papers.finalise(five, ID)
    assert counted == {"compare": 2, "transaction": 2}


def test_version_two_says_what_changed_and_version_one_stays(five: Workspace, tmp_path: Path) -> None:
    first = papers.finalise(five, ID)
    one = kept(five, first)
    design = tenders.get_tender(five, ID)
    tenders.edit_tender(five, ID, edits.set_price(design, "nul", Decimal("1300000"), "raming"))
    tenders.edit_tender(five, ID, edits.set_advice("advice", "Advies", "Kies zorgvuldig."))
    since = papers.outdated_since(five, tenders.get_tender(five, ID))
    assert since is not None
    second = papers.finalise(five, ID)
    assert papers.outdated_since(five, tenders.get_tender(five, ID)) is None
    assert (second.number, kept(five, first)) == (2, one)
    text = one_line(everything_in(saved(five, tmp_path / "2.pdf", second)))
    assert "Wat is anders dan in versie 1" in text
    assert (
        "Nulvariant, Inschrijfsom (nulvariant: raming): was raming 1.287.654, is nu raming 1.300.000." in text
    )
    assert "De tekst van “Advies” is aangepast." in text
    outside = one_line(everything_in(saved(five, tmp_path / "2e.pdf", second, audience="external")))
    assert "1.300.000" not in outside
    assert "CONCEPT" not in text


def test_nothing_changed_makes_no_second_version(five: Workspace) -> None:
    papers.finalise(five, ID)
    with pytest.raises(StoreError) as refused:
        papers.finalise(five, ID)
    assert refused.value.key == "final_same"
    output_before = tenders.get_tender(five, ID)
    assert len(output_before.versions) == 1


@pytest.mark.parametrize(
    ("audience", "key", "title"),
    [("internal", "", "Vergelijking"), ("external", "extern_", "Vergelijking (extern)")],
)
def test_not_final_while_a_flag_is_open(five: Workspace, audience: Audience, key: str, title: str) -> None:
    """UX D10, inside and outside alike: a text written over other figures is renewed or left by a person
    first."""
    section = papers.told(five, tenders.get_tender(five, ID), audience).section("comparison")
    assert section is not None
    tenders.edit_tender(
        five, ID, edits.set_advice(f"{key}comparison", section.title, f"Zelf: {section.draft}", section.draft)
    )
    lower = edits.type_mki(tenders.get_tender(five, ID), "nul", "p1", OfferedMki(total=3.0), "MKI")
    tenders.edit_tender(five, ID, lower)
    with pytest.raises(StoreError) as refused:
        papers.finalise(five, ID)
    assert (refused.value.key, refused.value.params["section"]) == ("final_flag", title)
    assert tenders.get_tender(five, ID).versions == ()
    now = papers.told(five, tenders.get_tender(five, ID), audience).section("comparison")
    assert now is not None
    tenders.edit_tender(five, ID, edits.set_advice(f"{key}comparison", now.title, now.text, now.draft))
    assert papers.finalise(five, ID).number == 1


def test_practice_and_sealed_tenders_are_never_final(workspace: Workspace) -> None:
    add_example(workspace)
    with pytest.raises(StoreError) as refused:
        papers.finalise(workspace, practise(workspace, "voorbeeld"))
    assert refused.value.key == "final_practice"
    tenders.edit_tender(
        workspace, "voorbeeld", edits.set_field("sealed_until", "2036-12-12T10:00:00+01:00", "opening")
    )
    with pytest.raises(StoreError) as refused:
        papers.finalise(workspace, "voorbeeld")
    assert refused.value.key == "final_sealed"


def test_a_version_can_neither_be_taken_back_nor_smuggled_in(five: Workspace) -> None:
    version = papers.finalise(five, ID)
    forged = replace(version, number=2)
    for change in (
        edits.set_field("versions", (), "versies"),
        edits.set_field("versions", (version, forged), "versies"),
        edits.set_field("letters", (), "brieven"),
    ):
        if change.apply(tenders.get_tender(five, ID)) == tenders.get_tender(five, ID):
            continue
        with pytest.raises(LockRefusal):
            tenders.edit_tender(five, ID, change)
    assert tenders.get_tender(five, ID).versions == (version,)


# --- letters
# -------------------------------------------------------------------------------------------------------


def test_letters_follow_the_newest_version_and_are_kept(five: Workspace, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        export.write_letters(five, ID, SENT, tmp_path / "a")
    assert refused.value.key == "letters_no_version"
    drafts = export.write_letters(five, ID, SENT, tmp_path / "concept", draft=True)
    assert all("CONCEPT" in everything_in(path) for path in drafts)
    papers.finalise(five, ID)
    written = export.write_letters(five, ID, SENT, tmp_path / "brieven")
    made = tenders.get_tender(five, ID).letters[-1]
    assert (made.version, made.sent_on, len(made.files)) == (1, "2026-12-04", 10)
    with five.unit() as unit:
        stored = {file.file.file: unit.attachments.content(file.file.sha256) for file in made.files}
    assert {path.name: path.read_bytes() for path in written} == stored
    assert not any("CONCEPT" in everything_in(path) for path in written)
    assert (
        papers.current_version(five, tenders.get_tender(five, ID)) is not None
    )  # letters make nothing outdated
    tenders.edit_tender(five, ID, edits.set_field("title", "Anders", "titel"))
    with pytest.raises(StoreError) as refused:
        export.write_letters(five, ID, SENT, tmp_path / "b")
    assert refused.value.key == "letters_outdated"


def test_two_bidders_of_one_name_get_a_letter_each(workspace: Workspace, tmp_path: Path) -> None:
    """Also where a file system knows no capitals."""
    names = {"a": "Bouw BV", "c": "BOUW bv"}

    def alike(tender: Tender) -> Tender:
        variants = tuple(replace(v, bidder=names[v.id]) if v.id in names else v for v in tender.variants)
        return replace(tender, variants=variants)

    add_five(workspace, alike)
    written = export.write_letters(workspace, ID, SENT, tmp_path / "a", draft=True)
    assert len({path.name.casefold() for path in written}) == 10
    assert sum("(2)" in path.name for path in written) == 2


def test_a_letter_has_both_dates_with_their_rule(five: Workspace, tmp_path: Path) -> None:
    """5 December 2026: the twentieth day is Christmas, moved past the weekend; the vervaltermijn stays where
    it is."""
    written = export.write_letters(five, ID, date(2026, 12, 5), tmp_path / "a", draft=True)
    for path in written:
        text = one_line(everything_in(path))
        if "ingetrokken" in path.name:
            assert "pschortende termijn" not in text
            continue
        assert "Begin dan uiterlijk vrijdag 25 december 2026 een kort geding" in text
        assert "paragraaf 5.2 van de leidraad" in text
        assert "dit zijn twee termijnen" in text
        assert "Wij tekenen pas vanaf dinsdag 29 december 2026" in text
        assert "20 kalenderdagen, van 6 december 2026 tot en met 28 december 2026" in text
        assert "Eerste kerstdag, artikel 3 lid 1 Algemene termijnenwet" in text
        assert "artikel 2.127 Aanbestedingswet 2012" in text


@pytest.mark.parametrize("opened", [True, False], ids=["opened", "sealed"])
def test_a_stopped_procedure_has_letters_also_before_the_opening(
    workspace: Workspace, tmp_path: Path, opened: bool
) -> None:
    """Nobody wins, no price is told, and the dead procedure need not be scored and opened first."""

    def stop(tender: Tender) -> Tender:
        reason = replace(tender.publication, stopped_because="er is geen geld meer voor het werk")
        early: dict[str, Any] = {} if opened else {"opened": None, "judgements": ()}
        return replace(tender, publication=reason, status="stopped", **early)

    add_five(workspace, stop)
    version = papers.finalise(workspace, ID)
    if not opened:  # what is sealed stays so on every kept paper
        export.write_kept(workspace, version.files, tmp_path / "versie")
        for path in (tmp_path / "versie").iterdir():
            text = one_line(everything_in(path))
            assert not any(price in text for price in ("1.122.717", "1122717"))
    written = export.write_letters(workspace, ID, SENT, tmp_path / "a")
    assert len(written) == 10
    for path in written:
        text = one_line(everything_in(path))
        assert "Wij gunnen de opdracht niet." in text
        assert "Er is geen geld meer voor het werk." in text
        assert "1.122.717" not in text
        own = next(row for row in BIDDERS if row[2] in path.name)
        assert all(row[2] not in text for row in BIDDERS if row is not own)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"expiry_date": "2026-12-04", "expiry_days": None}, "letters_day_past"),
        ({"proof_by": "2026-11-01"}, "letters_day_past"),
        ({"objection": "yes"}, "letters_objection"),
    ],
)
def test_letters_that_would_say_what_cannot_be(
    workspace: Workspace, tmp_path: Path, change: dict[str, Any], key: str
) -> None:
    """A term that is over, proof due before the letter, sums that may not be told: nothing is made."""
    add_five(workspace, lambda t: replace(t, publication=replace(t.publication, **change)))
    papers.finalise(workspace, ID)
    with pytest.raises(StoreError) as refused:
        export.write_letters(workspace, ID, SENT, tmp_path / "a")
    assert refused.value.key == key
    assert tenders.get_tender(workspace, ID).letters == ()


def test_no_letters_without_a_winner(workspace: Workspace, tmp_path: Path) -> None:
    add_five(workspace, lambda tender: replace(tender, judgements=tender.judgements[:2]))
    for draft in (True, False):
        with pytest.raises(StoreError) as refused:
            export.write_letters(workspace, ID, SENT, tmp_path / "a", draft=draft)
        assert refused.value.key == "letters_no_winner"


# --- verify
# --------------------------------------------------------------------------------------------------------


def test_an_unchanged_file_of_each_kind(five: Workspace, tmp_path: Path) -> None:
    version = papers.finalise(five, ID)
    export.write_letters(five, ID, SENT, tmp_path / "brieven")
    files: list[FinalFile] = list(tenders.get_tender(five, ID).made_files)
    assert len(files) == 17
    for file in files:
        path = tmp_path / "a"
        with five.unit() as unit:
            path.write_bytes(unit.attachments.content(file.file.sha256))
        found = verify(five, path)
        assert (found.state, found.version, found.computes, found.is_newest, found.is_good) == (
            "unchanged",
            1,
            True,
            True,
            True,
        )
        assert found.file == file.file.file
    assert found.made_by == version.by


def test_a_changed_pdf_is_still_recognised(five: Workspace, tmp_path: Path) -> None:
    version = papers.finalise(five, ID)
    path = saved(five, tmp_path / "a.pdf", version, audience="external")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    found = verify(five, path)
    assert (found.state, found.version, found.file) == ("changed", 1, "2026-099 Adviesblad v1 EXTERN.pdf")
    assert not found.is_good
    assert (
        verifying.lines(found)[0]
        == "Dit bestand noemt zich een stuk van CirkelDesk, maar is niet wat wij maakten: het is "
        "gewijzigd of nagemaakt."
    )


def test_a_comment_is_no_signature(five: Workspace, tmp_path: Path) -> None:
    """Bytes that only look like one: the file was changed, and nothing is said of a signature."""
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    path.write_bytes(path.read_bytes() + b"\n%/ByteRange [0 1 2 3]\n%%EOF\n")
    assert verify(five, path).state == "changed"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"%PDF" + bytes(5000), b"PK\x03\x04" + bytes(50), "é".encode() * 999]
)
def test_odd_files_are_not_recognised(five: Workspace, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert verify(five, tmp_path / "a").state == "not_recognised"


def test_an_encrypted_and_a_swollen_pdf(five: Workspace, tmp_path: Path) -> None:
    """Neither stops the program: a password is asked of nobody, and metadata is read no further than ours
    could be."""
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "dicht.pdf", encryption=pikepdf.Encryption(owner="x", user="geheim"))
        pdf.Root.Metadata = pdf.make_stream(b" " * 300_000_000)
        pdf.save(tmp_path / "groot.pdf", compress_streams=True)
    assert verify(five, tmp_path / "dicht.pdf").state == "not_recognised"
    assert verify(five, tmp_path / "groot.pdf").state == "not_recognised"
    assert verify(five, tmp_path / "test.db").state == "not_recognised"  # it holds the PDF, and is none
    assert verify(five, tmp_path / "a.pdf").state == "unchanged"
    with pytest.raises(StoreError):
        verify(five, tmp_path)


def test_a_version_cannot_be_written_by_hand(five: Workspace) -> None:
    """Neither in a document nor with files that are not kept."""
    version = papers.finalise(five, ID)
    tender = tenders.get_tender(five, ID)
    plain = to_plain(replace(tender, versions=(replace(version, by="wethouder"),)))
    with pytest.raises(StoreError) as refused:
        tenders.put_tender(five, plain)
    assert refused.value.key == "records_in_document"
    stray = FinalFile("figures", "internal", Attachment("a.json", "0" * 64))
    forged = Version(2, content_hash(tender), version.head, five.store.author, five.store.now(), (stray,))
    with pytest.raises(StoreError) as refused:
        tenders.edit_tender(five, ID, edits.set_field("versions", (version, forged), "versies"))
    assert refused.value.key == "version_unsound"


def test_a_file_name_never_leads_out_of_the_folder(five: Workspace, tmp_path: Path) -> None:
    file = papers.finalise(five, ID).files[0]
    away = replace(file, file=replace(file.file, file="../weg.pdf"))
    export.write_kept(five, [away], tmp_path / "map" / "in")
    assert [path.relative_to(tmp_path / "map").as_posix() for path in (tmp_path / "map").rglob("*.pdf")] == [
        "in/-weg.pdf"
    ]


def test_letters_say_what_is_missing(five: Workspace, tmp_path: Path) -> None:
    """No sender, no term to be told, no word on the winner, or a day before the version: nothing is made or
    recorded."""
    asked = tenders.get_tender(five, ID).publication
    for key, publication, organisation, sent in (
        ("letters_no_sender", asked, "", SENT),
        ("letters_standstill", replace(asked, procedure=None), "Provincie", SENT),
        ("letters_standstill", replace(asked, procedure="several_private"), "Provincie", SENT),
        ("letters_no_words", replace(asked, characteristics=None), "Provincie", SENT),
        ("letters_too_early", asked, "Provincie", date(2020, 1, 1)),
        ("letters_too_early", asked, "Provincie", date(9999, 12, 1)),
    ):
        save_file_settings(five, FileSettings(organisation))
        tenders.edit_tender(five, ID, edits.set_field("publication", publication, "gegevens"))
        if papers.current_version(five, tenders.get_tender(five, ID)) is None:
            papers.finalise(five, ID)
        with pytest.raises(StoreError) as refused:
            export.write_letters(five, ID, sent, tmp_path / "brieven")
        assert refused.value.key == key
        assert not (tmp_path / "brieven").exists()
    assert tenders.get_tender(five, ID).letters == ()


def test_one_byte_more_is_a_change(five: Workspace, tmp_path: Path) -> None:
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    path.write_bytes(path.read_bytes() + b"\n")
    assert verify(five, path).state == "changed"


@pytest.mark.filterwarnings("ignore")
def test_a_signature_nobody_vouches_for_is_said(five: Workspace, tmp_path: Path) -> None:
    """By another program, with a certificate that vouches for itself: what it covers is told, whom it is of
    cannot be."""
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    found = verify(five, signed(path, tmp_path / "getekend.pdf"))
    assert (found.state, found.intact, found.version, found.is_good) == ("signed", True, 1, False)
    text = " ".join(verifying.lines(found))
    assert "met een digitale handtekening" in text
    assert "Ons eigen stuk staat er ongewijzigd in, en dat is wat u ziet." in text
    assert "Die hebben wij niet gecontroleerd." in text


def test_a_file_of_another_database(five: Workspace, tmp_path: Path) -> None:
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    with open_workspace(tmp_path / "ander.db") as other:
        found = verify(other, path)
        assert (found.state, found.version) == ("other_database", 1)
        path.write_bytes(b"een ander bestand")
        assert verify(other, path).state == "not_recognised"
        with pytest.raises(StoreError):
            verify(other, tmp_path / "weg.pdf")


def test_a_version_travels_with_its_dossier(five: Workspace, tmp_path: Path) -> None:
    """In another database the file is recognised, and its figures are computed again there."""
    version = papers.finalise(five, ID)
    path = saved(five, tmp_path / "a.pdf", version)
    export.export_dossier(five, ID, tmp_path / "a.cirkel")
    with open_workspace(tmp_path / "ander.db") as other:
        assert [report.status for report in import_files(other, [tmp_path / "a.cirkel"])] == ["imported"]
        found = verify(other, path)
        assert (found.state, found.computes, found.is_newest, found.made_here) == (
            "unchanged",
            True,
            True,
            False,
        )
        assert not found.is_good  # who made it can only be seen where it was made
        with other.unit() as unit:
            assert faults(unit) == []


def test_an_outdated_version_still_computes(five: Workspace, tmp_path: Path) -> None:
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    tenders.edit_tender(five, ID, edits.set_field("title", "Nieuw", "titel"))
    found = verify(five, path)
    assert (found.state, found.is_newest, found.computes) == ("unchanged", False, True)
    assert "verouderd" in " ".join(verifying.lines(found))


def test_renewed_reference_data_is_said_and_changes_no_figure(five: Workspace, tmp_path: Path) -> None:
    """A newer weighting set is offered since: the version computes with the set it pinned."""
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    with five.unit() as unit:
        digest = unit.references.of("weighting_set")["A2"]
        value = unit.document(digest)
        assert isinstance(value, WeightingSet)
        first, *rest = value.weights
        newer = replace(
            value, edition="proef", weights=(replace(first, euro_per_unit=first.euro_per_unit * 2), *rest)
        )
        unit.commit("weighting_set", "A2", newer, "reference_data", {"name": "A2"})
        unit.references.offer("weighting_set", "A2", content_hash(newer))
    found = verify(five, path)
    assert (found.state, found.computes, found.renewed) == ("unchanged", True, ("weegset A2",))
    assert "Sindsdien vernieuwd: weegset A2." in " ".join(verifying.lines(found))


def test_pinned_data_that_was_tampered_with_is_said(five: Workspace, tmp_path: Path) -> None:
    """Somebody changed the pinned weights in the file itself: the version cannot be computed any more."""
    version = papers.finalise(five, ID)
    path = saved(five, tmp_path / "a.pdf", version)
    pinned = papers.basis_of(five, version).ask.weighting_set
    five.store.close()
    with sqlite3.connect(tmp_path / "test.db") as database:
        database.execute("UPDATE document SET content = zeroblob(10) WHERE hash = ?", (pinned,))
    with open_workspace(tmp_path / "test.db") as again:
        found = verify(again, path)
    assert (found.state, found.computes, found.why) == ("unchanged", None, "db_damaged")
    assert not found.is_good


def test_other_figures_are_named(five: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As another build of the program might compute: the figure that differs is named."""
    path = saved(five, tmp_path / "a.pdf", papers.finalise(five, ID))
    exact = papers.figures_of

    def other(workspace: Workspace, tender: object) -> bytes:
        plain = json.loads(exact(workspace, tender))  # type: ignore[arg-type]
        plain["compare"]["variants"][0]["mki"]["total"] = 1.0
        return json.dumps(plain).encode()

    monkeypatch.setattr("cirkeldesk.operations.paper.verify.figures_of", other)
    found = verify(five, path)
    assert (found.computes, found.is_good) == (False, False)
    assert found.differences == ("compare.variants[0].mki.total: was 60750.0, is nu 1.0",)


def test_verify_on_the_command_line(
    five: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = papers.finalise(five, ID)
    path = saved(five, tmp_path / "a.pdf", version)
    five.store.close()
    database = str(tmp_path / "test.db")
    assert main(["--db", database, "verify", str(path)]) == 0
    assert "Dit bestand is ongewijzigd." in capsys.readouterr().out
    assert main(["--db", database, "verify", "--json", str(path)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["state"], answer["version"], answer["computes"]) == ("unchanged", 1, True)
    path.write_bytes(path.read_bytes()[:-20])
    assert main(["--db", database, "verify", str(path)]) == 1
    for arguments in (
        ["letters", "2026-099", "--sent", "4-12-2026", "--folder", str(tmp_path / "brieven")],
        ["record", "2026-099", "--to", str(tmp_path / "pv.docx")],
        ["record", "2026-099", "--opening", "--to", str(tmp_path / "opening.pdf")],
        ["export", "2026-099", "--ods", str(tmp_path / "a.ods"), "--external"],
        ["export", "2026-099", "--csv", str(tmp_path / "csv")],
        ["advise", "2026-099", "--pdf", str(tmp_path / "e.pdf"), "--external"],
    ):
        assert main(["--db", database, *arguments]) == 0, arguments
    assert main(["--db", database, "finalise", "2026-099"]) == 1
    assert "er is niets gewijzigd" in capsys.readouterr().err
    assert main(["--db", database, "letters", "2026-099", "--sent", "morgen", "--folder", str(tmp_path)]) == 2
    shutil.rmtree(tmp_path / "brieven")
