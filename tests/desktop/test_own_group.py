"""A group of one's own from the window: saved, changed in a text, read back, tried out and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cirkeldesk.desktop.frame.window import MainWindow

pytestmark = pytest.mark.window


def test_from_a_saved_group_to_one_of_ones_own(window: MainWindow, tmp_path: Path) -> None:
    """As the page of the help says it: save one that is like it, change code and name, read it in, use it."""
    window.show_reference()
    page = window.reference
    page.tabs.setCurrentWidget(page.groups)
    page.groups.save("straatmeubilair", tmp_path / "groep.json")
    text = (tmp_path / "groep.json").read_text(encoding="utf-8")
    text = text.replace('"code": "straatmeubilair"', '"code": "bureaustoelen"')
    text = text.replace(
        '"name": "Straatmeubilair"', '"name": "Bureaustoelen (verzonnen)",\n "edition": "2027"'
    )
    (tmp_path / "stoelen.json").write_text(text, encoding="utf-8")
    page.groups.read(tmp_path / "stoelen.json")
    bar = window.bars.bar("group")
    assert bar is not None
    assert "Proef met Bureaustoelen (verzonnen)" in bar.label.text()
    bar.buttons[0].click()
    shown = [row[:3] for row in page.groups.model.rows]
    assert ("Bureaustoelen (verzonnen)", "bureaustoelen", "2027") in shown
    assert page.group.box.findText("Bureaustoelen (verzonnen)") > 0
    window.new_tender()
    assert window.view is not None
    assert window.view.ask.group.box.findText("Bureaustoelen (verzonnen)") >= 0
    window.show_calendar()
    assert "bureaustoelen" in window.calendar.groups


def test_a_broken_group_names_its_field_and_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    window.show_reference()
    page = window.reference
    before = page.groups.model.rows
    page.groups.save("asfalt", tmp_path / "groep.json")
    data = json.loads((tmp_path / "groep.json").read_text(encoding="utf-8"))
    (tmp_path / "stuk.json").write_text(
        json.dumps({**data, "code": "mijn-asfalt", "name": "Mijn asfalt", "measure": "kilo"}),
        encoding="utf-8",
    )
    page.groups.read(tmp_path / "stuk.json")
    assert any("measure: “kilo”" in text for text in window.bars.texts())
    page.groups.read(tmp_path / "weg.json")
    assert page.groups.model.rows == before
