"""Colours, type, zoom and style sheet. Follows the system's light, dark or contrast theme, its font and its
size.

The contrast of every pair of tokens is computed in a test. Under a contrast theme of the system all tokens
are its own colours: the words carry everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from cirkeldesk import paths

LIGHT = {
    "bg": "#FFFFFF",
    "surface": "#F4F6F8",
    "line": "#D5DAE0",
    "control": "#6F7985",
    "text": "#1A1F26",
    "muted": "#515B66",
    "inherit": "#5A6470",
    "accent": "#0A5A9C",
    "on_accent": "#FFFFFF",
    "sel": "#CFE3F5",
    "on_sel": "#1A1F26",
    "focus": "#0A5A9C",
    "good": "#1B6B3A",
    "good_soft": "#E4F3E9",
    "warn": "#8A4B00",
    "warn_soft": "#FDF0DC",
    "error": "#B3211B",
    "error_soft": "#FCE8E6",
    "lock": "#5B3E8C",
    "lock_soft": "#EFEAF7",
}
DARK = {
    "bg": "#15181C",
    "surface": "#1D2126",
    "line": "#363C44",
    "control": "#8A94A0",
    "text": "#E9ECEF",
    "muted": "#AEB6BF",
    "inherit": "#A3ACB6",
    "accent": "#7FB9EC",
    "on_accent": "#0E1318",
    "sel": "#1E3F5E",
    "on_sel": "#E9ECEF",
    "focus": "#FFD166",
    "good": "#7CCB97",
    "good_soft": "#17301F",
    "warn": "#F0B45B",
    "warn_soft": "#38290F",
    "error": "#F39A92",
    "error_soft": "#3B1A18",
    "lock": "#BFA8EA",
    "lock_soft": "#2A2140",
}
ROW = 28
LEAST_ZOOM, MOST_ZOOM = 0.8, 2.0
Widget = TypeVar("Widget", bound=QWidget)

_chosen: Qt.ColorScheme | None = None
_chosen_contrast: QPalette | None = None
_zoom = 1.0
_system_font: QFont | None = None


def choose_scheme(scheme: Qt.ColorScheme | None, contrast: QPalette | None = None) -> None:
    """Light, dark or a contrast palette whatever the system has (for pictures and tests); None follows it
    again."""
    global _chosen, _chosen_contrast
    _chosen, _chosen_contrast = scheme, contrast


def is_dark() -> bool:
    if _chosen is not None:
        return _chosen == Qt.ColorScheme.Dark
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def is_contrast() -> bool:
    """Whether the system shows a contrast theme. Qt tells since 6.10; before, nothing is known of it."""
    if _chosen_contrast is not None:
        return True
    ask = getattr(QGuiApplication.styleHints(), "accessibility", None)
    return ask is not None and ask().contrastPreference() == Qt.ContrastPreference.HighContrast


def follow_system(run: Callable[[object], object]) -> None:
    """Call when the system turns light, dark, or a contrast theme on or off."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(run)
    ask = getattr(hints, "accessibility", None)
    if ask is not None:
        ask().contrastPreferenceChanged.connect(run)


def tokens() -> dict[str, str]:
    if is_contrast():
        return contrast_tokens(_chosen_contrast or QPalette())
    return DARK if is_dark() else LIGHT


def contrast_tokens(palette: QPalette) -> dict[str, str]:
    """All tokens from the palette of a contrast theme: text on window, and one pair for what is chosen."""
    text, window = (
        palette.color(QPalette.ColorRole.WindowText).name(),
        palette.color(QPalette.ColorRole.Window).name(),
    )
    chosen = palette.color(QPalette.ColorRole.Highlight).name()
    on_chosen = palette.color(QPalette.ColorRole.HighlightedText).name()
    made = dict.fromkeys(LIGHT, text)
    made |= {name: window for name in LIGHT if name.endswith("_soft") or name in ("bg", "surface")}
    return made | {
        "accent": chosen,
        "on_accent": on_chosen,
        "sel": chosen,
        "on_sel": on_chosen,
        "focus": chosen,
    }


def color(token: str) -> QColor:
    return QColor(tokens()[token])


def is_remote() -> bool:
    """Whether the window is shown over remote desktop (SM_REMOTESESSION of Windows)."""
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.user32.GetSystemMetrics(0x1000))


# --- sizes
# ---------------------------------------------------------------------------------------------------------


def zoom() -> float:
    return _zoom


# Widths and a height of the window, at our zoom, at which it is laid out otherwise (UX 2).
WIDE, MIDDLE, LOW = 1200, 860, 560


def bounded_zoom(factor: float) -> float:
    return min(MOST_ZOOM, max(LEAST_ZOOM, round(factor, 1)))


def set_zoom(app: QApplication, factor: float) -> float:
    """Our own zoom, as remote users often cannot change the system's. Returns the factor within its
    bounds."""
    global _zoom  # noqa: PLW0603 - one size per program
    _zoom = bounded_zoom(factor)
    _set_font(app)
    return _zoom


def _set_font(app: QApplication) -> None:
    global _system_font  # noqa: PLW0603 - the system's font is asked once, before ours is set
    if _system_font is None:
        _system_font = QFont(app.font())
    font = QFont(_system_font)
    if font.pixelSize() > 0:
        font.setPixelSize(round(font.pixelSize() * _zoom))
    else:
        font.setPointSizeF(font.pointSizeF() * _zoom)
    app.setFont(font)


def px(size: float) -> int:
    """A size on the screen at the zoom chosen."""
    return round(size * _zoom)


def row_height() -> int:
    return px(ROW)


def keep_width(widget: Widget, size: int) -> Widget:
    """A width that follows the zoom."""
    widget.setProperty("zoom_width", size)
    widget.setFixedWidth(px(size))
    return widget


def keep_height(widget: Widget, size: int) -> Widget:
    widget.setProperty("zoom_height", size)
    widget.setFixedHeight(px(size))
    return widget


def keep_rows(header: QHeaderView, size: int = ROW) -> None:
    """Rows whose height follows the zoom."""
    header.setProperty("zoom_rows", size)
    header.setMinimumSectionSize(min(header.minimumSectionSize(), px(size)))
    header.setDefaultSectionSize(px(size))


def keep_font(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """A font relative to the system's that follows the zoom."""
    widget.setProperty("zoom_font", factor)
    widget.setProperty("zoom_bold", bold)
    widget.setFont(sized_font(factor, bold=bold))


def rescale(root: QWidget, ratio: float) -> None:
    """Everything that follows the zoom under a window; columns grow as much as the text in them."""
    for widget in (root, *root.findChildren(QWidget)):
        if (factor := widget.property("zoom_font")) is not None:
            widget.setFont(sized_font(factor, bold=bool(widget.property("zoom_bold"))))
        if (size := widget.property("zoom_width")) is not None:
            widget.setFixedWidth(px(size))
        if (size := widget.property("zoom_height")) is not None:
            widget.setFixedHeight(px(size))
        if isinstance(widget, QHeaderView):
            if (size := widget.property("zoom_rows")) is not None:
                widget.setDefaultSectionSize(px(size))
            if widget.orientation() == Qt.Orientation.Horizontal:
                widths = [widget.sectionSize(place) for place in range(widget.count())]
                widget.setDefaultSectionSize(max(1, round(widget.defaultSectionSize() * ratio)))
                for place, width in enumerate(widths):
                    if not widget.isSectionHidden(place):
                        widget.resizeSection(place, round(width * ratio))


def body_font() -> QFont:
    """The system's font and size at our zoom, with digits of one width."""
    font = QFont(QApplication.font())
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized_font(factor: float, *, bold: bool = False) -> QFont:
    """A font relative to the system's; never below 12 px."""
    font = body_font()
    if font.pixelSize() > 0:
        font.setPixelSize(max(12, round(font.pixelSize() * factor)))
    else:
        font.setPointSizeF(max(9.0, font.pointSizeF() * factor))
    font.setBold(bold)
    return font


@cache
def _icon(name: str, ink: str) -> QIcon:
    svg = (
        (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    )
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    pixmap = QPixmap(40, 40)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, 40, 40))
    painter.end()
    return QIcon(pixmap)


def icon(name: str, token: str = "text") -> QIcon:
    return _icon(name, tokens()[token])


def apply(app: QApplication) -> None:
    """Palette and style sheet of the system's colour scheme; called again when it changes."""
    app.setPalette(QPalette())  # the system's own again, of which a contrast theme is made
    t = tokens()
    _set_font(app)
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_FadeMenu):
        app.setEffectEnabled(effect, False)
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "bg",
        QPalette.ColorRole.AlternateBase: "surface",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "sel",
        QPalette.ColorRole.HighlightedText: "on_sel",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "control",
    }
    for role, token in roles.items():
        palette.setColor(role, QColor(t[token]))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor(t["muted"]))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, QColor(t["muted"]))
    app.setPalette(palette)
    icons = paths.resources() / "icons"
    tick = "checked_dark.svg" if QColor(t["on_accent"]).lightness() < 128 else "checked_light.svg"
    rail = (
        {"rail": t["bg"], "rail_line": t["sel"]}
        if is_contrast()
        else {"rail": t["sel"], "rail_line": t["sel"]}
    )
    names = {"down_arrow": (icons / "down.svg").as_posix(), "tick": (icons / tick).as_posix()}
    app.setStyleSheet(style({**t, **rail, **names}, hover=not is_remote()))


def style(values: dict[str, str], *, hover: bool) -> str:
    """The style sheet; over remote desktop nothing is drawn again because the mouse passes."""
    lines = STYLE.splitlines() if hover else [line for line in STYLE.splitlines() if ":hover" not in line]
    return "\n".join(lines) % values


STYLE = """
QWidget { color: %(text)s; }
QMainWindow, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget { background: %(bg)s; }
QFrame#rail { background: %(surface)s; border: 0; border-right: 1px solid %(line)s; }
QFrame#top { background: %(bg)s; border: 0; border-bottom: 1px solid %(line)s; }
QFrame#steps { background: %(bg)s; border: 0; border-bottom: 1px solid %(line)s; }
QFrame#panel { background: %(surface)s; border: 0; border-left: 1px solid %(line)s; }
QLabel#muted { color: %(muted)s; }
QLabel#problem { color: %(error)s; }
QLabel#warning { color: %(warn)s; }
QLabel#lock { color: %(lock)s; font-weight: 600; }
QLabel#example { color: %(warn)s; background: %(warn_soft)s; padding: 3px 8px; border-radius: 4px; font-weight: 600; }
QPushButton { background: %(bg)s; border: 1px solid %(control)s; border-radius: 4px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover { background: %(surface)s; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QPlainTextEdit:focus, QTableView:focus, QTreeView:focus,
QListView:focus { border: 2px solid %(focus)s; }
QPushButton:disabled { color: %(muted)s; border-color: %(line)s; }
QPushButton[primary="true"] { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: %(surface)s; color: %(muted)s; border-color: %(line)s; }
QPushButton[primary="true"]:focus { border: 2px solid %(text)s; }
QToolButton { border: 2px solid transparent; border-radius: 4px; padding: 3px 8px; background: transparent; }
QToolButton:hover { background: %(surface)s; }
QToolButton:disabled { color: %(muted)s; }
QToolButton[rail="true"] { text-align: left; padding: 7px 12px; }
QToolButton[chip="true"]:checked { background: %(rail)s; border-color: %(rail_line)s; font-weight: 600; }
QToolButton[rail="true"]:checked { background: %(rail)s; border-color: %(rail_line)s; font-weight: 600; }
QToolButton[step="true"] { padding: 5px 12px; border-radius: 0; border: 0; border-bottom: 3px solid transparent; }
QToolButton[step="true"]:checked { border-bottom: 3px solid %(accent)s; font-weight: 600; }
QToolButton[step="true"]:focus { border: 2px solid %(focus)s; }
QLineEdit, QComboBox, QPlainTextEdit { background: %(bg)s; border: 1px solid %(control)s; border-radius: 4px; padding: 3px 6px;
  selection-background-color: %(sel)s; selection-color: %(on_sel)s; }
QLineEdit, QComboBox { min-height: 20px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid %(error)s; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid %(control)s; background: %(bg)s; }
QCheckBox::indicator { border-radius: 3px; } QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s; image: url("%(tick)s"); }
QRadioButton::indicator:checked { border-color: %(accent)s; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5,
  fy: 0.5, stop: 0 %(accent)s, stop: 0.55 %(accent)s, stop: 0.65 %(bg)s, stop: 1 %(bg)s); }
QCheckBox, QRadioButton { padding: 3px; min-height: 18px; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid %(focus)s; border-radius: 4px; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url("%(down_arrow)s"); width: 12px; height: 12px; margin-right: 6px; }
QComboBox QAbstractItemView { background: %(bg)s; border: 1px solid %(control)s; selection-background-color: %(sel)s;
  selection-color: %(on_sel)s; }
QMenu { background: %(bg)s; border: 1px solid %(control)s; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %(sel)s; color: %(on_sel)s; }
QTableView, QTreeView, QListView { background: %(bg)s; border: 1px solid %(line)s; border-radius: 4px; gridline-color: %(line)s;
  selection-background-color: %(sel)s; selection-color: %(on_sel)s; }
QListView::item { padding: 4px 6px; }
QTableView QLineEdit { border: 2px solid %(accent)s; border-radius: 0; padding: 0 4px; min-height: 0; }
QHeaderView { background: %(surface)s; }
QHeaderView::section { background: %(surface)s; color: %(text)s; border: 0; border-right: 1px solid %(line)s;
  border-bottom: 1px solid %(line)s; padding: 3px 8px; }
QTableCornerButton::section { background: %(surface)s; border: 0; border-right: 1px solid %(line)s;
  border-bottom: 1px solid %(line)s; }
QStatusBar { background: %(surface)s; color: %(muted)s; border-top: 1px solid %(line)s; }
QStatusBar::item { border: 0; }
QFrame#bar { background: %(surface)s; border: 1px solid %(control)s; border-radius: 4px; }
QFrame#bar[kind="warn"] { background: %(warn_soft)s; border-color: %(warn)s; }
QFrame#bar[kind="error"] { background: %(error_soft)s; border-color: %(error)s; }
QFrame#bar[kind="good"] { background: %(good_soft)s; border-color: %(good)s; }
QTabBar::tab { padding: 6px 14px; min-height: 24px; border: 0; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { border-bottom: 3px solid %(accent)s; font-weight: 600; }
QTabBar:focus { border: 2px solid %(focus)s; border-radius: 4px; }
QTabBar::tab:selected:focus { background: %(sel)s; color: %(on_sel)s; }
QTabWidget::pane { border: 0; }
QScrollBar:vertical { background: %(bg)s; width: 12px; } QScrollBar:horizontal { background: %(bg)s; height: 12px; }
QScrollBar::handle { background: %(control)s; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QProgressBar { border: 1px solid %(control)s; border-radius: 4px; text-align: center; background: %(bg)s; }
QProgressBar::chunk { background: %(accent)s; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(control)s; padding: 4px; }
QSplitter::handle { background: %(line)s; }
"""
