"""Bad input that once got through: each is refused or named, and nothing is lost or changed without a
word."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_file
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import advise, export_dossier, export_workbook
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import get_product, parse_unit
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from tests.exchange.files import GWP_A1, HEADER, as_bytes, csv_line, result, soda4lca


def reading(tmp_path: Path, content: bytes) -> Reading:
    path = tmp_path / "x.dat"
    path.write_bytes(content)
    return read_file(path)


def keys(found: Reading) -> set[str]:
    return {n.message.key for n in found.notes}


def test_a_module_that_stands_twice_with_other_values_counts_not_at_all(tmp_path: Path) -> None:
    cells = [
        {"module": "A1-A3", "value": "10"},
        {"module": "A1-A3", "value": "99999"},
        {"module": "C3", "value": "1"},
    ]
    found = reading(tmp_path, as_bytes(soda4lca(results=[result(GWP_A1, cells)])))
    assert "double_value" in keys(found)
    assert set(found.products[0].declarations[0].chosen("GWP")) == {"C3"}
    assert len(found.products[0].declarations[0].values) == 3  # both stay as the file has them


def test_a_module_that_stands_twice_with_the_same_value_is_one(tmp_path: Path) -> None:
    cells = [{"module": "A1-A3", "value": "62"}] * 2
    found = reading(tmp_path, as_bytes(soda4lca(results=[result(GWP_A1, cells)])))
    assert "double_value" not in keys(found)
    assert found.products[0].declarations[0].chosen("GWP")["A1-A3"].value == 62.0


def test_double_keys_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    text = json.dumps(soda4lca()).replace('"value": "62.5"', '"value": "62.5", "value": "1"')
    with pytest.raises(ReadError, match="json_double_key"):
        reading(tmp_path, text.encode())


@pytest.mark.parametrize("raw", ["1e400", "inf", "NaN", "1_000", "١٢"])
def test_what_is_no_finite_number_is_unreadable(tmp_path: Path, raw: str) -> None:
    found = reading(tmp_path, as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A4", "value": raw}])])))
    assert found.products[0].declarations[0].values[0].state == "unreadable"


@pytest.mark.parametrize("value", [["1.2"], {"x": 1}])
def test_a_value_of_another_shape_is_unreadable_not_absent(tmp_path: Path, value: Any) -> None:
    found = reading(
        tmp_path, as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A4", "value": value}])]))
    )
    assert found.products[0].declarations[0].values[0].state == "unreadable"


def test_one_item_where_a_list_is_usual(tmp_path: Path) -> None:
    data = soda4lca()
    data["LCIAResults"]["LCIAResult"] = data["LCIAResults"]["LCIAResult"][0]
    assert len(reading(tmp_path, as_bytes(data)).products[0].declarations[0].values) == 3


@pytest.mark.parametrize("unit", ["g CO2-Äq.", "t CO2-Äq.", "lb CO2 eq"])
def test_another_unit_of_mass_is_not_counted_as_kilograms(unit: str) -> None:
    from cirkeldesk.model.product.indicators import in_set_unit

    assert in_set_unit("A2", "GWP-total", 5.0, unit) is None
    assert in_set_unit("A2", "GWP-total", 5.0, "kg CO_(2)-Äq.") == 5.0
    assert in_set_unit("A2", "GWP-total", 5.0, None) == 5.0


def test_a_declared_amount_is_never_guessed(tmp_path: Path) -> None:
    for amount in ("abc", "1.000,0", "1_000", True):
        assert [q.key for q in reading(tmp_path, as_bytes(soda4lca(amount=amount))).products[0].open] == [
            "unit"
        ]


def test_an_upper_case_uuid_is_the_same(tmp_path: Path, workspace: Workspace) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    one.write_bytes(as_bytes(soda4lca(uuid="abcd")))
    two.write_bytes(as_bytes(soda4lca(uuid="ABCD", name="Anders")))
    assert [r.status for r in import_files(workspace, [one, two])] == ["imported", "question"]


@pytest.mark.parametrize(
    "text", ["1.000 kg", "1,000 kg", "0 kg", "nan kg", "-1 kg", "1 k g", "9" * 400 + " kg", "١ kg"]
)
def test_units_that_could_be_meant_otherwise_are_refused(text: str) -> None:
    with pytest.raises(StoreError, match="answer_no_unit"):
        parse_unit(text)
    assert parse_unit("1000 kg") == (1000.0, "kg")
    assert parse_unit("2,5 m2") == (2.5, "m2")


def test_answers_that_come_with_a_second_import_are_kept(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "a.json"
    cells = [{"module": "D", "value": "1", "scenario": "S1"}, {"module": "D", "value": "2", "scenario": "S2"}]
    path.write_bytes(as_bytes(soda4lca(results=[result(GWP_A1, cells)])))
    first = import_file(workspace, path)
    again = import_file(workspace, path, scenario="S1")
    assert (again.status, again.products) == ("imported", first.products)
    product = get_product(workspace, first.products[0])
    assert product.open == ()
    assert product.declarations[0].scenario_choice == "S1"


@pytest.mark.parametrize("change", [{"name": "Andere naam"}, {"amount": 1.0}])
def test_other_facts_under_one_version_are_a_question(
    tmp_path: Path, workspace: Workspace, change: dict[str, Any]
) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    one.write_bytes(as_bytes(soda4lca()))
    two.write_bytes(as_bytes(soda4lca(**change)))
    assert [r.status for r in import_files(workspace, [one, two])] == ["imported", "question"]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([csv_line("a", "1"), csv_line("a", "1000", "C3")], "mixed_amounts"),
        ([csv_line("a").replace(";2030;", ";2030;extra;")], "row_misaligned"),
        ([csv_line("a")[:30] + "\n"], "row_misaligned"),
        ([csv_line("")], "no_uuid"),
    ],
)
def test_rows_that_do_not_fit_refuse_their_data_set(tmp_path: Path, rows: list[str], key: str) -> None:
    found = reading(tmp_path, (HEADER + "".join(rows) + csv_line("b")).encode())
    assert [p.uuid for p in found.products] == ["b"]
    assert [n.message.key for n in found.notes if n.level == "error"] == [key]


def test_an_unclosed_quote_swallows_nothing(tmp_path: Path) -> None:
    text = HEADER + csv_line("a").replace("Verzonnen", '"Verzonnen') + csv_line("b") + csv_line("c")
    found = reading(tmp_path, text.encode())
    assert [p.uuid for p in found.products] == ["a", "b", "c"]
    assert all(p.declarations for p in found.products)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="csv_double_column"):
        reading(tmp_path, (HEADER.replace("ADPF", "GWP") + csv_line()).encode())


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path, workspace: Workspace) -> None:
    good, bad = tmp_path / "goed.json", tmp_path / "slecht.json"
    good.write_bytes(as_bytes(soda4lca()))
    bad.write_bytes(as_bytes(soda4lca(uuid="u2", name="\ud800 x", version="0²")))
    reports = import_files(workspace, [good, bad, bad])
    assert [r.status for r in reports] == ["imported", "imported", "unchanged"]
    assert "\ud800" not in get_product(workspace, reports[1].products[0]).name


def test_a_pipe_does_not_hang(tmp_path: Path, workspace: Workspace) -> None:
    os.mkfifo(tmp_path / "pijp")
    assert import_file(workspace, tmp_path / "pijp").notes[0].message.key == "file_unreadable"
    assert import_files(workspace, [tmp_path / "pijp"])[0].notes[0].message.key == "file_unreadable"


def test_output_never_replaces_the_database_or_a_protected_file(tmp_path: Path, workspace: Workspace) -> None:
    add_example(workspace)
    protected, link, folder = tmp_path / "vast.pdf", tmp_path / "koppeling.pdf", tmp_path / "map.pdf"
    protected.write_bytes(b"oud")
    protected.chmod(0o400)
    folder.mkdir()
    for target in (workspace.store.path, protected, folder):
        for operation in (advise, export_workbook, export_dossier):
            with pytest.raises(StoreError, match="cannot_write"):
                operation(workspace, "voorbeeld", target)
    assert protected.read_bytes() == b"oud"
    link.symlink_to(tmp_path / "echt.pdf")
    write_file(workspace, link, b"nieuw")
    assert link.is_symlink()
    assert (tmp_path / "echt.pdf").read_bytes() == b"nieuw"
    with workspace.unit() as unit:
        assert faults(unit) == []


def test_check_sees_versions_that_are_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a.db")
    main(["--db", path, "example"])
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM document WHERE kind = 'product'")
    connection.close()
    assert main(["--db", path, "check"]) == 1
    assert "Een versie ontbreekt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["product", "", "--json"], ["compare", "", "--json"], ["answer", "", "a", "b"]]
)
def test_empty_words_get_an_answer(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "a.db")
    main(["--db", path, "example"])
    assert main(["--db", path, *words]) == 1
    assert "Wij vinden" in capsys.readouterr().err


def test_a_database_locked_by_another_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.db"
    main(["--db", str(path), "example"])
    capsys.readouterr()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert main(["--db", str(path), "tenders", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "Een ander venster werkt in dit bestand" in err
    assert "error" in json.loads(out)
    connection.close()


@pytest.mark.parametrize(
    "change",
    [
        {"functional_quantity": 0.0},
        {"functional_quantity": -1.0},
        {"ask": {"modules": []}},
        {"ask": {"modules": ["X9"]}},
        {"ask": {"analysis_period": 0.0}},
        {"ask": {"analysis_period": 1e300}},
        {"posts": [{"id": "p1", "name": "x", "life": 0.0}]},
        {"posts": [{"id": "p1", "name": "x", "values": [["density_t_m3", -2.0]]}]},
        {"posts": [{"id": "", "name": "x"}]},
        {"variants": [{"id": "v", "name": "x", "role": "bid", "price": "1e5"}]},
        {"variants": [{"id": "v", "name": "x", "role": "bid", "price": "1_000"}]},
        {"variants": [{"id": "v", "name": "x", "role": "bid", "price": "1.005"}]},
        {"variants": [{"id": "v", "name": "x", "role": "bid", "work_mki": {"total": 1e300}}]},
        {
            "variants": [
                {"id": "v", "name": "x", "role": "bid", "work_mki": {"total": 1.0, "modules": [["D", 1.0]]}}
            ]
        },
        {"variants": [{"id": "v", "name": "a\u0001b", "role": "bid"}]},
        {"title": "\ud800"},
        {"number": " "},
    ],
)
def test_tenders_that_cannot_be_meant_are_refused(
    tmp_path: Path, change: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path, database = tmp_path / "t.json", str(tmp_path / "a.db")
    path.write_text(json.dumps({"schema": "tender/1", "number": "T", **change}))
    assert main(["--db", database, "tender", str(path)]) == 1
    err = capsys.readouterr().err
    assert "Er is niets gewijzigd." in err
    main(["--db", database, "tenders", "--json"])
    assert json.loads(capsys.readouterr().out) == []


def test_long_texts_still_print(tmp_path: Path, workspace: Workspace) -> None:
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    long = "Een lang woord en nog een. " * 300
    variants = tuple(
        replace(v, name=long[:2000], evidence=replace(v.evidence, source=long)) for v in tender.variants
    )
    changed = replace(
        tender, title=long, variants=variants, posts=tuple(replace(p, name=long[:2000]) for p in tender.posts)
    )
    with workspace.unit() as unit:
        unit.commit("tender", "voorbeeld", changed, "field", {"label": "titel"})
    advise(workspace, "voorbeeld", tmp_path / "a.pdf")
    export_workbook(workspace, "voorbeeld", tmp_path / "a.xlsx")
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "…" in text
