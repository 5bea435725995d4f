"""The checklists of a tender: what an act waits for, with what stands outside the tender."""

from __future__ import annotations

from cirkeldesk.model.award.readiness import Gate, ReadyLine, Surroundings, readiness
from cirkeldesk.model.comparison.result import Inputs
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.paper.context import PaperContext
from cirkeldesk.operations.paper.printable import to_mend
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.advice import advice


def ready(
    workspace: Workspace, tender: Tender, gate: Gate, inputs: Inputs | None = None
) -> tuple[ReadyLine, ...]:
    """Every line of a gate. `inputs` are those of the tender that is open, which remember what was worked
    out."""
    with workspace.unit() as unit:
        context = PaperContext(unit, tender, inputs=inputs)
        now = unit.now()
    return readiness(gate, context.comparison, context.award, _around(context, gate, now))


def _around(context: PaperContext, gate: Gate, now: str) -> Surroundings:
    settings, current = context.settings, context.current_version
    on_paper = gate == "final"
    return Surroundings(
        settings.organisation,
        settings.address,
        settings.court,
        now,
        flags=tuple(context.open_flags()) if on_paper else (),
        unwritten=_unwritten(context) if on_paper else (),
        signs=tuple(to_mend(context.tender)) if on_paper or gate == "letters" else (),
        version=current.number if current is not None else None,
    )


def _unwritten(context: PaperContext) -> tuple[str, ...]:
    """Sections of the advice in which nothing stands: those that decide above all."""
    found = (context.told("internal").section(key) for key in advice.SECTIONS)
    return tuple(section.title for section in found if section is not None and not section.text.strip())
