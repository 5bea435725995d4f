"""Deliveries from a file: JSON with all a contract may hold, or a table with a row for each delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.ledger.deliveries import read_deliveries
from cirkeldesk.exchange.recognise import content_of, read_json, shown_name
from cirkeldesk.model.contract import edits
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
    MixChange,
)
from cirkeldesk.model.document.document import decode
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.model.tender.tender import ProductRef, Tender
from cirkeldesk.operations.contract.contracts import basis_of, edit_in, kept_contract, proposed_contract
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.numbers import read_date

MOST_DELIVERIES = 20_000
# What a JSON file may say beside deliveries, and what becomes of it.
ACTS: Mapping[str, tuple[type[Any], Any]] = {
    "call_offs": (CallOff, edits.call_off),
    "exercised": (Exercised, edits.exercise),
    "changes": (MixChange, edits.change_mix),
    "due": (EvidenceDue, edits.set_due),
}
ONCE: Mapping[str, tuple[type[Any], Any]] = {
    "terms": (ContractTerms, edits.set_terms),
    "framework": (Framework, edits.set_framework),
    "ended": (Ended, edits.end),
}


@dataclass(frozen=True)
class Faulty(Exception):
    """A table with faults by their cell; nothing was taken over."""

    file: str
    faults: tuple[Message, ...]


def deliver(workspace: Workspace, identity: str, path: Path) -> int:
    """Record what a file says was delivered, as one step. Returns how many deliveries. Raises Faulty,
    ReadError, DocumentError with the place, or StoreError."""
    name, content = shown_name(path), content_of(path)
    if path.suffix.casefold() == ".json":
        said = read_json(content, name)
    else:
        read = read_deliveries(content, name)
        if read.faults:
            raise Faulty(name, read.faults)
        said = list(read.rows)
    return record(workspace, identity, said, name)


def record(workspace: Workspace, identity: str, said: object, name: str) -> int:
    """The same from plain data: a list of deliveries, or an object with them and other acts."""
    body: dict[str, Any] = said if isinstance(said, dict) else {"deliveries": said}
    unknown = body.keys() - {"deliveries", "shares", "replaced_by", *ACTS, *ONCE}
    if unknown:
        raise DocumentError("unknown_field", "", field=min(map(str, unknown))[:60])
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        contract = kept_contract(unit, identity) or proposed_contract(unit, tender)
        basis = basis_of(unit, contract)
        for edit in _edits(unit, basis, body):
            edit_in(unit, identity, edit)
        contract = kept_contract(unit, identity) or contract
        new = _deliveries(unit, basis, contract, body.get("deliveries", []))
        if new:
            edit_in(unit, identity, edits.add_deliveries(new, (), name))
    return len(new)


def _edits(unit: UnitOfWork, tender: Tender, body: Mapping[str, Any]) -> list[edits.ContractEdit]:
    """What a file says beside deliveries, as edits in a fixed order."""
    found = [make(_once(unit, cls, body[key], key)) for key, (cls, make) in ONCE.items() if key in body]
    if "replaced_by" in body:
        found.append(edits.replace_by(_successor(unit, body["replaced_by"], "replaced_by")))
    if "shares" in body:
        found.append(edits.set_shares(_shares(body)))
    for key, (cls, make) in ACTS.items():
        for number, one in enumerate(_list(body, key)):
            place = f"{key}[{number}]"
            found.append(make(_decoded(cls, _pinned(unit, tender, one, place), place)))
    return found


def _once(unit: UnitOfWork, cls: type[Any], said: object, place: str) -> Any:
    """One act, with the tender that takes over named as we name it."""
    if isinstance(said, dict) and said.get("successor") is not None:
        said = {**said, "successor": _successor(unit, said["successor"], f"{place}.successor")}
    return _decoded(cls, said, place)


def _successor(unit: UnitOfWork, said: object, place: str) -> str:
    """The id of a tender by its id or its number."""
    text = str(said).strip()
    if unit.head("tender", text) is not None:
        return text
    found = [str(row["id"]) for row in unit.lists.tenders() if str(row["number"]).strip() == text]
    if len(found) != 1:
        raise DocumentError("bad_reference", place, field=f"opdracht {text[:40]}")
    return found[0]


def _shares(body: Mapping[str, Any]) -> tuple[JointShare, ...]:
    """The division of a joint tender: parts above nothing that sum to one at most."""
    listed = enumerate(_list(body, "shares"))
    shares = tuple(_decoded(JointShare, one, f"shares[{number}]") for number, one in listed)
    if not 0 < sum(one.share for one in shares) <= 1 + 1e-9 or any(one.share <= 0 for one in shares):
        raise DocumentError("not_a_choice", "shares", value="share", choices="samen ten hoogste 1")
    return shares


def _pinned(unit: UnitOfWork, tender: Tender, said: object, place: str) -> dict[str, Any]:
    """Plain data with the post and product it names as ours are named."""
    if not isinstance(said, dict):
        raise DocumentError("not_an_object", place)
    plain = dict(said)
    if isinstance(plain.get("product"), str):
        plain["product"] = _plain_ref(_product(unit, tender, plain["product"], place))
    if "post" in plain:
        plain["post"] = _post(tender, plain["post"], place)
    if isinstance(plain.get("quantities"), list):
        plain["quantities"] = [
            _pinned(unit, tender, one, f"{place}.quantities") for one in plain["quantities"]
        ]
    return plain


def _list(body: Mapping[str, Any], key: str) -> list[Any]:
    found = body.get(key, [])
    if not isinstance(found, list):
        raise DocumentError("not_a_list", key)
    return found


def _decoded(cls: type[Any], plain: object, place: str) -> Any:
    try:
        return decode(cls, plain)
    except DocumentError as problem:
        inner = f"{place}.{problem.place}" if problem.place else place
        params = {name: value for name, value in problem.params.items() if name != "place"}
        raise DocumentError(problem.key, inner, **params) from problem


def _deliveries(unit: UnitOfWork, tender: Tender, contract: Contract, said: object) -> tuple[Delivery, ...]:
    if not isinstance(said, list):
        raise DocumentError("not_a_list", "deliveries")
    if len(said) + len(contract.deliveries) > MOST_DELIVERIES:
        raise DocumentError("too_many", "deliveries", count=len(said), most=MOST_DELIVERIES)
    known = {one.id for one in contract.deliveries}
    given = {str(one["id"]) for one in said if isinstance(one, dict) and "id" in one}
    taken = known | given
    free = [one for one in edits.next_ids(contract, 2 * len(said) + len(known)) if one not in taken]
    numbered = zip(said, free, strict=False)  # there are more ids than deliveries
    found = [
        _delivery(unit, tender, one, f"deliveries[{number}]", identity)
        for number, (one, identity) in enumerate(numbered)
    ]
    _check_links(found, known)
    return tuple(found)


def _delivery(unit: UnitOfWork, tender: Tender, said: object, place: str, identity: str) -> Delivery:
    if not isinstance(said, dict):
        raise DocumentError("not_an_object", place)
    if "date" not in said:
        raise DocumentError("missing_field", place, field="date")
    plain = {"post": None, "id": identity, **said}
    plain = _pinned(unit, tender, plain, place)
    made: Delivery = _decoded(Delivery, {k: v for k, v in plain.items() if v is not None}, place)
    author, now = unit.file.author, unit.now()
    if made.accepted is not None and not made.accepted_by:
        made = replace(made, accepted_by=author, accepted_on=now[:10])
    return replace(made, date=_day(made.date, place), by=author, at=now)


def _day(text: str, place: str) -> str:
    day = read_date(text)
    if day is None:
        raise DocumentError("not_a_date", f"{place}.date", value=text[:40])
    return day


def _post(tender: Tender, said: object, place: str) -> str:
    """A post by its id, its line of the bill or its name."""
    text = str(said).strip()
    for post in tender.posts:
        if text == post.id:
            return post.id
    named = [
        post.id
        for post in tender.posts
        if text.casefold() in (post.name.casefold(), (post.bill_code or "").casefold())
    ]
    if len(named) != 1:
        raise DocumentError("bad_reference", f"{place}.post", field=f"post {text[:40]}")
    return named[0]


def _product(unit: UnitOfWork, tender: Tender, said: str, place: str) -> ProductRef:
    """A product of the tender or the library, by id, data set or name."""
    text = said.strip()
    own = [
        one for one in tender.products if text in (one.id, one.uuid) or text.casefold() == one.name.casefold()
    ]
    if len(own) == 1:
        return ProductRef(own[0].id)
    digest = unit.head("product", text)
    if digest is not None:
        return ProductRef(text, digest)
    found: list[Product] = unit.lists.products_of_uuid(text)[-1:] or unit.lists.products_named(text)
    if len(found) != 1:
        raise DocumentError("bad_reference", f"{place}.product", field=f"product {text[:40]}")
    return ProductRef(found[0].id, unit.head("product", found[0].id))


def _plain_ref(ref: ProductRef) -> dict[str, str]:
    return {name: value for field in fields(ref) if (value := getattr(ref, (name := field.name))) is not None}


def _check_links(found: list[Delivery], known: set[str]) -> None:
    """Quantities that are something, and returns and corrections that cite a delivery."""
    every = known | {one.id for one in found}
    for number, one in enumerate(found):
        place = f"deliveries[{number}]"
        if not one.quantity or abs(one.quantity) > 1e9:
            raise DocumentError("not_positive", f"{place}.quantity", value=str(one.quantity))
        if one.quantity < 0 and one.of is None:
            raise StoreError("delivery_return", name=one.id)
        for name in ("of", "replaces"):
            cited = getattr(one, name)
            if cited is not None and cited not in every:
                raise DocumentError("bad_reference", f"{place}.{name}", field=f"{name} {cited[:40]}")
