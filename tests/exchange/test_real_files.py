"""Real declarations: every value of the expected table, exactly, through the command line."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.product.indicators import BY_CODE
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.plain_figures import product as as_plain
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import answer, get_product
from cirkeldesk.operations.workspace import Workspace

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


# The table names openEPD's rows as that format does: method or section, and its own key.
OPENEPD_EF = {
    "gwp": "GWP-total",
    "odp": "ODP",
    "ap": "AP",
    "pocp": "POCP",
    "ep-fresh": "EP-freshwater",
    "ADP-mineral": "ADPE",
    "ADP-fossil": "ADPF",
}
OPENEPD_FLOWS = {"ee": "EEE", "eh": "EET"}


def our_name(indicator: str) -> str:
    section, _, key = indicator.rpartition("|")
    if section.startswith("EF "):
        return f"{OPENEPD_EF[key]} (A2)"
    return OPENEPD_FLOWS.get(key, key.upper()) if section in ("resource_uses", "output_flows") else indicator


def wanted_of(rows: list[dict[str, str]]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (
            our_name(r["indicator"]),
            r["module"].replace("A1A2A3", "A1-A3"),
            r["scenario"],
            float(r["value"]) if r["value"] else None,
            r["value_unit"],
        )
        for r in rows
    )


def test_every_value_of_every_file(samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under names that say nothing: formats are recognised by content."""
    database = str(tmp_path / "a.db")
    table = expected(samples)
    originals = [*sorted((samples / "ilcd_json").glob("*")), *sorted((samples / "ilcd_xml").glob("*"))]
    originals += [*sorted((samples / "openepd_json").glob("*")), samples / CSV]
    named = {}
    for number, original in enumerate(originals):
        copy = tmp_path / f"bijlage{number}.pdf"
        copy.write_bytes(original.read_bytes())
        named[copy.name] = f"{original.parent.name}/{original.name}"
    main(["--db", database, "import", *(str(tmp_path / name) for name in named), "--json"])
    reports = json.loads(capsys.readouterr().out)
    checked = 0
    for report in reports:
        for identity in report["products"]:
            assert main(["--db", database, "product", identity, "--json"]) == 0
            product = json.loads(capsys.readouterr().out)
            key = named[report["file"]]
            if report["format"] == "ÖKOBAUDAT CSV":
                key = f"{CSV}#{product['uuid']}@{product['version']}"
                if key not in table:
                    continue
            wanted = table[key]
            assert rows_of(product) == wanted_of(wanted), key
            if report["format"] == "ILCD+EPD XML":  # a lone process has no unit: it is asked
                assert (product["declared_unit"], [q["key"] for q in product["open"]]) == (None, ["unit"])
            else:
                assert product["declared_unit"] == wanted[0]["declared_unit"]
                assert product["declared_amount"] == float(wanted[0]["declared_amount"])
            checked += len(wanted)
    assert checked == 3215 + 703 + 353  # soda4LCA and CSV, XML, openEPD


def test_the_flow_that_comes_along_gives_the_unit(
    samples: Path, tmp_path: Path, workspace: Workspace
) -> None:
    xml, flow = (
        samples / "ilcd_xml" / "EPDv1.3_example_57a4ae65-d305-421e-b21f-a3f0c35b8abe.xml",
        samples / "ilcd_xml_flows",
    )
    first, second, *_ = import_files(workspace, [flow, xml])
    assert (first.status, first.format) == ("unchanged", "ILCD+EPD stroom")
    assert second.format == "ILCD+EPD stroom"
    report = import_files(workspace, [flow, xml])[-1]
    product = get_product(workspace, report.products[0])
    assert (product.declared_unit, product.declared_amount, product.open) == ("kg", 1.0, ())
    assert (product.thickness_m, product.mass_per_m2_kg, product.biogenic_carbon_kg) == (0.042, 1.38696, 0.96)
    assert product.valid_until == "2024-05-08"  # the date of version 1.3, not its year
    composition = product.composition
    assert [(c.name, c.fraction, c.origin) for c in composition.constituents] == [
        ("pine wood", 0.98, "primary_biobased"),
        ("veneer", 0.01, "unknown"),
        ("glue", 0.01, "unknown"),
    ]
    share = composition.share("primary_biobased")
    assert share is not None
    assert (share.low, share.high) == (0.98, 1.0)


def test_the_zip_holds_its_own_flow(samples: Path, workspace: Workspace) -> None:
    report = import_file(workspace, samples / "ilcd_zip" / "oekobau_with_dependencies.zip")
    product = get_product(workspace, report.products[0])
    assert (report.format, product.declared_unit, product.declared_amount) == ("ILCD+EPD zip", "m2", 1.0)
    wanted = expected(samples)[
        "ilcd_xml/oekobau_with_dependencies__ee8863aa-7276-4896-b07a-713937a3134d_00.00.018.xml"
    ]
    assert rows_of(as_plain(product)) == wanted_of(wanted)


def test_the_derived_table_reads_by_its_own_texts(samples: Path, workspace: Workspace) -> None:
    path = samples / "obd_csv" / "derived_obd_generic_excerpt.csv"
    report = import_file(workspace, path)
    assert (report.status, report.format, len(report.products)) == ("imported", "tabel", 4)
    with path.open(encoding="utf-8", newline="") as file:
        source = {row["UUID"]: row for row in csv.DictReader(file)}
    for identity in report.products:
        product = get_product(workspace, identity)
        row = source[product.uuid or ""]
        assert (product.name, product.version, product.declared_unit) == (
            row["Name (en)"],
            row["Version"],
            row["Bezugseinheit"],
        )
        a2 = product.declaration("A2")
        assert a2 is not None
        assert a2.chosen("GWP-total")["A1-A3"].value == float(row["GWPtotal (A2)"])
        column = {
            code: f"{code.replace('-', '').replace('SQP', 'SOP')} (A2)"
            for (of, code) in BY_CODE
            if of == "A2"
        }
        assert {value.indicator for value in a2.values} == {
            code for code, name in column.items() if row[name]
        }


def test_what_files_leave_open(samples: Path, workspace: Workspace) -> None:
    report = import_file(workspace, samples / "ilcd_json" / "0b4c397d-c7a1-4ceb-9718-184334f6364e.json")
    assert report.status == "question"
    product = get_product(workspace, report.products[0])
    assert [(q.key, q.choices) for q in product.open] == [("scenario", ("S1", "S2"))]
    answered = answer(workspace, product.id, "scenario", "S2")
    assert answered.open == ()
    declaration = answered.declaration("A1")
    assert declaration is not None
    assert declaration.chosen("GWP")["D"].value == pytest.approx(-2.718, rel=1e-3)
    assert (
        import_file(workspace, samples / "ilcd_json" / "0b4c397d-c7a1-4ceb-9718-184334f6364e.json").status
        == "unchanged"
    )


def test_a_default_scenario_is_honoured(samples: Path, workspace: Workspace) -> None:
    report = import_file(workspace, samples / "ilcd_json" / "f63ac879-fa7d-4f91-813e-e816cbdf1927.json")
    assert report.status == "imported"
    plain = as_plain(get_product(workspace, report.products[0]))
    assert {d["scenario_choice"] for d in plain["declarations"]} == {"energetisch"}


def test_the_csv_names_what_it_refuses(samples: Path, workspace: Workspace) -> None:
    report = import_file(workspace, samples / CSV)
    assert (report.status, len(report.products)) == ("imported", 8)
    assert [n.where for n in report.notes if n.level == "error"] == ["FW 50+ BF.HI"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("simapro_csv/process.csv", "file_simapro"),
        ("simapro_csv/method.csv", "file_simapro"),
        ("simapro_csv/header.csv", "file_simapro"),
        ("lcax_json/lcax_epd.json", "file_lcax"),
        ("lcabyg_json/5aa09d72.json", "file_unknown"),
        ("openepd_json/openepd_pkg_generic_estimate_sample.json", "no_values"),
        ("ilcd_xml_flows/Kalk_generisch_6c6bf0f0-4ba1-4032-a92d-5fa52ca1189d.xml", "xml_flow_alone"),
    ],
)
def test_what_is_no_declaration_is_refused_with_what_to_do(
    samples: Path, workspace: Workspace, name: str, key: str
) -> None:
    report = import_file(workspace, samples / name)
    assert (report.status, report.products, report.notes[0].message.key) == ("refused", [], key)
