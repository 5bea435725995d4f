"""A hundred hostile files over PDF, OpenDocument, RSX and ZSX: read or refused within 5 seconds and 300 MB,
and nothing stored half."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cirkeldesk.exchange.bill.read import read_bill
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from tests.exchange.bill import bills
from tests.exchange.pdf import declarations
from tests.exchange.test_bad_inputs import MEASURES, mark_memory, peak_memory
from tests.exchange.workbooks import NAMES, ods, ods_cell, ods_row, ods_zip

MOST_SECONDS, MOST_BYTES = 5, 300 * 1024 * 1024  # limits on hostile input, see docs/reading.md


def pdf_of(content: bytes, more: str = "") -> bytes:
    """A small PDF of one page with this content stream."""
    packed = zlib.compress(content)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1"
        f"/BaseFont/Helvetica>>>>>>{more}>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]  # fmt: skip
    out = b"%PDF-1.7\n"
    for number, part in enumerate(parts, 1):
        out += b"%d 0 obj%s endobj\n" % (number, part)
    return out + b"trailer<</Root 1 0 R/Size 5>>"


def hostile_pdfs() -> Iterator[bytes]:
    text = b"BT /F 8 Tf 1 0 0 1 40 800 Tm (A1 A2 A3 A1-A3 D Totaal) Tj ET "
    yield pdf_of(text * 20_000)  # the same letters on each other
    yield pdf_of(b"BT /F 8 Tf (" + b"A1 " * 400_000 + b") Tj ET")
    yield pdf_of(b"q " * 200_000 + b"Q " * 200_000)  # depth
    yield pdf_of(b"BT /F 1e30 Tf 1 0 0 1 40 800 Tm (GWP 1) Tj ET" + text)
    yield pdf_of(b"BT /F 8 Tf 1e30 0 0 1e-30 0 0 Tm (A1 A2 1,2 3,4) Tj ET")
    yield pdf_of(text + b"BT /F 8 Tf 1 0 0 1 40 700 Tm (GWP " + b"9" * 60_000 + b") Tj ET")
    yield pdf_of(text + b"BT /F 8 Tf 1 0 0 1 40 700 Tm (GWP 1E999 1E-999 -1E400 0E0 1 1) Tj ET")
    yield pdf_of(b"\0" * 40_000_000)  # a bomb of nothing
    yield pdf_of(b"", "/Rotate 91")
    yield pdf_of(text, "/UserUnit 1e9")
    yield b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>"
    yield b"%PDF-1.7\n" + b"1 0 obj[" * 50_000
    yield b"%PDF-1.7\nxref\n0 99999999\n" + b"0000000000 65535 f \n" * 4
    yield b"%PDF-1.7\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2147483647>>endobj\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj trailer<</Root 1 0 R>>"
    chance = random.Random(7)
    whole = declarations.asphalt_pdf(declarations.asphalt(3))
    for _ in range(26):
        at = chance.randrange(len(whole))
        yield whole[:at] + chance.randbytes(chance.randint(1, 900)) + whole[at + chance.randint(0, 900) :]


def hostile_documents() -> Iterator[bytes]:
    cell = ods_cell("x", 'table:number-columns-repeated="99999999"')
    yield ods([ods_row([cell], 'table:number-rows-repeated="99999999"')])
    yield ods(
        [
            ods_row(
                [ods_cell(1.5, 'table:number-columns-repeated="1000"')], 'table:number-rows-repeated="60000"'
            )
        ]
    )
    yield ods([ods_row(["GWP"], f'table:number-rows-repeated="{10**30}"')])
    yield ods(
        [
            ods_row(
                [
                    ods_cell(
                        "x", 'table:number-columns-spanned="99999999" table:number-rows-spanned="99999999"'
                    )
                ]
            )
        ]
    )
    yield ods([ods_row(["x" * 33_000])])
    yield ods([("GWP",) * 900] * 300)
    yield ods_zip("<table:table-row-group>" * 3_000 + "</table:table-row-group>" * 3_000)
    yield ods_zip("".join(f'<table:table table:name="{n}"/>' for n in range(5_000)))
    yield ods_zip(
        '<table:table table:name="x"><table:table-row>'
        + "<table:table-cell/>" * 200_000
        + "</table:table-row></table:table>"
    )
    yield ods(
        [
            "<table:table-row><table:table-cell>"
            + "<text:p>a</text:p>" * 50_000
            + "</table:table-cell></table:table-row>"
        ]
    )
    yield ods(
        [
            '<table:table-row><table:table-cell><text:p><text:s text:c="999999999"/>x</text:p></table:table-cell></table:table-row>'
        ]
    )
    yield ods(
        [
            '<table:table-row><table:table-cell office:value-type="float" office:value="1e999"/></table:table-row>'
        ]
    )
    yield f'<!DOCTYPE a [<!ENTITY b "{"c" * 1000}">]><office:document {NAMES}>{"&b;" * 1000}</office:document>'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        bomb.writestr("META-INF/manifest.xml", "<m/>")
        bomb.writestr("content.xml", "<a>" + " " * 200_000_000 + "</a>")
    yield buffer.getvalue()
    chance = random.Random(8)
    whole = ods()
    for _ in range(16):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        yield bytes(content)


def hostile_bills() -> Iterator[bytes]:
    small = bills.lines(40)
    yield b"<RAWBestand>" + b"<a>" * 100_000
    yield (
        b"<RAWBestand><b>"
        + b"<Post><Code>1</Code><Omschrijving>x</Omschrijving><Eenheid>m</Eenheid><Hoeveelheid>1</Hoeveelheid></Post>"
        * 30_000
        + b"</b></RAWBestand>"
    )
    yield bills.rsx(small).replace(b"<dl22.hoev.res.verpl", b"<dl22.hoev.res.verpl kenmerk='Z'", 1)
    yield bills.rsx([x for x in small for _ in range(60)])
    yield bills.zsx(small).replace(b"<Hoeveelheid>", b"<Hoeveelheid>" + b"9" * 5_000)
    yield bills.zsx(small).replace(b"<Hoeveelheid>", b"<Hoeveelheid>1E99999999")
    yield bills.zsx(small).replace(b"<Code>", b"<Code>&#1114111;")
    yield b"<!DOCTYPE x SYSTEM 'file:///etc/hosts'>" + bills.zsx(small)
    chance = random.Random(9)
    for make in (bills.rsx, bills.rsx_simple, bills.zsx):
        whole = make(small)
        for _ in range(10):
            at = chance.randrange(len(whole))
            yield whole[:at] + chance.randbytes(chance.randint(1, 60)) + whole[at + chance.randint(0, 300) :]


@pytest.mark.parametrize("kind", ["pdf", "ods", "bill"])
def test_hostile_files_stay_within_their_bounds(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    made = {"pdf": hostile_pdfs, "ods": hostile_documents, "bill": hostile_bills}[kind]
    count = 0
    for number, content in enumerate(made()):
        path = tmp_path / f"{kind} {number}"
        path.write_bytes(content)
        held = mark_memory() if MEASURES else 0
        started = time.process_time()
        if kind == "bill":
            with contextlib.suppress(ReadError):
                assert read_bill(content, path.name).lines
        else:
            report = import_files(workspace, [path])[0]
            assert not any(n.message.key == "file_ours" for n in report.notes), number
        assert time.process_time() - started < MOST_SECONDS, number
        if MEASURES:
            assert peak_memory() - held < MOST_BYTES, number
        count += 1
    assert count >= 30
    with workspace.unit() as unit:
        assert faults(unit) == []
