"""The passports of a work beside what was promised and accepted of it."""

from __future__ import annotations

from cirkeldesk.model.passport.checks import PromisedLayer
from cirkeldesk.model.passport.evidence import PassportEvidence, evidence
from cirkeldesk.model.tender.tender import Post
from cirkeldesk.operations.contract.contracts import ContractTold


def promised_layers(told: ContractTold) -> dict[str, PromisedLayer]:
    """What was promised and accepted of each post that is laid."""
    found = {}
    for post in told.tender.posts:
        if post.kind == "released":
            continue
        product, result = told.grounds.products.get(post.id), told.grounds.promised.post(post.id)
        came = [one for one in told.grounds.deliveries if one.is_used and one.delivery.post == post.id]
        tons = sum(one.masses.whole for one in came if one.masses is not None)
        found[post.id] = PromisedLayer(
            post.id,
            post.name,
            _mix(post),
            product.composition.reclaimed if product is not None else None,
            result.rate if told.tender.ask.mki_per == "ton" else None,
            told.tender.ask.set_code,
            tons if came else None,
        )
    return found


def _mix(post: Post) -> str:
    """The mix as it was asked; a product's name is no code of a mix."""
    return " ".join(text for _, text in post.details if text)


def evidence_of(told: ContractTold) -> PassportEvidence:
    return evidence(told.passports, promised_layers(told))
