"""A block of cells as Excel puts it on the clipboard: XML Spreadsheet 2003, exact and without a locale.

Source: the Microsoft reference "XML Spreadsheet": cells may skip places (`ss:Index`), carry a type, and
numbers and moments are written the same whatever the language of Excel.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from cirkeldesk.exchange import xml
from cirkeldesk.model.refusal import ReadError

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
MOST_ROWS, MOST_COLUMNS = 2_000, 200


def read_spreadsheet_xml(data: bytes) -> list[list[str]]:
    """Rows of texts; a number with a decimal comma and all its digits, so that nothing can be taken for
    thousands.

    Raises ReadError (see `xml.parse`), or xml_broken where it is no block of cells of a sensible size.
    """
    root = xml.parse(data.rstrip(b"\0"), "klembord")
    table = root.find(f"{SS}Worksheet/{SS}Table")
    if table is None:
        raise ReadError("xml_broken", file="klembord", line=1)
    rows: dict[int, dict[int, str]] = {}
    for place, row in _placed(table, "Row", MOST_ROWS):
        rows[place] = {column: _text(cell) for column, cell in _placed(row, "Cell", MOST_COLUMNS)}
    width = max((max(row, default=-1) + 1 for row in rows.values()), default=0)
    return [
        [rows.get(place, {}).get(column, "") for column in range(width)]
        for place in range(max(rows, default=-1) + 1)
    ]


def _placed(parent: Element, name: str, most: int) -> list[tuple[int, Element]]:
    """The children of a name with their places from 0: each the next, unless it says which it is."""
    found, place = [], 0
    for child in parent.findall(f"{SS}{name}"):
        index = child.get(f"{SS}Index", "")
        place = int(index) - 1 if index.isascii() and index.isdigit() and len(index) < 7 else place
        if not 0 <= place < most:
            raise ReadError("xml_broken", file="klembord", line=1)
        found.append((place, child))
        merged = child.get(f"{SS}MergeAcross", "0")  # cells that were joined leave their places empty
        place += 1 + (int(merged) if merged.isascii() and merged.isdigit() and len(merged) < 5 else 0)
    return found


def _text(cell: Element) -> str:
    data = cell.find(f"{SS}Data")
    if data is None:
        return ""
    text = " ".join("".join(data.itertext()).splitlines())
    match data.get(f"{SS}Type"):
        case "Number":
            return _number(text)
        case "DateTime":
            return "-".join(reversed(text[:10].split("-")))
        case "Boolean":
            return {"1": "ja", "0": "nee"}.get(text, text)
    return text


def _number(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:f}".replace(".", ",") if value.is_finite() and value.adjusted() < 20 else text
