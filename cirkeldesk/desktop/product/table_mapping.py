"""How a table is read: what each column is, which set, which decimal sign; kept for the next table of its
kind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.look.cells import dress_table
from cirkeldesk.desktop.kit.tables.text_table import TextTableModel
from cirkeldesk.desktop.kit.widgets import button, heading, muted, plain_label
from cirkeldesk.model.product.indicators import INDICATORS
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.refusal import NeedsAnswer
from cirkeldesk.operations.product import tables
from cirkeldesk.operations.product.tables import (
    Sheet,
    TableMapping,
    candidates,
    column_letters,
    open_table,
    read_amount,
    shown_name,
)

SHOWN_ROWS = 40
USES = (
    ("", "overslaan"),
    ("indicator", "milieueffect"),
    ("unit", "eenheid van de waarde"),
    ("module", "levensfase"),
    ("value", "waarde"),
    ("scenario", "scenario"),
    ("name", "naam van het product"),
    ("uuid", "UUID"),
    ("version", "versie"),
    ("amount", "hoeveelheid"),
    ("declared_unit", "eenheid van het product"),
    ("density", "dichtheid"),
    ("valid_until", "geldig tot"),
    ("owner", "eigenaar"),
    ("number", "nummer"),
)
MODULE_NAMES = (*MODULES, "A1", "A2", "A3", "A4-A5", "B1-B5", "C1-C4", "C3-C4")
MODULE_USES = tuple((f"module:{name}", f"waarden van {name}") for name in MODULE_NAMES)
VALUE_USES = tuple(
    (
        f"value:{tables.key_text((row.set, row.code))}",
        f"waarden van {row.code}" + (f" ({row.set})" if row.set else ""),
    )
    for row in INDICATORS
)


class MappingPage(QWidget):
    chosen = Signal(Path, object)  # file, TableMapping

    def __init__(self) -> None:
        super().__init__()
        self.file = Path()
        self.sheets: tuple[Sheet, ...] = ()
        self.mapping = TableMapping()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.back = button("Terug", lambda: None)
        self.title = heading("Tabel indelen", 1.15)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        self.take = button("Inlezen", self._take, primary=True)
        head.addWidget(self.take)
        column.addLayout(head)
        column.addWidget(
            muted(
                "Zeg wat er in elke kolom staat. CirkelDesk onthoudt dit voor tabellen met dezelfde teksten."
            )
        )
        column.addLayout(self._whole())
        column.addLayout(self._one_column())
        column.addWidget(self._one_label())
        self.wrong = muted()
        column.addWidget(self.wrong)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setAccessibleName("Begin van de tabel; de eerste regel zegt wat een kolom is")
        self.model = TextTableModel()
        self.table.setModel(self.model)
        theme.keep_rows(self.table.verticalHeader(), 26)
        self.table.selectionModel().currentChanged.connect(
            lambda current, _: self._choose_cell(current.row(), current.column())
        )
        column.addWidget(self.table, 1)

    def _whole(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.sheet_choice = ChoiceList()
        self.sheet_choice.setAccessibleName("Blad")
        self.sheet_choice.activated.connect(lambda index: self._change(sheet=self.sheets[index].name))
        self.header_row = TextField("Koppen in rij", number=True)
        self.header_row.committed.connect(self._set_header)
        self.set_choice = Choice("Weegset", [(None, "blijkt uit de tabel"), ("A1", "A1"), ("A2", "A2")])
        self.set_choice.chosen.connect(lambda value: self._change(set=value))
        self.decimal = Choice(
            "Decimalen achter", [("", "blijkt uit de tabel"), (",", "een komma"), (".", "een punt")]
        )
        self.decimal.chosen.connect(lambda value: self._change(decimal=value))
        self.product = TextField("Naam van het product")
        self.product.committed.connect(lambda text: self._change(product=text.strip()))
        self.unit = TextField("Waarden gelden per", hint="1 ton, 1000 kg, 1 m2 …")
        self.unit.committed.connect(self._set_unit)
        self.brackets = Choice(
            "(0,75) is",
            [("", "blijkt uit de tabel"), ("minus", "een minteken: -0,75"), ("skip", "geen getal")],
        )
        self.brackets.chosen.connect(lambda value: self._change(brackets=value))
        self.unseen = Choice("Verborgen en doorgehaald", [("", "weglaten"), ("read", "ook lezen")])
        self.unseen.chosen.connect(lambda value: self._change(unseen=value))
        sheets = QVBoxLayout()
        sheets.setSpacing(2)
        sheets.addWidget(plain_label("Blad"))
        sheets.addWidget(self.sheet_choice)
        grid.addLayout(sheets, 0, 0, Qt.AlignmentFlag.AlignTop)
        fields = (
            self.header_row,
            self.set_choice,
            self.decimal,
            self.product,
            self.unit,
            self.brackets,
            self.unseen,
        )
        for place, field in enumerate(fields, 1):
            grid.addWidget(field, place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return grid

    def _one_column(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.column_name = plain_label()
        self.column_name.setTextFormat(Qt.TextFormat.PlainText)
        self.use = ChoiceList()
        self.use.setAccessibleName("Wat er in de gekozen kolom staat")
        self.use.setMinimumWidth(220)
        for code, text in (*USES, *MODULE_USES, *VALUE_USES):
            self.use.addItem(text, code)
        self.use.activated.connect(lambda _: self._set_use(str(self.use.currentData())))
        row.addWidget(self.column_name)
        row.addWidget(self.use)
        row.addWidget(button("Kolom overslaan", partial(self._set_use, "")))
        row.addStretch(1)
        return row

    def _one_label(self) -> QWidget:
        """What the label of the chosen row means; there only for a label that nobody knows."""
        self.label_row = QWidget()
        row = QHBoxLayout(self.label_row)
        row.setContentsMargins(0, 0, 0, 0)
        self.label_name = plain_label()
        self.label_name.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning = ChoiceList()
        self.meaning.setAccessibleName("Welk milieueffect de gekozen rij is")
        self.meaning.setMinimumWidth(220)
        self.meaning.activated.connect(lambda _: self._set_meaning(self.meaning.currentData()))
        row.addWidget(self.label_name)
        row.addWidget(self.meaning)
        row.addStretch(1)
        self.label_row.hide()
        return self.label_row

    def show_file(self, file: Path) -> None:
        """Open the table with what its texts propose. Raises ReadError when it is no table at all."""
        self.sheets = open_table(file)
        self.file = file
        name = shown_name(file)
        self.title.setText(f"Tabel indelen: {name}")
        try:
            self.mapping = tables.propose(self.sheets, name)
        except NeedsAnswer:
            sheet = self.sheets[0]
            width = len(sheet.rows[0]) if sheet.rows else 0
            self.mapping = TableMapping(sheet.name, 0, ("",) * width, product=file.stem)
        self.sheet_choice.clear()
        self.sheet_choice.addItems([sheet.name or name for sheet in self.sheets])
        self._show()

    @property
    def sheet(self) -> Sheet:
        return tables.as_read(self._whole_sheet, self.mapping)

    @property
    def _whole_sheet(self) -> Sheet:
        return next((sheet for sheet in self.sheets if sheet.name == self.mapping.sheet), self.sheets[0])

    def _change(self, **values: object) -> None:
        changed = replace(self.mapping, **values)  # type: ignore[arg-type]
        if changed == self.mapping:
            self._show()
            return
        if values.keys() & {"sheet", "header", "unseen"}:
            self.mapping = changed
            width = len(self.sheet.rows[0]) if self.sheet.rows else 0
            changed = replace(changed, header=min(changed.header, max(0, len(self.sheet.rows) - 1)))
            anew = (
                tables.mapping_at(self.sheet, changed.header, shown_name(self.file))
                if self.sheet.rows
                else None
            )
            # Another header is another table: what its texts tell comes first, a person's choices after.
            if anew is None:
                changed = replace(changed, uses=("",) * width)
            else:
                changed = replace(
                    anew, product=changed.product, unit=changed.unit or anew.unit, unseen=changed.unseen
                )
        self.mapping = changed
        self._show()

    def _set_header(self, text: str) -> None:
        """The row as people count it, from 1."""
        number = text.strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= max(1, len(self.sheet.rows))):
            self.header_row.say(f"Vul een rij in van 1 tot {max(1, len(self.sheet.rows))}.", wrong=True)
            return
        self.header_row.say("")
        self._change(header=int(number) - 1)

    def _set_unit(self, text: str) -> None:
        if text.strip() and read_amount(text) is None:
            self.unit.say("Schrijf een hoeveelheid met een eenheid, bijvoorbeeld: 1 ton.", wrong=True)
            return
        self.unit.say("")
        self._change(unit=text.strip())

    def _choose_cell(self, row: int, column: int) -> None:
        self._choose_column(column)
        label = self._label_of(row)
        unknown = bool(label) and not candidates(label) and self.mapping.set is not None
        self.label_row.setVisible(unknown)
        if not unknown:
            return
        self.label_name.setText(f"Rij “{label[:60]}” is")
        said = dict(self.mapping.names).get(label)
        self.meaning.clear()
        self.meaning.addItem("nog niet gezegd", None)
        self.meaning.addItem("iets dat niet meetelt", "")
        for known in INDICATORS:
            if known.set in (self.mapping.set, None):
                self.meaning.addItem(known.code, tables.key_text((known.set, known.code)))
        self.meaning.setCurrentIndex(max(0, self.meaning.findData(said)))

    def _label_of(self, row: int) -> str:
        """The label of a shown row; the first shown row says what a column is, the second is the header."""
        column = self.mapping.column("indicator")
        if column is None or row < 2:
            return ""
        return self.sheet.cell(self.mapping.header + row - 1, column).text

    def _set_meaning(self, meaning: str | None) -> None:
        label = self._label_of(self.table.currentIndex().row())
        names = {**dict(self.mapping.names), label: meaning or ""}
        if meaning is None:
            names.pop(label)
        self._change(names=tuple(names.items()))

    def _choose_column(self, index: int) -> None:
        if not 0 <= index < len(self.mapping.uses):
            return
        head = self.sheet.cell(self.mapping.header, index).text
        self.column_name.setText(f"Kolom {column_letters(index)} “{head[:40]}” is")
        self.use.setCurrentIndex(max(0, self.use.findData(self.mapping.uses[index])))

    def _set_use(self, use: str) -> None:
        index = self.table.currentIndex().column()
        if not 0 <= index < len(self.mapping.uses):
            return
        uses = tuple(
            use if i == index else "" if found == use and use else found
            for i, found in enumerate(self.mapping.uses)
        )
        self._change(uses=uses)
        self.table.setCurrentIndex(self.model.index(0, min(index + 1, len(uses) - 1)))

    def _show(self) -> None:
        mapping, sheet = self.mapping, self.sheet
        self.sheet_choice.setCurrentIndex(self.sheets.index(self._whole_sheet))
        self.unseen.setVisible(bool(self._whole_sheet.unseen))
        self.unseen.show_value(mapping.unseen)
        self.header_row.show_value(str(mapping.header + 1))
        self.set_choice.show_value(mapping.set)
        self.decimal.show_value(mapping.decimal)
        self.brackets.show_value(mapping.brackets)
        self.product.show_value(mapping.product)
        self.unit.show_value(mapping.unit)
        names = dict((*USES, *MODULE_USES, *VALUE_USES))
        uses = tuple(names.get(use, _other_use(use)) for use in mapping.uses)
        letters = tuple(column_letters(index) for index in range(len(mapping.uses)))
        rows = tuple(
            tuple(cell.text for cell in row)
            for row in sheet.rows[mapping.header : mapping.header + SHOWN_ROWS]
        )
        self.model.show(letters, (uses, *rows), frozenset(range(len(letters))))
        for index in range(len(letters)):
            self.table.setColumnWidth(index, 150)
        self.wrong.setText(self.what_is_missing())
        self.take.setEnabled(not self.what_is_missing())
        if not self.table.currentIndex().isValid() and letters:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self._choose_cell(self.table.currentIndex().row(), self.table.currentIndex().column())

    def what_is_missing(self) -> str:
        """What must still be said before the table can be read; "" when nothing."""
        mapping = self.mapping
        if mapping.by_indicator:
            label = mapping.column("indicator")
            if label is None:
                return "Kies de kolom met de milieueffecten."
            rows = self.sheet.rows[mapping.header + 1 :]
            if not any(candidates(row[label].text) for row in rows):
                return f"In kolom {column_letters(label)} herkennen wij geen milieueffect."
            return self._still_open()
        if mapping.by_value and mapping.column("indicator") is None:
            return "Kies de kolom met de milieueffecten."
        if not mapping.by_value and not any(use.startswith(("value:", "named:")) for use in mapping.uses):
            return "Kies minstens één kolom met waarden."
        return (
            self._still_open() if mapping.column("module") is not None else "Kies de kolom met de levensfase."
        )

    def _still_open(self) -> str:
        """What the texts leave open and only a person can say."""
        if tables.ambiguous(self.sheet, self.mapping):
            return "Kies de weegset: de milieueffecten kunnen bij A1 en bij A2 horen."
        if not self.mapping.decimal and tables.sign_is_open(self.sheet, self.mapping):
            return "Kies of een komma of een punt de decimalen scheidt."
        if tables.brackets_are_open(self.sheet, self.mapping):
            return "Kies of een getal tussen haakjes, zoals (0,75), een minteken heeft."
        unknown = tables.open_labels(self.sheet, self.mapping)
        if unknown:
            return f"Kies de rij “{unknown[0][:60]}” en zeg welk milieueffect dat is."
        return ""

    def _take(self) -> None:
        self.chosen.emit(self.file, self.mapping)


def _other_use(use: str) -> str:
    """A column the texts named themselves: a module under a scenario, or a name that fits both sets."""
    kind, _, rest = use.partition(":")
    return f"waarden van {rest.replace('|', ', ')}" if kind == "module" else f"waarden van {rest}"
