"""A table of bad inputs over all formats: each is refused with a reason, or read with a warning that
everybody sees.

Whatever the file is called, it takes under 2 seconds and 200 MB, and what is refused changes nothing.
"""

from __future__ import annotations

import io
import json
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.model.product.declaration import Declaration
from cirkeldesk.operations.paper.plain_figures import note_text
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.products import get_product
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.check import faults
from tests.conftest import HANG
from tests.exchange.files import (
    AP_A2,
    GWP_A1,
    GWP_TOTAL,
    HEADER,
    TABLE,
    as_bytes,
    as_csv,
    as_xlsx,
    csv_line,
    flow_xml,
    ilcd_xml,
    ilcd_zip,
    openepd,
    result,
    result_xml,
    soda4lca,
    zipped,
)

MOST_SECONDS = HANG / 1000  # of the processor: what is hostile must end; how fast is measured in bench/
MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True)
class Bad:
    """A bad input: what it is, its bytes, what becomes of it, and (refused or asked) why, or (read) the
    warning."""

    name: str
    content: Callable[[], bytes]
    status: str
    key: str
    counts: tuple[
        tuple[str, str, float | None], ...
    ] = ()  # (indicator, module, value that counts); None: nothing counts


def table(*changes: tuple[int, int, str]) -> list[list[str]]:
    rows = [list(row) for row in TABLE]
    for row, column, text in changes:
        rows[row][column] = text
    return rows


def soda(**changes: Any) -> bytes:
    return as_bytes(soda4lca(**changes))


def soda_values(*cells: dict[str, Any], uuid: str = GWP_A1, unit: str = "kg CO2-eq") -> bytes:
    return soda(results=[result(uuid, list(cells), unit)])


def xml_values(
    *amounts: tuple[str, str | None, str], uuid: str = GWP_TOTAL, unit: str = "kg CO2 eq."
) -> bytes:
    return ilcd_zip(results=result_xml(uuid, amounts, unit))


def epd(**changes: Any) -> bytes:
    return json.dumps(openepd(**changes)).encode()


def epd_value(mean: Any, unit: str = "kgCO2e", key: str = "gwp", module: str = "A1A2A3") -> bytes:
    return epd(impacts={"EF 3.1": {key: {module: {"mean": mean, "unit": unit}}}})


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(8))
    + "]>"
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def formula_without_value() -> bytes:
    """As written by a program that does not compute: a formula in A1-A3 and nothing stored."""
    rows: list[list[Any]] = [list(row) for row in TABLE]
    rows[3][2] = "=60+2.5"
    return as_xlsx(rows)


def claims_less_than_it_holds() -> bytes:
    """A zip whose directory says 10 bytes where a member unfolds to 50 MB."""
    content = bytearray(zipped({"ILCD/processes/a.xml": b"a" * 50_000_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def with_password_flag() -> bytes:
    content = bytearray(ilcd_zip())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def twice_the_same_member() -> bytes:
    one, two = ilcd_xml(), ilcd_xml(results=result_xml(GWP_TOTAL, [("A1-A3", None, "1")]))
    content = zipped({"p/a.xml": one, "p/b.xml": two})
    return content.replace(b"p/b.xml", b"p/a.xml")


def many_members() -> bytes:
    return zipped({f"p/{i}.xml": b"" for i in range(20_001)}, zipfile.ZIP_STORED)


def huge_workbook_cell() -> bytes:
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 80_000_000}</t></is></c></row>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cell}</sheetData></worksheet>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def workbook_parts() -> dict[str, str]:
    """The parts of the smallest workbook."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx([["hallo"]]))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(r"<dimension [^>]*/>", "", sheet)
    return parts


NOTHING = (("GWP", "A4", None),)
CLIMATE = (("GWP-total", "A1-A3", 62.5),)

BAD: list[Bad] = [
    # no file of ours at all
    Bad("empty", lambda: b"", "refused", "file_empty"),
    Bad("blank", lambda: b" \r\n\t", "refused", "file_empty"),
    Bad("text", lambda: b"zomaar wat tekst", "refused", "file_unknown"),
    Bad("web page", lambda: b"<!DOCTYPE html><html><body>Inloggen</body></html>", "refused", "file_web_page"),
    Bad(
        "web page, UTF-16",
        lambda: "<html><p>Inloggen</p></html>".encode("utf-16"),
        "refused",
        "file_web_page",
    ),
    Bad("PDF", lambda: b"%PDF-1.7\n1 0 obj", "refused", "pdf_broken"),
    Bad("picture", lambda: b"\x89PNG\r\n\x1a\n\0\0\0", "refused", "file_binary"),
    Bad("NUL in a text", lambda: as_csv(TABLE).replace(b"62,5", b"62\0,5"), "refused", "file_binary"),
    Bad(
        "old Excel, or one with a password",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "refused",
        "file_old_excel",
    ),
    Bad("Word", lambda: zipped({"word/document.xml": "<w/>"}), "refused", "file_office"),
    Bad(
        "SimaPro processes",
        lambda: b"{SimaPro 9.5}\n{processes}\n{CSV separator: Semicolon}\n",
        "refused",
        "file_simapro",
    ),
    Bad(
        "EC3 record",
        lambda: b'{"id": "x", "declared_unit": "1 ton", "gwp": "30.5 kgCO2e", "impacts": {}}',
        "refused",
        "file_ec3",
    ),
    Bad(
        "EC3 record, YAML",
        lambda: b"id: x\ndeclared_unit: 1 ton\ngwp: 30.5 kgCO2e\nmass_per_declared_unit: 907.18474 kg\n",
        "refused",
        "file_ec3",
    ),
    Bad("LCAx", lambda: b'{"declaredUnit": "kg", "impacts": {"gwp": {"a1a3": 1}}}', "refused", "file_lcax"),
    # soda4LCA JSON
    Bad("JSON, truncated", lambda: soda()[:-40], "refused", "json_broken"),
    Bad("JSON, nested too deep", lambda: b'{"a":' * 90_000, "refused", "json_broken"),
    Bad(
        "JSON, key twice",
        lambda: soda().replace(b'"value": "62.5"', b'"value": "62.5", "value": "1"'),
        "refused",
        "json_double_key",
    ),
    Bad(
        "JSON, wrong encoding",
        lambda: soda(name="Straße").replace(b"\\u00df", b"\xdf"),
        "refused",
        "json_broken",
    ),
    Bad("JSON, no UUID", lambda: soda(uuid=" "), "refused", "no_uuid"),
    Bad("JSON, no amount", lambda: soda(extended=False), "question", "not_extended"),
    Bad("JSON, amount zero", lambda: soda(amount=0), "question", "not_extended"),
    Bad("JSON, amount negative", lambda: soda(amount=-1000), "question", "not_extended"),
    Bad("JSON, two amounts", lambda: soda(amount=1.0, mean=1000.0), "question", "amounts_differ"),
    Bad(
        "JSON, NaN",
        lambda: soda_values({"module": "A4", "value": float("nan")}),
        "imported",
        "unreadable_value",
        NOTHING,
    ),
    Bad(
        "JSON, Infinity",
        lambda: soda_values({"module": "A4", "value": float("inf")}),
        "imported",
        "unreadable_value",
        NOTHING,
    ),
    Bad("JSON, ND", lambda: soda_values({"module": "A4", "value": "ND"}), "imported", "no_toxicity", NOTHING),
    Bad(
        "JSON, 1.83+03",
        lambda: soda_values({"module": "A4", "value": "1.83+03"}),
        "imported",
        "unreadable_value",
        NOTHING,
    ),
    Bad(
        "JSON, < 5",
        lambda: soda_values({"module": "A4", "value": "< 5"}),
        "imported",
        "unreadable_value",
        NOTHING,
    ),
    Bad(
        "JSON, value twice",
        lambda: soda_values({"module": "A4", "value": "1"}, {"module": "A4", "value": "2"}),
        "imported",
        "double_value",
        NOTHING,
    ),
    Bad(
        "JSON, unit of another indicator",
        lambda: soda_values({"module": "A4", "value": "1"}, unit="MJ"),
        "imported",
        "wrong_unit",
    ),
    Bad(
        "JSON, AP of A2 in kg SO2",
        lambda: soda_values({"module": "A4", "value": "1"}, uuid=AP_A2, unit="kg SO2 eq"),
        "imported",
        "wrong_unit",
    ),
    Bad(
        "JSON, unknown indicator",
        lambda: soda_values({"module": "A4", "value": "1"}, uuid="0" * 36),
        "imported",
        "unknown_indicator",
        NOTHING,
    ),
    Bad(
        "JSON, unknown module",
        lambda: soda_values({"module": "X9", "value": "1"}),
        "imported",
        "unknown_module",
        NOTHING,
    ),
    Bad(
        "JSON, two scenarios",
        lambda: soda_values(
            *({"module": "D", "value": v, "scenario": s} for s, v in (("S1", "-3"), ("S2", "-9")))
        ),
        "question",
        "question_scenario",
        (("GWP", "D", None),),
    ),
    Bad(
        "JSON, D in a scenario only",
        lambda: soda_values({"module": "D", "value": "-3", "scenario": "S1"}),
        "imported",
        "no_toxicity",
        (("GWP", "D", -3.0),),
    ),
    Bad(
        "JSON, A1-A3 beside other A1, A2, A3",
        lambda: soda_values(
            *({"module": m, "value": v} for m, v in (("A1-A3", "9"), ("A1", "1"), ("A2", "1"), ("A3", "1")))
        ),
        "imported",
        "parts_differ",
        (("GWP", "A1-A3", 9.0),),
    ),
    Bad("JSON, markup in a name", lambda: soda(name="<b>Vet</b> <img src=x>"), "imported", "no_toxicity"),
    # XML and zip
    Bad("XML, truncated", lambda: ilcd_xml().encode()[:-30], "refused", "xml_broken"),
    Bad("XML, entity bomb", lambda: ilcd_xml(head=BOMB, name="&i;").encode(), "refused", "xml_unsafe"),
    Bad(
        "XML, external entity", lambda: ilcd_xml(head=EXTERNAL, name="&x;").encode(), "refused", "xml_unsafe"
    ),
    Bad(
        "XML, external DTD",
        lambda: ilcd_xml(head='<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">').encode(),
        "refused",
        "xml_unsafe",
    ),
    Bad("XML, nested too deep", lambda: b"<a>" * 60_000, "refused", "xml_too_deep"),
    Bad(
        "XML, nested too deep inside",
        lambda: ilcd_xml(other="<a>" * 5000 + "</a>" * 5000).encode(),
        "refused",
        "xml_too_deep",
    ),
    Bad(
        "XML, too many elements", lambda: ilcd_xml(other="<a/>" * 600_000).encode(), "refused", "xml_too_deep"
    ),
    Bad(
        "XML, wrong encoding",
        lambda: ('<?xml version="1.0" encoding="utf-8"?>' + ilcd_xml(name="Stra\u00dfe")).encode("latin-1"),
        "refused",
        "xml_broken",
    ),
    Bad(
        "XML, encoding that is none",
        lambda: ('<?xml version="1.0" encoding="klingon"?>' + ilcd_xml()).encode(),
        "refused",
        "xml_broken",
    ),
    Bad("XML, NUL", lambda: ilcd_xml(name="a\0b").encode(), "refused", "xml_broken"),
    Bad("XML, another kind", lambda: b"<invoice><total>3</total></invoice>", "refused", "file_unknown"),
    Bad("XML, flow alone", lambda: flow_xml().encode(), "refused", "xml_flow_alone"),
    Bad("XML, no UUID", lambda: ilcd_xml(uuid="").encode(), "refused", "no_uuid"),
    Bad("XML, no flow along", lambda: ilcd_xml().encode(), "question", "unit_in_flow"),
    Bad("XML, no reference flow", lambda: ilcd_zip(reference=""), "question", "not_extended"),
    Bad("XML, amount negative", lambda: ilcd_zip(mean="-1"), "question", "not_extended"),
    Bad("XML, amount with a comma", lambda: ilcd_zip(mean="1,5"), "question", "not_extended"),
    Bad(
        "XML, flow property unknown",
        lambda: zipped({"a.xml": ilcd_xml(), "b.xml": flow_xml(property="f" * 36)}),
        "question",
        "not_extended",
    ),
    Bad(
        "XML, set A1 promised",
        lambda: ilcd_zip(system="b00f9ec0-7874-11e3-981f-0800200c9a66"),
        "imported",
        "other_set_declared",
    ),
    Bad(
        "XML, 1.83+03",
        lambda: xml_values(("A3", None, "1.83+03")),
        "imported",
        "unreadable_value",
        (("GWP-total", "A3", None),),
    ),
    Bad(
        "XML, NaN",
        lambda: xml_values(("A3", None, "NaN")),
        "imported",
        "unreadable_value",
        (("GWP-total", "A3", None),),
    ),
    Bad(
        "XML, two scenarios",
        lambda: xml_values(("D", "S1", "-3"), ("D", "S2", "-9")),
        "question",
        "question_scenario",
        (("GWP-total", "D", None),),
    ),
    Bad("zip, truncated", lambda: ilcd_zip()[:-30], "refused", "zip_broken"),
    Bad(
        "zip, member damaged",
        lambda: ilcd_zip().replace(b"PK\x03\x04", b"PK\x03\x05", 1),
        "refused",
        "zip_broken",
    ),
    Bad("zip, password", with_password_flag, "refused", "zip_password"),
    Bad("zip, path outside", lambda: zipped({"../../ontsnapt.xml": ilcd_xml()}), "refused", "zip_outside"),
    Bad("zip, absolute path", lambda: zipped({"/ontsnapt.xml": ilcd_xml()}), "refused", "zip_outside"),
    Bad("zip, Windows path", lambda: zipped({"C:\\ontsnapt.xml": ilcd_xml()}), "refused", "zip_outside"),
    Bad("zip in a zip", lambda: zipped({"ILCD.zip": ilcd_zip()}), "refused", "zip_nested"),
    Bad("zip, the same member twice", twice_the_same_member, "refused", "zip_double"),
    Bad("zip bomb", lambda: zipped({"p/a.xml": b"<a>" + b" " * 60_000_000}), "refused", "zip_too_large"),
    Bad("zip that claims less than it holds", claims_less_than_it_holds, "refused", "zip_broken"),
    Bad("zip with too many members", many_members, "refused", "zip_too_large"),
    Bad("zip without a declaration", lambda: zipped({"a.txt": "hallo"}), "refused", "zip_no_process"),
    Bad("zip with a bomb in XML", lambda: zipped({"p/a.xml": ilcd_xml(head=BOMB)}), "refused", "xml_unsafe"),
    # openEPD
    Bad("openEPD, no values", lambda: epd(impacts={}, resource_uses={}), "refused", "no_values"),
    Bad(
        "openEPD, TRACI only",
        lambda: epd(impacts={"TRACI 2.1": {"gwp": {"A1A2A3": {"mean": 1}}}}),
        "imported",
        "method_not_used",
        (("GWP-total", "A1-A3", None),),
    ),
    Bad("openEPD, TRACI beside EF", lambda: epd(), "imported", "method_not_used", CLIMATE),
    Bad(
        "openEPD, short ton",
        lambda: epd(
            declared_unit={"qty": 1, "unit": "ton"}, kg_per_declared_unit={"qty": 907.18474, "unit": "kg"}
        ),
        "question",
        "amounts_differ",
    ),
    Bad("openEPD, no unit", lambda: epd(declared_unit=None), "question", "unit_missing"),
    Bad(
        "openEPD, amount zero",
        lambda: epd(declared_unit={"qty": 0, "unit": "kg"}),
        "question",
        "unit_missing",
    ),
    Bad(
        "openEPD, mean as text with a unit",
        lambda: epd_value("62.5 kg"),
        "imported",
        "unreadable_value",
        (("GWP-total", "A1-A3", None),),
    ),
    Bad(
        "openEPD, mean true",
        lambda: epd_value(True),
        "imported",
        "unreadable_value",
        (("GWP-total", "A1-A3", None),),
    ),
    Bad(
        "openEPD, mean a list",
        lambda: epd_value([62.5]),
        "imported",
        "unreadable_value",
        (("GWP-total", "A1-A3", None),),
    ),
    Bad("openEPD, AP in kg SO2", lambda: epd_value(1.0, "kgSO2e", "ap"), "imported", "wrong_unit"),
    Bad("openEPD, mean null", lambda: epd_value(None), "imported", "", (("GWP-total", "A1-A3", None),)),
    # ÖKOBAUDAT CSV
    Bad("ÖKOBAUDAT, header only", lambda: HEADER.encode(), "refused", "csv_no_rows"),
    Bad(
        "ÖKOBAUDAT, column twice",
        lambda: (HEADER.replace("ADPF", "GWP") + csv_line()).encode(),
        "refused",
        "csv_double_column",
    ),
    Bad(
        "ÖKOBAUDAT, column missing",
        lambda: (HEADER.replace("Modul", "Mod") + csv_line()).encode(),
        "refused",
        "csv_missing_column",
    ),
    Bad(
        "ÖKOBAUDAT, ragged row",
        lambda: (HEADER + csv_line().replace(";2030;", ";2030;x;")).encode(),
        "refused",
        "row_misaligned",
    ),
    Bad(
        "ÖKOBAUDAT, amount not available",
        lambda: (HEADER + csv_line(amount="not available")).encode(),
        "refused",
        "no_declared_amount",
    ),
    Bad(
        "ÖKOBAUDAT, two amounts",
        lambda: (HEADER + csv_line() + csv_line(amount="1000", module="C3")).encode(),
        "refused",
        "mixed_amounts",
    ),
    Bad(
        "ÖKOBAUDAT, unclosed quote",
        lambda: (HEADER + csv_line().replace("Verzonnen", '"Verzonnen') + csv_line("b")).encode(),
        "imported",
        "no_toxicity",
    ),
    # tables
    Bad("CSV, header only", lambda: as_csv(TABLE[:3]), "question", "table_unknown"),
    Bad("CSV, nothing of ours", lambda: b"naam;leeftijd\npiet;3\n", "question", "table_unknown"),
    Bad("CSV, letters of columns are no modules", lambda: b"A;B;C;D\n1;2;3;4\n", "question", "table_unknown"),
    Bad(
        "CSV, unclosed quote",
        lambda: as_csv(TABLE).replace(b"Verzuring", b'"Verzuring'),
        "refused",
        "csv_broken",
    ),
    Bad(
        "CSV, ragged row",
        lambda: as_csv(TABLE).replace(b"mol H+-eq;0,25;", b"mol H+-eq;0;25;"),
        "refused",
        "csv_ragged",
    ),
    Bad(
        "CSV, huge cell",
        lambda: as_csv(TABLE).replace(b"Verzuring", b"V" * 5_000_000),
        "refused",
        "cell_too_long",
    ),
    Bad("CSV, column twice", lambda: as_csv(table((2, 3, "A1-A3"))), "refused", "csv_double_column"),
    Bad("CSV, comma and point", lambda: as_csv(table((3, 3, "1.25"))), "question", "table_ask_decimal"),
    Bad(
        "CSV, 1.234 and no sign elsewhere",
        lambda: as_csv(table((3, 2, "1.234"), (4, 2, "1"), (4, 4, "-1"))),
        "question",
        "table_ask_decimal",
    ),
    Bad(
        "CSV, set not told",
        lambda: as_csv(table((3, 0, "Klimaatverandering"), (4, 1, ""))),
        "question",
        "table_ask_set",
    ),
    Bad(
        "CSV, unit decides against the name",
        lambda: as_csv(table((4, 1, "kg SO2-eq"))),
        "imported",
        "wrong_unit",
    ),
    Bad(
        # Its unit is that of a row the MKI would lack: asked since the reader knows to ask.
        "CSV, unknown indicator with the unit of what is missing",
        lambda: as_csv(table((4, 0, "Geluk"))),
        "question",
        "table_ask_labels",
    ),
    Bad(
        "CSV, unknown indicator",
        lambda: as_csv(table((4, 0, "Geluk"), (4, 1, "glimlach"))),
        "imported",
        "unknown_indicator",
        CLIMATE,
    ),
    Bad("CSV, unknown module", lambda: as_csv(table((2, 3, "C9"))), "question", "table_ask_columns"),
    Bad(
        "CSV, second table below",
        lambda: as_csv([*TABLE, ("", "", "A1-A3", "C3", "D"), ("PM", "", "1e-6", "0", "0")]),
        "refused",
        "table_second",
    ),
    Bad(
        "CSV, another product in the body",
        lambda: as_csv([*TABLE, ("Mengsel B",), ("PM", "disease incidence", "1", "2", "3")]),
        "question",
        "table_section",
    ),
    Bad(
        "CSV, a section in the body",
        lambda: as_csv([*TABLE, ("Grondstoffen en energie",), ("PERE", "MJ", "1", "2", "3")]),
        "imported",
        "",
        CLIMATE,
    ),
    Bad("CSV, head over two columns", lambda: as_csv(table((2, 4, ""))), "question", "table_ask_columns"),
    Bad(
        "CSV, amount in doubt",
        lambda: b"Product;Hoeveelheid;Bezugseinheit;Module;GWP-total;PM\nMix;1.000;kg;A1-A3;120;0\n",
        "question",
        "table_ask_decimal",
    ),
    Bad(
        "CSV, grams in the head",
        lambda: as_csv([*TABLE[:2], ("Module", "GWP-total [g CO2-eq]", "PM"), ("A1-A3", "12000", "0")]),
        "imported",
        "wrong_unit",
    ),
    Bad(
        "JSON, comma in a value",
        lambda: soda_values({"module": "A4", "value": "1,234"}),
        "imported",
        "unreadable_value",
        NOTHING,
    ),
    Bad(
        "JSON, mmol",
        lambda: soda_values({"module": "A4", "value": "1"}, uuid=AP_A2, unit="mmol H+ eq"),
        "imported",
        "wrong_unit",
    ),
    Bad(
        "JSON, a name that is no text",
        lambda: soda(name=[{"lang": ["en"], "value": "x"}]),
        "imported",
        "no_toxicity",
    ),
    Bad(
        "zip bomb of many members",
        lambda: zipped({f"p/{i}.xml": "<a/>" * 190_000 for i in range(60)}),
        "refused",
        "zip_too_large",
    ),
    Bad(
        "Excel, dimensions of a million rows",
        lambda: zipped(
            {
                **workbook_parts(),
                "xl/worksheets/sheet1.xml": workbook_parts()["xl/worksheets/sheet1.xml"].replace(
                    "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
                ),
            }
        ),
        "question",
        "table_unknown",
    ),
    Bad("CSV, 1.83+03", lambda: as_csv(table((4, 2, "1.83+03"))), "imported", "unreadable_value", CLIMATE),
    Bad("CSV, no unit", lambda: as_csv(TABLE[2:]), "question", "unit_missing"),
    Bad("CSV, UTF-16", lambda: as_csv(TABLE).decode().encode("utf-16"), "imported", "", CLIMATE),
    Bad(
        "CSV, Windows code page",
        lambda: as_csv(table((1, 1, "1000 kg"), (0, 1, "Straße"))).decode().encode("cp1252"),
        "imported",
        "",
        CLIMATE,
    ),
    Bad(
        "Excel, formula without a value",
        formula_without_value,
        "imported",
        "unreadable_value",
        (("GWP-total", "A1-A3", None),),
    ),
    Bad("Excel, numbers as text with a comma", lambda: as_xlsx(TABLE), "imported", "text_numbers", CLIMATE),
    Bad("Excel, ND is not 0", lambda: as_xlsx(TABLE), "imported", "text_numbers", (("AP", "C3", None),)),
    Bad(
        "Excel, not a workbook inside",
        lambda: zipped({"xl/workbook.xml": "<workbook/>"}),
        "refused",
        "workbook_broken",
    ),
    Bad("Excel, truncated", lambda: as_xlsx(TABLE)[:-50], "refused", "zip_broken"),
    Bad("Excel, one huge cell", huge_workbook_cell, "refused", "zip_too_large"),
    Bad("Excel, empty", lambda: as_xlsx([]), "question", "table_unknown"),
]


def peak_memory() -> int:
    """The most memory this process held since the mark was put back, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


MEASURES = Path("/proc/self/clear_refs").exists()  # Linux tells the peak since a moment


def mark_memory() -> int:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_memory()


def test_there_are_many_and_each_has_its_own_name() -> None:
    assert len(BAD) >= 60
    assert len({bad.name for bad in BAD}) == len(BAD)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_bad_input(bad: Bad, tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "milieuverklaring.xml"
    path.write_bytes(bad.content())
    with workspace.unit() as unit:
        before = unit.steps.chain_head()
    held = mark_memory() if MEASURES else 0
    started = time.process_time()
    report = import_file(workspace, path)
    assert time.process_time() - started < MOST_SECONDS
    if MEASURES:
        assert peak_memory() - held < MOST_BYTES
    keys = [found.message.key for found in report.notes]
    assert (report.status, bad.key in keys or not bad.key) == (bad.status, True), keys
    assert all(note_text(found).strip() for found in report.notes)
    with workspace.unit() as unit:
        assert (unit.steps.chain_head() == before) == (not report.products)
        assert faults(unit) == []
    if report.status == "refused":
        assert report.products == []
    for indicator, module, value in bad.counts:
        product = get_product(workspace, report.products[0])
        assert [counted(d, indicator, module) for d in product.declarations if d.set][:1] in (
            [value],
            [] if value is None else [value],
        )


def counted(declaration: Declaration, indicator: str, module: str) -> float | None:
    row = declaration.chosen(indicator).get(module)
    return row.value if row is not None else None


def test_zlib_is_the_real_one() -> None:
    """The bombs above really are small: otherwise the bounds were never tried."""
    assert len(zlib.compress(b" " * 60_000_000)) < 100_000
    assert len(huge_workbook_cell()) < 200_000
