"""openEPD JSON (Building Transparency): openEPD, openIndustryEpd and openGenericEstimate documents.

Values stand per method: `impacts.{method}.{indicator}.{module} = {mean, unit}`. Only an EF method is set A2;
rows of other methods (TRACI, CML …) are kept under their method's name and count in no set. Indicators have
names instead of UUIDs, so a unit of another indicator means a wrong name, and such a value is not counted.
Module A1-A3 is written `A1A2A3`; scenarios stand in `C_scenarios`, a list that also holds D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cirkeldesk.exchange.reading import Note, Reading, checked, declarations_of, note, plain_text, read_value
from cirkeldesk.model.product.declaration import EN_15804_ONLY, Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.modules import normal_name
from cirkeldesk.model.product.product import OpenQuestion, Product, Source
from cirkeldesk.model.product.units import measured_by
from cirkeldesk.model.refusal import ReadError

DOCTYPES = frozenset({"openepd", "openindustryepd", "opengenericestimate"})
EF_METHOD = re.compile(r".*\bEF[ -]?v?(3\.[01])\b.*", re.IGNORECASE)
# openEPD's names → ours, in set A2.
IMPACTS: Mapping[str, str] = {
    "gwp": "GWP-total",
    "gwp-fossil": "GWP-fossil",
    "gwp-biogenic": "GWP-biogenic",
    "gwp-luluc": "GWP-luluc",
    "odp": "ODP",
    "ap": "AP",
    "ep-fresh": "EP-freshwater",
    "ep-marine": "EP-marine",
    "ep-terr": "EP-terrestrial",
    "pocp": "POCP",
    "adp-mineral": "ADPE",
    "adp-fossil": "ADPF",
    "wdp": "WDP",
    "pm": "PM",
    "irp": "IRP",
    "etp-fw": "ETP-fw",
    "htp-c": "HTP-c",
    "htp-nc": "HTP-nc",
    "sqp": "SQP",
}
FLOWS: Mapping[str, str] = {
    **{
        name.lower(): name
        for name in ("PERE", "PERM", "PERT", "PENRE", "PENRM", "PENRT", "SM", "RSF", "NRSF", "FW")
    },
    **{name.lower(): name for name in ("HWD", "NHWD", "RWD", "CRU", "MFR", "MER", "EEE", "EET")},
    "rpre": "PERE",
    "rprm": "PERM",
    "rprt": "PERT",
    "nrpre": "PENRE",
    "nrprm": "PENRM",
    "nrprt": "PENRT",
    "ee": "EEE",
    "eh": "EET",
}
SHORT_TON = 0.01  # a stated mass that departs further from the unit's own is another unit: 907 kg is no tonne


def is_openepd(data: object) -> bool:
    return isinstance(data, dict) and str(data.get("doctype", "")).lower() in DOCTYPES


def is_ec3(data: object) -> bool:
    """A record of EC3's own service: one climate figure as text, not openEPD."""
    if isinstance(data, list):
        return bool(data) and all(is_ec3(item) for item in data[:3])
    return (
        isinstance(data, dict)
        and not is_openepd(data)
        and isinstance(data.get("declared_unit"), str)
        and {"gwp", "id"} & data.keys() != set()
    )


def read(data: dict[str, Any], source: Source) -> Reading:
    """One document. Raises ReadError no_values when it holds no figure at all."""
    name = _text(data.get("product_name")) or _text(data.get("name")) or source.file
    methods = _methods(_dict(data, "impacts"))
    rows = [*_impact_rows(data, methods), *_flow_rows(data)]
    if not rows:
        raise ReadError("no_values", where=name)
    unit, amount, question, notes = _declared(data, name)
    unused = [method for method, version in methods.items() if version is None]
    notes += [note("warning", "method_not_used", name, methods=", ".join(unused))] if unused else []
    density = _density(data, unit, amount)
    ilcd = _dict(_dict(data, "ext"), "ILCD_EPD")
    version = _text(ilcd.get("dataset_version")) or _text(data.get("version"))
    product = Product(
        id="",
        name=name,
        # The UUID of an ILCD original names that original.
        uuid=(_text(data.get("id")) or "").lower() or None,
        version=version or _day(data.get("date_of_issue")),
        declared_unit=unit,
        declared_amount=amount,
        density_kg_m3=density.get("volume_m3"),
        mass_per_m2_kg=density.get("area_m2"),
        valid_until=_day(data.get("valid_until")),
        owner=_text(_dict(data, "manufacturer").get("name")),
        number=_text(data.get("program_operator_doc_id")),
        verifier=_text(_dict(data, "third_party_verifier").get("name")),
        declarations=_declarations(data, rows, methods),
        open=question,
        source=source,
        biogenic_carbon_kg=_quantity(data.get("kg_C_biogenic_per_declared_unit"))[0],
    )
    product, found = checked(product, name, notes)
    return Reading("openEPD JSON", (product,), found)


def _density(data: dict[str, Any], unit: str | None, amount: float | None) -> dict[str, float]:
    """Mass per what a declared unit measures (m³, m²), from the mass of what was declared."""
    mass, mass_unit = _quantity(data.get("kg_per_declared_unit"))
    measure = measured_by(unit)
    if not mass or not amount or measure is None or (mass_unit or "kg") != "kg":
        return {}
    return {measure[0]: mass / amount}


def _declarations(
    data: dict[str, Any], rows: list[tuple[SetCode | None, DeclaredValue]], methods: Mapping[str, str | None]
) -> tuple[Declaration, ...]:
    """By set; those of +A2 say by which version of EF they were computed."""
    made = declarations_of(rows, rules=_rules(data), defaults=(), standard_units=False)
    method = next((f"EF {version}" for version in methods.values() if version), None)
    return tuple(replace(one, method=method) if one.set == "A2" else one for one in made)


def _methods(impacts: dict[str, Any]) -> dict[str, str | None]:
    """Method → version of EF it stands for; of two versions the newer is set A2 and the other is kept beside
    it."""
    found = {
        plain_text(method): match[1] if (match := EF_METHOD.fullmatch(method)) else None for method in impacts
    }
    newest = max((version for version in found.values() if version), default=None)
    first = next((method for method, version in found.items() if version == newest and newest), None)
    return {method: version if method == first else None for method, version in found.items()}


def _impact_rows(
    data: dict[str, Any], methods: Mapping[str, str | None]
) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for method, impacts in _dict(data, "impacts").items():
        version = methods[plain_text(method)]
        for key, cells in _with_free_names(_dict({"m": impacts}, "m")):
            code = IMPACTS.get(_key(key))
            if version is not None and code is not None:
                yield from (("A2", value) for value in _cells(cells, code))
            else:
                yield from (
                    (None, value) for value in _cells(cells, f"{plain_text(method)}|{plain_text(key)}")
                )


def _flow_rows(data: dict[str, Any]) -> Iterator[tuple[SetCode | None, DeclaredValue]]:
    for section in ("resource_uses", "output_flows"):
        for key, cells in _with_free_names(_dict(data, section)):
            yield from (
                (None, value) for value in _cells(cells, FLOWS.get(_key(key), f"{section}|{plain_text(key)}"))
            )


def _with_free_names(section: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The indicators of a section; `ext` holds more of them under free names."""
    for key, cells in section.items():
        if key == "ext" and isinstance(cells, dict):
            yield from cells.items()
        else:
            yield key, cells


def _key(text: str) -> str:
    return text.strip().lower().replace("_", "-")


def _cells(cells: Any, code: str) -> Iterator[DeclaredValue]:
    if not isinstance(cells, dict):
        return
    for module, measured in cells.items():
        if module.endswith("scenarios"):
            for number, scenario in enumerate(measured if isinstance(measured, list) else [], 1):
                if isinstance(scenario, dict):
                    name = _text(scenario.get("name")) or f"scenario {number}"
                    inner = _dict(scenario, "impacts") or scenario
                    yield from (
                        _cell(cell, code, key, name) for key, cell in inner.items() if isinstance(cell, dict)
                    )
        elif isinstance(measured, dict) or measured is None:
            yield _cell(measured or {}, code, module, None)
        else:
            yield read_value(
                code, normal_name(plain_text(module)), f"“{plain_text(str(measured))[:60]}”", None, None
            )


def _cell(measured: dict[str, Any], code: str, module: str, scenario: str | None) -> DeclaredValue:
    mean = measured.get("mean")
    raw = None if mean is None else str(mean)[:80]
    if isinstance(mean, (bool, dict, list)):
        raw = f"“{raw}”"  # no number, whatever it looks like
    return read_value(code, normal_name(plain_text(module)), raw, scenario, _text(measured.get("unit")))


def _declared(
    data: dict[str, Any], where: str
) -> tuple[str | None, float | None, tuple[OpenQuestion, ...], list[Note]]:
    """Unit and amount; a mass beside them that says otherwise (a short ton called ton) is a question."""
    amount, unit = _quantity(data.get("declared_unit"))
    if amount is None or unit is None or amount <= 0:
        return None, None, (), [note("warning", "unit_missing", where)]
    mass, mass_unit = _quantity(data.get("kg_per_declared_unit"))
    measure = measured_by(unit)
    if measure is not None and measure[0] == "mass_t" and mass and (mass_unit or "kg") == "kg":
        own = amount * measure[1] * 1000
        if abs(mass - own) > SHORT_TON * own:
            choices = (f"{mass:.15g} kg", f"{amount:.15g} {unit}")
            return None, None, (OpenQuestion("unit", choices),), [note("warning", "amounts_differ", where)]
    return unit, amount, (), []


def _quantity(value: Any) -> tuple[float | None, str | None]:
    """{qty, unit}, or both in one text ("1 kg"), or a bare number."""
    if isinstance(value, dict):
        return _number(value.get("qty")), _text(value.get("unit"))
    if isinstance(value, str):
        number, _, unit = value.strip().partition(" ")
        return _number(number), plain_text(unit) or None
    return _number(value), None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or "," in str(value):
        return None
    return read_value("", "", str(value), None, None).value


def _rules(data: dict[str, Any]) -> str | None:
    named = data.get("compliance")
    texts = (
        [str(item.get("short_name", "")) for item in named if isinstance(item, dict)]
        if isinstance(named, list)
        else []
    )
    return EN_15804_ONLY if any("15804" in text for text in texts) else None


def _day(value: Any) -> str | None:
    text = _text(value)
    return text[:10] if text else None


def _text(value: object) -> str | None:
    return plain_text(value) or None if isinstance(value, str) else None


def _dict(data: object, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}
