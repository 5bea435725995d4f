"""The rules of reading, one by one, in the formats that need them: what real files do, and what we make of
it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cirkeldesk.exchange.ilcd.ilcd import Material, composition_of
from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.exchange.table import table_mapping
from cirkeldesk.exchange.table.indicator_names import candidates, settle
from cirkeldesk.exchange.table.number_text import decimal_sign, plain_number
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import BY_CODE, in_set_unit, names_another, unit_is_sensible
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import NeedsAnswer, ReadError
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import answer, get_product
from cirkeldesk.operations.workspace import Workspace
from tests.exchange.files import (
    GWP_A1,
    GWP_TOTAL,
    TABLE,
    as_bytes,
    as_csv,
    as_xlsx,
    flow_xml,
    ilcd_xml,
    ilcd_zip,
    openepd,
    result,
    result_xml,
    soda4lca,
    zipped,
)

EPD13 = 'xmlns:e24="http://www.indata.network/EPD/2024"'


def read(content: bytes | str) -> Reading:
    return read_content(
        content if isinstance(content, bytes) else content.encode(), "verklaring", Dependencies(), {}
    )


def only(content: bytes | str) -> Product:
    return read(content).products[0]


def keys(found: Reading) -> set[str]:
    return {n.message.key for n in found.notes}


def chosen(product: Product, code: str, module: str, set_code: Any = "A2") -> float | None:
    declaration = product.declaration(set_code)
    row = declaration.chosen(code).get(module) if declaration else None
    return row.value if row else None


# 1. Not declared is not zero
# ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ND", "MND", "MNA", "MNR", "INA", "-", "", "nd", " "])
@pytest.mark.parametrize("where", ["json", "xml", "csv", "xlsx"])
def test_not_declared_in_every_format(where: str, text: str) -> None:
    if where == "json":
        product = only(as_bytes(soda4lca(results=[result(GWP_TOTAL, [{"module": "A4", "value": text}])])))
    elif where == "xml":
        product = only(ilcd_zip(results=result_xml(GWP_TOTAL, [("A4", None, text)])))
    else:
        rows = [list(row) for row in TABLE]
        rows[2][3], rows[3][3] = "A4", text
        product = only(as_csv(rows) if where == "csv" else as_xlsx(rows))
    declaration = product.declaration("A2")
    assert declaration is not None
    row = next(r for r in declaration.values if (r.indicator, r.module) == ("GWP-total", "A4"))
    assert (row.value, row.state) == (None, "not_declared")


# 2. A malformed number is reported, not guessed: tests/exchange/test_bad_inputs.py, all formats
# ----------------------


# 3. A1, A2, A3 apart, and both forms
# --------------------------------------------------------------------------------


def test_parts_apart_are_kept_apart_and_assembled_once() -> None:
    from cirkeldesk.model.product.modules import assemble

    parts = [("A1", None, "10"), ("A2", None, "2"), ("A3", None, "3")]
    product = only(ilcd_zip(results=result_xml(GWP_TOTAL, parts)))
    values = {row.module: row.value or 0.0 for row in product.declarations[0].values}
    assert values == {"A1": 10.0, "A2": 2.0, "A3": 3.0}
    assert assemble(values, frozenset({"A1", "A2", "A3"}))[0] == {"A1-A3": 15.0}
    both = read(ilcd_zip(results=result_xml(GWP_TOTAL, [*parts, ("A1-A3", None, "40")])))
    assert "parts_differ" in keys(both)  # 15 and 40: never 55
    values = {row.module: row.value or 0.0 for row in both.products[0].declarations[0].values}
    assert assemble(values, frozenset({"A1", "A2", "A3"}))[0] == {"A1-A3": 40.0}


def test_a_total_of_zero_beside_parts_says_that_the_parts_count() -> None:
    parts = [("A1", None, "10"), ("A2", None, "2"), ("A3", None, "3"), ("A1-A3", None, "0")]
    note = next(
        n
        for n in read(ilcd_zip(results=result_xml(GWP_TOTAL, parts))).notes
        if n.message.key == "parts_differ"
    )
    assert note.message.values()["used"] == "A1, A2, A3"


# 4. Scenarios
# -------------------------------------------------------------------------------------------------------

SCENARIOS = (
    "<e:scenarios><e:scenario e:name='Berlijn' e:group='1'/><e:scenario e:name='Gdansk' e:group='1' e:default='true'/>"
    "<e:scenario e:name='Storten' e:group='2'/><e:scenario e:name='Recycling' e:group='2'>"
    "<e:description xml:lang='nl'>Alles terug in nieuw asfalt</e:description></e:scenario></e:scenarios>"
)
TWO_GROUPS = result_xml(
    GWP_TOTAL,
    [
        ("A4", "Berlijn", "4"),
        ("A4", "Gdansk", "9"),
        ("C4", "Storten", "2"),
        ("C4", "Recycling", "1"),
        ("D", "Storten", "0"),
        ("D", "Recycling", "-7"),
    ],
)


def test_groups_of_scenarios_are_chosen_each(workspace: Workspace, tmp_path: Path) -> None:
    """The default of one group does not answer the other: C4 and D wait for an answer, A4 does not."""
    path = tmp_path / "a.zip"
    path.write_bytes(ilcd_zip(other=SCENARIOS, results=TWO_GROUPS))
    report = import_file(workspace, path)
    product = get_product(workspace, report.products[0])
    assert [(q.key, q.choices) for q in product.open] == [("scenario", ("Storten", "Recycling"))]
    assert (chosen(product, "GWP-total", "A4"), chosen(product, "GWP-total", "D")) == (9.0, None)
    assert [(s.name, s.text) for s in product.scenarios][3] == ("Recycling", "Alles terug in nieuw asfalt")
    product = answer(workspace, product.id, "scenario", "Recycling")
    assert product.open == ()
    assert [chosen(product, "GWP-total", module) for module in ("A4", "C4", "D")] == [9.0, 1.0, -7.0]
    assert import_file(workspace, path).status == "unchanged"  # asked once, remembered
    again = get_product(workspace, product.id)
    assert again.declarations[0].choices == ("Gdansk", "Recycling")


def test_choosing_again_replaces_within_the_group_only() -> None:
    declaration = only(ilcd_zip(other=SCENARIOS, results=TWO_GROUPS)).declarations[0]
    assert declaration.alternatives() == (("Berlijn", "Gdansk"), ("Storten", "Recycling"))
    changed = declaration.with_choice("Storten").with_choice("Berlijn").with_choice("Recycling")
    assert set(changed.choices) == {"Berlijn", "Recycling"}
    assert changed.with_choice("Onbekend") == changed


def test_scenarios_of_openepd() -> None:
    cells = {
        "C_scenarios": [
            {"name": "storten", "C4": {"mean": 2.0}, "D": {"mean": 0.0}},
            {"name": "terug", "D": {"mean": -7.0}},
        ]
    }
    product = only(json.dumps(openepd(impacts={"EF 3.0": {"gwp": cells}})))
    declaration = product.declaration("A2")
    assert declaration is not None
    assert [(row.module, row.scenario, row.value) for row in declaration.values] == [
        ("C4", "storten", 2.0),
        ("D", "storten", 0.0),
        ("D", "terug", -7.0),
    ]
    assert [q.choices for q in product.open] == [("storten", "terug")]
    assert chosen(product, "GWP-total", "D") is None


# 5 and 6. Units check, UUIDs recognise
# ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        (("A2", "GWP-total"), text)
        for text in (
            "kg CO2 eq.",
            "kg CO2 eqv.",
            "kg CO2-Äqv.",
            "kg CO_(2)-Äq.",
            "kg CO_(2) eqv.",
            "kgCO2e",
            "kg CO₂-eq",
        )
    ]
    + [
        (("A2", "WDP"), "m³ world eq."),
        (("A2", "WDP"), "m^3"),
        (("A1", "EP"), "kg PO_(4)^(3)-Äq."),
        (("A1", "EP"), "kg (PO4)3- eq."),
        (("A2", "SQP"), "dimensionless"),
        (("A2", "PM"), "Krankheitsfälle"),
        (("A2", "AP"), "mol H+ eqv."),
        (("A2", "ODP"), "kg CFC 11-Äquiv."),
        (("A1", "POCP"), "kg Ethen-Äqv."),
    ],
)
def test_one_unit_in_many_spellings(key: tuple[Any, str], unit: str) -> None:
    indicator = BY_CODE[key]
    assert unit_is_sensible(indicator, unit)
    assert not names_another(indicator, unit)


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        (("A2", "AP"), "kg SO2 eq."),
        (("A1", "AP"), "mol H+ eq."),
        (("A2", "POCP"), "kg C2H4 eq"),
        (("A1", "POCP"), "kg NMVOC eq"),
        (("A2", "EP-freshwater"), "kg PO4 eq"),
        (("A2", "GWP-total"), "MJ"),
        (("A2", "ADPF"), "kg Sb eq"),
        (("A2", "ADPE"), "MJ"),
    ],
)
def test_the_unit_of_another_indicator_does_not_count(key: tuple[Any, str], unit: str) -> None:
    """A1 and A2 share names with other units: AP in kg SO2 is set A1, whatever it is called."""
    assert names_another(BY_CODE[key], unit)
    assert in_set_unit(key[0], key[1], 5.0, unit) is None


def test_a_misspelt_unit_is_said_and_counts() -> None:
    """ "kg C2H2" for POCP of set A1 stands in a real declaration: odd, and not another indicator's."""
    indicator = BY_CODE[("A1", "POCP")]
    assert not unit_is_sensible(indicator, "kg C2H2 eq.")
    assert in_set_unit("A1", "POCP", 5.0, "kg C2H2 eq.") == 5.0


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("AP", "kg SO2-eq", ("A1", "AP")),
        ("Verzuring", "mol H+ eq.", ("A2", "AP")),
        ("Acidification potential (AP)", "mol H+", ("A2", "AP")),
        ("Versauerungspotenzial", "kg SO2-Äq.", ("A1", "AP")),
        ("AP", None, None),
        ("AP", "kg", None),
        ("ODP (A2)", None, ("A2", "ODP")),
        ("Klimaatverandering – totaal", None, ("A2", "GWP-total")),
        ("Treibhauspotential", None, None),
        ("PERT", "MJ", (None, "PERT")),
        ("Ecotoxiciteit, zoet water", "CTUe", ("A2", "ETP-fw")),
        ("Ecotoxiciteit, zoet water", "kg 1,4-DB eq", ("A1", "FAETP")),
    ],
)
def test_a_name_alone_is_never_enough(text: str, unit: str | None, wanted: Any) -> None:
    assert settle(candidates(text), None, unit) == wanted


def test_set_and_method_are_cross_checked() -> None:
    assert only(ilcd_zip()).declarations[0].method == "EF 3.0"
    newer = result_xml("a7ea142a-9749-11ed-a8fc-0242ac120002", [("A4", None, "1")])
    assert (
        only(ilcd_zip(results=newer)).declarations[0].method == "EF 3.1"
    )  # the climate row decides, not the compliance
    both = read(ilcd_zip(results=newer + result_xml(GWP_TOTAL, [("A4", None, "2")])))
    assert both.products[0].declarations[0].method is None
    assert "double_value" in keys(both)
    assert chosen(both.products[0], "GWP-total", "A4") is None  # two methods under one name: neither counts


# 7 to 9. Plausibility
# ------------------------------------------------------------------------------------------------


def test_climate_total_and_parts_stay_a_warning(workspace: Workspace, tmp_path: Path) -> None:
    uuids = {"GWP-total": "10", "GWP-fossil": "6", "GWP-biogenic": "1", "GWP-luluc": "0.5"}
    results = "".join(
        result_xml(BY_CODE[("A2", code)].uuids[0], [("A1-A3", None, value)]) for code, value in uuids.items()
    )
    path = tmp_path / "a.zip"
    path.write_bytes(ilcd_zip(results=results))
    product = get_product(workspace, import_file(workspace, path).products[0])
    assert "climate_mismatch" in product.warnings


def test_tonnes_taken_for_kilograms() -> None:
    found = read(
        zipped(
            {"a.xml": ilcd_xml(results=result_xml(GWP_TOTAL, [("A1-A3", None, "0.14")])), "f.xml": flow_xml()}
        )
    )
    assert "odd_size" in keys(found)  # 0.00014 kg CO2 per kg


# 10. Validity, versions, languages
# ------------------------------------------------------------------------------------


def test_dates_of_the_versions_of_the_format() -> None:
    date = f"<c:other><e24:expirationDateOfEPD {EPD13}>2029-05-08</e24:expirationDateOfEPD></c:other>"
    assert only(ilcd_zip(time=date)).valid_until == "2029-05-08"
    assert only(ilcd_zip()).valid_until == "2030"


def test_two_versions_of_one_uuid_are_two_products(workspace: Workspace, tmp_path: Path) -> None:
    one, two = tmp_path / "1.zip", tmp_path / "2.zip"
    one.write_bytes(ilcd_zip())
    two.write_bytes(ilcd_zip(version="01.00.001"))
    reports = import_files(workspace, [one, two])
    assert [r.status for r in reports] == ["imported", "imported"]
    assert reports[0].products != reports[1].products


# 11 and 12. Amounts and numbers
# ---------------------------------------------------------------------------------------


def test_a_thousand_kilograms_is_not_one() -> None:
    product = only(ilcd_zip(mean="2.5"))  # 2.5 × 1000 kg
    assert (product.declared_amount, product.declared_unit) == (2500.0, "kg")


def test_several_flows_in_one_zip_go_to_their_own_process() -> None:
    other = ilcd_xml(uuid="11111111-0000-4000-8000-000000000001", name="Tweede").replace(
        "00000000-0000-4000-8000-0000000000f1", "00000000-0000-4000-8000-0000000000f2"
    )
    square = flow_xml(
        uuid="00000000-0000-4000-8000-0000000000f2", mean="1", property="93a60a56-a3c8-19da-a746-0800200c9a66"
    )
    found = read(
        zipped(
            {
                "processes/a.xml": ilcd_xml(),
                "processes/b.xml": other,
                "flows/1.xml": flow_xml(),
                "flows/2.xml": square,
            }
        )
    )
    assert [(p.name, p.declared_amount, p.declared_unit) for p in found.products] == [
        ("Fictitious mix", 1000.0, "kg"),
        ("Tweede", 1.0, "m2"),
    ]


def test_a_bad_process_does_not_hide_the_good_one() -> None:
    found = read(zipped({"a.xml": ilcd_xml(), "b.xml": ilcd_xml(uuid=""), "f.xml": flow_xml()}))
    assert [p.name for p in found.products] == ["Fictitious mix"]
    assert [n.message.key for n in found.notes if n.level == "error"] == ["no_uuid"]


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1,5", "2"], ","),
        (["1.5", "2"], "."),
        (["1", "2"], ""),
        (["1.234"], None),
        (["1.234", "0,5"], ","),
        (["1,234", "0.5"], "."),
        (["1,5", "1.5"], None),
        (["3,655E+0"], ","),
        (["0.123"], "."),
        (["1.234,5"], ","),
    ],
)
def test_the_decimal_sign_of_a_table(texts: list[str], sign: str | None) -> None:
    assert decimal_sign(iter(texts)) == sign


@pytest.mark.parametrize(
    ("text", "sign", "plain"),
    [
        ("1.234,5", ",", "1234.5"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234.5", ".", "1234.5"),
        ("0,5", ",", "0.5"),
    ],
)
def test_groups_of_thousands(text: str, sign: str, plain: str) -> None:
    assert plain_number(text, sign) == plain


def test_a_point_where_a_comma_is_the_sign_is_no_number() -> None:
    rows = [list(row) for row in TABLE]
    rows[4][2] = "0.25"  # the table has commas: 0.25 can be no group of thousands either
    with pytest.raises(NeedsAnswer, match="table_ask_decimal"):
        read(as_csv(rows))


# Tables in both orientations and three languages
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (("Product", "Mengsel"), ("Gedeclareerde eenheid", "1 ton"), ("Indicator", "Eenheid", "A1-A3", "C3", "D"),
         ("Klimaatverandering - totaal", "kg CO2-eq", "62,5", "1", "-6"), ("Verzuring", "mol H+-eq", "0,25", "ND", "-0,01")),
        (("Product", "Mix"), ("Declared unit", "1 ton"), ("Impact category", "Unit", "A1-A3", "C3", "D"),
         ("Climate change - total", "kg CO2-eq", "62.5", "1", "-6"), ("Acidification", "mol H+-eq", "0.25", "ND", "-0.01")),
        (("Bezeichnung", "Mischung"), ("Deklarierte Einheit", "1 t"), ("Indikator", "Einheit", "A1-A3", "C3", "D"),
         ("GWP-total", "kg CO2-eq", "62,5", "1", "-6"), ("Versauerung", "mol H+-eq", "0,25", "ND", "-0,01")),
        (("Name", "Mix"), ("Per", "1 ton"), ("Module", "GWP-total", "AP (A2)"), ("A1-A3", "62,5", "0,25"), ("C3", "1", "ND"),
         ("D", "-6", "-0,01")),
        (("Name", "Mix"), ("Per", "1 ton"), ("Indicator", "Module", "Value", "Unit"), ("GWP-total", "A1-A3", "62,5", "kg CO2-eq"),
         ("GWP-total", "C3", "1", "kg CO2-eq"), ("GWP-total", "D", "-6", "kg CO2-eq"), ("AP", "A1-A3", "0,25", "mol H+-eq"),
         ("AP", "C3", "ND", "mol H+-eq"), ("AP", "D", "-0,01", "mol H+-eq")),
    ],
    ids=["Dutch", "English", "German", "modules as rows", "a row per value"],
)  # fmt: skip
@pytest.mark.parametrize(
    "make", [as_csv, as_xlsx, lambda rows: as_csv(rows, "\t")], ids=["csv", "xlsx", "tabs"]
)
def test_the_same_table_in_other_shapes(rows: Any, make: Any) -> None:
    product = only(make(rows))
    assert [chosen(product, "GWP-total", m) for m in ("A1-A3", "C3", "D")] == [62.5, 1.0, -6.0]
    assert [chosen(product, "AP", m) for m in ("A1-A3", "C3", "D")] == [0.25, None, -0.01]
    assert (product.declared_amount, (product.declared_unit or "")[0]) == (1.0, "t")


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("A1 t/m A3", "A1-A3"), ("A1 tot A3", "A1-A3"), ("C1 bis C4", "C1-C4"), ("A1 to A3", "A1-A3"), ("A1 – A3", "A1-A3"),
        ("A1-3", "A1-A3"), ("C1-4", "C1-C4"), ("A1, A2, A3", "A1-A3"), ("A1+A2+A3", "A1-A3"), ("Productie (A1-A3)", "A1-A3"),
        ("Module C3", "C3"), ("A4 Transport", "A4"), ("C3 (recycling)", "C3|recycling"), ("D scenario 2", "D|scenario 2"),
        ("A1-C4", None), ("C1-D", None), ("A1-A3 (%)", None), ("A4 (per km)", None),
        ("GWP-total (A2)", None), ("C", None), ("D1", None), ("Totaal", None), ("Dichtheid", None),
    ],
)  # fmt: skip
def test_what_people_call_a_module(text: str, module: str | None) -> None:
    assert table_mapping.module_of(text) == module


def test_a_title_settles_the_set_and_the_better_label_wins() -> None:
    above = (
        ("Resultaten conform EN 15804+A2",),
        ("Naam", "Betonfabriek BV"),
        ("Product", "C20/25"),
        ("Eenheid", "1 kg"),
    )
    rows = (*above, ("Functionele eenheid: 1 m2",), ("Indicator", "Eenheid", "A1-A3", "Totaal A-D", "MKI (€)"),
            ("GWP", "", "10", "11", "1"), ("ODP", "", "−0,2", "3", "1"))  # fmt: skip
    product = only(as_csv(rows))
    assert (product.name, product.declared_amount, product.declared_unit) == ("C20/25", 1.0, "m2")
    assert (chosen(product, "GWP-total", "A1-A3"), chosen(product, "ODP", "A1-A3")) == (10.0, -0.2)


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (
            [("EN 15804+A2",), ("GWP-total", "kg CO2 eq", "1"), ("EN 15804+A1",), ("ADPE", "kg Sb eq", "2")],
            "table_two_sets",
        ),
        (
            [
                ("1. Beton A",),
                ("GWP-total", "kg CO2 eq", "1"),
                ("2. Beton B",),
                ("PM", "disease incidence", "2"),
            ],
            "table_section",
        ),
        (
            [("GWP-total", "kg CO2 eq", "1"), ("Extra mager beton",), ("PM", "disease incidence", "2")],
            "table_section",
        ),
    ],
)
def test_what_stands_between_the_rows(rows: list[tuple[str, ...]], key: str) -> None:
    with pytest.raises(ReadError, match=key):
        read(as_csv([("Indicator", "Eenheid", "A1-A3"), *rows]))
    usual = [("Indicator", "Eenheid", "A1-A3"), ("GWP-total", "kg CO2 eq", "1"), ("Verplichte indicatoren",)]
    usual += [("PM", "", "2"), ("Datum: 1-1-2024",)]
    assert [row.indicator for row in only(as_csv(usual)).declarations[0].values] == ["GWP-total", "PM"]


def test_a_product_per_sheet_and_hidden_sheets_aside() -> None:
    book = Workbook()
    for name, value, state in (("Mix A", 10, "visible"), ("Oud", 99, "hidden"), ("Mix B", 20, "visible")):
        page = book.create_sheet(name)
        page.sheet_state = state
        for row in (("Indicator", "Eenheid", "A1-A3"), ("GWP-total", "kg CO2-eq", value)):
            page.append(row)
    book.remove(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    found = read(buffer.getvalue()).products
    assert [(p.name, chosen(p, "GWP-total", "A1-A3")) for p in found] == [("Mix A", 10.0), ("Mix B", 20.0)]


def test_a_product_column_beside_indicators() -> None:
    rows = (("Product", "Indicator", "Eenheid", "A1-A3", "C3"), ("Mix A", "GWP-total", "kg CO2-eq", "10", "1"),
            ("", "PM", "disease incidence", "2", "0"), ("Mix B", "GWP-total", "kg CO2-eq", "20", "3"))  # fmt: skip
    found = read(as_csv(rows)).products
    assert [(p.name, chosen(p, "GWP-total", "A1-A3"), chosen(p, "PM", "A1-A3")) for p in found] == [
        ("Mix A", 10.0, 2.0),
        ("Mix B", 20.0, None),
    ]


def test_a_row_of_units_and_a_set_column_are_used() -> None:
    rows = (
        ("Module", "GWP-total", "AP", "EP-freshwater"),
        ("", "kg CO2-eq", "kg SO2 eq", "kg P eq"),
        ("A1-A3", "10", "3", "4"),
    )
    product = only(as_csv(rows))
    declaration = product.declaration("A2")
    assert declaration is not None
    units = {row.indicator: row.unit for row in declaration.values}
    assert units == {"GWP-total": "kg CO2-eq", "AP": "kg SO2 eq", "EP-freshwater": "kg P eq"}
    assert "wrong_unit" in product.warnings  # AP in kg SO2 is not set A2's
    both = [
        ("Indicator", "Set", "Eenheid", "Module", "Waarde"),
        ("AP", "A1", "kg SO2", "C3", "1"),
        ("AP", "A2", "mol H+", "C3", "2"),
    ]
    product = only(as_csv(both))
    assert (chosen(product, "AP", "C3", "A1"), chosen(product, "AP", "C3", "A2")) == (1.0, 2.0)


def test_a_scenario_column_beside_indicators() -> None:
    rows = [("Indicator", "Scenario", "Eenheid", "C3", "D")]
    rows += [("GWP-total", "S1", "kg CO2-eq", "1", "-2"), ("GWP-total", "S2", "kg CO2-eq", "5", "-9")]
    product = only(as_csv(rows))
    assert [q.choices for q in product.open if q.key == "scenario"] == [("S1", "S2")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Klimaatverandering (landgebruik)", (("A2", "GWP-luluc"),)),
        ("Climate change (land use change)", (("A2", "GWP-luluc"),)),
        ("Climate change (iets anders)", ()),
        ("GWP-total [kg CO2-eq]", (("A2", "GWP-total"),)),
        ("Verzuring (AP) [mol H+]", (("A1", "AP"), ("A2", "AP"))),
    ],
)
def test_what_stands_in_brackets(text: str, found: Any) -> None:
    assert candidates(text) == found


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("AP", "mmol H+ eq"), ("IRP", "Bq U235 eq"), ("HTP-c", "nCTUh"), ("GWP-total", "kton CO2"), ("GWP-total", "1000 kg CO2"),
        ("GWP-total", "gram CO2"), ("ODP", "10^-6 kg CFC11"), ("ADPE", "µg Sb eq"), ("ADPF", "GJ"), ("WDP", "l"),
        ("PM", "disease inc (1E-6)"), ("GWP-total", "kg CO2 eq/kg"),
    ],
)  # fmt: skip
def test_another_size_of_unit_does_not_count(code: str, unit: str) -> None:
    assert in_set_unit("A2", code, 1.0, unit) is None


def test_a_scenario_in_the_head_of_a_column() -> None:
    rows = [list(row) for row in TABLE]
    rows[2][3], rows[2][4] = "D (storten)", "D (recycling)"
    product = only(as_csv(rows))
    assert [q.choices for q in product.open] == [("storten", "recycling")]
    assert chosen(product, "GWP-total", "D") is None


# Composition
# ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("renewable", "recycled", "wanted"),
    [
        (100, None, {"primary_biobased": 0.5}),
        (None, None, {"unknown": 0.5}),
        (0, None, {"unknown": 0.5}),  # primary or secondary: not said
        (0, 0, {"primary_abiotic": 0.5}),
        (0, 100, {"secondary": 0.5}),
        (100, 100, {"secondary": 0.5}),
        (0, 40, {"secondary": 0.2, "primary_abiotic": 0.3}),
        (5, 40, {"secondary": 0.2, "primary_abiotic": 0.275, "unknown": 0.025}),
        (60, 20, {"secondary": 0.1, "primary_biobased": 0.2, "primary_abiotic": 0.1, "unknown": 0.1}),
    ],
)
def test_origins_of_a_material(
    renewable: float | None, recycled: float | None, wanted: dict[str, float]
) -> None:
    """Half of the product. Recycled is secondary; of the rest only what must be biobased or abiotic is."""
    found = composition_of((Material("stof", 50.0, renewable, recycled),))
    assert {c.origin: pytest.approx(c.fraction) for c in found.constituents} == wanted
    assert [c.recycled_biobased for c in found.constituents if c.origin == "secondary"] in (
        [],
        [renewable == 100],
    )


CONTENT = """<e2:contentDeclaration>
<e2:component><e2:name>plaat</e2:name><e2:weightPerc e2:value="100"/>
 <e2:material e2:renewable="100" e2:recycled="0"><e2:name>Vuren</e2:name>
  <e2:weightPerc e2:lowerValue="97" e2:upperValue="99"/></e2:material>
 <e2:material e2:renewable="0" e2:recycled="0"><e2:name>Lijm</e2:name><e2:mass e2:value="20"/></e2:material></e2:component>
<e2:material e2:packaging="true" e2:renewable="100"><e2:name>Karton</e2:name><e2:weightPerc e2:value="100"/></e2:material>
</e2:contentDeclaration>"""


def test_a_content_declaration() -> None:
    """A range counts with its lower bound, a mass per declared amount (20 of 1000 kg), packaging not at
    all."""
    composition = only(ilcd_zip(other=CONTENT)).composition
    assert [(c.name, c.fraction, c.origin) for c in composition.constituents] == [
        ("Vuren", 0.97, "primary_biobased"),
        ("Lijm", 0.02, "primary_abiotic"),
    ]
    share = composition.share("primary_biobased")
    assert share is not None
    assert (share.low, share.high) == (0.97, pytest.approx(0.98))


# Other values under one name
# ---------------------------------------------------------------------------------------------


def test_other_values_are_asked_and_taken_only_when_told(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(soda4lca()))
    first = import_file(workspace, path)
    path.write_bytes(as_bytes(soda4lca(results=[result(GWP_A1, [{"module": "A1-A3", "value": "61"}])])))
    asked = import_file(workspace, path)
    assert (asked.status, asked.products) == ("question", [])
    assert asked.notes[-1].message.values()["what"] == "3 waarden, zoals GWP A1-A3: 62.5 werd 61"
    taken = import_file(workspace, path, replace_values=True)
    assert (taken.status, taken.products) == ("imported", first.products)
    assert [row.value for row in get_product(workspace, first.products[0]).declarations[0].values] == [61.0]


def test_products_without_uuid_are_known_by_name_and_file(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes(as_csv(TABLE))
    assert [import_file(workspace, path).status for _ in range(2)] == ["imported", "unchanged"]


def test_a_flow_that_comes_later_answers_the_question(workspace: Workspace, tmp_path: Path) -> None:
    process, flow = tmp_path / "a.xml", tmp_path / "stroom.xml"
    process.write_text(ilcd_xml(), encoding="utf-8")
    flow.write_text(flow_xml(), encoding="utf-8")
    first = import_files(workspace, [process])[0]
    assert first.status == "question"
    again = import_files(workspace, [flow, process])
    assert [r.status for r in again] == ["unchanged", "imported"]
    product = get_product(workspace, first.products[0])
    assert (product.declared_amount, product.declared_unit, product.open) == (1000.0, "kg", ())


def test_conflicting_amounts_are_asked_with_both(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(as_bytes(soda4lca(amount=1.0, mean=1000.0)))
    product = get_product(workspace, import_file(workspace, path).products[0])
    assert [(q.key, q.choices) for q in product.open] == [("unit", ("1 kg", "1000 kg"))]
    assert answer(workspace, product.id, "unit", "1000 kg").open == ()


def test_a_refusal_names_the_file_and_what_to_do() -> None:
    from cirkeldesk.wording.sentences import error

    with pytest.raises(ReadError) as problem:
        read(b"%PDF-1.4")
    text = error(problem.value.key, **problem.value.params)
    assert text.startswith("verklaring is als PDF niet te lezen")  # PDFs are read since 0.12
    assert "Vraag het opnieuw op" in text


def test_old_products_keep_their_choice() -> None:
    """A choice kept by the first version, with one scenario, means the same."""
    rows = tuple(
        DeclaredValue("GWP", "D", value, scenario=name) for name, value in (("S1", -1.0), ("S2", -2.0))
    )
    declaration = Declaration("A1", rows, scenario_choice="S2")
    assert declaration.chosen("GWP")["D"].value == -2.0
    assert declaration.open_alternatives() == ()
    assert replace(declaration, scenario_choice=None).open_alternatives() == (("S1", "S2"),)
