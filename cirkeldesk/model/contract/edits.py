"""Edits of a contract: pure functions Contract → Contract, with the name of the step they are.

What was recorded only grows: a wrong delivery is corrected by a dated one that replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cirkeldesk.model.contract.contract import (
    CallOff,
    Contract,
    ContractTerms,
    Delivery,
    Ended,
    EvidenceDue,
    Exercised,
    Framework,
    JointShare,
    Letter,
    MixChange,
)
from cirkeldesk.model.product.product import Product


@dataclass(frozen=True)
class ContractEdit:
    """A change with its step key and the parameters of the step's name."""

    step: str
    params: dict[str, str | int]
    apply: Callable[[Contract], Contract]


def next_ids(contract: Contract, count: int) -> list[str]:
    """Free ids for new deliveries, `d1`, `d2` …: a delivery is never taken away, so that none comes back."""
    first = len(contract.deliveries) + 1
    return [f"d{number}" for number in range(first, first + count)]


def add_deliveries(new: Iterable[Delivery], products: Iterable[Product], name: str) -> ContractEdit:
    """Record deliveries, with the products among them that no library has. `name` is the file or the post
    they came from."""
    found, own = tuple(new), tuple(products)

    def change(contract: Contract) -> Contract:
        known = {product.id for product in own}
        kept = tuple(product for product in contract.products if product.id not in known)
        return replace(contract, deliveries=(*contract.deliveries, *found), products=(*kept, *own))

    return ContractEdit("deliver", {"name": name, "count": len(found)}, change)


def decide(identity: str, *, accepted: bool, by: str, on: str, why: str) -> ContractEdit:
    """A person accepts a delivery, or not."""

    def change(contract: Contract) -> Contract:
        renewed = replace(
            contract.delivery(identity), accepted=accepted, accepted_by=by, accepted_on=on, why=why
        )
        deliveries = tuple(renewed if one.id == identity else one for one in contract.deliveries)
        return replace(contract, deliveries=deliveries)

    return ContractEdit("delivery_accepted" if accepted else "delivery_refused", {"name": identity}, change)


def set_terms(terms: ContractTerms) -> ContractEdit:
    return ContractEdit(
        "contract_terms", {"document": terms.document}, lambda found: replace(found, terms=terms)
    )


def set_due(due: EvidenceDue) -> ContractEdit:
    def change(contract: Contract) -> Contract:
        others = tuple(one for one in contract.due if one.promise != due.promise)
        return replace(contract, due=(*others, due) if due.due else others)

    return ContractEdit("contract_due", {"name": due.promise}, change)


def set_shares(shares: tuple[JointShare, ...]) -> ContractEdit:
    return ContractEdit(
        "contract_shares", {"count": len(shares)}, lambda found: replace(found, shares=shares)
    )


def change_mix(new: MixChange) -> ContractEdit:
    return ContractEdit(
        "contract_mix", {"name": new.post}, lambda found: replace(found, changes=(*found.changes, new))
    )


def set_framework(framework: Framework | None) -> ContractEdit:
    return ContractEdit("contract_framework", {}, lambda found: replace(found, framework=framework))


def call_off(new: CallOff) -> ContractEdit:
    return ContractEdit(
        "contract_call_off",
        {"name": new.organisation},
        lambda found: replace(found, call_offs=(*found.call_offs, new)),
    )


def exercise(new: Exercised) -> ContractEdit:
    return ContractEdit(
        "contract_option",
        {"name": new.post},
        lambda found: replace(found, exercised=(*found.exercised, new)),
    )


def end(new: Ended) -> ContractEdit:
    return ContractEdit("contract_ended", {"name": new.reason}, lambda found: replace(found, ended=new))


def replace_by(successor: str) -> ContractEdit:
    """Lots merged or withdrawn: another tender (its id) takes the place of this one, and counts alone."""
    return ContractEdit(
        "contract_replaced", {"name": successor}, lambda found: replace(found, replaced_by=successor or None)
    )


def send(new: Letter) -> ContractEdit:
    return ContractEdit(
        "contract_letter", {"name": new.step}, lambda found: replace(found, letters=(*found.letters, new))
    )
