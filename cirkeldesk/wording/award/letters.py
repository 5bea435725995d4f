"""Letters to bidders in plain Dutch: winner, rejected, invalid, withdrawn, each with both dates and the rule
they follow.

A letter is made from the award seen by one bidder: own scores with their reasons, and of the winner what
`Disclosed` holds. Source: DOMAIN 9; Aanbestedingswet 2012 artikel 2.127 (opschortende termijn), 2.129 (no
acceptance) and 2.130 (relevant reasons).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import Disclosed, disclosed, name_of
from cirkeldesk.model.award.inference import reveals_lowest_price
from cirkeldesk.model.award.methods import Part, uses_mki
from cirkeldesk.model.award.standstill import HolidayCalendar, Standstill, expiry, is_owed, standstill
from cirkeldesk.model.tender.publication import LetterKind
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, paper, sentences, terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.paper import Block, Heading, Items, Paper, PaperTable, Text

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
UNSAID = "wordt niet genoemd"
RELATIONS: Mapping[int, str] = {1: "gunstiger dan bij u", 0: "gelijk", -1: "minder gunstig dan bij u"}


@dataclass(frozen=True)
class Sending:
    """Who sends a letter when: the organisation, the sending day and the public holidays known."""

    organisation: str
    sent: date
    calendar: HolidayCalendar


def kind_for(award: Award, variant_id: str) -> LetterKind:
    """Which letter a bid gets."""
    if variant_id == award.winner:
        return "winner"
    verdict = award.tender.verdicts.get(variant_id)
    return verdict if verdict in ("invalid", "withdrawn") else "rejected"


def letter(award: Award, variant_id: str, sending: Sending, *, draft: bool) -> Paper:
    """The letter to a bidder. `award` must have a winner."""
    kind = kind_for(award, variant_id)
    tender, bid, shown = award.tender, award.bid(variant_id), disclosed(award)
    assert shown is not None
    makers = {"winner": _winner, "rejected": _rejected, "invalid": _invalid, "withdrawn": _withdrawn}
    blocks = [*_head(tender, variant_id, sending, kind), *makers[kind](award, bid, shown)]
    if kind != "withdrawn":
        blocks += _dates(tender, sending)
    blocks += _foot(tender, sending)
    title = f"{terms.LETTERS[kind]} {tender.number}"
    subject = f"{terms.LETTERS[kind]} aan {name_of(tender.variant(variant_id))} over {tender.title or tender.number}"
    return Paper(
        "letter", "external", title, subject, paper.marks(tender, "external", draft=draft), tuple(blocks)
    )


def typed(award: Award, variant_id: str) -> list[tuple[str, str]]:
    """(where, text) of what people wrote that this letter says: what is searched for what is another's."""
    tender, publication = award.tender, award.tender.publication
    judged = award.bid(variant_id).judgement
    found = [
        ("Titel", tender.title),
        ("Contact", publication.contact),
        ("Waar de vervaltermijn staat", publication.expiry_source),
    ]
    found += [("Motivering van scores", reason) for reason in _reasons(award, variant_id)]
    if judged is not None:
        found += [("Oordeel", judged.reason), ("Oordeel", judged.article)]
    shown = disclosed(award)
    if shown is not None:
        found += [
            ("Kenmerken van de winnaar", shown.characteristics),
            ("Reden om prijs en MKI te noemen", shown.reason),
        ]
    return found


# --- beginning and end
# ---------------------------------------------------------------------------------------------

ABOUT: Mapping[LetterKind, str] = {
    "winner": "Wij willen de opdracht aan u gunnen",
    "rejected": "Wij gunnen de opdracht niet aan u",
    "invalid": "Uw inschrijving is ongeldig",
    "withdrawn": "U hebt uw inschrijving ingetrokken",
}


def _head(tender: Tender, variant_id: str, sending: Sending, kind: LetterKind) -> list[Block]:
    lines = [
        sending.organisation,
        f"Datum: {full_date(sending.sent)}",
        f"Aan: {name_of(tender.variant(variant_id))}",
    ]
    about = f"Over: {tender.title or 'aanbesteding'}, nummer {tender.number}"
    return [
        Heading(ABOUT[kind], 1),
        Text("\n".join([line for line in (*lines, about) if line])),
        Text("Geachte heer, mevrouw,"),
    ]


def _foot(tender: Tender, sending: Sending) -> list[Block]:
    contact = tender.publication.contact.strip()
    asked = (
        f"Hebt u vragen? Neem dan contact op met {contact}."
        if contact
        else "Hebt u vragen? Stel ze via de berichten van deze aanbesteding."
    )
    return [
        Heading("Vragen"),
        Text(asked),
        Text("\n".join(["Met vriendelijke groet,", *filter(None, (sending.organisation, contact))])),
    ]


def full_date(day: date) -> str:
    """ "maandag 14 december 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {numbers.long_date(day.isoformat())}"


def _dates(tender: Tender, sending: Sending) -> list[Block]:
    """Both dates, each with the rule it follows."""
    owed, why = is_owed(tender.publication, len(tender.bids))
    blocks: list[Block] = [Heading("Termijnen")]
    if owed is not False:
        blocks.append(Text(standstill_text(standstill(sending.sent, sending.calendar))))
    blocks.append(Text(sentences.sentence(why)))
    return [*blocks, Text(expiry_text(tender, sending.sent))]


def standstill_text(found: Standstill) -> str:
    """The opschortende termijn in sentences, with each day it moved past."""
    text = (
        f"Opschortende termijn: deze begint op {full_date(_next(found.sent))}, de dag na verzending, en "
        f"duurt 20 dagen. "
        f"De laatste dag is {full_date(found.last)}. "
    )
    if found.moved:
        days = "; ".join(f"{full_date(day)} ({name}, {source})" for day, name, source in found.moved)
        text += f"De twintigste dag is {full_date(found.counted)}. De termijn loopt door, want hij eindigt niet op: {days}. "
    text += f"Wij tekenen de overeenkomst niet eerder dan {full_date(found.sign_from)}."
    if not found.known:
        text += " Voor dit jaar kennen wij nog niet alle gelijkgestelde dagen (artikel 3 lid 3 Algemene termijnenwet). Kijk dit na."
    return text


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def expiry_text(tender: Tender, sent: date) -> str:
    """The vervaltermijn as the documents say it."""
    last, publication = expiry(tender.publication, sent), tender.publication
    where = f" ({publication.expiry_source.strip()})" if publication.expiry_source.strip() else ""
    if last is None:
        return (
            f"Vervaltermijn: kijk in de aanbestedingsstukken{where} tot wanneer u naar de rechter kunt gaan."
        )
    counted = (
        f", {publication.expiry_days} dagen na de verzending van deze brief"
        if publication.expiry_date is None
        else ""
    )
    return (
        f"Vervaltermijn: bent u het niet eens met dit besluit? Begin dan uiterlijk op {full_date(last)} "
        f"een kort geding{counted}. "
        f"Zo staat het in de aanbestedingsstukken{where}. Bent u later, dan vervalt dit recht."
    )


# --- the four kinds
# ------------------------------------------------------------------------------------------------


def _winner(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    return [
        Text(
            f"Dank voor uw inschrijving. Volgens de methode uit de aanbestedingsstukken staat uw "
            f"inschrijving op plaats 1 van "
            f"{_bids(shown.counted)}. Wij willen de opdracht daarom aan u gunnen.",
            "lead",
        ),
        Text(
            "Deze brief is nog geen aanvaarding van uw aanbod (artikel 2.129 Aanbestedingswet 2012). "
            "Een overeenkomst is er pas na "
            "ondertekening."
            + (" Andere inschrijvers kunnen eerst nog naar de rechter." if shown.bids > 1 else "")
        ),
        *_method(award),
        *_own_scores(award, bid),
        *_own_findings(bid),
    ]


def _rejected(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    place = (
        f" Uw inschrijving staat op plaats {bid.rank} van {_bids(shown.counted)}."
        if bid.rank is not None
        else ""
    )
    return [
        Text(f"Dank voor uw inschrijving. Wij willen de opdracht gunnen aan {shown.winner}.{place}", "lead"),
        *_method(award),
        Heading("Uw inschrijving en die van de winnaar"),
        _beside(award, bid, shown),
        *_why_scores(award, bid.id),
        *_own_findings(bid),
        Heading(f"Waarom {shown.winner}"),
        *([Text(shown.characteristics.strip())] if shown.characteristics.strip() else []),
        *_advantages(award, bid, shown),
        *_level(award, bid),
        *_disclosed(award, shown),
    ]


def _invalid(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    judged = bid.judgement
    reason = judged.reason if judged is not None else ""
    article = (
        f" De regel staat in {awarding.article_of(judged.article)} van de aanbestedingsstukken."
        if judged is not None and judged.article
        else ""
    )
    return [
        Text(
            "Dank voor uw inschrijving. Wij hebben uw inschrijving ongeldig verklaard. Zij doet daarom "
            "niet mee in de vergelijking.",
            "lead",
        ),
        Heading("Waarom uw inschrijving ongeldig is"),
        Text(f"{awarding.stopped(awarding.raised(reason))}{article}"),
        *_own_findings(bid),
        Heading("Het besluit"),
        Text(f"Wij willen de opdracht gunnen aan {shown.winner}. Er {_were(shown.counted)}."),
        *_method(award),
    ]


def _withdrawn(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    when = f" op {numbers.long_date(bid.judgement.at)}" if bid.judgement is not None else ""
    return [
        Text(f"U hebt laten weten dat u uw inschrijving intrekt. Wij hebben dit{when} vastgelegd.", "lead"),
        Text("Uw inschrijving doet daarom niet mee in de vergelijking."),
    ]


def _bids(count: int) -> str:
    return "1 geldige inschrijving" if count == 1 else f"{count} geldige inschrijvingen"


def _were(count: int) -> str:
    return "was 1 geldige inschrijving" if count == 1 else f"waren {count} geldige inschrijvingen"


# --- scores
# --------------------------------------------------------------------------------------------------------


# What the comparison found of the basis of a bid's figures, told to that bidder: of the others nothing.
OWN_FINDINGS: Mapping[str, str] = {
    "other_set": "De MKI gebruikt weegset {has}; gevraagd is {asked}.",
    "set_unknown": "De weegset van de MKI is niet genoemd.",
    "modules_unknown": "Niet genoemd is welke levensfasen in de MKI zitten.",
    "scope_ambiguous": "Niet genoemd is of levensfase D in de MKI zit.",
    "fewer_modules": "In de MKI ontbreekt levensfase {modules}.",
    "wider_total": "In de MKI zit ook levensfase {modules}, niet uitgesplitst.",
    "total_is_no_life": "De MKI is gelijk aan A1-A3 + D van de milieuverklaring; levensfase {modules} ontbreekt.",
    "replacement_unknown": "Niet genoemd is of vervanging in de MKI zit.",
    "replacement_not_asked": "In de MKI zit vervanging; gevraagd is een MKI zonder.",
    "work_and_posts": "Er is een MKI voor het hele werk en een andere MKI per post opgegeven.",
    "work_beside_posts": "Er is een MKI voor het hele werk en een MKI per post opgegeven.",
    "other_rules": "De MKI volgt “{has}”; gevraagd is “{asked}”.",
    "equivalent_rules": "De MKI volgt “{has}”. Uw bewijs dat dit gelijkwaardig is, is aanvaard.",
    "differing_rules": "De MKI volgt “{has}”. De inschrijvingen volgen niet dezelfde rekenregels.",
    "unknown_rules": "De rekenregels van de MKI zijn niet genoemd.",
    "orienting_among_others": "De MKI volgt alleen EN 15804. Zij is niet te vergelijken met een MKI volgens de "
    "Nederlandse rekenregels.",
    "other_background": "De MKI gebruikt achtergronddatabase “{has}”; gevraagd is “{asked}”.",
    "unknown_background": "De achtergronddatabase van de MKI is niet genoemd.",
    "unknown_method": "De versie van de rekenwijze (EF) van de MKI is niet genoemd.",
    "other_tool": "De MKI is gemaakt met “{has}”; toegestaan is: {asked}.",
    "unknown_tool": "Het rekeninstrument van de MKI is niet genoemd.",
    "unknown_category": "De datacategorie van de MKI is niet genoemd.",
    "category_unknown": "De toeslag zit niet in de MKI en de datacategorie is niet genoemd.",
    "category_not_allowed": "Datacategorie {category} is in deze aanbesteding niet toegestaan.",
    "evidence_expired": "De onderbouwing van de MKI was verlopen op de peildatum.",
    "declaration_expired": "De milieuverklaring van {product} was verlopen op de peildatum.",
    "validity_unknown": "Niet genoemd is tot wanneer de onderbouwing van de MKI geldt.",
}


def _own_findings(bid: BidResult) -> list[Block]:
    """What was found of the basis of the bidder's own MKI; no other bidder is named or shown by it."""
    told = [
        sentences.filled(OWN_FINDINGS[message.key], message)
        for message in bid.findings
        if message.key in OWN_FINDINGS
    ]
    return [Heading("Wat wij vaststelden over uw MKI", 3), Items(tuple(told))] if told else []


def _method(award: Award) -> list[Block]:
    how = (
        "een fictieve prijs uit. De laagste wint."
        if award.method.kind == "notional"
        else "punten uit. De meeste punten winnen."
    )
    mki = (
        " De MKI is een bedrag voor de milieuschade van het werk. Lager is beter."
        if uses_mki(award.rules)
        else ""
    )
    text = f"Wij rekenen voor elke inschrijving {how}{mki} {awarding.method_sentence(award.rules)}"
    return [Heading("Hoe wij hebben gekozen"), Text(text), Text(f"{awarding.formula(award.rules)}.")]


def _own_scores(award: Award, bid: BidResult) -> list[Block]:
    """Own figures and scores with the reasons of those who judged, without their names. Of a bid that takes
    no part no sum is made; what it offered and how it was judged is told all the same."""
    decimals = award.tender.ask.mki_decimals
    rows = [("Inschrijfsom", numbers.euro(bid.figures.price, 2))] if bid.figures.price is not None else []
    if bid.figures.mki is not None:
        rows.append(("MKI", numbers.number(bid.figures.mki, decimals)))
    if bid.outcome is not None:
        rows += [(awarding.part_name(award, part), _own_part(award, part)) for part in bid.outcome.parts]
        rows.append((awarding.total_name(award), awarding.amount_text(award, bid.outcome.total)))
    if not rows:
        return []
    table = PaperTable(("Onderdeel", "Bij u"), tuple(rows), 1, (0.6, 0.4))
    return [Heading("Uw inschrijving"), table, *_why_scores(award, bid.id)]


def _why_scores(award: Award, variant_id: str) -> list[Block]:
    reasons = _reasons(award, variant_id)
    return [Heading("Waarom u deze scores krijgt", 3), Items(tuple(reasons))] if reasons else []


def _own_part(award: Award, part: Part) -> str:
    amount = awarding.amount_text(award, part.amount, sign=award.method.kind == "notional")
    return (
        f"{awarding.share_text(part.share)}, {amount}"
        if part.code == "quality" and part.share is not None
        else amount
    )


def _reasons(award: Award, variant_id: str) -> list[str]:
    """Per criterion what was given and why."""
    names = {criterion.id: criterion.name for criterion in award.rules.criteria}
    given = [
        score for score in award.tender.scores if score.variant_id == variant_id and score.motivation.strip()
    ]
    return [
        f"{names.get(s.criterion_id, '')}: {awarding.stopped(awarding.raised(s.motivation.strip()))}"
        for s in given
    ]


def _beside(award: Award, bid: BidResult, shown: Disclosed) -> PaperTable:
    """Own scores beside the winner's: a score of quality in full, what gives away price or MKI as higher or
    lower."""
    winner = award.bid(award.winner or "")
    price, mki = bid.figures.price, bid.figures.mki
    rows = []
    if price is not None:
        named = (
            numbers.euro(shown.price, 2)
            if shown.price is not None
            else _compared(winner.figures.price, price)
        )
        rows.append(("Inschrijfsom", numbers.euro(price, 2), named))
    if mki is not None and uses_mki(award.rules):
        decimals = award.tender.ask.mki_decimals
        named = (
            numbers.number(shown.mki, decimals)
            if shown.mki is not None
            else _compared(winner.figures.mki, mki)
        )
        rows.append(("MKI", numbers.number(mki, decimals), named))
    own = {
        (part.code, part.criterion): part for part in (bid.outcome.parts if bid.outcome is not None else ())
    }
    for part in winner.outcome.parts if winner.outcome is not None else ():
        mine = own.get((part.code, part.criterion))
        theirs = _theirs(award, part, mine)
        rows.append(
            (awarding.part_name(award, part), _own_part(award, mine) if mine is not None else "–", theirs)
        )
    if bid.outcome is not None and winner.outcome is not None:
        total = awarding.amount_text(award, bid.outcome.total)
        rows.append((awarding.total_name(award), total, _compared(winner.outcome.total, bid.outcome.total)))
    return PaperTable(("Onderdeel", "Bij u", "Bij de winnaar"), tuple(rows), 1, (0.34, 0.33, 0.33))


def _compared(theirs: Decimal | None, mine: Decimal) -> str:
    """In words only: the figure itself is the winner's."""
    if theirs is None:
        return UNSAID
    return (
        "lager dan de uwe" if theirs < mine else "hoger dan de uwe" if theirs > mine else "gelijk aan de uwe"
    )


def _theirs(award: Award, part: Part, mine: Part | None) -> str:
    if part.code == "quality":
        return _own_part(award, part)
    if mine is None:
        return UNSAID
    return RELATIONS[_better(award, part, mine)]


def _better(award: Award, part: Part, mine: Part) -> int:
    """1 where the winner earns more by this part: a lower amount in a notional price, a higher one in
    points."""
    difference = part.amount - mine.amount if award.method.kind == "points" else mine.amount - part.amount
    return (difference > 0) - (difference < 0)


def _advantages(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    """Relative advantages of the winner in words, criterion by criterion."""
    if bid.outcome is None:
        return []
    own = {part.criterion: part.share for part in bid.outcome.parts if part.code == "quality"}
    names = {criterion.id: criterion.name for criterion in award.rules.criteria}
    lines = []
    for criterion, share in shown.scores:
        mine = own.get(criterion)
        if mine is not None and share != mine:
            word = "hoger" if share > mine else "lager"
            lines.append(
                f"{names[criterion]}: {shown.winner} scoort {awarding.share_text(share)}, {word} dan uw "
                f"{_share(mine)}."
            )
    return [Items(tuple(lines))] if lines else []


def _level(award: Award, bid: BidResult) -> list[Block]:
    """Why a bid with the same total did not win: the published tie rules, and the lottery where one was
    held."""
    winner = award.bid(award.winner or "")
    if bid.outcome is None or winner.outcome is None or bid.outcome.total != winner.outcome.total:
        return []
    lines = [
        f"Beide inschrijvingen staan gelijk. De stukken zeggen dan: "
        f"{awarding.tie_rules_text(award.rules.tie_rules)}."
    ]
    drawn = [draw for draw in award.tender.draws if {bid.id, winner.id} <= set(draw.order)]
    lines += [f"De loting was op {numbers.date(drawn[-1].at)}."] if drawn else []
    return [Text(" ".join(lines))]


def _share(share: Fraction | None) -> str:
    return awarding.share_text(share or Fraction(0))


def _disclosed(award: Award, shown: Disclosed) -> list[Block]:
    if not shown.reason:
        if reveals_lowest_price(award.rules):  # own points and the formula tell the lowest sum: no such claim
            return [Text("De prijs en de MKI van de winnaar noemen wij niet in deze brief.")]
        return [Text("De prijs en de MKI van de winnaar zijn bedrijfsgegevens. Wij noemen ze niet.")]
    return [
        Text(
            f"{disclosed_sentence(award.tender, shown)} Wij noemen deze cijfers omdat: "
            f"{awarding.stopped(shown.reason)}"
        )
    ]


def disclosed_sentence(tender: Tender, shown: Disclosed) -> str:
    """ "De inschrijfsom van X is € 1.000.000,00 en de MKI is 37.041.", where it may be said."""
    parts = (
        [f"de inschrijfsom van {shown.winner} is {numbers.euro(shown.price, 2)}"]
        if shown.price is not None
        else []
    )
    parts += (
        [f"de MKI is {numbers.number(shown.mki, tender.ask.mki_decimals)}"] if shown.mki is not None else []
    )
    return awarding.raised(f"{' en '.join(parts)}.") if parts else ""
