"""A department's tender calendar as they come: joined headers, lines between rows, dates and euros as people
type them.

All of it is made up; no organisation, project or sum is real.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook

FIRST_ROW = 6  # as Excel counts; above it a title, a note and a header over two rows
HEADS = (
    "Nr.",
    "Project",
    "Organisatie",
    "Afdeling",
    "Projectleider",
    "CPV",
    "Raming\nexcl. btw",
    "Publicatie",
    "Start",
    "Looptijd",
    "Opm.",
)
WORKS = (
    "Deklagen N{n}, vak {n}",
    "Herinrichting dorpsplein {n}",
    "Na-isolatie steunpunt {n}",
    "Zitbanken fietsroute {n}",
    "Afzet bermmaaisel {n}",
    "Schoonmaak kantoren {n}",
    "Inhuur adviseurs {n}",
    "Groot onderhoud brug {n}",
    "Levering laptops {n}",
    "Asfaltonderhoud fietspad {n}",
)
ORGANISATIONS = ("Provincie Voorbeeld", "Gemeente Fictiedorp", "Gemeente Nergenshuizen")
# What stands in a cell of euros or dates; the second says whether it must be named as doubtful.
EUROS: tuple[tuple[object, bool], ...] = (
    ("€ 1.250.000,-", False),
    (450000, False),
    ("1,2 mln", False),
    ("250k", False),
    ("n.t.b.", False),
    ("€ 85.000", False),
    ("200.000 - 300.000", True),
    ("groot", True),
    (612500.5, False),
    ("€ 2,5 miljoen", False),
)
QUARTERS: tuple[tuple[object, bool], ...] = (
    ("Q1 2027", False),
    (datetime.datetime(2027, 4, 12), False),
    ("2e kwartaal 2027", False),
    ("maart 2027", False),
    ("2027-Q3", False),
    ("voorjaar 2027", True),
    ("1-10-2027", False),
    ("kw 4 '27", False),
    (None, False),
    ("n.n.b.", False),
    ("zsm", True),
)
STARTS: tuple[tuple[object, bool], ...] = (
    ("1-9-2027", False),
    (datetime.datetime(2027, 6, 1), False),
    ("sept 2027", False),
    ("", False),
    ("31-2-2027", True),
    ("2028-01", False),
    ("na de zomer", True),
)
Line = tuple[Any, ...]


def lines(count: int = 150) -> tuple[list[Line], set[int]]:
    """The rows of the file, and which of them (from 0) are doubtful."""
    found: list[Line] = []
    doubtful: set[int] = set()
    for n in range(count):
        number: object = f"2027-{n + 1:03}" if n % 2 else 20270000 + n + 1
        if n % 25 == 7:
            number = None  # nobody gave it a number
        if n in (40, 41):
            number = "2027-40x"  # two rows, one number
        euro, quarter, start = EUROS[n % len(EUROS)], QUARTERS[n % len(QUARTERS)], STARTS[n % len(STARTS)]
        if number is None or n in (40, 41) or euro[1] or quarter[1] or start[1]:
            doubtful.add(n)
        leader = f"team {n % 7}"
        found.append(
            (
                number,
                WORKS[n % len(WORKS)].format(n=n + 1),
                ORGANISATIONS[n % 3] if n % 4 else ORGANISATIONS[0],
                ("Wegen", "Gebouwen", "ICT")[n % 3],
                leader,
                "45233222-1" if n % 10 == 0 else "",
                euro[0],
                quarter[0],
                start[0],
                "4 jaar + 2x1" if n % 5 == 0 else "",
                "let op" if n % 11 == 0 else "",
            )
        )
    return found, doubtful


def workbook(rows: Iterable[Line]) -> tuple[bytes, list[int]]:
    """The file's bytes, and per row the number Excel gives it: lines of a section and a total stand in
    between."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Planning 2027"
    sheet["A1"] = "Aanbestedingskalender 2027 (VOORBEELD, verzonnen)"
    sheet.merge_cells("A1:E1")
    sheet["A2"] = "Bijgewerkt in overleg met de afdelingen"
    for column, name in enumerate(HEADS, 1):
        if name in ("Publicatie", "Start", "Looptijd"):
            sheet.cell(4, column, name)
        else:
            sheet.cell(3, column, name)
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet["H3"] = "Planning"
    sheet.merge_cells("H3:J3")
    places = []
    at = FIRST_ROW
    for index, line in enumerate(rows):
        if index % 50 == 0:
            sheet.cell(at, 1, ("Mobiliteit", "Facilitair", "ICT")[index // 50 % 3])
            at += 1
        for column, value in enumerate(line, 1):
            if value not in (None, ""):
                sheet.cell(at, column, value)
        places.append(at)
        at += 1
        if index % 30 == 29:
            at += 1  # an empty line
    sheet.cell(at, 1, "Totaal")
    sheet.cell(at, 7, 12345678)
    book.create_sheet("Toelichting")["A1"] = "Vraag de inkoper"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), places


def later(rows: list[Line]) -> tuple[list[Line], list[Line]]:
    """The file some months on, and what is new in it: 12 new rows, 9 changed, 3 gone, the rest as it was."""
    gone = {12, 55, 101}
    changed = {2, 3, 20, 21, 60, 61, 90, 110, 140}
    kept = [
        (*line[:6], 777000 + index, *line[7:]) if index in changed else line
        for index, line in enumerate(rows)
        if index not in gone
    ]
    new: list[Line] = [
        (
            f"2027-9{n:02}",
            f"Nieuw werk {n}",
            ORGANISATIONS[n % 3],
            "Wegen",
            "team 1",
            "",
            100000 + n,
            "Q4 2027",
            "1-1-2028",
            "",
            "",
        )
        for n in range(12)
    ]
    return [*kept[:30], *new[:6], *kept[30:], *new[6:]], new
