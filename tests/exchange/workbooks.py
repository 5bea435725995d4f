"""Spreadsheets as people send them, made here: hidden, struck through, joined, strict, and as
OpenDocument."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

ROWS: tuple[tuple[Any, ...], ...] = (
    ("Product", "Mengsel (verzonnen)"),
    ("Gedeclareerde eenheid", "1 ton"),
    ("EN 15804+A2",),
    ("Milieueffect", "Eenheid", "A1-A3", "C4", "D"),
    ("GWP-total", "kg CO2-eq", 52.5, 1.5, -6.25),
    ("AP", "mol H+-eq", 0.21, 0.01, -0.03),
    ("EP-marine", "kg N-eq", 0.05, 0.02, -0.01),
)


def xlsx(change: Callable[[Any], object] = lambda _: None, rows: Iterable[Sequence[Any]] = ROWS) -> bytes:
    """A workbook of one sheet; `change` does to it what a person would."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Resultaten"
    for row in rows:
        page.append(list(row))
    change(page)
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rezipped(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A zip again, with each member as `change` gives it; left out where that is None."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            made = change(name, old.read(name))
            if made is not None:
                new.writestr(*made)
    return buffer.getvalue()


def strict(content: bytes) -> bytes:
    """The workbook in the namespaces of Strict Open XML."""
    pairs = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def renamed(name: str, text: bytes) -> tuple[str, bytes]:
        for usual, said in pairs:
            text = text.replace(usual, said) if name.startswith("xl/") else text
        return name, text

    return rezipped(content, renamed)


NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
STYLES = (
    '<office:automatic-styles><style:style style:name="door" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="weg" style:family="table"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles>"
)


def ods_cell(value: Any, attributes: str = "") -> str:
    if value is None or value == "":
        return f"<table:table-cell {attributes}/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value!r}" {attributes}/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def ods_row(cells: Iterable[Any], attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(c if str(c).startswith('<table:') else ods_cell(c) for c in cells)}</table:table-row>"


def ods(rows: Iterable[Any] = ROWS, columns: str = "", before: str = "", name: str = "Resultaten") -> bytes:
    """An OpenDocument spreadsheet of one sheet; a row may be its own XML."""
    body = "".join(row if isinstance(row, str) else ods_row(row) for row in rows)
    return ods_zip(f'{before}<table:table table:name="{name}">{columns}{body}</table:table>')


def ods_zip(tables: str, styles: str = "", flat: bool = False) -> bytes:
    sheet = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    if flat:
        return f'<?xml version="1.0"?><office:document {NAMES}>{STYLES}{sheet}</office:document>'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr(
            "content.xml", f"<office:document-content {NAMES}>{STYLES}{sheet}</office:document-content>"
        )
        if styles:
            new.writestr("styles.xml", f"<office:document-styles {NAMES}>{styles}</office:document-styles>")
    return buffer.getvalue()
