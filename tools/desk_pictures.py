"""What the pictures of the MVOI desk and the monitor show: each page by its name, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.model.material.material import Place
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.operations.material.materials import put_plain

MADE_UP = (  # a calendar for pictures: number, project, organisation, department, estimate, quarter
    ("2027-001", "Deklagen N000 vak 1 tot 3", "Provincie Voorbeeld", "Wegen", "€ 1.250.000,-", "Q1 2027"),
    ("2027-002", "Na-isolatie steunpunten", "Provincie Voorbeeld", "Gebouwen", "450000", "2e kwartaal 2027"),
    (
        "2027-003",
        "Zitbanken langs de doorfietsroute",
        "Gemeente Fictiedorp",
        "Ruimte",
        "85.000",
        "maart 2027",
    ),
    ("2027-004", "Afzet bermmaaisel", "Gemeente Fictiedorp", "Groen", "1,2 mln", "Q2 2027"),
    ("2027-005", "Schoonmaak kantoren", "Provincie Voorbeeld", "Facilitair", "€ 2,5 miljoen", "Q3 2027"),
    (
        "",
        "Herinrichting dorpsplein",
        "Gemeente Nergenshuizen",
        "Ruimte",
        "200.000 - 300.000",
        "voorjaar 2027",
    ),
    ("2027-007", "Levering laptops", "Provincie Voorbeeld", "ICT", "610.000", "1-10-2027"),
    ("2027-008", "Asfaltonderhoud fietspaden", "Gemeente Nergenshuizen", "Wegen", "n.t.b.", "Q1 2027"),
    ("2027-009", "Isolatie gymzaal", "Gemeente Fictiedorp", "Gebouwen", "120.000", "Q2 2027"),
    (
        "2027-010",
        "Groot onderhoud brug over de vaart",
        "Provincie Voorbeeld",
        "Kunstwerken",
        "3.400.000",
        "Q4 2027",
    ),
)


def desk_pages(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The MVOI desk: the calendar read and judged, what looks ahead, and the library of criteria."""
    page = window.calendar
    file = folder / "planning.csv"
    lines = [("Nr", "Project", "Organisatie", "Afdeling", "Raming", "Publicatie"), *MADE_UP]
    lines += [(f"2027-{n:03}", f"{line[1]}, deel {n}", *line[2:]) for n, line in enumerate(MADE_UP * 2, 11)]
    file.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")

    def read() -> None:
        window.show_calendar()
        page.read(file)

    def judged() -> None:
        page.reading.take.click()
        for _ in range(4):
            QTest.keyClick(page.view, Qt.Key.Key_Return)
        for sign in (Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_3):
            QTest.keyClick(page.view, sign)

    def tab(place: int) -> Callable[[], None]:
        def go() -> None:
            page.close_themes()
            page.close_details()
            page.tabs.setCurrentIndex(place)

        return go

    def criteria() -> None:
        window.open_example()
        window.go_to_step(0)
        assert window.view is not None
        block = window.view.ask.criteria
        if not block.part.isVisible():
            block.fold.click()
        block.table.view.selectRow(2)
        block.turn()
        QTest.qWait(20)
        window.view.ask.ensureWidgetVisible(block.text)

    yield "30-kalender-leeg", window.show_calendar
    yield "31-kalender-inlezen", read
    yield "32-kalender", judged
    yield "33-kalender-regel", page.show_details
    yield "33b-advies-per-thema", page.open_themes
    yield "34-per-kwartaal", tab(1)
    yield "35-samen-inkopen", tab(2)
    yield "36-mengsels", tab(3)
    yield "37-voorstelregels", tab(4)
    yield "38-referentiegegevens", window.show_reference

    def terms() -> None:
        window.show_reference()
        window.reference.tabs.setCurrentIndex(1)

    yield "39-begrippen", terms
    yield "39-criteria-kiezen", criteria


def monitor_pages(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The monitor before there is data, with the example, a contract, and a baseline from a messy file."""
    page = window.monitor
    file = folder / "verplichtingen.csv"
    lines = ("Jaar;Leverancier;Categorie;Bedrag", "2024;X;Wegen;1.200.000,00", "2025;Y;Wegen;onbekend")
    file.write_text("\n".join((*lines, "2026;Z;Advies;80.000,00")), encoding="utf-8")

    def contract() -> None:
        page.open_contract("voorbeeld-vb-m-05")

    def baseline() -> None:
        page.tabs.setCurrentIndex(2)
        page.baseline.read_spend(file)

    yield "70-monitor-leeg", window.show_monitor
    yield "71-monitor", page.add_example
    yield "72-contract", contract
    yield "73-nulmeting", baseline


STONES = {
    "kind": "betonstraatsteen",
    "unit": "m2",
    "format": {"length": 211, "width": 105, "thickness": 80},
    "mass_per_unit": 176,
    "fictitious": True,
}
MADE_UP_MATERIALS: dict[str, object] = {
    "supplies": [
        {
            **STONES,
            "id": "vb-aanbod-1",
            "name": "Betonstraatstenen keiformaat, grijs (verzonnen)",
            "amount": 1200,
            "condition": "A",
            "tar": "free",
            "place": {"municipality": "Nieuwegein", "name": "Verzonnenplein"},
            "available_from": "2027-05-01",
            "available_until": "2090-09-30",
        },
    ],
    "demands": [
        {
            **{name: value for name, value in STONES.items() if name != "mass_per_unit"},
            "id": f"vb-vraag-{number}",
            "name": name,
            "amount": amount,
            "needed_from": day,
            "place": {"municipality": "Zeist"},
            "new": {"a1_a3": 6.0, "a4": 0.4, "set_code": "A2", "edition": "verzonnen"},
        }
        for number, (name, amount, day) in enumerate(
            (("Herinrichting (verzonnen)", 900, "2027-07-01"), ("Fietspad (verzonnen)", 400, "2027-10-01")), 1
        )
    ],
    "rates": {"per_tkm": 0.008, "set_code": "A2", "edition": "verzonnen", "source": "verzonnen"},
}
LAYER = Passport(
    "vb-paspoort-1",
    "N000 (verzonnen)",
    section="vak 3",
    road="N000",
    place=Place("bij de brug", "Nieuwegein"),
    layer=1,
    layer_kind="surface",
    thickness=40.0,
    area=3000.0,
    mass_t=290.0,
    mix="AC 11 surf",
    laid_on="2026-05-01",
    fictitious=True,
)


def material_pages(window: MainWindow) -> Iterator[tuple[str, Callable[[], None]]]:
    """Materials before there are any, then supply with what fits it, demand, and the register of
    passports."""

    def tab(place: int) -> Callable[[], None]:
        return lambda: window.materials.tabs.setCurrentIndex(place)

    def stocked() -> None:
        put_plain(window.workspace, MADE_UP_MATERIALS)
        with window.workspace.unit() as unit:
            unit.commit("passport", LAYER.id, LAYER, "passport_form", {"name": LAYER.name})
        window.show_materials()

    yield "80-materialen-leeg", window.show_materials
    yield "81-aanbod", stocked
    yield "82-vraag", tab(1)
    yield "83-paspoorten", tab(2)
    yield "84-regio", tab(3)
