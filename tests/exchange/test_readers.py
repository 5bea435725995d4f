"""The readers on small files of our own: what they keep, what they ask and what they refuse."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_file
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import answer, get_product
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store.check import faults
from tests.exchange.files import AP_A1, AP_A2, GWP_A1, HEADER, PERE, as_bytes, csv_line, result, soda4lca


def reading(tmp_path: Path, content: bytes, name: str = "bestand.dat") -> Reading:
    path = tmp_path / name
    path.write_bytes(content)
    return read_file(path)


def product(tmp_path: Path, **changes: Any) -> Product:
    return reading(tmp_path, as_bytes(soda4lca(**changes))).products[0]


def rows(value: Product, set_code: str | None) -> list[DeclaredValue]:
    return [row for d in value.declarations if d.set == set_code for row in d.values]


def keys(found: Reading) -> set[str]:
    return {note.message.key for note in found.notes}


def test_a_data_set_as_it_stands(tmp_path: Path) -> None:
    value = product(tmp_path)
    assert (value.name, value.declared_unit, value.declared_amount, value.valid_until) == (
        "Fictitious mix",
        "kg",
        1000.0,
        "2030",
    )
    assert [(r.module, r.value, r.raw) for r in rows(value, "A1")] == [
        ("A1-A3", 62.5, "62.5"),
        ("C3", 1.0, "1"),
        ("D", -6.0, "-6"),
    ]
    assert value.open == ()


@pytest.mark.parametrize("raw", ["ND", "MND", "MNA", "MNR", "INA", "-", "", None])
def test_not_declared_is_not_zero(tmp_path: Path, raw: str | None) -> None:
    cell = {"module": "A4"} if raw is None else {"module": "A4", "value": raw}
    row = rows(product(tmp_path, results=[result(GWP_A1, [cell])]), "A1")[0]
    assert (row.value, row.state) == (None, "not_declared")


def test_a_malformed_number_is_reported_not_guessed(tmp_path: Path) -> None:
    found = reading(
        tmp_path, as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A3", "value": "1.83+03"}])]))
    )
    row = rows(found.products[0], "A1")[0]
    assert (row.value, row.state, row.raw) == (None, "unreadable", "1.83+03")
    assert "unreadable_value" in keys(found)


def test_a1_and_a2_are_told_apart_by_uuid(tmp_path: Path) -> None:
    cell = [{"module": "A1A2A3", "value": "1"}]
    value = product(
        tmp_path,
        results=[result(AP_A1, cell, "kg SO2"), result(AP_A2, cell, "mol H+"), result(PERE, cell, "MJ")],
    )
    assert [(d.set, d.values[0].indicator, d.values[0].module) for d in value.declarations] == [
        ("A1", "AP", "A1-A3"),
        ("A2", "AP", "A1-A3"),
        (None, "PERE", "A1-A3"),
    ]


def test_an_unknown_indicator_keeps_its_uuid(tmp_path: Path) -> None:
    value = product(
        tmp_path, results=[result("12345678-0000-4000-8000-000000000000", [{"module": "A4", "value": "1"}])]
    )
    assert rows(value, None)[0].indicator == "uuid:12345678-0000-4000-8000-000000000000"


def test_odd_shapes_do_not_break_the_reader(tmp_path: Path) -> None:
    odd = {
        "referenceToLCIAMethodDataSet": {"refObjectId": GWP_A1},
        "other": {"anies": ["<xml/>", {}, {"module": "A4", "value": "2"}]},
    }
    value = product(tmp_path, results=[odd, {"other": None}, {}, None])
    assert [(r.module, r.value, r.unit) for r in rows(value, "A1")] == [("A4", 2.0, None)]


def test_scenarios_are_asked_unless_there_is_a_default(tmp_path: Path) -> None:
    cells = [
        {"module": "D", "value": "-32.39", "scenario": "S1"},
        {"module": "D", "value": "-2.718", "scenario": "S2"},
    ]
    asked = product(tmp_path, results=[result(GWP_A1, cells)], scenarios=[{"name": "S1"}, {"name": "S2"}])
    assert [(q.key, q.choices) for q in asked.open] == [("scenario", ("S1", "S2"))]
    chosen = product(
        tmp_path, results=[result(GWP_A1, cells)], scenarios=[{"name": "S1"}, {"name": "S2", "default": True}]
    )
    assert chosen.open == ()
    assert chosen.declarations[0].chosen("GWP")["D"].value == -2.718


def test_a_file_without_unit_asks_for_it(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "kort.json"
    path.write_bytes(as_bytes(soda4lca(extended=False)))
    report = import_file(workspace, path)
    assert report.status == "question"
    identity = report.products[0]
    assert [q.key for q in get_product(workspace, identity).open] == ["unit"]
    with pytest.raises(StoreError, match="answer_no_unit"):
        answer(workspace, identity, "unit", "1 emmer")
    with pytest.raises(StoreError, match="answer_unknown_key"):
        answer(workspace, identity, "scenario", "S1")
    answered = answer(workspace, identity, "unit", "1000 kg")
    assert (answered.declared_amount, answered.declared_unit, answered.open) == (1000.0, "kg", ())
    assert import_file(workspace, path).products == [identity]


def test_a_unit_given_with_the_import_answers(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "kort.json"
    path.write_bytes(as_bytes(soda4lca(extended=False)))
    report = import_file(workspace, path, unit_text="1 ton")
    assert report.status == "imported"
    assert get_product(workspace, report.products[0]).declared_unit == "ton"
    assert not [n for n in report.notes if n.level == "question"]


def test_the_files_own_unit_wins(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "vol.json"
    path.write_bytes(as_bytes(soda4lca()))
    report = import_file(workspace, path, unit_text="1 kg")
    assert "unit_differs" in {n.message.key for n in report.notes}
    assert get_product(workspace, report.products[0]).declared_amount == 1000.0


def test_same_uuid_and_version_with_other_values_stores_nothing(tmp_path: Path, workspace: Workspace) -> None:
    first, other, newer = tmp_path / "een.json", tmp_path / "twee.json", tmp_path / "drie.json"
    first.write_bytes(as_bytes(soda4lca()))
    other.write_bytes(as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A1-A3", "value": "61"}])])))
    newer.write_bytes(as_bytes(soda4lca(version="01.00.001")))
    reports = import_files(workspace, [first, first, other, newer])
    assert [r.status for r in reports] == ["imported", "unchanged", "question", "imported"]
    assert reports[2].products == []
    assert get_product(workspace, reports[0].products[0]).declarations[0].values[0].value == 62.5
    newest = get_product(workspace, "00000000-0000-4000-8000-000000000001")
    assert newest.id == reports[3].products[0]


def test_plausibility_is_a_warning_that_stays(tmp_path: Path) -> None:
    tonnes = product(tmp_path, results=[result(GWP_A1, [{"module": "A1-A3", "value": "0.1"}])])
    assert "odd_size" in tonnes.warnings
    parts = [{"module": m, "value": v} for m, v in (("A1", "1"), ("A2", "1"), ("A3", "1"), ("A1-A3", "62"))]
    assert "parts_differ" in product(tmp_path, results=[result(GWP_A1, parts)]).warnings
    assert (
        "odd_unit"
        in product(tmp_path, results=[result(GWP_A1, [{"module": "A4", "value": "1"}], "kg C02 eq")]).warnings
    )
    assert (
        "wrong_unit"
        in product(tmp_path, results=[result(GWP_A1, [{"module": "A4", "value": "1"}], "MJ")]).warnings
    )


# --- ÖKOBAUDAT CSV
# -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig"])
@pytest.mark.parametrize("decimal", [".", ","])
def test_csv_by_encoding_and_decimal_sign(tmp_path: Path, encoding: str, decimal: str) -> None:
    text = (
        HEADER + csv_line(values="0.5;1.5;2;;".replace(".", decimal)) + csv_line(module="C3", values=";0;;;")
    )
    value = reading(tmp_path, text.encode(encoding)).products[0]
    assert [(r.indicator, r.module, r.value, r.unit) for r in rows(value, "A1")] == [
        ("GWP", "A1-A3", 0.5, None),
        ("ADPF", "A1-A3", 1.5, None),
        ("ADPF", "C3", 0.0, None),
    ]
    assert [r.indicator for r in rows(value, None)] == ["PERE"]
    assert value.density_kg_m3 == 2350


def test_csv_misprint_of_sqp(tmp_path: Path) -> None:
    value = reading(tmp_path, (HEADER + csv_line(values=";;;1;7")).encode()).products[0]
    assert [r.indicator for r in rows(value, "A2")] == ["AP", "SQP"]


def test_csv_refuses_one_set_by_name_and_reads_the_rest(tmp_path: Path) -> None:
    text = HEADER + csv_line("a", amount="not available") + csv_line("b", amount="0.999999999999999")
    found = reading(tmp_path, text.encode())
    assert [p.uuid for p in found.products] == ["b"]
    assert [(n.level, n.message.key) for n in found.notes if n.level == "error"] == [
        ("error", "no_declared_amount")
    ]


# --- what is no declaration
# ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file_empty"),
        (b"  \n ", "file_empty"),
        (b"zomaar wat tekst", "file_unknown"),
        (b'{"a": 1', "json_broken"),
        (b'{"a": 1}', "file_unknown"),
        (b"[]", "file_unknown"),
        (b'{"processInformation": {}}', "no_uuid"),
        (b"[" * 100_000, "json_broken"),
        (b"{SimaPro 9.0}\n{processes}\n", "file_simapro"),
        (b"%PDF-1.7\n", "pdf_broken"),
        (b"PK\x03\x04 kapot", "zip_broken"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file_binary"),
        (b"UUID;Version;Bezugsgroesse\n", "csv_missing_column"),
        (HEADER.encode(), "csv_no_rows"),
        (b"\xff\xfe{\x00}\x00", "file_unknown"),
    ],
)
def test_bad_files_are_refused_with_a_reason(
    tmp_path: Path, workspace: Workspace, content: bytes, key: str
) -> None:
    path = tmp_path / "fout.dat"
    path.write_bytes(content)
    with workspace.unit() as unit:
        before = unit.steps.chain_head()
    report = import_file(workspace, path)
    assert (report.status, [n.message.key for n in report.notes]) == ("refused", [key])
    with workspace.unit() as unit:
        assert unit.steps.chain_head() == before


def test_a_missing_file_and_a_folder(tmp_path: Path, workspace: Workspace) -> None:
    assert import_file(workspace, tmp_path / "weg.json").notes[0].message.key == "file_missing"
    assert import_file(workspace, tmp_path).notes[0].message.key == "file_unreadable"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_entry(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "x"
    path.write_bytes(content)
    outcome: Reading | str
    try:
        outcome = read_file(path)
    except ReadError as problem:
        outcome = problem.key
    assert outcome


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["module", "value", "anies", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    where=st.sampled_from(["processInformation", "administrativeInformation", "exchanges", "LCIAResults"]),
    junk=JSON,
)
def test_no_shape_of_data_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, where: str, junk: Any
) -> None:
    data = soda4lca()
    data[where] = {
        "dataSetInformation": junk,
        "exchange": junk,
        "LCIAResult": junk,
        "publicationAndOwnership": junk,
    }
    path = tmp_path_factory.mktemp("shape") / "x.json"
    path.write_bytes(json.dumps(data).encode())
    outcome: int | str
    try:
        outcome = len(read_file(path).products)
    except ReadError as problem:
        outcome = problem.key
    assert outcome in (1, "no_uuid", "no_values")  # a data set that declares nothing is refused since 0.12


# --- the dossier
# -----------------------------------------------------------------------------------------------------


def test_a_dossier_comes_back_as_it_went(tmp_path: Path, workspace: Workspace) -> None:
    from cirkeldesk.operations.workspace import open_workspace

    add_example(workspace)
    path, again = tmp_path / "a.cirkel", tmp_path / "b.cirkel"
    export_dossier(workspace, "voorbeeld", path)
    assert import_file(workspace, path).status == "unchanged"
    with open_workspace(tmp_path / "elders.db") as other:
        report = import_file(other, path)
        assert (report.status, report.tenders) == ("imported", ["VOORBEELD-001"])
        assert get_tender(other, "voorbeeld") == get_tender(workspace, "voorbeeld")
        export_dossier(other, "voorbeeld", again)
        with other.unit() as unit:
            assert faults(unit) == []
    assert again.read_bytes() == path.read_bytes()


def test_a_dossier_of_before_brings_nothing_back(tmp_path: Path, workspace: Workspace) -> None:
    from cirkeldesk.model.tender import edits
    from cirkeldesk.operations.tender.tenders import edit_tender

    add_example(workspace)
    path = tmp_path / "a.cirkel"
    export_dossier(workspace, "voorbeeld", path)
    edit_tender(workspace, "voorbeeld", edits.set_field("title", "anders", "titel"))
    report = import_file(workspace, path)
    assert (report.status, report.tenders) == ("unchanged", ["VOORBEELD-001"])
    assert [note.message.key for note in report.notes] == ["dossier_ours"]
    assert get_tender(workspace, "voorbeeld").title == "anders"


def test_a_dossier_changed_on_both_sides_is_a_question(tmp_path: Path, workspace: Workspace) -> None:
    from cirkeldesk.model.tender import edits
    from cirkeldesk.operations.tender.tenders import edit_tender

    add_example(workspace)
    path = tmp_path / "a.cirkel"
    export_dossier(workspace, "voorbeeld", path)
    with open_workspace(tmp_path / "daar.db") as there:
        import_file(there, path)
        edit_tender(there, "voorbeeld", edits.set_field("title", "daar", "titel"))
        export_dossier(there, "voorbeeld", path)
    edit_tender(workspace, "voorbeeld", edits.set_field("title", "hier", "titel"))
    report = import_file(workspace, path)
    assert (report.status, report.tenders) == ("question", [])
    assert get_tender(workspace, "voorbeeld").title == "hier"


def tampered(path: Path, change: Any) -> bytes:
    with zipfile.ZipFile(path) as archive:
        body = json.loads(archive.read("dossier.json"))
    change(body)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("dossier.json", json.dumps(body))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.pop("tender"),
        lambda body: body["tender"].update(title=3),
        lambda body: body["tender"].update(onbekend=3),
        lambda body: body.update(pinned=[]),
        lambda body: next(iter(body["pinned"].values())).update(name="vervalst"),
        lambda body: body["pinned"].pop(next(iter(body["pinned"]))),
        lambda body: body.update(schema="iets/1"),
        lambda body: body.update(schema="dossier/9"),
    ],
)
def test_a_tampered_dossier_is_refused(tmp_path: Path, workspace: Workspace, change: Any) -> None:
    add_example(workspace)
    path = tmp_path / "a.cirkel"
    export_dossier(workspace, "voorbeeld", path)
    path.write_bytes(tampered(path, change))
    report = import_file(workspace, path)
    assert report.status == "refused"
    assert report.notes[0].message.key in ("dossier_broken", "newer_schema")


def test_a_dossier_that_would_unpack_to_much_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "bom.cirkel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dossier.json", b" " * (65 * 1024 * 1024))
    assert path.stat().st_size < 1024 * 1024
    assert import_file(workspace, path).notes[0].message.key == "file_too_large"
