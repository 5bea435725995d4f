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
LetterKind = Literal["winner", "rejected", "invalid", "withdrawn", "stopped"]


@dataclass(frozen=True)
class Characteristics:
    """Characteristics and relative advantages of the winner in words; about one bid, so that they never
    describe another."""

    variant_id: str
    text: str


@dataclass(frozen=True)
class Addressee:
    """Where a bidder's letter goes: for whose attention, the address as on the envelope, and the bidder's own
    reference."""

    variant_id: str
    attention: str = ""
    address: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Publication:
    """What the papers need besides the figures.

    `estimate` is the authority's raming in € excl. VAT. `expiry_days` or `expiry_date` is the vervaltermijn
    exactly as the documents say (`expiry_source`).

    The winner's bid sum, MKI and scores are named to the other bidders, unless `withhold` says why not
    (Aanbestedingswet 2012 artikel 2.138 or 2.57; `objection`: whether the winner `objection_by` objected, and
    rightly). `disclose` says why they may also be named to anybody, and where the documents announced it.
    `promised_days` is the standstill that the documents promise where the act asks none.

    `contact` answers questions, `signed_by` signs; `prepared_by` and `approved_by` are names on the advice.
    `own_reference` is ours. `proof` is what the winner hands in, by `proof_by`. `stopped_because` is the
    reason for which the procedure was stopped. `subcontracting` and `conflicts` are for the proces-verbaal
    (artikel 2.132).
    """

    procedure: ProcedureCode | None = None
    estimate: Decimal | None = None
    standstill_promised: YesNoUnknown = "unknown"
    expiry_days: int | None = None
    expiry_date: str | None = None
    expiry_source: str = ""
    disclose: str = ""
    withhold: str = ""
    objection: YesNoUnknown = "unknown"
    objection_by: str = ""
    promised_days: int | None = None
    characteristics: Characteristics | None = None
    contact: str = ""
    prepared_by: str = ""
    approved_by: str = ""
    themes: tuple[ThemeNote, ...] = ()
    r_step: RStep | None = None
    signed_by: str = ""
    own_reference: str = ""
    proof: str = ""
    proof_by: str | None = None
    stopped_because: str = ""
    subcontracting: str = ""
    conflicts: str = ""
    addressees: tuple[Addressee, ...] = ()

    def addressee(self, variant_id: str) -> Addressee:
        """Where the letter of a bid goes; empty where nobody said."""
        found = (one for one in self.addressees if one.variant_id == variant_id)
        return next(found, Addressee(variant_id))

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
