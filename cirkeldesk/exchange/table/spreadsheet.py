"""The one door to spreadsheets: which kind a file is by its content, and its sheets, read once."""

from __future__ import annotations

from functools import lru_cache

from cirkeldesk.exchange import xml
from cirkeldesk.exchange.archive import member_names
from cirkeldesk.exchange.table.open_document import document_sheets, is_flat, is_open_document, sheets_of
from cirkeldesk.exchange.table.sheet import Sheet
from cirkeldesk.model.refusal import ReadError

_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def is_excel(content: bytes) -> bool:
    return "xl/workbook.xml" in _plain_names(content)


def is_spreadsheet(content: bytes) -> bool:
    """Whether a file is a workbook of Excel or OpenDocument, also of a kind that `spreadsheet_sheets`
    refuses."""
    names = _plain_names(content)
    return (
        "xl/workbook.xml" in names
        or "xl/workbook.bin" in names
        or is_open_document(names)
        or (xml.is_xml(content) and _FLAT in content[:4000])
    )


def spreadsheet_sheets(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Every sheet of an Excel workbook or an OpenDocument spreadsheet.

    Raises ReadError file_binary_excel, or what `workbook_sheets` and `document_sheets` raise.
    """
    found = _read_once(content, file)
    if isinstance(found, ReadError):
        raise ReadError(found.key, **found.params)
    return found


@lru_cache(maxsize=1)  # one form is asked for its mark, its cells and its remarks
def _read_once(content: bytes, file: str) -> tuple[Sheet, ...] | ReadError:
    """The sheets, or why there are none: a file that is refused for its size is not read twice either."""
    try:
        return _read(content, file)
    except ReadError as problem:
        return problem.with_traceback(None)


def _read(content: bytes, file: str) -> tuple[Sheet, ...]:
    names = _plain_names(content)
    if "xl/workbook.bin" in names:
        raise ReadError("file_binary_excel", file=file)
    if is_open_document(names):
        return document_sheets(content, file)
    if names:
        from cirkeldesk.exchange.table.workbook import workbook_sheets  # openpyxl, not at every start

        return workbook_sheets(content, file)
    root = xml.parse(content, file)
    if not is_flat(root):
        raise ReadError("file_unknown", file=file)
    return sheets_of(root, file)


def _plain_names(content: bytes) -> frozenset[str]:
    """The names in a zip with the slashes they should have; some programs write backslashes."""
    return frozenset(name.replace("\\", "/") for name in member_names(content))
