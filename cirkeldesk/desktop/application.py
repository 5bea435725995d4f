"""Starting the window: one per user and file, errors caught at the top, light and dark as the system has
it."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QFontDatabase, QIcon, QPixmap
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from cirkeldesk import __version__, paths
from cirkeldesk.desktop.file.back_ups import BackUps
from cirkeldesk.desktop.file.page import FILES, put_back
from cirkeldesk.desktop.file.reopening import Next
from cirkeldesk.desktop.frame.activity import ReportedFault
from cirkeldesk.desktop.frame.message_line import MessageLine
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.log import details_of, log_exception, open_log
from cirkeldesk.operations.settings import load_settings
from cirkeldesk.operations.workspace import open_workspace
from cirkeldesk.wording import sentences, terms
from cirkeldesk.wording.file import words


def application() -> QApplication:
    """The one QApplication, dressed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName(terms.PROGRAM)
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    speak_dutch(app)
    theme.choose(load_settings().theme)
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    icon = QPixmap(str(paths.resources() / "icons" / "cirkeldesk.svg"))
    app.setWindowIcon(QIcon(icon))
    theme.apply(app)
    theme.follow_system(lambda _: theme.apply(app))
    return app


def speak_dutch(app: QApplication) -> None:
    """Qt's own words too: the menu of a text field, the buttons of a dialog. Once per program."""
    if app.findChild(QTranslator) is None:
        dutch = QTranslator(app)
        if dutch.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(dutch)


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


def run(database: Path | None, *, quit_when_shown: bool = False) -> int:
    """Open the window on a database (None: the one worked in last); the exit code.

    Errors of the file are shown in the window, not as a traceback.
    A window may close for another one: a back-up put back, another file. Then that is opened.
    """
    open_log()
    if not find_a_screen(quit_when_shown=quit_when_shown):
        print(sentences.error("no_screen"), file=sys.stderr)
        return 1
    app = application()
    found: Next | int = Next(database, create=True) if database is not None else remembered()
    while isinstance(found, Next):
        found = _run_one(app, found, quit_when_shown=quit_when_shown)
    return found


def _run_one(app: QApplication, wanted: Next, *, quit_when_shown: bool) -> Next | int:
    """One window, from opening to closing: what is opened after it, or the exit code."""
    first = FirstWindow(wanted.path)
    if first.call():
        return 0
    settings = load_settings()
    said, problem = prepared(wanted)
    try:
        workspace = open_workspace(wanted.path, author=settings.author, create=wanted.create)
    except StoreError as refusal:
        refused = RefusedWindow(refusal, wanted.path, problem)
        refused.show()
        if quit_when_shown:
            print(refused.text, file=sys.stderr)
            _quit_when_painted(app, refused)
        app.exec()
        refused.deleteLater()  # goes when the next window runs
        return refused.next or 1
    with workspace:
        if wanted.is_chosen:
            remember(wanted.path)
            settings = load_settings()
        first.listen()
        window = MainWindow(workspace, settings)
        first.raised.connect(lambda: _raise(window))
        sys.excepthook = TopHandler(window)
        window.show()
        window.welcome(wanted, said, problem)
        gc.collect()
        gc.freeze()  # what stays for good is not gone through again and again while somebody types
        if quit_when_shown:
            _quit_when_painted(app, window)
        code = app.exec()
        window.worker.stop()  # also when the session ends without closing the window: the file goes next
        first.close()
    follows = window.next or int(code)
    window.deleteLater()
    return follows


def remembered() -> Next:
    """The file that was chosen before, which is never made anew when it is not there; else the usual one."""
    chosen = load_settings().database
    return Next(Path(chosen)) if chosen else Next(paths.default_database(), create=True)


def remember(path: Path) -> None:
    """Start with this file from now on."""
    is_usual = path.resolve() == paths.default_database().resolve()
    load_settings().keep(database="" if is_usual else str(path.resolve()))


def prepared(wanted: Next) -> tuple[str, str]:
    """(what was done, what went wrong) before the file is opened, in a sentence."""
    if wanted.prepare is None:
        return "", ""
    try:
        return wanted.prepare(), ""
    except StoreError as problem:
        return "", sentences.refusal(problem)


def find_a_screen(*, quit_when_shown: bool) -> bool:
    """False where no window can be shown. A start that only proves itself paints offscreen then; Qt would
    abort."""
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


NEAR = 2  # lines of the way that led to an error, which say where it arose
SAME = 1.0  # seconds within which an equal error is the same one, drawn again


class TopHandler:
    """Ours: caught at the top, shown with details to copy, logged; the document is intact.

    An error in drawing comes back with every cell, every time it is drawn and in every view of it: while it
    goes on it is told and logged once, whichever way led to where it arose.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last: tuple[str, ...] = ()  # what went wrong, and where it arose
        self._told = 0.0

    def __call__(
        self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(problem, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        if isinstance(problem, StoreError):
            text = sentences.refusal(problem)
            self._window.bars.show_bar("failed", text, "error")
            return
        problem = problem.with_traceback(trace)
        told, self._told = self._told, time.monotonic()
        what, *way = details_of(problem).splitlines()
        arose = (what, *way[-NEAR:])
        if arose == self._last and self._told - told < SAME:
            return
        self._last = arose
        details = log_exception(problem)
        saved = self._window.saved_at
        until = f" tot {saved}" if saved else ""
        self._window.report(
            ReportedFault(f"Er ging iets mis in CirkelDesk. Uw gegevens zijn bewaard{until}.", details)
        )


CAN_BE_PUT_BACK = frozenset({"db_damaged", "db_migration", "file_unreadable"})
CAN_BE_AGAIN = frozenset(
    {"db_locked", "db_locked_elsewhere", "db_disk", "db_other", "backup_failed", "db_folder", "db_not_made"}
)
CAN_BE_ELSEWHERE = frozenset(
    {
        "db_damaged",
        "db_disk",
        "db_folder",
        "db_locked",
        "db_newer",
        "db_no_file",
        "db_not_made",
        "file_empty",
        "file_missing",
        "file_unreadable",
        "name_too_long",
    }
)


class RefusedWindow(QMainWindow):
    """The file cannot be opened: what is wrong, and the ways on. A damaged file is put back or saved; nothing
    is done unasked."""

    def __init__(self, problem: StoreError, database: Path, before: str = "") -> None:
        """`before` is what went wrong on the way here: a back-up that could not be put back."""
        super().__init__()
        self.database = database
        self.next: Next | None = None
        self.text = sentences.refusal(problem)
        self.setWindowTitle(terms.PROGRAM)
        page = ScrollColumn(32, 24, 32, 24)
        column = page.column
        column.addWidget(heading("Dit bestand kunnen wij niet openen"))
        message = muted(self.text)
        message.setAccessibleName(self.text)
        column.addWidget(message)
        self.bars = Messages(self)
        line = MessageLine(page)
        line.listen(self.bars)
        whole = QWidget()
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        parts.addWidget(page)
        parts.addWidget(line)
        self.setCentralWidget(whole)
        if before:
            self.bars.show_bar("failed", before, "error")
        self.copies: BackUps | None = None
        buttons = QHBoxLayout()
        if problem.key in CAN_BE_PUT_BACK:
            column.addWidget(heading("Een back-up terugzetten", 1.15))
            self.copies = BackUps(database)
            column.addWidget(self.copies)
            if self.copies.chosen is not None:
                buttons.addWidget(button("Deze back-up terugzetten", self.restore, primary=True))
            buttons.addWidget(button("Redden wat te redden is …", self._choose_rescue))
        if problem.key in CAN_BE_AGAIN:
            buttons.addWidget(button("Opnieuw proberen", lambda: self._go(Next(self.database))))
        usual = paths.default_database()
        if problem.key in CAN_BE_ELSEWHERE and database.resolve() != usual.resolve():
            buttons.addWidget(
                button(
                    "Het gewone bestand openen", lambda: self._go(Next(usual, create=True, is_chosen=True))
                )
            )
        if problem.key in CAN_BE_ELSEWHERE:
            buttons.addWidget(button("Ander bestand openen …", self._choose_other))
        buttons.addWidget(button("Sluiten", self.close))
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        self.resize(760, 560 if self.copies is not None else 320)

    def _go(self, what: Next) -> None:
        self.next = what
        self.close()

    def restore(self) -> None:
        copy = self.copies.chosen if self.copies is not None else None
        if copy is not None:
            self._go(Next(self.database, lambda: put_back(self.database, copy), is_chosen=True))

    def _choose_rescue(self) -> None:
        proposed = self.database.with_name(f"{self.database.stem} gered{self.database.suffix}")
        path = ask_where(self, "Redden naar een nieuw bestand", str(proposed), FILES)
        if path is not None:
            self.rescue(path)

    def rescue(self, target: Path) -> None:
        """Save what can be saved, say what could not, and offer to open it."""
        try:
            report = keeping.rescue(self.database, target)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            return
        lost = words.losses(report.broken_after, report.older, report.gone, report.files)
        text = " ".join([words.salvaged(report.tenders, report.products, report.steps), *lost])
        self.bars.show_bar(
            "rescued",
            text,
            "warn" if lost else "good",
            [("Openen", lambda: self._go(Next(target, is_chosen=True)))],
        )

    def _choose_other(self) -> None:
        path = ask_for_file(self, "Ander bestand openen", FILES, str(self.database.parent))
        if path is not None:
            self._go(Next(path, is_chosen=True))
