"""`contract --json`: promises, deliveries, proof and consequence as data; money as text, unknown as null."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

from cirkeldesk.model.contract.contract import Delivery
from cirkeldesk.model.fulfilment.promises import Promise, edition
from cirkeldesk.model.fulfilment.proof import PostProof, Proof
from cirkeldesk.model.monitor.ranges import Masses, Range
from cirkeldesk.operations.contract.contracts import ContractTold, OrderTold
from cirkeldesk.operations.contract.evidence import evidence_of
from cirkeldesk.wording import sentences
from cirkeldesk.wording.contract import words

Plain = dict[str, Any]
COMPOSITION = (
    ("primary_abiotic_t", "primary_abiotic"),
    ("secondary_t", "secondary"),
    ("reused_t", "reused"),
    ("biobased_t", "primary_biobased"),
)


def contract_json(told: ContractTold) -> Plain:
    """A contract as data."""
    contract, tender = told.contract, told.tender
    winner = tender.variant(contract.winner)
    standing = {one.id for one in contract.standing}
    return {
        "tender": tender.number,
        "winner": winner.bidder or winner.name,
        "winner_id": winner.id,
        "awarded_on": contract.awarded_on,
        "organisation": contract.organisation,
        "kept": told.is_kept,
        "edition": edition(contract),
        "promises": [_promise(told, one) for one in told.promises],
        "deliveries": [_delivery(told, one, standing) for one in contract.deliveries],
        "proven": {
            "at_bid": _proven(told.whole.proof, told.whole.proof.at_bid, real=False),
            "at_real": _proven(told.whole.proof, told.whole.proof.at_real, real=True),
        },
        "posts": [_post(one) for one in told.whole.proof.posts],
        "consequence": _consequence(told, told.whole),
        "orders": [
            {
                "key": one.proof.order.key,
                "organisation": one.proof.order.organisation,
                "on": one.proof.order.on,
                "promised": one.proof.promised,
                "proven": {"at_bid": one.proof.at_bid, "at_real": one.proof.at_real},
                "consequence": _consequence(told, one),
            }
            for one in told.orders
        ],
        "passports": _evidence(told),
        "states": [{"key": one.key, "text": sentences.sentence(one)} for one in told.open],
    }


def _evidence(told: ContractTold) -> Plain:
    found = evidence_of(told)
    return {
        "count": found.count,
        "delivered_t": found.delivered_t,
        "covered_t": found.covered_t,
        "posts": [
            {
                "post": one.post,
                "count": one.count,
                "without_mass": one.without_mass,
                "delivered_t": one.delivered_t,
                "passport_t": one.passport_t,
                "covered_t": one.covered_t,
            }
            for one in found.posts
        ],
        "findings": [{"key": one.key, "text": sentences.sentence(one)} for one in found.findings],
    }


def _promise(told: ContractTold, one: Promise) -> Plain:
    weights = told.tender.ask
    is_mki = one.indicator in ("mki", "mki_rate")
    return {
        "id": one.id,
        "indicator": one.indicator,
        "post": one.post,
        "value": one.value,
        "unit": one.unit,
        "basis": one.basis or None,
        "text": one.text or None,
        "set": weights.set_code if is_mki else None,
        "edition": told.edition_of_set if is_mki else None,
        "rules": weights.rules if is_mki else None,
        "source": words.source(one, told.tender),
        "due": one.due,
        "verifier": one.verifier or None,
    }


def _delivery(told: ContractTold, one: Delivery, standing: AbstractSet[str]) -> Plain:
    return {
        "id": one.id,
        "date": one.date,
        "post": one.post,
        "quantity": one.quantity,
        "unit": one.unit,
        "product": told.product_name(one),
        "mki": one.mki,
        "evidence": one.evidence,
        "accepted": one.accepted,
        "accepted_by": one.accepted_by or None,
        "of": one.of,
        "replaces": one.replaces,
        "faulty": one.faulty,
        "call_off": one.call_off,
        "counts": one.id in standing and one.accepted is True,
    }


def _proven(found: Proof, mki: float | None, *, real: bool) -> Plain:
    masses = found.masses if real else found.masses_at_bid
    return {"mki": mki, "composition": composition(masses) if masses is not None else None}


def composition(masses: Masses) -> Plain:
    """Tons by origin as ranges."""
    return {
        "mass_t": masses.whole,
        **{name: span(getattr(masses, origin)) for name, origin in COMPOSITION},
    }


def span(found: Range | None) -> Plain | None:
    return {"low": found.low, "high": found.high} if found is not None else None


def _post(one: PostProof) -> Plain:
    return {
        "post": one.post,
        "state": one.state,
        "promised": one.promised,
        "at_bid": one.at_bid,
        "at_real": one.at_real,
        "delivered_share": one.part,
        "why": sentences.sentence(one.why) if one.why is not None else None,
    }


def _consequence(told: ContractTold, one: OrderTold) -> Plain | None:
    """None where nothing was proven yet; `amount` null with `why` where there is no published rule."""
    found = one.consequence
    if found.proven is None:
        return None
    return {
        "promised": str(found.promised),
        "proven": str(found.proven),
        "advantage": _text(found.advantage),
        "amount": _text(found.amount),
        "sum": words.consequence_sum(told.tender, told.contract.terms, found),
        "capped": found.capped,
        "complete": found.complete,
    }


def _text(value: Decimal | None) -> str | None:
    return str(value) if value is not None else None
