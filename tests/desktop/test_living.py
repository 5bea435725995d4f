"""What makes the window one to live in: search, history, zoom, themes, names hidden, editing as in Excel,
work beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.kit.jobs import Job
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look import tokens as tokens_of
from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.refusal import LockRefusal
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.settings import load_settings
from cirkeldesk.operations.tender import history as past
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.wording.comparison.explanations import aloud
from tests.conftest import HANG
from tests.desktop.conftest import opened, type_in_cell, wait_idle
from tests.desktop.hands import ALT, CONTROL, SHIFT, Keyboard, settle
from tools.watchdog import WatchedApplication

pytestmark = pytest.mark.window
Key = Qt.Key
# Windows' own contrast themes: window, text, chosen, on chosen.
CONTRAST = {
    "Aquatic": ("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),
    "Desert": ("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
    "Dusk": ("#2D3236", "#FFFFFF", "#A1BFDE", "#212D3B"),
    "Night sky": ("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
}


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    window.open_example()
    assert window.view is not None
    return window.view


@pytest.fixture
def usual_looks(watched: WatchedApplication) -> Iterator[None]:
    yield
    theme.choose_scheme(None)
    theme.set_zoom(watched, 1.0)
    theme.apply(watched)


def select(grid: Grid, top: int, left: int, bottom: int, right: int) -> None:
    model = grid.model()
    grid.go_to(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def row(view: TenderView, kind: str, post_id: str | None = None) -> int:
    sheet = view.variants.model.sheet
    assert isinstance(sheet, VariantSheet)
    return next(i for i, r in enumerate(sheet.rows) if r.kind == kind and post_id in (None, r.post_id))


# --- search
# --------------------------------------------------------------------------------------------------------


def test_search_over_everything(window: MainWindow, view: TenderView) -> None:
    keys, palette = Keyboard(window), window.palette_search
    window.show_list()
    keys.press(Key.Key_K, CONTROL)
    assert keys.at == "Zoek overal"
    keys.type("voorbeeld-001")
    palette.search()
    assert palette.texts()[0].startswith("Aanbesteding: VOORBEELD-001 Groot onderhoud")
    keys.type("lignine")
    palette.search()
    assert palette.texts() == [
        "Product: SMA 11 lignine (voorbeeld)",
        "Hulp: Handleiding voor de inkoper",
    ]  # which types it too
    keys.press(Key.Key_Return)
    assert window.pages.currentWidget() is window.products
    assert window.products.product is not None
    assert window.products.product.name == "SMA 11 lignine (voorbeeld)"
    keys.press(Key.Key_K, CONTROL)
    keys.type("Verzonnen Wegen")
    palette.search()
    assert palette.texts() == []  # no supplier of that name
    keys.type("geschied")
    keys.press(Key.Key_Return)  # faster than the pause: what was typed counts
    assert window.side.view is window.help  # there is no open tender here, so help is what is found


def test_search_finds_actions_that_are_possible_here(window: MainWindow, view: TenderView) -> None:
    view.go_to(1)
    palette = window.palette_search
    window.palette_open()
    palette.field.setText("open punten")
    palette.search()
    assert palette.texts()[0] == "Actie: Open punten  (F8)"
    Keyboard(window).press(Key.Key_Return)
    assert view.pages.currentWidget() is view.points
    window.show_list()
    window.palette_open()
    palette.field.setText("open punten")
    palette.search()
    assert not any("Open punten" in text for text in palette.texts())
    palette.field.setText("xyzzy")
    palette.search()
    assert palette.none.text().startswith("Niets gevonden voor “xyzzy”.")
    palette.close_palette()


def test_find_on_the_page(window: MainWindow, view: TenderView) -> None:
    view.go_to(2)
    keys = Keyboard(window)
    view.comparison.matrix.setFocus()
    keys.press(Key.Key_F, CONTROL)
    assert keys.at == "Zoek op deze pagina"
    keys.type("biobased")
    assert window.find_bar.count.text() == "1 gevonden"
    keys.press(Key.Key_Return)
    assert window.find_bar.count.text() == "1 van 1"
    keys.press(Key.Key_Escape)
    current = view.comparison.matrix.currentIndex()
    assert view.comparison.model.rows[current.row()].name == "Biobased"
    assert keys.at == "Vergelijking"
    window.show_list()
    keys.press(Key.Key_F, CONTROL)
    assert keys.at == "Zoek op nummer of titel"


# --- history
# -------------------------------------------------------------------------------------------------------


def test_history_compares_two_versions_and_goes_back(window: MainWindow, view: TenderView) -> None:
    session = view.session
    session.commit(edits.set_price(session.tender, "v4", Decimal(1_222_222), "prijs"))
    session.commit(edits.set_field("title", "Andere titel", "titel"))
    session.commit(edits.move_post(session.tender, "p1", 1))
    window.show_history()
    history = window.history
    assert window.side.view is history
    texts = [history.steps.item(i).text() for i in range(history.steps.count())]
    assert [text.split("\n")[1] for text in texts] == [
        "post Deklaag verplaatst",
        "titel",
        "prijs van Inschrijving B",
        "voorbeeld toegevoegd",
    ]
    assert session.workspace.store.author in texts[0]
    only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    history.steps.setCurrentRow(3, only)
    assert history.found.toPlainText().splitlines() == [
        "Sindsdien veranderd:",
        "Titel: Groot onderhoud provinciale weg N000 (voorbeeld) wordt Andere titel",
        "Volgorde van de posten gewijzigd",
        "Inschrijving B: Inschrijfsom 1.265.000,00 wordt 1.222.222",
    ]
    history.steps.item(1).setSelected(True)
    assert history.found.toPlainText().startswith("Verschil tussen de twee:")
    assert "Volgorde" not in history.found.toPlainText()
    assert not history.back.isEnabled()  # to which of the two?
    history.steps.setCurrentRow(3, only)
    history.back.click()
    assert session.tender.title == "Groot onderhoud provinciale weg N000 (voorbeeld)"
    assert session.tender.variant("v4").price == Decimal("1265000.00")
    assert window.top.undo_button.accessibleName().startswith("Ongedaan maken: teruggegaan naar ")
    window.undo()
    assert session.tender.title == "Andere titel"
    Keyboard(window).press(Key.Key_Escape)
    assert not window.side.isVisible()


def test_history_stops_at_a_lock_and_tells_no_sealed_price(window: MainWindow, view: TenderView) -> None:
    session, workspace = view.session, window.workspace
    workspace.store._clock = lambda: "2026-12-01T09:00:00+00:00"
    session.commit(edits.set_field("sealed_until", "2026-12-12T10:00:00+01:00", "prijzen dicht"))
    session.commit(edits.set_price(session.tender, "v4", Decimal(1_222_222), "prijs"))
    steps = past.steps_of(workspace, session.identity)
    told = past.differences(workspace, past.version_at(workspace, steps[-1]), session.stored)
    assert "Inschrijving B: een prijs gewijzigd (nog dicht)" in told
    assert not any("1.222.222" in text or "1.265.000" in text for text in told)
    view.choose_method()
    view.ask.award.published.edit.setText("30-11-2026")
    view.ask.award.document.edit.setText("Leidraad")
    view.ask.award.lock_button.click()
    assert session.tender.lock is not None
    window.show_history()
    window.history.steps.setCurrentRow(
        window.history.steps.count() - 1, QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert "Teruggaan kan niet: daarna is methode op slot gezet" in window.history.found.toPlainText()
    assert not window.history.back.isEnabled()
    with pytest.raises(LockRefusal):
        past.go_back(workspace, session.identity, steps[-1].seq)


# --- looks
# ---------------------------------------------------------------------------------------------------------


def contrast(one: str, two: str) -> float:
    """WCAG 2.1 contrast ratio."""

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def palette_of(name: str) -> QPalette:
    palette = QPalette()
    roles = (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText, QPalette.ColorRole.Highlight)
    for role, color in zip((*roles, QPalette.ColorRole.HighlightedText), CONTRAST[name], strict=True):
        palette.setColor(role, QColor(color))
    return palette


@pytest.mark.parametrize("name", ["light", "dark", *CONTRAST])
def test_contrast_of_all_tokens(name: str) -> None:
    """Text 4.5 on all grounds it stands on, also on what is chosen; controls and focus 3 (WCAG 1.4.3,
    1.4.11)."""
    known = {"light": tokens_of.LIGHT, "dark": tokens_of.DARK}
    tokens = known[name] if name in known else theme.contrast_tokens(palette_of(name))
    assert set(tokens) == set(tokens_of.LIGHT)
    grounds = {"bg", "surface", "rail", "canvas", "card", "accent_soft"}
    grounds |= {"good_soft", "warn_soft", "error_soft", "lock_soft"}
    for text in ("text", "muted"):
        for ground in grounds:
            assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for text in ("inherit", "accent", "good", "warn", "error", "lock"):
        for ground in ("bg", "surface"):
            least = (
                4.5 if text != "accent" or name in known else 3
            )  # under a contrast theme accent is a fill, never a text
            assert contrast(tokens[text], tokens[ground]) >= least, (text, ground)
    for kind in ("good", "warn", "error", "lock"):
        assert contrast(tokens[kind], tokens[f"{kind}_soft"]) >= 4.5, kind
    assert contrast(tokens["on_sel"], tokens["sel"]) >= 4.5
    assert contrast(tokens["on_accent"], tokens["accent"]) >= 4.5
    for mark in ("control", "focus"):
        for ground in ("bg", "surface", "rail", "canvas", "card"):
            assert contrast(tokens[mark], tokens[ground]) >= 3, (mark, ground)
    for bar in ("bar", "bar_2", "bar_ref"):
        for ground in ("bg", "card"):
            assert contrast(tokens[bar], tokens[ground]) >= (3 if name in known else 2), (bar, ground)
    # `line` and `hair` are decoration only and promise nothing


@pytest.mark.usefixtures("usual_looks")
def test_a_contrast_theme_is_the_systems_own_colours(window: MainWindow, watched: WatchedApplication) -> None:
    theme.choose_scheme(Qt.ColorScheme.Dark, palette_of("Night sky"))
    theme.apply(watched)
    assert theme.is_contrast()
    window.open_example()
    settle()
    used = {QColor(color).name() for color in theme.tokens().values()}
    assert used == {"#000000", "#ffffff", "#d6b4fd", "#2b2b2b"}
    image = window.grab().toImage()
    assert image.pixelColor(5, image.height() // 2).name() == "#000000"


@pytest.mark.usefixtures("usual_looks")
def test_zoom_by_keys_within_bounds_and_remembered(
    window: MainWindow, view: TenderView, qtbot: QtBot
) -> None:
    view.go_to(1)
    keys = Keyboard(window)
    size, rows, header = (
        window.font().pointSizeF(),
        view.variants.grid.rowHeight(0),
        view.variants.grid.verticalHeader().width(),
    )
    window._zoom_soon.setInterval(
        HANG
    )  # keys pressed quickly after each other are one change, also where a key takes long

    def zoomed(key: Key, times: int, expected: float) -> None:
        for _ in range(times):
            keys.press(key, CONTROL)
        assert window._zoom_soon.isActive()
        window._zoom_soon.start(0)
        qtbot.waitUntil(lambda: theme.zoom() == expected)
        window._zoom_soon.setInterval(HANG)

    zoomed(Key.Key_Plus, 5, 1.5)
    assert window.font().pointSizeF() == pytest.approx(size * 1.5)
    assert view.variants.grid.rowHeight(0) == rows * 1.5
    assert view.variants.grid.verticalHeader().width() == header * 1.5
    assert not window.rail.isVisible()  # 1366 at 150 % is 911 wide: the middle arrangement
    assert load_settings().zoom == "1.5"
    zoomed(Key.Key_Plus, 20, 2.0)
    zoomed(Key.Key_Minus, 30, 0.8)
    zoomed(Key.Key_0, 1, 1.0)
    assert window.font().pointSizeF() == pytest.approx(size)
    assert view.variants.grid.rowHeight(0) == rows
    assert window.rail.isVisible()


def test_remote_desktop_draws_nothing_for_a_passing_mouse(
    monkeypatch: pytest.MonkeyPatch, watched: WatchedApplication
) -> None:
    monkeypatch.setattr(theme, "is_remote", lambda: True)
    theme.apply(watched)
    assert ":hover" not in watched.styleSheet()
    assert not watched.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
    monkeypatch.undo()
    theme.apply(watched)
    assert ":hover" in watched.styleSheet()


def test_columns_and_order_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "lijst.db") as workspace:
        add_example(workspace)
        tenders.as_template(workspace, "voorbeeld")
        first = opened(qtbot, workspace)
        first.tenders.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        first.tenders.table.setColumnWidth(3, 177)  # status; the number stands under the title
        assert first.tenders.model.text(0, 0) == "VOORBEELD-001"
        first.close()
        second = MainWindow(workspace, load_settings())
        qtbot.addWidget(second)
        assert second.tenders.table.columnWidth(3) == 177
        assert second.tenders.model.text(0, 0) == "VOORBEELD-001"
        assert second.tenders.model.descending
        second.tenders.table.set_columns("00ff")  # what a hand or another version left behind
        assert second.tenders.table.columnWidth(3) == 177


def test_names_hidden_for_a_shared_screen(window: MainWindow, view: TenderView) -> None:
    session = view.session
    session.commit(edits.set_variant(session.tender, "v4", "bidder", "Wegenbouw Verzonnen bv", "naam"))
    session.commit(edits.set_variant(session.tender, "v4", "name", "Wegenbouw", "naam in de tabel"))
    window.hide_names()
    for step in range(5):
        view.go_to(step)
        wait_idle(window)
        shown = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
        shown += [w.text() for w in window.findChildren(QLineEdit) if w.isVisible()]
        shown += [str(view.variants.model.headerData(c, Qt.Orientation.Horizontal)) for c in range(6)]
        shown += [window.top.undo_button.text(), *view.comparison.model.names]
        shown += [*view.comparison.model.notes, view.comparison.hero.sentence.text()]
        shown += [bar.name for bar in view.comparison.hero.bars._shown.bars]
        ranking = view.award.table
        places = range(ranking.texts.rowCount())
        shown += [ranking.note(place, 1) for place in places]
        shown += [box.accessibleName() for place in places if (box := ranking.judge_box(place)) is not None]
        assert not any("Wegenbouw" in text for text in shown), step
    view.go_to(1)
    grid = view.variants.grid
    grid.go_to(row(view, "price"), 4)
    type_in_cell(grid, "1200000")
    stored = tenders.get_tender(window.workspace, session.identity).variant("v4")
    assert (stored.name, stored.bidder, stored.price) == (
        "Wegenbouw",
        "Wegenbouw Verzonnen bv",
        Decimal(1_200_000),
    )
    window.show_history()
    assert not window.side.isVisible()
    window.hide_names()
    assert "Wegenbouw" in view.comparison.model.names


def test_full_screen_leaves_the_figures(window: MainWindow, view: TenderView) -> None:
    view.go_to(2)
    keys = Keyboard(window)
    keys.press(Key.Key_F11)
    assert window.isFullScreen()
    assert not window.rail.isVisible()
    keys.press(Key.Key_F11)
    assert window.rail.isVisible()


def test_the_side_panel_takes_the_place_of_the_page_where_it_is_narrow(
    window: MainWindow, view: TenderView
) -> None:
    view.go_to(2)
    window.resize(700, 700)
    settle()
    view.comparison.matrix.setFocus()
    keys = Keyboard(window)
    keys.press(Key.Key_F1)
    assert window.help.subject == "vergelijking"
    assert not window.pages.isVisible()
    keys.press(Key.Key_Escape)
    assert window.pages.isVisible()
    assert keys.at == "Vergelijking"


# --- as in Excel
# ---------------------------------------------------------------------------------------------------


def test_fill_down_right_and_with_ctrl_enter(window: MainWindow, view: TenderView) -> None:
    view.go_to(1)
    view.variants.show_box.setCurrentIndex(1)  # only MKI: one row per post
    view.variants._choose_rows(1)
    grid, session, keys = view.variants.grid, view.session, Keyboard(window)
    grid.setFocus()
    before = len(session.stacks.undo)
    grid.go_to(0, 3)
    type_in_cell(grid, "8,5")
    select(grid, 0, 3, 2, 3)
    keys.press(Key.Key_D, CONTROL)
    assert [mki(view, "v3", post) for post in ("p1", "p2", "p3")] == [8.5, 8.5, 8.5]
    assert len(session.stacks.undo) == before + 2  # a fill is one step
    assert window.top.undo_button.accessibleName() == "Ongedaan maken: doorgevoerd (2)"
    select(grid, 0, 3, 0, 5)
    keys.press(Key.Key_R, CONTROL)
    assert [mki(view, variant, "p1") for variant in ("v3", "v4", "v5")] == [8.5, 8.5, 8.5]
    select(grid, 1, 3, 2, 5)
    keys.type("7,25")
    keys.press(Key.Key_Return, CONTROL)
    assert {mki(view, variant, post) for variant in ("v3", "v4", "v5") for post in ("p2", "p3")} == {7.25}
    window.undo()
    assert mki(view, "v5", "p2") != 7.25


def mki(view: TenderView, variant: str, post: str) -> float | None:
    answer = view.session.tender.variant(variant).answer(post)
    return answer.mki.total if answer.mki is not None else None


def test_copy_with_names_pastes_back_the_same(window: MainWindow, view: TenderView) -> None:
    """A block copied with the names of rows and columns, emptied and pasted anywhere in its rows, is what it
    was."""
    view.go_to(1)
    view.variants.show_box.setCurrentIndex(1)
    view.variants._choose_rows(1)
    grid, session, keys = view.variants.grid, view.session, Keyboard(window)
    grid.setFocus()
    before = session.tender
    select(grid, 0, 4, 2, 5)
    keys.press(Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "\tInschrijving B\tInschrijving C"
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("Deklaag\t")
    keys.press(Key.Key_Delete)
    assert session.tender != before
    grid.go_to(0, 3)
    keys.press(Key.Key_V, CONTROL)
    assert [mki(view, v, p) for v in ("v4", "v5") for p in ("p1", "p2", "p3")] == [
        answer.mki.total if (answer := before.variant(v).answer(p)).mki else None
        for v in ("v4", "v5")
        for p in ("p1", "p2", "p3")
    ]


def test_a_paste_offers_the_other_reading(window: MainWindow, view: TenderView) -> None:
    view.go_to(1)
    view.variants.show_box.setCurrentIndex(1)
    view.variants._choose_rows(1)
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(0, 3)
    QGuiApplication.clipboard().setText("9.872\n8.125\n7")
    Keyboard(window).press(Key.Key_V, CONTROL)
    bar = view.bars.bar("paste")
    assert bar is not None
    assert bar.label.text().startswith("3 cellen geplakt. 9872 is erg hoog. Bedoelt u 9,872?")
    assert [mki(view, "v3", post) for post in ("p1", "p2", "p3")] == [9872, 8125, 7]
    assert [button.text() for button in bar.buttons] == ["Lees de 2 getallen met een komma", "Ongedaan maken"]
    bar.buttons[0].click()
    assert [mki(view, "v3", post) for post in ("p1", "p2", "p3")] == [9.872, 8.125, 7]
    window.undo()
    window.undo()
    assert mki(view, "v3", "p3") != 7


def test_posts_are_inserted_doubled_and_moved(window: MainWindow, view: TenderView) -> None:
    view.go_to(0)
    ask, session, keys = view.ask, view.session, Keyboard(window)
    ask.grid.setFocus()
    ask.grid.go_to(1, 0)
    names = [action.text().partition("\t")[0] for action in ask.menu().actions() if action.text()]
    assert names[:3] == ["Post hierboven invoegen", "Post dupliceren", "Omhoog"]
    before = session.comparison.variant("v3").total.value
    ask.insert_post(1)
    assert [post.name for post in session.tender.posts] == ["Deklaag", "Post 1", "Tussenlaag", "Onderlaag"]
    ask.grid.go_to(0, 0)
    ask.duplicate_post()
    assert [post.name for post in session.tender.posts][:2] == ["Deklaag", "Deklaag 2"]
    copied = session.tender.variant("v3").answer(session.tender.posts[1].id)
    assert copied.mki == session.tender.variant("v3").answer("p1").mki
    window.undo()
    window.undo()
    assert session.comparison.variant("v3").total.value == before
    ask.grid.setFocus()
    ask.grid.go_to(0, 0)
    keys.press(Key.Key_Down, ALT | SHIFT, times=2)
    assert [post.name for post in session.tender.posts] == ["Tussenlaag", "Onderlaag", "Deklaag"]
    keys.press(Key.Key_Down, ALT | SHIFT)
    assert ask.grid.currentIndex().row() == 2  # there is no further


def test_a_column_is_dragged_by_its_name(view: TenderView) -> None:
    view.go_to(1)
    header = view.variants.grid.horizontalHeader()
    header.moveSection(4, 3)
    settle()
    assert [v.id for v in view.session.tender.variants] == ["v1", "v2", "v4", "v3", "v5"]
    assert [header.logicalIndex(place) for place in range(6)] == list(
        range(6)
    )  # the order shown is the tender's own
    view.session.undo()
    assert [v.id for v in view.session.tender.variants] == ["v1", "v2", "v3", "v4", "v5"]


def test_a_tender_as_template(window: MainWindow, view: TenderView) -> None:
    window.copy_tender()
    copy = window.view
    assert copy is not None
    assert copy is not view
    tender = copy.session.tender
    assert tender.number != "VOORBEELD-001"
    assert tender.title.endswith("(kopie)")
    assert [variant.role for variant in tender.variants] == ["reference", "alternative"]
    assert tender.award.method is not None
    assert tender.fictitious
    assert copy.step == 0
    assert any("Inschrijvingen zijn niet meegenomen" in text for text in copy.bars.texts())


# --- comparison
# ----------------------------------------------------------------------------------------------------


def test_rows_are_chosen_and_remembered(window: MainWindow, view: TenderView, qtbot: QtBot) -> None:
    page = view.comparison
    view.go_to(2)
    page._toggle_row("gwp")
    assert "gwp" not in [row.key for row in page.model.kept]
    assert load_settings().hidden_rows == "gwp"
    assert "CO2-uitstoot" not in page.as_text.text.toPlainText()
    page.hide_rows(frozenset())
    assert "gwp" in [row.key for row in page.model.kept]  # folded, as no bid says it


def test_differences_in_amount_and_percent(view: TenderView) -> None:
    """B − A in € and in %, from unrounded values: 64.866 − 72.872 = −8.007 (−11,0 %); shares in percentage
    points."""
    page = view.comparison
    view.go_to(2)
    page.show_as(1)
    cells = {row.key: [cell.text for cell in row.cells] for row in page.model.rows}
    assert cells["total"] == ["72.872 € MKI", "\u22124.387", "\u22123.472", "\u22128.007", "\u22124.149"]
    page.show_as(2)
    cells = {row.key: [cell.text for cell in row.cells] for row in page.model.rows}
    assert cells["total"] == ["72.872 € MKI", "\u22126,0", "\u22124,8", "\u221211,0", "\u22125,7"]
    assert cells["reused"][1] == "+7,3"  # 43,0 − 35,7 percentage points
    assert page.model.rows[1].unit == "% verschil met Nulvariant"
    page.show_as(0)


def test_the_text_says_what_the_table_shows(window: MainWindow, view: TenderView) -> None:
    view.go_to(2)
    window.read_as_text()
    text = view.comparison.as_text.text.toPlainText()
    for row_of in view.comparison.model.kept:
        assert f"Regel: {aloud(row_of.name)}" in text
    for sign in "€₂²·−✓":
        assert sign not in text
    assert text.count("Variant ") == 5


# --- beside the window
# ---------------------------------------------------------------------------------------------


def test_work_is_listed_shown_and_stopped(window: MainWindow, qtbot: QtBot) -> None:
    results: list[object] = []

    def work(job: Job) -> str:
        step = 0
        while not job.cancelled:  # it ends by being stopped, however long the window takes to show it
            step += 1
            job.progress.emit(step, 10_000, "")
            QTest.qSleep(5)
        return "gestopt"

    window.worker.start(work, results.append, results.append, "Proefwerk", cancellable=True)
    qtbot.waitUntil(lambda: window.work.isVisible(), timeout=HANG)
    assert window.work.text.text().startswith("Proefwerk: ")
    assert window.work.stop.isVisible()
    window.work.stop.click()
    wait_idle(window)
    assert results == ["gestopt"]
    assert not window.work.isVisible()
    assert window.worker.ran[0].state == "gestopt"
    window.show_activity()
    assert window.activity.jobs.item(0).text().endswith("Proefwerk: gestopt")


def test_what_is_spoken_after_a_step(view: TenderView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, on commit only, politely; an error at once."""
    told: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        "cirkeldesk.desktop.tender.view.say", lambda _, text, at_once=False: told.append((text, at_once))
    )
    monkeypatch.setattr(
        "cirkeldesk.desktop.kit.messages.say", lambda _, text, at_once=False: told.append((text, at_once))
    )
    view.go_to(1)
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(row(view, "mki", "p1"), 5)
    type_in_cell(grid, "2")
    assert told[0][0].startswith("MKI totaal Inschrijving C ")
    assert told[0][0].endswith(" euro, nu laagste.")
    assert told[0][1] is False
    told.clear()
    grid.go_to(row(view, "price"), 5)
    type_in_cell(grid, "veel")
    assert told[-1][1] is True
    assert "geen getal" in told[-1][0]


def test_saying_something_with_nobody_listening_is_fine(window: MainWindow) -> None:
    say(window, "Een zin.")
    assert window.isVisible()


def test_long_lists_open_by_their_names_and_read_rows_as_seen(qtbot: QtBot, tmp_path: Path) -> None:
    from sqlalchemy import insert

    from cirkeldesk.store import schema
    from cirkeldesk.store.rows import hash_of_row

    with open_workspace(tmp_path / "lang.db") as workspace:
        add_example(workspace)
        rows = [
            {
                "id": f"p{number:05}",
                "uuid": f"u{number}",
                "version": "1",
                "name": f"Mengsel {number:05}",
                "declared_unit": "1 ton",
                "sets": "A2",
                "product_group": "asfalt",
                "search": f"mengsel {number:05} leverancier {number % 7}",
            }
            for number in range(3000)
        ]
        with workspace.unit() as unit:
            written = [
                {**row, "hash": hash_of_row(row)} for row in rows
            ]  # a row without its hash is taken for a damaged one
            unit.connection.execute(insert(schema.product_list), written)
        window = opened(qtbot, workspace)
        window.products.model.show("mengsel")
        assert window.products.model.rowCount() == 3000
        assert len(window.products.model.listed._rows) <= 100
        assert window.products.model.text(2999, 0) == "Mengsel 02999"
        window.products.model.sort(0, Qt.SortOrder.DescendingOrder)
        assert window.products.model.text(0, 0) == "Mengsel 02999"
        window.products.model.show("mengsel 0007")
        assert window.products.model.rowCount() == 11
    QApplication.processEvents()
