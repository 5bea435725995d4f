"""Contracts, deliveries, baselines and the monitor from the command line, with every sum done by hand."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.acceptance.conftest import Cli
from tests.sheets.office import recalculated

FIRM = "Wegenbouw Bedacht"


def product(identity: str, primary: float, secondary: float) -> dict[str, Any]:
    """A mix of which the rest is not stated."""
    return {
        "id": identity,
        "name": f"mengsel {identity}",
        "declared_unit": "ton",
        "declared_amount": 1,
        "composition": {
            "constituents": [
                {"name": "steenslag", "fraction": primary, "origin": "primary_abiotic"},
                {"name": "PR", "fraction": secondary, "origin": "secondary"},
            ]
        },
    }


def tender(number: str, **more: Any) -> dict[str, Any]:
    """Two posts of 1,000 t; the bid promises 8.00 and 4.00 € MKI per ton, its mix is 50 % primary and 40 %
    secondary, the nulvariant's 80 % and 20 %."""
    posts = [
        {"id": f"p{n}", "name": name, "route": "bill", "values": [["mass_t", 1000]], "life": "work"}
        for n, name in ((1, "Onderlaag"), (2, "Deklaag"))
    ]
    rates = {"reference": (12, 6), "bid": (8, 4)}
    variants = [
        {
            "id": identity,
            "name": name,
            "role": role,
            **({"bidder": FIRM, "price": "1000000.00"} if role == "bid" else {}),
            "answers": [
                {"post_id": f"p{n}", "product": {"id": mix}, "mki": {"total": rates[role][n - 1]}}
                for n in (1, 2)
            ],
        }
        for identity, name, role, mix in (
            ("n", "Nulvariant", "reference", "oud"),
            ("b", FIRM, "bid", "nieuw"),
        )
    ]
    return {
        "schema": "tender/1",
        "number": number,
        "title": "Weg (verzonnen)",
        "status": "awarded",
        "functional_quantity": 10000,
        "ask": {"replacement_rule": "none", "includes_replacement": "yes", "analysis_period": 30},
        "award": {"method": "mki_w", "factor": "2", "negative_mki": "allow"},
        "posts": posts,
        "products": [product("oud", 0.8, 0.2), product("nieuw", 0.5, 0.4)],
        "variants": variants,
        **more,
    }


def write(folder: Path, name: str, data: object) -> str:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


DELIVERED = [
    {
        "date": "2027-05-01",
        "post": "Onderlaag",
        "quantity": 600,
        "mki": 8,
        "accepted": True,
        "evidence": "w1",
    },
    {"date": "2028-06-01", "post": "p1", "quantity": 500, "mki": 9, "accepted": True, "evidence": "w2"},
]


@pytest.fixture
def awarded(cli: Cli, tmp_path: Path) -> Cli:
    assert cli("tender", write(tmp_path, "t.json", tender("2027-001"))).code == 0
    assert cli("contract", "2027-001", "--award", "15-1-2027").code == 0
    return cli


def test_a_contract_promises_what_was_bid(awarded: Cli) -> None:
    found = awarded("contract", "2027-001", "--json").json
    assert (found["tender"], found["winner"], found["awarded_on"]) == ("2027-001", FIRM, "2027-01-15")
    promised = {one["id"]: one for one in found["promises"]}
    assert promised["mki"]["value"] == 12_000
    assert promised["mki"]["set"] == "A2"
    assert promised["mki"]["edition"]
    assert promised["secondary"]["value"] == pytest.approx(0.4)
    assert promised["mki:p1"]["value"] == pytest.approx(8)
    assert found["deliveries"] == []
    assert found["consequence"] is None
    assert found["proven"]["at_real"]["composition"]["mass_t"] == 0


def test_proven_at_bid_and_at_real_quantities_stand_apart(awarded: Cli, tmp_path: Path) -> None:
    """(600 × 8 + 500 × 9) ÷ 1,100 × 1,000 = 8,454.55, and 4,000 not delivered; really 9,300."""
    found = awarded("deliver", "2027-001", write(tmp_path, "d.json", DELIVERED), "--json").json
    assert found["proven"]["at_bid"]["mki"] == pytest.approx(12_454.545454545)
    assert found["proven"]["at_real"]["mki"] == pytest.approx(9300)
    assert [one["counts"] for one in found["deliveries"]] == [True, True]
    assert found["consequence"]["amount"] is None  # the documents are not named
    assert found["consequence"]["sum"].startswith("Noem het document")
    terms = {"terms": {"document": "Leidraad", "page": "14", "factor": "1.5"}}
    found = awarded("deliver", "2027-001", write(tmp_path, "b.json", terms), "--json").json
    # 12,455 − 12,000 = 455 € MKI × 2 = 910 × 1.5
    assert found["consequence"]["amount"] == "1365.00"
    assert "1.365,00" in found["consequence"]["sum"]
    assert not found["consequence"]["complete"]


def test_deliveries_from_a_table_with_faults_by_their_cell(awarded: Cli, tmp_path: Path) -> None:
    path = tmp_path / "leveringen.csv"
    path.write_text(
        "Leveringen (verzonnen)\nDatum;Post;Hoeveelheid;Eenheid;MKI per ton;Weegbon;Akkoord\n"
        "1-5-2027;Onderlaag;600;ton;8,00;w1;ja\n31-6-2027;Deklaag;veel;vat;4;w2;misschien\n",
        encoding="utf-8",
    )
    awarded("deliver", "2027-001", str(path), "--json")
    assert awarded.code == 1
    assert [fault.split(":")[0] for fault in awarded.json["faults"]] == [
        "Cel A4",
        "Cel C4",
        "Cel D4",
        "Cel G4",
    ]
    assert awarded("contract", "2027-001", "--json").json["deliveries"] == []
    path.write_text(path.read_text().splitlines()[1] + "\n1-5-2027;Onderlaag;600;ton;8,00;w1;ja\n")
    for name in ("leveringen.csv", "leveringen.xlsx"):
        if name.endswith("xlsx"):
            book = openpyxl.Workbook()
            sheet = book.active
            assert sheet is not None
            for row in (("Datum", "Post", "Hoeveelheid"), ("2027-06-01", "Deklaag", 10.5)):
                sheet.append(row)
            book.save(tmp_path / name)
        assert awarded("deliver", "2027-001", str(tmp_path / name)).code == 0, awarded.err
    found = awarded("contract", "2027-001", "--json").json["deliveries"]
    assert [(one["post"], one["quantity"], one["accepted"]) for one in found] == [
        ("p1", 600.0, True),
        ("p2", 10.5, None),
    ]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ([{"post": "p1", "quantity": 1}], "date"),
        ([{"date": "gisteren", "post": "p1", "quantity": 1}], "datum"),
        ([{"date": "2027-01-01", "post": "p9", "quantity": 1}], "post"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 0}], "quantity"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": -5}], "retour"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "of": "d77"}], "of"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "product": "geen"}], "product"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 1e300}], "quantity"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "unit": "vat"}], "unit"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "kleur": "rood"}], "kleur"),
        ([5], "deliveries[0]"),
        ({"terms": {"factor": 1.5}}, "terms.factor"),
        ({"call_offs": [{"id": "a", "quantities": []}]}, "call_offs[0]"),
        (
            [{"date": "2027-01-01", "post": "p1", "quantity": 5, "product": {"id": "x", "hash": "00"}}],
            "product",
        ),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "product": {"id": "x"}}], "product"),
        ([{"date": "2027-01-01", "post": "p1", "quantity": 5, "mki": 1e308}], "mki"),
        ([{"date": "0001-01-01", "post": "p1", "quantity": 5}], "datum"),
        ([{"id": "a", "replaces": "a", "date": "2027-01-01", "post": "p1", "quantity": 5}], "replaces"),
        ([{"id": "a", "date": "2027-01-01", "post": "p1", "quantity": 5}] * 2, "id"),
        ({"exercised": [{"post": "p1", "on": "gisteren"}]}, "datum"),
        ({"terms": {"document": "L", "page": "1", "factor": "-1.5"}}, "factor"),
        ({"due": [{"promise": "mki", "due": "volgende week"}]}, "datum"),
        (
            {
                "call_offs": [
                    {
                        "id": "a",
                        "organisation": "A",
                        "on": "2027-01-01",
                        "quantities": [{"post": "p9", "quantity": 1}],
                    }
                ]
            },
            "p9",
        ),
        (
            {
                "call_offs": [
                    {
                        "id": "a",
                        "organisation": "A",
                        "on": "2027-01-01",
                        "quantities": [{"post": "p1", "quantity": -1}],
                    }
                ]
            },
            "hoeveelheid",
        ),
        ({"changes": [{"post": "p1", "on": "2027-01-01", "ground": "", "equal": "x", "by": "x"}]}, "ground"),
        ({"deliveries": [], "vreemd": 1}, "vreemd"),
        ({"shares": [{"organisation": "A", "share": 0.7}, {"organisation": "B", "share": 0.7}]}, "shares"),
        ("niets", "deliveries"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    awarded: Cli, tmp_path: Path, said: object, place: str
) -> None:
    before = awarded("contract", "2027-001", "--json").json
    awarded("deliver", "2027-001", write(tmp_path, "x.json", said))
    assert awarded.code == 1
    assert place in awarded.err
    assert awarded("contract", "2027-001", "--json").json == before


def test_who_did_not_win_has_no_contract(cli: Cli, tmp_path: Path) -> None:
    cli("tender", write(tmp_path, "t.json", tender("2027-009", status="received")))
    cli("contract", "2027-009", "--json")
    assert cli.code == 1
    assert "wie wint" in cli.json["error"]


# --- the monitor
# -----------------------------------------------------------------------------------------------------


def base(folder: Path, low: float, high: float, **more: Any) -> str:
    plain = {
        "edition": "nulmeting",
        "year": 2026,
        "method": "estimate",
        "scope": "wegen",
        "primary_abiotic_t": {"low": low, "high": high},
        **more,
    }
    return write(folder, "base.json", plain)


def of_year(cli: Cli, year: int, *more: str, basis: str = "gegund") -> dict[str, Any]:
    found = cli("monitor", "--json", "--until", "31-12-2028", *more).json
    return next(one for one in found[basis] if one["year"] == year)


def test_a_year_counts_the_awarded_answer_once(awarded: Cli, tmp_path: Path) -> None:
    """2,000 t of 50 % primary, 40 % secondary, 10 % unknown: 1,000–1,200; the nulvariant 1,600 exactly."""
    assert awarded("baseline", base(tmp_path, 1500, 1700)).code == 0
    awarded("deliver", "2027-001", write(tmp_path, "d.json", DELIVERED))
    found = of_year(awarded, 2027)
    assert found["lots"] == 1
    assert found["primary_abiotic_t"] == pytest.approx({"low": 1000, "high": 1200})
    assert found["secondary_t"] == pytest.approx({"low": 800, "high": 1000})
    assert found["saving"]["primary_abiotic_t"] == pytest.approx({"low": 400, "high": 600})
    assert found["mki"]["A2"] == {"reference": 18_000, "promised": 12_000, "proven": pytest.approx(9300)}
    assert found["mki"]["A1"] == {"reference": None, "promised": None, "proven": None}
    assert found["coverage"]["share_awarded"] == pytest.approx(0.9)
    # the line of 2027 is 1,125–1,275
    assert found["target"]["line_t"] == {"low": 1125, "high": 1275}
    assert found["target"]["verdict"] == "niet_te_zeggen"
    realised = [of_year(awarded, year, basis="gerealiseerd") for year in (2027, 2028)]
    assert [one["primary_abiotic_t"] for one in realised] == [
        pytest.approx({"low": 300, "high": 360}),
        pytest.approx({"low": 250, "high": 300}),
    ]
    assert realised[0]["target"] is None  # the edition judges what was awarded


def test_as_of_a_day_only_what_was_known_then_counts(awarded: Cli, tmp_path: Path) -> None:
    awarded("deliver", "2027-001", write(tmp_path, "d.json", DELIVERED))
    assert awarded("monitor", "--json", "--until", "14-1-2027").json["gegund"][-1]["lots"] == 0
    found = awarded("monitor", "--json", "--until", "31-12-2027").json
    assert found["gerealiseerd"][-1]["mki"]["A2"]["proven"] == pytest.approx(4800)
    found = awarded("monitor", "--json", "--until", "31-12-2028").json
    assert found["gegund"][0]["mki"]["A2"]["proven"] == pytest.approx(9300)


def test_a_joint_tender_counts_by_its_share(awarded: Cli, tmp_path: Path) -> None:
    shares = {"shares": [{"organisation": "A", "share": 0.25}, {"organisation": "B", "share": 0.75}]}
    awarded("deliver", "2027-001", write(tmp_path, "s.json", shares))
    parts = [of_year(awarded, 2027, "--organisation", name)["primary_abiotic_t"]["low"] for name in "abC"]
    assert parts == pytest.approx([250, 750, 0])


def test_call_offs_count_wholly_at_who_ordered(awarded: Cli, tmp_path: Path) -> None:
    said = {
        "framework": {"participants": ["A", "B"], "most": "100000.00"},
        "call_offs": [
            {
                "id": "a",
                "organisation": "A",
                "on": "2027-03-01",
                "quantities": [{"post": "p1", "quantity": 200}],
                "value": "85000.00",
            },
            {
                "id": "b",
                "organisation": "B",
                "on": "2028-03-01",
                "quantities": [{"post": "p1", "quantity": 100}],
            },
        ],
    }
    awarded("deliver", "2027-001", write(tmp_path, "f.json", said))
    assert of_year(awarded, 2027)["primary_abiotic_t"]["low"] == pytest.approx(100)
    assert of_year(awarded, 2028)["primary_abiotic_t"]["low"] == pytest.approx(50)
    assert of_year(awarded, 2027, "--organisation", "B")["lots"] == 0
    states = {one["key"] for one in awarded("contract", "2027-001", "--json").json["states"]}
    assert "framework_nearly" in states


SPEND = (
    "Boekjaar;Crediteur;Categorie;Bedrag\n2024;X;Wegen;€ 10.000.000,00\n2025;Y;Wegen;20.000.000,00\n"
    "2026;Z;Wegen;12.000.000,50\n2027;Z;Wegen;5.000.000,00\n2026;Q;Advies;900.000,00\n;Q;Wegen;1,00\n"
    "2026;Q;;1,00\n2026;R;Wegen;n.t.b.\nTotaal;;;47.900.000,50\n"
)


def mapped(folder: Path) -> str:
    factor = {"category": "wegen", "low": 0.3, "high": 1.2, "source": "eigen", "groups": ["asfalt"]}
    return write(folder, "indeling.json", {"columns": {"amount": "Bedrag"}, "factors": [factor]})


def test_a_baseline_from_spend_names_what_it_did_not_count(awarded: Cli, tmp_path: Path) -> None:
    """(10 + 20 + 12.0000005) M ÷ 3 × 0.3 and 1.2 kg: 4,200–16,800 t, and € 0.9 M without a factor."""
    spend = tmp_path / "uitgaven.csv"
    spend.write_text(SPEND, encoding="utf-8")
    found = awarded("baseline", "--from", str(spend), "--mapping", mapped(tmp_path), "--json").json
    assert found["primary_abiotic_t"] == pytest.approx({"low": 4200.00005, "high": 16_800.0002})
    assert found["without_factor"] == ["Advies"]
    assert [(one["row"], one["key"]) for one in found["doubtful"]] == [
        (7, "no_year"),
        (8, "no_category"),
        (9, "no_amount"),
    ]
    assert (found["year"], found["years"]) == (2026, [2024, 2025, 2026])
    # € 5 M was spent in 2027, € 1 M of it on this lot: € 4 M at 0.3–1.2 is 1,200–4,800 t more
    year = of_year(awarded, 2027)
    assert year["unmeasured_t"] == pytest.approx({"low": 1200, "high": 4800})
    assert year["coverage"]["share_spend"] == pytest.approx(0.18)
    assert year["target"]["verdict"] == "niet_te_zeggen"
    assert awarded("baselines", "--json").json[0]["hash"] == found["hash"]


def test_an_edition_never_changes(awarded: Cli, tmp_path: Path) -> None:
    assert awarded("baseline", base(tmp_path, 1, 2)).code == 0
    awarded("baseline", base(tmp_path, 3, 4))
    assert awarded.code == 1
    assert "blijft zoals zij is" in awarded.err
    (kept,) = awarded("baselines", "--json").json
    assert kept["primary_abiotic_t"] == {"low": 1, "high": 2}


@pytest.mark.parametrize(
    "wrong",
    [
        {"primary_abiotic_t": {"low": 5, "high": 1}},
        {"year": 26},
        {"method": "gok"},
        {"edition": "  "},
        {"primary_abiotic_t": {"low": -1, "high": 1}},
        {"factors": [{"category": "wegen", "low": 1.0, "high": 1.01}]},
        {"factors": [{"category": "wegen", "low": 1e308, "high": 1e308, "reason": "x"}]},
        {"factors": [{"category": "wegen", "low": -10, "high": -5, "reason": "x"}]},
        {"factors": [{"category": "wegen", "low": 1, "high": 3, "index": [[2027, -1.0]]}]},
    ],
)
def test_a_baseline_that_cannot_be_is_refused(cli: Cli, tmp_path: Path, wrong: dict[str, Any]) -> None:
    cli("baseline", base(tmp_path, 1, 2, **wrong))
    assert cli.code == 1
    assert cli("baselines", "--json").json == []


def test_frozen_figures_stay_and_the_next_annex_shows_them(awarded: Cli, tmp_path: Path) -> None:
    awarded("baseline", base(tmp_path, 1500, 1700))
    awarded("monitor", "--freeze", "--until", "31-12-2035")
    assert awarded.code == 1
    assert "nog niet voorbij" in awarded.err
    first = awarded("monitor", "--json", "--freeze", "--until", "1-11-2026").json
    assert awarded("monitor", "--freeze", "--until", "1-11-2026").code == 1
    (opened,) = awarded("monitor", "--frozen", "--json").json
    assert opened == {**first, "unchanged": True}
    assert "ongewijzigd" in awarded("monitor", "--frozen", "--until", "1-11-2026").out
    assert awarded("monitor", "--frozen", "--until", "2-11-2026").code == 2
    awarded("tender", write(tmp_path, "u.json", tender("2027-002")))
    awarded("contract", "2027-002", "--award", "1-2-2026")
    assert awarded("monitor", "--json", "--until", "1-11-2026").json["hash"] != first["hash"]
    awarded("monitor", "--until", "31-12-2027", "--docx", str(tmp_path / "b.docx"))
    text = "\n".join(
        cell.text
        for table in docx.Document(str(tmp_path / "b.docx")).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "Vastgelegd op peildatum 1-11-2026" in text


def test_a_second_route_over_the_csv_gives_the_same_figures(awarded: Cli, tmp_path: Path) -> None:
    """Plain sums over the exported rows, written from CHAIN 4 and not from the code."""
    awarded("deliver", "2027-001", write(tmp_path, "d.json", DELIVERED))
    for number in range(2, 6):
        awarded("tender", write(tmp_path, "t.json", tender(f"2027-00{number}")))
        awarded("contract", f"2027-00{number}", "--award", f"{number}-{number}-{2026 + number % 2}")
    awarded("baseline", base(tmp_path, 4000, 5000))
    awarded("monitor", "--until", "31-12-2028", "--csv", str(tmp_path / "csv"), "--json")
    figures = awarded.json
    with (tmp_path / "csv" / "opdrachten.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))

    def number_of(text: str) -> float | None:
        return float(text.replace(",", ".")) if text else None

    for basis in ("gegund", "gerealiseerd"):
        for year in figures[basis]:
            mine = [row for row in rows if (row["basis"], row["year"]) == (basis, str(year["year"]))]
            assert len(mine) == year["lots"]
            for name, columns in (
                ("primary_abiotic_t", ("primary_low", "primary_high")),
                ("secondary_t", ("secondary_low", "secondary_high")),
                ("biobased_t", ("biobased_low", "biobased_high")),
            ):
                for end, column in zip(("low", "high"), columns, strict=True):
                    summed = math.fsum(number_of(row[column]) or 0.0 for row in mine)
                    assert summed == pytest.approx(year[name][end], abs=1e-6)
            if basis == "gegund" and mine:
                before = [number_of(row["reference_low"]) for row in mine]
                after = [number_of(row["primary_high"]) for row in mine]
                saved = sum((b or 0.0) - (a or 0.0) for b, a in zip(before, after, strict=True))
                assert saved == pytest.approx(year["saving"]["primary_abiotic_t"]["low"])
                promised = sum(number_of(row["mki_promised"]) or 0.0 for row in mine)
                assert promised == pytest.approx(year["mki"]["A2"]["promised"])


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_workbook_sums_live(awarded: Cli, tmp_path: Path, kind: str) -> None:
    """Recalculated by LibreOffice the sums of the years are those of the lots."""
    awarded("deliver", "2027-001", write(tmp_path, "d.json", DELIVERED))
    path = tmp_path / f"m.{kind}"
    assert awarded("monitor", "--until", "31-12-2028", f"--{kind}", str(path)).code == 0
    made = recalculated(path, tmp_path / "office")
    sheet = openpyxl.load_workbook(made, data_only=True)["Jaren"]
    heads = [cell.value for cell in sheet[1]]
    found = {
        (row[0], row[1]): (row[2], row[heads.index("Primair abiotisch zeker, t")])
        for row in sheet.iter_rows(min_row=2, values_only=True)
    }
    assert found["gegund", 2027] == (1, pytest.approx(1000))
    assert found["gerealiseerd", 2027] == (1, pytest.approx(300))
    assert found["gerealiseerd", 2028] == (1, pytest.approx(250))


def test_a_lot_that_was_replaced_counts_at_the_one_that_took_its_place(awarded: Cli, tmp_path: Path) -> None:
    awarded("tender", write(tmp_path, "t2.json", tender("2027-002")))
    awarded("contract", "2027-002", "--award", "20-3-2027", "--json")
    assert of_year(awarded, 2027)["lots"] == 2
    assert awarded("deliver", "2027-001", write(tmp_path, "x.json", {"replaced_by": "2027-002"})).code == 0
    assert of_year(awarded, 2027)["lot_keys"] == ["2027-002|"]
    states = awarded("contract", "2027-001", "--json").json["states"]
    assert "contract_replaced" in {one["key"] for one in states}
    for said in ("2027-001", "2027-404"):  # not by itself, nor by what is not there
        awarded("deliver", "2027-001", write(tmp_path, "x.json", {"replaced_by": said}))
        assert awarded.code == 1
    awarded("deliver", "2027-002", write(tmp_path, "x.json", {"replaced_by": "2027-001"}))
    assert awarded.code == 1  # round and round nobody would count


def test_who_is_named_as_winner_is_a_bidder(cli: Cli, tmp_path: Path) -> None:
    cli("tender", write(tmp_path, "t.json", tender("2027-001")))
    assert cli("contract", "2027-001", "--award", "15-1-2027", "--winner", "Niemand").code == 2
    assert "kies uit" in cli.err
    assert cli("contract", "2027-001", "--winner", "Aannemer A (verzonnen)").code == 2
    assert cli("contract", "2027-001", "--award", "15-1-2027", "--json").code == 0
    assert cli("contract", "2027-001", "--award", "16-1-2027", "--json").json["awarded_on"] == "2027-01-15"
    assert "al gegund" in cli.err


@pytest.mark.parametrize(
    ("years", "span"),
    [("2024", (1.0, 3.0)), ("2024,2024", (1.0, 3.0)), ("2025,2024", (1.5, 4.5)), ("2024,2031", None)],
)
def test_the_mean_is_of_years_that_are_there_each_once(
    cli: Cli, tmp_path: Path, years: str, span: tuple[float, float] | None
) -> None:
    """€ 1,000 in 2024 and € 2,000 in 2025 at 1–3 kg per €."""
    path = tmp_path / "uitgaven.csv"
    path.write_text(
        "Leverancier;Jaar;Categorie;Bedrag\nA;2024;Wegen;1000\nTotaal Wegenbouw (verzonnen);2025;Wegen;2000\n"
        "Totaal;;;3000\nTotaal 2025;2025;Wegen;2000\n",
        encoding="utf-8",
    )
    mapping = write(
        tmp_path, "m.json", {"columns": {}, "factors": [{"category": "Wegen", "low": 1, "high": 3}]}
    )
    cli("baseline", "--from", str(path), "--mapping", mapping, "--years", years, "--json")
    if span is None:
        assert cli.code == 1
        assert "2031" in cli.json["error"]
        return
    assert cli.json["primary_abiotic_t"] == pytest.approx({"low": span[0], "high": span[1]})
    assert cli.json["years"] == sorted(set(cli.json["years"]))
    assert [(one["row"], one["key"]) for one in cli.json["doubtful"]] == [(5, "total")]


def test_spend_that_the_baseline_does_not_count_is_not_counted_later(cli: Cli, tmp_path: Path) -> None:
    """The estimate has a factor for Wegen alone; advice of 2026 stays outside, and is said."""
    path = tmp_path / "uitgaven.csv"
    path.write_text(
        "Jaar;Categorie;Bedrag\n2025;Wegen;1000000\n2025;Advies;500000\n2026;Wegen;100000\n2026;Advies;400000\n",
        encoding="utf-8",
    )
    factors = [{"category": "Wegen", "low": 1, "high": 3, "groups": ["asfalt"]}]
    mapping = write(tmp_path, "m.json", {"columns": {}, "factors": factors})
    cli("baseline", "--from", str(path), "--mapping", mapping, "--years", "2025", "--json")
    assert cli.json["without_factor"] == ["Advies"]
    found = cli("monitor", "--json", "--until", "31-12-2026").json["gegund"][-1]
    assert found["coverage"]["eur_spend"] == 100_000
    assert found["coverage"]["eur_outside"] == 400_000
    assert found["unmeasured_t"] == pytest.approx({"low": 100, "high": 300})


@pytest.mark.parametrize(
    ("written", "quantity"),
    [("600", 600.0), ("1.600,5", 1600.5), ("1600,5", 1600.5)],
)
def test_quantities_and_moments_as_an_export_writes_them(
    awarded: Cli, tmp_path: Path, written: str, quantity: float
) -> None:
    path = tmp_path / "bonnen.csv"
    path.write_text(
        f"Datum;Post;Hoeveelheid;Gebrekkig\n1-5-2027 00:00;p1;{written};ja\n2027-05-02T00:00:00;p1;1,5;nee\n",
        encoding="utf-8",
    )
    assert awarded("deliver", "2027-001", str(path)).code == 0, awarded.err
    one, other = awarded("contract", "2027-001", "--json").json["deliveries"]
    assert (one["date"], one["quantity"], one["faulty"]) == ("2027-05-01", quantity, True)
    assert (other["date"], other["quantity"], other["faulty"]) == ("2027-05-02", 1.5, False)


def test_thousands_that_nothing_decides_are_asked(awarded: Cli, tmp_path: Path) -> None:
    """ "2.100" alone may be 2.1 or 2,100 tons; beside "1.234,5" it is 2,100."""
    path = tmp_path / "bonnen.csv"
    path.write_text("Datum;Post;Hoeveelheid\n1-5-2027;p1;2.100\n", encoding="utf-8")
    assert awarded("deliver", "2027-001", str(path)).code == 1
    assert "C2" in awarded.err
    path.write_text("Datum;Post;Hoeveelheid\n1-5-2027;p1;2.100\n2-5-2027;p1;1.234,5\n", encoding="utf-8")
    assert awarded("deliver", "2027-001", str(path)).code == 0
    assert awarded("contract", "2027-001", "--json").json["deliveries"][0]["quantity"] == 2100
