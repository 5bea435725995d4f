"""A department's workbook as it is: other heads, notes above, filtered and struck rows, crosses, marks;
read in the window's way and by the command line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from cirkeldesk.cli import main
from cirkeldesk.exchange import calendar_table as table
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.operations.calendar import calendar as operations
from cirkeldesk.operations.workspace import Workspace
from tests.exchange.workbooks import ods_row, ods_zip

HEADS = ("Zaak-nr.", "Wat kopen we in?", "Budget-houder", "Geschatte kosten", "Wanneer op TenderNed", "Vorm",
         "Advies expertteam", "Opdrachtnemer", "Klimaat", "Circulair")  # fmt: skip
ROWS: list[tuple[Any, ...]] = [
    (
        "Z-1",
        "Asfaltonderhoud noord (verzonnen)",
        "A. Voorbeeld",
        1_250_000,
        "Q1 2027",
        "openbaar",
        "ja",
        "nog niet",
        "x",
        2,
    ),
    (
        "Z-2",
        "Bestrating centrum (verzonnen)",
        "B. Voorbeeld",
        "€ 480.000",
        "derde kwartaal 2027",
        "",
        "",
        "",
        "X",
        "x",
    ),
    ("Z-3", "Slijtlaag N201 (verzonnen)", "C. Voorbeeld", "1.5M", "2e kwartaal 2028", "", "", "", "", 3),
    ("Z-4", "Kantoormeubilair (verzonnen)", "D. Voorbeeld", "250k", "Q4 2027", "", "nee", "", "", ""),
    (
        "Z-5",
        "Groot onderhoud kunstwerken (verzonnen)",
        "E. Voorbeeld",
        900_000,
        "01-10-2027",
        "",
        "",
        "",
        1,
        "",
    ),
]


def department(tmp_path: Path) -> Path:
    """Four sheets: an explanation, the planning with notes above it, old contracts, and a hidden list."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Toelichting"
    first["A1"] = "Vraag bij twijfel de inkoopadviseur."
    page = book.create_sheet("Planning 2027")
    page["A1"] = "Inkoopplanning 2027 (verzonnen)"
    page.merge_cells("A1:J1")
    page["A2"] = "Laatst bijgewerkt in november"
    for column, head in enumerate(HEADS, 1):
        page.cell(4, column, head)
    for number, row in enumerate(ROWS, 5):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    page["B5"].comment = Comment("Bespreken met gemeente Zeist (verzonnen)", "x")
    page.row_dimensions[7].hidden = True
    for cell in page[8]:
        cell.font = Font(strike=True)
    old = book.create_sheet("Gegund")
    for row in (
        ("Nummer", "Omschrijving", "Opdrachtnemer"),
        ("G-1", "Oud werk (verzonnen)", "Bedrijf (verzonnen)"),
    ):
        old.append(row)
    book.create_sheet("Keuzelijst").sheet_state = "hidden"
    path = tmp_path / "Inkoopplanning 2027 DEF.xlsx"
    book.save(path)
    return path


def rows(opened: operations.Opened) -> dict[str, CalendarRow]:
    return {row.number: row for row in opened.rows(opened.columns)}


def test_the_longest_sheet_is_proposed_and_its_columns_are_guessed(
    workspace: Workspace, tmp_path: Path
) -> None:
    opened = operations.open_file(workspace, department(tmp_path))
    assert (opened.file.sheet.name, opened.file.header) == ("Planning 2027", 3)
    assert [one.sheet.name for one in opened.sheets] == ["Planning 2027", "Gegund"]
    fields = {opened.file.names[column]: field for column, field in opened.columns.items()}
    assert fields == {
        "Zaak-nr.": "number", "Wat kopen we in?": "title", "Budget-houder": "project_leader",
        "Geschatte kosten": "estimate", "Wanneer op TenderNed": "quarter", "Vorm": "procedure",
        "Klimaat": "chance_climate", "Circulair": "chance_circularity",
    }  # fmt: skip
    found = rows(opened)
    assert set(found) == {"Z-1", "Z-2", "Z-5"}  # a filtered and a struck row are left out, and that is told
    assert "rij 7; doorgehaald: rij 8" in table.notices(opened.file, opened.columns)[0]
    assert found["Z-2"].quarter == "2027-Q3"
    assert dict(found["Z-1"].extra)["opmerking"] == "Bespreken met gemeente Zeist (verzonnen)"


def test_hidden_and_struck_rows_are_a_choice(workspace: Workspace, tmp_path: Path) -> None:
    path = department(tmp_path)
    opened = operations.open_file(workspace, path)
    again = operations.with_unseen(workspace, opened, path, unseen=True)
    found = rows(again)
    assert set(found) == {"Z-1", "Z-2", "Z-3", "Z-4", "Z-5"}
    assert (found["Z-3"].estimate, found["Z-3"].quarter) == (Decimal(1_500_000), "2028-Q2")
    assert again.columns == opened.columns


def test_a_mark_is_one_question(workspace: Workspace, tmp_path: Path) -> None:
    opened = operations.open_file(workspace, department(tmp_path))
    assert table.open_marks(opened.file, opened.columns, {}) == ("x",)
    assert [d.key for d in rows(opened)["Z-1"].doubts] == ["not_a_chance"]
    from dataclasses import replace

    answered = rows(replace(opened, marks={"x": 2}))
    assert [(c.theme, c.chance) for c in answered["Z-2"].chances] == [("climate", 2), ("circularity", 2)]
    assert answered["Z-1"].doubts == ()


def test_one_organisation_for_the_whole_file(workspace: Workspace, tmp_path: Path) -> None:
    from dataclasses import replace

    opened = replace(operations.open_file(workspace, department(tmp_path)), organisation="gemeente Zeist")
    assert {row.organisation for row in rows(opened).values()} == {"gemeente Zeist"}


def test_the_command_line_can_point_at_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, database = department(tmp_path), str(tmp_path / "a.db")
    command = ["--db", database, "calendar", "--read", str(path)]
    assert main(command) == 1
    assert "wat betekent “x”" in capsys.readouterr().err
    said = ["--mark", "x=2", "--organisation", "Zeist", "--unseen", "--column", "Vorm=procedure", "--json"]
    assert main([*command, *said]) == 0
    answer = capsys.readouterr()
    shown = json.loads(answer.out)
    assert len(shown) == 5
    assert {row["organisation"] for row in shown} == {"Zeist"}
    assert main([*command, "--sheet", "Gegund", "--json", "--layout", "oud"]) == 0
    assert main([*command, "--sheet", "Bestaat niet"]) == 1
    assert "Planning 2027" in capsys.readouterr().err
    assert main([*command, "--header", "900", "--mark", "x=2"]) == 1


def test_the_same_rows_under_another_name_are_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, database = department(tmp_path), str(tmp_path / "a.db")
    read = ["--db", database, "calendar", "--mark", "x=2"]
    assert main([*read, "--read", str(path)]) == 0
    other = path.with_name("heel anders.xlsx")
    content = path.read_bytes()
    other.write_bytes(content)
    from openpyxl import load_workbook

    book = load_workbook(other)
    for column, head in enumerate(("Code", "Wat", "Wie", "Euro", "Wanneer precies"), 1):
        book["Planning 2027"].cell(4, column, head)
    book.save(other)
    capsys.readouterr()
    assert (
        main(
            [*read, "--read", str(other), "--header", "4", "--column", "Code=number", "--column", "Wat=title"]
        )
        == 1
    )
    assert "staan al in de kalender" in capsys.readouterr().err


def test_one_renamed_column_is_still_the_same_file(workspace: Workspace, tmp_path: Path) -> None:
    path = department(tmp_path)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "planning")
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Planning 2027"].cell(4, 5, "Publicatiekwartaal")
    book.save(path)
    again = operations.open_file(workspace, path)
    assert again.known is not None
    assert (again.known.name, again.missing) == ("planning", ("Wanneer op TenderNed",))
    assert again.columns[4] == "quarter"
    plan = operations.plan_file(workspace, again, again.columns, "planning")
    assert (len(plan.fresh), len(plan.questions)) == (0, 0)


def table_of(tmp_path: Path, *lines: tuple[Any, ...], above: tuple[Any, ...] = ()) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (*above, *lines):
        page.append(list(row))
    path = tmp_path / "planning.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("heads", "above"),
    [
        (("Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027"), ()),
        (("Q1", "Q2", "Q3", "Q4"), (("Planning 2027 (verzonnen)",),)),
    ],
)
def test_a_column_per_quarter_with_crosses(
    workspace: Workspace, tmp_path: Path, heads: tuple[str, ...], above: tuple[Any, ...]
) -> None:
    path = table_of(
        tmp_path, ("Nr", "Omschrijving", "Raming", *heads), (1, "Weg A (verzonnen)", 10_000, None, "x"),
        (2, "Weg B (verzonnen)", 20_000, None, None, "x", "x"), (3, "Weg C (verzonnen)", 30_000), above=above,
    )  # fmt: skip
    found = rows(operations.open_file(workspace, path))
    assert [found[n].quarter for n in ("1", "2", "3")] == ["2027-Q2", "2027-Q3", None]
    assert [d.key for d in found["2"].doubts] == ["quarter_several"]


@pytest.mark.parametrize("text", ["€ 1.250.000", "1250000", "1,2 mln", "€ 980.000,-"])
def test_whole_euros_under_thousands_are_doubtful(workspace: Workspace, tmp_path: Path, text: str) -> None:
    path = table_of(
        tmp_path, ("Nr", "Omschrijving", "Raming (x 1.000 euro)"), (1, "Weg A (verzonnen)", text),
        (2, "Weg B (verzonnen)", 480), (3, "Weg C (verzonnen)", "1.250"),
    )  # fmt: skip
    found = rows(operations.open_file(workspace, path))
    assert (found["1"].estimate, [d.key for d in found["1"].doubts]) == (None, ["amount_thousands"])
    assert found["2"].estimate == Decimal(480_000)


@pytest.mark.parametrize("first", ["04/13/2027", "12/25/2026", "1-31-2028"])
def test_one_date_that_begins_with_the_month_makes_the_others_doubtful(
    workspace: Workspace, tmp_path: Path, first: str
) -> None:
    path = table_of(
        tmp_path, ("Nr", "Omschrijving", "Start"), (1, "A (verzonnen)", first), (2, "B (verzonnen)", "04/03/2027"),
        (3, "C (verzonnen)", "1 april 2027"),
    )  # fmt: skip
    found = rows(operations.open_file(workspace, path))
    assert [[d.key for d in found[n].doubts] for n in "123"] == [["month_first"], ["month_first"], []]
    assert (found["2"].start, found["3"].start) == (None, "2027-04-01")


def test_texts_joined_downwards_stand_in_every_row_and_amounts_do_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows_ = [ods_row(("Nr", "Omschrijving", "Afdeling", "Raming"))]
    joined = '<table:table-cell office:value-type="string" table:number-rows-spanned="3"><text:p>Mobiliteit</text:p></table:table-cell>'
    whole = '<table:table-cell office:value-type="float" office:value="90000" table:number-rows-spanned="3"/>'
    rows_.append(ods_row((1, "Weg A (verzonnen)", joined, whole)))
    rows_ += [ods_row((n, f"Weg {n} (verzonnen)", "", "")) for n in (2, 3)]
    path = tmp_path / "planning.ods"
    path.write_bytes(ods_zip(f'<table:table table:name="P">{"".join(rows_)}</table:table>'))
    found = rows(operations.open_file(workspace, path))
    assert [found[n].department for n in "123"] == ["Mobiliteit"] * 3
    assert [found[n].estimate for n in "123"] == [Decimal(90_000), None, None]


@pytest.mark.parametrize("above", [0, 14, 19, 40])
def test_a_header_far_down_is_found(workspace: Workspace, tmp_path: Path, above: int) -> None:
    path = table_of(
        tmp_path, ("Nr", "Omschrijving", "Raming"), (1, "Weg A (verzonnen)", 10_000),
        above=tuple((f"Toelichting, regel {n}",) for n in range(above)),
    )  # fmt: skip
    opened = operations.open_file(workspace, path)
    assert (opened.file.header, list(rows(opened))) == (above, ["1"])


def test_a_file_of_another_kind_says_what_to_do(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "planning.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(ReadError) as refused:
        operations.open_file(workspace, path)
    assert refused.value.key == "file_old_excel"
