"""JSON Schema of our own documents, made from the dataclasses so that the two cannot disagree."""

from __future__ import annotations

import dataclasses
import types
import typing
from decimal import Decimal
from typing import Any, Literal, Union

from cirkeldesk.model.document.document import CLASSES, CURRENT, Kind

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}


def schema_of(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of document."""
    definitions: dict[str, Any] = {}
    root = _object(CLASSES[kind], definitions)
    root["properties"] = {"schema": {"const": f"{kind}/{CURRENT[kind]}"}, **root["properties"]}
    root["required"] = ["schema", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{kind}/{CURRENT[kind]}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    return {
        "type": "object",
        "description": " ".join((cls.__doc__ or "").split()),
        "additionalProperties": False,
        "required": [f.name for f in fields if f.default is dataclasses.MISSING],
        "properties": {f.name: _of(hints[f.name], definitions) for f in fields},
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        options = [_of(option, definitions) for option in typing.get_args(hint) if option is not type(None)]
        if type(None) in typing.get_args(hint):
            options.append({"type": "null"})
        return {"anyOf": options} if len(options) > 1 else options[0]
    if origin is Literal:
        return {"enum": list(typing.get_args(hint))}
    if origin is tuple:
        items = typing.get_args(hint)
        if len(items) == 2 and items[1] is Ellipsis:
            return {"type": "array", "items": _of(items[0], definitions)}
        return {
            "type": "array",
            "prefixItems": [_of(item, definitions) for item in items],
            "items": False,
            "minItems": len(items),
        }
    if dataclasses.is_dataclass(hint):
        name = hint.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return dict(_SCALARS[hint])
