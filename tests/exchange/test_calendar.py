"""The calendar's import: a messy file of 150 rows, what is doubtful named, and read again without loss of judgements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.exchange import calendar_table as table
from cirkeldesk.exchange.reading import ReadError
from cirkeldesk.exchange.table import Cell
from cirkeldesk.model import calendar_edits as edits
from cirkeldesk.model.calendar import Calendar, CalendarRow, Doubt, ThemeChance, has_word, plan_import, take_import
from cirkeldesk.model.publication import THEMES
from cirkeldesk.operations import calendar as operations
from cirkeldesk.operations import tenders
from cirkeldesk.operations.desk import Desk, open_desk
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import calendar as words
from tests.exchange import calendars


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "kalender.db", author="team") as made:
        yield made


def written(folder: Path, rows: list[calendars.Line], name: str = "kalender.xlsx") -> tuple[Path, list[int]]:
    content, places = calendars.workbook(rows)
    (folder / name).write_bytes(content)
    return folder / name, places


# --- the file --------------------------------------------------------------------------------------------------------


def test_a_messy_file_of_150_rows_is_read_with_every_doubtful_row_named(desk: Desk, tmp_path: Path) -> None:
    rows, doubtful = calendars.lines()
    path, places = written(tmp_path, rows)
    opened = operations.open_file(desk, path)
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
    plan = operations.import_file(desk, opened, opened.columns, "Wegen")
    assert (len(plan.fresh), len(plan.changed), len(plan.vanished)) == (150, 0, 0)
    assert {row.place for row in plan.doubtful} == {places[index] for index in doubtful}
    told = "\n".join(words.doubt_lines(plan.doubtful))
    for index in doubtful:
        assert f"Rij {places[index]}, " in told
    assert "“200.000 - 300.000” is geen enkel bedrag." in told
    assert "“voorjaar 2027” is geen kwartaal of datum." in told
    calendar = operations.get_calendar(desk)
    assert len(calendar.rows) == 150
    by_place = {row.place: row for row in calendar.rows}
    first = by_place[places[0]]
    assert (first.number, first.estimate, first.quarter, first.start) == ("20270001", Decimal(1250000), "2027-Q1", "2027-09-01")
    assert by_place[places[2]].estimate == Decimal(1200000)
    assert by_place[places[3]].estimate == Decimal(250000)
    assert by_place[places[8]].estimate == Decimal("612500.5")
    assert by_place[places[4]].estimate is None
    assert by_place[places[1]].quarter == "2027-Q2"
    assert first.extra == (("Opm.", "let op"),)


def test_a_file_read_again_keeps_every_judgement(desk: Desk, tmp_path: Path) -> None:
    rows, _ = calendars.lines()
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(desk, path)
    operations.import_file(desk, opened, opened.columns, "Wegen")
    calendar = operations.get_calendar(desk)
    for place, row in enumerate(calendar.rows):
        edit = edits.set_chances([row], THEMES, place % 4, "team")
        operations.edit_calendar(desk, edit)
        operations.edit_calendar(desk, edits.set_advice(row, "text", f"advies {place}", "advies"))
    before = {row.id: row for row in operations.get_calendar(desk).rows}
    newer, _ = calendars.later(rows)
    path, _ = written(tmp_path, newer, "kalender mei.xlsx")
    again = operations.open_file(desk, path)
    assert again.known is not None
    assert again.known.name == "Wegen"
    assert dict(again.columns) == dict(opened.columns)
    # Rows without a number, and two of one number, are asked about; each is the one of its title.
    asked = operations.plan_file(desk, again, again.columns, "Wegen")
    assert len(asked.questions) == 6 + 2
    answers = {question.place: question.candidates[0] for question in asked.questions}
    plan = operations.import_file(desk, again, again.columns, "Wegen", answers)
    assert (len(plan.fresh), len(plan.changed), len(plan.vanished)) == (12, 9, 3)
    assert words.import_title(plan) == "12 nieuw · 9 gewijzigd · 3 niet meer in het bestand · 138 gelijk"
    assert all(name == "estimate" for changes in plan.changes.values() for name, _, _ in changes)
    after = {row.id: row for row in operations.get_calendar(desk).rows}
    assert len(after) == 162
    for identity, row in before.items():
        assert (after[identity].chances, after[identity].advice) == (row.chances, row.advice)
    assert sum(row.vanished is not None for row in after.values()) == 3
    # One step, and it can be taken back.
    tenders.undo(desk, "kalender", "calendar")
    assert {row.id: row for row in operations.get_calendar(desk).rows} == before


def test_an_unanswered_row_without_a_number_is_new_and_what_it_may_have_been_is_only_marked(desk: Desk, tmp_path: Path) -> None:
    rows, _ = calendars.lines(30)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(desk, path)
    operations.import_file(desk, opened, opened.columns, "Wegen")
    plan = operations.import_file(desk, opened, opened.columns, "Wegen")
    assert (len(plan.fresh), len(plan.vanished)) == (1, 1)
    assert len(operations.get_calendar(desk).rows) == 31


def test_a_cell_that_can_no_longer_be_read_leaves_what_was_known() -> None:
    known = CalendarRow("r1", "Werk", number="1", estimate=Decimal(500), source="s")
    newer = CalendarRow("", "Werk", number="1", doubts=(Doubt("estimate", "veel", "not_an_amount"),), place=7)
    calendar = take_import(Calendar(rows=(known,)), plan_import(Calendar(rows=(known,)), [newer], "s"), "2027-01-01")
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


@given(st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6), st.lists(st.sampled_from(["1", "2", "3", ""]), max_size=6))
def test_no_import_ever_drops_a_row_or_a_judgement(first: list[str], second: list[str]) -> None:
    """Whatever two files hold, every row we had is there afterwards with its judgement, once."""

    def incoming(numbers: list[str]) -> list[CalendarRow]:
        return [CalendarRow("", f"werk {number or place}", number=number, place=place) for place, number in enumerate(numbers, 2)]

    calendar = take_import(Calendar(), plan_import(Calendar(), incoming(first), "s"), "2027-01-01")
    judged = {row.id: (ThemeChance("climate", 3, "team"),) for row in calendar.rows}
    calendar = Calendar(
        rows=tuple(edits.set_chance(r, "climate", 3, "team", "").apply(calendar).row(r.id) for r in calendar.rows)
    )
    plan = plan_import(calendar, incoming(second), "s")
    answers = {question.place: question.candidates[0] for question in plan.questions}
    plan = plan_import(calendar, incoming(second), "s", answers)
    after = take_import(calendar, plan, "2027-02-01")
    assert len({row.id for row in after.rows}) == len(after.rows)
    assert {row.id: row.chances for row in after.rows if row.id in judged} == judged
    standing = sum(row.vanished is None for row in after.rows)
    assert standing == len(second)


# --- how people write ------------------------------------------------------------------------------------------------

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
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_euros_as_people_type_them(text: str) -> None:
    assert table.read_amount(Cell(text), text) == AMOUNTS[text]


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
}


@pytest.mark.parametrize("text", QUARTERS)
def test_quarters_as_people_type_them(text: str) -> None:
    assert words.read_quarter(text) == QUARTERS[text]


@given(st.text(max_size=30))
def test_no_text_is_read_as_an_amount_or_a_date_by_accident_or_breaks_the_reader(text: str) -> None:
    amount = table.read_amount(Cell(text), text)
    assert amount is None or isinstance(amount, (str, Decimal))
    quarter = words.read_quarter(text)
    assert quarter is None or (quarter[4:6] == "-Q" and quarter[6] in "1234")


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a;b\n1;2\n", b"Naam;Leeftijd;Plaats\nx;1;y\n"])
def test_a_file_that_is_no_calendar_says_so_and_changes_nothing(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "iets.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        operations.open_file(desk, path)
    assert not operations.get_calendar(desk).rows


def test_a_csv_is_read_as_well_as_a_workbook(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kalender.csv"
    path.write_text("Nummer;Omschrijving;Raming;Kwartaal;Klimaat\n7;Deklagen;€ 400.000;Q2 2027;3\n", encoding="utf-8-sig")
    opened = operations.open_file(desk, path)
    operations.import_file(desk, opened, opened.columns, "csv")
    row = operations.get_calendar(desk).rows[0]
    assert (row.number, row.title, row.estimate, row.quarter) == ("7", "Deklagen", Decimal(400000), "2027-Q2")
    assert [(found.theme, found.chance) for found in row.chances] == [("climate", 3)]


# --- onwards ---------------------------------------------------------------------------------------------------------


def test_what_is_exported_is_read_back_the_same(desk: Desk, tmp_path: Path) -> None:
    """Export → import in an empty file gives the same rows and confirmed chances; proposals do not become judgements."""
    rows, _ = calendars.lines(40)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(desk, path)
    operations.import_file(desk, opened, opened.columns, "Wegen")
    judged = operations.get_calendar(desk).rows[:10]
    operations.edit_calendar(desk, edits.set_chances(judged, THEMES, 2, "team"))
    for name in ("uit.xlsx", "uit.csv"):
        operations.export_calendar(desk, tmp_path / name)
        with open_desk(tmp_path / f"{name}.db") as other:
            again = operations.open_file(other, tmp_path / name)
            operations.import_file(other, again, again.columns, "uit")
            found = operations.get_calendar(other).rows
        for mine, theirs in zip(operations.get_calendar(desk).rows, found, strict=True):
            for field in ("number", "title", "organisation", "estimate", "quarter", "start", "duration"):
                assert getattr(mine, field) == getattr(theirs, field), (name, field)
            assert [(one.theme, one.chance) for one in mine.chances] == [(one.theme, one.chance) for one in theirs.chances]


def test_a_tender_of_a_row_takes_its_planning_along(desk: Desk, tmp_path: Path) -> None:
    rows, _ = calendars.lines(10)
    path, _ = written(tmp_path, rows)
    opened = operations.open_file(desk, path)
    operations.import_file(desk, opened, opened.columns, "Wegen")
    row = operations.get_calendar(desk).rows[2]
    tender = tenders.get_tender(desk, operations.make_tender(desk, row.id))
    assert (tender.number, tender.title, tender.publication.estimate) == ("20270003", "Na-isolatie steunpunt 3", Decimal(1200000))
    assert [post.name for post in tender.posts] == ["Isolatielaag"]
    assert operations.get_calendar(desk).row(row.id).tender == tender.id
    with pytest.raises(StoreError, match="number_taken"):
        operations.make_tender(desk, row.id)


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
