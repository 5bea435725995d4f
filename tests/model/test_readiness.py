"""One answer to what an act still waits for, for every gate; what the act refuses stands here first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from cirkeldesk.model.award import locks
from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.readiness import Gate, ReadyLine, Surroundings, readiness, waits_for
from cirkeldesk.model.tender.award_rules import AwardRules, Lock
from cirkeldesk.model.tender.publication import Characteristics, Publication
from cirkeldesk.wording.award import ready
from tests.awards import Bid, case_of, criterion, rules
from tests.build import Case

VALUE = rules(
    "value",
    criteria=(criterion("k1", 50_000),),
    also=("mki_discount",),
    lower="10000",
    upper="60000",
    maximum="40000",
)
BIDS = [Bid("1000000", "20000", (80,)), Bid("1100000", "30000", (90,))]
SENDER = Surroundings("Provincie Verzonnen", "Plein 1, Verzonnen", "rechtbank Verzonnen", version=1)
COMPLETE = Publication(
    procedure="open",
    expiry_days=20,
    objection="no",
    characteristics=Characteristics("v1", "Het plan is concreet."),
    contact="team",
    prepared_by="V. Zonnen",
    signed_by="B. Dacht",
)


def lines(case: Case, gate: Gate, around: Surroundings = SENDER) -> tuple[ReadyLine, ...]:
    compared = case.compare()
    return readiness(gate, compared, award(compared), around)


def keys(found: tuple[ReadyLine, ...], *states: str) -> set[str]:
    return {line.message.key for line in found if line.state in states}


@pytest.mark.parametrize("gate", get_args(Gate))
def test_every_line_has_its_sentence_whatever_is_missing(gate: Gate) -> None:
    """With nothing and with all filled in; each line says what to do or that it is done."""
    for case in (Case(), Case(posts=()), case_of(VALUE, BIDS), case_of(VALUE, BIDS, publication=COMPLETE)):
        around = replace(
            SENDER, flags=("Advies",), unwritten=("Gunning",), signs=("Dit teken …",), now="2026-12-13"
        )
        for line in lines(case, gate, around):
            text = ready.line_text(line)
            assert text.endswith((".", "?", "…"))
            assert "{" not in text
            assert ready.spoken(line).startswith(ready.STATES[line.state])


def test_what_waits_stands_first_and_what_is_done_last() -> None:
    found = [line.state for line in lines(case_of(VALUE, BIDS), "final")]
    order = ["needed", "asked", "told", "done"]
    assert found == sorted(found, key=order.index)


def test_computing_and_the_lock_wait_for_replacement() -> None:
    """Without the choice no MKI that bidders give can be computed: it is asked before bids (window 4)."""
    case = Case(mki_per="work")
    case.tender = replace(case.tender, award=VALUE, title="Werk", functional_quantity=1.0)
    assert "ready_replacement" in keys(lines(case, "compute"), "needed")
    assert "ready_replacement" in keys(lines(case, "lock"), "needed")
    asked = replace(case.tender.ask, replacement_rule="none", includes_replacement=None)
    before = replace(case.tender, ask=asked)
    day = "2026-12-01"
    locked = replace(before, lock=Lock(day, "Leidraad", "tester", day))
    refused = locks.refusal(before, locked, now=f"{day}T10:00:00+01:00", author="tester")
    assert refused is not None
    assert refused.key == "lock_replacement"
    taken_over = replace(before, lock=Lock(day, "Leidraad", "tester", day, True))
    said = locks.refusal(before, taken_over, now=f"{day}T10:00:00+01:00", author="tester")
    assert said is None or said.key != "lock_replacement"
    chosen = replace(before, ask=replace(asked, includes_replacement="yes"))
    case.tender = chosen
    assert "ready_replacement" in keys(lines(case, "lock"), "done")


def test_a_method_without_mki_asks_nothing_about_it() -> None:
    case = Case()
    case.tender = replace(case.tender, award=rules("lowest_price"))
    assert "ready_replacement" not in {line.message.key for line in lines(case, "lock")}


def test_all_that_letters_want_is_asked_before_the_version_that_they_follow_from() -> None:
    """What is filled in later makes the version out of date (found: window 8)."""
    empty = case_of(VALUE, BIDS)
    wanted = {line.field for line in lines(empty, "letters") if line.field and line.state != "done"}
    asked = {line.field for line in lines(empty, "final") if line.state == "asked"}
    assert {"publication.procedure", "publication.characteristics"} <= wanted
    assert wanted <= asked


def test_a_complete_tender_waits_for_nothing() -> None:
    found = lines(case_of(VALUE, BIDS, publication=COMPLETE), "letters")
    assert waits_for(found, "needed", "asked") == 0
    assert waits_for(lines(case_of(VALUE, BIDS, publication=COMPLETE), "final"), "needed", "asked") == 0


MISSING: list[tuple[dict[str, Any], str, str]] = [
    ({"procedure": None}, "ready_procedure", "needed"),
    ({"procedure": "national"}, "ready_promise", "needed"),
    ({"characteristics": None}, "ready_words", "needed"),
    ({"characteristics": Characteristics("v2", "Van een ander.")}, "ready_words", "needed"),
    ({"objection": "unknown"}, "ready_objection", "asked"),
    ({"objection": "yes"}, "ready_withhold", "needed"),
    ({"expiry_days": None}, "ready_expiry", "asked"),
    ({"contact": " "}, "ready_contact", "asked"),
    ({"signed_by": ""}, "ready_signed", "asked"),
]


@pytest.mark.parametrize(("change", "key", "state"), MISSING)
def test_what_is_missing_before_letters(change: dict[str, Any], key: str, state: str) -> None:
    found = lines(case_of(VALUE, BIDS, publication=replace(COMPLETE, **change)), "letters")
    assert key in keys(found, state)


def test_letters_wait_for_a_winner_a_version_and_a_sender() -> None:
    assert keys(lines(case_of(AwardRules(), BIDS), "letters"), "needed") == {"ready_winner"}
    bare = lines(case_of(VALUE, BIDS, publication=COMPLETE), "letters", Surroundings())
    assert keys(bare, "needed") == {"ready_version", "ready_organisation"}


def test_one_motivation_for_two_bids_is_told() -> None:
    """The scores of the test tenders all say "zie verslag"."""
    assert "ready_alike" in keys(lines(case_of(VALUE, BIDS, publication=COMPLETE), "letters"), "told")
    one = case_of(VALUE, BIDS[:1], publication=COMPLETE)
    assert "ready_alike" not in {line.message.key for line in lines(one, "letters")}


def test_what_a_letter_gives_away_is_told_before_it_is_made() -> None:
    method = rules("relative", criteria=(criterion("k1", 60),), price_weight=40)
    case = case_of(method, [*BIDS, Bid("900000", "1", (5,))], publication=COMPLETE)
    told = [line for line in lines(case, "letters") if line.state == "told"]
    texts = [ready.line_text(line) for line in told]
    assert any("kan uit de eigen punten de laagste inschrijfsom uitrekenen: tussen" in text for text in texts)


def test_the_answer_about_sums_is_the_winners_own() -> None:
    """Asked anew for another winner; both a reason to tell and one not to tell is a contradiction."""
    other = case_of(VALUE, BIDS, publication=replace(COMPLETE, objection_by="v2"))
    assert "ready_objection" in keys(lines(other, "letters"), "asked")
    torn = case_of(VALUE, BIDS, publication=replace(COMPLETE, withhold="bezwaar", disclose="openheid"))
    assert "ready_both" in keys(lines(torn, "letters"), "needed")


def test_what_makes_no_sense_is_not_asked() -> None:
    """One bidder: no objection, no court. Without MKI: no period and no replacement rule. A term on a Sunday
    is told."""
    one = {line.message.key for line in lines(case_of(VALUE, BIDS[:1], publication=COMPLETE), "letters")}
    assert not {"ready_objection", "ready_court", "ready_expiry", "ready_words"} & one
    plain = Case()
    plain.tender = replace(plain.tender, award=rules("lowest_price"))
    assert not {"ready_period", "ready_rule"} & {line.message.key for line in lines(plain, "lock")}
    sunday = case_of(VALUE, BIDS, publication=replace(COMPLETE, expiry_date="2026-12-20"))
    assert "ready_expiry_weekend" in keys(lines(sunday, "letters"), "told")


def test_a_stopped_procedure_asks_for_its_reason_and_for_no_winner() -> None:
    case = case_of(VALUE, BIDS, publication=replace(COMPLETE, characteristics=None), status="stopped")
    found = lines(case, "letters")
    assert "ready_stopped" in keys(found, "needed")
    assert not {"ready_words", "ready_winner"} & {line.message.key for line in found}
