"""Suggestions under a cell that is being typed in."""

from __future__ import annotations

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QStringListModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
)

from cirkeldesk.desktop.kit.grid.cells import CellView


class SuggestionKeys(QObject):
    """Enter and Tab in the list of suggestions end the editing at once, as without a list; Qt would only
    close the list."""

    ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def __init__(self, editor: QLineEdit, suggestions: QAbstractItemView) -> None:
        super().__init__(editor)
        self._editor = editor
        self._chose = (
            False  # a name is taken from the list only when somebody went to it: "AC 16" is not "AC 16 bind"
        )
        editor.textEdited.connect(self._forget)
        suggestions.installEventFilter(self)

    def _forget(self, _text: str) -> None:
        self._chose = False

    def eventFilter(self, popup: QObject, event: QEvent) -> bool:
        """`popup` is the list of this moment: Qt makes a new one when it likes."""
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(popup, QAbstractItemView)
        ):
            return super().eventFilter(popup, event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._chose = True
        elif event.key() in self.ENDS:
            chosen = popup.currentIndex()
            if chosen.isValid() and self._chose:
                self._editor.setText(str(chosen.data()))
            popup.hide()
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            # After this key is dealt with: the editor takes its list with it when it goes.
            QTimer.singleShot(0, self._editor, lambda: QCoreApplication.sendEvent(self._editor, again))
            return True
        return super().eventFilter(popup, event)


class Suggestions(QCompleter):
    """What may be chosen in a cell: a short list as it is, a long one as far as it goes with what is
    typed."""

    def __init__(self, view: CellView, editor: QLineEdit) -> None:
        super().__init__(list(view.suggestions), editor)
        self._look_up = view.look_up
        self._names = QStringListModel(list(view.suggestions), self)
        self.setModel(self._names)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        if self._look_up is not None:
            self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)

    def splitPath(self, path: str) -> list[str]:
        """Qt asks this for each new text, just before it fills its list."""
        if self._look_up is not None:
            self._names.setStringList(self._look_up(path))
        return super().splitPath(path)
