"""Sentences and words of the monitor: the answer, what it rests on, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cirkeldesk.model.monitor.baseline import Baseline, BaselineMethod
from cirkeldesk.model.monitor.count import LEAST_KNOWN, Count, Verdict, YearCount
from cirkeldesk.model.monitor.lot import Lot
from cirkeldesk.model.monitor.ranges import Masses, Range
from cirkeldesk.wording import numbers, terms

VERDICTS: Mapping[Verdict, str] = {
    "gehaald": "doel gehaald",
    "niet_gehaald": "doel niet gehaald",
    "op_koers": "op koers",
    "niet_op_koers": "niet op koers",
    "niet_te_zeggen": "niet te zeggen",
}
METHODS: Mapping[BaselineMethod, str] = {
    "references": "nulvarianten van opdrachten",
    "awarded": "wat in het basisjaar is gegund",
    "estimate": "schatting uit uitgaven",
}
BASES: Mapping[str, str] = {"gegund": "gegund", "gerealiseerd": "gerealiseerd"}
DOUBTS: Mapping[str, str] = {
    "no_year": "geen jaar",
    "no_category": "geen categorie",
    "no_amount": "geen bedrag dat zeker te lezen is",
    "total": "een regel met een totaal",
    "amount_large": "een bedrag dat niet kan kloppen",
}
PRIMARY = (
    "Primair abiotisch: zand, steen, bitumen, metaal en andere nieuw gewonnen grondstof die niet groeit."
)
COUNTED = (
    "Geteld is het gegunde antwoord van elke opdracht, één keer. Bij gezamenlijke opdrachten telt het afgesproken "
    "deel. Gegund en gerealiseerd zijn twee tellingen; wij vullen de een niet aan met de ander."
)
BAND = (
    "Elk getal is een band: van wat zeker is tot en met al het onbekende. Een doel is pas gehaald als ook de bovenkant "
    "van de band onder de onderkant van het doel ligt."
)
CONTEXT = (
    "De zes indicatoren van de provinciale monitor circulaire economie (PCEM, IPO) volgen niet uit opdrachten. Daar "
    "staan primair en secundair niet apart. Tel die cijfers nooit bij deze op."
)


def tons(found: Range | None) -> str:
    """ "3.000 tot 3.400 ton"; one figure where the ends are the same as printed."""
    if found is None:
        return "onbekend"
    low, high = numbers.number(found.low, 0), numbers.number(found.high, 0)
    return f"{low} ton" if low == high else f"{low} tot {high} ton"


def span(found: Range | None, decimals: int = 0) -> str:
    """ "3.000–3.400", for a table."""
    if found is None:
        return "onbekend"
    low, high = numbers.number(found.low, decimals), numbers.number(found.high, decimals)
    return low if low == high else f"{low}–{high}"


def share(value: float | None) -> str:
    return numbers.percent(value * 100, 0) if value is not None else "onbekend"


def current(count: Count) -> YearCount | None:
    """The year the page speaks of: the last with lots, else the last."""
    years = count.years
    return next((one for one in reversed(years) if one.lots), years[-1] if years else None)


def less(count: Count, year: YearCount) -> Range | None:
    """% less primary abiotic than in the baseline, as a range: least to most."""
    base, band = count.baseline, year.band
    if base is None or band is None or base.primary_abiotic_t.low <= 0:
        return None
    span_of_base = base.primary_abiotic_t
    return Range(100 * (1 - band.high / span_of_base.low), 100 * (1 - band.low / span_of_base.high))


def answer(count: Count) -> str:
    """The answer in one sentence: how much less than the baseline, or why that cannot be said."""
    year = current(count)
    if year is None or not year.lots:
        return "Er zijn nog geen gegunde opdrachten."
    if count.baseline is None:
        return f"{_begin(tons(year.band or year.measured))} primaire grondstof in {year.year}; hiervoor is er geen nulmeting"
    if year.target is not None and not year.coverage.is_enough:
        return f"Van {year.year} is nog niet te zeggen hoeveel minder primaire grondstof er is gekocht"
    found = less(count, year)
    if found is None:
        return f"Van {year.year} is niet te zeggen hoeveel minder primaire grondstof er is gekocht"
    low, high = (numbers.number(abs(one), 0) for one in (found.low, found.high))
    if found.low >= 0:
        told = f"{low} %" if low == high else f"Tussen {low} en {high} %"
        return f"{told} minder primaire grondstof dan in de nulmeting"
    if found.high <= 0:
        told = f"{high} %" if low == high else f"Tussen {high} en {low} %"
        return f"{told} meer primaire grondstof dan in de nulmeting"
    return f"Tussen {low} % meer en {high} % minder primaire grondstof dan in de nulmeting"


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def under_answer(count: Count) -> str:
    """The tons and the target behind the answer."""
    year = current(count)
    if year is None or not year.lots:
        return "Zodra een opdracht is gegund, telt zij hier mee."
    text = f"{_begin(tons(year.band or year.measured))} in {year.year}, {BASES[basis(count)]}."
    if year.target is not None:
        text += f" Het doel is ten hoogste {tons(year.target.line)} (−{numbers.number(year.target.reduction, 0)} %)."
    return text


def basis(count: Count) -> str:
    return count.baseline.basis if count.baseline is not None else "gegund"


def verdict(year: YearCount) -> str:
    """The verdict with its reason, in words; "" where there is no line."""
    target = year.target
    if target is None:
        return ""
    said = VERDICTS[target.verdict]
    band = year.band
    if target.verdict == "niet_te_zeggen":
        return f"{said}: {why_not(year)}"
    assert band is not None
    if target.verdict in ("niet_gehaald", "niet_op_koers"):
        return f"{said}: ten minste {numbers.number(band.low - target.line.high, 0)} ton te veel"
    return f"{said}: ook de bovenkant van de band ligt onder het doel"


def why_not(year: YearCount) -> str:
    """Why no verdict can be given."""
    if not year.lots:
        return "er is niets gegund"
    if year.band is None:
        return "van een deel van de uitgaven is niet bekend hoeveel ton erbij hoort"
    if not year.coverage.is_enough:
        known = year.coverage.least
        return f"van {share(known)} van de uitgaven is de samenstelling bekend, nodig is {share(LEAST_KNOWN)}"
    if year.target is not None and year.band.high <= year.target.line.low:
        return "het jaar is nog niet voorbij, of niet alles is bekend of geleverd"
    return "de band en het doel overlappen"


def rests_on(count: Count) -> list[str]:
    """What the figures rest on, a sentence each."""
    year = current(count)
    if year is None:
        return []
    lots = len(year.lots)
    found = [
        f"{lots} {'opdracht' if lots == 1 else 'opdrachten'} in {year.year}, samen "
        f"{numbers.euro(year.coverage.awarded)}; van {share(year.coverage.share_awarded)} daarvan is de samenstelling "
        f"bekend."
    ]
    if year.coverage.spend is not None:
        found.append(
            f"Uitgaven binnen de nulmeting: {numbers.euro(year.coverage.spend)}. Daarvan is "
            f"{share(year.coverage.share_spend)} gemeten."
        )
    else:
        found.append(
            f"Wat er in {year.year} in het geheel is uitgegeven, is niet ingevuld. Wat niet in dit bestand staat, telt "
            "dus niet mee."
        )
    if year.coverage.outside:
        found.append(
            f"Buiten de nulmeting: {numbers.euro(year.coverage.outside)} aan uitgaven in categorieën die zij niet telt."
        )
    if year.left_out:
        count_left = len(year.left_out)
        found.append(
            f"{count_left} {'opdracht' if count_left == 1 else 'opdrachten'} zonder materiaal, zoals advies, "
            f"{'telt' if count_left == 1 else 'tellen'} niet mee."
        )
    found.append(baseline_sentence(count.baseline))
    if count.twice:
        found.append(f"Dubbel gevonden en één keer geteld: {', '.join(count.twice)}.")
    return found


def baseline_sentence(found: Baseline | None) -> str:
    if found is None:
        return "Hiervoor is er geen nulmeting. Zonder nulmeting is er geen voortgang te noemen."
    covered = ""
    if found.covered is not None and found.whole_spend:
        covered = f" Zij dekt {share(float(found.covered / found.whole_spend))} van die uitgaven."
    years = f", gemiddelde van {', '.join(map(str, found.years))}" if len(found.years) > 1 else ""
    return (
        f"Nulmeting “{found.id}” ({found.year}): {tons(found.primary_abiotic_t)}, {METHODS[found.method]}{years}, "
        f"{found.scope}.{covered}"
    )


def saving(year: YearCount) -> str:
    """Saving against the reference, never one with progress against the baseline."""
    told = f"{year.with_reference} van {len(year.lots)} opdrachten met een nulvariant"
    if year.saving is None:
        return f"Besparing onbekend: {told}."
    if year.saving.high < 0:
        return (
            f"{_begin(tons(Range(-year.saving.high, -year.saving.low)))} meer dan de nulvarianten ({told})."
        )
    if year.saving.low < 0:
        more, less = (
            tons(Range(-year.saving.low, -year.saving.low)),
            tons(Range(year.saving.high, year.saving.high)),
        )
        return f"Tussen {more} meer en {less} minder dan de nulvarianten ({told})."
    return f"{_begin(tons(year.saving))} minder dan de nulvarianten ({told})."


def also(year: YearCount) -> list[tuple[str, str, str]]:
    """(what, of which, how much) of the criteria, rungs, mixes and biobased works of a year."""
    of, found = len(year.lots), year.also
    told = [
        ("opdrachten met een criterium", f"{terms.THEMES[theme]}, {terms.LEVELS[level]}", f"{lots} van {of}")
        for (theme, level), lots in found.themes
    ]
    told += [("opdrachten met een R-trede", name, f"{lots} van {of}") for name, lots in found.r_steps]
    told += [("mengsel, ton", name, numbers.number(tons, 0)) for name, tons in found.mixes]
    if found.biobased or found.perhaps_biobased:
        perhaps = f", {found.perhaps_biobased} misschien" if found.perhaps_biobased else ""
        told.append(
            ("werken van ten minste 30 % biobased", "naar massa", f"{found.biobased} van {of}{perhaps}")
        )
    return told


def unknown(year: YearCount) -> list[tuple[str, float | None, tuple[str, ...]]]:
    """What is not known: (what, the most tons it may be, keys of the lots)."""
    partly = [lot for lot in year.lots if lot.awarded is not None and not is_whole(lot.awarded)]
    most = sum(lot.awarded.whole - lot.awarded.known for lot in partly if lot.awarded is not None)
    found = [
        _lacking("zonder hele samenstelling", partly, most),
        _lacking("zonder hoeveelheid", [lot for lot in year.lots if lot.awarded is None]),
        _lacking("zonder nulvariant", [lot for lot in year.lots if lot.reference is None]),
    ]
    listed = [one for one in found if one[2]]
    spend = year.unmeasured.high if year.unmeasured is not None else 0.0
    return [*listed, ("uitgaven waarvan niets is gemeten", spend, ())] if spend > 0 else listed


def _lacking(
    what: str, lots: Sequence[Lot], most: float | None = None
) -> tuple[str, float | None, tuple[str, ...]]:
    return _counted(len(lots), what), most, tuple(lot.key for lot in lots)


def is_whole(masses: Masses) -> bool:
    """Whether the origin of all of it is known."""
    return masses.known >= masses.whole * (1 - 1e-9)


def _counted(count: int, what: str) -> str:
    return f"{count} {'opdracht' if count == 1 else 'opdrachten'} {what}"
