"""A paper as blocks of text: what a letter or record says, before it is printed as PDF or written as a Word
document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from cirkeldesk.model.tender.publication import Audience, PaperKind
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import terms


@dataclass(frozen=True)
class Heading:
    text: str
    level: Literal[1, 2, 3] = 2

    def said(self) -> Iterable[str]:
        return (self.text,)


@dataclass(frozen=True)
class Text:
    text: str
    style: Literal["normal", "lead", "muted"] = "normal"

    def said(self) -> Iterable[str]:
        return (self.text,)


@dataclass(frozen=True)
class Items:
    texts: tuple[str, ...]

    def said(self) -> Iterable[str]:
        return self.texts


@dataclass(frozen=True)
class Facts:
    """Labels with a text each: a table without header row."""

    rows: tuple[tuple[str, str], ...]

    def said(self) -> Iterable[str]:
        return chain.from_iterable(self.rows)


@dataclass(frozen=True)
class PaperTable:
    """A header and rows. Columns from `figures` on hold figures and are right-aligned; `widths` are shares of
    the page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int
    widths: tuple[float, ...] = ()
    total: bool = False  # the last row is what the others come to

    def said(self) -> Iterable[str]:
        return chain(self.header, *self.rows)


@dataclass(frozen=True)
class Letterhead:
    """Who sends a letter and whom it is for, at the top of the first page: the address left, where the window
    of an envelope shows it, the sender's own beside it."""

    organisation: str
    contact: tuple[str, ...]
    address: tuple[str, ...]

    def said(self) -> Iterable[str]:
        return (self.organisation, *self.contact, *self.address)


@dataclass(frozen=True)
class ReferenceLine:
    """Date, references and who deals with it, beside each other."""

    rows: tuple[tuple[str, str], ...]

    def said(self) -> Iterable[str]:
        return chain.from_iterable(self.rows)


@dataclass(frozen=True)
class Signature:
    """The greeting, room for a hand, and the name under it."""

    greeting: str
    name: str

    def said(self) -> Iterable[str]:
        return (self.greeting, self.name)


Tone = Literal["decided", "waiting", "no"]


@dataclass(frozen=True)
class KeyFigure:
    """A figure that decides, with what it is above it and its unit or what it is measured by below."""

    label: str
    value: str
    under: str = ""


@dataclass(frozen=True)
class Decision:
    """What is decided, in a box of its own. The tag says in words what its colour says."""

    tag: str
    tone: Tone
    answer: str
    note: str = ""
    text: str = ""
    figures: tuple[KeyFigure, ...] = ()


@dataclass(frozen=True)
class Cause:
    """One row of a table of causes: figures left, a bar from `start` to `end` right, in the unit of the
    table."""

    label: str
    cells: tuple[str, ...]
    start: float
    end: float
    kind: Literal["for", "against", "sum"]


@dataclass(frozen=True)
class Causes:
    """Why one stands before another, step by step: the bars run from the one to the other."""

    header: tuple[str, ...]
    rows: tuple[Cause, ...]
    note: str


@dataclass(frozen=True)
class ChartPlace:
    """Where a chart stands. `key` names it among those that are printed with the paper; `text` says the same
    in words, and stands there where no chart can be drawn."""

    key: str
    text: str

    def said(self) -> Iterable[str]:
        return (self.text,)


Block = Heading | Text | Items | Facts | PaperTable | Letterhead | ReferenceLine | Signature | ChartPlace


@dataclass(frozen=True)
class Paper:
    """What a paper says. `marks` stand on every page. Its first heading is of level 1: the title. `foot` is
    what stands at the foot of every page, where that is not the title with the day of printing."""

    kind: PaperKind
    audience: Audience
    title: str
    subject: str
    marks: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: str = ""


def texts(paper: Paper) -> Iterator[str]:
    """Every text of a paper, in reading order: what is searched for what may not be in it."""
    yield from (paper.title, paper.subject, *paper.marks, paper.foot)
    for block in paper.blocks:
        yield from block.said()


def marks(tender: Tender, audience: Audience, *, draft: bool = False) -> tuple[str, ...]:
    """What every page says: fictitious or practice, internal, draft."""
    found = [terms.mark(tender)]
    found += [terms.INTERNAL_MARK] if audience == "internal" and tender.has_bids else []
    found += [terms.DRAFT_MARK] if draft else []
    return tuple(filter(None, found))


def safe_name(text: str) -> str:
    """A text as part of a file name on any system."""
    return (
        "".join("-" if sign in '\\/:*?"<>|' or ord(sign) < ord(" ") else sign for sign in text).strip(" .")
        or "-"
    )


LONGEST = (
    60  # of the number and of a name in a file name; what follows says version and audience and is never cut
)


def file_name(
    tender: Tender,
    what: str,
    suffix: str,
    audience: Audience | None,
    version: int | None = None,
    who: str = "",
) -> str:
    """ "2026-014 Vergelijking v1 INTERN.xlsx"; without bids nothing is internal."""
    parts = [tender.number[:LONGEST].strip(), what, *([who[:LONGEST].strip()] if who else [])]
    parts += [f"v{version}"] if version is not None else []
    if audience == "external" or (audience == "internal" and tender.has_bids):
        parts.append(terms.AUDIENCES[audience])
    return f"{safe_name(' '.join(parts))}.{suffix}"
