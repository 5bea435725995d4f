"""Letters to a contractor about a promise, in the order of the law: ask the evidence, give notice of default
with a reasonable term, hear the view, decide.

Source: CHAIN 3 (6:91–6:94 BW [recalled]); the articles are to be checked by a lawyer, and each letter says so
to the officer, not to the contractor. The sum is written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cirkeldesk.model.contract.contract import Contract, LetterStep
from cirkeldesk.model.fulfilment.consequence import Consequence
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.contract import words

STEPS: tuple[LetterStep, ...] = ("evidence", "default", "view", "decision")
USUAL_TERM = 14  # days to send evidence or a view, where the documents name no term
FILL_IN = "[vul in]"


@dataclass(frozen=True)
class LetterAbout:
    """What a letter is made of. `sender` is the organisation, `contact` who answers, `sent` the day (ISO)."""

    contract: Contract
    tender: Tender
    found: Consequence
    sender: str
    contact: str
    signed_by: str
    sent: str


def possible(contract: Contract, found: Consequence) -> tuple[LetterStep, ...]:
    """Evidence can be asked always; notice and view where something was proven too high; a decision only
    after the view was asked."""
    steps: list[LetterStep] = ["evidence"]
    if not found.complete:  # what was not delivered yet stands at its promise: nobody is held to that
        return tuple(steps)
    if found.proven is not None and found.promised is not None and found.proven > found.promised:
        steps += ["default", "view"]
        if any(one.step == "view" for one in contract.letters):
            steps.append("decision")
    return tuple(steps)


def letter(about: LetterAbout, step: LetterStep) -> paper.Paper:
    """One letter, to be read and sent by a person."""
    tender, winner = about.tender, about.tender.variant(about.contract.winner)
    subject = f"{words.LETTERS[step]}: {tender.number} {tender.title}".strip()
    blocks: list[paper.Block] = [
        paper.Letterhead(about.sender or FILL_IN, (), (winner.bidder or winner.name, FILL_IN)),
        paper.ReferenceLine(
            (
                ("Datum", numbers.long_date(about.sent)),
                ("Ons kenmerk", tender.publication.own_reference or tender.number),
                ("Behandeld door", about.contact or FILL_IN),
            )
        ),
        paper.Heading(subject, 1),
        *_BODIES[step](about),
        paper.Text(f"Hebt u vragen? Neem contact op met {about.contact or FILL_IN}."),
        paper.Signature("Met vriendelijke groet,", about.signed_by or FILL_IN),
    ]
    title = f"{words.LETTERS[step]} {tender.number}"
    marks = ("VOORBEELD",) if tender.fictitious else ()
    return paper.Paper("letter", "external", title, subject, marks, tuple(blocks))


def _day(about: LetterAbout, days: int) -> str:
    return numbers.long_date((date.fromisoformat(about.sent) + timedelta(days=days)).isoformat())


def _promise(about: LetterAbout) -> str:
    decimals = about.tender.ask.mki_decimals
    if about.found.promised is None:
        return "In uw inschrijving deed u een belofte over de MKI van dit werk."
    return f"U beloofde voor dit werk een MKI van {numbers.number(about.found.promised, decimals)} € MKI."


def _proven(about: LetterAbout) -> str:
    decimals = about.tender.ask.mki_decimals
    if about.found.proven is None:
        return "Wij hebben nog geen bewijs van de MKI."
    return f"Uit het bewijs volgt een MKI van {numbers.number(about.found.proven, decimals)} € MKI."


def _evidence(about: LetterAbout) -> list[paper.Block]:
    due = next((one.due for one in about.contract.due if one.promise == "mki"), None)
    by = numbers.long_date(due) if due is not None and due > about.sent else _day(about, USUAL_TERM)
    ask = about.tender.ask
    rules = f", volgens {ask.rules}" if ask.rules else ""
    return [
        paper.Text(_promise(about)),
        paper.Text(f"Wij vragen u om dit te bewijzen. Stuur ons uiterlijk {by}:"),
        paper.Items(
            (
                f"de milieuverklaringen van wat u hebt geleverd, met weegset {ask.set_code}{rules};",
                "de weegbonnen of de opleverstaat met de hoeveelheden per post;",
                "per post: welk mengsel of product u hebt geleverd.",
            )
        ),
    ]


def _default(about: LetterAbout) -> list[paper.Block]:
    terms = about.contract.terms
    days = terms.cure_days or USUAL_TERM
    where = (
        f" Wat dan volgt, staat in {terms.document}, bladzijde {terms.page}." if terms.is_published else ""
    )
    return [
        paper.Text(f"{_promise(about)} {_proven(about)}"),
        paper.Text(f"U komt daarmee uw belofte niet na.{where}"),
        paper.Text(
            f"Wij stellen u in gebreke. U krijgt tot en met {_day(about, days)} om alsnog na te komen."
        ),
    ]


def _view(about: LetterAbout) -> list[paper.Block]:
    told = words.consequence_sum(about.tender, about.contract.terms, about.found)
    return [
        paper.Text(f"{_promise(about)} {_proven(about)}"),
        *([paper.Text(f"Wij rekenden dit zo uit: {told}")] if about.found.amount is not None else []),
        paper.Text(
            f"Klopt dit volgens u niet, of is er een reden? Laat het ons uiterlijk {_day(about, USUAL_TERM)} weten. "
            "Daarna beslissen wij."
        ),
    ]


def _decision(about: LetterAbout) -> list[paper.Block]:
    told = words.consequence_sum(about.tender, about.contract.terms, about.found)
    amount = about.found.amount
    decided = (
        f"Wij brengen u {numbers.euro(amount, 2)} in rekening."
        if amount is not None and amount > 0
        else f"Wij besluiten: {FILL_IN}."
    )
    return [
        paper.Text(f"Wij hebben uw reactie gelezen. {FILL_IN}"),
        paper.Text(decided, "lead"),
        *([paper.Text(told)] if about.found.amount is not None else []),
    ]


_BODIES = {"evidence": _evidence, "default": _default, "view": _view, "decision": _decision}
