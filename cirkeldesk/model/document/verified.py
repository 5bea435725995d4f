"""What became of a file that somebody wants to know the truth of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.document.signature import DigitalSignature

FileState = Literal["unchanged", "changed", "signed", "other_database", "not_recognised"]


@dataclass(frozen=True)
class Verified:
    """Which final version a file belongs to, and whether both still hold.

    `intact`: the bytes we made stand at the beginning of a signed file, and they are what it shows.
    `covered`: they stand there, but something else is shown over them. `signatures` are those in the
    file. `computes` says whether the version still gives the same figures from its pinned inputs (None:
    not known, `why` names the error); `differences` are figures that do not; `renewed` names reference
    data and products of which a newer version is offered now; `is_newest` whether the tender still is
    what this version says; `made_here` whether this database saw it made, and did not get it with a
    dossier.
    """

    state: FileState
    tender: str = ""
    title: str = ""
    version: int | None = None
    file: str = ""
    made_at: str = ""
    made_by: str = ""
    intact: bool = False
    covered: bool = False
    signatures: tuple[DigitalSignature, ...] = ()
    is_newest: bool = False
    made_here: bool = False
    computes: bool | None = None
    why: str = ""
    differences: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """The file is what we made, perhaps with signatures that hold and are trusted, and its version
        computes to the same figures."""
        is_ours = self.state == "unchanged" or (
            self.state == "signed" and self.intact and self.is_vouched_for
        )
        return is_ours and self.computes is True and self.made_here

    @property
    def is_vouched_for(self) -> bool:
        """Whether every signature holds and is by somebody whose root was given."""
        return bool(self.signatures) and all(one.holds and one.is_trusted for one in self.signatures)
