"""The advice sheet: a page to decide by, and what it stands on, as a tagged, archivable PDF for inside or
outside.

It shows what it is given and decides nothing: what outside may know was decided when the `Advice` was made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Spacer

from cirkeldesk.charts import description
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.sheets.figure_pages import FigurePages
from cirkeldesk.sheets.pdf.boxes import Beside, Line
from cirkeldesk.sheets.pdf.glyphs import use_faces
from cirkeldesk.sheets.pdf.page import CHAPTER, FIRST, MUTED, SUB, TEXT, WIDTH, clipped, printed_paper
from cirkeldesk.sheets.pdf.tagged import Structure
from cirkeldesk.sheets.printing import Print
from cirkeldesk.wording import criteria, numbers, paper, terms
from cirkeldesk.wording.advice import advice, causes, first_page, parts, to_decide
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison.rows import findings
from cirkeldesk.wording.paper import Decision

MOST_IN_CHART = 8  # bids in the chart of the first page
LEFT_PART, CHART_HEIGHT = 104 * mm, 158.0
LONGEST_NAME = 26


def advice_sheet(told: advice.Advice, printed: Print, fonts: Path) -> bytes:
    """The PDF's bytes; the same advice, head and time give the same bytes."""
    use_faces(fonts)
    tender, structure = told.tender, Structure()
    marks = paper.marks(tender, told.audience, draft=printed.version is None)
    title = f"Adviesblad {tender.number}"
    without_mki = told.comparison.group.without_mki
    on = "prijs en criteria" if without_mki else "MKI, grondstoffen en prijs"
    subject = f"Vergelijking van varianten op {on}: {tender.title}"
    story = (_WithoutMki if without_mki else _Story)(told, printed, structure).flowables()
    return printed_paper(title, subject, marks, story, structure, printed)


class _Story(FigurePages):
    """The sheet's content in reading order: the page to decide by, what is bought, the figures, and the
    annexes."""

    def flowables(self) -> list[Any]:
        story = [*self.first_page(), PageBreak(), *self.bought()]
        if self.comparison.variants:
            story += [*self.compared(), *self.charts(), *self.difference()]
        story += self.certainty()
        story += self.themes()
        story += self.missing()
        return story + self.annexes()

    # --- the first page

    def first_page(self) -> list[Any]:
        tender = self.tender
        story: list[Any] = [*self.logo(), self.heading(tender.title or f"Aanbesteding {tender.number}", 1)]
        story.append(self.paragraph(first_page.subtitle(self.comparison, self.found), MUTED))
        for box in self.boxes():
            story += [Spacer(1, 6), self.decision(box)]
        story += self.written("summary") + self.written("advice")
        story += self.changed()
        if self.told.audience == "external":
            return story + self.outside()
        story += self.why() if tender.has_bids else self.designs()
        return story + self.foot()

    def boxes(self) -> list[Decision]:
        if self.told.audience == "external":
            return [first_page.of_outside(self.comparison, self.told.disclosed)]
        if self.tender.has_bids:
            return [first_page.of_award(self.comparison, self.found)]
        return first_page.of_designs(self.comparison, self.told.certainty)

    def written(self, key: str) -> list[Any]:
        """What a person wrote over our own text; where nobody did, the page says it in its own way."""
        section = self.told.section(key)
        if section is None or not section.edited:
            return []
        return [self.heading(section.title, 2, FIRST), self.paragraph(section.text, TEXT)]

    def changed(self) -> list[Any]:
        if not self.told.changed:
            return []
        title = f"Wat is anders dan in versie {(self.printed.version or 2) - 1}"
        return [CondPageBreak(60), self.heading(title, 2, FIRST), *self.items(self.told.changed)]

    def outside(self) -> list[Any]:
        """What anybody may know of tender and outcome."""
        facts = [*parts.outcome_facts(self.tender, self.told.disclosed), *parts.procedure_facts(self.tender)]
        if self.tender.award.method is not None:
            facts.append(("Gunningsmethode", awarding.method_sentence(self.tender.award)))
        section = self.told.section("advice")
        said = [self.paragraph(section.text, TEXT)] if section is not None and not section.edited else []
        facts.append(("Versie", self.version()))
        return [self.heading("In het kort", 2, FIRST), *said, self.facts(facts)]

    def version(self) -> str:
        number = self.printed.version
        return f"versie {number}, {numbers.date(self.printed.time)}" if number is not None else "concept"

    def why(self) -> list[Any]:
        """Why the winner, why not the others, and where all of them lie."""
        story: list[Any] = []
        found = causes.of_award(self.found) if self.found is not None else None
        if found is not None:
            title, sentence, table = found
            said = [self.heading(title, 2, FIRST), *([self.paragraph(sentence)] if sentence else [])]
            story += [*said, *self.causes(table)]
        answers = causes.why_not(self.found) if self.found is not None else []
        if answers:
            story += [CondPageBreak(70), self.heading("Waarom niet…", 2, FIRST), self.facts(answers)]
        return story

    def designs(self) -> list[Any]:
        table = first_page.designs_table(self.comparison, self.told.certainty)
        if not table.rows or len(table.header) < 2:
            return []
        first = 38 * mm
        widths = [first, *[(WIDTH - first) / (len(table.header) - 1)] * (len(table.header) - 1)]
        count = len(table.rows)
        title = "Het ontwerp" if count == 1 else f"De {count} ontwerpen naast elkaar"
        note = "Lager is beter bij MKI, CO₂ en primair abiotisch. € excl. btw is geld; € MKI is een bedrag voor milieuschade."
        return [
            self.heading(title, 2, FIRST),
            self.table(table.header, table.rows, 1, widths),
            self.paragraph(note, MUTED),
        ]

    def foot(self) -> list[Any]:
        """The picture beside what is open and when what happens; then what is asked, and who signs."""
        picture, aside = self.picture(), self.aside()
        story: list[Any] = []
        if picture and aside:
            right = WIDTH - LEFT_PART - 6 * mm
            story += [Spacer(1, 8), Beside([(LEFT_PART, picture), (right, aside)])]
        else:
            story += [*picture, *aside]
        return [*story, *self.asked_to_decide()]

    def picture(self) -> list[Any]:
        chart: description.Chart | None = None
        if self.tender.has_bids and len(self.tender.bids) <= MOST_IN_CHART:
            chart = description.price_against_mki(
                self.comparison, self.found, self.short_names(), designs=False
            )
        elif self.told.certainty is not None and len(self.told.certainty.alternatives) <= MOST_IN_CHART:
            chart = description.of_certainty(self.told.certainty)
        if chart is None:
            return []
        return [self.heading(chart.title, 2, FIRST), *self.chart(chart, LEFT_PART, CHART_HEIGHT)]

    def short_names(self) -> dict[str, str]:
        """Companies by their own name, as far as that fits beside a point."""
        return {
            variant.id: clipped(name_of(variant), LONGEST_NAME)
            for variant in self.tender.variants
            if variant.is_bid
        }

    def aside(self) -> list[Any]:
        story: list[Any] = []
        if lines := self.lines("open"):
            story += [self.heading("Nog open", 2, FIRST), *self.items(lines)]
        days = to_decide.planning(self.found, self.told.term)
        if days:
            told = [f"{day}: {what}" for day, what in days]
            story += [self.heading("Planning", 2, FIRST), *self.items(told)]
        return story

    def lines(self, key: str) -> list[str]:
        section = self.told.section(key)
        return [line.strip() for line in section.text.splitlines() if line.strip()] if section else []

    def asked_to_decide(self) -> list[Any]:
        asked = self.lines("request")
        publication = self.tender.publication
        names = [("Opgesteld", publication.prepared_by), ("Besluit", publication.approved_by)]
        signed = [
            self.paragraph(
                f"{word}  {name or '…'}"
                + (f", {numbers.date(self.printed.time)}" if word == "Opgesteld" else ""),
                TEXT,
            )
            for word, name in names
        ]
        signed += [Line(70 * mm, 22), self.paragraph("datum en handtekening", MUTED)]
        if not asked:
            return []
        left = [self.heading("Gevraagd besluit", 2, SUB), *self.items(asked, numbered=True)]
        wide = WIDTH - 70 * mm - 6 * mm
        return [
            KeepTogether([Spacer(1, 8), Line(WIDTH), Spacer(1, 3), Beside([(wide, left), (70 * mm, signed)])])
        ]

    # --- themes, what is missing, annexes

    def themes(self) -> list[Any]:
        """What is done for each theme, which criteria are asked and why, and what was weighed and not
        taken."""
        facts, asked = parts.themes(self.tender), criteria.of(self.tender)
        story = self.chapter("mvoi")
        if (facts or asked) and not story:
            story = [self.heading("Maatschappelijk verantwoord inkopen", 2, CHAPTER)]
        if facts:
            story += [CondPageBreak(90), self.heading("Per thema", 3), self.facts(facts)]
        for criterion in asked:
            story += self.criterion(criterion)
        left = criteria.left_out(self.tender) if self.told.audience == "internal" else []
        if left:
            widths = [0.3 * WIDTH, 0.22 * WIDTH, 0.48 * WIDTH]
            rows = [(found.title, terms.THEMES[found.theme], found.why) for found in left]
            table = self.table(("Criterium", "Thema", "Waarom niet"), rows, 3, widths)
            story += [CondPageBreak(100), self.heading("Afgewogen en niet overgenomen", 3), table]
        return story

    def criterion(self, criterion: Any) -> list[Any]:
        why = criteria.why(self.tender, criterion.code) if self.told.audience == "internal" else ""
        facts = [*criteria.facts(criterion), *([("Waarom gekozen", why)] if why else [])]
        return [
            CondPageBreak(120),
            self.heading(criteria.head(criterion), 3),
            self.paragraph(criterion.text),
            *self.items([f"{name}: {text}" for name, text in facts]),
        ]

    def missing(self) -> list[Any]:
        story = self.chapter("assumptions")
        found = findings(self.comparison)
        if found:
            story += [self.heading("Wat ontbreekt of opvalt", 3), *self.items(found)]
        return story

    def annexes(self) -> list[Any]:
        """What was asked in full, the method filled in, the weights, the sources, and what this paper is
        recognised by."""
        story: list[Any] = [CondPageBreak(160), self.heading("Bijlage A: wat is gevraagd", 2, CHAPTER)]
        story.append(self.facts(advice.ask_facts(self.comparison)))
        story += self.method()
        story += self.weights()
        story += [CondPageBreak(90), self.heading("Bijlage D: bronnen en verantwoording", 2, CHAPTER)]
        story += self.items([f"{name}: {text}" for name, text in advice.sources(self.comparison)])
        declared = parts.declarations(self.comparison, self.told.inputs)
        if declared:
            said = [f"{name}: {text}" for name, text in declared]
            story += [self.heading("Milieuverklaringen", 3), *self.items(said)]
        if mark := terms.mark(self.tender):
            story.append(self.paragraph(f"{mark}. Dit blad gaat niet over een echt werk.", TEXT))
        return story + self.recognised_by()

    def method(self) -> list[Any]:
        found = self.found
        if found is None or not found.bids:
            return []
        title = self.heading("Bijlage B: methode en berekening", 2, CHAPTER)
        told = [f"{bid.name}: {awarding.account(found, bid)}" for bid in found.bids]
        formula = self.paragraph(f"{awarding.formula(found.rules)}.")
        return [CondPageBreak(120), title, formula, self.heading("Zo is het berekend", 3), *self.items(told)]

    def weights(self) -> list[Any]:
        """Each weight with its Dutch name, and whether somebody confirmed it."""
        weights = self.comparison.weighting_set
        if not weights.weights:
            return []
        unverified = set(weights.unverified)
        rows = [
            (
                one.name or one.indicator, one.indicator, f"{numbers.as_typed(one.euro_per_unit)} € per {one.unit}",
                "nog niet bevestigd" if one.indicator in unverified else "bevestigd",
            )
            for one in weights.weights
        ]  # fmt: skip
        title = f"Bijlage C: gewichten van weegset {advice.set_name(self.comparison)}"
        widths = [0.4 * WIDTH, 0.14 * WIDTH, 0.27 * WIDTH, 0.19 * WIDTH]
        table = self.table(("Milieueffect", "Code", "Gewicht", "Bron"), rows, 4, widths)
        return [CondPageBreak(120), self.heading(title, 2, CHAPTER), table]

    def recognised_by(self, letter: str = "E") -> list[Any]:
        marks = [("Kenmerk van deze versie", self.printed.basis)] if self.printed.basis else []
        marks += [("Kenmerk van de geschiedenis", self.printed.head), ("Gemaakt met", self.printed.producer)]
        how = (
            "Hebt u een bestand en wilt u weten of het dit blad is? Kies in CirkelDesk bij Advies, Versies: "
            "Bestand controleren. Het kenmerk onder aan elke bladzijde is het begin van het kenmerk hieronder."
        )
        head = self.heading(f"Bijlage {letter}: kenmerken", 2, CHAPTER)
        return [KeepTogether([head, self.paragraph(how), self.facts(marks)])]


class _WithoutMki(_Story):
    """The sheet of a tender that asks no MKI: who, what it costs, the criteria and how it was decided."""

    def flowables(self) -> list[Any]:
        story = [*self.first_page(), PageBreak(), *self.chapter("subject"), *self.prices()]
        return [*story, *self.themes(), *self.missing(), *self.annexes()]

    def picture(self) -> list[Any]:
        return []

    def prices(self) -> list[Any]:
        """The figures of the comparison, a bid or design on each row: there are few figures, and however many
        bids."""
        rows, results = self.told.rows, self.comparison.variants
        if not results or not rows:
            return []
        header = ("Wie", *(row.name_with_unit for row in rows))
        texts = [(result.name, *(row.cells[i].text for row in rows)) for i, result in enumerate(results)]
        widths = [0.34 * WIDTH, *[0.66 * WIDTH / len(rows)] * len(rows)]
        table = self.table(header, texts, 1, widths)
        return [CondPageBreak(90), self.heading("Wat biedt ieder aan?", 2, CHAPTER), table]

    def annexes(self) -> list[Any]:
        story: list[Any] = [CondPageBreak(160), self.heading("Bijlage A: wat is gevraagd", 2, CHAPTER)]
        story.append(self.facts(advice.ask_facts(self.comparison)))
        method = self.method()
        return [*story, *method, *self.recognised_by("C" if method else "B")]
