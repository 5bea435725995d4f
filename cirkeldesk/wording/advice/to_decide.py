"""What stands at the foot of the first page: what is open, when what happens, and what is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cirkeldesk.model.award.award import Award
from cirkeldesk.model.award.standstill import SendingDay
from cirkeldesk.model.comparison.certainty import Certainty
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.wording import numbers
from cirkeldesk.wording.advice import decision, parts
from cirkeldesk.wording.advice.causes import called
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison import rows


def planning(found: Award | None, term: SendingDay | None) -> list[tuple[str, str]]:
    """(day, what happens): when the letters may go, both terms, and the first day to sign."""
    if found is None or found.winner is None or term is None or found.tender.practice_of is not None:
        return []
    lines = [(_day(term.sent), "brieven verzenden")]
    if term.standstill is not None:
        both = term.expiry == term.standstill.last
        what = "opschortende termijn en vervaltermijn" if both else "opschortende termijn"
        lines.append((f"t/m {_day(term.standstill.last)}", what))
        if term.expiry is not None and not both:
            lines.append((f"t/m {_day(term.expiry)}", "vervaltermijn"))
        lines.append((_day(term.standstill.sign_from), "eerste dag voor tekenen"))
    elif term.expiry is not None:
        lines.append((f"t/m {_day(term.expiry)}", "vervaltermijn"))
    return lines


def _day(day: date) -> str:
    return f"{('ma', 'di', 'wo', 'do', 'vr', 'za', 'zo')[day.weekday()]} {numbers.date(day.isoformat())}"


ROOM = 160  # characters of findings and motivations: what fits beside the chart of the first page


def still_open(comparison: Comparison, found: Award | None, estimate: Decimal | None) -> str:
    """What is open, a line each: the estimate, the lock, the findings, the weights."""
    lines: list[str] = []
    if found is not None and found.winner is not None:
        winner = found.bid(found.winner)
        budget = decision.budget(found, estimate, winner)
        lines += [f"{line.rstrip('.')}; dekking bevestigen." for line in budget if "hoger" in line]
    lock = comparison.tender.lock
    if lock is not None and lock.taken_over:
        lines.append("De methode is pas na de sluiting vastgelegd in CirkelDesk, overgenomen uit de stukken.")
    told = parts.motivations_alike(found) if found is not None else []
    lines += _fitting([*told, *rows.findings(comparison, notes=False)])
    weights = comparison.weighting_set
    if weights.unverified and not comparison.group.without_mki:
        count, of = len(weights.unverified), len(weights.weights)
        lines.append(f"{count} van de {of} gewichten van weegset {weights.code} zijn nog niet bevestigd.")
    return "\n".join(lines)


def _fitting(texts: list[str]) -> list[str]:
    """The first that fit the room, one at least; how many more there are, and where they stand in full."""
    count = 1
    while count < len(texts) and sum(map(len, texts[: count + 1])) <= ROOM:
        count += 1
    rest = len(texts) - count
    if rest <= 0:
        return texts
    where = "staat onder Wat ontbreekt of opvalt" if rest == 1 else "staan onder Wat ontbreekt of opvalt"
    return [*texts[:count], f"Nog {rest} {'punt' if rest == 1 else 'punten'} {where}."]


def request(comparison: Comparison, found: Award | None, sure: Certainty | None, *, owed: bool) -> str:
    """What is asked to be decided, a line each; "" where nothing can be."""
    if not comparison.tender.has_bids:
        return _design_request(comparison, sure)
    if comparison.tender.is_stopped:
        return "de aanbesteding stoppen en de opdracht niet gunnen."
    if found is None or not found.bids or comparison.tender.prices_sealed:
        return ""
    lines = []
    for bid in found.bids:
        if bid.validity == "invalid":
            lines.append(f"de inschrijving van {called(found, bid)} ongeldig verklaren;")
        elif bid.validity == "withdrawn":
            lines.append(f"vaststellen dat {called(found, bid)} zich heeft teruggetrokken;")
    if found.winner is not None:
        name = called(found, found.bid(found.winner))
        lines.append(f"de gunningsbeslissing nemen: de opdracht gaat naar {name};")
        lines.append(
            "na de opschortende termijn de overeenkomst tekenen."
            if owed
            else "de overeenkomst tekenen zodra de bewijsstukken kloppen."
        )
    elif all(bid.validity in OUT for bid in found.bids):
        lines.append("de opdracht niet gunnen, en na advies van de jurist besluiten hoe het verder gaat.")
    else:
        return ""
    return "\n".join(lines)


def _design_request(comparison: Comparison, sure: Certainty | None) -> str:
    ranked = [v for v in comparison.variants if v.rank is not None]
    lowest = [v.name for v in ranked if v.rank == 1]
    if len(ranked) < 2:
        return ""
    certain = sure is not None and max(one.p_best for one in sure.alternatives) >= decision.CERTAIN
    if certain and len(lowest) == 1:
        return f"{lowest[0]} vaststellen als basis voor de uitvraag."
    return f"kiezen welk ontwerp de basis is voor de uitvraag: {awarding.listed([v.name for v in ranked])}."
