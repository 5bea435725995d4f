"""A rotating log in the user's log folder. It holds what went wrong and where in the code, never names or
figures."""

from __future__ import annotations

import logging
import logging.handlers
import traceback

from cirkeldesk import paths

_LOGGER = logging.getLogger("cirkeldesk")


def open_log() -> logging.Logger:
    """The program's logger, writing to the log file once one can be made; without one it stays silent."""
    if not _LOGGER.handlers:
        _LOGGER.propagate = False
        try:
            paths.log_file().parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = logging.handlers.RotatingFileHandler(
                paths.log_file(), maxBytes=256_000, backupCount=3, encoding="utf-8", delay=True
            )
        except OSError:
            handler = logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
    return _LOGGER


def details_of(problem: BaseException) -> str:
    """Type and places in our own code. The exception's text is left out: it may quote a name or a figure."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = [
        f"  {frame.filename.replace(chr(92), '/').rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}"
        for frame in frames
    ]
    return "\n".join([type(problem).__name__, *places])


def log_exception(problem: BaseException) -> str:
    details = details_of(problem)
    open_log().error(details)
    return details
