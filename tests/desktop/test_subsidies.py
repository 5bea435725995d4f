"""The register of subsidies in the window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.operations.calendar.calendar import get_calendar
from tests.desktop.conftest import choose, click, fill

pytestmark = pytest.mark.window


def test_a_scheme_from_nothing_to_its_conditions(window: MainWindow) -> None:
    window.show_calendar()
    page = window.calendar
    click(page.subsidy_button)
    subsidies = page.subsidies
    click(subsidies.add)
    fill(subsidies.fields["name"], "Groene daken (verzonnen)")
    fill(subsidies.fields["budget"], "250.000")
    fill(subsidies.fields["opens"], "1-3-2027")
    choose(subsidies.state, "conditional")
    assert "kies de rechtsgrond" in subsidies.open.text()
    choose(subsidies.ground, "4:38")
    subsidies.conditions.setFocus()
    subsidies.conditions.setPlainText("CO₂-reductie | 20 % | jaarverslag | bij vaststelling")
    subsidies.conditions.take_typing()
    (scheme,) = get_calendar(window.workspace).schemes
    assert (scheme.name, str(scheme.budget), scheme.opens, scheme.state, scheme.ground) == (
        "Groene daken (verzonnen)",
        "250000",
        "2027-03-01",
        "conditional",
        "4:38",
    )
    assert scheme.open_points == ()
    assert scheme.changes[0].by == window.workspace.store.author
    assert "1 van 5" in subsidies.said.text()
    click(subsidies.copy)
    assert "CO₂-reductie, ten minste 20 %. Bewijs: jaarverslag, bij vaststelling." in (
        QGuiApplication.clipboard().text()
    )
    fill(subsidies.fields["closes"], "ooit")
    assert "is geen datum" in subsidies.fields["closes"].note.text()
    fill(subsidies.fields["settled"], "veel")
    assert "is geen bedrag" in subsidies.fields["settled"].note.text()
    assert get_calendar(window.workspace).schemes[0] == scheme
    click(subsidies.remove)
    assert get_calendar(window.workspace).schemes == ()
    window.undo()
    assert len(get_calendar(window.workspace).schemes) == 1
