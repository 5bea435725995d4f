"""Letters to bidders and records of the award: made from a final version, kept with it, or marked as a
draft."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Literal

from cirkeldesk import paths
from cirkeldesk.model.award.award import Award, BidResult, award
from cirkeldesk.model.award.disclosure import name_of, secrets
from cirkeldesk.model.award.standstill import UNDECIDED, HolidayCalendar, is_owed
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import FinalFile, MadeLetters, Version
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.paper.papers import (
    Occasion,
    as_shown,
    current_version,
    fonts,
    occasion,
    print_of,
    refuse_said,
)
from cirkeldesk.operations.settings import file_settings
from cirkeldesk.operations.tender.tenders import get_tender
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.award import letters as words
from cirkeldesk.wording.award import records

Form = Literal["pdf", "docx"]
LAST_DAY = "2100-12-31"  # a later day is a slip of the keyboard


@cache
def calendar() -> HolidayCalendar:
    """The public holidays we ship, as data with their sources."""
    return HolidayCalendar(
        json.loads((paths.reference() / "calendars" / "holidays.json").read_text(encoding="utf-8"))
    )


def decided(workspace: Workspace, tender: Tender) -> Award:
    """The award with its winner. Raises StoreError letters_practice or letters_no_winner."""
    if tender.practice_of is not None:
        raise StoreError("letters_practice")
    found = award(comparison_of(workspace, tender)[0])
    if found is None or found.winner is None:
        raise StoreError("letters_no_winner")
    return found


def letter_papers(workspace: Workspace, found: Award, sent: date, *, draft: bool) -> dict[str, paper.Paper]:
    """The letter to each bidder by id of the bid, in the order of the screen. Raises StoreError leak."""
    tender = found.tender
    sending = words.Sending(file_settings(workspace).organisation, sent, calendar())
    _, inputs = comparison_of(workspace, tender)
    made = {}
    for bid in tender_order(found):
        hidden = secrets(tender, inputs.products.values(), recipient=bid.id, award=found)
        refuse_said(words.typed(found, bid.id), hidden, f"de brief aan {name_of(tender.variant(bid.id))}")
        made[bid.id] = words.letter(found, bid.id, sending, draft=draft)
    return made


def _refuse_incomplete(found: Award, version: Version, organisation: str, sent: date) -> None:
    """A letter that is sent says who sends it, why the winner is better, and which term holds. Raises
    StoreError."""
    publication = found.tender.publication
    if not organisation.strip():
        raise StoreError("letters_no_sender")
    if is_owed(publication, len(found.tender.bids))[1].key in UNDECIDED:
        raise StoreError("letters_standstill")
    praise = publication.characteristics
    rejected = any(words.kind_for(found, bid.id) == "rejected" for bid in found.bids)
    if rejected and (praise is None or praise.variant_id != found.winner or not praise.text.strip()):
        raise StoreError("letters_no_words")
    if not version.at[:10] <= sent.isoformat() <= LAST_DAY:
        raise StoreError("letters_too_early")


def tender_order(found: Award) -> list[BidResult]:
    """The bids in the order of the screen."""
    return [found.bid(variant.id) for variant in found.tender.bids]


def written(
    workspace: Workspace, tender: Tender, made: paper.Paper, form: Form, on: Occasion, what: str
) -> bytes:
    """A paper as PDF or Word document."""
    carried = print_of(workspace, tender, on, what)
    if form == "docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        return paper_docx(made, carried)
    from cirkeldesk.sheets.pdf.paper import paper_pdf

    return paper_pdf(made, carried, fonts())


def _letters(workspace: Workspace, found: Award, sent: date, on: Occasion) -> list[tuple[str, str, bytes]]:
    """(bid, file name, content) of every letter in both forms; two bidders of one name get a number."""
    tender = found.tender
    made: list[tuple[str, str, bytes]] = []
    forms: tuple[Form, ...] = ("pdf", "docx")
    for identity, letter in letter_papers(workspace, found, sent, draft=on.version is None).items():
        what = terms.LETTERS[words.kind_for(found, identity)]
        who = name_of(tender.variant(identity))
        for form in forms:
            content = written(
                workspace,
                tender,
                letter,
                form,
                on,
                f"letter/{identity}/{sent.isoformat()}/{len(tender.letters) + 1}",
            )
            name = paper.file_name(tender, f"{what} {sent.isoformat()}", form, None, on.version, who)
            made.append((identity, _unique(name, {known for _, known, _ in made}), content))
    return made


def draft_letters(workspace: Workspace, identity: str, sent: date) -> dict[str, bytes]:
    """Every letter by file name, marked as a draft; nothing is kept."""
    tender = get_tender(workspace, identity)
    with workspace.unit() as unit:
        now = occasion(unit)
    return {name: content for _, name, content in _letters(workspace, decided(workspace, tender), sent, now)}


def make_letters(
    workspace: Workspace, identity: str, sent: date, shown: Tender | None = None
) -> dict[str, bytes]:
    """The letters that follow from the final version, kept with it; by file name. `shown` as for
    `papers.finalise`."""
    with workspace.unit() as unit:
        tender, now = as_shown(unit, identity, shown), occasion(unit)
    found = decided(workspace, tender)
    version = current_version(workspace, tender)
    if version is None:
        if not tender.versions:
            raise StoreError("letters_no_version")
        raise StoreError("letters_outdated", number=len(tender.versions))
    _refuse_incomplete(found, version, file_settings(workspace).organisation, sent)
    made = _letters(workspace, found, sent, replace(now, version=version.number))
    with workspace.unit() as unit:
        as_shown(unit, identity, tender)
        files = tuple(
            FinalFile("letter", "external", Attachment(name, unit.attachments.keep(content)), bid)
            for bid, name, content in made
        )
        kept = MadeLetters(version.number, sent.isoformat(), workspace.store.author, now.time, files)
        unit.commit(
            "tender",
            identity,
            replace(tender, letters=(*tender.letters, kept)),
            "letters",
            {"sent_on": sent.isoformat()},
        )
    return {name: content for _, name, content in made}


def _unique(name: str, taken: set[str]) -> str:
    """The name, with a number where a file system would take it for one that is there."""
    stem, _, suffix = name.rpartition(".")
    known, unique, number = {one.casefold() for one in taken}, name, 1
    while unique.casefold() in known:
        number += 1
        unique = f"{stem} ({number}).{suffix}"
    return unique


def record(workspace: Workspace, tender: Tender, kind: Literal["record", "opening"], form: Form) -> bytes:
    """The proces-verbaal or the opening record as it would be written now. Raises StoreError letters_…"""
    organisation = file_settings(workspace).organisation
    if kind == "opening":
        if tender.opened is None:
            raise StoreError("letters_before_opening")
        made = records.opening_record(tender, organisation)
    else:
        found = award(comparison_of(workspace, tender)[0])
        if found is None or tender.opened is None:
            raise StoreError("letters_before_opening")
        made = records.award_record(found, organisation)
    with workspace.unit() as unit:
        now = occasion(unit)
    return written(workspace, tender, made, form, now, kind)
