"""Values ↔ plain data, canonical JSON and content hashes.

A document is a value with its schema name and number: `{"schema": "tender/1", …}`. Fields at their default
are left out, so a field added later changes no hash. Canonical JSON has sorted keys, Decimals as strings and
no NaN. Old documents are lifted on reading by pure functions, one per schema step.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import sys
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, TypeVar, Union

from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.contract.contract import Contract
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.material.material import Demand, MaterialRates, Supply
from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.monitor import Monitor
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.criteria import CriteriaLibrary
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError
from cirkeldesk.model.region.edition import Benchmark
from cirkeldesk.model.tender.tender import Tender

Kind = Literal[
    "tender",
    "product",
    "weighting_set",
    "product_group",
    "criteria",
    "calendar",
    "contract",
    "baseline",
    "monitor",
    "supply",
    "demand",
    "materials",
    "passport",
    "benchmark",
]
Plain = dict[str, Any]
Document = (
    Tender
    | Product
    | WeightingSet
    | ProductGroup
    | CriteriaLibrary
    | Calendar
    | Contract
    | Baseline
    | Monitor
    | Supply
    | Demand
    | MaterialRates
    | Passport
    | Benchmark
)
T = TypeVar("T")

CLASSES: Mapping[Kind, type[Document]] = {
    "tender": Tender,
    "product": Product,
    "weighting_set": WeightingSet,
    "product_group": ProductGroup,
    "criteria": CriteriaLibrary,
    "calendar": Calendar,
    "contract": Contract,
    "baseline": Baseline,
    "monitor": Monitor,
    "supply": Supply,
    "demand": Demand,
    "materials": MaterialRates,
    "passport": Passport,
    "benchmark": Benchmark,
}
CURRENT: Mapping[Kind, int] = dict.fromkeys(CLASSES, 1)
# (kind, from) → function that lifts plain data one schema step up. The first schema has nothing to lift yet.
LIFTS: dict[tuple[Kind, int], Callable[[Plain], Plain]] = {}


def kind_of(value: Document) -> Kind:
    return the_one(CLASSES, lambda kind: isinstance(value, CLASSES[kind]), type(value).__name__)


def to_plain(value: Document) -> Plain:
    """The value as plain data with its schema."""
    kind = kind_of(value)
    plain = _encode(value)
    assert isinstance(plain, dict)
    return {"schema": f"{kind}/{CURRENT[kind]}", **plain}


def from_plain(data: object, kind: Kind | None = None) -> Document:
    """A value from plain data of any schema number up to ours. Raises DocumentError with the place."""
    if not isinstance(data, dict):
        raise DocumentError("not_an_object")
    found, number = _schema(data.get("schema"))
    if kind is not None and found != kind:
        raise DocumentError("other_kind", "schema", kind=found)
    if number > CURRENT[found]:
        raise DocumentError("newer_schema", "schema", number=number)
    body = {key: value for key, value in data.items() if key != "schema"}
    for step in range(number, CURRENT[found]):
        body = LIFTS[(found, step)](body)
    value = _decode(CLASSES[found], body, "")
    assert isinstance(value, CLASSES[found])
    return value


def _schema(text: object) -> tuple[Kind, int]:
    name, _, number = str(text).partition("/")
    for kind in CLASSES:
        if name == kind and number.isascii() and number.isdigit() and len(number) < 10 and int(number) > 0:
            return kind, int(number)
    raise DocumentError("unknown_schema", "schema", schema=str(text)[:60])


def canonical(plain: object) -> bytes:
    """Canonical JSON; NaN and infinity are refused."""
    return json.dumps(
        plain, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def hash_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_hash(value: Document) -> str:
    """SHA-256 of the canonical document: the name of this version."""
    return hash_of_bytes(canonical(to_plain(value)))


# --- generic codec over frozen dataclasses
# -------------------------------------------------------------------------


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, Any, Any], ...]:
    """(name, type, default) of a dataclass; MISSING where there is no default."""
    hints = typing.get_type_hints(cls)
    return tuple((f.name, hints[f.name], f.default) for f in dataclasses.fields(cls))


@cache
def _defaults(cls: Hashable) -> dict[str, Any]:
    """Name → default of a dataclass; typed loosely because mypy holds some classes of dataclasses for
    unhashable."""
    return {name: default for name, _, default in _fields(cls)}


_PLAIN_TYPES = frozenset({str, float, int, bool, type(None)})


def _encode(value: object) -> object:
    if type(value) in _PLAIN_TYPES:  # nearly all of a large product's leaves
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        defaults = _defaults(type(value))
        held = vars(value)  # beside its fields a value may remember what it worked out of them
        return {
            name: item if type(item) in _PLAIN_TYPES else _encode(item)
            for name, default in defaults.items()
            if (item := held[name]) is not default and item != default
        }
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Decimal):
        text = format(value, "f")
        if not _MONEY.fullmatch(text):  # what could not be read back is not written
            raise DocumentError("not_money", value=text[:60])
        return text
    return value


def decode(cls: type[T], data: object) -> T:
    """A value of a dataclass that is no document of its own, from plain data. Raises DocumentError."""
    value = _decode(cls, data, "")
    assert isinstance(value, cls)
    return value


def _decode(hint: Any, data: object, place: str) -> object:
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        return _decode_union(typing.get_args(hint), data, place)
    if origin is Literal:
        if data in typing.get_args(hint) and isinstance(data, str):
            return data
        raise DocumentError(
            "not_a_choice", place, value=str(data)[:60], choices=", ".join(map(str, typing.get_args(hint)))
        )
    if origin is tuple:
        return _decode_tuple(typing.get_args(hint), data, place)
    if dataclasses.is_dataclass(hint):
        return _decode_object(hint, data, place)
    return _decode_scalar(hint, data, place)


def _decode_union(options: tuple[Any, ...], data: object, place: str) -> object:
    if data is None and type(None) in options:
        return None
    error: DocumentError | None = None
    for option in options:
        if option is type(None):
            continue
        try:
            return _decode(option, data, place)
        except DocumentError as problem:
            error = problem
    raise error or DocumentError("not_empty", place)


def _decode_tuple(items: tuple[Any, ...], data: object, place: str) -> tuple[object, ...]:
    if not isinstance(data, list):
        raise DocumentError("not_a_list", place)
    if len(items) == 2 and items[1] is Ellipsis:
        return tuple(_decode(items[0], item, f"{place}[{index}]") for index, item in enumerate(data))
    if len(items) != len(data):
        raise DocumentError("not_a_list", place)
    return tuple(
        _decode(hint, item, f"{place}[{index}]")
        for index, (hint, item) in enumerate(zip(items, data, strict=True))
    )


def _decode_object(cls: Any, data: object, place: str) -> object:
    if not isinstance(data, dict):
        raise DocumentError("not_an_object", place)
    fields = _fields(cls)
    unknown = data.keys() - {name for name, _, _ in fields}
    if unknown:
        raise DocumentError("unknown_field", place, field=min(map(str, unknown))[:60])
    values = {}
    for name, hint, default in fields:
        inner = f"{place}.{name}" if place else name
        if name in data:
            values[name] = _decode(hint, data[name], inner)
        elif default is dataclasses.MISSING:
            raise DocumentError("missing_field", place, field=name)
    return cls(**values)


_MONEY = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _decode_scalar(hint: Any, data: object, place: str) -> object:
    if hint is Decimal:
        try:
            value = Decimal(data) if isinstance(data, str) and _MONEY.fullmatch(data) else None
        except InvalidOperation:
            value = None
        if value is None or not value.is_finite():
            raise DocumentError("not_money", place, value=str(data)[:60])
        return value
    if hint is float:
        if (
            isinstance(data, bool)
            or not isinstance(data, (int, float))
            or not abs(data) <= sys.float_info.max
        ):
            raise DocumentError("not_a_number", place, value=str(data)[:60])
        return float(data)
    if hint in (str, bool, int):
        if type(data) is hint and not (isinstance(data, str) and _UNPRINTABLE.search(data)):
            return data
        raise DocumentError(
            "not_text" if hint is str else "not_a_choice", place, value=str(data)[:60], choices="true, false"
        )
    raise TypeError(f"no codec for {hint}")
