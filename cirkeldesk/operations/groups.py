"""Product groups that an organisation makes itself: read from a file, tried out, and offered to new tenders.

A group is data (decision of the first day): who can fill in a table can make one. A broken file is refused
with the field and why, and never kept, so that none can stop the program.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Inputs
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.document.soundness import check_document
from cirkeldesk.model.lookup import with_code
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.group_faults import GroupFault, group_faults
from cirkeldesk.model.refusal import DocumentError, ReadError, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Answer, OfferedMki, Tender, Variant
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace, shipped
from cirkeldesk.wording import groups as words
from cirkeldesk.wording import numbers, sentences, terms

QUANTITY, RATE, EACH = 100.0, 10.0, 2.0  # of the example: quantity of the work, MKI per unit, every input


@dataclass(frozen=True)
class GroupTryOut:
    """A group that was read, with the sum of its example in words, or its faults."""

    group: ProductGroup
    faults: tuple[GroupFault, ...]
    told: str = ""


def read_group(workspace: Workspace, path: Path) -> GroupTryOut:
    """Read a group file and try it out; nothing is kept. Raises ReadError with the place where it is no group
    at all."""
    name = shown_name(path)
    try:
        data = json.loads(content_of(path).decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as problem:
        raise ReadError("group_not_text", file=name) from problem
    except json.JSONDecodeError as problem:
        raise ReadError("group_not_json", file=name, line=problem.lineno, column=problem.colno) from problem
    except (ValueError, RecursionError) as problem:
        raise ReadError("group_not_json", file=name, line=1, column=1) from problem
    try:
        group = from_plain(data, "product_group")
        check_document(group)
    except DocumentError as problem:
        raise ReadError(problem.key, **{**problem.params, "file": name}) from problem
    assert isinstance(group, ProductGroup)
    others = product_groups(workspace).values()
    found = group_faults(group, others)
    return GroupTryOut(group, found) if found else try_out(workspace, group)


def _no_number(text: str) -> float:
    raise ValueError(text)


def try_out(workspace: Workspace, group: ProductGroup) -> GroupTryOut:
    """One post of the group with every input filled in and an MKI per its usual unit: what comes out."""
    with workspace.unit() as unit:
        digest = unit.references.of("weighting_set")["A2"]
        weights = unit.document(digest)
    assert isinstance(weights, WeightingSet)
    own = content_hash(group)
    inputs = Inputs({digest: weights}, {}, {own: group}, shipped=shipped())
    tender = _example(group, own, digest)
    result = compare(tender, inputs).variants[0]
    total, each = result.total, numbers.as_typed(EACH)
    if group.without_mki:
        made = numbers.as_typed(QUANTITY)
        return GroupTryOut(group, (), f"Proef met {group.name}: {made} {group.functional_unit}, zonder MKI.")
    if total.value is None:
        why = sentences.sentence(total.reason) if total.reason is not None else ""
        return GroupTryOut(group, (GroupFault("default_posts", "try_out", why),))
    measure = group.property(group.measure)
    amount = result.post(tender.posts[0].id).quantities.get(group.measure)
    told = (
        f"Proef met {group.name}: {numbers.as_typed(QUANTITY)} {group.functional_unit}, elk ander gegeven "
        f"{each}, {numbers.as_typed(RATE)} MKI per {terms.PER[group.default_per]}. "
        f"Dat geeft {numbers.number(amount or 0, measure.decimals)} {measure.unit} en {numbers.euro(total.value, 2)} MKI."
    )
    return GroupTryOut(group, (), told)


def _example(group: ProductGroup, digest: str, weights: str) -> Tender:
    tender = edits.set_group(group, digest).apply(Tender(id="proef", number="proef"))
    post = tender.posts[0]
    route = group.route(post.route or group.default_route)
    values = tuple((code, EACH) for code in route.inputs if code != group.functional_property)
    post = replace(post, values=values, life="work")
    ask = replace(
        tender.ask,
        weighting_set=weights,
        analysis_period=1.0,
        includes_replacement="yes",
        mki_per=group.default_per,
    )
    answer = Answer(post.id, mki=OfferedMki(total=RATE), values=values)
    variant = Variant("v1", "Proef", "bid", price=Decimal(1), answers=(answer,))
    return replace(
        tender, functional_quantity=QUANTITY, posts=(post,), ask=ask, variants=(variant,), fictitious=True
    )


def keep_group(workspace: Workspace, tried: GroupTryOut) -> str:
    """Keep a group that passed its try-out and offer it to new tenders; tenders that have an earlier edition
    keep that. Returns its content hash. Raises StoreError group_faults, or group_shipped for a code that is
    ours."""
    group = tried.group
    if tried.faults:
        raise StoreError("group_faults", name=group.name or group.code, faults=words.lines(tried.faults))
    digest = content_hash(group)
    ours = {one.code: content_hash(one) for one in shipped().groups}
    if ours.get(group.code, digest) != digest:
        raise StoreError("group_shipped", code=group.code)
    with workspace.unit() as unit:
        unit.commit(
            "product_group", group.code, group, "group_read", {"name": group.name, "edition": group.edition}
        )
        unit.references.offer("product_group", group.code, digest)
    return digest


@dataclass(frozen=True)
class OfferedGroup:
    """A group that new tenders can have; `own` when the organisation made it."""

    group: ProductGroup
    hash: str
    own: bool


def offered_groups(workspace: Workspace) -> tuple[OfferedGroup, ...]:
    """Every group that is offered, asphalt first."""
    ours = {one.code for one in shipped().groups}
    found = product_groups(workspace).items()
    return tuple(OfferedGroup(group, digest, group.code not in ours) for digest, group in found)


def write_group(workspace: Workspace, code: str, path: Path) -> None:
    """A group as a file, to begin one's own with or to give to another organisation. Raises StoreError
    cannot_write."""
    group = with_code([one.group for one in offered_groups(workspace)], code)
    text = json.dumps(to_plain(group), ensure_ascii=False, indent=1)
    write_file(workspace, path, f"{text}\n".encode())
