"""Small contracts for tests: posts in tons under a set with one weight of 1, so that sums can be done by
hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from cirkeldesk.model.contract.contract import Contract, Delivery
from cirkeldesk.model.fulfilment.orders import whole
from cirkeldesk.model.fulfilment.proof import Grounds, Proof, grounds, proof
from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.award_rules import AwardRules
from tests.build import Case, post


def mix(identity: str, primary: float, secondary: float = 0.0, **more: Any) -> Product:
    """A product with a share of primary and of secondary material; the rest is unknown."""
    parts = [Constituent("steenslag", primary, "primary_abiotic")]
    parts += [Constituent("PR", secondary, "secondary")] if secondary else []
    return Product(
        identity,
        f"mengsel {identity}",
        declared_unit="ton",
        declared_amount=1.0,
        composition=Composition(tuple(parts)),
        **more,
    )


def bid_of(*rates: float, tons: float = 1000.0, **ask: Any) -> Case:
    """A tender with as many posts as rates (€ MKI per ton), each of `tons`; the winner is v1."""
    posts = tuple(post(f"p{place}", tons, life="work") for place in range(1, len(rates) + 1))
    asked = {"replacement_rule": "none", "includes_replacement": "yes", **ask}
    case = Case(posts=posts, **asked)
    answers = [case.answer(rate, f"p{place}") for place, rate in enumerate(rates, 1)]
    case.add("bid", *answers, price=Decimal("100000.00"))
    return case


def delivered(identity: str, tons: float, mki: float | None, **more: Any) -> Delivery:
    more = {"post": "p1", "date": "2027-05-01", "accepted": True, "evidence": "weegbon", **more}
    return Delivery(identity, quantity=tons, mki=mki, **more)


def contract(*deliveries: Delivery, **more: Any) -> Contract:
    more = {"basis": "b", "winner": "v1", "awarded_on": "2027-01-15", **more}
    return Contract("t", deliveries=deliveries, **more)


def found(case: Case, made: Contract) -> Grounds:
    return grounds(made, case.tender, case.inputs)


def proven(case: Case, *deliveries: Delivery, **more: Any) -> Proof:
    """The proof of all posts, at the level of the published promise."""
    return proof(found(case, contract(*deliveries, **more)), whole(case.tender))


def with_rules(case: Case, **rules: Any) -> Case:
    case.tender = replace(case.tender, award=AwardRules(**rules))
    return case
