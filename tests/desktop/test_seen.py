"""What holds is seen: a locked ask looks locked, and of dropped files none is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.tender.variants.dropping import take_dropped
from cirkeldesk.operations.award.awards import lock_rules
from cirkeldesk.operations.tender.bids import write_form

pytestmark = pytest.mark.window


def test_a_locked_ask_looks_locked(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(0)
    assert not view.ask.on_lock.isVisible()
    assert not view.ask.rule.box.property("locked")
    lock_rules(window.workspace, "voorbeeld", "2026-11-03", "Leidraad 1.0 (verzonnen)")
    window.open_tender("voorbeeld")
    view = window.view
    assert view is not None
    view.go_to(0)
    QApplication.processEvents()
    assert view.ask.on_lock.isVisible()
    for inner in (view.ask.area.edit, view.ask.rule.box, view.ask.closes.edit, view.ask.award.method.box):
        assert inner.property("locked") is True
    for inner in (view.ask.title.edit, view.ask.number.edit):  # these may still change
        assert not inner.property("locked")
    assert view.buttons[0].state == "slot"


@pytest.mark.parametrize(
    ("names", "forms", "into", "read", "said"),
    [
        (["a.json"], 0, True, ["a.json"], ""),
        (["a.json", "b.json"], 0, True, ["a.json"], "b.json"),
        (["leeg.txt", "b.json", "c.json"], 0, True, ["leeg.txt", "b.json"], "c.json"),
        (["a.json"], 0, None, [], "a.json"),
        (["a.json"], 1, True, ["form 0"], "a.json"),
        ([], 2, None, ["form 0"], "1.xlsx"),
    ],
)
def test_of_dropped_files_none_is_passed_over(
    window: MainWindow,
    tmp_path: Path,
    names: list[str],
    forms: int,
    into: bool | None,
    read: list[str],
    said: str,
) -> None:
    window.open_example()
    made = []
    for number in range(forms):
        write_form(window.workspace, "voorbeeld", tmp_path / f"{number}.xlsx")
        made.append(tmp_path / f"{number}.xlsx")
    for name in names:
        (tmp_path / name).write_text("{}", encoding="utf-8")
        made.append(tmp_path / name)
    done: list[str] = []

    def into_cell(file: Path) -> bool:
        done.append(file.name)
        return file.suffix == ".json"

    bars = Messages(window)
    take_dropped(made, lambda file: done.append(f"form {file.stem}"), into_cell if into else None, bars)
    assert done == read
    assert (said in "".join(bars.texts())) if said else bars.texts() == []
