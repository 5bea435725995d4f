"""The advice sheet: the comparison as a tagged, archivable PDF, for inside or outside. It shows what it is
given and decides nothing: what outside may know was decided when the `Advice` was made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, PageBreak, Paragraph, Spacer

from cirkeldesk.charts import description
from cirkeldesk.model.award.award import award
from cirkeldesk.model.award.disclosure import name_of
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.sheets.pdf.glyphs import markup, use_faces
from cirkeldesk.sheets.pdf.page import (
    CELL,
    CELL_BOLD,
    CELL_RIGHT,
    CELL_RIGHT_BOLD,
    LEAD,
    MUTED,
    TEXT,
    WIDTH,
    Blocks,
    cell,
    clipped,
    printed_paper,
)
from cirkeldesk.sheets.pdf.tagged import Structure, tagged_table
from cirkeldesk.sheets.printing import INK, Print
from cirkeldesk.wording import criteria, numbers, paper, terms
from cirkeldesk.wording.advice import advice, parts
from cirkeldesk.wording.award import awarding, how_sure
from cirkeldesk.wording.comparison import differences
from cirkeldesk.wording.comparison.rows import findings

VARIANTS_PER_TABLE = 5


def advice_sheet(told: advice.Advice, printed: Print, fonts: Path) -> bytes:
    """The PDF's bytes; the same advice, head and time give the same bytes."""
    use_faces(fonts)
    tender, structure = told.tender, Structure()
    marks = paper.marks(tender, told.audience, draft=printed.version is None)
    title = f"Adviesblad {tender.number}"
    subject = f"Vergelijking van varianten op MKI, grondstoffen en prijs: {tender.title}"
    return printed_paper(
        title, subject, marks, _Story(told, printed, structure).flowables(), structure, printed
    )


class _Story(Blocks):
    """The sheet's content in reading order: a page to decide by, then all it stands on."""

    def __init__(self, told: advice.Advice, printed: Print, structure: Structure) -> None:
        super().__init__(printed, structure)
        self.told, self.comparison, self.tender = told, told.comparison, told.tender

    def flowables(self) -> list[Any]:
        story = [*self.first_page(), PageBreak()]
        story += self.asked()
        story += self.posts()
        story += self.estimate()
        if self.comparison.variants:
            story += self.matrix()
            story += self.charts()
            story += self.difference()
        story += self.award()
        story += self.equivalence()
        story += self.certainty()
        story += self.themes()
        story += self.missing()
        return story + self.account()

    def first_page(self) -> list[Any]:
        """What is decided, why in a few lines, and the facts around it."""
        tender = self.tender
        story: list[Any] = [*self.logo(), self.heading(tender.title or f"Aanbesteding {tender.number}", 1)]
        facts = [
            part
            for part in (self.printed.organisation, tender.number, numbers.long_date(self.printed.time))
            if part
        ]
        story.append(self.paragraph(" · ".join(facts), MUTED))
        story += self.text_section("summary", LEAD)
        story += self.text_section("advice", TEXT)
        if self.told.changed:
            before = (self.printed.version or 2) - 1
            story += [
                CondPageBreak(60),
                self.heading(f"Wat is anders dan in versie {before}", 2),
                *self.items(self.told.changed),
            ]
        story += [self.heading("In het kort", 2), self.facts(self.in_short())]
        return story + self.short_ranking()

    def short_ranking(self) -> list[Any]:
        """The outcome at a glance; how it came about stands in the section Gunning."""
        found = award(self.comparison)
        if found is None or not found.bids:
            return []
        header = ("Plaats", "Inschrijving", "Inschrijver", "Prijs", "MKI", awarding.total_name(found))
        rows = [
            (
                terms.VALIDITY[bid.validity] if bid.validity in OUT else row[0],
                row[1],
                name_of(self.tender.variant(bid.id)),
                *row[3:],
            )
            for row, bid in zip(awarding.short_ranking(found), found.bids, strict=True)
        ]
        widths = [share * WIDTH for share in (0.14, 0.2, 0.24, 0.16, 0.1, 0.16)]
        return [CondPageBreak(90), self.heading("Rangorde", 2), self.table(header, rows, 3, widths)]

    def in_short(self) -> list[tuple[str, str]]:
        outcome = parts.outcome_facts(self.tender, self.told.disclosed)
        facts = [*outcome, *parts.procedure_facts(self.tender)]
        if self.tender.award.method is not None:
            facts.append(("Gunningsmethode", awarding.method_sentence(self.tender.award)))
        number = self.printed.version
        version = f"versie {number}, {numbers.date(self.printed.time)}" if number is not None else "concept"
        facts.append(("Versie", f"{version}, kenmerk {self.printed.basis[:16] or self.printed.head[:16]}"))
        return facts

    def text_section(self, key: str, style: Any) -> list[Any]:
        section = self.told.section(key)
        if section is None:
            return []
        return [CondPageBreak(60), self.heading(section.title, 2), self.paragraph(section.text, style)]

    def asked(self) -> list[Any]:
        table = self.facts(advice.ask_facts(self.comparison))
        return [*self.text_section("subject", TEXT), self.heading("Wat is gevraagd", 3), table]

    def posts(self) -> list[Any]:
        found = parts.posts_table(self.comparison)
        if not found.rows:
            return []
        widths = [0.3 * WIDTH, 0.14 * WIDTH, 0.38 * WIDTH, 0.18 * WIDTH]
        table = self.table(found.header, found.rows, 3, widths)
        story: list[Any] = [CondPageBreak(90), self.heading("Posten en hoeveelheden", 3), table]
        if left := parts.left_out(self.comparison):
            story.append(self.paragraph(left, MUTED))
        if not self.comparison.variants:
            return story
        story += [CondPageBreak(110), self.heading("Wat elke variant is", 3)]
        for one in parts.offered_tables(self.comparison, self.told.inputs, VARIANTS_PER_TABLE):
            column = 0.72 * WIDTH / (len(one.header) - 1)
            story += [
                self.table(
                    one.header, one.rows, len(one.header), [0.28 * WIDTH] + [column] * (len(one.header) - 1)
                )
            ]
            story.append(Spacer(1, 6))
        note = "MKI van de post over de hele beschouwingsperiode, zoals zij in de vergelijking telt."
        return [*story, self.paragraph(note, MUTED)]

    def estimate(self) -> list[Any]:
        found = parts.estimate_table(self.comparison) if self.told.audience == "internal" else None
        if found is None:
            return []
        table = self.table(
            found.header, found.rows, 1, [0.4 * WIDTH, 0.22 * WIDTH, 0.23 * WIDTH, 0.15 * WIDTH]
        )
        said = [self.paragraph(text) for text in parts.estimate_notes(self.comparison)]
        return [CondPageBreak(110), self.heading("Raming en inschrijvingen", 2), *said, table]

    def matrix(self) -> list[Any]:
        rows, variants = self.told.rows, self.comparison.variants
        story: list[Any] = [CondPageBreak(160), *self.text_section("comparison", TEXT)[1:]]
        for start in range(0, len(variants), VARIANTS_PER_TABLE):
            chosen = range(start, min(len(variants), start + VARIANTS_PER_TABLE))
            header = [cell("Figuur", CELL_BOLD)]
            header += [cell(clipped(variants[i].name, 120), CELL_RIGHT_BOLD) for i in chosen]
            data = [header]
            for row in rows:
                unit = f"<br/><font size='7' color='{INK['muted']}'>{markup(row.unit)}</font>"
                cells = [Paragraph(f"{markup(row.name)}{unit}", CELL)]
                for i in chosen:
                    one = row.cells[i]
                    cells.append(cell(one.with_mark, CELL_RIGHT_BOLD if one.mark else CELL_RIGHT))
                data.append(cells)
            column = (WIDTH - 46 * mm) / len(chosen)
            table = tagged_table(
                data, self.structure, colWidths=[46 * mm, *[column] * len(chosen)], hAlign="LEFT"
            )
            table.setStyle(self.grid())
            story += [table, Spacer(1, 8)]
        story.append(self.paragraph(differences.FOOTNOTE, MUTED))
        return story

    def charts(self) -> list[Any]:
        charts = [description.by_module(self.comparison), description.by_post(self.comparison)]
        if not any(bar.net is not None for bar in charts[0].bars):
            return []  # axes without a bar say nothing that the table has not said
        story: list[Any] = [CondPageBreak(300), self.heading("Grafieken", 2)]
        for chart in charts:
            title = self.heading(chart.title, 3)
            drawn = self.chart(chart)
            story += (
                [KeepTogether([title, *drawn])] if len(drawn) == 1 else [CondPageBreak(120), title, *drawn]
            )
        return story

    def difference(self) -> list[Any]:
        pair = differences.default_pair(self.comparison)
        difference = explain_difference(self.comparison, *pair) if pair else None
        if difference is None:
            return []
        story: list[Any] = [CondPageBreak(200), self.heading("Verklaar verschil", 2)]
        story.append(self.paragraph(differences.sentence(self.comparison, difference)))
        price = differences.price_sentence(self.comparison, difference)
        if price:
            story.append(self.paragraph(price))
        found = differences.table(self.comparison, difference, compact=True)
        narrow = 18 * mm  # figures and causes; what is left goes to the columns that carry a variant's name
        wide = (WIDTH - 26 * mm - narrow * (len(found.header) - 1 - found.named)) / found.named
        columns = [26 * mm, *[wide] * found.named, *[narrow] * (len(found.header) - 1 - found.named)]
        rows = [[clipped(text, 120) for text in row] for row in found.rows]
        printed = self.table(found.header, rows, 1, columns)
        chart = description.of_difference(self.comparison, difference)
        return [*story, printed, Spacer(1, 8), *self.chart(chart)]

    def award(self) -> list[Any]:
        """Method, ranking and each bid's filled-in sum, so that it can be followed by hand."""
        story = self.text_section("award", TEXT)[1:]
        if not story:
            return []
        story = [CondPageBreak(160), *story]
        found = award(self.comparison)
        if found is None:
            return story
        story.append(self.paragraph(f"{awarding.formula(found.rules)}."))
        if not found.bids:
            return story
        header = ("Plaats", "Inschrijving", "Geldig?", "Prijs", "MKI", awarding.total_name(found))
        widths = [20 * mm, WIDTH - 122 * mm, 24 * mm, 29 * mm, 19 * mm, 30 * mm]
        story += [
            self.table(header, awarding.short_ranking(found), 3, widths),
            Spacer(1, 6),
            self.heading("Zo is het berekend", 3),
        ]
        return [*story, *self.items([f"{bid.name}: {awarding.account(found, bid)}" for bid in found.bids])]

    def equivalence(self) -> list[Any]:
        found = parts.equivalence(self.tender)
        if found is None:
            return []
        table = self.table(
            found.header, found.rows, len(found.header), [0.28 * WIDTH, 0.16 * WIDTH, 0.56 * WIDTH]
        )
        return [CondPageBreak(100), self.heading("Gelijkwaardigheid", 2), table]

    def certainty(self) -> list[Any]:
        sure = self.told.certainty
        story = self.text_section("certainty", TEXT)
        if sure is None or not story:
            return []
        found = how_sure.certainty_table(sure)
        widths = [0.32 * WIDTH, 0.15 * WIDTH, 0.15 * WIDTH, 0.24 * WIDTH, 0.14 * WIDTH]
        return [CondPageBreak(140), *story[1:], self.table(found.header, found.rows, 1, widths)]

    def themes(self) -> list[Any]:
        """What is done for each theme, which criteria are asked and why, and what was weighed and not
        taken."""
        facts, asked = parts.themes(self.tender), criteria.of(self.tender)
        story = self.text_section("mvoi", TEXT)
        if facts:
            story += [CondPageBreak(90), self.heading("Per thema", 3), self.facts(facts)]
        for criterion in asked:
            why = criteria.why(self.tender, criterion.code) if self.told.audience == "internal" else ""
            story += [
                CondPageBreak(120),
                self.heading(criteria.head(criterion), 3),
                self.paragraph(criterion.text),
            ]
            facts_ = [*criteria.facts(criterion), *([("Waarom gekozen", why)] if why else [])]
            story += self.items([f"{name}: {text}" for name, text in facts_])
        left = criteria.left_out(self.tender) if self.told.audience == "internal" else []
        if left:
            widths = [0.3 * WIDTH, 0.22 * WIDTH, 0.48 * WIDTH]
            rows = [(found.title, terms.THEMES[found.theme], found.why) for found in left]
            table = self.table(("Criterium", "Thema", "Waarom niet"), rows, 3, widths)
            story += [CondPageBreak(100), self.heading("Afgewogen en niet overgenomen", 3), table]
        return story

    def missing(self) -> list[Any]:
        story = self.text_section("assumptions", TEXT)
        found = findings(self.comparison)
        if found:
            story += [self.heading("Wat ontbreekt of opvalt", 3), *self.items(found)]
        unverified = self.comparison.weighting_set.unverified
        if unverified:
            story.append(self.heading("Gewichten die nog niet zijn bevestigd", 3))
            weights = self.comparison.weighting_set.by_indicator()
            story += self.items(
                [
                    f"{code}: {numbers.as_typed(weights[code].euro_per_unit)} € per {weights[code].unit}"
                    for code in unverified
                ]
            )
        return story

    def account(self) -> list[Any]:
        story: list[Any] = [CondPageBreak(90), self.heading("Bronnen en verantwoording", 2)]
        story += self.items([f"{name}: {text}" for name, text in advice.sources(self.comparison)])
        declared = parts.declarations(self.comparison, self.told.inputs)
        if declared:
            story += [
                self.heading("Milieuverklaringen", 3),
                *self.items([f"{name}: {text}" for name, text in declared]),
            ]
        if mark := terms.mark(self.tender):
            story.append(self.paragraph(f"{mark}. Dit blad gaat niet over een echt werk.", TEXT))
        marks = [("Kenmerk van deze versie", self.printed.basis)] if self.printed.basis else []
        marks += [("Kenmerk van de geschiedenis", self.printed.head), ("Gemaakt met", self.printed.producer)]
        return [*story, KeepTogether([self.heading("Kenmerken", 3), self.facts(marks)])]
