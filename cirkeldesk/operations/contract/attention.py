"""What the contracts of a file ask attention for, as lines of *Vandaag*."""

from __future__ import annotations

from collections.abc import Iterator

from cirkeldesk.model.calendar.today import Due
from cirkeldesk.model.contract.attention import asks
from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.contract.contracts import basis_of, contracts
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork


def contracts_due(workspace: Workspace, day: str) -> list[Due]:
    """Every line on a day (ISO), in no order."""
    found: list[Due] = []
    with workspace.unit() as unit:
        for contract in contracts(unit).values():
            if contract.fictitious:
                continue
            tender = basis_of(unit, contract)
            name = " ".join(filter(None, [tender.number, tender.title]))
            products = list(_products(unit, contract, tender))
            found += [
                Due(one.day, one.kind, name, contract.id, one.detail) for one in asks(contract, products, day)
            ]
    return found


def _products(unit: UnitOfWork, contract: Contract, tender: Tender) -> Iterator[Product]:
    """What the winner offered and what came, as it was pinned."""
    named = [answer.product for answer in tender.variant(contract.winner).answers]
    named += [one.product for one in contract.standing]
    own = {**tender.own_products, **{one.id: one for one in contract.products}}
    for ref in named:
        if ref is None:
            continue
        value = unit.document(ref.hash) if ref.hash is not None else own.get(ref.id)
        if isinstance(value, Product):
            yield value
