"""Forty ways in which a form may come back: the right bid, a finding for a person, or a fault by cell; never
refused for an addition that changes nothing, and no reservation unseen."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from cirkeldesk.exchange.table.spreadsheet import spreadsheet_sheets
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.bids import check_form, keep_form, save_marked, take_form
from cirkeldesk.operations.workspace import Workspace
from tests.exchange.test_bid_form import at, beside, cell, filled, make_tender, percent, put
from tests.exchange.workbooks import ods_row, ods_zip, rezipped

Bytes = Callable[[bytes], bytes]


@pytest.fixture
def tender(workspace: Workspace) -> Tender:
    return make_tender(workspace)


@dataclass(frozen=True)
class Way:
    """What a bidder did, and what must come of it: "bid", the key of a finding, or the key of a fault."""

    name: str
    outcome: str
    do: Callable[[Workbook], object] = lambda book: None
    to_bytes: Bytes = lambda content: content


def sheet(name: str, *texts: str) -> Callable[[Workbook], None]:
    def add(book: Workbook) -> None:
        page = book.create_sheet(name)
        for row, text in enumerate(texts, 1):
            page.cell(row, 1, text)

    return add


def comment(place: str, text: str) -> Callable[[Workbook], None]:
    def add(book: Workbook) -> None:
        book["Inschrijving"][place].comment = Comment(text, "bieder")

    return add


def header(where: str, text: str) -> Callable[[Workbook], None]:
    def add(book: Workbook) -> None:
        page: Any = book["Posten"]
        getattr(page, where).center.text = text

    return add


def with_member(name: str, text: bytes) -> Bytes:
    def add(content: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for member in old.namelist():
                new.writestr(member, old.read(member))
            new.writestr(name, text)
        return buffer.getvalue()

    return add


DRAWING = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>Onder '
    b"voorbehoud van financiering</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
)
VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>Prijs tot 1 mei</div></v:textbox>'
    b"</v:shape></xml>"
)


def as_ods(content: bytes) -> bytes:
    """The form as an OpenDocument file, as an office program would save it."""
    tables = []
    for found in spreadsheet_sheets(content, "x"):
        rows = "".join(
            ods_row([c.number if c.number is not None else c.text for c in row]) for row in found.rows
        )
        tables.append(f'<table:table table:name="{found.name}">{rows}</table:table>')
    return ods_zip("".join(tables))


def as_csv(content: bytes) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    for row in spreadsheet_sheets(content, "x")[0].rows:
        writer.writerow([c.text for c in row])
    return buffer.getvalue().encode()


def twice(content: bytes) -> bytes:
    """The bid sum twice in its row, the second for one euro."""

    def change(name: str, text: bytes) -> tuple[str, bytes]:
        if not name.endswith("sheet1.xml"):
            return name, text
        at_ = text.index(b'r="B10"')
        start, end = text.rindex(b"<c ", 0, at_), text.index(b"</c>", at_) + 4
        return name, text[:end] + b'<c r="B10"><v>1</v></c>' + text[end:] if start else text

    return rezipped(content, change)


def hidden_row(book: Workbook) -> None:
    book["Posten"].row_dimensions[6].hidden = True


def struck(book: Workbook) -> None:
    place = beside(book["Inschrijving"], "Inschrijfsom")
    book["Inschrijving"][place].font = Font(strike=True)


def fractions(book: Workbook) -> None:
    book["Samenstelling"]["C5"], book["Samenstelling"]["C6"] = 0.94, 0.06


def percentages(book: Workbook) -> None:
    fractions(book)
    for place in ("C5", "C6"):
        percent(book, "Samenstelling", place)


def without_first_row(book: Workbook) -> None:
    book["Inschrijving"].delete_rows(1)


WAYS = [
    Way("as it is", "bid"),
    Way("sheets in another order", "bid", lambda book: book.move_sheet("Posten", 2)),
    Way("a hidden sheet of the form", "bid", lambda book: setattr(book["Samenstelling"], "sheet_state", "hidden")),
    Way("an empty sheet", "bid", lambda book: book.create_sheet("Blad1")),
    Way("numbers as Dutch text", "bid", lambda book: cell(book, "Posten", "MKI", 5, "8,9")),
    Way("numbers as English text", "bid", lambda book: cell(book, "Posten", "MKI", 5, "8.9")),
    Way("money with a euro sign", "bid", lambda book: put(book["Inschrijving"], "Inschrijfsom", "€ 66.042,90")),
    Way("shares as percentages", "bid", percentages),
    Way("a choice with a hyphen", "bid", lambda book: put(book["Inschrijving"], "Levensfasen", "A1-A3 + D")),
    Way("a choice with cat.", "bid", lambda book: put(book["Inschrijving"], "Datacategorie", "cat. 1")),
    Way("a choice in capitals", "bid", lambda book: put(book["Inschrijving"], "Weegset", "ZOALS GEVRAAGD")),
    Way("ghost cells", "bid", lambda book: setattr(book["Posten"].cell(40_000, 1), "font", Font(bold=True))),
    Way("as OpenDocument", "bid", to_bytes=as_ods),
    Way("with 60.000 styles", "bid", to_bytes=lambda content: rezipped(content, lambda n, t: (
        n, t.replace(b"</cellXfs>", b'<xf numFmtId="0" fontId="0"/>' * 60_000 + b"</cellXfs>") if n == "xl/styles.xml" else t))),
    Way("a sheet of their own", "form_extra_sheet", sheet("Toelichting", "Zie ook ons plan", "Onder voorbehoud")),
    Way("a remark beside the form", "form_outside", at("Inschrijving", "D9", "zie brief")),
    Way("a column of remarks", "form_outside", at("Posten", "L5", "inclusief kleeflaag")),
    Way("a remark far away", "form_outside", at("Posten", "ZZ500", "let op")),
    Way("a remark at the last cell", "form_outside", at("Posten", "XFD1048576", "let op")),
    Way("text below the help", "form_outside", at("Uitleg", "A40", "onder voorbehoud")),
    Way("the unit in the price", "form_unit_in_cell", lambda book: cell(book, "Posten", "Eenheidsprijs", 5, "27,50 €/ton")),
    Way("the unit in words", "form_unit_in_cell", lambda book: cell(book, "Posten", "MKI", 5, "8,9 € MKI per ton")),
    Way("years behind a life", "bid", lambda book: cell(book, "Posten", "Levensduur", 5, "14 jr")),
    Way("excl. btw behind the sum", "form_unit_in_cell", lambda book: put(book["Inschrijving"], "Inschrijfsom", "66.042,90 excl. btw")),
    Way("a comment", "form_comment", comment("B9", "onder voorbehoud")),
    Way("a comment elsewhere", "form_comment", comment("F3", "prijs vast tot mei")),
    Way("a page header", "form_header", header("oddHeader", "Onder voorbehoud van vergunning")),
    Way("a page footer", "form_footer", header("oddFooter", "Vrijblijvend")),
    Way("a header of even pages", "form_header", header("evenHeader", "Concept")),
    Way("a text box", "form_shape", to_bytes=with_member("xl/drawings/drawing9.xml", DRAWING)),
    Way("an old text box", "form_shape", to_bytes=with_member("xl/drawings/vmlDrawing9.vml", VML)),
    Way("a hidden row with a price", "form_hidden", hidden_row),
    Way("a struck bid sum", "form_struck", struck),
    Way("fractions for percentages", "form_fractions", fractions),
    Way("a price of nothing", "form_zero", lambda book: cell(book, "Posten", "Eenheidsprijs", 5, 0)),
    Way("a bid of nothing", "form_zero", lambda book: put(book["Inschrijving"], "Inschrijfsom", 0)),
    Way("another unit", "!form_not_a_number", lambda book: cell(book, "Posten", "Eenheidsprijs", 5, "27,50 €/m2")),
    Way("incl. btw", "!form_not_a_number_required", lambda book: put(book["Inschrijving"], "Inschrijfsom", "66.042,90 incl. btw")),
    Way("circa", "!form_not_a_number_required", lambda book: cell(book, "Posten", "MKI", 5, "ca. 9")),
    Way("the same cell twice", "!form_twice", to_bytes=twice),
    Way("an absurd price", "!form_limits", lambda book: put(book["Inschrijving"], "Inschrijfsom", 1e300)),
    Way("a locked text changed", "!form_lock_changed", at("Posten", "A6", "Onderlaag 2")),
    Way("the first row taken out", "!form_lock_changed", without_first_row),
]  # fmt: skip


def test_there_are_forty_and_more() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS) >= 40


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_form_as_it_came_back(workspace: Workspace, tender: Tender, tmp_path: Path, way: Way) -> None:
    path = filled(workspace, tmp_path, way.do)
    path.write_bytes(way.to_bytes(path.read_bytes()))
    check = check_form(workspace, path)
    keys = {f.level: {g.message.key for g in check.faults if g.level == f.level} for f in check.faults}
    if way.outcome == "bid":
        assert (keys.get("error"), keys.get("decide")) == (None, None), check.faults
        identity = take_form(workspace, check)
    elif way.outcome.startswith("!"):
        assert way.outcome.removeprefix("!") in keys["error"], check.faults
        assert check.variant is None
        assert import_files(workspace, [path])[0].status == "refused"
        assert len(tenders.get_tender(workspace, "t1").received) == 1  # kept as it came
        return
    else:
        assert (keys.get("error"), keys["decide"]) == (None, {way.outcome}), check.faults
        with pytest.raises(StoreError, match="form_decide"):
            take_form(workspace, check)
        assert import_files(workspace, [path])[0].status == "question"
        check = check_form(workspace, path)
        identity = take_form(workspace, check, "Dit verandert niets aan de inschrijving.")
        kept = tenders.get_tender(workspace, "t1").received[0]
        assert (kept.outcome, kept.reason) == ("taken", "Dit verandert niets aan de inschrijving.")
    bid = tenders.get_tender(workspace, "t1").variant(identity)
    assert bid.bidder == "Wegenbouw Verzonnen BV"
    assert bid.price == (Decimal("0.00") if way.name == "a bid of nothing" else Decimal("66042.90"))
    assert [a.mki.total for a in bid.answers if a.mki is not None] == [8.9, 6.4]


def test_a_form_taken_over_by_the_command_line_with_a_reason(
    workspace: Workspace, tender: Tender, tmp_path: Path
) -> None:
    path = filled(workspace, tmp_path, sheet("Toelichting", "Wij werken in weekenden."))
    assert import_files(workspace, [path], accept="Het blad herhaalt het plan.")[0].status == "imported"
    assert tenders.get_tender(workspace, "t1").received[0].reason == "Het blad herhaalt het plan."


UNREADABLE: dict[str, bytes] = {
    "old Excel": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "a damaged zip": b"PK\x03\x04" + b"niet" * 90,
    "a text": b"Wij schrijven in voor EUR 66.042,90",
    "a PDF": b"%PDF-1.7 geen formulier",
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_nobody_can_read_is_kept_after_the_deadline(
    workspace: Workspace, tender: Tender, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "inschrijving.xls"
    path.write_bytes(UNREADABLE[kind])
    with pytest.raises(ReadError):
        check_form(workspace, path)  # of no tender that anybody named
    check = check_form(workspace, path, tender_id="t1")
    assert [f.message.key for f in check.faults] == ["form_unreadable"]
    keep_form(workspace, check)
    kept = tenders.get_tender(workspace, "t1").received[0]
    with workspace.unit() as unit:
        assert unit.attachments.content(kept.file.sha256) == UNREADABLE[kind]
    assert kept.outcome == "refused"


def test_a_form_as_csv_says_what_to_send(workspace: Workspace, tender: Tender, tmp_path: Path) -> None:
    path = filled(workspace, tmp_path)
    csv_path = tmp_path / "formulier.csv"
    csv_path.write_bytes(as_csv(path.read_bytes()))
    report = import_files(workspace, [csv_path])[0]
    assert (report.status, report.notes[0].message.key) == ("refused", "form_as_csv")


def test_a_marked_copy_of_an_open_document(workspace: Workspace, tender: Tender, tmp_path: Path) -> None:
    path = filled(workspace, tmp_path, lambda book: put(book["Inschrijving"], "Inschrijfsom", "n.n.b."))
    path.write_bytes(as_ods(path.read_bytes()))
    check = check_form(workspace, path)
    save_marked(workspace, replace(check), tmp_path / "intern.xlsx", "internal")
    book = load_workbook(tmp_path / "intern.xlsx")
    place = beside(book["Inschrijving"], "Inschrijfsom")
    assert book["Inschrijving"][place].comment is not None
    assert book["Inschrijving"][place].value == "n.n.b."
