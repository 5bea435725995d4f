"""Writing a file whole or not at all, and never over what keeps the data."""

from __future__ import annotations

import os
from pathlib import Path

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.sqlite.copies import folder_of, make_private


def is_of_database(database: Path, target: Path) -> bool:
    """Whether a file is the database, lies beside it as its journal, lock or note, or is one of its
    back-ups."""
    beside = {
        database.name,
        *(f"{database.name}{end}" for end in ("-journal", "-wal", "-shm", ".lock", ".in-use")),
    }
    if target.parent == database.parent and target.name in beside:
        return True
    return target.parent == folder_of(database) and target.exists()


def is_database(path: Path) -> bool:
    """Whether a file is a database of SQLite, ours or another's: nothing that is printed or exported belongs
    over it."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


def replace_file(target: Path, content: bytes, *, private: bool = False) -> None:
    """Write beside a file, put it on the disk and then in its place: whole or not at all. Raises OSError.

    A file that was there keeps its mode; a new one is readable as the user's other files are, `private` by
    its owner alone.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if private:
            make_private(part)
        with part.open("wb" if private else "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def write_file(workspace: Workspace, path: Path, content: bytes) -> None:
    """Whole or not at all: a full disk or a file open elsewhere leaves the old one. Raises StoreError
    cannot_write.

    Never over the database itself, what lies beside it or its back-ups, nor over anything that is no
    ordinary, writable file. A link keeps pointing.
    """
    refused = StoreError("cannot_write", file=path.name[:60])
    try:
        target = path.resolve()
        if is_of_database(workspace.store.path, target) or (
            target.exists() and not (target.is_file() and target.stat().st_mode & 0o200)
        ):
            raise refused
        if is_database(target):
            raise StoreError("over_database", file=path.name[:60])
        replace_file(target, content)
    except (OSError, RuntimeError, ValueError) as problem:
        raise refused from problem
