"""What differs between two versions of a tender, field by field, and a bid as its original with the layers
over it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from cirkeldesk.model.document.document import canonical, to_plain
from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.award_rules import ChangedValue, Layer
from cirkeldesk.model.tender.tender import Tender, Variant

# What the documents fix at publication.
LOCKED = (
    "ask",
    "award",
    "closes_on",
    "criteria",
    "functional_quantity",
    "posts",
    "product_group",
    "sealed_until",
)
# What people decide about a bid; the rest of an opened bid is the bidder's.
DECIDED = ("equal", "equal_reason")


def changes_between(before: Any, after: Any, path: str = "") -> tuple[ChangedValue, ...]:
    """The fields that differ in plain data, each with both values as canonical JSON; lists of another length
    as a whole."""
    return tuple(_changes(before, after, path))


def _changes(before: Any, after: Any, path: str) -> Iterator[ChangedValue]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            inner = f"{path}.{name}" if path else name
            yield from _changes(before.get(name), after.get(name), inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changes(one, other, f"{path}[{index}]")
    else:
        yield ChangedValue(path, _text(before), _text(after))


def _text(value: Any) -> str:
    return canonical(value).decode() if value is not None else ""


def locked_changes(before: Tender, after: Tender) -> tuple[ChangedValue, ...]:
    """What differs in the part that the documents fix."""
    old, new = to_plain(before), to_plain(after)
    return changes_between({name: old.get(name) for name in LOCKED}, {name: new.get(name) for name in LOCKED})


def bid_changes(before: Tender, after: Tender, variant_id: str) -> tuple[ChangedValue, ...]:
    """What differs in a bid's own figures, its products of this tender alone included."""
    return changes_between(_bid_plain(before, variant_id), _bid_plain(after, variant_id))


def _bid_plain(tender: Tender, variant_id: str) -> dict[str, Any]:
    index = next((i for i, variant in enumerate(tender.variants) if variant.id == variant_id), None)
    if index is None:
        return {}
    plain: dict[str, Any] = dict(to_plain(replace(tender, variants=(tender.variants[index],)))["variants"][0])
    for name in DECIDED:
        plain.pop(name, None)
    answers = {answer["post_id"]: answer for answer in plain.pop("answers", [])}
    products = {
        product.id: _product_plain(product) for product in products_of(tender, tender.variants[index])
    }
    return {**plain, "answers": answers, **({"products": products} if products else {})}


def _product_plain(product: Product) -> dict[str, Any]:
    """Without the files kept beside it: putting evidence away changes nothing of the bid."""
    return {name: value for name, value in to_plain(product).items() if name not in ("schema", "attachments")}


def products_of(tender: Tender, variant: Variant) -> tuple[Product, ...]:
    """The products of this tender alone that a variant answers with."""
    used = {
        answer.product.id
        for answer in variant.answers
        if answer.product is not None and answer.product.is_local
    }
    return tuple(product for product in tender.products if product.id in used)


def original_bid(tender: Tender, variant_id: str) -> dict[str, Any]:
    """A bid as it was opened, as plain data."""
    kept = with_id(tender.originals, variant_id)
    return _bid_plain(replace(tender, variants=(kept,)), variant_id)


def replayed(plain: dict[str, Any], layers: Iterable[Layer]) -> dict[str, Any]:
    """The plain bid with layers laid over it in order. Raises ValueError where a layer does not fit what lies
    under it."""
    found: dict[str, Any] = json.loads(canonical(plain))
    for layer in layers:
        for change in layer.changes:
            _put(found, change)
    return found


def _put(plain: Any, change: ChangedValue) -> None:
    names = [int(n[1:-1]) if n.startswith("[") else n for n in re.findall(r"\[\d+\]|[^.\[\]]+", change.path)]
    for name in names[:-1]:
        plain = plain[name]
    last = names[-1]
    old = plain[last] if isinstance(plain, list) else plain.get(last)
    if _text(old) != change.before:
        raise ValueError(change.path)
    if change.after:
        plain[last] = json.loads(change.after)
    else:
        del plain[last]


def layers_fit(tender: Tender, variant_id: str) -> bool:
    """Whether the bid as opened with its layers is the bid as it stands."""
    layers = [layer for layer in tender.layers if layer.variant_id == variant_id]
    try:
        found = replayed(original_bid(tender, variant_id), layers)
        return canonical(found) == canonical(_bid_plain(tender, variant_id))
    except (ValueError, KeyError, IndexError, TypeError):
        return False


def changed_bids(before: Tender, after: Tender) -> tuple[str, ...]:
    """Ids of bids that are not what they were, those added or taken away among them."""
    old, new = {v.id for v in before.bids}, {v.id for v in after.bids}
    return tuple(i for i in sorted(old | new) if (i in old) != (i in new) or bid_changes(before, after, i))
