"""Spreadsheets as Excel shows them: ghost cells, hidden and struck-through places, joined cells, other
dialects, and OpenDocument; in tables of declarations first, because there a wrong cell becomes a wrong
figure."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.exchange.table.generic_table import read as read_table
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.exchange.table.table_mapping import propose
from cirkeldesk.model.product.product import Source
from cirkeldesk.model.refusal import ReadError
from tests.exchange.workbooks import (
    ROWS,
    ods,
    ods_cell,
    ods_row,
    ods_zip,
    rezipped,
    saved,
    strict,
    xlsx,
)


def read(content: bytes, name: str = "tabel.bestand") -> Reading:
    return read_content(content, name, Dependencies(), {})


def values(found: Reading) -> dict[tuple[str, str], float | None]:
    assert len(found.products) == 1, found
    return {(r.indicator, r.module): r.value for d in found.products[0].declarations for r in d.values}


def told(found: Reading) -> dict[str, str]:
    return {n.message.key: str(dict(n.message.params).get("places", "")) for n in found.notes}


MODULES = ("A1-A3", "C4", "D")
ALL = {
    (code, module): cell for code, _, *cells in ROWS[4:] for module, cell in zip(MODULES, cells, strict=True)
}


def ghost_row(page: Any) -> None:
    page.cell(40_000, 1).font = Font(bold=True)


def ghost_borders(page: Any) -> None:
    for row in range(9, 3_000):
        page.cell(row, 9).font = Font(bold=True)


def ghost_corner(page: Any) -> None:
    page.cell(1_048_576, 16_384).font = Font(bold=True)


def ghost_column(page: Any) -> None:
    for column in range(6, 600):
        page.cell(4, column).font = Font(bold=True)


@pytest.mark.parametrize("ghost", [ghost_row, ghost_borders, ghost_corner, ghost_column])
def test_cells_with_nothing_in_them_make_no_table_large(ghost: Callable[[Any], None]) -> None:
    assert values(read(xlsx(ghost))) == ALL


def test_ghost_rows_of_an_open_document_cost_nothing() -> None:
    ghost = ods_row(
        [ods_cell("", 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048569"'
    )
    started = time.process_time()
    assert values(read(ods((*ROWS, ghost)))) == ALL
    assert time.process_time() - started < 5  # a limit on hostile input


def test_something_far_away_is_told_and_stops_nothing() -> None:
    found = read(xlsx(lambda page: page.cell(1_048_576, 16_384, "x")))
    assert (values(found), told(found)["far_cells"]) == (ALL, "XFD1048576")


def hidden_column(page: Any) -> None:
    page.column_dimensions["D"].hidden = True


def narrow_column(page: Any) -> None:
    page.column_dimensions["D"].width = 0


def hidden_row(page: Any) -> None:
    page.row_dimensions[6].hidden = True


def struck_row(page: Any) -> None:
    for cell in page[6]:
        cell.font = Font(strike=True)


def struck_cell(page: Any) -> None:
    page["E5"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("change", "missing", "places"),
    [
        (hidden_column, [("GWP-total", "C4"), ("AP", "C4"), ("EP-marine", "C4")], "kolom D"),
        (hidden_row, [("AP", "A1-A3"), ("AP", "C4"), ("AP", "D")], "rij 6"),
        (struck_row, [("AP", "A1-A3"), ("AP", "C4"), ("AP", "D")], "doorgehaald: rij 6"),
        (struck_cell, [("GWP-total", "D")], "doorgehaald: E5"),
    ],
)
def test_what_nobody_sees_does_not_count_and_is_told(
    change: Callable[[Any], None], missing: list[tuple[str, str]], places: str
) -> None:
    content = xlsx(change)
    found = read(content)
    seen = {key: value for key, value in values(found).items() if value is not None}
    assert seen == {key: value for key, value in ALL.items() if key not in missing}
    assert told(found)["unseen_left_out"] == places
    # And it is a person's choice: with the same mapping, but all of it.
    sheets = spreadsheet_sheets(content, "tabel")
    mapping = replace(propose(sheets, "tabel"), unseen="read")
    uses = propose((replace(sheets[0], unseen=type(sheets[0].unseen)()),), "tabel").uses
    whole = read_table(sheets, replace(mapping, uses=uses), Source("tabel", "tabel", ""), asked=True)
    assert (values(whole), told(whole)["unseen_read"]) == (ALL, places)


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_hidden_places_of_an_open_document(visibility: str) -> None:
    rows = [*ROWS[:5], ods_row(ROWS[5], f'table:visibility="{visibility}"'), ROWS[6]]
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        f'<table:table-column table:visibility="{visibility}"/><table:table-column/>'
    )
    found = read(ods(rows, columns))
    seen = {key for key, value in values(found).items() if value is not None}
    assert seen == {("GWP-total", "A1-A3"), ("GWP-total", "D"), ("EP-marine", "A1-A3"), ("EP-marine", "D")}
    assert told(found)["unseen_left_out"] == "kolom D; rij 6"


def test_struck_cells_of_an_open_document() -> None:
    struck = [ods_cell(value, 'table:style-name="door"') for value in ROWS[5]]
    found = read(ods([*ROWS[:5], ods_row(struck), ROWS[6]]))
    assert ("AP", "A1-A3") not in values(found)
    assert told(found)["unseen_left_out"] == "doorgehaald: rij 6"


def test_texts_of_joined_cells_stand_in_each_of_their_rows() -> None:
    rows: list[tuple[Any, ...]] = [("Naam", "Functionele eenheid", "Module", "GWP-total (A2)")]
    rows += [
        ("Mengsel (verzonnen)", "1 ton", "A1-A3", 52.5),
        (None, None, "C4", 1.5),
        (None, None, "D", -6.25),
    ]

    def joined(page: Any) -> None:
        page.merge_cells("A2:A4")
        page.merge_cells("B2:B4")

    spanned = 'table:number-rows-spanned="3"'
    open_document = ods([rows[0], ods_row([ods_cell("Mengsel (verzonnen)", spanned), ods_cell("1 ton", spanned), "A1-A3", 52.5]),
                         rows[2], rows[3]])  # fmt: skip
    for content in (xlsx(joined, rows), open_document):
        found = read(content)
        assert values(found) == {
            ("GWP-total", "A1-A3"): 52.5,
            ("GWP-total", "C4"): 1.5,
            ("GWP-total", "D"): -6.25,
        }
        assert found.products[0].declared_unit == "ton"


def test_a_number_in_joined_cells_is_not_multiplied() -> None:
    sheet = spreadsheet_sheets(xlsx(lambda page: page.merge_cells("C5:C7")), "tabel")[0]
    assert [row[2].text for row in sheet.carried_down().rows[4:7]] == ["52.5", "", ""]


def test_strict_open_xml_and_backslashes_are_read_without_a_word(recwarn: pytest.WarningsRecorder) -> None:
    warnings.simplefilter("always")
    odd = rezipped(xlsx(), lambda name, text: (name.replace("/", "\\"), text))
    for content in (strict(xlsx()), odd):
        assert is_spreadsheet(content)
        assert values(read(content)) == ALL
    assert [str(w.message) for w in recwarn] == []


def test_sixty_thousand_styles_cost_next_to_nothing() -> None:
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'

    def swollen(name: str, text: bytes) -> tuple[str, bytes]:
        if name != "xl/styles.xml":
            return name, text
        return name, text.replace(b"</cellXfs>", style * 60_000 + b"</cellXfs>")

    started = time.process_time()
    assert values(read(rezipped(xlsx(), swollen))) == ALL
    assert time.process_time() - started < 5  # a limit on hostile input; it took 21 s


def test_a_percentage_a_date_and_a_strike_are_known_by_their_style() -> None:
    def styled(page: Any) -> None:
        page["A1"], page["A1"].number_format = 0.25, "0.0%"
        page["B1"], page["B1"].number_format = 46_000, "d mmm yyyy"
        page["C1"], page["C1"].font = "weg", Font(strike=True)
        page["D1"] = "=1+1"

    sheet = spreadsheet_sheets(xlsx(styled, ()), "x")[0]
    assert [(c.text, c.number, c.percent, c.unknown) for c in sheet.rows[0]] == [
        ("0.25", 0.25, True, False),
        ("2025-12-09", None, False, False),
        ("weg", None, False, False),
        ("", None, False, True),
    ]
    assert sheet.unseen.struck == {(0, 2)}


def test_what_stands_beside_the_cells_is_known() -> None:
    book = Workbook()
    page: Any = book.active
    page["B2"] = 1
    page["B2"].comment = Comment("onder voorbehoud", "x")
    page.oddHeader.center.text = "Onder voorbehoud van vergunning && meer"
    page.oddFooter.left.text = "&P van &N"
    sheet = spreadsheet_sheets(saved(book), "x")[0]
    assert [(r.kind, r.text, r.place) for r in sheet.remarks] == [
        ("comment", "onder voorbehoud", (1, 1)),
        ("header", "Onder voorbehoud van vergunning & meer", None),
        ("footer", "van", None),
    ]


DRAWING = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:sp><xdr:txBody>'
    b"<a:p><a:r><a:t>Prijs geldt </a:t></a:r><a:r><a:t>tot 1 mei</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    b"</xdr:twoCellAnchor></xdr:wsDr>"
)


@pytest.mark.parametrize("linked", [True, False])
def test_a_text_box_is_known_also_when_nothing_refers_to_it(linked: bool) -> None:
    content = xlsx()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    members["xl/drawings/drawing1.xml"] = DRAWING
    if linked:
        members["xl/worksheets/_rels/sheet1.xml.rels"] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
            b'Id="rId1" Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, text in members.items():
            new.writestr(name, text)
    assert [(r.kind, r.text) for r in spreadsheet_sheets(buffer.getvalue(), "x")[0].remarks] == [
        ("shape", "Prijs geldt tot 1 mei")
    ]


def test_texts_beside_the_cells_of_an_open_document() -> None:
    note = "<table:table-cell><office:annotation><text:p>nader af te spreken</text:p></office:annotation></table:table-cell>"
    header = '<office:master-styles><style:master-page style:name="x"><style:header><text:p>Onder voorbehoud</text:p></style:header></style:master-page></office:master-styles>'
    table = f'<table:table table:name="B">{ods_row(["x", note])}</table:table>'
    sheet = spreadsheet_sheets(ods_zip(table, header), "x")[0]
    assert [(r.kind, r.text, r.place) for r in sheet.remarks] == [
        ("comment", "nader af te spreken", (0, 1)),
        ("header", "Onder voorbehoud", None),
    ]
    assert sheet.rows[0][0].text == "x"


# --- OpenDocument
# -----------------------------------------------------------------------------------------------------------


def test_an_open_document_is_the_same_table() -> None:
    tables = f'<table:table table:name="Resultaten">{"".join(ods_row(row) for row in ROWS)}</table:table>'
    assert values(read(ods())) == values(read(xlsx())) == values(read(ods_zip(tables, flat=True))) == ALL


def test_kinds_of_cells_of_an_open_document() -> None:
    cells = [
        '<table:table-cell office:value-type="percentage" office:value="0.94"><text:p>94%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2027-03-04T00:00:00"><text:p>4-3-27</text:p></table:table-cell>',
        '<table:table-cell office:value-type="currency" office:value="12.5"><text:p>€ 12,50</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        '<table:table-cell table:formula="of:=1+1"/>',
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p><text:p>d</text:p></table:table-cell>',
        '<table:table-cell office:value-type="float" office:value="NaN"/>',
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"/>',
    ]  # fmt: skip
    row = spreadsheet_sheets(ods([ods_row(cells)]), "x")[0].rows[0]
    assert [(c.text, c.number, c.percent, c.unknown) for c in row] == [
        ("0.94", 0.94, True, False), ("2027-03-04", None, False, False), ("12.5", 12.5, False, False),
        ("ja", None, False, False), ("", None, False, True), ("a  b c d", None, False, False),
        ("", None, False, True), ("3", 3.0, False, False), ("3", 3.0, False, False),
    ]  # fmt: skip


def test_rows_in_groups_and_headings_and_hidden_sheets_of_an_open_document() -> None:
    rows = [ods_row(row) for row in ROWS]
    grouped = f"<table:table-header-rows>{rows[0]}{rows[1]}</table:table-header-rows>{rows[2]}"
    grouped += f"<table:table-row-group><table:table-rows>{''.join(rows[3:])}</table:table-rows></table:table-row-group>"
    hidden = f'<table:table table:name="weg" table:style-name="weg">{"".join(rows)}</table:table>'
    content = ods_zip(f'{hidden}<table:table table:name="R">{grouped}</table:table>')
    assert [(s.name, s.hidden) for s in spreadsheet_sheets(content, "x")] == [("weg", True), ("R", False)]
    assert values(read(content)) == ALL


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (ods_zip("<table:table/>").replace(b"<manifest/>", b"<encryption-data/>"), "zip_broken"),
        (rezipped(ods(), lambda n, t: (n, b"<encryption-data/>" if "manifest" in n else t)), "zip_password"),
        (rezipped(ods(), lambda n, t: (n, t.replace(b"office:spreadsheet", b"office:text"))), "file_office"),
        (rezipped(ods(), lambda n, t: (n, t[: len(t) // 2] if n == "content.xml" else t)), "xml_broken"),
        (rezipped(ods(), lambda n, t: (n, b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + t if n == "content.xml" else t)), "xml_unsafe"),
        (rezipped(xlsx(), lambda n, t: ("xl/workbook.bin" if n == "xl/workbook.xml" else n, t)), "file_binary_excel"),
        (rezipped(xlsx(), lambda n, t: None if n == "xl/_rels/workbook.xml.rels" else (n, t)), "workbook_broken"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(content: bytes, key: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(content)
    assert refused.value.key == key


def test_a_repeated_cell_with_content_is_bounded() -> None:
    repeated = ods_row(
        [ods_cell("x", 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048576"'
    )
    started = time.process_time()
    with pytest.raises(ReadError) as refused:
        read(ods([repeated]))
    assert refused.value.key == "file_too_large"
    assert time.process_time() - started < 5  # a limit on hostile input


# --- exports of a known kind, in their other dress
# -----------------------------------------------------------------------------------------------------------

GERMAN = ("UUID", "Version", "Name (de)", "Name (en)", "Konformität", "Gueltig bis", "Bezugsgroesse", "Bezugseinheit",
          "Flaechengewicht (kg/m2)", "Modul", "Szenario", "ADPF", "GWPtotal (A2)")  # fmt: skip
ENGLISH = ("UUID", "Version", "Name (de)", "Name (en)", "Compliance", "Valid until", "Ref. quantity", "Ref. unit",
           "Grammage (kg/m2)", "Module", "Scenario", "ADPF", "GWPtotal (A2)")  # fmt: skip
LINE = ("11111111-1111-4111-8111-111111111111", "00.01.000", "Mischung (erfunden)", "", "'EN 15804+A1'", 2031, 1000, "kg",
        2400, "A1-A3", "", 1.5, 52.5)  # fmt: skip


@pytest.mark.parametrize("heads", [GERMAN, ENGLISH])
@pytest.mark.parametrize("make", ["csv", "xlsx", "ods"])
def test_the_export_in_both_languages_and_from_a_spreadsheet(heads: tuple[str, ...], make: str) -> None:
    rows = [heads, LINE]
    content = {"xlsx": lambda: xlsx(rows=rows), "ods": lambda: ods(rows), "csv": lambda: "\n".join(
        ";".join(map(str, row)) + ";" for row in rows).encode("utf-8-sig")}[make]()  # fmt: skip
    found = read(content)
    product = found.products[0]
    assert (product.declared_amount, product.declared_unit, product.mass_per_m2_kg) == (1000.0, "kg", 2400.0)
    assert (product.name, product.valid_until, product.open) == ("Mischung (erfunden)", "2031", ())
    assert {(d.set, r.indicator): r.value for d in product.declarations for r in d.values} == {
        ("A1", "ADPF"): 1.5, ("A2", "GWP-total"): 52.5}  # fmt: skip


@pytest.mark.parametrize(
    ("sign", "decimal"),
    [(";", ","), (";", "."), (",", "."), ("\t", ","), ("\t", "."), ("|", ","), ("|", ".")],
)
@pytest.mark.parametrize("first", ["", "sep", "Bron; ons archief, map 3 | 2027"])
def test_the_separator_is_found_by_structure(sign: str, decimal: str, first: str) -> None:
    rows = [("Naam", "Functionele eenheid", "Module", "GWP-total (A2)", "AP (A2)")]
    name = "Beton, C30/37, XC4, CEM III/B | grijs; deel 2"
    rows += [
        (f'"{name}"' if sign in name else name, "1 m3", module, "10,5", "0,12")
        for module in ("A1-A3", "C3", "D")
    ]
    lines = [
        sign.join(cell.replace(",", decimal) if cell[0].isdigit() else cell for cell in row) for row in rows
    ]
    if first:
        lines.insert(0, f"sep={sign}" if first == "sep" else f'"{first}"')
    found = read("\r\n".join(lines).encode())
    assert [p.name for p in found.products] == [name]
    assert values(found)[("GWP-total", "D")] == 10.5


def test_an_inventory_without_values_is_refused(tmp_path: Path) -> None:
    from tests.exchange.files import ilcd_xml

    with pytest.raises(ReadError) as refused:
        read(ilcd_xml(results="").encode())
    assert refused.value.key == "no_values"


def test_a_list_of_data_sets_says_to_send_the_data_set() -> None:
    with pytest.raises(ReadError) as refused:
        read(b'{"startIndex": 0, "totalCount": 1, "data": [{"name": "Asfalt (verzonnen)", "uuid": "1"}]}')
    assert refused.value.key == "file_overview"
