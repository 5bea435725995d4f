"""Tables of indicators by modules among the words of a page.

A line with modules in it is a header; what stands under it in rows of numbers is its table. A number belongs
to a column by its order where a row is full, else by its place among the full rows (or, where there are none,
between the starts of the heads). What fits nowhere is kept as unread: never padded, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from cirkeldesk.exchange.pdf.words import Page, TextLine, Word
from cirkeldesk.exchange.reading import NOT_DECLARED
from cirkeldesk.exchange.table.indicator_names import candidates
from cirkeldesk.exchange.table.number_text import as_written
from cirkeldesk.exchange.table.table_mapping import module_of

Kind = Literal["module", "total", "label", "unit", "other"]
_TOTAL = re.compile(r"(sub)?tota(al|l)|som|sum(me)?|gesamt|total\(en\)?", re.IGNORECASE)
_LABEL = re.compile(
    r"(effect|impact|milieu|indicator|parameter|wirkungs?|indikator|umwelt)\w*[- ]?\w*", re.IGNORECASE
)
_UNIT_HEAD = re.compile(r"(eenheid|eenheden|unit|units|einheit)[.:]?", re.IGNORECASE)
_JOINS = re.compile(r"^[-–/+]|[-–/+]$|^(t/m|tot|to|bis|en|module|modul|fase|stage)$", re.IGNORECASE)
_WHOLE = {"B": "B1-B5", "C": "C1-C4"}  # a declaration of the Netherlands prints these as one column
NUMBER = re.compile(r"[<>]?[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]{1,3})?-?")
_EURO = frozenset({"€", "euro", "eur"})
MARKS = "€*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰"  # of a currency, and of footnotes behind a figure
_FOOTNOTE = re.compile(r"[0-9a-z]{1,2}\)|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+", re.IGNORECASE)
_ODD_FIGURE = re.compile(r"\(?[<>≤≥~±]?[+-]?[0-9]\S{0,30}|[a-z]{1,3}[./][a-z./]{0,6}", re.IGNORECASE)
MKI = re.compile(
    r"(mki|eci|mki[- ]?waarde|milieu ?kosten ?indicator|schaduwprijs|shadow price)\b.*", re.IGNORECASE
)
_UNIT_START = re.compile(
    r"(\[?(kg|mol|mole|molc|kbq|mj|m3|m³|m\^3|ctue?|ctuh|ctu|pt|disease|incidence|ziekte|krankheits|euro|eur|€|"
    r"dimension\w*|points?|unitless|-)\b.*|€|-|–)",
    re.IGNORECASE,
)
_END = re.compile(r"verklaring van vertrouwelijkheid|disclaimer|toelichting op", re.IGNORECASE)
MOST_LINES_BETWEEN = 8  # lines without a number inside a table: headings of sections, labels of three lines


@dataclass(frozen=True)
class Head:
    """A column: what it holds, the module it is about, and where its name stands."""

    kind: Kind
    name: str
    left: float
    right: float


@dataclass(frozen=True)
class PrintedCell:
    """A number, or a word for "not declared", where it stands. `place`: (left, bottom, right, top) on its
    page."""

    text: str
    page: int
    place: tuple[float, float, float, float]


@dataclass(frozen=True)
class PrintedRow:
    label: str
    unit: str
    cells: tuple[tuple[int, PrintedCell], ...]  # (column of the table, cell)
    unread: tuple[str, ...] = ()

    @property
    def is_mki(self) -> bool:
        return MKI.fullmatch(self.label.strip(" :")) is not None


@dataclass(frozen=True)
class TableOnPaper:
    """`columns` are those with values: modules, a total, or others; `above` is the text before it."""

    page: int
    columns: tuple[Head, ...]
    rows: tuple[PrintedRow, ...]
    above: tuple[str, ...] = ()


@dataclass
class _Area:
    """A header of a page and the part of the page that its table takes."""

    heads: list[Head]
    line: int
    left: float
    right: float
    rows: list[_RawRow] = field(default_factory=list)

    @property
    def columns(self) -> list[Head]:
        return [head for head in self.heads if head.kind in ("module", "total", "other")]

    @property
    def unit(self) -> Head | None:
        return next((head for head in self.heads if head.kind == "unit"), None)


@dataclass
class _RawRow:
    words: list[Word]  # label and unit
    values: list[Word]
    page: Page
    base: float
    before: list[str] = field(default_factory=list)  # lines of text just above
    after: list[str] = field(default_factory=list)  # and just below


def tables_of(pages: Sequence[Page]) -> list[TableOnPaper]:
    """The tables in the order of the pages; one that goes on without its header on the next page is one."""
    found: list[TableOnPaper] = []
    last: _Area | None = None
    above: list[str] = []
    for page in pages:
        areas = list(_areas(page))
        end = areas[0].line if areas else len(page.lines)
        if last is not None and _goes_on(last, page, end):
            found[-1] = _printed(last, found[-1].page, found[-1].above)
        last = None
        start = 0
        for area in areas:
            above += [line.text for line in page.lines[start : area.line]]
            start = max(start, area.line + 1)
            _collect(area, page, _end_of(area, areas, page))
            table = _printed(area, page.number, tuple(above))
            if any(candidates(row.label) for row in table.rows):
                found.append(table)
                last = area
        above += [line.text for line in page.lines[start:]]
    return found


# --- heads
# -----------------------------------------------------------------------------------------------------------


def _areas(page: Page) -> Iterator[_Area]:
    """The headers of a page from top to bottom, those on one line from left to right."""
    for number, line in enumerate(page.lines):
        heads = _heads(line)
        modules = [head for head in heads if head.kind == "module"]
        named = any(head.kind in ("label", "unit", "total") for head in heads)
        if len(modules) < (1 if named else 2) or not any(head.name != "D" for head in modules):
            continue
        groups = list(_side_by_side(heads))
        for place, group in enumerate(groups):
            left = _between(groups[place - 1], group) if place else 0.0
            right = (
                _between(group, groups[place + 1])
                if place + 1 < len(groups)
                else group[-1].right + 4 * line.size
            )
            yield _Area(group, number, left, right)


def _between(first: list[Head], second: list[Head]) -> float:
    return (first[-1].right + second[0].left) / 2


def _side_by_side(heads: list[Head]) -> Iterator[list[Head]]:
    """The heads of each of the tables that stand beside each other: a new one begins where a name comes again
    or where a label follows values."""
    group: list[Head] = []
    for head in heads:
        values = [known for known in group if known.kind in ("module", "total")]
        again = head.kind in ("module", "total") and any(known.name == head.name for known in values)
        if values and (again or head.kind in ("label", "unit")):
            yield group
            group = []
        group.append(head)
    if any(head.kind == "module" for head in group):
        yield group


def _heads(line: TextLine) -> list[Head]:
    found: list[Head] = []
    place = 0
    while place < len(line.words):
        head, count = _head_at(line, place)
        if head is not None:
            found.append(head)
        else:
            _take_word(found, line.words[place], line.size)
        place += count
    following = [*found[1:], None][: len(found)]
    return [
        head
        for head, after in zip(found, following, strict=True)
        if not _only_says_what(head, after, line.size)
    ]


def _head_at(line: TextLine, place: int) -> tuple[Head | None, int]:
    """The head that begins with a word of the line, and of how many words it is."""
    for count in (5, 4, 3, 2, 1):
        part = line.words[place : place + count]
        if len(part) == count and (head := _head(part, line.size)) is not None:
            return head, count
    return None, 1


def _take_word(found: list[Head], word: Word, size: float) -> None:
    """A word that is no head by itself: more of a label, or a column of something else."""
    if found and found[-1].kind == "label" and word.left - found[-1].right < size:
        found[-1] = replace(found[-1], right=word.right)
    elif any(head.kind in ("module", "total") for head in found):
        found.append(Head("other", word.text, word.left, word.right))


def _only_says_what(head: Head, after: Head | None, size: float) -> bool:
    """Whether a word only says what the module behind it is: "Productie A1-A3"."""
    if head.kind != "other" or after is None or after.kind != "module":
        return False
    return after.left - head.right < 1.2 * size


def _head(words: Sequence[Word], size: float) -> Head | None:
    if any(b.left - a.right > 0.9 * size for a, b in pairwise(words)):
        return None
    if len(words) > 1 and not any(_JOINS.search(word.text) for word in words):
        return None  # "A1 A2 A3" are three columns, "A1 t/m A3" is one
    kind_and_name = _named("".join(w.text for w in words), " ".join(w.text for w in words))
    return Head(*kind_and_name, words[0].left, words[-1].right) if kind_and_name else None


@lru_cache(maxsize=4096)
def _named(tight: str, spaced: str) -> tuple[Kind, str] | None:
    plain = tight.strip("()[]*:;,")
    if _TOTAL.fullmatch(plain):
        return "total", "total"
    if len(plain) == 1 and plain in _WHOLE:
        return "module", _WHOLE[plain]
    if plain == "D" or (len(plain) > 1 and plain[0] in "ABCD" and any(c.isdigit() for c in plain)):
        module = module_of(plain) or module_of(spaced)
        return ("module", module) if module else None
    if _UNIT_HEAD.fullmatch(plain):
        return "unit", plain
    return ("label", plain) if " " not in spaced and _LABEL.fullmatch(plain) else None


# --- rows
# -----------------------------------------------------------------------------------------------------------


def _end_of(area: _Area, areas: list[_Area], page: Page) -> int:
    """The first line below that is the header of another table in the same part of the page."""
    below = [
        other.line
        for other in areas
        if other.line > area.line and other.left < area.right and area.left < other.right
    ]
    return min(below, default=len(page.lines))


def _collect(area: _Area, page: Page, end: int, start: int | None = None) -> None:
    """The rows of an area, up to the next table or what ends this one."""
    waiting: list[str] = []
    base: float | None = None
    for line in page.lines[area.line + 1 if start is None else start : end]:
        within = [word for word in line.words if area.left <= word.centre and word.left <= area.right]
        if not within:
            continue
        text = " ".join(word.text for word in within)
        if _ends(area, line, text, base, len(waiting)):
            break
        base = line.base
        words, values = _split(within, area)
        if values:
            area.rows.append(_RawRow(words, values, page, line.base, waiting))
            waiting = []
            continue
        if area.rows and area.rows[-1].page is page:
            area.rows[-1].after.append(text)
        waiting.append(text)


def _ends(area: _Area, line: TextLine, text: str, base: float | None, waiting: int) -> bool:
    """Whether a table is over before a line: by a wide gap, a heading that ends it, or much text."""
    too_far = base is not None and base - line.base > 9 * line.size
    return too_far or _END.match(text) is not None or (waiting > MOST_LINES_BETWEEN and bool(area.rows))


def _split(words: list[Word], area: _Area) -> tuple[list[Word], list[Word]]:
    """(label and unit, values) of a line: the values are what it ends with, right of where the heads
    begin."""
    edge = area.columns[0].left
    first = edge - 4 * max(word.size for word in words)
    words = [word for word in words if word.right <= edge or not _FOOTNOTE.fullmatch(word.text)]
    cut = _where_values_begin(words, first, edge)
    if len(words) - cut > len(area.columns):  # a line of text that ends with figures
        cut = _where_values_begin(words, first, math.inf)
    while cut < len(words) and words[cut].text.casefold() in _EURO and cut == 0:
        cut += 1
    values = [word for word in words[cut:] if word.text.casefold() not in _EURO]
    label = words[:cut]
    if label and label[-1].right > first and (pieces := _glued_behind(label[-1])) is not None:
        name, numbers = pieces
        return [*label[:-1], *([name] if name else [])], [numbers, *values]
    return label, values


def _where_values_begin(words: list[Word], first: float, edge: float) -> int:
    """The place of the first value of a line, from its end. Right of `edge`, where the first column begins,
    what looks like a figure and is none is kept in its place too: it is told as unreadable, never lost."""
    cut = len(words)
    while cut and words[cut - 1].right > first:
        word = words[cut - 1]
        if not (_is_value(word.text) or (word.right > edge and _ODD_FIGURE.fullmatch(word.text))):
            break
        cut -= 1
    return cut


def _is_value(text: str) -> bool:
    plain = text.casefold()
    return (
        plain in _EURO
        or plain in NOT_DECLARED
        or NUMBER.fullmatch(as_written(text.strip(MARKS))) is not None
        or _GLUED.fullmatch(text) is not None
    )


_ONE = r"-?[0-9]{1,4}[.,][0-9]{1,5}(?:E[+-][0-9]{1,2})?"
_GLUED = re.compile(rf"(?:{_ONE}){{2,}}")
_BEHIND = re.compile(rf"(.*?[^0-9.,E+-])((?:{_ONE}){{2,}})")


def _glued_behind(word: Word) -> tuple[Word | None, Word] | None:
    """A name and the numbers that were set against it: "MKIEuro3,655E+07,058E-1"."""
    found = _BEHIND.fullmatch(word.text)
    if found is None:
        return None
    cut = len(found[1])
    return (Word(word.glyphs[:cut]) if cut else None), Word(word.glyphs[cut:])


# --- columns of rows
# -----------------------------------------------------------------------------------------------------------


def _printed(area: _Area, page: int, above: tuple[str, ...]) -> TableOnPaper:
    columns = area.columns
    rows = [_taken_apart(row, _unglued(area.rows, len(columns))) for row in area.rows]
    full = [values for _, values in rows if len(values) == len(columns)]
    spans = [
        (min(row[i].left for row in full), max(row[i].right for row in full)) if full else None
        for i in range(len(columns))
    ]
    made = [_placed(raw, values, columns, spans, area) for raw, values in rows]
    return TableOnPaper(page, tuple(columns), tuple(row for row in made if row is not None), above)


def _taken_apart(row: _RawRow, pattern: re.Pattern[str] | None) -> tuple[_RawRow, list[Word]]:
    """The row, and its values with those that were set as one word taken apart."""
    values: list[Word] = []
    for word in row.values:
        if pattern is not None and _is_glued(word.text):
            place = 0
            for piece in pattern.findall(word.text):
                values.append(Word(word.glyphs[place : place + len(piece)]))
                place += len(piece)
        else:
            values.append(word)
    return row, values


_SHAPES = tuple(
    re.compile(
        rf"-?[0-9]{{1,{whole}}}[.,][0-9]{{{decimals}}}" + (rf"E[+-][0-9]{{{exponent}}}" if exponent else "")
    )
    for exponent in (1, 2, 0)
    for decimals in (3, 2, 1, 4)
    for whole in (1, 4)
)


def _is_glued(text: str) -> bool:
    return _GLUED.fullmatch(text) is not None and NUMBER.fullmatch(text) is None


def _unglued(rows: list[_RawRow], columns: int) -> re.Pattern[str] | None:
    """How one number of this table is written, where that is the same for all that stand apart; else the one
    way that takes every glued word apart into as many numbers as there are columns."""
    texts = [[word.text for word in row.values] for row in rows]
    glued = [row for row in texts if any(map(_is_glued, row))]
    best = _fitting([shape for shape in _SHAPES if _is_shape_of(shape, texts)], glued, columns)
    return best[0] if len({_splits(shape, glued) for shape in best}) == 1 else None


def _fitting(shapes: list[re.Pattern[str]], rows: list[list[str]], columns: int) -> list[re.Pattern[str]]:
    """The shapes by which every glued row has a number for each column; else those by which none has more."""
    if not rows:
        return []
    counts = {shape: [sum(_count(shape, text) for text in row) for row in rows] for shape in shapes}
    exact = [shape for shape in shapes if set(counts[shape]) == {columns}]
    return exact or [shape for shape in shapes if max(counts[shape]) <= columns]


def _splits(shape: re.Pattern[str], rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(shape.findall(text)) for row in rows for text in row)


def _is_shape_of(shape: re.Pattern[str], rows: list[list[str]]) -> bool:
    """Whether every number of a table is written so, those that stand apart and those that are glued."""
    texts = [text for row in rows for text in row if any(sign.isdigit() for sign in text)]
    return all(_consumes(shape, text) if _is_glued(text) else shape.fullmatch(text) for text in texts)


def _count(shape: re.Pattern[str], text: str) -> int:
    return len(shape.findall(text)) if _is_glued(text) else 1


def _consumes(shape: re.Pattern[str], text: str) -> bool:
    return "".join(shape.findall(text)) == text


def _placed(
    raw: _RawRow,
    values: list[Word],
    columns: list[Head],
    spans: Sequence[tuple[float, float] | None],
    area: _Area,
) -> PrintedRow | None:
    label, unit = _label_and_unit(raw, area)
    taken: dict[int, Word] = {}
    unread: list[str] = []
    places = _by_order(values, spans) if len(values) == len(columns) else None
    for number, word in enumerate(values):
        column = places[number] if places is not None else _column_at(word, columns, spans)
        if column is None or column in taken:
            if not (column is None and word.centre < columns[0].left and word.text in ("-", "–")):
                unread.append(word.text)
        else:
            taken[column] = word
    if not taken:
        return None
    cells = tuple(
        (
            column,
            PrintedCell(
                word.text.strip(MARKS),
                raw.page.number,
                raw.page.place(word.left, raw.base - 0.2 * word.size, word.right, raw.base + 0.8 * word.size),
            ),
        )
        for column, word in sorted(taken.items())
    )
    return PrintedRow(label, unit, cells, tuple(unread))


def _by_order(values: list[Word], spans: Sequence[tuple[float, float] | None]) -> list[int] | None:
    """The columns of a full row, in order; None where a word stands clear of the others of its column."""
    for word, span in zip(values, spans, strict=True):
        if span is not None and not (word.right >= span[0] - word.size and word.left <= span[1] + word.size):
            return None
    return list(range(len(values)))


def _column_at(word: Word, columns: list[Head], spans: Sequence[tuple[float, float] | None]) -> int | None:
    within = [
        number
        for number, span in enumerate(spans)
        if span is not None and span[0] - 0.5 * word.size <= word.centre <= span[1] + 0.5 * word.size
    ]
    if len(within) == 1:
        return within[0]
    if any(span is not None for span in spans) and not within:
        return None
    starts = [head.left for head in columns]
    if word.centre < starts[0] - 3 * word.size:
        return None
    return max((number for number, start in enumerate(starts) if start <= word.centre), default=0)


# --- label and unit
# -----------------------------------------------------------------------------------------------------------

_NUMBERED = re.compile(r"^(?:[0-9]{1,3}[.)]?\s+|[•·▪-]\s*)")


def _label_and_unit(raw: _RawRow, area: _Area) -> tuple[str, str]:
    """The name of a row and its unit. A name of more lines is put together where only the whole is known; of
    a text beside the table only what is known counts."""
    words, unit = _without_unit(raw.words, area)
    label = _known_end(words)
    own = _NUMBERED.sub("", label)
    before = raw.before[-1] if raw.before else ""
    after = raw.after[0] if raw.after else ""
    for text in (own, f"{before} {own}", f"{own} {after}", f"{before} {own} {after}"):
        plain = _NUMBERED.sub("", text.strip())
        if plain and (candidates(plain) or MKI.fullmatch(plain)):
            return plain, unit
    return own, unit


def _without_unit(words: list[Word], area: _Area) -> tuple[list[Word], str]:
    """By where the head of the units stands; else where a text begins that units begin with."""
    head = area.unit
    if head is not None:
        edge = head.left - 0.6 * max((word.size for word in words), default=1.0)
        at = next((n for n, word in enumerate(words) if word.left >= edge), len(words))
        unit = " ".join(word.text for word in words[at:])
        if _UNIT_START.fullmatch(unit):
            return words[:at], unit
    for place in range(1, len(words)):
        text = " ".join(word.text for word in words[place:])
        if _UNIT_START.fullmatch(text) and text.casefold() != "pt":
            return words[:place], text
    if len(words) == 1 and (found := re.fullmatch(r"(MKI|ECI)(Euro|EUR|€)", words[0].text)):
        return [Word(words[0].glyphs[: len(found[1])])], found[2]
    return words, ""


def _known_end(words: list[Word]) -> str:
    """The label of a row; where text of another column stands before it, the last part that is a name."""
    whole = " ".join(word.text for word in words)
    if candidates(_NUMBERED.sub("", whole)) or MKI.fullmatch(whole):
        return whole
    for place in range(1, len(words)):
        if words[place].left - words[place - 1].right > 1.5 * words[place].size:
            text = " ".join(word.text for word in words[place:])
            if candidates(_NUMBERED.sub("", text)) or MKI.fullmatch(text):
                return text
    return whole


# --- over the edge of a page
# -----------------------------------------------------------------------------------------------------------


def _goes_on(area: _Area, page: Page, end: int) -> bool:
    """Whether the rows of a table go on at the head of the next page, without a header; then they are
    added."""
    before = len(area.rows)
    rest = _Area(area.heads, -1, area.left, area.right)
    _collect(rest, page, end, start=0)
    columns = len(area.columns)
    for row in rest.rows:
        label, _ = _label_and_unit(row, rest)
        if len(row.values) > columns or not (candidates(label) or MKI.fullmatch(label)):
            continue
        area.rows.append(row)
    return len(area.rows) > before
