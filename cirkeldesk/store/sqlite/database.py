"""Opening a database file: who may write, is it ours, is it sound, is it not newer than we are.

Journal DELETE, as WAL does not work on a network share. Synchronous EXTRA: with FULL the journal's name may
come back after a power cut, and the step that was acknowledged with it is rolled back (SQLite, PRAGMA
synchronous). pysqlite opens no transaction before DDL or SELECT, so it is left in autocommit and SQLAlchemy's
begin event says BEGIN.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from cirkeldesk.model.refusal import StoreError
from cirkeldesk.store.schema import REVISION

APPLICATION_ID = 0x43694465  # "CiDe"
CHECKED_AT_ONCE = 64 * 1024 * 1024
__all__ = [
    "columns_of",
    "compact",
    "engine_for",
    "inspect",
    "integrity",
    "migrate",
    "objects",
    "raw",
    "refusal_of",
    "upsert",
]


def inspect(path: Path) -> str | None:
    """The schema revision of an existing file, None for one that is new or empty. Changes nothing.

    Raises StoreError db_damaged, db_newer or file_unreadable.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    # After a crash a journal lies beside the file; only a connection that may write can roll it back.
    journal = path.with_name(f"{path.name}-journal")
    mode = "rw" if journal.exists() and os.access(path, os.W_OK) else "ro"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=2)
    except sqlite3.Error as problem:
        raise StoreError("file_unreadable", file=path.name) from problem
    try:
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not ours or "alembic_version" not in tables:
            raise StoreError("db_damaged", file=path.name)
        # The quick check passes over indexes, and a damaged index hides rows without a word; of a large file
        # it would keep the window waiting, which checks such a file after it opened.
        thorough = path.stat().st_size <= CHECKED_AT_ONCE
        if (
            connection.execute(f"PRAGMA {'integrity' if thorough else 'quick'}_check(1)").fetchone()[0]
            != "ok"
        ):
            raise StoreError("db_damaged", file=path.name)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        revision = str(row[0]) if row else ""
    except sqlite3.OperationalError as problem:
        key = "db_locked" if "locked" in str(problem) else "db_damaged"
        raise StoreError(key, file=path.name, since="") from problem
    except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
        raise StoreError("db_damaged", file=path.name) from problem
    finally:
        connection.close()
    if not (revision.isascii() and revision.isdigit()) or int(revision) == 0:
        raise StoreError("db_damaged", file=path.name)
    if int(revision) > int(REVISION):
        raise StoreError("db_newer", file=path.name)
    return revision


def engine_for(path: Path, *, read_only: bool) -> Engine:
    """One connection; the store is used from one thread at a time."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        cursor: Any = connection.cursor()
        if not read_only:
            cursor.execute("PRAGMA journal_mode = DELETE")
            cursor.execute("PRAGMA synchronous = EXTRA")
            cursor.execute("PRAGMA secure_delete = ON")  # what is erased does not stay in the file
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def migrate(engine: Engine, scripts: Path) -> None:
    """Bring the tables to the newest revision in one transaction; a failure halfway leaves the old schema."""
    from alembic import command  # alembic takes long to import and most starts do not need it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        command.upgrade(config, "head")


def raw(engine: Engine) -> sqlite3.Connection:
    """SQLite's own connection behind an engine, for its backup."""
    connection = engine.raw_connection().driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


def compact(engine: Engine) -> bool:
    """Give back the room of what was erased, so that none of it stays in the file. False where it cannot be
    now."""
    try:
        raw(engine).execute("VACUUM")
    except sqlite3.Error:
        return False
    return True


def refusal_of(problem: DatabaseError, file: str) -> StoreError:
    """What the environment did to a transaction, as a refusal."""
    if isinstance(problem, OperationalError):
        return StoreError(_environment_key(str(problem.orig)), file=file, since="")
    return StoreError("db_damaged", file=file)


def _environment_key(text: str) -> str:
    if "locked" in text:
        return "db_locked"
    if "readonly" in text:
        return "db_read_only"
    if "unable to open" in text:  # no journal can be made beside the file
        return "db_folder"
    if any(
        sign in text
        for sign in ("malformed", "not a database", "no such", "UTF-8", "unsupported file format")
    ):
        return "db_damaged"
    return "db_disk" if "disk" in text or "full" in text else "db_other"


def integrity(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file; nothing when it is whole."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check(5)")
    return [str(row[0]) for row in rows if row[0] != "ok"]


def objects(connection: Connection) -> list[tuple[bytes, bytes, bytes, bytes | None, str]]:
    """(type, name, table, sql, types of the first three) of everything in the schema, as bytes: a flipped bit
    in a name hides a table."""
    rows = connection.exec_driver_sql(
        "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB), "
        "typeof(type) || typeof(name) || typeof(tbl_name) FROM sqlite_master"
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def columns_of(connection: Connection, table: str) -> set[str]:
    return {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')}
