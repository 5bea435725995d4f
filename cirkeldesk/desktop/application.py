"""Starting the window: one per user and file, errors caught at the top, light and dark as the system has it."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QIcon, QPixmap
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from cirkeldesk import __version__, paths
from cirkeldesk.desktop import theme
from cirkeldesk.desktop.pages.activity import Fault
from cirkeldesk.desktop.widgets import BarSpace, button, heading, muted
from cirkeldesk.desktop.window import MainWindow
from cirkeldesk.operations.desk import open_desk
from cirkeldesk.operations.log import details_of, log_exception, open_log
from cirkeldesk.operations.settings import load_settings
from cirkeldesk.store.errors import StoreError
from cirkeldesk.wording import sentences, terms


def application() -> QApplication:
    """The one QApplication, dressed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName(terms.PROGRAM)
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    icon = QPixmap(str(paths.resources() / "icons" / "cirkeldesk.svg"))
    app.setWindowIcon(QIcon(icon))
    theme.apply(app)
    theme.follow_system(lambda _: theme.apply(app))
    return app


class FirstWindow(QObject):
    """A second start on the same file raises the first window instead of opening another."""

    raised = Signal()

    def __init__(self, database: Path) -> None:
        super().__init__()
        digest = hashlib.sha256(str(database.resolve()).encode()).hexdigest()[:16]
        self._name = f"cirkeldesk-{digest}"
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)

    def call(self) -> bool:
        """True when another window of this user has the file and was asked to come forward."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(300)
        socket.close()
        return answered

    def listen(self) -> None:
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def _on_call(self) -> None:
        self._server.nextPendingConnection().close()
        self.raised.emit()

    def close(self) -> None:
        self._server.close()


def run(database: Path, *, quit_when_shown: bool = False) -> int:
    """Open the window on a database; the exit code. Errors of the file are shown in the window, not as a traceback."""
    open_log()
    if not find_a_screen(quit_when_shown=quit_when_shown):
        print(sentences.error("no_screen"), file=sys.stderr)
        return 1
    app = application()
    first = FirstWindow(database)
    if first.call():
        return 0
    settings = load_settings()
    try:
        desk = open_desk(database, author=settings.author)
    except StoreError as problem:
        refused = RefusedWindow(sentences.error(problem.key, **problem.params))
        refused.show()
        if quit_when_shown:
            print(sentences.error(problem.key, **problem.params), file=sys.stderr)
            _quit_when_painted(app, refused)
        app.exec()
        return 1
    with desk:
        first.listen()
        window = MainWindow(desk, settings)
        first.raised.connect(lambda: _raise(window))
        sys.excepthook = TopHandler(window)
        window.show()
        gc.collect()
        gc.freeze()  # what stays for good is not gone through again and again while somebody types
        if quit_when_shown:
            _quit_when_painted(app, window)
        code = app.exec()
        window.worker.stop()  # also when the session ends without closing the window: the file goes next
        first.close()
    return int(code)


def find_a_screen(*, quit_when_shown: bool) -> bool:
    """False where no window can be shown. A start that only proves itself paints offscreen then; Qt would abort."""
    has_screen = sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
    if not has_screen and quit_when_shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return True
    return has_screen


def _quit_when_painted(app: QApplication, window: QMainWindow) -> None:
    def leave() -> None:
        if window.isVisible():
            window.grab()
        window.close()
        app.quit()

    QTimer.singleShot(0, leave)


def _raise(window: MainWindow) -> None:
    window.showNormal() if window.isMinimized() else window.show()
    window.raise_()
    window.activateWindow()


SAME = 1.0  # seconds within which an equal error is the same one, drawn again


class TopHandler:
    """Ours: caught at the top, shown with details to copy, logged; the document is intact.

    An error in drawing comes back with every cell and every time it is drawn: while it goes on it is told and logged once.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last, self._told = "", 0.0

    def __call__(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if isinstance(problem, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        if isinstance(problem, StoreError):
            text = sentences.error(problem.key, **problem.params)
            self._window.bars.show_bar("failed", text, "error")
            return
        problem = problem.with_traceback(trace)
        told, self._told = self._told, time.monotonic()
        if details_of(problem) == self._last and self._told - told < SAME:
            return
        self._last = details = log_exception(problem)
        saved = self._window.saved_at
        until = f" tot {saved}" if saved else ""
        self._window.report(Fault(f"Er ging iets mis in CirkelDesk. Uw gegevens zijn bewaard{until}.", details))


class RefusedWindow(QMainWindow):
    """The file cannot be opened: what is wrong and what can be done."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setWindowTitle(terms.PROGRAM)
        self.resize(720, 320)
        page = QWidget()
        self.setCentralWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(32, 24, 32, 24)
        column.addStretch(1)
        column.addWidget(heading("Dit bestand kunnen wij niet openen"))
        message = muted(text)
        message.setAccessibleName(text)
        column.addWidget(message)
        self.bars = BarSpace()
        column.addWidget(self.bars)
        row = QHBoxLayout()
        row.addWidget(button("Sluiten", self.close, primary=True))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.text = text
