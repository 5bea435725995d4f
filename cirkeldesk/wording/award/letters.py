"""Letters to bidders in plain Dutch: winner, rejected, invalid, withdrawn, and of a procedure that was
stopped.

In the order of an official letter: sender, address, references, subject, decision, reasons, objection,
questions, signature. Made from the award seen by one bidder. Source: DOMAIN 9; the articles stand in `law`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import Disclosed, disclosed, name_of
from cirkeldesk.model.award.methods import parts_of, uses_mki
from cirkeldesk.model.award.readiness import others_may_object
from cirkeldesk.model.tender.award_rules import Judgement
from cirkeldesk.model.tender.publication import LetterKind
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, paper, terms
from cirkeldesk.wording.award import awarding, clauses
from cirkeldesk.wording.award.clauses import Sender, Sending, full_date
from cirkeldesk.wording.award.law import ARTICLES, decision_article, is_part_two, rule_text
from cirkeldesk.wording.award.letter_scores import (
    advantages,
    beside,
    own_findings,
    own_table,
    reasons,
    why_scores,
)
from cirkeldesk.wording.paper import (
    Block,
    Facts,
    Heading,
    Letterhead,
    Paper,
    ReferenceLine,
    Signature,
    Text,
)

__all__ = ["Sender", "Sending", "full_date", "kind_for", "letter", "typed"]


def kind_for(award: Award, variant_id: str) -> LetterKind:
    """Which letter a bid gets."""
    if award.tender.is_stopped:
        return "stopped"
    if variant_id == award.winner:
        return "winner"
    verdict = award.tender.verdicts.get(variant_id)
    return verdict if verdict in ("invalid", "withdrawn") else "rejected"


def letter(award: Award, variant_id: str, sending: Sending, *, draft: bool) -> Paper:
    """The letter to a bidder. `award` must have a winner, or the procedure be stopped."""
    kind, tender = kind_for(award, variant_id), award.tender
    if kind == "stopped":
        return stopped_letter(tender, variant_id, sending, draft=draft)
    return _made(
        tender, variant_id, sending, kind, MAKERS[kind](award, award.bid(variant_id), sending), draft=draft
    )


def stopped_letter(tender: Tender, variant_id: str, sending: Sending, *, draft: bool) -> Paper:
    """The letter of a procedure that was stopped, also before the prices were opened: it needs no award."""
    body = _stopped(tender, variant_id, sending)
    return _made(tender, variant_id, sending, "stopped", body, draft=draft)


def _made(
    tender: Tender, variant_id: str, sending: Sending, kind: LetterKind, body: list[Block], *, draft: bool
) -> Paper:
    blocks = [*_head(tender, variant_id, sending, kind), *body, *_end(tender, sending, body)]
    title = f"{terms.LETTERS[kind]} {tender.number}"
    subject = f"{terms.LETTERS[kind]} aan {name_of(tender.variant(variant_id))} over {tender.title or tender.number}"
    marks = paper.marks(tender, "external", draft=draft)
    foot = f"Ons kenmerk {_reference(tender)} · {numbers.long_date(sending.sent.isoformat())}"
    return Paper("letter", "external", title, subject, marks, tuple(blocks), foot)


def typed(award: Award, variant_id: str) -> list[tuple[str, str]]:
    """(where, text) of what people wrote that this letter says: what is searched for what is another's."""
    shown = disclosed(award, "bidder")
    found = [
        *typed_besides(award.tender, variant_id),
        *(("Motivering van scores", reason) for reason in reasons(award, variant_id)),
    ]
    return [*found, *([("Kenmerken van de winnaar", shown.characteristics)] if shown is not None else [])]


def typed_besides(tender: Tender, variant_id: str) -> list[tuple[str, str]]:
    """What a letter says that hangs on no award."""
    publication, to = tender.publication, tender.publication.addressee(variant_id)
    found = [
        ("Titel", tender.title), ("Contact", publication.contact), ("Ondertekening", publication.signed_by),
        ("Waar de vervaltermijn staat", publication.expiry_source), ("Ter attentie van", to.attention),
        ("Adres", to.address), ("Kenmerk van de inschrijver", to.reference), ("Ons kenmerk", publication.own_reference),
        ("Reden van stoppen", publication.stopped_because), ("Bewijsstukken", publication.proof),
        ("Reden om prijs en MKI te noemen", publication.disclose),
        ("Reden om prijs en MKI niet te noemen", publication.withhold),
    ]  # fmt: skip
    judged = _judgement(tender, variant_id)
    return [
        *found,
        *([("Oordeel", judged.reason), ("Oordeel", judged.article)] if judged is not None else []),
    ]


def _judgement(tender: Tender, variant_id: str) -> Judgement | None:
    """The last one: what holds."""
    found = [one for one in tender.judgements if one.variant_id == variant_id]
    return found[-1] if found else None


# --- beginning and end
# ---------------------------------------------------------------------------------------------

SUBJECTS: Mapping[LetterKind, str] = {
    "winner": "Gunningsbeslissing",
    "rejected": "Gunningsbeslissing",
    "invalid": "Uw inschrijving is ongeldig",
    "withdrawn": "Intrekking van uw inschrijving",
    "stopped": "Wij stoppen de aanbesteding",
}


def _reference(tender: Tender) -> str:
    return tender.publication.own_reference.strip() or tender.number


def _head(tender: Tender, variant_id: str, sending: Sending, kind: LetterKind) -> list[Block]:
    sender, to = sending.sender, tender.publication.addressee(variant_id)
    contact = [*sender.address.splitlines(), sender.phone, sender.email]
    window = [name_of(tender.variant(variant_id))]
    window += [f"t.a.v. {to.attention.strip()}"] if to.attention.strip() else []
    window += to.address.splitlines()
    references = [
        ("Datum", numbers.long_date(sending.sent.isoformat())),
        ("Ons kenmerk", _reference(tender)),
        ("Uw kenmerk", to.reference.strip()),
        ("Behandeld door", tender.publication.contact.strip()),
    ]
    return [
        Letterhead(sender.organisation, _lines(contact), _lines(window)),
        ReferenceLine(tuple((label, text) for label, text in references if text)),
        Heading(f"{SUBJECTS[kind]}: {tender.title or 'aanbesteding'}, {tender.number}", 1),
        Text(f"Geachte {to.attention.strip() or 'heer, mevrouw'},"),
    ]


def _lines(texts: list[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in texts if line.strip())


def _end(tender: Tender, sending: Sending, body: list[Block]) -> list[Block]:
    publication, sender = tender.publication, sending.sender
    above = sender.mandate.strip() or f"namens {sender.organisation}".strip()
    signed = publication.signed_by.strip() or publication.approved_by.strip()
    return [
        *clauses.questions(tender, sending, names_terms=clauses.names_terms(body, tender, sending)),
        Signature(f"Met vriendelijke groet,\n{above}", signed or sender.organisation),
    ]


# --- the kinds
# ------------------------------------------------------------------------------------------------


def _shown(award: Award) -> Disclosed:
    found = disclosed(award, "bidder")
    assert found is not None
    return found


def _winner(award: Award, bid: BidResult, sending: Sending) -> list[Block]:
    shown, tender = _shown(award), award.tender
    alone = shown.bids == 1
    place = (
        "Uw inschrijving is geldig. Er was geen andere inschrijving."
        if alone
        else f"Uw inschrijving staat op plaats 1 van {_bids(shown.counted)}."
    )
    table = own_table(award, bid)
    said: list[Block] = [
        Text(
            f"Dank voor uw inschrijving. Hierbij delen wij onze gunningsbeslissing mee{decision_article(tender.publication)}."
            f"{_replaces(tender, sending)}"
        ),
        Text("Wij zijn van plan de opdracht aan u te gunnen.", "lead"),
        Text(f"{place} {_acceptance(tender, sending)}"),
        *_method(award),
        *([table] if table is not None else []),
        *why_scores(award, bid.id),
        *own_findings(bid),
        *clauses.promised(award, bid),
        *clauses.to_hand_in(tender),
    ]
    if not others_may_object(tender):
        proof = " zodra de bewijsstukken kloppen" if tender.publication.proof.strip() else ""
        return [*said, Text(f"Wij kunnen de overeenkomst tekenen{proof}.")]
    return [*said, *clauses.objection(tender, sending)]


def _replaces(tender: Tender, sending: Sending) -> str:
    """That an earlier decision no longer holds."""
    earlier = [made.sent_on for made in tender.letters if made.sent_on < sending.sent.isoformat()]
    return f" Deze brief vervangt onze brief van {numbers.long_date(earlier[-1])}." if earlier else ""


def _acceptance(tender: Tender, sending: Sending) -> str:
    article = f" ({ARTICLES['acceptance'].cited})" if is_part_two(tender.publication) else ""
    text = f"Deze brief is nog geen aanvaarding van uw aanbod{article}: een overeenkomst is er pas na ondertekening."
    waits = others_may_object(tender) and clauses.terms_of(tender, sending).any
    return f"{text} Andere inschrijvers kunnen eerst nog naar de rechter." if waits else text


def _rejected(award: Award, bid: BidResult, sending: Sending) -> list[Block]:
    shown, tender = _shown(award), award.tender
    place = (
        f" Uw inschrijving is geldig en staat op plaats {bid.rank} van {_bids(shown.counted)}."
        if bid.rank is not None
        else ""
    )
    article = decision_article(tender.publication)
    return [
        Text(
            f"Dank voor uw inschrijving. Hierbij delen wij onze gunningsbeslissing mee{article}."
            f"{_replaces(tender, sending)}{place}"
        ),
        Text(f"Wij zijn van plan de opdracht te gunnen aan {shown.winner}.", "lead"),
        *_method(award),
        beside(award, bid, shown),
        *why_scores(award, bid.id),
        *own_findings(bid),
        *advantages(award, bid, shown),
        *clauses.objection(tender, sending),
    ]


def _invalid(award: Award, bid: BidResult, sending: Sending) -> list[Block]:
    """Still a bidder concerned until it is final: so also the winner, its advantages and both terms."""
    shown, tender = _shown(award), award.tender
    praise: list[Block] = [Text(shown.characteristics.strip())] if shown.characteristics.strip() else []
    return [
        Text(f"Dank voor uw inschrijving.{_replaces(tender, sending)}"),
        Text("Wij hebben uw inschrijving ongeldig verklaard. Zij doet daarom niet mee in de rangorde.", "lead"),
        *_why_invalid(tender, bid.id),
        *own_findings(bid),
        Heading("Aan wie wij gunnen"),
        Text(
            f"Wij zijn van plan de opdracht te gunnen aan {shown.winner}{decision_article(tender.publication)}. "
            f"Er {_were(shown.counted)}."
        ),
        *praise,
        *_method(award),
        *clauses.objection(tender, sending),
    ]  # fmt: skip


def _why_invalid(tender: Tender, variant_id: str) -> list[Block]:
    """What was found, and the rule by which that makes a bid invalid."""
    judged = _judgement(tender, variant_id)
    if judged is None:
        return []
    facts = [("Wat wij vaststelden", awarding.stopped(awarding.raised(judged.reason)))]
    if judged.article:
        document = tender.lock.document if tender.lock is not None else ""
        facts.append(("De regel", rule_text(judged.article, document)))
    return [Facts(tuple(facts))]


def _withdrawn(award: Award, bid: BidResult, _sending: Sending) -> list[Block]:
    when = f" op {awarding.local_day(bid.judgement.at)}" if bid.judgement is not None else ""
    said = (
        f" Daarbij noteerden wij: {awarding.stopped(bid.judgement.reason)}"
        if bid.judgement and bid.judgement.reason
        else ""
    )
    return [
        Text(
            f"U hebt laten weten dat u uw inschrijving intrekt. Wij hebben dit{when} vastgelegd.{said}",
            "lead",
        ),
        Text(
            "Uw inschrijving doet daarom niet mee in de vergelijking. Of u nog aan uw inschrijving gebonden bent, "
            "volgt uit de termijn van gestanddoening in de aanbestedingsstukken."
        ),
    ]


def _stopped(tender: Tender, variant_id: str, sending: Sending) -> list[Block]:
    """Nobody wins, so no sum and no name of another is told; who was judged invalid reads why all the
    same."""
    reason = tender.publication.stopped_because.strip()
    why: list[Block] = [Heading("Waarom"), Text(awarding.stopped(awarding.raised(reason)))] if reason else []
    invalid: list[Block] = []
    if tender.verdicts.get(variant_id) == "invalid":
        invalid = [Text("Uw inschrijving hadden wij ongeldig verklaard."), *_why_invalid(tender, variant_id)]
    return [
        Text(f"Dank voor uw inschrijving.{_replaces(tender, sending)}"),
        Text("Wij hebben besloten deze aanbesteding te stoppen. Wij gunnen de opdracht niet.", "lead"),
        *why,
        *invalid,
        *clauses.objection(tender, sending),
    ]


MAKERS: Mapping[LetterKind, Callable[[Award, BidResult, Sending], list[Block]]] = {
    "winner": _winner,
    "rejected": _rejected,
    "invalid": _invalid,
    "withdrawn": _withdrawn,
}


def _bids(count: int) -> str:
    return "1 geldige inschrijving" if count == 1 else f"{count} geldige inschrijvingen"


def _were(count: int) -> str:
    return "was 1 geldige inschrijving" if count == 1 else f"waren {count} geldige inschrijvingen"


def _method(award: Award) -> list[Block]:
    """How the published method works, in words, and where it stands. What each part is worth at most stands
    in the table; of points the formula, as nobody could redo them otherwise."""
    rules, tender = award.rules, award.tender
    where = f" ({tender.lock.document})" if tender.lock is not None and tender.lock.document else ""
    codes = parts_of(rules)
    if award.method.kind == "points":
        how = f"Wij gaven elke geldige inschrijving punten. De meeste punten winnen{where}. {awarding.formula(rules)}."
    elif not codes:
        how = f"De laagste inschrijfsom wint{where}."
    else:
        how = f"{_taken_off(codes)} De laagste uitkomst, de fictieve prijs, wint{where}."
    told = [how]
    if uses_mki(rules):
        better = "; lager is beter" if clauses.counts_mki(rules) else ""
        told.append(f"MKI is de milieuschade van het werk, in € MKI{better}.")
    told += [clauses.bounds(rules)] if clauses.bounds(rules) else []
    return [Heading("Hoe wij tot deze beslissing kwamen"), Text(" ".join(told))]


TAKEN_OFF = {
    "quality": "de waarde voor kwaliteit",
    "mki_discount": "de korting voor een lage MKI",
    "ladder": "de korting voor de CO₂-Prestatieladder",
}
ADDED = {"mki_w": "de waarde van de MKI", "costs": "de latere kosten"}


def _taken_off(codes: tuple[str, ...]) -> str:
    off = [TAKEN_OFF[code] for code in codes if code in TAKEN_OFF]
    on = [ADDED[code] for code in codes if code in ADDED]
    parts = [f"trokken wij {awarding.listed(off)} af"] if off else []
    parts += [f"telden wij {awarding.listed(on)} op"] if on else []
    start = "Van elke geldige inschrijfsom" if off else "Bij elke geldige inschrijfsom"
    if off and on:
        return f"{start} {parts[0]}, en {parts[1].replace('telden wij ', 'wij telden ')}."
    return f"{start} {parts[0]}."
