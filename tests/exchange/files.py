"""Small fictitious declarations in every format we read, made to order."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

GWP_A1 = "77e416eb-a363-4258-a04e-171d843a6460"
AP_A1 = "b4274add-93b7-4905-a5e4-2e878c4e4216"
AP_A2 = "b5c611c6-def3-11e6-bf01-fe55135034f3"
PERE = "20f32be5-0398-4288-9b6d-accddd195317"
UUID = "00000000-0000-4000-8000-000000000001"


def result(uuid: str, values: list[dict[str, Any]], unit: str = "kg CO2-eq") -> dict[str, Any]:
    group = {
        "name": "referenceToUnitGroupDataSet",
        "value": {"shortDescription": [{"value": unit, "lang": "en"}]},
    }
    return {
        "referenceToLCIAMethodDataSet": {"refObjectId": uuid},
        "meanAmount": 0.0,
        "other": {"anies": [*values, group]},
    }


def soda4lca(**changes: Any) -> dict[str, Any]:
    """A data set per 1000 kg with GWP of set A1; `changes` replace results, amount, scenarios, version,
    name."""
    flow: dict[str, Any] = {"dataSetInternalID": 0, "referenceFlow": True, "meanAmount": 1.0}
    if changes.get("extended", True):
        amount = changes.get("amount", 1000.0)
        flow["resultingflowAmount"] = amount
        flow["flowProperties"] = [
            {
                "referenceFlowProperty": True,
                "referenceUnit": changes.get("unit", "kg"),
                "meanValue": changes.get("mean", amount),
            }
        ]
    information: dict[str, Any] = {
        "UUID": changes.get("uuid", UUID),
        "name": {"baseName": changes.get("name", NAME)},
    }
    if "scenarios" in changes:
        information["other"] = {"anies": [{"scenario": changes["scenarios"]}]}
    values = [
        {"module": "A1-A3", "value": "62.5"},
        {"module": "C3", "value": "1"},
        {"module": "D", "value": "-6"},
    ]
    return {
        "processInformation": {
            "dataSetInformation": information,
            "quantitativeReference": {"referenceToReferenceFlow": [0]},
            "time": {"dataSetValidUntil": 2030},
        },
        "administrativeInformation": {
            "publicationAndOwnership": {"dataSetVersion": changes.get("version", "01.00.000")}
        },
        "exchanges": {"exchange": [flow]},
        "LCIAResults": {"LCIAResult": changes.get("results", [result(GWP_A1, values)])},
    }


NAME = [
    {"lang": "de", "value": "Verzonnen Mischung"},
    {"lang": "en", "value": "Fictitious mix"},
    {"lang": "nl"},
]


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


HEADER = (
    "UUID;Version;Name (de);Name (en);Konformität;Gueltig bis;Bezugsgroesse;Bezugseinheit;Rohdichte (kg/m3);Modul;Szenario;"
    "GWP;ADPF;PERE;AP (A2);SOP (A2);\n"
)


def csv_line(
    uuid: str = UUID,
    amount: str = "1",
    module: str = "A1-A3",
    scenario: str = "",
    values: str = "0.5;1.5;2;;",
) -> str:
    return f"{uuid};01.00.000;Verzonnen;Fictitious;'DIN EN 15804';2030;{amount};kg;2350;{module};{scenario};{values};\n"


# --- ILCD+EPD XML
# --------------------------------------------------------------------------------------------------

FLOW = "00000000-0000-4000-8000-0000000000f1"
MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
A2_SYSTEM = "c0016b33-8cf7-415c-ac6e-deba0d21440d"
GWP_TOTAL = "6a37f984-a4b3-458a-a20a-64418c145fa2"
NAMESPACES = (
    'xmlns="http://lca.jrc.it/ILCD/Process" xmlns:c="http://lca.jrc.it/ILCD/Common" xmlns:e="http://www.iai.kit.edu/EPD/2013" '
    'xmlns:e2="http://www.indata.network/EPD/2019" xmlns:e24="http://www.indata.network/EPD/2024"'
)
Amounts = Iterable[tuple[str, str | None, str | None]]  # module, scenario, text


def amounts_xml(amounts: Amounts, unit: str) -> str:
    """Values as most writers put them, with a prefix on the attributes."""
    cells = []
    for module, scenario, text in amounts:
        named = f" e:scenario={quoteattr(scenario)}" if scenario is not None else ""
        cells.append(f"<e:amount e:module={quoteattr(module)}{named}>{escape(text or '')}</e:amount>")
    group = f"<e:referenceToUnitGroupDataSet><c:shortDescription>{escape(unit)}</c:shortDescription></e:referenceToUnitGroupDataSet>"
    return f"<c:other>{''.join(cells)}{group if unit else ''}</c:other>"


def result_xml(uuid: str, amounts: Amounts, unit: str = "kg CO2 eq.") -> str:
    link = f'<referenceToLCIAMethodDataSet refObjectId="{uuid}"/>'
    return f"<LCIAResult>{link}<meanAmount>0.0</meanAmount>{amounts_xml(amounts, unit)}</LCIAResult>"


def flow_result_xml(uuid: str, amounts: Amounts, unit: str = "MJ") -> str:
    return f'<exchange><referenceToFlowDataSet refObjectId="{uuid}"/>{amounts_xml(amounts, unit)}</exchange>'


USUAL_XML = result_xml(GWP_TOTAL, [("A1-A3", None, "62.5"), ("C3", None, "1"), ("D", None, "-6")])


def ilcd_xml(**changes: Any) -> str:
    """A process data set with GWP-total of set A2; `changes` replace parts of it as XML text."""
    reference = changes.get(
        "reference",
        f'<exchange dataSetInternalID="7"><referenceToFlowDataSet refObjectId="{FLOW}"/><meanAmount>'
        f"{changes.get('mean', '1.0')}</meanAmount></exchange>",
    )
    return (
        f"{changes.get('head', '')}<processDataSet {NAMESPACES}><processInformation><dataSetInformation>"
        f"<c:UUID>{changes.get('uuid', UUID)}</c:UUID>"
        "<name><baseName xml:lang='de'>Verzonnen Mischung</baseName>"
        f"<baseName xml:lang='en'>{changes.get('name', 'Fictitious mix')}</baseName></name>"
        f"<c:other>{changes.get('other', '')}</c:other></dataSetInformation>"
        f"<quantitativeReference><referenceToReferenceFlow>7</referenceToReferenceFlow></quantitativeReference>"
        f"<time><c:dataSetValidUntil>2030</c:dataSetValidUntil>{changes.get('time', '')}</time></processInformation>"
        f"<modellingAndValidation><complianceDeclarations><compliance><c:referenceToComplianceSystem "
        f'refObjectId="{changes.get("system", A2_SYSTEM)}"/></compliance></complianceDeclarations></modellingAndValidation>'
        f"<administrativeInformation><publicationAndOwnership><c:dataSetVersion>{changes.get('version', '01.00.000')}"
        f"</c:dataSetVersion></publicationAndOwnership></administrativeInformation>"
        f"<exchanges>{reference}{changes.get('exchanges', '')}</exchanges>"
        f"<LCIAResults>{changes.get('results', USUAL_XML)}</LCIAResults></processDataSet>"
    )


def flow_xml(**changes: Any) -> str:
    """The flow data set that says: one of it is 1000 kg."""
    return (
        '<f:flowDataSet xmlns:f="http://lca.jrc.it/ILCD/Flow" xmlns:c="http://lca.jrc.it/ILCD/Common"><f:flowInformation>'
        f"<f:dataSetInformation><c:UUID>{changes.get('uuid', FLOW)}</c:UUID></f:dataSetInformation><f:quantitativeReference>"
        "<f:referenceToReferenceFlowProperty>3</f:referenceToReferenceFlowProperty></f:quantitativeReference></f:flowInformation>"
        '<f:flowProperties><f:flowProperty dataSetInternalID="3">'
        f'<f:referenceToFlowPropertyDataSet refObjectId="{changes.get("property", MASS)}"/>'
        f"<f:meanValue>{changes.get('mean', '1000')}</f:meanValue></f:flowProperty></f:flowProperties></f:flowDataSet>"
    )


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ilcd_zip(**changes: Any) -> bytes:
    return zipped({"ILCD/processes/a.xml": ilcd_xml(**changes), "ILCD/flows/f.xml": flow_xml()})


# --- openEPD
# -------------------------------------------------------------------------------------------------------


def openepd(**changes: Any) -> dict[str, Any]:
    """An openEPD document per 1 t with EF 3.1 climate and the same under TRACI; `changes` replace keys."""
    cells = {"A1A2A3": {"mean": 62.5, "unit": "kgCO2e"}, "C3": {"mean": 1.0, "unit": "kgCO2e"}}
    return {
        "doctype": "openEPD",
        "openepd_version": "0.1",
        "id": "fictief-1",
        "product_name": "Fictitious mix",
        "valid_until": "2030-06-30T00:00:00Z",
        "declared_unit": {"qty": 1, "unit": "t"},
        "kg_per_declared_unit": {"qty": 1000, "unit": "kg"},
        "impacts": {
            "EF 3.1": {"gwp": cells},
            "TRACI 2.1": {"gwp": {"A1A2A3": {"mean": 99.0, "unit": "kgCO2e"}}},
        },
        "resource_uses": {"sm": {"A1A2A3": {"mean": 5, "unit": "kg"}}},
        "output_flows": {},
        **changes,
    }


# --- tables
# --------------------------------------------------------------------------------------------------------

TABLE = (
    ("Product", "Verzonnen mengsel"),
    ("Gedeclareerde eenheid", "1000 kg"),
    ("Milieueffect", "Eenheid", "A1-A3", "C3", "D"),
    ("Klimaatverandering - totaal", "kg CO2-eq", "62,5", "1", "-6"),
    ("Verzuring (AP)", "mol H+-eq", "0,25", "ND", "-0,01"),
)


def as_csv(rows: Iterable[Iterable[str]], delimiter: str = ";") -> bytes:
    lists = [list(row) for row in rows]
    width = max(map(len, lists))
    return "\n".join(delimiter.join([*row, *[""] * (width - len(row))]) for row in lists).encode()


def as_xlsx(rows: Iterable[Iterable[Any]], sheet: str = "Resultaten") -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
