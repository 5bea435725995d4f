"""The annex for Provinciale Staten in words and tables; the same tables in the workbook and the CSV."""

from __future__ import annotations

from collections.abc import Iterable

from cirkeldesk.model.calendar.subsidies import AIM
from cirkeldesk.model.monitor.count import Count, Weights, YearCount
from cirkeldesk.model.monitor.lot import Impact, Lot
from cirkeldesk.model.monitor.ranges import Range
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.monitor import words

Table = tuple[str, paper.PaperTable]
NONE = "onbekend"


def title(count: Count) -> str:
    """ "Minder nieuwe grondstoffen in wat wij inkopen, peildatum 31-12-2027"."""
    return f"Minder nieuwe grondstoffen in wat wij inkopen, peildatum {numbers.date(count.until)}"


def tables(count: Count) -> list[Table]:
    """Every table with its name."""
    year = words.current(count)
    made: list[Table] = [
        ("Gegund per jaar", years(count.awarded)),
        ("Gerealiseerd per jaar", years(count.realised)),
        ("Grondstoffen per jaar", origins(count.years)),
        ("Besparing tegen de nulvariant", savings(count.awarded)),
        ("MKI van wat is gegund", mki(count.awarded)),
        ("MKI van wat is geleverd", mki(count.realised)),
        ("CO2 per jaar", gwp(count.awarded)),
        ("Geleverd met een paspoort", passports(count.realised)),
        ("Subsidieregelingen die duurzaamheid vragen", schemes(count)),
        ("Criteria, R-treden, mengsels en biobased werken", also(count.awarded)),
    ]
    if year is not None:
        made.append((f"Waar zit het, {year.year}", groups(year)))
    return [(name, table) for name, table in made if table.rows]


def years(found: Iterable[YearCount]) -> paper.PaperTable:
    header = ("Jaar", "Opdrachten", "Zeker, ton", "Band, ton", "Doel, ton", "Bekend", "Oordeel")
    rows = tuple(
        (
            str(one.year),
            str(len(one.lots)),
            numbers.number(one.measured.low, 0),
            words.span(one.band),
            words.span(one.target.line) if one.target is not None else "n.v.t.",
            words.share(_known(one)),
            words.VERDICTS[one.target.verdict] if one.target is not None else "n.v.t.",
        )
        for one in found
        if one.lots or one.target is not None
    )
    return paper.PaperTable(header, rows, 1, (0.09, 0.14, 0.13, 0.2, 0.19, 0.1, 0.15))


def _known(one: YearCount) -> float | None:
    return one.coverage.share_spend if one.coverage.spend is not None else one.coverage.share_awarded


def origins(found: Iterable[YearCount]) -> paper.PaperTable:
    header = (
        "Jaar",
        "Primair abiotisch, ton",
        "Secundair, ton",
        "Hergebruikt, ton",
        "Biobased, ton",
        "Vrijkomend, ton",
    )
    rows = tuple(
        (
            str(one.year),
            words.span(one.masses.primary_abiotic),
            words.span(one.masses.secondary),
            words.span(one.masses.reused),
            words.span(one.masses.primary_biobased),
            numbers.number(one.released_t, 0),
        )
        for one in found
        if one.lots
    )
    return paper.PaperTable(header, rows, 1, (0.1, 0.2, 0.18, 0.18, 0.17, 0.17))


def savings(found: Iterable[YearCount]) -> paper.PaperTable:
    header = ("Jaar", "Opdrachten met nulvariant", "Besparing primair abiotisch, ton")
    rows = tuple(
        (str(one.year), f"{one.with_reference} van {len(one.lots)}", words.span(one.saving))
        for one in found
        if one.lots
    )
    return paper.PaperTable(header, rows, 1, (0.2, 0.4, 0.4))


def mki(found: Iterable[YearCount]) -> paper.PaperTable:
    header = ("Jaar", "Weegset", "Nulvariant, € MKI", "Beloofd, € MKI", "Bewezen, € MKI")
    rows = tuple(
        (str(one.year), code, *(_weight(weight)))
        for one in found
        for code, weight in one.mki.items()
        if weight.sums != Impact()
    )
    return paper.PaperTable(header, rows, 2, (0.14, 0.14, 0.24, 0.24, 0.24))


def gwp(found: Iterable[YearCount]) -> paper.PaperTable:
    header = ("Jaar", "Deel", "Nulvariant, kg CO2-eq", "Beloofd, kg CO2-eq")
    rows = tuple(
        (str(one.year), part, *_weight(weight)[:2])
        for one in found
        for part, weight in (("A tot en met C", one.gwp_a_to_c), ("D", one.gwp_d))
        if weight.sums != Impact()
    )
    return paper.PaperTable(header, rows, 2, (0.14, 0.26, 0.3, 0.3))


def _weight(found: Weights) -> tuple[str, str, str]:
    """The sums; where one is not of every lot, of how many it is."""
    sums = found.sums
    told = ((sums.reference, found.reference), (sums.promised, found.promised), (sums.proven, found.proven))
    one, other, last = (_summed(value, lots, found.lots) for value, lots in told)
    return one, other, last


def _summed(value: float | None, lots: int, of: int) -> str:
    if value is None:
        return NONE
    whole = numbers.number(value, 0)
    return whole if lots == of else f"{whole} ({lots} van {of})"


def also(found: Iterable[YearCount]) -> paper.PaperTable:
    """Criteria per theme, rungs of the ladder, mixes and biobased works: what the lots are besides tons."""
    rows = [
        (str(one.year), what, name, told) for one in found if one.lots for what, name, told in words.also(one)
    ]
    return paper.PaperTable(("Jaar", "Wat", "Waarvan", "Hoeveel"), tuple(rows), 3, (0.1, 0.3, 0.36, 0.24))


def passports(found: Iterable[YearCount]) -> paper.PaperTable:
    """How much of what came lies described in a passport; nothing while there is none."""
    counted = [one for one in found if one.masses.whole > 0]
    rows = tuple(
        (
            str(one.year),
            numbers.number(one.masses.whole, 0),
            numbers.number(one.passport_t or 0.0, 0),
            words.share((one.passport_t or 0.0) / one.masses.whole),
        )
        for one in counted
    )
    has_one = any(one.passport_t for one in counted)
    header = ("Jaar", "Geleverd, ton", "Met paspoort, ton", "Deel")
    return paper.PaperTable(header, rows if has_one else (), 1, (0.25, 0.25, 0.25, 0.25))


def schemes(count: Count) -> paper.PaperTable:
    rows = tuple((str(year), str(changed), str(AIM)) for year, changed in count.schemes)
    header = ("Jaar", "Voorwaardelijk of inclusief gemaakt", "Doel per jaar")
    return paper.PaperTable(header, rows, 1, (0.2, 0.5, 0.3))


def groups(year: YearCount) -> paper.PaperTable:
    header = ("Productgroep", "Zeker, ton", "Onbekend, ton", "Met gegevens", "Ton per eenheid")
    rows = tuple(
        (
            one.name,
            numbers.number(one.masses.primary_abiotic.low, 0),
            numbers.number(one.masses.primary_abiotic.high - one.masses.primary_abiotic.low, 0),
            f"{one.measured} van {one.lots}",
            f"{words.span(one.per_unit, 3)} per {one.functional_unit}" if one.per_unit is not None else NONE,
        )
        for one in year.groups
    )
    return paper.PaperTable(header, rows, 1, (0.3, 0.15, 0.16, 0.15, 0.24))


MOST_LOTS = 60  # on paper; the workbook has them all


def lots(year: YearCount, most: int = MOST_LOTS) -> paper.PaperTable:
    """The lots a year rests on, in their order."""
    header = ("Opdracht", "Organisatie", "Bedrag", "Ton", "Primair abiotisch, ton", "Nulvariant, ton")
    rows = tuple(_lot(one) for one in year.lots[:most])
    return paper.PaperTable(header, rows, 2, (0.28, 0.2, 0.14, 0.1, 0.15, 0.13))


def _lot(one: Lot) -> tuple[str, ...]:
    def primary(masses: object) -> Range | None:
        found: Range | None = getattr(masses, "primary_abiotic", None)
        return found

    return (
        f"{one.number} {one.title}".strip(),
        one.organisation or NONE,
        numbers.euro(one.price) if one.price is not None else NONE,
        numbers.number(one.awarded.whole, 0) if one.awarded is not None else NONE,
        words.span(primary(one.awarded)),
        words.span(primary(one.reference)),
    )


def differences(now: Count, before: dict[str, object]) -> paper.PaperTable | None:
    """The bands of now beside those that were frozen before, by year."""
    earlier = {one["year"]: one for one in _years(before)}
    rows = []
    for one in now.years:
        known = earlier.get(one.year)
        if known is not None and (one.lots or known.get("lots")):
            rows.append((str(one.year), _span(known.get("band_t")), words.span(one.band)))
    header = (
        "Jaar",
        f"Vastgelegd op peildatum {numbers.date(str(before.get('until', '')))}",
        f"Nu geteld, peildatum {numbers.date(now.until)}",
    )
    return paper.PaperTable(header, tuple(rows), 1, (0.2, 0.4, 0.4)) if rows else None


def _years(plain: dict[str, object]) -> list[dict[str, object]]:
    found = plain.get("years")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _span(plain: object) -> str:
    if not isinstance(plain, dict):
        return NONE
    return words.span(Range(float(plain["low"]), float(plain["high"])))


def _kind(count: Count) -> str:
    of = f" Alleen {count.organisation}." if count.organisation else ""
    begin = "Voorbeeld met verzonnen cijfers. " if count.fictitious else ""
    return f"{begin}Bijlage bij de voortgangsrapportage voor Provinciale Staten.{of}"


def _beside(count: Count, before: dict[str, object] | None) -> list[paper.Block]:
    """The figures that were frozen before, where there are any."""
    table = differences(count, before) if before is not None else None
    return [paper.Heading("Naast wat is vastgelegd"), table] if table is not None else []


def _lots_in(year: YearCount) -> list[paper.Block]:
    found: list[paper.Block] = [paper.Heading(f"Opdrachten in {year.year}"), lots(year)]
    if len(year.lots) > MOST_LOTS:
        told = f"Dit zijn de eerste {MOST_LOTS} van {len(year.lots)} opdrachten. De werkmap noemt ze alle."
        found.append(paper.Text(told, "muted"))
    return found


PROGRESS = "progress"  # the figure of the annex


def annex(count: Count, mark: str, before: dict[str, object] | None = None, drawn: str = "") -> paper.Paper:
    """The annex. `mark`: the hash by which these figures are recognised; `before`: frozen ones to compare
    with; `drawn` is what the chart of the years says in words, "" where there is none."""
    year = words.current(count)
    blocks: list[paper.Block] = [
        paper.Heading("Minder nieuwe grondstoffen in wat wij inkopen", 1),
        paper.Text(_kind(count), "muted"),
        paper.Text(f"{words.answer(count).rstrip('.')}.", "lead"),
        paper.Text(words.under_answer(count)),
    ]
    if year is not None and words.verdict(year):
        blocks.append(paper.Text(f"Oordeel over {year.year}: {words.verdict(year)}."))
    blocks += [paper.Text(words.PRIMARY, "muted"), paper.Text(words.BAND, "muted")]
    if drawn:
        blocks += [paper.Heading("Voortgang tegenover de nulmeting"), paper.ChartPlace(PROGRESS, drawn)]
    listed = dict(tables(count))
    for name in ("Gegund per jaar", "Gerealiseerd per jaar", "Grondstoffen per jaar"):
        if name in listed:
            blocks += [paper.Heading(name), listed.pop(name)]
    blocks += _beside(count, before)
    for name in [name for name in listed if name.startswith("Waar zit het")]:
        blocks += [paper.Heading(name), listed.pop(name)]
    blocks += [paper.Heading("Waar rust dit op?"), paper.Items(tuple(words.rests_on(count)))]
    blocks += [paper.Text(words.COUNTED, "muted")]
    if year is not None:
        blocks += [paper.Heading("Iets anders: besparing tegenover de nulvariant")]
        blocks += [paper.Text(words.saving(year))]
    for name, table in listed.items():
        blocks += [paper.Heading(name, 3), table]
    blocks += _lots_in(year) if year is not None and year.lots else []
    blocks.append(paper.Text(words.CONTEXT, "muted"))
    blocks.append(paper.Text(f"Kenmerk van deze cijfers: {mark}.", "muted"))
    marks = ("VERZONNEN CIJFERS",) if count.fictitious else ()
    subject = "Tonnen primaire grondstof van gegunde opdrachten, tegen de nulmeting en de doelen"
    return paper.Paper("record", "internal", title(count), subject, marks, tuple(blocks))
