"""Waarom? tells a layman which rule, which source and which assumption is behind a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.product.composition import BiobasedStatement, Composition
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.model.tender.tender import Evidence, Post
from cirkeldesk.operations.workspace import shipped
from cirkeldesk.wording.comparison import explanations as words
from cirkeldesk.wording.comparison.rows import findings
from tests.build import Case, full, post


def test_an_offered_figure_names_its_rule_and_its_source() -> None:
    case = Case(posts=(post(life=15.0),), includes_replacement="yes", mki_per="ton")
    told = Evidence(source="Rapport 12", number="R-A", rules="NL-PCR Asfalt 2.0", tool="LCA-tool 4.1")
    comparison = case.add("bid", case.answer(9.0), evidence=told).compare()
    lines = words.in_words(comparison, comparison.variants[0])
    assert lines[0].startswith("Regel: De MKI van het werk is de som over de posten van de MKI per ton")
    assert "Vervangingen binnen 30 jaar zitten al in de opgegeven MKI" in lines[0]
    assert lines[1] == "Bron: opgave van de inschrijver (Rapport 12, R-A, NL-PCR Asfalt 2.0, LCA-tool 4.1)."
    assert lines[2:] == []  # nothing is assumed: it was offered so


def test_a_computed_figure_says_what_is_assumed() -> None:
    loose = FixedModule("A5", 0.26, "ton", None, "rekenhulp", verified=False)
    case = Case(posts=(post(life=15.0),), fixed_modules=(loose,))
    case.add("alternative", case.answer(full({"A1-A3": 10.0}, category="3")))
    comparison = case.compare()
    lines = words.in_words(comparison, comparison.variants[0])
    assert lines[1].startswith("Bron: de milieuverklaringen van de producten.")
    assert lines[2:] == [
        f"Aanname: vervanging naar rato, met D. {words.NOT_FOR_WORKS}",
        "Aanname: gegevens van datacategorie 3 tellen met een toeslag van 30 %.",
        "Aanname: de vaste waarden voor A5 zijn niet geverifieerd.",
    ]


def test_co2_with_the_uplift_in_it_says_so() -> None:
    case = Case(posts=(post(life="work"),))
    comparison = case.add("alternative", case.answer(full({"A1-A3": 10.0}, category="3"))).compare()
    assert comparison.variants[0].gwp_a_to_c.value == pytest.approx(13.0)
    assert any("zit de toeslag van 30 %" in text for text in findings(comparison))


def test_a_quantity_is_shown_as_it_was_made() -> None:
    layer = Post(
        "p1",
        "Deklaag",
        values=(("area_m2", 12_000.0), ("thickness_mm", 35.0), ("density_t_m3", 2.35)),
        life="work",
    )
    case = Case(posts=(layer, post("p2", life="work")))
    case.add("reference", case.answer(1.0), case.answer(1.0, "p2"))
    comparison = case.compare()
    assert words.quantity_sum(comparison, "v1", "p1") == "12.000 m² × 35 mm × 2,35 ton/m³ = 987,0 ton"
    assert words.quantity_sum(comparison, "v1", "p2") == ""  # typed from the bill


@pytest.mark.parametrize(
    ("name", "density", "said"),
    [
        ("ZOAB toplaag", 2.35, True),
        ("Tweelaags zoab", 2.0, False),
        ("Deklaag SMA", 2.35, False),
        ("ZOAB", None, False),
    ],
)
def test_a_density_that_no_such_mix_has_is_asked_per_mix(
    name: str, density: float | None, said: bool
) -> None:
    values = (("mass_t", 1.0), *((("density_t_m3", density),) if density is not None else ()))
    case = Case(posts=(replace(post(life="work"), name=name, values=values),))
    case.add("reference", case.answer(1.0))
    comparison = compare(case.tender, replace(case.inputs, shipped=shipped()))
    assert any(problem.message.key == "density_unusual" for problem in comparison.findings) == said


def test_biobased_on_two_bases_is_said_to_be_so() -> None:
    def mix(identity: str, basis: str) -> object:
        stated = Composition(biobased=BiobasedStatement(0.5, basis))  # type: ignore[arg-type]
        return full({"A1-A3": 1.0}, id=identity, composition=stated)

    case = Case(posts=(post("p1", life="work"), post("p2", life="work")))
    answers = (case.answer(mix("a", "added_binder"), "p1"), case.answer(mix("b", "carbon"), "p2"))  # type: ignore[arg-type]
    result = case.add("reference", *answers).first()
    reason = result.share_states["primary_biobased"].reason
    assert reason is not None
    assert reason.key == "biobased_two_bases"
