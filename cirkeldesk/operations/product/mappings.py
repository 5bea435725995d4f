"""How tables of a kind were read, kept for the next one."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path

from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.table.table_mapping import TableMapping
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.operations.workspace import Workspace

_MAPPING = "mapping:"


def table_mappings(workspace: Workspace) -> dict[str, TableMapping]:
    """Mappings kept in this database, by the fingerprint of the tables they are for."""
    with workspace.unit() as unit:
        kept = {name: value for name, value in unit.settings.all().items() if name.startswith(_MAPPING)}
    return {name.removeprefix(_MAPPING): mapping_from_text(value) for name, value in kept.items()}


def mapping_text(mapping: TableMapping) -> str:
    return json.dumps(asdict(mapping), ensure_ascii=False)


def mapping_of(file: Path) -> TableMapping:
    """A mapping from a JSON file. Raises ReadError."""
    return mapping_from_text(content_of(file).decode("utf-8", "replace"), shown_name(file))


def mapping_from_text(text: str, file: str = "") -> TableMapping:
    """A mapping from its JSON. Raises ReadError table_bad_mapping."""
    try:
        data = json.loads(text)
        names = tuple((str(label), str(key)) for label, key in data.get("names", ()))
        known = {field.name: data[field.name] for field in fields(TableMapping) if field.name in data}
        return TableMapping(**{**known, "uses": tuple(map(str, data.get("uses", ()))), "names": names})
    except (ValueError, TypeError, AttributeError) as problem:
        raise ReadError("table_bad_mapping", file=file, problem="geen geldige indeling") from problem
