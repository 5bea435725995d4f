"""Materials from the command line: read in, matched, reserved, exchanged by a folder and by tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from cirkeldesk.operations.product.products import get_product
from cirkeldesk.operations.settings import FileSettings, save_file_settings
from cirkeldesk.operations.tender.tenders import find_tender
from cirkeldesk.operations.workspace import open_workspace
from tests.acceptance.conftest import Cli
from tests.acceptance.papers import everything_in
from tests.sheets.verapdf import conforms

STONES: dict[str, Any] = {
    "id": "s1",
    "kind": "betonstraatsteen",
    "name": "Keien, grijs (verzonnen)",
    "amount": 1200,
    "unit": "m2",
    "format": {"length": 211, "width": 105, "thickness": 80},
    "mass_per_unit": 176,
    "condition": "A",
    "tar": "free",
    "place": {"municipality": "Nieuwegein", "name": "=Zandveld"},
    "available_from": "2027-05-01",
    "available_until": "2099-09-30",
    "smallest": 200,
    "price": "0.50",
}
SQUARE: dict[str, Any] = {
    "id": "d1",
    "kind": "betonstraatsteen",
    "name": "Dorpsplein (verzonnen)",
    "amount": 900,
    "unit": "m2",
    "format": {"thickness": 80},
    "condition": "B",
    "needed_from": "2027-10-01",
    "needed_until": "2099-10-31",
    "place": {"municipality": "Zeist"},
    "furthest_km": 60,
    "new": {"a1_a3": 6.0, "a4": 0.4, "set_code": "A2", "edition": "e", "source": "verzonnen"},
}
RATES = {"per_tkm": 0.008, "handling": 0.0, "set_code": "A2", "edition": "e", "source": "verzonnen"}


def write(folder: Path, name: str, data: object) -> str:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


@pytest.fixture
def stocked(cli: Cli, tmp_path: Path) -> Cli:
    told = {"supplies": [STONES], "demands": [SQUARE], "rates": RATES}
    assert cli("material", write(tmp_path, "m.json", told), "--json").json == {
        "supplies": 1,
        "demands": 1,
        "rates": True,
    }
    return cli


def test_a_match_as_data(stocked: Cli) -> None:
    """158.4 t over √170 × 1.3 km: 158.4 × (5.20 − 16.95 × 0.008) = 802.2; even at 650 km."""
    (one,) = stocked("matches", "--json").json
    assert (one["supply"], one["demand"], one["amount"]) == ("s1", "d1", 900)
    assert one["fits"] == {"kind": "yes", "format": "yes", "condition": "yes"}
    assert one["overlap"] == ["2027-10-01", "2099-09-30"]
    assert one["km"] == pytest.approx(170**0.5 * 1.3)
    assert one["mki_saved"] == pytest.approx(158.4 * (5.2 - 170**0.5 * 1.3 * 0.008))
    assert one["break_even_km"] == pytest.approx(650)


def test_a_reservation_takes_what_is_free_and_no_more(stocked: Cli, tmp_path: Path) -> None:
    assert (
        stocked("reserve", "s1", "--for", "d1", "--until", "31-12-2098", "--json").json["state"]
        == "confirmed"
    )
    (one,) = stocked("materials", "--json").json["supplies"]
    assert (one["free"], one["balance"], one["state"]) == (300, 1200, "announced")
    assert one["reservations"][0]["until"] == "2098-12-31"
    stocked("material", write(tmp_path, "d2.json", {**SQUARE, "id": "d2"}))
    assert stocked("reserve", "s1", "--for", "d2", "--until", "31-12-2098", "--amount", "301").code == 1
    assert "300" in stocked.err
    assert stocked("reserve", "s1", "--for", "d1", "--until", "1-1-2020").code == 1
    assert stocked("reserve", "s1", "--for", "d9", "--until", "1-1-2098").code == 1
    assert stocked("reserve", "s1", "--for", "d1", "--amount", "veel").code == 2
    assert stocked("materials", "--json").json["supplies"][0]["free"] == 300


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({**STONES, "kind": "kaas"}, "kind"),
        ({**STONES, "amount": 0}, "amount"),
        ({**STONES, "amount": -5}, "amount"),
        ({**STONES, "amount": "veel"}, "amount"),
        ({**STONES, "unit": "vat"}, "unit"),
        ({**STONES, "name": " "}, "name"),
        ({**STONES, "breakage": 1.5}, "breakage"),
        ({**STONES, "place": {"x": 5}}, "place"),
        ({**STONES, "place": {"x": 5, "y": 5}}, "place"),
        ({**STONES, "available_from": "morgen"}, "datum"),
        ({**STONES, "kleur": "grijs"}, "kleur"),
        ({**STONES, "format": {"thickness": -80}}, "format"),
        ({**STONES, "mutations": [{"on": "2027-01-01", "amount": -5000, "why": "x"}]}, "mutations"),
        ({**SQUARE, "new": {"a1_a3": 1e300, "set_code": "A2"}}, "new"),
        ({**SQUARE, "tolerance": -1}, "tolerance"),
        ({"rates": {"per_tkm": -1.0}}, "per_tkm"),
        ({"rates": []}, "rates"),
        ({"supplies": [], "vreemd": 1}, "vreemd"),
        ({"supplies": 5}, "supplies"),
        ([5], "supplies[0]"),
        (5, "velden"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    stocked: Cli, tmp_path: Path, said: object, place: str
) -> None:
    before = stocked("materials", "--json").json
    stocked("material", write(tmp_path, "x.json", said))
    assert stocked.code == 1
    assert place in stocked.err
    assert stocked("materials", "--json").json == before


@pytest.mark.parametrize("name", ["lijst.csv", "lijst.xlsx", "lijst.ods"])
def test_a_table_brings_all_of_it_to_another_file(stocked: Cli, tmp_path: Path, name: str) -> None:
    stocked("reserve", "s1", "--for", "d1", "--until", "31-12-2098")
    before = stocked("materials", "--json").json
    path = tmp_path / name
    assert stocked("materials", f"--{path.suffix[1:]}", str(path)).code == 0, stocked.err
    other = str(tmp_path / "ander.db")
    assert stocked("--db", other, "material", str(path)).code == 0, stocked.err
    after = stocked("--db", other, "materials", "--json").json
    assert after["supplies"] == before["supplies"]
    assert after["demands"] == before["demands"]


def test_a_table_says_which_cell_is_wrong(stocked: Cli, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(
        "Regel;Soort;Naam;Hoeveelheid;Eenheid\naanbod;betontegel;Tegels;veel;m2\n", encoding="utf-8"
    )
    assert stocked("material", str(path)).code == 1
    assert "D2" in stocked.err
    path.write_text(
        "Regel;Soort;Naam;Hoeveelheid;Eenheid\naanbod;betontegel;Tegels;12,5;m²\n", encoding="utf-8"
    )
    assert stocked("material", str(path)).code == 0, stocked.err


def test_the_workbook_has_figures_as_figures(stocked: Cli, tmp_path: Path) -> None:
    stocked("materials", "--xlsx", str(tmp_path / "l.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx")["Materialen"]
    rows = list(sheet.values)
    assert rows[0][:3] == ("Regel", "Kenmerk", "Soort")
    assert rows[1][rows[0].index("Hoeveelheid")] == 1200


# --- exchange
# -----------------------------------------------------------------------------------------------------


class Region:
    """Three organisations, each with its own file, and a folder they share."""

    def __init__(self, cli: Cli, folder: Path) -> None:
        self.cli, self.folder = cli, folder / "gedeeld"
        self.folder.mkdir()
        self.files = {name: folder / f"{name}.db" for name in ("Noord", "Oost", "West")}
        for name, path in self.files.items():
            with open_workspace(path) as workspace:
                save_file_settings(workspace, FileSettings(organisation=f"Gemeente {name} (verzonnen)"))

    def at(self, name: str, *said: str) -> Any:
        made = self.cli("--db", str(self.files[name]), *said, "--json")
        assert made.code == 0, made.err
        return made.json

    def exchange(self, name: str) -> Any:
        return self.at(name, "exchange", str(self.folder))


def test_one_is_asked_by_two_at_once_and_the_suppliers_file_decides(cli: Cli, tmp_path: Path) -> None:
    region = Region(cli, tmp_path)
    region.at("Noord", "material", write(tmp_path, "s.json", {"supplies": [STONES], "rates": RATES}))
    for name in ("Oost", "West"):
        wanted = {**SQUARE, "id": f"d-{name}", "amount": 800}
        region.at(name, "material", write(tmp_path, "d.json", {"demands": [wanted], "rates": RATES}))
    region.exchange("Noord")
    for name in ("Oost", "West"):
        told = region.exchange(name)
        assert "Gemeente Noord (verzonnen)" in {one["organisation"] for one in told["read"]}
        (match,) = [one for one in region.at(name, "matches") if one["demand"] == f"d-{name}"]
        assert match["supply"] == "s1"
        assert (
            region.at(name, "reserve", "s1", "--for", f"d-{name}", "--until", "31-12-2098")["state"]
            == "asked"
        )
        assert region.exchange(name)["answered"] == [
            {"supply": "s1", "demand": f"d-{name}", "state": "waiting"}
        ]
    told = region.exchange("Noord")
    assert [(one["demand"], one["state"]) for one in told["decided"]] == [
        ("d-Oost", "confirmed"),  # the first it reads has it
        ("d-West", "refused"),
    ]
    assert region.exchange("Noord")["decided"] == []  # nothing is decided twice
    assert region.exchange("Oost")["answered"][0]["state"] == "confirmed"
    assert region.exchange("West")["answered"][0]["state"] == "refused"
    (supply,) = region.at("Noord", "materials")["supplies"]
    assert supply["free"] == 400
    # West asks less, and gets it.
    region.at("West", "reserve", "s1", "--for", "d-West", "--until", "31-12-2098", "--amount", "400")
    region.exchange("West")
    assert region.exchange("Noord")["decided"][0]["state"] == "confirmed"


def test_nobody_speaks_for_another_and_a_strange_file_is_passed_over(cli: Cli, tmp_path: Path) -> None:
    region = Region(cli, tmp_path)
    region.at("Noord", "material", write(tmp_path, "s.json", STONES))
    region.exchange("Noord")
    (region.folder / "los.cirkel").write_bytes(b"PK nee")
    forged = region.folder / "gemeente-oost-verzonnen- materialen.cirkel"
    forged.write_bytes(next(region.folder.glob("gemeente-noord*")).read_bytes())
    told = region.exchange("West")
    # A copy of one organisation's file is no second file of it: the newest counts.
    assert [one["organisation"] for one in told["read"]] == ["Gemeente Noord (verzonnen)"]
    assert {one[1] for one in told["faults"]} == {"exchange_other", "exchange_older"}
    assert cli("--db", str(region.files["West"]), "reserve", "s1", "--for", "d1").code == 1
    # What Noord takes out of its file is no longer offered by the others.
    forged.unlink()
    with open_workspace(region.files["Noord"]) as workspace, workspace.unit() as unit:
        supply = unit.document(unit.head("supply", "s1") or "")
        unit.commit(
            "supply", "s1", supply.__class__(**{**vars(supply), "fictitious": True}), "material_supply", {}
        )
    region.exchange("Noord")
    region.exchange("West")
    assert region.at("West", "materials")["supplies"][0]["state"] == "lapsed"


def test_without_a_name_or_folder_nothing_is_exchanged(cli: Cli, tmp_path: Path) -> None:
    assert cli("exchange", str(tmp_path)).code == 1
    assert "Instellingen" in cli.err
    assert list(tmp_path.glob("*.cirkel")) == []
    assert cli("exchange", str(tmp_path / "nergens")).code == 1


def test_a_supply_is_offered_on_paper_and_used_as_a_product(stocked: Cli, tmp_path: Path) -> None:
    assert (
        stocked("offer", "s1", "--pdf", str(tmp_path / "o.pdf"), "--docx", str(tmp_path / "o.docx")).code == 0
    )
    text = everything_in(tmp_path / "o.pdf")
    for said in ("Keien, grijs", "1.200 m²", "urn:cirkeldesk:material:s1", "211 × 105 × 80 mm", "€ 0,50"):
        assert said in text.replace("\xa0", " "), said
    conforms([tmp_path / "o.pdf"])
    identity = stocked("offer", "s1", "--product", "--json").json["product"]
    (plain,) = [one for one in stocked("products", "--json").json if one["id"] == identity]
    assert plain["name"] == "Keien, grijs (verzonnen), hergebruikt"
    with open_workspace(stocked.database) as workspace:
        product = get_product(workspace, identity)
    share = product.composition.share("reused")
    assert share is not None
    assert (share.low, share.high) == (1.0, 1.0)  # counted as reused at the work that receives it
    assert (product.mass_per_m2_kg, product.thickness_m, product.declared_unit) == (176.0, 0.08, "m2")
    assert stocked("offer", "s1").code == 2
    assert stocked("offer", "s9", "--product").code == 1


# --- what an attack found
# -----------------------------------------------------------------------------------------------------


def test_who_asks_again_has_changed_its_mind(cli: Cli, tmp_path: Path) -> None:
    """500, then 300 of 1,200 m²: 300 is held and 900 free, also where a copy of the older file lies beside
    it."""
    region = Region(cli, tmp_path)
    region.at("Noord", "material", write(tmp_path, "s.json", {"supplies": [{**STONES, "smallest": 1}]}))
    region.at("West", "material", write(tmp_path, "d.json", SQUARE))
    for name in ("Noord", "West"):
        region.exchange(name)
    for amount in ("500", "300"):
        region.at("West", "reserve", "s1", "--for", "d1", "--until", "31-12-2098", "--amount", amount)
        region.exchange("West")
        (file,) = region.folder.glob("gemeente-west*materialen.cirkel")
        (region.folder / f"gemeente-west materialen (conflict {amount}).cirkel").write_bytes(
            file.read_bytes()
        )
        region.exchange("Noord")
        (supply,) = region.at("Noord", "materials")["supplies"]
        assert supply["free"] == 1200 - float(amount)
    assert region.exchange("West")["answered"][0]["state"] == "confirmed"


def test_a_demand_gets_what_it_needs_and_no_more(stocked: Cli, tmp_path: Path) -> None:
    """900 m² asked: of one supply of 600 and another, 600 and 300; then it has all."""
    more = {"supplies": [{**STONES, "id": "s2"}, {**STONES, "id": "s3", "amount": 600}]}
    stocked("material", write(tmp_path, "m.json", more))
    for supply, free in (("s3", 0), ("s2", 900)):
        assert stocked("reserve", supply, "--for", "d1", "--until", "1-1-2098").code == 0, stocked.err
        rows = {one["id"]: one["free"] for one in stocked("materials", "--json").json["supplies"]}
        assert rows[supply] == free
    assert stocked("matches", "--json").json == []  # it has all it needs
    assert stocked("reserve", "s1", "--for", "d1", "--until", "1-1-2098").code == 1
    assert "alles al" in stocked.err


@pytest.mark.parametrize(
    ("supply", "demand", "more"),
    [
        ({"tar": "found"}, {}, ()),
        ({"kind": "betontegel"}, {}, ()),
        ({}, {"closed": True}, ()),
        ({}, {"fictitious": True}, ()),
        ({}, {}, ("--until", "31-12-2250")),
        ({}, {}, ("--amount", "5000000000")),
    ],
)
def test_what_may_not_go_is_not_reserved(
    cli: Cli, tmp_path: Path, supply: dict[str, Any], demand: dict[str, Any], more: tuple[str, ...]
) -> None:
    told = {"supplies": [{**STONES, **supply}], "demands": [{**SQUARE, **demand}]}
    cli("material", write(tmp_path, "m.json", told))
    before = cli("materials", "--json").json
    assert cli("reserve", "s1", "--for", "d1", *more).code == 1
    assert cli("materials", "--json").json == before


@pytest.mark.parametrize("field", ["available_from", "available_until"])
def test_a_week_is_no_day(cli: Cli, tmp_path: Path, field: str) -> None:
    assert cli("material", write(tmp_path, "m.json", {**STONES, field: "2025-W01-1"})).code == 1
    assert "datum" in cli.err


def test_what_was_kept_before_the_organisation_had_a_name_is_its_own(stocked: Cli, tmp_path: Path) -> None:
    with open_workspace(stocked.database) as workspace:
        save_file_settings(workspace, FileSettings(organisation="Gemeente Laat (verzonnen)"))
    assert (
        stocked("reserve", "s1", "--for", "d1", "--until", "1-1-2098", "--json").json["state"] == "confirmed"
    )
    folder = tmp_path / "map"
    folder.mkdir()
    assert stocked("exchange", str(folder)).code == 0
    other = str(tmp_path / "ander.db")
    with open_workspace(Path(other)) as workspace:
        save_file_settings(workspace, FileSettings(organisation="Gemeente Ander (verzonnen)"))
    (read,) = stocked("--db", other, "exchange", str(folder), "--json").json["read"]
    assert (read["supplies"], read["demands"]) == (1, 1)
    assert stocked("material", write(tmp_path, "m.json", {**STONES, "amount": 1300})).code == 0, stocked.err


def test_two_names_that_look_alike_are_two_files(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "gemeente-bergen-nh materialen.cirkel").write_text("belangrijk", encoding="utf-8")
    for number, name in enumerate(("Gemeente Bergen (NH)", "Gemeente Bergen NH.")):
        path = tmp_path / f"{number}.db"
        with open_workspace(path) as workspace:
            save_file_settings(workspace, FileSettings(organisation=name))
        cli("--db", str(path), "material", write(tmp_path, "m.json", {**STONES, "id": f"x{number}"}))
        assert cli("--db", str(path), "exchange", str(folder)).code == 0, cli.err
        assert cli("--db", str(path), "exchange", str(folder)).code == 0  # the same file again
    assert len(list(folder.glob("*.cirkel"))) == 3
    assert (folder / "gemeente-bergen-nh materialen.cirkel").read_text(encoding="utf-8") == "belangrijk"


def test_one_line_with_an_id_of_ours_does_not_keep_the_rest_out(cli: Cli, tmp_path: Path) -> None:
    region = Region(cli, tmp_path)
    two = {"supplies": [STONES, {**STONES, "id": "s2", "name": "Tweede (verzonnen)"}]}
    region.at("Noord", "material", write(tmp_path, "s.json", two))
    region.at("Oost", "material", write(tmp_path, "o.json", {**STONES, "name": "Van Oost (verzonnen)"}))
    region.exchange("Noord")
    told = region.exchange("Oost")
    assert [one[1] for one in told["faults"]] == ["exchange_taken"]
    assert told["read"][0]["supplies"] == 1
    names = {one["id"]: one["name"] for one in region.at("Oost", "materials")["supplies"]}
    assert names == {"s1": "Van Oost (verzonnen)", "s2": "Tweede (verzonnen)"}


def test_the_data_that_was_shown_can_be_read_again(stocked: Cli, tmp_path: Path) -> None:
    plain = stocked("materials", "--json").json
    other = str(tmp_path / "ander.db")
    assert stocked("--db", other, "material", write(tmp_path, "x.json", plain)).code == 0, stocked.err
    assert stocked("--db", other, "materials", "--json").json["supplies"] == plain["supplies"]
    # Rates are renewed by what is said of them; what was withdrawn stays so until the file says otherwise.
    stocked("material", write(tmp_path, "r.json", {"rates": {"days": 60}}))
    assert stocked("materials", "--json").json["rates"]["per_tkm"] == 0.008
    stocked("material", write(tmp_path, "w.json", {**STONES, "withdrawn": True}))
    stocked("material", write(tmp_path, "w.json", STONES))
    assert stocked("materials", "--json").json["supplies"][0]["state"] == "lapsed"


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("vragen;betontegel;Tegels;12;m2;", "A2"),
        (";betontegel;Tegels;12;m2;", "A2"),
        ("aanbod;betontegel;Tegels;12;m2;1-5-2027", "F2"),
    ],
)
def test_a_row_is_supply_or_demand_and_nothing_is_dropped(
    cli: Cli, tmp_path: Path, lines: str, place: str
) -> None:
    path = tmp_path / "l.csv"
    path.write_text(f"Regel;Soort;Naam;Hoeveelheid;Eenheid;Nodig van\n{lines}\n", encoding="utf-8")
    assert cli("material", str(path)).code == 1
    assert place in cli.err


def test_two_lines_of_one_id_are_refused(cli: Cli, tmp_path: Path) -> None:
    assert cli("material", write(tmp_path, "m.json", [STONES, {**STONES, "amount": 5}])).code == 1
    assert "één keer" in cli.err


def test_what_is_reserved_keeps_its_unit(stocked: Cli, tmp_path: Path) -> None:
    stocked("reserve", "s1", "--for", "d1", "--until", "1-1-2098")
    assert stocked("material", write(tmp_path, "m.json", {**STONES, "unit": "ton"})).code == 1


def test_anothers_demand_is_not_ours_to_fill(cli: Cli, tmp_path: Path) -> None:
    region = Region(cli, tmp_path)
    region.at("Oost", "material", write(tmp_path, "d.json", SQUARE))
    region.at("Noord", "material", write(tmp_path, "s.json", STONES))
    for name in ("Oost", "Noord", "West"):
        region.exchange(name)
    assert cli("--db", str(region.files["West"]), "reserve", "s1", "--for", "d1").code == 1
    assert "Gemeente Oost" in cli.err


def test_a_post_asks_and_a_row_of_the_calendar_announces(cli: Cli, tmp_path: Path) -> None:
    calendar = tmp_path / "kalender.csv"
    calendar.write_text(
        "Nummer;Titel;Kwartaal\nK-7;Herinrichting klinkers Dorpsweg (verzonnen);Q3 2027\n", encoding="utf-8"
    )
    cli("calendar", "--read", str(calendar))
    row = ("announce", "--row", "K-7")
    (made,) = cli(*row, "--kind", "gebakken_klinker", "--amount", "400", "--unit", "m2", "--json").json[
        "supplies"
    ]
    (supply,) = cli("materials", "--json").json["supplies"]
    assert (supply["id"], supply["amount"], supply["available_from"]) == (made, 400, "2027-07-01")
    assert supply["origin"] == "K-7 Herinrichting klinkers Dorpsweg (verzonnen)"
    assert cli(*row, "--kind", "steen", "--amount", "4", "--unit", "m2").code
    assert cli(*row, "--kind", "grond", "--amount", "veel", "--unit", "ton").code
    assert cli("announce").code
    assert cli("announce", "--row", "K-8").code
    cli("example", "--group", "straatstenen")
    (tender,) = cli("tenders", "--json").json
    with open_workspace(cli.database) as workspace:
        post = find_tender(workspace, tender["number"]).posts[0]
    wanted = cli("want", tender["number"], post.id, "--json").json["demand"]
    assert cli("want", tender["number"], post.name, "--json").json["demand"] == wanted  # the same, again
    (demand,) = cli("materials", "--json").json["demands"]
    assert (demand["id"], demand["fictitious"], demand["kind"]) == (wanted, True, "betonstraatsteen")
    assert cli("want", tender["number"], "nergens").code


def test_a_photo_travels_with_its_supply_and_says_nothing_else(cli: Cli, tmp_path: Path) -> None:
    region = Region(cli, tmp_path)
    region.at("Noord", "material", write(tmp_path, "s.json", {"supplies": [STONES]}))
    exif = Image.Exif()
    exif[0x010F] = "Maker van het toestel"
    Image.new("RGB", (40, 30), "grey").save(tmp_path / "foto.jpg", exif=exif)
    (photo,) = region.at("Noord", "photo", "s1", str(tmp_path / "foto.jpg"))["photos"]
    region.exchange("Noord")
    region.exchange("Oost")
    (supply,) = region.at("Oost", "materials")["supplies"]
    assert supply["photos"] == [photo]
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*.db"))
    assert b"Maker van het toestel" not in everything
