"""What another program put on the clipboard."""

from __future__ import annotations

from cirkeldesk.exchange.table.spreadsheet_xml import read_spreadsheet_xml
from cirkeldesk.model.refusal import ReadError


def block_of(content: bytes) -> list[list[str]] | None:
    """A block of cells from Excel's own form, exact and without a locale; None where a program writes it
    badly."""
    try:
        return read_spreadsheet_xml(content)
    except ReadError:
        return None
