"""Step 1, Uitvraag: what is asked of every variant. One page, three blocks, the cursor in Titel."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QMenu, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField, show_locked
from cirkeldesk.desktop.kit.grid.cells import Parsed, read_cell_number
from cirkeldesk.desktop.kit.grid.grid import Grid, movable
from cirkeldesk.desktop.kit.grid.model import GridModel
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import (
    ScrollColumn,
    button,
    fold,
    heading,
    muted,
    plain_label,
    three_columns,
)
from cirkeldesk.desktop.tender.ask.award_rules import AwardRulesBlock
from cirkeldesk.desktop.tender.ask.beside import BesideAsk
from cirkeldesk.desktop.tender.ask.bill_panel import BillPanel
from cirkeldesk.desktop.tender.ask.known_values import (
    fill_rules,
    menu_button,
    values_of,
)
from cirkeldesk.desktop.tender.ask.more_asked import MoreAsked
from cirkeldesk.desktop.tender.ask.post_cells import PostSheet, next_post, pers
from cirkeldesk.desktop.tender.criteria import CriteriaBlock
from cirkeldesk.desktop.tender.entering import clear_cells, fill_into, paste_into, take_entered, undo_bar
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.product.modules import SCOPES
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.usual import Usual, take_usual, usual_choices
from cirkeldesk.operations.tender.tenders import product_groups
from cirkeldesk.operations.workspace import shipped, weighting_sets
from cirkeldesk.wording import asked, numbers, terms
from cirkeldesk.wording.window.usual import usual_words

RULES = [
    (None, terms.NOT_CHOSEN.capitalize()),
    *((code, text) for code, text in terms.REPLACEMENT_RULES.items()),
]
YES_NO = [(True, "ja"), (False, "nee")]


class AskPage(QWidget):
    """The fields in one column, and beside them what is still missing. `material_wanted` with the id of a
    post that may be answered with something reused."""

    material_wanted = Signal(str)

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.fields_column = ScrollColumn(16, 12, 16, 16)
        outer.addWidget(self.fields_column, 1)
        self.beside = BesideAsk(session)
        self.beside.wanted.connect(self.focus_field)
        self.beside.lock_wanted.connect(self._lock)
        outer.addWidget(self.beside)
        self.column = column = self.fields_column.column
        column.setSpacing(10)
        self.on_lock = plain_label()
        self.on_lock.setProperty("chip", "lock")
        column.addWidget(self.on_lock, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(heading("Het werk", 1.15))
        column.addLayout(self._work())
        column.addWidget(heading("Posten", 1.15))
        column.addWidget(self._posts(), 0)
        self.bill = BillPanel(session, bars)
        self.bill.closed.connect(lambda: self.grid.setFocus())
        column.addLayout(self._post_buttons())
        column.addWidget(self.bill)
        self.asked_head = heading("Wat moeten inschrijvers opgeven?", 1.15)
        column.addWidget(self.asked_head)
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.sentence)
        self.asked_part = QWidget()
        self.asked_part.setLayout(self._asked())
        self.adjust = fold("Aanpassen", self.asked_part)
        column.addLayout(self._beside_sentence())
        column.addWidget(self.asked_part)
        self.more = MoreAsked(self.session)
        self.more_button = fold("Meer: wat gelijk moet zijn, vaste waarden, aan te bieden", self.more)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.more)
        session.opened.connect(lambda: self.set_choice.set_options(self._sets()))
        session.changed.connect(self.refresh)
        self.refresh()

    def make_rest(self) -> None:
        """The award rules below: half of the page, made apart (see `TenderView.make_part`)."""
        self.award = AwardRulesBlock(self.session, self.bars)
        self.column.addWidget(self.award)
        self.criteria = CriteriaBlock(self.session, self.bars)
        self.column.addWidget(self.criteria)
        self._show_lock()
        self.column.addStretch(1)
        self.beside.refresh()

    def set_wide(self, wide: bool) -> None:
        self.beside.setVisible(wide)
        self.beside.refresh()

    def ensureWidgetVisible(self, widget: QWidget, x: int = 50, y: int = 50) -> None:
        self.fields_column.ensureWidgetVisible(widget, x, y)

    def focus_field(self, field: str) -> None:
        """To a field by its name: "tender.title", "ask.rules", "award.upper"."""
        _where, _, name = field.partition(".")
        fields: dict[str, QWidget] = {
            "title": self.title.edit,
            "functional_quantity": self.area.edit,
            "closes_on": self.closes.edit,
            "analysis_period": self.period.edit,
            "replacement_rule": self.rule.box,
            "includes_replacement": self.replacement.box,
            "rules": self.rules.edit,
            "reference_date": self.reference_date.edit,
            "include_d": self.include_d.box,
        }
        found = fields.get(name)
        if found is None:
            self.award.focus_field(name)
            return
        if self.asked_part.isAncestorOf(found):
            self.show_asked()
        found.setFocus()
        self.ensureWidgetVisible(found)

    def _lock(self) -> None:
        """The lock as the award rules put it; what it waits for is gone to first."""
        if not self.beside.lines.focus_first():
            self.award.document.edit.setFocus()
        if not self.award.needed():
            self.award.lock(taken_over=False)

    # --- blocks
    # --------------------------------------------------------------------------------------------------

    def _work(self) -> QGridLayout:
        group = self.session.comparison.group
        self.title = self._field("Titel *", "title", "titel")
        self.number = self._field("Nummer *", "number", "nummer")
        self.area = TextField(f"{group.functional_quantity_label} {group.functional_unit} *", number=True)
        label = group.functional_quantity_label.lower()
        self.area.committed.connect(
            lambda text: self._number(self.area, text, "functional_quantity", label, ask=False)
        )
        self.period = TextField("Beschouwingsperiode jaar *", number=True)
        self.period.committed.connect(
            lambda text: self._number(self.period, text, "analysis_period", "beschouwingsperiode", ask=True)
        )
        self.closes = TextField("Inschrijving sluit", hint="dd-mm-jjjj")
        self.closes.committed.connect(
            lambda text: self._date(self.closes, text, "closes_on", "sluitingsdatum", ask=False)
        )
        grid = three_columns()
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.number, 0, 2)
        grid.addWidget(self.area, 1, 0)
        grid.addWidget(self.period, 1, 1)
        grid.addWidget(self.closes, 1, 2)
        self.group = Choice("Productgroep *", [])
        self.group.chosen.connect(self._choose_group)
        grid.addWidget(self.group, 2, 0)
        self.group_note = muted()
        grid.addWidget(self.group_note, 2, 1, 1, 2)
        return grid

    def _choose_group(self, digest: object) -> None:
        self.session.commit(
            edits.set_group(self.groups[str(digest)], str(digest), self.session.comparison.group)
        )

    def _show_group(self) -> None:
        """The groups to choose from; once variants answer the posts, the group stays as it is."""
        tender, group = self.session.tender, self.session.comparison.group
        self.groups = {**product_groups(self.session.workspace), tender.product_group or "": group}
        newest = {value.code: digest for digest, value in self.groups.items()} | {
            group.code: tender.product_group or ""
        }
        self.group.set_options([(digest, self.groups[digest].name) for digest in newest.values()])
        self.group.show_value(tender.product_group)
        stays = edits.has_answers(tender)
        self.group.setEnabled(not (stays or self.session.read_only))
        why = "De productgroep ligt vast, want er zijn al varianten ingevuld. " if stays else ""
        self.group_note.setText(f"{why}* nodig om te rekenen. {group.note or ''}")

    def _posts(self) -> Grid:
        self.model = GridModel(PostSheet(self.session.tender, self.session.comparison), self)
        self.grid = Grid(self.model, "Posten")
        theme.keep_width(self.grid.verticalHeader(), 32)
        self.grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.model.last_step, self.model.undo = (lambda: self.session.last_step), self.session.undo
        self.model.marked.connect(self.session.marked)
        self.model.entered.connect(self._entered)
        self.model.refused.connect(lambda text, key: self.bars.show_bar("cell", text, "error"))
        self.grid.pasted.connect(self._pasted)
        self.grid.deleted.connect(lambda cells: clear_cells(self.session, self.model, cells))
        self.grid.filled.connect(lambda cells: fill_into(self.session, self.model, self.bars, cells))
        self.grid.moved.connect(lambda _, down: self._move(down) if down else None)
        self.grid.remove_wanted.connect(self.remove_post)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        movable(self.grid.verticalHeader(), self._moved_by_mouse)
        return self.grid

    def _post_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        add = button("Post", self.add_post, icon="plus")
        add.setToolTip("Nieuwe post (Ctrl+Shift+N)")
        row.addWidget(add)
        row.addWidget(button("Omhoog", lambda: self._move(-1)))
        row.addWidget(button("Omlaag", lambda: self._move(1)))
        row.addWidget(button("Verwijderen", self.remove_post))
        self.from_bill = button("Posten uit bestek", self.bill.choose)
        row.addWidget(self.from_bill)
        row.addStretch(1)
        return row

    def _asked(self) -> QGridLayout:
        offered = self._sets()
        self.set_choice = Choice("Weegset", offered)
        self.set_choice.chosen.connect(self._choose_set)
        scopes = [(names, terms.SCOPES[code]) for code, names in SCOPES.items()]
        self.scope = Choice("Levensfasen", scopes)
        self.scope.chosen.connect(lambda value: self._ask("modules", value, "levensfasen"))
        group = self.session.comparison.group
        self.per = Choice("MKI opgegeven per", [*pers(group).items(), ("work", terms.PER["work"])])
        self.per.chosen.connect(lambda value: self._ask("mki_per", value, "MKI per"))
        self.split = Choice("Uitgesplitst", [(False, "één totaal"), (True, "per levensfase")])
        self.split.chosen.connect(lambda value: self._ask("mki_split", value, "uitsplitsing"))
        self.rule = Choice("Vervangingsregel", RULES)
        self.rule.chosen.connect(lambda value: self._ask("replacement_rule", value, "vervangingsregel"))
        self.uplift = Choice("Toeslag 30 % al verwerkt", YES_NO)
        self.uplift.chosen.connect(lambda value: self._ask("includes_uplift", value, "toeslag"))
        options = [(None, terms.NOT_CHOSEN.capitalize()), *terms.YES_NO_UNKNOWN.items()]
        self.replacement = Choice("Vervanging al verwerkt", options)
        self.replacement.chosen.connect(lambda value: self._ask("includes_replacement", value, "vervanging"))
        self.include_d = Choice("Levensfase D telt mee", YES_NO)
        self.include_d.chosen.connect(lambda value: self._ask("include_d", value, "levensfase D"))
        self.rules = TextField("Rekenregels en versie", hint="bijvoorbeeld NL-PCR Asfalt 2.0")
        self.rules.committed.connect(lambda text: self._ask("rules", text.strip() or None, "rekenregels"))
        self.known_rules = menu_button(
            "Rekenregels kiezen", self, partial(fill_rules, self.session, self._take)
        )
        self.reference_date = TextField("Peildatum", hint="dd-mm-jjjj")
        self.reference_date.committed.connect(
            lambda text: self._date(self.reference_date, text, "reference_date", "peildatum", ask=True)
        )
        self.background = TextField("Achtergronddatabase", hint="bijvoorbeeld NMD 3.9")
        self.background.committed.connect(
            lambda text: self._ask("background", text.strip() or None, "achtergronddatabase")
        )
        grid = three_columns()
        rows = (
            (self.set_choice, self.scope, self.include_d),
            (self.per, self.split, self.rule),
            (self.uplift, self.replacement, self.rules),
            (self.reference_date, self.background, self.known_rules),
        )
        for line, widgets in enumerate(rows):
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, line, place, Qt.AlignmentFlag.AlignBottom)
        grid.setContentsMargins(0, 0, 0, 0)
        return grid

    def showEvent(self, event: QShowEvent) -> None:
        """What is all chosen stands in the sentence; decided when the page comes up, so that nothing folds
        under the hand."""
        super().showEvent(event)
        ask = self.session.tender.ask
        chosen = (self.session.comparison.replacement_rule, ask.includes_replacement, ask.rules)
        if not self.session.comparison.group.without_mki:
            self.adjust.setChecked(None in (*chosen, ask.reference_date) or bool(self._refused_here()))

    def show_asked(self) -> None:
        """The fields of the sentence, to be gone to."""
        self.adjust.setChecked(True)

    def _refused_here(self) -> list[TextField]:
        return [field for field in self.asked_part.findChildren(TextField) if field.is_wrong]

    def _beside_sentence(self) -> QHBoxLayout:
        """To change what the sentence says, or to take what is usual; the row stays when nothing is open."""
        row = QHBoxLayout()
        row.addWidget(self.adjust)
        self.usual = muted()
        self.take_usual = button("Overnemen", self._take_usual)
        self.take_usual.setAccessibleName("Gewone keuzes overnemen")
        row.addWidget(self.take_usual)
        row.addWidget(self.usual, 1)
        return row

    def _show_lock(self) -> None:
        lock = self.session.tender.lock
        self.on_lock.setVisible(lock is not None)
        self.on_lock.setText("Op slot. Een wijziging vraagt een nota van inlichtingen of een correctie.")
        show_locked(self, locked=lock is not None, but=(self.title, self.number, self.group))

    def _show_whether_mki(self) -> None:
        """A group without MKI asks none of this."""
        mki = not self.session.comparison.group.without_mki
        if not mki:
            self.adjust.setChecked(False)
        for widget in (self.asked_head, self.sentence, self.adjust, self.usual, self.more_button):
            widget.setVisible(mki)
        self.period.setVisible(mki)

    def _show_usual(self) -> None:
        self.choices = usual_choices(
            self.session.tender, self.session.comparison.replacement_rule, values_of(self.session).rules
        )
        mki = not self.session.comparison.group.without_mki
        open_now = mki and bool(self.choices) and self.session.tender.lock is None
        open_now = open_now and not self.session.read_only
        self.usual.setText(usual_words(self.choices) if open_now else "")
        self.take_usual.setVisible(open_now)
        self.take_usual.setAccessibleDescription(self.usual.text())

    def _take_usual(self) -> None:
        self.adjust.setFocus()  # the button goes with what it took
        shown, ask = self.session.comparison.replacement_rule, self.session.tender.ask
        if shown is not None and ask.replacement_rule is None:  # it counts by default until a bid comes in
            self.choices = (*self.choices, Usual("replacement_rule", shown))
        meaning = any(choice.field == "includes_replacement" for choice in self.choices)
        if self.session.commit(take_usual(self.choices)) and meaning:
            self._say_other_meaning("vervanging")

    def _sets(self) -> list[tuple[object, str]]:
        self.sets = weighting_sets(self.session.workspace, self.session.tender)
        foreign = {digest for digest, value in self.sets.items() if shipped().is_foreign(value, digest)}
        return [
            (digest, f"{value.code} · {value.edition}{' · andere gewichten' if digest in foreign else ''}")
            for digest, value in self.sets.items()
        ]

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        tender, ask = self.session.tender, self.session.tender.ask
        self.title.show_value(tender.title)
        self.number.show_value(tender.number)
        self._show_group()
        self.area.show_value(_typed(tender.functional_quantity))
        self.period.show_value(_typed(ask.analysis_period))
        self.closes.show_value(numbers.date(tender.closes_on) if tender.closes_on else "")
        self.model.read_only = self.session.read_only
        self.model.show_sheet(PostSheet(tender, self.session.comparison))
        self.fit()
        self.set_choice.show_value(ask.weighting_set)
        self.scope.show_value(ask.modules)
        if ask.modules not in SCOPES.values():
            self.scope.box.setPlaceholderText(terms.scope(ask.modules))
        self.include_d.show_value(ask.include_d)
        self.per.show_value(ask.mki_per)
        self.split.show_value(ask.mki_split)
        self.rule.show_value(self.session.comparison.replacement_rule)
        self.uplift.show_value(ask.includes_uplift)
        self.replacement.show_value(ask.includes_replacement)
        self.reference_date.show_value(numbers.date(ask.reference_date) if ask.reference_date else "")
        self.rules.show_value(ask.rules or "")
        self.background.show_value(ask.background or "")
        rule = self.session.comparison.replacement_rule
        self.sentence.setText(
            numbers.kept_together(asked.in_one_sentence(tender, self.set_choice.box.currentText(), rule))
        )
        self._show_usual()
        self._show_whether_mki()
        self._show_lock()
        if self.beside.isVisibleTo(self):
            self.beside.refresh()
        self.more.refresh()

    def fit(self) -> None:
        """As high as its rows up to ten, so that the page and not the grid scrolls."""
        rows = max(1, min(10, self.model.rowCount()))
        self.grid.setFixedHeight(
            self.grid.horizontalHeader().sizeHint().height() + rows * theme.row_height() + 18
        )
        widths = {"name": 150, "kind": 80, "route": 134, "life": 142, "in_mki": 66, "in_price": 72}
        sheet = self.model.sheet
        assert isinstance(sheet, PostSheet)
        metrics = QFontMetrics(theme.sized_font(1.0, bold=True))
        for index, (code, name) in enumerate(zip(sheet.columns, sheet.column_names, strict=True)):
            named = max(theme.px(96), metrics.horizontalAdvance(name) + theme.px(24))
            self.grid.setColumnWidth(index, theme.px(widths[code]) if code in widths else named)

    def focus_post(self, post_id: str, field: str) -> None:
        """The cell of a post where a finding is mended: its first open quantity, or its life."""
        sheet = self.model.sheet
        assert isinstance(sheet, PostSheet)
        row = next((i for i, post in enumerate(sheet.tender.posts) if post.id == post_id), 0)
        columns = [c for c in range(len(sheet.columns)) if sheet.cell(row, c).kind == "missing"]
        life = sheet.columns.index("life")
        self.grid.setFocus()
        self.grid.go_to(row, columns[0] if columns and field != "life" else life)

    def focus_first(self) -> None:
        self.title.edit.setFocus()

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def _field(self, label: str, name: str, step: str) -> TextField:
        field = TextField(label)
        field.committed.connect(lambda text: self._text(field, text.strip(), name, step))
        return field

    def _text(self, field: TextField, text: str, name: str, step: str) -> None:
        if name == "number" and not text:
            field.say("Een aanbesteding heeft een nummer nodig.", wrong=True)
            return
        field.say("")
        self.session.commit(edits.set_field(name, text, step))

    def _number(self, field: TextField, text: str, name: str, step: str, *, ask: bool) -> None:
        read = read_cell_number(
            text,
            group=self.session.comparison.group,
            plausible=name,
            thousands=not ask,
            column=field.edit.accessibleName(),
        )
        if read.problem:
            field.say(read.problem, wrong=True)
            return
        field.say(read.hint or "")
        make = edits.set_ask if ask else edits.set_field
        self.session.commit(make(name, read.value, step))

    def _date(self, field: TextField, text: str, name: str, step: str, *, ask: bool) -> None:
        value = numbers.read_date(text) if text.strip() else None
        if text.strip() and value is None:
            field.say(f"“{text}” is geen datum. Schrijf bijvoorbeeld 11-12-2026.", wrong=True)
            return
        field.say("")
        make = edits.set_ask if ask else edits.set_field
        self.session.commit(make(name, value, step))

    def _ask(self, name: str, value: Any, step: str) -> None:
        if self.session.commit(edits.set_ask(name, value, step)) and name in (
            "mki_per",
            "modules",
            "include_d",
        ):
            self._say_other_meaning(step)

    def _take(self, edit: edits.Edit) -> None:
        """Rules chosen from the list; the set may have gone with them."""
        before = self.session.tender.ask.set_code
        if self.session.commit(edit) and self.session.tender.ask.set_code != before:
            self._say_other_meaning("weegset")

    def _say_other_meaning(self, step: str) -> None:
        """Figures that were typed for another question stay as they are; somebody must look at them."""
        count = sum(a.mki is not None for v in self.session.tender.variants for a in v.answers)
        count += sum(v.work_mki is not None for v in self.session.tender.variants)
        if count:
            text = f"U wijzigt: {step}. De {count} ingevulde MKI's krijgen daarmee een andere betekenis. Controleer ze."
            undo_bar(self.session, self.bars, "meaning", text, "warn")

    def _choose_set(self, digest: object) -> None:
        """Another set: its code goes with it, in one step."""
        value = self.sets[str(digest)]
        parts = [
            edits.set_ask("weighting_set", digest, "weegset"),
            edits.set_ask("set_code", value.code, "weegset"),
        ]
        if self.session.commit(edits.together(parts, "field", {"label": "weegset"})):
            self._say_other_meaning("weegset")

    def _entered(self, parsed: Parsed, key: str) -> None:
        take_entered(self.session, self.model, self.bars, parsed, key)

    def _pasted(self, cells: list[tuple[int, int, str]], lost: int) -> None:
        paste_into(self.session, self.model, self.bars, cells, lost)

    def add_post(self) -> None:
        self.insert_post(self.model.rowCount())

    def insert_post(self, place: int) -> None:
        post = next_post(self.session.tender, self.session.comparison)
        if self.session.commit(edits.insert_post(post, place)):
            self.grid.setFocus()
            self.grid.go_to(place, 0)

    def duplicate_post(self) -> None:
        """The current post again, with every answer to it."""
        post_id, row = self._current(), self.grid.currentIndex().row()
        if post_id is not None and self.session.commit(edits.duplicate_post(self.session.tender, post_id)):
            self.grid.setFocus()
            self.grid.go_to(row + 1, 0)

    def _open_menu(self, place: QPoint) -> None:
        index = self.grid.indexAt(place)
        if index.isValid() and index not in self.grid.selectedIndexes():
            self.grid.setCurrentIndex(index)
        self.menu().popup(self.grid.viewport().mapToGlobal(place))

    def menu(self) -> QMenu:
        """Everything that can be done with the current post (Shift+F10)."""
        menu, row = QMenu(self), self.grid.currentIndex().row()
        if row >= 0 and not self.session.read_only:
            menu.addAction("Post hierboven invoegen", lambda: self.insert_post(row))
            menu.addAction("Post dupliceren", self.duplicate_post)
            menu.addAction("Omhoog\tAlt+Shift+↑", lambda: self._move(-1))
            menu.addAction("Omlaag\tAlt+Shift+↓", lambda: self._move(1))
            menu.addAction("Post verwijderen\tCtrl+Delete", self.remove_post)
            menu.addAction("Zoek vrijgekomen materiaal", partial(self._want_material, row))
            menu.addSeparator()
            menu.addAction("Doorvoeren omlaag\tCtrl+D", lambda: self.grid.fill(down=True))
            menu.addAction("Plakken\tCtrl+V", self.grid.paste)
        menu.addAction("Kopiëren\tCtrl+C", self.grid.copy_selection)
        menu.addAction("Kopiëren met namen\tCtrl+Shift+C", lambda: self.grid.copy_selection(with_names=True))
        return menu

    def _want_material(self, row: int) -> None:
        posts = self.session.tender.posts
        if row < len(posts):
            self.material_wanted.emit(posts[row].id)

    def _moved_by_mouse(self, row: int, by: int) -> None:
        self.session.commit(edits.move_post(self.session.tender, self.session.tender.posts[row].id, by))

    def _current(self) -> str | None:
        row = self.grid.currentIndex().row()
        return self.session.tender.posts[row].id if 0 <= row < len(self.session.tender.posts) else None

    def _move(self, by: int) -> None:
        post_id = self._current()
        if post_id is not None:
            row, column = self.grid.currentIndex().row(), self.grid.currentIndex().column()
            if self.session.commit(edits.move_post(self.session.tender, post_id, by)):
                self.grid.go_to(max(0, min(self.model.rowCount() - 1, row + by)), column)

    def remove_post(self) -> None:
        post_id = self._current()
        if post_id is None:
            self.bars.show_bar("cell", "Kies eerst een post in de tabel.", "info")
            return
        name = self.session.tender.post(post_id).name
        if self.session.commit(edits.remove_post(self.session.tender, post_id)):
            undo_bar(self.session, self.bars, "removed", f"Post {name} is verwijderd.")


def _typed(value: float | None) -> str:
    return numbers.as_typed(value) if value is not None else ""
