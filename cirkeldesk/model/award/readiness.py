"""What is still missing before an act, all at once: one answer for computing, the lock, the opening, making
final and letters.

A line is `needed` where the act waits for it, `asked` where somebody may leave it and is asked, `told` where
it is good to know, `done` where it was answered. The acts themselves still refuse what the law of the house
forbids (`locks`, `operations.paper`); what they refuse stands here first. Source: DOMAIN 9; found in 0.7.0,
window 4 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.checks import before_lock
from cirkeldesk.model.award.deduced import deduced
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.award.locks import closed, unscored
from cirkeldesk.model.award.methods import uses_mki
from cirkeldesk.model.award.standstill import ANNOUNCED, CALL_OFFS, SATURDAY, UNDECIDED, is_owed
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.answered import open_quantities
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import Tender

Gate = Literal["compute", "lock", "opening", "final", "letters"]
ReadyState = Literal["needed", "asked", "told", "done"]


@dataclass(frozen=True)
class ReadyLine:
    """One thing that an act wants: what, how it stands, and the field that answers it
    ("publication.procedure", "settings.organisation"; "" where none does)."""

    message: Message
    state: ReadyState
    field: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What stands outside the tender: who sends, the moment, and what was found in the papers' texts.

    `flags` are sections of the advice whose figures changed under a written text, `unwritten` those in which
    nothing stands, `signs` sentences about what does not print. `version` is the newest final version that
    still holds.
    """

    organisation: str = ""
    address: str = ""
    court: str = ""
    now: str = ""
    flags: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True)
class _Case:
    comparison: Comparison
    award: Award | None
    around: Surroundings

    @property
    def tender(self) -> Tender:
        return self.comparison.tender


def readiness(
    gate: Gate, comparison: Comparison, award: Award | None, around: Surroundings
) -> tuple[ReadyLine, ...]:
    """Every line of a gate, what the act waits for first, what is done last."""
    found = list(dict.fromkeys(GATES[gate](_Case(comparison, award, around))))
    order: dict[ReadyState, int] = {"needed": 0, "asked": 1, "told": 2, "done": 3}
    return tuple(sorted(found, key=lambda line: order[line.state]))


def waits_for(lines: tuple[ReadyLine, ...], *states: ReadyState) -> int:
    """How many lines keep the act from being done (or, with `asked`, are still to be answered)."""
    return sum(line.state in (states or ("needed",)) for line in lines)


def _answered(key: str, field: str, *, done: bool, state: ReadyState = "needed") -> ReadyLine:
    return ReadyLine(Message(key), "done" if done else state, field)


# --- the gates
# -----------------------------------------------------------------------------------------


def _compute(case: _Case) -> Iterator[ReadyLine]:
    """Without these nothing can be worked out, or not in the unit that is asked."""
    tender, ask = case.tender, case.tender.ask
    yield _answered("ready_title", "tender.title", done=bool(tender.title))
    yield _answered("ready_amount", "tender.functional_quantity", done=tender.functional_quantity is not None)
    mki = uses_mki(tender.award) or not tender.award.method or _offers_mki(tender)
    if mki:
        yield _answered("ready_period", "ask.analysis_period", done=ask.analysis_period is not None)
    yield _answered("ready_posts", "", done=bool(tender.posts))
    missing = open_quantities(tender, case.comparison.group)
    if missing:
        yield ReadyLine(Message.of("ready_quantities", count=missing), "needed")
    if tender.has_bids and mki:
        done = ask.replacement_rule is not None
        yield _answered("ready_rule", "ask.replacement_rule", done=done)
    if uses_mki(tender.award) or _offers_mki(tender):
        done = ask.includes_replacement in ("yes", "no")
        yield _answered("ready_replacement", "ask.includes_replacement", done=done)


def _offers_mki(tender: Tender) -> bool:
    return any(bid.work_mki is not None or any(a.mki is not None for a in bid.answers) for bid in tender.bids)


STATE_OF_LEVEL: Mapping[str, ReadyState] = {"blocks": "needed", "open": "asked", "note": "told"}
MAY_WAIT = frozenset({"ready_title", "ready_amount"})  # no MKI, price or place hangs on them
SAID_ABOVE = frozenset({"mki_without_replacement", "missing_replacement_rule"})  # a line of computing says it


def _lock(case: _Case) -> Iterator[ReadyLine]:
    """What is published is judged by: it must be possible to compute, and known what goes wrong with it."""
    for line in _compute(case):
        may_wait = line.state == "needed" and line.message.key in MAY_WAIT
        yield replace(line, state="asked") if may_wait else line
    for problem in before_lock(case.comparison):
        if problem.message.key not in SAID_ABOVE:
            field = f"award.{problem.field}" if problem.field else ""
            yield ReadyLine(problem.message, STATE_OF_LEVEL[problem.level], field)


def _opening(case: _Case) -> Iterator[ReadyLine]:
    tender = case.tender
    yield _answered("ready_lock", "", done=tender.lock is not None)
    yield _answered("ready_bids", "", done=bool(tender.bids))
    if tender.closes_on is not None and case.around.now:
        yield _answered("ready_closed", "", done=closed(tender, case.around.now))
    if tender.award.judges_quality:
        done = tender.quality_lock is not None and not unscored(tender)
        yield _answered("ready_quality", "", done=done)


def _final(case: _Case) -> Iterator[ReadyLine]:
    """What stands on the papers; what letters want is asked here, as filling it in later makes this version
    out of date."""
    tender, around = case.tender, case.around
    if tender.prices_sealed and not tender.is_stopped:
        yield ReadyLine(Message("ready_sealed"), "needed")
    for section in around.flags:
        yield ReadyLine(Message.of("ready_flag", section=section), "needed")
    undecided = case.award is not None and case.award.bids and case.award.winner is None
    if undecided and not tender.is_stopped:
        yield ReadyLine(Message("ready_undecided"), "asked")
    blocked = sum(problem.level == "blocks" for problem in case.comparison.problems)
    if blocked:
        yield ReadyLine(Message.of("ready_points", count=blocked), "asked")
    for section in around.unwritten:
        yield ReadyLine(Message.of("ready_unwritten", section=section), "asked")
    for sign in around.signs:
        yield ReadyLine(Message.of("ready_sign", text=sign), "told")
    yield _sender(case, "asked")
    prepared = bool(tender.publication.prepared_by.strip())
    yield _answered("ready_prepared", "publication.prepared_by", done=prepared, state="asked")
    if tender.is_stopped or (case.award is not None and case.award.winner is not None):
        yield from _for_letters(case, "asked")


def _letters(case: _Case) -> Iterator[ReadyLine]:
    tender, award = case.tender, case.award
    if not tender.is_stopped and (award is None or award.winner is None):
        yield ReadyLine(Message("ready_winner"), "needed")
        return
    yield _answered("ready_version", "", done=case.around.version is not None)
    yield _sender(case, "needed")
    yield from _for_letters(case, "needed")
    if award is not None:
        yield from _gives_away(award)


GATES: Mapping[Gate, Callable[[_Case], Iterator[ReadyLine]]] = {
    "compute": _compute,
    "lock": _lock,
    "opening": _opening,
    "final": _final,
    "letters": _letters,
}


def others_may_object(tender: Tender) -> bool:
    """Whether somebody besides the winner is still concerned: one bidder alone has nobody to wait for, unless
    there may be candidates. A bidder declared invalid stays concerned until that is final."""
    others = [bid for bid in tender.bids if tender.verdicts.get(bid.id) != "withdrawn"]
    return len(others) > 1 or is_owed(tender.publication, len(tender.bids))[0] is not False


# --- what letters say
# -----------------------------------------------------------------------------------------


def _sender(case: _Case, state: ReadyState) -> ReadyLine:
    return _answered(
        "ready_organisation",
        "settings.organisation",
        done=bool(case.around.organisation.strip()),
        state=state,
    )


def _for_letters(case: _Case, state: ReadyState) -> Iterator[ReadyLine]:
    """`state` is that of what a letter cannot do without; the rest is asked."""
    tender, publication, around = case.tender, case.tender.publication, case.around
    done = publication.procedure is not None
    yield _answered("ready_procedure", "publication.procedure", done=done, state=state)
    if tender.is_stopped:
        done = bool(publication.stopped_because.strip())
        yield _answered("ready_stopped", "publication.stopped_because", done=done, state=state)
    else:
        yield from _standstill(tender, state)
        yield from _of_the_winner(case, state)
    asked = [
        ("ready_signed", "publication.signed_by", publication.signed_by or publication.approved_by),
        ("ready_contact", "publication.contact", publication.contact),
    ]
    if others_may_object(tender):
        yield from _expiry(publication)
        asked += [
            ("ready_address", "settings.address", around.address),
            ("ready_court", "settings.court", around.court),
        ]
    for key, field, text in asked:
        yield _answered(key, field, done=bool(text.strip()), state="asked")


def _standstill(tender: Tender, state: ReadyState) -> Iterator[ReadyLine]:
    """Whether the documents promise one where the act asks none, and of how many days."""
    publication = tender.publication
    why = is_owed(publication, len(tender.bids))[1].key
    promise = publication.standstill_promised
    if why in UNDECIDED and publication.procedure is not None:
        yield ReadyLine(Message("ready_promise"), state, "publication.standstill_promised")
    elif publication.procedure in CALL_OFFS and promise == "unknown":
        yield ReadyLine(Message("ready_promise"), "asked", "publication.standstill_promised")
    elif why == "standstill_candidates":
        yield ReadyLine(Message("standstill_candidates"), "told")
    if promise == "yes" and publication.procedure not in (*ANNOUNCED, None):
        done = publication.promised_days is not None
        yield _answered("ready_promised_days", "publication.promised_days", done=done, state="asked")


def _expiry(publication: Publication) -> Iterator[ReadyLine]:
    """The vervaltermijn of the documents; a fixed day on which nobody serves a writ is told, never moved."""
    done = publication.expiry_days is not None or publication.expiry_date is not None
    yield _answered("ready_expiry", "publication.expiry_days", done=done, state="asked")
    if (
        publication.expiry_date is not None
        and date.fromisoformat(publication.expiry_date).weekday() >= SATURDAY
    ):
        yield ReadyLine(Message.of("ready_expiry_weekend", day=publication.expiry_date), "told")


def _of_the_winner(case: _Case, state: ReadyState) -> Iterator[ReadyLine]:
    award, publication = case.award, case.tender.publication
    assert award is not None
    words, others = publication.characteristics, [bid for bid in award.bids if bid.id != award.winner]
    said = words is not None and words.variant_id == award.winner and bool(words.text.strip())
    rejected = any(bid.counts for bid in others)
    if any(bid.validity != "withdrawn" for bid in others):  # an invalid bid may do without, and is told them
        yield _answered(
            "ready_words", "publication.characteristics", done=said, state=state if rejected else "asked"
        )
    if rejected:
        yield from _of_its_sums(publication, award.winner or "", state)
    yield from _alike(case.tender)


def _of_its_sums(publication: Publication, winner: str, state: ReadyState) -> Iterator[ReadyLine]:
    """Whether the winner's sums may be told. Asked anew for another winner; after a rightful objection part 2
    forbids to tell them, so then there must be a reason."""
    answered = publication.objection in ("yes", "no") and publication.objection_by in ("", winner)
    yield _answered("ready_objection", "publication.objection", done=answered, state="asked")
    withheld = bool(publication.withhold.strip())
    if publication.objection == "yes" or withheld:
        yield _answered("ready_withhold", "publication.withhold", done=withheld, state=state)
    if withheld and publication.disclose.strip():
        yield ReadyLine(Message("ready_both"), state, "publication.disclose")


def same_motivations(tender: Tender) -> list[tuple[str, tuple[str, ...]]]:
    """(criterion, bids) by id where bids were given one and the same reason: a judge asks why."""
    found = []
    for criterion in tender.award.criteria:
        by_text: dict[str, list[str]] = {}
        for score in tender.scores:
            if score.criterion_id == criterion.id and score.motivation.strip():
                bids = by_text.setdefault(" ".join(score.motivation.split()), [])
                bids += [score.variant_id] if score.variant_id not in bids else []
        found += [(criterion.id, tuple(bids)) for bids in by_text.values() if len(bids) > 1]
    return found


def _alike(tender: Tender) -> Iterator[ReadyLine]:
    names = {criterion.id: criterion.name for criterion in tender.award.criteria}
    for criterion in dict.fromkeys(criterion for criterion, _ in same_motivations(tender)):
        yield ReadyLine(Message.of("ready_alike", criterion=names[criterion]), "told")


def _gives_away(award: Award) -> Iterator[ReadyLine]:
    """What each letter lets its reader work out: the officer knows it before it is sent."""
    for bid in award.bids:
        for one in deduced(award, bid.id):
            to = name_of(award.tender.variant(bid.id))
            low, high = str(one.at_least), str(one.at_most)
            yield ReadyLine(Message.of(f"ready_deduced_{one.what}", to=to, low=low, high=high), "told")
