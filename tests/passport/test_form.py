"""The passport form: clean ones without alarm, every planted fault by its cell, in both kinds of workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cirkeldesk.exchange.passport_form.form import COLUMNS, FIRST_ROW, HEAD_ROW, SHEET
from cirkeldesk.exchange.table.sheet import column_letters
from cirkeldesk.model.passport.checks import same_mix
from cirkeldesk.operations.contract import contracts
from cirkeldesk.operations.contract.deliveries import record
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.passport import passports as acts
from cirkeldesk.operations.tender.tenders import put_tender
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.ods import ods
from cirkeldesk.wording import sentences
from tests.acceptance.locking import at
from tests.acceptance.test_chain_commands import tender

PLACE = {column.name: number for number, column in enumerate(COLUMNS, 1)}
ROW = FIRST_ROW + 1  # as openpyxl counts
GOOD: dict[str, Any] = {
    "object": "N201",
    "section": "vak 3",
    "road": "N201",
    "km_from": 3.2,
    "km_to": 3.45,
    "x": 136_000,
    "y": 456_000,
    "municipality": "Nieuwegein",
    "layer": 2,
    "layer_kind": "onderlaag",
    "thickness": 80,
    "length": 250,
    "width": 12,
    "area": 3000,
    "mass_t": 600,
    "mix": "AC 22 base",
    "producer": "Centrale (verzonnen)",
    "plant": "Noord",
    "declaration_of_performance": "DoP-1",
    "binder": "40/60",
    "biobased": 3,
    "biobased_basis": "van het mengsel",
    "reclaimed": 60,
    "mki": 6.5,
    "set_code": "A2",
    "edition": "2025",
    "declaration": "EPD-7",
    "valid_until": "31-12-2029",
    "co2": 42.5,
    "laid_on": "1-5-2027",
    "life": 24,
    "guarantee_until": "1-5-2032",
    "tar": "vrij",
    "asbestos": "vrij",
    "tested_on": "2-5-2027",
    "next_use": "PBL R8",
    "evidence": "weegbon 12",
}


@pytest.fixture
def begun(workspace: Workspace) -> tuple[Workspace, str]:
    at(workspace, "2027-01-15T09:00:00+00:00")
    asked = tender("2027-001")
    asked["posts"][0]["details"] = [["mix_type", "AC 22 base"]]
    put_tender(workspace, asked)
    with workspace.unit() as unit:
        (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    contracts.award_lot(workspace, identity, "2027-01-15")
    at(workspace, "2027-06-01T09:00:00+00:00")
    delivery = {
        "date": "2027-05-01",
        "post": "p1",
        "quantity": 600,
        "mki": 6.5,
        "accepted": True,
        "evidence": "w",
    }
    record(workspace, identity, [delivery], "proef")
    return workspace, identity


def filled(begun: tuple[Workspace, str], folder: Path, change: Callable[[Any], None], name: str) -> Path:
    """A form with its first row filled in well, and then changed; `name` ends in xlsx or ods."""
    workspace, identity = begun
    blank = folder / "leeg.xlsx"
    acts.write_passport_form(workspace, identity, blank)
    book = openpyxl.load_workbook(blank)
    sheet = book[SHEET]
    for field, value in GOOD.items():
        sheet.cell(ROW, PLACE[field]).value = value
    change(sheet)
    path = folder / "terug.xlsx"
    book.save(path)
    if name.endswith("ods"):
        path = folder / name
        path.write_bytes(ods((folder / "terug.xlsx").read_bytes()))
    return path


def cell(field: str, row: int = ROW) -> str:
    return f"{column_letters(PLACE[field] - 1)}{row}"


def put(**values: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for field, value in values.items():
            sheet.cell(ROW, PLACE[field]).value = value

    return change


def second(**values: Any) -> Callable[[Any], None]:
    """A second row as the first, with other values."""

    def change(sheet: Any) -> None:
        for field, value in {**GOOD, "post": sheet.cell(ROW, 1).value, **values}.items():
            sheet.cell(ROW + 1, PLACE[field]).value = value

    return change


def test_the_form_is_prefilled_by_award_and_delivery(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, identity = begun
    acts.write_passport_form(workspace, identity, tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")[SHEET]
    assert [sheet.cell(row, 1).value for row in (ROW, ROW + 1, ROW + 2)] == ["Onderlaag", "Deklaag", None]
    assert sheet.cell(ROW, PLACE["mass_t"]).value == 600  # what was accepted
    assert sheet.cell(ROW + 1, PLACE["mass_t"]).value is None
    assert sheet.cell(ROW, PLACE["layer_kind"]).value == "onderlaag"
    assert sheet.protection.sheet
    assert sheet.cell(ROW, 2).protection.locked is False
    assert sheet.cell(HEAD_ROW + 1, 1).protection.locked is True


@pytest.mark.parametrize("name", ["terug.xlsx", "terug.ods"])
def test_a_clean_form_becomes_passports_without_alarm(
    begun: tuple[Workspace, str], tmp_path: Path, name: str
) -> None:
    workspace, identity = begun
    path = filled(begun, tmp_path, lambda sheet: None, name)
    found = acts.check_passport_form(workspace, path)
    assert [fault for fault in found.faults if fault.level == "error"] == []
    (report,) = import_files(workspace, [path])
    assert (report.status, report.stored, report.format) == ("imported", 1, acts.FORM)
    (one,) = acts.all_passports(workspace)
    assert (one.object, one.layer, one.layer_kind, one.tender, one.post) == (
        "N201",
        2,
        "base",
        identity,
        "p1",
    )
    assert (one.biobased, one.biobased_basis, one.reclaimed) == (0.03, "mix", 0.6)
    assert (one.laid_on, one.guarantee_until, one.valid_until) == ("2027-05-01", "2032-05-01", "2029-12-31")
    assert (one.tar, one.asbestos, one.mki, one.set_code) == ("free", "free", 6.5, "A2")
    assert one.next_use is not None
    assert one.next_use.step == 8
    assert (one.place.x, one.place.y, one.km_to) == (136_000, 456_000, 3.45)
    # Once more: nothing new, and what happened since stays.
    (again,) = import_files(workspace, [path])
    assert (again.status, again.stored) == ("unchanged", 0)


def test_a_form_that_nobody_filled_in_gives_nothing_and_says_which_posts_lack(
    begun: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, identity = begun
    acts.write_passport_form(workspace, identity, tmp_path / "f.xlsx")
    found = acts.check_passport_form(workspace, tmp_path / "f.xlsx")
    assert found.passports == ()
    assert [(fault.cell, fault.message.key) for fault in found.faults] == [
        (f"A{ROW}", "passport_no_row"),
        (f"A{ROW + 1}", "passport_no_row"),
    ]


FAULTS: list[tuple[Callable[[Any], None], str]] = [
    (put(post="Kruidenlaag"), cell("post")),
    (put(post=None), cell("post")),
    (put(object=None), cell("object")),
    (put(km_from="veel"), cell("km_from")),
    (put(km_to=3.1), cell("km_to")),
    (put(km_to=None), cell("km_to")),
    (put(x=5_000_000), cell("x")),
    (put(y=None), cell("y")),
    (put(x=None), cell("x")),
    (put(layer=None), cell("layer")),
    (put(layer=0), cell("layer")),
    (put(layer=1.5), cell("layer")),
    (put(layer_kind="bovenop"), cell("layer_kind")),
    (put(thickness=None), cell("thickness")),
    (put(thickness="8 cm"), cell("thickness")),
    (put(thickness=-80), cell("thickness")),
    (put(length="=1/0"), cell("length")),
    (put(area=0), cell("area")),
    (put(mass_t=6), cell("mass_t")),  # 0.03 t per m³
    (put(mass_t=60_000), cell("mass_t")),
    (put(mass_t="600 kg"), cell("mass_t")),
    (put(mix=None), cell("mix")),
    (put(producer=None), cell("producer")),
    (put(biobased=120), cell("biobased")),
    (put(biobased_basis=None), cell("biobased_basis")),
    (put(biobased_basis="van alles"), cell("biobased_basis")),
    (put(reclaimed="zestig"), cell("reclaimed")),
    (put(set_code="A3"), cell("set_code")),
    (put(set_code=None), cell("set_code")),
    (put(mki="1.234"), cell("mki")),
    (put(laid_on=None), cell("laid_on")),
    (put(laid_on="31-2-2027"), cell("laid_on")),
    (put(laid_on="2027"), cell("laid_on")),
    (put(laid_on="1-7-2027"), cell("laid_on")),  # after today
    (put(guarantee_until="1-1-2027"), cell("guarantee_until")),
    (put(tar="misschien"), cell("tar")),
    (put(tested_on=None), cell("tested_on")),
    (put(tested_on="gisteren"), cell("tested_on")),
    (put(next_use="R12"), cell("next_use")),
    (put(evidence=None), cell("evidence")),
    (put(producer="n.v.t."), cell("producer")),
    (put(object="-"), cell("object")),
    (put(laid_on="1-5-1026"), cell("laid_on")),
    (put(laid_on="1-1-2027"), cell("laid_on")),  # before the award
    (put(tested_on="1-1-1900"), cell("tested_on")),
    (put(tar=None, tested_on=None), cell("tested_on")),  # asbestos was tested too
    (second(km_from=3.2000001, section="VAK  3"), cell("object", ROW + 1)),
    (lambda sheet: setattr(sheet.cell(FIRST_ROW + 50, 2), "value", "N999"), f"B{FIRST_ROW + 50}"),
    (put(road=None, section=None, km_from=None, km_to=None, x=None, y=None), cell("road")),
    (lambda sheet: setattr(sheet.cell(HEAD_ROW + 1, 3), "value", "Onderdeel"), f"C{HEAD_ROW + 1}"),
    (second(), cell("object", ROW + 1)),
]


@pytest.mark.parametrize(("change", "place"), FAULTS)
@pytest.mark.parametrize("name", ["terug.xlsx", "terug.ods"])
def test_a_planted_fault_is_found_by_its_cell_and_nothing_is_kept(
    begun: tuple[Workspace, str], tmp_path: Path, change: Callable[[Any], None], place: str, name: str
) -> None:
    workspace, _ = begun
    path = filled(begun, tmp_path, change, name)
    found = acts.check_passport_form(workspace, path)
    errors = [fault for fault in found.faults if fault.level == "error"]
    assert place in {fault.cell for fault in errors}, [
        (f.cell, sentences.sentence(f.message)) for f in errors
    ]
    (report,) = import_files(workspace, [path])
    assert (report.status, report.stored) == ("refused", 0)
    assert acts.all_passports(workspace) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (put(mix="AC 16 bind"), "passport_mix"),
        (put(mki=7.5), ""),
        (put(set_code="A1"), "passport_set"),
        (put(mass_t=550), "passport_mass"),  # 600 was accepted; 2 % apart is as-built
        (put(mass_t=610), ""),
        (put(valid_until="2026"), "passport_expired"),
        (put(tar="aangetroffen"), "passport_tar"),
        (put(mki=9.5), "passport_mki"),
    ],
)
def test_a_passport_is_checked_against_promise_and_delivery(
    begun: tuple[Workspace, str], tmp_path: Path, change: Callable[[Any], None], key: str
) -> None:
    """Promised of the Onderlaag: 8.00 per ton by set A2; 600 t accepted."""
    workspace, _ = begun
    found = acts.check_passport_form(workspace, filled(begun, tmp_path, change, "terug.xlsx"))
    assert found.is_clean
    keys = {message.key for message in found.findings}
    assert keys == ({key} if key else set())


def test_another_work_or_version_is_refused(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, identity = begun
    for old, new in ((identity, "ander"), ("· ", "· 0")):
        path = filled(
            begun,
            tmp_path,
            lambda sheet, old=old, new=new: setattr(  # type: ignore[misc]
                sheet.cell(2, 2), "value", sheet.cell(2, 2).value.replace(old, new)
            ),
            "terug.xlsx",
        )
        (report,) = import_files(workspace, [path])
        assert report.status == "refused"
        assert report.notes[0].message.key.startswith("passport_form")


def test_what_stands_beside_the_form_is_told(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    workspace, _ = begun
    path = filled(
        begun, tmp_path, lambda sheet: setattr(sheet.cell(ROW, len(COLUMNS) + 3), "value", "let op"), "t.xlsx"
    )
    found = acts.check_passport_form(workspace, path)
    assert found.is_clean
    assert "form_outside" in {fault.message.key for fault in found.faults}


def test_two_parts_of_one_layer_are_two_passports(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    """They begin at the same place and end elsewhere; a sign in a name makes no other of them."""
    workspace, _ = begun
    change = second(km_to=5.0, length=None, width=None, mass_t=590, object="A|B")
    (report,) = import_files(workspace, [filled(begun, tmp_path, change, "t.xlsx")])
    assert (report.status, report.stored) == ("imported", 2)
    assert len(acts.all_passports(workspace)) == 2
    assert "passport_mass" in {note.message.key for note in report.notes}  # 1,190 t where 600 was accepted


def test_a_layer_that_is_called_otherwise_is_told(begun: tuple[Workspace, str], tmp_path: Path) -> None:
    """The same form with another section: the first passport stays with what happened to it, and is named."""
    workspace, _ = begun
    import_files(workspace, [filled(begun, tmp_path, lambda sheet: None, "t.xlsx")])
    found = acts.check_passport_form(workspace, filled(begun, tmp_path, put(section="vak drie"), "t.xlsx"))
    assert {message.key for message in found.findings} == {"passport_left", "passport_mass"}


def test_posts_of_one_name_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    at(workspace, "2027-01-15T09:00:00+00:00")
    asked = tender("2027-001")
    asked["posts"][1]["name"] = asked["posts"][0]["name"]
    put_tender(workspace, asked)
    with workspace.unit() as unit:
        (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    contracts.award_lot(workspace, identity, "2027-01-15")
    at(workspace, "2027-06-01T09:00:00+00:00")
    path = filled((workspace, identity), tmp_path, lambda sheet: None, "t.xlsx")
    assert acts.check_passport_form(workspace, path).is_clean
    import_files(workspace, [path])
    assert [one.post for one in acts.all_passports(workspace)] == ["p1"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AC 16 surf", "AC16 surf 70/100", True),
        ("ac 16 surf", "AC 16 SURF", True),
        ("AC 1", "AC 16 surf", False),
        ("A", "AC 16 surf", False),
        ("AC", "AC 16 surf", False),
        ("???", "AC 16 surf", False),
        ("", "", False),
        ("AC 16 surf", "AC 16 bind", False),
        ("SMA-NL 11B", "SMA NL 11 B", True),
    ],
)
def test_what_is_the_same_mix(one: str, other: str, same: bool) -> None:
    assert same_mix(one, other) is same
    assert same_mix(other, one) is same
