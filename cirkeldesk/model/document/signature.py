"""What a digital signature in a file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Covers = Literal["file", "revision", "part"]
Added = Literal["nothing", "signatures", "other"]


@dataclass(frozen=True)
class DigitalSignature:
    """`signer` and `issuer` as the certificate names them, `at` when the signer says it was (ISO),
    `fingerprint` the SHA-256 of the certificate. `is_intact`: what was signed is unchanged and the signature
    is of that certificate. `covers`: the whole file, the file as it was then (something came after), or only
    a part. `added` is what came after. `is_trusted` is None where no root was given to judge by.
    """

    signer: str
    issuer: str
    at: str
    fingerprint: str
    is_intact: bool
    covers: Covers
    added: Added
    is_trusted: bool | None

    @property
    def holds(self) -> bool:
        """Whether all that is in the file now was signed, but for signatures that came after."""
        return self.is_intact and self.covers != "part" and self.added != "other"
