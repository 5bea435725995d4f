"""The fifteen minutes of the handbook, done literally: every numbered line is read and carried out as it
stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QTableView,
    QWidget,
)

from cirkeldesk import paths
from cirkeldesk.desktop.frame.help import HelpView
from cirkeldesk.desktop.frame.window import MainWindow
from tests.desktop.conftest import no_dialog, wait_idle
from tests.desktop.hands import Mouse, settle

HANDBOOK = paths.handbook()
STEP = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"Klik op \*\*(.+?)\*\* en bewaar het blad als `(.+?)`\.", "save"),
    (r"Klik op \*\*(.+?)\*\*\.", "click"),
    (r"Typ `(.+?)` bij \*\*(.+?)\*\*\.", "type"),
    (r"Typ `(.+?)` in de cel \*\*(.+?)\*\*, kolom \*\*(.+?)\*\*\.", "cell"),
    (r"Kies \*\*(.+?)\*\* bij \*\*(.+?)\*\*\.", "choose"),
    (r"U ziet \*\*(.+?)\*\*(?: en \*\*(.+?)\*\*)?\.", "see"),
)


def steps_of(text: str) -> list[str]:
    """The numbered lines of the fifteen minutes, in order."""
    part = text[text.index("## Van leeg naar advies") : text.index("## Daarna")]
    return STEP.findall(part)


def orders_in(step: str) -> list[tuple[str, tuple[str, ...]]]:
    """What a line asks, sentence by sentence; nothing of it may be left over."""
    found, rest = [], step
    while rest.strip():
        for pattern, deed in SENTENCES:
            match = re.match(rf"\s*{pattern}", rest)
            if match:
                words = tuple(word.replace("\\", "") for word in match.groups() if word is not None)
                found.append((deed, words))
                rest = rest[match.end() :]
                break
        else:
            raise AssertionError(f"nobody can do this: {rest!r}")
    return found


class Reader:
    """Somebody with the handbook beside them, who does what it says and nothing else."""

    def __init__(self, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window, self.folder, self.monkeypatch = window, folder, monkeypatch
        self.mouse = Mouse(window)

    def do(self, step: str) -> None:
        for deed, words in orders_in(step):
            run: Callable[..., None] = getattr(self, deed)
            run(*words)
            wait_idle(self.window)
            settle()
            assert no_dialog()

    def click(self, name: str) -> None:
        found = [
            b for b in self.window.findChildren(QAbstractButton) if b.isVisible() and _is_called(b, name)
        ]
        inside = [b for b in found if not self.window.rail.isAncestorOf(b)]
        assert inside, name
        self.mouse.wheel_to(
            inside[0]
        )  # of two with one name either will do: an empty page repeats the button above it
        self.mouse.click(inside[0])

    def type(self, text: str, field: str) -> None:
        self.mouse.field(field, text)

    def choose(self, text: str, box: str) -> None:
        found = [
            b for b in self.window.findChildren(QComboBox) if b.isVisible() and b.accessibleName() == box
        ]
        assert len(found) == 1, (box, len(found))
        self.mouse.choose(found[0], text)

    def cell(self, text: str, row: str, column: str) -> None:
        table, at, place = self._cell(row, column)
        self.mouse.wheel_to(table)
        self.mouse.cell(table, at, place)
        self.mouse.keys.type(text)
        self.mouse.keys.press(Qt.Key.Key_Escape) if self._suggests() else None
        self.mouse.keys.press(Qt.Key.Key_Return)

    def _suggests(self) -> bool:
        return QApplication.activePopupWidget() is not None

    def _cell(self, row: str, column: str) -> tuple[QTableView, int, int]:
        """The cell where a row and a column of these names meet; "Deklaag: Product" is Product below
        Deklaag."""
        within, _, name = row.rpartition(": ")
        for table in self.window.findChildren(QTableView):
            if not table.isVisible():
                continue
            model = table.model()
            columns = [
                str(model.headerData(i, Qt.Orientation.Horizontal)).split("\n")[0].strip()
                for i in range(model.columnCount())
            ]
            rows = [_row_name(table, i) for i in range(model.rowCount())]
            start = rows.index(within) if within in rows else 0
            found = [i for i in range(start, len(rows)) if rows[i] == name or rows[i].startswith(f"{name}  ")]
            if column in columns and found and (not within or within in rows):
                return table, found[0], columns.index(column)
        raise AssertionError(f"no cell {row!r}, {column!r}")

    def save(self, button: str, name: str) -> None:
        """The system's own window for saving is the one thing that cannot be shown here: it answers with the
        name."""
        target = self.folder / name
        answer = staticmethod(lambda *_, **__: (str(target), ""))
        self.monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        self.click(button)
        wait_idle(self.window)
        assert target.read_bytes().startswith(b"%PDF")

    def see(self, *texts: str) -> None:
        shown = " ".join(_texts(self.window)).replace("\u00a0", " ")
        for text in texts:
            assert text in shown, (text, shown[-3000:])


def _is_called(made: QAbstractButton, name: str) -> bool:
    """By its name; a step of the tender says behind it whether it is done."""
    called = made.accessibleName()
    return called == name or called.startswith(f"{name},")


def _row_name(table: QTableView, row: int) -> str:
    header = str(table.model().headerData(row, Qt.Orientation.Vertical) or "").strip()
    first = str(table.model().data(table.model().index(row, 0)) or "").strip()
    return first if header.isdigit() or not header else header


def _texts(window: QWidget) -> list[str]:
    found = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None:
            cells = (model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount()))
            found += [str(index.data() or "") for index in cells]
    return found


@pytest.mark.window
@pytest.mark.timeout(900)
def test_fifteen_minutes_as_they_are_written(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = steps_of((HANDBOOK / "inkoper.md").read_text(encoding="utf-8"))
    assert len(steps) == 44
    reader = Reader(window, tmp_path, monkeypatch)
    for number, step in enumerate(steps, 1):
        try:
            reader.do(step)
        except AssertionError as problem:
            raise AssertionError(f"step {number}, {step!r}: {problem}") from problem
    assert window.view is not None
    award = window.view.session.award
    assert award is not None


def test_a_step_that_nobody_can_do_is_seen() -> None:
    with pytest.raises(AssertionError, match="nobody can do this"):
        orders_in("Klik op **Nieuwe aanbesteding** en dan ergens.")


@pytest.mark.parametrize("page", sorted(path.stem for path in HANDBOOK.glob("*.md")))
def test_links_and_pictures_are_there(page: str) -> None:
    text = (HANDBOOK / f"{page}.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (HANDBOOK / target).is_file(), target


def test_the_handbook_is_the_help(window: MainWindow) -> None:
    """Shipped with the program: in the list of subjects, found by the search, its links followed in the
    panel."""
    assert any(choice.text.startswith("Handleiding") for choice in window.choices("vijftien minuten"))
    window.show_help("handleiding/index")
    view: HelpView = window.help
    assert "Voor de inkoper" in view.text.toPlainText()
    view.show_subject("handleiding/inkoper")
    assert "Van leeg naar advies in vijftien minuten" in view.text.toPlainText()
