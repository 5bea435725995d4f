"""A tender: its ask, its posts, and the variants that answer them. One frozen value; an edit makes a new
one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.declaration import Category
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.product.units import Per
from cirkeldesk.model.reference.criteria import Considered, Criterion
from cirkeldesk.model.tender.ask import Ask, YesNoUnknown
from cirkeldesk.model.tender.award_rules import (
    OUT,
    AwardRules,
    Draw,
    Judgement,
    KeptAnswer,
    Layer,
    Lock,
    Nota,
    Opening,
    Proven,
    QualityLock,
    Score,
    Spread,
    Verdict,
    YearCost,
)
from cirkeldesk.model.tender.publication import FinalFile, MadeLetters, Publication, Version

PostKind = Literal[
    "post", "provisional", "option", "tail", "released"
]  # post, stelpost, optie, staartpost, vrijkomend
Role = Literal["reference", "alternative", "bid", "variant_bid"]
Status = Literal["concept", "published", "received", "judged", "advised", "awarded", "stopped"]
Life = float | Literal["work"]
BIDS: frozenset[Role] = frozenset({"bid", "variant_bid"})
TAR_LIMIT = 75.0  # mg PAK10 per kg: above it asphalt is tar-bearing and gets no reuse credit


@dataclass(frozen=True)
class Post:
    """A row of the tender with its shared quantity. `values` are the typed properties of the product group.

    `life` is the service life asked (years, or "work": as long as the work). `amount` is the authority's sum
    of a provisional post. `tar` in mg PAK10 per kg, for released asphalt. `mki_per` is what an MKI of this
    post is per where that differs from the ask. `details` are what the post asks beside quantities, by the
    fields of the product group.
    """

    id: str
    name: str
    kind: PostKind = "post"
    route: str | None = None
    values: tuple[tuple[str, float], ...] = ()
    life: Life | None = None
    amount: Decimal | None = None
    tar: float | None = None
    in_price: bool = True
    in_mki: bool = True
    mki_per: Per | None = None
    details: tuple[tuple[str, str], ...] = ()
    bill_code: str | None = None  # the line of the bill (bestek) that the post is

    def value(self, code: str) -> float | None:
        return dict(self.values).get(code)


@dataclass(frozen=True)
class ProductRef:
    """A pinned version of a library product (`hash`), or a product of this tender alone (`local` id)."""

    id: str
    hash: str | None = None

    @property
    def is_local(self) -> bool:
        return self.hash is None


@dataclass(frozen=True)
class OfferedMki:
    """An MKI as given: one total, or a value per module. What it is per stands in the basis."""

    total: float | None = None
    modules: tuple[tuple[str, float], ...] = ()

    @property
    def is_split(self) -> bool:
        return bool(self.modules)


@dataclass(frozen=True)
class Answer:
    """How a variant answers one post. `lapses` (vervalt) is a known nothing; an absent MKI is unknown."""

    post_id: str
    product: ProductRef | None = None
    mki: OfferedMki | None = None
    life: Life | None = None
    values: tuple[tuple[str, float], ...] = ()
    price: Decimal | None = None
    lapses: bool = False
    reuse: bool = False
    unit_price: Decimal | None = None


@dataclass(frozen=True)
class DeclaredBasis:
    """Where a variant's declared MKI departs from the ask; None everywhere is "zoals gevraagd"."""

    weighting_set: Literal["A1", "A2", "unknown"] | None = None
    modules: tuple[str, ...] | None = None  # () = the bidder does not say
    per: Per | None = None
    includes_uplift: bool | None = None
    includes_replacement: YesNoUnknown | None = None
    without_d: bool | None = None  # where D is asked and does not count: whether it was left out of a total
    category: Category | None = None
    rules: str | None = None


@dataclass(frozen=True)
class Evidence:
    """Onderbouwing: where a bidder's figures come from, once for all posts of the bid.

    `method` is the version of the characterisation method behind set A2 ("EF 3.1"). `equivalent` says where
    it is proven that a figure by other rules than asked, recalculated or not, is equivalent to them;
    `equivalent_accepted` is what a person judged of that proof, None while nobody did.
    """

    source: str | None = None
    number: str | None = None
    verifier: str | None = None
    valid_until: str | None = None
    category: Category | None = None
    rules: str | None = None
    tool: str | None = None
    promises: str | None = None  # where the bidder proves what was his to offer
    background: str | None = None
    method: str | None = None
    equivalent: str | None = None
    equivalent_accepted: bool | None = None


PRICES_ONLY = ("prices",)  # what a state says


@dataclass(frozen=True)
class ReceivedForm:
    """A bid form as it came in, kept unchanged. `request` is when its marked copy became a draft request to
    clarify. `asked` is what it asked of the bid itself beside its price, such as "ladder_level";
    `PRICES_ONLY` for a state, which says nothing else."""

    file: Attachment
    received: str
    outcome: Literal["taken", "refused", "by_hand"]
    variant_id: str | None = None
    reason: str | None = None
    request: str | None = None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """One way to answer the ask. `work_mki` is an MKI for the whole work; `price` the sum as submitted, excl.
    VAT.

    `costs` are the yearly costs after delivery and `ladder_level` the level of the CO2-Prestatieladder (0:
    none) that the award method may ask; None is "not given".
    """

    id: str
    name: str
    role: Role
    bidder: str | None = None
    answers: tuple[Answer, ...] = ()
    work_mki: OfferedMki | None = None
    price: Decimal | None = None
    basis: DeclaredBasis = DeclaredBasis()
    evidence: Evidence = Evidence()
    equal: YesNoUnknown = "unknown"
    equal_reason: str | None = None
    costs: tuple[YearCost, ...] | None = None
    ladder_level: int | None = None

    @cached_property
    def _by_post(self) -> dict[str, Answer]:
        return {answer.post_id: answer for answer in reversed(self.answers)}

    def answer(self, post_id: str) -> Answer:
        return self._by_post.get(post_id) or Answer(post_id)

    @property
    def is_bid(self) -> bool:
        return self.role in BIDS


@dataclass(frozen=True)
class AdviceText:
    """A section of the advice as a person edited it. `draft` is our own text of that moment, with the figures
    it had."""

    section: str
    text: str
    draft: str = ""


@dataclass(frozen=True)
class Tender:
    """One procurement, one lot. `product_group` is the content hash of the pinned group.

    `award` and what follows it are rules, decisions and records of the award (see `award_rules`).
    `sealed_until` (ISO, with offset) is when prices may be opened. `originals` are bids as they were opened,
    kept once a layer lies over them. `practice_of` is the id of the tender this is an oefenkopie of.
    `publication` is what the papers need besides the figures, `versions` are the final advices and `letters`
    what was made to be sent. `criteria` are those of MVOI as they are asked, and `considered` why they were
    taken, or others not. `issued` is the highest number an id of a post, variant or own product had that is
    gone now: a dossier elsewhere may still speak of it, so that no new one gets it.
    """

    id: str
    number: str
    title: str = ""
    product_group: str | None = None
    functional_quantity: float | None = None
    closes_on: str | None = None
    status: Status = "concept"
    ask: Ask = Ask()
    posts: tuple[Post, ...] = ()
    variants: tuple[Variant, ...] = ()
    products: tuple[Product, ...] = ()
    advice: tuple[AdviceText, ...] = ()
    fictitious: bool = False
    received: tuple[ReceivedForm, ...] = ()
    award: AwardRules = AwardRules()
    sealed_until: str | None = None
    lock: Lock | None = None
    notes: tuple[Nota, ...] = ()
    scores: tuple[Score, ...] = ()
    quality_lock: QualityLock | None = None
    opened: Opening | None = None
    judgements: tuple[Judgement, ...] = ()
    originals: tuple[Variant, ...] = ()
    layers: tuple[Layer, ...] = ()
    kept: tuple[KeptAnswer, ...] = ()
    draws: tuple[Draw, ...] = ()
    proven: tuple[Proven, ...] = ()
    spreads: tuple[Spread, ...] = ()
    practice_of: str | None = None
    publication: Publication = Publication()
    versions: tuple[Version, ...] = ()
    letters: tuple[MadeLetters, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    considered: tuple[Considered, ...] = ()
    bill: Attachment | None = None  # the bestek or the quantities that the posts were taken from
    issued: int = 0

    @property
    def bids(self) -> tuple[Variant, ...]:
        return tuple(variant for variant in self.variants if variant.is_bid)

    @property
    def invalid_bids(self) -> frozenset[str]:
        """Ids of the bids whose last judgement is "ongeldig" or "ingetrokken": they take no part."""
        return frozenset(identity for identity, verdict in self.verdicts.items() if verdict in OUT)

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The last judgement of each bid that was judged, by id."""
        return {judgement.variant_id: judgement.verdict for judgement in self.judgements}

    @property
    def is_stopped(self) -> bool:
        """Whether the procedure was stopped: somebody gave the reason. Then nobody wins."""
        return self.status == "stopped" or bool(self.publication.stopped_because.strip())

    @property
    def prices_sealed(self) -> bool:
        """*Prijzen dicht* until the opening: when a moment was set, and from the lock also when quality is
        judged first."""
        if self.opened is not None or self.practice_of is not None:
            return False
        return self.sealed_until is not None or (self.lock is not None and self.award.judges_quality)

    @property
    def made_files(self) -> tuple[FinalFile, ...]:
        """Every file kept with a version or with letters."""
        made: tuple[Version | MadeLetters, ...] = (*self.versions, *self.letters)
        return tuple(file for one in made for file in one.files)

    @cached_property
    def laid(self) -> int:
        """How many posts are not released material."""
        return sum(post.kind != "released" for post in self.posts)

    @cached_property
    def remembered(self) -> dict[tuple[str, str], Any]:
        """What was worked out of this very value, by what and of which post: it never changes."""
        return {}

    @cached_property
    def own_products(self) -> dict[str, Product]:
        """The tender's own products by id."""
        return {product.id: product for product in reversed(self.products)}

    @cached_property
    def has_reusable_released(self) -> bool:
        """Whether released material without tar, of which granulate can be made, is among the posts."""
        return any(
            post.kind == "released" and not (post.tar is not None and post.tar > TAR_LIMIT)
            for post in self.posts
        )

    @property
    def has_bids(self) -> bool:
        return any(variant.is_bid for variant in self.variants)

    @property
    def reference(self) -> Variant | None:
        return next((v for v in self.variants if v.role == "reference"), None)

    def variant(self, variant_id: str) -> Variant:
        return with_id(self.variants, variant_id)

    def post(self, post_id: str) -> Post:
        return with_id(self.posts, post_id)

    @property
    def pins(self) -> tuple[str, ...]:
        """Content hashes of the versions this tender names, each once."""
        named = [self.ask.weighting_set, self.product_group]
        named += [a.product.hash for v in self.variants for a in v.answers if a.product is not None]
        return tuple(dict.fromkeys(digest for digest in named if digest is not None))


def without_prices(tender: Tender) -> Tender:
    """The tender as it may be seen while prices are sealed: no sum, line, unit price or later cost of a
    bid."""
    return replace(tender, variants=tuple(_without_prices(v) if v.is_bid else v for v in tender.variants))


def _without_prices(variant: Variant) -> Variant:
    answers = tuple(replace(answer, price=None, unit_price=None) for answer in variant.answers)
    return replace(variant, price=None, costs=None, answers=answers)
