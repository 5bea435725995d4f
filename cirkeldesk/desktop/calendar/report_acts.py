"""The report from the window: over a year or all of it, in a file of one's choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from cirkeldesk.desktop.kit.file_dialogs import ask_where
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.calendar import reporting
from cirkeldesk.operations.calendar.calendar import get_calendar
from cirkeldesk.operations.workspace import Workspace

FILES = "PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx);;OpenDocument (*.ods)"


class ReportActs(QObject):
    """A menu with the years of the calendar; `told` hears what went wrong, or what was made."""

    def __init__(
        self, workspace: Workspace, menu: QMenu, told: Callable[[StoreError | None, str], object]
    ) -> None:
        super().__init__(menu)
        self.workspace, self._told = workspace, told
        self.menu = menu.addMenu("Verslag maken")
        self.menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """The years in which something is published, the newest first, and all of it."""
        self.menu.clear()
        rows = get_calendar(self.workspace).standing
        for year in sorted({row.quarter[:4] for row in rows if row.quarter}, reverse=True):
            self.menu.addAction(f"Over {year}", partial(self._choose, int(year)))
        self.menu.addAction("Over alle regels", partial(self._choose, None))

    def _choose(self, year: int | None) -> None:
        over = f" {year}" if year is not None else ""
        path = ask_where(self.menu, "Verslag opslaan", f"Verslag MVOI{over}.pdf", FILES)
        if path is not None:
            self.save(path, year)

    def save(self, path: Path, year: int | None) -> None:
        try:
            reporting.write_report(self.workspace, reporting.made(self.workspace, year=year), path)
        except StoreError as problem:
            self._told(problem, "")
            return
        self._told(None, f"{path.name} is opgeslagen")
