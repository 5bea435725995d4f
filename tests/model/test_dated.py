"""What changes by date is data with a source: offered, never taken by itself, and said where a tender
crosses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.product.modules import atoms
from cirkeldesk.model.reference.dated import DatedValues
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.operations.workspace import shipped
from cirkeldesk.wording import sentences
from tests.build import Case, full, post

ASPHALT = shipped().dated_of("asfalt")


def test_what_is_shipped_has_a_source_a_mark_and_no_ceiling() -> None:
    """No published ceiling was found: the list is there and empty."""
    assert ASPHALT.ceilings == ()
    assert [(rule.name, rule.set_code, rule.valid_from) for rule in ASPHALT.rules] == [
        ("NL-PCR Asfalt 2.0", "A1", "2020-07-01"),
        ("NL-PCR Asfalt 3.0", "A2", "2027-01-01"),
    ]
    assert len(ASPHALT.module_values.mixes) == 22
    assert ASPHALT.module_values.source
    assert not ASPHALT.module_values.verified
    for mix in ASPHALT.module_values.mixes:
        assert mix.set_code == "A1"
        assert all(atoms(name) and value >= 0 for name, value in mix.values)
    assert all(profile.per_tkm > 0 for profile in ASPHALT.transport.profiles)
    assert shipped().dated_of("isolatie") == DatedValues("isolatie")


@pytest.mark.parametrize(
    ("rules", "set_code", "closes", "key", "level"),
    [
        (None, "A1", "2026-12-31", None, None),
        (None, "A1", "2027-01-01", "rules_to_choose", "open"),
        ("NL-PCR Asfalt 2.0", "A1", "2026-12-31", None, None),
        ("NL-PCR Asfalt 2.0", "A1", "2027-03-01", "newer_rules", "note"),
        ("nl-pcr asfalt 3.0 ", "A1", "2027-03-01", "rules_and_set", "open"),
        ("NL-PCR Asfalt 3.0", "A2", "2027-03-01", None, None),
        ("Eigen regels", "A1", "2027-03-01", None, None),
        (None, "A1", None, None, None),
    ],
)
def test_a_tender_that_crosses_the_day_says_so(
    rules: str | None, set_code: str, closes: str | None, key: str | None, level: str | None
) -> None:
    case = Case(posts=(post(life="work"),), rules=rules)
    case.add("reference", case.answer(full({"A1-A3": 10.0}, rules=rules)))
    ask = replace(case.tender.ask, set_code=set_code)  # type: ignore[arg-type]
    tender = replace(case.tender, closes_on=closes, ask=ask)
    found = compare(tender, replace(case.inputs, shipped=shipped())).findings
    said = [(problem.message.key, problem.level) for problem in found]
    assert said == ([(key, level)] if key else [])
    for problem in found:
        assert "2027" in sentences.sentence(problem.message) or key == "rules_and_set"


def test_fixed_values_from_a_source_nobody_verified_are_said() -> None:
    loose = FixedModule("A5", 0.26, "ton", None, "rekenhulp", verified=False)
    case = Case(posts=(post(life="work"),), fixed_modules=(loose, FixedModule("A4", 0.4)))
    case.add("reference", case.answer(full({"A1-A3": 10.0})))
    comparison = compare(case.tender, replace(case.inputs, shipped=shipped()))
    (problem,) = comparison.findings
    assert problem.message.key == "fixed_unverified"
    assert comparison.variants[0].total.value == pytest.approx(10.66)
