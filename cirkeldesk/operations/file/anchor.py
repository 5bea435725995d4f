"""Anchors: the state of the history on a paper of one page, and whether a history holds the state of one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cirkeldesk.charts.code import code_of
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.model.document.anchor import Anchor, AnchorCheck, Occasion, Witnessed, witnessed_in
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.settings import file_settings_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.file import anchor as words

PDF = b"%PDF-"
SHOWN = 16  # signs of a hash, as papers print it


def anchor_of(workspace: Workspace, tender: str | None = None, occasion: Occasion = "asked") -> Anchor:
    """The state of the history now; of a tender with what it is computed by. Raises StoreError not_found."""
    with workspace.unit() as unit:
        return _anchor(unit, tender, occasion)


def _anchor(unit: UnitOfWork, tender: str | None, occasion: Occasion) -> Anchor:
    number = ""
    pinned: tuple[tuple[str, str, str], ...] = ()
    if tender is not None:
        found = unit.tender(tender)
        number = f"{found.number} {found.title}".strip()
        pinned = tuple(
            (what, name, digest)
            for digest in (found.ask.weighting_set, found.product_group)
            if digest
            for what, name in [_named(unit, digest)]
        )
    return Anchor(
        unit.steps.chain_head(),
        unit.steps.newest(),
        datetime.fromisoformat(unit.now()).astimezone().isoformat(timespec="seconds"),
        occasion,
        file_settings_in(unit).organisation,
        number,
        pinned,
    )


def _named(unit: UnitOfWork, digest: str) -> tuple[str, str]:
    value = unit.document(digest)
    if isinstance(value, WeightingSet):
        return "weegset", f"{value.code} {value.edition or ''}".strip()
    assert isinstance(value, ProductGroup)
    return "productgroep", value.name


def write_anchor(
    workspace: Workspace, path: Path, tender: str | None = None, occasion: Occasion = "asked"
) -> Anchor:
    """*Ankerblad*: one page to file in a registry, as PDF or Word document. That it was made is a row in the
    history, after the state it tells. Raises StoreError."""
    with workspace.unit() as unit:
        made = _anchor(unit, tender, occasion)
        carried = carried_by(unit, f"cirkeldesk:anker/{made.steps}/{made.head[:SHOWN]}")
        figures = {words.CODE: code_of(made.identifier)}
        write_file(workspace, path, paper_file(words.anchor_paper(made), carried, path, figures))
        if not workspace.read_only:
            unit.of_file("anchored", {"steps": made.steps, "head": made.head[:SHOWN]})
    return made


def witness_of(path_or_hash: str) -> Witnessed:
    """What an anchor says: a PDF, a file with its line, the line itself, or a hash as papers print it. Raises
    ReadError anchor_unreadable, or as files are read."""
    path = Path(path_or_hash)
    found = witnessed_in(path_or_hash)
    if found is None and _is_file(path):
        content = content_of(path)
        text = _pdf_text(content, shown_name(path)) if content.startswith(PDF) else _plain_text(content)
        found = witnessed_in(text)
    if found is None:
        raise ReadError("anchor_unreadable", file=shown_name(path)[:80])
    return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _pdf_text(content: bytes, file: str) -> str:
    from cirkeldesk.exchange.pdf.words import read_pages

    pages = read_pages(content, file)
    return "\n".join(line.text for page in pages for line in page.lines)


def _plain_text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def check_anchor(workspace: Workspace, witnessed: Witnessed) -> AnchorCheck:
    """Whether the history holds that state. The rows are read one after another and each must fit its chain;
    one that does not raises StoreError, as reading a file does."""
    with workspace.unit() as unit:
        rows = [(row.seq, row.time, row.chain) for row in unit.steps.rows()]
    now = rows[-1][0] if rows else 0
    for seq, time, chain in rows:
        if chain.startswith(witnessed.head) and witnessed.steps in (None, seq):
            return AnchorCheck("contained", witnessed, now, seq, time)
    if witnessed.steps is None:
        return AnchorCheck("unknown", witnessed, now)
    return AnchorCheck("fewer" if witnessed.steps > now else "other", witnessed, now)
