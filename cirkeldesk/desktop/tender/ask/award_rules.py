"""How somebody wins: method, figures, tie rule, what goes wrong with it, and the lock. The third block of
Uitvraag."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.kit.grid.cells import read_cell_number
from cirkeldesk.desktop.kit.messages import Messages
from cirkeldesk.desktop.kit.widgets import (
    button,
    fold,
    heading,
    muted,
    name_fold,
    plain_label,
    three_columns,
)
from cirkeldesk.desktop.tender.anchoring import say_done
from cirkeldesk.desktop.tender.ask import offered
from cirkeldesk.desktop.tender.ask.goals import GoalCards
from cirkeldesk.desktop.tender.ask.offered import NONE, SCALE_NAMES, SCALES
from cirkeldesk.desktop.tender.entering import undo_bar
from cirkeldesk.desktop.tender.session import Session
from cirkeldesk.model.award import checks
from cirkeldesk.model.award.acts import set_award, set_rules
from cirkeldesk.model.award.methods import METHODS, PARTS, missing_fields, needs_of, parts_of
from cirkeldesk.model.award.readiness import Surroundings, readiness
from cirkeldesk.model.messages import Problem
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.award_rules import (
    AwardRules,
    LadderStep,
    PartCode,
    QualityCriterion,
)
from cirkeldesk.operations.award import awards
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.award.ready import button_text, line_text

FIGURES = (
    "upper",
    "lower",
    "maximum",
    "factor",
    "mki_weight",
    "price_weight",
    "price_low",
    "price_high",
    "log_base",
    "rate",
)
UNITS = {
    "upper": "€ MKI", "lower": "€ MKI", "maximum": "€", "factor": "€ per € MKI", "ceiling": "€ MKI", "price_low": "€",
    "price_high": "€", "rate": "% per jaar", "penalty_factor": "× het voordeel",
}  # fmt: skip


class AwardRulesBlock(QWidget):
    """Each field is one step. On the lock, a change asks for a nota or a correction (see counter_act)."""

    practise_wanted = Signal()

    def __init__(self, session: Session, bars: Messages) -> None:
        super().__init__()
        self.session, self.bars = session, bars
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading("Hoe wint iemand?", 1.15))
        self.standing = plain_label()
        self.standing.setWordWrap(True)
        column.addWidget(self.standing)
        self.goals_head = muted("Wat wilt u bereiken?")
        column.addWidget(self.goals_head)
        self.goals = GoalCards()
        self.goals.chosen.connect(self._follow_goal)
        column.addWidget(self.goals)
        column.addLayout(self._method())
        self.formula = muted()
        column.addWidget(self.formula)
        column.addLayout(self._figures())
        self.quality = QWidget()
        self.quality.setLayout(self._quality())
        column.addWidget(self.quality)
        self.extra = QWidget()
        self.extra.setLayout(self._extra())
        self.extra_button = fold(offered.more(without_mki=False), self.extra)
        column.addWidget(self.extra_button)
        column.addWidget(self.extra)
        self.findings = QVBoxLayout()
        self.findings.setSpacing(2)
        column.addLayout(self.findings)
        column.addLayout(self._lock())
        session.changed.connect(self.refresh)
        self.refresh()

    # --- fields
    # --------------------------------------------------------------------------------------------------

    def _method(self) -> QGridLayout:
        rules = self.session.tender.award
        self.method = Choice("Gunningsmethode", offered.methods(rules, without_mki=False))
        self.method.chosen.connect(lambda value: self._set("method", value, "gunningsmethode"))
        self.ties = Choice("Regel bij gelijke stand", offered.ties(rules, without_mki=False))
        self.ties.chosen.connect(lambda value: self._set("tie_rules", value, "regel bij gelijke stand"))
        self.also: dict[PartCode, QCheckBox] = {}
        grid = three_columns()
        for place, widget in enumerate((self.method, self.ties)):
            grid.addWidget(widget, 0, place)
        self.also_label = muted("Telt ook mee:")
        grid.addWidget(self.also_label, 1, 0, 1, 3)
        self.also_grid = three_columns()
        for code in PARTS:
            if code == "price_points":
                continue
            box = QCheckBox(terms.AWARD_PARTS[code], self)
            box.setAccessibleName(f"Telt ook mee: {terms.AWARD_PARTS[code]}")
            box.clicked.connect(partial(self._toggle, code))
            self.also[code] = box
        grid.addLayout(self.also_grid, 2, 0, 1, 3)
        return grid

    def _figures(self) -> QGridLayout:
        self.fields: dict[str, TextField] = {}
        self.grid = three_columns()
        for name in FIGURES:
            self._figure(name)
        self.horizon = TextField("Aantal jaren", number=True)
        self.horizon.committed.connect(self._set_horizon)
        self.fields["horizon"] = self.horizon
        self.negative = Choice(terms.AWARD_FIELDS["negative_mki"], [NONE, *terms.NEGATIVE_MKI.items()])
        self.negative.chosen.connect(lambda value: self._set("negative_mki", value, "negatieve MKI"))
        self.outside = Choice(terms.AWARD_FIELDS["outside"], [NONE, *terms.OUTSIDE.items()])
        self.outside.chosen.connect(lambda value: self._set("outside", value, "prijs buiten de grenzen"))
        self.ladder = TextField("Korting per trede, %", hint="3 4; 4 7; 5 10")
        self.ladder.committed.connect(self._set_ladder)
        self.motivation = TextField("Motivering: waarom alleen prijs of kosten?")
        self.motivation.committed.connect(lambda text: self._set("motivation", text.strip(), "motivering"))
        self.shown: dict[str, QWidget] = {**self.fields}
        self.shown |= {"negative_mki": self.negative, "outside": self.outside, "ladder": self.ladder}
        self.shown["motivation"] = self.motivation
        for widget in self.shown.values():
            widget.setParent(self)  # a widget without one would open as a window of its own
        return self.grid

    def _figure(self, name: str) -> TextField:
        unit = f", {UNITS[name]}" if name in UNITS else ""
        field = TextField(f"{terms.AWARD_FIELDS[name]}{unit}", number=True)
        field.committed.connect(lambda text, n=name: self._number(n, text))
        self.fields[name] = field
        return field

    def _quality(self) -> QGridLayout:
        self.criteria = TextField("Criteria met hun maximum", hint="Plan van aanpak 50.000; Planning 20.000")
        self.criteria.committed.connect(self._set_criteria)
        self.scale = Choice("Schaal", SCALE_NAMES)
        self.scale.chosen.connect(
            lambda value: self._each(lambda c: replace(c, steps=SCALES[value]), "schaal")
        )
        self.assessors = TextField("Beoordelaars", hint="naam; naam; naam")
        self.assessors.committed.connect(self._set_assessors)
        self.combine = Choice("Zij geven", [("consensus", "samen één score"), ("mean", "ieder een score")])
        self.combine.chosen.connect(
            lambda value: self._each(lambda c: replace(c, combine=value), "wijze van beoordelen")
        )
        grid = three_columns()
        grid.addWidget(self.criteria, 0, 0, 1, 2)
        grid.addWidget(self.scale, 0, 2)
        grid.addWidget(self.assessors, 1, 0, 1, 2)
        grid.addWidget(self.combine, 1, 2)
        grid.setContentsMargins(0, 0, 0, 0)
        return grid

    def _extra(self) -> QGridLayout:
        self.ceiling = self._figure("ceiling")
        self.decimals = Choice("Decimalen van de MKI", [(count, str(count)) for count in range(3)])
        self.decimals.chosen.connect(
            lambda value: self.session.commit(edits.set_ask("mki_decimals", value, "decimalen van de MKI"))
        )
        self.sealed = TextField("Prijzen dicht tot", hint="dd-mm-jjjj uu:mm")
        self.sealed.committed.connect(self._set_sealed)
        self.sealed.edit.setToolTip(awarding.HIDES)
        self.penalty = self._figure("penalty_factor")
        self.own = Choice(
            "Welke MKI telt",
            [(False, "de aangeboden MKI"), (True, "onze eigen berekening, volgens de stukken")],
        )
        self.own.chosen.connect(self._choose_own)
        self.own_document = TextField("Waar schrijven de stukken dat voor?")
        self.own_person = TextField("Wie heeft alle gewichten bevestigd?")
        self.own_source = TextField("In welke bron?")
        for field in (self.own_document, self.own_person, self.own_source):
            field.committed.connect(lambda _: self._set_own())
        grid = three_columns()
        grid.setContentsMargins(0, 0, 0, 0)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.ceiling, self.decimals, self.sealed),
            (self.own, self.penalty, muted(awarding.HIDES)),
            (self.own_document, self.own_person, self.own_source),
        )
        for line, widgets in enumerate(rows):
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, line, place)
        return grid

    def _lock(self) -> QVBoxLayout:
        self.published = TextField("Gepubliceerd op", hint="dd-mm-jjjj")
        self.document = TextField("Document", hint="bijvoorbeeld Aanbestedingsleidraad 1.0")
        fields = three_columns()
        fields.addWidget(self.published, 0, 0)
        fields.addWidget(self.document, 0, 1, 1, 2)
        row = QHBoxLayout()
        self.lock_button = button("Op slot zetten", lambda: self.lock(taken_over=False), primary=True)
        self.take_over_button = button("Overnemen uit de stukken", lambda: self.lock(taken_over=True))
        self.take_over_button.setToolTip("De stukken zijn al gepubliceerd; noem datum en document")
        self.propose_button = button("Voorstel uit de nulvariant", self.propose)
        self.practise_button = button("Oefenen", self.practise_wanted.emit)
        self.practise_button.setToolTip("Een oefenkopie met verzonnen inschrijvingen")
        for made in (self.lock_button, self.take_over_button, self.propose_button, self.practise_button):
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addLayout(fields)
        column.addLayout(row)
        return column

    # --- showing
    # -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        tender, rules = self.session.tender, self.session.tender.award
        locked = tender.lock is not None
        self.standing.setText(self._standing_text())
        self._offer(rules)
        self.method.show_value(rules.method)
        self.goals.show_rules(rules)
        self.goals.setEnabled(not self.session.read_only)
        goals = not locked and not self.session.comparison.group.without_mki
        self.goals_head.setVisible(goals)
        self.goals.setVisible(goals)
        self.ties.show_value(rules.tie_rules)
        self.formula.setText(f"{awarding.formula(rules)}." if rules.method is not None else "")
        self.formula.setVisible(rules.method is not None)
        self._show_also(rules)
        self._show_figures(rules)
        self._show_quality(rules)
        self._show_extra()
        self.lock_button.setText(button_text("Op slot zetten", 0 if locked else len(self.needed())))
        self._show_findings(() if locked else checks.before_lock(self.session.comparison))
        for widget in (self.published, self.document, self.lock_button, self.take_over_button):
            widget.setVisible(not locked and tender.practice_of is None and rules.method is not None)
        if not self.published.edit.text() and not locked:
            self.published.edit.setText(numbers.date(datetime.date.today().isoformat()))
        self.propose_button.setVisible(not locked and bool(self._proposals()))
        self.practise_button.setVisible(
            tender.practice_of is None and rules.method is not None and not missing_fields(rules)
        )
        for widget in (self.lock_button, self.take_over_button, self.propose_button, self.practise_button):
            widget.setEnabled(not self.session.read_only)

    def _offer(self, rules: AwardRules) -> None:
        without = self.session.comparison.group.without_mki
        for choice, options in (
            (self.method, offered.methods(rules, without_mki=without)),
            (self.ties, offered.ties(rules, without_mki=without)),
        ):
            if choice.values != [value for value, _ in options]:
                choice.set_options(options)

    def _standing_text(self) -> str:
        tender = self.session.tender
        if tender.practice_of is not None:
            return f"{terms.PRACTICE_MARK}. Probeer hier uit wat de methode doet; de echte aanbesteding verandert niet."
        if tender.lock is not None:
            return (
                f"{awarding.method_sentence(tender.award)} {awarding.raised(awarding.lock_sentence(tender))}."
            )
        if tender.award.method is None:
            return "Nog niet gekozen: vergelijken kan, gunnen nog niet."
        return f"{awarding.method_sentence(tender.award)} Nog niet op slot."

    def _show_also(self, rules: AwardRules) -> None:
        kind = METHODS[rules.method].kind if rules.method is not None else None
        own = METHODS[rules.method].parts if rules.method is not None else ()
        fitting = 0
        for code, box in self.also.items():
            fits = kind is not None and kind in PARTS[code].kind and code not in own
            fits = fits and (not PARTS[code].by_mki or not self.session.comparison.group.without_mki)
            self.also_grid.removeWidget(box)
            box.setVisible(fits)
            box.setChecked(code in rules.also)
            if fits:
                self.also_grid.addWidget(box, fitting // 3, fitting % 3)
                fitting += 1
        self.also_label.setVisible(bool(fitting))

    def _show_figures(self, rules: AwardRules) -> None:
        needed = needs_of(rules)
        motivated = rules.method is not None and METHODS[rules.method].motivated
        order = [name for name in self.shown if name in needed or (name == "motivation" and motivated)]
        for name, widget in self.shown.items():
            self.grid.removeWidget(widget)
            widget.setVisible(name in order)
        for place, name in enumerate(order):
            self.grid.addWidget(self.shown[name], place // 3, place % 3)
        for name, field in self.fields.items():
            value = getattr(rules, name)
            field.show_value(numbers.as_typed(Decimal(value)) if value is not None else "")
        self.negative.show_value(rules.negative_mki)
        self.outside.show_value(rules.outside)
        self.ladder.show_value(
            "; ".join(f"{step.level} {numbers.as_typed(step.percent)}" for step in rules.ladder)
        )
        self.motivation.show_value(rules.motivation)

    def _show_quality(self, rules: AwardRules) -> None:
        self.quality.setVisible("quality" in parts_of(rules))
        unit = "€" if rules.method is None or METHODS[rules.method].kind == "notional" else "punten"
        self.criteria.label.setText(f"Criteria met hun maximum, {unit}")
        self.criteria.show_value("; ".join(f"{c.name} {numbers.as_typed(c.maximum)}" for c in rules.criteria))
        first = rules.criteria[0] if rules.criteria else QualityCriterion("", "")
        scale = next((code for code, steps in SCALES.items() if steps == first.steps), None)
        points = rules.method is not None and METHODS[rules.method].kind == "points"
        self.criteria.edit.setPlaceholderText(
            "Plan van aanpak 40; Planning 20" if points else "Plan van aanpak 50.000; Planning 20.000"
        )
        for widget in (self.scale, self.assessors, self.combine):
            widget.setEnabled(bool(rules.criteria))
        self.scale.show_value(scale)
        self.assessors.show_value("; ".join(first.assessors))
        self.combine.show_value(first.combine)

    def _show_extra(self) -> None:
        tender, own = self.session.tender, self.session.tender.award.own_sum
        self.decimals.show_value(tender.ask.mki_decimals)
        self.sealed.show_value(numbers.moment(tender.sealed_until) if tender.sealed_until else "")
        self.own.show_value(own is not None)
        mki = not self.session.comparison.group.without_mki
        for widget in (self.ceiling, self.decimals, self.own):
            widget.setVisible(mki)
        name_fold(self.extra_button, offered.more(without_mki=not mki))
        for field in (self.own_document, self.own_person, self.own_source):
            field.setVisible(own is not None)
        if own is not None:
            self.own_document.show_value(own.document)
            self.own_person.show_value(own.person)
            self.own_source.show_value(own.source)

    def _show_findings(self, found: tuple[Problem, ...]) -> None:
        while self.findings.count():
            item = self.findings.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        method = self.session.tender.award.method
        for problem in found if method is not None else ():
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            word = "Eerst" if problem.level == "blocks" else "Let op"
            label = plain_label(f"{word}: {sentences.sentence(problem.message)}")
            label.setObjectName("problem" if problem.level == "blocks" else "warning")
            label.setWordWrap(True)
            line.addWidget(label, 1)
            if problem.message.key.startswith("bounds_swapped"):
                line.addWidget(button("Wissel om", partial(self._swap, problem.message.key)))
            self.findings.addWidget(row)

    # --- committing
    # ----------------------------------------------------------------------------------------------

    def _set(self, name: str, value: Any, label: str) -> bool:
        done = self.session.commit(set_award(name, value, label))
        if not done:
            self.refresh()
        return done

    def _number(self, name: str, text: str) -> None:
        field = self.fields[name]
        positive = name not in ("rate", "lower", "price_low")
        read = read_cell_number(
            text,
            positive=positive,
            thousands=name in ("upper", "lower", "maximum", "ceiling", "price_low", "price_high"),
            column=field.edit.accessibleName(),
        )
        if read.problem:
            field.say(read.problem, wrong=True)
            return
        if read.exact is not None and name == "log_base" and read.exact <= 1:
            field.say("Kies een getal groter dan 1, bijvoorbeeld 2.", wrong=True)
            return
        if read.exact is None and name == "penalty_factor":
            field.say("Vul een getal in; gebruikelijk is 1,5.", wrong=True)
            return
        field.say(read.hint or "")
        label = terms.AWARD_FIELDS[name]
        self._set(name, read.exact, label if label.startswith("MKI") else label[0].lower() + label[1:])

    def _set_horizon(self, text: str) -> None:
        if text.strip() and not (text.strip().isdigit() and 1 <= int(text) <= 200):
            self.horizon.say("Vul hele jaren in, van 1 tot 200.", wrong=True)
            return
        self.horizon.say("")
        self._set("horizon", int(text) if text.strip() else None, "aantal jaren")

    def _follow_goal(self, place: int) -> None:
        _, method, also, note = awarding.GUIDE[place]
        rules = replace(self.session.tender.award, method=method, also=also)
        proposed = checks.proposals(self.session.comparison).get("ceiling")
        if place == 0 and rules.ceiling is None:
            rules = replace(rules, ceiling=proposed)
        elif place != 0 and rules.ceiling == proposed:
            rules = replace(rules, ceiling=None)  # it came with another answer
        if self.session.commit(set_rules(rules, "gunningsmethode")):
            self.bars.show_bar("guide", note, "info")
            self.focus_field("ceiling" if place == 0 else next(iter(missing_fields(rules)), "method"))

    def focus_field(self, name: str) -> None:
        """To the field of a rule, by its name in `AwardRules`."""
        if name in ("ceiling", "penalty_factor"):
            self.extra_button.setChecked(True)
        lists = {"method": self.method, "tie_rules": self.ties}
        found = self.shown.get(name) or self.fields.get(name) or lists.get(name, self.method)
        if name == "criteria":
            found = self.criteria
        inner = (
            found.edit if isinstance(found, TextField) else found.box if isinstance(found, Choice) else found
        )
        inner.setFocus()

    def _toggle(self, code: PartCode, wanted: bool) -> None:
        rules = self.session.tender.award
        also = tuple(
            part for part in PARTS if (part in rules.also and part != code) or (part == code and wanted)
        )
        self._set("also", also, terms.AWARD_PARTS[code].lower())

    def _set_ladder(self, text: str) -> None:
        steps = []
        for part in filter(None, (piece.strip() for piece in text.split(";"))):
            level, _, percent = part.partition(" ")
            read = numbers.read_number(percent, percent_allowed=True)
            if not level.isdigit() or read.value is None:
                self.ladder.say(
                    f"“{part}” kan niet. Schrijf per trede de korting: 3 4; 4 7; 5 10.", wrong=True
                )
                return
            steps.append(LadderStep(int(level), read.value))
        if len({step.level for step in steps}) < len(steps):
            self.ladder.say("Een trede staat er twee keer in.", wrong=True)
            return
        self.ladder.say("")
        self._set("ladder", tuple(sorted(steps, key=lambda step: step.level)), "korting per trede")

    def _set_criteria(self, text: str) -> None:
        """ "Plan van aanpak 50.000; Planning 20.000": the last word is the maximum. Known names keep their id
        and scores."""
        old = {criterion.name.casefold(): criterion for criterion in self.session.tender.award.criteria}
        like = next(iter(old.values()), QualityCriterion("", ""))
        made: list[QualityCriterion] = []
        for part in filter(None, (piece.strip() for piece in text.split(";"))):
            match = re.fullmatch(r"(.*\S)\s+(\S+)", part)
            read = (
                numbers.read_number(match[2])
                if match
                else numbers.NumberReading(None, problem="not_a_number")
            )
            if match is None or read.value is None or read.value < 0:
                self.criteria.say(
                    f"“{part}” kan niet. Schrijf naam en maximum: Plan van aanpak 50.000.", wrong=True
                )
                return
            known = old.get(match[1].casefold())
            taken = {criterion.id for criterion in (*old.values(), *made)}
            base = known or replace(like, id=edits.new_id("k", taken), name=match[1])
            made.append(replace(base, maximum=read.value))
        if len({criterion.name.casefold() for criterion in made}) < len(made):
            self.criteria.say("Een criterium staat er twee keer in.", wrong=True)
            return
        self.criteria.say("")
        self._set("criteria", tuple(made), "criteria")

    def _set_assessors(self, text: str) -> None:
        names = tuple(dict.fromkeys(filter(None, (piece.strip() for piece in text.split(";")))))
        self._each(lambda criterion: replace(criterion, assessors=names), "beoordelaars")

    def _each(self, change: Callable[[QualityCriterion], QualityCriterion], label: str) -> None:
        criteria = self.session.tender.award.criteria
        if not criteria:
            self.criteria.say("Vul eerst de criteria in.", wrong=True)
            return
        self._set("criteria", tuple(change(criterion) for criterion in criteria), label)

    def _set_sealed(self, text: str) -> None:
        value = read_moment(text)
        if text.strip() and value is None:
            self.sealed.say("Schrijf datum en tijd, bijvoorbeeld 12-12-2026 10:00.", wrong=True)
            return
        self.sealed.say("")
        self.session.commit(edits.set_field("sealed_until", value, "prijzen dicht"))

    def _choose_own(self, wanted: Any) -> None:
        edit = awards.confirm_weights(self.session.workspace, self.session.identity, "", "", "")
        self.session.commit(edit if wanted else set_award("own_sum", None, "welke MKI telt"))

    def _set_own(self) -> None:
        texts = (field.edit.text() for field in (self.own_document, self.own_person, self.own_source))
        self.session.commit(awards.confirm_weights(self.session.workspace, self.session.identity, *texts))

    def _swap(self, key: str) -> None:
        rules = self.session.tender.award
        if key == "bounds_swapped_mki":
            changed = replace(rules, lower=rules.upper, upper=rules.lower)
        else:
            changed = replace(rules, price_low=rules.price_high, price_high=rules.price_low)
        self.session.commit(set_rules(changed, "grenzen omgewisseld"))

    def _proposals(self) -> dict[str, Decimal]:
        """Values for what is still empty."""
        found = checks.proposals(self.session.comparison)
        return {name: found[name] for name in missing_fields(self.session.tender.award) if name in found}

    def propose(self) -> None:
        found = self._proposals()
        rules = replace(self.session.tender.award, **found)  # type: ignore[arg-type]
        if self.session.commit(set_rules(rules, "voorstel uit de nulvariant")):
            names = ", ".join(
                f"{terms.AWARD_FIELDS[name]} {numbers.as_typed(value)}" for name, value in found.items()
            )
            text = f"Voorstel ingevuld: {names}. Dit is onze vuistregel; pas aan wat u anders wilt."
            left = [terms.AWARD_FIELDS[name] for name in missing_fields(self.session.tender.award)]
            if left and self.session.comparison.reference is not None:
                known = self.session.comparison.reference.total.value is not None
                text += f" Zelf nog in te vullen: {', '.join(left)}." + (
                    "" if known else " De nulvariant heeft nog geen MKI."
                )
            undo_bar(self.session, self.bars, "proposal", text)

    def lock(self, *, taken_over: bool) -> None:
        day = numbers.read_date(self.published.edit.text())
        if day is None:
            self.published.say("Vul de datum van publicatie in, bijvoorbeeld 3-11-2026.", wrong=True)
            return
        self.published.say("")
        document, session = self.document.edit.text(), self.session
        if not taken_over and self._say_needed():
            return
        if session.act(
            lambda: awards.lock_rules(
                session.workspace, session.identity, day, document, taken_over=taken_over
            )
        ):
            self.document.forget()
            self.published.forget()
            text = "De methode en de uitvraag staan op slot. Wijzigen kan nu alleen met een nota van inlichtingen."
            text += f" {awarding.PROVES}"
            if session.tender.sealed_until:
                text += f" {awarding.HIDES}"
            say_done(self, session, self.bars, "locked", text, "lock")

    def needed(self) -> list[str]:
        """What the lock waits for, in sentences."""
        lines = readiness("lock", self.session.comparison, self.session.award, Surroundings())
        return [line_text(line) for line in lines if line.state == "needed"]

    def _say_needed(self) -> bool:
        needed = self.needed()
        if needed:
            self.bars.show_bar("unready", f"Eerst nodig: {' '.join(needed)}", "warn")
        return bool(needed)


def read_moment(text: str) -> str | None:
    """ "12-12-2026 10:00", in the office's time → ISO with offset; None for anything else."""
    match = re.fullmatch(r"\s*(\S+)\s+(\d{1,2})[:.](\d{2})\s*(uur)?\s*", text)
    day = numbers.read_date(match[1]) if match else None
    if match is None or day is None or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    return (
        datetime.datetime.fromisoformat(f"{day}T{int(match[2]):02}:{match[3]}")
        .astimezone()
        .isoformat(timespec="minutes")
    )
