"""From cells to steps: what both grids do with a value typed, a block pasted or a block emptied."""

from __future__ import annotations

from cirkeldesk.desktop.cells import Parsed
from cirkeldesk.desktop.grid import GridModel
from cirkeldesk.desktop.session import Session
from cirkeldesk.desktop.widgets import BarKind, BarSpace
from cirkeldesk.model import edits


def take_entered(session: Session, model: GridModel, bars: BarSpace, parsed: Parsed, key: str) -> None:
    """One value typed, as one step. A hint shows above the grid, with a button that enters the other reading."""
    bars.clear("cell")
    if parsed.edit is not None:
        session.commit(parsed.edit)
    if not parsed.hint:
        return
    if parsed.alternative is None:
        bars.show_bar("cell", parsed.hint, "warn")
        return
    label, text = parsed.alternative

    def enter() -> None:
        place = model.find(key)  # the row may have moved since
        if place is not None:
            model.enter(*place, text)

    bars.show_bar("cell", parsed.hint, "warn", [(label, enter)])


def paste_into(session: Session, model: GridModel, bars: BarSpace, cells: list[tuple[int, int, str]], lost: int) -> None:
    """A pasted block as one step. Refused texts are named and stay out; what did not fit is counted."""
    step_edits: list[edits.Edit] = []
    problems: list[str] = []
    hints: list[str] = []
    done = 0
    for row, column, text in cells:
        parsed = model.sheet.parse(row, column, text)
        if parsed.problem is not None:
            problems.append(f"{model.place(row, column)}: {parsed.problem}")
        elif parsed.edit is not None:
            step_edits.append(parsed.edit)
            done += 1
            if parsed.hint:
                hints.append(parsed.hint)
    committed = bool(step_edits) and session.commit(edits.together(step_edits, "paste", {"count": done}))
    text = f"{done} cellen geplakt." if done != 1 else "1 cel geplakt."
    if lost:
        text += f" {lost} cellen pasten niet en zijn niet geplakt." if lost != 1 else " 1 cel paste niet en is niet geplakt."
    text = " ".join([text, *dict.fromkeys(hints[:3]), *problems[:3]])
    kind: BarKind = "warn" if problems or lost or hints else "info"
    if committed:
        undo_bar(session, bars, "paste", text, kind)
    else:
        bars.show_bar("paste", text, kind)


def clear_cells(session: Session, model: GridModel, cells: list[tuple[int, int]]) -> None:
    """Empty a block as one step; what cannot be empty stays."""
    parsed = [model.sheet.parse(row, column, "") for row, column in cells]
    found = [one.edit for one in parsed if one.edit is not None]
    for row, column in cells:
        model.wrong.pop(model.sheet.key(row, column), None)
    if found:
        session.commit(found[0] if len(found) == 1 else edits.together(found, "clear", {"count": len(found)}))


def undo_bar(session: Session, bars: BarSpace, key: str, text: str, kind: BarKind = "info") -> None:
    """A message about the step just made, with a button that undoes that step; it goes when something else is done."""
    seq = session.last_step
    bar = bars.show_bar(key, text, kind, [("Ongedaan maken", lambda: session.undo_step(seq))])

    def leave() -> None:
        if session.last_step != seq:
            session.changed.disconnect(leave)
            if bars.bar(key) is bar:
                bars.clear(key)

    session.changed.connect(leave)
