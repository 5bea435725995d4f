"""What a letter tells of figures and scores: one's own, and beside them the winner's as far as they are
named.

The winner's sum, MKI and scores are named unless somebody said why not; withheld, what gives price or MKI
away is told in words alone. Source: DOMAIN 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award.award import Award, BidResult, quality_total
from cirkeldesk.model.award.disclosure import Disclosed, names_sums
from cirkeldesk.model.award.inference import reveals_lowest_price
from cirkeldesk.model.award.methods import Part, parts_of, uses_mki
from cirkeldesk.model.tender.award_rules import TieRule
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.clauses import counts_mki
from cirkeldesk.wording.award.law import ARTICLES, is_part_two
from cirkeldesk.wording.paper import Block, Heading, Items, PaperTable, Text

UNSAID = "wordt niet genoemd"
RELATIONS: Mapping[int, str] = {1: "gunstiger dan bij u", 0: "gelijk", -1: "minder gunstig dan bij u"}
WIDTHS = (0.41, 0.21, 0.23, 0.15)

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


def own_findings(bid: BidResult) -> list[Block]:
    """What was found of the basis of the bidder's own MKI; no other bidder is named or shown by it."""
    told = [
        sentences.filled(OWN_FINDINGS[message.key], message)
        for message in bid.findings
        if message.key in OWN_FINDINGS
    ]
    return [Heading("Wat wij vaststelden over uw MKI"), Items(tuple(told))] if told else []


def own_table(award: Award, bid: BidResult) -> PaperTable | None:
    """Own figures and scores. Of a bid that takes no part no sum is made; what it offered and how it was
    judged is told all the same."""
    rows = [(label, mine) for label, mine, _, _ in _rows(award, bid, bid)]
    if not rows:
        return None
    return PaperTable(
        (_head(award), "Uw inschrijving"), tuple(rows), 1, (0.62, 0.38), total=bid.outcome is not None
    )


def beside(award: Award, bid: BidResult, shown: Disclosed) -> PaperTable:
    """Own scores beside the winner's; withheld, what gives price or MKI away is higher or lower in words."""
    winner = award.bid(award.winner or "")
    if names_sums(award.tender):
        header = (_head(award), "Uw inschrijving", shown.winner, "Voordeel winnaar")
        return PaperTable(header, tuple(_rows(award, bid, winner)), 1, WIDTHS, total=bid.outcome is not None)
    rows = [
        (label, mine, _in_words(award, key, bid, winner))
        for key, (label, mine, _, _) in zip(_keys(award, bid), _rows(award, bid, bid), strict=True)
    ]
    return PaperTable(
        (_head(award), "Uw inschrijving", shown.winner),
        tuple(rows),
        1,
        (0.36, 0.32, 0.32),
        total=bid.outcome is not None,
    )


def _head(award: Award) -> str:
    return "Onderdeel, in €" if award.method.kind == "notional" else "Onderdeel"


def _keys(award: Award, bid: BidResult) -> list[str]:
    """What each row of the table is about, in its order."""
    keys = ["price"] if bid.figures.price is not None else []
    keys += ["mki"] if bid.figures.mki is not None and uses_mki(award.rules) else []
    parts = bid.outcome.parts if bid.outcome is not None else ()
    keys += [f"{part.code}/{part.criterion or ''}" for part in parts]
    return [*keys, *(["total"] if parts else [])]  # without parts the sum itself decides


def _rows(award: Award, bid: BidResult, other: BidResult) -> list[tuple[str, str, str, str]]:
    """(what, own, other's, the other's advantage) row by row."""
    found = []
    notional, decimals = award.method.kind == "notional", award.tender.ask.mki_decimals
    for key in _keys(award, bid):
        if key == "price":
            pair = bid.figures.price, other.figures.price
            gain = _gain(pair, 2) if notional else ""
            found.append(("Inschrijfsom, excl. btw", _money(pair[0]), _money(pair[1]), gain))
        elif key == "mki":
            pair = bid.figures.mki, other.figures.mki
            mine, theirs = (numbers.number(v, decimals) if v is not None else UNSAID for v in pair)
            better = ", lager is beter" if counts_mki(award.rules) else ""
            found.append((f"MKI van het werk (€{numbers.NBSP}MKI{better})", mine, theirs, ""))
        elif key == "total":
            found.append(_total(award, bid, other))
        else:
            found.append(_part(award, key, bid, other))
    return found


def _money(value: Decimal | None) -> str:
    return numbers.number(value, 2) if value is not None else UNSAID


def _gain(pair: tuple[Decimal | None, Decimal | None], decimals: int, *, points: bool = False) -> str:
    """How much better the second is than the first: lower in euros, higher in points."""
    if pair[0] is None or pair[1] is None:
        return ""
    return numbers.number(pair[1] - pair[0] if points else pair[0] - pair[1], decimals, sign=True)


def _total(award: Award, bid: BidResult, other: BidResult) -> tuple[str, str, str, str]:
    points, decimals = _measure(award)
    pair = (
        bid.outcome.total if bid.outcome is not None else None,
        other.outcome.total if other.outcome is not None else None,
    )
    shown = [numbers.number(value, decimals) if value is not None else UNSAID for value in pair]
    return awarding.total_name(award), shown[0], shown[1], _gain(pair, decimals, points=points)


def _measure(award: Award) -> tuple[bool, int]:
    points = award.method.kind == "points"
    return points, award.rules.points_decimals if points else 2


def _part(award: Award, key: str, bid: BidResult, other: BidResult) -> tuple[str, str, str, str]:
    points, decimals = _measure(award)
    mine, theirs = _part_of(bid, key), _part_of(other, key)
    assert mine is not None
    label = awarding.part_name(award, mine)
    if mine.maximum is not None:
        label += f" (max. {numbers.in_sentence(mine.maximum)})"
    pair = mine.amount, theirs.amount if theirs is not None else None
    shown = [_score(award, one, who) for one, who in ((mine, bid), (theirs, other))]
    return label, shown[0], shown[1], _gain(pair, decimals, points=points)


def _part_of(bid: BidResult, key: str) -> Part | None:
    parts = bid.outcome.parts if bid.outcome is not None else ()
    return next((part for part in parts if f"{part.code}/{part.criterion or ''}" == key), None)


def _score(award: Award, part: Part | None, bid: BidResult) -> str:
    """ "goed: −67.500,00": the word or the share of a score with what it is worth."""
    if part is None:
        return UNSAID
    _, decimals = _measure(award)
    amount = numbers.number(part.amount, decimals, sign=award.method.kind == "notional")
    if part.code != "quality" or part.share is None:
        return amount
    labels = {
        score.label
        for score in award.tender.scores
        if (score.variant_id, score.criterion_id) == (bid.id, part.criterion) and score.label is not None
    }
    word = labels.pop() if len(labels) == 1 else awarding.share_text(part.share)
    return f"{word}: {amount}"


def _in_words(award: Award, key: str, bid: BidResult, winner: BidResult) -> str:
    """The winner's figure where it may not stand: higher, lower or equal; a score of quality in full."""
    if key == "price":
        return _compared(winner.figures.price, bid.figures.price)
    if key == "mki":
        return _compared(winner.figures.mki, bid.figures.mki)
    if key == "total":
        mine = bid.outcome.total if bid.outcome is not None else None
        return _compared(winner.outcome.total if winner.outcome is not None else None, mine)
    mine_, theirs = _part_of(bid, key), _part_of(winner, key)
    if theirs is not None and theirs.code == "quality":
        return _score(award, theirs, winner)
    return UNSAID if mine_ is None or theirs is None else RELATIONS[_better(award, theirs, mine_)]


def _compared(theirs: Decimal | None, mine: Decimal | None) -> str:
    """In words only: the figure itself is the winner's."""
    if theirs is None or mine is None:
        return UNSAID
    return (
        "lager dan de uwe" if theirs < mine else "hoger dan de uwe" if theirs > mine else "gelijk aan de uwe"
    )


def _better(award: Award, part: Part, mine: Part) -> int:
    """1 where the winner earns more by this part: a lower amount in a notional price, a higher one in
    points."""
    difference = part.amount - mine.amount if award.method.kind == "points" else mine.amount - part.amount
    return (difference > 0) - (difference < 0)


# --- reasons
# -------------------------------------------------------------------------------------------


def reasons(award: Award, variant_id: str) -> list[str]:
    """Per criterion what was given and why, without the names of those who judged."""
    names = {criterion.id: criterion.name for criterion in award.rules.criteria}
    told: dict[str, list[str]] = {}
    for score in award.tender.scores:
        if score.variant_id == variant_id and score.motivation.strip():
            said = awarding.stopped(awarding.raised(score.motivation.strip()))
            told.setdefault(names.get(score.criterion_id, ""), []).append(said)
    return [f"{name}: {' '.join(dict.fromkeys(said))}" for name, said in told.items()]


def why_scores(award: Award, variant_id: str) -> list[Block]:
    told = reasons(award, variant_id) if "quality" in parts_of(award.rules) else []
    return [Heading("Waarom u deze scores kreeg"), Items(tuple(told))] if told else []


def advantages(award: Award, bid: BidResult, shown: Disclosed) -> list[Block]:
    """What makes the winner's bid the better one: its characteristics in words, its scores where they differ,
    and its MKI beside one's own."""
    named = names_sums(award.tender)  # then the table tells each score beside one's own
    lines = [] if named else [_score_line(award, bid, shown, *score) for score in shown.scores]
    blocks: list[Block] = [Heading(f"Waarom {shown.winner}")]
    if shown.characteristics.strip():
        blocks.append(Text(shown.characteristics.strip()))
    told = [*filter(None, lines), *_mki_line(award, bid, shown)]
    blocks += [Items(tuple(told))] if len(told) > 1 else [Text(line) for line in told]
    return [*blocks, *_level(award, bid), *_named(award, shown)]


def _score_line(award: Award, bid: BidResult, shown: Disclosed, criterion: str, share: Fraction) -> str:
    own = next(
        (p.share for p in (bid.outcome.parts if bid.outcome is not None else ()) if p.criterion == criterion),
        None,
    )
    if own is None or own == share:
        return ""
    name = next((c.name for c in award.rules.criteria if c.id == criterion), criterion)
    word = "hoger" if share > own else "lager"
    return f"{name}: {shown.winner} scoort {awarding.share_text(share)}, {word} dan uw {awarding.share_text(own)}."


def _mki_line(award: Award, bid: BidResult, shown: Disclosed) -> list[str]:
    if shown.mki is None or bid.figures.mki is None or not counts_mki(award.rules):
        return []
    difference = bid.figures.mki - shown.mki
    if difference <= 0:  # no advantage: the table tells it
        return []
    decimals = award.tender.ask.mki_decimals
    part = difference / bid.figures.mki if bid.figures.mki > 0 else None
    share = f" ({numbers.percent(float(part) * 100, 1)})" if part is not None and part < 1 else ""
    told = f"{numbers.euro(difference, decimals)}{numbers.NBSP}MKI"
    return [f"De MKI van de winnaar is {told}{share} lager dan die van u."]


def _level(award: Award, bid: BidResult) -> list[Block]:
    """Why a bid with the same total did not win: the published tie rules, and the lottery where one was
    held."""
    winner = award.bid(award.winner or "")
    if bid.outcome is None or winner.outcome is None or bid.outcome.total != winner.outcome.total:
        return []
    lines = [
        f"Beide inschrijvingen staan gelijk. De stukken zeggen dan: {awarding.tie_rules_text(award.rules.tie_rules)}."
    ]
    drawn = [draw for draw in award.tender.draws if {bid.id, winner.id} <= set(draw.order)]
    if drawn:
        by = f"{drawn[-1].person} lootte" if drawn[-1].person else "Wij lootten"
        lines.append(f"{by} op {awarding.local_day(drawn[-1].at)}. Het lot besliste.")
    elif (rule := deciding_rule(award, bid, winner)) is not None:
        lines.append(f"Daarin ging de winnaar voor: {terms.TIE_RULES[rule]}.")
    return [Text(" ".join(lines))]


def deciding_rule(award: Award, bid: BidResult, winner: BidResult) -> TieRule | None:
    """The first tie rule that tells two level bids apart, the lot aside."""
    for rule in award.rules.tie_rules:
        if rule == "lowest_mki" and bid.figures.mki != winner.figures.mki:
            return rule
        if rule == "lowest_price" and bid.figures.price != winner.figures.price:
            return rule
        if rule == "highest_quality" and quality_total(bid) != quality_total(winner):
            return rule
    return None


def _named(award: Award, shown: Disclosed) -> list[Block]:
    """That sums are named because the documents announced it, or why they are not."""
    publication = award.tender.publication
    if names_sums(award.tender):
        why = publication.disclose.strip()
        return (
            [Text(f"Wij noemen de inschrijfsom van de winnaar, omdat: {awarding.stopped(why)}")]
            if why
            else []
        )
    reason = awarding.stopped(publication.withhold.strip())
    article = f" ({ARTICLES['withhold'].cited})" if is_part_two(publication) else ""
    what = "De inschrijfsom en de MKI" if uses_mki(award.rules) else "De inschrijfsom"
    text = f"{what} van de winnaar noemen wij niet{article}: {reason}"
    if reveals_lowest_price(award.rules):
        text += " Uw punten voor de prijs hangen af van de laagste inschrijfsom."
    return [Text(text)]
