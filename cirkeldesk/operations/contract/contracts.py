"""The contract of an awarded lot: made, read with all that is worked out of it, and edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.contract.contract import Contract, Delivery
from cirkeldesk.model.contract.edits import ContractEdit
from cirkeldesk.model.contract.soundness import check_contract
from cirkeldesk.model.document.history import HistoryRow
from cirkeldesk.model.fulfilment.consequence import Consequence, consequence
from cirkeldesk.model.fulfilment.orders import orders, outside, whole
from cirkeldesk.model.fulfilment.promises import Promise, promises
from cirkeldesk.model.fulfilment.proof import Grounds, Proof, grounds, proof
from cirkeldesk.model.messages import Message
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.workspace import Workspace, inputs_of, pinned_by
from cirkeldesk.store.unit import UnitOfWork

MUCH_MORE = 1.05  # of the bid quantity: then a delivery may stand there twice


@dataclass(frozen=True)
class OrderTold:
    """An order (the work, an option, a call-off) with its proof and what follows from it."""

    proof: Proof
    consequence: Consequence


@dataclass(frozen=True)
class ContractTold:
    """A contract with all that is worked out of it. `is_kept` is False while nobody awarded: then it is what
    the contract would be. `whole` is at the level of the published promise; `orders` count by themselves."""

    contract: Contract
    tender: Tender
    group: ProductGroup
    grounds: Grounds
    inputs: Inputs
    promises: tuple[Promise, ...]
    whole: OrderTold
    orders: tuple[OrderTold, ...]
    open: tuple[Message, ...]
    is_kept: bool
    passports: tuple[Passport, ...] = ()

    @property
    def edition_of_set(self) -> str | None:
        """The edition of the weighting set that was promised in."""
        found = self.inputs.weighting_sets.get(self.tender.ask.weighting_set or "")
        return found.edition if found is not None else None

    def product_name(self, delivery: Delivery) -> str | None:
        """What was delivered, by name; the product that was offered where none is named."""
        ref = delivery.product
        if ref is None:
            offered = self.grounds.products.get(delivery.post)
            return offered.name if offered is not None else None
        own = {one.id: one for one in (*self.tender.products, *self.contract.products)}
        found = self.inputs.products.get(ref.hash) if ref.hash is not None else own.get(ref.id)
        return found.name if found is not None else None


def passports_of(unit: UnitOfWork, tender: str) -> tuple[Passport, ...]:
    """The passports that are kept of a work."""
    found = []
    for row in unit.lists.listed("passport"):
        if row["tender"] == tender:
            value = unit.document(unit.head("passport", str(row["id"])) or "")
            assert isinstance(value, Passport)
            found.append(value)
    return tuple(found)


def kept_contract(unit: UnitOfWork, identity: str) -> Contract | None:
    digest = unit.head("contract", identity)
    value = unit.document(digest) if digest is not None else None
    assert value is None or isinstance(value, Contract)
    return value


def basis_of(unit: UnitOfWork, contract: Contract) -> Tender:
    """The version that was awarded."""
    value = unit.document(contract.basis)
    assert isinstance(value, Tender)
    return value


def inputs_of_contract(unit: UnitOfWork, contract: Contract, tender: Tender) -> Inputs:
    """What the awarded version pins, and what was delivered."""
    pinned = pinned_by(unit, tender)
    pinned |= {digest: unit.document(digest) for digest in contract.pins if digest != contract.basis}
    return inputs_of(pinned)


def winner_of(tender: Tender, comparison: Comparison) -> str | None:
    """Who won: by the published method; where people said it was awarded without one, the only bid there
    is."""
    found = award(comparison)
    if found is not None and found.winner is not None:
        return found.winner
    if tender.status != "awarded":
        return None
    first = [bid.id for bid in found.bids if bid.rank == 1] if found is not None else []
    bids = [bid.id for bid in tender.bids if bid.id not in tender.invalid_bids]
    candidates = first or bids
    return candidates[0] if len(candidates) == 1 else None


def proposed_contract(
    unit: UnitOfWork, tender: Tender, winner: str | None = None, on: str | None = None
) -> Contract:
    """What the contract of a tender would be now. Raises StoreError contract_no_winner or
    contract_practice."""
    if tender.practice_of is not None:
        raise StoreError("contract_practice")
    if winner is None:
        winner = winner_of(tender, compare(tender, inputs_of(pinned_by(unit, tender))))
    if winner is None or winner not in {bid.id for bid in tender.bids}:
        raise StoreError("contract_no_winner", number=tender.number)
    sent = tender.letters[-1].sent_on if tender.letters else None
    return Contract(
        tender.id,
        unit.head("tender", tender.id) or "",
        winner,
        on or sent or datetime.fromisoformat(unit.now()).astimezone().date().isoformat(),
        organisation=file_settings_in(unit).organisation,
        fictitious=tender.fictitious,
    )


def contract_of(workspace: Workspace, identity: str) -> ContractTold:
    """The contract of a tender, kept or as it would be. Raises StoreError."""
    with workspace.unit() as unit:
        return contract_in(unit, identity)


def contract_in(unit: UnitOfWork, identity: str) -> ContractTold:
    kept = kept_contract(unit, identity)
    contract = kept or proposed_contract(unit, unit.tender(identity))
    tender = basis_of(unit, contract)
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    day = datetime.fromisoformat(unit.now()).astimezone().date().isoformat()
    inputs = inputs_of_contract(unit, contract, tender)
    made = told(contract, tender, group, inputs, day, is_kept=kept is not None)
    return replace(made, passports=passports_of(unit, tender.id)) if kept is not None else made


def told(
    contract: Contract, tender: Tender, group: ProductGroup, inputs: Inputs, day: str, *, is_kept: bool
) -> ContractTold:
    """All that is worked out of a contract, on a day (ISO)."""
    found = grounds(contract, tender, inputs)
    listed = promises(found, tender.ask.mki_decimals)
    proofs = [proof(found, order) for order in orders(contract, tender, found.bid)]
    made = proof(found, whole(tender))
    return ContractTold(
        contract,
        tender,
        group,
        found,
        inputs,
        listed,
        OrderTold(made, consequence(tender, contract.terms, made)),
        tuple(OrderTold(one, consequence(tender, contract.terms, one)) for one in proofs),
        tuple(_open(contract, found, listed, made, day)),
        is_kept,
    )


def _open(
    contract: Contract, found: Grounds, listed: tuple[Promise, ...], made: Proof, day: str
) -> Iterator[Message]:
    """What somebody still has to do about a contract."""
    for one in listed:
        if one.due is not None and one.due < day and any(post.state != "proven" for post in made.posts):
            yield Message.of("contract_evidence_late", date=one.due)
    waiting = [one for one in contract.standing if one.accepted is None]
    if waiting:
        yield Message.of("contract_to_accept", count=len(waiting))
    for post in made.posts:
        if post.part > MUCH_MORE:
            yield Message.of("delivery_more", post=found.tender.post(post.post).name)
        if post.why is not None:
            yield post.why
    yield from made.findings
    yield from outside(contract, found.tender)
    if contract.changes:
        yield Message.of("contract_changed", count=len(contract.changes))
    yield from _as_a_whole(contract)
    if made.delivered and not contract.terms.is_published:
        yield Message("contract_no_terms")


def _as_a_whole(contract: Contract) -> Iterator[Message]:
    """What is said of a contract as a whole: another took its place, or its framework fills up.

    80 % of the largest value is a warning, 100 % a stop-sign (C-216/17, C-23/20)."""
    if contract.replaced_by is not None:
        yield Message("contract_replaced")
    if contract.framework is None or contract.framework.most is None:
        return
    called = sum(one.value for one in contract.call_offs if one.value is not None)
    if called >= contract.framework.most:
        yield Message.of("framework_full", amount=str(called), most=str(contract.framework.most))
    elif called * 5 >= contract.framework.most * 4:
        yield Message.of("framework_nearly", amount=str(called), most=str(contract.framework.most))


# --- acts
# -----------------------------------------------------------------------------------------------------


def award_lot(
    workspace: Workspace, identity: str, on: str | None = None, winner: str | None = None
) -> HistoryRow | None:
    """Record that a lot was awarded: its contract begins, and undo of the tender stops. None where it has
    one. Raises StoreError contract_no_winner."""
    with workspace.unit() as unit:
        return _award(unit, unit.tender(identity), on, winner)


def _award(
    unit: UnitOfWork, tender: Tender, on: str | None = None, winner: str | None = None
) -> HistoryRow | None:
    if kept_contract(unit, tender.id) is not None:
        return None
    made = proposed_contract(unit, tender, winner, on)
    check_kept(unit, made)
    row = unit.commit("contract", tender.id, made, "contract_new", {"name": tender.number}, barrier=True)
    if tender.status != "awarded":
        changed = replace(tender, status="awarded")
        unit.commit("tender", tender.id, changed, "contract_new", {"name": tender.number})
    return row


def edit_contract(workspace: Workspace, identity: str, edit: ContractEdit) -> HistoryRow | None:
    """One edit as one step; the contract begins where there was none. None when it changes nothing."""
    with workspace.unit() as unit:
        return edit_in(unit, identity, edit)


def edit_in(unit: UnitOfWork, identity: str, edit: ContractEdit) -> HistoryRow | None:
    _award(unit, unit.tender(identity))
    before = kept_contract(unit, identity)
    assert before is not None
    changed = edit.apply(before)
    if changed == before:
        return None
    check_kept(unit, changed)
    return unit.commit("contract", identity, changed, edit.step, edit.params)


def check_kept(unit: UnitOfWork, contract: Contract) -> None:
    """Refuse a contract that could not be computed, before it is stored. Raises DocumentError with the
    place."""
    tender = basis_of(unit, contract)
    check_contract(contract, tender)
    own = {one.id for one in (*tender.products, *contract.products)}
    given = [one.product for one in contract.deliveries] + [one.product for one in contract.changes]
    for ref in {ref for ref in given if ref is not None}:
        if ref.hash is None and ref.id not in own:
            raise DocumentError("bad_reference", "product", field=f"product {ref.id[:40]}")
        if ref.hash is not None and not _is_product(unit, ref.hash):
            raise DocumentError("bad_reference", "product", field=f"product {ref.id[:40]}")
    if contract.ended is not None and contract.ended.successor is not None:
        _check_successor(unit, contract, contract.ended.successor, "ended.successor")
    if contract.replaced_by is not None:
        _check_successor(unit, contract, contract.replaced_by, "replaced_by")


def _check_successor(unit: UnitOfWork, contract: Contract, successor: str, place: str) -> None:
    """Another tender that is there, and that is not itself replaced by this one: somebody has to count."""
    seen, at = {contract.id}, successor
    while True:
        if at in seen or unit.head("tender", at) is None:
            raise DocumentError("bad_reference", place, field=f"opdracht {at[:40]}")
        seen.add(at)
        kept = kept_contract(unit, at)
        if kept is None or kept.replaced_by is None:
            return
        at = kept.replaced_by


def _is_product(unit: UnitOfWork, digest: str) -> bool:
    try:
        return isinstance(unit.document(digest), Product)
    except StoreError:
        return False


def contracts(unit: UnitOfWork) -> dict[str, Contract]:
    """Every contract of a tender that is there, by the id of that tender."""
    found = {}
    tenders = unit.documents.heads("tender")
    for identity, digest in unit.documents.heads("contract").items():
        if identity not in tenders:
            continue
        value = unit.document(digest)
        assert isinstance(value, Contract)
        found[identity] = value
    return found


# --- what can be chosen
# -----------------------------------------------------------------------------------------------------


def today(workspace: Workspace) -> str:
    """The day in the office's time, ISO."""
    with workspace.unit() as unit:
        return datetime.fromisoformat(unit.now()).astimezone().date().isoformat()


def to_award(workspace: Workspace) -> list[tuple[str, str]]:
    """(id, "2027-014 Title") of tenders of which the winner is certain and that have no contract."""
    found = []
    with workspace.unit() as unit:
        kept = contracts(unit)
        for row in unit.lists.tenders():
            if row["id"] in kept or row["status"] not in ("received", "judged", "advised", "awarded"):
                continue
            tender = unit.tender(str(row["id"]))
            if tender.practice_of is not None or tender.prices_sealed:
                continue
            if winner_of(tender, compare(tender, inputs_of(pinned_by(unit, tender)))) is not None:
                found.append((tender.id, f"{tender.number} {tender.title}".strip()))
    return found
