"""soda4LCA JSON (`?format=json&view=extended`): an ILCD+EPD process data set as ÖKOBAUDAT and ECO Portal
nodes send it.

Where things are, and what goes wrong in real files: values are strings in `other.anies[]`; an item without
`value` is not declared; `anies` may hold a raw XML string or `{}`; the declared amount is
`resultingflowAmount` (mean amount × mean value of the reference flow property), and 1000 kg stands beside 1
kg; language lists may have `lang` without `value`. Indicators are recognised by UUID, never by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cirkeldesk.exchange.ilcd.ilcd import (
    BIOGENIC_CARBON,
    FLOW_PROPERTY_UNITS,
    MATERIAL_UNITS,
    DataSet,
    Flow,
    code_of,
    in_a_language,
    reading_of,
)
from cirkeldesk.exchange.reading import Reading, plain_text, plain_value, read_value
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.modules import normal_name
from cirkeldesk.model.product.product import Scenario, Source


def is_process(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("processInformation"), dict)


def is_overview(data: object) -> bool:
    """A list of data sets, as a search gives it: names without values."""
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        return False
    return "totalCount" in data and all(isinstance(one, dict) and "uuid" in one for one in data["data"])


def read(data: dict[str, Any], source: Source) -> Reading:
    """One data set. Raises ReadError when it has no identity; anything else is noted and the rest is read."""
    information = _dict(_dict(data, "processInformation"), "dataSetInformation")
    publication = _dict(_dict(data, "administrativeInformation"), "publicationAndOwnership")
    uuid = information.get("UUID")
    year = _dict(_dict(data, "processInformation"), "time").get("dataSetValidUntil")
    scenarios = _scenarios(information)
    found = DataSet(
        name=text_of(_dict(information, "name").get("baseName")) or source.file,
        uuid=uuid.strip().lower() if isinstance(uuid, str) else None,
        version=_text(publication.get("dataSetVersion")),
        flow=_flow(_reference_flow(data)),
        rows=_rows(data),
        systems=_systems(data),
        scenarios=tuple(scenario for scenario, _ in scenarios),
        default_scenarios=tuple(scenario.name for scenario, is_default in scenarios if is_default),
        valid_until=str(year) if year else None,
        owner=text_of(_dict(publication, "referenceToOwnershipOfDataSet").get("shortDescription")),
        number=_text(publication.get("registrationNumber")),
        verifier=_verifier(data),
    )
    return reading_of(found, source, "soda4LCA JSON")


def text_of(items: object) -> str | None:
    """The text of a language list, Dutch before English before German before any other."""
    if not isinstance(items, list):
        return _text(items)
    return in_a_language(
        {
            _text(item.get("lang")): _text(item.get("value"))
            for item in reversed(items)
            if isinstance(item, dict)
        }
    )


def _text(value: object) -> str | None:
    if isinstance(value, str):  # nearly always
        return plain_text(value) or None
    return plain_text(str(value)) if value is not None and not isinstance(value, (dict, list)) else None


def _dict(data: object, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _list(data: object, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    if isinstance(value, dict):  # one item where a list is usual
        return [value]
    return value if isinstance(value, list) else []


def _number(value: object) -> float | None:
    """A plain number, also as text; "> 500", "1.000,0" and "1_000" are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    return read_value("", "", str(value) if "," not in str(value) else "?", None, None).value


def _reference_flow(data: dict[str, Any]) -> dict[str, Any]:
    wanted = _list(
        _dict(_dict(data, "processInformation"), "quantitativeReference"), "referenceToReferenceFlow"
    )
    exchanges = [e for e in _list(_dict(data, "exchanges"), "exchange") if isinstance(e, dict)]
    for exchange in exchanges:
        if exchange.get("referenceFlow") is True:
            return exchange
    return next((e for e in exchanges if wanted and e.get("dataSetInternalID") == wanted[0]), {})


def _flow(exchange: dict[str, Any]) -> Flow:
    """Unit and amount of the reference flow; without them when the file was not sent extended."""
    properties = [prop for prop in _list(exchange, "flowProperties") if isinstance(prop, dict)]
    unit, amounts = None, []
    for prop in properties:
        if prop.get("referenceFlowProperty"):
            unit = _text(prop.get("referenceUnit")) or FLOW_PROPERTY_UNITS.get(str(prop.get("uuid")))
            mean, per = _number(exchange.get("meanAmount")), _number(prop.get("meanValue"))
            amounts = [_number(exchange["resultingflowAmount"])] if "resultingflowAmount" in exchange else []
            amounts += [mean * per] if mean is not None and per is not None else []
            break
    carbon = [
        _number(p.get("meanValue")) for p in properties if str(p.get("uuid")).lower() == BIOGENIC_CARBON
    ]
    return Flow(
        unit if None not in amounts else None,
        tuple(amount for amount in amounts if amount is not None),
        _material_properties(exchange),
        carbon[0] if carbon else None,
    )


def _material_properties(flow: dict[str, Any]) -> dict[str, float]:
    found = {}
    for item in _list(flow, "materialProperties"):
        value = _number(item.get("value")) if isinstance(item, dict) else None
        if value is not None and value > 0 and MATERIAL_UNITS.get(str(item.get("name"))) == item.get("unit"):
            found[str(item["name"])] = value
    return found


def _rows(data: dict[str, Any]) -> Iterator[tuple[str, DeclaredValue]]:
    """Rows in file order: resource and waste flows, then impact results (or as the file has them)."""
    sections = {
        "exchanges": ("exchange", "referenceToFlowDataSet"),
        "LCIAResults": ("LCIAResult", "referenceToLCIAMethodDataSet"),
    }
    for section in (key for key in data if key in sections):
        item_name, reference = sections[section]
        for item in _list(_dict(data, section), item_name):
            if not isinstance(item, dict) or item.get("referenceFlow") is True:
                continue
            uuid = str(_dict(item, reference).get("refObjectId", "")).lower()
            yield from _item_rows(item, uuid)


def _item_rows(item: dict[str, Any], uuid: str) -> Iterator[tuple[str, DeclaredValue]]:
    code = code_of(uuid)[1]
    anies = [entry for entry in _list(_dict(item, "other"), "anies") if isinstance(entry, dict)]
    unit = next((_unit(entry) for entry in anies if entry.get("name") == "referenceToUnitGroupDataSet"), None)
    for entry in anies:
        module = entry.get("module")
        if isinstance(module, str) and module:
            given, scenario = entry.get("value"), entry.get("scenario")
            raw = str(given)[:80] if isinstance(given, (dict, list)) else _text(given)
            said = _text(scenario) if scenario is not None else None
            yield uuid, plain_value(code, _module(module), raw, said, unit, comma=False)


def _unit(entry: dict[str, Any]) -> str | None:
    return text_of(_dict(entry, "value").get("shortDescription"))


@lru_cache(maxsize=1024)
def _module(text: str) -> str:
    return plain_text(normal_name(text))


def _scenarios(information: dict[str, Any]) -> list[tuple[Scenario, bool]]:
    """The scenarios the file describes, each with whether it is a default."""
    found = []
    for entry in _list(_dict(information, "other"), "anies"):
        for item in _list(entry, "scenario"):
            name = _text(item.get("name")) if isinstance(item, dict) else None
            if name:
                found.append(
                    (Scenario(name, text_of(item.get("description"))), item.get("default") in (True, "true"))
                )
    return found


def _systems(data: dict[str, Any]) -> frozenset[str]:
    declared = _list(_dict(_dict(data, "modellingAndValidation"), "complianceDeclarations"), "compliance")
    return frozenset(
        str(_dict(entry, "referenceToComplianceSystem").get("refObjectId")).lower() for entry in declared
    )


def _verifier(data: dict[str, Any]) -> str | None:
    for review in _list(_dict(_dict(data, "modellingAndValidation"), "validation"), "review"):
        for person in _list(review, "referenceToNameOfReviewerAndInstitution"):
            name = text_of(_dict({"p": person}, "p").get("shortDescription"))
            if name:
                return name
    return None
