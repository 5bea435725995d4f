"""What a user does about an award: lock, nota, score, open, judge, correct, draw lots, prove, practise. One
act, one barrier to undo."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.award import acts
from cirkeldesk.model.award.award import Award, award, places
from cirkeldesk.model.award.methods import is_sound
from cirkeldesk.model.comparison.certainty import DRAWS, FEWEST_DRAWS, MOST_DRAWS, SEED, Certainty, certainty
from cirkeldesk.model.comparison.comparison import compare, effective_rule
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.document.changes import bid_changes
from cirkeldesk.model.document.history import HistoryRow, Param
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.award_rules import (
    Draw,
    Judgement,
    KeptAnswer,
    Layer,
    LayerKind,
    Lock,
    Opening,
    OwnSum,
    Proven,
    QualityLock,
    RankedPlace,
    Verdict,
)
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import Status, Tender
from cirkeldesk.operations.workspace import Workspace, comparison_of, inputs_in
from cirkeldesk.store.unit import UnitOfWork

Change = Callable[[Tender, str, str], Tender]  # (tender, by, at) → tender


Params = dict[str, Param] | Callable[[Tender], dict[str, Param]]


def _act(workspace: Workspace, identity: str, step: str, params: Params, change: Change) -> HistoryRow | None:
    """One act, signed and dated, in one transaction; what it is called may come from the tender as it is by
    then.

    Raises Refused when a lock forbids it.
    """
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        called = params(tender) if callable(params) else params
        return unit.commit(
            "tender", identity, change(tender, workspace.store.author, unit.now()), step, called
        )


# --- method and ask
# ------------------------------------------------------------------------------------------------


def lock_rules(
    workspace: Workspace, identity: str, published_on: str, document: str = "", *, taken_over: bool = False
) -> None:
    """Put method and ask locked, at publication or (*Overnemen uit de stukken*) from documents that are
    out already."""

    def change(tender: Tender, by: str, at: str) -> Tender:
        status: Status = "published" if tender.status == "concept" else tender.status
        # What the page showed as the rule is what bidders are held to; a default must not vanish with the
        # first bid.
        ask = replace(tender.ask, replacement_rule=effective_rule(tender))
        return replace(
            tender, ask=ask, lock=Lock(published_on, document.strip(), by, at, taken_over), status=status
        )

    _act(
        workspace,
        identity,
        "lock_taken_over" if taken_over else "lock",
        {"document": document.strip()[:200]},
        change,
    )


def publish_nota(workspace: Workspace, identity: str, edit: Edit, document: str, reason: str) -> None:
    """Change what is locked, before the deadline, by the next nota van inlichtingen."""

    def change(tender: Tender, by: str, at: str) -> Tender:
        return acts.with_nota(
            tender, edit.apply(tender), document=document.strip(), reason=reason.strip(), by=by, at=at
        )

    _act(workspace, identity, "nota", {"document": document.strip()[:200]}, change)


def correct_entry(
    workspace: Workspace, identity: str, edit: Edit, *, document: str, page: str, reason: str, second: str
) -> None:
    """Mend a rule that was entered otherwise than published, after the deadline; with a second person."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        changed = edit.apply(tender)
        before, after = (_places(unit, one) for one in (tender, changed))
        layer = Layer(
            "entry",
            reason.strip(),
            document.strip(),
            page.strip(),
            workspace.store.author,
            unit.now(),
            (),
            before,
            after,
            second=second.strip(),
        )
        changed = acts.with_entry_correction(tender, changed, layer)
        params: dict[str, Param] = {"document": document.strip()[:200], "page": page.strip()[:40]}
        unit.commit("tender", identity, changed, "entry_correction", params)


def confirm_weights(workspace: Workspace, identity: str, document: str, person: str, source: str) -> Edit:
    """The edit that says the documents prescribe our own sum, and who read every weight of the pinned set,
    and where."""
    with workspace.unit() as unit:
        digest = unit.tender(identity).ask.weighting_set or ""
    return acts.set_award(
        "own_sum", OwnSum(document.strip(), digest, person.strip(), source.strip()), "eigen berekening"
    )


# --- quality, opening, validity
# ------------------------------------------------------------------------------------


def lock_scores(workspace: Workspace, identity: str) -> None:
    _act(
        workspace,
        identity,
        "quality_lock",
        {},
        lambda tender, by, at: replace(tender, quality_lock=QualityLock(by, at)),
    )


def open_bids(workspace: Workspace, identity: str, present: str = "") -> None:
    """Open the bids: prices are seen from here, and the bids are read-only."""

    def change(tender: Tender, by: str, at: str) -> Tender:
        status: Status = "received" if tender.status in ("concept", "published") else tender.status
        return replace(tender, opened=Opening(by, at, present.strip()), status=status)

    _act(workspace, identity, "open", {"present": present.strip()[:200]}, change)


def judge(
    workspace: Workspace,
    identity: str,
    variant_id: str,
    verdict: Verdict,
    *,
    reason: str,
    article: str,
    person: str,
) -> None:
    """A person's decision that a bid is valid or not; a later one takes its place and both stay in the
    record."""

    def change(tender: Tender, by: str, at: str) -> Tender:
        made = Judgement(variant_id, verdict, reason.strip(), article.strip(), person.strip(), by, at)
        judged = (*tender.judgements, made)
        done = tender.opened is not None and {j.variant_id for j in judged} >= {v.id for v in tender.bids}
        status: Status = "judged" if done and tender.status == "received" else tender.status
        return replace(tender, judgements=judged, status=status)

    def params(tender: Tender) -> dict[str, Param]:
        name = next((variant.name for variant in tender.bids if variant.id == variant_id), "")
        if not name:
            raise StoreError("not_found", what="inschrijving", id=variant_id)
        return {"name": name}

    _act(workspace, identity, f"judged_{verdict}", params, change)


# --- corrections
# ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Correction:
    """What is said with a change of an opened bid."""

    kind: LayerKind
    variant_id: str
    reason: str
    document: str
    page: str = ""
    dated: str = ""
    allowed: str = ""


@dataclass(frozen=True)
class Effect:
    """What a change of a locked tender would do: the ranking before and after, and other bids with the same
    gap."""

    before: tuple[RankedPlace, ...]
    after: tuple[RankedPlace, ...]
    winner_changes: bool
    alike: tuple[str, ...]


def effect_of(workspace: Workspace, identity: str, edit: Edit, variant_id: str | None) -> Effect:
    """The effect of an edit, without making it."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        changed = edit.apply(tender)
        before, after = _places(unit, tender), _places(unit, changed)
    first = [[place.variant_id for place in ranking if place.rank == 1] for ranking in (before, after)]
    alike: tuple[str, ...] = ()
    if variant_id is not None:
        paths = [change.path for change in bid_changes(tender, changed, variant_id) if not change.before]
        alike = acts.same_gaps(tender, paths, variant_id)
    return Effect(before, after, first[0] != first[1], alike)


def correct_bid(workspace: Workspace, identity: str, edit: Edit, said: Correction) -> None:
    """Lay a dated correction over an opened bid; the bid as it came is kept."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        changed = edit.apply(tender)
        layer = Layer(
            said.kind,
            said.reason.strip(),
            said.document.strip(),
            said.page.strip(),
            workspace.store.author,
            unit.now(),
            (),
            _places(unit, tender),
            _places(unit, changed),
            variant_id=said.variant_id,
            allowed=said.allowed.strip(),
            dated=said.dated.strip(),
        )
        changed = acts.with_layer(tender, changed, layer)
        name = tender.variant(said.variant_id).name
        params: dict[str, Param] = {"name": name, "document": said.document[:200]}
        unit.commit("tender", identity, changed, f"layer_{said.kind}", params)


def keep_answer(workspace: Workspace, identity: str, variant_id: str, text: str) -> None:
    """Keep what a bidder answered beside the bid, changing none of its figures."""
    if not text.strip():
        raise StoreError("answer_empty")
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        made = KeptAnswer(variant_id, text.strip(), workspace.store.author, unit.now())
        params: dict[str, Param] = {"name": tender.variant(variant_id).name, "text": text.strip()[:200]}
        unit.commit("tender", identity, replace(tender, kept=(*tender.kept, made)), "answer_kept", params)


def _places(unit: UnitOfWork, tender: Tender) -> tuple[RankedPlace, ...]:
    """The ranking as it stands; without a method, or sealed, nobody has a place."""
    found = award(compare(tender, inputs_in(unit, tender)))
    return (
        places(found.bids)
        if found is not None
        else tuple(RankedPlace(variant.id, None) for variant in tender.bids)
    )


# --- ties, proof, practice
# -----------------------------------------------------------------------------------------


def draw_lots(workspace: Workspace, identity: str, order: tuple[str, ...], person: str) -> None:
    """Record a lottery among tied bids: held outside the program, by a named person."""
    if not person.strip():
        raise StoreError("draw_person")
    _act(
        workspace,
        identity,
        "draw",
        {"person": person.strip()[:100]},
        lambda tender, by, at: replace(tender, draws=(*tender.draws, Draw(order, person.strip(), by, at))),
    )


def prove(workspace: Workspace, identity: str, variant_id: str, mki: Decimal, document: str) -> None:
    """Record the MKI a contractor proved; the promise stays as it was."""
    if not document.strip():
        raise StoreError("prove_document")
    _act(
        workspace,
        identity,
        "prove",
        {"document": document.strip()[:200]},
        lambda tender, by, at: replace(
            tender, proven=(*tender.proven, Proven(variant_id, mki, document.strip(), by, at))
        ),
    )


def practise(workspace: Workspace, identity: str) -> str:
    """Make an oefenkopie with fictitious bids. Returns its id; the tender itself is not touched."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        if tender.practice_of is not None:
            raise StoreError("practice_of_practice")
        comparison = compare(tender, inputs_in(unit, tender))
        reference = comparison.reference
        made = f"t{uuid.uuid4().hex[:12]}"
        taken = {row["number"] for row in unit.lists.tenders()}
        number = next(n for i in range(1, 10_000) if (n := f"{tender.number} OEFEN {i}") not in taken)
        copy = acts.practice_copy(
            tender,
            made,
            number,
            price=reference.price if reference is not None else None,
            mki=reference.total.value if reference is not None else None,
            by=workspace.store.author,
            at=unit.now(),
        )
        unit.commit("tender", made, copy, "practice", {"name": tender.number})
    return made


# --- what is seen
# --------------------------------------------------------------------------------------------------


def award_of(workspace: Workspace, tender: Tender) -> tuple[Comparison, Award]:
    """The comparison and its award. Raises StoreError award_no_method or award_incomplete_rules; Refused
    while sealed."""
    if tender.prices_sealed:
        with workspace.unit():
            raise LockRefusal("prices_sealed", tender.id, "award", until=tender.sealed_until or "")
    if tender.award.method is None:
        raise StoreError("award_no_method")
    if not is_sound(tender.award):
        raise StoreError("award_incomplete_rules")
    comparison, _ = comparison_of(workspace, tender)
    found = award(comparison)
    assert found is not None
    return comparison, found


def certainty_of(workspace: Workspace, tender: Tender, *, draws: int = DRAWS, seed: int = SEED) -> Certainty:
    """How sure the order of the designs is. Raises StoreError certainty_too_few or certainty_draws."""
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS or seed < 0:
        raise StoreError("certainty_draws", fewest=FEWEST_DRAWS, most=MOST_DRAWS)
    comparison, inputs = comparison_of(workspace, tender)
    found = certainty(comparison, inputs, draws=draws, seed=seed)
    if found is None:
        raise StoreError("certainty_too_few")
    return found
