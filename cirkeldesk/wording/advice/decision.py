"""The first page's sentences: who, and why not the others. Each claim is computed, each bidder explained.

Ties name all who are level; the cheapest bid and the one with the lowest MKI are each accounted for where
they did not win, with what kept them from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.methods import Part, uses_mki
from cirkeldesk.model.comparison.certainty import Certainty
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.messages import Message
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.award import awarding

Called = Callable[[BidResult], str]  # what a bid is called: its letter on the screen, its company on paper


def by_letter(bid: BidResult) -> str:
    return bid.name


def why(found: Award, mki: Message) -> list[str]:
    """Sentences under the conclusion of an award that has somebody in first place. `mki` is the conclusion of
    the comparison, which also tells how far the lowest MKI is below the reference."""
    first = [bid for bid in found.bids if bid.rank == 1]
    if not first:
        return []
    if len(first) > 1:
        return [f"{awarding.listed([bid.name for bid in first])} staan gelijk."]
    leader = first[0]
    told = dict(mki.params).get("name") == leader.name and mki.key == "conclusion_lowest"
    lowest = [sentences.sentence(mki)] if told else [text for _, text in lowest_mki(found, leader)]
    cheapest_ = [text for _, text in cheapest(found, leader)]
    return [*level(found, leader), *cheapest_, *lowest]


def level(found: Award, leader: BidResult, called: Called = by_letter) -> Iterator[str]:
    """Equal sums that a published rule decided."""
    assert leader.outcome is not None
    same = [
        bid for bid in found.bids if bid.counts and bid.outcome and bid.outcome.total == leader.outcome.total
    ]
    others = [called(bid) for bid in same if bid.id != leader.id]
    if not others:
        return
    verb = "heeft" if len(others) == 1 else "hebben"
    rule = awarding.tie_rules_text(found.rules.tie_rules)
    yield f"{awarding.listed(others)} {verb} dezelfde uitkomst. De stukken zeggen dan: {rule}."
    drawn = [draw for draw in found.tender.draws if {bid.id for bid in same} <= set(draw.order)]
    if drawn and "lot" in found.rules.tie_rules:
        yield f"De loting was op {numbers.date(drawn[-1].at)}."


def cheapest(found: Award, leader: BidResult, called: Called = by_letter) -> Iterator[tuple[str, str]]:
    """(question, answer) why not the cheapest: knocked out, withdrawn, or outdone on what else counts."""
    priced = list(_priced(found))
    counting = {bid.id: price for bid, price in priced if bid.validity not in OUT}
    if leader.id not in counting or len(priced) < 2:
        return
    lowest = min(price for _, price in priced)
    out = [bid for bid, price in priced if bid.id not in counting and price == lowest]
    yield from (("de goedkoopste van alle?", _out(bid, called)) for bid in out)
    question = "de goedkoopste geldige?" if out else "de goedkoopste?"
    yield question, _cheapest_valid(found, leader, counting, lowest, called)


def _cheapest_valid(
    found: Award, leader: BidResult, counting: dict[str, Decimal], lowest: Decimal, called: Called
) -> str:
    """Of the bids that count: the leader has the lowest sum, or who has it and why that is not enough."""
    least = min(counting.values())
    first = [bid for bid in found.bids if counting.get(bid.id) == least]
    if counting[leader.id] > least:
        return _cheaper(found, first, leader, called)
    among = " van de geldige inschrijvingen" if least > lowest else ""
    shared = _shared(first, leader, called)
    return f"{called(leader)} heeft de laagste inschrijfsom{among}{shared}: {numbers.euro(least)}."


def _priced(found: Award) -> Iterator[tuple[BidResult, Decimal]]:
    for bid in found.bids:
        if bid.figures.price is not None:
            yield bid, bid.figures.price


def _cheaper(found: Award, first: list[BidResult], leader: BidResult, called: Called) -> str:
    """Who asks less than the leader, and why that is not enough."""
    less = (leader.figures.price or Decimal(0)) - (first[0].figures.price or Decimal(0))
    names, totals = awarding.listed([called(bid) for bid in first]), _totals(found, first)
    verb, comes = ("is", "komt") if len(first) == 1 else ("zijn", "komen")
    worse = _worse(first[0], leader) if len(first) == 1 else []
    but = f", maar {awarding.listed([*worse, f'{comes} dan uit op {totals}'])}" if totals else ""
    return f"{names} {verb} {numbers.euro(less)} goedkoper{but}."


def _worse(bid: BidResult, leader: BidResult) -> list[str]:
    """In what a bid stays behind the leader, as far as it counts in the sum."""
    if bid.outcome is None or leader.outcome is None:
        return []
    own = {(part.code, part.criterion): part for part in bid.outcome.parts}
    pairs = [(part, own.get((part.code, part.criterion))) for part in leader.outcome.parts]
    behind = {part.code for part, mine in pairs if mine is not None and _earns_less(mine, part)}
    mki = {"mki_discount", "mki_w", "mki_points"} & behind
    return [
        *(["scoort lager op kwaliteit"] if "quality" in behind else []),
        *(["heeft een hogere MKI"] if mki else []),
    ]


def _earns_less(mine: Part, theirs: Part) -> bool:
    if mine.code == "quality":
        return (mine.share or 0) < (theirs.share or 0)
    return mine.amount != theirs.amount and (mine.share is None or mine.share < (theirs.share or 0))


def _shared(first: Iterable[BidResult], leader: BidResult, called: Called) -> str:
    """Words such as "net als A en B" where others are level with the leader."""
    also = [called(bid) for bid in first if bid.id != leader.id]
    return f", net als {awarding.listed(also)}" if also else ""


def _totals(found: Award, bids: Iterable[BidResult]) -> str:
    known = [awarding.amount_text(found, bid.outcome.total) for bid in bids if bid.outcome is not None]
    return awarding.listed(list(dict.fromkeys(known)))


def _out(bid: BidResult, called: Called) -> str:
    """What keeps the cheapest bid out, in the words of who judged it."""
    price = numbers.euro(bid.figures.price or Decimal(0))
    return f"{called(bid)} ({price}) is {why_out(bid)}"


def why_out(bid: BidResult) -> str:
    """ "ongeldig: MKI boven het plafond (artikel 4.3)." """
    judged = bid.judgement
    state = terms.VALIDITY[bid.validity]
    if judged is None or not judged.reason:
        return f"{state}."
    where = f" ({awarding.article_of(judged.article)})" if judged.article else ""
    return f"{state}: {awarding.stopped(judged.reason).rstrip('.')}{where}."


def lowest_mki(found: Award, leader: BidResult, called: Called = by_letter) -> Iterator[tuple[str, str]]:
    """(question, answer) why not the lowest MKI, where the MKI counts."""
    known = {
        bid.id: bid.figures.mki
        for bid in found.bids
        if bid.validity not in OUT and bid.figures.mki is not None
    }
    if len(known) < 2 or not uses_mki(found.rules) or leader.id not in known:
        return
    least = min(known.values())
    first = [bid for bid in found.bids if known.get(bid.id) == least]
    told, question = f"{numbers.euro(least)} MKI", "de laagste MKI?"
    if known[leader.id] == least:
        yield question, f"{called(leader)} heeft de laagste MKI{_shared(first, leader, called)}: {told}."
    elif len(first) == 1:
        yield question, f"{called(first[0])} heeft de laagste MKI ({told}){_dearer(first[0], leader)}."
    else:
        yield question, f"{awarding.listed([called(bid) for bid in first])} hebben de laagste MKI: {told}."


def _dearer(bid: BidResult, leader: BidResult) -> str:
    if bid.figures.price is None or leader.figures.price is None or bid.figures.price <= leader.figures.price:
        return ""
    return f", maar is {numbers.euro(bid.figures.price - leader.figures.price)} duurder"


def not_yet(found: Award) -> str:
    """No advice yet: what it waits for, and who is first for now."""
    undecided = sum(bid.validity == "open" for bid in found.bids)
    valid = [bid for bid in found.bids if bid.validity not in OUT]
    if not valid:
        count = len(found.bids)
        return f"Niet gunnen: geen van de {count} inschrijvingen is geldig. Laat de jurist kijken wat nu kan."
    waits = []
    if undecided:
        verb = "inschrijving is" if undecided == 1 else "inschrijvingen zijn"
        waits.append(f"{undecided} {verb} nog niet beoordeeld")
    first = [bid.name for bid in found.bids if bid.rank == 1]
    if len(first) > 1:
        waits.append(f"{awarding.listed(first)} staan gelijk")
    text = f"Nog geen advies: {' en '.join(waits)}." if waits else "Nog geen advies."
    if first:
        text += f" Voorlopig op 1: {awarding.listed(first)}. De volgorde kan nog veranderen."
    return text


CERTAIN, SOME = 0.9, 0.6


def how_sure(sure: Certainty) -> str:
    """Whether the order of designs means something, said first (DOMAIN 8)."""
    order = sorted(sure.alternatives, key=lambda one: -one.p_best)
    best = order[0]
    often = f"in {_of_hundred(best.p_best)} van de 100 berekeningen"
    if best.p_best >= CERTAIN:
        return f"De volgorde is zeker genoeg: {often} heeft {best.name} de laagste MKI."
    if best.p_best >= SOME:
        other = f", in {_of_hundred(order[1].p_best)} {order[1].name}" if len(order) > 1 else ""
        return f"De volgorde is niet zeker: {often} heeft {best.name} de laagste MKI{other}."
    return f"Er is geen verschil te zien: {often} is {best.name} het laagst. Kies op prijs en andere gronden."


def _of_hundred(share: float) -> str:
    return numbers.number(share * 100, 0)


def of_designs(comparison: Comparison, sure: Certainty | None) -> str:
    """What designs come down to: who is lowest, and what a saved euro of MKI costs. There is no award to
    speak of."""
    ranked = sorted((v for v in comparison.variants if v.rank is not None), key=lambda v: v.rank or 0)
    if len(ranked) < 2:
        return "Er is nog geen advies te geven. Er zijn twee ontwerpen nodig die te vergelijken zijn."
    lowest = [v for v in ranked if v.rank == 1]
    if len(lowest) > 1:
        return f"{awarding.listed([v.name for v in lowest])} hebben dezelfde, laagste MKI. Kies op prijs en andere gronden."
    if sure is not None and max(one.p_best for one in sure.alternatives) < SOME:
        return "De MKI maakt geen verschil dat zeker is. Kies op prijs en andere gronden."
    parts = [f"Op MKI is {lowest[0].name} het gunstigst."]
    base = comparison.reference or ranked[-1]
    if base.id != lowest[0].id:
        parts += _money(lowest[0], base)
    return " ".join(parts)


def _money(lowest: VariantResult, base: VariantResult) -> list[str]:
    """What the lowest MKI saves and costs beside another."""
    if lowest.total.value is None or base.total.value is None:
        return []
    saved = base.total.value - lowest.total.value
    told = f"{lowest.name} bespaart {numbers.euro(saved)} MKI ten opzichte van {base.name}"
    if lowest.price is None or base.price is None or saved <= 0:
        return [f"{told}."]
    more = lowest.price - base.price
    if more > 0:
        each = numbers.euro(float(more) / saved, 2)
        return [f"{told} en kost {numbers.euro(more)} meer: {each} per bespaarde € MKI."]
    if more < 0:
        return [f"{told} en is {numbers.euro(-more)} goedkoper."]
    return [f"{told}, voor dezelfde prijs."]


def budget(found: Award, estimate: Decimal | None, leader: BidResult) -> list[str]:
    """The bid sum beside the estimate."""
    price = leader.figures.price
    if estimate is None or estimate <= 0 or price is None:
        return []
    difference = price - estimate
    if not difference:
        return ["De inschrijfsom is gelijk aan de raming."]
    word = "hoger" if difference > 0 else "lager"
    share = numbers.percent(float(abs(difference) / estimate) * 100, 1)
    return [f"De inschrijfsom is {numbers.euro(abs(difference))} ({share}) {word} dan de raming."]
