"""A passport form that came back: every fault named with its cell; nothing is repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.exchange.bid_form.faults import FormFault
from cirkeldesk.exchange.bid_form.read import value_of
from cirkeldesk.exchange.passport_form.form import (
    BY_NAME,
    COLUMNS,
    FIRST_ROW,
    MARK_CELL,
    SHEET,
    TITLE,
    PassportForm,
)
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell, column_letters
from cirkeldesk.model.messages import Message

Values = Mapping[str, str | float]
DENSITY = (1.2, 3.2)  # t/m³: loose sand to the densest asphalt, with room for rounding
AREA_APART = 0.05  # a curve or a bay: length × width is about the area
WITH = (("biobased", "biobased_basis"), ("mki", "set_code"), ("tar", "tested_on"), ("asbestos", "tested_on"))
OLDEST = "1990-01-01"
NOTHING = frozenset(
    ("-", "–", ".", "x", "?", "n.v.t.", "nvt", "n.v.t", "onbekend", "geen")
)  # what says nothing
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class ReadPassport:
    """A row that was filled in: its number as a person counts it, and its values as the passport keeps
    them."""

    row: int
    values: Values


@dataclass(frozen=True)
class PassportReading:
    rows: tuple[ReadPassport, ...]
    faults: tuple[FormFault, ...]

    @property
    def is_clean(self) -> bool:
        return not any(fault.level == "error" for fault in self.faults)


def named_tender(sheets: tuple[Sheet, ...]) -> tuple[str, str] | None:
    """(tender, version) of a form; None when the workbook is none, empty texts when its mark is broken."""
    for sheet in sheets:
        mark = sheet.cell(*MARK_CELL).text.split(" · ")
        if len(mark) == 3 and mark[0].startswith("paspoortformulier/"):
            return mark[1], mark[2]
    return ("", "") if any(sheet.cell(0, 0).text == TITLE for sheet in sheets) else None


def read(found: PassportForm, sheets: tuple[Sheet, ...], today: str, awarded: str) -> PassportReading:
    """Check every cell of the form and outside it. `today` and `awarded` ISO: nothing was laid after the one
    or before the other."""
    page = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    if page is None:
        return PassportReading((), (FormFault(SHEET, "A1", Message.of("form_sheet_missing", sheet=SHEET)),))
    faults = [*_changed_locks(found, page), *_outside(found, page)]
    rows = []
    for at in range(found.count):
        row = FIRST_ROW + at
        cells = {column.name: page.cell(row, place) for place, column in enumerate(COLUMNS)}
        if _is_left(found, at, cells):
            if at < len(found.rows):
                faults.append(
                    _fault(row, "post", Message.of("passport_no_row", post=found.rows[at].post), "warning")
                )
            continue
        values, wrong = _row(found, row, cells)
        faults += wrong
        faults += _between(row, values, today, awarded)
        rows.append(ReadPassport(row + 1, values))
    faults += _twice(rows)
    faults.sort(key=lambda fault: (int("".join(s for s in fault.cell if s.isdigit()) or 0), fault.cell))
    return PassportReading(tuple(rows), tuple(faults))


def _is_left(found: PassportForm, at: int, cells: Mapping[str, SourceCell]) -> bool:
    """Whether nobody filled a row in: empty, or as it went out."""
    filled = {name for name, cell in cells.items() if not cell.is_empty}
    begun = {"post", *found.rows[at].values} if at < len(found.rows) else set()
    return filled <= begun


def _row(
    found: PassportForm, row: int, cells: Mapping[str, SourceCell]
) -> tuple[dict[str, str | float], list[FormFault]]:
    values: dict[str, str | float] = {}
    faults: list[FormFault] = []
    for column in COLUMNS:
        field = found.by_key[f"{row}|{column.name}"]
        value, said = value_of(field, cells[column.name], field.label)
        faults += [
            FormFault(SHEET, field.place, message, "warning" if level == "decide" else level)
            for message, level in said
        ]
        if isinstance(value, Decimal):
            values[column.name] = float(value * Decimal(repr(column.factor)))
        elif value is not None:
            values[column.name] = value
        is_nothing = column.kind == "text" and str(value).strip().casefold() in NOTHING
        if column.required and (cells[column.name].is_empty or is_nothing):
            faults.append(FormFault(SHEET, field.place, Message.of("form_empty", label=field.label)))
    return values, faults


def _fault(row: int, name: str, message: Message, level: str = "error") -> FormFault:
    place = f"{column_letters(PLACES[name])}{row + 1}"
    return FormFault(SHEET, place, message, "warning" if level == "warning" else "error")


def _changed_locks(found: PassportForm, page: Sheet) -> Iterator[FormFault]:
    for fixed in found.form.fixed:
        if fixed.sheet != SHEET or not fixed.asked:
            continue
        cell = page.cell(fixed.row, fixed.column)
        if cell.text.split() != str(fixed.value).split():
            was, now = str(fixed.value)[:60], (cell.text or "leeg")[:60]
            yield FormFault(
                SHEET, page.place(fixed.row, fixed.column), Message.of("form_lock_changed", was=was, now=now)
            )


def _outside(found: PassportForm, page: Sheet) -> Iterator[FormFault]:
    """What stands beside or below the form."""
    fixed = {(cell.row, cell.column) for cell in found.form.fixed if cell.sheet == SHEET}
    for row, cells in enumerate(page.rows):
        for column, cell in enumerate(cells):
            is_open = FIRST_ROW <= row < FIRST_ROW + found.count and column < len(COLUMNS)
            if not cell.is_empty and not is_open and (row, column) not in fixed:
                is_row = row >= FIRST_ROW and column < len(COLUMNS)
                outside = Message.of("form_outside", text=(cell.text or "formule")[:60])
                yield FormFault(
                    SHEET,
                    page.place(row, column),
                    Message("passport_below") if is_row else outside,
                    "error" if is_row else "warning",
                )


def _between(row: int, values: Values, today: str, awarded: str) -> Iterator[FormFault]:
    """What fields say of each other."""
    yield from _places(row, values)
    yield from _days(row, values, today, awarded)
    yield from _sizes(row, values)
    for one, other in WITH:
        if one in values and other not in values:
            yield _fault(row, other, Message.of("passport_with", label=_label(other), other=_label(one)))
    if "layer" in values and float(values["layer"]) % 1:
        yield _fault(row, "layer", Message.of("passport_whole", label=_label("layer")))


def _label(name: str) -> str:
    return BY_NAME[name].head.rstrip(" *")


def _places(row: int, values: Values) -> Iterator[FormFault]:
    for one, other in (("x", "y"), ("y", "x"), ("km_from", "km_to"), ("km_to", "km_from")):
        if one in values and other not in values:
            yield _fault(row, other, Message.of("passport_with", label=_label(other), other=_label(one)))
    if "km_from" in values and "km_to" in values and float(values["km_to"]) < float(values["km_from"]):
        yield _fault(
            row, "km_to", Message.of("passport_order", label=_label("km_to"), other=_label("km_from"))
        )
    if not values.keys() & {"x", "km_from", "road", "section"}:
        yield _fault(row, "road", Message.of("passport_nowhere"))


def _days(row: int, values: Values, today: str, awarded: str) -> Iterator[FormFault]:
    laid = str(values.get("laid_on", ""))
    for name in ("laid_on", "tested_on"):
        day = str(values.get(name, ""))
        if len(day) == 4:
            yield _fault(row, name, Message.of("passport_day", label=_label(name)))
        elif day > today:
            yield _fault(row, name, Message.of("passport_future", label=_label(name)))
        elif day and day < OLDEST:
            yield _fault(row, name, Message.of("passport_old", label=_label(name)))
        elif name == "laid_on" and day and day < awarded:
            yield _fault(row, name, Message.of("passport_before", label=_label(name), awarded=awarded))
    for name in ("guarantee_until", "valid_until"):
        day = str(values.get(name, ""))
        if day and laid and day[:4] + day[4:] < laid[: len(day)]:
            level = "warning" if name == "valid_until" else "error"
            message = Message.of("passport_order", label=_label(name), other=_label("laid_on"))
            yield _fault(row, name, message, level)


def _sizes(row: int, values: Values) -> Iterator[FormFault]:
    length, width, area = (float(values.get(name, 0.0)) for name in ("length", "width", "area"))
    if length and width and area and abs(length * width - area) > AREA_APART * area:
        yield _fault(row, "area", Message.of("passport_area", product=round(length * width, 1)), "warning")
    thickness, mass = (float(values.get(name, 0.0)) for name in ("thickness", "mass_t"))
    if area and thickness and mass:
        density = mass / (area * thickness / 1000.0)
        if not DENSITY[0] <= density <= DENSITY[1]:
            message = Message.of("passport_density", density=round(density, 2))
            yield _fault(row, "mass_t", message)


def key_of(values: Values) -> tuple[str, ...]:
    """What says which layer of which part it is: blanks, capitals and the last millimetres make no other."""
    texts = [
        " ".join(str(values.get(name, "")).casefold().split())
        for name in ("post", "object", "section", "road")
    ]
    kilometres = [f"{float(values[name]):.3f}" if name in values else "" for name in ("km_from", "km_to")]
    metres = [f"{float(values[name]):.0f}" if name in values else "" for name in ("x", "y", "layer")]
    return (*texts, *kilometres, *metres)


def _twice(rows: list[ReadPassport]) -> Iterator[FormFault]:
    """Two rows that speak of the same layer of the same part."""
    seen: dict[tuple[str, ...], int] = {}
    for one in rows:
        key = key_of(one.values)
        if key in seen:
            yield _fault(one.row - 1, "object", Message.of("passport_twice", row=seen[key]))
        seen.setdefault(key, one.row)
