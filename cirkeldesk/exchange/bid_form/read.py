"""A bid form that came back: cell by cell, every fault named with its sheet and cell; nothing is repaired.

Numbers are read by cell type; a text that is a number is read as one and said, unless it could mean two
numbers. A locked cell that changed, content outside the form, a formula without a value and an empty required
cell are faults. What only asks for attention (lines that do not add up to the bid sum) is left to the
comparison, which shows it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple, get_args

from cirkeldesk.exchange.archive import member_names
from cirkeldesk.exchange.bid_form.bid_form import (
    LAYOUT,
    LAYOUTS,
    MARK,
    POSTS,
    RECLAIMED_OF,
    SHEETS,
    TITLE,
    Form,
    FormField,
    post_labels,
)
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.number_text import number_text
from cirkeldesk.exchange.table.sheet import Sheet, SourceCell
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.composition import BiobasedStatement, Composition, Constituent
from cirkeldesk.model.product.declaration import Category
from cirkeldesk.model.product.modules import ANSWERED_SCOPES
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import (
    Answer,
    DeclaredBasis,
    Evidence,
    OfferedMki,
    Post,
    ProductRef,
    Tender,
    Variant,
)
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.asked import AS_ASKED, WITH_D, WITHOUT_D

Value = str | Decimal
MARK_CELL = (1, 1)
_SAME = 1e-9
YEAR = re.compile(r"(19|20)[0-9]{2}")
CENT = 0.011  # a cent, and what rounding may do to it


@dataclass(frozen=True)
class FormFault:
    """What is wrong in a cell (`sheet`, `cell` as "D14"), or, for a warning, how it was read."""

    sheet: str
    cell: str
    message: Message
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class FormReading:
    """The values of the open cells that are filled, by key, and the faults in the order of the sheets."""

    values: Mapping[str, Value]
    faults: tuple[FormFault, ...]

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
        mark = sheet.cell(*MARK_CELL).text.split(" · ")
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
    values: dict[str, Value] = {}
    filled: set[str] = set()
    for field in form.fields:
        sheet = by_name.get(field.sheet)
        if sheet is None:
            continue
        cell = sheet.cell(field.row, field.column)
        value, found = _value(field, cell)
        faults += [FormFault(field.sheet, field.place, message, level) for message, level in found]
        if not cell.is_empty:
            filled.add(field.key)
        if value is not None:
            values[field.key] = value
        elif cell.is_empty and field.required:
            faults.append(FormFault(field.sheet, field.place, Message.of("form_empty", label=field.label)))
    faults += _changed_amounts(form, by_name, values)
    faults += _outside(form, by_name)
    faults += _composition_faults(form, values, filled)
    if not any(fault.level == "error" for fault in faults):
        faults += _notices(form, values, tender, group)
    order = {name: place for place, name in enumerate(SHEETS)}
    faults.sort(key=lambda fault: (order.get(fault.sheet, 9), _row_of(fault.cell), fault.cell))
    return FormReading(values, tuple(faults))


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
    """Content where the form has no cell: an extra row or column, or another sheet with figures."""
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
                    )
    for name, sheet in sheets.items():
        if name not in SHEETS and any(not cell.is_empty for row in sheet.rows for cell in row):
            yield FormFault(name, "A1", Message.of("form_extra_sheet", sheet=name))


# --- one cell
# ------------------------------------------------------------------------------------------------------

Said = list[tuple[Message, Literal["error", "warning"]]]


def _value(field: FormField, cell: SourceCell) -> tuple[Value | None, Said]:
    """The value of an open cell and what must be said about it; None when it is empty or wrong."""
    if cell.unknown:
        return None, [(Message.of("form_formula", label=field.label), "error")]
    text = cell.text.strip()
    if not text:
        return None, []
    if field.kind in ("money", "number", "percent"):
        return _number(field, cell)
    if field.kind == "choice":
        found = next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)
        if found is None:
            return None, [
                (Message.of("form_choice", text=text[:60], choices="; ".join(field.choices)[:200]), "error")
            ]
        return found, []
    if field.kind == "date":
        date = numbers.read_date(text) or (text if YEAR.fullmatch(text) else None)
        return (date, []) if date else (None, [(Message.of("form_date", text=text[:60]), "error")])
    return text, []


def _number(field: FormField, cell: SourceCell) -> tuple[Value | None, Said]:
    said: Said = []
    if cell.number is not None:
        value = Decimal(number_text(cell.number))
        if cell.percent and field.kind == "percent":  # Excel keeps 94 % as 0.94
            value *= 100
            said.append((Message.of("form_percent", value=_plain(value)), "warning"))
        elif cell.percent:
            return None, [(Message.of("form_percent_here", text=_plain(value * 100)), "error")]
    else:
        read = numbers.read_number(
            cell.text, percent_allowed=field.kind == "percent", column=f"{field.label} {field.help}"
        )
        if read.value is None:
            key = "form_not_a_number_required" if field.required else "form_not_a_number"
            return None, [(Message.of(key, text=cell.text.strip()[:60]), "error")]
        value = read.value
        if read.hint == "thousands" and field.kind != "money":
            other = cell.text.strip().replace(".", ",")
            return None, [
                (
                    Message.of("form_two_numbers", text=cell.text.strip()[:60], one=str(value), other=other),
                    "error",
                )
            ]
        said.append(
            (Message.of("form_text_number", text=cell.text.strip()[:60], value=_plain(value)), "warning")
        )
    if field.kind == "money":
        cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if abs(value - cents) > Decimal("1e-7"):
            return None, [(Message.of("form_cents", text=cell.text.strip()[:60]), "error")]
        value = cents
    low = field.low if field.low is not None else -(field.high or 0.0)
    if field.high is not None and not low <= float(value) <= field.high:
        limits = {"low": number_text(low), "high": number_text(field.high)}
        return None, [(Message.of("form_limits", text=cell.text.strip()[:60], **limits), "error")]
    return value, said


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
    answers = [_answer(values, tender, group, post, set())[0] for post in tender.posts if post.in_price]
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
            places[post] = form.field(f"part|{index}|share")
    for key in values:
        kind, _, post_id = key.partition("|")
        if kind in ("reclaimed", "biobased") and f"{kind}_of|{post_id}" not in present:
            field = form.field(f"{kind}_of|{post_id}")
            yield FormFault(field.sheet, field.place, Message.of("form_empty", label=field.label))
    for post, total in totals.items():
        if total > Decimal("100.0001"):
            field = places[post]
            text = f"{total.normalize():f}".replace(".", ",")
            yield FormFault(field.sheet, field.place, Message.of("form_exceeds", post=post, total=text))


def _rows(form: Form) -> int:
    return sum(field.key.startswith("part|") and field.key.endswith("|post") for field in form.fields)


# --- the bid
# -------------------------------------------------------------------------------------------------------


def bid_of(
    values: Mapping[str, Value],
    tender: Tender,
    group: ProductGroup,
    variant_id: str,
    name: str,
    taken: set[str],
) -> tuple[Variant, tuple[Product, ...]]:
    """The bid a clean form says, and the products that are this tender's alone; `taken` are product ids in
    use."""
    products: list[Product] = []
    answers = []
    for post in tender.posts:
        answer, product = _answer(values, tender, group, post, taken)
        answers.append(answer)
        if product is not None:
            products.append(product)
            taken.add(product.id)
    price = values.get("price")
    variant = Variant(
        variant_id,
        name,
        "bid",
        bidder=_text(values, "bidder"),
        answers=tuple(answer for answer in answers if answer != Answer(answer.post_id)),
        work_mki=_mki(values, "work"),
        price=price if isinstance(price, Decimal) else None,
        basis=_basis(values),
        evidence=Evidence(
            source=_text(values, "source"),
            number=_text(values, "number"),
            verifier=_text(values, "verifier"),
            valid_until=_text(values, "valid_until"),
            category=_category(values),
            rules=_text(values, "rules"),
            tool=_text(values, "tool"),
            promises=_text(values, "promises"),
            background=_text(values, "background"),
            method=_text(values, "method"),
        ),
    )
    return variant, tuple(products)


def _answer(
    values: Mapping[str, Value], tender: Tender, group: ProductGroup, post: Post, taken: set[str]
) -> tuple[Answer, Product | None]:
    name = _text(values, f"product|{post.id}")
    product = None
    if name is not None:
        number = next(i for i in range(1, 100_000) if f"lp{i}" not in taken)
        product = Product(
            f"lp{number}", name, composition=_composition(values, post, post_labels(tender)[post.id])
        )
    offered = {
        key.rpartition("|")[2]: float(value)
        for key, value in values.items()
        if key.startswith(f"offered|{post.id}|")
    }
    life = offered.pop("life", None)
    answer = Answer(
        post.id,
        product=ProductRef(product.id) if product is not None else None,
        mki=_mki(values, post.id),
        life=life,
        values=tuple(sorted(offered.items())),
    )
    return _priced(values, tender, group, post, answer), product


def _priced(
    values: Mapping[str, Value], tender: Tender, group: ProductGroup, post: Post, answer: Answer
) -> Answer:
    """The answer with its price: unit price × quantity in whole cents (half away from zero), as the form
    itself shows."""
    unit, amount = values.get(f"unit_price|{post.id}"), values.get(f"amount|{post.id}")
    if post.kind == "provisional" and post.amount is not None:
        return replace(answer, price=post.amount)
    if isinstance(amount, Decimal):
        return replace(answer, price=amount)
    quantity = quantities_of(tender, post, answer, None, group).get(group.measure)
    if not isinstance(unit, Decimal) or quantity is None:
        return answer
    price = (unit * Decimal(repr(quantity))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return replace(answer, price=price, unit_price=unit)


def _mki(values: Mapping[str, Value], owner: str) -> OfferedMki | None:
    total = values.get(f"mki|{owner}")
    start = f"module|{owner}|"
    modules = tuple(
        (key.removeprefix(start), float(value)) for key, value in values.items() if key.startswith(start)
    )
    if isinstance(total, Decimal):
        return OfferedMki(float(total))
    return OfferedMki(None, modules) if modules else None


def _basis(values: Mapping[str, Value]) -> DeclaredBasis:
    def said(key: str) -> str | None:
        text = _text(values, key)
        return None if text in (None, AS_ASKED) else text

    d_left_out = {WITHOUT_D: True, WITH_D: False}.get(_text(values, "basis_modules") or "")
    weighting_set, scope, uplift, replacement = (
        said(f"basis_{name}") for name in ("set", "modules", "uplift", "replacement")
    )
    scopes = {terms.ANSWERED_SCOPES[code]: names for code, names in ANSWERED_SCOPES.items()}
    unknown = {text: code for code, text in terms.YES_NO_UNKNOWN.items()}
    return DeclaredBasis(
        weighting_set="A1" if weighting_set == "A1" else "A2" if weighting_set == "A2" else None,
        modules=scopes.get(scope or ""),
        includes_uplift=None if uplift is None else uplift == "ja",
        includes_replacement=unknown.get(replacement or ""),  # type: ignore[arg-type]
        without_d=d_left_out,
    )


def _composition(values: Mapping[str, Value], post: Post, label: str) -> Composition:
    origins = {text: code for code, text in terms.ORIGINS.items()}
    parts = []
    for key, named in values.items():
        if not (key.startswith("part|") and key.endswith("|post") and named == label):
            continue
        index = key.split("|")[1]
        share = values.get(f"part|{index}|share")
        parts.append(
            Constituent(
                _text(values, f"part|{index}|name") or "",
                float(share) / 100 if isinstance(share, Decimal) else None,
                origins[str(values[f"part|{index}|origin"])],  # type: ignore[arg-type]
                recycled_biobased=values.get(f"part|{index}|recycled") == "ja",
            )
        )
    reclaimed, biobased = values.get(f"reclaimed|{post.id}"), values.get(f"biobased|{post.id}")
    bases = {text: code for code, text in terms.BASES.items()}
    basis = bases.get(_text(values, f"biobased_of|{post.id}") or "")
    of = _text(values, f"reclaimed_of|{post.id}")
    return Composition(
        tuple(parts),
        BiobasedStatement(float(biobased) / 100, basis, _text(values, f"biobased_method|{post.id}"))  # type: ignore[arg-type]
        if isinstance(biobased, Decimal) and basis is not None
        else None,
        float(reclaimed) / 100 if isinstance(reclaimed, Decimal) else None,
        None if of is None else "mix" if of == RECLAIMED_OF[0] else "binder",
    )


def _category(values: Mapping[str, Value]) -> Category | None:
    found = _text(values, "category")
    return next((category for category in get_args(Category) if category == found), None)


def _text(values: Mapping[str, Value], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def comments_in(content: bytes) -> list[tuple[str, str, str]]:
    """(sheet, cell, text) of every remark a bidder put beside a cell; the form itself has none."""
    if not any("comment" in name.lower() for name in member_names(content)):
        return []
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    cells = (
        (sheet.title, cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    )
    return [(title, cell.coordinate, plain_text(str(cell.comment.text))) for title, cell in cells]  # type: ignore[union-attr]


# --- the marked copy
# -----------------------------------------------------------------------------------------------


def marked_copy(content: bytes, faults: tuple[tuple[FormFault, str], ...], heading: str, asked: str) -> bytes:
    """The workbook as received, with a remark at each fault and a first sheet that lists them; values stay as
    they were.

    `asked` says what a fault asks for: to mend it, or only to explain what was meant.
    """
    from openpyxl import load_workbook
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    book = load_workbook(io.BytesIO(content))
    pages = {sheet.title: sheet for sheet in book.worksheets}
    said: dict[tuple[str, str], list[str]] = {}
    for number, (fault, text) in enumerate(faults, 1):
        if fault.sheet not in pages:
            continue
        cell = pages[fault.sheet][fault.cell]
        if isinstance(cell, MergedCell):
            within = {
                cell: area
                for area in pages[fault.sheet].merged_cells.ranges
                for cell in [fault.cell]
                if cell in area
            }[fault.cell]
            cell = pages[fault.sheet].cell(within.min_row, within.min_col)
        remarks = said.setdefault((fault.sheet, cell.coordinate), [])
        remarks.append(f"{number}. {text}")
        cell.fill = PatternFill("solid", fgColor="FCE8E6" if fault.level == "error" else "FDF0DC")
        cell.comment = Comment("\n".join(remarks), terms.PROGRAM, width=320, height=120)
    name = next(n for n in ("Controle", *(f"Controle {i}" for i in range(2, 99))) if n not in book.sheetnames)
    page = book.create_sheet(name, 0)
    page["A1"], page["A1"].font = heading, Font(bold=True)
    page.append([])
    page.append(["Blad", "Cel", "Wat", "Soort"])
    for fault, text in faults:
        page.append(
            [
                fault.sheet,
                fault.cell,
                text,
                asked if fault.level == "error" or asked == "toelichten" else "ter informatie",
            ]
        )
    for row in page.iter_rows(min_row=4):
        for cell in row:
            cell.data_type = "s"  # a text of a bidder that begins with = stays text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCD", (18, 8, 80, 16), strict=True):
        page.column_dimensions[column].width = width
    page["A1"].alignment = Alignment(wrap_text=True)
    page.merge_cells("A1:D1")
    page.row_dimensions[1].height = 60
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
