"""The box on the first page of an advice: who decides reads this alone, and can.

Whom to award to, or why that cannot be said; of designs first how sure it is. Every claim is computed;
companies go by their own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.disclosure import Disclosed
from cirkeldesk.model.comparison.certainty import Certainty
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.advice import decision
from cirkeldesk.wording.advice.causes import called, next_best
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.awarding import AwardTable
from cirkeldesk.wording.comparison import rows
from cirkeldesk.wording.paper import Decision, KeyFigure, Tone


def subtitle(comparison: Comparison, found: Award | None) -> str:
    """What kind of advice this is, on which tender, by which method."""
    tender, publication = comparison.tender, comparison.tender.publication
    parts = ["Advies gunning" if tender.has_bids else "Advies ontwerp", f"aanbesteding {tender.number}"]
    if publication.procedure is not None:
        parts.append(terms.PROCEDURES[publication.procedure])
    if tender.has_bids and tender.award.method is not None:
        parts.append(terms.METHODS[tender.award.method])
    if tender.has_bids:
        parts.append(_count(tender, found))
    else:
        count = len(comparison.variants)
        parts.append("1 ontwerp" if count == 1 else f"{count} ontwerpen, nog geen inschrijvingen")
    return " · ".join(parts)


def _count(tender: Tender, found: Award | None) -> str:
    count = len(tender.bids)
    out = sum(bid.validity in OUT for bid in found.bids) if found is not None else len(tender.invalid_bids)
    text = "1 inschrijving" if count == 1 else f"{count} inschrijvingen"
    return f"{text}, waarvan {count - out} geldig" if out else text


def of_award(comparison: Comparison, found: Award | None) -> Decision:
    """The box of an award: whom to award to, or why that cannot be said."""
    tender = comparison.tender
    if tender.is_stopped:
        return _stopped(tender)
    if tender.prices_sealed:
        return Decision(
            "NOG GEEN ADVIES", "waiting", "De prijzen zijn nog dicht",
            text=f"De prijzen zijn {rows.sealed(tender.sealed_until)}.",
        )  # fmt: skip
    if found is None and tender.award.method is not None:
        return Decision(
            "NOG GEEN ADVIES", "waiting", "De gunningsmethode is nog niet volledig",
            text="Vul bij Uitvraag in wat de methode nog mist.",
        )  # fmt: skip
    if found is None or not found.bids:
        return Decision(
            "NOG GEEN ADVIES", "waiting", "Er is nog geen gunningsmethode",
            text="Kies eerst bij Uitvraag hoe er wordt gegund.",
        )  # fmt: skip
    if all(bid.validity in OUT for bid in found.bids):
        return _nobody(found)
    if found.winner is None:
        return _waiting(found)
    return _winner(comparison, found, found.bid(found.winner))


def _nobody(found: Award) -> Decision:
    count = len(found.bids)
    none = "de enige inschrijving is niet" if count == 1 else f"geen van de {count} inschrijvingen is"
    lines = [f"{called(found, bid)} is {decision.why_out(bid)}" for bid in found.bids]
    return Decision(
        "ADVIES: NIET GUNNEN", "no", f"Niet gunnen: {none} geldig",
        text=" ".join([*lines, "Laat de jurist kijken wat nu kan."]),
    )  # fmt: skip


def _stopped(tender: Tender) -> Decision:
    reason = tender.publication.stopped_because.strip()
    why = awarding.stopped(awarding.raised(reason)) if reason else ""
    return Decision("AANBESTEDING GESTOPT", "no", "Niet gunnen: de aanbesteding is gestopt", text=why)


def _waiting(found: Award) -> Decision:
    """No winner yet: level bids that no rule parts, or bids that were not judged."""
    first = [bid for bid in found.bids if bid.rank == 1]
    undecided = [called(found, bid) for bid in found.bids if bid.validity == "open"]
    if len(first) > 1 and not undecided and first[0].outcome is not None:
        total = awarding.amount_text(found, first[0].outcome.total)
        rule = awarding.tie_rules_text(found.rules.tie_rules)
        return Decision(
            "GELIJKE STAND, NOG NIET BESLIST", "waiting",
            f"Nog geen winnaar: {len(first)} inschrijvers staan gelijk",
            text=f"{awarding.listed([called(found, bid) for bid in first])} staan gelijk op {total}. "
            f"De stukken zeggen dan: {rule}. Leg de uitslag vast bij Gunning.",
        )  # fmt: skip
    verb = "inschrijving is" if len(undecided) == 1 else "inschrijvingen zijn"
    answer = f"Nog geen advies: {len(undecided)} {verb} niet beoordeeld" if undecided else "Nog geen advies"
    text = [f"Te beoordelen: {awarding.listed(undecided)}."] if undecided else [awarding.conclusion(found)]
    note = f"voorlopig op 1: {awarding.listed([called(found, bid) for bid in first])}" if first else ""
    text += ["De volgorde kan nog veranderen."] if first else []
    return Decision("NOG NIET AF", "waiting", answer, note, " ".join(text))


def _winner(comparison: Comparison, found: Award, winner: BidResult) -> Decision:
    name = called(found, winner)
    note = winner.name if winner.name != name else ""
    alone = len(found.bids) == 1
    practice = " (OEFENING)" if found.tender.practice_of is not None else ""
    text = ["Er was geen andere inschrijving om mee te vergelijken."] if alone else []
    text += decision.level(found, winner, lambda bid: called(found, bid))
    tag = "ADVIES: GUNNEN AAN DE ENIGE INSCHRIJVER" if alone else "ADVIES: GUNNEN AAN"
    figures = tuple(_figures(comparison, found, winner))
    return Decision(f"{tag}{practice}", "decided", name, note, " ".join(text), figures)


def _figures(comparison: Comparison, found: Award, winner: BidResult) -> Iterator[KeyFigure]:
    if winner.figures.price is not None:
        yield KeyFigure("Inschrijfsom", numbers.euro(winner.figures.price, 2), "excl. btw")
    result = comparison.variant(winner.id)
    if winner.figures.mki is not None:
        decimals = found.tender.ask.mki_decimals
        yield KeyFigure(
            "MKI van het werk", f"{numbers.euro(winner.figures.mki, decimals)}{numbers.NBSP}MKI",
            _beside_reference(comparison, result),
        )  # fmt: skip
    if winner.outcome is None:
        return
    counting = [bid for bid in found.bids if bid.counts]
    least = "laagste" if found.method.kind == "notional" else "meeste"
    among = f"{least} van {len(counting)}, bepaalt de winnaar" if len(counting) > 1 else ""
    total = awarding.amount_text(found, winner.outcome.total)
    yield KeyFigure(awarding.total_name(found), total, among)
    second = next_best(found)
    if second is not None and second.outcome is not None:
        lead = abs(second.outcome.total - winner.outcome.total)
        under = f"{called(found, second)}: {awarding.amount_text(found, second.outcome.total)}"
        yield KeyFigure("Voorsprong op nummer 2", awarding.amount_text(found, lead), under)


def _beside_reference(comparison: Comparison, result: VariantResult) -> str:
    percent = rows.percent_from(comparison.reference, result).value
    if percent is None:
        return ""
    if not numbers.rounded(percent, 1):
        return "gelijk aan de nulvariant"
    word = "lager" if percent < 0 else "hoger"
    return f"{numbers.percent(abs(percent), 1)} {word} dan de nulvariant"


def of_designs(comparison: Comparison, sure: Certainty | None) -> list[Decision]:
    """How sure it is, said first; then what that comes down to."""
    found = []
    text = decision.of_designs(comparison, sure)
    if sure is not None and len(sure.alternatives) > 1:
        best = max(one.p_best for one in sure.alternatives)
        tone: Tone = "decided" if best >= decision.CERTAIN else "waiting"
        found.append(Decision("HOE ZEKER IS DIT?", tone, decision.how_sure(sure), text=_drawn(sure)))
    first, _, rest = text.partition(". ")
    ready = any(v.rank is not None for v in comparison.variants)
    found.append(
        Decision("ADVIES" if ready else "NOG GEEN ADVIES", "decided" if ready else "waiting", f"{first.rstrip('.')}.", text=rest)
    )  # fmt: skip
    return found


def _drawn(sure: Certainty) -> str:
    count = numbers.number(sure.draws, 0)
    return (
        f"Wij rekenden {count} keer, telkens met andere waarden binnen de onzekerheid van de milieudata. "
        "Vanaf 90 van de 100 noemen wij een verschil zeker genoeg."
    )


def designs_table(comparison: Comparison, sure: Certainty | None) -> AwardTable:
    """The designs side by side: money, MKI, what a saved euro of MKI costs, and materials."""
    base = comparison.reference
    shown = {row.key: row for row in rows.matrix_rows(comparison)}
    keys = [
        ("price", "Raming, € excl. btw"),
        ("total", "MKI, € MKI"),
        ("difference", "Verschil met nulvariant, € MKI"),
    ]
    more = [
        ("gwp", "CO₂ A–C, ton"),
        ("primary_biobased", "Biobased, %"),
        ("abiotic_mass", "Primair abiotisch, ton"),
        ("reused", "Hergebr., %"),
    ]
    told = [*keys, ("each", "Extra € per bespaarde € MKI"), *more]
    has = {key: any(cell.value is not None for cell in shown[key].cells) for key, _ in told if key in shown}
    has["each"] = has.get("price", False) and base is not None
    kept = [(key, label) for key, label in told if has.get(key)]
    made = []
    for at, result in enumerate(comparison.variants):
        cells = [
            _each(result, base) if key == "each" else shown[key].cells[at].text.removeprefix("raming ")
            for key, _ in kept
        ]
        made.append((result.name, *cells))
    return AwardTable(("Ontwerp", *(label for _, label in kept)), tuple(made))


def _each(result: VariantResult, base: VariantResult | None) -> str:
    """What a saved euro of MKI costs beside the reference, in words where there is no such price."""
    if base is None or result.id == base.id:
        return terms.STATES["not_applicable"]
    if None in (result.price, base.price, result.total.value, base.total.value):
        return terms.STATES["not_computable"]
    saved = (base.total.value or 0.0) - (result.total.value or 0.0)
    more = (result.price or Decimal(0)) - (base.price or Decimal(0))
    if saved <= 0:
        return "hogere MKI" if saved < 0 else "gelijke MKI"
    return numbers.number(float(more) / saved, 2) if more > 0 else "niet duurder"


def of_outside(comparison: Comparison, shown: Disclosed | None) -> Decision:
    """What anybody may know."""
    if shown is None:
        if len(comparison.variants) > 1:
            told = sentences.sentence(comparison.conclusion)
            return Decision("VERGELIJKING VAN ONTWERPEN", "decided", told)
        what = comparison.tender.title or "dit werk"
        return Decision("DE UITVRAAG", "decided", f"Dit blad beschrijft wat is gevraagd voor {what}")
    figures = []
    if shown.price is not None:
        figures.append(KeyFigure("Inschrijfsom", numbers.euro(shown.price, 2), "excl. btw"))
    if shown.mki is not None:
        told = numbers.euro(shown.mki, comparison.tender.ask.mki_decimals)
        figures.append(KeyFigure("MKI van het werk", f"{told}{numbers.NBSP}MKI"))
    were = "was 1 inschrijving" if shown.bids == 1 else f"waren {shown.bids} inschrijvingen"
    text = f"Er {were}, waarvan {shown.counted} geldig."
    return Decision("WIJ ZIJN VAN PLAN TE GUNNEN AAN", "decided", shown.winner, "", text, tuple(figures))
