"""Figures are ranked on one basis: rules, background, EF version, tool, category, validity, replacement and
scope, each the same, another or unknown, for bids and for designs, offered and computed (DOMAIN 4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.product.basis import is_en_15804_only, same_text
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.tender.award_rules import AwardRules, Judgement
from cirkeldesk.model.tender.tender import DeclaredBasis, Evidence, OfferedMki, Role
from cirkeldesk.wording.award.letter_scores import OWN_FINDINGS
from cirkeldesk.wording.comparison.rows import findings
from tests.awards import AT, rules
from tests.build import Case, full, post

RULES, OTHER_RULES = "NL-PCR Asfalt 2.0", "NL-PCR Asfalt 3.0"
KNOWN = Evidence(
    source="rapport",
    valid_until="2029-12-31",
    category="1",
    rules=RULES,
    tool="LCA-tool 4.1",
    background="NMD 3.9",
    method="EF 3.0",
)
DAY = "2026-12-11"
BY_MKI = rules("mki_w", factor=1, negative_mki="clamp")


@dataclass(frozen=True)
class Line:
    """One line of the table: what the second of three answers says, and what must be found of it.

    `first` is what is found of the first answer, which states everything. `where` of the award: a reason to
    judge invalid, or something to look at.
    """

    aspect: str
    standing: str
    evidence: dict[str, Any]
    basis: dict[str, Any]
    key: str | None
    comparable: str
    award: str | None
    first: str | None = None


TABLE = (
    Line("all", "same", {}, {}, None, "yes", None),
    Line("rules", "other", {"rules": OTHER_RULES}, {}, "differing_rules", "no", "flag", "differing_rules"),
    Line("rules", "unknown", {"rules": None}, {}, "unknown_rules", "partly", "flag"),
    Line("rules", "EN 15804", {"rules": "NEN-EN 15804:2012+A2:2019"}, {}, "orienting_among_others", "no", "proposal"),
    Line("background", "other", {"background": "ecoinvent 3.9.1"}, {}, "differing_background", "partly", "flag",
         "differing_background"),
    Line("background", "unknown", {"background": None}, {}, "unknown_background", "partly", "flag"),
    Line("method", "other", {"method": "EF 3.1"}, {}, "differing_method", "partly", "flag", "differing_method"),
    Line("method", "unknown", {"method": None}, {}, "unknown_method", "partly", "flag"),
    Line("tool", "other", {"tool": "Rekenblad 1"}, {}, "differing_tool", "partly", "flag", "differing_tool"),
    Line("tool", "unknown", {"tool": None}, {}, "unknown_tool", "partly", "flag"),
    Line("category", "other", {"category": "3"}, {}, "differing_category", "partly", "flag", "differing_category"),
    Line("category", "unknown", {"category": None}, {}, "unknown_category", "partly", "flag"),
    Line("validity", "other", {"valid_until": "2026-01-01"}, {}, "evidence_expired", "yes", "proposal"),
    Line("validity", "unknown", {"valid_until": None}, {}, "validity_unknown", "yes", "flag"),
    Line("replacement", "unknown", {}, {"includes_replacement": "unknown"}, "replacement_unknown", "unknown", "flag"),
    Line("scope", "less", {}, {"modules": ("A1-A3",)}, "fewer_modules", "no", "proposal"),
    Line("scope", "A1-A3 + D", {}, {"modules": ("A1-A3", "D")}, "fewer_modules", "no", "proposal"),
    Line("scope", "unknown", {}, {"modules": ()}, "modules_unknown", "unknown", "flag"),
    Line("set", "other", {}, {"weighting_set": "A2"}, "other_set", "no", "proposal"),
    Line("set", "unknown", {}, {"weighting_set": "unknown"}, "set_unknown", "unknown", "flag"),
)  # fmt: skip


TELLS_OF_OTHERS = {f"differing_{name}" for name in ("background", "method", "tool", "category")}


def case_with(line: Line, role: Role, **ask: Any) -> Case:
    """Three answers of 10, 9 and 8: the second says what the line says, the others everything alike."""
    asked = {"includes_replacement": "no", "mki_per": "ton", "reference_date": DAY, **ask}
    case = Case(posts=(post(life=15.0),), **asked)
    offer: dict[str, Any] = {"equal": "yes", "price": Decimal(100)}
    split = {"A1-A3": 8.0, "A4": 1.0, "A5": 0.5, "B1-B5": 0.2, "C1-C4": 1.0, "D": -0.7}
    for number, change in enumerate((False, True, False)):
        whole = line.aspect in ("scope", "set", "replacement") and change
        answer = case.answer(10.0 - number) if whole else case.answer({**split, "A4": 1.0 - number / 2})
        case.add(
            role,
            answer,
            evidence=replace(KNOWN, **line.evidence) if change else KNOWN,
            basis=replace(DeclaredBasis(), **line.basis) if change else DeclaredBasis(),
            **offer,
        )
    return case


def keys(result: VariantResult) -> set[str]:
    return {problem.message.key for problem in result.problems}


def awarded(case: Case, how: AwardRules = BY_MKI) -> Award:
    found = award(replace_award(case, how).compare())
    assert found is not None
    return found


def replace_award(case: Case, how: AwardRules) -> Case:
    case.tender = replace(case.tender, award=how)
    return case


@pytest.mark.parametrize("role", ["bid", "alternative"])
@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.aspect} {line.standing}")
def test_each_aspect_is_judged_per_figure(line: Line, role: Role) -> None:
    comparison = case_with(line, role).compare()
    first, second, third = comparison.variants
    assert keys(second) == ({line.key} if line.key else set())
    assert keys(first) == keys(third) == ({line.first} if line.first else set())
    assert second.comparable == line.comparable
    assert (second.rank is not None) == (line.comparable in ("yes", "partly"))
    told = [text for text in findings(comparison) if text.startswith("variant 2")]
    assert len(told) == (line.key is not None)


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.aspect} {line.standing}")
def test_the_award_knows_what_the_comparison_found(line: Line) -> None:
    """Otherwise than asked proposes, unknown asks for a clarification; where the MKI decides nothing,
    neither."""
    found = awarded(case_with(line, "bid")).bid("v2")
    proposed = {message.key for message in found.proposals} - {
        "mki_not_comparable",
        "price_empty",
        "mki_unknown",
    }
    flagged = {message.key for message in found.flags}
    assert proposed == ({line.key} if line.award == "proposal" else set())
    assert (line.key in flagged) == (line.award == "flag")
    if line.key in TELLS_OF_OTHERS:
        assert line.key not in OWN_FINDINGS  # that others differ is of their declarations
    elif line.key is not None:
        assert line.key in OWN_FINDINGS  # and the bidder reads it in the letter, in words without the others
        assert "andere" not in OWN_FINDINGS[line.key]
        assert "{others}" not in OWN_FINDINGS[line.key]
    priced = awarded(case_with(line, "bid"), rules("lowest_price")).bid("v2")
    assert line.key not in {message.key for message in (*priced.proposals, *priced.flags)}


@pytest.mark.parametrize(
    ("field", "asked", "key", "comparable"),
    [
        ("rules", {"rules": RULES}, "other_rules", "no"),
        ("background", {"background": "nmd 3.9"}, "other_background", "no"),
        ("tool", {"tools_accepted": ("LCA-Tool 4.1", "Ander 2")}, "other_tool", "partly"),
        ("category", {"categories_allowed": ("1", "2")}, "category_not_allowed", "partly"),
    ],
)
@pytest.mark.parametrize("role", ["bid", "alternative"])
def test_what_the_ask_prescribes_is_what_counts(
    role: Role, field: str, asked: dict[str, Any], key: str, comparable: str
) -> None:
    """Then only the one that departs is marked, and an answer that says nothing is asked."""
    other = next(line for line in TABLE if (line.aspect, line.standing) == (field, "other"))
    first, second, third = case_with(other, role, **asked).compare().variants
    extra = {"differing_category"} if field == "category" else set()
    assert keys(second) == {key} | extra
    assert keys(first) == keys(third) == extra
    assert second.comparable == comparable
    silent = next(line for line in TABLE if (line.aspect, line.standing) == (field, "unknown"))
    first, second, third = case_with(silent, role, **asked).compare().variants
    assert keys(second) == {f"unknown_{field}"}
    assert keys(first) == keys(third) == set()


PROFILES = (
    ("rules", {"rules": RULES}, {"rules": OTHER_RULES}, "differing_rules", "no"),
    ("rules unknown", {"rules": RULES}, {"rules": None}, "unknown_rules", "partly"),
    ("background", {"background": "ecoinvent 3.6"}, {"background": "ecoinvent 3.9.1"}, "differing_background", "partly"),
    ("background unknown", {"background": "ecoinvent 3.6"}, {"background": None}, "unknown_background", "partly"),
    ("method", {"method": "EF 3.0"}, {"method": "EF 3.1"}, "differing_method", "partly"),
    ("category", {"category": "1"}, {"category": "3"}, "differing_category", "partly"),
    ("category unknown", {"category": "3"}, {"category": None}, "category_unknown", "unknown"),
)  # fmt: skip


@pytest.mark.parametrize("role", ["bid", "alternative"])
@pytest.mark.parametrize("row", PROFILES, ids=[row[0] for row in PROFILES])
def test_the_same_holds_for_profiles(
    role: Role, row: tuple[str, dict[str, Any], dict[str, Any], str, str]
) -> None:
    _, one, two, key, comparable = row
    case = Case(posts=(post(life="work"),))
    for number, stated in enumerate((one, two)):
        product = full({"A1-A3": 10.0 - number}, id=f"p{number}")
        (declaration,) = product.declarations
        declared = replace(declaration, **{"category": "1", **stated})
        answer = case.answer(replace(product, declarations=(declared,)))
        case.add(role, answer, equal="yes", evidence=Evidence(source="verklaring"))
    found = case.compare().variants[1]
    assert key in keys(found)
    assert found.comparable == comparable
    if key == "category_unknown":
        assert found.total.value is None  # never × 1.0


def test_within_one_bid_two_rule_versions_are_told_too() -> None:
    case = Case(posts=(post("p1", life="work"), post("p2", life="work")))
    answers = (
        case.answer(full({"A1-A3": 1.0}, id="a", rules=RULES), "p1"),
        case.answer(full({"A1-A3": 2.0}, id="b", rules=OTHER_RULES), "p2"),
    )
    assert "differing_rules" in keys(case.add("alternative", *answers).first())


def test_a_bid_that_is_out_makes_no_difference_to_the_others() -> None:
    line = TABLE[1]
    case = case_with(line, "bid")
    judged = Judgement("v2", "invalid", "andere regels", "2.1", "P. Voorbeeld", "tester", AT)
    case.tender = replace(case.tender, judgements=(judged,))
    first, second, third = case.compare().variants
    assert keys(first) == keys(third) == set()
    assert [first.rank, second.rank, third.rank] == [2, None, 1]


# --- "EN 15804 only", however it is spelled
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["EN 15804", "EN 15804+A2", "EN15804 only", "NEN-EN 15804:2012+A2:2019", "alleen en 15804 + a1", "EN 15804+A2 (EF 3.1)"],
)  # fmt: skip
def test_en_15804_alone_is_never_awarded_on(text: str) -> None:
    assert is_en_15804_only(text)
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    for total in (10.0, 9.0):
        case.add("bid", case.answer(total), evidence=Evidence(source="s", rules=text), equal="yes", price=1)
    comparison = case.compare()
    assert [v.rank for v in comparison.variants] == [2, 1]  # among its kind
    found = awarded(case)
    assert found.winner is None
    for bid in found.bids:
        assert bid.outcome is None
        assert "mki_orienting" in {message.key for message in bid.proposals}
    proven = tuple(
        replace(v, evidence=replace(v.evidence, equivalent="bijlage 4", equivalent_accepted=True))
        for v in case.tender.variants
    )
    case.tender = replace(case.tender, variants=proven)
    assert [bid.rank for bid in awarded(case).bids] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "NL-PCR Asfalt 2.0",
        "Bepalingsmethode 1.1 (EN 15804+A2)",
        "SBK-bepalingsmethode",
        None,
        "",
    ],
)
def test_dutch_rules_are_no_en_15804_alone(text: str | None) -> None:
    assert not is_en_15804_only(text)


def test_rules_that_are_proven_equivalent_are_judged_by_a_person() -> None:
    line = next(line for line in TABLE if line.standing == "EN 15804")
    proven = replace(line, evidence={**line.evidence, "equivalent": "bijlage 7", "equivalent_accepted": True})
    found = case_with(proven, "bid", rules=RULES).compare().variants[1]
    assert keys(found) == {"equivalent_rules"}
    assert found.rank is not None


@given(
    st.sampled_from(["NL-PCR Asfalt 2.0", "ecoinvent 3.6", "NMD 3.9"]),
    st.sampled_from(["", "v", "v.", "versie "]),
)
def test_a_version_is_the_same_however_it_is_written(text: str, mark: str) -> None:
    name, _, number = text.rpartition(" ")
    assert same_text(f"{name.upper()}  {mark}{number}") == same_text(text)
    assert same_text(f"{name} {number}1") != same_text(text)


# --- the scope that is judged is the scope that is asked
# ---------------------------------------------------------------------------------------------


def test_a_total_as_asked_is_no_answer_where_d_is_asked_and_does_not_count() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes", include_d=False)
    split = {"A1-A3": 10.0, "A4": 0.0, "A5": 0.0, "B1-B5": 0.0, "C1-C4": 1.0, "D": -2.0}
    case.add("bid", case.answer(split)).add("bid", case.answer(9.0))
    case.add("bid", case.answer(9.0), basis=DeclaredBasis(modules=MODULES))
    case.add("bid", case.answer(12.0), basis=DeclaredBasis(modules=MODULES[:-1]))
    split_, silent, with_d, without = case.compare().variants
    assert (split_.total.value, split_.rank) == (pytest.approx(11.0), 1)
    assert (keys(silent) & {"scope_ambiguous"}, silent.rank) == ({"scope_ambiguous"}, None)
    assert (keys(with_d) & {"wider_total"}, with_d.rank) == ({"wider_total"}, None)
    assert without.rank == 2


def test_b5_is_in_every_total() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes")
    named = tuple(name for name in MODULES if name != "B5")
    case.add("reference", case.answer(10.0), basis=DeclaredBasis(modules=named))
    assert (case.first().comparable, case.first().rank, keys(case.first())) == ("partly", 1, set())


def test_the_whole_work_beside_posts_is_one_answer_only_where_both_say_the_same() -> None:
    def both(work: float) -> Comparison:
        case = Case(posts=(post(tons=2.0, life="work"),), includes_replacement="yes", mki_per="ton")
        return case.add("bid", case.answer(5.0), work_mki=OfferedMki(total=work)).compare()

    assert both(10.0).variants[0].total.value == pytest.approx(10.0)
    assert keys(both(123.0).variants[0]) >= {"work_and_posts"}
    assert both(123.0).variants[0].rank is None
    (text,) = (t for t in findings(both(123.0)) if "hele werk" in t)
    assert "€\u00a0123" in text
    assert "€\u00a010" in text


# --- the Totaal of an asphalt declaration
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offered", "caught"), [(3.683, True), (3.68, True), (7.3, False), (3.5, False), (4.1, False)]
)
def test_a1_a3_plus_d_is_no_whole_life(offered: float, caught: bool) -> None:
    """5.881 − 2.198 = 3.683 per ton against 7.3 over the whole life (DOMAIN 3)."""
    case = Case(posts=(post(tons=100.0, life="work"),), includes_replacement="yes", mki_per="ton")
    declared = full({"A1-A3": 5.881, "A4": 1.5, "C4": 2.117, "D": -2.198})
    answer = replace(case.answer(declared), mki=OfferedMki(total=offered))
    found = case.add("bid", answer, evidence=KNOWN).first()
    assert ("total_is_no_life" in keys(found)) == caught
    assert (found.total.value is None) == caught


def test_where_only_a1_a3_and_d_are_asked_that_sum_is_right() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes", modules=("A1-A3", "D"))
    answer = replace(case.answer(full({"A1-A3": 5.881, "D": -2.198})), mki=OfferedMki(total=3.683))
    assert "total_is_no_life" not in keys(case.add("bid", answer).first())


# --- unknown stays unknown
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "total"), [("no", 13.0), ("yes", 14.0), ("unknown", None), (None, None)])
def test_a_life_beyond_the_period_leaves_unknown_replacement_unknown(
    stated: Any, total: float | None
) -> None:
    """L 30, l 40, A 10, B1 4: 10 + 3 without, 14 with; which, depends on what nobody said."""
    case = Case(posts=(post(life=40.0),), includes_replacement=stated, mki_per="ton")
    split = {"A1-A3": 10.0, "A4": 0.0, "A5": 0.0, "B1": 4.0, "B2-B5": 0.0, "C1-C4": 0.0, "D": 0.0}
    found = case.add("reference", case.answer(split)).first()
    assert found.total.value == (pytest.approx(total) if total is not None else None)
    assert (found.rank is None) == (total is None)
    quiet = Case(posts=(post(life=40.0),), includes_replacement=stated, mki_per="ton")
    nothing = quiet.add("reference", quiet.answer({**split, "B1": 0.0})).first()
    assert nothing.total.value == pytest.approx(10.0)  # no use is scaled: it makes no difference


def test_the_old_layer_is_the_authoritys_own_sum() -> None:
    """A bidder has no MKI of released material; its profile is the same for all, and said where it is not."""
    old = full({"C1": 2.0, "D": -1.0}, id="oud")
    case = Case(
        posts=(post(life="work"), post("p2", tons=3.0, kind="released")),
        includes_replacement="yes",
        mki_per="ton",
    )
    case.add("bid", case.answer(10.0), case.answer(old, "p2"), evidence=KNOWN)
    case.add("bid", case.answer(9.0), case.answer(old, "p2"), evidence=KNOWN)
    first, second = case.compare().variants
    assert [first.total.value, second.total.value] == [pytest.approx(13.0), pytest.approx(12.0)]
    assert (first.source, [first.rank, second.rank]) == ("offered", [2, 1])
    case.add("bid", case.answer(9.0), case.answer(full({"C1": 4.0}, id="x"), "p2"), evidence=KNOWN)
    assert all("released_differs" in keys(result) for result in case.compare().variants)


# --- what a lawyer of a losing bidder tried
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accepted", [None, False])
@pytest.mark.parametrize("asked", [{}, {"rules": RULES}])
def test_a_claim_of_equivalence_nobody_accepted_proves_nothing(
    accepted: bool | None, asked: dict[str, Any]
) -> None:
    line = next(line for line in TABLE if (line.aspect, line.standing) == ("rules", "other"))
    claimed = {**line.evidence, "equivalent": "bijlage 4", "equivalent_accepted": accepted}
    first, second, _ = case_with(replace(line, evidence=claimed), "bid", **asked).compare().variants
    assert second.rank is None
    assert ("equivalent_to_judge" in keys(second)) == (accepted is None)
    assert (first.rank is None) == (not asked)  # where the ask names no rules, nobody knows which hold


def test_accepted_proof_is_always_said_and_blocks_nobody_else() -> None:
    line = next(line for line in TABLE if (line.aspect, line.standing) == ("rules", "other"))
    proven = {**line.evidence, "equivalent": "bijlage 4", "equivalent_accepted": True}
    first, second, third = case_with(replace(line, evidence=proven), "bid").compare().variants
    assert keys(second) == {"equivalent_rules"}
    assert keys(first) == keys(third) == set()
    assert None not in (first.rank, second.rank, third.rank)


def test_the_old_layer_of_the_authority_disqualifies_nobody() -> None:
    old = full({"C1": 2.0}, id="oud", rules="Bepalingsmethode 1.1", category="3", valid_until="2020-01-01")
    case = Case(
        posts=(post("p1", life="work"), post("p2", kind="released")), includes_replacement="yes", mki_per="ton",
        reference_date=DAY, rules=RULES, categories_allowed=("1",),
    )  # fmt: skip
    for total in (10.0, 9.0):
        case.add(
            "bid", case.answer(total), case.answer(old, "p2"), evidence=KNOWN, equal="yes", price=Decimal(1)
        )
    assert [keys(result) for result in case.compare().variants] == [set(), set()]
    assert [result.rank for result in case.compare().variants] == [2, 1]


@pytest.mark.parametrize(("work", "caught"), [(8.0, True), (16.0, True), (30.0, False)])
def test_a1_a3_plus_d_for_the_whole_work_is_no_whole_life(work: float, caught: bool) -> None:
    """A1-A3 10, D −2, C1 4 per ton over 30 years of 15: 8 for one delivery, 16 for both; the whole is 24."""
    case = Case(posts=(post(life=15.0),), includes_replacement="yes", mki_per="work")
    answer = case.answer(full({"A1-A3": 10.0, "C1": 4.0, "D": -2.0}))
    found = case.add("bid", answer, work_mki=OfferedMki(total=work), evidence=KNOWN).first()
    assert ("total_is_no_life" in keys(found)) == caught


def test_an_honest_total_of_which_the_rest_is_almost_nothing_is_not_accused() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes", mki_per="ton")
    answer = replace(case.answer(full({"A1-A3": 10.0, "C1": 0.03, "D": -2.0})), mki=OfferedMki(total=8.03))
    assert "total_is_no_life" not in keys(case.add("bid", answer, evidence=KNOWN).first())


def test_a_bid_thrown_out_keeps_what_it_was_thrown_out_for() -> None:
    line = TABLE[1]
    case = case_with(line, "bid", rules=RULES)
    judged = Judgement("v2", "invalid", "andere regels", "2.1", "P. Voorbeeld", "tester", AT)
    case.tender = replace(case.tender, judgements=(judged,))
    second = case.compare().variants[1]
    assert (keys(second), second.comparable) == ({"other_rules"}, "no")
    assert "other_rules" in {message.key for message in awarded(case).bid("v2").findings}


@pytest.mark.parametrize("aspect", ["replacement", "scope", "set"])
def test_what_is_only_unknown_is_clarified_before_anything_is_proposed(aspect: str) -> None:
    line = next(line for line in TABLE if (line.aspect, line.standing) == (aspect, "unknown"))
    bid = awarded(case_with(line, "bid")).bid("v2")
    assert bid.proposals == ()
    assert "clarify_first" in {message.key for message in bid.flags}


@pytest.mark.parametrize(
    "text",
    [
        "PCR Asfalt 2.0",
        "NL-PCR Asfalt, versie 2.0",
        "nl pcr asfalt 2,0",
        "NL-PCR Asfalt (2.0)",
        "NL\u2010PCR Asfalt v2.0",
    ],
)
def test_a_spelling_makes_no_other_rules(text: str) -> None:
    assert same_text(text) == same_text("NL-PCR Asfalt 2.0")
    assert same_text("Nationale Milieudatabase 3.9") == same_text("NMD 3.9")
    assert same_text("EF3.0") == same_text("EF 3.0")


@pytest.mark.parametrize(
    "text",
    ["PCR 2019:14 v1.3", "ISO 14025, International EPD", "IBU PCR Teil B", "ISO 21930", "EN 15804+A2, PCR Beton IBU",
     "EN 15804 (geen NL-PCR)", "EN 15804, achtergrond NMD"],
)  # fmt: skip
def test_rules_of_elsewhere_are_orienting(text: str) -> None:
    assert is_en_15804_only(text)


def test_a_reference_by_dutch_rules_makes_bids_by_en_15804_no_worse_than_they_are() -> None:
    case = Case(posts=(post(life="work"),), includes_replacement="yes", mki_per="ton")
    case.add("reference", case.answer(full({"A1-A3": 10.0}, rules=RULES)))
    for total in (10.0, 9.0):
        case.add("bid", case.answer(total), evidence=replace(KNOWN, rules="EN 15804"))
    assert [result.comparable for result in case.compare().variants] == ["yes", "partly", "partly"]


def test_a_category_nobody_states_is_asked_where_the_ask_allows_some_only() -> None:
    case = Case(
        posts=(post(life="work"),), includes_replacement="yes", mki_per="ton", categories_allowed=("1", "2")
    )
    for total in (10.0, 9.0):
        case.add("bid", case.answer(total), evidence=replace(KNOWN, category=None))
    assert all("unknown_category" in keys(result) for result in case.compare().variants)
