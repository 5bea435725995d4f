"""A product in full: its values as declared or typed, its composition, and the facts of its declaration."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.choices import Tabs
from cirkeldesk.desktop.kit.drafts import SEPARATOR
from cirkeldesk.desktop.kit.fields import TypedPerSubject, take_typing_in
from cirkeldesk.desktop.kit.file_dialogs import ask_for_file, ask_where
from cirkeldesk.desktop.kit.grid.cells import Parsed
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.messages import BarKind, Messages
from cirkeldesk.desktop.kit.product_editor.tabs import CompositionPage, FactsPage, ValuesPage
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label, plain_tip
from cirkeldesk.model.product.edits import ProductEdit, product_edits_together
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.operations.product.typed import decimal_sign_of, with_comma
from cirkeldesk.wording import numbers, terms


class ProductEditor(QWidget):
    """`committed` asks for one step; whoever owns the product applies it and shows the result with
    `show_product`."""

    product_wanted = Signal(str)
    committed = Signal(object)  # ProductEdit
    answered = Signal(str, str)  # key of an open question, answer
    paper_wanted = Signal()  # the values beside the PDF they were read from
    evidence_wanted = Signal(Path)
    evidence_saved = Signal(object, Path)  # Attachment

    def __init__(self, bars: Messages) -> None:
        super().__init__()
        self.bars = bars
        self.product: Product | None = None
        self._typed = TypedPerSubject(self)
        self.read_only = False
        self.has_paper = False  # whoever owns it can show the PDF beside the values
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        self.title = heading("", 1.15)
        self.facts = muted()
        for label in (self.title, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a name from a file is text, whatever it looks like
        column.addWidget(self.title)
        column.addWidget(self.facts)
        self.question_row = QHBoxLayout()
        column.addLayout(self.question_row)
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.values_page = ValuesPage()
        self.values_page.entered.connect(self._entered)
        self.values_page.pasted.connect(self._pasted)
        self.values_page.deleted.connect(self._deleted)
        self.values_page.set_chosen.connect(self.committed)
        self.composition_page = CompositionPage(self.committed.emit)
        self.composition_page.model.entered.connect(self._entered)
        self.composition_page.model.refused.connect(self._refused)
        self.values_page.model.refused.connect(self._refused)
        self.composition_page.grid.pasted.connect(partial(self._pasted, self.composition_page.model))
        self.composition_page.grid.filled.connect(
            lambda cells: self._pasted(self.composition_page.model, cells, 0)
        )
        self.composition_page.grid.deleted.connect(partial(self._deleted, self.composition_page.model))
        self.facts_page = FactsPage(self.committed.emit)
        self.facts_page.add_evidence.clicked.connect(self._choose_evidence)
        self.facts_page.save_evidence.connect(self._save_evidence)
        self.tabs.addTab(self.values_page, "Waarden")
        self.tabs.addTab(self.composition_page, "Samenstelling")
        self.tabs.addTab(self.facts_page, "Gegevens")
        column.addWidget(self.tabs, 1)

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def show_product(self, product: Product, *, read_only: bool) -> None:
        if self.product is None or self.product.id != product.id:
            take_typing_in(self)
            self._typed.turn_to(product.id)  # what was wrong with another product waits for it
        self.product, self.read_only = product, read_only
        self.title.setText(product.name)
        self.facts.setText("\n".join(fact_lines(product)))
        self._show_questions(product)
        self.values_page.show_product(product, read_only=read_only)
        self.composition_page.show_product(product, read_only=read_only)
        self.facts_page.show_product(product, read_only=read_only)
        group = self.facts_page.group_of(product)
        for part in (self.composition_page.reclaimed, self.composition_page.reclaimed_of):
            part.setVisible(group is None or group.reclaimed_label is not None)
        self._typed.put_back()

    @property
    def draft_part(self) -> str:
        return self.product.id if self.product is not None else ""

    def go_to_draft_part(self, part: str) -> bool:
        self.product_wanted.emit(part)
        return self.draft_part == part

    def kept_texts(self) -> dict[str, str]:
        """Texts that were refused in a cell."""
        found = {}
        for grid in self.findChildren(Grid):
            for key, refused in grid.grid_model.wrong.items():
                found[SEPARATOR.join([self.draft_part, grid.accessibleName(), key])] = refused.text
        return found

    def _show_questions(self, product: Product) -> None:
        while self.question_row.count():
            item = self.question_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        texts = {scenario.name: scenario.text for scenario in product.scenarios}
        for question in product.open:
            self.question_row.addWidget(plain_label(terms.QUESTION_KEYS[question.key]))
            if question.key == "confirm" and self.has_paper:
                self.question_row.addWidget(
                    button("Vergelijk met de PDF", self.paper_wanted.emit, primary=True)
                )
                continue
            for choice in question.choices:
                made = button(choice, partial(self.answered.emit, question.key, choice))
                made.setToolTip(plain_tip(texts.get(choice) or ""))
                made.setEnabled(not self.read_only)
                self.question_row.addWidget(made)
        if product.open:
            self.question_row.addStretch(1)

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def _entered(self, parsed: Parsed, key: str) -> None:
        self.bars.clear("cell")
        self.bars.clear("paste")
        if parsed.product is not None:
            self.committed.emit(parsed.product)
        if parsed.hint:
            self.bars.show_bar("cell", parsed.hint, "warn", self._other_reading(parsed, key))

    def _other_reading(self, parsed: Parsed, key: str) -> list[tuple[str, Callable[[], object]]]:
        if parsed.alternative is None:
            return []
        label, text = parsed.alternative
        model = self.values_page.model if key.startswith("value/") else self.composition_page.model

        def enter() -> None:
            place = model.find(key)
            if place is not None:
                model.enter(*place, text)

        return [(label, enter)]

    def _refused(self, text: str, _key: str) -> None:
        self.bars.show_bar("cell", text, "error")

    def _pasted(self, model: GridModel, cells: list[tuple[int, int, str]], lost: int) -> None:
        """A pasted block as one step. Refused texts are named and stay out; what did not fit is counted.

        A block from an English sheet has points for decimals: where its own figures show that, all of it is
        read so. Where they cannot tell ("1.234" alone), it is read as Dutch and the other reading is a button
        away.
        """
        sign = decimal_sign_of([text.strip() for _, _, text in cells])
        if sign == ".":
            cells = [(row, column, with_comma(text)) for row, column, text in cells]
        self._paste(model, cells, lost, other=sign is None)

    def _paste(self, model: GridModel, cells: list[tuple[int, int, str]], lost: int, *, other: bool) -> None:
        found: list[ProductEdit] = []
        said: list[str] = []
        for row, column, text in cells:
            parsed = model.sheet.parse(row, column, text)
            if parsed.problem is not None:
                said.append(f"{model.place(min(row, model.rowCount() - 1), column)}: {parsed.problem}")
            elif parsed.product is not None:
                found.append(parsed.product)
                said += [parsed.hint] if parsed.hint else []
        text = f"{len(found)} cellen geplakt." if len(found) != 1 else "1 cel geplakt."
        if lost:
            text += (
                f" {lost} cellen pasten niet en zijn niet geplakt."
                if lost != 1
                else " 1 cel paste niet en is niet geplakt."
            )
        kind: BarKind = "warn" if said or lost else "info"
        if found:
            self.committed.emit(product_edits_together(found, f"plakken ({len(found)})"))
        actions: list[tuple[str, Callable[[], object]]] = []
        if other:
            again = [(row, column, with_comma(text)) for row, column, text in cells]
            actions.append(("Lees punten als komma", lambda: self._paste(model, again, lost, other=False)))
        self.bars.show_bar("paste", " ".join([text, *dict.fromkeys(said)][:4]), kind, actions)

    def _deleted(self, model: GridModel, cells: list[tuple[int, int]]) -> None:
        parsed = [model.sheet.parse(row, column, "") for row, column in reversed(cells)]
        found = [one.product for one in parsed if one.product is not None]
        for row, column in cells:
            model.forget_wrong(model.sheet.key(row, column))
        if found:
            self.committed.emit(product_edits_together(found, f"leegmaken ({len(found)})"))

    # --- evidence
    # ------------------------------------------------------------------------------------------------

    def _choose_evidence(self) -> None:
        path = ask_for_file(self, "Bewijs toevoegen", "PDF en andere bestanden (*)")
        if path is not None:
            self.evidence_wanted.emit(path)

    def _save_evidence(self, kept: Attachment) -> None:
        path = ask_where(self, "Bewijs opslaan als", kept.file)
        if path is not None:
            self.evidence_saved.emit(kept, path)


def fact_lines(product: Product) -> list[str]:
    """What holds for the product as a whole, in a line or two, and what was noticed."""
    amount = (
        f"{numbers.as_typed(product.declared_amount)} {product.declared_unit}"
        if product.declared_amount
        else ""
    )
    facts = [f"Waarden per {amount}" if amount else "Eenheid nog invullen"]
    if product.valid_until:
        facts.append(f"geldig tot {numbers.date(product.valid_until)}")
    if product.density_kg_m3:
        facts.append(f"dichtheid {numbers.as_typed(product.density_kg_m3)} kg/m³")
    facts += [text for text in (product.owner, product.number and f"nummer {product.number}") if text]
    facts += [d.method for d in product.declarations if d.method]
    facts.append(f"uit {product.source.file}" if product.source else "met de hand ingevoerd")
    chosen = dict.fromkeys(choice for d in product.declarations for choice in d.choices)
    if chosen:
        facts.append(f"scenario {', '.join(chosen)}")
    if product.fictitious:
        facts.append(terms.EXAMPLE_MARK)
    noticed = dict.fromkeys(terms.WARNINGS[key] for key in product.warnings if key in terms.WARNINGS)
    return [" · ".join(facts), *([f"Let op: {', '.join(noticed)}."] if noticed else [])]
