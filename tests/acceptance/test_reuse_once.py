"""One stone from the depot to the report: reuse is counted once, at the work that receives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Cli
from tests.acceptance.test_chain_commands import of_year, tender, write
from tests.acceptance.test_material_commands import STONES


def test_reuse_is_counted_once_at_the_work_that_receives_it(cli: Cli, tmp_path: Path) -> None:
    """1,000 t of used stones for the second post: 1,000 t reused where it is awarded, 600 t where 600 t came,
    and nothing for the depot that gave them, for the reservation, or for what it delivered."""
    stones = {**STONES, "unit": "ton", "amount": 1500, "smallest": 1, "available_from": "2026-01-01"}
    wanted = {
        "id": "d1",
        "kind": STONES["kind"],
        "name": "Tweede post (verzonnen)",
        "amount": 1000,
        "unit": "ton",
        "needed_from": "2026-01-01",
    }
    assert (
        cli("material", write(tmp_path, "m.json", {"supplies": [stones], "demands": [wanted]})).code == 0
    ), cli.err
    assert cli("reserve", "s1", "--for", "d1", "--until", "31-12-2098").code == 0, cli.err
    product = cli("offer", "s1", "--product", "--json").json["product"]
    asked = tender("2027-001")
    asked["variants"][1]["answers"][1]["product"] = {"id": product}
    assert cli("tender", write(tmp_path, "t.json", asked)).code == 0, cli.err
    assert cli("contract", "2027-001", "--award", "15-1-2027", "--json").code == 0, cli.err
    found = of_year(cli, 2027)
    assert found["lots"] == 1
    # The first post has 10 % of which nothing is said: 0 to 100 t; the second is 1,000 t of used stones.
    assert found["reused_t"] == pytest.approx({"low": 1000, "high": 1100})
    assert found["primary_abiotic_t"] == pytest.approx({"low": 500, "high": 600})
    delivery = {
        "date": "2027-05-01",
        "post": "p2",
        "quantity": 600,
        "mki": 4,
        "accepted": True,
        "evidence": "w",
    }
    assert cli("deliver", "2027-001", write(tmp_path, "d.json", [delivery])).code == 0, cli.err
    came = of_year(cli, 2027, basis="gerealiseerd")
    assert came["reused_t"] == pytest.approx({"low": 600, "high": 600})
    assert of_year(cli, 2027)["reused_t"] == found["reused_t"]


def test_what_a_work_releases_is_announced_once(cli: Cli, tmp_path: Path) -> None:
    """500 t of milled asphalt above the limit of tar, and 80 t of tiles; a post without a mass is none."""
    asked = tender("2027-001", closes_on="2027-03-01")
    asked["posts"] += [
        {"id": "r1", "name": "Frezen asfalt", "kind": "released", "route": "bill", "values": [["mass_t", 500]], "tar": 80},
        {"id": "r2", "name": "Tegels 30x30", "kind": "released", "route": "bill", "values": [["mass_t", 80]]},
        {"id": "r3", "name": "Iets", "kind": "released", "route": "bill"},
    ]  # fmt: skip
    assert cli("tender", write(tmp_path, "t.json", asked)).code == 0, cli.err
    assert len(cli("announce", "2027-001", "--json").json["supplies"]) == 2
    found = {one["name"]: one for one in cli("materials", "--json").json["supplies"]}
    tiles, milled = found["Tegels 30x30"], found["Frezen asfalt"]
    assert (tiles["kind"], tiles["amount"], tiles["unit"]) == ("betontegel", 80, "ton")
    assert (tiles["available_from"], tiles["origin"]) == ("2027-03-01", "2027-001 Weg (verzonnen)")
    assert (milled["kind"], milled["tar"]) == ("asfaltgranulaat", "found")
    assert cli("announce", "2027-001", "--json").json == {"supplies": []}
    assert "niets nieuws" in cli("announce", "2027-001").out
