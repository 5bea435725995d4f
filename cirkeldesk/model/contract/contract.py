"""A contract from an awarded lot: which version was awarded to whom, and what was delivered since.

What was promised is not kept here: it is worked out of the awarded version, which never changes. Source:
CHAIN 3; DOMAIN 7 (after the award).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.tender import ProductRef

DeliveryUnit = Literal["ton", "m2", "m3", "m", "piece"]
DELIVERY_UNITS: tuple[DeliveryUnit, ...] = get_args(DeliveryUnit)
LetterStep = Literal["evidence", "default", "view", "decision"]  # in the order in which they are sent


@dataclass(frozen=True)
class JointShare:
    """The agreed share of one organisation in a joint tender, 0..1."""

    organisation: str
    share: float


@dataclass(frozen=True)
class ContractTerms:
    """What the documents say of a promise that is not kept. Without document and page there is no amount.

    `factor` × the advantage that was enjoyed is the penalty, at most `cap` (€); `cure_days` is the reasonable
    term to mend it; `bonus_factor` × what was proven better is the bonus, at most `bonus_cap` (€).
    """

    document: str = ""
    page: str = ""
    factor: Decimal | None = None
    cap: Decimal | None = None
    cure_days: int | None = None
    bonus_factor: Decimal | None = None
    bonus_cap: Decimal | None = None

    @property
    def is_published(self) -> bool:
        return bool(self.document.strip() and self.page.strip())


@dataclass(frozen=True)
class EvidenceDue:
    """When the evidence of a promise is due (ISO), and who verifies it."""

    promise: str
    due: str
    verifier: str = ""


@dataclass(frozen=True)
class Delivery:
    """What was delivered of a post until a day (ISO), with its evidence.

    `quantity` in `unit`; a negative one is a return and cites the delivery it is of. `product` is the pinned
    product that was delivered, `mki` the rate its declaration gives, per what the ask says an MKI is per;
    None of both: nothing was declared. `set_code` and `rules` are stated where the declaration has others
    than promised. `accepted` is a person's decision, None while nobody took it. `replaces` is the id of the
    delivery this one corrects: that stays readable and counts no more. `faulty` work was removed: it proves
    nothing, and its mass was used all the same.
    """

    id: str
    date: str
    post: str
    quantity: float
    unit: DeliveryUnit = "ton"
    product: ProductRef | None = None
    mki: float | None = None
    set_code: SetCode | None = None
    rules: str | None = None
    evidence: str = ""
    accepted: bool | None = None
    accepted_by: str = ""
    accepted_on: str = ""
    why: str = ""
    of: str | None = None
    replaces: str | None = None
    faulty: bool = False
    call_off: str | None = None
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class MixChange:
    """Another product for a post than was offered, accepted by a person: a dated edition of the promise.

    `ground` is why it may, `equal` where its equal function is shown. `mki` as in a delivery.
    """

    post: str
    on: str
    ground: str
    equal: str
    by: str
    product: ProductRef | None = None
    mki: float | None = None


@dataclass(frozen=True)
class OrderedQuantity:
    post: str
    quantity: float
    unit: DeliveryUnit = "ton"


@dataclass(frozen=True)
class CallOff:
    """What one participant ordered under a framework; it counts wholly at who ordered it."""

    id: str
    organisation: str
    on: str
    quantities: tuple[OrderedQuantity, ...]
    value: Decimal | None = None


@dataclass(frozen=True)
class Framework:
    """Who may order under it, and the largest value (€) it may reach (C-216/17, C-23/20)."""

    participants: tuple[str, ...] = ()
    most: Decimal | None = None


@dataclass(frozen=True)
class Exercised:
    """An option post that was exercised on a day: it counts from then on, in that year."""

    post: str
    on: str
    by: str = ""


@dataclass(frozen=True)
class Ended:
    """The contract ended before all was delivered; `successor` is the tender that takes over, if any."""

    on: str
    reason: str
    successor: str | None = None
    by: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to the contractor about a promise, and the day it was sent."""

    step: LetterStep
    on: str
    text: str
    by: str = ""


@dataclass(frozen=True)
class Contract:
    """One awarded lot. `id` is that of its tender; `basis` the content hash of the version that was awarded
    and `winner` the bid in it. `awarded_on` (ISO) says in which year it counts.

    `organisation` is whose contract it is; `shares` divide a joint one. `deliveries`, `changes` and `letters`
    only grow. `products` are those that were delivered and stand in no library.
    """

    id: str
    basis: str
    winner: str
    awarded_on: str
    organisation: str = ""
    shares: tuple[JointShare, ...] = ()
    terms: ContractTerms = ContractTerms()
    due: tuple[EvidenceDue, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    changes: tuple[MixChange, ...] = ()
    framework: Framework | None = None
    call_offs: tuple[CallOff, ...] = ()
    exercised: tuple[Exercised, ...] = ()
    ended: Ended | None = None
    letters: tuple[Letter, ...] = ()
    products: tuple[Product, ...] = ()
    replaced_by: str | None = None
    fictitious: bool = False

    def delivery(self, identity: str) -> Delivery:
        return with_id(self.deliveries, identity)

    @property
    def superseded(self) -> frozenset[str]:
        """Ids of deliveries whose place a later one took.

        What a person accepted gives way only to a correction that a person accepted too; a refused correction
        takes nothing away.
        """
        by_id = {one.id: one for one in self.deliveries}
        found = set()
        for one in self.deliveries:
            if one.accepted is False:
                continue
            found |= {
                before.id
                for before in _corrected(one, by_id)
                if one.accepted is True or before.accepted is not True
            }
        return frozenset(found)

    @property
    def standing(self) -> tuple[Delivery, ...]:
        """The deliveries whose place no later one took."""
        superseded = self.superseded
        return tuple(one for one in self.deliveries if one.id not in superseded)

    def cited(self) -> dict[str, Delivery]:
        """By the id of each return the delivery it is of, as that was corrected since."""
        by_id = {one.id: one for one in self.deliveries}
        now = {
            before.id: one
            for one in self.standing
            if one.accepted is not False
            for before in _corrected(one, by_id)
        }
        returns = [(one.id, one.of) for one in self.deliveries if one.of is not None]
        return {identity: now.get(of, by_id[of]) for identity, of in returns if of in by_id}

    @property
    def pins(self) -> tuple[str, ...]:
        """Content hashes of the versions this contract names, each once."""
        named = [self.basis]
        given = [one.product for one in self.deliveries] + [one.product for one in self.changes]
        named += [product.hash for product in given if product is not None and product.hash is not None]
        return tuple(dict.fromkeys(named))

    def share_of(self, organisation: str) -> float:
        """The part of the lot that counts at an organisation; all of it for "" (everybody together)."""
        if not organisation:
            return 1.0
        if not self.shares:
            return 1.0 if same_name(self.organisation, organisation) else 0.0
        return sum(one.share for one in self.shares if same_name(one.organisation, organisation))


def _corrected(one: Delivery, by_id: Mapping[str, Delivery]) -> Iterator[Delivery]:
    """What a delivery corrects, and what that corrected before it."""
    at: Delivery | None = one
    while at is not None and at.replaces is not None:
        at = by_id.get(at.replaces)
        if at is not None:
            yield at


def same_name(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
