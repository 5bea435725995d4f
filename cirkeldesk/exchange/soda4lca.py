"""soda4LCA JSON (`?format=json&view=extended`): an ILCD+EPD process data set as ÖKOBAUDAT and ECO Portal nodes send it.

Where things are, and what goes wrong in real files: values are strings in `other.anies[]`; an item without `value` is not
declared; `anies` may hold a raw XML string or `{}`; the declared amount is `resultingflowAmount` (mean amount × mean value
of the reference flow property), and 1000 kg stands beside 1 kg; language lists may have `lang` without `value`.
Indicators are recognised by UUID, never by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cirkeldesk.exchange.reading import Note, ReadError, Reading, checked, declarations_of, note, plain_text, read_value
from cirkeldesk.model.declaration import EN_15804_ONLY, DeclaredValue
from cirkeldesk.model.indicators import BY_UUID, SetCode
from cirkeldesk.model.modules import normal_name
from cirkeldesk.model.product import Product, Source

FLOW_PROPERTY_UNITS = {
    "93a60a56-a3c8-11da-a746-0800200b9a66": "kg",
    "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",
    "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",
    "838aaa23-0117-11db-92e3-0800200c9a66": "m",
    "01846770-4cfe-4a25-8ad9-919d8d378345": "pcs.",
}
EN_15804_SYSTEMS = {
    "b00f9ec0-7874-11e3-981f-0800200c9a66",
    "c0016b33-8cf7-415c-ac6e-deba0d21440d",
    "d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902",
}
LANGUAGES = ("nl", "en", "de")


def is_process(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("processInformation"), dict)


def read(data: dict[str, Any], source: Source) -> Reading:
    """One data set. Raises ReadError when it has no identity; anything else is noted and the rest is read."""
    information = _dict(_dict(data, "processInformation"), "dataSetInformation")
    publication = _dict(_dict(data, "administrativeInformation"), "publicationAndOwnership")
    uuid = information.get("UUID")
    name = text_of(_dict(information, "name").get("baseName")) or source.file
    if not isinstance(uuid, str) or not uuid.strip():
        raise ReadError("no_uuid", where=name)
    flow = _reference_flow(data)
    unit, amount, notes = _declared(flow, name)
    properties = _material_properties(flow)
    time = _dict(_dict(data, "processInformation"), "time")
    year = time.get("dataSetValidUntil")
    product = Product(
        id="",
        name=name,
        uuid=uuid.strip().lower(),
        version=_text(publication.get("dataSetVersion")),
        declared_unit=unit,
        declared_amount=amount,
        density_kg_m3=properties.get("gross density"),
        thickness_m=properties.get("layer thickness"),
        mass_per_m2_kg=properties.get("grammage"),
        valid_until=str(year) if year else None,
        owner=text_of(_dict(publication, "referenceToOwnershipOfDataSet").get("shortDescription")),
        number=_text(publication.get("registrationNumber")),
        verifier=_verifier(data),
        declarations=declarations_of(
            _rows(data), rules=_rules(data), default_scenario=_default_scenario(information), standard_units=False
        ),
        source=source,
    )
    product, found = checked(product, name)
    return Reading("soda4LCA JSON", (product,), (*notes, *found))


def text_of(items: object) -> str | None:
    """The text of a language list, Dutch before English before German before any other."""
    if not isinstance(items, list):
        return _text(items)
    found = {
        item.get("lang"): _text(item.get("value")) for item in reversed(items) if isinstance(item, dict) and item.get("value")
    }
    return next((found[lang] for lang in (*LANGUAGES, *found) if lang in found), None)


def _text(value: object) -> str | None:
    return plain_text(str(value)) or None if value is not None and not isinstance(value, (dict, list)) else None


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
    wanted = _list(_dict(_dict(data, "processInformation"), "quantitativeReference"), "referenceToReferenceFlow")
    exchanges = [e for e in _list(_dict(data, "exchanges"), "exchange") if isinstance(e, dict)]
    for exchange in exchanges:
        if exchange.get("referenceFlow") is True:
            return exchange
    return next((e for e in exchanges if wanted and e.get("dataSetInternalID") == wanted[0]), {})


def _declared(flow: dict[str, Any], where: str) -> tuple[str | None, float | None, list[Note]]:
    """Unit text and amount of the reference flow; both None (a question) when the file was not sent extended."""
    for prop in _list(flow, "flowProperties"):
        if isinstance(prop, dict) and prop.get("referenceFlowProperty"):
            unit = _text(prop.get("referenceUnit")) or FLOW_PROPERTY_UNITS.get(str(prop.get("uuid")))
            amount = _number(flow.get("resultingflowAmount"))
            mean, per = _number(flow.get("meanAmount")), _number(prop.get("meanValue"))
            if "resultingflowAmount" not in flow and mean is not None and per is not None:
                amount = mean * per
            if unit is not None and amount is not None and amount > 0:
                return unit, amount, []
    return None, None, [note("warning", "not_extended", where)]


def _material_properties(flow: dict[str, Any]) -> dict[str, float]:
    expected = {"gross density": "kg/m^3", "layer thickness": "m", "grammage": "kg/m^2"}
    found = {}
    for item in _list(flow, "materialProperties"):
        value = _number(item.get("value")) if isinstance(item, dict) else None
        if value is not None and value > 0 and expected.get(str(item.get("name"))) == item.get("unit"):
            found[str(item["name"])] = value
    return found


def _rows(data: dict[str, Any]) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
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


def _item_rows(item: dict[str, Any], uuid: str) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    known = BY_UUID.get(uuid)
    code = known.code if known else f"uuid:{uuid}"
    anies = [entry for entry in _list(_dict(item, "other"), "anies") if isinstance(entry, dict)]
    units = [entry["value"] for entry in anies if entry.get("name") == "referenceToUnitGroupDataSet" and "value" in entry]
    unit = text_of(_dict({"u": units[0]}, "u").get("shortDescription")) if units else None
    for entry in anies:
        module = entry.get("module")
        if isinstance(module, str) and module:
            given = entry.get("value")
            raw = str(given)[:80] if isinstance(given, (dict, list)) else _text(given)
            scenario = _text(entry.get("scenario"))
            yield known.set if known else None, read_value(code, normal_name(module), raw, scenario, unit)


def _default_scenario(information: dict[str, Any]) -> str | None:
    for entry in _list(_dict(information, "other"), "anies"):
        for scenario in _list(entry, "scenario"):
            if isinstance(scenario, dict) and scenario.get("default") in (True, "true"):
                return _text(scenario.get("name"))
    return None


def _rules(data: dict[str, Any]) -> str | None:
    """These data sets follow EN 15804 and name no Dutch rules: orienting in a Dutch tender."""
    declared = _list(_dict(_dict(data, "modellingAndValidation"), "complianceDeclarations"), "compliance")
    systems = {str(_dict(entry, "referenceToComplianceSystem").get("refObjectId")) for entry in declared}
    return EN_15804_ONLY if systems & EN_15804_SYSTEMS else None


def _verifier(data: dict[str, Any]) -> str | None:
    for review in _list(_dict(_dict(data, "modellingAndValidation"), "validation"), "review"):
        for person in _list(review, "referenceToNameOfReviewerAndInstitution"):
            name = text_of(_dict({"p": person}, "p").get("shortDescription"))
            if name:
                return name
    return None
