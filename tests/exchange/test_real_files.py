"""Real declarations: every value of the expected table, exactly, through the command line."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.operations.answers import product as as_plain
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.products import answer, get_product, import_file

CSV = "obd_csv/OBD_2020_II_excerpt.csv"


def expected(samples: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (samples / "expected_values.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["file"]].append(row)
    return found


def rows_of(product: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (
            row["indicator"] + (f" ({d['set']})" if d["set"] else ""),
            row["module"],
            row["scenario"] or "",
            row["value"],
            row["unit"] or "",
        )
        for d in product["declarations"]
        for row in d["values"]
    )


def wanted_of(rows: list[dict[str, str]]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (r["indicator"], r["module"], r["scenario"], float(r["value"]) if r["value"] else None, r["value_unit"]) for r in rows
    )


def test_every_value_of_every_file(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = str(tmp_path / "a.db")
    files = [str(p) for p in sorted((samples / "ilcd_json").glob("*.json"))] + [str(samples / CSV)]
    main(["--db", database, "import", *files, "--json"])
    reports = json.loads(capsys.readouterr().out)
    table = expected(samples)
    checked = 0
    for report in reports:
        for identity in report["products"]:
            assert main(["--db", database, "product", identity, "--json"]) == 0
            product = json.loads(capsys.readouterr().out)
            key = f"ilcd_json/{report['file']}"
            if report["format"] == "ÖKOBAUDAT CSV":
                key = f"{CSV}#{product['uuid']}@{product['version']}"
                if key not in table:
                    continue
            wanted = table[key]
            assert rows_of(product) == wanted_of(wanted), key
            assert product["declared_unit"] == wanted[0]["declared_unit"]
            assert product["declared_amount"] == float(wanted[0]["declared_amount"])
            checked += len(wanted)
    assert checked == 3215


def test_what_files_leave_open(samples: Path, desk: Desk) -> None:
    report = import_file(desk, samples / "ilcd_json" / "0b4c397d-c7a1-4ceb-9718-184334f6364e.json")
    assert report.status == "question"
    product = get_product(desk, report.products[0])
    assert [(q.key, q.choices) for q in product.open] == [("scenario", ("S1", "S2"))]
    answered = answer(desk, product.id, "scenario", "S2")
    assert answered.open == ()
    declaration = answered.declaration("A1")
    assert declaration is not None
    assert declaration.chosen("GWP")["D"].value == pytest.approx(-2.718, rel=1e-3)
    assert import_file(desk, samples / "ilcd_json" / "0b4c397d-c7a1-4ceb-9718-184334f6364e.json").status == "unchanged"


def test_a_default_scenario_is_honoured(samples: Path, desk: Desk) -> None:
    report = import_file(desk, samples / "ilcd_json" / "f63ac879-fa7d-4f91-813e-e816cbdf1927.json")
    assert report.status == "imported"
    plain = as_plain(get_product(desk, report.products[0]))
    assert {d["scenario_choice"] for d in plain["declarations"]} == {"energetisch"}


def test_the_csv_names_what_it_refuses(samples: Path, desk: Desk) -> None:
    report = import_file(desk, samples / CSV)
    assert (report.status, len(report.products)) == ("imported", 8)
    assert [n.where for n in report.notes if n.level == "error"] == ["FW 50+ BF.HI"]


def test_formats_of_a_later_day_are_refused_whole(samples: Path, desk: Desk) -> None:
    refused = [
        "ilcd_xml/sample_EPD.xml",
        "ilcd_zip/oekobau_with_dependencies.zip",
        "lcax_json/lcax_epd.json",
        "simapro_csv/process.csv",
    ]
    for name in refused:
        report = import_file(desk, samples / name)
        assert (report.status, report.products) == ("refused", []), name
        assert report.notes[0].message.key == "file_unknown"
