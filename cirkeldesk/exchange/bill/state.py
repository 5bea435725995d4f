"""An inschrijvingsstaat or hoeveelhedenstaat in Excel, OpenDocument or CSV, by the heads of its columns.

The layout that calculation programs write has no heads but a kind in its first column (vk a heading, vr a
line, vs a subtotal, vt the total); any other is read by what its columns are called.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.exchange.bill.bill import MOST_LINES, Bill, BillLine, kind_of, number_of
from cirkeldesk.exchange.table.sheet import Row, Sheet, SourceCell
from cirkeldesk.model.messages import Message
from cirkeldesk.model.refusal import ReadError

HEADER_WITHIN = 40
SAMPLES = 3
_FIGURE = re.compile(r"€?\s*-?[0-9][0-9.,\s]*")
NAMES: Mapping[str, str] = {
    "code": r"code|(bestek(s)?)?-?\s?post(en)?( ?(nr|nummer))?\.?|nr\.?|nummer|raw(-code)?|post",
    "text": r"(korte )?omschrijving.*|romptekst|tekst|beschrijving|werkzaamheden|resultaatsverplichting",
    "quantity": r"hoeveelheid|aantal|hoev\.?",
    "unit": r"eenheid|eenh\.?",
    "kind": r"v\s*/\s*n|vn|verrekenbaar|aard|soort( hoeveelheid)?",
    "unit_price": r"(eenheids)?prijs.*|prijs per eenheid.*|tarief",
    "amount": r"bedrag.*|totaal(bedrag)?.*",
}
# The fixed layout, by its first column.
KINDS = {"vk": "heading", "vr": "line", "vs": "subtotal", "vt": "total"}
FIXED = ("", "code", "text", "quantity", "unit", "kind", "unit_price", "amount")
_TOTAL = re.compile(r"(sub|eind|generaal )?totaal.*|inschrijfsom.*|aannemingssom.*|som der.*", re.IGNORECASE)


@dataclass(frozen=True)
class StateLayout:
    """Where the header stands, and which column is what."""

    header: int
    columns: Mapping[str, int]
    by_kind: bool = False


def layout_of(sheet: Sheet, said: Mapping[str, str] | None = None) -> StateLayout | None:
    """By the kinds in the first column, else by heads; `said` names what heads are that nobody knows."""
    kinds = [row[0].text.casefold() for row in sheet.rows if row]
    if "vr" in kinds and sum(kind in KINDS for kind in kinds) > 1:
        first = min(kinds.index(kind) for kind in KINDS if kind in kinds)
        return StateLayout(first - 1, {name: n for n, name in enumerate(FIXED) if name}, by_kind=True)
    near = enumerate(sheet.rows[:HEADER_WITHIN])
    found = [StateLayout(number, _columns(row, said or {})) for number, row in near]
    enough = [layout for layout in found if is_enough(layout.columns)]
    return max(enough, key=lambda layout: len(layout.columns), default=None)


def is_enough(columns: Container[str]) -> bool:
    """Whether these columns make a bill: what is asked and how much, or what is offered and at what price."""
    return ("text" in columns and "quantity" in columns) or ("code" in columns and "unit_price" in columns)


def head_text(cell: SourceCell) -> str:
    """A head as it is known by: without capitals, breaks and the marks at its end."""
    return " ".join(cell.text.casefold().split()).rstrip(" :*")


def _named(text: str, said: Mapping[str, str]) -> str | None:
    """What a column is: as somebody said (empty: not needed), else by its head."""
    if text in said:
        return said[text] or None
    return next((name for name, pattern in NAMES.items() if re.fullmatch(pattern, text)), None)


@dataclass(frozen=True)
class AskedHead:
    """A column of which somebody must say what it is: its head as it is known by and as it is written, what
    stands below it, and what we take it for."""

    head: str
    shown: str
    sample: str
    field: str | None


def asked_heads(sheets: Sequence[Sheet], said: Mapping[str, str]) -> tuple[AskedHead, ...]:
    """The heads of the visible sheet with the most lines of figures: the last row of words above the first of
    these."""
    near = [(sheet, *_figures_of(sheet)) for sheet in (s.as_shown() for s in sheets if not s.hidden)]
    sheet, header, lines = max(near, key=lambda one: len(one[2]), default=(None, None, []))
    if sheet is None or header is None:
        return ()
    found: dict[str, AskedHead] = {}
    for column, cell in enumerate(sheet.rows[header]):
        head = head_text(cell)
        below = (sheet.cell(row, column).text for row in lines)
        samples = list(itertools.islice((text for text in below if text), SAMPLES))
        if head and head not in found:
            found[head] = AskedHead(head, cell.text[:60], ", ".join(samples)[:90], _named(head, said))
    return tuple(found.values())


def _figures_of(sheet: Sheet) -> tuple[int | None, list[int]]:
    """The row of the heads of a sheet, and the rows with words and figures in them that stand below it."""
    words = [sum(_is_word(cell) for cell in row) for row in sheet.rows]
    lines = [
        number
        for number, row in enumerate(sheet.rows)
        if words[number] and any(_FIGURE.fullmatch(cell.text.strip()) for cell in row)
    ]
    for first in lines:
        if first > HEADER_WITHIN:
            break
        heads = [number for number in range(first) if words[number] > 1 and number not in lines]
        if heads:
            return heads[-1], [number for number in lines if number > heads[-1]]
    return None, []


def _is_word(cell: SourceCell) -> bool:
    return cell.number is None and any(sign.isalpha() for sign in cell.text)


def _columns(row: Row, said: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(row):
        text = head_text(cell)
        name = _named(text, said)
        if name is not None and text and name not in found:
            found[name] = number
    return found


def read_state(sheets: Sequence[Sheet], file: str, said: Mapping[str, str] | None = None) -> Bill:
    """The longest bill among the visible sheets. Raises ReadError bill_no_header or bill_no_lines."""
    found = [
        (sheet, layout)
        for sheet in sheets
        if not sheet.hidden and (layout := layout_of(sheet.as_shown(), said)) is not None
    ]
    if not found:
        raise ReadError("bill_no_header", file=file)
    bills = [_bill(sheet.as_shown(), layout) for sheet, layout in found]
    best = max(bills, key=lambda bill: len(bill.lines))
    if not best.lines:
        raise ReadError("bill_no_lines", file=file)
    if len(best.lines) > MOST_LINES:
        raise ReadError("file_too_large", file=file)
    return best


def _bill(sheet: Sheet, layout: StateLayout) -> Bill:
    lines: list[BillLine] = []
    heading, total = "", None
    for number in range(layout.header + 1, len(sheet.rows)):
        row = sheet.rows[number]
        kind = _row_kind(row, layout)
        if kind == "heading":
            heading = _cell(row, layout, "text").text
        elif kind == "total":
            total, _ = _number(row, layout, "amount")
        elif kind == "line":
            lines.append(_line(row, number, layout, heading))
    above = [cell.text for row in sheet.rows[: max(0, layout.header)] for cell in row if cell.text]
    return Bill("inschrijvingsstaat", tuple(lines), title=above[0][:200] if above else "", total=total)


def _row_kind(row: Row, layout: StateLayout) -> str:
    if layout.by_kind:
        return KINDS.get(row[0].text.casefold(), "") if row else ""
    texts = [cell.text for cell in row if not cell.is_empty]
    if not texts:
        return ""
    label = _cell(row, layout, "text").text or texts[0]
    quantity = _cell(row, layout, "quantity")
    if _TOTAL.fullmatch(label.strip()) and quantity.is_empty:
        if "incl" in label.casefold() and "excl" not in label.casefold():
            return ""  # a bid sum is without VAT
        return "subtotal" if label.casefold().startswith("sub") else "total"
    has_code = not _cell(row, layout, "code").is_empty
    return (
        "line"
        if not quantity.is_empty or (has_code and not _cell(row, layout, "unit").is_empty)
        else "heading"
    )


def _cell(row: Row, layout: StateLayout, name: str) -> SourceCell:
    column = layout.columns.get(name)
    return row[column] if column is not None and column < len(row) else SourceCell()


def _number(row: Row, layout: StateLayout, name: str) -> tuple[Decimal | None, str | None]:
    cell = _cell(row, layout, name)
    return (None, "bill_no_number") if cell.unknown else number_of(cell.text, typed=cell.number)


def _line(row: Row, number: int, layout: StateLayout, heading: str) -> BillLine:
    code = _cell(row, layout, "code").text.strip()
    read = {name: _number(row, layout, name) for name in ("quantity", "unit_price", "amount")}
    problems = [
        Message.of(wrong, code=code, text=_cell(row, layout, name).text[:40] or "formule")
        for name, (_, wrong) in read.items()
        if wrong is not None
    ]
    return BillLine(
        code,
        " ".join(_cell(row, layout, "text").text.split())[:500],
        _cell(row, layout, "unit").text.strip(),
        read["quantity"][0],
        kind_of(_cell(row, layout, "kind").text),
        read["unit_price"][0],
        read["amount"][0],
        place=f"rij {number + 1}",
        heading=heading[:120],
        problems=tuple(problems),
    )
