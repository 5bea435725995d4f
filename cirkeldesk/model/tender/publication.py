"""What people say for the papers that leave the house, and the papers that were made: values of a tender.

Source: DOMAIN 9 (duties), UX 8 and D10, D11 (Definitief maken).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.reference.themes import RStep, Theme, ThemeNote
from cirkeldesk.model.tender.ask import YesNoUnknown

ProcedureCode = Literal[
    "open",
    "restricted",
    "negotiated",
    "national_open",
    "national_restricted",
    "several_private",
    "single_private",
    "framework",
    "dynamic",
]
Audience = Literal["internal", "external"]
PaperKind = Literal["advice", "workbook", "ods", "figures", "letter", "record", "opening"]
LetterKind = Literal["winner", "rejected", "invalid", "withdrawn"]


@dataclass(frozen=True)
class Characteristics:
    """Characteristics and relative advantages of the winner in words; about one bid, so that they never
    describe another."""

    variant_id: str
    text: str


@dataclass(frozen=True)
class Publication:
    """What the papers need besides the figures.

    `estimate` is the authority's raming in € excl. VAT. `expiry_days` or `expiry_date` is the vervaltermijn
    exactly as the documents say (`expiry_source`). `disclose` says that the winner's total price and MKI may
    be named to others, and why. `contact` is who signs and answers questions; `prepared_by` and `approved_by`
    are names on the advice.
    """

    procedure: ProcedureCode | None = None
    estimate: Decimal | None = None
    standstill_promised: YesNoUnknown = "unknown"
    expiry_days: int | None = None
    expiry_date: str | None = None
    expiry_source: str = ""
    disclose: str = ""
    characteristics: Characteristics | None = None
    contact: str = ""
    prepared_by: str = ""
    approved_by: str = ""
    themes: tuple[ThemeNote, ...] = ()
    r_step: RStep | None = None

    def theme(self, theme: Theme) -> str:
        return next((note.text for note in self.themes if note.theme == theme), "")


@dataclass(frozen=True)
class FinalFile:
    """A file as it left, kept unchanged. `variant_id` is the bid a letter is addressed to."""

    kind: PaperKind
    audience: Audience
    file: Attachment
    variant_id: str | None = None


@dataclass(frozen=True)
class Version:
    """A final advice. `basis` is the content hash of the tender it was made from, `head` the history's chain
    head then."""

    number: int
    basis: str
    head: str
    by: str
    at: str
    files: tuple[FinalFile, ...]


@dataclass(frozen=True)
class MadeLetters:
    """Letters made for one sending day from a final version, all at once: bidders are told at the same
    time."""

    version: int
    sent_on: str
    by: str
    at: str
    files: tuple[FinalFile, ...]
