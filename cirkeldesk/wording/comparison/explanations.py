"""The words of Waarom?: names of branches, the filled-in sum at a leaf, and how figures are spoken."""

from __future__ import annotations

import re

from cirkeldesk.model.comparison.explanation import Branch, Leaf
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.product.modules import GROUPS, atoms
from cirkeldesk.model.product.units import Per
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.tender.answered import per_of
from cirkeldesk.model.tender.offered import fixed_for
from cirkeldesk.model.tender.tender import Tender, Variant
from cirkeldesk.wording import asked, numbers, terms
from cirkeldesk.wording.comparison.rows import MatrixCell, MatrixRow


def branch_name(branch: Branch, weights: WeightingSet) -> str:
    match branch.key:
        case "total":
            return f"MKI totaal {branch.name}"
        case "work":
            return "MKI hele werk (opgave inschrijver)"
        case "module":
            group = next(
                (name for name, members in GROUPS.items() if atoms(branch.name) <= frozenset(members)), None
            )
            fixed = " (vast)" if branch.leaf is not None and branch.leaf.kind == "fixed" else ""
            name = terms.MODULE_PARTS.get(branch.name) or (terms.MODULE_NAMES[group] if group else "")
            return f"{branch.name} {name}{fixed}".strip()
        case "first":
            return f"{branch.name} van de eerste levering"
        case "replacement":
            return f"Vervanging: {branch.name}"
        case "indicator":
            weight = weights.by_indicator().get(branch.name)
            return f"{branch.name} {weight.name}" if weight else branch.name
        case "leaf":
            return "Eén totaal, niet uitgesplitst"
    return branch.name


def in_words(comparison: Comparison, result: VariantResult) -> list[str]:
    """The rule, the source and the assumptions behind a total, for somebody who did not make it."""
    tender = comparison.tender
    variant = tender.variant(result.id)
    found = [f"Regel: {asked.calculation(tender, comparison.replacement_rule)}"]
    if result.source == "computed":
        name = f"{comparison.weighting_set.code}, uitgave {comparison.weighting_set.edition}"
        found.append(
            f"Bron: de milieuverklaringen van de producten. Per levensfase: opgegeven waarde × gewicht (weegset {name})."
        )
    elif result.source == "offered":
        evidence = variant.evidence
        told = [evidence.source, evidence.number, evidence.rules, evidence.tool]
        said = ", ".join(text for text in told if text)
        found.append(f"Bron: opgave van de inschrijver{f' ({said})' if said else ', zonder vermelde bron'}.")
    return found + [f"Aanname: {text}" for text in assumptions(comparison, result)]


def assumptions(comparison: Comparison, result: VariantResult) -> list[str]:
    """What is taken to be so, and may be otherwise."""
    ask, weights = comparison.tender.ask, comparison.weighting_set
    found = []
    rule = comparison.replacement_rule
    replaces = rule in ("fractional_with_d", "fractional_without_d", "whole")
    if replaces and not (result.source == "offered" and ask.includes_replacement == "yes"):
        found.append(f"vervanging {terms.REPLACEMENT_RULES[rule or '']}. {NOT_FOR_WORKS}")
    if result.source == "computed" and weights.unverified:
        found.append(
            f"{len(weights.unverified)} van de {len(weights.weights)} gewichten zijn niet bevestigd."
        )
    if any(basis.category == "3" for basis in result.bases) and ask.apply_uplift:
        found.append("gegevens van datacategorie 3 tellen met een toeslag van 30 %.")
    loose = [one.module for one in ask.fixed_modules if not one.verified]
    if loose:
        found.append(f"de vaste waarden voor {', '.join(loose)} zijn niet geverifieerd.")
    return found


def quantity_sum(comparison: Comparison, variant_id: str, post_id: str) -> str:
    """ "12.000 m² × 35 mm × 2,35 ton/m³ = 987,0 ton"; "" where the quantity was typed."""
    group, post = comparison.group, comparison.tender.post(post_id)
    quantities = comparison.variant(variant_id).post(post_id).quantities
    route = group.route(post.route or group.default_route)
    measure = group.property(group.measure)
    if measure.code in route.inputs or measure.code not in quantities:
        return ""
    parts = [
        f"{numbers.as_typed(round(quantities[code], 6))} {group.property(code).unit}"
        for code in route.inputs
        if code in quantities
    ]
    return (
        f"{' × '.join(parts)} = {numbers.number(quantities[measure.code], measure.decimals)} {measure.unit}"
    )


NOT_FOR_WORKS = "Deze regel komt uit de rekenregels voor gebouwen en is niet bevestigd voor de GWW."


def _per(leaf: Leaf, tender: Tender, variant: Variant | None) -> Per:
    """What a declared or fixed value is per."""
    post = tender.post(leaf.post_id)
    fixed = fixed_for(tender.ask, post).get(leaf.module or "") if leaf.kind == "fixed" else None
    return fixed[1] if fixed is not None else per_of(tender.ask, post, variant)


def leaf_sum(leaf: Leaf, comparison: Comparison, variant: Variant | None = None) -> str:
    """ "€ 6,40 per ton × 2.538,0 ton = € 16.243,20 (opgave inschrijver)", with every factor that is not 1."""
    tender = comparison.tender
    unit = terms.PER[_per(leaf, tender, variant)] if leaf.post_id else ""
    if leaf.kind == "profile":
        weight = comparison.weighting_set.by_indicator()[leaf.indicator or ""]
        parts = [f"{numbers.as_typed(leaf.declared)} {weight.unit} × € {numbers.as_typed(leaf.weight)}"]
        parts.append(f"{numbers.as_typed(leaf.amount)} maal de opgegeven hoeveelheid")
        source = "milieuverklaring"
    elif leaf.kind == "work":
        parts, source = [numbers.euro(leaf.declared, 2)], "opgave inschrijver, hele werk"
    else:
        parts = [f"€{numbers.NBSP}{numbers.number(leaf.declared, _decimals(leaf.declared))} per {unit}"]
        parts.append(f"{numbers.number(leaf.amount, 1)} {unit}")
        source = "vast, door de opdrachtgever" if leaf.kind == "fixed" else "opgave inschrijver"
    if leaf.uplift != 1.0:
        parts.append(f"{numbers.as_typed(leaf.uplift)} (toeslag datacategorie 3)")
    factor = leaf.first + leaf.more
    if factor != 1.0:
        parts.append(f"{numbers.as_typed(round(factor, 6))} ({_factor_note(leaf)})")
    return f"{' × '.join(parts)} = {numbers.euro(leaf.value, 2)} ({source})"


def _factor_note(leaf: Leaf) -> str:
    if not leaf.more:
        return "deel van de eerste levering"
    if not leaf.first:
        return "vervangingen"
    return (
        f"eerste levering {numbers.as_typed(leaf.first)}, vervanging {numbers.as_typed(round(leaf.more, 6))}"
    )


def _decimals(value: float) -> int:
    text = numbers.as_typed(value)
    return max(2, len(text.partition(",")[2]))


_EURO_BEFORE = re.compile("€\u00a0?([\u2212-]?[0-9][0-9.,]*[0-9]|[0-9])")
_ALOUD = (
    ("€", "euro"),
    ("CO₂", "CO2"),
    ("n.v.t.", "niet van toepassing"),
    ("excl. btw", "exclusief btw"),
    ("cat. ", "categorie "),
    ("✓ ", ""),
    ("m²", "vierkante meter"),
    ("m³", "kubieke meter"),
    ("\u2212", "min "),
    (" – ", " tot "),
    ("–", " tot "),
    (" · ", ", "),
    ("·", ","),
    ("%", "procent"),
    ("\u00a0", " "),
)


def aloud(text: str) -> str:
    """Text as it should be spoken: no signs, abbreviations written out, euro after its amount."""
    text = _EURO_BEFORE.sub(r"\1 euro", text)
    for sign, word in _ALOUD:
        text = text.replace(sign, word)
    return " ".join(text.split())


def described(row: MatrixRow, place: int, percents: MatrixRow, base: str) -> str | None:
    """What the headers of a cell do not say: "15,7 procent lager dan nulvariant" at the total, else why there
    is no figure."""
    cell = row.cells[place]
    percent = percents.cells[place].value
    if row.key != "total" or percent is None or cell.value is None:
        return aloud(cell.reason) if cell.reason else None
    side = "lager" if percent < 0 else "hoger"
    return (
        f"{numbers.number(abs(percent), 1)} procent {side} dan {base}" if percent else f"even hoog als {base}"
    )


def spoken(row: MatrixRow, cell: MatrixCell) -> str:
    """Name of a cell: value, unit, mark; e.g. "37.041 euro MKI, laagste"."""
    parts = [aloud(cell.text)]
    if cell.value is not None and row.unit:
        parts[0] += " " + aloud(row.unit.split(",")[0])
    if cell.mark:
        parts.append(cell.mark)
    return ", ".join(parts)


def change_aloud(before: Comparison, after: Comparison) -> str | None:
    """ "MKI totaal Inschrijving B 37.041 euro, nu laagste.", for the first total that a step changed; None
    where none did."""
    old = {variant.id: variant for variant in before.variants}
    for variant in after.variants:
        was = old.get(variant.id)
        if was is None or was.total.value == variant.total.value:
            continue
        if variant.total.value is None:
            return f"MKI totaal {variant.name} is nu niet te berekenen."
        value = aloud(numbers.number(variant.total.value, 0))
        lowest = ", nu laagste" if variant.rank == 1 and was.rank != 1 else ""
        return f"MKI totaal {variant.name} {value} euro{lowest}."
    return None
