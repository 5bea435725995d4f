"""From cells to steps: what both grids do with a value typed, a block pasted or a block emptied."""

from __future__ import annotations

from collections.abc import Sequence

from cirkeldesk.desktop.kit.grid.cells import Parsed
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.messages import Action, BarKind, Messages
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.tender import edits


def take_entered(session: Session, model: GridModel, bars: Messages, parsed: Parsed, key: str) -> None:
    """One value typed, as one step. A hint shows above the grid, with a button that enters the other
    reading."""
    bars.clear("cell")
    if parsed.edit is not None:
        session.commit(parsed.edit, asks=not parsed.of_refused)
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


Cells = list[tuple[int, int, str]]
MOST_NAMED = 3


def paste_into(session: Session, model: GridModel, bars: Messages, cells: Cells, lost: int) -> None:
    """A pasted block as one step. Refused texts are named and stay out; what did not fit is counted."""
    _put(session, model, bars, cells, lost, "paste", "geplakt")


def fill_into(session: Session, model: GridModel, bars: Messages, cells: Cells) -> None:
    """One value carried on into other cells, as one step."""
    if cells:
        _put(session, model, bars, cells, 0, "fill", "doorgevoerd")


def _put(
    session: Session, model: GridModel, bars: Messages, cells: Cells, lost: int, step: str, word: str
) -> None:
    """Texts into cells as one step, and a bar that says what was read how, with the other reading at hand."""
    step_edits: list[edits.Edit] = []
    problems: list[str] = []
    hints: list[str] = []
    others: list[tuple[str, str, str]] = []
    for row, column, text in cells:
        parsed = model.sheet.parse(row, column, text)
        if parsed.problem is not None:
            problems.append(f"{model.place(row, column)}: {parsed.problem}")
        elif parsed.edit is not None:
            step_edits.append(parsed.edit)
            hints += [parsed.hint] if parsed.hint else []
            if parsed.alternative is not None:
                others.append((model.sheet.key(row, column), text, parsed.alternative[1]))
    done = len(step_edits)
    committed = bool(step_edits) and session.commit(edits.together(step_edits, step, {"count": done}))
    parts = [f"{done} cellen {word}." if done != 1 else f"1 cel {word}."]
    if lost:
        parts.append(
            f"{lost} cellen pasten niet en zijn niet {word}."
            if lost != 1
            else f"1 cel paste niet en is niet {word}."
        )
    text = " ".join([*parts, *_first(list(dict.fromkeys(hints))), *_first(problems)])
    kind: BarKind = "warn" if problems or lost or hints else "info"
    if not committed:
        bars.clear("paste")
        if not step_edits:  # else a lock has said why, or nothing changed
            bars.show_bar("paste", text, kind)
        return
    actions: list[Action] = []
    if others:
        label = (
            f"Lees als {others[0][2]}"
            if len(others) == 1
            else f"Lees de {len(others)} getallen met een komma"
        )
        actions.append((label, lambda: _read_otherwise(session, model, bars, others)))
    undo_bar(session, bars, "paste", text, kind, actions)


def _first(texts: list[str]) -> list[str]:
    """The first few, and how many more there are: nothing is left unsaid."""
    more = len(texts) - MOST_NAMED
    return [*texts[:MOST_NAMED], *([f"En nog {more} zulke cellen."] if more > 0 else [])]


def _read_otherwise(
    session: Session, model: GridModel, bars: Messages, others: list[tuple[str, str, str]]
) -> None:
    """The pasted figures that could be read two ways, the other way; cells may have moved since."""
    cells = [(*place, other) for key, _, other in others if (place := model.find(key)) is not None]
    _put(session, model, bars, cells, 0, "paste", "anders gelezen")


def clear_cells(session: Session, model: GridModel, cells: list[tuple[int, int]]) -> None:
    """Empty a block as one step; what cannot be empty stays."""
    parsed = [model.sheet.parse(row, column, "") for row, column in cells]
    found = [one.edit for one in parsed if one.edit is not None]
    for row, column in cells:
        model.forget_wrong(model.sheet.key(row, column))
    if found:
        session.commit(found[0] if len(found) == 1 else edits.together(found, "clear", {"count": len(found)}))


def undo_bar(
    session: Session,
    bars: Messages,
    key: str,
    text: str,
    kind: BarKind = "info",
    actions: Sequence[Action] = (),
) -> None:
    """A message about the step just made, with a button that undoes that step; it goes when something else is
    done."""
    seq = session.last_step
    bar = bars.show_bar(key, text, kind, [*actions, ("Ongedaan maken", lambda: session.undo_step(seq))])

    def leave() -> None:
        if session.last_step != seq:
            session.changed.disconnect(leave)
            if bars.bar(key) is bar:
                bars.clear(key)

    session.changed.connect(leave)
