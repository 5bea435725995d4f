"""ILCD+EPD XML (v1.1, v1.2, v1.3): a process data set, alone, with its flow data set, or in a zip with
dependencies.

Elements are found by name and namespace, never by prefix. Values stand in `other/amount@module[@scenario]`;
the outer `meanAmount` of a result is 0.0 and means nothing. The unit of the declared amount stands in another
file: the flow data set. Version 1.1 names no version; the attribute is often missing in practice, so nothing
depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cirkeldesk.exchange.archive import Archive
from cirkeldesk.exchange.ilcd.ilcd import (
    BIOGENIC_CARBON,
    FLOW_PROPERTY_UNITS,
    MATERIAL_UNITS,
    DataSet,
    Flow,
    Material,
    code_of,
    in_a_language,
    reading_of,
)
from cirkeldesk.exchange.reading import Note, Reading, note_of, plain_text, read_value
from cirkeldesk.exchange.xml import parse
from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.modules import normal_name
from cirkeldesk.model.product.product import Product, Scenario, Source
from cirkeldesk.model.refusal import ReadError

PROCESS = "{http://lca.jrc.it/ILCD/Process}"
FLOW = "{http://lca.jrc.it/ILCD/Flow}"
PROPERTY = "{http://lca.jrc.it/ILCD/FlowProperty}"
UNITS = "{http://lca.jrc.it/ILCD/UnitGroup}"
COMMON = "{http://lca.jrc.it/ILCD/Common}"
EPD = "{http://www.iai.kit.edu/EPD/2013}"
EPD2 = "{http://www.indata.network/EPD/2019}"
EPD24 = "{http://www.indata.network/EPD/2024}"
MATML = "{http://www.matml.org/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class FlowFile:
    """A flow data set: what its reference flow property counts, how many, and properties of the material."""

    version: str | None
    property_uuid: str | None
    mean: float | None
    properties: Mapping[str, float]
    biogenic_carbon_kg: float | None


@dataclass
class Dependencies:
    """Data sets that came along: flows by UUID, and the units that flow properties count in."""

    flows: dict[str, list[FlowFile]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=lambda: dict(FLOW_PROPERTY_UNITS))

    def add_flow(self, root: Element) -> str | None:
        """Keep a flow data set; its UUID, or None when it has none."""
        uuid = _text(root.find(f"{FLOW}flowInformation/{FLOW}dataSetInformation/{COMMON}UUID"))
        if uuid:
            self.flows.setdefault(uuid.lower(), []).append(_flow_file(root))
        return uuid

    def flow(self, uuid: str, version: str | None) -> FlowFile | None:
        """The flow of this UUID, in this version where several came along."""
        found = self.flows.get(uuid, [])
        return next((flow for flow in found if flow.version == version), found[-1] if found else None)


def is_process(root: Element) -> bool:
    return root.tag == f"{PROCESS}processDataSet"


def is_flow(root: Element) -> bool:
    return root.tag == f"{FLOW}flowDataSet"


def read(root: Element, source: Source, along: Dependencies) -> Reading:
    """One process data set. Raises ReadError no_uuid; anything else is noted and the rest is read."""
    information = _find(root, f"{PROCESS}processInformation/{PROCESS}dataSetInformation")
    publication = _find(root, f"{PROCESS}administrativeInformation/{PROCESS}publicationAndOwnership")
    other = _find(information, f"{COMMON}other")
    uuid = _text(information.find(f"{COMMON}UUID"))
    scenarios = _scenarios(other)
    reference, flow = _reference_flow(root, along)
    data = DataSet(
        name=_in_language(information.findall(f"{PROCESS}name/{PROCESS}baseName")) or source.file,
        uuid=uuid.lower() if uuid else None,
        version=_text(publication.find(f"{COMMON}dataSetVersion")),
        flow=flow,
        rows=_rows(root, reference),
        systems=_systems(root),
        scenarios=tuple(scenario for scenario, _ in scenarios),
        default_scenarios=tuple(scenario.name for scenario, is_default in scenarios if is_default),
        materials=tuple(_materials(other, flow)),
        valid_until=_valid_until(root),
        owner=_in_language(
            publication.findall(f"{COMMON}referenceToOwnershipOfDataSet/{COMMON}shortDescription")
        ),
        number=_text(publication.find(f"{COMMON}registrationNumber")),
        verifier=_in_language(
            root.findall(
                f"{PROCESS}modellingAndValidation/{PROCESS}validation/{PROCESS}review/"
                f"{COMMON}referenceToNameOfReviewerAndInstitution/{COMMON}shortDescription"
            )
        ),
    )
    return reading_of(data, source, "ILCD+EPD XML")


def read_zip(archive: Archive, source: Source) -> Reading:
    """Every process of a zip with its own flows; a process that cannot be read is named and the others are
    read.

    Raises ReadError zip_no_process, and whatever one bad member among the dependencies raises.
    """
    along = Dependencies()
    processes: list[Element] = []
    counts: list[Element] = []
    for name in archive.names:
        if not name.lower().endswith(".xml"):
            continue
        root = parse(archive.read(name), f"{source.file}: {plain_text(name)[-60:]}")
        if is_process(root):
            processes.append(root)
        elif is_flow(root):
            along.add_flow(root)
        elif root.tag in (f"{PROPERTY}flowPropertyDataSet", f"{UNITS}unitGroupDataSet"):
            counts.append(root)
    if not processes:
        raise ReadError("zip_no_process", file=source.file)
    _learn_units(along, counts)
    products: list[Product] = []
    notes: list[Note] = []
    for root in processes:
        try:
            found = read(root, source, along)
        except ReadError as problem:
            notes.append(note_of(problem, source.file))
            continue
        products += found.products
        notes += found.notes
    return Reading("ILCD+EPD zip", tuple(products), tuple(notes))


def _learn_units(along: Dependencies, roots: Iterable[Element]) -> None:
    """Units of flow properties that are none of the usual ones, through their unit groups."""
    groups: dict[str, str] = {}
    links: dict[str, str] = {}
    for root in roots:
        if root.tag == f"{UNITS}unitGroupDataSet":
            uuid = _text(root.find(f"{UNITS}unitGroupInformation/{UNITS}dataSetInformation/{COMMON}UUID"))
            wanted = _text(
                root.find(
                    f"{UNITS}unitGroupInformation/{UNITS}quantitativeReference/{UNITS}referenceToReferenceUnit"
                )
            )
            for unit in root.findall(f"{UNITS}units/{UNITS}unit"):
                name = _text(unit.find(f"{UNITS}name"))
                if uuid and name and unit.get("dataSetInternalID") == wanted:
                    groups[uuid.lower()] = name
        else:
            uuid = _text(
                root.find(f"{PROPERTY}flowPropertiesInformation/{PROPERTY}dataSetInformation/{COMMON}UUID")
            )
            link = root.find(
                f"{PROPERTY}flowPropertiesInformation/{PROPERTY}quantitativeReference/{PROPERTY}referenceToReferenceUnitGroup"
            )
            if uuid and link is not None:
                links[uuid.lower()] = str(link.get("refObjectId", "")).lower()
    for uuid, group in links.items():
        if group in groups:
            along.units.setdefault(uuid, groups[group])


# --- the parts of a process
# ----------------------------------------------------------------------------------------


def _reference_flow(root: Element, along: Dependencies) -> tuple[Element | None, Flow]:
    """The exchange the values are per, and what one of it is."""
    wanted = _text(
        root.find(
            f"{PROCESS}processInformation/{PROCESS}quantitativeReference/{PROCESS}referenceToReferenceFlow"
        )
    )
    exchanges = root.findall(f"{PROCESS}exchanges/{PROCESS}exchange")
    exchange = next(
        (e for e in exchanges if wanted is not None and e.get("dataSetInternalID") == wanted), None
    )
    if exchange is None:
        return None, Flow()
    reference = _find(exchange, f"{PROCESS}referenceToFlowDataSet")
    uuid = str(reference.get("refObjectId", "")).lower()
    found = along.flow(uuid, reference.get("version"))
    if found is None:
        return exchange, Flow(elsewhere=uuid)
    mean = _number(exchange.find(f"{PROCESS}meanAmount"))
    amounts = (mean * found.mean,) if mean is not None and found.mean is not None else ()
    unit = along.units.get(found.property_uuid or "")
    wanted_version = reference.get("version")
    other = wanted_version is not None and found.version is not None and wanted_version != found.version
    return exchange, Flow(unit, amounts, found.properties, found.biogenic_carbon_kg, other_version=other)


def _rows(root: Element, reference: Element | None) -> Iterator[tuple[str, DeclaredValue]]:
    """Rows in file order: resource and waste flows, and impact results."""
    sections = {
        f"{PROCESS}exchanges": (f"{PROCESS}exchange", f"{PROCESS}referenceToFlowDataSet"),
        f"{PROCESS}LCIAResults": (f"{PROCESS}LCIAResult", f"{PROCESS}referenceToLCIAMethodDataSet"),
    }
    for section in root:
        item_name, link = sections.get(section.tag, ("", ""))
        for item in section.findall(item_name) if item_name else ():
            if item is not reference:
                uuid = str(_find(item, link).get("refObjectId", "")).lower()
                yield from _item_rows(_find(item, f"{COMMON}other"), uuid)


def _item_rows(other: Element, uuid: str) -> Iterator[tuple[str, DeclaredValue]]:
    code = code_of(uuid)[1]
    unit = _in_language(other.findall(f"{EPD}referenceToUnitGroupDataSet/{COMMON}shortDescription"))
    for amount in other.findall(f"{EPD}amount"):
        module = plain_text(_attribute(amount, EPD, "module") or "")
        if module:
            scenario = plain_text(_attribute(amount, EPD, "scenario") or "") or None
            yield uuid, read_value(code, normal_name(module), _text(amount), scenario, unit, comma=False)


def _scenarios(other: Element) -> list[tuple[Scenario, bool]]:
    found = []
    for item in other.findall(f"{EPD}scenarios/{EPD}scenario"):
        name = plain_text(_attribute(item, EPD, "name") or "")
        if name:
            text = _in_language(item.findall(f"{EPD}description"))
            found.append((Scenario(name, text), _attribute(item, EPD, "default") in ("true", "1")))
    return found


def _systems(root: Element) -> frozenset[str]:
    path = f"{PROCESS}modellingAndValidation/{PROCESS}complianceDeclarations/{PROCESS}compliance/{COMMON}referenceToComplianceSystem"
    return frozenset(str(item.get("refObjectId", "")).lower() for item in root.findall(path))


def _valid_until(root: Element) -> str | None:
    """The expiry date of version 1.3, else the year."""
    time = _find(root, f"{PROCESS}processInformation/{PROCESS}time")
    return _text(time.find(f"{COMMON}other/{EPD24}expirationDateOfEPD")) or _text(
        time.find(f"{COMMON}dataSetValidUntil")
    )


def _materials(other: Element, flow: Flow) -> Iterator[Material]:
    """Materials of the content declaration, without packaging; a component without materials stands for
    itself."""
    content = other.find(f"{EPD2}contentDeclaration")
    if content is None:
        return
    mass = flow.amounts[0] if flow.unit == "kg" and len(flow.amounts) == 1 else None
    for component in content.findall(f"{EPD2}component"):
        inner = [m for m in component.findall(f"{EPD2}material") if not _is_packaging(m)]
        for material in inner or ([] if _is_packaging(component) else [component]):
            yield _material(material, mass)
    for material in content.findall(f"{EPD2}material"):
        if not _is_packaging(material):
            yield _material(material, mass)


def _is_packaging(item: Element) -> bool:
    return _attribute(item, EPD2, "packaging") in ("true", "1")


def _material(item: Element, mass: float | None) -> Material:
    """A range counts with its lower bound: the rest of it is unknown, as in every share of ours."""
    percent = _stated(item.find(f"{EPD2}weightPerc"))
    if percent is None and mass:
        kilograms = _stated(item.find(f"{EPD2}mass"))
        percent = None if kilograms is None else 100 * kilograms / mass
    return Material(
        _in_language(item.findall(f"{EPD2}name")) or "onbekend",
        percent if percent is not None and 0 <= percent <= 100 else None,
        _percent(item, "renewable"),
        _percent(item, "recycled"),
    )


def _stated(item: Element | None) -> float | None:
    if item is None:
        return None
    return next(
        (
            v
            for v in (_as_number(_attribute(item, EPD2, n)) for n in ("value", "lowerValue"))
            if v is not None
        ),
        None,
    )


def _percent(item: Element, name: str) -> float | None:
    value = _as_number(_attribute(item, EPD2, name))
    return value if value is not None and 0 <= value <= 100 else None


# --- a flow data set
# -----------------------------------------------------------------------------------------------


def _flow_file(root: Element) -> FlowFile:
    information = _find(root, f"{FLOW}flowInformation")
    wanted = _text(information.find(f"{FLOW}quantitativeReference/{FLOW}referenceToReferenceFlowProperty"))
    property_uuid, mean, carbon = None, None, None
    for item in root.findall(f"{FLOW}flowProperties/{FLOW}flowProperty"):
        uuid = str(_find(item, f"{FLOW}referenceToFlowPropertyDataSet").get("refObjectId", "")).lower()
        value = _number(item.find(f"{FLOW}meanValue"))
        if item.get("dataSetInternalID") == wanted:
            property_uuid, mean = uuid, value
        if uuid == BIOGENIC_CARBON:
            carbon = value
    version = _text(
        root.find(f"{FLOW}administrativeInformation/{FLOW}publicationAndOwnership/{COMMON}dataSetVersion")
    )
    return FlowFile(version, property_uuid, mean, _material_properties(information), carbon)


def _material_properties(information: Element) -> dict[str, float]:
    """Density, thickness and mass per area of the MatML part, where name, unit and number are plain."""
    matml = information.find(f"{FLOW}dataSetInformation/{COMMON}other/{MATML}MatML_Doc")
    if matml is None:
        return {}
    names = {}
    for detail in matml.findall(f"{MATML}Metadata/{MATML}PropertyDetails"):
        units = detail.find(f"{MATML}Units")
        names[detail.get("id")] = (
            _text(detail.find(f"{MATML}Name")),
            units.get("name") if units is not None else None,
        )
    found = {}
    for data in matml.iter(f"{MATML}PropertyData"):
        name, unit = names.get(data.get("property"), (None, None))
        value = _number(data.find(f"{MATML}Data"))
        if name is not None and MATERIAL_UNITS.get(name) == unit and value is not None and value > 0:
            found[name] = value
    return found


# --- small things
# --------------------------------------------------------------------------------------------------

_NOTHING = Element("nothing")


def _find(element: Element, path: str) -> Element:
    """The child, or an empty element, so that a missing branch reads as nothing in it."""
    found = element.find(path)
    return found if found is not None else _NOTHING


def _text(element: Element | None) -> str | None:
    return plain_text(element.text or "") or None if element is not None else None


def _attribute(element: Element, namespace: str, name: str) -> str | None:
    """An attribute with its prefix, or without one as some writers do."""
    return element.get(f"{namespace}{name}", element.get(name))


def _in_language(elements: list[Element]) -> str | None:
    return in_a_language(
        {element.get(LANG): _text(element) for element in reversed(elements) if _text(element)}
    )


def _number(element: Element | None) -> float | None:
    return _as_number(element.text if element is not None else None)


def _as_number(text: str | None) -> float | None:
    """A plain number; "> 500" and "1.000,0" are none."""
    return read_value("", "", text, None, None).value if text and "," not in text else None
