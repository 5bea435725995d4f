"""What became of a file that somebody wants to know the truth of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileState = Literal["unchanged", "changed", "signed", "other_database", "not_recognised"]


@dataclass(frozen=True)
class Verified:
    """Which final version a file belongs to, and whether both still hold.

    `intact`: the bytes we made stand at the beginning of a signed file. `computes` says whether the version
    still gives the same figures from its pinned inputs (None: not known, `why` names the error);
    `differences` are figures that do not; `renewed` names reference data and products of which a newer
    version is offered now; `is_newest` whether the tender still is what this version says; `made_here`
    whether this database saw it made, and did not get it with a dossier.
    """

    state: FileState
    tender: str = ""
    title: str = ""
    version: int | None = None
    file: str = ""
    made_at: str = ""
    made_by: str = ""
    intact: bool = False
    is_newest: bool = False
    made_here: bool = False
    computes: bool | None = None
    why: str = ""
    differences: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """The file is what we made, and its version computes to the same figures."""
        return self.state == "unchanged" and self.computes is True and self.made_here
