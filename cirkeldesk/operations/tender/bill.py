"""From a bestek to posts, and from the states that come back to the unit prices of the bids.

The bill is kept with the tender; a state is compared with it line by line. Which lines are posts of the
comparison is a person's choice; asphalt is proposed from what the lines say.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from cirkeldesk.exchange.bill.asphalt import asphalt_of
from cirkeldesk.exchange.bill.bill import Bill as Bill
from cirkeldesk.exchange.bill.bill import BillFault as BillFault
from cirkeldesk.exchange.bill.bill import BillLine as BillLine
from cirkeldesk.exchange.bill.bill import amount_of, differences, faults_of
from cirkeldesk.exchange.bill.read import heads_of, read_bill
from cirkeldesk.exchange.bill.state import AskedHead as AskedHead
from cirkeldesk.exchange.bill.state import is_enough as is_enough
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import PRICES_ONLY, Answer, Post, ReceivedForm, Tender, Variant
from cirkeldesk.operations.tender.bids import deadline_of
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import numbers

THICKNESS = "thickness_mm"
_HEADS, MOST_HEADS = "bill_heads", 300


@dataclass(frozen=True)
class OpenedBill:
    """A bill as read, and the places in it of the lines that are proposed as posts. `columns`: what somebody
    said its heads mean."""

    file: str
    content: bytes
    bill: Bill
    proposed: frozenset[int]
    faults: tuple[BillFault, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


def known_heads(workspace: Workspace) -> dict[str, str]:
    """What heads of bills and states mean, as people said before: head → column."""
    with workspace.unit() as unit:
        return _known_heads(unit)


def _known_heads(unit: UnitOfWork) -> dict[str, str]:
    try:
        kept = json.loads(unit.settings.all().get(_HEADS, "{}"))
    except ValueError:
        return {}
    return {str(head): str(name) for head, name in kept.items()} if isinstance(kept, dict) else {}


def _remember(unit: UnitOfWork, said: Mapping[str, str]) -> None:
    """Keep what was said for the next file; what was said last longest."""
    known = _known_heads(unit)
    if said and {**known, **said} != known:
        newest = {**{head: name for head, name in known.items() if head not in said}, **said}
        kept = dict(list(newest.items())[-MOST_HEADS:])
        unit.settings.put(_HEADS, json.dumps(kept, ensure_ascii=False))


def heads_asked(path: Path, known: Mapping[str, str]) -> tuple[AskedHead, ...]:
    """The columns of a table of which nobody knows what they are. Raises ReadError."""
    return heads_of(content_of(path), shown_name(path), known)


def _read(content: bytes, name: str, said: Mapping[str, str], known: Mapping[str, str]) -> Bill:
    """What was said of other files counts only where a file cannot be read without it. Raises ReadError."""
    try:
        return read_bill(content, name, said)
    except ReadError as problem:
        if problem.key != "bill_no_header" or not known:
            raise
        return read_bill(content, name, {**known, **said})


def open_bill(
    path: Path, columns: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None
) -> OpenedBill:
    """Read a bestek or a state with quantities; `columns` is what somebody says of its heads, `known` what
    was said of other files. Raises ReadError; nothing is changed."""
    name, content = shown_name(path), content_of(path)
    bill = _read(content, name, columns or {}, known or {})
    proposed = frozenset(
        number
        for number, line in enumerate(bill.lines)
        if line.kind != "information" and line.quantity and asphalt_of(line.text) is not None
    )
    return OpenedBill(name, content, bill, proposed, tuple(faults_of(bill)), columns or {})


def post_of(line: BillLine, group: ProductGroup, identity: str) -> Post:
    """A line as a post: its quantity by what its unit measures. A quantity for information is not computed
    with. Raises StoreError bill_not_a_group for a unit the group cannot count."""
    measured = group.measured_by(line.unit)
    if measured is None:
        raise StoreError("bill_not_a_group", code=line.code, unit=line.unit or "geen")
    code, factor = measured
    asphalt = asphalt_of(line.text)
    values: dict[str, float] = {}
    if line.quantity is not None and line.kind != "information":
        values[code] = float(line.quantity) * factor
    if asphalt is not None and asphalt.thickness_mm is not None and group.has(THICKNESS):
        values[THICKNESS] = asphalt.thickness_mm
    routes = [route.code for route in group.routes if code in route.inputs]
    return Post(
        identity,
        f"{line.code} {line.text}".strip()[:90],
        route=routes[0] if routes else None,
        values=tuple((name, value) for name, value in values.items() if group.has(name)),
        bill_code=line.code or None,
    )


def take_posts(workspace: Workspace, identity: str, opened: OpenedBill, chosen: Collection[int]) -> Tender:
    """The chosen lines as posts of the tender, as one step; the bill is kept with it.

    Posts that a new tender starts with and that nobody filled in make room. Raises StoreError bill_no_choice
    or bill_not_a_group, and what a lock refuses.
    """
    if not chosen:
        raise StoreError("bill_no_choice")
    with workspace.unit() as unit:
        tender, group = unit.tender(identity), _group(unit, unit.tender(identity))
        kept = Attachment(opened.file, unit.attachments.keep(opened.content))
        changed = replace(tender, posts=() if _is_untouched(tender, group) else tender.posts, bill=kept)
        for number in sorted(chosen):
            # Numbered on from all that were ever issued, also those that make room.
            identity_of = edits.fresh_id(replace(tender, posts=(*tender.posts, *changed.posts)), "p")
            made = post_of(opened.bill.lines[number], group, identity_of)
            changed = replace(changed, posts=(*changed.posts, made))
        _remember(unit, opened.columns)
        params: dict[str, edits.Param] = {"count": len(chosen), "file": opened.file}
        unit.commit("tender", identity, changed, "bill_posts", params)
    return changed


def _is_untouched(tender: Tender, group: ProductGroup) -> bool:
    """Whether the posts are those a new tender starts with, and nobody answered or filled in anything."""
    start = {post.name: post.values for post in edits.starting_posts(group)}
    return not edits.has_answers(tender) and all(
        start.get(post.name) == post.values and post.amount is None for post in tender.posts
    )


def _group(unit: UnitOfWork, tender: Tender) -> ProductGroup:
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    return group


# --- a state that came back
# -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckedState:
    """A state compared with the tender's bill. `prices` per post: unit price and amount; `total` of the whole
    state as the bidder wrote it."""

    file: str
    content: bytes
    faults: tuple[BillFault, ...]
    prices: Mapping[str, tuple[Decimal, Decimal]]
    total: Decimal | None
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[BillFault, ...]:
        return tuple(fault for fault in self.faults if fault.level == "error")

    @property
    def to_decide(self) -> tuple[BillFault, ...]:
        return tuple(fault for fault in self.faults if fault.level == "decide")


def check_state(
    workspace: Workspace, identity: str, path: Path, columns: Mapping[str, str] | None = None
) -> CheckedState:
    """Read a bidder's state and compare it with the bill of the tender. Changes nothing.

    Raises ReadError, bill_no_prices among them where no line has a price and nobody said of its heads what
    they are, and StoreError bill_none_yet where the tender has no bill.
    """
    name, content = shown_name(path), content_of(path)
    said, known = columns or {}, known_heads(workspace)
    returned = _read(content, name, said, known)
    if not said and not any(line.unit_price is not None for line in returned.lines):
        raise ReadError("bill_no_prices", file=name)
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        if tender.bill is None:
            raise StoreError("bill_none_yet")
        asked = _read(unit.attachments.content(tender.bill.sha256), tender.bill.file, said, known)
    faults = (*faults_of(returned), *differences(asked, returned))
    if tender.prices_sealed:
        faults = tuple(map(_masked, faults))
    prices = {}
    for post in tender.posts:
        line = returned.line(post.bill_code) if post.bill_code else None
        if line is not None and line.unit_price is not None and line.quantity is not None:
            amount = line.amount if line.amount is not None else amount_of(line.quantity, line.unit_price)
            prices[post.id] = (line.unit_price, amount)
    return CheckedState(name, content, faults, prices, returned.total, said)


def _masked(fault: BillFault) -> BillFault:
    """A fault that shows no amount: prices are sealed."""
    values = {k: "…" if k in ("made", "said", "text") else v for k, v in fault.message.values().items()}
    return replace(fault, message=Message.of(fault.message.key, **values))


def take_state(
    workspace: Workspace, identity: str, state: CheckedState, bidder: str, reason: str = ""
) -> str:
    """The unit prices of a state with the bid of its bidder, as one step. Returns the variant's id.

    The bid sum is the total that the state names; without one it stays as it is. Raises StoreError
    bill_no_bidder, bill_faults, form_test before the deadline, bill_decide where a reason is owed, or
    bill_taken_already where the very same file is another bidder's.
    """
    if not bidder.strip():
        raise StoreError("bill_no_bidder")
    if state.errors:
        raise StoreError("bill_faults", file=state.file, count=len(state.errors))
    if state.to_decide and not reason.strip():
        raise StoreError("bill_decide", file=state.file)
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        if deadline_of(tender, unit.now()) == "before":
            raise StoreError("form_test", file=state.file, closes=numbers.date(tender.closes_on or ""))
        kept = Attachment(state.file, unit.attachments.keep(state.content))
        before = _bid_of(tender, bidder)
        changed = _priced(before or replace(edits.next_variant(tender, "bid"), bidder=bidder.strip()), state)
        variants = tuple(changed if v.id == changed.id else v for v in tender.variants)
        variants = variants if before is not None else (*variants, changed)
        _remember(unit, state.columns)
        received = _received(unit, tender, kept, changed.id, reason.strip())
        others = tuple(form for form in tender.received if form.file.sha256 != kept.sha256)
        made = replace(tender, variants=variants, received=(*others, received))
        params: dict[str, edits.Param] = {"name": changed.name, "file": state.file}
        if reason.strip():
            params["reason"] = reason.strip()[:200]
        unit.commit("tender", identity, made, "bill_state", params)
    return changed.id


def _received(
    unit: UnitOfWork, tender: Tender, kept: Attachment, variant_id: str, reason: str
) -> ReceivedForm:
    """The state among what was received; when it came in first stays. Raises StoreError
    bill_taken_already."""
    known = next((form for form in tender.received if form.file.sha256 == kept.sha256), None)
    if known is None:
        known = ReceivedForm(kept, unit.now(), "taken")
    elif known.variant_id not in (None, variant_id):
        raise StoreError("bill_taken_already", file=kept.file)
    return replace(
        known, outcome="taken", variant_id=variant_id, reason=reason or known.reason, asked=PRICES_ONLY
    )


def _bid_of(tender: Tender, bidder: str) -> Variant | None:
    wanted = bidder.strip().casefold()
    return next((bid for bid in tender.bids if (bid.bidder or "").casefold() == wanted), None)


def _priced(variant: Variant, state: CheckedState) -> Variant:
    answers = {answer.post_id: answer for answer in variant.answers}
    for post_id, (unit_price, amount) in state.prices.items():
        known = answers.get(post_id, Answer(post_id))
        answers[post_id] = replace(known, unit_price=unit_price, price=amount)
    price = state.total if state.total is not None else variant.price
    return replace(variant, answers=tuple(answers.values()), price=price)
