"""Records for the file: the opening of the bids and the proces-verbaal of the award. Internal: they hold
every bid.

Source: DOMAIN 9 ("papers around it") and Aanbestedingswet 2012 artikel 2.132 (what a proces-verbaal names).
What is not kept in the program is a line to fill in, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from cirkeldesk.model.award.award import INTERNAL, Award, BidResult
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, paper, sentences, terms
from cirkeldesk.wording.award import awarding, changes
from cirkeldesk.wording.award.law import ARTICLES, is_part_two
from cirkeldesk.wording.paper import Block, Facts, Heading, Items, Paper, PaperTable, Text

# What nobody filled in is a line to fill in by hand: an official record has no gaps that are explained away.
TO_FILL_IN = "_" * 34
NOT_APPLICABLE = "niet van toepassing"


def opening_record(tender: Tender, organisation: str) -> Paper:
    """The bids as they were opened: who was there, what had come in when. `tender` must be opened."""
    opened = tender.opened
    assert opened is not None
    facts = [
        *_subject(tender, organisation),
        ("Inschrijving sloot", numbers.date(tender.closes_on) if tender.closes_on else TO_FILL_IN),
        (
            "Prijzen dicht tot",
            numbers.moment(tender.sealed_until) if tender.sealed_until else "niet ingesteld",
        ),
        ("Geopend op", awarding.local_moment(opened.at)),
        ("Geopend door", opened.by),
        ("Aanwezig", opened.present or TO_FILL_IN),
    ]
    rows = [_came(tender, variant.id) for variant in tender.bids]
    blocks: list[Block] = [
        Heading("Proces-verbaal van opening", 1),
        Facts(tuple(facts)),
        Heading("Inschrijvingen"),
        PaperTable(
            ("Inschrijving", "Inschrijver", "Ontvangen", "Inschrijfsom"),
            tuple(rows),
            3,
            (0.22, 0.33, 0.22, 0.23),
        ),
        *_files(tender),
        *_layers(tender),
        *_signing(tender),
    ]
    title = f"{terms.PAPERS['opening']} {tender.number}"
    return Paper(
        "opening",
        "internal",
        title,
        f"Opening van {tender.title}",
        paper.marks(tender, "internal"),
        tuple(blocks),
    )


def _came(tender: Tender, variant_id: str) -> tuple[str, ...]:
    """A bid as it was opened; a later correction stands below."""
    originals = {variant.id: variant for variant in tender.originals}
    variant = originals.get(variant_id, tender.variant(variant_id))
    received = [
        form.received
        for form in tender.received
        if form.variant_id == variant_id and form.outcome != "refused"
    ]
    when = awarding.local_moment(received[-1]) if received else TO_FILL_IN
    price = numbers.euro(variant.price, 2) if variant.price is not None else terms.STATES["empty"]
    return variant.name, name_of(variant), when, price


def _files(tender: Tender) -> list[Block]:
    """Every form that came in, taken over or not, with the hash it is kept by."""
    lines = [
        f"{form.file.file}, ontvangen {awarding.local_moment(form.received)}: "
        f"{terms.FORM_OUTCOMES[form.outcome]}"
        + (f" ({awarding.stopped(form.reason).rstrip('.')})" if form.reason else "")
        + f". Kenmerk {form.file.sha256[:16]}."
        for form in tender.received
    ]
    return [Heading("Ontvangen formulieren"), Items(tuple(lines))] if lines else []


def award_record(award: Award, organisation: str) -> Paper:
    """The proces-verbaal of the award: what was bought, how, who took part, who was refused and why, who wins
    and why."""
    tender = award.tender
    table = awarding.ranking(award)
    mki = awarding.asks_mki(tender)
    figures = slice(3, 5 if mki else 4)
    named = ("Inschrijfsom", "MKI") if mki else ("Inschrijfsom",)
    short = ("Plaats", "Inschrijving", "Inschrijver", "Geldig?", *named, awarding.total_name(award))
    widths = (0.09, 0.16, 0.18, 0.12, 0.16, 0.11, 0.18) if mki else (0.1, 0.2, 0.22, 0.12, 0.18, 0.18)
    rows = [
        (
            row[0],
            row[1],
            name_of(tender.variant(bid.id)),
            terms.VALIDITY[bid.validity],
            *row[figures],
            row[-2],
        )
        for row, bid in zip(table.rows, award.bids, strict=True)
    ]
    blocks: list[Block] = [
        Heading("Proces-verbaal van gunning", 1),
        Text(awarding.conclusion(award), "lead"),
        Text(_whose_letters(tender), "muted"),
        PaperTable(
            ("", "Onderwerp", "Vastgelegd"), tuple(_by_letter(award, organisation)), 3, (0.07, 0.25, 0.68)
        ),
        Heading("Motivering van de methode"),
        Text(tender.award.motivation or TO_FILL_IN),
        Heading("Rangorde"),
        PaperTable(short, tuple(rows), 4, widths),
        Text(f"{awarding.formula(award.rules)}."),
        Items(tuple(f"{bid.name}: {awarding.account(award, bid)}" for bid in award.bids)),
        *_reasons(award),
        *_notes(tender),
        *_layers(tender),
        *_kept(award),
        *_warnings(award),
        *_made(tender),
        *_signing(tender),
    ]
    title = f"{terms.PAPERS['record']} {tender.number}"
    return Paper(
        "record",
        "internal",
        title,
        f"Gunning van {tender.title}",
        paper.marks(tender, "internal"),
        tuple(blocks),
    )


# Procedures in which candidates are selected first.
SELECTS = frozenset({"restricted", "negotiated", "national_restricted"})


def _by_letter(award: Award, organisation: str) -> Iterator[tuple[str, str, str]]:
    """(letter, subject, what is recorded), in the order of artikel 2.132."""
    tender, publication = award.tender, award.tender.publication
    winner = award.bid(award.winner) if award.winner is not None else None
    talks = publication.procedure in ("negotiated", "single_private")
    yield "a", "Aanbestedende dienst", organisation or TO_FILL_IN
    yield "b", "Voorwerp en waarde", _value(award, winner)
    procedure = terms.PROCEDURES[publication.procedure] if publication.procedure is not None else TO_FILL_IN
    yield "", "Procedure en methode", f"{procedure}. {awarding.method_sentence(tender.award)}"
    yield "", "Methode en uitvraag", awarding.lock_sentence(tender)
    yield "", "Regel bij gelijke stand", awarding.tie_rules_text(tender.award.tie_rules)
    selects = publication.procedure in SELECTS
    yield "c–d", "Gegadigden", TO_FILL_IN if selects else f"{NOT_APPLICABLE}: er was geen selectie"
    out = [_not_chosen(award, bid) for bid in award.bids if bid.id != award.winner]
    yield "e", "Afgewezen inschrijvers en waarom", "\n".join(out) or "geen"
    yield "f", "Inlichtingen buiten de nota van inlichtingen", _asked_later(award)
    yield "g", "Abnormaal laag", _low(award)
    yield "h", "Uitgekozen inschrijver en waarom", _chosen(award, winner)
    yield "", "Deel in onderaanneming", publication.subcontracting.strip() or TO_FILL_IN
    yield "i–j", "Reden voor dialoog of onderhandeling", TO_FILL_IN if talks else NOT_APPLICABLE
    yield "k", "Reden om niet te gunnen", publication.stopped_because.strip() or NOT_APPLICABLE
    conflicts = publication.conflicts.strip()
    yield "", "Belangenconflicten", conflicts or f"☐ geen gemeld   ☐ gemeld en opgelost: {TO_FILL_IN}"
    opened = tender.opened
    yield (
        "",
        "Opening",
        (
            f"{awarding.local_moment(opened.at)}, aanwezig: {opened.present or TO_FILL_IN}"
            if opened is not None
            else "nog niet geopend"
        ),
    )


def _whose_letters(tender: Tender) -> str:
    """Part 2 asks this record; elsewhere its letters are a form that serves."""
    cited = ARTICLES["record"].cited
    if is_part_two(tender.publication):
        return f"De letters zijn die van {cited}."
    return f"Opgebouwd naar de letters van {cited}, dat voor deze procedure niet geldt."


def _value(award: Award, winner: BidResult | None) -> str:
    tender, estimate = award.tender, award.tender.publication.estimate
    told = [f"{tender.title or 'Opdracht'}, nummer {tender.number}."]
    told.append(f"Raming, excl. btw: {numbers.euro(estimate, 2) if estimate is not None else TO_FILL_IN}.")
    if winner is not None and winner.figures.price is not None:
        told.append(f"Waarde van de opdracht: {numbers.euro(winner.figures.price, 2)}.")
    return " ".join(told)


def _not_chosen(award: Award, bid: BidResult) -> str:
    name = name_of(award.tender.variant(bid.id))
    if bid.judgement is not None and bid.validity in OUT:
        article = f" ({awarding.article_of(bid.judgement.article)})" if bid.judgement.article else ""
        day = numbers.date(bid.judgement.at)
        reason = awarding.stopped(bid.judgement.reason).rstrip(".")
        return f"{name}: {terms.VALIDITY[bid.validity]}. {reason}{article}. Besloten door {bid.judgement.person} op {day}."
    if bid.outcome is None or bid.rank is None:
        return f"{name}: {terms.VALIDITY[bid.validity]}."
    total = awarding.amount_text(award, bid.outcome.total)
    return f"{name}: {terms.VALIDITY[bid.validity]}, plaats {bid.rank}, {awarding.total_name(award).lower()} {total}."


def _chosen(award: Award, winner: BidResult | None) -> str:
    if winner is None or winner.outcome is None:
        return NOT_APPLICABLE
    least = "laagste fictieve prijs" if award.method.kind == "notional" else "meeste punten"
    least = "laagste inschrijfsom" if not awarding.has_parts(award.rules) else least
    level = [
        bid for bid in award.bids if bid.counts and bid.outcome and bid.outcome.total == winner.outcome.total
    ]
    if len(level) > 1:
        least += f", gelijk met {len(level) - 1} ander; eerst door: {awarding.tie_rules_text(award.rules.tie_rules)}"
    name, total = name_of(award.tender.variant(winner.id)), awarding.amount_text(award, winner.outcome.total)
    words = award.tender.publication.characteristics
    said = f" {words.text.strip()}" if words is not None and words.variant_id == winner.id else ""
    return f"{name}: {least}, {total}.{said}"


def _asked_later(award: Award) -> str:
    names = {bid.id: bid.name for bid in award.bids}
    told = [
        f"{names.get(answer.variant_id, '')}: {awarding.kept_sentence(answer)}"
        for answer in award.tender.kept
    ]
    return "\n".join(told) or "geen"


def _low(award: Award) -> str:
    named = [
        name_of(award.tender.variant(b.id))
        for b in award.bids
        if any(f.key == "unusually_low" for f in b.flags)
    ]
    if not named:
        return "geen inschrijving als abnormaal laag aangemerkt"
    return f"nagaan: {awarding.listed(named)} (prijs op of onder 80 % van de volgende)"


def _subject(tender: Tender, organisation: str) -> list[tuple[str, str]]:
    procedure = tender.publication.procedure
    return [
        ("Aanbestedende dienst", organisation or TO_FILL_IN),
        ("Opdracht", f"{tender.number} {tender.title}".strip()),
        ("Procedure", terms.PROCEDURES[procedure] if procedure is not None else TO_FILL_IN),
    ]


def _reasons(award: Award) -> list[Block]:
    """The scores with who gave them and why, bid by bid."""
    names = {criterion.id: criterion.name for criterion in award.rules.criteria}
    lines = []
    for bid in award.bids:
        for score in award.tender.scores:
            if score.variant_id == bid.id:
                given = (
                    score.label
                    if score.label is not None
                    else f"{numbers.as_typed(score.percent or 0)}{numbers.NBSP}%"
                )
                lines.append(
                    f"{bid.name}, {names.get(score.criterion_id, '')}: {given}, door {score.assessor}. "
                    f"{awarding.stopped(score.motivation)}"
                )
    return [Heading("Scores en motivering"), Items(tuple(lines))] if lines else []


def _notes(tender: Tender) -> list[Block]:
    lines = tuple(
        f"Nota van inlichtingen {nota.number}: {changes.nota_sentence(tender, nota)}" for nota in tender.notes
    )
    return [Heading("Nota's van inlichtingen"), Items(lines)] if lines else []


def _layers(tender: Tender) -> list[Block]:
    names = {variant.id: variant.name for variant in tender.variants}
    lines = tuple(changes.layer_sentence(tender, layer, names) for layer in tender.layers)
    return [Heading("Correcties na de opening"), Items(lines)] if lines else []


def _kept(award: Award) -> list[Block]:
    names = {bid.id: bid.name for bid in award.bids}
    lines = [
        f"{names.get(answer.variant_id, '')}: {awarding.kept_sentence(answer)}"
        for answer in award.tender.kept
    ]
    lines += awarding.draw_lines(award)
    return [Heading("Bewaarde antwoorden en lotingen"), Items(tuple(lines))] if lines else []


def _warnings(award: Award) -> list[Block]:
    found = [sentences.sentence(message) for message in award.warnings if message.key not in INTERNAL]
    found += [f"{bid.name}: {text}" for bid in award.bids for text in _eyes(bid)]
    return [Heading("Aandachtspunten"), Items(tuple(dict.fromkeys(found)))] if found else []


def _eyes(bid: BidResult) -> list[str]:
    return [sentences.sentence(message) for message in bid.flags]


def _made(tender: Tender) -> list[Block]:
    lines = [
        f"Versie {v.number} van het advies: {awarding.local_moment(v.at)}, door {v.by}. Kenmerk "
        f"{v.basis[:16]}."
        for v in tender.versions
    ]
    for made in tender.letters:
        lines.append(
            f"Brieven uit versie {made.version}, voor verzending op {numbers.date(made.sent_on)}, "
            f"gemaakt door {made.by}."
        )
    return [Heading("Adviezen en brieven"), Items(tuple(lines))] if lines else []


def _signing(tender: Tender) -> list[Block]:
    """Who made it and who decides, each with room for a hand."""
    publication = tender.publication
    signed = [
        f"{word} {name.strip() or TO_FILL_IN}\n\n\n{TO_FILL_IN}\nplaats, datum, handtekening"
        for word, name in (
            ("Opgesteld door", publication.prepared_by),
            ("Vastgesteld door", publication.approved_by),
        )
    ]
    return [Heading("Ondertekening"), Text("\n\n".join(signed))]
