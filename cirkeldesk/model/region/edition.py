"""What was published of the benchmark, kept so that a next edition tells no more than it may."""

from __future__ import annotations

from dataclasses import dataclass

from cirkeldesk.model.region.benchmark import PublishedCell

BENCHMARK_ID = "benchmark"


@dataclass(frozen=True)
class Benchmark:
    """The newest edition with its day (ISO). One document per file."""

    id: str = BENCHMARK_ID
    edition: int = 0
    made_on: str = ""
    cells: tuple[PublishedCell, ...] = ()
