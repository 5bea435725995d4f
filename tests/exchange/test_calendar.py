"""The calendar's import: a messy file of 150 rows, what is doubtful named, and read again without loss of
judgements."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cirkeldesk.cli import main
from cirkeldesk.exchange import calendar_table as table
from cirkeldesk.exchange.table.sheet import SourceCell
from cirkeldesk.model.calendar import edits
from cirkeldesk.model.calendar.calendar import (
    Calendar,
    CalendarRow,
    Doubt,
    ImportPlan,
    ThemeChance,
    has_word,
    period_order,
    plan_import,
    take_import,
    together,
)
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.refusal import DocumentError, ReadError, StoreError
from cirkeldesk.operations.calendar import calendar as operations
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.wording.calendar import words
from tests.exchange import calendars


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "kalender.db", author="team") as made:
        yield made


def written(folder: Path, rows: list[calendars.Line], name: str = "kalender.xlsx") -> tuple[Path, list[int]]:
    content, places = calendars.workbook(rows)
    (folder / name).write_bytes(content)
    return folder / name, places


# --- the file
# --------------------------------------------------------------------------------------------------------


def test_a_messy_file_of_150_rows_is_read_with_every_doubtful_row_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows, doubtful = calendars.lines()
    path, places = written(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    fields = {opened.file.names[column]: field for column, field in opened.columns.items()}
    assert fields == {
        "Nr.": "number",
        "Project": "title",
        "Organisatie": "organisation",
        "Afdeling": "department",
        "Projectleider": "project_leader",
        "CPV": "cpv",
        "Raming excl. btw": "estimate",
        "Publicatie": "quarter",
        "Start": "start",
        "Looptijd": "duration",
    }
    plan = operations.import_file(workspace, opened, opened.columns, "Wegen")
    assert (len(plan.fresh), len(plan.changed), len(plan.vanished)) == (150, 0, 0)
    assert {row.place for row in plan.doubtful} == {places[index] for index in doubtful}
    told = "\n".join(words.doubt_lines(plan.doubtful))
    for index in doubtful:
        assert f"Rij {places[index]}, " in told
    assert "“200.000 - 300.000” is niet één bedrag." in told
    assert "“voorjaar 2027” is geen kwartaal; alleen het jaar is bewaard." in told
    calendar = operations.get_calendar(workspace)
    assert len(calendar.rows) == 150
    by_place = {row.place: row for row in calendar.rows}
    first = by_place[places[0]]
    assert (first.number, first.estimate, first.quarter, first.start) == (
        "20270001",
        Decimal(1250000),
        "2027-Q1",
        "2027-09-01",
    )
    assert by_place[places[2]].estimate == Decimal(1200000)
    assert by_place[places[3]].estimate == Decimal(250000)
    assert by_place[places[8]].estimate == Decimal("612500.5")
    assert by_place[places[4]].estimate is None
    assert by_place[places[1]].quarter == "2027-Q2"
    assert first.extra == (("Opm.", "let op"),)


def test_a_file_read_again_keeps_every_judgement(workspace: Workspace, tmp_path: Path) -> None:
    rows, _ = calendars.lines()
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "Wegen")
    calendar = operations.get_calendar(workspace)
    for place, row in enumerate(calendar.rows):
        edit = edits.set_chances([row], THEMES, place % 4, "team")
        operations.edit_calendar(workspace, edit)
        operations.edit_calendar(workspace, edits.set_advice(row, "text", f"advies {place}", "advies"))
    before = {row.id: row for row in operations.get_calendar(workspace).rows}
    newer, _ = calendars.later(rows)
    path, _ = written(tmp_path, newer, "kalender mei.xlsx")
    again = operations.open_file(workspace, path)
    assert again.known is not None
    assert again.known.name == "Wegen"
    assert dict(again.columns) == dict(opened.columns)
    # Rows without a number, and two of one number, are asked about; each is the one of its title.
    asked = operations.plan_file(workspace, again, again.columns, "Wegen")
    assert len(asked.questions) == 6 + 2
    answers = {question.place: question.candidates[0] for question in asked.questions}
    plan = operations.import_file(workspace, again, again.columns, "Wegen", answers)
    assert (len(plan.fresh), len(plan.changed), len(plan.vanished)) == (12, 9, 3)
    assert words.import_title(plan) == "12 nieuw · 9 gewijzigd · 3 niet meer in het bestand · 138 gelijk"
    assert all(name == "estimate" for changes in plan.changes.values() for name, _, _ in changes)
    after = {row.id: row for row in operations.get_calendar(workspace).rows}
    assert len(after) == 162
    for identity, row in before.items():
        assert (after[identity].chances, after[identity].advice) == (row.chances, row.advice)
    assert sum(row.vanished is not None for row in after.values()) == 3
    # One step, and it can be taken back.
    tenders.undo(workspace, "kalender", "calendar")
    assert {row.id: row for row in operations.get_calendar(workspace).rows} == before


def test_an_unanswered_row_without_a_number_is_new_and_what_it_may_have_been_is_only_marked(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows, _ = calendars.lines(30)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "Wegen")
    plan = operations.import_file(workspace, opened, opened.columns, "Wegen")
    assert (len(plan.fresh), len(plan.vanished)) == (1, 1)
    assert len(operations.get_calendar(workspace).rows) == 31


def test_a_cell_that_can_no_longer_be_read_leaves_what_was_known() -> None:
    known = CalendarRow("r1", "Werk", number="1", estimate=Decimal(500), source="s")
    newer = CalendarRow("", "Werk", number="1", doubts=(Doubt("estimate", "veel", "not_an_amount"),), place=7)
    calendar = take_import(
        Calendar(rows=(known,)), plan_import(Calendar(rows=(known,)), [newer], "s"), "2027-01-01"
    )
    assert calendar.rows[0].estimate == Decimal(500)
    assert calendar.rows[0].doubts[0].text == "veel"


def test_a_row_that_comes_back_is_no_longer_marked_and_another_source_is_left_alone() -> None:
    one = CalendarRow("r1", "Werk", number="1", source="s", vanished="2027-01-01")
    other = CalendarRow("r2", "Elders", number="1", source="t")
    plan = plan_import(Calendar(rows=(one, other)), [CalendarRow("", "Werk", number="1")], "s")
    calendar = take_import(Calendar(rows=(one, other)), plan, "2027-02-01")
    assert [row.vanished for row in calendar.rows] == [None, None]
    assert calendar.rows[1] == other
    assert words.change_lines(plan) == ["1: weer in het bestand"]


@given(
    st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6),
    st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6),
)
def test_no_import_ever_drops_a_row_or_a_judgement(first: list[str], second: list[str]) -> None:
    """Whatever two files hold, every row we had is there afterwards with its judgement, once."""

    def incoming(numbers: list[str]) -> list[CalendarRow]:
        return [
            CalendarRow("", f"werk {number or place}", number=number, place=place)
            for place, number in enumerate(numbers, 2)
        ]

    calendar = take_import(Calendar(), plan_import(Calendar(), incoming(first), "s"), "2027-01-01")
    judged = {row.id: (ThemeChance("climate", 3, "team"),) for row in calendar.rows}
    calendar = Calendar(
        rows=tuple(
            edits.set_chance(r, "climate", 3, "team", "").apply(calendar).row(r.id) for r in calendar.rows
        )
    )
    plan = plan_import(calendar, incoming(second), "s")
    answers = {question.place: question.candidates[0] for question in plan.questions}
    plan = plan_import(calendar, incoming(second), "s", answers)
    after = take_import(calendar, plan, "2027-02-01")
    assert len({row.id for row in after.rows}) == len(after.rows)
    assert {row.id: row.chances for row in after.rows if row.id in judged} == judged
    standing = sum(row.vanished is None for row in after.rows)
    assert standing == len(second)


# --- how people write
# ------------------------------------------------------------------------------------------------

AMOUNTS = {
    "€ 1.250.000,-": Decimal(1250000),
    "1.250.000": Decimal(1250000),
    "250.000": Decimal(250000),
    "1,2 mln": Decimal(1200000),
    "1.5 mln": Decimal(1500000),
    "€ 2,5 miljoen": Decimal(2500000),
    "250k": Decimal(250000),
    "€ 85.000 excl. btw": Decimal(85000),
    "n.t.b.": None,
    "": None,
    "200.000 - 300.000": "amount_range",
    "100 tot 200k": "amount_range",
    "groot": "not_an_amount",
    "ca. 300.000": "not_an_amount",
    "1,250,000.00": "amount_english",
    "12.5": "amount_english",
    "-500": "amount_negative",
    "3 ton": "not_an_amount",  # in Dutch three hundred thousand
    "4 jaar": "not_an_amount",
    "1200 m2": "not_an_amount",
    "450,500": "amount_english",
    "(500.000)": "not_an_amount",
    "500 m": "not_an_amount",
    "99999999999999999": "amount_large",
    "1.234,567": Decimal("1234.57"),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_euros_as_people_type_them(text: str) -> None:
    assert table.read_amount(SourceCell(text), text) == AMOUNTS[text]


QUARTERS = {
    "2027-Q1": "2027-Q1",
    "Q3 2027": "2027-Q3",
    "q4-2027": "2027-Q4",
    "K2 2027": "2027-Q2",
    "1e kwartaal 2027": "2027-Q1",
    "3de kwartaal '27": "2027-Q3",
    "kwartaal 2 2027": "2027-Q2",
    "kw 4 '27": "2027-Q4",
    "12-4-2027": "2027-Q2",
    "maart 2027": "2027-Q1",
    "1 okt 27": "2027-Q4",
    "2027-08": "2027-Q3",
    "8/2027": "2027-Q3",
    "voorjaar 2027": None,
    "Q5 2027": None,
    "31-2-2027": None,
    "2027": None,
    "2027-3": None,  # a quarter or a month
    "3-2027": None,
    "2027-03": "2027-Q1",
    "mrt-27": "2027-Q1",
    "kw127": None,
    "1-3-99": None,
    "1905-07-19": None,  # what Excel makes of 2027 in a cell for dates
}


@pytest.mark.parametrize("text", QUARTERS)
def test_quarters_as_people_type_them(text: str) -> None:
    assert words.read_quarter(text) == QUARTERS[text]


PERIODS = {
    "Q3 2027": ("2027-Q3", True),
    "H2 2027": ("2027-H2", True),
    "2027-H1": ("2027-H1", True),
    "2e helft 2027": ("2027-H2", True),
    "eerste helft van 2028": ("2028-H1", True),
    "1e halfjaar 2027": ("2027-H1", True),
    "Q1/Q2 2027": ("2027-H1", True),
    "Q3 - Q4 2027": ("2027-H2", True),
    "Q3 t/m Q4 2027": ("2027-H2", True),
    "Q2/Q3 2027": ("2027", False),  # no half: the year is kept, and somebody looks at it
    "2027": ("2027", True),
    "2027, kwartaal onbekend": ("2027", True),
    "voorjaar 2027": ("2027", False),
    "na de zomer van 2027": ("2027", False),
    "2027-3": ("2027", False),
    "31-2-2027": ("2027", False),
    "2027-2028": (None, False),  # two years
    "2027 of 2028": (None, False),
    "20271": (None, False),
    "2070": (None, False),
    "nog niet bekend": (None, False),
}


@pytest.mark.parametrize("text", PERIODS)
def test_a_half_and_a_year_are_kept_as_such(text: str) -> None:
    found = words.read_period(text)
    assert found == PERIODS[text]
    if found[0] is not None:  # and what is shown of it reads back
        assert words.read_period(words.quarter(found[0])) == (found[0], True)


def test_periods_stand_in_order_and_only_quarters_are_bought_together() -> None:
    names = ["2028-Q1", "2027", "2027-H2", "2027-Q4", "2027-Q3", "2027-H1", "2027-Q2", "2027-Q1"]
    assert sorted(names, key=period_order) == [
        "2027-Q1", "2027-Q2", "2027-H1", "2027-Q3", "2027-Q4", "2027-H2", "2027", "2028-Q1",
    ]  # fmt: skip
    rows = [
        CalendarRow(str(i), title="asfalt", organisation=f"gemeente {i}", quarter=name, group="asfalt")
        for i, name in enumerate(("2027-Q1", "2027-H1", "2027", None, "2027-Q2"))
    ]
    (found,) = together(rows, [])
    assert [row.id for row in found.rows] == ["0", "4"]


@given(st.text(max_size=30))
def test_no_text_is_read_as_an_amount_or_a_date_by_accident_or_breaks_the_reader(text: str) -> None:
    amount = table.read_amount(SourceCell(text), text)
    assert amount is None or isinstance(amount, (str, Decimal))
    quarter = words.read_quarter(text)
    assert quarter is None or (quarter[4:6] == "-Q" and quarter[6] in "1234")


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"alleen maar tekst\n"])
def test_a_file_that_is_no_calendar_says_so_and_changes_nothing(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "iets.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        operations.open_file(workspace, path)
    assert not operations.get_calendar(workspace).rows


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"Naam;Leeftijd;Plaats\nx;1;y\n"])
def test_heads_that_nobody_knows_are_offered_and_never_taken_unseen(
    tmp_path: Path, workspace: Workspace, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Since 0.12 a sheet with unknown heads can be chosen in the window; the command line asks for its
    row."""
    path = tmp_path / "iets.csv"
    path.write_bytes(content)
    opened = operations.open_file(workspace, path)
    assert (opened.file.is_sure, opened.file.header) == (False, 0)
    database = str(tmp_path / "x.db")
    assert main(["--db", database, "calendar", "--read", str(path)]) == 1
    assert "--header" in capsys.readouterr().err


def test_a_csv_is_read_as_well_as_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kalender.csv"
    path.write_text(
        "Nummer;Omschrijving;Raming;Kwartaal;Klimaat\n7;Deklagen;€ 400.000;Q2 2027;3\n", encoding="utf-8-sig"
    )
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "csv")
    row = operations.get_calendar(workspace).rows[0]
    assert (row.number, row.title, row.estimate, row.quarter) == ("7", "Deklagen", Decimal(400000), "2027-Q2")
    assert [(found.theme, found.chance) for found in row.chances] == [("climate", 3)]


# --- onwards
# ---------------------------------------------------------------------------------------------------------


def test_what_is_exported_is_read_back_the_same(workspace: Workspace, tmp_path: Path) -> None:
    """Export → import in an empty file gives the same rows and confirmed chances; proposals do not become
    judgements."""
    rows, _ = calendars.lines(40)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "Wegen")
    judged = operations.get_calendar(workspace).rows[:10]
    operations.edit_calendar(workspace, edits.set_chances(judged, THEMES, 2, "team"))
    for name in ("uit.xlsx", "uit.csv"):
        operations.export_calendar(workspace, tmp_path / name)
        with open_workspace(tmp_path / f"{name}.db") as other:
            again = operations.open_file(other, tmp_path / name)
            operations.import_file(other, again, again.columns, "uit")
            found = operations.get_calendar(other).rows
        for mine, theirs in zip(operations.get_calendar(workspace).rows, found, strict=True):
            for field in ("number", "title", "organisation", "estimate", "quarter", "start", "duration"):
                assert getattr(mine, field) == getattr(theirs, field), (name, field)
            assert [(one.theme, one.chance) for one in mine.chances] == [
                (one.theme, one.chance) for one in theirs.chances
            ]


def test_a_tender_of_a_row_takes_its_planning_along(workspace: Workspace, tmp_path: Path) -> None:
    rows, _ = calendars.lines(10)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, opened.columns, "Wegen")
    row = operations.get_calendar(workspace).rows[2]
    tender = tenders.get_tender(workspace, operations.make_tender(workspace, row.id))
    assert (tender.number, tender.title, tender.publication.estimate) == (
        "20270003",
        "Na-isolatie steunpunt 3",
        Decimal(1200000),
    )
    assert [post.name for post in tender.posts] == ["Isolatielaag"]
    assert operations.get_calendar(workspace).row(row.id).tender == tender.id
    tenders.undo(workspace, "kalender", "calendar")  # the row forgets its tender; making it again finds it
    assert operations.make_tender(workspace, row.id) == tender.id
    operations.edit_calendar(workspace, edits.set_row(row, "title", "Een ander werk", "omschrijving"))
    with pytest.raises(StoreError, match="number_taken"):
        operations.make_tender(workspace, row.id)


WORDS = {
    ("Asfaltonderhoud N000", "asfalt*"): True,
    ("Onderhoud asfalt", "asfalt*"): True,
    ("Afdeklaag stortplaats", "deklaag"): False,
    ("Dijkbekleding", "kleding"): False,
    ("Smal spoor", "sma"): False,
    ("SMA 11 N000", "sma"): True,
    ("Herbestraten plein", "herbestrat*"): True,
    ("Natuurlijke bestrating", "*bestrating"): True,
    ("Sierbestrating plein", "*bestrating"): True,
    ("Na-isolatie gymzaal", "na-isolatie"): True,
    ("Tegelijk", "*"): False,
    ("(asfalt)", "asfalt"): True,
}


@pytest.mark.parametrize(("text", "word"), WORDS)
def test_a_word_is_found_as_it_stands_and_a_star_is_the_rest_of_it(text: str, word: str) -> None:
    assert has_word(text, [word]) is WORDS[(text, word)]


# --- what an attack and a first user found
# -----------------------------------------------------------------------------

HEAD: calendars.Line = ("Nr", "Omschrijving", "Raming", "Kwartaal")


def sheet_of(
    folder: Path,
    rows: list[calendars.Line],
    name: str = "a.xlsx",
    others: dict[str, list[calendars.Line]] | None = None,
) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(list(row))
    for title, lines in (others or {}).items():
        other = book.create_sheet(title)
        for row in lines:
            other.append(list(row))
    book.save(folder / name)
    return folder / name


def taken(
    workspace: Workspace, path: Path, source: str = "S", answers: dict[int, str] | None = None
) -> ImportPlan:
    opened = operations.open_file(workspace, path)
    return operations.import_file(workspace, opened, opened.columns, source, answers)


@pytest.mark.parametrize("amount", [1e20, 1e-7, 3.3000000000000003, 1e12])
def test_no_amount_makes_the_calendar_unreadable(workspace: Workspace, tmp_path: Path, amount: float) -> None:
    taken(workspace, sheet_of(tmp_path, [HEAD, ("1", "Werk", amount, "Q1 2027")]))
    with open_workspace(workspace.store.path) as again, again.unit() as unit:
        assert faults(unit) == []
    workspace.store._documents.clear()
    assert len(operations.get_calendar(workspace).rows) == 1


def test_what_could_not_be_read_back_is_not_written(workspace: Workspace) -> None:
    operations.edit_calendar(workspace, edits.add_row(Calendar(), "Werk"))
    row = operations.get_calendar(workspace).rows[0]
    edit = edits.set_row(row, "estimate", Decimal("1e20"), "raming")
    with pytest.raises(DocumentError, match="not_money"):
        operations.edit_calendar(workspace, edit)
    assert operations.get_calendar(workspace).rows[0].estimate is None


def test_a_file_numbered_anew_is_asked_about_and_no_judgement_moves(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken(workspace, sheet_of(tmp_path, [HEAD, *((n, f"Werk {n}", n, "Q1 2027") for n in (1, 2, 3))]))
    first = operations.get_calendar(workspace).rows[0]
    operations.edit_calendar(workspace, edits.set_chance(first, "climate", 3, "team", "klimaat"))
    rows: list[calendars.Line] = [
        HEAD,
        (1, "Nieuw", 9, "Q1 2027"),
        *((n + 1, f"Werk {n}", n, "Q1 2027") for n in (1, 2, 3)),
    ]
    anew = sheet_of(tmp_path, rows, "b.xlsx")
    opened = operations.open_file(workspace, anew)
    plan = operations.plan_file(workspace, opened, opened.columns, "S")
    assert len(plan.questions) == 4
    titles = {row.id: row.title for row in operations.get_calendar(workspace).rows}
    known = [one for one in plan.questions if titles[one.candidates[0]] == one.title]
    answers = {question.place: question.candidates[0] for question in known}
    taken(workspace, anew, answers=answers)
    judged = [row for row in operations.get_calendar(workspace).rows if row.chances]
    assert [(row.title, row.number) for row in judged] == [("Werk 1", "2")]


def test_a_double_number_that_is_solved_later_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    plan = taken(workspace, sheet_of(tmp_path, [HEAD, ("X", "A werk", 1, ""), ("X", "B werk", 2, "")]))
    assert [doubt.key for row in plan.fresh for doubt in row.doubts] == ["number_twice", "number_twice"]
    solved = sheet_of(tmp_path, [HEAD, ("X", "A werk", 1, ""), ("Y", "B werk", 2, "")], "b.xlsx")
    opened = operations.open_file(workspace, solved)
    plan = operations.plan_file(workspace, opened, opened.columns, "S")
    assert [question.title for question in plan.questions] == ["A werk", "B werk"]


def test_a_title_that_begins_with_totaal_is_a_row_and_what_is_passed_over_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        HEAD,
        ("Mobiliteit", None, None, None),
        (None, "Totaal onderhoud bruggen", 500000, "Q1 2027"),
        ("Totaal", None, 500000, None),
    ]
    path = sheet_of(tmp_path, rows)
    opened = operations.open_file(workspace, path)
    assert [row.title for row in table.rows_of(opened.file, opened.columns)] == ["Totaal onderhoud bruggen"]
    assert table.lines_between(opened.file, opened.columns) == [(2, "Mobiliteit"), (4, "Totaal")]


def test_a_row_that_looks_like_a_header_is_a_row(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[calendars.Line] = [
        ("Nr", "Omschrijving", "Wie", "Waar", "Hoe", "Bijzonder"),
        ("1", "Brug", "a", "b", "c", "d"),
        (
            "2",
            "Aanbesteding project brug",
            "Gemeente A",
            "Team Wegen",
            "procedure nog kiezen",
            "raamovereenkomst",
        ),
    ]
    plan = taken(workspace, sheet_of(tmp_path, rows))
    assert [row.number for row in plan.fresh] == ["1", "2"]


def test_every_sheet_that_is_a_calendar_can_be_chosen(workspace: Workspace, tmp_path: Path) -> None:
    more: list[calendars.Line] = [HEAD, *((n, f"Later {n}", n, "Q1 2028") for n in range(1, 6))]
    path = sheet_of(
        tmp_path, [HEAD, (1, "Nu", 1, "Q1 2027")], others={"2028": more, "Uitleg": [("Vraag het Jan",)]}
    )
    opened = operations.open_file(workspace, path)
    assert [one.sheet.name for one in opened.sheets] == ["2028", "Sheet"]
    assert len(table.rows_of(opened.file, opened.columns)) == 5


def test_what_the_file_has_no_column_for_stays_and_what_was_typed_over_stands(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The file's own cells overwrite only when they say something else than they did."""
    path = sheet_of(tmp_path, [HEAD, ("1", "Werk", "PM", None)])
    taken(workspace, path)
    row = operations.get_calendar(workspace).rows[0]
    for name, value in (("cpv", "45233223"), ("quarter", "2026-Q4"), ("estimate", Decimal(5000))):
        row = operations.get_calendar(workspace).rows[0]
        operations.edit_calendar(workspace, edits.set_row(row, name, value, name))
    plan = taken(workspace, path)
    row = operations.get_calendar(workspace).rows[0]
    assert (row.cpv, row.quarter, row.estimate, row.doubts) == ("45233223", "2026-Q4", Decimal(5000), ())
    assert plan.changes == {}
    taken(workspace, sheet_of(tmp_path, [HEAD, ("1", "Werk", 7000, "Q1 2027")], "b.xlsx"))
    row = operations.get_calendar(workspace).rows[0]
    assert (row.cpv, row.quarter, row.estimate) == ("45233223", "2027-Q1", Decimal(7000))


def test_two_departments_with_the_same_columns_are_told_apart_by_their_rows(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken(workspace, sheet_of(tmp_path, [HEAD, *((n, f"Weg {n}", n, "Q1 2027") for n in (1, 2))]), "Wegen")
    houses = sheet_of(tmp_path, [HEAD, *((n, f"Huis {n}", n, "Q1 2027") for n in (1, 2))], "b.xlsx")
    taken(workspace, houses, "Huizen")
    opened = operations.open_file(workspace, houses)
    assert opened.known is not None
    assert opened.known.name == "Huizen"
    strange = sheet_of(tmp_path, [HEAD, *((n, f"Brug {n}", n, "Q1 2027") for n in (1, 2))], "c.xlsx")
    assert operations.open_file(workspace, strange).known is None


def test_the_header_may_say_thousands_and_an_error_in_a_cell_is_no_title(
    workspace: Workspace, tmp_path: Path
) -> None:
    head: calendars.Line = ("Nr", "Omschrijving", "Raming (x € 1.000) incl. btw", "Kwartaal")
    path = sheet_of(tmp_path, [head, ("1", "Werk", 250, "Q1 2027"), ("2", "#REF!", 1, "Q1 2027")])
    opened = operations.open_file(workspace, path)
    rows = table.rows_of(opened.file, opened.columns)
    assert rows[0].estimate == Decimal(250000)
    assert (rows[1].title, [doubt.key for doubt in rows[1].doubts]) == ("", ["error", "no_title"])
    assert len(table.notices(opened.file, opened.columns)) == 2


def test_a_remark_without_a_name_above_it_is_kept_and_is_no_title(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = sheet_of(tmp_path, [(*HEAD, None), ("1", "Werk", 1, "Q1 2027", "bel Jan")])
    taken(workspace, path)
    taken(workspace, path)
    row = operations.get_calendar(workspace).rows[0]
    assert (row.title, row.extra) == ("Werk", (("kolom E", "bel Jan"),))


def test_texts_that_look_like_formulas_go_round_in_csv(workspace: Workspace, tmp_path: Path) -> None:
    taken(
        workspace,
        sheet_of(
            tmp_path, [HEAD, ("-1", "+31 bellen", 123, "Q1 2027"), ("2", "@piet", Decimal("12.5"), "Q1 2027")]
        ),
    )
    operations.export_calendar(workspace, tmp_path / "uit.csv")
    with open_workspace(tmp_path / "ander.db") as other:
        taken(other, tmp_path / "uit.csv")
        found = operations.get_calendar(other).rows
    mine = operations.get_calendar(workspace).rows
    assert [(row.number, row.title, row.estimate) for row in found] == [
        (row.number, row.title, row.estimate) for row in mine
    ]


def test_five_thousand_rows_numbered_anew_are_planned_quickly(workspace: Workspace, tmp_path: Path) -> None:
    """Twice as many rows take about twice as long, not four times: hostile or merely large."""

    def planned(count: int) -> float:
        rows = [CalendarRow(f"r{n}", f"Werk {n}", number=str(n), source="s") for n in range(count)]
        incoming = [CalendarRow("", f"Werk {n}", number=str(n + 1), place=n) for n in range(count)]
        best = math.inf
        for _ in range(3):
            began = time.process_time()
            plan = plan_import(Calendar(rows=tuple(rows)), incoming, "s")
            best = min(best, time.process_time() - began)
            assert len(plan.questions) == count
        return best

    assert planned(6000) < 12 * planned(1500)  # four times the rows; quadratic would be sixteen


def test_what_somebody_did_to_what_a_file_said_survives_the_next_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A reason on a chance of the file, a chance taken away, a value typed over, a column that is missing
    once."""
    head: calendars.Line = ("Nr", "Omschrijving", "Raming", "Kwartaal", "Klimaat", "Milieu", "Opm")
    path = sheet_of(tmp_path, [head, ("1", "Werk", 200, "Q1 2027", 2, 1, "bel Jan")])
    taken(workspace, path)
    row = operations.get_calendar(workspace).rows[0]
    operations.edit_calendar(workspace, edits.set_reason(row, "climate", "Veel asfalt", "reden", "team"))
    operations.edit_calendar(workspace, edits.set_chance(row, "environment", None, "team", "milieu"))
    operations.edit_calendar(workspace, edits.set_row(row, "estimate", Decimal(100), "raming"))
    without: calendars.Line = ("Nr", "Omschrijving", "Kwartaal")
    opened = operations.open_file(
        workspace, sheet_of(tmp_path, [without, ("1", "Werk", "Q1 2027")], "b.xlsx")
    )
    operations.import_file(workspace, opened, opened.columns, "S")
    opened = operations.open_file(workspace, path)
    operations.import_file(workspace, opened, table.guess(opened.file), "S")
    row = operations.get_calendar(workspace).rows[0]
    assert [(one.theme, one.chance, one.reason) for one in row.chances] == [("climate", 2, "Veel asfalt")]
    assert row.estimate == Decimal(100)
    assert row.extra == (("Opm", "bel Jan"),)


def test_columns_that_differ_in_case_only_are_exported_apart(workspace: Workspace, tmp_path: Path) -> None:
    head: calendars.Line = (*HEAD, "Opmerkingen", "opmerkingen", "Advies")
    taken(workspace, sheet_of(tmp_path, [head, ("1", "Werk", 1, "Q1 2027", "a", "b", "c")]))
    operations.export_calendar(workspace, tmp_path / "uit.xlsx")
    with open_workspace(tmp_path / "ander.db") as other:
        taken(other, tmp_path / "uit.xlsx")
        extra = dict(operations.get_calendar(other).rows[0].extra)
    assert (extra["Opmerkingen"], extra["opmerkingen (2)"], extra["Advies (2)"]) == ("a", "b", "c")


def test_each_layout_reads_its_own_columns(workspace: Workspace, tmp_path: Path) -> None:
    head: calendars.Line = ("Nr", "Omschrijving", "Datum", "Raming")
    for name, field, title in (("A", "start", "Weg"), ("B", "quarter", "Huis")):
        opened = operations.open_file(
            workspace, sheet_of(tmp_path, [head, (1, title, "1-4-2027", 5)], f"{name}.xlsx")
        )
        operations.import_file(workspace, opened, {0: "number", 1: "title", 2: field, 3: "estimate"}, name)
    again = operations.open_file(workspace, sheet_of(tmp_path, [head, (1, "Huis", "1-4-2027", 5)], "C.xlsx"))
    assert again.known is not None
    assert (again.known.name, again.columns[2]) == ("B", "quarter")
