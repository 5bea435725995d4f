"""A workspace: an opened database with its reference data, and the values a comparison needs."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from cirkeldesk import paths
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.document.document import Document, Kind, content_hash, decode, from_plain
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.criteria import CriteriaLibrary, renewed
from cirkeldesk.model.reference.dated import DatedValues
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.shipped import Shipped
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store.store import Store
from cirkeldesk.store.unit import UnitOfWork

REFERENCE_FOLDERS: tuple[tuple[Kind, str], ...] = (
    ("weighting_set", "weighting_sets"),
    ("product_group", "product_groups"),
    ("criteria", "criteria"),
)
ReferenceValue = WeightingSet | ProductGroup | CriteriaLibrary


def utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def seconds_passed() -> float:
    """Seconds since some moment, those the computer slept among them, whatever the clock was set to."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # on Windows it counts sleep too


class Workspace:
    """An open database. Close it when done; `with open_workspace(path) as desk` does."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def read_only(self) -> bool:
        return self.store.read_only

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        with self.store.unit() as unit:
            yield unit


def open_workspace(path: Path, *, create: bool = True, author: str = "") -> Workspace:
    """Open a database, made and filled with the reference data we ship when new. Raises StoreError."""
    workspace = Workspace(Store.open(path, paths.migrations(), utc_now, create=create))
    workspace.store.author = author or workspace.store.author
    workspace.store.uptime = seconds_passed
    if not workspace.read_only:
        offer_reference_data(workspace)
    return workspace


def shipped_reference_data() -> list[tuple[Kind, str, ReferenceValue]]:
    """(kind, code, value) of every file in db/reference."""
    found: list[tuple[Kind, str, ReferenceValue]] = []
    for kind, folder in REFERENCE_FOLDERS:
        for file in sorted((paths.reference() / folder).glob("*.json")):
            value = from_plain(json.loads(file.read_text(encoding="utf-8")), kind)
            assert isinstance(value, (WeightingSet, ProductGroup, CriteriaLibrary))
            found.append((kind, value.code, value))
    return found


@cache
def shipped() -> Shipped:
    """What this release ships, and the hashes of all that earlier ones shipped."""
    values = [value for _, _, value in shipped_reference_data()]
    before = json.loads((paths.reference() / "shipped_before.json").read_text(encoding="utf-8"))
    known = {
        digest
        for kind in ("weighting_set", "product_group")
        for hashes in before[kind].values()
        for digest in hashes
    }
    return Shipped(
        tuple(value for value in values if isinstance(value, WeightingSet)),
        tuple(value for value in values if isinstance(value, ProductGroup)),
        frozenset(known | {content_hash(value) for value in values}),
        tuple(
            decode(DatedValues, json.loads(file.read_text(encoding="utf-8")))
            for file in sorted((paths.reference() / "dated").glob("*.json"))
        ),
    )


def offered_set(workspace: Workspace, code: str) -> str | None:
    """The content hash of the weighting set that new tenders get under a code."""
    with workspace.unit() as unit:
        return unit.references.of("weighting_set").get(code)


def offer_reference_data(workspace: Workspace) -> None:
    """Keep the shipped versions and offer them to new tenders. Tenders that pin an older version keep it.

    Criteria that the organisation has made its own stay; what is new beside them is added.
    """
    with workspace.unit() as unit:
        offered: dict[Kind, dict[str, str]] = {
            kind: unit.references.of(kind) for kind, _ in REFERENCE_FOLDERS
        }
        for kind, code, value in shipped_reference_data():
            digest = content_hash(value)
            before = offered[kind].get(code)
            if before != digest:
                unit.put(value)
                head = unit.head(kind, code)
                if (
                    head is not None
                    and before is not None
                    and head != before
                    and isinstance(value, CriteriaLibrary)
                ):
                    value = _beside_our_own(unit, head, before, value)
                unit.commit(kind, code, value, "reference_data", {"name": code})
                unit.references.offer(kind, code, digest)


def _beside_our_own(unit: UnitOfWork, head: str, before: str, value: CriteriaLibrary) -> CriteriaLibrary:
    ours, old = unit.document(head), unit.document(before)
    assert isinstance(ours, CriteriaLibrary)
    assert isinstance(old, CriteriaLibrary)
    return renewed(ours, old, value)


def pinned_by(unit: UnitOfWork, tender: Tender) -> dict[str, Document]:
    """Every version the tender names, by hash."""
    return {digest: unit.document(digest) for digest in tender.pins}


def pinned_with_versions(unit: UnitOfWork, tender: Tender) -> dict[str, Document]:
    """The same, with what each final version was made from, so that it can still be computed elsewhere."""
    found = pinned_by(unit, tender)
    for version in tender.versions:
        basis = unit.document(version.basis)
        assert isinstance(basis, Tender)
        found |= {version.basis: basis, **pinned_by(unit, basis)}
    return found


def inputs_of(pinned: dict[str, Document]) -> Inputs:
    """The closed set of inputs for `compare`, sorted by what they are."""
    return Inputs(
        {digest: value for digest, value in pinned.items() if isinstance(value, WeightingSet)},
        {digest: value for digest, value in pinned.items() if isinstance(value, Product)},
        {digest: value for digest, value in pinned.items() if isinstance(value, ProductGroup)},
        shipped=shipped(),
    )


def inputs_in(unit: UnitOfWork, tender: Tender) -> Inputs:
    return inputs_of(pinned_by(unit, tender))


def inputs_for(workspace: Workspace, tender: Tender) -> Inputs:
    with workspace.unit() as unit:
        return inputs_in(unit, tender)


def comparison_of(workspace: Workspace, tender: Tender) -> tuple[Comparison, Inputs]:
    inputs = inputs_for(workspace, tender)
    return compare(tender, inputs), inputs


def weighting_sets(workspace: Workspace, tender: Tender) -> dict[str, WeightingSet]:
    """By hash: the sets offered to new tenders, and the one this tender pins."""
    with workspace.unit() as unit:
        digests = dict.fromkeys(
            [*unit.references.of("weighting_set").values(), *filter(None, [tender.ask.weighting_set])]
        )
        found = {digest: unit.document(digest) for digest in digests}
    return {digest: value for digest, value in found.items() if isinstance(value, WeightingSet)}
