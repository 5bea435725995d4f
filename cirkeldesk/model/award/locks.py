"""What may still change in a tender: pure rules over the value before and the value after, whatever way it
came about.

The store asks `refusal` at every commit of a tender, so that window, command line, bid form, undo and dossier
stand before the same door. A change of what is locked must carry its own evidence in the new value: a nota, a
layer, a judgement, signed by who makes it. Source: DOMAIN 7 (lock, corrections, validity) and UX 7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from cirkeldesk.model.award.award import quality_shares
from cirkeldesk.model.award.methods import METHODS, is_sound, uses_mki
from cirkeldesk.model.document.changes import DECIDED, bid_changes, changed_bids, locked_changes
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.award_rules import ChangedValue, Judgement, Layer, Nota, Score
from cirkeldesk.model.tender.tender import PRICES_ONLY, ReceivedForm, Tender, Variant

# Records that only grow: an act is undone by a counter-act, never by taking the record away.
GROWING = ("notes", "judgements", "layers", "originals", "kept", "draws", "proven", "versions", "letters")
MOMENTS = ("closes_on", "sealed_until")
NOT_ON_FORM = frozenset({"costs", "ladder_level", "name"})


def refusal(
    before: Tender | None, after: Tender | None, *, now: str, author: str, latest: str | None = None
) -> Message | None:
    """Why this change may not be made, or None. `now` is ISO local time with offset; `author` who makes it.

    `latest` is the moment of this tender's newest step where that is later: a clock set back brings no
    deadline back.
    """
    if before is None:
        return None
    if after is None:
        return Message("lock_remove") if before.lock is not None else None
    for rule in (
        _practice,
        _records,
        _sealed,
        _received,
        _locking,
        _rules,
        _scores,
        _opening,
        _bids,
        _signed,
        _final,
    ):
        found = rule(before, after, later(now, latest or now) if rule in AFTER_DEADLINE else now, author)
        if found is not None:
            return found
    return None


def later(one: str, other: str) -> str:
    """The later of two moments (ISO with offset). As texts they would differ by their offsets: in the hour
    the clock goes back, 02:30+02:00 is before 02:10+01:00."""
    return max(one, other, key=datetime.fromisoformat)


def is_barrier(before: Tender | None, after: Tender | None) -> bool:
    """Whether undo stops here (UX D9): an act of the award, or a bid form received once the method is on the
    lock."""
    if before is None or after is None:
        return False
    names = ("lock", "quality_lock", "opened", *GROWING)
    if any(getattr(before, name) != getattr(after, name) for name in names):
        return True
    if after.opened is not None and _decided(before) != _decided(after):
        return True
    return after.lock is not None and before.received != after.received


def _decided(tender: Tender) -> dict[str, tuple[object, ...]]:
    return {variant.id: tuple(getattr(variant, name) for name in DECIDED) for variant in tender.bids}


def deadline_passed(tender: Tender, now: str) -> bool:
    """The day of closing itself is before the deadline."""
    return tender.closes_on is not None and now[:10] > tender.closes_on[:10]


def closed(tender: Tender, now: str) -> bool:
    """Whether bidding is over: the day has passed, or the prices may be opened on that very day."""
    if deadline_passed(tender, now):
        return True
    moment = tender.sealed_until
    return (
        moment is not None
        and tender.closes_on is not None
        and now[:10] >= tender.closes_on[:10]
        and _reached(now, moment)
    )


# --- the rules
# -----------------------------------------------------------------------------------------------------


def _practice(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    if before.practice_of != after.practice_of:
        return Message("practice_stays")
    if after.practice_of is not None and (after.lock is not None or after.opened is not None):
        return Message("practice_no_lock")
    return None


def _records(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """Acts stay: a lock, an opening and what was recorded are never taken back."""
    for name in ("lock", "quality_lock", "opened"):
        if getattr(before, name) is not None and getattr(after, name) != getattr(before, name):
            return Message(f"{name}_stays")
    for name in GROWING:
        old, new = getattr(before, name), getattr(after, name)
        if new[: len(old)] != old:
            return Message("record_stays")
    return None


def _sealed(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """From the lock no way to see a sealed price before the opening: the seal stays, a bid stays a bid, no
    price moves out."""
    if before.lock is None or not before.prices_sealed or after.opened is not None:
        return None
    priced = {bid.id for bid in before.bids if set(_prices(bid))}
    if not after.prices_sealed and priced:
        return Message.of("seal_stays", until=before.sealed_until)
    if priced - {variant.id for variant in after.bids}:
        return Message.of("bid_sealed", until=before.sealed_until)
    known = {variant.id for variant in before.variants}
    designs = {price for variant in before.variants if not variant.is_bid for price in _prices(variant)}
    new = [variant for variant in after.variants if not variant.is_bid and variant.id not in known]
    moved = any(set(_prices(variant)) - designs for variant in new)
    return Message.of("seal_stays", until=before.sealed_until) if moved else None


def _prices(variant: Variant) -> Iterator[Decimal]:
    """Every amount of a variant. Whose it is decides, never what it is: a comparison of values would answer
    guesses."""
    answers = [amount for answer in variant.answers for amount in (answer.price, answer.unit_price)]
    amounts = [variant.price, *answers, *(cost.amount for cost in variant.costs or ())]
    yield from (amount for amount in amounts if amount is not None)


def _received(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """A form received stays as it came; only what became of it may still be written beside it."""
    if before.lock is None or before.received == after.received:
        return None
    new = {form.file.sha256: form for form in after.received}
    for form in before.received:
        same = new.get(form.file.sha256)
        if same is None or (same.file, same.received) != (form.file, form.received):
            return Message("record_stays")
        if form.outcome != "refused" and same.outcome != form.outcome:
            return Message("record_stays")
    return None


def _locking(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    if before.lock is not None or after.lock is None:
        return None
    rules = after.award
    if not is_sound(rules):
        return Message("lock_incomplete")
    if rules.method is not None and METHODS[rules.method].motivated and not rules.motivation.strip():
        return Message("lock_motivation")
    if uses_mki(rules) and (missing := _mki_unasked(after)) is not None:
        return missing
    if after.lock.published_on[:10] > now[:10]:
        return Message("lock_future")
    if after.lock.taken_over and not after.lock.document.strip():
        return Message("lock_document")
    if deadline_passed(after, now) and not after.lock.taken_over:
        return Message("lock_late")
    return None


def _mki_unasked(after: Tender) -> Message | None:
    """What no bidder's MKI can be computed without; documents that are out already stand as they are."""
    if after.ask.replacement_rule is None:
        return Message("lock_rule")
    taken_over = after.lock is not None and after.lock.taken_over
    if after.ask.includes_replacement not in ("yes", "no") and not taken_over:
        return Message("lock_replacement")
    return None


def _rules(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """What is locked changes by a nota until the deadline, and after it by a correction of a wrong
    entry."""
    if before.lock is None:
        return None
    changes = locked_changes(before, after)
    notes = _new_notes(before, after)
    layers = [layer for layer in _new_layers(before, after) if layer.kind == "entry"]
    if not changes:
        return Message("nothing_changed") if notes or layers else None
    # A date may turn out to be mistyped long before it comes.
    mistyped = bool(layers) and all(change.path in MOMENTS for change in changes)
    if before.opened is None and not deadline_passed(before, now) and not mistyped:
        why = _by_nota(before, after, now, changes, notes if not layers else ())
    else:
        why = _by_correction(changes, layers if not notes else (), author)
    return why or (None if is_sound(after.award) else Message("lock_incomplete"))


def _by_nota(
    before: Tender, after: Tender, now: str, changes: tuple[ChangedValue, ...], notes: Sequence[Nota]
) -> Message | None:
    """Why a change before the deadline is not one that a nota can make; None when it is."""
    if any(_earlier(getattr(before, name), getattr(after, name), now) for name in MOMENTS):
        return Message("moment_earlier")
    if before.quality_lock is not None and before.award.criteria != after.award.criteria:
        return Message("quality_locked")
    if len(notes) != 1 or notes[0].changes != changes or notes[0].number != len(before.notes) + 1:
        return Message("locked_nota")
    said = notes[0].document.strip() and notes[0].reason.strip()
    return None if said else Message("locked_nota")


def _by_correction(changes: tuple[ChangedValue, ...], layers: Sequence[Layer], author: str) -> Message | None:
    """Why a change after the deadline is no correction of a wrong entry; None when it is."""
    entries = [one for one in layers if one.changes == changes and one.page.strip() and one.document.strip()]
    if len(entries) != 1 or not entries[0].reason.strip():
        return Message("locked_entry")
    second = entries[0].second.strip().casefold()
    return Message("second_person") if second in ("", author.strip().casefold()) else None


def _earlier(old: str | None, new: str | None, now: str) -> bool:
    """Whether a published moment would be taken away or brought forward, or a new one lie in the past."""
    if old == new:
        return False
    if new is None:
        return True
    if old is None or new[:10] < now[:10]:
        return new[:10] < now[:10]
    if len(old) > len("2026-12-12") and len(new) > len("2026-12-12"):
        return datetime.fromisoformat(new) < datetime.fromisoformat(old)
    return new[:10] < old[:10]


def _scores(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    if before.scores != after.scores and (before.quality_lock is not None or before.opened is not None):
        return Message("quality_locked")
    if before.quality_lock is None and after.quality_lock is not None:
        if before.closes_on is not None and not closed(before, now):
            return Message.of("quality_early", until=before.closes_on)
        if not after.bids or unscored(after):
            return Message("scores_incomplete")
    new = [score for score in after.scores if score not in before.scores]
    return None if all(_is_given(after, score) for score in new) else Message("score_incomplete")


def _is_given(tender: Tender, score: Score) -> bool:
    """A score says who gave it and why, and is one that its criterion knows."""
    criterion = next((one for one in tender.award.criteria if one.id == score.criterion_id), None)
    if criterion is None or not score.motivation.strip() or not score.assessor.strip():
        return False
    if criterion.combine == "mean" and criterion.assessors and score.assessor not in criterion.assessors:
        return False
    if criterion.steps:
        return score.label in {step.label for step in criterion.steps}
    return score.percent is not None and 0 <= score.percent <= 100


def unscored(tender: Tender) -> list[tuple[str, str]]:
    """(bid, criterion) by id of what has no complete score yet; bids judged invalid are not asked."""
    missing: list[tuple[str, str]] = []
    if not tender.award.judges_quality:
        return missing
    for variant in tender.bids:
        if variant.id not in tender.invalid_bids:
            shares = quality_shares(tender, variant.id)
            missing += [(variant.id, c.id) for c in tender.award.criteria if c.id not in shares]
    return missing


def _opening(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    if after.opened is None or before.opened is not None:
        return None
    if before.lock is None:
        return Message("open_without_lock")
    if before.sealed_until is not None and not _reached(now, before.sealed_until):
        return Message.of("open_too_early", until=before.sealed_until)
    if before.closes_on is not None and not closed(before, now):
        return Message.of("open_before_deadline", until=before.closes_on)
    if not before.bids:
        return Message("open_no_bids")
    if before.award.judges_quality and (before.quality_lock is None or unscored(before)):
        return Message("open_before_quality")
    return Message("opened_bids") if changed_bids(before, after) else None


def _reached(now: str, moment: str) -> bool:
    """A moment without offset is in the office's time, as `now` is."""
    if datetime.fromisoformat(moment).tzinfo is None:
        return now[:19] >= moment[:19]
    return datetime.fromisoformat(now) >= datetime.fromisoformat(moment)


def _bids(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """After the opening a bid changes by a dated layer alone; the original stays beside it."""
    corrections = [layer for layer in _new_layers(before, after) if layer.kind != "entry"]
    grown = tuple(variant.id for variant in after.originals[len(before.originals) :])
    if before.opened is None:
        return Message("layer_before_opening") if corrections or grown else _after_receipt(before, after, now)
    if any(variant.equal == "no" and not variant.equal_reason for variant in after.bids):
        return Message("equal_reason")
    changed = changed_bids(before, after)
    if not changed:
        return Message("nothing_changed") if corrections or grown else None
    if {v.id for v in before.bids} != {v.id for v in after.bids}:
        return Message("opened_bids")
    if len(changed) > 1 or len(corrections) != 1 or corrections[0].variant_id != changed[0]:
        return Message("opened")
    return _layer_of(before, after, corrections[0], changed[0])


def _kept(tender: Tender) -> set[str]:
    return {variant.id for variant in tender.originals}


def _after_receipt(before: Tender, after: Tender, now: str) -> Message | None:
    """After the deadline a bid that came by form is what came; only what the form does not ask is typed
    beside it."""
    if before.lock is None or not deadline_passed(before, now):
        return None
    again = {form.variant_id for form in after.received if form not in before.received}
    for identity in changed_bids(before, after):
        forms = [f for f in before.received if f.variant_id == identity and f.outcome == "taken"]
        asked = [c for c in bid_changes(before, after, identity) if any(_says(f, c.path) for f in forms)]
        if identity not in again and asked:
            return Message("bid_received")
    return None


def _says(form: ReceivedForm, path: str) -> bool:
    """Whether a field of the bid came with this form or state."""
    if form.asked == PRICES_ONLY:
        return path.rpartition(".")[2] in ("price", "unit_price")
    return path.partition("[")[0] not in NOT_ON_FORM - set(form.asked)


def _layer_of(before: Tender, after: Tender, layer: Layer, changed: str) -> Message | None:
    if layer.changes != bid_changes(before, after, changed):
        return Message("opened")
    needed = [layer.reason, layer.document]
    needed += [layer.page] if layer.kind == "own_error" else [layer.dated, layer.allowed]
    if not all(text.strip() for text in needed):
        return Message("layer_incomplete")
    wanted = () if changed in _kept(before) else (before.variant(changed),)
    return None if after.originals == (*before.originals, *wanted) else Message("opened")


def _signed(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """A new act carries the name of who makes it, and what an act must say."""
    grown = [one for name in GROWING if name != "originals" for one in _added(before, after, name)]
    once = [(getattr(before, name), getattr(after, name)) for name in ("lock", "quality_lock", "opened")]
    new: list[Any] = [*grown, *(made for was, made in once if was is None and made)]
    printed = {id(one) for name in ("versions", "letters") for one in _added(before, after, name)}
    for one in new:
        slack = PRINTED if id(one) in printed else SIGNED
        if one.by != author or not _is_now(one.at, now, slack):
            return Message("not_signed")
    bids = {variant.id for variant in after.bids}
    for judgement in _added(before, after, "judgements"):
        if not _is_complete(judgement):
            return Message("judgement_incomplete")
        if judgement.variant_id not in bids:
            return Message("opened_bids")
    if {judgement.variant_id for judgement in after.judgements} - bids:
        return Message("opened_bids")
    return _act(before, after)


SIGNED = 120.0  # seconds between the moment an act carries and the moment it is kept
PRINTED = 3600.0  # papers carry the moment they were begun; on a slow computer many pages take a while


def _is_now(moment: str, now: str, within: float = SIGNED) -> bool:
    """An act is dated when it is done."""
    try:
        return abs((datetime.fromisoformat(moment) - datetime.fromisoformat(now)).total_seconds()) <= within
    except (ValueError, TypeError):
        return False


def _act(before: Tender, after: Tender) -> Message | None:
    """Answers, lots and proofs are about bids of this tender; lots only when published, and once."""
    late = any(_added(before, after, name) for name in ("kept", "draws", "proven"))
    if late and after.opened is None:
        return Message("act_before_opening")
    bids = {variant.id for variant in after.bids}
    if {record.variant_id for name in ("kept", "proven") for record in _added(before, after, name)} - bids:
        return Message("opened_bids")
    drawn = {identity for draw in before.draws for identity in draw.order}
    for draw in _added(before, after, "draws"):
        order = draw.order
        if (
            "lot" not in after.award.tie_rules
            or len(set(order)) < max(2, len(order))
            or set(order) - bids
            or set(order) & drawn
        ):
            return Message("draw_wrong")
    return None


def _is_complete(judgement: Judgement) -> bool:
    texts = [judgement.person, judgement.reason]
    texts += [judgement.article] if judgement.verdict == "invalid" else []  # who withdraws needs no article
    return all(text.strip() for text in texts)


def _added(before: Tender, after: Tender, name: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(after, name)[len(getattr(before, name)) :]
    return found


def _new_notes(before: Tender, after: Tender) -> tuple[Nota, ...]:
    return _added(before, after, "notes")


def _new_layers(before: Tender, after: Tender) -> tuple[Layer, ...]:
    return _added(before, after, "layers")


def _final(before: Tender, after: Tender, now: str, author: str) -> Message | None:
    """A final version freezes what was there and nothing else; letters are made from one, and change nothing
    either."""
    versions, letters = _added(before, after, "versions"), _added(before, after, "letters")
    if not versions and not letters:
        return None
    if after.practice_of is not None:
        return Message("final_practice")
    if after.prices_sealed and not after.is_stopped:  # of a dead procedure no paper tells a price
        return Message("final_sealed")
    if frozen(before) != frozen(after) or len(versions) + len(letters) > 1:
        return Message("final_changes")
    if versions and (
        versions[0].number != len(before.versions) + 1 or versions[0].basis != content_hash(before)
    ):
        return Message("final_changes")
    if letters and letters[0].version not in {version.number for version in before.versions}:
        return Message("final_changes")
    return None


def frozen(tender: Tender) -> Tender:
    """The tender without what is written about it when it is made final or letters are made, and without what
    only stands on the envelope: what a version freezes."""
    said = replace(tender.publication, addressees=(), own_reference="")
    return replace(tender, versions=(), letters=(), status="concept", publication=said)


# Rules that turn on the deadline having passed; a clock set back does not bring it back.
AFTER_DEADLINE = (_rules, _bids)
