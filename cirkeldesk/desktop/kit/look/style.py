"""The style sheet of the window: lines, not boxes; one accent; nothing that changes size under the hand."""

from __future__ import annotations


def sheet(values: dict[str, str], *, hover: bool) -> str:
    """`values`: the tokens, what a chosen button looks like and two pictures. Over remote desktop nothing is
    drawn again because the mouse passes."""
    lines = STYLE.splitlines() if hover else [line for line in STYLE.splitlines() if ":hover" not in line]
    return "\n".join(lines) % values


STYLE = """
QWidget { color: %(text)s; }
QMainWindow, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget { background: %(bg)s; }
QFrame#rail { background: %(rail)s; border: 0; border-right: 1px solid %(hair)s; }
QFrame#top { background: %(bg)s; border: 0; }
QFrame#steps { background: %(bg)s; border: 0; border-bottom: 1px solid %(line)s; }
QFrame#panel { background: %(canvas)s; border: 0; border-left: 1px solid %(line)s; }
QFrame#panel QScrollArea, QFrame#panel QScrollArea > QWidget > QWidget { background: %(canvas)s; }
QFrame#card { background: %(card)s; border: 1px solid %(line)s; border-radius: 8px; }
QFrame#hero { background: %(bg)s; border: 0; border-bottom: 1px solid %(line)s; }
QFrame#parcels { background: %(bg)s; border: 0; border-right: 1px solid %(line)s; }
QFrame#parcels QTableView { border: 0; border-top: 1px solid %(hair)s; }
QScrollArea#canvas, QScrollArea#canvas > QWidget > QWidget { background: %(canvas)s; }
QFrame#between { background: %(line)s; border: 0; }
QLabel#muted { color: %(muted)s; }
QLabel#problem { color: %(error)s; }
QLabel#warning { color: %(warn)s; }
QLabel#lock { color: %(lock)s; }
QLabel#example { color: %(warn)s; background: %(warn_soft)s; padding: 2px 8px; border-radius: 4px; font-weight: 600; }
QLabel[chip="good"] { color: %(good)s; background: %(good_soft)s; }
QLabel[chip="warn"] { color: %(warn)s; background: %(warn_soft)s; }
QLabel[chip="error"] { color: %(error)s; background: %(error_soft)s; }
QLabel[chip="lock"] { color: %(lock)s; background: %(lock_soft)s; }
QLabel[chip="accent"] { color: %(accent)s; background: %(accent_soft)s; }
QLabel[chip] { padding: 2px 8px; border-radius: 4px; font-weight: 600; }
QLabel[chip="plain"] { padding: 1px 7px; border: 1px solid %(control)s; font-weight: 400; background: %(bg)s; }
QPushButton { background: %(bg)s; border: 1px solid %(control)s; border-radius: 6px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover { background: %(surface)s; }
QPushButton:pressed { background: %(sel)s; color: %(on_sel)s; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus, QPlainTextEdit:focus, QTreeView:focus,
QListView:focus { border: 2px solid %(focus)s; }
QPushButton:focus { padding: 3px 11px; }
QPushButton:disabled { color: %(muted)s; border-color: %(line)s; }
QPushButton[quiet="true"] { border: 1px solid transparent; background: transparent; }
QPushButton[quiet="true"]:hover { background: %(surface)s; }
QPushButton[quiet="true"]:focus { border: 2px solid %(focus)s; }
QPushButton[link="true"] { border: 1px solid transparent; background: transparent; color: %(accent)s; padding: 0 4px; min-height: 22px;
  text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid %(focus)s; padding: 0 3px; }
QPushButton[primary="true"] { background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: %(surface)s; color: %(muted)s; border-color: %(line)s; }
QPushButton[primary="true"]:focus { border: 2px solid %(text)s; }
QToolButton { border: 2px solid transparent; border-radius: 6px; padding: 3px 8px; background: transparent; }
QToolButton:hover { background: %(surface)s; }
QToolButton:disabled { color: %(muted)s; }
QToolButton[rail="true"] { text-align: left; padding: 5px 10px; border-left-width: 3px; }
QToolButton[chip="true"]:checked { background: %(chosen)s; border-color: %(chosen_line)s; font-weight: 600; }
QToolButton[rail="true"]:checked { background: %(chosen)s; border-color: %(chosen_line)s; border-left-color: %(accent)s;
  font-weight: 600; }
QToolButton[rail="true"]:focus { border: 2px solid %(focus)s; border-left-width: 3px; }
QLineEdit, QComboBox, QPlainTextEdit { background: %(bg)s; border: 1px solid %(control)s; border-radius: 6px; padding: 3px 7px;
  selection-background-color: %(sel)s; selection-color: %(on_sel)s; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { padding: 2px 6px; }
QLineEdit, QComboBox { min-height: 20px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid %(error)s; padding: 2px 6px; }
QLineEdit[missing="true"] { background: %(warn_soft)s; }
QLineEdit[here="true"] { border: 2px solid %(accent)s; padding: 2px 6px; }
QLineEdit[locked="true"], QComboBox[locked="true"] { background: %(surface)s; border: 1px solid %(line)s; }
QLineEdit[locked="true"]:focus, QComboBox[locked="true"]:focus { border: 2px solid %(focus)s; }
QLineEdit:read-only { background: %(surface)s; border-color: %(line)s; }
QLineEdit:read-only:focus { border-color: %(focus)s; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid %(control)s; background: %(bg)s; }
QCheckBox::indicator { border-radius: 3px; } QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: %(accent)s; border-color: %(accent)s; image: url("%(tick)s"); }
QRadioButton::indicator:checked { border-color: %(accent)s; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5,
  fy: 0.5, stop: 0 %(accent)s, stop: 0.55 %(accent)s, stop: 0.65 %(bg)s, stop: 1 %(bg)s); }
QCheckBox, QRadioButton { padding: 3px; min-height: 18px; border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid %(focus)s; border-radius: 4px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url("%(down_arrow)s"); width: 12px; height: 12px; margin-right: 6px; }
QComboBox QAbstractItemView { background: %(bg)s; border: 1px solid %(control)s; selection-background-color: %(sel)s;
  selection-color: %(on_sel)s; }
QMenu { background: %(bg)s; border: 1px solid %(control)s; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %(sel)s; color: %(on_sel)s; }
QTreeView, QListView { background: %(bg)s; border: 1px solid %(line)s; border-radius: 6px;
  selection-background-color: %(sel)s; selection-color: %(on_sel)s; }
QTableView { background: %(bg)s; border: 0; gridline-color: %(hair)s; selection-background-color: %(sel)s; selection-color: %(on_sel)s; }
QListView::item { padding: 4px 6px; }
QTreeView::item { padding: 4px 0; }
QTableView QLineEdit, QTableView QLineEdit:focus { border: 2px solid %(accent)s; border-radius: 0; padding: 0 4px; min-height: 0; }
QHeaderView { background: %(bg)s; border: 0; }
QHeaderView::section { background: %(bg)s; color: %(muted)s; border: 0; border-bottom: 1px solid %(line)s; padding: 3px 12px;
  font-weight: 600; }
QHeaderView[narrow="true"]::section { padding: 3px 4px; }
QHeaderView::section:vertical { color: %(text)s; border-bottom: 1px solid %(hair)s; font-weight: 400; }
QTableCornerButton::section { background: %(bg)s; border: 0; border-bottom: 1px solid %(line)s; }
QFrame#popover { background: %(card)s; border: 1px solid %(control)s; border-radius: 8px; }
QToolButton[explains="true"] { padding: 0; border: 1px solid transparent; border-radius: 12px; }
QFrame#message { background: %(rail)s; border: 0; border-top: 1px solid %(line)s; }
QFrame#message[kind="warn"] { background: %(warn_soft)s; }
QFrame#message[kind="error"] { background: %(error_soft)s; }
QFrame#message[kind="good"] { background: %(good_soft)s; }
QFrame#bar { background: %(surface)s; border: 1px solid %(control)s; border-radius: 6px; }
QFrame#bar[kind="warn"] { background: %(warn_soft)s; border-color: %(warn)s; }
QFrame#bar[kind="error"] { background: %(error_soft)s; border-color: %(error)s; }
QFrame#bar[kind="good"] { background: %(good_soft)s; border-color: %(good)s; }
QTabBar::tab { padding: 6px 14px; min-height: 24px; border: 0; border-bottom: 3px solid transparent; color: %(muted)s; }
QTabBar::tab:selected { border-bottom: 3px solid %(accent)s; font-weight: 600; color: %(text)s; }
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
