"""An open tender: its steps, their pages and the list of open points."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from typing import Literal, Protocol, cast, get_args, runtime_checkable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cirkeldesk.desktop.kit.choices import ChoiceList
from cirkeldesk.desktop.kit.drafts import SEPARATOR
from cirkeldesk.desktop.kit.fields import LongText, TextField, take_typing_in
from cirkeldesk.desktop.kit.grid.grid import Grid
from cirkeldesk.desktop.kit.jobs import Worker
from cirkeldesk.desktop.kit.look import theme
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.speech import say
from cirkeldesk.desktop.kit.widgets import button, empty_page, plain_label
from cirkeldesk.desktop.tender.advice.page import AdvicePage
from cirkeldesk.desktop.tender.ask.page import AskPage
from cirkeldesk.desktop.tender.award.page import AwardPage
from cirkeldesk.desktop.tender.comparison.page import ComparisonPage
from cirkeldesk.desktop.tender.counter_act import CounterAct
from cirkeldesk.desktop.tender.open_points import OpenPoints
from cirkeldesk.desktop.tender.session import RefusedText, Session
from cirkeldesk.desktop.tender.step_bar import StepButton
from cirkeldesk.desktop.tender.steps import TenderStep
from cirkeldesk.desktop.tender.variants.page import VariantsPage
from cirkeldesk.model.award.readiness import Surroundings, readiness, waits_for
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.messages import Problem
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import ProductRef
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.tender.drafts import About
from cirkeldesk.operations.tender.tenders import renewals
from cirkeldesk.operations.workspace import inputs_for
from cirkeldesk.wording import numbers
from cirkeldesk.wording.comparison.explanations import change_aloud

STEPS = ("Uitvraag", "Varianten", "Vergelijking", "Gunning", "Advies")
# Messages that speak of what was just done or refused.
PASSING = ("cell", "draft", "failed", "guide", "proposal", "locked", "opened", "quality", "acted", "unready")
# Where a finding is mended, by the field it is about.
STEP_OF_FIELD = {
    "replacement_rule": 0,
    "quantity": 0,
    "life": 0,
    "fixed": 0,
    "rules": 1,
    "ask_rules": 0,
    "reference": 0,
}


PageName = Literal["ask", "variants", "comparison", "award", "advice", "points", "closed"]
PAGES: tuple[PageName, ...] = get_args(PageName)  # the steps first, in their order


@runtime_checkable
class MadeInTwo(Protocol):
    """A page of two halves, so that making it ahead never holds up a key for long."""

    def make_rest(self) -> None: ...


class TenderView(QWidget):
    """An open tender: its steps and their pages. `practice_made` names an oefenkopie to open; `names_wanted`
    to show names."""

    practice_made = Signal(str)
    names_wanted = Signal()
    material_wanted = Signal(str)
    rows_chosen = Signal(frozenset)

    def __init__(self, session: Session, bars: Messages, worker: Worker) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        bars.setParent(self)
        session.take_typing = partial(take_typing_in, self)
        session.refused_texts = self.refused_texts
        self._later = False
        self._declined: set[ProductRef] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.steps = QFrame()
        self.steps.setObjectName("steps")
        self.row = QHBoxLayout(self.steps)
        self.row.setContentsMargins(8, 0, 8, 0)
        self.row.setSpacing(0)
        self.buttons: list[StepButton] = []
        for number, name in enumerate(STEPS):
            made = StepButton(number + 1, len(STEPS), name, partial(self.go_to, number))
            self.buttons.append(made)
            self.row.addWidget(made)
        self.short = ChoiceList()
        self.short.setAccessibleName("Stap")
        self.short.activated.connect(self.go_to)
        self.row.addWidget(self.short)
        self.row.addStretch(1)
        column.addWidget(self.steps)
        self.counter_act = CounterAct(session, self._room_for)
        session.barred.connect(self._ask_how)
        self.counter_act.done.connect(self._acted)
        column.addWidget(self.counter_act)
        self.pages = QStackedWidget()
        self.pages.currentChanged.connect(self._only_the_shown_asks_for_room)
        self.room = Room(self.pages)
        column.addWidget(self.room, 1)
        self._worker = worker
        self._step = 0
        self._loose: list[QWidget] = []
        self._made: dict[PageName, QWidget] = {}
        self._makers: Mapping[PageName, Callable[[], QWidget]] = {
            "ask": lambda: AskPage(session, bars),
            "variants": lambda: VariantsPage(session, bars),
            "comparison": lambda: ComparisonPage(session, bars),
            "award": lambda: AwardPage(session, bars),
            "advice": lambda: AdvicePage(session, bars, worker),
            "points": lambda: OpenPoints(session),
            "closed": self._closed_page,
        }
        for _ in PAGES:
            self.pages.addWidget(QWidget())  # its page takes this place when it is made
        self.hidden_rows: frozenset[str] = frozenset()
        self._size = (0, 0)
        self._under_way: PageName | Literal[""] = ""
        self._stages = self._make_pages()
        self._told = session.comparison
        self._listens = False
        self._listen_last()
        if not session.is_blank:
            self.show_opened()
        session.opened.connect(self.show_opened)

    def make_part(self) -> bool:
        """One part of the pages, so that making them ahead never holds up a key; False when all are there."""
        return next(self._stages, False)

    def make(self) -> None:
        """All pages that are not there yet."""
        while self.make_part():
            pass

    def give_up(self) -> None:
        """The view goes before its pages were all made: those that have no place yet go too."""
        self._stages.close()
        for page in self._loose:
            page.deleteLater()

    @property
    def is_made(self) -> bool:
        return len(self._made) == len(PAGES)

    def made(self, name: PageName) -> QWidget | None:
        """A page that was made before, None for one that nobody asked for yet."""
        return self._made.get(name)

    @property
    def ask(self) -> AskPage:
        return cast(AskPage, self._page("ask"))

    @property
    def variants(self) -> VariantsPage:
        return cast(VariantsPage, self._page("variants"))

    @property
    def comparison(self) -> ComparisonPage:
        return cast(ComparisonPage, self._page("comparison"))

    @property
    def award(self) -> AwardPage:
        return cast(AwardPage, self._page("award"))

    @property
    def advice(self) -> AdvicePage:
        return cast(AdvicePage, self._page("advice"))

    @property
    def points(self) -> OpenPoints:
        return cast(OpenPoints, self._page("points"))

    @property
    def closed(self) -> QWidget:
        return self._page("closed")

    def _page(self, name: PageName) -> QWidget:
        """A page, made now when nobody asked for it before; one that is half made ahead is finished."""
        while self._under_way == name and next(self._stages, False):
            pass
        if name not in self._made:
            for _ in self._make_page(name):
                pass
        return self._made[name]

    def _make_pages(self) -> Generator[bool, None, None]:
        for name in PAGES:
            if name not in self._made:
                self._under_way = name
                yield from self._make_page(name)
                self._under_way = ""

    def _make_page(self, name: PageName) -> Iterator[bool]:
        """A page takes on its looks when it gets its place, which costs as much again as making it."""
        page = self._makers[name]()
        self._loose.append(page)
        yield True
        if isinstance(page, MadeInTwo):
            page.make_rest()
            yield True
        place = PAGES.index(name)
        empty = self.pages.widget(place)
        self.pages.insertWidget(place, page)
        if empty is not None:
            self.pages.removeWidget(empty)
            empty.deleteLater()
        self._loose.remove(page)
        self._made[name] = page
        self._wire(name, page)
        self._lay_out_page(page)
        self._listen_last()
        yield True

    def _wire(self, name: PageName, page: QWidget) -> None:
        if isinstance(page, (AskPage, VariantsPage)):
            page.material_wanted.connect(self.material_wanted)
        if isinstance(page, AskPage):
            page.award.practise_wanted.connect(self._practise)
            page.beside.on_wanted.connect(lambda: self.go_to(TenderStep.VARIANTS))
        elif isinstance(page, ComparisonPage):
            page.go_to_step.connect(self.go_to)
            page.open_points.connect(self.show_points)
            page.hide_rows(self.hidden_rows)
            page.rows_chosen.connect(self.rows_chosen)
        elif isinstance(page, AwardPage):
            page.choose_method.connect(self.choose_method)
            page.go_to_variants.connect(lambda: self.go_to(TenderStep.VARIANTS))
            page.advice_wanted.connect(lambda: self.go_to(TenderStep.ADVICE))
        elif isinstance(page, OpenPoints):
            page.chosen.itemActivated.connect(self._follow)
            leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            leave.activated.connect(lambda: self.go_to(self.step))

    def _closed_page(self) -> QWidget:
        text = "De namen van inschrijvers zijn verborgen. Het advies en de brieven noemen die namen."
        return empty_page(plain_label(text), button("Namen tonen", self.names_wanted.emit))

    def _listen_last(self) -> None:
        """After the pages, whenever those were made: what they say about a step goes with the next one."""
        for told in (self._clear_passing, self.refresh, self._tell_change):
            if self._listens:
                self.session.changed.disconnect(told)
            self.session.changed.connect(told)
        self._listens = True

    def hide_rows(self, keys: frozenset[str]) -> None:
        """Rows of the comparison that somebody does not want to see."""
        self.hidden_rows = keys
        if self.made("comparison") is not None:
            self.comparison.hide_rows(keys)

    def show_opened(self) -> None:
        self.refresh()
        self.go_to(TenderStep.VARIANTS if self.session.tender.variants else TenderStep.ASK)

    def _tell_change(self) -> None:
        """What a committed step did to the first total it changed, for people who listen (UX 13)."""
        before, after = self._told, self.session.comparison
        self._told = after
        text = change_aloud(before, after) if before.tender.id == after.tender.id else None
        if text:
            say(self, text)

    def _clear_passing(self) -> None:
        """A message about the last act goes with the next one; a refusal that was overcome above all."""
        for name in PASSING:
            self.bars.clear(name)

    def choose_method(self) -> None:
        """To the award rules of step 1."""
        self.go_to(TenderStep.ASK)
        self.ask.ensureWidgetVisible(self.ask.award, 0, 0)
        self.ask.award.method.box.setFocus()

    def _take_over(self) -> None:
        self.choose_method()
        self.ask.award.document.edit.setFocus()

    def _ask_for_method(self) -> None:
        """M1: a real bid is being filled in while the method is not locked. Nothing is held up by it."""
        tender = self.session.tender
        real = tender.lock is None and tender.practice_of is None and not tender.fictitious
        filled = any(bid.price is not None or bid.answers or bid.work_mki for bid in tender.bids)
        if not (real and filled) or self.session.read_only:
            self.bars.clear("method")
        elif not self._later:
            self._later = True
            text = "U vult de eerste inschrijving in, maar de methode staat niet op slot."
            actions = [
                ("Methode kiezen", self.choose_method),
                ("Overnemen uit de stukken", self._take_over),
                ("Later", lambda: None),
            ]
            self.bars.show_bar("method", text, "warn", actions)

    def _practise(self) -> None:
        made: list[str] = []
        if self.session.act(
            lambda: made.append(awards.practise(self.session.workspace, self.session.identity))
        ):
            self.practice_made.emit(made[0])

    def _room_for(self, needed: int) -> int:
        """The question above the page, or in its place where the window is too low for both."""
        free = self.height() - self.steps.sizeHint().height()
        both = needed + self.pages.minimumSizeHint().height() <= free
        self.room.setVisible(both)
        return needed if both else min(needed, free)

    def _only_the_shown_asks_for_room(self) -> None:
        """A stack asks for the room of its largest page; here only the page that is seen may push the
        question aside."""
        for place in range(self.pages.count()):
            page = self.pages.widget(place)
            shown = page is self.pages.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            if page is not None:
                page.setSizePolicy(policy, policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.counter_act.isVisible() and event.size().height() != event.oldSize().height():
            self.counter_act.fit()

    def _acted(self, text: str) -> None:
        self.room.show()
        if text:
            self.bars.show_bar("acted", text, "good")
        page = self.pages.currentWidget()
        if page is self.variants:
            self.variants.grid.setFocus()

    def _ask_how(self, edit: edits.Edit, key: str) -> None:
        """The question takes the room of the messages above the page."""
        for name in PASSING:
            self.bars.clear(name)
        self.counter_act.ask(edit, key)

    # --- what is typed and not taken
    # -------------------------------------------------------------------------------

    @property
    def draft_about(self) -> About:
        return ("tender", self.session.identity)

    def make_part_of(self, parts: list[str]) -> None:
        """A product's own page and the criteria are made when somebody looks."""
        tender = self.session.tender
        if any(product.id in parts for product in tender.products):
            self.variants.open_product(parts[0])
        if any(criterion.code in parts for criterion in self.ask.criteria.offered):
            self.ask.criteria.fold.setChecked(True)

    def show_page_of(self, widget: QWidget) -> None:
        for step in range(len(STEPS)):
            page = self.pages.widget(step)
            if page is not None and page.isAncestorOf(widget):
                self.go_to(step)
        if self._step == TenderStep.VARIANTS:
            self.variants.show_all()

    def note_mark(self) -> int:
        QTimer.singleShot(0, self.session, self.session.marked.emit)
        return self.session.last_step

    def refused_texts(self) -> list[RefusedText]:
        """Texts that stand in a field or a cell of this tender and were not taken."""
        found: list[RefusedText] = []
        for field in self.findChildren(TextField):
            if field.is_wrong and field.commits:
                name = field.edit.accessibleName().rstrip(" *")
                found.append(RefusedText(name, field.typed, field.after, field.take_back))
        for text in self.findChildren(LongText):
            if text.is_wrong:
                found.append(RefusedText(text.accessibleName(), text.typed, text.after, text.take_back))
        for grid in self.findChildren(Grid):
            model = grid.grid_model
            for key, cell in model.wrong.items():
                place = model.find(key)
                name = model.place(*place) if place is not None else grid.accessibleName()
                found.append(RefusedText(name, cell.text, cell.after, partial(model.take_back, key)))
        return found

    def kept_texts(self) -> dict[str, str]:
        """What is typed and stands in no field: refused cells, a change that is asked about, what waits for
        another bid."""
        found: dict[str, str] = {}
        for page in self._made.values():
            if isinstance(page, (VariantsPage, AskPage)):
                for key, cell in page.grid.grid_model.wrong.items():
                    found[SEPARATOR.join([page.grid.accessibleName(), key])] = cell.text
            elif isinstance(page, AwardPage):
                found |= page.bid.kept_texts()
        return {**found, **self.counter_act.kept_texts()}

    @property
    def step(self) -> int:
        return self._step

    def offer_renewals(self) -> None:
        """A newer version never changes a figure by itself; it is offered, with what it would change."""
        if self.session.read_only:
            return
        for renewal in renewals(self.session.workspace, self.session.tender):
            if renewal.new in self._declined:
                continue
            edit = edits.renew_product(renewal.old, renewal.new, renewal.name)
            text = f"{renewal.name} heeft een nieuwe versie ({numbers.date(renewal.since)}). {self._effect(edit)}"
            take = partial(self.session.commit, edit)
            decline = partial(self._declined.add, renewal.new)
            self.bars.show_bar(
                f"renew-{renewal.old.id}",
                text.strip(),
                "info",
                [("Bijwerken", take), ("Oude houden", decline)],
            )

    def _effect(self, edit: edits.Edit) -> str:
        """What an edit would do to the first total it changes."""
        changed = edit.apply(self.session.tender)
        after = compare(changed, inputs_for(self.session.workspace, changed))
        for old, new in zip(self.session.comparison.variants, after.variants, strict=True):
            if old.total.value != new.total.value:
                texts = [
                    numbers.euro(v.total.value) if v.total.value is not None else "niet te berekenen"
                    for v in (new, old)
                ]
                return f"MKI totaal van {old.name} wordt {texts[0]} in plaats van {texts[1]}."
        return "Geen enkel totaal verandert."

    def go_to(self, step: int) -> None:
        if step != self._step:
            self.bars.clear_told()
        self._step = max(0, min(len(STEPS) - 1, step))
        self.buttons[self._step].setChecked(True)
        self.short.setCurrentIndex(self._step)
        self._show_page()
        if self._step == TenderStep.ASK:
            self.ask.focus_first()
        elif self._step == TenderStep.VARIANTS and self.session.tender.variants:
            self.variants.grid.setFocus()
        elif self._step == TenderStep.COMPARISON:
            self.comparison.conclusion.setFocus()
        elif self._step == TenderStep.AWARD and self.award.currentWidget() is self.award.main:
            self.award.conclusion.setFocus()

    def _show_page(self) -> None:
        """The page of the step; papers name people, so their step is closed while names are hidden."""
        hidden = self._step == TenderStep.ADVICE and self.session.names_hidden
        if hidden:
            self.pages.setCurrentWidget(self.closed)
        else:
            self.pages.setCurrentWidget(self._page(PAGES[self._step]))

    def show_names(self) -> None:
        """After names were hidden or shown: the papers' step is closed or open again."""
        if self.pages.currentWidget() in (self.made("advice"), self.made("closed")):
            self._show_page()

    def rescaled(self) -> None:
        """What was measured with the letters is measured again."""
        for page in self._made.values():
            if isinstance(page, (AskPage, VariantsPage, ComparisonPage)):
                page.fit()
        self.refresh()

    def refresh(self) -> None:
        for number, made in enumerate(self.buttons):
            made.show_state(self._state(number))
        current = self.short.currentIndex()
        self.short.clear()
        self.short.addItems([f"Stap {n + 1} van {len(STEPS)}: {name}" for n, name in enumerate(STEPS)])
        self.short.setCurrentIndex(max(0, current))
        self._ask_for_method()
        if self.made("points") is not None:
            self.points.refresh()

    def _state(self, step: int) -> str:
        """Icon and word: "✓ klaar", "2 open", "leeg"."""
        tender, comparison = self.session.tender, self.session.comparison
        if step == TenderStep.ASK:
            missing = waits_for(readiness("compute", comparison, self.session.award, Surroundings()))
            if not missing and tender.lock is not None:
                return "slot"
            return f"{missing} open" if missing else "✓ klaar"
        if step == TenderStep.VARIANTS:
            if not tender.variants:
                return "leeg"
            count = sum(p.level != "note" for p in comparison.problems)
            return f"{count} open" if count else "✓ klaar"
        return self._award_state() if step == TenderStep.AWARD else ""

    def _award_state(self) -> str:
        """ "✓ klaar" with a winner, "slot" while prices are sealed, else what is left to judge."""
        found, tender = self.session.award, self.session.tender
        if tender.prices_sealed:
            return "slot"
        if found is None or not found.bids:
            return ""
        if found.winner is not None:
            return "✓ klaar"
        count = sum(bid.validity == "open" for bid in found.bids)
        return f"{count} open" if count and tender.opened is not None else ""

    def show_points(self) -> None:
        self.points.refresh()
        self.pages.setCurrentWidget(self.points)
        self.points.chosen.setFocus()

    def _follow(self, item: QListWidgetItem) -> None:
        problem: Problem = item.data(Qt.ItemDataRole.UserRole)
        step = STEP_OF_FIELD.get(problem.field or "", 1)
        self.go_to(step)
        if step == TenderStep.VARIANTS:
            self.variants.focus_problem(problem)
        elif problem.post_id is not None:
            self.ask.focus_post(problem.post_id, problem.field or "")
        elif problem.field in ("replacement_rule", "reference"):
            self.ask.show_asked()
            choice = self.ask.rule if problem.field == "replacement_rule" else self.ask.set_choice
            choice.box.setFocus()
        elif problem.field == "ask_rules":
            self.ask.show_asked()
            self.ask.rules.setFocus()

    def lay_out(self, width: int, height: int) -> None:
        for made in self.buttons:
            made.setVisible(width >= theme.MIDDLE)
        self.short.setVisible(width < theme.MIDDLE)
        self._size = (width, height)
        for page in self._made.values():
            self._lay_out_page(page)

    def _lay_out_page(self, page: QWidget) -> None:
        width, height = self._size
        wide, narrow = width >= theme.WIDE, width < theme.MIDDLE
        if isinstance(page, AskPage):
            page.set_wide(wide)
        elif isinstance(page, VariantsPage):
            page.set_wide(wide, narrow=narrow)
        elif isinstance(page, ComparisonPage):
            page.set_wide(wide, narrow=narrow, low=height < theme.LOW)
        elif isinstance(page, AwardPage):
            page.hero.lay_out(wide=wide, low=height < theme.LOW)
        elif isinstance(page, AdvicePage):
            page.set_wide(wide)


class Room(QWidget):
    """Holds the pages without passing on what they would like: a stack asks for the height of its highest
    page, and the question above it would lie under the page."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return self._pages.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages.resize(event.size())
