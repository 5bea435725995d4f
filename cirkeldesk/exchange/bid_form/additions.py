"""What a bidder added to a form without changing a value: sheets, remarks, headers, text boxes, units.

Each is a finding: whoever opens the bids decides, with a reason that is kept, whether it changes nothing or
is a reservation (Aanbestedingswet 2012: a bid is judged as it was submitted; nothing is repaired).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cirkeldesk.exchange.bid_form.cells import BID, SHEETS, Form
from cirkeldesk.exchange.bid_form.faults import FormFault
from cirkeldesk.exchange.table.sheet import Sheet
from cirkeldesk.model.messages import Message

SHOWN = 160  # letters of a text that are quoted


def quoted(text: str, most: int = SHOWN) -> str:
    """A text as it is quoted, with a sign where it goes on."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def found(form: Form, sheets: Mapping[str, Sheet]) -> Iterator[FormFault]:
    """Findings in the order of the sheets; a cell that stands in the file twice is a fault."""
    for name, sheet in sheets.items():
        yield from _beside(name, sheet)
        if name not in SHEETS:
            texts = [cell.text for row in sheet.rows for cell in row if not cell.is_empty]
            if texts:
                words = quoted("; ".join(texts))
                yield FormFault(name, "A1", Message.of("form_extra_sheet", sheet=name, text=words), "decide")
            continue
        yield from _hidden(form, name, sheet)
        for row, column in sheet.unseen.doubled:
            yield FormFault(name, sheet.place(row, column), Message.of("form_twice"))
        for (row, column), text in sheet.unseen.far:
            message = Message.of("form_outside", text=text[:60])
            yield FormFault(name, sheet.place(row, column), message, "decide")


def _beside(name: str, sheet: Sheet) -> Iterator[FormFault]:
    for remark in sheet.remarks:
        if remark.kind == "comment":
            place = sheet.place(*remark.place) if remark.place is not None else "A1"
            yield FormFault(name, place, Message.of("form_comment", text=quoted(remark.text)), "decide")
        else:
            message = Message.of(f"form_{remark.kind}", text=quoted(remark.text))
            yield FormFault(name if name in SHEETS else BID, "A1", message, "decide")


def _hidden(form: Form, name: str, sheet: Sheet) -> Iterator[FormFault]:
    """Open cells that are filled and that nobody sees, or that were struck through."""
    unseen = sheet.unseen
    for field in form.fields:
        if field.sheet != name or sheet.cell(field.row, field.column).is_empty:
            continue
        if (field.row, field.column) in unseen.struck:
            yield FormFault(name, field.place, Message.of("form_struck", label=field.label), "decide")
        elif field.row in unseen.rows or field.column in unseen.columns:
            yield FormFault(name, field.place, Message.of("form_hidden", label=field.label), "decide")


_NUMBER_AND_UNIT = re.compile(r"((?:€\s*)?[+-]?[0-9][0-9.,\s]*(?:,-)?)\s*([^0-9\s].*)")
_YEARS = frozenset({"jaar", "jaren", "jr", "jr."})


def without_unit(text: str, head: str) -> str | None:
    """The number of a text that ends with the unit its own column names ("2,75 €/ton" where euros per ton are
    asked); None where the unit is another, or no unit."""
    match = _NUMBER_AND_UNIT.fullmatch(text.strip())
    if match is None:
        return None
    unit, asked = _unit(match[2]), _unit(head.rpartition(",")[2])
    years = unit in _YEARS and "jaar" in asked
    same = unit in (asked, asked.replace("mki", ""), asked.lstrip("€"), f"€{asked}")
    whole = unit in ("€", "€excl.btw", "excl.btw", "exclbtw") and asked.startswith("€") and "/" not in asked
    only_euro = unit == "€" and asked.startswith("€")
    return match[1].strip() if years or (same and unit) or whole or only_euro else None


def _unit(text: str) -> str:
    plain = re.sub(r"\s+", "", text.casefold()).replace("euro", "€").replace("eur", "€").replace("per", "/")
    plain = plain.replace("²", "2").replace("³", "3").replace("mki", "").rstrip("*.")
    return re.sub(r"/(stuks|st)$", "/stuk", plain)
