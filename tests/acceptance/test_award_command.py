"""`award` and `certainty` on the command line: every field, the same figures as the window's model, refusals
in Dutch."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.acceptance.conftest import Capture, Cli

EXAMPLE = "VOORBEELD-001"


@pytest.fixture
def cli(tmp_path: Path, capsys: Capture) -> Cli:
    found = Cli(tmp_path / "a.db", capsys)
    found("example")
    return found


def test_award_in_every_field(cli: Cli) -> None:
    plain = cli("award", EXAMPLE, "--json").json
    assert set(plain) == {
        "method", "formula", "locked_at", "provisional", "winner", "warnings", "bids", "drop_out", "break_even",
    }  # fmt: skip
    assert (plain["method"], plain["locked_at"], plain["provisional"], plain["winner"]) == (
        "mki_discount",
        None,
        True,
        None,
    )
    first = plain["bids"][0]
    assert set(first) == {
        "id", "name", "validity", "reasons", "price", "mki", "parts", "notional_price", "points", "rank", "tied", "sum",
    }  # fmt: skip
    # 1,265,000 − 150,000 × (73,000 − 64,866)/13,000 = 1,265,000 − 93,853.846… → 1,171,146.15
    assert (first["name"], first["price"], first["mki"], first["notional_price"]) == (
        "Inschrijving B", "1265000.00", "64866", "1171146.15",
    )  # fmt: skip
    assert first["parts"] == [
        {
            "criterion": "mki_discount",
            "score": pytest.approx(8134 / 13000),
            "max": "150000",
            "amount": "-93853.85",
            "motivation": None,
        }
    ]
    for bid in plain["bids"]:
        parts = sum((Decimal(part["amount"]) for part in bid["parts"]), Decimal(0))
        assert Decimal(bid["price"]) + parts == Decimal(bid["notional_price"])
    assert {one["without"] for one in plain["drop_out"]} == {"v3", "v4", "v5"}
    assert plain["break_even"][0] == {"pair": ["v4", "v5"], "price": "1273003.85", "mki": "65560"}
    compared = {variant["id"]: variant for variant in cli("compare", EXAMPLE, "--json").json["variants"]}
    assert all(compared[bid["id"]]["price"] == bid["price"] for bid in plain["bids"])
    assert all(round(compared[bid["id"]]["mki"]["total"]) == int(bid["mki"]) for bid in plain["bids"])


def test_award_in_words(cli: Cli) -> None:
    out = cli("award", EXAMPLE).out
    assert out.startswith("Voorlopig: Inschrijving B staat op nummer 1, fictieve prijs €\u00a01.171.146,15.")
    assert (
        "Inschrijving B: MKI-korting: € 150.000 × (73.000 − 64.866) / (73.000 − 60.000) = €\u00a093.853,85"
        in out
    )


def test_certainty_is_the_same_for_the_same_seed(cli: Cli) -> None:
    one = cli("certainty", EXAMPLE, "--draws", "2000", "--seed", "5", "--json").json
    assert set(one) == {"draws", "seed", "spreads", "sentence", "alternatives", "pairs", "scenarios"}
    assert one == cli("certainty", EXAMPLE, "--draws", "2000", "--seed", "5", "--json").json
    assert one != cli("certainty", EXAMPLE, "--draws", "2000", "--seed", "6", "--json").json
    assert [a["id"] for a in one["alternatives"]] == ["v1", "v2"]
    assert sum(a["p_best"] for a in one["alternatives"]) == pytest.approx(1.0)
    assert one["scenarios"][0]["key"] == "asked"
    assert cli("certainty", EXAMPLE).out.startswith("In ")


@pytest.mark.parametrize("words", [["--draws", "0"], ["--draws", "10000001"], ["--seed", "-1"]])
def test_certainty_refuses_what_makes_no_sense(cli: Cli, words: list[str]) -> None:
    assert cli("certainty", EXAMPLE, *words).code == 1
    assert cli.err.startswith("Kies 100 tot 1000000 trekkingen")


def test_award_without_a_method_says_so(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"schema": "tender/1", "number": "leeg", "ask": {"set_code": "A2"}}', encoding="utf-8")
    cli("tender", str(path))
    assert cli("award", "leeg", "--json").code == 1
    assert cli.json == {"error": "U hebt nog geen gunningsmethode gekozen."}
    assert cli("certainty", "leeg").code == 1
    assert "Voor inschrijvingen rekenen wij geen kansen uit." in cli.err


@pytest.mark.parametrize(
    ("award", "place"),
    [
        ({"method": "mki_discount", "maximum": "-5"}, "award.maximum"),
        ({"method": "logarithmic", "log_base": "1"}, "award.log_base"),
        ({"method": "lowest_cost", "horizon": 0}, "award.horizon"),
        ({"method": "lowest_cost", "rate": "400"}, "award.rate"),
        ({"points_decimals": 99}, "award.points_decimals"),
        ({"method": "onzin"}, "award.method"),
        ({"maximum": "1e5"}, "award.maximum"),
        ({"criteria": [{"id": "k1"}]}, "award.criteria[0]"),
    ],
)
def test_rules_from_a_document_are_looked_over(
    cli: Cli, tmp_path: Path, award: dict[str, object], place: str
) -> None:
    import json

    path = tmp_path / "t.json"
    path.write_text(json.dumps({"schema": "tender/1", "number": "x", "award": award}), encoding="utf-8")
    assert cli("tender", str(path), "--json").code == 1
    assert cli.json["where"] == place
