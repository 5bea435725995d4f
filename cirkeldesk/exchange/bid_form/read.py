"""A bid form that came back: cell by cell, every fault named with its sheet and cell; nothing is repaired.

Numbers are read by cell type; a text that is a number is read as one and said, unless it could mean two
numbers. A locked cell that changed, a formula without a value and an empty required cell are faults. What
changes no value (a sheet of their own, a remark, a unit behind a number, a text in a header) is a finding
that a person decides on: a bid is not refused for a remark in the margin, and a reservation is always seen.
What only asks for attention (lines that do not add up to the bid sum) is left to the comparison, which shows
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from cirkeldesk.exchange.bid_form import additions
from cirkeldesk.exchange.bid_form.bid import Value, answer_of, by_post, text_of
from cirkeldesk.exchange.bid_form.bid_form import FIRST_POST_ROW, MARK, TITLE
from cirkeldesk.exchange.bid_form.cells import BID, LAYOUT, LAYOUTS, POSTS, SHEETS, FixedCell, Form, FormField
from cirkeldesk.exchange.bid_form.faults import FaultLevel, FormFault
from cirkeldesk.exchange.table.number_text import number_text
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell
from cirkeldesk.model.messages import Message
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.tender import (
    Tender,
)
from cirkeldesk.wording import numbers

MARK_CELL = (1, 1)
# a row or column came or went
MARK_ELSEWHERE = tuple((row, column) for row in range(4) for column in range(4))
_SAME = 1e-9
YEAR = re.compile(r"(19|20)[0-9]{2}")
LONGEST_REMARK = 4_000  # a reservation may stand at the end of a friendly text
CENT = 0.011  # a cent, and what rounding may do to it


@dataclass(frozen=True)
class FormReading:
    """The values of the open cells that are filled, by key, and the faults in the order of the sheets."""

    values: Mapping[str, Value]
    faults: tuple[FormFault, ...]

    @property
    def to_decide(self) -> tuple[FormFault, ...]:
        return tuple(fault for fault in self.faults if fault.level == "decide")

    @property
    def is_clean(self) -> bool:
        return not any(fault.level == "error" for fault in self.faults)


class Named(NamedTuple):
    """What a form says it is: of which tender, of which version of its ask, in which layout."""

    tender_id: str
    version: str
    layout: int


_KNOWN = {f"inschrijfformulier/{layout}": layout for layout in LAYOUTS}


def named_tender(sheets: tuple[Sheet, ...]) -> Named | None:
    """What a form carries; None when the workbook is no bid form, empty names when its mark is broken."""
    for sheet in sheets:  # also one whose sheet was given another name
        for row, column in (MARK_CELL, *MARK_ELSEWHERE):
            mark = sheet.cell(row, column).text.split(" · ")
            if len(mark) == 3 and mark[0] in _KNOWN:
                return Named(mark[1], mark[2], _KNOWN[mark[0]])
    names = {found.name for found in sheets}
    marked = any(sheet.cell(0, 0).text == TITLE or sheet.cell(1, 0).text == MARK for sheet in sheets)
    return Named("", "", LAYOUT) if marked and POSTS in names else None


def read(form: Form, sheets: tuple[Sheet, ...], tender: Tender, group: ProductGroup) -> FormReading:
    """Check every cell of the form and outside it."""
    by_name = {sheet.name: sheet for sheet in sheets}
    faults: list[FormFault] = []
    for name in SHEETS:
        if name not in by_name:
            faults.append(FormFault(name, "A1", Message.of("form_sheet_missing", sheet=name)))
    faults += _changed_locks(form, by_name)
    values, filled, found = _open_cells(form, by_name)
    faults += found
    faults += _changed_amounts(form, by_name, values)
    faults += _outside(form, by_name)
    faults += additions.found(form, by_name)
    faults += _composition_faults(form, values, filled)
    if (remarks := text_of(values, "remarks")) is not None:
        place = form.field("remarks").place
        faults.append(
            FormFault(
                BID,
                place,
                Message.of("form_remarks", text=additions.quoted(remarks, LONGEST_REMARK)),
                "decide",
            )
        )
    if not any(fault.level == "error" for fault in faults):
        faults += _notices(form, values, tender, group)
    order = {name: place for place, name in enumerate(SHEETS)}
    faults.sort(key=lambda fault: (order.get(fault.sheet, 9), _row_of(fault.cell), fault.cell))
    return FormReading(values, tuple(faults))


def _open_cells(
    form: Form, sheets: Mapping[str, Sheet]
) -> tuple[dict[str, Value], set[str], list[FormFault]]:
    """The values of the open cells, the keys of all that are filled, and what is wrong in them."""
    values: dict[str, Value] = {}
    filled: set[str] = set()
    faults: list[FormFault] = []
    heads = {(c.sheet, c.column): str(c.value) for c in form.fixed if _is_head(c)}
    for field in form.fields:
        sheet = sheets.get(field.sheet)
        if sheet is None:
            continue
        cell = sheet.cell(field.row, field.column)
        value, found = value_of(field, cell, heads.get((field.sheet, field.column), field.label))
        faults += [FormFault(field.sheet, field.place, message, level) for message, level in found]
        if not cell.is_empty:
            filled.add(field.key)
        if value is not None:
            values[field.key] = value
        elif cell.is_empty and field.required:
            faults.append(FormFault(field.sheet, field.place, Message.of("form_empty", label=field.label)))
    return values, filled, faults


def _is_head(cell: FixedCell) -> bool:
    return cell.sheet == POSTS and cell.row == FIRST_POST_ROW - 1


def _row_of(cell: str) -> int:
    return int("".join(sign for sign in cell if sign.isdigit()) or 0)


def _changed_locks(form: Form, sheets: Mapping[str, Sheet]) -> Iterator[FormFault]:
    for fixed in form.fixed:
        sheet = sheets.get(fixed.sheet)
        if sheet is None or not fixed.asked:
            continue
        cell = sheet.cell(fixed.row, fixed.column)
        if isinstance(fixed.value, str):
            same = cell.text.split() == fixed.value.split()
            was = fixed.value
        else:
            same = cell.number is not None and abs(cell.number - fixed.value) <= _SAME * max(
                1.0, abs(fixed.value)
            )
            was = number_text(fixed.value).replace(".", ",")
        if not same:
            place = sheet.place(fixed.row, fixed.column)
            yield FormFault(
                fixed.sheet,
                place,
                Message.of("form_lock_changed", was=was[:60], now=(cell.text or "leeg")[:60]),
            )


def _changed_amounts(
    form: Form, sheets: Mapping[str, Sheet], values: Mapping[str, Value]
) -> Iterator[FormFault]:
    """An amount the form computes and that shows something else: overwritten, or a changed quantity."""
    prices = {(field.sheet, field.row, field.column): field for field in form.fields}
    fixed = {(cell.sheet, cell.row, cell.column): cell.value for cell in form.fixed}
    for formula in form.formulas:
        sheet = sheets.get(formula.sheet)
        cell = sheet.cell(formula.row, formula.column) if sheet is not None else None
        if sheet is None or cell is None or cell.is_empty or cell.unknown:
            # a program that does not compute leaves it open; the amount is unit price × quantity all the same
            continue
        price = prices[formula.sheet, formula.row, formula.column - 1]
        quantity = fixed[formula.sheet, formula.row, 1]
        unit = values.get(price.key)
        wanted = (
            unit * Decimal(repr(quantity))
            if isinstance(unit, Decimal) and isinstance(quantity, float)
            else None
        )
        if cell.number is None or wanted is None or abs(cell.number - float(wanted)) > CENT:
            was = "" if wanted is None else f"{wanted:.2f}".replace(".", ",")
            place = sheet.place(formula.row, formula.column)
            yield FormFault(
                formula.sheet,
                place,
                Message.of("form_lock_changed", was=was or "leeg", now=(cell.text or "leeg")[:60]),
            )


def _outside(form: Form, sheets: Mapping[str, Sheet]) -> Iterator[FormFault]:
    """Content where the form has no cell: an extra row or column."""
    places = [(c.sheet, c.row, c.column) for c in form.fixed] + [
        (c.sheet, c.row, c.column) for c in form.fields
    ]
    known = {*places, *((c.sheet, c.row, c.column) for c in form.formulas)}
    for name in SHEETS:
        sheet = sheets.get(name)
        for row, cells in enumerate(sheet.rows if sheet is not None else ()):
            for column, cell in enumerate(cells):
                if not cell.is_empty and (name, row, column) not in known and sheet is not None:
                    yield FormFault(
                        name,
                        sheet.place(row, column),
                        Message.of("form_outside", text=(cell.text or "formule")[:60]),
                        "decide",
                    )


# --- one cell
# ------------------------------------------------------------------------------------------------------

Said = list[tuple[Message, FaultLevel]]


def value_of(field: FormField, cell: SourceCell, head: str) -> tuple[Value | None, Said]:
    """The value of an open cell and what must be said about it; None when it is empty or wrong."""
    if cell.unknown:
        return None, [(Message.of("form_formula", label=field.label), "error")]
    text = cell.text.strip()
    if not text:
        return None, []
    if field.kind in ("money", "number", "percent"):
        return _number(field, cell, head)
    if field.kind == "choice":
        found = _choice(field, text)
        if found is None:
            return None, [
                (Message.of("form_choice", text=text[:60], choices="; ".join(field.choices)[:200]), "error")
            ]
        return found, []
    if field.kind == "date":
        date = numbers.read_date(text) or (text if YEAR.fullmatch(text) else None)
        return (date, []) if date else (None, [(Message.of("form_date", text=text[:60]), "error")])
    return text, []


def _choice(field: FormField, text: str) -> str | None:
    """The choice that a text is, whatever dash, blank or "cat." a bidder wrote in it."""
    if text in field.choices:
        return text
    wanted = _bare(text)
    same = [choice for choice in field.choices if _bare(choice) == wanted]
    return same[0] if len(same) == 1 else None


def _bare(text: str) -> str:
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold())
    return re.sub(r"^(cat(egorie)?|set)\.?(?=[a0-9])", "", re.sub(r"[\s“”\"']", "", plain))


def _number(field: FormField, cell: SourceCell, head: str) -> tuple[Value | None, Said]:
    value, said = _typed(field, cell) if cell.number is not None else _written(field, cell, head)
    if value is None:
        return None, said
    if abs(value) > Decimal("1e15"):
        return None, [*said, _limits(field, cell)]
    if field.kind == "money":
        cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if abs(value - cents) > Decimal("1e-7"):
            return None, [(Message.of("form_cents", text=cell.text.strip()[:60]), "error")]
        value = cents
    if field.high is not None and not _low(field) <= float(value) <= field.high:
        return None, [_limits(field, cell)]
    if field.kind == "money" and value == 0 and not field.zero:
        said = [*said, (Message.of("form_zero", label=field.label), "decide")]
    return value, said


def _low(field: FormField) -> float:
    return field.low if field.low is not None else -(field.high or 0.0)


def _limits(field: FormField, cell: SourceCell) -> tuple[Message, FaultLevel]:
    limits = {"low": number_text(_low(field)), "high": number_text(field.high or 0.0)}
    return Message.of("form_limits", text=cell.text.strip()[:60], **limits), "error"


def _typed(field: FormField, cell: SourceCell) -> tuple[Decimal | None, Said]:
    """A number that the file types as one."""
    value = Decimal(number_text(cell.number or 0.0))
    if not cell.percent:
        return value, []
    value *= 100
    if field.kind == "percent":  # Excel keeps 94 % as 0.94
        return value, [(Message.of("form_percent", value=_plain(value)), "warning")]
    return None, [(Message.of("form_percent_here", text=_plain(value)), "error")]


def _written(field: FormField, cell: SourceCell, head: str) -> tuple[Decimal | None, Said]:
    """A number in a text: said how it was read; with the unit that the form itself names, to be decided
    on."""
    text = cell.text.strip()
    column = f"{field.label} {field.help}"
    read = numbers.read_number(text, percent_allowed=field.kind == "percent", column=column)
    said: Said = []
    if read.value is None and (bare := additions.without_unit(text, head)) is not None:
        read = numbers.read_number(bare)
        said.append((Message.of("form_unit_in_cell", text=text[:60], value=bare), "decide"))
    if read.value is None:
        key = "form_not_a_number_required" if field.required else "form_not_a_number"
        return None, [(Message.of(key, text=text[:60]), "error")]
    if read.hint == "thousands" and field.kind != "money":
        other = text.replace(".", ",")
        message = Message.of("form_two_numbers", text=text[:60], one=str(read.value), other=other)
        return None, [(message, "error")]
    if not said:
        said.append((Message.of("form_text_number", text=text[:60], value=_plain(read.value)), "warning"))
    return read.value, said


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _notices(
    form: Form, values: Mapping[str, Value], tender: Tender, group: ProductGroup
) -> Iterator[FormFault]:
    """What a clean form may still have people look at; nothing of it stops the form."""
    for key, value in values.items():
        if isinstance(value, Decimal) and value < 0 and key.partition("|")[0] == "mki":
            field = form.field(key)
            yield FormFault(
                field.sheet, field.place, Message.of("form_negative", text=_plain(value)), "warning"
            )
    price = values.get("price")
    own = by_post(values, tender)
    answers = [
        answer_of(own[post.id], tender, group, post, "lp")[0] for post in tender.posts if post.in_price
    ]
    lines = [answer.price for answer in answers if answer.price is not None]
    if isinstance(price, Decimal) and any(key.startswith(("unit_price|", "amount|")) for key in values):
        total = sum(lines, Decimal(0))
        if total != price:
            field = form.field("price")
            yield FormFault(
                field.sheet,
                field.place,
                Message.of(
                    "form_sum_differs", of_posts=numbers.euro(total, 2), of_bid=numbers.euro(price, 2)
                ),
                "warning",
            )


def _composition_faults(form: Form, values: Mapping[str, Value], present: set[str]) -> Iterator[FormFault]:
    """Rows that are half filled, and products whose raw materials exceed the whole."""
    totals: dict[str, Decimal] = {}
    shares: dict[str, list[Decimal]] = {}
    places: dict[str, FormField] = {}
    for index in range(_rows(form)):
        filled = {
            key: values.get(f"part|{index}|{key}") for key in ("post", "name", "share", "origin", "recycled")
        }
        if not any(filled.values()):
            continue
        for key in ("post", "name", "origin"):
            if filled[key] is None and f"part|{index}|{key}" not in present:
                field = form.field(f"part|{index}|{key}")
                yield FormFault(field.sheet, field.place, Message.of("form_empty", label=field.label))
        share, post = filled["share"], str(filled["post"])
        if isinstance(share, Decimal):
            totals[post] = totals.get(post, Decimal(0)) + share
            shares.setdefault(post, []).append(share)
            places[post] = form.field(f"part|{index}|share")
    for key in values:
        kind, _, post_id = key.partition("|")
        if kind in ("reclaimed", "biobased") and f"{kind}_of|{post_id}" not in present:
            field = form.field(f"{kind}_of|{post_id}")
            yield FormFault(field.sheet, field.place, Message.of("form_empty", label=field.label))
    for post, total in totals.items():
        yield from _total_faults(places[post], post, total, shares[post])


def _total_faults(
    field: FormField, post: str, total: Decimal, shares: Sequence[Decimal]
) -> Iterator[FormFault]:
    """More than the whole; or a whole of 1 %, which is a bidder who wrote fractions."""
    if total > Decimal("100.0001"):
        text = _plain(total)
        yield FormFault(field.sheet, field.place, Message.of("form_exceeds", post=post, total=text))
    elif abs(total - 1) <= Decimal("0.02") and len(shares) > 1:
        asked = " en ".join(_plain(share * 100) for share in shares[:6])
        message = Message.of("form_fractions", post=post, asked=asked)
        yield FormFault(field.sheet, field.place, message, "decide")


def _rows(form: Form) -> int:
    return sum(field.key.startswith("part|") and field.key.endswith("|post") for field in form.fields)
