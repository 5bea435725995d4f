"""Baselines (nulmetingen): read from a document, or estimated from a commitments file. An edition never
changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.ledger.commitments import Commitments, read_commitments
from cirkeldesk.exchange.recognise import content_of, read_json, shown_name
from cirkeldesk.model.document.document import decode, from_plain
from cirkeldesk.model.monitor.baseline import Baseline, SpendFactor, estimate
from cirkeldesk.model.monitor.monitor import Monitor, SpendMapping
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.operations.monitor.monitoring import (
    baselines_in,
    change_monitor,
    monitor_in,
    today_in,
)
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import numbers

YEARS_OF_MEAN = 3
DERIVED = frozenset({"hash", "edition"})


def baselines(workspace: Workspace) -> tuple[Baseline, ...]:
    with workspace.unit() as unit:
        return baselines_in(unit)


def put_baseline(workspace: Workspace, path: Path) -> Baseline:
    """Keep an edition from a JSON document, as `baselines --json` writes it or as `baseline/1`. Raises
    ReadError, DocumentError with the place, StoreError baseline_taken or baseline_unsound."""
    data = read_json(content_of(path), shown_name(path))
    if not isinstance(data, dict):
        raise DocumentError("not_an_object")
    plain: dict[str, Any] = {name: value for name, value in data.items() if name not in DERIVED}
    if "edition" in data:
        plain.setdefault("id", str(data["edition"]))
    if "spend" in plain and not isinstance(plain["spend"], list):
        plain["whole_spend"] = plain.pop("spend")
    plain = {name: value for name, value in plain.items() if value is not None}
    plain.setdefault("schema", "baseline/1")
    value = from_plain(plain, "baseline")
    assert isinstance(value, Baseline)
    return keep(workspace, value)


def keep(workspace: Workspace, made: Baseline) -> Baseline:
    """A new edition beside the others, chosen for the monitor from now on."""
    with workspace.unit() as unit:
        return _kept(unit, made)


def _kept(unit: UnitOfWork, made: Baseline) -> Baseline:
    if not made.is_sound:
        span = made.primary_abiotic_t
        raise StoreError("baseline_unsound", why=f"{span.low:g} tot {span.high:g} ton in {made.year}")
    narrow = next((one.category for one in made.factors if one.needs_reason), None)
    if narrow is not None:
        raise StoreError("baseline_reason", name=narrow)
    if unit.head("baseline", made.id) is not None:
        raise StoreError("baseline_taken", name=made.id)
    now = today_in(unit)
    if made.made_on > now:
        raise StoreError("baseline_unsound", why=f"gemaakt op {numbers.date(made.made_on)}")
    dated = replace(made, made_on=made.made_on or now, by=made.by or unit.file.author)
    unit.commit("baseline", dated.id, dated, "baseline_new", {"name": dated.id}, barrier=True)
    monitor = monitor_in(unit)
    changed = replace(monitor, baseline=dated.id)
    change_monitor(unit, changed, "monitor_baseline", {"name": dated.id})
    return dated


@dataclass(frozen=True)
class ReadSpend:
    """What a commitments file holds: spend with what could not be counted, the years that are proposed, and
    the factors that are known."""

    file: str
    read: Commitments
    years: tuple[int, ...]
    factors: tuple[SpendFactor, ...]

    @property
    def categories(self) -> list[tuple[str, Decimal]]:
        """Each category with its spend in the proposed years, the largest first."""
        sums: dict[str, Decimal] = {}
        for one in self.read.spend:
            if one.year in self.years:
                sums[one.category] = sums.get(one.category, Decimal(0)) + one.amount
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))

    def factor(self, category: str) -> SpendFactor | None:
        return next((one for one in self.factors if one.category.casefold() == category.casefold()), None)


def read_spend(workspace: Workspace, path: Path, mapping: str | None = None) -> ReadSpend:
    """Read a commitments file; nothing is kept. `mapping` is the name of a kept one, or a JSON file of one;
    of more years the first three are proposed. Raises ReadError or StoreError mapping_missing."""
    with workspace.unit() as unit:
        monitor = monitor_in(unit)
        found = _mapping(monitor, mapping)
    name = shown_name(path)
    read = read_commitments(content_of(path), name, found.columns)
    years = tuple(sorted({one.year for one in read.spend})[:YEARS_OF_MEAN])
    return ReadSpend(name, read, years, found.factors or monitor.factors)


def estimated(
    spend: ReadSpend, factors: Sequence[SpendFactor], years: Sequence[int], edition: str = ""
) -> Baseline:
    """The edition that spend would be by these factors and over these years; nothing is kept. Raises
    StoreError baseline_years where a year has no spend: it would make the mean too small."""
    counted = tuple(sorted(set(years))) or spend.years
    known = {one.year for one in spend.read.spend}
    absent = [str(year) for year in counted if year not in known]
    if absent:
        raise StoreError("baseline_years", years=", ".join(absent), file=spend.file)
    made = estimate(spend.read.spend, factors, counted)
    last = counted[-1] if counted else 0
    return Baseline(
        edition or f"schatting {last}",
        last,
        "estimate",
        f"uitgaven in {spend.file}",
        made.tons,
        years=counted,
        source=spend.file,
        factors=tuple(factors),
        spend=spend.read.spend,
        covered=made.covered,
        whole_spend=made.whole,
        doubtful=spend.read.doubtful,
    )


def without_factor(made: Baseline) -> tuple[str, ...]:
    """Categories of its years of which no factor is known: they are not in the baseline."""
    return estimate(made.spend, made.factors, made.years).without_factor


def _mapping(monitor: Monitor, name: str | None) -> SpendMapping:
    if name is None:
        return monitor.mappings[-1] if monitor.mappings else SpendMapping("", ())
    found = next((one for one in monitor.mappings if one.name == name), None)
    if found is not None:
        return found
    path = Path(name)
    if path.suffix.casefold() != ".json" or not path.exists():
        raise StoreError("mapping_missing", name=name)
    return mapping_of(read_json(content_of(path), shown_name(path)), path.stem)


def mapping_of(data: object, name: str) -> SpendMapping:
    """A mapping from plain data; columns may stand as an object of name and head. Raises DocumentError."""
    plain = dict(data) if isinstance(data, dict) else {}
    if not plain:
        raise DocumentError("not_an_object")
    columns = plain.get("columns", {})
    if isinstance(columns, dict):
        plain["columns"] = [[key, value] for key, value in columns.items()]
    plain.setdefault("name", name)
    return decode(SpendMapping, plain)


def keep_mapping(workspace: Workspace, mapping: SpendMapping) -> None:
    """Remember how the commitments file of this organisation is read."""
    with workspace.unit() as unit:
        monitor = monitor_in(unit)
        others = tuple(one for one in monitor.mappings if one.name != mapping.name)
        changed = replace(monitor, mappings=(*others, mapping), factors=mapping.factors or monitor.factors)
        change_monitor(unit, changed, "monitor_mapping", {"name": mapping.name})
