"""A paper by itself, apart from the versions of a tender: what it carries, and how it becomes a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cirkeldesk.charts.description import Chart
from cirkeldesk.charts.photo import Photo
from cirkeldesk.operations.paper.context import PRODUCER, fonts
from cirkeldesk.operations.settings import file_settings_in, logo_in
from cirkeldesk.sheets.printing import Print
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.paper import Paper


def carried_by(unit: UnitOfWork, identifier: str = "", author: str | None = None) -> Print:
    """The organisation's own head, as it is now. `identifier` is what the file calls itself; `author` the
    organisation unless another is named."""
    settings = file_settings_in(unit)
    return Print(
        unit.steps.chain_head(),
        datetime.fromisoformat(unit.now()).astimezone().isoformat(),
        PRODUCER,
        settings.organisation,
        settings.organisation if author is None else author,
        identifier=identifier,
        logo=logo_in(unit, settings),
        colour=settings.colour,
    )


def paper_file(
    made: Paper, carried: Print, path: Path, charts: Mapping[str, Chart | Photo] | None = None
) -> bytes:
    """As a Word document where the name ends so, else as PDF. The makers are read in when they are used: the
    window starts without them."""
    if path.suffix.casefold() == ".docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        return paper_docx(made, carried)
    from cirkeldesk.sheets.pdf.paper import paper_pdf

    return paper_pdf(made, carried, fonts(), charts or {})
