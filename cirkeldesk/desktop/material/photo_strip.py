"""The photos of a parcel in a row: small, with what each is called; one is saved or taken away here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton

from cirkeldesk.desktop.kit.flow import FlowRow
from cirkeldesk.desktop.kit.look import theme

SIZE = QSize(132, 99)


class PhotoStrip(FlowRow):
    """`open_wanted` and `remove_wanted` with the digest of a photo."""

    open_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(8)
        self.photos: list[QToolButton] = []

    def show_photos(self, photos: list[tuple[str, str, bytes]], *, may_change: bool) -> None:
        """`photos`: (name, digest, JPEG)."""
        self.photos = [self._photo(*one, may_change=may_change) for one in photos]
        self.show_widgets(list(self.photos))
        self.setVisible(bool(photos))

    def _photo(self, name: str, digest: str, content: bytes, *, may_change: bool) -> QToolButton:
        made = QToolButton()
        size = QSize(theme.px(SIZE.width()), theme.px(SIZE.height()))
        image = QImage.fromData(content)
        kept = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        made.setIcon(QIcon(QPixmap.fromImage(image).scaled(size, kept, smooth)))
        made.setIconSize(size)
        made.setToolTip(name)
        made.setAccessibleName(f"Foto {name}")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.addAction("Opslaan als", partial(self.open_wanted.emit, digest))
        if may_change:
            menu.addAction("Weghalen", partial(self.remove_wanted.emit, digest))
        made.setMenu(menu)
        return made
