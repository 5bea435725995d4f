"""The comparison in ten seconds: one sentence, at most three figures and a bar a variant. All from the rows
of the matrix, so that it cannot say anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.award.award import award
from cirkeldesk.model.comparison.result import Comparison, VariantResult
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.comparison.rows import MatrixCell, MatrixRow

MOST_BARS = 4
BarKind = Literal["lowest", "other"]


MKI_TOTAL = "MKI totaal, € MKI"
PRICES = "Inschrijfsom, € excl. btw"


@dataclass(frozen=True)
class HeroFigure:
    """A figure as text, and the quiet words under it."""

    text: str
    caption: str


@dataclass(frozen=True)
class SummaryBar:
    """One variant. `share`: its length from zero, 1 for the longest; None where a word stands."""

    name: str
    text: str
    share: float | None
    kind: BarKind


@dataclass(frozen=True)
class Summary:
    """`line`: what the bars are held against (name, its share of the longest), None without a known one.
    `more`: how many bids have no bar here. `measured`: what the bars show, with its unit."""

    sentence: str
    quiet: str
    figures: tuple[HeroFigure, ...] = ()
    bars: tuple[SummaryBar, ...] = ()
    line: tuple[str, float] | None = None
    more: int = 0
    measured: str = MKI_TOTAL

    @property
    def aloud(self) -> str:
        """The whole as text, for who listens."""
        figures = [f"{figure.text} {figure.caption}" for figure in self.figures]
        return " ".join([self.sentence, self.quiet, *(f"{said}." for said in figures)]).strip()


def summary(comparison: Comparison, rows: list[MatrixRow]) -> Summary:
    """`rows`: those of `matrix_rows`, with the values themselves."""
    sentence, quiet = sentences.conclusion_parts(comparison.conclusion)
    by_key = {row.key: row for row in rows}
    without_mki = comparison.group.without_mki
    bars, line, more = _bars(comparison, by_key["price" if without_mki else "total"])
    measured = PRICES if without_mki else MKI_TOTAL
    return Summary(sentence, quiet, _figures(comparison, by_key), bars, line, more, measured)


def _figures(comparison: Comparison, rows: dict[str, MatrixRow]) -> tuple[HeroFigure, ...]:
    """Of the variant with the lowest MKI, where there is one: its MKI, what it comes to, and how much of it
    is biobased."""
    chosen = concluded(comparison)
    if chosen is None:
        return ()
    place = comparison.variants.index(chosen)
    difference = rows["difference"].cells[place]
    against = _against(difference)
    figures = [HeroFigure(rows["total"].cells[place].text, f"€ MKI{against}")]
    if "award" in rows and rows["award"].cells[place].value is not None:
        name = "€ fictieve prijs" if rows["award"].name == "Fictieve prijs" else "punten"
        found = award(comparison)
        rank = found.bid(chosen.id).rank if found is not None else None
        figures.append(
            HeroFigure(rows["award"].cells[place].text, name + (f", nummer {rank}" if rank else ""))
        )
    elif rows["price"].cells[place].value is not None:
        words = "€ inschrijfsom" if chosen.is_bid else "€ raming"
        figures.append(HeroFigure(rows["price"].cells[place].text.removeprefix("raming "), words))
    biobased = rows["primary_biobased"].cells[place]
    if biobased.value is not None:
        figures.append(
            HeroFigure(f"{biobased.text}\u00a0%", f"biobased, van het {terms.whole_of(comparison.group)}")
        )
    return tuple(figures)


def concluded(comparison: Comparison) -> VariantResult | None:
    """The one variant the conclusion is about: a mark in the table may be on a design or the reference, which
    the conclusion passes over once there are bids."""
    if comparison.conclusion.key not in ("conclusion_lowest", "conclusion_lowest_known", "conclusion_alone"):
        return None
    name = comparison.conclusion.values().get("name")
    bids = any(result.is_bid and not result.invalid for result in comparison.variants)
    return next(
        (
            result
            for result in comparison.variants
            if result.rank == 1 and result.name == name and result.is_bid is bids
        ),
        None,
    )


def _against(difference: MatrixCell) -> str:
    if difference.value is None or not difference.value:
        return ""
    word = "lager" if difference.value < 0 else "hoger"
    amount = difference.text.lstrip("+\u2212")
    return f", {amount} {word}"


def _bars(
    comparison: Comparison, totals: MatrixRow
) -> tuple[tuple[SummaryBar, ...], tuple[str, float] | None, int]:
    """The bids (without bids: the designs), the lowest where there are too many; the reference as a line."""
    pairs = list(zip(comparison.variants, totals.cells, strict=True))
    reference = next((cell for result, cell in pairs if result is comparison.reference), None)
    taking_part = [pair for pair in pairs if pair[0] is not comparison.reference]
    if any(result.is_bid for result, _ in pairs):
        taking_part = [pair for pair in taking_part if pair[0].is_bid]
    longest = _longest([*(cell for _, cell in taking_part), reference])
    if longest is None:
        return (), None, 0
    known = comparison.conclusion.key in ("conclusion_lowest", "conclusion_tie")  # of all that take part
    first = {result.id for result, _ in taking_part if result.rank == 1 and known}
    bars = tuple(
        _bar(result, cell, longest, lowest=result.id in first) for result, cell in _lowest(taking_part)
    )
    return bars, _line(reference, longest), len(taking_part) - len(bars)


def _longest(cells: list[MatrixCell | None]) -> float | None:
    """What the longest bar stands for; None where there is nothing that can be drawn from zero."""
    values = [cell.value for cell in cells if cell is not None and cell.value is not None]
    return max(values) if values and min(values) >= 0 and max(values) > 0 else None


def _line(reference: MatrixCell | None, longest: float) -> tuple[str, float] | None:
    if reference is None or reference.value is None:
        return None
    return f"nulvariant {reference.text}", reference.value / longest


def _bar(result: VariantResult, cell: MatrixCell, longest: float, *, lowest: bool) -> SummaryBar:
    share = cell.value / longest if cell.value is not None else None
    return SummaryBar(result.name, cell.text, share, "lowest" if lowest else "other")


def _lowest(
    pairs: list[tuple[VariantResult, MatrixCell]],
) -> list[tuple[VariantResult, MatrixCell]]:
    """At most four, in the order of the tender; those without a figure come last."""
    ranked = sorted(
        range(len(pairs)),
        key=lambda at: value if (value := pairs[at][1].value) is not None else float("inf"),
    )
    return [pairs[at] for at in sorted(ranked[:MOST_BARS])]
