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
from cirkeldesk.desktop.kit.look.style import sheet
from cirkeldesk.desktop.kit.look.tokens import DARK, LIGHT, of_contrast

ROW = 28
ICON_SIZES = (18, 27, 36)  # as it is drawn, at one and a half and at twice the pixels
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


SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


def choose(name: str) -> None:
    """The look somebody chose: "light", "dark", or anything else for as the system has it. A contrast theme
    of the system stays what it is."""
    choose_scheme(SCHEMES.get(name))


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
    """All tokens from the palette of a contrast theme."""
    roles = QPalette.ColorRole
    used = (roles.WindowText, roles.Window, roles.Highlight, roles.HighlightedText)
    return of_contrast(*(palette.color(role).name() for role in used))


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
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@cache
def _icon(name: str, ink: str) -> QIcon:
    svg = (
        (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", ink)
    )
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    made = QIcon()
    for size in ICON_SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made


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
    chosen = (
        {"chosen": t["bg"], "chosen_line": t["sel"]}
        if is_contrast()
        else {"chosen": t["sel"], "chosen_line": t["sel"]}
    )
    names = {"down_arrow": (icons / "down.svg").as_posix(), "tick": (icons / tick).as_posix()}
    app.setStyleSheet(sheet({**t, **chosen, **names}, hover=not is_remote()))
