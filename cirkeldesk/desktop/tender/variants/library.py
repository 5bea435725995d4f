"""The library of products as the grid of variants asks it."""

from __future__ import annotations

from cirkeldesk.model.tender.tender import ProductRef
from cirkeldesk.operations.product.products import product_called, products_called
from cirkeldesk.operations.workspace import Workspace


class WorkspaceLibrary:
    """The library of the open file, asked while somebody types; an answer is kept until the page is shown
    again."""

    def __init__(self, workspace: Workspace, group: str) -> None:
        self._workspace, self._group = workspace, group
        self._found: dict[str, ProductRef | None] = {}

    def names(self, text: str) -> list[str]:
        return products_called(self._workspace, text, self._group)

    def find(self, name: str) -> ProductRef | None:
        if name not in self._found:
            self._found[name] = product_called(self._workspace, name)
        return self._found[name]
