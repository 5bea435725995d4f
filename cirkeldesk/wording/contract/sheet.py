"""The contract sheet: what was promised, what came, what is proven and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cirkeldesk.model.contract.contract import Contract, Delivery
from cirkeldesk.model.fulfilment.consequence import Consequence
from cirkeldesk.model.fulfilment.promises import Promise, edition
from cirkeldesk.model.fulfilment.proof import Proof
from cirkeldesk.model.messages import Message
from cirkeldesk.model.passport.evidence import PassportEvidence
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, paper, sentences, terms
from cirkeldesk.wording.contract import words

NONE = "onbekend"


@dataclass(frozen=True)
class SheetAbout:
    """What the sheet is made of."""

    contract: Contract
    tender: Tender
    promises: Sequence[Promise]
    proof: Proof
    consequence: Consequence
    open: Sequence[Message]
    products: Sequence[str]  # of each delivery, in order
    rates: Mapping[str, float]  # € MKI per unit that was delivered, by the id of the delivery
    reference: float | None  # € MKI of the nulvariant, where there is one
    evidence: PassportEvidence = PassportEvidence((), ())  # the passports of the work


def title(about: SheetAbout) -> str:
    return f"Contractblad {about.tender.number} {about.tender.title}".strip()


def answer(proof: Proof) -> str:
    """The answer in one sentence: kept, not kept, or what is still open."""
    if proof.promised is None:
        return "De belofte is niet in één getal te zeggen."
    promised = f"{numbers.number(proof.promised, 0)} € MKI"
    if not proof.delivered:
        return f"Beloofd is {promised}. Er is nog niets geleverd en geaccepteerd."
    if proof.at_bid is None:
        return f"Beloofd is {promised}. Bewezen is nog niet te zeggen."
    proven = f"{numbers.number(proof.at_bid, 0)} € MKI"
    if proof.at_bid <= proof.promised:
        return f"Beloofd is {promised}, bewezen {proven}: de belofte is tot nu toe nagekomen."
    more = numbers.number(proof.at_bid - proof.promised, 0)
    return f"Beloofd is {promised}, bewezen {proven}: {more} € MKI te hoog."


def promise_table(about: SheetAbout) -> paper.PaperTable:
    header = ("Belofte", "Waarde", "Waar beloofd", "Bewijs uiterlijk")
    names = {post.id: post.name for post in about.tender.posts}
    rows = tuple(
        (
            " · ".join(filter(None, (words.INDICATORS[one.indicator], names.get(one.post or "", "")))),
            words.value(one),
            words.source(one, about.tender),
            numbers.date(one.due) if one.due else "niet afgesproken",
        )
        for one in about.promises
    )
    return paper.PaperTable(header, rows, 4, (0.28, 0.26, 0.28, 0.18))


def delivery_table(about: SheetAbout) -> paper.PaperTable:
    header = ("Tot en met", "Post", "Product", "Bewijs", "Oordeel", "Hoeveelheid", "€ MKI per eenheid")
    names = {post.id: post.name for post in about.tender.posts}
    standing = {one.id for one in about.contract.standing}
    rows = tuple(
        (
            numbers.date(one.date),
            names.get(one.post, one.post),
            product or NONE,
            one.evidence or "geen",
            judged(one) if one.id in standing else "verbeterd",
            words.quantity(one),
            numbers.number(about.rates[one.id], 2) if one.id in about.rates else NONE,
        )
        for one, product in zip(about.contract.deliveries, about.products, strict=True)
    )
    return paper.PaperTable(header, rows, 5, (0.12, 0.15, 0.2, 0.13, 0.18, 0.12, 0.1))


def judged(one: Delivery) -> str:
    """What a person said of it, who and why; and what kind of delivery it is."""
    said = {True: "geaccepteerd", False: "niet geaccepteerd", None: "wacht op oordeel"}[one.accepted]
    kinds = [
        text
        for text, holds in (
            ("retour", one.quantity < 0),
            ("verbetering", one.replaces is not None),
            ("gebrekkig", one.faulty),
        )
        if holds
    ]
    by = f"{said} door {one.accepted_by}" if one.accepted is not None and one.accepted_by else said
    return f"{', '.join([*kinds, by])}{f': {one.why}' if one.why else ''}"


def proof_table(about: SheetAbout) -> paper.PaperTable:
    header = ("Post", "Stand", "Beloofd, € MKI", "Bij bod, € MKI", "Werkelijk, € MKI")
    names = {post.id: post.name for post in about.tender.posts}

    def told(value: float | None) -> str:
        return numbers.number(value, 2) if value is not None else NONE

    proof = about.proof
    rows = [
        (names[one.post], words.STATES[one.state], told(one.promised), told(one.at_bid), told(one.at_real))
        for one in proof.posts
    ]
    rows.append(("Samen", "", told(proof.promised), told(proof.at_bid), told(proof.at_real)))
    return paper.PaperTable(header, tuple(rows), 2, (0.28, 0.24, 0.16, 0.16, 0.16), total=True)


def evidence_sentence(found: PassportEvidence) -> str:
    """ "2 paspoorten: 600 van de 1.000 geleverde ton is ermee onderbouwd (60 %)."; "" without a passport."""
    if not found.count:
        return ""
    begin = "1 paspoort" if found.count == 1 else f"{found.count} paspoorten"
    if not found.delivered_t:
        return f"{begin}. Er is nog niets geleverd en geaccepteerd."
    share = numbers.number(found.covered_t / found.delivered_t * 100, 0)
    covered, delivered = numbers.number(found.covered_t, 0), numbers.number(found.delivered_t, 0)
    return f"{begin}: {covered} van de {delivered} geleverde ton is ermee onderbouwd ({share} %)."


def evidence_table(found: PassportEvidence) -> paper.PaperTable:
    header = ("Post", "Paspoorten", "Geleverd, ton", "Met paspoort, ton")
    rows = tuple(
        (
            one.name,
            f"{one.count}, van {one.without_mass} geen massa" if one.without_mass else str(one.count),
            numbers.number(one.delivered_t, 1) if one.delivered_t is not None else "niets",
            numbers.number(one.passport_t, 1),
        )
        for one in found.posts
    )
    return paper.PaperTable(header, rows if found.count else (), 2, (0.34, 0.26, 0.2, 0.2))


def evidence_findings(found: PassportEvidence) -> tuple[str, ...]:
    return tuple(sentences.sentence(one) for one in found.findings)


EXPLAINED = (
    "Bij bod: het bewezen getal per eenheid maal de hoeveelheid van de inschrijving. Daarop rust het gevolg. "
    "Werkelijk: maal wat echt is geleverd. Dat telt in de monitor. Een post die nog niet is geleverd, staat bij bod op "
    "wat is beloofd."
)


PROMISE = "promise"  # the figure of the sheet


def contract_paper(about: SheetAbout, now: str, drawn: str = "") -> paper.Paper:
    """`now`: the day of printing, ISO; `drawn` is what the bars of promise and proof say in words, "" where
    there are none."""
    winner = about.tender.variant(about.contract.winner)
    facts = (
        ("Opdrachtnemer", winner.bidder or winner.name),
        ("Gegund op", numbers.date(about.contract.awarded_on)),
        ("Opdrachtgever", about.contract.organisation or NONE),
        ("Versie van de belofte", str(edition(about.contract))),
    )
    blocks: list[paper.Block] = [
        paper.Heading(title(about), 1),
        paper.Text(answer(about.proof), "lead"),
        paper.Facts(facts),
        paper.Heading("Beloofd"),
        promise_table(about),
    ]
    deliveries = delivery_table(about)
    if deliveries.rows:
        blocks += [paper.Heading("Geleverd"), deliveries]
    blocks += [paper.Heading("Bewezen"), proof_table(about), paper.Text(EXPLAINED, "muted")]
    if drawn:
        blocks.append(paper.ChartPlace(PROMISE, drawn))
    if about.evidence.count:
        blocks += [
            paper.Heading("Paspoorten als bewijs"),
            paper.Text(evidence_sentence(about.evidence)),
            evidence_table(about.evidence),
        ]
        if about.evidence.findings:
            blocks.append(paper.Items(evidence_findings(about.evidence)))
    blocks += [paper.Heading("Gevolg")]
    blocks += [
        paper.Text(words.consequence_sum(about.tender, about.contract.terms, about.consequence) or NONE)
    ]
    if about.open:
        blocks += [
            paper.Heading("Nog te doen"),
            paper.Items(tuple(sentences.sentence(one) for one in about.open)),
        ]
    blocks.append(paper.Text(f"Stand van {numbers.date(now)}.", "muted"))
    marks = tuple(filter(None, (terms.mark(about.tender),)))
    return paper.Paper(
        "record", "internal", title(about), "Belofte, levering en bewijs", marks, tuple(blocks)
    )
