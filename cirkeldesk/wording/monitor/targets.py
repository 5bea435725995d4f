"""Targets and spend as lines of text, as somebody types them; and frozen figures as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from cirkeldesk.model.monitor.baseline import YearSpend
from cirkeldesk.model.monitor.ranges import Range
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.monitor import words

SEPARATOR = "|"
TARGETS_HOW = "Een doel per regel: jaar en hoeveel procent minder, zoals 2030 50."
SPEND_HOW = (
    "Een regel per jaar en categorie: jaar | categorie | bedrag in €, zoals 2027 | Wegen | 13.000.000."
)
SPEND_WHEN = "Deze uitgaven tellen zolang de nulmeting er zelf geen noemt."


def targets_text(targets: Iterable[tuple[int, float]]) -> str:
    return "\n".join(f"{year} {numbers.as_typed(percent)}" for year, percent in targets)


def read_targets(text: str) -> tuple[tuple[tuple[int, float], ...], str]:
    """The targets, and what is wrong: "" where all can be read."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        year, _, percent = line.strip().rstrip("% ").partition(" ")
        read = numbers.read_number(percent.replace(":", " ").strip())
        if not (year.rstrip(":").isdecimal() and len(year.rstrip(":")) == 4) or read.value is None:
            return (), f"Regel {number} is niet te lezen. {TARGETS_HOW}"
        found.append((int(year.rstrip(":")), float(read.value)))
    return tuple(found), ""


def spend_text(spend: Iterable[YearSpend]) -> str:
    return "\n".join(
        f"{one.year} {SEPARATOR} {one.category} {SEPARATOR} {numbers.as_typed(one.amount)}" for one in spend
    )


def read_spend_lines(text: str) -> tuple[tuple[YearSpend, ...], str]:
    """What was spent, and what is wrong: "" where all can be read."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(SEPARATOR)]
        read = numbers.read_number(parts[-1].removeprefix("€").strip())
        if len(parts) != 3 or not (parts[0].isdecimal() and len(parts[0]) == 4) or read.value is None:
            return (), f"Regel {number} is niet te lezen. {SPEND_HOW}"
        found.append(YearSpend(int(parts[0]), parts[1], Decimal(read.value)))
    return tuple(found), ""


def frozen_tables(plain: Mapping[str, Any]) -> list[tuple[str, paper.PaperTable]]:
    """The years of frozen figures on both bases, out of what was kept: nothing is counted anew."""
    made = []
    for basis, name in (("gegund", "Gegund per jaar"), ("gerealiseerd", "Gerealiseerd per jaar")):
        rows = tuple(
            _frozen_year(one) for one in plain.get(basis) or () if one.get("lots") or one.get("target")
        )
        header = ("Jaar", "Opdrachten", "Zeker, ton", "Band, ton", "Doel, ton", "Oordeel")
        table = paper.PaperTable(header, rows, 1, (0.1, 0.15, 0.17, 0.22, 0.2, 0.16))
        if rows:
            made.append((name, table))
    return made


def _frozen_year(one: Mapping[str, Any]) -> tuple[str, ...]:
    target = one.get("target")
    sure = _range(one.get("primary_abiotic_t"))
    return (
        str(one.get("year", "")),
        str(one.get("lots", 0)),
        numbers.number(sure.low, 0) if sure is not None else "onbekend",
        words.span(_range(one.get("band_t"))),
        words.span(_range(target.get("line_t"))) if target else "n.v.t.",
        words.VERDICTS.get(target.get("verdict"), "") if target else "n.v.t.",
    )


def _range(plain: Any) -> Range | None:
    return Range(float(plain["low"]), float(plain["high"])) if isinstance(plain, dict) else None
