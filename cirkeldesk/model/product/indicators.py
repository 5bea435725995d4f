"""Environmental indicators of EN 15804+A1 and +A2, with the UUIDs under which ILCD data sets name them.

Source of codes and UUIDs: the EN 15804 reference packages of the ILCD+EPD format (InData). AP, EP-*, POCP,
ODP, ADP*, WDP, PM, IRP, SQP and HTP-c carry the same UUID in EF 3.0 and EF 3.1. A1 and A2 share short names
(AP, ODP, POCP, ADPE, ADPF) with other units, so an indicator is always a pair (set, code) and is never
recognised by name alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

SetCode = Literal["A1", "A2"]

# kg Sb-eq per MJ of fossil fuel, for A1's ADPF declared in energy (Bepalingsmethode, conversion of ADP
# fossil).
SB_PER_MJ = 4.81e-4


@dataclass(frozen=True)
class Indicator:
    """One row of the table: `set` is None for resource, waste and output flows, which no weighting set
    counts."""

    code: str
    set: SetCode | None
    uuids: tuple[str, ...]
    unit: str
    unit_words: tuple[str, ...]  # one of these is in a sensible unit text; a check only


def _rows() -> tuple[Indicator, ...]:
    a1 = [
        ("GWP", "77e416eb-a363-4258-a04e-171d843a6460", "kg CO2-eq", "co2 carbondioxide"),
        ("ODP", "06dcd26f-025f-401a-a7c1-5e457eb54637", "kg CFC-11-eq", "cfc cfk r11"),
        ("AP", "b4274add-93b7-4905-a5e4-2e878c4e4216", "kg SO2-eq", "so2"),
        ("EP", "f58827d0-b407-4ec6-be75-8b69efb98a0f", "kg PO4(3-)-eq", "po4 phosphat fosfaat"),
        ("POCP", "1e84a202-dae6-42aa-9e9d-71ea48b8be00", "kg C2H4-eq", "ethen etheen ethylen c2h4"),
        ("ADPE", "f7c73bb9-ab1a-4249-9c6d-379a0de6f67e", "kg Sb-eq", "sb antimon antimoon"),
        ("ADPF", "804ebcdf-309d-4098-8ed8-fdaf2f389981", "kg Sb-eq", "mj sb antimon antimoon"),
        ("HTP", "3e3c1ff6-60c5-4b37-8320-52e9df6306ab", "kg 1,4-DB-eq", "db dcb dichlor dichloor"),
        ("FAETP", "82707db2-378e-4ec9-ad64-3b8d9f4c5eb1", "kg 1,4-DB-eq", "db dcb dichlor dichloor"),
        ("MAETP", "c77ac05b-d70b-453e-92a7-3fbe924dc664", "kg 1,4-DB-eq", "db dcb dichlor dichloor"),
        ("TETP", "c055d82d-37fe-495c-919b-a34522f24dcf", "kg 1,4-DB-eq", "db dcb dichlor dichloor"),
    ]
    a2 = [
        (
            "GWP-total",
            "6a37f984-a4b3-458a-a20a-64418c145fa2 a7ea142a-9749-11ed-a8fc-0242ac120002",
            "kg CO2-eq",
            "co2 carbondioxide",
        ),
        (
            "GWP-fossil",
            "5f635281-343e-44fb-83df-1971b155e6b6 a7ea19c0-9749-11ed-a8fc-0242ac120002",
            "kg CO2-eq",
            "co2 carbondioxide",
        ),
        (
            "GWP-biogenic",
            "2356e1ab-0185-4db5-86e5-16de51c7485c a7ea186c-9749-11ed-a8fc-0242ac120002",
            "kg CO2-eq",
            "co2 carbondioxide",
        ),
        (
            "GWP-luluc",
            "4331bbdb-978a-490d-8707-eeb047f01a55 a7ea1ae2-9749-11ed-a8fc-0242ac120002",
            "kg CO2-eq",
            "co2 carbondioxide",
        ),
        ("ODP", "b5c629d6-def3-11e6-bf01-fe55135034f3", "kg CFC-11-eq", "cfc cfk r11"),
        ("AP", "b5c611c6-def3-11e6-bf01-fe55135034f3", "mol H+-eq", "mol"),
        ("EP-freshwater", "b53ec18f-7377-4ad3-86eb-cc3f4f276b2b", "kg P-eq", "kgp"),
        ("EP-marine", "b5c619fa-def3-11e6-bf01-fe55135034f3", "kg N-eq", "kgn"),
        ("EP-terrestrial", "b5c614d2-def3-11e6-bf01-fe55135034f3", "mol N-eq", "mol"),
        ("POCP", "b5c610fe-def3-11e6-bf01-fe55135034f3", "kg NMVOC-eq", "nmvoc"),
        ("ADPE", "b2ad6494-c78d-11e6-9d9d-cec0c932ce01", "kg Sb-eq", "sb antimon antimoon"),
        ("ADPF", "b2ad6110-c78d-11e6-9d9d-cec0c932ce01", "MJ", "mj"),
        ("WDP", "b2ad66ce-c78d-11e6-9d9d-cec0c932ce01", "m3 world eq. deprived", "m3"),
        (
            "PM",
            "b5c602c6-def3-11e6-bf01-fe55135034f3",
            "disease incidence",
            "disease krankheit incidence ziekte",
        ),
        ("IRP", "b5c632be-def3-11e6-bf01-fe55135034f3", "kBq U235-eq", "u235 235u"),
        (
            "ETP-fw",
            "ee1082d1-b0f7-43ca-a1f0-21e2a4a74511 05316e7a-b254-4bea-9cf0-6bf33eb5c630",
            "CTUe",
            "ctue",
        ),
        ("HTP-c", "2299222a-bbd8-474f-9d4f-4dd1f18aea7c", "CTUh", "ctuh"),
        (
            "HTP-nc",
            "3af763a5-b7a1-48c9-9cee-1f223481fcef 7cfdcfcf-b222-4b26-888a-a55f9fbf7ac8",
            "CTUh",
            "ctuh",
        ),
        (
            "SQP",
            "b2ad6890-c78d-11e6-9d9d-cec0c932ce01",
            "Pt",
            "pt sqp unitless dimension dimensie point punt punkt",
        ),
    ]
    flows = [
        ("PERE", "20f32be5-0398-4288-9b6d-accddd195317", "MJ"),
        ("PERM", "fb3ec0de-548d-4508-aea5-00b73bf6f702", "MJ"),
        ("PERT", "53f97275-fa8a-4cdd-9024-65936002acd0", "MJ"),
        ("PENRE", "ac857178-2b45-46ec-892a-a9a4332f0372", "MJ"),
        ("PENRM", "1421caa0-679d-4bf4-b282-0eb850ccae27", "MJ"),
        ("PENRT", "06159210-646b-4c8d-8583-da9b3b95a6c1", "MJ"),
        ("SM", "c6a1f35f-2d09-4f54-8dfb-97e502e1ce92", "kg"),
        ("RSF", "64333088-a55f-4aa2-9a31-c10b07816787", "MJ"),
        ("NRSF", "89def144-d39a-4287-b86f-efde453ddcb2", "MJ"),
        ("FW", "3cf952c8-f3a4-461d-8c96-96456ca62246", "m3"),
        ("HWD", "430f9e0f-59b2-46a0-8e0d-55e0e84948fc", "kg"),
        ("NHWD", "b29ef66b-e286-4afa-949f-62f1a7b4d7fa", "kg"),
        ("RWD", "3449546e-52ad-4b39-b809-9fb77cea8ff6", "kg"),
        ("CRU", "a2b32f97-3fc7-4af2-b209-525bc6426f33", "kg"),
        ("MFR", "d7fe48a5-4103-49c8-9aae-b0b5dfdbd6ae", "kg"),
        ("MER", "59a9181c-3aaf-46ee-8b13-2b3723b6e447", "kg"),
        ("EEE", "4da0c987-2b76-40d6-9e9e-82a017aaaf29", "MJ"),
        ("EET", "98daf38a-7a79-46d3-9a37-2b7bd0955810", "MJ"),
    ]
    return (
        *(
            Indicator(code, "A1", tuple(uuids.split()), unit, tuple(words.split()))
            for code, uuids, unit, words in a1
        ),
        *(
            Indicator(code, "A2", tuple(uuids.split()), unit, tuple(words.split()))
            for code, uuids, unit, words in a2
        ),
        *(Indicator(code, None, (uuid,), unit, ()) for code, uuid, unit in flows),
    )


INDICATORS: tuple[Indicator, ...] = _rows()
BY_UUID: Mapping[str, Indicator] = {uuid: row for row in INDICATORS for uuid in row.uuids}
BY_CODE: Mapping[tuple[SetCode | None, str], Indicator] = {(row.set, row.code): row for row in INDICATORS}

# Climate change counts once (Bepalingsmethode, set A2): the parts when all three are declared, else the
# total.
CLIMATE_TOTAL = "GWP-total"
CLIMATE_PARTS: tuple[str, ...] = ("GWP-fossil", "GWP-biogenic", "GWP-luluc")
# The four rows a Dutch A1 profile has beyond EN 15804+A1; an ordinary A1 declaration lacks them.
TOXICITY: tuple[str, ...] = ("HTP", "FAETP", "MAETP", "TETP")


# How a unit must begin to be the set's own size: "kg CO2-eq" is, "g", "10^-6 kg" and "mmol" are not.
_OWN_SIZE: Mapping[str, re.Pattern[str]] = {
    # "1,4" in "kg 1,4-DB-eq" is of the name of the substance, no amount.
    "kg": re.compile(r"kg(?!\s*[*x×^0-9])|kg\s*1[.,]\s?4\s*-?\s*d"),
    "mol": re.compile(r"mol(?:es?|s|c)?\b"),
    "MJ": re.compile(r"mj\b"),
    "m3": re.compile(r"m\^?3(?:e?\b)"),
    "kBq": re.compile(r"kbq"),
    "CTUe": re.compile(r"ctu|comparative"),
    "CTUh": re.compile(r"ctu|comparative"),
    "disease": re.compile(r"[^0-9]*$"),
    "Pt": re.compile(r".*"),
}
_PER_AMOUNT = re.compile(
    r"/\s*(kg|t|ton|m2|m3|m|stuk|piece|unit|fu|du)\b"
)  # beside a declared amount: per what?


def is_own_size(indicator: Indicator, unit: str | None) -> bool:
    """Whether a stated unit has the size the set counts in; nothing stated is taken as the set's own."""
    if not unit:
        return True
    text = unit.translate(_RAISED).strip(" [](){}").lower()
    own = _OWN_SIZE.get(indicator.unit.split()[0])
    return (own is None or own.match(text) is not None) and not _PER_AMOUNT.search(text)


def in_set_unit(set_code: SetCode, code: str, value: float, unit: str | None) -> float | None:
    """The value in the unit the weighting set counts in; see `unit_factor`."""
    factor = unit_factor(set_code, code, unit)
    return value * factor if factor is not None else None


@lru_cache(maxsize=4096)  # a library of declarations has some dozens of spellings
def unit_factor(set_code: SetCode, code: str, unit: str | None) -> float | None:
    """By what a value in a stated unit is multiplied to be in the unit the weighting set counts in, or None
    where the unit decides and is not stated.

    A1's ADPF is printed in kg Sb-eq or MJ, and a value without a unit is refused (factor 2,000). Elsewhere a
    unit is not needed, but another unit of mass than the set's is refused too, and so is the unit of another
    indicator (AP of set A2 in kg SO2 is AP of set A1 under a wrong name).
    """
    text = (unit or "").strip(" [](){}").lower()
    indicator = BY_CODE[(set_code, code)]
    if names_another(indicator, unit):
        return None
    if (set_code, code) != ("A1", "ADPF"):
        return 1.0 if is_own_size(indicator, unit) else None
    if text.startswith("mj"):
        return SB_PER_MJ
    return 1.0 if text.startswith("kg") and "mj" not in text and unit_is_sensible(indicator, unit) else None


def unit_is_sensible(indicator: Indicator, unit: str | None) -> bool:
    """False when a stated unit does not look like the indicator's own; a check, never a way to recognise."""
    if not unit or not indicator.unit_words:
        return True
    text = _letters(unit)
    if text == "ctu" and indicator.unit.startswith("CTU"):
        return True
    if not text and indicator.code == "SQP":
        return True  # "-": without a dimension
    if indicator.code == "EP-freshwater":  # "kg PO4-Äq." also starts with "kgp"
        return text.startswith("kgp") and "po4" not in text and "phosphat" not in text
    return any(word in text for word in indicator.unit_words)


_RAISED = str.maketrans("²³⁻⁺₁₂₃₄", "23  1234")


@lru_cache(maxsize=1024)
def _letters(unit: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unit.translate(_RAISED).lower())


_TELLING_WORDS = frozenset(word for row in INDICATORS for word in row.unit_words) - {
    "m3",
    "pt",
    "db",
    "sb",
    "point",
    "punt",
    "punkt",
    "dimension",
    "dimensie",
}


def names_another(indicator: Indicator, unit: str | None) -> bool:
    """Whether a stated unit is plainly that of another indicator; a misspelt one of its own ("kg C2H2") is
    not."""
    if unit is None or unit_is_sensible(indicator, unit):
        return False
    text = _letters(unit)
    return any(word in text for word in _TELLING_WORDS) or "kgsb" in text
