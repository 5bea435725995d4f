"""How sure the order of design alternatives is, in words."""

from __future__ import annotations

from cirkeldesk.model.comparison.certainty import Certainty, OtherAssumption
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award.awarding import AwardTable, places_text


def certainty_sentence(found: Certainty) -> str:
    """The plain sentence: who is lowest how often, or that the designs are not told apart."""
    best = max(found.alternatives, key=lambda one: one.p_best)
    rivals = [pair for pair in found.pairs if best.id in (pair.a, pair.b) and not pair.distinct]
    names = {one.id: one.name for one in found.alternatives}
    share = f"In {_of_hundred(best.p_best)} van de 100 trekkingen heeft {best.name} de laagste MKI."
    if rivals:
        others = ", ".join(names[pair.b if pair.a == best.id else pair.a] for pair in rivals)
        return f"{share} Het verschil met {others} is niet onderscheidend."
    return share


def _of_hundred(share: float) -> str:
    if share > 0.995 and share < 1:
        return "meer dan 99"
    return numbers.number(share * 100, 0)


def certainty_table(found: Certainty) -> AwardTable:
    header = ("Ontwerp", "MKI totaal", "Gemiddelde", "90 % ligt tussen", "Laagste in")
    rows = [
        (
            one.name,
            numbers.number(one.total, 0),
            numbers.number(one.mean, 0),
            f"{numbers.number(one.low, 0)} en {numbers.number(one.high, 0)}",
            numbers.percent(one.p_best * 100, 0),
        )
        for one in found.alternatives
    ]
    return AwardTable(header, tuple(rows))


def scenario_table(found: Certainty) -> AwardTable:
    names = {one.id: one.name for one in found.alternatives}
    rows = [(terms.SCENARIOS[s.key], places_text(s.ranking, names), _same(s, found)) for s in found.scenarios]
    return AwardTable(("Aanname", "Rangorde", "Anders?"), tuple(rows))


def _same(scenario: OtherAssumption, found: Certainty) -> str:
    if scenario.key == "asked":
        return ""
    if any(place.rank is None for place in scenario.ranking):
        return terms.STATES["not_computable"]
    return "gelijk" if set(scenario.ranking) == set(found.base) else "andere rangorde"
