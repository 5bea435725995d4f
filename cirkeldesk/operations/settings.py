"""Settings of this user, declared once and typed, kept as TOML in the user's settings folder."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import tomli_w
from filelock import FileLock, Timeout

from cirkeldesk import paths
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.picture import drawn_again
from cirkeldesk.operations.whole_file import replace_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.sheets.printing import readable as readable
from cirkeldesk.store.unit import UnitOfWork


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Settings:
    """`geometry` of the window (hex), `last_tender` (id), `author` as shown in the history (empty: the system
    user).

    `zoom` as a factor ("1.2"), `seen` the version whose news was offered, `columns_tenders` and
    `columns_products` the widths and the order of the lists (hex), `hidden_rows` of the comparison, by key
    with spaces between.

    `database` is the file that was chosen in the window, empty for the usual one; `folder` where a file was
    chosen or saved last; `theme` is "light", "dark" or empty for as the system has it.

    `started` is when this run began and is not kept.
    """

    geometry: str = ""
    last_tender: str = ""
    author: str = ""
    zoom: str = ""
    seen: str = ""
    columns_tenders: str = ""
    columns_products: str = ""
    hidden_rows: str = ""
    database: str = ""
    folder: str = ""
    theme: str = ""
    started: str = field(default_factory=_now, compare=False)

    def changed(self, **values: Any) -> Settings:
        return replace(self, **values)

    def keep(self, **values: str) -> Settings:
        """These settings with some of them changed, and those alone kept: what another window kept meanwhile
        stays, and so does what a newer version knows. A settings folder that cannot be written costs comfort,
        not work.
        """
        target = paths.settings_file()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{target}.lock", timeout=PATIENCE):
                raw = _raw_settings() if target.exists() else {}
                if raw is not None:  # what cannot be read now is not thrown away
                    replace_file(target, tomli_w.dumps({**raw, **values}).encode(), private=True)
        except (OSError, Timeout):
            pass
        return self.changed(**values)


PATIENCE = 5.0  # seconds for another window to finish writing
LARGEST_SETTINGS = 256 * 1024


def _raw_settings() -> dict[str, Any] | None:
    """What is kept, by name; {} where it is no settings file, None where it cannot be read at this moment."""
    try:
        if not paths.settings_file().is_file() or paths.settings_file().stat().st_size > LARGEST_SETTINGS:
            return {}
        text = paths.settings_file().read_text(encoding="utf-8")
        if any(line.count(".") + line.count("[") > DEEPEST for line in text.splitlines()):
            return {}  # nothing of ours is nested; to read it would take for ever
        return tomllib.loads(text)
    except OSError:
        return None
    except (ValueError, RecursionError):
        return {}


DEEPEST = 100


def load_settings() -> Settings:
    """Settings as kept; what is unknown, of another type or unreadable falls back to the default."""
    known = {f.name for f in fields(Settings)} - {"started"}
    raw = _raw_settings() or {}
    return Settings(
        **{name: value for name, value in raw.items() if name in known and isinstance(value, str)}
    )


@dataclass(frozen=True)
class FileSettings:
    """Settings of one database, for everybody who works in it: what is printed on sheets, and how long they
    are kept.

    `address` is the visiting address, where a writ is served; `court` who hears a kort geding, with its
    place; `complaints` where a complaint goes; `mandate` the line above a signature ("namens …"). `logo` is
    the hash of a kept PNG; `colour` is `#RRGGBB` or empty; `retention` in years as the organisation
    decided, shown and never acted on.
    """

    organisation: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    court: str = ""
    complaints: str = ""
    mandate: str = ""
    logo: str = ""
    colour: str = ""
    retention: str = ""


LOGO_PIXELS = (1200, 600)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def file_settings(workspace: Workspace) -> FileSettings:
    with workspace.unit() as unit:
        return file_settings_in(unit)


def file_settings_in(unit: UnitOfWork) -> FileSettings:
    stored = unit.settings.all()
    return FileSettings(**{f.name: stored[f.name] for f in fields(FileSettings) if f.name in stored})


def save_file_settings(workspace: Workspace, settings: FileSettings) -> None:
    """All of them. Raises StoreError bad_colour, bad_retention."""
    change_file_settings(workspace, **asdict(settings))


def change_file_settings(workspace: Workspace, **values: str) -> None:
    """Some of them, the others stay as they are by then. Raises StoreError bad_colour, bad_retention."""
    colour, years = values.get("colour", ""), values.get("retention", "")
    if colour and not _COLOUR.fullmatch(colour):
        raise StoreError("bad_colour", value=colour[:20])
    if years and not (years.isascii() and years.isdigit() and len(years) <= 3):
        raise StoreError("bad_retention", value=years[:20])
    with workspace.unit() as unit:
        for name, value in values.items():
            unit.settings.put(name, value)


def set_logo(workspace: Workspace, path: Path | None) -> None:
    """Keep a picture as the organisation's logo (None: no logo), drawn again. Raises StoreError
    logo_unreadable."""
    content = drawn_again(path, LOGO_PIXELS) if path is not None else None
    with workspace.unit() as unit:
        unit.settings.put("logo", unit.attachments.keep(content) if content is not None else "")


def logo_in(unit: UnitOfWork, settings: FileSettings) -> bytes:
    """The kept logo as PNG, or b"" without one."""
    return unit.attachments.content(settings.logo) if settings.logo else b""


def logo_bytes(workspace: Workspace) -> bytes:
    with workspace.unit() as unit:
        return logo_in(unit, file_settings_in(unit))
