"""Settings of this user, declared once and typed, kept as TOML in the user's settings folder."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import tomli_w

from cirkeldesk import paths
from cirkeldesk.operations.desk import Desk


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Settings:
    """`geometry` of the window (hex), `last_tender` (id), `author` as shown in the history (empty: the system user).

    `started` is when this run began and is not kept.
    """

    geometry: str = ""
    last_tender: str = ""
    author: str = ""
    started: str = field(default_factory=_now, compare=False)

    def changed(self, **values: Any) -> Settings:
        return replace(self, **values)

    def save(self) -> None:
        """Written beside and put in place; a settings folder that cannot be written costs comfort, not work."""
        values = {name: value for name, value in asdict(self).items() if name != "started"}
        target = paths.settings_file()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_bytes(tomli_w.dumps(values).encode())
            part.replace(target)
        except OSError:
            return


def load_settings() -> Settings:
    """Settings as kept; what is unknown, of another type or unreadable falls back to the default."""
    try:
        raw = tomllib.loads(paths.settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    known = {f.name for f in fields(Settings)} - {"started"}
    return Settings(**{name: value for name, value in raw.items() if name in known and isinstance(value, str)})


@dataclass(frozen=True)
class FileSettings:
    """Settings of one database, for everybody who works in it: the organisation printed on sheets."""

    organisation: str = ""


def file_settings(desk: Desk) -> FileSettings:
    with desk.unit() as unit:
        stored = unit.settings()
    return FileSettings(**{f.name: stored[f.name] for f in fields(FileSettings) if f.name in stored})


def save_file_settings(desk: Desk, settings: FileSettings) -> None:
    with desk.unit() as unit:
        for name, value in asdict(settings).items():
            unit.set_setting(name, value)
