"""Files dropped on the table of answers: each is read, and each that is not says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cirkeldesk.desktop.kit.messages import BarKind, Messages
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.paper.plain_figures import note_text
from cirkeldesk.operations.tender.bids import is_form

KINDS: dict[str, BarKind] = {"error": "error", "warning": "warn", "question": "warn"}


def take_dropped(
    files: Sequence[Path],
    read_form: Callable[[Path], object],
    into_cell: Callable[[Path], bool] | None,
    bars: Messages,
    *,
    names_hidden: bool = False,
) -> None:
    """The first form is read, as each form asks for a decision; a declaration goes to the cell it was dropped
    on, the first that has a product. `into_cell` is None beside the cells."""
    forms = [file for file in files if is_form(file)]
    others = [file for file in files if file not in forms]
    left = forms[1:]
    if forms:
        left += others
        read_form(forms[0])
    elif into_cell is None:
        left = others
    else:
        filled = False
        for file in others:
            if filled:
                left.append(file)
            else:
                filled = into_cell(file)
    if left:
        names = ", ".join(file.name for file in left)
        if names_hidden:  # the name of a file often is that of a bidder
            names = "1 bestand" if len(left) == 1 else f"{len(left)} bestanden"
        bars.show_bar("dropped", f"Niet gelezen: {names}. Sleep één bestand naar één cel.", "warn")


def say_notes(bars: Messages, report: FileReport, *, names_hidden: bool = False) -> None:
    """What was found while reading, one message a kind of finding."""
    file = "het bestand" if names_hidden else report.file
    for note in report.notes:
        bars.show_bar(f"import-{note.message.key}", f"{file}: {note_text(note)}", KINDS[note.level])
