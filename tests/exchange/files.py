"""Small fictitious declarations in the two formats, made to order."""

from __future__ import annotations

import json
from typing import Any

GWP_A1 = "77e416eb-a363-4258-a04e-171d843a6460"
AP_A1 = "b4274add-93b7-4905-a5e4-2e878c4e4216"
AP_A2 = "b5c611c6-def3-11e6-bf01-fe55135034f3"
PERE = "20f32be5-0398-4288-9b6d-accddd195317"
UUID = "00000000-0000-4000-8000-000000000001"


def result(uuid: str, values: list[dict[str, Any]], unit: str = "kg CO2-eq") -> dict[str, Any]:
    group = {"name": "referenceToUnitGroupDataSet", "value": {"shortDescription": [{"value": unit, "lang": "en"}]}}
    return {"referenceToLCIAMethodDataSet": {"refObjectId": uuid}, "meanAmount": 0.0, "other": {"anies": [*values, group]}}


def soda4lca(**changes: Any) -> dict[str, Any]:
    """A data set per 1000 kg with GWP of set A1; `changes` replace results, amount, scenarios, version, name."""
    flow: dict[str, Any] = {"dataSetInternalID": 0, "referenceFlow": True, "meanAmount": 1.0}
    if changes.get("extended", True):
        flow["resultingflowAmount"] = changes.get("amount", 1000.0)
        flow["flowProperties"] = [
            {"referenceFlowProperty": True, "referenceUnit": changes.get("unit", "kg"), "meanValue": 1000.0}
        ]
    information: dict[str, Any] = {"UUID": changes.get("uuid", UUID), "name": {"baseName": changes.get("name", NAME)}}
    if "scenarios" in changes:
        information["other"] = {"anies": [{"scenario": changes["scenarios"]}]}
    values = [{"module": "A1-A3", "value": "62.5"}, {"module": "C3", "value": "1"}, {"module": "D", "value": "-6"}]
    return {
        "processInformation": {
            "dataSetInformation": information,
            "quantitativeReference": {"referenceToReferenceFlow": [0]},
            "time": {"dataSetValidUntil": 2030},
        },
        "administrativeInformation": {"publicationAndOwnership": {"dataSetVersion": changes.get("version", "01.00.000")}},
        "exchanges": {"exchange": [flow]},
        "LCIAResults": {"LCIAResult": changes.get("results", [result(GWP_A1, values)])},
    }


NAME = [{"lang": "de", "value": "Verzonnen Mischung"}, {"lang": "en", "value": "Fictitious mix"}, {"lang": "nl"}]


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


HEADER = (
    "UUID;Version;Name (de);Name (en);Konformität;Gueltig bis;Bezugsgroesse;Bezugseinheit;Rohdichte (kg/m3);Modul;Szenario;"
    "GWP;ADPF;PERE;AP (A2);SOP (A2);\n"
)


def csv_line(uuid: str = UUID, amount: str = "1", module: str = "A1-A3", scenario: str = "", values: str = "0.5;1.5;2;;") -> str:
    return f"{uuid};01.00.000;Verzonnen;Fictitious;'DIN EN 15804';2030;{amount};kg;2350;{module};{scenario};{values};\n"
