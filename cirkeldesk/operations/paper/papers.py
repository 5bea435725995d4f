"""Papers: what is told and printed for whom, and the version that is made final.

What goes outside is made from `disclosure.public` and `Disclosed` alone; what people typed in it is searched
for what is another bidder's before anything is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from cirkeldesk import __version__, paths
from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.disclosure import Disclosed, Secret, disclosed, found_in, public, secrets
from cirkeldesk.model.award.locks import frozen
from cirkeldesk.model.document.document import canonical, content_hash, to_plain
from cirkeldesk.model.document.history import REFUSED
from cirkeldesk.model.product.product import Attachment
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import Audience, FinalFile, PaperKind, Version
from cirkeldesk.model.tender.tender import Status, Tender
from cirkeldesk.operations.award import award_data
from cirkeldesk.operations.paper import plain_figures
from cirkeldesk.operations.settings import file_settings, logo_bytes
from cirkeldesk.operations.workspace import Workspace, comparison_of
from cirkeldesk.sheets.printing import Print
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import paper, terms
from cirkeldesk.wording.advice import advice, parts, versions

PRODUCER = f"{terms.PROGRAM} {__version__}"
SHEETS: tuple[PaperKind, ...] = ("advice", "workbook", "ods")
AUDIENCES: tuple[Audience, ...] = ("internal", "external")
SUFFIX = {"advice": "pdf", "workbook": "xlsx", "ods": "ods", "figures": "json"}


# --- what is told
# --------------------------------------------------------------------------------------------------


def told(
    workspace: Workspace, tender: Tender, audience: Audience, *, before: Tender | None = None
) -> advice.Advice:
    """The advice for a reader, with what differs from the tender `before`; not yet searched for what may not
    be in it."""
    return (
        _internal(workspace, tender, before)
        if audience == "internal"
        else _external(workspace, tender, before)
    )


def _internal(workspace: Workspace, tender: Tender, before: Tender | None) -> advice.Advice:
    comparison, inputs = comparison_of(workspace, tender)
    changed = (
        versions.what_changed(comparison_of(workspace, before)[0], comparison) if before is not None else []
    )
    return advice.internal_advice(comparison, inputs, changed)


def _external(workspace: Workspace, tender: Tender, before: Tender | None) -> advice.Advice:
    """From the public tender, and of the award only what `Disclosed` holds."""
    comparison, inputs = comparison_of(workspace, public(tender))
    shown = outcome(workspace, tender)
    changed = []
    if before is not None:
        changed = versions.what_changed(comparison_of(workspace, public(before))[0], comparison)
        changed += versions.disclosed_changes(outcome(workspace, before), shown)
    return advice.external_advice(comparison, inputs, shown, changed, with_bids=tender.has_bids)


def refuse_leaks(workspace: Workspace, tender: Tender, found: advice.Advice) -> None:
    """Raises StoreError leak where an advice for outside says what is a bidder's own."""
    if found.audience == "external":
        refuse_said(said_outside(found), secrets_of(workspace, tender), "het adviesblad extern")


def said_outside(found: advice.Advice) -> list[tuple[str, str]]:
    """(where, text) of all that people wrote and an external paper may say: every text of the public tender
    and of the products it answers with, written sections, what is said of the winner, and what changed.
    """
    tender = found.tender
    texts = [(section.title, section.text) for section in found.sections if section.edited]
    texts += [("Wat is anders", text) for text in found.changed]
    texts += parts.outcome_facts(tender, found.disclosed)
    plain = to_plain(replace(tender, advice=()))
    texts += [(versions.PARTS.get(name, name), text) for name, part in plain.items() for text in _texts(part)]
    used = {a.product.hash for v in tender.variants for a in v.answers if a.product is not None}
    products = [product for digest, product in found.inputs.products.items() if digest in used]
    return texts + [
        (f"product {product.name}", text) for product in products for text in _texts(to_plain(product))
    ]


def _texts(plain: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def outcome(workspace: Workspace, tender: Tender) -> Disclosed | None:
    """What anybody may know of the award; None while there is no winner."""
    found = award(comparison_of(workspace, tender)[0])
    return disclosed(found) if found is not None else None


def secrets_of(workspace: Workspace, tender: Tender) -> tuple[Secret, ...]:
    """What nobody outside may read."""
    comparison, inputs = comparison_of(workspace, tender)
    return secrets(tender, inputs.products.values(), recipient=None, award=award(comparison))


def refuse_said(said: Iterable[tuple[str, str]], hidden: tuple[Secret, ...], place: str) -> None:
    """Raises StoreError leak for the first text that names what is another's."""
    for where, text in said:
        for secret in found_in(text, hidden):
            raise StoreError(
                "leak", place=f"{place}, {where}" if where else place, text=secret.text, owner=secret.owner
            )


# --- printing
# ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Occasion:
    """When and from what something is printed: chain head, moment, and the version it belongs to (None: a
    draft)."""

    head: str
    time: str
    version: int | None = None


def occasion(unit: UnitOfWork) -> Occasion:
    """Now, in the office's time: a paper made at half past midnight carries that day."""
    return Occasion(unit.steps.chain_head(), datetime.fromisoformat(unit.now()).astimezone().isoformat())


def print_of(workspace: Workspace, tender: Tender, on: Occasion, what: str = "") -> Print:
    """What a paper carries: organisation, logo, colour, hash of the tender, and how the file calls itself."""
    settings = file_settings(workspace)
    return Print(
        on.head,
        on.time,
        PRODUCER,
        settings.organisation,
        author=settings.organisation,
        basis=content_hash(tender),
        version=on.version,
        identifier=f"{IDENTIFIER}{quote(tender.id, safe='')}/{on.version}/{quote(what)}"
        if on.version is not None
        else "",
        logo=logo_bytes(workspace),
        colour=settings.colour,
    )


IDENTIFIER = "cirkeldesk:"


def printed(workspace: Workspace, tender: Tender, kind: PaperKind, audience: Audience) -> bytes:
    """A sheet as it is handed over: the kept file of the final version while nothing changed since, else a
    draft of now."""
    version = current_version(workspace, tender)
    kept = (
        next((f for f in version.files if (f.kind, f.audience) == (kind, audience)), None)
        if version is not None
        else None
    )
    with workspace.unit() as unit:
        if kept is not None:
            return unit.attachments.content(kept.file.sha256)
        now = occasion(unit)
    return sheets(workspace, tender, audience, now, (kind,))[kind]


def sheets(
    workspace: Workspace,
    tender: Tender,
    audience: Audience,
    on: Occasion,
    kinds: Iterable[PaperKind] = SHEETS,
    before: Tender | None = None,
) -> dict[PaperKind, bytes]:
    """The asked sheets of a tender, printed on one occasion. Raises StoreError leak."""
    from cirkeldesk.sheets.advice import advice_sheet
    from cirkeldesk.sheets.ods import ods
    from cirkeldesk.sheets.workbook import workbook

    found: dict[PaperKind, bytes] = {}
    advised = told(workspace, tender, audience, before=before)
    refuse_leaks(workspace, tender, advised)
    wanted = set(kinds)
    if "advice" in wanted:
        found["advice"] = advice_sheet(
            advised, print_of(workspace, tender, on, f"advice/{audience}"), fonts()
        )
    if wanted & {"workbook", "ods"}:
        found["workbook"] = workbook(advised, print_of(workspace, tender, on, f"workbook/{audience}"))
    if "ods" in wanted:
        found["ods"] = ods(found["workbook"])
    return {kind: found[kind] for kind in SHEETS if kind in wanted}


def fonts() -> Path:
    return paths.resources() / "fonts"


# --- versions
# ------------------------------------------------------------------------------------------------------


def basis_of(workspace: Workspace, version: Version) -> Tender:
    """The tender a version was made from. Raises StoreError db_damaged or not_found."""
    with workspace.unit() as unit:
        found = unit.document(version.basis)
    if not isinstance(found, Tender):
        raise StoreError("version_unsound")
    return found


def current_version(workspace: Workspace, tender: Tender) -> Version | None:
    """The newest version while nothing it froze has changed; None without one or when it is outdated."""
    if not tender.versions:
        return None
    newest = tender.versions[-1]
    return newest if frozen(basis_of(workspace, newest)) == frozen(tender) else None


def outdated_since(workspace: Workspace, tender: Tender) -> str | None:
    """When the newest version stopped saying what is there now (ISO); None where it still does or there is
    none."""
    if not tender.versions or current_version(workspace, tender) is not None:
        return None
    basis = frozen(basis_of(workspace, tender.versions[-1]))
    since = None
    with workspace.unit() as unit:
        for row in reversed(unit.steps.rows("tender", tender.id)):
            value = unit.document(row.hash) if row.hash is not None else None
            if isinstance(value, Tender) and frozen(value) == basis:
                break
            since = row.time if row.step != REFUSED else since
    return since


def open_flags(workspace: Workspace, tender: Tender) -> list[str]:
    """Titles of sections whose figures changed under a written text (UX D10)."""
    found = []
    for audience in AUDIENCES:
        for section in told(workspace, tender, audience).sections:
            if section.edited and section.changes:
                found.append(section.title + (" (extern)" if audience == "external" else ""))
    return found


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
    were made from.

    `shown` is what the screen showed when it was asked: something else is never made final, also not what
    changed while the sheets were printed. Raises StoreError final_moved, final_flag, final_same,
    final_practice, final_sealed or leak; nothing is then changed.
    """
    with workspace.unit() as unit:
        tender, now = as_shown(unit, identity, shown), occasion(unit)
    if tender.practice_of is not None or tender.prices_sealed:
        raise StoreError("final_practice" if tender.practice_of is not None else "final_sealed")
    if current_version(workspace, tender) is not None:
        raise StoreError("final_same", number=tender.versions[-1].number)
    flags = open_flags(workspace, tender)
    if flags:
        raise StoreError("final_flag", section=flags[0])
    number = len(tender.versions) + 1
    before = basis_of(workspace, tender.versions[-1]) if tender.versions else None
    made: list[tuple[PaperKind, Audience, bytes]] = []
    for audience in AUDIENCES:
        found = sheets(workspace, tender, audience, replace(now, version=number), before=before)
        made += [(kind, audience, content) for kind, content in found.items()]
    made.append(("figures", "internal", figures_of(workspace, tender)))
    with workspace.unit() as unit:
        as_shown(unit, identity, tender)
        files = tuple(
            FinalFile(
                kind,
                audience,
                Attachment(_file_name(tender, kind, audience, number), unit.attachments.keep(content)),
            )
            for kind, audience, content in made
        )
        version = Version(number, content_hash(tender), now.head, workspace.store.author, now.time, files)
        status: Status = tender.status if tender.status in ("awarded", "stopped") else "advised"
        changed = replace(tender, versions=(*tender.versions, version), status=status)
        unit.commit("tender", identity, changed, "final", {"number": number})
    return version


def _file_name(tender: Tender, kind: PaperKind, audience: Audience, number: int) -> str:
    return paper.file_name(tender, terms.PAPERS[kind], SUFFIX[kind], audience, number)


def figures_of(workspace: Workspace, tender: Tender) -> bytes:
    """The answers of `compare` and `award` as canonical JSON: what a version must still compute to."""
    comparison, _ = comparison_of(workspace, tender)
    found = award(comparison)
    return canonical(
        {
            "compare": plain_figures.comparison(comparison),
            "award": award_data.award(found) if found is not None else None,
        }
    )
