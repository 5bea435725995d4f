"""A folder of several organisations: mixes they ask, what they could plan together, and the benchmark.

Dossiers with bids are passed over: what bidders wrote is nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cirkeldesk.exchange import dossier
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import content_of
from cirkeldesk.model.calendar.calendar import Calendar, CalendarRow, Together, together
from cirkeldesk.model.document.document import Document
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError, ReadError, StoreError
from cirkeldesk.model.region.benchmark import BenchmarkLot, PublishedCell, published
from cirkeldesk.model.region.edition import BENCHMARK_ID, Benchmark
from cirkeldesk.model.region.joint import Joint, joint
from cirkeldesk.model.tender.mixes import MixPair, almost_alike, mixes
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.material.exchange import ENDING, slug
from cirkeldesk.operations.material.materials import today_in
from cirkeldesk.operations.region.lots import as_file, own_lots, read_file
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

PREFERRED = "voorkeursmengsels.txt"  # a line for each, in the folder
UNKNOWN_YEAR = "onbekend"


@dataclass(frozen=True)
class RegionFile:
    """A file that was read: of whom, how old (ISO), and what it holds."""

    file: str
    organisation: str
    made_on: str
    kind: str


@dataclass(frozen=True)
class MixYear:
    """A mix in a year: tons where they are known, in how many posts, and of how many no tons are known.
    `preferred` is None where the folder has no list."""

    mix: str
    year: str
    tons: float
    posts: int
    unknown: int
    tenders: int
    preferred: bool | None


@dataclass
class FolderRead:
    """What the files of a folder say, one after another."""

    files: list[RegionFile] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    tenders: list[tuple[Tender, ProductGroup]] = field(default_factory=list)
    rows: list[CalendarRow] = field(default_factory=list)
    lots: list[BenchmarkLot] = field(default_factory=list)


@dataclass(frozen=True)
class Region:
    """What a folder says. `alike` are mixes that differ in one property only; `cells` what may be told of the
    benchmark."""

    files: tuple[RegionFile, ...]
    mixes: tuple[MixYear, ...]
    alike: tuple[MixPair, ...]
    together: tuple[Together, ...]
    joint: tuple[Joint, ...]
    edition: int
    cells: tuple[PublishedCell, ...]
    faults: tuple[tuple[str, str], ...]


def region(workspace: Workspace, folder: Path, key: str = "") -> Region:
    """Read a folder. With the region's `key` this file's own lots are put there first. Raises StoreError
    exchange_folder or cannot_write."""
    if not folder.is_dir():
        raise StoreError("exchange_folder", folder=folder.name)
    if key:
        organisation, day, lots = own_lots(workspace, key)
        if not organisation.strip():
            raise StoreError("exchange_no_name")
        write_file(
            workspace, folder / f"{slug(organisation)} benchmark.json", as_file(organisation, day, lots)
        )
    groups = product_groups(workspace)
    found = FolderRead()
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.casefold() in (ENDING, ".json"):
            _read(path, found)
    with workspace.unit() as unit:
        edition, cells = _publish(unit, found.lots, is_read_only=workspace.read_only)
    by_code = {group.code: group for group in groups.values()}
    used = {pinned.code for _, pinned in found.tenders}
    alike = [
        pair
        for code in sorted(used & by_code.keys())
        for pair in almost_alike(mixes([(t, g) for t, g in found.tenders if g.code == code], by_code[code]))
    ]
    return Region(
        tuple(found.files),
        tuple(_mix_years(found.tenders, by_code, _preferred(folder))),
        tuple(alike),
        together(found.rows, list(groups.values())),
        joint(found.rows),
        edition,
        cells,
        tuple(found.faults),
    )


def _read(path: Path, found: FolderRead) -> None:
    """One file of the folder; what cannot be read, or says too much, is passed over and named."""
    try:
        if path.suffix.casefold() == ".json":
            lots = read_file(path)
            if lots is not None:
                found.files.append(RegionFile(path.name, lots[0], lots[1], "benchmark"))
                found.lots += lots[2]
            return
        content = content_of(path)
        if not dossier.is_dossier(content):
            raise ReadError("exchange_other", file=path.name)
        _take(path, dossier.read(content, path.name), found)
    except (ReadError, DocumentError) as problem:
        found.faults.append((path.name, problem.key))


def _take(path: Path, reading: Reading, found: FolderRead) -> None:
    day = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date().isoformat()
    whose = reading.origin.organisation if reading.origin is not None else ""
    made_on = reading.origin.made_on if reading.origin is not None else day
    tender = reading.tender
    if tender is not None:
        if tender.bids:
            raise ReadError("region_has_bids", file=path.name)
        group = reading.pinned.get(tender.product_group or "")
        if isinstance(group, ProductGroup) and not tender.fictitious:
            found.tenders.append((tender, group))
            found.files.append(RegionFile(path.name, whose, made_on, "tender"))
        return
    kinds = {one.kind for one in reading.library}
    for value in _values(reading):
        if isinstance(value, Calendar):
            found.rows += value.rows
            names = dict.fromkeys(row.organisation for row in value.rows if row.organisation.strip())
            whose = whose or ", ".join(list(names)[:3])
    found.files.append(RegionFile(path.name, whose, made_on, "+".join(sorted(kinds))))


def _values(reading: Reading) -> Iterable[Document]:
    return (reading.pinned[one.lineage[0]] for one in reading.library)


def _preferred(folder: Path) -> frozenset[str] | None:
    """The preferred mixes of the region; None where the folder has no list."""
    try:
        text = (folder / PREFERRED).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    return frozenset(" ".join(line.casefold().split()) for line in text.splitlines() if line.strip())


def _mix_years(
    tenders: list[tuple[Tender, ProductGroup]],
    groups: dict[str, ProductGroup],
    preferred: frozenset[str] | None,
) -> Iterable[MixYear]:
    """Tons per mix and year, the most first."""
    found: list[MixYear] = []
    years = sorted({_year(tender) for tender, _ in tenders})
    for year in years:
        for code in sorted({group.code for _, group in tenders}):
            of_year = [(t, g) for t, g in tenders if _year(t) == year and g.code == code]
            for mix in mixes(of_year, groups.get(code, of_year[0][1])) if of_year else ():
                name = " ".join(text for _, text in mix.asked)
                known = [use.amount for use in mix.uses if use.amount is not None]
                liked = None if preferred is None else " ".join(name.casefold().split()) in preferred
                found.append(
                    MixYear(
                        name, year, sum(known), len(mix.uses), len(mix.uses) - len(known), mix.tenders, liked
                    )
                )
    return sorted(found, key=lambda one: (one.year, -one.tons, one.mix))


def _year(tender: Tender) -> str:
    day = tender.closes_on or tender.ask.reference_date or ""
    return day[:4] or UNKNOWN_YEAR


def _publish(
    unit: UnitOfWork, lots: list[BenchmarkLot], *, is_read_only: bool
) -> tuple[int, tuple[PublishedCell, ...]]:
    """The next edition where it tells something new, kept so that the one after knows what was told."""
    head = unit.head("benchmark", BENCHMARK_ID)
    before = unit.document(head) if head is not None else Benchmark()
    assert isinstance(before, Benchmark)
    cells = published(lots, before.cells, before.edition + 1)
    if cells == before.cells:
        return before.edition, cells
    if is_read_only:
        return before.edition, before.cells
    made = Benchmark(BENCHMARK_ID, before.edition + 1, today_in(unit), cells)
    unit.commit("benchmark", BENCHMARK_ID, made, "benchmark_new", {"edition": made.edition})
    return made.edition, cells
