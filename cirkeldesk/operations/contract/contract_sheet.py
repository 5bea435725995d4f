"""The contract sheet, and letters about a promise, as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cirkeldesk.model.contract import edits
from cirkeldesk.model.contract.contract import Letter, LetterStep
from cirkeldesk.operations.contract.contracts import ContractTold, edit_contract
from cirkeldesk.operations.paper.context import PRODUCER, fonts
from cirkeldesk.operations.settings import file_settings_in, logo_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording.contract import letters
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


def write_letter(workspace: Workspace, told: ContractTold, step: LetterStep, path: Path) -> None:
    """A letter about the promise, as a Word document or PDF; that it was made is kept with the contract.
    Raises StoreError cannot_write."""
    with workspace.unit() as unit:
        settings = file_settings_in(unit)
        now = datetime.fromisoformat(unit.now()).astimezone().isoformat()
        publication = told.tender.publication
        contact = ", ".join(filter(None, [publication.contact, settings.phone, settings.email]))
        about = letters.LetterAbout(
            told.contract,
            told.tender,
            told.whole.consequence,
            settings.organisation,
            contact,
            publication.signed_by,
            now[:10],
        )
        carried = Print(
            unit.steps.chain_head(),
            now,
            PRODUCER,
            settings.organisation,
            settings.organisation,
            logo=logo_in(unit, settings),
            colour=settings.colour,
        )
    made = letters.letter(about, step)
    if path.suffix.casefold() == ".docx":
        from cirkeldesk.sheets.paper_docx import paper_docx

        content = paper_docx(made, carried)
    else:
        from cirkeldesk.sheets.pdf.paper import paper_pdf

        content = paper_pdf(made, carried, fonts())
    write_file(workspace, path, content)
    kept = Letter(step, now[:10], path.name, workspace.store.author)
    if told.is_kept and not workspace.read_only:
        edit_contract(workspace, told.contract.id, edits.send(kept))
