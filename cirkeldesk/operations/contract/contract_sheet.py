"""The contract sheet, and letters about a promise, as files."""

from __future__ import annotations

from pathlib import Path

from cirkeldesk.charts.description import ValueBars
from cirkeldesk.charts.kept import promise_bars
from cirkeldesk.model.contract import edits
from cirkeldesk.model.contract.contract import Letter, LetterStep
from cirkeldesk.operations.contract.contracts import ContractTold, edit_contract
from cirkeldesk.operations.contract.evidence import evidence_of
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
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
        {
            one.delivery.id: one.amount / one.delivery.quantity
            for one in told.grounds.deliveries
            if not one.lacks and one.delivery.quantity
        },
        told.grounds.reference.total.value if told.grounds.reference is not None else None,
        evidence_of(told),
    )


def bars_of(about: words.SheetAbout) -> ValueBars | None:
    """Reference, promise and proof at bid quantities, once something is proven."""
    return (
        promise_bars(about.reference, about.proof.promised, about.proof.at_bid)
        if about.proof.delivered
        else None
    )


def write_contract_sheet(workspace: Workspace, told: ContractTold, path: Path) -> None:
    """As PDF or, where the name ends so, a Word document. Raises StoreError cannot_write."""
    about = about_of(told)
    with workspace.unit() as unit:
        carried = carried_by(unit, f"cirkeldesk:contract/{told.tender.number}")
    chart = bars_of(about)
    made = words.contract_paper(about, carried.time[:10], chart.alt if chart is not None else "")
    charts = {words.PROMISE: chart} if chart is not None else {}
    write_file(workspace, path, paper_file(made, carried, path, charts))


def write_letter(workspace: Workspace, told: ContractTold, step: LetterStep, path: Path) -> None:
    """A letter about the promise, as a Word document or PDF; that it was made is kept with the contract.
    Raises StoreError cannot_write."""
    with workspace.unit() as unit:
        settings, carried = file_settings_in(unit), carried_by(unit)
    publication, now = told.tender.publication, carried.time[:10]
    contact = ", ".join(filter(None, [publication.contact, settings.phone, settings.email]))
    about = letters.LetterAbout(
        told.contract,
        told.tender,
        told.whole.consequence,
        settings.organisation,
        contact,
        publication.signed_by,
        now,
    )
    write_file(workspace, path, paper_file(letters.letter(about, step), carried, path))
    kept = Letter(step, now, path.name, workspace.store.author)
    if told.is_kept and not workspace.read_only:
        edit_contract(workspace, told.contract.id, edits.send(kept))
