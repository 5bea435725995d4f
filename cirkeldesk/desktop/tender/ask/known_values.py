"""Menus of values that are known by date and source: rules with their set, and module values of a mix.

Nothing is filled in by itself: who chooses an entry takes it, in one step that undo gives back (DOMAIN 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.widgets import button
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.product.modules import atoms, atoms_of, normal_name
from cirkeldesk.model.reference.dated import DatedValues, ModuleValues, RuleVersion
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.operations.workspace import offered_set, shipped
from cirkeldesk.wording import asked, numbers

Commit = Callable[[edits.Edit], object]


def values_of(session: Session) -> DatedValues:
    return shipped().dated_of(session.comparison.group.code)


def menu_button(text: str, parent: QWidget, fill: Callable[[QMenu], None]) -> QPushButton:
    """A button that opens a menu, filled when it opens."""
    made = button(text, lambda: None)
    menu = QMenu(parent)

    def show() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(show)
    made.setMenu(menu)
    return made


def fill_rules(session: Session, commit: Commit, menu: QMenu) -> None:
    """Each version of the rules with the set that goes with it, and from when."""
    for rule in values_of(session).rules:
        text = f"{rule.name} · weegset {rule.set_code} · vanaf {numbers.date(rule.valid_from)}"
        action = menu.addAction(text)
        action.setToolTip(rule.source)
        action.triggered.connect(partial(_take_rules, session, commit, rule))
    menu.setToolTipsVisible(True)


def _take_rules(session: Session, commit: Commit, rule: RuleVersion, *_: object) -> None:
    parts = [edits.set_ask("rules", rule.name, "rekenregels")]
    digest = offered_set(session.workspace, rule.set_code)
    if digest is not None and session.tender.ask.set_code != rule.set_code:
        parts += [
            edits.set_ask("weighting_set", digest, "weegset"),
            edits.set_ask("set_code", rule.set_code, "weegset"),
        ]
    commit(edits.together(parts, "field", {"label": "rekenregels"}))


def fill_fixed(session: Session, commit: Commit, menu: QMenu) -> None:
    """What the project adds to each mix, of the set that is asked; what was not verified says so."""
    known = values_of(session).module_values
    mixes = [mix for mix in known.mixes if mix.set_code == session.tender.ask.set_code]
    mark = "" if known.verified else " · niet geverifieerd"
    for mix in mixes:
        told = "; ".join(f"{asked.modules([name])} {numbers.as_typed(value)}" for name, value in mix.values)
        action = menu.addAction(f"{mix.name}: {told}{mark}")
        action.setToolTip(f"{known.source}. {mix.note}".strip())
        action.triggered.connect(partial(_take_fixed, session, commit, mix))
    if not mixes:
        codes = " en ".join(sorted({mix.set_code for mix in known.mixes})) or "deze productgroep"
        menu.addAction(f"Geen bekende waarden; wel voor {codes}.").setEnabled(False)
    menu.setToolTipsVisible(True)


def _take_fixed(session: Session, commit: Commit, mix: ModuleValues, *_: object) -> None:
    """The values of a mix, in the place of those typed for the same modules."""
    known = values_of(session).module_values
    source = f"{known.source} ({mix.name})"
    posts = session.tender.posts
    # The old layer has values of its own; where there is one, the mix's go to the other posts by name.
    released = any(post.kind == "released" for post in posts)
    laid = [post.id for post in posts if post.kind != "released"] if released else [None]
    taken = tuple(
        FixedModule(name, value, "ton", post_id, source, known.verified)
        for post_id in laid
        for name, value in mix.values
    )
    covered = atoms_of(one.module for one in taken)
    before = session.tender.ask.fixed_modules
    kept = tuple(one for one in before if not (one.post_id in (*laid, None) and atoms(one.module) & covered))
    commit(edits.set_ask("fixed_modules", (*kept, *taken), "vaste waarden"))


def with_sources(typed: tuple[FixedModule, ...], before: tuple[FixedModule, ...]) -> tuple[FixedModule, ...]:
    """Typed values keep the source of the same value that stood there; another figure has none."""
    known = {(one.module, one.value): one for one in before if one.post_id is None and one.per == "ton"}
    return tuple(
        replace(one, source=known[key].source, verified=known[key].verified)
        if (key := (one.module, one.value)) in known
        else one
        for one in typed
    )


def read_fixed(text: str) -> list[FixedModule] | str:
    """ "A4 0,45; A5 0,20" → fixed values per ton, or what is wrong with it."""
    found: list[FixedModule] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        module, _, figure = part.partition(" ")
        read = read_cell_number(figure, positive=False, column="MKI")
        if not atoms(normal_name(module)) or read.problem or read.value is None:
            return f"“{part}” begrijpen wij niet. Schrijf bijvoorbeeld: A4 0,45; A5 0,20."
        found.append(FixedModule(normal_name(module), read.value))
    if len({value.module for value in found}) < len(found):
        return "Een levensfase staat er twee keer in."
    return found
