"""A file for whoever helps: versions, counts and the log. No name, no figure and no path of the user stands
in it."""

from __future__ import annotations

import io
import platform
import sqlite3
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from cirkeldesk import __version__, paths
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store import schema
from cirkeldesk.store.check import faults

LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "alembic", "openpyxl", "XlsxWriter", "reportlab", "numpy")


def bundle(workspace: Workspace, shown: Mapping[str, str]) -> bytes:
    """The bytes of a zip. `shown`: facts only the window knows, such as screen size and zoom."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("versies.txt", _versions(shown))
        made.writestr("gegevens.txt", _counts(workspace))
        log = paths.log_file()
        for file in sorted(log.parent.glob(f"{log.name}*")):
            made.writestr(f"logboek/{file.name}", file.read_bytes())
    return buffer.getvalue()


def write_bundle(workspace: Workspace, path: Path, shown: Mapping[str, str]) -> None:
    """Raises StoreError where the file cannot be written."""
    write_file(workspace, path, bundle(workspace, shown))


def _versions(shown: Mapping[str, str]) -> str:
    lines = {
        "CirkelDesk": __version__,
        "Python": platform.python_version(),
        "Systeem": f"{platform.system()} {platform.release()} {platform.machine()}",
        "SQLite": sqlite3.sqlite_version,
        "Vast gebundeld": "ja" if getattr(sys, "frozen", False) else "nee",
        **{name: metadata.version(name) for name in LIBRARIES},
        **shown,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


def _counts(workspace: Workspace) -> str:
    """How much there is and whether it is sound; what is wrong by kind only, as places hold identities."""
    with workspace.unit() as unit:
        tables = (
            schema.document,
            schema.history,
            schema.tender_list,
            schema.product_list,
            schema.attachment,
            schema.draft,
        )
        lines = [f"{table.name}: {unit.count(table)}" for table in tables]
        wrong = Counter(what for what, _ in faults(unit))
    lines += [
        f"Bestand: {workspace.store.path.stat().st_size // 1024} kB",
        f"Alleen lezen: {'ja' if workspace.read_only else 'nee'}",
    ]
    lines += [f"Niet in orde, {what}: {count}" for what, count in sorted(wrong.items())] or [
        "Controle: in orde"
    ]
    return "\n".join(lines) + "\n"
