"""ODS and CSV hold the workbook's tables: recalculated by LibreOffice they equal the engine, and text stays
text everywhere."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from cirkeldesk.model.reference.themes import ThemeNote
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.paper.context import AUDIENCES
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace
from cirkeldesk.sheets.tables.csv_tables import guarded
from cirkeldesk.wording.advice import advice
from tests.five import add_five
from tests.sheets.office import converted, recalculate

pytestmark = pytest.mark.paper
# Texts that a spreadsheet, a Word field or a markup reader could take for more than text.
PAYLOADS = (
    "=1+1", "=HYPERLINK(\"http://example.invalid\",\"klik\")", "=cmd|' /C calc'!A0", "=IMPORTXML(CONCAT(\"\"),\"//a\")",
    "+1+1", "+cmd|' /C notepad'!A1", "-1+1", "-2+3+cmd|' /C calc'!D2", "@SUM(1+1)*cmd|' /C calc'!A0", "@A1",
    "\t=1+1", " =1+1", "\r=1+1", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=WEBSERVICE(\"http://example.invalid\")",
    "=1+1;=2+2", "\"=1+1\"", "';=1+1;'", "=\"a\"&\"b\"", "＝1+1", "＋1", "－1", "＠A1", "=A1:A9", "{=1+1}", "of:=1+1",
    "http://example.invalid/=x", "<w:fldSimple w:instr=\"DDE\"/>", "<script>alert(1)</script>", "&lt;b&gt; ]]> <![CDATA[x]]>",
)  # fmt: skip


def test_thirty_payloads() -> None:
    assert len(set(PAYLOADS)) == 30


def values_of(path: Path) -> dict[str, list[list[Any]]]:
    """Sheet → rows of values, trailing empties off."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return (one or "") == (other or "")


def differing(
    one: dict[str, list[list[Any]]], other: dict[str, list[list[Any]]]
) -> list[tuple[str, int, int, Any, Any]]:
    found = []
    for name, rows in one.items():
        theirs = other[name]
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                there = theirs[i][j] if i < len(theirs) and j < len(theirs[i]) else None
                if not same(value, there):
                    found.append((name, i, j, value, there))
    return found


@pytest.fixture
def both(workspace: Workspace, tmp_path: Path) -> dict[str, Path]:
    """Workbook and ODS of the example, with profiles, and of the five bidders, with an award; internal and
    external."""
    add_example(workspace)
    add_five(workspace)
    at = workspace.store.now()
    workspace.store._clock = lambda: at  # printed at one moment, however long it takes
    made = {}
    for identity in ("voorbeeld", "vijf"):
        for audience in AUDIENCES:
            made[f"{identity}-{audience}.xlsx"] = tmp_path / f"{identity}-{audience}.xlsx"
            export.export_workbook(workspace, identity, made[f"{identity}-{audience}.xlsx"], audience)
            made[f"{identity}-{audience}.ods"] = tmp_path / f"{identity}-{audience}.ods"
            export.export_ods(workspace, identity, made[f"{identity}-{audience}.ods"], audience)
    return made


def test_recalculated_and_as_stored_they_are_the_workbook(both: dict[str, Path], tmp_path: Path) -> None:
    """With calculation off LibreOffice shows the stored values; with calculation on it computes every formula
    itself."""
    sheets = [path for name, path in both.items() if name.endswith(".ods")]
    stored = {path.stem: path for path in converted(sheets, tmp_path / "opgeslagen", calculate=False)}
    computed = {path.stem: path for path in converted(sheets, tmp_path / "berekend", calculate=True)}
    books = {path.stem: path for name, path in both.items() if name.endswith(".xlsx")}
    again = {path.stem: path for path in recalculate(list(books.values()), tmp_path / "boek")}
    for stem, book in books.items():
        wanted = values_of(book)
        for other in (stored[stem], computed[stem], again[stem]):
            assert differing(wanted, values_of(other)) == [], other


def test_a_planted_wrong_value_is_seen(both: dict[str, Path], tmp_path: Path) -> None:
    """A control: stored it is shown as planted, calculated it is put right."""
    source = both["voorbeeld-internal.ods"]
    wrong = tmp_path / "fout.ods"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(wrong, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "content.xml":
                text = content.decode()
                at = text.index("SUMIFS([$Berekening")
                value = text.index('office:value="', at) + len('office:value="')
                text = f"{text[:value]}777777{text[text.index(chr(34), value) :]}"
                content = text.encode()
            new.writestr(name, content)
    right = values_of(both["voorbeeld-internal.xlsx"])
    assert len(differing(right, values_of(converted([wrong], tmp_path / "a", calculate=False)[0]))) >= 1
    assert differing(right, values_of(converted([wrong], tmp_path / "b", calculate=True)[0])) == []


def test_a_changed_input_is_followed(both: dict[str, Path], tmp_path: Path) -> None:
    """Another weight typed in the ODS gives what the same weight gives in the workbook."""
    book = openpyxl.load_workbook(both["voorbeeld-internal.xlsx"])
    cell = book["Weegset"]["B2"]
    old = repr(float(cell.value))
    cell.value = 12.5
    book.save(tmp_path / "w.xlsx")
    with zipfile.ZipFile(both["voorbeeld-internal.ods"]) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["content.xml"].decode()
    at = text.index('table:name="Weegset"')
    where = text.index(f'office:value="{old}"', at)
    text = f'{text[:where]}office:value="12.5"{text[where + len(old) + 15 :]}'
    with zipfile.ZipFile(tmp_path / "w.ods", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, text.encode() if name == "content.xml" else content)
    one = values_of(recalculate([tmp_path / "w.xlsx"], tmp_path / "een")[0])
    other = values_of(converted([tmp_path / "w.ods"], tmp_path / "twee", calculate=True)[0])
    assert differing(one, other) == []
    assert one["Samenvatting"][3][0] == "Gewijzigd na het opslaan: ja"


def test_the_tables_equal_the_engine(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    export.export_ods(workspace, "voorbeeld", tmp_path / "a.ods")
    found = values_of(converted([tmp_path / "a.ods"], tmp_path / "uit", calculate=True)[0])
    rows = {row[0]: row for row in found["Vergelijking"]}
    comparison, inputs = comparison_of(workspace, get_tender(workspace, "voorbeeld"))
    told = advice.internal_advice(comparison, inputs)
    compared = 0
    for row in told.rows:
        named = rows.get(row.name_with_unit) or rows[f"{row.name_with_unit} (bij opslaan)"]
        for cell, value in zip(row.cells, named[1:], strict=False):
            if isinstance(value, (int, float)):
                assert cell.value == pytest.approx(value, rel=1e-9)
                compared += 1
    assert compared > 30


def test_csv_opens_in_dutch_excel(workspace: Workspace, tmp_path: Path) -> None:
    """Byte order mark, semicolons, decimal commas; one table a file, with a header and nothing above it; the
    values of the workbook."""
    add_example(workspace)
    export.export_workbook(workspace, "voorbeeld", tmp_path / "a.xlsx")
    written = export.export_csv(workspace, "voorbeeld", tmp_path / "csv")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    tables = {table.displayName: (sheet, table.ref) for sheet in book for table in sheet.tables.values()}
    assert len(written) == len(tables) > 9
    compared = 0
    for path, (sheet, area) in zip(written, tables.values(), strict=True):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        found = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert len({len(row) for row in found}) == 1  # every row has every column
        header = [str(cell.value) for cell in sheet[area][0]]
        kept = [
            place
            for place, text in enumerate(header)
            if header[0] == "Figuur" or not text.endswith("bij opslaan")
        ]
        assert found[0] == [header[place].removesuffix(" (invoer)") for place in kept]
        for row, cells in zip(sheet[area][1:], found[1:], strict=False):
            for place, text in zip(kept, cells, strict=True):
                value = row[place].value
                if isinstance(value, (int, float)):
                    assert float(text.replace(",", ".")) == pytest.approx(value, rel=1e-11)
                    assert "." not in text
                    compared += 1
    assert compared > 200
    assert written[0].name == "VOORBEELD-001 Samenvatting INTERN.csv"
    assert any("Inschrijfsommen" in path.name for path in written)


def poisoned(tender: Tender, shift: int) -> Tender:
    """Every text field of the tender holds a payload; names keep a number, as two may not be the same."""

    def taken(place: int) -> str:
        return PAYLOADS[(place + shift) % len(PAYLOADS)].replace("\r", " ")

    variants = tuple(
        replace(
            v,
            name=f"{taken(i)} {i}",
            bidder=f"{taken(i + 7)} bv {i}" if v.is_bid else None,
            equal_reason=f"{taken(i + 8)} reden {i}",
            evidence=replace(
                v.evidence,
                source=f"{taken(i + 9)} bron {i}",
                number=f"{taken(i + 10)} nummer {i}",
                verifier=f"{taken(i + 11)} toetser {i}",
                tool=f"{taken(i + 12)} rekenblad {i}",
            ),
        )
        for i, v in enumerate(tender.variants)
    )
    posts = tuple(replace(p, name=taken(i + 13)) for i, p in enumerate(tender.posts))
    products = tuple(replace(p, name=f"{taken(i + 15)} mengsel {i}") for i, p in enumerate(tender.products))
    scores = tuple(replace(s, motivation=taken(i + 20)) for i, s in enumerate(tender.scores))
    criteria = tuple(replace(c, name=taken(i + 22)) for i, c in enumerate(tender.award.criteria))
    judged = tuple(
        replace(j, reason=taken(i + 24), person=f"{taken(i + 25)} persoon {i}")
        for i, j in enumerate(tender.judgements)
    )
    publication = replace(
        tender.publication,
        expiry_source=taken(26),
        contact=taken(27),
        prepared_by=taken(28),
        approved_by=taken(29),
        themes=(ThemeNote("climate", taken(0)),),
        disclose="",
    )
    words = publication.characteristics
    publication = replace(
        publication, characteristics=replace(words, text=taken(1)) if words is not None else None
    )
    return replace(
        tender,
        title=taken(2),
        variants=variants,
        posts=posts,
        products=products,
        scores=scores,
        judgements=judged,
        award=replace(tender.award, criteria=criteria, motivation=taken(3)),
        ask=replace(tender.ask, rules=taken(4), equal_functions=PAYLOADS[:3]),
        publication=publication,
    )


def test_payloads_stay_text_in_every_format(tmp_path: Path, deep: bool) -> None:
    """Excel, ODS (also as LibreOffice reads it), CSV and Word: each payload is a text, none a formula, link
    or field.

    Every shift puts other payloads in the fields: all thirty in each field with --deep.
    """
    said = ""
    sheets: list[Path] = []
    for shift in range(30) if deep else (0, 11, 19):
        folder = tmp_path / f"{shift}"
        folder.mkdir()
        with open_workspace(folder / "test.db") as workspace:
            add_five(workspace, partial(poisoned, shift=shift))
            for audience in AUDIENCES:
                stem = f"{audience}-{shift}"
                export.export_workbook(workspace, "vijf", folder / f"{stem}.xlsx", audience)
                export.export_ods(workspace, "vijf", folder / f"{stem}.ods", audience)
                said += texts_without_formulas(folder / f"{stem}.xlsx")
                sheets.append(folder / f"{stem}.ods")
            csv_holds_no_formula(export.export_csv(workspace, "vijf", folder / "csv"))
            word_holds_no_field(
                export.write_letters(workspace, "vijf", date(2026, 12, 4), folder / "brieven", draft=True)
            )
    assert [payload for payload in PAYLOADS if payload.replace("\r", " ").strip() not in said] == []
    for path in converted(sheets, tmp_path / "uit", calculate=True):
        same_cells_are_formulas(tmp_path / path.stem.partition("-")[2] / path.name, path)


def texts_without_formulas(path: Path) -> str:
    """The texts of a workbook; no formula holds a payload and no cell is a link."""
    ours = openpyxl.load_workbook(path)
    cells = [cell for sheet in ours for row in sheet.iter_rows() for cell in row]
    formulas = " ".join(str(cell.value) for cell in cells if cell.data_type == "f")
    assert [payload for payload in PAYLOADS if len(payload) > 6 and payload.strip() in formulas] == []
    assert not any(cell.hyperlink for cell in cells)
    return " ".join(str(cell.value) for cell in cells if cell.data_type == "s")


def same_cells_are_formulas(ours: Path, theirs: Path) -> None:
    """What LibreOffice takes for a formula in the ODS is a formula of ours in the workbook, and nothing
    else."""
    for one, other in zip(openpyxl.load_workbook(ours), openpyxl.load_workbook(theirs), strict=True):
        found = [
            {c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"}
            for sheet in (one, other)
        ]
        assert found[0] == found[1], (ours.name, one.title)


def csv_holds_no_formula(paths: list[Path]) -> None:
    for path in paths:
        for cells in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"):
            for text in cells:
                assert not text.lstrip().startswith(("=", "@", "＝", "＋", "－", "＠")), text
                if text.lstrip().startswith(("+", "-")):
                    assert re.fullmatch(r"[+-][0-9,]+(E[+-][0-9]+)?", text), text


def word_holds_no_field(paths: list[Path]) -> None:
    for path in paths:
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as archive:
                body = archive.read("word/document.xml").decode()
            assert "<w:fldSimple" not in body
            assert "w:instrText" not in body
            assert "<w:hyperlink" not in body
            assert "Geachte" in "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_guarded_text_never_begins_as_a_formula(payload: str) -> None:
    assert not guarded(payload).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert payload in guarded(payload)


def test_a_text_that_is_no_formula_is_left_alone() -> None:
    for text in ("Deklaag", "€ −12", "12-12-2026", "a=b", "1+1"):
        assert guarded(text) == text


def test_a_word_letter_is_a_document_people_can_go_on_with(workspace: Workspace, tmp_path: Path) -> None:
    """Headings, tables with a repeated header, Dutch, the figures of the award; LibreOffice reads it."""
    add_five(workspace)
    written = export.write_letters(workspace, "vijf", date(2026, 12, 4), tmp_path / "brieven", draft=True)
    path = next(p for p in written if p.name.endswith("docx") and "Corvus" in p.name)
    document = docx.Document(str(path))
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") >= 4
    scores = next(table for table in document.tables if table.rows[0].cells[0].text == "Onderdeel, in €")
    first = [cell.text for cell in scores.rows[1].cells]
    assert first == ["Inschrijfsom, excl. btw", "1.333.919,29", "1.122.717,23", "+211.202,06"]
    assert document.core_properties.language == "nl-NL"
    with zipfile.ZipFile(path) as archive:
        assert [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name] == []
    assert Decimal("1333919.29") == next(v.price for v in get_tender(workspace, "vijf").bids if v.id == "c")
    done = subprocess.run(["soffice", "--version"], capture_output=True, text=True)
    assert "LibreOffice" in done.stdout
