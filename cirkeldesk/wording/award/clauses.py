"""The clauses of a letter that follow from dates and rules: the objection, the standstill, questions, what
the winner promised.

Each in the order and words of an official letter; the article it stands on is in `law`. The vervaltermijn is
told exactly as the documents have it and is never moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.methods import PARTS, parts_of, uses_mki
from cirkeldesk.model.award.standstill import HolidayCalendar, Standstill, expiry, term_of
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import asked, numbers, terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.law import ARTICLES, is_part_two
from cirkeldesk.wording.paper import Block, Heading, Text

OBJECTION = "Bent u het niet eens met deze beslissing?"
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True)
class Sender:
    """The authority as its letters have it."""

    organisation: str
    address: str = ""
    email: str = ""
    phone: str = ""
    court: str = ""
    complaints: str = ""
    mandate: str = ""


@dataclass(frozen=True)
class Sending:
    """Who sends a letter when: the sender, the sending day and the public holidays known."""

    sender: Sender
    sent: date
    calendar: HolidayCalendar


def full_date(day: date) -> str:
    """ "maandag 14 december 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {numbers.long_date(day.isoformat())}"


def _short_date(day: date) -> str:
    """ "14 december 2026"."""
    return numbers.long_date(day.isoformat())


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def where_expiry(publication: Publication) -> str:
    source = publication.expiry_source.strip()
    return f", {source}" if source else ""


def bounds(rules: AwardRules) -> str:
    """Between which MKI the discount or the points run, and above which a bid does not count."""
    told = []
    if {"mki_discount", "mki_points"} & set(parts_of(rules)) and None not in (rules.lower, rules.upper):
        low, high = (numbers.in_sentence(value or 0) for value in (rules.lower, rules.upper))
        what = "korting" if "mki_discount" in parts_of(rules) else "punten voor MKI"
        told.append(
            f"Onder een MKI van {high} begint de {what}; bij {low} of lager is zij het hoogst."
            if what == "korting"
            else f"Onder een MKI van {high} beginnen de {what}; bij {low} of lager zijn zij het hoogst."
        )
    if "mki_w" in parts_of(rules) and rules.factor is not None:
        negative = f" ({terms.NEGATIVE_MKI[rules.negative_mki]})" if rules.negative_mki is not None else ""
        told.append(f"Elke € MKI telt voor € {numbers.in_sentence(rules.factor)}{negative}.")
    if rules.ceiling is not None:
        told.append(
            f"Het MKI-plafond is €{numbers.NBSP}{numbers.in_sentence(rules.ceiling)}{numbers.NBSP}MKI."
        )
    return " ".join([*told, *_price_bounds(rules)])


def _price_bounds(rules: AwardRules) -> list[str]:
    """The figures that the formula of the price or of later costs takes besides the bid's own."""
    told = []
    if None not in (rules.price_low, rules.price_high) and rules.method == "weighted":
        low, high = (numbers.in_sentence(value or 0) for value in (rules.price_low, rules.price_high))
        told.append(f"De grenzen voor de prijs zijn € {low} en € {high}.")
    if rules.method == "logarithmic" and rules.log_base is not None:
        told.append(f"A is {numbers.in_sentence(rules.log_base)}.")
    if "costs" in parts_of(rules) and rules.rate is not None:
        told.append(
            f"De rente is {numbers.in_sentence(rules.rate)} % per jaar; de kosten tellen {rules.horizon} jaar mee."
        )
    return told


# --- the objection
# --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """Both terms of a letter: until when nothing is signed, and until when one may go to court."""

    standstill: Standstill | None
    expiry: date | None

    @property
    def any(self) -> bool:
        return self.standstill is not None or self.expiry is not None


def terms_of(tender: Tender, sending: Sending) -> Terms:
    """Nothing is signed after a stop, so nothing waits; who may go to court may do so all the same."""
    still = term_of(tender.publication, len(tender.bids), sending.sent, sending.calendar)
    return Terms(None if tender.is_stopped else still, expiry(tender.publication, sending.sent))


def names_terms(body: list[Block], tender: Tender, sending: Sending) -> bool:
    """Whether the body has the paragraph of the objection with a day in it."""
    objects = any(isinstance(block, Heading) and block.text == OBJECTION for block in body)
    return objects and terms_of(tender, sending).any


def objection(tender: Tender, sending: Sending) -> list[Block]:
    """How one goes to court, until when, and until when nothing is signed: one paragraph, both dates."""
    publication, found = tender.publication, terms_of(tender, sending)
    said = [_to_court(publication, sending.sender, found.expiry)]
    if found.standstill is not None:
        said += _standstill(publication, found.standstill, found.expiry)
    elif not tender.is_stopped and publication.standstill_promised == "yes":
        said.append("In de opschortende termijn die de stukken beloven, tekenen wij de overeenkomst niet.")
    return [Heading(OBJECTION), Text(" ".join(said))]


def _to_court(publication: Publication, sender: Sender, last: date | None) -> str:
    """The act that is in time: a writ served on the authority at its own seat."""
    court = f" bij de voorzieningenrechter van de {sender.court.strip()}" if sender.court.strip() else ""
    seat = ", ".join(line.strip() for line in sender.address.splitlines() if line.strip())
    ours = ", ".join(filter(None, (sender.organisation, seat)))
    how = f" Dat doet u door een deurwaarder een dagvaarding te laten betekenen aan ons{f': {ours}' if seat else ''}."
    copy = f" Stuur ons direct een kopie{f' via {sender.email.strip()}' if sender.email.strip() else ''}."
    if last is None:
        return (
            f"Dan kunt u een kort geding beginnen{court}.{how}{copy} Tot wanneer dat kan, staat in de "
            f"aanbestedingsstukken{where_expiry(publication)}."
        )
    return (
        f"Begin dan uiterlijk {full_date(last)} een kort geding{court}.{how}{copy} Bent u te laat, dan kunt u "
        f"tegen deze beslissing niet meer opkomen (vervaltermijn{where_expiry(publication)})."
    )


def _standstill(publication: Publication, still: Standstill, last: date | None) -> list[str]:
    said = []
    if last is not None and last != still.last:
        said.append(
            f"Let op: dit zijn twee termijnen. U moet uiterlijk {full_date(last)} naar de rechter. Wij "
            f"tekenen pas vanaf {full_date(still.sign_from)}."
        )
    else:
        said.append(f"Wij tekenen de overeenkomst niet vóór {full_date(still.sign_from)}.")
    why = (
        f" ({ARTICLES['standstill'].cited})"
        if is_part_two(publication)
        else ", zoals in de stukken is beloofd"
    )
    said.append(
        f"Tot dan loopt de opschortende termijn: {_days(publication, still)}, van {_short_date(_next(still.sent))} tot "
        f"en met {_short_date(still.last)}{why}."
    )
    if still.moved:
        said.append(_moved(still))
    if is_part_two(publication):
        said.append(
            "Begint iemand in die tijd een kort geding, dan wachten wij op de uitspraak "
            f"({ARTICLES['suspension'].cited})."
        )
    return said


def _days(publication: Publication, still: Standstill) -> str:
    """By the act at least twenty; as promised, as many as the documents say."""
    if is_part_two(publication):
        return "ten minste 20 kalenderdagen"
    return f"{(still.last - still.sent).days} kalenderdagen"


def _moved(still: Standstill) -> str:
    days = "; ".join(f"{full_date(day)} ({name}, {source})" for day, name, source in still.moved)
    return f"De twintigste dag is {full_date(still.counted)}. De termijn loopt door, want hij eindigt niet op: {days}."


def standstill_text(found: Standstill) -> str:
    """The opschortende termijn in sentences, with each day it moved past: what the window shows."""
    text = (
        f"Opschortende termijn: deze begint op {full_date(_next(found.sent))}, de dag na verzending, en duurt "
        f"20 dagen. De laatste dag is {full_date(found.last)}. "
    )
    if found.moved:
        text += f"{_moved(found)} "
    text += f"Wij tekenen de overeenkomst niet eerder dan {full_date(found.sign_from)}."
    if not found.known:
        text += " Voor dit jaar kennen wij nog niet alle gelijkgestelde dagen (artikel 3 lid 3 Algemene termijnenwet). Kijk dit na."
    return text


def expiry_text(tender: Tender, sent: date) -> str:
    """The vervaltermijn as the documents say it: what the window shows."""
    last, publication = expiry(tender.publication, sent), tender.publication
    where = where_expiry(publication)
    if last is None:
        return f"Vervaltermijn: kijk in de aanbestedingsstukken{where} tot wanneer iemand naar de rechter kan gaan."
    counted = f", {publication.expiry_days} dagen na de verzending" if publication.expiry_date is None else ""
    return f"Vervaltermijn: de laatste dag is {full_date(last)}{counted}. Zo staat het in de aanbestedingsstukken{where}."


# --- questions and the end
# --------------------------------------------------------------------------------


def questions(tender: Tender, sending: Sending, *, names_terms: bool) -> list[Block]:
    """A talk and a complaint are offered, and lengthen no term where the letter names one."""
    contact, sender = tender.publication.contact.strip(), sending.sender
    who = ", ".join(filter(None, (contact, sender.phone.strip())))
    asked_ = (
        f"Wij lichten onze keuze graag toe in een gesprek: {who}."
        if who
        else "Wij lichten onze keuze graag toe. Stel uw vraag via de berichten van deze aanbesteding."
    )
    complaint = (
        f" Een klacht over de procedure stuurt u naar {sender.complaints.strip()}."
        if sender.complaints.strip()
        else ""
    )
    or_ = "Een gesprek of een klacht" if complaint else "Een gesprek"
    longer = f" {or_} verlengt de termijnen in deze brief niet." if names_terms else ""
    return [
        Heading("Vragen of een klacht" if complaint else "Vragen"),
        Text(f"{asked_}{complaint}{longer}"),
    ]


# --- the winner
# ---------------------------------------------------------------------------------------


def to_hand_in(tender: Tender) -> list[Block]:
    """What the winner hands in, by when."""
    proof, by = tender.publication.proof.strip(), tender.publication.proof_by
    if not proof:
        return []
    day = f" uiterlijk {full_date(date.fromisoformat(by))}" if by else ""
    return [Heading("Wat wij van u nodig hebben"), Text(f"Stuur ons{day}: {awarding.stopped(proof)}")]


def counts_mki(rules: AwardRules) -> bool:
    """Whether a lower MKI does better; under a ceiling alone it only has to stay below."""
    return any(PARTS[code].by_mki for code in parts_of(rules))


def promised(award: Award, bid: BidResult) -> list[Block]:
    """The offered MKI becomes a requirement of the contract, with its penalty (DOMAIN 7)."""
    if not uses_mki(award.rules) or bid.figures.mki is None or award.rules.own_sum is not None:
        return []
    tender, rules = award.tender, award.rules
    told = numbers.euro(bid.figures.mki, tender.ask.mki_decimals)
    text = (
        f"Bij de hoeveelheden van uw inschrijving is de MKI van het werk na oplevering hoogstens "
        f"{told}{numbers.NBSP}MKI (levensfasen {asked.judged(tender.ask)}, weegset {tender.ask.set_code}). "
        "Dit wordt een eis van de overeenkomst."
    )
    if award.method.kind == "notional" and counts_mki(rules):
        text += (
            f" Haalt u de belofte niet, dan geldt de boete uit de stukken: {numbers.as_typed(rules.penalty_factor)}"
            " keer het voordeel dat u ten onrechte kreeg."
        )
    return [Heading("Wat u hebt beloofd"), Text(text)]
