"""Colours, type and style sheet. Follows the system's light or dark; contrast of every pair is computed in a test."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

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
    "focus": "#0A5A9C",
    "good": "#1B6B3A",
    "good_soft": "#E4F3E9",
    "warn": "#8A4B00",
    "warn_soft": "#FDF0DC",
    "error": "#B3211B",
    "error_soft": "#FCE8E6",
    "slot": "#5B3E8C",
    "slot_soft": "#EFEAF7",
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
    "focus": "#FFD166",
    "good": "#7CCB97",
    "good_soft": "#17301F",
    "warn": "#F0B45B",
    "warn_soft": "#38290F",
    "error": "#F39A92",
    "error_soft": "#3B1A18",
    "slot": "#BFA8EA",
    "slot_soft": "#2A2140",
}
ROW_HEIGHT = 28


_chosen: Qt.ColorScheme | None = None


def choose_scheme(scheme: Qt.ColorScheme | None) -> None:
    """Light or dark whatever the system has (for pictures and tests); None follows the system again."""
    global _chosen  # noqa: PLW0603 - one look per program
    _chosen = scheme


def is_dark() -> bool:
    if _chosen is not None:
        return _chosen == Qt.ColorScheme.Dark
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def tokens() -> dict[str, str]:
    return DARK if is_dark() else LIGHT


def color(token: str) -> QColor:
    return QColor(tokens()[token])


def body_font() -> QFont:
    """The system's font and size, with digits of one width."""
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
    svg = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
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
    t = tokens()
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
        QPalette.ColorRole.HighlightedText: "text",
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
    app.setStyleSheet(STYLE % {**t, "down_arrow": (icons / "down.svg").as_posix(), "tick": (icons / tick).as_posix()})


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
QLabel#slot { color: %(slot)s; font-weight: 600; }
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
QToolButton[rail="true"]:checked { background: %(sel)s; font-weight: 600; }
QToolButton[step="true"] { padding: 5px 12px; border-radius: 0; border: 0; border-bottom: 3px solid transparent; }
QToolButton[step="true"]:checked { border-bottom: 3px solid %(accent)s; font-weight: 600; }
QToolButton[step="true"]:focus { border: 2px solid %(focus)s; }
QLineEdit, QComboBox, QPlainTextEdit { background: %(bg)s; border: 1px solid %(control)s; border-radius: 4px; padding: 3px 6px;
  min-height: 20px; selection-background-color: %(sel)s; selection-color: %(text)s; }
QLineEdit[wrong="true"] { border: 2px solid %(error)s; }
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
  selection-color: %(text)s; }
QMenu { background: %(bg)s; border: 1px solid %(control)s; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %(sel)s; }
QTableView, QTreeView, QListView { background: %(bg)s; border: 1px solid %(line)s; border-radius: 4px; gridline-color: %(line)s;
  selection-background-color: %(sel)s; selection-color: %(text)s; }
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
QTabWidget::pane { border: 0; }
QScrollBar:vertical { background: %(bg)s; width: 12px; } QScrollBar:horizontal { background: %(bg)s; height: 12px; }
QScrollBar::handle { background: %(control)s; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QProgressBar { border: 1px solid %(control)s; border-radius: 4px; text-align: center; background: %(bg)s; }
QProgressBar::chunk { background: %(accent)s; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(control)s; padding: 4px; }
QSplitter::handle { background: %(line)s; }
"""
