"""Papers: what is printed for whom, the version that is made final, the letters that follow from it, and the records.

What goes outside is made from `disclosure.public` and `Disclosed` alone; what people typed in it is searched for what is
another bidder's before anything is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from cirkeldesk import __version__, paths
from cirkeldesk.model.award import Award, BidResult, award
from cirkeldesk.model.disclosure import Disclosed, Secret, disclosed, found_in, name_of, public, secrets
from cirkeldesk.model.document import canonical, content_hash
from cirkeldesk.model.locks import frozen
from cirkeldesk.model.product import Attachment
from cirkeldesk.model.publication import Audience, FinalFile, MadeLetters, PaperKind, Version
from cirkeldesk.model.standstill import Calendar
from cirkeldesk.model.tender import Status, Tender
from cirkeldesk.operations import answers, award_answers
from cirkeldesk.operations.desk import Desk, comparison_of
from cirkeldesk.operations.settings import file_settings, logo_bytes
from cirkeldesk.operations.tenders import get_tender
from cirkeldesk.sheets.page import Print
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.store import Unit
from cirkeldesk.wording import advice, advice_parts, letters, paper, records, terms, versions

PRODUCER = f"{terms.PROGRAM} {__version__}"
Form = Literal["pdf", "docx"]
SHEETS: tuple[PaperKind, ...] = ("advice", "workbook", "ods")
AUDIENCES: tuple[Audience, ...] = ("internal", "external")
SUFFIX = {"advice": "pdf", "workbook": "xlsx", "ods": "ods", "figures": "json"}


# --- what is told --------------------------------------------------------------------------------------------------


def told(desk: Desk, tender: Tender, audience: Audience, *, before: Tender | None = None) -> advice.Advice:
    """The advice for a reader, with what differs from the tender `before`; not yet searched for what may not be in it."""
    return _internal(desk, tender, before) if audience == "internal" else _external(desk, tender, before)


def _internal(desk: Desk, tender: Tender, before: Tender | None) -> advice.Advice:
    comparison, inputs = comparison_of(desk, tender)
    changed = versions.what_changed(comparison_of(desk, before)[0], comparison) if before is not None else []
    return advice.internal_advice(comparison, inputs, changed)


def _external(desk: Desk, tender: Tender, before: Tender | None) -> advice.Advice:
    """From the public tender, and of the award only what `Disclosed` holds."""
    comparison, inputs = comparison_of(desk, public(tender))
    shown = outcome(desk, tender)
    changed = []
    if before is not None:
        changed = versions.what_changed(comparison_of(desk, public(before))[0], comparison)
        changed += versions.disclosed_changes(outcome(desk, before), shown)
    return advice.external_advice(comparison, inputs, shown, changed, with_bids=tender.has_bids)


def refuse_leaks(desk: Desk, tender: Tender, found: advice.Advice) -> None:
    """Raises StoreError leak where an advice for outside says what is a bidder's own."""
    if found.audience == "external":
        _refuse_leaks(_said(found), secrets_of(desk, tender, None), "het adviesblad extern")


def outcome(desk: Desk, tender: Tender) -> Disclosed | None:
    """What anybody may know of the award; None while there is no winner."""
    found = award(comparison_of(desk, tender)[0])
    return disclosed(found) if found is not None else None


def secrets_of(desk: Desk, tender: Tender, recipient: str | None) -> tuple[Secret, ...]:
    comparison, inputs = comparison_of(desk, tender)
    return secrets(tender, inputs.products.values(), recipient=recipient, award=award(comparison))


def _said(found: advice.Advice) -> list[tuple[str, str]]:
    """(where, text) of everything in an advice that people typed or that is drafted from it."""
    texts = [(section.title, section.text) for section in found.sections]
    texts += advice_parts.outcome_facts(found.tender, found.disclosed)
    texts += advice_parts.themes(found.tender)
    texts += advice.ask_facts(found.comparison)
    texts += [(name, f"{name} {text}") for name, text in advice.sources(found.comparison)]
    return texts + [("Posten", " ".join(row)) for row in advice_parts.posts_table(found.comparison).rows]


def _refuse_leaks(said: Iterable[tuple[str, str]], hidden: tuple[Secret, ...], place: str) -> None:
    """Raises StoreError leak for the first text that names what is another's."""
    for where, text in said:
        for secret in found_in(text, hidden):
            raise StoreError("leak", place=f"{place}, {where}" if where else place, text=secret.text, owner=secret.owner)


# --- printing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Occasion:
    """When and from what something is printed: chain head, moment, and the version it belongs to (None: a draft)."""

    head: str
    time: str
    version: int | None = None


def occasion(unit: Unit, version: int | None = None) -> Occasion:
    return Occasion(unit.chain_head(), unit.now(), version)


def print_of(desk: Desk, tender: Tender, on: Occasion, what: str = "") -> Print:
    """What a paper carries: organisation, logo, colour, hash of the tender, and how the file calls itself."""
    settings = file_settings(desk)
    return Print(
        on.head,
        on.time,
        PRODUCER,
        settings.organisation,
        basis=content_hash(tender),
        version=on.version,
        identifier=f"{IDENTIFIER}{tender.id}/{on.version}/{what}" if on.version is not None else "",
        logo=logo_bytes(desk),
        colour=settings.colour,
    )


IDENTIFIER = "cirkeldesk:"


def printed(desk: Desk, tender: Tender, kind: PaperKind, audience: Audience) -> bytes:
    """A sheet as it is handed over: the kept file of the final version while nothing changed since, else a draft of now."""
    version = current_version(desk, tender)
    kept = next((f for f in version.files if (f.kind, f.audience) == (kind, audience)), None) if version is not None else None
    with desk.unit() as unit:
        if kept is not None:
            return unit.attachment(kept.file.sha256)
        now = occasion(unit)
    return sheets(desk, tender, audience, now, (kind,))[kind]


def sheets(
    desk: Desk,
    tender: Tender,
    audience: Audience,
    on: Occasion,
    kinds: Iterable[PaperKind] = SHEETS,
    before: Tender | None = None,
) -> dict[PaperKind, bytes]:
    """The asked sheets of a tender, printed on one occasion. Raises StoreError leak."""
    from cirkeldesk.sheets.advice import advice_sheet
    from cirkeldesk.sheets.ods import ods
    from cirkeldesk.sheets.workbook import workbook

    found: dict[PaperKind, bytes] = {}
    advised = told(desk, tender, audience, before=before)
    refuse_leaks(desk, tender, advised)
    wanted = set(kinds)
    if "advice" in wanted:
        found["advice"] = advice_sheet(advised, print_of(desk, tender, on, f"advice/{audience}"), fonts())
    if wanted & {"workbook", "ods"}:
        found["workbook"] = workbook(advised, print_of(desk, tender, on, f"workbook/{audience}"))
    if "ods" in wanted:
        found["ods"] = ods(found["workbook"])
    return {kind: found[kind] for kind in SHEETS if kind in wanted}


def fonts() -> Path:
    return paths.resources() / "fonts"


# --- versions ------------------------------------------------------------------------------------------------------


def basis_of(desk: Desk, version: Version) -> Tender:
    """The tender a version was made from. Raises StoreError db_damaged or not_found."""
    with desk.unit() as unit:
        found = unit.document(version.basis)
    assert isinstance(found, Tender)
    return found


def current_version(desk: Desk, tender: Tender) -> Version | None:
    """The newest version while nothing it froze has changed; None without one or when it is outdated."""
    if not tender.versions:
        return None
    newest = tender.versions[-1]
    return newest if frozen(basis_of(desk, newest)) == frozen(tender) else None


def outdated_since(desk: Desk, tender: Tender) -> str | None:
    """When the newest version stopped saying what is there now (ISO); None where it still does or there is none."""
    if not tender.versions or current_version(desk, tender) is not None:
        return None
    with desk.unit() as unit:
        rows = [row for row in unit.history("tender", tender.id) if row.hash is not None]
    made = max((row.seq for row in rows if row.step == "final"), default=0)
    later = [row.time for row in rows if row.seq > made and row.step not in ("letters", "refused")]
    return later[0] if later else None


def open_flags(desk: Desk, tender: Tender) -> list[str]:
    """Titles of sections whose figures changed under a written text (UX D10)."""
    found = []
    for audience in AUDIENCES:
        for section in told(desk, tender, audience).sections:
            if section.edited and section.changes:
                found.append(section.title + (" (extern)" if audience == "external" else ""))
    return found


def finalise(desk: Desk, identity: str) -> Version:
    """*Definitief maken*: print every sheet, keep the exact files with their hashes, and freeze what they were made from.

    Raises StoreError final_flag, final_same, final_practice, final_sealed or leak; nothing is then changed.
    """
    with desk.unit() as unit:
        tender, now = unit.tender(identity), occasion(unit)
    if tender.practice_of is not None or tender.prices_sealed:
        raise StoreError("final_practice" if tender.practice_of is not None else "final_sealed")
    if current_version(desk, tender) is not None:
        raise StoreError("final_same", number=tender.versions[-1].number)
    flags = open_flags(desk, tender)
    if flags:
        raise StoreError("final_flag", section=flags[0])
    number = len(tender.versions) + 1
    before = basis_of(desk, tender.versions[-1]) if tender.versions else None
    made: list[tuple[PaperKind, Audience, bytes]] = []
    for audience in AUDIENCES:
        found = sheets(desk, tender, audience, replace(now, version=number), before=before)
        made += [(kind, audience, content) for kind, content in found.items()]
    made.append(("figures", "internal", figures_of(desk, tender)))
    with desk.unit() as unit:
        files = tuple(
            FinalFile(kind, audience, Attachment(_file_name(tender, kind, audience, number), unit.attach(content)))
            for kind, audience, content in made
        )
        version = Version(number, content_hash(tender), now.head, desk.store.author, now.time, files)
        status: Status = tender.status if tender.status in ("awarded", "stopped") else "advised"
        changed = replace(unit.tender(identity), versions=(*tender.versions, version), status=status)
        unit.commit("tender", identity, changed, "final", {"number": number})
    return version


def _file_name(tender: Tender, kind: PaperKind, audience: Audience, number: int) -> str:
    return paper.file_name(tender, terms.PAPERS[kind], SUFFIX[kind], audience, number)


def figures_of(desk: Desk, tender: Tender) -> bytes:
    """The answers of `compare` and `award` as canonical JSON: what a version must still compute to."""
    comparison, _ = comparison_of(desk, tender)
    found = award(comparison)
    return canonical(
        {"compare": answers.comparison(comparison), "award": award_answers.award(found) if found is not None else None}
    )


# --- letters and records -------------------------------------------------------------------------------------------


@cache
def calendar() -> Calendar:
    """The public holidays we ship, as data with their sources."""
    return Calendar(json.loads((paths.reference() / "calendars" / "holidays.json").read_text(encoding="utf-8")))


def decided(desk: Desk, tender: Tender) -> Award:
    """The award with its winner. Raises StoreError letters_practice or letters_no_winner."""
    if tender.practice_of is not None:
        raise StoreError("letters_practice")
    found = award(comparison_of(desk, tender)[0])
    if found is None or found.winner is None:
        raise StoreError("letters_no_winner")
    return found


def letter_papers(desk: Desk, tender: Tender, sent: date, *, draft: bool) -> dict[str, paper.Paper]:
    """The letter to each bidder by id of the bid. Raises StoreError letters_… or leak."""
    found = decided(desk, tender)
    sending = letters.Sending(file_settings(desk).organisation, sent, calendar())
    made = {bid.id: letters.letter(found, bid.id, sending, draft=draft) for bid in tender_order(found)}
    for identity, letter in made.items():
        place = f"de brief aan {name_of(tender.variant(identity))}"
        _refuse_leaks([("", text) for text in paper.texts(letter)], secrets_of(desk, tender, identity), place)
    return made


def tender_order(found: Award) -> list[BidResult]:
    """The bids in the order of the screen."""
    return [found.bid(variant.id) for variant in found.tender.bids]


def written(desk: Desk, tender: Tender, made: paper.Paper, form: Form, on: Occasion, what: str) -> bytes:
    """A paper as PDF or Word document."""
    carried = print_of(desk, tender, on, what)
    if form == "docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        return paper_docx(made, carried)
    from cirkeldesk.sheets.paper_pdf import paper_pdf

    return paper_pdf(made, carried, fonts())


def _letters(desk: Desk, tender: Tender, sent: date, on: Occasion) -> list[tuple[str, str, bytes]]:
    """(bid, file name, content) of every letter in both forms."""
    found = letter_papers(desk, tender, sent, draft=on.version is None)
    award_found = decided(desk, tender)
    made: list[tuple[str, str, bytes]] = []
    forms: tuple[Form, ...] = ("pdf", "docx")
    for identity, letter in found.items():
        what = terms.LETTERS[letters.kind_for(award_found, identity)]
        who = name_of(tender.variant(identity))
        for form in forms:
            content = written(desk, tender, letter, form, on, f"letter/{identity}/{sent.isoformat()}")
            made.append((identity, paper.file_name(tender, what, form, None, on.version, who), content))
    return made


def draft_letters(desk: Desk, identity: str, sent: date) -> dict[str, bytes]:
    """Every letter by file name, marked as a draft; nothing is kept."""
    tender = get_tender(desk, identity)
    with desk.unit() as unit:
        now = occasion(unit)
    return _unique({}, [(name, content) for _, name, content in _letters(desk, tender, sent, now)])


def make_letters(desk: Desk, identity: str, sent: date) -> dict[str, bytes]:
    """The letters that follow from the final version, kept with it; by file name."""
    with desk.unit() as unit:
        tender, now = unit.tender(identity), occasion(unit)
    decided(desk, tender)
    version = current_version(desk, tender)
    if version is None:
        if not tender.versions:
            raise StoreError("letters_no_version")
        raise StoreError("letters_outdated", number=len(tender.versions))
    made = _letters(desk, tender, sent, replace(now, version=version.number))
    found = _unique({}, [(name, content) for _, name, content in made])
    with desk.unit() as unit:
        files = tuple(
            FinalFile("letter", "external", Attachment(name, unit.attach(content)), bid)
            for (bid, _, _), (name, content) in zip(made, found.items(), strict=True)
        )
        kept = MadeLetters(version.number, sent.isoformat(), desk.store.author, now.time, files)
        unit.commit(
            "tender", identity, replace(tender, letters=(*tender.letters, kept)), "letters", {"sent_on": sent.isoformat()}
        )
    return found


def _unique(found: dict[str, bytes], made: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """By name; two bidders of one name get a number."""
    for name, content in made:
        stem, _, suffix = name.rpartition(".")
        unique, number = name, 1
        while unique.casefold() in {known.casefold() for known in found}:
            number += 1
            unique = f"{stem} ({number}).{suffix}"
        found[unique] = content
    return found


def record(desk: Desk, tender: Tender, kind: Literal["record", "opening"], form: Form) -> bytes:
    """The proces-verbaal or the opening record as it would be written now. Raises StoreError letters_…"""
    organisation = file_settings(desk).organisation
    if kind == "opening":
        if tender.opened is None:
            raise StoreError("letters_before_opening")
        made = records.opening_record(tender, organisation)
    else:
        found = award(comparison_of(desk, tender)[0])
        if found is None or tender.opened is None:
            raise StoreError("letters_before_opening")
        made = records.award_record(found, organisation)
    with desk.unit() as unit:
        now = occasion(unit)
    return written(desk, tender, made, form, now, kind)
