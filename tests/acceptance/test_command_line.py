"""The command line as a colleague uses it: exit codes, Dutch on stderr, JSON on stdout, figures that
agree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.document.document import CLASSES
from cirkeldesk.model.document.json_schema import schema_of
from tests.acceptance.conftest import Capture, Cli
from tests.conftest import ROOT
from tests.exchange.files import GWP_A1, as_bytes, result, soda4lca


def test_example_twice(cli: Cli) -> None:
    assert cli("example").out == "VOORBEELD-001\n"
    assert (cli("example").code, cli.out) == (0, "VOORBEELD-001\n")
    rows = cli("tenders", "--json").json
    assert rows == [
        {
            "number": "VOORBEELD-001",
            "id": "voorbeeld",
            "title": "Groot onderhoud provinciale weg N000 (voorbeeld)",
            "status": "concept",
            "variants": 5,
            "product_group": "asfalt",
        }
    ]
    assert cli("check").code == 0


def test_compare_in_every_field(cli: Cli) -> None:
    cli("example")
    plain = cli("compare", "VOORBEELD-001", "--json").json
    assert set(plain) == {
        "tender", "title", "weighting_set", "ask", "functional_unit", "functional_quantity", "reference", "conclusion", "findings",
        "variants",
    }  # fmt: skip
    assert plain["weighting_set"]["unverified"] == ["PM", "IRP", "ETP-fw", "HTP-c", "HTP-nc", "SQP"]
    assert plain["ask"]["replacement_rule"] == "fractional_with_d"
    assert [v["role"] for v in plain["variants"]] == ["reference", "alternative", "bid", "bid", "bid"]
    for variant in plain["variants"]:
        mki = variant["mki"]
        assert set(mki) == {
            "total", "source", "check", "undivided", "a_to_c", "d", "per_functional_unit", "per_functional_unit_year",
            "by_module", "by_indicator", "by_post", "basis",
        }  # fmt: skip
        parts = sum(mki["by_module"].values()) + (mki["undivided"] or 0.0)
        assert parts == pytest.approx(mki["total"], rel=1e-12)
        assert sum(post["value"] for post in mki["by_post"]) == pytest.approx(mki["total"], rel=1e-12)
        if mki["a_to_c"] is not None:
            assert mki["a_to_c"] + mki["d"] == pytest.approx(mki["total"], rel=1e-12)
        nulls = {
            f"mki.{k}" for k in ("total", "check", "a_to_c", "d", "per_functional_unit") if mki[k] is None
        }
        nulls |= {f"mki.{k}" for k in ("undivided", "source", "per_functional_unit_year") if mki[k] is None}
        nulls |= {f"gwp_kg.{k}" for k, v in variant["gwp_kg"].items() if v is None}
        nulls |= {
            k
            for k in ("mass_kg", "price", "rank", "biobased", "secondary", "reused", "primary_abiotic")
            if variant[k] is None
        }
        nulls |= {f"by_post.{p['id']}" for p in mki["by_post"] if p["value"] is None}
        assert nulls == set(variant["states"])
        assert all(state["state"] and state["reason"] for state in variant["states"].values())
    assert [v["rank"] for v in plain["variants"]] == [2, 1, 3, 1, 2]
    assert plain["variants"][0]["price"] == "1230000.00"
    assert plain["variants"][4]["mki"]["check"] is not None
    assert plain["variants"][3]["biobased"]["basis"] == "mix"


def test_the_words_of_compare(cli: Cli) -> None:
    cli("example")
    assert cli("compare", "VOORBEELD-001").code == 0
    assert cli.out.startswith(
        "Inschrijving B heeft de laagste MKI: €\u00a064.866, 11,0\u00a0% lager dan de nulvariant."
    )
    assert "Te vergelijken?\tja\tja\tja, op totaal\tja, op totaal\tja, op totaal" in cli.out


def test_import_reports(cli: Cli, tmp_path: Path) -> None:
    good, open_, bad = tmp_path / "goed.json", tmp_path / "vraag.json", tmp_path / "fout.txt"
    good.write_bytes(as_bytes(soda4lca()))
    cells = [{"module": "D", "value": "1", "scenario": "S1"}, {"module": "D", "value": "2", "scenario": "S2"}]
    open_.write_bytes(as_bytes(soda4lca(uuid="u-2", results=[result(GWP_A1, cells)])))
    bad.write_text("x")
    cli("import", str(good), str(open_), str(bad), "--json")
    assert cli.code == 1
    reports = cli.json
    assert [r["status"] for r in reports] == ["imported", "question", "refused"]
    assert all(set(r) == {"file", "format", "status", "products", "tenders", "messages"} for r in reports)
    assert all(set(m) == {"level", "where", "text"} for r in reports for m in r["messages"])
    identity = reports[1]["products"][0]
    assert cli("product", identity, "--json").json["open"] == [{"key": "scenario", "choices": ["S1", "S2"]}]
    assert cli("answer", identity, "scenario", "S3").code == 1
    assert cli.err == "“S3” kan niet. Kies uit: S1, S2.\n"
    assert cli("answer", identity, "scenario", "S2").code == 0
    product = cli("product", "u-2", "--json").json
    assert (product["open"], product["declarations"][0]["scenario_choice"]) == ([], "S2")
    assert cli("import", str(good), "--json").json[0]["status"] == "unchanged"
    assert cli.code == 0
    assert len(cli("products", "--json").json) == 2
    assert cli("products", "--search", "niets", "--json").json == []


def tender_document(**changes: Any) -> dict[str, Any]:
    post = {"id": "p1", "name": "Deklaag", "route": "bill", "values": [["mass_t", 100.0]], "life": "work"}
    bid = {
        "id": "v1",
        "name": "Inschrijving A",
        "role": "bid",
        "price": "1234.50",
        "answers": [{"post_id": "p1", "mki": {"total": 9.5}}],
    }
    ask = {"analysis_period": 30.0, "replacement_rule": "none", "includes_replacement": "yes"}
    return {
        "schema": "tender/1",
        "number": "T-1",
        "title": "Proef",
        "ask": ask,
        "posts": [post],
        "variants": [bid],
        **changes,
    }


def test_a_tender_from_a_document_and_again(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(tender_document()))
    assert (cli("tender", str(path)).code, cli.out) == (0, "T-1\n")
    variant = cli("compare", "T-1", "--json").json["variants"][0]
    assert (variant["mki"]["total"], variant["price"], variant["mki"]["source"]) == (
        950.0,
        "1234.50",
        "offered",
    )
    path.write_text(json.dumps(tender_document(title="Opnieuw")))
    assert cli("tender", str(path), "--json").json == {"number": "T-1"}
    assert [row["title"] for row in cli("tenders", "--json").json] == ["Opnieuw"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"posts": "x"}, "posts"),
        ({"colour": "red"}, "colour"),
        ({"schema": "tender/7"}, "nieuwere CirkelDesk"),
        ({"schema": "iets"}, "schema"),
        ({"ask": {"replacement_rule": "half"}}, "fractional_with_d"),
        ({"ask": {"analysis_period": "dertig"}}, "geen getal"),
        ({"ask": {"analysis_period": True}}, "geen getal"),
        ({"product_group": "beton"}, "product_group"),
        ({"variants": [{"id": "v1", "name": "A", "role": "bid", "answers": [{"post_id": "p9"}]}]}, "p9"),
        (
            {
                "variants": [
                    {
                        "id": "v1",
                        "name": "A",
                        "role": "bid",
                        "answers": [{"post_id": "p1", "product": {"id": "weg"}}],
                    }
                ]
            },
            "weg",
        ),
        ({"variants": [{"id": "v1", "name": "A", "role": "bid", "price": 5}]}, "bedrag"),
        (
            {
                "variants": [
                    {"id": "v1", "name": "A", "role": "bid"},
                    {"id": "v1", "name": "B", "role": "bid"},
                ]
            },
            "v1",
        ),
        ({"number": None}, "number"),
    ],
)
def test_a_bad_document_changes_nothing(cli: Cli, tmp_path: Path, change: dict[str, Any], text: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(tender_document(**change)))
    cli("tender", str(path), "--json")
    assert cli.code == 1
    assert text in cli.err
    assert cli.json["error"] == cli.err.strip()
    assert cli("tenders", "--json").json == []


def test_documents_fit_their_published_schema() -> None:
    for kind in CLASSES:
        published = json.loads((ROOT / "resources" / "schema" / f"{kind}.json").read_text(encoding="utf-8"))
        assert published == schema_of(kind), f"write schema_of({kind!r}) to resources/schema/{kind}.json"
    schema = json.loads((ROOT / "resources" / "schema" / "tender.json").read_text(encoding="utf-8"))
    jsonschema.validate(
        json.loads((ROOT / "resources" / "example" / "tender.json").read_text(encoding="utf-8")), schema
    )
    jsonschema.validate({"id": "t", **tender_document()}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "t", **tender_document(colour="red")}, schema)


@pytest.mark.parametrize(
    "words", [["compare"], ["onzin"], ["--db"], ["import"], ["export", "x"], ["tenders", "--wat"]]
)
def test_wrong_use_is_2(words: list[str], tmp_path: Path, capsys: Capture) -> None:
    assert main(["--db", str(tmp_path / "a.db"), *words] if words != ["--db"] else words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Zo kunnen wij de opdracht niet uitvoeren")


def test_a_command_without_a_file_is_wrong_use(capsys: Capture) -> None:
    assert main(["tenders"]) == 2
    assert "--db BESTAND" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["compare", "X"], ["product", "X"], ["advise", "X", "--pdf", "x.pdf"], ["answer", "X", "unit", "1 kg"]],
)
def test_what_is_not_there_is_1(cli: Cli, words: list[str]) -> None:
    cli("example")
    assert cli(*words).code == 1
    assert "Wij vinden" in cli.err
    assert cli.out == ""


def test_output_in_a_folder_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    cli("example")
    assert cli("advise", "VOORBEELD-001", "--pdf", str(tmp_path / "weg" / "a.pdf")).code == 1
    assert cli.err.startswith("Wij kunnen a.pdf niet schrijven.")


def test_never_a_traceback(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.expected_by_test = True  # type: ignore[attr-defined]
    cli("example")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("geheim bedrag 1.234.567")

    monkeypatch.setattr("cirkeldesk.operations.workspace.compare", broken)
    assert cli("compare", "VOORBEELD-001", "--json").code == 1
    assert "Er ging iets mis in CirkelDesk." in cli.err
    assert "Traceback" not in cli.err
    assert cli.json["error"]
    assert "ZeroDivisionError" in caplog.text
    assert "geheim" not in caplog.text


def test_module_and_console_script() -> None:
    for command in (
        [sys.executable, "-m", "cirkeldesk", "--version"],
        [sys.executable, "-m", "cirkeldesk", "--help"],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0
        assert "irkel" in done.stdout


def test_imported_asphalt_is_compared_incomplete_and_says_so(samples: Path, cli: Cli, tmp_path: Path) -> None:
    """The whole path on a real file: import, a tender of three layers with typed density, compare, print,
    export."""
    cli("import", str(samples / "obd_csv" / "OBD_2020_II_excerpt.csv"), "--json")
    asphalt = {row["name"]: row["id"] for row in cli("products", "--search", "asphalt", "--json").json}
    assert set(asphalt) == {"Asphalt binder", "Asphalt surface layer"}
    layers = (("p1", "Deklaag", 35.0), ("p2", "Tussenlaag", 60.0), ("p3", "Onderlaag", 90.0))
    posts = [
        {"id": i, "name": n, "values": [["thickness_mm", t], ["density_t_m3", 2.35]], "life": "work"}
        for i, n, t in layers
    ]
    used = ("Asphalt surface layer", "Asphalt binder", "Asphalt binder")
    answers = [
        {"post_id": post["id"], "product": {"id": asphalt[name]}}
        for post, name in zip(posts, used, strict=True)
    ]
    document = {
        "schema": "tender/1",
        "number": "ECHT-1",
        "title": "Drie lagen",
        "functional_quantity": 12000.0,
        "ask": {"set_code": "A1", "analysis_period": 30.0},
        "posts": posts,
        "variants": [{"id": "v1", "name": "Nulvariant", "role": "reference", "answers": answers}],
    }
    path = tmp_path / "t.json"
    path.write_text(json.dumps(document))
    assert cli("tender", str(path)).code == 0
    variant = cli("compare", "ECHT-1", "--json").json["variants"][0]
    assert variant["mki"]["total"] is None
    assert variant["states"]["mki.total"]["state"] == "not_computable"
    missing = {(m["post"], m["module"], m["indicator"]) for m in variant["mki"]["basis"]["missing"]}
    assert ("p1", "A4", None) in missing
    assert ("p1", "A1-A3", "HTP") in missing
    assert variant["mass_kg"] == pytest.approx(12000 * 0.185 * 2350)
    texts = " ".join(problem["text"] for problem in variant["problems"])
    assert "HTP, MAETP, TETP" in texts
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    assert cli("advise", "ECHT-1", "--pdf", str(pdf)).code == 0
    assert cli("export", "ECHT-1", "--xlsx", str(book)).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert book.stat().st_size > 8000
