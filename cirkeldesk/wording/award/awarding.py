"""The award in Dutch: each method with its formula, each bid with the filled-in sum, rankings, turning points
and the guide."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cirkeldesk.model.award.award import Award, BidResult, best_price
from cirkeldesk.model.award.break_even import BreakEven
from cirkeldesk.model.award.methods import METHODS, Part, ladder_percent, parts_of
from cirkeldesk.model.award.penalty import Penalty
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.messages import Message
from cirkeldesk.model.rounding import rounded_fraction
from cirkeldesk.model.tender.award_rules import (
    OUT,
    AwardRules,
    KeptAnswer,
    MethodCode,
    Nota,
    PartCode,
    RankedPlace,
    TieRule,
)
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, sentences, terms

# What each part adds, as a formula in words of the field.
FORMULAS: Mapping[PartCode, str] = {
    "costs": "+ de kosten van elk jaar t / (1 + rente)^t",
    "quality": "− de kwaliteitswaarde van elk criterium",
    "mki_discount": "− hoogste korting × (bovengrens − MKI) / (bovengrens − ondergrens), minstens 0 en "
    "hoogstens de hoogste korting",
    "mki_w": "+ factor × MKI",
    "ladder": "− korting per trede × eigen inschrijfsom",
    "mki_points": "+ punten MKI × (bovengrens − MKI) / (bovengrens − ondergrens), minstens 0 en "
    "hoogstens alle punten",
}
PRICE_FORMULAS: Mapping[MethodCode, str] = {
    "weighted": "+ punten prijs × (bovengrens prijs − prijs) / (bovengrens prijs − ondergrens prijs)",
    "relative": "+ punten prijs × laagste inschrijving / prijs",
    "relative_linear": "+ punten prijs × (2 − prijs / laagste inschrijving), minstens 0",
    "logarithmic": "+ punten prijs × (1 − log(prijs / laagste inschrijving) / log A)",
}
# From what somebody wants to the method that does it: (wish, method, also, what to know).
GUIDE: tuple[tuple[str, MethodCode, tuple[PartCode, ...], str], ...] = (
    (
        "Een harde grens voor de MKI, daaronder telt de prijs",
        "lowest_price",
        (),
        "Vul bij MKI-plafond de grens in. Alleen prijs vraagt een motivering.",
    ),
    ("Elke euro MKI telt even zwaar mee", "mki_w", (), "De factor zegt hoeveel euro een euro MKI waard is."),
    (
        "Een lagere MKI levert korting op, tot een maximum",
        "mki_discount",
        (),
        "Onder de ondergrens wordt de korting niet hoger. Boven de bovengrens is er geen korting.",
    ),
    (
        "Kwaliteit in euro's, MKI-korting erbij",
        "value",
        ("mki_discount",),
        "Elk criterium heeft een kwaliteitswaarde in euro.",
    ),
    (
        "Punten voor kwaliteit, MKI en prijs",
        "weighted",
        ("mki_points",),
        "De grenzen voor de prijs staan vooraf vast. Een andere inschrijver verandert iemands punten "
        "dus niet.",
    ),
    (
        "Kosten over de hele levensduur",
        "lowest_cost",
        (),
        "Rente en aantal jaren staan vooraf vast. Vraagt een motivering.",
    ),
)


def mki_formula(rules: AwardRules) -> str:
    """What the MKI does in the award, with the figures of the rules; what is not filled in stays between […].

    The words of a criterion are made of this, so that they cannot say another thing than is computed.
    """

    def told(value: Decimal | None, name: str) -> str:
        return numbers.in_sentence(value) if value is not None else f"[{name}]"

    upper, lower = told(rules.upper, "bovengrens"), told(rules.lower, "ondergrens")
    share = f"({upper} − MKI van het werk) / ({upper} − {lower})"
    codes = parts_of(rules)
    found = []
    if "mki_discount" in codes:
        most = told(rules.maximum, "hoogste korting")
        found.append(
            f"De fictieve korting is € {most} × {share}, nooit lager dan nul en nooit hoger dan € {most}."
        )
    if "mki_w" in codes:
        found.append(f"Bij de inschrijfsom wordt {told(rules.factor, 'factor')} × MKI van het werk opgeteld.")
        if rules.negative_mki is not None:
            found.append(f"Een negatieve MKI {terms.NEGATIVE_MKI[rules.negative_mki]}.")
    if "mki_points" in codes:
        most = told(rules.mki_weight, "punten voor MKI")
        found.append(
            f"De punten voor MKI zijn {most} × {share}, nooit minder dan nul en nooit meer dan {most}."
        )
    if rules.ceiling is not None:
        found.append(f"Een MKI van het werk boven {told(rules.ceiling, '')} voldoet niet; gelijk eraan wel.")
    return " ".join(found) or "[Kies bij Uitvraag een gunningsmethode die de MKI gebruikt.]"


def method_sentence(rules: AwardRules) -> str:
    """The method with its figures in one sentence: what stands above the ranking and on the sheet."""
    if rules.method is None:
        return sentences.sentence(Message("method_empty"))
    method = METHODS[rules.method]
    codes = parts_of(rules)
    named = [_part_phrase(rules, code) for code in codes]
    named += (
        [f"MKI-plafond €{numbers.NBSP}{numbers.in_sentence(rules.ceiling)} MKI"]
        if rules.ceiling is not None
        else []
    )
    if len(codes) == 1 and named[0].startswith(terms.METHODS[rules.method]):
        text = ", ".join(named)
    else:
        text = ", ".join([terms.METHODS[rules.method], *filter(None, named)])
    winner = "de laagste fictieve prijs wint" if method.kind == "notional" else "de meeste punten winnen"
    return f"{text}: {winner if codes else 'de laagste prijs wint'}."


def _part_phrase(rules: AwardRules, code: PartCode) -> str:
    """A part with its figures: "MKI-korting (MKI van 60.000 tot 73.000, hoogste korting € 150.000)"."""
    values = {
        name: getattr(rules, name)
        for name in ("lower", "upper", "maximum", "factor", "mki_weight", "price_weight")
    }
    text = {name: numbers.as_typed(value) for name, value in values.items() if value is not None}
    figures = {
        "mki_discount": f"MKI van {text.get('lower', '…')} tot {text.get('upper', '…')}, hoogste "
        f"korting € {text.get('maximum', '…')}",
        "mki_points": f"MKI van {text.get('lower', '…')} tot {text.get('upper', '…')}, "
        f"{text.get('mki_weight', '…')} punten",
        "mki_w": f"factor {text.get('factor', '…')}",
        "price_points": f"{text.get('price_weight', '…')} punten",
        "quality": ", ".join(f"{c.name} {numbers.as_typed(c.maximum)}" for c in rules.criteria),
        "ladder": ", ".join(
            f"trede {s.level} {numbers.as_typed(s.percent)}{numbers.NBSP}%" for s in rules.ladder
        ),
        "costs": f"rente {numbers.as_typed(rules.rate)}{numbers.NBSP}%, {rules.horizon} jaar"
        if rules.rate is not None
        else "",
    }[code]
    return f"{terms.AWARD_PARTS[code]} ({figures})" if figures else terms.AWARD_PARTS[code]


def formula(rules: AwardRules) -> str:
    """The formula of the method in words, its parts in their fixed order."""
    if rules.method is None:
        return ""
    method = METHODS[rules.method]
    texts = []
    for code in parts_of(rules):
        text = PRICE_FORMULAS[rules.method] if code == "price_points" else FORMULAS[code]
        texts.append(
            text.replace("− de kwaliteitswaarde van elk criterium", "+ de punten van elk criterium")
            if method.kind == "points"
            else text
        )
    if method.kind == "notional":
        return " ".join(["Fictieve prijs = inschrijfsom", *texts])
    return "Punten = " + " ".join(texts).removeprefix("+ ")


def has_parts(rules: AwardRules) -> bool:
    """Whether anything is added to the price: else the lowest sum wins as it is."""
    return bool(parts_of(rules))


def amount_text(award: Award, value: Decimal, *, sign: bool = False) -> str:
    """An amount of the method: euros in cents, or points."""
    if award.method.kind == "notional":
        return numbers.euro(value, 2, sign=sign)
    return f"{numbers.number(value, award.rules.points_decimals, sign=sign)} punten"


def total_name(award: Award) -> str:
    return "Fictieve prijs" if award.method.kind == "notional" else "Punten"


def part_name(award: Award, part: Part) -> str:
    if part.criterion is not None:
        return next((c.name for c in award.rules.criteria if c.id == part.criterion), part.criterion)
    return terms.AWARD_PARTS[part.code]


def share_text(share: Fraction) -> str:
    """A score as a percentage, with as many decimals as it has up to two."""
    exact = rounded_fraction(share * 100, 2)
    text = numbers.as_typed(exact.normalize() if exact else Decimal(0))
    return f"{text}{numbers.NBSP}%"


def filled_in(award: Award, bid: BidResult) -> list[str]:
    """The sum of a bid, a line per part and the whole at the end; or why there is none."""
    if bid.outcome is None:
        return [sentences.sentence(bid.missing)] if bid.missing is not None else []
    lines = [f"{part_name(award, part)}: {_part_sum(award, bid, part)}" for part in bid.outcome.parts]
    pieces = [numbers.euro(bid.figures.price or Decimal(0), 2)] if award.method.kind == "notional" else []
    for part in bid.outcome.parts:
        if not part.amount and pieces:
            continue
        text = amount_text(award, abs(part.amount)).replace(" punten", "")
        pieces.append(text if not pieces else f"{'−' if part.amount < 0 else '+'} {text}")
    whole = amount_text(award, bid.outcome.total)
    lines.append(
        f"{total_name(award)}: {' '.join(pieces)} = {whole}"
        if len(pieces) > 1
        else f"{total_name(award)}: {whole}"
    )
    return lines


def _part_sum(award: Award, bid: BidResult, part: Part) -> str:
    # What the line itself computes: a discount is shown as what it takes off.
    off = _takes_off(award, part)
    result = amount_text(award, -part.amount if off and part.amount else part.amount)
    return f"{_part_text_of(award, bid, part)} = {result}"


def _takes_off(award: Award, part: Part) -> bool:
    return award.method.kind == "notional" and part.code in ("mki_discount", "quality", "ladder")


def _part_text_of(award: Award, bid: BidResult, part: Part) -> str:
    """The sum of a part with its figures filled in."""
    rules, figures = award.rules, bid.figures
    maximum = numbers.as_typed(part.maximum or Decimal(0))
    match part.code:
        case "mki_discount" | "mki_points":
            return _mki_between_bounds(award, bid, part, maximum)
        case "mki_w":
            clamped = rules.negative_mki == "clamp" and (figures.mki or 0) < 0
            counted = "0 (negatief telt als nul)" if clamped else _mki(award, bid)
            return f"{numbers.as_typed(rules.factor or Decimal(0))} × {counted}"
        case "ladder":
            percent = ladder_percent(rules, figures.level or 0)
            return f"trede {figures.level}: {numbers.as_typed(percent)}{numbers.NBSP}% van {_price(bid)}"
        case "costs":
            return _costs(rules, bid)
        case "price_points":
            return _price_points(award, bid, part)
        case "quality":
            unit = "€ " if award.method.kind == "notional" else ""
            return f"{share_text(part.share or Fraction(0))} van {unit}{maximum}"


def _mki(award: Award, bid: BidResult) -> str:
    return numbers.number(bid.figures.mki or Decimal(0), award.tender.ask.mki_decimals)


def _mki_between_bounds(award: Award, bid: BidResult, part: Part, maximum: str) -> str:
    low, high = (numbers.as_typed(value or Decimal(0)) for value in (award.rules.lower, award.rules.upper))
    unit = "€ " if part.code == "mki_discount" else ""
    text = f"{unit}{maximum} × ({high} − {_mki(award, bid)}) / ({high} − {low})"
    if part.share in (0, 1):
        text += ", begrensd op " + ("nul" if part.share == 0 else f"{unit}{maximum}")
    return text


def _price(bid: BidResult) -> str:
    return numbers.euro(bid.figures.price or Decimal(0), 2)


def _costs(rules: AwardRules, bid: BidResult) -> str:
    rate = numbers.as_typed(1 + (rules.rate or Decimal(0)) / 100)
    counted = [cost for cost in bid.figures.costs or () if cost.year <= (rules.horizon or 0)]
    if not counted:
        return "geen kosten opgegeven"
    return " + ".join(f"{numbers.euro(cost.amount, 2)} / {rate}^{cost.year}" for cost in counted)


def _price_points(award: Award, bid: BidResult, part: Part) -> str:
    rules, price, maximum = award.rules, _price(bid), numbers.as_typed(part.maximum or Decimal(0))
    best = best_price(b.figures for b in award.bids if b.validity not in OUT)
    lowest = numbers.euro(best or Decimal(0), 2)
    match rules.method:
        case "weighted":
            low, high = (
                numbers.euro(value or Decimal(0), 2) for value in (rules.price_low, rules.price_high)
            )
            bounded = (
                ", begrensd op nul"
                if part.share == 0
                else ", begrensd op alle punten"
                if part.share == 1
                else ""
            )
            return f"{maximum} × ({high} − {price}) / ({high} − {low}){bounded}"
        case "relative":
            return f"{maximum} × {lowest} / {price}"
        case "relative_linear":
            return f"{maximum} × (2 − {price} / {lowest})" + (", begrensd op nul" if part.share == 0 else "")
    return f"{maximum} × (1 − log({price} / {lowest}) / log {numbers.as_typed(rules.log_base or Decimal(2))})"


# --- outcome
# -------------------------------------------------------------------------------------------------------


def conclusion(award: Award) -> str:
    """The first line of the step: who wins, or who is first for now, or why nobody is."""
    if award.tender.is_stopped:
        return "De aanbesteding is gestopt. Er wordt niet gegund."
    first = [bid for bid in award.bids if bid.rank == 1]
    if not first and any(bid.missing is not None and bid.missing.key == "score_empty" for bid in award.bids):
        return "Nog geen rangorde: de kwaliteitsscores ontbreken nog. Geef ze hieronder."
    if not first or first[0].outcome is None:
        return "Nog geen rangorde: geen enkele inschrijving is te berekenen."
    total = amount_text(award, first[0].outcome.total)
    total = f"fictieve prijs {total}" if award.method.kind == "notional" else total
    mark = " (oefening)" if award.tender.practice_of is not None else ""
    if award.winner is not None:
        return f"Winnaar{mark}: {first[0].name}, {total}."
    names = listed([bid.name for bid in first])
    verb = "staat" if len(first) == 1 else "staan gelijk"
    return f"Voorlopig{mark}: {names} {verb} op nummer 1, {total}."


def local_moment(iso: str) -> str:
    """A moment of the history in the office's time: "12-12-2026 10:03"."""
    return numbers.moment(datetime.datetime.fromisoformat(iso).astimezone().isoformat())


def local_day(iso: str) -> str:
    """A day of the history in the office's time: "12 december 2026"."""
    return numbers.long_date(datetime.datetime.fromisoformat(iso).astimezone().date().isoformat())


# What a lock and a seal do not do, said where they are used; the handbook says the rest.
HIDES = "Prijzen dicht verbergt de prijzen, maar versleutelt ze niet: wie het bestand heeft, kan erbij."
PROVES = "De geschiedenis laat zien wat met CirkelDesk is gewijzigd, niet wat iemand buiten CirkelDesk om in het bestand doet."


def lock_sentence(tender: Tender) -> str:
    """ "op slot gezet op 3-11-2026 (gepubliceerd), Leidraad"."""
    if tender.lock is None:
        return "nog niet op slot"
    how = "overgenomen uit de stukken van" if tender.lock.taken_over else "gepubliceerd op"
    published, locked = numbers.date(tender.lock.published_on), numbers.date(tender.lock.at)
    parts = [
        f"op slot gezet op {published} ({how[:-3]})"
        if locked == published
        else f"{how} {published}, op slot gezet op {locked}"
    ]
    parts += [tender.lock.document] if tender.lock.document else []
    parts += [nota_name(nota) for nota in tender.notes]
    parts += ["correctie van invoer" for layer in tender.layers if layer.kind == "entry"]
    return ", ".join(parts)


def article_of(typed: str) -> str:
    """ "artikel 4.3", also where the word was typed with it."""
    text = typed.strip()
    named = ("artikel", "art.", "paragraaf", "par.", "hoofdstuk", "bijlage", "§")
    return text if text.casefold().startswith(named) else f"artikel {text}"


def listed(names: list[str]) -> str:
    """ "A, B en C"."""
    return " en ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def draw_lines(award: Award) -> list[str]:
    names = {bid.id: bid.name for bid in award.bids}
    return [
        f"Loting op {numbers.date(draw.at)} door {draw.person}: "
        f"{', '.join(names.get(i, '') for i in draw.order)}."
        for draw in award.tender.draws
    ]


def nota_name(nota: Nota) -> str:
    """Its number with the document's own name, said once."""
    name = f"nota van inlichtingen {nota.number}"
    own = nota.document.casefold()
    return name if own in (name, f"nota {nota.number}") else f"{name} ({nota.document})"


def raised(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class AwardTable:
    """A header and rows of text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def check_sentence(result: VariantResult) -> str:
    """Our own sum beside the offered MKI, with the difference; it never counts in the award."""
    if result.source != "offered" or result.check.value is None or result.total.value is None:
        return ""
    difference = result.check.value - result.total.value
    text = f"Rekencontrole: onze eigen berekening is {numbers.euro(result.check.value)} MKI"
    if not numbers.rounded(difference, 0):
        return f"{text}, gelijk aan de aangeboden MKI."
    return f"{text}, {numbers.euro(abs(difference))} {'hoger' if difference > 0 else 'lager'} dan aangeboden. De aangeboden MKI telt."


def account(award: Award, bid: BidResult) -> str:
    """The sum and the judgement of a bid in one line, for paper."""
    return " ".join([f"{'; '.join(filled_in(award, bid)).rstrip('.')}.", *reasons(bid)])


def part_columns(award: Award) -> list[tuple[PartCode, str | None, str]]:
    """(part, criterion, name) of the columns between MKI and total."""
    found: list[tuple[PartCode, str | None, str]] = []
    for code in parts_of(award.rules):
        if code == "quality":
            found += [(code, criterion.id, criterion.name) for criterion in award.rules.criteria]
        else:
            found.append((code, None, terms.AWARD_PARTS[code]))
    return found


def ranking(award: Award) -> AwardTable:
    """Plaats · Inschrijving · Geldig? · Prijs · MKI · parts · total · difference with number 1."""
    columns = part_columns(award)
    header = (
        "Plaats",
        "Inschrijving",
        "Geldig?",
        "Prijs",
        "MKI",
        *(name for _, _, name in columns),
        total_name(award),
    )
    best = next((bid.outcome.total for bid in award.bids if bid.rank == 1 and bid.outcome is not None), None)
    rows = []
    for bid in award.bids:
        cells = [place_text(award, bid), bid.name, validity_text(bid), price_text(bid), mki_text(award, bid)]
        cells += [_part_text(award, bid, code, criterion) for code, criterion, _ in columns]
        if bid.outcome is None or best is None:
            rows.append((*cells, terms.not_counted(bid.validity), ""))
            continue
        difference = bid.outcome.total - best
        cells.append(amount_text(award, bid.outcome.total).replace(" punten", ""))
        rows.append(
            (*cells, amount_text(award, difference, sign=True).replace(" punten", "") if bid.rank else "")
        )
    return AwardTable((*header, "Verschil met nummer 1"), tuple(rows))


def short_ranking(award: Award) -> list[tuple[str, ...]]:
    """Plaats · Inschrijving · Geldig? · Prijs · MKI · total: what fits the width of a page."""
    return [(*row[:5], row[-2]) for row in ranking(award).rows]


def place_text(award: Award, bid: BidResult) -> str:
    if bid.rank is None:
        return "–" if bid.validity in OUT else terms.STATES["not_computable"]
    word = f"{bid.rank}"
    if bid.id == award.winner:
        return f"{word} Winnaar" + (" (oefening)" if award.tender.practice_of is not None else "")
    return f"{word} gelijk" if bid.tied else word


def validity_text(bid: BidResult) -> str:
    text = terms.VALIDITY[bid.validity]
    return f"{text}, voorstel: ongeldig" if bid.validity == "open" and bid.proposals else text


def price_text(bid: BidResult) -> str:
    return numbers.euro(bid.figures.price, 2) if bid.figures.price is not None else terms.STATES["empty"]


def asks_mki(tender: Tender) -> bool:
    """Whether any post counts in an MKI; a group without MKI has none that does."""
    return any(post.in_mki for post in tender.posts)


def mki_text(award: Award, bid: BidResult) -> str:
    """With cents where it lies within 1 % of the ceiling; a tender that asks no MKI has none."""
    if not asks_mki(award.tender):
        return terms.STATES["not_applicable"]
    if bid.figures.mki is None:
        return terms.STATES["not_computable"]
    near = any(flag.key == "near_ceiling" for flag in bid.flags)
    return numbers.number(bid.figures.mki, max(award.tender.ask.mki_decimals, 2 if near else 0))


def _part_text(award: Award, bid: BidResult, code: PartCode, criterion: str | None) -> str:
    parts = bid.outcome.parts if bid.outcome is not None else ()
    for part in parts:
        if (part.code, part.criterion) == (code, criterion):
            off = _takes_off(award, part)  # the column says what it is: an amount off needs no minus
            amount = -part.amount if off and part.amount else part.amount
            signed = award.method.kind == "notional" and not off
            return amount_text(award, amount, sign=signed).replace(" punten", "")
    return terms.not_counted(bid.validity)


def reasons(bid: BidResult) -> list[str]:
    """What was decided and by whom, then what proposes and what needs an eye."""
    found = []
    if bid.judgement is not None:
        j = bid.judgement
        article = f", {article_of(j.article)}" if j.article else ""
        found.append(
            f"{terms.VALIDITY[j.verdict].capitalize()}: {j.reason}{article} ({j.person}, "
            f"{numbers.date(j.at)})."
        )
    found += [f"Voorstel ongeldig: {sentences.sentence(message)}" for message in bid.proposals]
    return found + [sentences.sentence(message) for message in bid.flags]


def places_text(places: tuple[RankedPlace, ...], names: Mapping[str, str]) -> str:
    """ "1 B, 2 A, 3 C"; bids without a place at the end."""
    ordered = sorted(places, key=lambda place: (place.rank is None, place.rank or 0))
    if not ordered:
        return "geen inschrijving"
    return ", ".join(
        f"{place.rank if place.rank is not None else '–'} {names.get(place.variant_id, '')}"
        for place in ordered
    )


def drop_out_lines(award: Award) -> list[str]:
    names = {bid.id: bid.name for bid in award.bids}
    return [
        f"Zonder {names[found.without]}: {places_text(found.ranking, names)}." for found in award.drop_out
    ]


def break_even_lines(award: Award, found: tuple[BreakEven, ...]) -> list[str]:
    names = {bid.id: bid.name for bid in award.bids}
    lines = []
    for one in found:
        upper, lower = names[one.pair[0]], names[one.pair[1]]
        parts = []
        if one.price is not None:
            parts.append(f"vanaf een prijs van {numbers.euro(one.price, 2)}")
        if one.mki is not None:
            parts.append(f"vanaf een MKI van {numbers.number(one.mki, award.tender.ask.mki_decimals)}")
        if one.price is not None and one.price == award.bid(one.pair[0]).figures.price:
            lines.append(f"{upper} en {lower} staan nu gelijk; de regel bij gelijke stand beslist.")
            continue
        text = " of ".join(parts) if parts else "bij geen enkele prijs of MKI"
        lines.append(f"{upper} en {lower} wisselen of staan gelijk {text} van {upper}.")
    return lines


def penalty_sentence(rules: AwardRules, found: Penalty) -> str:
    shown = f"Beloofd {numbers.as_typed(found.promised)}, bewezen {numbers.as_typed(found.proven)}."
    if found.amount is None:
        return f"{shown} Bij deze methode volgt de boete uit de stukken."
    if found.amount == 0 and found.proven > found.promised:
        return f"{shown} De belofte is niet gehaald. Zij gaf geen voordeel, dus er is geen boete."
    if found.amount == 0:
        return f"{shown} De belofte is gehaald: geen boete."
    factor, advantage = numbers.as_typed(rules.penalty_factor), numbers.euro(found.advantage or Decimal(0), 2)
    return f"{shown} Boete: {factor} × {advantage} onterecht voordeel = {numbers.euro(found.amount, 2)}."


def tie_rules_text(rules: tuple[TieRule, ...]) -> str:
    return ", daarna ".join(terms.TIE_RULES[rule] for rule in rules) if rules else terms.NOT_CHOSEN


def warnings(award: Award) -> list[str]:
    return [sentences.sentence(message) for message in award.warnings]


# --- what was changed
# ----------------------------------------------------------------------------------------------


def stopped(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def kept_sentence(answer: KeptAnswer) -> str:
    return f"Antwoord van de inschrijver, bewaard op {numbers.date(answer.at)} door {answer.by}: {stopped(answer.text)}"


# --- certainty
# -----------------------------------------------------------------------------------------------------
