"""The rows of the answers: what kinds there are, and which of them are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from cirkeldesk.model.tender.tender import ProductRef

RowKind = Literal[
    "basis",
    "equal",
    "work_mki",
    "post",
    "product",
    "mki",
    "module",
    "biobased",
    "life",
    "reuse",
    "property",
    "quantity",
    "post_price",
    "price",
    "costs",
    "level",
    "total",
]
Show = Literal["usual", "mki", "biobased", "price", "product", "all"]
SHOW: dict[Show, str] = {
    "usual": "gewone velden",
    "mki": "alleen MKI",
    "biobased": "alleen biobased",
    "price": "alleen prijs",
    "product": "alleen producten",
    "all": "alle velden",
}
# What one row a post is of, where only that is shown.
ONE_OF_POST: dict[Show, RowKind] = {
    "mki": "mki",
    "biobased": "biobased",
    "product": "product",
    "price": "post_price",
}
OF_MKI: tuple[Show, ...] = ("mki", "biobased")
WHOLE: tuple[Show, ...] = ("usual", "all")  # the tender as a whole, and not one kind of row
LAPSES = "vervalt"
OF_THE_ASK: frozenset[RowKind] = frozenset({"life", "quantity"})


@dataclass(frozen=True)
class GridRow:
    kind: RowKind
    name: str
    post_id: str | None = None
    module: str | None = None


class Library(Protocol):
    """The products outside this tender that may be chosen by name."""

    def names(self, text: str) -> list[str]: ...

    def find(self, name: str) -> ProductRef | None: ...


class NoLibrary:
    def names(self, text: str) -> list[str]:
        del text
        return []

    def find(self, name: str) -> ProductRef | None:
        del name
        return None
