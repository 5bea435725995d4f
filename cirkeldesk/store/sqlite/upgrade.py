"""A new file gets the newest tables; an older one too, after a copy of it was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from cirkeldesk.store.sqlite import copies
from cirkeldesk.store.sqlite.database import migrate, raw


def bring_up_to_date(engine: Engine, path: Path, revision: str | None, scripts: Path, now: str) -> None:
    """The newest tables, in a new file or (after a copy of it was made) in an older one."""
    if revision is not None:
        copies.make_copy(raw(engine), path, "migratie", datetime.fromisoformat(now))
    migrate(engine, scripts)
    if revision is None:
        raw(engine).execute("VACUUM")  # the way to the newest tables leaves room behind
