"""Asking for files: each dialog begins in the folder that was used last, and what was saved can be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cirkeldesk.desktop.kit.messages import MessageBar, Messages
from cirkeldesk.operations.settings import load_settings


def last_folder() -> Path:
    """Where a file was chosen or saved last; the user's documents when that is gone."""
    kept = Path(load_settings().folder)
    if load_settings().folder and kept.is_dir():
        return kept
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _remember(chosen: Path) -> Path:
    load_settings().keep(folder=str(chosen.parent))
    return chosen


def _start(suggested: str) -> str:
    """A suggestion with a folder of its own keeps it."""
    return suggested if Path(suggested).is_absolute() else str(last_folder() / suggested)


def ask_where(parent: QWidget, title: str, suggested: str, kinds: str = "") -> Path | None:
    """Where to save; None when nothing was chosen."""
    name, _ = QFileDialog.getSaveFileName(parent, title, _start(suggested), kinds)
    return _remember(Path(name)) if name else None


def ask_for_file(parent: QWidget, title: str, kinds: str, folder: str = "") -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, folder or str(last_folder()), kinds)
    return _remember(Path(name)) if name else None


def ask_for_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(last_folder()), kinds)
    if names:
        _remember(Path(names[0]))
    return [Path(name) for name in names]


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title, str(last_folder()))
    return _remember(Path(name) / "x").parent if name else None


def say_saved_in(bars: Messages, folder: Path, text: str) -> MessageBar:
    """Several files in one folder: that can be shown."""
    show = ("Toon in map", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
    return bars.show_bar("saved", text, "good", [show])


def say_saved(bars: Messages, path: Path) -> MessageBar:
    """What was saved, with the two things somebody does with it next."""
    actions = [
        ("Openen", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
        ("Toon in map", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))),
    ]
    return bars.show_bar("saved", f"Opgeslagen: {path.name}", "good", actions)
