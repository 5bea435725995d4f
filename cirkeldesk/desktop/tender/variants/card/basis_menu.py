"""Where a bid says that its MKI departs from the ask: the choices, each of which is one step."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from cirkeldesk.desktop.tender.ask.post_cells import pers
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.product.modules import ANSWERED_SCOPES
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.answered import d_is_ambiguous
from cirkeldesk.model.tender.tender import Variant
from cirkeldesk.wording import asked, terms


def basis_menu(session: Session, variant: Variant, parent: QWidget) -> QMenu:
    """The menu for one variant, with what holds now ticked."""
    menu = QMenu(parent)
    tender = session.tender
    spelled = asked.by_field(tender, session.comparison.replacement_rule)
    groups: list[tuple[str, str, list[tuple[object, str]]]] = [
        ("weighting_set", "Weegset", [("A1", "A1"), ("A2", "A2"), ("unknown", "onbekend")]),
        (
            "modules",
            "Levensfasen",
            [
                *((names, terms.ANSWERED_SCOPES[code]) for code, names in ANSWERED_SCOPES.items()),
                ((), "onbekend"),
            ],
        ),
        ("per", "MKI per", [*pers(session.comparison.group).items(), ("work", terms.PER["work"])]),
        ("includes_uplift", "Toeslag 30 % al verwerkt", [(True, "ja"), (False, "nee")]),
        ("includes_replacement", "Vervanging al verwerkt", list(terms.YES_NO_UNKNOWN.items())),
    ]
    if d_is_ambiguous(tender.ask):
        groups.insert(2, ("without_d", "D in dit bedrag", [(True, "nee"), (False, "ja")]))
    for name, title, options in groups:
        sub = menu.addMenu(title)
        current = getattr(variant.basis, name)
        as_asked: tuple[object, str] = (None, f"{asked.AS_ASKED}: {spelled[name]}")
        for value, text in [as_asked, *options]:
            action = sub.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == current)
            action.triggered.connect(
                lambda _=False, n=name, v=value, t=title: session.commit(
                    edits.set_basis(session.tender, variant.id, n, v, t)
                )
            )
    return menu
