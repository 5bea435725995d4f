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
from typing import Literal

from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.checks import before_lock
from cirkeldesk.model.award.deduced import deduced
from cirkeldesk.model.award.disclosure import name_of, names_sums
from cirkeldesk.model.award.locks import closed, unscored
from cirkeldesk.model.award.methods import uses_mki
from cirkeldesk.model.award.standstill import UNDECIDED, is_owed
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.answered import open_quantities
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
    yield _answered("ready_period", "ask.analysis_period", done=ask.analysis_period is not None)
    yield _answered("ready_posts", "", done=bool(tender.posts))
    missing = open_quantities(tender, case.comparison.group)
    if missing:
        yield ReadyLine(Message.of("ready_quantities", count=missing), "needed")
    if tender.has_bids:
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
    if tender.prices_sealed:
        yield ReadyLine(Message("ready_sealed"), "needed")
    for section in around.flags:
        yield ReadyLine(Message.of("ready_flag", section=section), "needed")
    if (
        case.award is not None
        and case.award.bids
        and case.award.winner is None
        and tender.status != "stopped"
    ):
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
    if case.award is not None and (case.award.winner is not None or tender.status == "stopped"):
        yield from _for_letters(case, "asked")


def _letters(case: _Case) -> Iterator[ReadyLine]:
    tender, award = case.tender, case.award
    if award is None or (award.winner is None and tender.status != "stopped"):
        yield ReadyLine(Message("ready_winner"), "needed")
        return
    yield _answered("ready_version", "", done=case.around.version is not None)
    yield _sender(case, "needed")
    yield from _for_letters(case, "needed")
    yield from _gives_away(award)


GATES: Mapping[Gate, Callable[[_Case], Iterator[ReadyLine]]] = {
    "compute": _compute,
    "lock": _lock,
    "opening": _opening,
    "final": _final,
    "letters": _letters,
}


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
    why = is_owed(publication, len(tender.bids))[1].key
    yield _answered(
        "ready_procedure", "publication.procedure", done=publication.procedure is not None, state=state
    )
    if why in UNDECIDED and publication.procedure is not None:
        yield ReadyLine(Message("ready_promise"), state, "publication.standstill_promised")
    if tender.status == "stopped":
        done = bool(publication.stopped_because.strip())
        yield _answered("ready_stopped", "publication.stopped_because", done=done, state="asked")
    else:
        yield from _of_the_winner(case, state)
    term = publication.expiry_days is not None or publication.expiry_date is not None
    yield _answered("ready_expiry", "publication.expiry_days", done=term, state="asked")
    for key, field, text in (
        ("ready_signed", "publication.signed_by", publication.signed_by or publication.approved_by),
        ("ready_contact", "publication.contact", publication.contact),
        ("ready_address", "settings.address", around.address),
        ("ready_court", "settings.court", around.court),
    ):
        yield _answered(key, field, done=bool(text.strip()), state="asked")


def _of_the_winner(case: _Case, state: ReadyState) -> Iterator[ReadyLine]:
    award, publication = case.award, case.tender.publication
    assert award is not None
    words = publication.characteristics
    if any(bid.id != award.winner and bid.counts for bid in award.bids):
        said = words is not None and words.variant_id == award.winner and bool(words.text.strip())
        yield _answered("ready_words", "publication.characteristics", done=said, state=state)
    if len(award.bids) > 1 and names_sums(case.tender):
        done = publication.objection in ("yes", "no")
        yield _answered("ready_objection", "publication.objection", done=done, state="asked")
        if publication.objection == "yes":
            yield ReadyLine(Message("ready_withhold"), "asked", "publication.withhold")
    yield from _alike(case.tender)


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
