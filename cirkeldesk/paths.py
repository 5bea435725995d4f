"""Where things are: our own data files (in a checkout, a wheel or a bundle) and the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
HOME_VARIABLE = "CIRKELDESK_HOME"


def _own(name: str) -> Path:
    """db/ and resources/ lie beside the package in a checkout and inside it (with an underscore) once
    installed."""
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    return _own("resources")


def handbook() -> Path:
    """The handbook (Markdown and pictures), shipped as the program's help."""
    installed = _PACKAGE / "_handleiding"
    return installed if installed.is_dir() else _PACKAGE.parent / "docs" / "handleiding"


def migrations() -> Path:
    return _own("db") / "alembic"


def reference() -> Path:
    return _own("db") / "reference"


def _user(kind: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / kind
    folders = platformdirs.PlatformDirs("CirkelDesk", appauthor=False)
    return Path(
        {"data": folders.user_data_dir, "settings": folders.user_config_dir, "logs": folders.user_log_dir}[
            kind
        ]
    )


def default_database() -> Path:
    return _user("data") / "cirkeldesk.db"


def unsaved_folder() -> Path:
    """Where work is kept that could not be stored in its own file."""
    return _user("data") / "niet opgeslagen"


def settings_file() -> Path:
    return _user("settings") / "settings.toml"


def counter_file() -> Path:
    """How far each file was when this computer last saw it."""
    return _user("settings") / "counter.json"


def log_file() -> Path:
    return _user("logs") / "cirkeldesk.log"
