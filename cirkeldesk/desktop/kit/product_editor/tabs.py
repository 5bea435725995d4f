"""The pages of a product: its values, its composition, and the facts of its declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.product_editor.cells import CompositionSheet, ValueSheet
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import ScrollColumn, button, heading, muted
from cirkeldesk.model.product.composition import BiobasedStatement, Composition
from cirkeldesk.model.product.edits import (
    ProductEdit,
    choose_set,
    product_edits_together,
    set_composition,
    set_declarations,
    set_product_field,
)
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.modules import in_order
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.edits import with_value
from cirkeldesk.operations.product.typed import read_amount
from cirkeldesk.wording import numbers, terms

SETS: tuple[tuple[SetCode | None, str], ...] = (
    ("A2", "Milieueffecten set A2"),
    ("A1", "Milieueffecten set A1"),
    (None, "Grondstoffen, energie en afval"),
)
ABOUT = [(False, "het nieuwe product"), (True, "het hergebruikte of opgeknapte product zelf")]
CATEGORIES = [(None, terms.NOT_CHOSEN), *((c, c) for c in ("1", "2", "3", "3a"))]
RECLAIMED_OF = [(None, terms.NOT_CHOSEN), ("mix", "het mengsel"), ("binder", "het bindmiddel")]


class ValuesPage(QWidget):
    """Values of a file as they stand, or the grid in which a declaration on paper is typed."""

    entered = Signal(object, str)
    pasted = Signal(object, list, int)
    deleted = Signal(object, list)
    set_chosen = Signal(object)  # ProductEdit

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.set_box = ChoiceList()
        self.set_box.setAccessibleName("Welke waarden")
        self.set_box.setMinimumContentsLength(28)
        self.set_box.activated.connect(lambda _: self._choose())
        column.addWidget(self.set_box, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setAccessibleName("Waarden van het product")
        self.table_model = TextTableModel()
        self.table.setModel(self.table_model)
        self.table.verticalHeader().hide()
        theme.keep_rows(self.table.verticalHeader(), 26)
        column.addWidget(self.table, 1)
        self.model = GridModel(ValueSheet(Product("", ""), "A2"), self)
        self.model.entered.connect(self.entered)
        self.grid = Grid(self.model, "Waarden per milieueffect en levensfase")
        theme.keep_width(self.grid.verticalHeader(), 120)
        self.grid.horizontalHeader().setDefaultSectionSize(84)
        self.grid.setColumnWidth(0, 130)
        self.grid.pasted.connect(lambda cells, lost: self.pasted.emit(self.model, cells, lost))
        self.grid.filled.connect(lambda cells: self.pasted.emit(self.model, cells, 0))
        self.grid.deleted.connect(lambda cells: self.deleted.emit(self.model, cells))
        column.addWidget(self.grid, 1)
        self.help = muted(
            "Typ of plak de waarden zoals ze op papier staan. ND is niet opgegeven; leeg laten mag ook."
        )
        column.addWidget(self.help)
        self.product: Product | None = None

    def show_product(self, product: Product, *, read_only: bool) -> None:
        other = self.product is None or self.product.id != product.id
        self.product = product
        typed = product.source is None
        self.model.read_only = read_only
        self.table.setVisible(not typed)
        self.grid.setVisible(typed)
        self.help.setVisible(typed)
        current = self.set_box.currentData()
        self.set_box.clear()
        present = {d.set for d in product.declarations}
        for code, name in SETS:
            if typed or code in present:
                self.set_box.addItem(name, code or "")
        gone = bool(current) and current not in present  # a set that was chosen and undone
        wanted = next((d.set for d in product.declarations if d.set), None) if other or gone else current
        self.set_box.setCurrentIndex(max(0, self.set_box.findData(wanted or "")))
        self.set_box.setVisible(self.set_box.count() > 0)
        self._show()

    def _set(self) -> SetCode | None:
        data = self.set_box.currentData()
        return "A1" if data == "A1" else "A2" if data == "A2" else None

    def _choose(self) -> None:
        """Looking at another set of a typed product that has no values yet makes that its set."""
        assert self.product is not None
        wanted = self._set()
        empty = not any(d.values for d in self.product.declarations if d.set)
        if self.product.source is None and empty and wanted is not None and not self.model.read_only:
            self.set_chosen.emit(choose_set(wanted))
        else:
            self._show()

    def _show(self) -> None:
        assert self.product is not None
        if self.product.source is None:
            self.model.show_sheet(ValueSheet(self.product, self._set()))
        else:
            self._show_table(self.product)

    def _show_table(self, product: Product) -> None:
        """Indicators by modules, as declared; a module under two scenarios is two columns."""
        declaration = next((d for d in product.declarations if d.set == self._set()), None)
        if declaration is None:
            self.table_model.show((), ())
            return
        cells: dict[str, dict[tuple[str, str], str]] = {}
        units: dict[str, str] = {}
        whole: dict[tuple[str, tuple[str, str]], str] = {}
        columns: dict[tuple[str, str], None] = {}
        for row in declaration.values:
            place = (row.module, row.scenario or "")
            columns[place] = None
            text = terms.VALUE_STATES[row.state] or numbers.declared(row.value or 0.0)
            cells.setdefault(row.indicator, {})[place] = text
            if row.raw and row.raw != text:
                whole[(row.indicator, place)] = row.raw
            units.setdefault(row.indicator, row.unit or "")
        order = {name: i for i, name in enumerate(in_order({module for module, _ in columns}))}
        ordered = sorted(columns, key=lambda c: (order[c[0]], c[1]))
        header = (
            "Milieueffect",
            "Eenheid",
            *(f"{module} {scenario}".strip() for module, scenario in ordered),
        )
        rows = tuple(
            (code, units[code], *(found.get(c, "") for c in ordered)) for code, found in cells.items()
        )
        tips = {
            (i, 2 + j): whole[(code, place)]
            for i, code in enumerate(cells)
            for j, place in enumerate(ordered)
            if (code, place) in whole
        }
        self.table_model.show(header, rows, frozenset({0, 1}), tips)
        self.table.setColumnWidth(0, 130)
        metrics = self.table.fontMetrics()
        for index in range(1, len(header)):
            self.table.setColumnWidth(
                index, max(104, min(260, metrics.horizontalAdvance(header[index]) + 24))
            )


class CompositionPage(QWidget):
    """Raw materials by origin, reclaimed asphalt, and a biobased share as the supplier states it."""

    def __init__(self, commit: Callable[[ProductEdit], object]) -> None:
        super().__init__()
        self._commit = commit
        self.composition = Composition()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.model = GridModel(CompositionSheet(Product("", "")), self)
        self.grid = Grid(self.model, "Samenstelling")
        theme.keep_width(self.grid.verticalHeader(), 32)
        for index, width in enumerate((200, 200, 140, 170)):
            self.grid.setColumnWidth(index, width)
        column.addWidget(self.grid, 1)
        self.sum = muted()
        column.addWidget(self.sum)
        row = QHBoxLayout()
        self.reclaimed = TextField("PR (asfaltgranulaat), %", number=True)
        self.reclaimed.committed.connect(self._set_reclaimed)
        self.reclaimed_of = Choice("PR is een aandeel van", RECLAIMED_OF)
        self.reclaimed_of.chosen.connect(
            lambda value: commit(set_composition("reclaimed_of", value, "grondslag van PR"))
        )
        self.biobased = TextField("Biobased volgens opgave, %", number=True)
        self.biobased.committed.connect(self._set_biobased)
        bases = [(None, terms.NOT_CHOSEN), *terms.BASES.items()]
        self.basis = Choice("Biobased is een aandeel", bases)
        self.basis.chosen.connect(self._set_basis)
        for widget in (self.reclaimed, self.reclaimed_of, self.biobased, self.basis):
            row.addWidget(widget)
        column.addLayout(row)

    def show_product(self, product: Product, *, read_only: bool) -> None:
        composition = self.composition = product.composition
        self.model.read_only = read_only
        self.model.show_sheet(CompositionSheet(product))
        for widget in (self.reclaimed, self.reclaimed_of, self.biobased, self.basis):
            widget.setEnabled(not read_only)
        self.sum.setText(sum_sentence(composition))
        self.reclaimed.show_value(_percent(composition.reclaimed))
        self.reclaimed_of.show_value(composition.reclaimed_of)
        self.biobased.show_value(_percent(composition.biobased.fraction if composition.biobased else None))
        self.basis.show_value(composition.biobased.basis if composition.biobased else None)

    def _set_reclaimed(self, text: str) -> None:
        share = self._share(self.reclaimed, text)
        if share is not False:
            self._commit(set_composition("reclaimed", share, "PR"))

    def _set_biobased(self, text: str) -> None:
        """A share needs a basis; the mix is offered first and can be changed beside it."""
        share = self._share(self.biobased, text)
        if share is False:
            return
        known = self.composition.biobased
        basis = known.basis if known else "mix"
        stated = (
            BiobasedStatement(share, basis, known.method if known else None) if share is not None else None
        )
        self._commit(set_composition("biobased", stated, "biobased volgens opgave"))

    def _set_basis(self, basis: object) -> None:
        known = self.composition.biobased
        if known is None or basis is None:
            self.basis.show_value(known.basis if known else None)
            return
        stated = BiobasedStatement(known.fraction, basis, known.method)  # type: ignore[arg-type]
        self._commit(set_composition("biobased", stated, "grondslag van biobased"))

    @staticmethod
    def _share(field: TextField, text: str) -> float | bool | None:
        """The typed percentage as a fraction, None for an emptied field, False when it is refused."""
        read = read_cell_number(text.strip().rstrip("%"), positive=False)
        if read.problem or (read.value is not None and not 0 <= read.value <= 100):
            field.say(read.problem or "Vul een percentage van 0 tot 100 in.", wrong=True)
            return False
        field.say(read.hint or "")
        return read.value / 100 if read.value is not None else None


def _percent(fraction: float | None) -> str:
    return numbers.as_typed(round(fraction * 100, 10)) if fraction is not None else ""


def sum_sentence(composition: Composition) -> str:
    """What the raw materials add up to, and what that means for the shares."""
    if not any(c.fraction is not None for c in composition.constituents):
        return "Nog geen grondstoffen met een aandeel. Wat niet is opgegeven, blijft onbekend."
    total = numbers.percent(composition.total * 100, 1)
    if not composition.is_valid:
        return f"De grondstoffen tellen op tot {total}. Dat is meer dan 100 %. Verbeter de aandelen."
    if composition.total < 1 - 1e-6:
        rest = numbers.percent((1 - composition.total) * 100, 1)
        return f"De grondstoffen tellen op tot {total}. Van {rest} is niet opgegeven wat het is; dat deel blijft onbekend."
    return f"De grondstoffen tellen op tot {total}."


class FactsPage(ScrollColumn):
    """Source, number, verifier, validity, rules and category of a declaration; and the files kept as
    evidence."""

    save_evidence = Signal(object)
    TEXTS = (
        ("name", "Naam *"),
        ("supplier", "Leverancier"),
        ("owner", "Eigenaar van de verklaring"),
        ("number", "Nummer van de verklaring"),
        ("verifier", "Toetser"),
    )

    def __init__(self, commit: Callable[[ProductEdit], object]) -> None:
        super().__init__(0, 8, 8, 8)
        self._commit = commit
        self.product: Product | None = None
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.fields: dict[str, TextField] = {}
        for name, label in self.TEXTS:
            self.fields[name] = field = TextField(label)
            field.committed.connect(lambda text, n=name, lb=label: self._text(n, text.strip() or None, lb))
        self.amount = TextField("Waarden gelden per *", hint="1 ton, 1000 kg, 1 m2 …")
        self.amount.committed.connect(self._set_amount)
        self.density = TextField("Dichtheid, kg/m³", number=True)
        self.density.committed.connect(self._set_density)
        self.valid = TextField("Geldig tot", hint="dd-mm-jjjj of jaar")
        self.valid.committed.connect(self._set_valid)
        self.rules = TextField("PCR of rekenregels, met versie", hint="bijvoorbeeld NL-PCR Asfalt 2.0")
        self.rules.committed.connect(
            lambda text: commit(set_declarations("rules", text.strip() or None, "rekenregels"))
        )
        self.background = TextField("Achtergronddatabase")
        self.background.committed.connect(
            lambda text: commit(set_declarations("background", text.strip() or None, "achtergronddatabase"))
        )
        self.category = Choice("Datacategorie", CATEGORIES)
        self.category.chosen.connect(
            lambda value: commit(set_declarations("category", value, "datacategorie"))
        )
        self.about = Choice("Verklaring gaat over", ABOUT)
        self.about.chosen.connect(
            lambda value: commit(set_declarations("of_reused", value, "waar de verklaring over gaat"))
        )
        self.group = Choice("Productgroep", [])
        self.group.chosen.connect(
            lambda value: commit(set_product_field("product_group", value, "productgroep"))
        )
        self.sizes = TextField("Leverbare maten", hint="80; 100; 120")
        self.sizes.committed.connect(self._set_sizes)
        self.groups: dict[str, ProductGroup] = {}
        self.properties: dict[str, TextField] = {}
        self.widgets: list[QWidget] = [
            *(self.fields[name] for name, _ in self.TEXTS),
            *(self.amount, self.density, self.valid, self.rules, self.background, self.category, self.about),
            *(self.group, self.sizes),
        ]
        for place, widget in enumerate(self.widgets):
            grid.addWidget(widget, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(grid)
        self.own = QGridLayout()  # what products of its group bring along, such as lambda
        self.own.setHorizontalSpacing(16)
        self.column.addLayout(self.own)
        self.column.addWidget(heading("Bewijs", 1.0))
        self.kept = QVBoxLayout()
        self.column.addLayout(self.kept)
        self.add_evidence = button("Bewijs toevoegen", lambda: None, icon="plus")
        self.add_evidence.setToolTip(
            "Bijvoorbeeld de PDF van de milieuverklaring; het bestand blijft ongewijzigd bewaard"
        )
        self.column.addWidget(self.add_evidence, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_product(self, product: Product, *, read_only: bool) -> None:
        self.product = product
        for name, field in self.fields.items():
            field.show_value(getattr(product, name) or "")
        amount = (
            f"{numbers.as_typed(product.declared_amount)} {product.declared_unit}"
            if product.declared_amount
            else ""
        )
        self.amount.show_value(amount)
        self.density.show_value(numbers.as_typed(product.density_kg_m3) if product.density_kg_m3 else "")
        self.valid.show_value(numbers.date(product.valid_until) if product.valid_until else "")
        first = product.declarations[0] if product.declarations else None
        self.rules.show_value(first.rules or "" if first else "")
        self.background.show_value(first.background or "" if first else "")
        self.category.show_value(first.category if first else None)
        self.about.show_value(first.of_reused if first else False)
        self.sizes.show_value("; ".join(numbers.as_typed(size) for size in product.sizes))
        self._show_group(product, read_only=read_only)
        from_file = product.source is not None
        for widget in self.widgets:
            widget.setEnabled(not read_only)
        # What a file says stays as it says; what it leaves out can be completed.
        self.amount.setEnabled(not read_only and (not from_file or product.declared_amount is None))
        for widget in (self.rules, self.background, self.category, self.about):
            widget.setEnabled(not read_only and first is not None)
        self.add_evidence.setEnabled(not read_only)
        self._show_kept(product)

    def set_groups(self, groups: Iterable[ProductGroup]) -> None:
        self.groups = {group.code: group for group in groups}
        self.group.set_options(
            [(None, terms.NOT_CHOSEN), *((group.code, group.name) for group in self.groups.values())]
        )

    def group_of(self, product: Product) -> ProductGroup | None:
        """Its own group; a product within a tender is of the tender's."""
        only = next(iter(self.groups.values())) if len(self.groups) == 1 else None
        return only or self.groups.get(product.product_group or "")

    def _show_group(self, product: Product, *, read_only: bool) -> None:
        """A field for each property that products of the group bring along; those made by a rule are no
        property of a product."""
        group = self.group_of(product)
        self.group.show_value(group.code if group is not None else None)
        self.group.setVisible(len(self.groups) > 1)
        made = {rule.gives for rule in group.rules} if group is not None else set()
        wanted = (
            [p for p in group.properties if p.answered and p.code not in made] if group is not None else []
        )
        self.sizes.setVisible(group is not None and any(rule.step for rule in group.rules))
        if [p.code for p in wanted] != list(self.properties):
            for old in self.properties.values():
                self.own.removeWidget(old)
                old.deleteLater()
            self.properties = {p.code: TextField(f"{p.label}, {p.unit}", number=True) for p in wanted}
            for place, (code, field) in enumerate(self.properties.items()):
                field.committed.connect(partial(self._set_property, code))
                self.own.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        values = dict(product.values)
        for code, field in self.properties.items():
            field.show_value(numbers.as_typed(values[code]) if code in values else "")
            field.setEnabled(not read_only)

    def _set_property(self, code: str, text: str) -> None:
        assert self.product is not None
        field, group = self.properties[code], self.group_of(self.product)
        assert group is not None
        read = read_cell_number(text, group=group, plausible=code, column=group.property(code).unit)
        field.say(read.problem or read.hint or "", wrong=read.problem is not None)
        if read.problem is None:
            values = with_value(self.product.values, code, read.value)
            self._commit(set_product_field("values", values, group.property(code).label.lower()))

    def _set_sizes(self, text: str) -> None:
        reads = [read_cell_number(part, column="mm") for part in text.split(";") if part.strip()]
        wrong = next((read.problem for read in reads if read.problem is not None), None)
        self.sizes.say(wrong or "", wrong=wrong is not None)
        if wrong is None:
            sizes = tuple(sorted({read.value for read in reads if read.value is not None}))
            self._commit(set_product_field("sizes", sizes, "leverbare maten"))

    def _show_kept(self, product: Product) -> None:
        while self.kept.count():
            item = self.kept.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for attachment in product.attachments:
            made = button(
                f"{attachment.file} opslaan als", partial(self.save_evidence.emit, attachment), icon="open"
            )
            made.setToolTip(f"Kenmerk {attachment.sha256[:12]}")
            self.kept.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        if not product.attachments:
            self.kept.addWidget(muted("Nog geen bewijs bewaard."))

    def _text(self, name: str, value: str | None, label: str) -> None:
        if name == "name" and value is None:
            self.fields[name].say("Een product heeft een naam nodig.", wrong=True)
            return
        self.fields[name].say("")
        self._commit(set_product_field(name, value, label.rstrip(" *").lower()))

    def _set_amount(self, text: str) -> None:
        found = read_amount(text) if text.strip() else None
        if text.strip() and found is None:
            self.amount.say(
                "Schrijf een hoeveelheid met een eenheid, bijvoorbeeld: 1 ton, 1000 kg of 1 m2.", wrong=True
            )
            return
        self.amount.say("")
        amount, unit = found or (None, None)
        parts = [
            set_product_field("declared_amount", amount, ""),
            set_product_field("declared_unit", unit, ""),
        ]
        self._commit(product_edits_together(parts, "hoeveelheid"))

    def _set_density(self, text: str) -> None:
        read = read_cell_number(text, thousands=True)
        if read.problem:
            self.density.say(read.problem, wrong=True)
            return
        self.density.say(read.hint or "")
        self._commit(set_product_field("density_kg_m3", read.value, "dichtheid"))

    def _set_valid(self, text: str) -> None:
        typed = text.strip()
        value = (
            (numbers.read_date(typed) or (typed if typed.isdigit() and len(typed) == 4 else None))
            if typed
            else None
        )
        if typed and value is None:
            self.valid.say("Schrijf een datum, bijvoorbeeld 31-12-2028, of een jaar.", wrong=True)
            return
        self.valid.say("")
        self._commit(set_product_field("valid_until", value, "geldig tot"))
