"""The one entry: a file → what it holds, recognised by its content and never by its name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cirkeldesk.exchange import dossier, iso22057, openepd, xml
from cirkeldesk.exchange.archive import opened
from cirkeldesk.exchange.ilcd import ilcd_xml, oekobaudat_csv, soda4lca
from cirkeldesk.exchange.pdf import read as pdf_read
from cirkeldesk.exchange.pdf.sheets import pdf_sheets
from cirkeldesk.exchange.reading import Format, Reading, no_double_keys, nothing_collected, plain_text
from cirkeldesk.exchange.table import generic_table, table_mapping
from cirkeldesk.exchange.table.csv_text import csv_sheet, decode, ragged_row
from cirkeldesk.exchange.table.sheet import Sheet
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.exchange.table.table_mapping import TableMapping
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Source
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.refusal import ReadError

LARGEST = 300 * 1024 * 1024
LARGEST_JSON = 8 * 1024 * 1024  # takes some 25 times its size in memory; the largest real file is 0.1 MB
LARGEST_TEXT = 64 * 1024 * 1024
SourceOf = Callable[[Format], Source]
# A brace alone is not enough: SimaPro's block text begins with "{SimaPro 9.0}".
_JSON_START = re.compile(rb"\s*(\{\s*([\"}]|$)|\[)")
_SIMAPRO = re.compile(r"\s*\{(SimaPro|methods\}|processes\}|CSV separator)", re.IGNORECASE)
_EC3_TEXT = re.compile(r"^(mass_per_declared_unit|ec3_category|declared_unit):", re.MULTILINE)
_OFFICE = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint"}


def shown_name(path: Path) -> str:
    """The file's name as text that can be shown, also when its bytes are no UTF-8."""
    return plain_text(os.fsencode(path.name).decode("utf-8", "replace"))


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises ReadError file_missing, file_unreadable, file_too_large or file_empty."""
    name = shown_name(path)
    try:
        if not path.is_file() and path.exists():
            raise ReadError("file_unreadable", file=name)  # a folder, or a pipe that would never end
        if path.stat().st_size > LARGEST:
            raise ReadError("file_too_large", file=name)
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise ReadError("file_missing", file=name) from problem
    except OSError as problem:
        raise ReadError("file_unreadable", file=name) from problem
    if not content.strip():
        raise ReadError("file_empty", file=name)
    return content


def read_json(content: bytes, file: str) -> object:
    """JSON in any Unicode encoding. Raises ReadError json_broken with the line, or file_too_large."""
    if len(content) > LARGEST_JSON:
        raise ReadError("file_too_large", file=file)
    try:
        return json.loads(content, object_pairs_hook=partial(no_double_keys, file))
    except json.JSONDecodeError as problem:
        raise ReadError("json_broken", file=file, line=problem.lineno) from problem
    except (ValueError, RecursionError) as problem:
        raise ReadError("json_broken", file=file, line=1) from problem


def read_file(
    path: Path,
    along: ilcd_xml.Dependencies | None = None,
    mappings: Mapping[str, TableMapping] | None = None,
    paper: PaperHelp | None = None,
) -> Reading:
    """Read any file we know. Raises ReadError; nothing is stored here.

    `along` are data sets read in the same go, such as the flow a lone XML refers to; `mappings` are those
    kept for tables; `paper` is what helps to read a PDF.
    """
    along = along or ilcd_xml.Dependencies()
    with nothing_collected():
        return read_content(content_of(path), shown_name(path), along, mappings or {}, paper)


@dataclass(frozen=True)
class PaperHelp:
    """What helps to read a PDF: the weighting sets with which a table proves its MKI row, and the set that a
    person says it is about."""

    weighting_sets: tuple[WeightingSet, ...] = ()
    set_code: SetCode | None = None


def read_content(
    content: bytes,
    name: str,
    along: ilcd_xml.Dependencies,
    mappings: Mapping[str, TableMapping],
    paper: PaperHelp | None = None,
) -> Reading:
    """The same from bytes; see `read_file`."""

    def source(file_format: Format) -> Source:
        return Source(name, file_format, hash_of_bytes(content))

    if is_pdf(content):
        kept = paper or PaperHelp()
        return pdf_read.read(content, source("PDF"), kept.weighting_sets, kept.set_code)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        raise ReadError("file_old_excel", file=name)  # also how a workbook with a password is stored
    if content.startswith(b"PK"):
        return _read_zip(content, name, source, mappings)
    if xml.is_web_page(content):
        raise ReadError("file_web_page", file=name)
    if is_spreadsheet(content):
        return _read_spreadsheet(content, name, source, mappings)
    if xml.is_xml(content):
        root = xml.parse(content, name)
        if ilcd_xml.is_process(root):
            return ilcd_xml.read(root, source("ILCD+EPD XML"), along)
        raise ReadError("xml_flow_alone" if ilcd_xml.is_flow(root) else "file_unknown", file=name)
    bare = _without_mark(content)
    if _JSON_START.match(bare):
        return _read_json_file(bare, name, source)
    return _read_text(content, name, source, mappings)


def is_pdf(content: bytes) -> bool:
    """Programs forgive some bytes before the mark of a PDF, and so do we."""
    return b"%PDF-" in content[:1024] and not content.startswith(b"PK")


def _without_mark(content: bytes) -> bytes:
    """UTF-16 and marked UTF-8 as plain UTF-8, so that JSON is known by its first signs in any of them."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                return content
    return content


def _read_zip(content: bytes, name: str, source: SourceOf, mappings: Mapping[str, TableMapping]) -> Reading:
    if dossier.is_dossier(content):
        return dossier.read(content, name)
    if is_spreadsheet(content):
        return _read_spreadsheet(content, name, source, mappings)
    with opened(content, name) as archive:
        for member, program in _OFFICE.items():
            if member in archive.names:
                raise ReadError("file_office", file=name, program=program)
        return ilcd_xml.read_zip(archive, source("ILCD+EPD zip"))


def _read_spreadsheet(
    content: bytes, name: str, source: SourceOf, mappings: Mapping[str, TableMapping]
) -> Reading:
    sheets = spreadsheet_sheets(content, name)
    for sheet in sheets:
        heads = [cell.text for cell in sheet.rows[0]] if sheet.rows else []
        if not sheet.hidden and oekobaudat_csv.is_header(heads):
            lines = [[cell.text for cell in row] for row in sheet.as_shown().rows[1:]]
            filled = [line for line in lines if any(line)]
            return oekobaudat_csv.read_rows(heads, filled, source("ÖKOBAUDAT CSV"))
    return read_sheets(sheets, source("tabel"), mappings)


def _read_json_file(content: bytes, name: str, source: SourceOf) -> Reading:
    data = read_json(content, name)
    if soda4lca.is_process(data):
        assert isinstance(data, dict)
        return soda4lca.read(data, source("soda4LCA JSON"))
    if openepd.is_openepd(data):
        assert isinstance(data, dict)
        return openepd.read(data, source("openEPD JSON"))
    if openepd.is_ec3(data):
        raise ReadError("file_ec3", file=name)
    if isinstance(data, dict) and "declaredUnit" in data and isinstance(data.get("impacts"), dict):
        raise ReadError("file_lcax", file=name)
    if iso22057.is_template(data):
        return iso22057.read(data, source("ISO 22057 JSON"))
    if soda4lca.is_overview(data):
        raise ReadError("file_overview", file=name)
    raise ReadError("file_unknown", file=name)


def _read_text(content: bytes, name: str, source: SourceOf, mappings: Mapping[str, TableMapping]) -> Reading:
    if len(content) > LARGEST_TEXT:
        raise ReadError("file_too_large", file=name)
    text = decode(content, name)
    if "inschrijfformulier/" in text[:2000] and " · " in text[:2000]:
        raise ReadError("form_as_csv", file=name)
    if _SIMAPRO.match(text):
        raise ReadError("file_simapro", file=name)
    if oekobaudat_csv.is_oekobaudat(text):
        return oekobaudat_csv.read(text, source("ÖKOBAUDAT CSV"))
    if _EC3_TEXT.search(text) and "gwp:" in text:
        raise ReadError("file_ec3", file=name)
    return read_sheets((_text_sheet(text, name),), source("tabel"), mappings, text)


def _text_sheet(text: str, name: str) -> Sheet:
    sheet = csv_sheet(text, name)
    if not sheet.rows or len(sheet.rows[0]) < 2:
        raise ReadError("file_unknown", file=name)
    return sheet


def open_table(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a table file, for choosing a mapping by hand. Raises ReadError."""
    name, content = shown_name(path), content_of(path)
    if is_pdf(content):
        return pdf_sheets(content, name)
    if is_spreadsheet(content):
        return spreadsheet_sheets(content, name)
    return (_text_sheet(decode(content, name), name),)


def read_sheets(
    sheets: tuple[Sheet, ...],
    source: Source,
    mappings: Mapping[str, TableMapping],
    text: str | None = None,
) -> Reading:
    """A table by the mapping kept for its kind, else by the one its texts propose."""
    kept = kept_mapping(sheets, mappings, source.file)
    proposed = [kept] if kept is not None else table_mapping.propose_all(sheets, source.file)
    if text is not None:
        row = ragged_row(text, proposed[0].header)
        if row is not None:
            raise ReadError("csv_ragged", file=source.file, row=row + 1)
    found = [generic_table.read(sheets, mapping, source, asked=kept is not None) for mapping in proposed]
    products = tuple(p for r in found for p in r.products)
    if len(found) > 1 and len({p.name for p in products}) < len(products):
        raise ReadError(
            "table_sheets", file=source.file
        )  # parts of one product, or two of one name: nobody can tell
    return Reading("tabel", products, tuple(n for r in found for n in r.notes))


def kept_mapping(
    sheets: tuple[Sheet, ...], mappings: Mapping[str, TableMapping], file: str
) -> TableMapping | None:
    """The mapping kept for a table with these texts; name and amount are this file's own."""
    for key, mapping in mappings.items():
        sheet = next((found for found in sheets if found.name == mapping.sheet), None)
        if sheet is None:
            continue
        sheet = table_mapping.as_read(sheet, mapping)
        if table_mapping.fingerprint(sheet, mapping) == key:
            return table_mapping.with_own_facts(mapping, sheet, file)
    return None
