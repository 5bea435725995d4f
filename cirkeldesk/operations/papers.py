"""Papers: what is printed for whom, the version that is made final, the letters that follow from it, and the records.

What goes outside is made from `disclosure.public` and `Disclosed` alone; what people typed in it is searched for what is
another bidder's before anything is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from cirkeldesk import __version__, paths
from cirkeldesk.model.award import Award, BidResult, award
from cirkeldesk.model.disclosure import Disclosed, Secret, disclosed, found_in, name_of, public, secrets
from cirkeldesk.model.document import canonical, content_hash, to_plain
from cirkeldesk.model.locks import frozen
from cirkeldesk.model.product import Attachment
from cirkeldesk.model.publication import Audience, FinalFile, MadeLetters, PaperKind, Version
from cirkeldesk.model.standstill import UNDECIDED, Calendar, is_owed
from cirkeldesk.model.tender import Status, Tender
from cirkeldesk.operations import answers, award_answers
from cirkeldesk.operations.desk import Desk, comparison_of
from cirkeldesk.operations.settings import file_settings, logo_bytes
from cirkeldesk.operations.tenders import get_tender
from cirkeldesk.sheets.page import Print
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.history import REFUSED
from cirkeldesk.store.store import Unit
from cirkeldesk.wording import advice, advice_parts, letters, paper, records, terms, versions

PRODUCER = f"{terms.PROGRAM} {__version__}"
Form = Literal["pdf", "docx"]
SHEETS: tuple[PaperKind, ...] = ("advice", "workbook", "ods")
AUDIENCES: tuple[Audience, ...] = ("internal", "external")
LAST_DAY = "2100-12-31"  # a later day is a slip of the keyboard
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
        _refuse_leaks(said_outside(found), secrets_of(desk, tender, None), "het adviesblad extern")


def said_outside(found: advice.Advice) -> list[tuple[str, str]]:
    """(where, text) of all that people wrote and an external paper may say: every text of the public tender and of the
    products it answers with, written sections, what is said of the winner, and what changed.
    """
    tender = found.tender
    texts = [(section.title, section.text) for section in found.sections if section.edited]
    texts += [("Wat is anders", text) for text in found.changed]
    texts += advice_parts.outcome_facts(tender, found.disclosed)
    plain = to_plain(replace(tender, advice=()))
    texts += [(versions.PARTS.get(name, name), text) for name, part in plain.items() for text in _texts(part)]
    used = {a.product.hash for v in tender.variants for a in v.answers if a.product is not None}
    products = [product for digest, product in found.inputs.products.items() if digest in used]
    return texts + [(f"product {product.name}", text) for product in products for text in _texts(to_plain(product))]


def _texts(plain: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def outcome(desk: Desk, tender: Tender) -> Disclosed | None:
    """What anybody may know of the award; None while there is no winner."""
    found = award(comparison_of(desk, tender)[0])
    return disclosed(found) if found is not None else None


def secrets_of(desk: Desk, tender: Tender, recipient: str | None) -> tuple[Secret, ...]:
    comparison, inputs = comparison_of(desk, tender)
    return secrets(tender, inputs.products.values(), recipient=recipient, award=award(comparison))


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


def occasion(unit: Unit) -> Occasion:
    """Now, in the office's time: a paper made at half past midnight carries that day."""
    return Occasion(unit.chain_head(), datetime.fromisoformat(unit.now()).astimezone().isoformat())


def print_of(desk: Desk, tender: Tender, on: Occasion, what: str = "") -> Print:
    """What a paper carries: organisation, logo, colour, hash of the tender, and how the file calls itself."""
    settings = file_settings(desk)
    return Print(
        on.head,
        on.time,
        PRODUCER,
        settings.organisation,
        author=settings.organisation,
        basis=content_hash(tender),
        version=on.version,
        identifier=f"{IDENTIFIER}{quote(tender.id, safe='')}/{on.version}/{quote(what)}" if on.version is not None else "",
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
    if not isinstance(found, Tender):
        raise StoreError("version_unsound")
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
    basis = frozen(basis_of(desk, tender.versions[-1]))
    since = None
    with desk.unit() as unit:
        for row in reversed(unit.history("tender", tender.id)):
            value = unit.document(row.hash) if row.hash is not None else None
            if isinstance(value, Tender) and frozen(value) == basis:
                break
            since = row.time if row.step != REFUSED else since
    return since


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
    _, inputs = comparison_of(desk, tender)
    made = {}
    for bid in tender_order(found):
        hidden = secrets(tender, inputs.products.values(), recipient=bid.id, award=found)
        _refuse_leaks(letters.typed(found, bid.id), hidden, f"de brief aan {name_of(tender.variant(bid.id))}")
        made[bid.id] = letters.letter(found, bid.id, sending, draft=draft)
    return made


def _refuse_incomplete(found: Award, version: Version, organisation: str, sent: date) -> None:
    """A letter that is sent says who sends it, why the winner is better, and which term holds. Raises StoreError."""
    publication = found.tender.publication
    if not organisation.strip():
        raise StoreError("letters_no_sender")
    if is_owed(publication, len(found.tender.bids))[1].key in UNDECIDED:
        raise StoreError("letters_standstill")
    words = publication.characteristics
    rejected = any(letters.kind_for(found, bid.id) == "rejected" for bid in found.bids)
    if rejected and (words is None or words.variant_id != found.winner or not words.text.strip()):
        raise StoreError("letters_no_words")
    if not version.at[:10] <= sent.isoformat() <= LAST_DAY:
        raise StoreError("letters_too_early")


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
            content = written(desk, tender, letter, form, on, f"letter/{identity}/{sent.isoformat()}/{len(tender.letters) + 1}")
            name = paper.file_name(tender, f"{what} {sent.isoformat()}", form, None, on.version, who)
            made.append((identity, name, content))
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
    found = decided(desk, tender)
    version = current_version(desk, tender)
    if version is None:
        if not tender.versions:
            raise StoreError("letters_no_version")
        raise StoreError("letters_outdated", number=len(tender.versions))
    _refuse_incomplete(found, version, file_settings(desk).organisation, sent)
    made = _letters(desk, tender, sent, replace(now, version=version.number))
    written_files = _unique({}, [(name, content) for _, name, content in made])
    with desk.unit() as unit:
        files = tuple(
            FinalFile("letter", "external", Attachment(name, unit.attach(content)), bid)
            for (bid, _, _), (name, content) in zip(made, written_files.items(), strict=True)
        )
        kept = MadeLetters(version.number, sent.isoformat(), desk.store.author, now.time, files)
        unit.commit(
            "tender", identity, replace(tender, letters=(*tender.letters, kept)), "letters", {"sent_on": sent.isoformat()}
        )
    return written_files


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
