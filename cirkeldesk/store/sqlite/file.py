"""The file of a database: where it really is, whether we may write it, and whether it is still the same."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store.sqlite.copies import make_private

LONGEST_NAME = 200  # bytes; the name of a back-up that is being made is some forty longer


def may_write(path: Path) -> bool:
    """Whether we could change the file and make its journal beside it. Asked by opening, as access bits lie
    for root."""
    try:
        with path.open("r+b"):
            pass
        probe = path.parent / f".{path.name}.probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return bool(path.stat().st_mode & 0o222)  # root may write anything; a file marked read-only is meant so


def real_path(path: Path) -> tuple[Path, bool]:
    """(the file a path really stands for, whether it is there). Raises StoreError db_folder, db_no_file.

    Lock, journal and back-ups lie beside the file itself, whichever link it was opened by.
    """
    shown = path.name[:60] or str(path)[:60]
    try:
        path = path.resolve()
        there = path.exists()
        if there and not path.is_file():
            raise StoreError("db_no_file", file=shown)
    except OSError as problem:
        key = "name_too_long" if problem.errno == errno.ENAMETOOLONG else "db_folder"
        raise StoreError(key, file=shown) from problem
    except (RuntimeError, ValueError) as problem:  # links that go round, a name no system has
        raise StoreError("db_folder", file=shown) from problem
    if len(os.fsencode(path.name)) > LONGEST_NAME:  # what lies beside it has a longer one
        raise StoreError("name_too_long", file=shown)
    return path, there


def make_file(path: Path) -> None:
    """An empty file only its owner may read. Raises StoreError db_folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            make_private(path)
    except OSError as problem:
        raise StoreError("db_folder", file=path.name[:60]) from problem


def identity_of(path: Path) -> tuple[int, int] | None:
    """Which file a path stands for now, None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
