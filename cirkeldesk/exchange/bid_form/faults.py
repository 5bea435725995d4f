"""What is said of a cell of a bid form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cirkeldesk.model.messages import Message

# "decide": nothing is wrong with the values, and a person says what it means before the bid is taken over.
FaultLevel = Literal["error", "decide", "warning"]


@dataclass(frozen=True)
class FormFault:
    """What is wrong in a cell (`sheet`, `cell` as "D14"), what to decide on, or how it was read."""

    sheet: str
    cell: str
    message: Message
    level: FaultLevel = "error"
