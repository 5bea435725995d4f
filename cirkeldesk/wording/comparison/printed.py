"""The matrix as paper shows it: groups that keep the two euros apart, only rows that carry a figure, and a
sentence for what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.wording.comparison.rows import MatrixRow

# (title, rows in it). A row that stands in none keeps its place above the groups.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "Milieukosten, € MKI (geen geld)",
        frozenset(
            {"total", "difference", "difference_percent", "per_unit", "per_unit_year", "a_to_c", "d", "check"}
        ),
    ),
    ("Klimaat", frozenset({"gwp"})),
    ("Geld, € excl. btw", frozenset({"price"})),
    ("Rekenbedrag voor de gunning", frozenset({"award"})),
    (
        "Grondstoffen",
        frozenset({"abiotic_mass", "primary_abiotic", "secondary", "reused", "primary_biobased"}),
    ),
    ("Onderbouwing", frozenset({"evidence", "open"})),
)
IN_WORDS = frozenset({"comparable", "evidence", "open"})  # rows that are words wherever they stand


@dataclass(frozen=True)
class RowGroup:
    """Rows under one head; without a title what stands above all groups."""

    title: str
    rows: tuple[MatrixRow, ...]


def grouped(rows: Sequence[MatrixRow]) -> list[RowGroup]:
    """What is printed, in the order of the groups."""
    kept = [row for row in rows if _carries(row)]
    titled = frozenset(key for _, keys in GROUPS for key in keys)
    found = [RowGroup("", tuple(row for row in kept if row.key not in titled))]
    found += [RowGroup(title, tuple(row for row in kept if row.key in keys)) for title, keys in GROUPS]
    return [group for group in found if group.rows]


def _carries(row: MatrixRow) -> bool:
    """Whether a row has a figure, or words that are no lack of one."""
    if row.key in IN_WORDS or any(cell.state == "sealed" for cell in row.cells):
        return True
    return any(cell.value is not None for cell in row.cells)


def left_out(rows: Sequence[MatrixRow]) -> str:
    """Which rows no variant has a figure for, with the word that stands for it; "" where there are none."""
    told = [f"{row.name} ({_words(row)})" for row in rows if not _carries(row)]
    if not told:
        return ""
    return f"Niet in de tabel, want geen enkele variant heeft er een cijfer voor: {', '.join(told)}."


def _words(row: MatrixRow) -> str:
    return " of ".join(dict.fromkeys(cell.text for cell in row.cells))


def column_name(variant: Variant) -> str:
    """ "B: Voorbeeld Wegenbouw BV": the letter of the table with the company, each once."""
    bidder = (variant.bidder or "").strip()
    if not bidder or bidder == variant.name:
        return variant.name
    return f"{variant.name.removeprefix('Inschrijving ')}: {bidder}"


def column_names(variants: Iterable[Variant], most: int) -> tuple[dict[str, str], str]:
    """(name by id, key) of so many columns: from `most` on the letter alone, with a line that tells who it
    is."""
    listed = list(variants)
    bidders = [variant for variant in listed if variant.is_bid and variant.bidder]
    if len(bidders) < most:
        return {variant.id: column_name(variant) for variant in listed}, ""
    return (
        {variant.id: variant.name for variant in listed},
        "; ".join(column_name(variant) for variant in bidders) + ".",
    )


def columns_per_table(count: int, most: int) -> int:
    """How many columns each of several tables gets, so that none is left with one."""
    tables = max(1, -(-count // most))
    return max(1, -(-count // tables))
