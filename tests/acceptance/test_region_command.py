"""The region from the command line: a folder of several organisations, and never a bid."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.paper.export import export_desk, export_dossier
from cirkeldesk.operations.region.lots import SCHEMA
from cirkeldesk.operations.settings import FileSettings, save_file_settings
from cirkeldesk.operations.tender.tenders import get_tender, put_tender
from cirkeldesk.operations.workspace import open_workspace
from tests.acceptance.conftest import Cli
from tests.acceptance.test_chain_commands import tender, write


def asked(number: str, mix: str, tons: float) -> dict[str, Any]:
    """A tender that asks a mix, with bids of its own."""
    plain = tender(number)
    plain["closes_on"] = "2027-03-01"
    plain["fictitious"] = False
    plain["posts"][0]["details"] = [["mix_type", mix]]
    plain["posts"][0]["values"] = [["mass_t", tons]]
    return plain


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two organisations: each an outside dossier, one dossier with bids, and a calendar."""
    shared = tmp_path / "gedeeld"
    shared.mkdir()
    for name, number, mix, tons in (
        ("Noord", "N-1", "AC 16 surf", 400.0),
        ("Oost", "O-1", "ac 16  SURF", 600.0),
    ):
        with open_workspace(tmp_path / f"{name}.db") as workspace:
            save_file_settings(workspace, FileSettings(organisation=f"Gemeente {name} (verzonnen)"))
            put_tender(workspace, asked(number, mix, tons))
            with workspace.unit() as unit:
                (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
            export_dossier(workspace, identity, shared / f"{name} extern.cirkel", "external")
            if name == "Oost":
                export_dossier(workspace, identity, shared / "Oost intern.cirkel")
                export_desk(workspace, shared / "Oost kalender.cirkel")
            assert get_tender(workspace, identity).bids
    return shared


def test_mixes_of_several_organisations_are_added_and_bids_never_read(cli: Cli, folder: Path) -> None:
    found = cli("region", str(folder), "--json").json
    kinds = {one["file"]: one["kind"] for one in found["files"]}
    assert {name for name in kinds if "intern" in name} == set()
    assert [one["key"] for one in found["faults"]] == ["region_has_bids"]
    (mix,) = [one for one in found["mixes"] if "surf" in one["mix"].casefold()]
    assert (mix["tons"], mix["year"], mix["posts"], mix["tenders"]) == (1000.0, "2027", 2, 2)
    assert mix["preferred"] is None
    (folder / "voorkeursmengsels.txt").write_text("AC 22 base\n", encoding="utf-8")
    found = cli("region", str(folder), "--json").json
    assert [one["preferred"] for one in found["mixes"]] == [False]
    assert "wijkt af" in cli("region", str(folder)).out
    assert "overgeslagen" in cli.out
    everything = json.dumps(found)
    for secret in ("Aannemer", "12000", "12_000"):
        assert secret not in everything


def contribution(organisation: str, begin: int, suppliers: int, count: int) -> dict[str, Any]:
    key = {
        "mix": "ac 16 surf", "set_code": "A2", "edition": "e", "rules": "PCR 3.0", "modules": "A1-A3",
        "year": 2027, "tons_class": 0,
    }  # fmt: skip
    return {
        "schema": SCHEMA,
        "organisation": organisation,
        "made_on": "2027-12-01",
        "lots": [
            {"id": f"l{at}", "key": key, "mki": 8 + at / 10, "tons": 500.0, "supplier": f"s{at % suppliers}"}
            for at in range(begin, begin + count)
        ],
    }


def test_the_benchmark_is_told_when_it_may_and_stays_what_it_was(cli: Cli, folder: Path) -> None:
    write(folder, "noord benchmark.json", contribution("Noord", 0, 5, 6))
    assert cli("region", str(folder), "--json").json["benchmark"] == {"edition": 0, "cells": []}
    write(folder, "oost benchmark.json", contribution("Oost", 6, 5, 5))
    told = cli("region", str(folder), "--json").json["benchmark"]
    (cell,) = told["cells"]
    assert (told["edition"], cell["median"], cell["quartiles"], cell["lots"]) == (1, 8.5, None, "10 tot 19")
    assert "supplier" not in json.dumps(told)
    write(folder, "west benchmark.json", contribution("West", 11, 5, 2))
    assert cli("region", str(folder), "--json").json["benchmark"] == told
    write(folder, "kapot benchmark.json", {"schema": SCHEMA, "lots": [{"id": 5}]})
    found = cli("region", str(folder), "--json").json
    assert "kapot benchmark.json" in {one["file"] for one in found["faults"]}
    assert found["benchmark"] == told


def test_ones_own_lots_go_there_without_a_name(cli: Cli, folder: Path, tmp_path: Path) -> None:
    assert cli("region", str(folder), "--key", "geheim").code == 1  # no organisation yet
    with open_workspace(cli.database) as workspace:
        save_file_settings(workspace, FileSettings(organisation="Gemeente Zuid (verzonnen)"))
        put_tender(workspace, asked("Z-1", "AC 16 surf", 2000.0))
        with workspace.unit() as unit:
            (identity,) = [str(row["id"]) for row in unit.lists.tenders()]
    cli("contract", "Z-1", "--award", "15-1-2026", "--json")
    assert cli.code == 0, cli.err
    assert cli("region", str(folder), "--key", "geheim", "--json").code == 0, cli.err
    (path,) = folder.glob("gemeente-zuid*benchmark.json")
    text = path.read_text(encoding="utf-8")
    (lot,) = json.loads(text)["lots"]
    assert (lot["mki"], lot["tons"], lot["key"]["year"]) == (8.0, 2000.0, 2026)
    for secret in ("Aannemer", "Z-1", identity, "geheim"):
        assert secret not in text


def test_what_is_no_folder_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert cli("region", str(tmp_path / "nergens")).code == 1


def test_calendars_of_several_say_what_to_plan_together(cli: Cli, folder: Path, tmp_path: Path) -> None:
    for name, title in (("West", "Onderhoud N237 met AC 22 base"), ("Zuid", "Riolering langs de N 237")):
        with open_workspace(tmp_path / f"{name} kalender.db") as workspace:
            row = CalendarRow("r1", title, "K-1", f"Gemeente {name} (verzonnen)", start="2027-06-01")
            calendar = replace(get_calendar(workspace), rows=(row,))
            with workspace.unit() as unit:
                unit.commit("calendar", calendar.id, calendar, "calendar_add", {"name": title})
            export_desk(workspace, folder / f"{name} kalender.cirkel")
    (found,) = cli("region", str(folder), "--json").json["joint"]
    assert (found["about"], found["name"], found["when"]) == ("road", "N237", "2027")
    assert [one["title"] for one in found["rows"]] == [
        "Onderhoud N237 met AC 22 base",
        "Riolering langs de N 237",
    ]
    assert "Samen plannen (N237, 2027)" in cli("region", str(folder)).out
