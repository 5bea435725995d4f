"""The window on a real display with the comparison of the example, until it is told to stop. Run by
`test_by_ear`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.workspace import open_workspace

LONGEST = 600_000  # ms: a window that nobody reads does not stay


def main() -> None:
    app = application()
    with open_workspace(Path(sys.argv[1])) as workspace:
        window = MainWindow(workspace, Settings())
        window.resize(1366, 768)
        window.show()
        window.open_example()
        assert window.view is not None
        window.view.comparison.matrix.setFocus()
        QTimer.singleShot(400, lambda: print("ready", flush=True))
        QTimer.singleShot(LONGEST, app.quit)
        app.exec()


if __name__ == "__main__":
    main()
