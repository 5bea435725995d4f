"""A bestek of 400 lines becomes a tender with its posts; three bidders' states come back with unit prices;
every planted fault is named with its line."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cirkeldesk.cli import main
from cirkeldesk.exchange.bill.asphalt import asphalt_of
from cirkeldesk.exchange.bill.bill import Bill, faults_of, kind_of
from cirkeldesk.exchange.bill.read import read_bill
from cirkeldesk.model.award.locks import refusal
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender.award_rules import Lock
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import OfferedMki
from cirkeldesk.operations.tender import bill as operations
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from tests.exchange.bill import bills
from tests.exchange.bill.bills import FORMATS, Line

BILL = bills.lines()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("count", [1, 40, 400, 2000])
def test_every_line_is_read(name: str, count: int) -> None:
    made = bills.lines(count, seed=count)
    found = read_bill(FORMATS[name](made), "bestek")
    assert [(x.code, x.unit, x.quantity) for x in found.lines] == [(x.code, x.unit, x.quantity) for x in made]
    assert [x.kind for x in found.lines] == [kind_of("ter inl." if x.kind == "I" else x.kind) for x in made]
    assert all(made[n].text.split(",")[0] in x.text for n, x in enumerate(found.lines))
    assert list(faults_of(found)) == []
    assert found.untried == name.startswith(("rsx", "zsx"))


def test_what_a_format_holds_that_we_do_not_know_is_named() -> None:
    found = read_bill(bills.rsx(BILL), "bestek")
    assert (found.number, found.title, found.unread) == (
        "2027-B-12",
        "Verzonnen werk",
        ("dl22.nog.onbekend",),
    )
    assert found.lines[25].heading.startswith("2")


@pytest.mark.parametrize(
    ("text", "mix", "thickness"),
    [
        ("Aanbrengen AC 22 base OB, dik 90 mm", "AC 22 base OB", 90.0), ("SMA-NL 11B, laagdikte 35 mm", "SMA-NL 11B", 35.0),
        ("Leveren en verwerken ZOAB 16, 50 mm dik", "ZOAB 16", 50.0), ("Deklaag DZOAB 5, 30 mm", "DZOAB 5", 30.0),
        ("Aanbrengen asfalt", "asfalt", None), ("STAB 0/22 in twee lagen", "STAB 0/22", None),
        ("Onderlaag, dikte 180 mm", "Onderlaag", 180.0), ("AC 11 surf, 30 mm op 40 mm", "AC 11 surf", None),
    ],
)  # fmt: skip
def test_asphalt_is_known_by_what_a_line_says(text: str, mix: str, thickness: float | None) -> None:
    found = asphalt_of(text)
    assert found is not None
    assert (found.mix, found.thickness_mm) == (mix, thickness)


@pytest.mark.parametrize(
    "text",
    ["Frezen asfaltverharding 40 mm", "Aanbrengen markering", "Plaatsen bermplank", "Verwijderen asfalt", "Zagen asfalt",
     "Leveren menggranulaat", "Opbreken asfaltverharding", "Graven sleuf"],
)  # fmt: skip
def test_work_that_lays_no_asphalt_is_not_proposed(text: str) -> None:
    assert asphalt_of(text) is None


@pytest.mark.parametrize("name", FORMATS)
def test_a_bestek_becomes_posts_and_three_states_come_back(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    tender = tenders.new_tender(workspace)
    path = tmp_path / "bestek"
    path.write_bytes(FORMATS[name](BILL))
    opened = operations.open_bill(path)
    asphalt = [x for n, x in enumerate(BILL) if n in opened.proposed]
    assert len(opened.proposed) == 40
    operations.take_posts(workspace, tender, opened, opened.proposed)
    made = tenders.get_tender(workspace, tender)
    assert [post.bill_code for post in made.posts] == [x.code for x in asphalt]
    for post, line in zip(made.posts, asphalt, strict=True):
        code = "mass_t" if line.unit == "ton" else "area_m2"
        assert (post.value(code), post.route) == (
            float(line.quantity), "bill" if line.unit == "ton" else "area_thickness")  # fmt: skip
        assert post.value("thickness_mm") is not None
    for number in range(3):
        state = tmp_path / f"staat {number}"
        offered = bills.priced(BILL, number)
        state.write_bytes(FORMATS[name](offered) if name != "rsx" else FORMATS["xlsx"](offered))
        check = operations.check_state(workspace, tender, state)
        assert [f for f in check.faults if name != "rsx" or f.message.key != "bill_text"] == []
        variant = operations.take_state(
            workspace, tender, check, f"Bedrijf {number} (verzonnen)", "geen verschil"
        )
        bid = tenders.get_tender(workspace, tender).variant(variant)
        want = {x.code: x for x in offered}
        for post, answer in ((p, bid.answer(p.id)) for p in made.posts):
            line = want[post.bill_code or ""]
            assert (answer.unit_price, answer.price) == (line.price, line.amount)
        whole = sum((x.amount or Decimal(0) for x in offered), Decimal(0))
        assert bid.price == (whole if "xlsx" in name or name in ("ods", "rsx") else None)
    with workspace.unit() as unit:
        assert faults(unit) == []
    assert len(tenders.get_tender(workspace, tender).received) == 3


def change(offered: list[Line], at: int, **changes: object) -> list[Line]:
    return [replace(x, **changes) if n == at else x for n, x in enumerate(offered)]  # type: ignore[arg-type]


def without(offered: list[Line], at: int) -> list[Line]:
    return [x for n, x in enumerate(offered) if n != at]


PLANTS: dict[str, tuple[str, str, Callable[[list[Line], int], list[Line]]]] = {
    "a line taken out": ("bill_missing", "error", without),
    "another quantity": ("bill_quantity", "error", lambda o, at: change(o, at, quantity=o[at].quantity + 1)),
    "another unit": ("bill_unit", "error", lambda o, at: change(o, at, unit="uur")),
    "another text": ("bill_text", "decide", lambda o, at: change(o, at, text="Iets anders (verzonnen)")),
    "no price": ("bill_no_price", "error", lambda o, at: change(o, at, price=None)),
    "a line more": ("bill_extra", "error", lambda o, at: [*o, Line("999990", "Extra (verzonnen)", "st", Decimal(1), "N", Decimal(5))]),
    "a line twice": ("bill_double", "error", lambda o, at: [*o, o[at]]),
}  # fmt: skip


@pytest.mark.parametrize("name", ["xlsx", "ods", "zsx", "xlsx by kind"])
@pytest.mark.parametrize("plant", PLANTS)
def test_every_planted_fault_is_named_with_its_line(
    workspace: Workspace, tmp_path: Path, name: str, plant: str
) -> None:
    tender = tenders.new_tender(workspace)
    path, state = tmp_path / "bestek", tmp_path / "staat"
    small = bills.lines(60, seed=9)
    path.write_bytes(FORMATS[name](small))
    opened = operations.open_bill(path)
    operations.take_posts(workspace, tender, opened, opened.proposed)
    at = random.Random(plant).choice([n for n, x in enumerate(small) if x.kind != "I"])
    key, level, planted = PLANTS[plant]
    state.write_bytes(FORMATS[name](planted(bills.priced(small, 3), at)))
    check = operations.check_state(workspace, tender, state)
    found = {(f.message.key, f.level) for f in check.faults}
    assert (key, level) in found, check.faults
    told = [f for f in check.faults if f.message.key == key]
    assert all(f.place for f in told)
    code = dict(told[0].message.params)["code"]
    assert code == ("999990" if plant == "a line more" else small[at].code)
    if level == "error":
        with pytest.raises(StoreError, match="bill_faults"):
            operations.take_state(workspace, tender, check, "Bedrijf (verzonnen)", "reden")
    else:
        with pytest.raises(StoreError, match="bill_decide"):
            operations.take_state(workspace, tender, check, "Bedrijf (verzonnen)")
        operations.take_state(workspace, tender, check, "Bedrijf (verzonnen)", "zelfde werk")
        assert tenders.get_tender(workspace, tender).received[0].reason == "zelfde werk"


def test_sums_that_do_not_add_up_are_for_a_person(workspace: Workspace, tmp_path: Path) -> None:
    offered = bills.priced(bills.lines(30, seed=4), 2)
    table = bills.rows(offered)
    place = next(n for n, row in enumerate(table) if row and row[0] == offered[5].code)
    table[place] = (*table[place][:6], 1.0)
    from tests.exchange.workbooks import xlsx

    bill = read_bill(xlsx(rows=table), "staat")
    told = [(f.message.key, f.level, f.place) for f in faults_of(bill)]
    assert told == [("bill_amount", "decide", f"rij {place + 1}"), ("bill_total", "decide", "totaal")]


def test_a_quantity_for_information_is_never_computed_with(workspace: Workspace, tmp_path: Path) -> None:
    tender = tenders.new_tender(workspace)
    path = tmp_path / "bestek"
    line = Line("310000", "Aanbrengen AC 16 base, dik 60 mm (verzonnen)", "ton", Decimal(900), "I")
    path.write_bytes(FORMATS["xlsx"]([line, *bills.lines(3)]))
    opened = operations.open_bill(path)
    assert 0 not in opened.proposed
    operations.take_posts(workspace, tender, opened, {0})
    assert tenders.get_tender(workspace, tender).posts[0].value("mass_t") is None


def test_posts_come_beside_what_somebody_typed(workspace: Workspace, tmp_path: Path) -> None:
    from cirkeldesk.model.tender import edits
    from cirkeldesk.operations.tender.tenders import edit_tender

    tender = tenders.new_tender(workspace)
    first = tenders.get_tender(workspace, tender).posts[0]
    edit_tender(
        workspace,
        tender,
        edits.set_post_value(tenders.get_tender(workspace, tender), first.id, "thickness_mm", 35.0, "dikte"),
    )
    path = tmp_path / "bestek"
    path.write_bytes(FORMATS["ods"](bills.lines(40)))
    opened = operations.open_bill(path)
    operations.take_posts(workspace, tender, opened, opened.proposed)
    names = [post.name for post in tenders.get_tender(workspace, tender).posts]
    assert names[0] == first.name
    assert len(names) == len(set(names)) > len(opened.proposed)


def test_the_command_line_goes_the_whole_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = str(tmp_path / "a.db")
    bestek, state = tmp_path / "bestek.rsx", tmp_path / "staat.xlsx"
    small = bills.lines(60, seed=2)
    bestek.write_bytes(FORMATS["rsx simple"](small))
    state.write_bytes(FORMATS["xlsx"](bills.priced(small, 1)))
    assert main(["--db", database, "example"]) == 0
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(Path(database)) as workspace:
        identity = tenders.new_tender(workspace)
    capsys.readouterr()
    assert main(["--db", database, "bill", str(bestek), "--tender", identity, "--json"]) == 0
    told = capsys.readouterr()
    assert "niet beproefd met een echt bestand" in told.err
    assert sum(line["post"] for line in json.loads(told.out)["lines"]) == 6
    assert main(["--db", database, "bill", str(bestek), "--lines", "000000"]) == 2
    command = [
        "--db",
        database,
        "state",
        str(state),
        "--tender",
        identity,
        "--bidder",
        "Bedrijf (verzonnen)",
        "--json",
    ]
    assert main(command) == 0
    assert len(json.loads(capsys.readouterr().out)["prices"]) == 6


BAD: dict[str, tuple[bytes, str]] = {
    "another XML": (b"<a><b/></a>", "bill_unknown"),
    "a damaged RSX": (bills.rsx(BILL)[:2000], "xml_broken"),
    "a DOCTYPE": (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + bills.rsx(BILL), "xml_unsafe"),
    "a PDF": (b"%PDF-1.7", "bill_pdf"),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file_old_excel"),
    "a table of something else": (b"Naam;Leeftijd\nx;3\n", "bill_no_header"),
    "heads without lines": (b"Code;Omschrijving;Hoeveelheid;Eenheid\n", "bill_no_lines"),
    "a bomb of depth": (b"<RAWBestand>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</RAWBestand>", "xml_too_deep"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_bill_says_so(name: str) -> None:
    content, key = BAD[name]
    with pytest.raises(ReadError) as refused:
        read_bill(content, "bestek")
    assert refused.value.key == key


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_bills_are_read_or_refused(name: str, deep: bool) -> None:
    """Bytes changed, cut out and cut off: within the limits of hostile input, and nothing half."""
    whole = FORMATS[name](bills.lines(60))
    chance = random.Random(name)
    for number in range(400 if deep else 20):
        content = bytearray(whole)
        if number % 2:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.randint(1, 40)):
                content[chance.randrange(len(content))] = chance.randrange(256)
        started = time.process_time()
        try:
            assert isinstance(read_bill(bytes(content), "bestek"), Bill)
        except ReadError as problem:
            assert problem.key  # noqa: PT017
        assert time.process_time() - started < 5  # a limit on hostile input


def test_what_heads_mean_is_remembered_for_the_command_line_too(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = bills.lines(40, seed=7)
    path = tmp_path / "bestek.xlsx"
    path.write_bytes(bills.under_heads("xlsx", made, bills.OTHER_HEADS))
    with pytest.raises(ReadError) as refused:
        operations.open_bill(path)
    assert refused.value.key == "bill_no_header"
    heads = operations.heads_asked(path, {})
    assert [head.shown for head in heads] == list(bills.OTHER_HEADS)
    assert made[0].code in heads[0].sample
    fields = ("code", "text", "quantity", "unit", "kind", "unit_price", "amount")
    said = {head.head: name for head, name in zip(heads, fields, strict=True)}
    opened = operations.open_bill(path, said)
    assert len(opened.bill.lines) == 40
    tender = tenders.new_tender(workspace)
    assert operations.known_heads(workspace) == {}  # looking at a file keeps nothing
    operations.take_posts(workspace, tender, opened, opened.proposed)
    assert operations.known_heads(workspace) == said
    state = tmp_path / "staat.xlsx"
    state.write_bytes(bills.under_heads("xlsx", bills.priced(made, 2), bills.OTHER_HEADS))
    checked = operations.check_state(workspace, tender, state)
    assert (checked.errors, len(checked.prices)) == ((), len(opened.proposed))


def test_a_column_that_is_not_needed_is_not_read(tmp_path: Path) -> None:
    """Two columns whose heads both say a description: the one that somebody leaves out is left out."""
    path = tmp_path / "staat.csv"
    path.write_text("Nr;Omschrijving;Tekst;Hoeveelheid\n1;kort;lang en breed;3\n", encoding="utf-8")
    assert operations.open_bill(path).bill.lines[0].text == "kort"
    assert operations.open_bill(path, {"omschrijving": ""}).bill.lines[0].text == "lang en breed"


def test_what_was_said_of_one_file_leaves_files_that_say_it_themselves(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Somebody said that "Code" is not needed in a file of other heads; an office's own state still has its
    codes."""
    made = bills.lines(40, seed=8)
    office, other = tmp_path / "bestek.xlsx", tmp_path / "anders.xlsx"
    office.write_bytes(bills.FORMATS["xlsx"](made))
    heads = ("Code", "Wat te doen", "Hoeveel", "Per", "Soort regel", "Euro", "Samen")
    other.write_bytes(bills.under_heads("xlsx", made, heads))
    first, second = tenders.new_tender(workspace), tenders.new_tender(workspace)
    opened = operations.open_bill(office)
    operations.take_posts(workspace, first, opened, opened.proposed)
    said = {"code": "", "wat te doen": "text", "hoeveel": "quantity", "per": "unit"}
    opened = operations.open_bill(other, said)
    operations.take_posts(workspace, second, opened, opened.proposed)
    known = operations.known_heads(workspace)
    assert known == said
    assert operations.open_bill(office, None, known).bill == operations.open_bill(office).bill
    state = tmp_path / "staat.xlsx"
    state.write_bytes(bills.FORMATS["xlsx"](bills.priced(made, 3)))
    assert operations.check_state(workspace, first, state).faults == ()


def test_a_total_with_vat_is_not_the_bid_sum(workspace: Workspace, tmp_path: Path) -> None:
    lines = ["Code;Omschrijving;Hoeveelheid;Eenheid;Prijs;Bedrag", "1;AC 16 base, dik 50 mm;10;ton;100;1000"]
    path = tmp_path / "staat.csv"
    path.write_text(
        "\n".join([*lines, ";Totaal excl. btw;;;;1000", ";Btw 21 %;;;;210", ";Totaal incl. btw;;;;1210"])
    )
    assert operations.open_bill(path).bill.total == 1000
    path.write_text("\n".join([*lines, ";Totaal inclusief btw;;;;1210"]))
    assert operations.open_bill(path).bill.total is None


@pytest.mark.parametrize("mark", ["*", " *", ":", " :", " * "])
def test_heads_with_a_mark_behind_them(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "staat.csv"
    heads = ";".join(f"{name}{mark}" for name in ("Code", "Omschrijving", "Hoeveelheid", "Eenheid"))
    path.write_text(f"{heads}\n1;AC 16 base;10;ton\n", encoding="utf-8")
    assert operations.open_bill(path).bill.lines[0].unit == "ton"


def test_one_file_is_one_bidders_and_locks_prices_only(workspace: Workspace, tmp_path: Path) -> None:
    made = bills.lines(40, seed=9)
    bestek, state = tmp_path / "bestek.xlsx", tmp_path / "staat.xlsx"
    bestek.write_bytes(bills.FORMATS["xlsx"](made))
    state.write_bytes(bills.FORMATS["xlsx"](bills.priced(made, 3)))
    identity = tenders.new_tender(workspace)
    opened = operations.open_bill(bestek)
    operations.take_posts(workspace, identity, opened, opened.proposed)
    checked = operations.check_state(workspace, identity, state)
    operations.take_state(workspace, identity, checked, "A (verzonnen)")
    first = tenders.get_tender(workspace, identity).received
    operations.take_state(workspace, identity, checked, "A (verzonnen)")
    assert tenders.get_tender(workspace, identity).received == first
    with pytest.raises(StoreError) as refused:
        operations.take_state(workspace, identity, checked, "B (verzonnen)")
    assert refused.value.key == "bill_taken_already"
    lock = Lock("2026-01-02", "Leidraad", "tester", "2026-01-02T09:00:00+01:00")
    before = replace(tenders.get_tender(workspace, identity), lock=lock, closes_on="2026-01-03")
    bid = before.variants[0]
    for change, key in (({"mki": OfferedMki(8.9)}, None), ({"unit_price": Decimal(1)}, "bid_received")):
        answers = (replace(bid.answers[0], **change), *bid.answers[1:])
        after = replace(before, variants=(replace(bid, answers=answers),))
        found = refusal(before, after, now="2026-02-01T12:00:00+01:00", author="a")
        assert (found.key if found is not None else None) == key


@pytest.mark.parametrize("layout", ["xlsx", "ods", "csv"])
def test_the_heads_that_are_asked_are_those_above_the_figures(tmp_path: Path, layout: str) -> None:
    """Above them a line of words of the office."""
    made = bills.lines(40, seed=7)
    above = (
        "Opdrachtgever",
        "Gemeente X (verzonnen)",
        "Werk",
        "Verzonnen",
        "Datum",
        "heden",
        "Perceel",
        "een",
    )
    path = tmp_path / f"staat.{layout}"
    path.write_bytes(bills.under_heads(layout, made, bills.OTHER_HEADS, above=above))
    assert [head.shown for head in operations.heads_asked(path, {})] == list(bills.OTHER_HEADS)


def test_the_sheet_that_is_asked_about_is_the_one_with_figures(tmp_path: Path) -> None:
    path = tmp_path / "staat.xlsx"
    path.write_bytes(bills.under_heads("xlsx", bills.lines(40, seed=7), bills.OTHER_HEADS))
    book = load_workbook(path)
    page = book.create_sheet("Toelichting", 0)
    for number in range(200):
        page.append([f"regel {number}", "tekst", "nog meer tekst"])
    book.save(path)
    assert [head.shown for head in operations.heads_asked(path, {})] == list(bills.OTHER_HEADS)


def test_a_state_without_a_known_price_column_asks(workspace: Workspace, tmp_path: Path) -> None:
    made = bills.lines(40, seed=8)
    bestek, state = tmp_path / "bestek.xlsx", tmp_path / "staat.xlsx"
    bestek.write_bytes(bills.FORMATS["xlsx"](made))
    heads = ("Code", "Omschrijving", "Hoeveelheid", "Eenheid", "V/N", "Euro", "Samen")
    state.write_bytes(bills.under_heads("xlsx", bills.priced(made, 3), heads))
    tender = tenders.new_tender(workspace)
    opened = operations.open_bill(bestek)
    operations.take_posts(workspace, tender, opened, opened.proposed)
    with pytest.raises(ReadError) as refused:
        operations.check_state(workspace, tender, state)
    assert refused.value.key == "bill_no_prices"
    checked = operations.check_state(workspace, tender, state, {"euro": "unit_price", "samen": "amount"})
    assert (checked.faults, len(checked.prices)) == ((), len(opened.proposed))
    empty = tmp_path / "leeg.xlsx"
    empty.write_bytes(bills.FORMATS["xlsx"](made))
    with pytest.raises(ReadError):
        operations.check_state(workspace, tender, empty)


@pytest.mark.parametrize(("closes", "taken"), [("2999-01-01", False), ("2020-01-01", True), (None, True)])
def test_before_the_deadline_a_state_is_only_compared(
    workspace: Workspace, tmp_path: Path, closes: str | None, taken: bool
) -> None:
    made = bills.lines(40, seed=9)
    bestek, state = tmp_path / "bestek.xlsx", tmp_path / "staat.xlsx"
    bestek.write_bytes(bills.FORMATS["xlsx"](made))
    state.write_bytes(bills.FORMATS["xlsx"](bills.priced(made, 3)))
    identity = tenders.new_tender(workspace)
    opened = operations.open_bill(bestek)
    operations.take_posts(workspace, identity, opened, opened.proposed)
    tenders.edit_tender(workspace, identity, Edit("x", {}, lambda tender: replace(tender, closes_on=closes)))
    checked = operations.check_state(workspace, identity, state)
    assert checked.errors == ()
    if taken:
        operations.take_state(workspace, identity, checked, "A (verzonnen)")
    else:
        with pytest.raises(StoreError) as refused:
            operations.take_state(workspace, identity, checked, "A (verzonnen)")
        assert refused.value.key == "form_test"
    assert bool(tenders.get_tender(workspace, identity).variants) is taken
