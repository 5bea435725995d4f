"""Everything the window can do, declared once: its name, its keys and when it is possible.

Keys, the search over everything (Ctrl+K), the menu and the list of keys (Ctrl+F1) are all made from this
table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cirkeldesk.desktop.frame.top_line import TopLine
from cirkeldesk.desktop.kit.look.focus_ring import FocusRing
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.tender.tender import Role
from cirkeldesk.operations.workspace import Workspace


class Window(Protocol):
    """What a window must be able to do for these actions; it declares them, and knows no window."""

    workspace: Workspace
    parts: FocusRing
    top: TopLine

    @property
    def session(self) -> Session | None: ...

    def show_list(self) -> None: ...
    def show_products(self) -> None: ...
    def show_calendar(self) -> None: ...
    def show_today(self) -> None: ...
    def show_monitor(self) -> None: ...
    def show_materials(self) -> None: ...
    def show_reference(self) -> None: ...
    def show_settings(self) -> None: ...
    def show_keeping(self) -> None: ...
    def new_tender(self) -> None: ...
    def choose_file(self) -> None: ...
    def open_example(self) -> None: ...
    def palette_open(self) -> None: ...
    def find_in_page(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def say_saved(self) -> None: ...
    def zoom(self, by: float | None) -> None: ...
    def full_screen(self) -> None: ...
    def show_help(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_news(self) -> None: ...
    def show_activity(self) -> None: ...
    def show_history(self) -> None: ...
    def show_points(self) -> None: ...
    def show_contract(self) -> None: ...
    def hide_names(self) -> None: ...
    def copy_tender(self) -> None: ...
    def go_to_step(self, step: int) -> None: ...
    def step(self, by: int) -> None: ...
    def add_post(self) -> None: ...
    def add_variant(self, role: Role) -> None: ...
    def explain_difference(self) -> None: ...
    def read_as_text(self) -> None: ...
    def save_sheet(self) -> None: ...
    def make_final(self) -> None: ...
    def make_letters(self) -> None: ...
    def lock_rules(self) -> None: ...
    def explain(self) -> None: ...


@dataclass(frozen=True)
class Action:
    """`where` groups it in the list of keys; `found` says whether the search offers it; `repeats` whether a
    key that is held does it again and again."""

    name: str
    keys: str
    run: Callable[[Window], object]
    where: str = "Overal"
    when: Callable[[Window], bool] = lambda window: True
    found: bool = True
    repeats: bool = False


def _in_tender(window: Window) -> bool:
    return window.session is not None


def _may_edit(window: Window) -> bool:
    return window.session is not None and not window.workspace.read_only


def _may_write(window: Window) -> bool:
    return not window.workspace.read_only


def _compares(window: Window) -> bool:
    return window.session is not None and len(window.session.comparison.variants) > 1


TENDER = "In een aanbesteding"
ACTIONS: tuple[Action, ...] = (
    Action("Vandaag", "", lambda w: w.show_today()),
    Action("Aanbestedingen", "", lambda w: w.show_list()),
    Action("Producten", "", lambda w: w.show_products()),
    Action("MVOI-kalender", "", lambda w: w.show_calendar()),
    Action("Monitor", "", lambda w: w.show_monitor()),
    Action("Materialen", "", lambda w: w.show_materials()),
    Action("Referentiegegevens", "", lambda w: w.show_reference()),
    Action("Instellingen", "", lambda w: w.show_settings()),
    Action("Back-ups en bewaren", "", lambda w: w.show_keeping()),
    Action("Nieuwe aanbesteding", "Ctrl+N", lambda w: w.new_tender(), when=_may_write),
    Action("Bestand openen", "Ctrl+O", lambda w: w.choose_file()),
    Action("Voorbeeld bekijken", "", lambda w: w.open_example(), when=_may_write),
    Action("Zoek overal", "Ctrl+K", lambda w: w.palette_open(), found=False),
    Action("Zoek op deze pagina", "Ctrl+F", lambda w: w.find_in_page()),
    Action("Volgende deel van het venster", "F6", lambda w: w.parts.go(forward=True), found=False),
    Action("Vorige deel van het venster", "Shift+F6", lambda w: w.parts.go(forward=False), found=False),
    Action(
        "Ongedaan maken",
        "Ctrl+Z",
        lambda w: w.undo(),
        when=lambda w: w.top.undo_button.isEnabled(),
        repeats=True,
    ),
    Action(
        "Opnieuw", "Ctrl+Y", lambda w: w.redo(), when=lambda w: w.top.redo_button.isEnabled(), repeats=True
    ),
    Action("Zeggen wanneer is opgeslagen", "Ctrl+S", lambda w: w.say_saved(), found=False),
    Action("Groter", "Ctrl++", lambda w: w.zoom(0.1), repeats=True),
    Action("Kleiner", "Ctrl+-", lambda w: w.zoom(-0.1), repeats=True),
    Action("Gewone grootte", "Ctrl+0", lambda w: w.zoom(None)),
    Action("Volledig scherm", "F11", lambda w: w.full_screen()),
    Action("Hulp bij deze pagina", "F1", lambda w: w.show_help()),
    Action("Uitleg bij dit veld", "Shift+F1", lambda w: w.explain(), found=False),
    Action("Toetsen", "Ctrl+F1", lambda w: w.show_keys()),
    Action("Wat is er nieuw", "", lambda w: w.show_news()),
    Action("Werk en meldingen", "", lambda w: w.show_activity()),
    Action("Vorige stap", "Ctrl+PgUp", lambda w: w.step(-1), TENDER, _in_tender, found=False, repeats=True),
    Action(
        "Volgende stap", "Ctrl+PgDown", lambda w: w.step(1), TENDER, _in_tender, found=False, repeats=True
    ),
    Action("Contract van deze aanbesteding", "", lambda w: w.show_contract(), TENDER, _in_tender),
    Action("Stap 1: Uitvraag", "", lambda w: w.go_to_step(0), TENDER, _in_tender),
    Action("Stap 2: Varianten", "", lambda w: w.go_to_step(1), TENDER, _in_tender),
    Action("Stap 3: Vergelijking", "", lambda w: w.go_to_step(2), TENDER, _in_tender),
    Action("Stap 4: Gunning", "", lambda w: w.go_to_step(3), TENDER, _in_tender),
    Action("Stap 5: Advies", "", lambda w: w.go_to_step(4), TENDER, _in_tender),
    Action("Open punten", "F8", lambda w: w.show_points(), TENDER, _in_tender),
    Action("Geschiedenis", "", lambda w: w.show_history(), TENDER, _in_tender),
    Action("Nieuwe post", "Ctrl+Shift+N", lambda w: w.add_post(), TENDER, _may_edit),
    Action("Nieuwe inschrijving", "Ctrl+Shift+I", lambda w: w.add_variant("bid"), TENDER, _may_edit),
    Action("Verklaar verschil", "", lambda w: w.explain_difference(), TENDER, _compares),
    Action("Lees de vergelijking als tekst", "Ctrl+T", lambda w: w.read_as_text(), TENDER, _compares),
    Action("Adviesblad als PDF opslaan", "Ctrl+P", lambda w: w.save_sheet(), TENDER, _in_tender),
    Action("Methode en uitvraag op slot zetten", "", lambda w: w.lock_rules(), TENDER, _may_edit),
    Action("Advies definitief maken", "", lambda w: w.make_final(), TENDER, _may_edit),
    Action("Brieven aan inschrijvers maken", "", lambda w: w.make_letters(), TENDER, _may_edit),
    Action("Namen verbergen of tonen", "", lambda w: w.hide_names(), TENDER, _in_tender),
    Action("Nieuwe aanbesteding als kopie van deze", "", lambda w: w.copy_tender(), TENDER, _may_edit),
)

# Keys that belong to a table or a list; the table itself takes them.
IN_TABLES: tuple[tuple[str, str], ...] = (
    ("Enter, Shift+Enter", "een cel omlaag of omhoog; in de vergelijking: Waarom?"),
    ("Tab, Shift+Tab", "een cel naar rechts of links; Enter gaat daarna terug naar de eerste kolom"),
    ("Ctrl+pijl", "naar de rand van de tabel"),
    ("F2", "de cel wijzigen"),
    ("Esc", "het typen laten vervallen"),
    ("Delete", "leegmaken; een overgenomen waarde komt terug"),
    ("Alt+pijl omlaag", "de lijst in de cel openen"),
    ("Ctrl+C, Ctrl+V", "kopiëren en plakken, ook van en naar Excel"),
    ("Ctrl+Shift+C", "kopiëren met de namen van rijen en kolommen"),
    ("Ctrl+D, Ctrl+R", "de bovenste of linkse waarde doorvoeren"),
    ("Ctrl+Enter", "het getypte in alle gekozen cellen zetten"),
    ("Alt+Shift+pijl", "een post of variant verplaatsen"),
    (
        "0 tot 3",
        "in de kalender: een kans zetten; Enter neemt het voorstel over, Ctrl+Enter van alle gekozen regels",
    ),
    ("Ctrl+Delete", "een post of variant verwijderen"),
    ("Shift+F10", "het menu van de cel"),
    ("F6", "de tabel verlaten"),
)


def key_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The list of keys for people: [(where, [(keys, what they do)])]."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in ACTIONS:
        if action.keys:
            groups.setdefault(action.where, []).append((action.keys, action.name))
    return [*groups.items(), ("In een tabel", list(IN_TABLES))]
