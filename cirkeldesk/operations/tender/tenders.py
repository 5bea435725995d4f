"""What a user does with tenders: make, edit, undo, redo, put in from a document."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.recognise import content_of, read_json
from cirkeldesk.model.document import soundness
from cirkeldesk.model.document.document import Kind, from_plain, to_plain
from cirkeldesk.model.document.history import HistoryRow, Stacks, stacks
from cirkeldesk.model.document.merge import Overlap, merge
from cirkeldesk.model.document.sound_reference import check_plain_sizes
from cirkeldesk.model.material.material import Supply
from cirkeldesk.model.material.soundness import check_kept
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError, LockRefusal, StoreError
from cirkeldesk.model.tender.edits import Edit, set_group, template
from cirkeldesk.model.tender.tender import Answer, ProductRef, Tender, Variant
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import sentences

DEFAULT_GROUP = "asfalt"
WITHOUT_GROUP = "overig"  # what a row of the calendar becomes that no group is known of
# What people recorded on the way to an award: it comes with a dossier, never with a document somebody wrote.
RECORDS = (
    "lock",
    "notes",
    "quality_lock",
    "opened",
    "judgements",
    "originals",
    "layers",
    "kept",
    "draws",
    "proven",
    "versions",
    "letters",
)


def tender_list(workspace: Workspace, search: str = "") -> list[Mapping[str, Any]]:
    with workspace.unit() as unit:
        return unit.lists.tenders(search)


def group_names(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Hash → name of the product groups that rows of the list pin."""
    with workspace.unit() as unit:
        found = {digest: unit.document(digest) for digest in {row["product_group"] for row in rows} if digest}
    return {digest: value.name for digest, value in found.items() if isinstance(value, ProductGroup)}


def tender_id(workspace: Workspace, number_or_id: str) -> str:
    with workspace.unit() as unit:
        return unit.lists.tender_id(number_or_id)


def get_tender(workspace: Workspace, identity: str) -> Tender:
    with workspace.unit() as unit:
        return unit.tender(identity)


def find_tender(workspace: Workspace, number_or_id: str) -> Tender:
    """A tender by its number or id. Raises StoreError not_found or ambiguous_number."""
    with workspace.unit() as unit:
        return unit.tender(unit.lists.tender_id(number_or_id))


def free_number(unit: UnitOfWork) -> str:
    """The next number of this year, as offices count: 2026-001, 2026-002 …"""
    year = unit.now()[:4]
    taken = {row["number"] for row in unit.lists.tenders()}
    return next(number for i in range(1, 100_000) if (number := f"{year}-{i:03}") not in taken)


def new_tender(workspace: Workspace, group: str = DEFAULT_GROUP) -> str:
    """A draft with the usual posts of a product group, named by its code. Returns its id."""
    with workspace.unit() as unit:
        tender = replace(blank_for(unit, group), id=new_identity(), number=free_number(unit))
        unit.commit("tender", tender.id, tender, "tender_new", {"name": tender.number})
    return tender.id


def as_template(workspace: Workspace, identity: str) -> str:
    """A new draft with the ask, the rules and the designs of another tender. Returns its id."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        made = template(tender, new_identity(), free_number(unit))
        unit.commit("tender", made.id, made, "template", {"name": tender.number})
    return made.id


def new_identity() -> str:
    return f"t{uuid.uuid4().hex[:12]}"


def blank_tender(workspace: Workspace) -> Tender:
    """What a new tender starts with, kept nowhere and without a number."""
    with workspace.unit() as unit:
        return blank_for(unit)


def blank_for(unit: UnitOfWork, code: str = DEFAULT_GROUP) -> Tender:
    """What a tender of a product group starts with, without an id or a number."""
    digest = unit.references.of("product_group")[code]
    group = unit.document(digest)
    assert isinstance(group, ProductGroup)
    tender = set_group(group, digest).apply(Tender(id="", number=""))
    return replace(tender, ask=replace(tender.ask, weighting_set=unit.references.of("weighting_set")["A2"]))


def product_groups(workspace: Workspace) -> dict[str, ProductGroup]:
    """By hash, in order of name: the groups offered to new tenders."""
    with workspace.unit() as unit:
        found = {digest: unit.document(digest) for digest in unit.references.of("product_group").values()}
    groups = {digest: value for digest, value in found.items() if isinstance(value, ProductGroup)}
    return dict(sorted(groups.items(), key=lambda item: (item[1].code != DEFAULT_GROUP, item[1].name)))


def edit_tender(workspace: Workspace, identity: str, edit: Edit) -> HistoryRow | None:
    """Apply one edit as one step. None when it changes nothing."""
    with workspace.unit() as unit:
        changed = edit.apply(unit.tender(identity))
        return unit.commit("tender", identity, changed, edit.step, edit.params)


def last_change(workspace: Workspace, identity: str) -> str:
    """The moment of the newest step of a tender (ISO, in the office's time); "" where there is none."""
    with workspace.unit() as unit:
        return unit.steps.latest_of(identity) or ""


@dataclass(frozen=True)
class Undone:
    """The step that was undone or redone."""

    row: HistoryRow


def undo_stacks(workspace: Workspace, identity: str, kind: Kind = "tender") -> Stacks:
    """Steps of a tender or product that can be undone and redone now."""
    with workspace.unit() as unit:
        return _stacks(unit, identity, workspace, kind)


def _stacks(unit: UnitOfWork, identity: str, workspace: Workspace, kind: Kind) -> Stacks:
    rows = unit.steps.rows(kind, identity)
    found = stacks(rows, workspace.store.author)
    # The step that made the document is where undo ends: undoing it would take the document away.
    first = rows[0].seq if rows else 0
    return replace(found, undo=tuple(row for row in found.undo if row.seq != first))


def undo(
    workspace: Workspace, identity: str, kind: Kind = "tender", *, expected: int | None = None
) -> Undone:
    """Append a version equal to the one before the last own step; merged when somebody else's step is newer.

    `expected` is the step somebody was told would be undone. Raises StoreError nothing_to_undo, barrier,
    undo_overlaps, or other_step when another one is the last by now.
    """
    with workspace.unit() as unit:
        found = _stacks(unit, identity, workspace, kind)
        if expected is not None and (not found.undo or found.undo[-1].seq != expected):
            raise StoreError("other_step")
        if not found.undo:
            if found.barrier is not None:
                raise LockRefusal(
                    "barrier", identity, "undo", step=sentences.step(found.barrier.step, found.barrier.params)
                )
            raise StoreError("nothing_to_undo")
        return _turn(unit, found.undo[-1], "undo", forward=False)


def redo(workspace: Workspace, identity: str, kind: Kind = "tender") -> Undone:
    with workspace.unit() as unit:
        found = _stacks(unit, identity, workspace, kind)
        if not found.redo:
            raise StoreError("nothing_to_redo")
        return _turn(unit, found.redo[-1], "redo", forward=True)


def _turn(unit: UnitOfWork, row: HistoryRow, step: str, *, forward: bool) -> Undone:
    before = unit.steps.version_before(row)
    current = unit.head(row.kind, row.id)
    if before is None or row.hash is None or current is None:
        raise StoreError("nothing_to_undo")
    base, mine = (before, row.hash) if forward else (row.hash, before)
    if current == base:
        value = unit.document(mine)
    else:
        ours, wanted, theirs = (to_plain(unit.document(digest)) for digest in (base, mine, current))
        try:
            value = from_plain(merge(ours, wanted, theirs))
        except Overlap as problem:
            newer = [r for r in unit.steps.rows(row.kind, row.id) if r.seq > row.seq][-1]
            step = sentences.step(newer.step, newer.params)
            raise StoreError("undo_overlaps", author=newer.author, step=step) from problem
        if isinstance(value, Supply):
            check_kept(value, unit.now()[:10])
    unit.commit(row.kind, row.id, value, step, {"of": row.step, **row.params}, of_seq=row.seq)
    return Undone(row)


@dataclass(frozen=True)
class Renewal:
    """A pinned product of which the library has a newer version; taken only when somebody says so."""

    old: ProductRef
    new: ProductRef
    name: str
    since: str


def renewals(workspace: Workspace, tender: Tender) -> list[Renewal]:
    """Pinned products that are no longer the newest of the library."""
    refs = dict.fromkeys(
        a.product for v in tender.variants for a in v.answers if a.product is not None and a.product.hash
    )
    found = []
    with workspace.unit() as unit:
        for ref in refs:
            newest = unit.head("product", ref.id)
            if newest is not None and newest != ref.hash:
                since = unit.steps.rows("product", ref.id)[-1].time
                found.append(Renewal(ref, ProductRef(ref.id, newest), unit.product(ref.id).name, since))
    return found


# --- from a document
# -----------------------------------------------------------------------------------------------


def put_tender(workspace: Workspace, data: object) -> str:
    """Make a draft tender, or replace the one with the same id or number, from plain data. Returns its
    number.

    Products are named by own id or data set UUID and pinned at their newest version; the weighting set and
    product group may be left out or named by code. Raises DocumentError with the place.
    """
    with workspace.unit() as unit:
        if isinstance(data, dict) and "id" not in data:
            same = [row["id"] for row in unit.lists.tenders() if row["number"] == data.get("number")]
            data = {**data, "id": same[0] if len(same) == 1 else new_identity()}
        check_plain_sizes(data)
        tender = from_plain(data, "tender")
        assert isinstance(tender, Tender)
        tender = resolve(unit, tender)
        if unit.head("tender", tender.id) is None and any(getattr(tender, name) for name in RECORDS):
            raise StoreError("records_in_document", file=tender.number)
        if unit.head("tender", tender.id) is not None:
            known = unit.tender(tender.id)
            if (known.versions, known.letters) != (tender.versions, tender.letters):
                raise StoreError("records_in_document", file=tender.number)
        other = [
            row["id"]
            for row in unit.lists.tenders()
            if row["number"] == tender.number and row["id"] != tender.id
        ]
        if other:
            raise StoreError("number_taken", number=tender.number)
        unit.commit("tender", tender.id, tender, "tender_import", {"name": tender.number})
        return tender.number


def put_tender_file(workspace: Workspace, path: Path) -> str:
    """The same from a JSON file. Raises ReadError as well."""
    return put_tender(workspace, read_json(content_of(path), path.name))


def resolve(unit: UnitOfWork, tender: Tender) -> Tender:
    """Pin what a document names loosely, and refuse what it names and is not there."""
    groups, sets = unit.references.of("product_group"), unit.references.of("weighting_set")
    group_hash = groups.get(tender.product_group or DEFAULT_GROUP, tender.product_group)
    set_hash = tender.ask.weighting_set or sets.get(tender.ask.set_code)
    for place, digest in (("product_group", group_hash), ("ask.weighting_set", set_hash)):
        if digest is None or not _exists(unit, digest):
            raise DocumentError("bad_reference", place, field=place)
    group = unit.document(group_hash or "")
    assert isinstance(group, ProductGroup)
    soundness.check(tender)
    routes = {route.code for route in group.routes}
    for index, post in enumerate(tender.posts):
        if post.route is not None and post.route not in routes:
            choices = ", ".join(sorted(routes))
            raise DocumentError("not_a_choice", f"posts[{index}].route", value=post.route, choices=choices)
    if sum(v.role == "reference" for v in tender.variants) > 1:
        raise DocumentError("not_a_choice", "variants", value="reference", choices="één nulvariant")
    pinned = unit.document(set_hash or "")
    if not isinstance(pinned, WeightingSet) or pinned.code != tender.ask.set_code:
        raise DocumentError(
            "bad_reference", "ask.weighting_set", field=f"ask.weighting_set ({tender.ask.set_code})"
        )
    variants = tuple(
        _resolve_variant(unit, tender, variant, index) for index, variant in enumerate(tender.variants)
    )
    ask = replace(tender.ask, weighting_set=set_hash)
    return replace(tender, product_group=group_hash, ask=ask, variants=variants)


def _exists(unit: UnitOfWork, digest: str) -> bool:
    try:
        unit.document(digest)
    except StoreError:
        return False
    return True


def _resolve_variant(unit: UnitOfWork, tender: Tender, variant: Variant, index: int) -> Variant:
    posts = {post.id for post in tender.posts}
    answers: list[Answer] = []
    for number, answer in enumerate(variant.answers):
        place = f"variants[{index}].answers[{number}]"
        if answer.post_id not in posts:
            raise DocumentError("bad_reference", place, field=f"{place}.post_id {answer.post_id}")
        if answer.product is None:
            answers.append(answer)
            continue
        answers.append(replace(answer, product=_resolve_product(unit, tender, answer.product, place)))
    return replace(variant, answers=tuple(answers))


def _resolve_product(unit: UnitOfWork, tender: Tender, ref: ProductRef, place: str) -> ProductRef:
    if ref.hash is not None:
        if not _exists(unit, ref.hash):
            raise DocumentError("bad_reference", place, field=f"{place}.product {ref.id}")
        return ref
    if any(product.id == ref.id for product in tender.products):
        return ref
    digest = unit.head("product", ref.id)
    if digest is None:
        versions = unit.lists.products_of_uuid(ref.id)
        if not versions:
            raise DocumentError("bad_reference", place, field=f"{place}.product {ref.id}")
        ref = ProductRef(versions[-1].id)
        digest = unit.head("product", ref.id)
    return ProductRef(ref.id, digest)
