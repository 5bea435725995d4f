"""Writing a file whole or not at all, and never over what keeps the data."""

from __future__ import annotations

import os
from pathlib import Path

from cirkeldesk.store.copies import folder_of, make_private


def is_of_database(database: Path, target: Path) -> bool:
    """Whether a file is the database, lies beside it as its journal, lock or note, or is one of its back-ups."""
    beside = {database.name, *(f"{database.name}{end}" for end in ("-journal", "-wal", "-shm", ".lock", ".in-use"))}
    if target.parent == database.parent and target.name in beside:
        return True
    return target.parent == folder_of(database) and target.exists()


def is_database(path: Path) -> bool:
    """Whether a file is a database of SQLite, ours or another's: nothing that is printed or exported belongs over it."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


def replace_file(target: Path, content: bytes, *, private: bool = False) -> None:
    """Write beside a file, put it on the disk and then in its place: whole or not at all. Raises OSError.

    A file that was there keeps its mode; a new one is readable as the user's other files are, `private` by its owner alone.
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
