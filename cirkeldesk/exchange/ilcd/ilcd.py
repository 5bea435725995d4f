"""ILCD+EPD process data sets, whatever their syntax: one set of rules that the XML and the JSON reader share.

Sources: the ILCD+EPD data format (InData working group, versions 1.1 to 1.3) and EN 15804. Indicators are
recognised by UUID, never by name. The declared amount is the reference exchange's mean amount × the mean
value of the flow's reference flow property, and 1000 kg stands beside 1 kg.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cirkeldesk.exchange.reading import USUAL_UNITS, Format, Note, Reading, checked, declarations_of, note
from cirkeldesk.model.product.composition import Composition, Constituent, Origin
from cirkeldesk.model.product.declaration import EN_15804_ONLY, DeclaredValue
from cirkeldesk.model.product.indicators import BY_UUID, SetCode
from cirkeldesk.model.product.product import OpenQuestion, Product, Scenario, Source
from cirkeldesk.model.refusal import ReadError

# Flow properties by UUID (ILCD reference data): a zip may lack their files.
FLOW_PROPERTY_UNITS: Mapping[str, str] = {
    "93a60a56-a3c8-11da-a746-0800200b9a66": "kg",
    "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",
    "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",
    "838aaa23-0117-11db-92e3-0800200c9a66": "m",
    "01846770-4cfe-4a25-8ad9-919d8d378345": "pcs.",
    "838aaa20-0117-11db-92e3-0800200c9a66": "t*km",
}
BIOGENIC_CARBON = "62e503ce-544a-4599-b2ad-bcea15a7bf20"
A1_SYSTEM = "b00f9ec0-7874-11e3-981f-0800200c9a66"
A2_SYSTEMS: Mapping[str, str] = {
    "c0016b33-8cf7-415c-ac6e-deba0d21440d": "EF 3.0",
    "d4aa3ec7-b1d7-4a4a-a6cb-37af88dcc902": "EF 3.1",
}
# Climate and toxicity carry another UUID in EF 3.1; the other indicators of set A2 have one for both.
_EF_31 = frozenset(
    uuid for uuid, row in BY_UUID.items() if row.set == "A2" and len(row.uuids) == 2 and uuid == row.uuids[1]
)
_EF_30 = frozenset(
    uuid for uuid, row in BY_UUID.items() if row.set == "A2" and len(row.uuids) == 2 and uuid == row.uuids[0]
)
LANGUAGES = ("nl", "en", "de")
MATERIAL_UNITS: Mapping[str, str] = {"gross density": "kg/m^3", "layer thickness": "m", "grammage": "kg/m^2"}


def in_a_language(found: Mapping[str | None, str | None]) -> str | None:
    """The Dutch text before the English, the German and any other."""
    return next((found[lang] for lang in (*LANGUAGES, *found) if found.get(lang)), None)


@dataclass(frozen=True)
class Flow:
    """The reference flow: what one declared amount is. `unit` None where the file does not tell."""

    unit: str | None = None
    amounts: tuple[float, ...] = ()  # every amount the file gives; more than one is a question
    properties: Mapping[str, float] = field(default_factory=dict)
    biogenic_carbon_kg: float | None = None
    elsewhere: str | None = None  # UUID of the flow data set that would tell
    other_version: bool = False  # the flow that came along is another version than the declaration refers to


@dataclass(frozen=True)
class Material:
    """A row of the content declaration: percent of the product's mass, and which part is renewable or
    recycled."""

    name: str
    percent: float | None
    renewable: float | None = None
    recycled: float | None = None


@dataclass(frozen=True)
class DataSet:
    """What a process data set says, before our rules."""

    name: str
    uuid: str | None
    version: str | None
    flow: Flow
    rows: Iterable[
        tuple[str, DeclaredValue]
    ]  # (UUID of the indicator, value); `indicator` is filled in from the UUID
    systems: frozenset[str] = frozenset()
    scenarios: tuple[Scenario, ...] = ()
    default_scenarios: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    valid_until: str | None = None
    owner: str | None = None
    number: str | None = None
    verifier: str | None = None


def code_of(uuid: str) -> tuple[SetCode | None, str]:
    """(set, code) of an indicator's UUID; an unknown one keeps its UUID and is in no set."""
    known = BY_UUID.get(uuid)
    return (known.set, known.code) if known else (None, f"uuid:{uuid}")


def reading_of(data: DataSet, source: Source, file_format: Format) -> Reading:
    """The product of one data set. Raises ReadError no_uuid when it has no identity, no_values when
    it declares nothing; anything else is noted."""
    if not data.uuid:
        raise ReadError("no_uuid", where=data.name)
    rows = list(data.rows)
    if not rows:
        raise ReadError("no_values", where=data.name)  # an inventory: a process that declares nothing
    systems, uuids = data.systems, {uuid for uuid, _ in rows}
    sets = {uuid: code_of(uuid)[0] for uuid in uuids}
    declarations = declarations_of(
        ((sets[uuid], value) for uuid, value in rows),
        rules=EN_15804_ONLY if systems & {A1_SYSTEM, *A2_SYSTEMS} else None,
        defaults=data.default_scenarios,
        standard_units=False,
    )
    method = _method(uuids, systems)
    flow = data.flow
    unit, amount, open_unit = _declared(flow)
    product = Product(
        id="",
        name=data.name,
        uuid=data.uuid,
        version=data.version,
        declared_unit=unit,
        declared_amount=amount,
        density_kg_m3=flow.properties.get("gross density"),
        thickness_m=flow.properties.get("layer thickness"),
        mass_per_m2_kg=flow.properties.get("grammage"),
        valid_until=data.valid_until,
        owner=data.owner,
        number=data.number,
        verifier=data.verifier,
        composition=composition_of(data.materials),
        declarations=tuple(replace(d, method=method) if d.set == "A2" else d for d in declarations),
        open=open_unit,
        source=source,
        scenarios=data.scenarios,
        biogenic_carbon_kg=flow.biogenic_carbon_kg,
    )
    product, found = checked(
        product, data.name, _set_notes(data, frozenset(d.set for d in declarations if d.set))
    )
    return Reading(file_format, (product,), found)


def _declared(flow: Flow) -> tuple[str | None, float | None, tuple[OpenQuestion, ...]]:
    """Unit and amount, or both None with the question; two amounts that differ are a question too."""
    amounts = tuple(dict.fromkeys(amount for amount in flow.amounts if amount > 0))
    if flow.unit is None or not amounts:
        return None, None, (OpenQuestion("unit", USUAL_UNITS),)
    if len(amounts) > 1:
        return None, None, (OpenQuestion("unit", tuple(f"{amount:.15g} {flow.unit}" for amount in amounts)),)
    return flow.unit, amounts[0], ()


def _method(uuids: set[str], systems: frozenset[str]) -> str | None:
    """EF 3.0 or 3.1 by the climate rows, else by the compliance declared; None where they disagree or are
    silent."""
    versions = {"EF 3.0"} if uuids & _EF_30 else set()
    versions |= {"EF 3.1"} if uuids & _EF_31 else set()
    versions = versions or {A2_SYSTEMS[system] for system in systems if system in A2_SYSTEMS}
    return versions.pop() if len(versions) == 1 else None


def _set_notes(data: DataSet, sets: frozenset[SetCode]) -> list[Note]:
    """What the file contradicts or leaves out about itself, apart from its values."""
    found = []
    flow, name = data.flow, data.name
    if flow.elsewhere is not None and flow.unit is None:
        found.append(note("warning", "unit_in_flow", name, flow=flow.elsewhere))
    elif flow.unit is None or not any(amount > 0 for amount in flow.amounts):
        found.append(note("warning", "not_extended", name))
    elif len({amount for amount in flow.amounts if amount > 0}) > 1:
        found.append(note("warning", "amounts_differ", name))
    if flow.other_version:
        found.append(note("warning", "flow_version", name))
    declared = {"A1"} if A1_SYSTEM in data.systems else set()
    declared |= {"A2"} if data.systems & A2_SYSTEMS.keys() else set()
    if declared and sets and not declared & sets:
        found.append(
            note(
                "warning",
                "other_set_declared",
                name,
                declared=" ".join(sorted(declared)),
                has=" ".join(sorted(sets)),
            )
        )
    return found


def composition_of(materials: tuple[Material, ...]) -> Composition:
    """Constituents by origin, from the renewable and recycled percentages of each material.

    What is recycled is secondary. Of the rest, at least `renewable − recycled` is biobased and at least
    `100 − renewable − recycled` abiotic; where neither settles it, or a percentage is not given, the origin
    is unknown. A wholly renewable material without a recycled percentage is biobased: no recycled content is
    claimed.
    """
    found: list[Constituent] = []
    for material in materials:
        fraction = None if material.percent is None else material.percent / 100
        for share, origin in _origins(material):
            part = None if fraction is None else fraction * share
            both = origin == "secondary" and material.renewable == 100
            found.append(Constituent(material.name, part, origin, recycled_biobased=both))
    return Composition(tuple(found))


def _origins(material: Material) -> list[tuple[float, Origin]]:
    renewable, recycled = material.renewable, material.recycled
    if recycled is None:
        return [(1.0, "primary_biobased" if renewable == 100 else "unknown")]
    shares: dict[Origin, float] = {"secondary": recycled / 100}
    if renewable is not None:
        shares["primary_biobased"] = max(0.0, (renewable - recycled) / 100)
        shares["primary_abiotic"] = max(0.0, (100 - renewable - recycled) / 100)
    shares["unknown"] = max(0.0, 1.0 - sum(shares.values()))
    return [(share, origin) for origin, share in shares.items() if share > 1e-9]
