"""Excel workbooks (.xlsx, .xlsm), read with openpyxl's own parser in one pass.

openpyxl's reading mode tells neither hidden rows and columns nor joined or struck cells, and needs a second
load to tell a formula without a value from an empty cell; its parser sees all of that in passing. Styles are
read here, only for what a number or a text means (percent, date, struck through), because openpyxl makes an
object of each of the 60,000 that old workbooks carry. A private class of a pinned version:
`tests/exchange/test_workbooks.py` would tell.
"""

from __future__ import annotations

import html
import io
import math
import re
import warnings
import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.worksheet._reader import WorkSheetParser

from cirkeldesk.exchange.archive import Archive, opened
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.cells import Gathered, text_cell
from cirkeldesk.exchange.table.number_text import number_text
from cirkeldesk.exchange.table.sheet import EMPTY, LONGEST_CELL, Remark, Sheet, SourceCell
from cirkeldesk.model.refusal import ReadError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Strict OOXML says the same under other names (ISO/IEC 29500-1).
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


def workbook_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Every sheet with its cells, hidden ones marked; a sheet that is a chart has one cell that says so.

    Raises ReadError zip_…, workbook_broken, cell_too_long or file_too_large.
    """
    with opened(content, file) as archive, _as_broken(file):  # looked over: members, sizes, ratio
        members, charts = _members(archive)
        styles = _styles(members.pop("xl/styles.xml", b""))
    with _as_broken(file), _loaded(_zipped(members)) as book:
        beside = _remarks(members, [sheet._worksheet_path for sheet in book.worksheets])
        found = [
            _sheet(book, sheet, styles, file, remarks)
            for sheet, remarks in zip(book.worksheets, beside, strict=True)
        ]
    return (*found, *(Sheet(plain_text(name), ((SourceCell("grafiek"),),), hidden=True) for name in charts))


@contextmanager
def _as_broken(file: str) -> Iterator[None]:
    """What openpyxl raises on a workbook that is none, as one typed refusal; and without its warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ReadError:
        raise
    except Exception as problem:
        raise ReadError("workbook_broken", file=file) from problem


@contextmanager
def _loaded(content: bytes) -> Iterator[Any]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        yield book
    finally:
        book.close()


# --- the zip, as openpyxl can take it
# -----------------------------------------------------------------------------------------------------------


def _members(archive: Archive) -> tuple[dict[str, bytes], list[str]]:
    """The parts of a workbook that are read, in the transitional namespaces, without sheets that are charts;
    and the names of those."""
    wanted = {name: name.replace("\\", "/").lstrip("/") for name in archive.names}
    found = {
        plain: archive.read(name)
        for name, plain in wanted.items()
        if plain.endswith((".xml", ".rels", ".vml")) and not plain.startswith(("xl/theme", "xl/pivot"))
    }
    book = found.get("xl/workbook.xml", b"")
    if b"purl.oclc.org/ooxml" in book:
        found = {name: _transitional(text) for name, text in found.items()}
    if not any(name.startswith("xl/chartsheets/") for name in found):
        return found, []
    links = found["xl/_rels/workbook.xml.rels"].decode("utf-8", "replace")
    charts = {
        identity[1]
        for link in re.findall(r"<Relationship\b[^>]*>", links)
        if "chartsheets/" in link and (identity := re.search(r'\bId="([^"]+)"', link))
    }
    names: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        link, name = re.search(r'\br:id="([^"]+)"', match[0]), re.search(r'\bname="([^"]*)"', match[0])
        if link is None or link[1] not in charts:
            return match[0]
        names.append(html.unescape(name[1]) if name else "grafiek")
        return ""

    text = found["xl/workbook.xml"].decode("utf-8", "replace")
    found["xl/workbook.xml"] = re.sub(r"<(?:\w+:)?sheet\b[^>]*/>", taken_out, text).encode()
    return found, names


def _transitional(text: bytes) -> bytes:
    for strict, usual in _STRICT:
        text = text.replace(strict, usual)
    return text


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as copy:
        for name, text in members.items():
            copy.writestr(name, text)
    return buffer.getvalue()


# --- what a style says of a cell
# -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _CellStyles:
    """Of each style of a cell, by its number: whether it shows a percentage, a date, a length of time, or
    strikes through."""

    percents: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()
    times: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def _styles(text: bytes) -> _CellStyles:
    if not text:
        return _CellStyles()
    formats, struck_fonts, cells = dict(BUILTIN_FORMATS), list[bool](), list[tuple[int, int]]()
    for part, element in _style_parts(text):
        if part == "numFmts":
            formats[int(element.get("numFmtId", -1))] = element.get("formatCode", "")
        elif part == "fonts":
            strike = element.find(f"{_MAIN}strike")
            struck_fonts.append(strike is not None and _is_on(strike.get("val", "1")))
        else:
            cells.append((int(element.get("numFmtId", 0)), int(element.get("fontId", 0))))
    shown = [formats.get(code) or "General" for code, _ in cells]
    struck = [font < len(struck_fonts) and struck_fonts[font] for _, font in cells]
    return _CellStyles(
        _places("%" in code for code in shown),
        _places(map(is_date_format, shown)),
        _places(map(is_timedelta_format, shown)),
        _places(struck),
    )


def _places(found: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, is_so in enumerate(found) if is_so)


def _style_parts(text: bytes) -> Iterator[tuple[str, Any]]:
    """(part, element) of the formats, fonts and cell styles, each in its own order."""
    wanted = {"numFmts": "numFmt", "fonts": "font", "cellXfs": "xf"}
    part = ""
    for event, element in iterparse(io.BytesIO(text), events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            part = name if name in (*wanted, "cellStyleXfs", "dxfs") else part
        elif name == wanted.get(part):
            yield part, element
            element.clear()


# --- cells
# -----------------------------------------------------------------------------------------------------------


class _SheetParser(WorkSheetParser):
    """openpyxl's parser, which also says where a formula has no value, and reads nothing but cells, columns,
    joined cells and headers."""

    def __init__(self, source: IO[bytes], strings: Any, book: Any, styles: _CellStyles) -> None:
        super().__init__(
            source,
            strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=styles.dates,
            timedelta_formats=styles.times,
        )
        self.columns: list[dict[str, str]] = []
        self.areas: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def parse(self) -> Generator[Any, None, None]:
        for _, element in iterparse(self.source, forbid_dtd=True):
            name = element.tag.removeprefix(_MAIN)
            if name == "row":
                yield self.parse_row(element)
            elif name == "col":
                self.columns.append(dict(element.attrib))
            elif name == "mergeCell":
                self.areas.append(element.get("ref", ""))
            elif name in _HEADERS and element.text:
                self.texts.append((_HEADERS[name], element.text))
            if name in ("row", "col", "mergeCell", "dataValidation", "conditionalFormatting", "hyperlink"):
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_cell(element)
        if found["value"] is None and element.find(f"{_MAIN}f") is not None:
            found["data_type"] = "unknown"
        return found


_HEADERS = {
    f"{which}{where}": "header" if where == "Header" else "footer"
    for which in ("odd", "even", "first")
    for where in ("Header", "Footer")
}


def _sheet(book: Any, sheet: Any, styles: _CellStyles, file: str, remarks: list[Remark]) -> Sheet:
    gathered = Gathered(file, sheet.title, sheet.sheet_state != "visible", remarks=remarks)
    with sheet._get_source() as source:
        parser = _SheetParser(source, sheet._shared_strings, book, styles)
        for number, cells in parser.parse():
            for cell in cells:
                style = cell["style_id"]
                gathered.put(
                    number - 1, cell["column"] - 1, _cell(cell, styles, file), struck=style in styles.struck
                )
    gathered.hidden_rows = {
        int(number) - 1 for number, said in parser.row_dimensions.items() if _is_on(said.get("hidden"))
    }
    gathered.hidden_columns = [
        (int(said["min"]) - 1, int(said["max"]) - 1)
        for said in parser.columns
        if _is_on(said.get("hidden")) or said.get("width") == "0"
    ]
    gathered.merged = [area for ref in parser.areas if (area := _area(ref)) is not None]
    gathered.remarks += [
        Remark(kind, text) for kind, told in dict.fromkeys(parser.texts) if (text := _header_text(told))
    ]
    return gathered.sheet()


def _is_on(said: str | None) -> bool:
    return said not in (None, "0", "false")


def _area(ref: str) -> tuple[int, int, int, int] | None:
    from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(ref)
    except (ValueError, TypeError):
        return None
    if left is None or top is None or right is None or bottom is None:
        return None  # whole rows or columns
    return top - 1, left - 1, bottom - 1, right - 1


def _cell(cell: dict[str, Any], styles: _CellStyles, file: str) -> SourceCell:
    value = cell["value"]
    if value is None:
        return SourceCell(unknown=True) if cell["data_type"] == "unknown" else EMPTY
    if isinstance(value, bool):
        return SourceCell("ja" if value else "nee")
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return SourceCell(unknown=True)
        return SourceCell(number_text(value), float(value), percent=cell["style_id"] in styles.percents)
    if isinstance(value, (datetime, date)):
        return SourceCell(value.isoformat()[:10])
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise ReadError("cell_too_long", file=file, line=0)
    return text_cell(text)


# --- texts beside the cells
# -----------------------------------------------------------------------------------------------------------

_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Za-z])')


def _header_text(text: str) -> str:
    """The words of a page header, without its codes for fonts, page numbers and dates."""
    return plain_text(" ".join(_CODES.sub(" ", text.replace("&&", "\0")).replace("\0", "&").split()))


def _remarks(members: dict[str, bytes], sheets: list[str]) -> list[list[Remark]]:
    """Comments and texts in shapes of each sheet; what belongs to no sheet that can be told is the
    first's."""
    found = [list(_remarks_of(members, path.lstrip("/"))) for path in sheets]
    linked = {target for path in sheets for target in _linked(members, path.lstrip("/"))}
    loose = [n for n in members if re.match(r"xl/drawings/[^/]+\.(xml|vml)$", n) and n not in linked]
    if found:
        found[0] += [Remark("shape", text) for name in loose for text in _shape_texts(members[name])]
    return found


def _linked(members: dict[str, bytes], path: str) -> list[str]:
    """The parts a sheet refers to, with their full names."""
    folder, _, name = path.rpartition("/")
    links = members.get(f"{folder}/_rels/{name}.rels", b"").decode("utf-8", "replace")
    targets = re.findall(r'\bTarget="([^"]+)"', links)
    return [_full(folder, target) for target in targets]


def _full(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts = folder.split("/")
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part] if part != "." else parts
    return "/".join(parts)


def _remarks_of(members: dict[str, bytes], path: str) -> Iterator[Remark]:
    from openpyxl.utils.cell import coordinate_to_tuple

    for name in _linked(members, path):
        text = members.get(name)
        if text is None:
            continue
        if "comment" in name.lower():
            for event_place, said in _comments(text):
                try:
                    row, column = coordinate_to_tuple(event_place)
                except (ValueError, TypeError):
                    row, column = 1, 1
                yield Remark("comment", said, (row - 1, column - 1))
        elif "drawing" in name.lower():
            yield from (Remark("shape", said) for said in _shape_texts(text))


def _comments(text: bytes) -> Iterator[tuple[str, str]]:
    """(cell, words) of each comment, of the old kind and of threads."""
    for _, element in iterparse(io.BytesIO(text), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if name in ("comment", "threadedComment"):
            said = plain_text(" ".join("".join(element.itertext()).split()))
            if said and not said.startswith("[Threaded comment]"):
                yield element.get("ref", ""), said


def _shape_texts(text: bytes) -> list[str]:
    """The words in the text boxes of a drawing, and in the old kind that Excel writes as VML; those of
    comments aside, which stand in their own part."""
    found: list[str] = []
    try:
        for _, element in iterparse(io.BytesIO(text), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if name in ("txBody", "textbox"):
                said = plain_text(" ".join(" ".join(element.itertext()).split()))
                found += [said] if said else []
    except Exception:  # noqa: BLE001 - VML is often no XML at all; its words are then looked for as they stand
        for box in re.findall(r"<v:textbox\b.*?</v:textbox>", text.decode("utf-8", "replace"), re.DOTALL):
            words = plain_text(" ".join(html.unescape(re.sub(r"<[^>]+>", " ", box)).split()))
            found += [words] if words else []
    return found
