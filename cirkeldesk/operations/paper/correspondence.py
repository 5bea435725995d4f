"""Letters to bidders and records of the award: made from a final version, kept with it, or marked as a
draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.award.standstill import UNDECIDED, is_owed
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import FinalFile, MadeLetters, Version
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.paper.context import PaperContext, calendar, context_of, fonts, refuse_said
from cirkeldesk.operations.paper.papers import as_shown
from cirkeldesk.operations.settings import FileSettings
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.award import letters as words
from cirkeldesk.wording.award import records

Form = Literal["pdf", "docx"]
LAST_DAY = "2100-12-31"  # a later day is a slip of the keyboard


def decided(context: PaperContext) -> Award:
    """The award with its winner. Raises StoreError letters_practice or letters_no_winner."""
    if context.tender.practice_of is not None:
        raise StoreError("letters_practice")
    found = context.award
    if found is None or found.winner is None:
        raise StoreError("letters_no_winner")
    return found


def letter_papers(context: PaperContext, sent: date) -> dict[str, paper.Paper]:
    """The letter to each bidder by id of the bid, in the order of the screen. A stopped procedure has letters
    without an award. Raises StoreError leak, and what `decided` raises."""
    tender = context.tender
    if tender.practice_of is not None:
        raise StoreError("letters_practice")
    found = None if tender.is_stopped else decided(context)
    sending = words.Sending(sender_of(context.settings), sent, calendar())
    draft = context.on.version is None
    made = {}
    for bid in tender.bids:
        said = words.typed_besides(tender, bid.id) if found is None else words.typed(found, bid.id)
        refuse_said(said, context.secrets(bid.id), f"de brief aan {name_of(bid)}")
        if found is None:
            made[bid.id] = words.stopped_letter(tender, bid.id, sending, draft=draft)
        else:
            made[bid.id] = words.letter(found, bid.id, sending, draft=draft)
    return made


def sender_of(settings: FileSettings) -> words.Sender:
    return words.Sender(
        settings.organisation, settings.address, settings.email, settings.phone, settings.court,
        settings.complaints, settings.mandate,
    )  # fmt: skip


def _refuse_incomplete(context: PaperContext, version: Version, sent: date) -> None:
    """A letter that is sent says who sends it, why the winner is better, and which term holds. Raises
    StoreError."""
    tender, publication = context.tender, context.tender.publication
    if not context.settings.organisation.strip():
        raise StoreError("letters_no_sender")
    if tender.is_stopped:
        if not publication.stopped_because.strip():
            raise StoreError("letters_no_reason")
    else:
        _refuse_undecided(decided(context))
    if not version.at[:10] <= sent.isoformat() <= LAST_DAY:
        raise StoreError("letters_too_early")
    for name, day in (
        ("vervaltermijn", publication.expiry_date),
        ("dag voor de bewijsstukken", publication.proof_by),
    ):
        if day is not None and day <= sent.isoformat():
            raise StoreError("letters_day_past", name=name, day=day)


def _refuse_undecided(found: Award) -> None:
    publication = found.tender.publication
    owed = is_owed(publication, len(found.tender.bids))[1].key
    if owed in UNDECIDED or publication.procedure is None:
        raise StoreError("letters_standstill")
    praise = publication.characteristics
    rejected = any(words.kind_for(found, bid.id) == "rejected" for bid in found.bids)
    if rejected and (praise is None or praise.variant_id != found.winner or not praise.text.strip()):
        raise StoreError("letters_no_words")
    if rejected and publication.objection == "yes" and not publication.withhold.strip():
        raise StoreError("letters_objection")


def tender_order(found: Award) -> list[BidResult]:
    """The bids in the order of the screen."""
    return [found.bid(variant.id) for variant in found.tender.bids]


def written(context: PaperContext, made: paper.Paper, form: Form, what: str) -> bytes:
    """A paper as PDF or Word document."""
    carried = context.print_of(what)
    if form == "docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        return paper_docx(made, carried)
    from cirkeldesk.sheets.pdf.paper import paper_pdf

    return paper_pdf(made, carried, fonts())


def _letters(context: PaperContext, sent: date) -> list[tuple[str, str, bytes]]:
    """(bid, file name, content) of every letter in both forms; two bidders of one name get a number."""
    tender = context.tender
    found = None if tender.is_stopped else decided(context)
    made: list[tuple[str, str, bytes]] = []
    forms: tuple[Form, ...] = ("pdf", "docx")
    for identity, letter in letter_papers(context, sent).items():
        code = words.kind_for(found, identity) if found is not None else "stopped"
        kind, who = terms.LETTERS[code], name_of(tender.variant(identity))
        calls_itself = f"letter/{identity}/{sent.isoformat()}/{len(tender.letters) + 1}"
        for form in forms:
            content = written(context, letter, form, calls_itself)
            version = context.on.version
            name = paper.file_name(tender, f"{kind} {sent.isoformat()}", form, None, version, who)
            made.append((identity, _unique(name, {known for _, known, _ in made}), content))
    return made


def draft_letters(workspace: Workspace, identity: str, sent: date) -> dict[str, bytes]:
    """Every letter by file name, marked as a draft; nothing is kept."""
    with workspace.unit() as unit:
        context = PaperContext(unit, unit.tender(identity))
    return {name: content for _, name, content in _letters(context, sent)}


def make_letters(
    workspace: Workspace, identity: str, sent: date, shown: Tender | None = None
) -> dict[str, bytes]:
    """The letters that follow from the final version, kept with it; by file name. `shown` as for
    `papers.finalise`."""
    with workspace.unit() as unit:
        context = PaperContext(unit, as_shown(unit, identity, shown))
    if not context.tender.is_stopped:
        decided(context)
    version = context.current_version
    if version is None:
        if not context.tender.versions:
            raise StoreError("letters_no_version")
        raise StoreError("letters_outdated", number=len(context.tender.versions))
    _refuse_incomplete(context, version, sent)
    context.as_version(version.number)
    made = _letters(context, sent)
    with workspace.unit() as unit:
        tender = as_shown(unit, identity, context.tender)
        files = tuple(
            FinalFile("letter", "external", Attachment(name, unit.attachments.keep(content)), bid)
            for bid, name, content in made
        )
        day = sent.isoformat()
        kept = MadeLetters(version.number, day, workspace.store.author, context.on.time, files)
        changed = replace(tender, letters=(*tender.letters, kept))
        unit.commit("tender", identity, changed, "letters", {"sent_on": day})
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
    context = context_of(workspace, tender)
    organisation = context.settings.organisation
    if tender.opened is None:
        raise StoreError("letters_before_opening")
    if kind == "opening":
        return written(context, records.opening_record(tender, organisation), form, kind)
    if context.award is None:
        raise StoreError("letters_before_opening")
    return written(context, records.award_record(context.award, organisation), form, kind)
