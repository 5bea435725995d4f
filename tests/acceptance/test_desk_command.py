"""The MVOI desk from the command line: the same figures as the window and the sheet."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.acceptance.conftest import Cli
from tests.exchange import calendars


def test_a_calendar_is_read_shown_and_exported(cli: Cli, tmp_path: Path) -> None:
    rows, doubtful = calendars.lines(30)
    content, places = calendars.workbook(rows)
    (tmp_path / "planning.xlsx").write_bytes(content)
    assert (
        cli("calendar", "--read", str(tmp_path / "planning.xlsx"), "--layout", "Wegen", "--json").code == 1
    )  # doubts are said
    assert "30 nieuw · 0 gewijzigd · 0 niet meer in het bestand" in cli.err
    for index in doubtful:
        assert f"Rij {places[index]}, " in cli.err
    shown = cli.json
    assert len(shown) == 30
    assert (shown[0]["number"], shown[0]["estimate"], shown[0]["quarter"]) == (
        "20270001",
        "1250000",
        "2027-Q1",
    )
    assert shown[0]["product_group"] == "asfalt"
    assert shown[0]["chances"] == {}
    assert shown[0]["proposed"]["climate"] == 3
    assert cli("calendar", "--export", str(tmp_path / "uit.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "uit.xlsx")["Kalender"]
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, [cell.value for cell in sheet[2]], strict=True))
    assert (first["Nummer"], first["Raming"], first["Kwartaal van publicatie"]) == (
        "20270001",
        1250000,
        "Q1 2027",
    )
    assert first["Klimaat"] is None
    assert first["Voorstel Klimaat"] == 3


def test_every_example_from_the_command_line_has_the_figures_of_the_program(cli: Cli) -> None:
    assert cli("example", "--group", "alle").code == 0
    assert len(cli.out.split()) == 8
    totals = [
        variant["mki"]["total"] for variant in cli("compare", "VOORBEELD-002", "--json").json["variants"]
    ]
    assert [round(total, 2) for total in totals] == [952.0, 464.1, 309.4]
    assert cli("example", "--group", "beton").code == 2


def test_criteria_and_mixes_of_tenders(cli: Cli, tmp_path: Path) -> None:
    criterion = {
        "code": "eigen-1",
        "title": "Onze eis",
        "theme": "climate",
        "level": "basis",
        "kind": "requirement",
        "text": "Ten hoogste 5.",
        "proof": "Een verklaring.",
        "check": "Meten.",
        "effect": "Minder.",
        "source": "Eigen voorstel.",
    }
    for number, lignin in (("T-1", "ja"), ("T-2", "nee")):
        details = [["lignin", lignin], ["mix_type", "SMA-NL 11"]]
        document = {
            "schema": "tender/1",
            "number": number,
            "posts": [{"id": "p1", "name": "Deklaag", "details": details}],
            "criteria": [criterion],
        }
        (tmp_path / "t.json").write_text(json.dumps(document))
        assert cli("tender", str(tmp_path / "t.json")).code == 0
    assert cli("criteria", "T-1").out == (
        "KLIMAAT\n\nOnze eis (eis, basis)\nTen hoogste 5.\nBewijs: Een verklaring.\nControle: Meten.\n"
    )
    found = cli("mixes", "--json").json
    assert [mix["tenders"] for mix in found["mixes"]] == [1, 1]
    assert found["almost_alike"] == [{"mixes": [0, 1], "differs_in": "lignin"}]


def test_another_department_s_file_needs_a_name_of_its_own(cli: Cli, tmp_path: Path) -> None:
    """Two files of one name and other columns: the second is not taken for the first."""
    first, second = (
        "Nr;Omschrijving;Kwartaal\n1;Asfalt A;Q1 2027\n",
        "Volgnr;Onderwerp;Planning\n1;Schoonmaak B;Q1 2027\n",
    )
    for folder, text in (("a", first), ("b", second)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "planning.csv").write_text(text, encoding="utf-8")
    assert cli("calendar", "--read", str(tmp_path / "a" / "planning.csv"), "--json").code == 0
    assert cli("calendar", "--read", str(tmp_path / "b" / "planning.csv"), "--json").code == 2
    assert [row["title"] for row in cli("calendar", "--json").json] == ["Asfalt A"]
    assert (
        cli("calendar", "--read", str(tmp_path / "b" / "planning.csv"), "--layout", "B", "--json").code == 0
    )
    assert [row["title"] for row in cli.json] == ["Asfalt A", "Schoonmaak B"]
