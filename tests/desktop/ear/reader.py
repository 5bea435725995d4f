"""Reads the window over AT-SPI as a screen reader does, and prints what it would say. Runs in the system's
Python.

First the reading order of the page: role and name of everything that has a name. Then the comparison, cell by
cell: the headers that are spoken when they change, the name of the cell and its description.
"""

from __future__ import annotations

import sys
import time

import gi  # type: ignore[import-not-found,import-untyped,unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: E402

PATIENCE = 120.0  # seconds for the window to appear on the bus; only for what hangs


def application(name: str):  # type: ignore[no-untyped-def]
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(place)
            if child is not None and child.get_name() == name:
                return child
        time.sleep(0.2)
    raise SystemExit(f"{name} is not on the accessibility bus")


def seen(node) -> bool:  # type: ignore[no-untyped-def]
    return bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def walk(node, role: str):  # type: ignore[no-untyped-def]
    """Everything of a role under a node that is shown."""
    found = [node] if node.get_role_name() == role and seen(node) else []
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            found += walk(child, role)
    return found


def order(node, depth: int = 0) -> None:  # type: ignore[no-untyped-def]
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is None or not seen(child):
            continue
        name = " ".join((child.get_name() or "").split())
        if name:
            print(f"{child.get_role_name()}: {name}")
        if child.get_role_name() != "table":  # read cell by cell below
            order(child, depth + 1)


def table(node) -> None:  # type: ignore[no-untyped-def]
    print(f"tabel: {node.get_name()} | {node.get_description()}")
    grid = node.get_table_iface()  # the newer name came after the Debian we test on
    for row in range(grid.get_n_rows()):
        print(f"rij: {grid.get_row_header(row).get_name()}")
        for column in range(grid.get_n_columns()):
            cell = grid.get_accessible_at(row, column)
            description = cell.get_description()
            print(
                f"  {grid.get_column_header(column).get_name()}: {cell.get_name()}"
                + (f" | {description}" if description else "")
            )


def main() -> None:
    Atspi.set_timeout(60_000, 60_000)  # a busy machine answers late
    window = application(sys.argv[1])
    print("# leesvolgorde")
    order(window)
    print("# tabel")
    table(walk(window, "table")[0])


if __name__ == "__main__":
    main()
