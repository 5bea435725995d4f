"""The contract sheet as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cirkeldesk.operations.contract.contracts import ContractTold
from cirkeldesk.operations.paper.context import PRODUCER, fonts
from cirkeldesk.operations.settings import file_settings_in, logo_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording.contract import sheet as words


def about_of(told: ContractTold) -> words.SheetAbout:
    """What the sheet is made of; the window shows the same."""
    return words.SheetAbout(
        told.contract,
        told.tender,
        told.promises,
        told.whole.proof,
        told.whole.consequence,
        told.open,
        [told.product_name(one) or "" for one in told.contract.deliveries],
    )


def write_contract_sheet(workspace: Workspace, told: ContractTold, path: Path) -> None:
    """As PDF or, where the name ends so, a Word document. Raises StoreError cannot_write."""
    about = about_of(told)
    with workspace.unit() as unit:
        settings = file_settings_in(unit)
        now = datetime.fromisoformat(unit.now()).astimezone().isoformat()
        carried = Print(
            unit.steps.chain_head(),
            now,
            PRODUCER,
            settings.organisation,
            settings.organisation,
            identifier=f"cirkeldesk:contract/{told.tender.number}",
            logo=logo_in(unit, settings),
            colour=settings.colour,
        )
    made = words.contract_paper(about, now[:10])
    if path.suffix.casefold() == ".docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        content = paper_docx(made, carried)
    else:
        from cirkeldesk.sheets.pdf.paper import paper_pdf

        content = paper_pdf(made, carried, fonts())
    write_file(workspace, path, content)
