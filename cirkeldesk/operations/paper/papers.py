"""Papers: what is told and printed for whom, and the version that is made final."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.model.award.locks import frozen
from cirkeldesk.model.comparison.result import Inputs
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.document.history import REFUSED
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import Audience, FinalFile, PaperKind, Version
from cirkeldesk.model.tender.tender import Status, Tender
from cirkeldesk.operations.paper.context import AUDIENCES, PaperContext, basis_in, context_of
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.advice import advice

SUFFIX = {"advice": "pdf", "workbook": "xlsx", "ods": "ods", "figures": "json"}


def told(
    workspace: Workspace, tender: Tender, audience: Audience, inputs: Inputs | None = None
) -> advice.Advice:
    """The advice for a reader; not yet searched for what may not be in it. `inputs` of the open tender
    remember what was worked out before."""
    with workspace.unit() as unit:
        context = PaperContext(unit, tender, inputs=inputs)
    return context.told(audience)


def printed(workspace: Workspace, tender: Tender, kind: PaperKind, audience: Audience) -> bytes:
    """A sheet as it is handed over: the kept file of the final version while nothing changed since, else a
    draft of now. Raises StoreError leak."""
    with workspace.unit() as unit:
        context = PaperContext(unit, tender)
        version = context.current_version
        files = version.files if version is not None else ()
        kept = next((f for f in files if (f.kind, f.audience) == (kind, audience)), None)
        if kept is not None:
            return unit.attachments.content(kept.file.sha256)
    return context.sheets(audience, (kind,))[kind]


# --- versions


def basis_of(workspace: Workspace, version: Version) -> Tender:
    """The tender a version was made from. Raises StoreError db_damaged, not_found or version_unsound."""
    with workspace.unit() as unit:
        return basis_in(unit, version)


def current_version(workspace: Workspace, tender: Tender) -> Version | None:
    """The newest version while nothing it froze has changed; None without one or when it is outdated."""
    if not tender.versions:
        return None
    newest = tender.versions[-1]
    return newest if frozen(basis_of(workspace, newest)) == frozen(tender) else None


def outdated_since(workspace: Workspace, tender: Tender) -> str | None:
    """When the newest version stopped saying what is there now (ISO); None where it still does or there is
    none."""
    if not tender.versions:
        return None
    with workspace.unit() as unit:
        basis, since = frozen(basis_in(unit, tender.versions[-1])), None
        if basis == frozen(tender):
            return None
        for row in reversed(unit.steps.rows("tender", tender.id)):
            value = unit.document(row.hash) if row.hash is not None else None
            if isinstance(value, Tender) and frozen(value) == basis:
                break
            since = row.time if row.step != REFUSED else since
    return since


def as_shown(unit: UnitOfWork, identity: str, shown: Tender | None) -> Tender:
    """The tender, which must still be what somebody was shown when it was asked (None: whatever it is).

    Raises StoreError final_moved.
    """
    tender = unit.tender(identity)
    if shown is not None and content_hash(shown) != content_hash(tender):
        raise StoreError("final_moved")
    return tender


def finalise(workspace: Workspace, identity: str, shown: Tender | None = None) -> Version:
    """*Definitief maken*: print every sheet, keep the exact files with their hashes, and freeze what they
    were made from. Read in one transaction, written in another.

    `shown` is what the screen showed when it was asked: something else is never made final, also not what
    changed while the sheets were printed. Raises StoreError final_moved, final_flag, final_same,
    final_practice, final_sealed or leak; nothing is then changed.
    """
    with workspace.unit() as unit:
        context = PaperContext(unit, as_shown(unit, identity, shown), since_last=True)
    _refuse_final(context)
    number = len(context.tender.versions) + 1
    context.as_version(number)
    made = _made(context)
    with workspace.unit() as unit:
        tender = as_shown(unit, identity, context.tender)
        files = tuple(
            FinalFile(
                kind,
                audience,
                Attachment(_file_name(tender, kind, audience, number), unit.attachments.keep(content)),
            )
            for kind, audience, content in made
        )
        on, author = context.on, workspace.store.author
        version = Version(number, content_hash(tender), on.head, author, on.time, files)
        status: Status = tender.status if tender.status in ("awarded", "stopped") else "advised"
        changed = replace(tender, versions=(*tender.versions, version), status=status)
        unit.commit("tender", identity, changed, "final", {"number": number})
    return version


def _refuse_final(context: PaperContext) -> None:
    tender = context.tender
    if tender.practice_of is not None:
        raise StoreError("final_practice")
    if tender.prices_sealed and not tender.is_stopped:
        raise StoreError("final_sealed")
    if context.current_version is not None:
        raise StoreError("final_same", number=tender.versions[-1].number)
    flags = context.open_flags()
    if flags:
        raise StoreError("final_flag", section=flags[0])


def _made(context: PaperContext) -> list[tuple[PaperKind, Audience, bytes]]:
    """Every sheet for every reader, and the figures a later check computes again."""
    made: list[tuple[PaperKind, Audience, bytes]] = []
    for audience in AUDIENCES:
        made += [(kind, audience, content) for kind, content in context.sheets(audience).items()]
    return [*made, ("figures", "internal", context.figures())]


def _file_name(tender: Tender, kind: PaperKind, audience: Audience, number: int) -> str:
    return paper.file_name(tender, terms.PAPERS[kind], SUFFIX[kind], audience, number)


def figures_of(workspace: Workspace, tender: Tender) -> bytes:
    """The answers of `compare` and `award` as canonical JSON: what a version must still compute to."""
    return context_of(workspace, tender).figures()
