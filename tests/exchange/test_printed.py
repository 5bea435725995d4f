"""The reader reads what is printed: the names, marks, units and numbers of declarations as people send
them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk import paths
from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.exchange.table.indicator_names import candidates
from cirkeldesk.exchange.table.number_text import as_written, in_brackets
from cirkeldesk.exchange.table.printed_names import NAMES
from cirkeldesk.model.product.indicators import BY_CODE, INDICATORS, SetCode, unit_factor, unit_is_sensible
from cirkeldesk.model.product.units import measured_by
from cirkeldesk.model.refusal import NeedsAnswer
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.product.incoming import import_table
from cirkeldesk.operations.product.products import answer, get_product
from cirkeldesk.operations.product.tables import TableMapping, open_table, propose
from cirkeldesk.operations.workspace import open_workspace
from tests.exchange.files import as_csv

A2 = [row for row in INDICATORS if row.set == "A2"]


def read(content: bytes) -> Reading:
    return read_content(content, "tabel.csv", Dependencies(), {})


def table(*rows: tuple[str, ...], heads: tuple[str, ...] = ("A1-A3",)) -> bytes:
    top = (("Product", "Mengsel (verzonnen)"), ("Gedeclareerde eenheid", "1 ton"), ("EN 15804+A2",))
    return as_csv((*top, ("Milieueffect", "Eenheid", *heads), *rows))


def shipped_names() -> list[tuple[SetCode, str, str]]:
    found: list[tuple[SetCode, str, str]] = []
    codes: tuple[SetCode, ...] = ("A1", "A2")
    for code in codes:
        file = paths.reference() / "weighting_sets" / f"{code.lower()}.json"
        rows = json.loads(file.read_text(encoding="utf-8"))["weights"]
        found += [(code, row["indicator"], row["name"]) for row in rows]
    return found


# --- the laws of the reader itself -------------------------------------------------------------------------


def test_each_name_of_the_shipped_sets_is_read() -> None:
    names = shipped_names()
    assert len(names) == 30
    wrong = [(s, code, name) for s, code, name in names if (s, code) not in candidates(name)]
    assert wrong == []


def test_each_indicators_own_unit_is_its_own() -> None:
    for row in INDICATORS:
        if row.set is not None:
            assert unit_factor(row.set, row.code, row.unit) == 1.0, row
            assert unit_is_sensible(row, row.unit), row


def test_no_printed_name_is_of_two_indicators_of_one_set() -> None:
    for keys, names in NAMES.items():
        for name in names.split(";"):
            found = candidates(name.strip())
            wanted = {tuple(key.split("|")) for key in keys.split()}
            assert wanted <= {(s or "", code) for s, code in found}, name
            assert len({s for s, _ in found}) == len(found), (name, found)


# --- names as printed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("WDP²", "WDP"), ("ADP-fossil²⁾", "ADPF"), ("IRP¹", "IRP"), ("ETP-fw (2)", "ETP-fw"), ("SQP7)", "SQP"),
        ("HTP-nc2", "HTP-nc"), ("ADP-M&M 2", "ADPE"), ("WDP*", "WDP"), ("HTP-c [1]", "HTP-c"), ("SQP ¹,²", "SQP"),
        ("IRP (a)", "IRP"), ("Water use (WDP²)", "WDP"), ("GWP – total1)", "GWP-total"), ("ODP 1)", "ODP"),
        ("Aantasting van de ozonlaag", "ODP"), ("Uitputting van fossiele energiedragers", "ADPF"),
        ("Waterverbruik", "WDP"), ("Fijnstofemissies", "PM"), ("Humane toxiciteit, non-carcinogeen", "HTP-nc"),
        ("Landgebruik gerelateerde impact / bodemkwaliteit", "SQP"), ("Verzuring - AP", "AP"),
        ("Klimaatverandering – landgebruik en veranderingen in landgebruik", "GWP-luluc"),
        ("Ozone depletion pot.", "ODP"), ("ADP-minerals & metals4)", "ADPE"), ("ADP-fossil resources", "ADPF"),
        ("Human tox. non-cancer", "HTP-nc"), ("Ionizing radiation6)", "IRP"), ("Acidification potential, AP", "AP"),
        ("Eutrophication potential, EP-freshwater, kg P eq", "EP-freshwater"), ("EP-FW", "EP-freshwater"),
        ("Potenzielle Verknappung abiotischer Ressourcen - ADPE", "ADPE"), ("GWP-total, kg CO2 eq", "GWP-total"),
    ],
)  # fmt: skip
def test_a_name_as_printed_in_set_a2(label: str, code: str) -> None:
    if label.startswith("Potenzielle"):  # nothing before the code is known: a name is never guessed
        assert candidates(label) == ()
    else:
        assert ("A2", code) in candidates(label)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Abiotic depletion", "ADPE"), ("Abiotic depletion (fossil fuels)", "ADPF"), ("Photochemical oxidation", "POCP"),
        ("Global warming (GWP100a)", "GWP"), ("Ozone layer depletion (ODP)", "ODP"), ("Human toxicity", "HTP"),
        ("Fresh water aquatic ecotox.", "FAETP"), ("Marine aquatic ecotoxicity", "MAETP"), ("Acidification", "AP"),
        ("Terrestrial ecotoxicity", "TETP"), ("Eutrophication", "EP"), ("Klimaatverandering – GWP 100 j", "GWP"),
        ("Uitputting van abiotische grondstoffen (exclusief fossiele energiedragers) – ADP", "ADPE"),
        ("Uitputting fossiele energiedragers (ADP)", "ADPF"), ("Humaan-toxicologische effecten – HTP", "HTP"),
        ("Ecotoxicologische effecten, aquatisch (zoet water) – FAETP", "FAETP"),
    ],
)  # fmt: skip
def test_a_name_as_printed_in_set_a1(label: str, code: str) -> None:
    assert ("A1", code) in candidates(label)


@pytest.mark.parametrize(
    "label",
    ["GWP20", "GWP (20)", "GWP-GHG", "GWP-IOBC/GHG", "Water", "Impact", "Totaal", "MKI", "Asfalt, ODP", "C1",
     "Ecotoxicity, freshwater - organics", "Transport", "Gebruik", "Climate change - CO2", "Uitputting"],
)  # fmt: skip
def test_what_is_no_indicator_is_not_taken_for_one(label: str) -> None:
    assert candidates(label) == ()


@given(st.sampled_from(A2), st.sampled_from(["¹", "²⁾", "1)", " (2)", "*", " [1]", "²,³", " †"]))
def test_a_mark_behind_a_code_is_no_part_of_it(row: object, mark: str) -> None:
    code = getattr(row, "code", "")
    assert ("A2", code) in candidates(f"{code}{mark}")


# --- units as printed --------------------------------------------------------------------------------------

PRINTED_UNITS: dict[tuple[SetCode, str], str] = {
    ("A2", "GWP-total"): "kg CO2e;kg CO₂-eq.;kg CO2-Äq.;[kg CO2-eq];kg CO_(2) eqv.;kg carbon dioxide eq",
    ("A2", "ODP"): "kg CFC11e;kg R11-Äq.;kg CFK-11-eq;kg CFC 11 eq",
    ("A2", "AP"): "mol H+e;mol H⁺ eq.;molc H+ eq;mole H+-eq",
    ("A2", "EP-freshwater"): "kg Pe;kg P-eq;kg P-Äq.",
    ("A2", "EP-marine"): "kg Ne;kg N eq.",
    ("A2", "EP-terrestrial"): "mol Ne;molc N eq",
    ("A2", "ADPE"): "kg Sbe;kg antimoon-eq;kg antimony eq",
    ("A2", "ADPF"): "MJ;MJ, net calorific value;MJ (ncv)",
    ("A2", "WDP"): "m3e depr.;m³ world eq. deprived;m3 depriv.;m^3",
    ("A2", "PM"): "Incidence;disease inc.;ziekte-incidentie;Krankheitsfälle",
    ("A2", "IRP"): "kBq U235e;kBq U-235 eq.;kBq 235U eq",
    ("A2", "ETP-fw"): "CTUe;CTU;[CTUe]",
    ("A2", "HTP-c"): "CTUh;CTU",
    ("A2", "SQP"): "Pt;-;points;dimensieloos;unitless;dimensionslos",
    ("A1", "EP"): "kg PO4--- eq;kg (PO4)3- eq.;kg PO₄³⁻-eq;kg fosfaat-eq",
    ("A1", "POCP"): "kg C2H4 eq;kg etheen-eq;kg ethylene eq;kg Ethen-Äq.",
    ("A1", "HTP"): "kg 1,4-DB eq;kg 1.4-DB-eq;kg 1,4 DCB eq;kg 1,4-dichlorobenzene eq;kg p-DCB eq;kg 1,4-dichloorbenzeen-eq",
    ("A1", "TETP"): "kg 1,4-DB eq;kg 1,4-DCB-Äq.",
}  # fmt: skip


@pytest.mark.parametrize("key", PRINTED_UNITS, ids=lambda key: "-".join(key))
def test_a_unit_as_printed_counts(key: tuple[SetCode, str]) -> None:
    for unit in PRINTED_UNITS[key].split(";"):
        assert unit_factor(*key, unit) == 1.0, unit
        assert unit_is_sensible(BY_CODE[key], unit), unit


@pytest.mark.parametrize(
    ("key", "unit"),
    [(("A2", "WDP"), "m30"), (("A2", "AP"), "mmol H+"), (("A2", "AP"), "molecule"), (("A1", "HTP"), "kg 14 DB"),
     (("A2", "ADPE"), "mg Sb"), (("A1", "ADPF"), "kg MJ"), (("A2", "IRP"), "Bq U235")],
)  # fmt: skip
def test_another_size_still_does_not_count(key: tuple[SetCode, str], unit: str) -> None:
    assert unit_factor(*key, unit) is None


@pytest.mark.parametrize(
    ("unit", "measured"),
    [("stk", "pieces"), ("st.", "pieces"), ("Stück", "pieces"), ("m1", "length_m"), ("m¹", "length_m"),
     ("lm", "length_m"), ("lfm", "length_m"), ("Mg", "mass_t"), ("metric ton", "mass_t"), ("t (metric)", "mass_t"),
     ("KG", "mass_t"), ("m³", "volume_m3"), ("qm", "area_m2"), ("t*km", "tonne_km"), ("mg", None), ("m2*jaar", None),
     ("m² BVO", None), ("kWh", None), ("kg/m2", None)],
)  # fmt: skip
def test_a_declared_unit_as_printed(unit: str, measured: str | None) -> None:
    found = measured_by(unit)
    assert (found[0] if found else None) == measured


# --- numbers as written ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,2·10⁻⁶", "1,2E-6"), ("1,0 E-08", "1,0E-08"), ("1,0x10^-9", "1,0E-9"), ("0,75-", "-0,75"), ("1 052,5", "1052,5"),
     ("'52,5", "52,5"), ("1’052.5", "1052.5"), ("−3,5", "-3,5"), ("– 0,5", "-0,5"), ("12 345 678", "12345678"),
     ("3 x 10^(-4)", "3E-4"), ("10^-6", "1E-6"), ("1,5 10⁻³", "1,5E-3"), ("2×10⁵", "2E5"), ("1.052,5", "1.052,5")],
)  # fmt: skip
def test_a_number_as_written(text: str, number: str) -> None:
    assert as_written(text) == number


@pytest.mark.parametrize(
    "text", ["210-6", "10 -6", "1 05 2", "1.83+03", "< 5", "1 2", "(0,75)", "n.v.t.", "10-6"]
)
def test_what_may_mean_two_things_stays_as_it_stands(text: str) -> None:
    assert as_written(text) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=3))
def test_a_plain_number_is_never_changed(value: object) -> None:
    assert as_written(str(value)) == str(value)


def test_written_numbers_count_in_a_table() -> None:
    product = read(table(("GWP-total", "kg CO2-eq", "52,5", "0,75-"), ("ODP", "kg CFC-11-eq", "1,2·10⁻⁶", "-1,0 E-09"),
                         ("ADPF", "MJ", "2 900,5", "'3,5"), heads=("A1-A3", "D"))).products[0]  # fmt: skip
    values = {(r.indicator, r.module): r.value for d in product.declarations for r in d.values}
    assert values[("GWP-total", "D")] == -0.75
    assert (values[("ODP", "A1-A3")], values[("ODP", "D")]) == (1.2e-6, -1e-9)
    assert (values[("ADPF", "A1-A3")], values[("ADPF", "D")]) == (2900.5, 3.5)


# --- what is asked once ------------------------------------------------------------------------------------


def test_brackets_are_asked_once_and_then_remembered(tmp_path: Path) -> None:
    content = table(
        ("GWP-total", "kg CO2-eq", "52,5", "(0,75)"), ("AP", "mol H+-eq", "0,2", "0,1"), heads=("A1-A3", "D")
    )
    with pytest.raises(NeedsAnswer) as asked:
        read(content)
    assert asked.value.key == "table_ask_brackets"
    assert in_brackets("(0,75)") == "0,75"
    product, second = _imported(tmp_path, content, {"brackets": "minus"})
    assert product == second == -0.75


def _imported(tmp_path: Path, content: bytes, said: dict[str, object]) -> tuple[float | None, float | None]:
    """The first D of a table read with what a person says, and of the next table of its kind without."""
    first, next_one = tmp_path / "een.csv", tmp_path / "twee.csv"
    first.write_bytes(content)
    next_one.write_bytes(content.replace(b"verzonnen", b"ook verzonnen"))
    workspace = open_workspace(tmp_path / "a.db")
    proposed = asdict(propose(open_table(first), first.name))
    mapping = TableMapping(**{**proposed, **said})
    reports = [import_table(workspace, first, mapping), *import_files(workspace, [next_one])]
    found = []
    for report in reports:
        assert report.products, [n.message for n in report.notes]
        product = get_product(workspace, report.products[0])
        values = {(r.indicator, r.module): r.value for d in product.declarations for r in d.values}
        found.append(values[("GWP-total", "D")])
    return found[0], found[1]


def test_an_unknown_label_with_the_unit_of_what_is_missing_is_asked_once(tmp_path: Path) -> None:
    content = table(("Opwarming volgens bijlage 3", "kg CO2-eq", "52,5", "-7,5"), ("AP", "mol H+-eq", "0,2", "0,1"),
                    heads=("A1-A3", "D"))  # fmt: skip
    with pytest.raises(NeedsAnswer) as asked:
        read(content)
    assert (asked.value.key, asked.value.params["names"]) == (
        "table_ask_labels",
        "Opwarming volgens bijlage 3",
    )
    names = (("Opwarming volgens bijlage 3", "A2|GWP-total"),)
    assert _imported(tmp_path, content, {"names": names}) == (-7.5, -7.5)


def test_an_unknown_label_beside_all_that_has_its_unit_is_only_told() -> None:
    found = read(
        table(("GWP-total", "kg CO2-eq", "52,5"), ("GWP-GHG", "kg CO2-eq", "52"), ("Gewicht", "kg", "1000"))
    )
    assert {n.message.key for n in found.notes} == {"unknown_indicator"}


def test_a_unit_that_nothing_counts_with_is_asked_at_the_door(tmp_path: Path) -> None:
    rows = [("Naam", "Hoeveelheid", "Functionele eenheid", "Modul", "GWP-total (A2)")]
    units = ("ton", "Mg", "m2*jaar", "stk", "lm", "ton ds", "m² BVO")
    rows += [(f"Mengsel {unit} (verzonnen)", "1", unit, "A1-A3", "52,5") for unit in units]
    file = tmp_path / "eenheden.csv"
    file.write_bytes(as_csv(rows))
    workspace = open_workspace(tmp_path / "a.db")
    report = import_files(workspace, [file])[0]
    asked = [get_product(workspace, i) for i in report.products]
    assert [p.name.split(" (")[0] for p in asked if p.open] == ["Mengsel m2*jaar", "Mengsel m² BVO"]
    told = [dict(n.message.params)["unit"] for n in report.notes if n.message.key == "unit_uncounted"]
    assert told == ["1 m2*jaar", "1 m² BVO"]
    identity = [p.id for p in asked if p.open][0]  # noqa: RUF015
    assert answer(workspace, identity, "unit", "1 m2").declared_unit == "m2"
