"""Paths (a), (b) and (c) of UX, each by keyboard alone and by mouse; nothing holds up the window on the
way."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender import tenders
from tests.desktop.conftest import make_ahead, no_dialog, wait_idle
from tests.desktop.hands import ALT, CONTROL, SHIFT, Keyboard, Mouse, settle
from tools.watchdog import LONGEST, WatchedApplication, pace

pytestmark = pytest.mark.window
Key = Qt.Key

PAPER = (
    ("Nulvariant", ("SMA 11", "9,80"), ("AC 16 bind", "7,90"), ("AC 22 base", "7,50"), "1230000"),
    ("Inschrijving", ("SMA 8G+", "9,20"), ("AC 16 40 %", "7,10"), ("AC 22 50 %", "6,90"), "1240000"),
    ("Inschrijving", ("SMA 11 lignine", "8,90"), ("AC 16 PR", "6,80"), ("AC 22 PR", "6,40"), "1265000"),
    ("Inschrijving", ("SMA 11 std", "9,50"), ("AC 16 std", "7,60"), ("AC 22 std", "7,10"), "1228500"),
)
CONCLUSION = "Inschrijving B heeft de laagste MKI: €\u00a036.533, "  # 8,90 × 987 + 6,80 × 1692 + 6,40 × 2538


@pytest.fixture
def unhindered(watched: WatchedApplication, window: MainWindow, qtbot: QtBot) -> Iterator[None]:
    """No event of the test keeps the window's thread busy for more than a tenth of a second of a quiet
    computer. A slower or a busy one is measured by a fixed piece of work: before, after, and right behind an
    event that took long, as other work comes and goes.
    """
    make_ahead(window)
    qtbot.waitUntil(lambda: window.ahead.is_ready)
    gc.collect()
    gc.freeze()  # as the program does when it has started
    watched.held.clear()
    slow = [pace()]
    yield
    gc.unfreeze()
    slow.append(pace())
    assert [held for held in watched.held if held.seconds > LONGEST * max(held.pace, *slow)] == []


def view_of(window: MainWindow) -> TenderView:
    assert window.view is not None
    return window.view


def rows_of(view: TenderView) -> list[tuple[str, str | None]]:
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return [(row.kind, row.post_id) for row in sheet.rows]


def steps(window: MainWindow) -> list[str]:
    session = view_of(window).session
    with session.workspace.unit() as unit:
        return [row.step for row in unit.steps.rows("tender", session.identity)]


def check_path_a(window: MainWindow) -> None:
    """What path (a) leads to, however it was walked: 36 committed values, 4 columns, one conclusion."""
    view = view_of(window)
    made = [step for step in steps(window) if step not in ("tender_new", "variant_add")]
    assert len(made) == 36
    assert steps(window).count("variant_add") == 4
    assert no_dialog()
    assert view.step == 2
    assert view.comparison.conclusion.text().startswith(CONCLUSION)
    assert view.comparison.hero.quiet.text() == "3 van 3 inschrijvingen zijn te vergelijken."


@pytest.mark.usefixtures("unhindered")
def test_path_a_by_keyboard(window: MainWindow) -> None:
    keys = Keyboard(window)
    keys.press(Key.Key_N, CONTROL)
    view = view_of(window)
    assert keys.at == "Titel *"  # the cursor is where the typing begins
    keys.type("Deklagen N000")
    keys.tab_to("Oppervlakte m² *")
    keys.type("12.000")
    keys.tab_to("Beschouwingsperiode jaar *")
    keys.type("30")
    keys.tab_to("Posten")
    columns = view.ask.model.sheet.columns  # type: ignore[attr-defined]
    keys.press(Key.Key_Home, CONTROL)
    keys.press(Key.Key_Right, times=columns.index("thickness_mm"))
    for text in ("35", "60", "90"):
        keys.type(text, Key.Key_Return)
    keys.press(Key.Key_PageDown, CONTROL)
    assert view.step == 1
    for number, (word, *layers, price) in enumerate(PAPER):
        if number == 0:
            keys.tab_to("Nulvariant")
            keys.press(Key.Key_Space)
        else:
            keys.press(Key.Key_I, CONTROL | SHIFT)
        assert keys.at == "Varianten", word
        kinds = rows_of(view)
        row = view.variants.grid.currentIndex().row()
        for post_id, (name, mki) in zip(("p1", "p2", "p3"), layers, strict=True):
            keys.press(Key.Key_Down, times=kinds.index(("product", post_id)) - row)
            keys.type(name, Key.Key_Return)
            assert kinds[view.variants.grid.currentIndex().row()] == ("mki", post_id)  # Enter went down to it
            keys.type(mki, Key.Key_Return)
            row = view.variants.grid.currentIndex().row()
        keys.press(Key.Key_Down, times=kinds.index(("price", None)) - row)
        keys.type(price, Key.Key_Return)
    keys.press(Key.Key_PageUp, CONTROL)
    keys.tab_to("Vervangingsregel")
    keys.choose("naar rato, met D")
    keys.tab_to("Vervanging al verwerkt")
    keys.choose("ja")
    keys.press(Key.Key_PageDown, CONTROL, times=2)
    assert keys.at == view.comparison.conclusion.accessibleName()  # the first thing that is read
    check_path_a(window)


@pytest.mark.usefixtures("unhindered")
def test_path_a_by_mouse(window: MainWindow) -> None:
    mouse = Mouse(window)
    mouse.button("Nieuwe aanbesteding")
    view = view_of(window)
    mouse.field("Titel *", "Deklagen N000")
    mouse.field("Oppervlakte m² *", "12.000")
    mouse.field("Beschouwingsperiode jaar *", "30")
    posts = view.ask.grid
    thickness = view.ask.model.sheet.columns.index("thickness_mm")  # type: ignore[attr-defined]
    for row, text in enumerate(("35", "60", "90")):
        type_by_mouse(mouse, posts, row, thickness, text)
    mouse.click(
        posts.viewport(), posts.visualRect(posts.model().index(0, 0)).center()
    )  # a click away commits
    mouse.button(view.buttons[1].accessibleName())
    for column, (word, *layers, price) in enumerate(PAPER, 1):
        if column == 1:
            mouse.button("Nulvariant", view.variants.empty)
        else:
            mouse.click(view.variants.add_bid)
        kinds, grid = rows_of(view), view.variants.grid
        for post_id, (name, mki) in zip(("p1", "p2", "p3"), layers, strict=True):
            type_by_mouse(mouse, grid, kinds.index(("product", post_id)), column, name)
            type_by_mouse(mouse, grid, kinds.index(("mki", post_id)), column, mki)
        type_by_mouse(mouse, grid, kinds.index(("price", None)), column, price)
        mouse.cell(grid, 0, column)
        assert word in view.session.tender.variants[column - 1].name
    mouse.button(view.buttons[0].accessibleName())
    mouse.choose(view.ask.rule.box, "naar rato, met D")
    mouse.choose(view.ask.replacement.box, "ja")
    mouse.button(view.buttons[2].accessibleName())
    check_path_a(window)


def type_by_mouse(mouse: Mouse, grid: Grid, row: int, column: int, text: str) -> None:
    """Click a cell and type; the next click commits it."""
    mouse.cell(grid, row, column)
    mouse.keys.type(text)
    popup = QApplication.activePopupWidget()
    if popup is not None:  # suggestions: Esc leaves what was typed
        mouse.keys.press(Key.Key_Escape)


@pytest.mark.usefixtures("unhindered")
def test_path_b_by_keyboard(window: MainWindow) -> None:
    """Why B beats A: conclusion, Waarom?, Verklaar verschil, copied for the manager, as text, on the whole
    screen."""
    window.open_example()
    view = view_of(window)
    page = view.comparison
    keys = Keyboard(window)
    keys.tab_to("Vergelijking")
    keys.press(Key.Key_Home, CONTROL)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Right, times=3)
    assert page.model.names[page.matrix.currentIndex().column()] == "Inschrijving B"
    keys.press(Key.Key_Return)
    assert keys.at == "Opbouw van de MKI"
    keys.press(Key.Key_Down)
    assert page.why_page.tree.currentIndex().data() == "Deklaag"
    keys.press(Key.Key_Escape)
    assert keys.at == "Vergelijking"  # the focus comes back
    keys.press(Key.Key_K, CONTROL)
    keys.type("verklaar", Key.Key_Return)
    assert page.currentWidget() is page.difference
    assert keys.at == "Tegen welke variant"
    keys.choose("Inschrijving A")
    keys.tab_to("Welke variant", back=True)
    keys.choose("Inschrijving B")
    assert page.difference.sentence.text().startswith(
        "Inschrijving B heeft €\u00a04.535 minder MKI dan Inschrijving A."
    )
    assert page.difference.awarded.text() == (
        "Inschrijving B krijgt €\u00a052.315,39 meer MKI-korting en is €\u00a025.000,00 duurder. "
        "De fictieve prijs van Inschrijving B is €\u00a027.315,39 lager dan die van Inschrijving A."
    )
    keys.tab_to("Kopiëren")
    keys.press(Key.Key_Space)
    keys.pick("Als tekst")
    assert QGuiApplication.clipboard().text().startswith("Inschrijving B heeft €\u00a04.535 minder MKI")
    keys.press(Key.Key_F11)
    assert window.isFullScreen()
    keys.press(Key.Key_F11)
    assert not window.isFullScreen()
    keys.press(Key.Key_Escape)
    assert page.currentWidget() is page.main
    keys.press(Key.Key_T, CONTROL)
    assert keys.at == "Vergelijking als tekst"
    assert "MKI totaal: 64.866 euro MKI, laagste." in page.as_text.text.toPlainText()


@pytest.mark.usefixtures("unhindered")
def test_path_b_by_mouse(window: MainWindow) -> None:
    window.open_example()
    view = view_of(window)
    page, mouse = view.comparison, Mouse(window)
    mouse.cell(page.matrix, 1, 3)
    mouse.button("Waarom?")
    assert page.side.isVisible()
    tree = page.why_page.tree
    first = tree.model().index(0, 0, tree.model().index(0, 0))
    mouse.click(tree.viewport(), tree.visualRect(first).center())
    assert tree.currentIndex().data() == "Deklaag"
    mouse.button("Terug", page.side)
    mouse.button("Verklaar verschil")
    mouse.choose(page.difference.first, "Inschrijving A")
    mouse.choose(page.difference.second, "Inschrijving B")
    assert page.difference.sentence.text().startswith(
        "Inschrijving B heeft €\u00a04.535 minder MKI dan Inschrijving A."
    )
    mouse.click(page.difference.copy)
    mouse.pick("Als tabel")
    assert (
        QGuiApplication.clipboard()
        .text()
        .startswith("Post\tInschrijving A: € MKI per ton\tInschrijving B: € MKI per ton")
    )
    mouse.button("Terug", page.difference)
    mouse.click(page.more)
    mouse.pick("Lees als tekst")
    assert "Variant 4 van 5: Inschrijving B" in page.as_text.text.toPlainText()


@pytest.fixture
def judged(window: MainWindow) -> TenderView:
    """The example locked, opened and judged: where a mistake is found."""
    workspace = window.workspace
    workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    window.open_example()
    awards.lock_rules(workspace, "voorbeeld", "2026-11-03", "Leidraad 1.0 (verzonnen)")
    workspace.store._clock = lambda: "2026-12-14T09:00:00+00:00"
    awards.open_bids(workspace, "voorbeeld", "twee collega's (verzonnen)")
    for variant in tenders.get_tender(workspace, "voorbeeld").bids:
        awards.judge(
            workspace, "voorbeeld", variant.id, "valid", reason="volledig", article="", person="VOORBEELD"
        )
    view = view_of(window)
    view.session.reload()
    view.go_to(1)
    wait_idle(window)
    settle()
    return view


def check_path_c(view: TenderView) -> None:
    layer = view.session.tender.layers[0]
    assert (layer.kind, layer.document, layer.page, layer.reason) == (
        "own_error",
        "inschrijfbiljet A",
        "2",
        "cijfers verwisseld",
    )
    assert view.award.conclusion.text().startswith("Winnaar: Inschrijving A, fictieve prijs")
    assert no_dialog()


@pytest.mark.usefixtures("unhindered")
def test_path_c_by_keyboard(judged: TenderView, window: MainWindow) -> None:
    """A mistake after scoring: typing asks what it is, tells what it does to the ranking, and keeps the
    original."""
    keys, view = Keyboard(window), judged
    keys.press(Key.Key_Home, CONTROL)
    grid = view.variants.grid
    keys.press(Key.Key_Right, times=3 - grid.currentIndex().column())
    keys.press(Key.Key_Down, times=rows_of(view).index(("price", None)) - grid.currentIndex().row())
    keys.type("1140000", Key.Key_Return)
    bar = view.counter_act
    assert bar.isVisible()
    assert keys.focus is bar.buttons["own_error"]  # the question has the focus
    keys.press(Key.Key_Space)
    assert bar.effect.text().endswith("De winnaar verandert.")
    for name, text in (
        ("Document", "inschrijfbiljet A"),
        ("Bladzijde", "2"),
        ("Reden", "cijfers verwisseld"),
    ):
        keys.tab_to(name)
        keys.type(text)
    keys.tab_to("Vastleggen")
    keys.press(Key.Key_Space)
    assert keys.at == "Varianten"
    keys.press(Key.Key_PageDown, CONTROL, times=2)
    check_path_c(view)


@pytest.mark.usefixtures("unhindered")
def test_path_c_by_mouse(judged: TenderView, window: MainWindow) -> None:
    mouse, view = Mouse(window), judged
    type_by_mouse(mouse, view.variants.grid, rows_of(view).index(("price", None)), 3, "1140000")
    mouse.cell(view.variants.grid, 0, 1)
    bar = view.counter_act
    mouse.click(bar.buttons["own_error"])
    for name, text in (
        ("Document", "inschrijfbiljet A"),
        ("Bladzijde", "2"),
        ("Reden", "cijfers verwisseld"),
    ):
        mouse.field(name, text, bar)
    mouse.click(bar.keep)
    mouse.button(view.buttons[3].accessibleName())
    check_path_c(view)


def test_moving_posts_and_variants_by_keyboard(window: MainWindow) -> None:
    window.open_example()
    view = view_of(window)
    view.go_to(1)
    keys, grid = Keyboard(window), view.variants.grid
    keys.press(Key.Key_Home, CONTROL)
    keys.press(Key.Key_Right, times=3 - grid.currentIndex().column())
    keys.press(Key.Key_Right, ALT | SHIFT)
    assert [v.name for v in view.session.tender.variants][2:4] == ["Inschrijving B", "Inschrijving A"]
    assert grid.currentIndex().column() == 4  # the cursor goes along
    keys.press(Key.Key_Z, CONTROL)
    assert [v.name for v in view.session.tender.variants][2:4] == ["Inschrijving A", "Inschrijving B"]
