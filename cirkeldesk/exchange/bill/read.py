"""The one door to bills: which kind a file is by its content."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.exchange import xml
from cirkeldesk.exchange.archive import member_names, opened
from cirkeldesk.exchange.bill.bill import Bill
from cirkeldesk.exchange.bill.raw import is_raw, read_raw
from cirkeldesk.exchange.bill.state import AskedHead, asked_heads, read_state
from cirkeldesk.exchange.table.csv_text import csv_sheet, decode
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.model.refusal import ReadError

LARGEST_TEXT = 64 * 1024 * 1024


def read_bill(content: bytes, file: str, said: Mapping[str, str] | None = None) -> Bill:
    """A RAW bill or a state. `said`: what heads mean that nobody knows.

    Raises ReadError bill_unknown, bill_no_header, bill_no_lines, or what the file's own kind raises.
    """
    if content.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        raise ReadError("file_old_excel", file=file)
    if b"%PDF-" in content[:1024]:
        raise ReadError("bill_pdf", file=file)
    if is_spreadsheet(content):
        return read_state(spreadsheet_sheets(content, file), file, said)
    if content.startswith(b"PK"):
        return _zipped(content, file)
    if xml.is_xml(content):
        root = xml.parse(content, file)
        if is_raw(root):
            return read_raw(root, file)
        raise ReadError("bill_unknown", file=file)
    if len(content) > LARGEST_TEXT:
        raise ReadError("file_too_large", file=file)
    return read_state((csv_sheet(decode(content, file), file),), file, said)


def heads_of(content: bytes, file: str, said: Mapping[str, str]) -> tuple[AskedHead, ...]:
    """The heads of a table that `read_bill` refuses with bill_no_header, for somebody to say what they
    mean."""
    if is_spreadsheet(content):
        return asked_heads(spreadsheet_sheets(content, file), said)
    return asked_heads((csv_sheet(decode(content, file), file),), said)


def _zipped(content: bytes, file: str) -> Bill:
    """An exchange file that is a zip with the XML in it."""
    names = [name for name in member_names(content) if name.lower().endswith((".xml", ".rsx", ".zsx"))]
    with opened(content, file) as archive:
        for name in sorted(names):
            text = archive.read(name)
            if xml.is_xml(text) and is_raw(root := xml.parse(text, file)):
                return read_raw(root, file)
    raise ReadError("bill_unknown", file=file)
