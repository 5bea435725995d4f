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
