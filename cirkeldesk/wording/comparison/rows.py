"""The comparison as rows of text: the matrix that screen, sheet, workbook and command line show alike.

Decimals are fixed per row; where two cells of a row would print alike but differ, the row gets decimals until
they do (at most 4). Marks say laagste, hoogste or gelijk, never "beste", and only with two comparable values
or more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.methods import METHODS, is_sound
from cirkeldesk.model.comparison.basis import BASIS_DIFFERS
from cirkeldesk.model.comparison.comparison import is_rankable, is_tie
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.model.messages import Figure, Message, State
from cirkeldesk.model.product.composition import Origin
from cirkeldesk.wording import asked, numbers, sentences, terms

Mark = Literal["laagste", "hoogste", "gelijk"]
Better = Literal["low", "high"]
MOST_DECIMALS = 4


@dataclass(frozen=True)
class MatrixCell:
    """One figure as text. `value` is what the text shows (unit of the row), None for words. `reason` explains
    a word."""

    text: str
    value: float | None = None
    high: float | None = None
    mark: Mark | None = None
    state: State | None = None
    reason: str | None = None

    @property
    def with_mark(self) -> str:
        return f"{self.text} ({self.mark})" if self.mark else self.text


@dataclass(frozen=True)
class MatrixRow:
    """One row of the matrix. `key` names the figure; `decimals` as shown; cells in the order of the
    variants."""

    key: str
    name: str
    unit: str
    decimals: int
    cells: tuple[MatrixCell, ...]

    @property
    def name_with_unit(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class _Spec:
    """How a row of figures is made: where the figure comes from, its unit and decimals, and which end is
    marked."""

    key: str
    name: str
    unit: str
    decimals: int
    figure: Callable[[VariantResult], Figure]
    better: Better | None = None
    scale: float = 1.0


def matrix_rows(comparison: Comparison, against: str | None = None) -> list[MatrixRow]:
    """All rows, in the order that puts the message first. `against` is the variant differences are taken
    from."""
    results = comparison.variants
    base = comparison.variant(against) if against else comparison.reference
    unit, whole = comparison.group.functional_unit, terms.whole_of(comparison.group)
    if comparison.group.without_mki:
        return [_price_row(results), *_award_rows(comparison), _open_row(results)]
    return [
        _comparable_row(results),
        *(_figure_row(spec, results) for spec in _mki_specs(base)),
        *(_figure_row(spec, results) for spec in _unit_specs(unit)),
        _price_row(results),
        *_award_rows(comparison),
        _abiotic_mass(results),
        *(
            _share_row(origin, name, share_unit.format(whole=whole), better, results)
            for origin, name, share_unit, better in _SHARES
        ),
        *(_figure_row(spec, results) for spec in _PARTS),
        _evidence_row(comparison),
        _open_row(results),
    ]


def _mki_specs(base: VariantResult | None) -> list[_Spec]:
    name = "nulvariant" if base is None or base.role == "reference" else base.name
    return [
        _Spec("total", "MKI totaal", "€ MKI, lager is beter", 0, lambda r: r.total, "low"),
        _Spec("difference", f"Verschil met {name}", "€ MKI", 0, lambda r: difference_from(base, r)),
        _Spec("difference_percent", f"Verschil met {name}", "%", 1, lambda r: percent_from(base, r)),
    ]


def _unit_specs(unit: str) -> list[_Spec]:
    return [
        _Spec("per_unit", f"MKI per {unit}", f"€ MKI per {unit}", 2, lambda r: r.per_unit, "low"),
        _Spec(
            "per_unit_year",
            f"MKI per {unit} per jaar",
            f"€ MKI per {unit} per jaar",
            3,
            lambda r: r.per_unit_year,
            "low",
        ),
        _Spec(
            "gwp",
            "CO₂-uitstoot A–C",
            "ton CO₂-eq, lager is beter",
            1,
            lambda r: r.gwp_a_to_c,
            "low",
            scale=0.001,
        ),
    ]


_PARTS = (
    _Spec("a_to_c", "waarvan A–C", "€ MKI", 0, lambda r: r.a_to_c),
    _Spec("d", "waarvan D (na de levensduur)", "€ MKI", 0, lambda r: r.d),
    _Spec("check", "Rekencontrole", "€ MKI, eigen berekening", 0, lambda r: r.check),
)
_SHARES: tuple[tuple[Origin, str, str, Better | None], ...] = (
    ("primary_abiotic", "Primair abiotisch", "% van de massa", None),
    ("secondary", "Secundair", "% van de massa, hoger is beter", "high"),
    ("reused", "Hergebruikt", "% van de massa", "high"),
    ("primary_biobased", "Biobased", "% van het {whole}", "high"),
)


def difference_from(base: VariantResult | None, result: VariantResult) -> Figure:
    """€ MKI more (+) or less (−) than the base; from unrounded values."""
    if base is None:
        return Figure.unknown("not_applicable", "no_reference")
    if base.id == result.id:
        return Figure.unknown("not_applicable", "is_reference")
    if not is_rankable(base) or base.total.value is None:
        return Figure.unknown("not_computable", "reference_unknown")
    if result.total.value is None:
        return Figure(None, "not_computable", result.total.reason)
    if not is_rankable(result):
        return Figure.unknown("not_computable", "not_ranked")
    return Figure.known(result.total.value - base.total.value)


def percent_from(base: VariantResult | None, result: VariantResult) -> Figure:
    """The same in percent; not applicable where the base is zero or below."""
    figure = difference_from(base, result)
    if figure.value is None or base is None or base.total.value is None:
        return figure
    if base.total.value <= 0:
        return Figure.unknown("not_applicable", "base_not_positive")
    return Figure.known(figure.value / base.total.value * 100)


def word_cell(state: State | None, reason: Message | None) -> MatrixCell:
    used: State = state or "not_computable"
    if used == "sealed" and reason is not None:
        return MatrixCell(sealed(reason.values().get("until")), state=used, reason=sentences.sentence(reason))
    return MatrixCell(sentences.word(used), state=used, reason=sentences.sentence(reason) if reason else None)


def sealed(until: object) -> str:
    """ "dicht tot 12-12-2026 10:00": what stands in the place of a price that may not be seen yet."""
    return f"{terms.STATES['sealed']} tot {numbers.moment(str(until)) if until else 'de opening'}"


def _figure_row(spec: _Spec, results: Sequence[VariantResult]) -> MatrixRow:
    figures = [spec.figure(result) for result in results]
    values = [figure.value * spec.scale if figure.value is not None else None for figure in figures]
    countable = [
        value if is_comparable(result) else None for result, value in zip(results, values, strict=True)
    ]
    decimals = enough_decimals(values, spec.decimals)
    marks = marks_for(countable, spec.better, whole=all_known(results, countable))
    sign = spec.key.startswith("difference")
    cells = []
    for figure, value, mark in zip(figures, values, marks, strict=True):
        if value is None:
            cells.append(word_cell(figure.state, figure.reason))
        else:
            cells.append(MatrixCell(numbers.number(value, decimals, sign=sign), value, mark=mark))
    return MatrixRow(spec.key, spec.name, spec.unit, decimals, tuple(cells))


def is_comparable(result: VariantResult) -> bool:
    return result.comparable in ("yes", "partly") and not result.invalid


def enough_decimals(values: Sequence[float | None], decimals: int) -> int:
    """More decimals while two different values print alike; rounding noise is no difference."""
    known = [value for value in values if value is not None]
    while decimals < MOST_DECIMALS:
        texts: dict[str, float] = {}
        for value in known:
            text = numbers.number(value, decimals)
            if text in texts and not is_tie(texts[text], value):
                break
            texts[text] = value
        else:
            return decimals
        decimals += 1
    return decimals


def all_known(results: Sequence[VariantResult], values: Sequence[float | None]) -> bool:
    """Whether every variant that takes part has a value: only then one is known to be the lowest. Where there
    are bids, they are who takes part."""
    bids = any(result.is_bid for result in results)
    taking_part = [(r, v) for r, v in zip(results, values, strict=True) if r.is_bid or not bids]
    return all(value is not None for result, value in taking_part if not result.invalid)


def marks_for(values: Sequence[float | None], better: Better | None, *, whole: bool) -> list[Mark | None]:
    """Which cells are lowest or highest, or alike. `whole`: every value that could be lower is known."""
    known = [value for value in values if value is not None]
    if better is None or len(known) < 2 or not whole:
        return [None] * len(values)
    best = min(known) if better == "low" else max(known)
    first = [value is not None and is_tie(value, best) for value in values]
    word: Mark = "laagste" if better == "low" else "hoogste"
    if sum(first) > 1:
        word = "gelijk"
    return [word if is_first else None for is_first in first]


# For the award this is a yes: what cannot be compared is how a total is spread.
ON_TOTAL = "ja, op totaal"
NOT_BY_STAGE = "Niet per levensfase: de inschrijver gaf één totaal op."


def _comparable_row(results: Sequence[VariantResult]) -> MatrixRow:
    cells = []
    for result in results:
        blocking = [problem for problem in result.problems if problem.level == "blocks"]
        text = terms.COMPARABLE[result.comparable]
        if result.comparable == "partly":
            unlike = next((p for p in result.problems if p.message.key in BASIS_DIFFERS), None)
            text = ON_TOTAL if unlike is None else f"{text}: {short_reason(unlike.message)}"
        elif blocking:
            text += f": {short_reason(blocking[0].message)}"
        if result.invalid:
            text = (
                terms.VALIDITY["withdrawn"] if result.withdrawn else f"{terms.VALIDITY['invalid']} verklaard"
            )
        reasons = " ".join(dict.fromkeys(sentences.sentence(p.message) for p in blocking))
        if text == ON_TOTAL:
            reasons = reasons or NOT_BY_STAGE
        cells.append(MatrixCell(text, reason=reasons or None))
    return MatrixRow("comparable", "Te vergelijken?", "", 0, tuple(cells))


SHORT_REASONS: Mapping[str, str] = {
    "mki_empty": "MKI ontbreekt",
    "work_mki_empty": "MKI ontbreekt",
    "own_quantity": "eigen hoeveelheid",
    "missing_modules": "levensfasen ontbreken",
    "fewer_modules": "levensfasen ontbreken",
    "wider_total": "andere levensfasen",
    "scope_ambiguous": "levensfasen niet duidelijk",
    "modules_unknown": "levensfasen niet duidelijk",
    "set_unknown": "weegset onbekend",
    "total_is_no_life": "geen hele levensduur",
    "missing_indicators": "milieueffecten ontbreken",
    "no_unit": "milieueffecten ontbreken",
    "replacement_unknown": "vervanging onbekend",
    "missing_replacement_rule": "vervanging onbekend",
    "not_equal": "niet gelijkwaardig",
    "missing_property": "hoeveelheid ontbreekt",
    "missing_life": "levensduur ontbreekt",
    "missing_analysis_period": "levensduur ontbreekt",
    "category_unknown": "datacategorie onbekend",
    "work_and_posts": "twee MKI's opgegeven",
    "work_beside_posts": "twee MKI's opgegeven",
    "other_rules": "andere rekenregels",
    "orienting_among_others": "andere rekenregels",
    "differing_rules": "andere rekenregels",
    "unknown_rules": "rekenregels onbekend",
    "other_background": "andere achtergronddatabase",
    "differing_background": "andere achtergronddatabase",
    "unknown_background": "achtergrond onbekend",
    "differing_method": "andere EF-versie",
    "unknown_method": "EF-versie onbekend",
    "other_tool": "ander rekeninstrument",
    "differing_tool": "ander rekeninstrument",
    "unknown_tool": "rekeninstrument onbekend",
    "differing_category": "andere datacategorie",
    "unknown_category": "datacategorie onbekend",
}


def short_reason(message: Message) -> str:
    """A few words for a cell; the whole sentence stands in the explanation."""
    if message.key == "other_set":
        return f"weegset {message.values().get('has')}"
    if message.key == "below_limit":
        return str(message.values()["words"])
    return SHORT_REASONS.get(message.key, "zie open punten")


def _price_row(results: Sequence[VariantResult]) -> MatrixRow:
    values = [float(result.price) if result.price is not None else None for result in results]
    countable = [
        value if result.is_bid and not result.invalid else None
        for value, result in zip(values, results, strict=True)
    ]
    marks = marks_for(countable, "low", whole=all_known(results, countable))
    cells = []
    for result, value, mark in zip(results, values, marks, strict=True):
        if result.price is None:
            cells.append(word_cell(result.price_state.state, result.price_state.reason))
        else:
            prefix = "raming " if not result.is_bid else ""
            cells.append(MatrixCell(prefix + numbers.number(result.price, 0), value, mark=mark))
    return MatrixRow("price", "Inschrijfsom (nulvariant: raming)", "€ excl. btw", 0, tuple(cells))


def _award_rows(comparison: Comparison) -> list[MatrixRow]:
    """Fictieve prijs or Punten, once a method is there; sealed with the prices. The reference takes no
    part."""
    tender, found = comparison.tender, award(comparison)
    if not tender.bids or (found is None and not (tender.prices_sealed and is_sound(tender.award))):
        return []
    notional = METHODS[tender.award.method or "lowest_price"].kind == "notional"
    name, unit = ("Fictieve prijs", "€, lager is beter") if notional else ("Punten", "hoger is beter")
    decimals = 2 if notional else tender.award.points_decimals
    cells = []
    for result in comparison.variants:
        bid = found.bid(result.id) if found is not None and result.is_bid else None
        if not result.is_bid:
            cells.append(MatrixCell(terms.STATES["not_applicable"], state="not_applicable"))
        elif bid is None:
            cells.append(word_cell("sealed", Message.of("price_sealed", until=tender.sealed_until)))
        elif bid.outcome is None:
            word = word_cell("not_computable", bid.missing)
            cells.append(replace(word, text=terms.not_counted(bid.validity)))
        else:
            mark: Mark | None = "gelijk" if bid.tied else "laagste" if notional else "hoogste"
            total = bid.outcome.total
            cells.append(
                MatrixCell(
                    numbers.number(total, decimals), float(total), mark=mark if bid.rank == 1 else None
                )
            )
    return [MatrixRow("award", name, unit, decimals, tuple(cells))]


def _abiotic_mass(results: Sequence[VariantResult]) -> MatrixRow:
    cells: list[MatrixCell] = []
    lows: list[float | None] = []
    for result in results:
        share, mass = result.shares["primary_abiotic"], result.mass_kg.value
        if share is None or mass is None:
            figure = result.share_states.get("primary_abiotic", result.mass_kg)
            cells.append(word_cell(figure.state, figure.reason))
            lows.append(None)
            continue
        low, high = share.low * mass / 1000, share.high * mass / 1000
        cells.append(MatrixCell(_range(low, high, 0), low, high))
        lows.append(low if low == high else None)
    marks = marks_for(lows, "low", whole=all_known(results, lows))
    marked = tuple(
        MatrixCell(c.text, c.value, c.high, mark, c.state, c.reason) if mark else c
        for c, mark in zip(cells, marks, strict=True)
    )
    return MatrixRow("abiotic_mass", "Primair abiotisch", "ton, lager is beter", 0, marked)


def _range(low: float, high: float, decimals: int) -> str:
    low_text, high_text = numbers.number(low, decimals), numbers.number(high, decimals)
    return low_text if low_text == high_text else f"{low_text} tot {high_text}"


def _share_row(
    origin: Origin, name: str, unit: str, better: Better | None, results: Sequence[VariantResult]
) -> MatrixRow:
    cells: list[MatrixCell] = []
    exact: list[float | None] = []
    for result in results:
        share = result.shares[origin]
        if share is None:
            figure = result.share_states[origin]
            cells.append(word_cell(figure.state, figure.reason))
            exact.append(None)
        elif share.basis != "mix":
            text = f"{numbers.percent(share.low * 100, 0)} {terms.BASES[share.basis]}"
            cells.append(
                MatrixCell(
                    text, None, reason="Een andere basis dan de andere varianten; daarom niet vergeleken."
                )
            )
            exact.append(None)
        else:
            low, high = share.low * 100, share.high * 100
            cells.append(MatrixCell(_range(low, high, 1), low, high))
            exact.append(low if low == high else None)
    marks = marks_for(exact, better, whole=all_known(results, exact))
    marked = tuple(
        MatrixCell(c.text, c.value, c.high, mark, c.state, c.reason) if mark else c
        for c, mark in zip(cells, marks, strict=True)
    )
    return MatrixRow(origin, name, unit, 1, marked)


def _evidence_row(comparison: Comparison) -> MatrixRow:
    ask = comparison.tender.ask
    cells = []
    for result in comparison.variants:
        counted = [post for post in result.posts if post.counts]
        known = sum(1 for post in counted if post.mki.value is not None)
        lapsed = sum(1 for post in counted if post.lapses)
        if comparison.tender.variant(result.id).work_mki is not None and result.total.value is not None:
            known = len(counted) - lapsed
        parts = [
            f"{known} van {len(counted)} {'post' if len(counted) == 1 else 'posten'}",
            *([f"{lapsed} vervalt"] if lapsed else []),
        ]
        parts += [ask.set_code, asked.judged(ask)]
        category = comparison.tender.variant(result.id).evidence.category
        if category:
            parts.append(f"cat. {category}")
        cells.append(MatrixCell(" · ".join(parts)))
    return MatrixRow("evidence", "Onderbouwing", "", 0, tuple(cells))


def _open_row(results: Sequence[VariantResult]) -> MatrixRow:
    counts = [sum(problem.level != "note" for problem in result.problems) for result in results]
    return MatrixRow(
        "open", "Open punten", "", 0, tuple(MatrixCell(str(count), float(count)) for count in counts)
    )


def findings(comparison: Comparison, *, notes: bool = True) -> list[str]:
    """All that is missing or stands out, each once, with its place: what every paper lists alike. Without
    `notes` what somebody has to do something about."""
    names = {variant.id: variant.name for variant in comparison.variants}
    posts = {post.id: post.name for post in comparison.tender.posts}
    found = (
        sentences.problem_sentence(p, names.get(p.variant_id or ""), posts.get(p.post_id or ""))
        for p in comparison.problems
        if notes or p.level != "note"
    )
    return list(dict.fromkeys(found))


def outcome(comparison: Comparison) -> str:
    """One line for the list: "Winnaar: Inschrijving B", else "Laagste MKI: Inschrijving B (−15,7 %)", else
    what is open."""
    found = award(comparison)
    if found is not None and found.winner is not None:
        practice = " (oefening)" if comparison.tender.practice_of is not None else ""
        return f"Winnaar{practice}: {found.bid(found.winner).name}"
    conclusion = comparison.conclusion
    if conclusion.key in ("conclusion_lowest", "conclusion_tie"):
        params = conclusion.values()
        percent = params.get("percent")
        extra = f" ({numbers.percent(percent, sign=True)})" if isinstance(percent, float) else ""
        return f"Laagste MKI: {params['name']}{extra}"
    if conclusion.key in ("conclusion_alone", "conclusion_lowest_known", "conclusion_tie_known"):
        params = conclusion.values()
        return f"Te vergelijken: {params['comparable']} van {params['group']}"
    if conclusion.key == "conclusion_price":
        return f"Laagste inschrijfsom: {conclusion.values()['name']}"
    count = sum(problem.level != "note" for problem in comparison.problems)
    return f"Nog {count} open {'punt' if count == 1 else 'punten'}" if count else ""


Shown = Literal["values", "amount", "percent"]
SHOWN: dict[Shown, str] = {"values": "waarden", "amount": "verschil", "percent": "verschil in %"}
# Rows whose difference is told in the row's own unit, in percent, or in percentage points (UX 5).
_AMOUNTS = frozenset(
    {"total", "per_unit", "per_unit_year", "gwp", "price", "award", "abiotic_mass", "a_to_c", "d", "check"}
)
_PERCENTS = _AMOUNTS - {"d", "award"}
_POINTS = frozenset(spec[0] for spec in _SHARES)


def as_differences(
    rows: Sequence[MatrixRow], comparison: Comparison, against: str | None, shown: Shown
) -> list[MatrixRow]:
    """The rows with each figure told as its difference from one variant; that variant keeps its own figures.

    Rows that are words, or differences already, stay as they are. From unrounded values; no percentage where
    the base is zero or below.
    """
    base = comparison.variant(against) if against else comparison.reference
    if shown == "values" or base is None:
        return list(rows)
    place = [result.id for result in comparison.variants].index(base.id)
    return [_as_difference(row, place, base.name, shown) for row in rows]


def _as_difference(row: MatrixRow, place: int, name: str, shown: Shown) -> MatrixRow:
    told = row.key in (_AMOUNTS if shown == "amount" else _PERCENTS) or row.key in _POINTS
    start = row.cells[place]
    if not told or start.value is None or start.high not in (None, start.value):
        return row
    if row.key in _POINTS:
        unit, decimals = f"procentpunt verschil met {name}", 1
    else:
        unit, decimals = (f"{row.unit.split(',')[0]}, verschil met {name}", row.decimals)
        if shown == "percent":
            unit, decimals = f"% verschil met {name}", 1
    own = (
        f"{start.text} {row.unit.split(',')[0]}".strip()
    )  # the base keeps its own figure, with the unit it is in
    base = MatrixCell(own, mark=start.mark)
    cells = [
        base if at == place else _difference_cell(row, cell, start.value, shown)
        for at, cell in enumerate(row.cells)
    ]
    return MatrixRow(row.key, row.name, unit, decimals, tuple(cells))


def _difference_cell(row: MatrixRow, cell: MatrixCell, start: float, shown: Shown) -> MatrixCell:
    if cell.value is None or cell.high not in (None, cell.value):
        return cell
    value = cell.value - start
    if row.key in _POINTS or shown == "amount":
        decimals = 1 if row.key in _POINTS else row.decimals
        return MatrixCell(numbers.number(value, decimals, sign=True), value, mark=cell.mark)
    if start <= 0:
        return MatrixCell(
            terms.STATES["not_applicable"],
            state="not_applicable",
            reason=sentences.sentence(Message.of("base_not_positive")),
        )
    return MatrixCell(numbers.number(value / start * 100, 1, sign=True), value / start * 100, mark=cell.mark)
