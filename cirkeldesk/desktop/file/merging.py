"""Putting a dossier together with what is here: how it stands, what it changes, and one question at a
time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted, plain_label
from cirkeldesk.model.document.merge import Side
from cirkeldesk.model.refusal import DocumentError, StoreError
from cirkeldesk.operations.file import merging
from cirkeldesk.operations.file.merging import DossierPart, Plan
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, sentences
from cirkeldesk.wording.file import merging as words

MOST_PARTS, MOST_CHANGES = 12, 15


class MergePage(ScrollColumn):
    done = Signal(object)  # the parts that were taken; none when nothing was done

    draft_about = ("page", "samenvoegen")

    def __init__(self, workspace: Workspace, bars: Messages) -> None:
        super().__init__(16, 12, 16, 16)
        self.workspace, self.bars = workspace, bars
        self.plan: Plan | None = None
        column = self.column
        column.setSpacing(8)
        column.addWidget(heading("Dossier samenvoegen", 1.15))
        self.origin = muted()
        self.parts = plain_label()
        self.parts.setWordWrap(True)
        column.addWidget(self.origin)
        column.addWidget(self.parts)
        self.number = muted()
        self.question = heading("", 1.0)
        self.here = plain_label()
        self.there = plain_label()
        for label in (self.number, self.question, self.here, self.there):
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout()
        self.keep = button("Laten zoals hier", lambda: self._answer("mine"))
        self.take = button("Nemen uit het dossier", lambda: self._answer("theirs"))
        row.addWidget(self.keep)
        row.addWidget(self.take)
        row.addStretch(1)
        column.addLayout(row)
        self.changes_title = heading("Wat er hier verandert", 1.0)
        self.changes = plain_label()
        self.changes.setWordWrap(True)
        column.addWidget(self.changes_title)
        column.addWidget(self.changes)
        row = QHBoxLayout()
        self.merge = button("Samenvoegen", self._merge, primary=True)
        self.again = button("Opnieuw kiezen", self._restart)
        self.leave = button("Niets doen", lambda: self.done.emit([]))
        for made in (self.merge, self.again, self.leave):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._asked = 0

    def show_plan(self, plan: Plan) -> None:
        self._asked = len(plan.questions)
        self._show(plan)
        (self.keep if plan.questions else self.merge).setFocus()

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        made = plan.reading.made
        who = (
            f", van {made.author or 'onbekend'} ({numbers.date(made.moment)})"
            if made is not None and made.moment
            else ""
        )
        self.origin.setText(f"{plan.file}{who}")
        told = [part for part in plan.parts if part.standing != "same"]
        same = len(plan.parts) - len(told)
        lines = [f"{part.name}: {words.STANDINGS[part.standing]}" for part in told[:MOST_PARTS]]
        if len(told) > MOST_PARTS:
            lines.append(f"En nog {len(told) - MOST_PARTS}.")
        if same:
            lines.append(f"{same} is hetzelfde." if same == 1 else f"{same} zijn hetzelfde.")
        self.parts.setText("\n".join(lines))
        self._show_question(plan)
        changes = [line for part in plan.parts for line in part.changes]
        shown = changes[:MOST_CHANGES] + (
            [f"En nog {len(changes) - MOST_CHANGES}."] if len(changes) > MOST_CHANGES else []
        )
        self.changes.setText("\n".join(shown))
        for widget in (self.changes_title, self.changes):
            widget.setVisible(bool(changes))
        may = not self.workspace.read_only
        self.merge.setEnabled(may and not plan.questions and plan.changes_something)
        self.again.setVisible(bool(plan.choices))

    def _show_question(self, plan: Plan) -> None:
        question = plan.questions[0] if plan.questions else None
        for widget in (self.number, self.question, self.here, self.there, self.keep, self.take):
            widget.setVisible(question is not None)
        if question is None:
            return
        left = len(plan.questions)
        self._asked = max(self._asked, left)
        self.number.setText(
            f"Vraag {self._asked - left + 1} van {self._asked}: dit is aan beide kanten gewijzigd."
        )
        self.question.setText(question.text)
        self.here.setText(f"Hier: {question.here}")
        self.there.setText(f"In het dossier: {question.there}")
        said = f"{self.number.text()} {question.text}. {self.here.text()}. {self.there.text()}"
        for made in (self.keep, self.take):
            made.setAccessibleDescription(said)

    def _answer(self, side: Side) -> None:
        if self.plan is None or not self.plan.questions:
            return
        self._show(merging.choose(self.workspace, self.plan, self.plan.questions[0], side))
        if self.plan is not None and not self.plan.questions:
            self.merge.setFocus()

    def _restart(self) -> None:
        assert self.plan is not None
        self.show_plan(merging.plan(self.workspace, self.plan.reading, self.plan.file))

    def _merge(self) -> None:
        assert self.plan is not None
        try:
            taken: list[DossierPart] = merging.take_dossier(self.workspace, self.plan)
        except StoreError as problem:
            self.bars.refuse("failed", problem)
            if problem.key == "merge_moved":
                self._restart()
            return
        except DocumentError as problem:
            text = sentences.error("dossier_broken", file=self.plan.file, part=problem.place or problem.key)
            self.bars.show_bar("failed", text, "error")
            return
        self.done.emit(taken)
