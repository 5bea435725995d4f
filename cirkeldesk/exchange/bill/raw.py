"""RAW bestekken as XML: RSX in CROW's dialect and the simple one of calculation programs, and ZSX.

Known from public code and help texts only (data/rsx_raw_elements.csv of the shared sources): no real file
could be had. So: recognise, read what is known, name what was not, and say that it was never tried with a
real file.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from cirkeldesk.exchange.bill.bill import MOST_LINES, Bill, BillLine, kind_of, number_of
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.model.messages import Message
from cirkeldesk.model.refusal import ReadError

_ITEMS = ("dl22.bpost.6cijfer.0", "dl22.bpost.6cijfer.volg")
_NUMBERS = ("dl22.bpost.nr6.0", "dl22.bpost.nr6.volg")
_HEADING, _OBLIGATION = "dl22.bpost.tussenhoofd", "dl22.resultaatsverpl"
_KNOWN = frozenset(
    (
        *_ITEMS, *_NUMBERS, _HEADING, _OBLIGATION, "dl22.bpost.tussenhoofdnr", "romptekst", "hoofdcode.hoofdtekst",
        "hoofdcode.tekstblok", "alinea.hoofdcode", "dl22.eenheid.res.verpl", "dl22.hoev.res.verpl", "dl22.hoev.ter.inl",
        "dl22.vsub.compleet", "raw.contractinfo", "raw.bestek.nr", "raw.bestek.omschrijving",
    )
)  # fmt: skip
# Names of the simple dialect and of ZSX, without case and points.
_CODE = frozenset(
    {"code", "besteksnummer", "bestekspostnummer", "postnummer", "postnr", "nummer", "hoofdcode"}
)
_TEXT = frozenset({"romptekst", "omschrijving", "tekst", "naam"})
_UNIT = frozenset({"eenheid"})
_QUANTITY = frozenset({"hoeveelheid", "hoev"})
_KIND = frozenset({"kenmerk", "aard", "status", "verrekenbaar", "soort"})
_PRICE = frozenset({"prijs", "eenheidsprijs", "prijspereenheid"})
_AMOUNT = frozenset({"bedrag", "totaalbedrag"})


def is_raw(root: Element) -> bool:
    """Whether a document is a RAW bill: by CROW's names, the simple dialect's root, or lines with a code, a
    text, a unit and a quantity."""
    names = {_name(element) for element in root.iter()}
    if names & {*_ITEMS, "dl22.vsub.compleet"} or _plain(_name(root)) == "rawbestand":
        return True
    return "zsx" in _plain(_name(root)) or any(_is_line(element) for element in root.iter())


def read_raw(root: Element, file: str) -> Bill:
    """Raises ReadError bill_no_lines or file_too_large."""
    names = {_name(element) for element in root.iter()}
    bill = _crow(root) if names & set(_ITEMS) else _simple(root)
    if not bill.lines:
        raise ReadError("bill_no_lines", file=file)
    if len(bill.lines) > MOST_LINES:
        raise ReadError("file_too_large", file=file)
    return bill


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(name: str) -> str:
    return name.casefold().replace(".", "").replace("_", "").replace("-", "")


def _text(element: Element | None) -> str:
    return "" if element is None else plain_text(" ".join(" ".join(element.itertext()).split()))


def _first(element: Element, *names: str) -> Element | None:
    return next((found for found in element.iter() if _name(found) in names), None)


# --- CROW's dialect
# -----------------------------------------------------------------------------------------------------------


def _crow(root: Element) -> Bill:
    lines: list[BillLine] = []
    heading = ""
    for element, obligation in _in_order(root):
        if _name(element) == _HEADING:
            heading = _text(element)
        else:
            lines.append(_crow_line(element, obligation, heading))
    unread = sorted(
        {_name(element) for element in root.iter() if _name(element).startswith(("dl22", "hoofdcode"))}
        - _KNOWN
    )
    return Bill(
        "RSX",
        tuple(lines),
        number=_text(_first(root, "raw.bestek.nr")),
        title=_text(_first(root, "raw.bestek.omschrijving")),
        untried=True,
        unread=tuple(unread),
    )


def _in_order(root: Element) -> Iterator[tuple[Element, Element]]:
    """Headings and items in the order of the file, each with the obligation it is in."""
    waiting: list[tuple[Iterator[Element], Element]] = [(iter(root), root)]
    while waiting:
        children, obligation = waiting[-1]
        for child in children:
            name = _name(child)
            if name == _HEADING or name in _ITEMS:
                yield child, obligation
                continue
            waiting.append((iter(child), child if name == _OBLIGATION else obligation))
            break
        else:
            waiting.pop()


def _crow_line(item: Element, obligation: Element, heading: str) -> BillLine:
    code = _text(_first(item, *_NUMBERS))
    # Where an obligation has one item, its unit and quantity may stand beside the item.
    alone = sum(_name(found) in _ITEMS for found in obligation.iter()) == 1
    unit, quantity = _first(item, "dl22.eenheid.res.verpl"), _first(item, "dl22.hoev.res.verpl")
    told = _first(item, "dl22.hoev.ter.inl")
    if alone and quantity is None and told is None:
        unit = unit if unit is not None else _first(obligation, "dl22.eenheid.res.verpl")
        quantity, told = _first(obligation, "dl22.hoev.res.verpl"), _first(obligation, "dl22.hoev.ter.inl")
    short = _text(_first(item, "romptekst")) or _text(_first(item, "hoofdcode.hoofdtekst"))
    more = " ".join(_text(found) for found in item.iter() if _name(found) == "alinea.hoofdcode")
    value, wrong = number_of(_text(quantity if quantity is not None else told), english=True)
    kind = kind_of(quantity.get("kenmerk", "")) if quantity is not None else "information"
    return BillLine(
        code,
        " ".join(f"{short} {more}".split())[:500],
        _text(unit),
        value,
        kind,
        place=f"post {code}" if code else "post zonder nummer",
        heading=heading,
        problems=_problems(wrong, code, _text(quantity)),
    )


def _problems(wrong: str | None, code: str, text: str) -> tuple[Message, ...]:
    return (Message.of(wrong, code=code, text=text[:40]),) if wrong else ()


# --- the simple dialect, and ZSX
# -----------------------------------------------------------------------------------------------------------


def _fields(element: Element) -> dict[str, str]:
    """Attributes and children that are only a text, by their plain names; the first of each."""
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        found.setdefault(_plain(name.rpartition("}")[2]), plain_text(value))
    for child in element:
        if len(child) == 0:
            found.setdefault(_plain(_name(child)), _text(child))
            for name, value in child.attrib.items():
                found.setdefault(_plain(name.rpartition("}")[2]), plain_text(value))
    return found


def _is_line(element: Element) -> bool:
    found = _fields(element).keys()
    return bool(found & _CODE and found & _TEXT and found & _UNIT and found & _QUANTITY)


def _one(fields: dict[str, str], names: frozenset[str]) -> str:
    return next((value for name, value in fields.items() if name in names and value), "")


def _simple(root: Element) -> Bill:
    lines, unread = [], set[str]()
    known = _CODE | _TEXT | _UNIT | _QUANTITY | _KIND | _PRICE | _AMOUNT
    for element in root.iter():
        if not _is_line(element):
            continue
        fields = _fields(element)
        unread |= {name for name in fields if name not in known}
        lines.append(_simple_line(fields))
    title = _first(root, "Naam", "naam", "Omschrijving", "omschrijving")
    is_simple = _plain(_name(root)) == "rawbestand"
    return Bill(
        "RSX, eenvoudig" if is_simple else "ZSX",
        tuple(lines),
        title=_text(title)[:200] if title is not None and len(title) == 0 else "",
        untried=True,
        unread=tuple(sorted(unread)),
    )


def _simple_line(fields: dict[str, str]) -> BillLine:
    code = _one(fields, _CODE)
    problems: list[Message] = []

    def number(names: frozenset[str]) -> object:
        value, wrong = number_of(_one(fields, names), english=True)
        problems.extend(_problems(wrong, code, _one(fields, names)))
        return value

    quantity, price, amount = number(_QUANTITY), number(_PRICE), number(_AMOUNT)
    kinds = [kind for name, value in fields.items() if name in _KIND and (kind := kind_of(value)) is not None]
    return BillLine(
        code,
        _one(fields, _TEXT)[:500],
        _one(fields, _UNIT),
        quantity,  # type: ignore[arg-type]
        kinds[0] if kinds else None,
        price,  # type: ignore[arg-type]
        amount,  # type: ignore[arg-type]
        place=f"post {code}",
        problems=tuple(problems),
    )
