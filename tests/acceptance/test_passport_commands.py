"""Passports from the command line: form out, form in, register, outputs and events."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from cirkeldesk.exchange.passport_form.form import SHEET
from tests.acceptance.conftest import Cli
from tests.acceptance.test_chain_commands import tender, write
from tests.passport.test_form import GOOD, PLACE, ROW


@pytest.fixture
def awarded(cli: Cli, tmp_path: Path) -> Cli:
    cli("tender", write(tmp_path, "t.json", tender("2027-001")))
    cli("contract", "2027-001", "--award", "15-1-2026", "--json")
    assert cli.code == 0, cli.err
    return cli


def form_of(cli: Cli, folder: Path, **values: object) -> Path:
    """The form filled in; laid and tested in the past of whoever runs this."""
    path = folder / "form.xlsx"
    assert cli("passport-form", "2027-001", str(path)).code == 0, cli.err
    book = openpyxl.load_workbook(path)
    said = {**GOOD, "laid_on": "1-5-2026", "tested_on": "2-5-2026", **values}
    for field, value in said.items():
        book[SHEET].cell(ROW, PLACE[field]).value = value
    book.save(path)
    return path


def test_a_form_goes_out_and_comes_back(awarded: Cli, tmp_path: Path) -> None:
    path = form_of(awarded, tmp_path)
    (report,) = awarded("import", str(path), "--json").json
    assert report["status"] == "imported"
    (plain,) = awarded("passports", "--json").json
    identity = plain["passport"]["id"]
    assert plain["@id"] == f"urn:cirkeldesk:passport:{identity}"
    assert plain["imbor"]["kind"]["name"] == "AC 22 base"
    assert awarded("passport", identity, "--json").json == plain
    for kind in ("pdf", "docx", "geojson"):
        assert awarded("passport", identity, f"--{kind}", str(tmp_path / f"p.{kind}")).code == 0
        assert (tmp_path / f"p.{kind}").stat().st_size > 200
    assert json.loads((tmp_path / "p.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]
    assert awarded("passports", "--road", "N201", "--json").json == [plain]
    assert awarded("passports", "--road", "N202", "--json").json == []


def test_a_faulty_form_names_the_cell_and_keeps_nothing(awarded: Cli, tmp_path: Path) -> None:
    path = form_of(awarded, tmp_path, mass_t="veel")
    assert awarded("import", str(path)).code == 1
    assert "Cel P7 op blad Paspoorten" in awarded.err
    assert awarded("passports", "--json").json == []


def test_what_happens_later_is_added(awarded: Cli, tmp_path: Path) -> None:
    awarded("import", str(form_of(awarded, tmp_path)))
    identity = awarded("passports", "--json").json[0]["passport"]["id"]
    said = ("--event", "gefreesd voor herstel", "--kind", "gefreesd", "--on", "1-6-2026", "--mass", "600")
    plain = awarded("passport", identity, *said, "--json").json
    assert plain["lies_on"] is False
    assert plain["passport"]["events"][0]["kind"] == "milled"
    assert awarded("passports", "--road", "N201", "--json").json == []
    assert awarded("passport", identity, "--event", "x", "--on", "1-1-2099").code == 1
    assert awarded("passport", identity, "--event", "x").code == 2
    assert awarded("passport", identity, "--event", "x", "--kind", "gegeten", "--on", "1-6-2026").code == 2
    assert awarded("passport", "nergens").code == 1
