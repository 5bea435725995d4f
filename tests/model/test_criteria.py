"""The shipped criteria: complete, sourced, and enough of them; and what a tender does with one."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk import paths
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.reference.criteria import CriteriaLibrary, Criterion, Definition, renewed
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations import criteria as operations
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.store.check import faults
from cirkeldesk.wording import criteria as words
from cirkeldesk.wording import terms
from cirkeldesk.wording.award import awarding
from tests.awards import rules
from tests.build import Case, post


def shipped() -> list[CriteriaLibrary]:
    found = []
    for file in sorted((paths.reference() / "criteria").glob("*.json")):
        value = from_plain(json.loads(file.read_text(encoding="utf-8")), "criteria")
        assert isinstance(value, CriteriaLibrary)
        assert value.code == file.stem
        found.append(value)
    return found


EVERY = [criterion for library in shipped() for criterion in library.criteria]
GROUPS = sorted(file.stem for file in (paths.reference() / "product_groups").glob("*.json"))
WITH_MKI = [code for code in GROUPS if code != "overig"]


def test_there_are_twenty_and_enough_for_every_group_theme_level_and_kind() -> None:
    assert len(EVERY) >= 20
    assert len({criterion.code for criterion in EVERY}) == len(EVERY)
    assert {criterion.theme for criterion in EVERY} == set(THEMES)
    assert {criterion.level for criterion in EVERY} == {"basis", "ambitious", "leading"}
    assert {criterion.kind for criterion in EVERY} == {"requirement", "selection", "award", "contract"}
    own = {
        code: sum(code in criterion.groups and len(criterion.groups) == 1 for criterion in EVERY)
        for code in GROUPS
    }
    assert own["asfalt"] >= 5
    assert min(own.values()) >= 2


@pytest.mark.parametrize("criterion", EVERY, ids=lambda criterion: criterion.code)
def test_a_criterion_says_how_it_is_proved_checked_and_where_it_comes_from(criterion: Criterion) -> None:
    for text in (
        criterion.title,
        criterion.text,
        criterion.proof,
        criterion.check,
        criterion.effect,
        criterion.source,
    ):
        assert text.strip()
    assert set(criterion.groups) <= set(GROUPS)
    assert "eigen" in words.source(criterion).casefold()  # or it names its source alone; none does
    assert "officieel" not in criterion.text.casefold()
    if criterion.r_step is not None:
        assert criterion.r_step.step in terms.R_STEPS[criterion.r_step.numbering]
    made = words.FORMULA in criterion.text  # what a tender fills in by its rules is no blank of the text
    if criterion.kind in ("requirement", "award") and not made:
        assert any(sign.isdigit() for sign in criterion.text) or "[" in criterion.text  # something to measure
    if criterion.kind == "award":
        assert "boete" in criterion.check  # a promise that counted is kept, or paid for
    if any(word in criterion.proof for word in ("NEN", "certificaat", "milieuverklaring", "keurmerk")):
        assert "gelijkwaardig" in criterion.proof
    assert criterion.text.count("[") == criterion.text.count("]")


def test_taking_adapting_weighing_and_dropping_are_edits_of_the_tender() -> None:
    first, second = EVERY[0], EVERY[1]
    tender = edits.take_criterion(first).apply(Tender("t", "T"))
    assert tender.criteria == (first,)
    adapted = edits.adapt_criterion(first, "text", "Onze eigen tekst.").apply(tender)
    assert adapted.criteria == (replace(first, text="Onze eigen tekst."),)
    weighed = edits.weigh_criterion(second, "Geen markt voor.").apply(adapted)
    assert [(found.code, found.why) for found in words.left_out(weighed)] == [
        (second.code, "Geen markt voor.")
    ]
    assert words.why(weighed, second.code) == "Geen markt voor."
    assert edits.weigh_criterion(second, "").apply(weighed) == adapted
    assert edits.drop_criterion(first).apply(tender) == Tender("t", "T")
    assert from_plain(to_plain(weighed)) == weighed


def test_a_tender_without_criteria_keeps_the_hash_it_had() -> None:
    """Fields at their default are left out of a document: files of before open unchanged."""
    assert "criteria" not in to_plain(Tender("t", "T"))
    assert content_hash(Tender("t", "T")) == content_hash(replace(Tender("t", "T"), criteria=()))


def test_the_copied_text_goes_by_theme_and_holds_what_a_document_needs() -> None:
    chosen = [
        criterion
        for criterion in EVERY
        if criterion.code in ("asfalt-pr-onder", "algemeen-isv", "asfalt-mki-korting")
    ]
    tender = Tender("t", "T", criteria=tuple(chosen))
    text = words.copied(tender)
    assert text.startswith("KLIMAAT\n\nLagere MKI geeft een fictieve korting (gunning, basis)\n")
    assert text.index("KLIMAAT") < text.index("CIRCULARITEIT") < text.index("KETENVERANTWOORDELIJKHEID")
    for criterion in words.of(tender):
        assert criterion.text in text
        assert f"Bewijs: {criterion.proof}" in text
    assert words.copied(Tender("t", "T")) == ""


def by_words(text: str, rate: float, tons: float, life: float) -> float:
    """The MKI of the work as a bidder reads it in the criterion, done by hand: € per ton × ton × years /
    l."""
    years = re.search(r"korter dan (\d+) jaar, dan telt haar MKI (\d+) / l keer", text)
    factor = max(1.0, float(years[1]) / life) if years else 1.0
    assert years is None or years[1] == years[2]
    return rate * tons * factor


@pytest.mark.parametrize(
    ("ask", "total"),
    [
        ({"includes_replacement": "no"}, 2400.0),
        ({"includes_replacement": "yes"}, 960.0),
        ({"includes_replacement": "no", "replacement_rule": "none"}, 960.0),
    ],
)
def test_the_words_of_the_mki_criterion_are_what_is_computed(ask: dict[str, Any], total: float) -> None:
    """1,000 m² × 40 mm × 2.4 = 96 ton, € 10 a ton, life 12 in 30 years: 960, and 2,400 with replacement."""
    case = Case(posts=(post(tons=96.0, life=12.0),), mki_per="ton", **ask)
    found = case.add("bid", case.answer(10.0)).compare()
    assert found.variants[0].total.value == pytest.approx(total)
    criterion = next(one for one in EVERY if one.code == "asfalt-mki-korting")
    tender = replace(
        found.tender,
        criteria=(criterion,),
        award=rules("mki_discount", lower=800, upper=1200, maximum=100_000),
    )
    (made,) = words.of(tender)
    assert by_words(made.text, 10.0, 96.0, 12.0) == pytest.approx(total)
    assert "€ 100.000 × (1.200 − MKI van het werk) / (1.200 − 800)" in made.text
    assert made.is_filled_in
    empty = replace(tender, award=rules("mki_discount"), ask=replace(tender.ask, includes_replacement=None))
    assert not words.of(empty)[0].is_filled_in  # what is not decided stays to be filled in


@pytest.mark.parametrize(
    ("award", "says"),
    [
        (rules("mki_w", factor="1.5", negative_mki="clamp"), "wordt 1,5 × MKI van het werk opgeteld"),
        (
            rules("weighted", also=("mki_points",), lower=10, upper=20, mki_weight=30),
            "De punten voor MKI zijn 30 ×",
        ),
        (rules("lowest_price", ceiling=45_000), "boven 45.000 voldoet niet"),
        (rules("lowest_price"), "[Kies bij Uitvraag een gunningsmethode die de MKI gebruikt.]"),
    ],
)
def test_the_formula_in_words_follows_the_rules(award: AwardRules, says: str) -> None:
    assert says in awarding.mki_formula(award)


def test_no_shipped_text_promises_another_sum() -> None:
    """A text about the MKI of a work is made from the ask, never written beside it."""
    for criterion in EVERY:
        if criterion.kind == "award" and "fictieve korting" in criterion.title.lower():
            assert words.CALCULATION in criterion.text
            assert words.FORMULA in criterion.text
        assert "som van MKI" not in criterion.text


def test_a_newer_library_brings_what_is_new_and_leaves_what_was_edited_or_deleted() -> None:
    a, b, c, d = (replace(EVERY[0], code=code) for code in "abcd")
    ours = CriteriaLibrary("x", "X", (replace(a, text="van ons"), b), (Definition("t", "van ons", ""),))
    old = CriteriaLibrary("x", "X", (a, b, c), (Definition("t", "oud", ""),))
    new = CriteriaLibrary(
        "x", "X", (replace(a, text="nieuw"), replace(b, text="nieuw"), c, d), (Definition("t", "nieuw", ""),)
    )
    found = renewed(ours, old, new)
    assert [(one.code, one.text) for one in found.criteria] == [
        ("a", "van ons"),
        ("b", "nieuw"),
        ("d", d.text),
    ]
    assert found.definitions == (Definition("t", "van ons", ""),)


def test_an_update_reaches_a_file_in_which_a_criterion_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = tmp_path / "reference"
    shutil.copytree(paths.reference(), reference)
    monkeypatch.setattr(paths, "reference", lambda: reference)
    with open_workspace(tmp_path / "a.db") as workspace:
        operations.edit_criterion(workspace, "asfalt", "asfalt-paspoort", "title", "Ons paspoort", "titel")
    file = reference / "criteria" / "asfalt.json"
    plain = json.loads(file.read_text(encoding="utf-8"))
    plain["criteria"][0]["title"] = "Nieuwe titel"
    file.write_text(json.dumps(plain), encoding="utf-8")
    for _ in range(2):
        with open_workspace(tmp_path / "a.db") as workspace:
            titles = {
                one.code: one.title for found in operations.libraries(workspace) for one in found.criteria
            }
            with workspace.unit() as unit:
                assert faults(unit) == []
        assert (titles["asfalt-paspoort"], titles["asfalt-mki-korting"]) == ("Ons paspoort", "Nieuwe titel")


# --- the second reading (decision 0041)
# ----------------------------------------------------------------------------------


def test_each_rung_from_the_highest_has_a_criterion() -> None:
    rungs = {c.r_step.step for c in EVERY if c.r_step is not None and c.r_step.numbering == "pbl"}
    assert {0, 1, 2, 3, 4, 5, 8} <= rungs


def test_each_theme_has_more_than_its_basis_and_there_is_a_choice_of_selection() -> None:
    for theme in THEMES:
        levels = {criterion.level for criterion in EVERY if criterion.theme == theme}
        assert len(levels) >= 2, theme
    assert sum(criterion.kind == "selection" for criterion in EVERY) >= 2
    assert {c.theme for c in EVERY if c.level == "leading"} >= {"circularity", "chain"}


@pytest.mark.parametrize("group", WITH_MKI)
def test_each_group_has_what_the_environment_asks_and_a_climate_of_its_own(group: str) -> None:
    fitting = [criterion for criterion in EVERY if criterion.suits(group)]
    assert {criterion.theme for criterion in fitting} == set(THEMES)
    assert any(c.theme == "climate" and c.groups for c in fitting)


@pytest.mark.parametrize("criterion", EVERY, ids=lambda criterion: criterion.code)
def test_a_duty_has_a_consequence_and_nothing_is_left_to_talks(criterion: Criterion) -> None:
    """Found in 0.7.0 (expert B3): a duty nobody can hold somebody to, and a demand that may change in
    talks."""
    assert "in overleg" not in criterion.text
    if criterion.code in READ_AGAIN:
        assert any(word in criterion.check for word in ("boete", "inhouding"))


READ_AGAIN = {
    "algemeen-natuur", "algemeen-isv", "algemeen-diversiteit", "maaisel-gefaseerd", "maaisel-schoon",
    "stenen-hergebruik", "meubilair-opgeknapt", "algemeen-materieel", "maaisel-dichtbij",
    "maaisel-hoogwaardig", "asfalt-biobased", "algemeen-keten-koploper", "asfalt-keten", "asfalt-dampen",
}  # fmt: skip


def test_one_criterion_asks_one_measure() -> None:
    texts = {criterion.code: criterion for criterion in EVERY}
    assert "telt hier niet" in texts["asfalt-biobased"].proof  # carbon is another measure than mass
    assert "m³" in texts["isolatie-mki"].text
    assert "per m²" not in texts["isolatie-mki"].text
    assert "vermogen" in texts["algemeen-materieel"].text
    assert "gevestigd" in texts["maaisel-dichtbij"].text
