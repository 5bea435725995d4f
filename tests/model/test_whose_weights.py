"""Weights are told by their content: ours with how far each was verified, and another's as another's."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.product.weighting import WeightingSet, claimed, differences
from cirkeldesk.operations.workspace import shipped
from cirkeldesk.wording import sentences
from cirkeldesk.wording.advice.advice import ask_facts
from cirkeldesk.wording.comparison.rows import findings
from tests.build import GROUP_HASH, Case, asphalt, full, post, shipped_set

# Menggranulaat, 200 mm, per m²: NMD LCA-rapportage categorie 3, hoofdstuk 80 Funderingslagen, v2 (1-10-2021).
# Per indicator A1-A3, A4, A5, B, C1, C2, C3, C4, D, and the MKI in € that the report prints.
WORKED = {
    "ADPE": (0.0, 3.16e-06, 9.5e-07, 0.0, 3.14e-07, 3.19e-06, 0.0, 2.32e-08, 9.08e-08),
    "ADPF": (0.0, 0.0125, 0.0139, 0.0, 0.00458, 0.0126, 0.0, 0.000301, 0.000112),
    "GWP": (0.0, 1.65, 2.03, 0.0, 0.671, 1.66, 0.0, 0.0206, 0.0164),
    "ODP": (0.0, 3.28e-07, 3.53e-07, 0.0, 1.17e-07, 3.31e-07, 0.0, 7.43e-09, 1.47e-09),
    "POCP": (0.0, 0.00104, 0.000668, 0.0, 0.000221, 0.00105, 0.0, 2.24e-05, 1.19e-05),
    "AP": (0.0, 0.00601, 0.00595, 0.0, 0.00197, 0.00607, 0.0, 0.000155, 9.38e-05),
    "EP": (0.0, 0.00122, 0.00114, 0.0, 0.000376, 0.00124, 0.0, 2.94e-05, 1.63e-05),
    "HTP": (0.0, 0.58, 0.502, 0.116, 0.166, 0.586, 0.0, 0.00896, 0.00732),
    "FAETP": (0.0, 0.0374, 0.00995, 0.0505, 0.00329, 0.0378, 0.0, 0.000217, 0.000105),
    "MAETP": (0.0, 97.9, 33.3, 111.0, 11.0, 98.9, 0.0, 0.76, 0.457),
    "TETP": (0.0, 0.00344, 0.00179, 0.0744, 0.000591, 0.00347, 0.0, 2.24e-05, 3.82e-05),
}
PRINTED = (0.0, 0.18, 0.19, 0.03, 0.06, 0.19, 0.0, 0.0, 0.0)
DIGITS = 0.005  # three significant digits in the table: half a unit of the last


def agrees(rows: Mapping[str, tuple[float, ...]], printed: tuple[float, ...]) -> None:
    weights = {weight.indicator: weight.euro_per_unit for weight in shipped_set("A1").weights}
    assert rows.keys() == weights.keys()
    for place, euro in enumerate(printed):
        parts = [weights[code] * values[place] for code, values in rows.items()]
        room = 0.005 + sum(abs(part) for part in parts) * DIGITS
        # The report prints the MKI of D without its minus.
        assert min(abs(sum(parts) - euro), abs(sum(parts) + euro)) <= room, (place, sum(parts), euro)


def test_the_weights_give_the_mki_that_a_public_report_printed() -> None:
    agrees(WORKED, PRINTED)


def test_every_worked_product_of_the_report() -> None:
    """All eight products × ten columns, where the table is at hand beside the project."""
    path = Path(__file__).parents[2].parent / "shared" / "data" / "a1_worked_foundations.csv"
    if not path.is_file():
        pytest.skip("data/a1_worked_foundations.csv is not at hand beside the project")
    products: dict[str, dict[str, tuple[float, ...]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns = [name for name in row if name not in ("product", "unit", "indicator")]
            products.setdefault(row["product"], {})[row["indicator"]] = tuple(float(row[c]) for c in columns)
    assert len(products) == 8
    for rows in products.values():
        printed = rows.pop("MKI printed EUR")
        agrees(rows, printed)


def test_how_far_each_weight_of_a1_was_verified() -> None:
    stands = {weight.indicator: weight.verification for weight in shipped_set("A1").weights}
    assert sorted(code for code, stand in stands.items() if stand == "worked") == sorted(
        {"ADPF", "GWP", "POCP", "AP", "EP", "HTP", "FAETP", "MAETP", "TETP"}
    )
    assert {code for code, stand in stands.items() if stand == "bounded"} == {"ADPE", "ODP"}
    assert shipped_set("A1").unverified == ("ADPE", "ODP")


# --- another's weights under our name
# ---------------------------------------------------------------------------------------------


def halved(found: WeightingSet) -> WeightingSet:
    weights = tuple(
        replace(w, euro_per_unit=w.euro_per_unit / 2, verification="confirmed", confirmed_by="RIVM")
        for w in found.weights
    )
    return replace(found, weights=weights)


def compared(weights: WeightingSet, group: object = None) -> object:
    case = Case(posts=(post(life="work"),))
    case.add("reference", case.answer(full({"A1-A3": 10.0})))
    digest = content_hash(weights)
    made = group or asphalt()
    ask = replace(case.tender.ask, weighting_set=digest, set_code=weights.code)
    tender = replace(case.tender, ask=ask, product_group=content_hash(made) if group else GROUP_HASH)  # type: ignore[arg-type]
    inputs = replace(
        case.inputs,
        weighting_sets={digest: weights},
        groups={tender.product_group or "": made},  # type: ignore[dict-item]
        shipped=shipped(),
    )
    return compare(tender, inputs)


@pytest.mark.parametrize("code", ["A1", "A2"])
def test_our_own_set_and_group_say_nothing(code: str) -> None:
    comparison = compared(shipped_set(code))
    assert comparison.findings == ()  # type: ignore[attr-defined]
    assert not comparison.has_foreign_weights  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", ["A1", "A2"])
def test_a_foreign_set_under_our_name_says_so_weight_by_weight(code: str) -> None:
    ours = shipped_set(code)
    comparison = compared(halved(ours))
    keys = [problem.message.key for problem in comparison.findings]  # type: ignore[attr-defined]
    assert keys == ["foreign_set", "foreign_claims"]
    (first, *_) = findings(comparison)  # type: ignore[arg-type]
    assert f"De weegset heet {code}" in first
    for weight in ours.weights:
        assert f"{weight.indicator} " in first
    facts = dict(ask_facts(comparison))  # type: ignore[arg-type]
    assert "andere gewichten dan die van dit programma" in facts["Weegset"]


def test_what_is_left_out_and_what_weighs_nothing_are_told() -> None:
    ours = shipped_set("A2")
    fewer = replace(ours, weights=tuple(w for w in ours.weights if w.indicator != "WDP"))
    (said,) = findings(compared(fewer))[:1]  # type: ignore[arg-type]
    assert "WDP ontbreekt" in said
    nothing = replace(
        ours,
        weights=tuple(replace(w, euro_per_unit=0.0) if w.indicator == "ODP" else w for w in ours.weights),
    )
    keys = {problem.message.key for problem in compared(nothing).findings}  # type: ignore[attr-defined]
    assert keys == {"zero_weights", "foreign_set"}


def test_another_edition_is_another_set_and_no_forgery() -> None:
    later = replace(halved(shipped_set("A2")), edition="2027")
    assert compared(later).findings == ()  # type: ignore[attr-defined]


def test_a_set_that_an_earlier_release_shipped_is_ours() -> None:
    """The weights of A1 are the same; only what is known of them grew."""
    older = replace(
        shipped_set("A1"),
        weights=tuple(replace(w, verification="recalled") for w in shipped_set("A1").weights),
    )
    assert differences(older, shipped_set("A1")) == ()
    assert claimed(older, shipped_set("A1")) == ()
    assert compared(older).findings == ()  # type: ignore[attr-defined]


def test_a_group_with_another_rule_says_which_part_differs() -> None:
    group = asphalt()
    rules = tuple(replace(rule, factor=rule.factor * 0.9) for rule in group.rules)
    (problem,) = compared(shipped_set("A1"), replace(group, rules=rules)).findings  # type: ignore[attr-defined]
    assert problem.message.key == "foreign_group"
    assert "de rekenregels voor hoeveelheden" in sentences.sentence(problem.message)
