"""What the program opens when a window closes for another one: the same file put back, or another file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cirkeldesk.model.tender.edits import Edit


@dataclass(frozen=True)
class Next:
    """`prepare` runs while nobody has the file open and gives what the new window says. `edits` were not
    saved before: they go into the tender `identity`, which is then shown. Only the first file of a start may
    be made when it is not there. A file that `is_chosen` is the one the next start opens.
    """

    path: Path
    prepare: Callable[[], str] | None = None
    identity: str = ""
    edits: tuple[Edit, ...] = ()
    create: bool = False
    is_chosen: bool = False
