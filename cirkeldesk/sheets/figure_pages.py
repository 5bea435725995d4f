"""The pages of the advice that carry figures: what is bought, the comparison, the scores, and the charts with
their tables."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer

from cirkeldesk.charts import description
from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.difference import explain_difference
from cirkeldesk.model.comparison.result import VariantResult
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.sheets.pdf.boxes import Beside
from cirkeldesk.sheets.pdf.glyphs import markup
from cirkeldesk.sheets.pdf.page import (
    CELL,
    CELL_RIGHT,
    CELL_RIGHT_BOLD,
    CHAPTER,
    GROUP,
    HEAD,
    MUTED,
    TEXT,
    WIDTH,
    Blocks,
    cell,
    clipped,
    heads_for,
)
from cirkeldesk.sheets.pdf.tagged import GroupCell, Structure, TaggedTable, tagged_table
from cirkeldesk.sheets.printing import INK, Print
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.advice import advice, parts
from cirkeldesk.wording.award import awarding, how_sure
from cirkeldesk.wording.comparison import differences, printed
from cirkeldesk.wording.comparison.rows import MatrixCell, MatrixRow

MOST_COLUMNS = 6
NAMED = 5  # so many bids and more go by their letter in a table, with a line that tells who they are


class FigurePages(Blocks):
    """What the first page stands on."""

    def __init__(self, told: advice.Advice, carried: Print, structure: Structure) -> None:
        super().__init__(carried, structure)
        self.told, self.comparison, self.tender = told, told.comparison, told.tender

    @cached_property
    def found(self) -> Award | None:
        return award(self.comparison)

    def chapter(self, key: str) -> list[Any]:
        """A section of the advice with its title over the pages below it; nothing where it is not there."""
        section = self.told.section(key)
        if section is None:
            return []
        title = self.heading(section.title, 2, CHAPTER)
        return [CondPageBreak(110), title, *([self.paragraph(section.text, TEXT)] if section.text else [])]

    def said(self, key: str) -> list[Any]:
        section = self.told.section(key)
        return [self.paragraph(section.text, TEXT)] if section is not None and section.text else []

    # --- what is bought

    def bought(self) -> list[Any]:
        """What is asked, what each variant is, and the words a reader meets."""
        offered = bool(self.comparison.variants)
        title = (
            "Wat kopen we, en wat biedt ieder aan?" if self.tender.has_bids and offered else "Wat kopen we?"
        )
        story: list[Any] = [self.heading(title, 2, CHAPTER), *self.said("subject")]
        story += self.offered() if offered else self.posts()
        story += [
            CondPageBreak(90),
            self.heading("Wat vroegen wij?", 3),
            self.facts(advice.asked_shortly(self.comparison)),
        ]
        story.append(self.paragraph("De volledige uitvraag staat in bijlage A.", MUTED))
        found = parts.equivalence(self.tender)
        if found is not None and (same := parts.all_equal(self.tender)):
            story.append(self.paragraph(same))
        elif found is not None:
            widths = [0.28 * WIDTH, 0.16 * WIDTH, 0.56 * WIDTH]
            table = self.table(found.header, found.rows, len(found.header), widths)
            story += [CondPageBreak(90), self.heading("Gelijkwaardigheid", 3), table]
        return story + self.glossary()

    def posts(self) -> list[Any]:
        found = parts.posts_table(self.comparison)
        if not found.rows:
            return []
        story = [
            self.heading("Posten en hoeveelheden", 3),
            self.table(found.header, found.rows, 2, [0.4 * WIDTH, 0.6 * WIDTH]),
        ]
        left = parts.left_out(self.comparison)
        return [*story, *([self.paragraph(left, MUTED)] if left else [])]

    def offered(self) -> list[Any]:
        story: list[Any] = [
            self.heading(
                "Wat ieder per post aanbiedt" if self.tender.has_bids else "Wat elk ontwerp per post is", 3
            )
        ]
        per = printed.columns_per_table(len(self.comparison.variants), MOST_COLUMNS)
        for one in parts.offered_tables(self.comparison, self.told.inputs, per):
            first = (0.24 if len(one.header) <= MOST_COLUMNS else 0.2) * WIDTH
            column = (WIDTH - first) / (len(one.header) - 1)
            widths = [first, *[column] * (len(one.header) - 1)]
            story += [self.table(one.header, one.rows, len(one.header), widths), Spacer(1, 4)]
        period = self.tender.ask.analysis_period
        over = f"over {numbers.as_typed(period)} jaar" if period else "over de hele beschouwingsperiode"
        story.append(
            self.paragraph(
                f"Onder het product: MKI van de post {over}, zoals zij in de vergelijking telt.", MUTED
            )
        )
        left = parts.left_out(self.comparison)
        return [*story, *([self.paragraph(left, MUTED)] if left else [])]

    def glossary(self) -> list[Any]:
        half = (len(parts.GLOSSARY) + 1) // 2
        column = (WIDTH - 6 * mm) / 2

        def told(words: tuple[tuple[str, str], ...]) -> list[Any]:
            return [self.marked(f"<b>{markup(word)}</b> {markup(text)}", MUTED) for word, text in words]

        columns = [(column, told(parts.GLOSSARY[:half])), (column, told(parts.GLOSSARY[half:]))]
        return [KeepTogether([self.heading("Woorden in dit advies", 3), Beside(columns)])]

    # --- the comparison

    def compared(self) -> list[Any]:
        """Figures, ranking, scores with their reasons, and the sums beside the estimate."""
        both = self.tender.has_bids and self.found is not None
        title = "Vergelijking en beoordeling" if both else "Vergelijking"
        story: list[Any] = [CondPageBreak(500), self.heading(title, 2, CHAPTER), *self.concluded()]
        story += self.matrix()
        story += self.ranking()
        story += self.scores()
        return story + self.estimate()

    def concluded(self) -> list[Any]:
        """What the comparison comes down to, and the section about it where that says more."""
        text = sentences.sentence(self.comparison.conclusion)
        section = self.told.section("comparison")
        told = [self.paragraph(text)] if section is None or text not in section.text else []
        return [*told, *self.said("comparison")]

    def matrix(self) -> list[Any]:
        rows = self.told.rows
        variants = self.comparison.variants
        names, key = printed.column_names(self.tender.variants, NAMED)
        title = self.heading("Alle cijfers naast elkaar", 3)
        title.keepWithNext = 0  # the table is parted over pages; the chapter above it made room
        story: list[Any] = [title]
        per = printed.columns_per_table(len(variants), MOST_COLUMNS)
        for start in range(0, len(variants), per):
            chosen = range(start, min(len(variants), start + per))
            story += [self.part_of_matrix(rows, chosen, names), Spacer(1, 4)]
        notes = [key, printed.left_out(rows), differences.FOOTNOTE]
        story.append(self.paragraph(" ".join(filter(None, notes)), MUTED))
        return story

    def part_of_matrix(self, rows: list[MatrixRow], chosen: range, names: dict[str, str]) -> TaggedTable:
        """Some variants of the matrix; a group of rows has one head over all columns."""
        variants = self.comparison.variants
        left, right = heads_for(len(chosen) + 1)
        data: list[list[Any]] = [
            [cell("Figuur", left), *(cell(clipped(names[variants[i].id], 120), right) for i in chosen)]
        ]
        heads = []
        for group in printed.grouped(rows):
            if group.title:
                head = GroupCell(markup(group.title), GROUP)
                head.columns = len(chosen) + 1
                heads.append(len(data))
                data.append([head, *[""] * len(chosen)])
            for row in group.rows:
                unit = (
                    f"<br/><font size='7' color='{INK['muted']}'>{markup(row.unit)}</font>"
                    if row.unit
                    else ""
                )
                label = Paragraph(f"{markup(row.name)}{unit}", CELL)
                data.append([label, *(self.figure(row, row.cells[i], variants[i]) for i in chosen)])
        first = (42 if len(chosen) < MOST_COLUMNS else 34) * mm
        column = (WIDTH - first) / len(chosen)
        table = tagged_table(data, self.structure, colWidths=[first, *[column] * len(chosen)], hAlign="LEFT")
        style = self.grid()
        for at in heads:
            style.add("SPAN", (0, at), (-1, at))
            style.add("BACKGROUND", (0, at), (-1, at), HexColor("#F4F6F8"))
        table.setStyle(style)
        return table

    def figure(self, row: MatrixRow, one: MatrixCell, result: VariantResult) -> Paragraph:
        """A figure with its mark below it; of a bid that does not count that it does not."""
        word = one.mark or (
            ""
            if not result.invalid or one.value is None
            else terms.VALIDITY["withdrawn" if result.withdrawn else "invalid"]
        )
        below = f"<br/><font size='7'>{word}</font>" if word else ""
        style = CELL_RIGHT_BOLD if one.mark in ("laagste", "hoogste") else CELL_RIGHT
        return Paragraph(markup(one.text, style.fontName).replace("\n", "<br/>") + below, style)

    def ranking(self) -> list[Any]:
        """Method and ranking; each bid's filled-in sum stands in the annex."""
        said = self.said("award")
        if not said:
            return []
        story: list[Any] = [CondPageBreak(110), self.heading("Gunning", 3), *said]
        found = self.found
        if found is None or not found.bids:
            return story
        header = ("Plaats", "Inschrijving", "Geldig?", "Inschrijfsom", "MKI", awarding.total_name(found))
        rows = [
            (
                terms.VALIDITY[bid.validity] if bid.validity in OUT else row[0],
                printed.column_name(self.tender.variant(bid.id)), *row[2:],
            )
            for row, bid in zip(awarding.short_ranking(found), found.bids, strict=True)
        ]  # fmt: skip
        widths = [20 * mm, WIDTH - 122 * mm, 24 * mm, 29 * mm, 19 * mm, 30 * mm]
        return [*story, self.table(header, rows, 3, widths)]

    def scores(self) -> list[Any]:
        """Per criterion who scored what and why."""
        found = self.found
        tables = parts.scores_tables(found) if found is not None else []
        if not tables:
            return []
        story: list[Any] = [CondPageBreak(120), self.heading("Kwaliteit: score en motivering", 3)]
        header = ("Inschrijver", "Score", "Motivering")
        data: list[list[Any]] = [[cell(text, HEAD) for text in header]]
        heads = []
        for title, one in tables:
            head = GroupCell(markup(clipped(title, 200)), GROUP)
            head.columns = 3
            heads.append(len(data))
            data.append([head, "", ""])
            data += [[cell(clipped(text, 1200), CELL) for text in row] for row in one.rows]
        table = tagged_table(
            data, self.structure, colWidths=[0.28 * WIDTH, 0.22 * WIDTH, 0.5 * WIDTH], hAlign="LEFT"
        )
        style = self.grid()
        for at in heads:
            style.add("SPAN", (0, at), (-1, at))
            style.add("BACKGROUND", (0, at), (-1, at), HexColor("#F4F6F8"))
        table.setStyle(style)
        return [*story, table]

    def estimate(self) -> list[Any]:
        found = parts.estimate_table(self.comparison) if self.told.audience == "internal" else None
        if found is None:
            return []
        widths = [0.4 * WIDTH, 0.22 * WIDTH, 0.23 * WIDTH, 0.15 * WIDTH]
        said = [self.paragraph(text) for text in parts.estimate_notes(self.comparison)]
        return [
            CondPageBreak(110),
            self.heading("Raming en inschrijvingen", 3),
            *said,
            self.table(found.header, found.rows, 1, widths),
        ]

    # --- charts

    def charts(self) -> list[Any]:
        """Each chart with its figures; one that would say nothing is a sentence."""
        story: list[Any] = []
        found = [description.by_module(self.comparison), description.by_post(self.comparison)]
        for number, chart in enumerate((chart for chart in found if description.tells(chart)), 1):
            head = [] if story else [self.heading("Waar zit de milieulast?", 2, CHAPTER)]
            title = self.heading(f"Figuur {number}: {chart.title}", 3)
            drawn = self.chart(chart)
            whole = [*head, title, *drawn]
            story += [KeepTogether(whole)] if len(drawn) == 1 else [CondPageBreak(160), *whole]
            if len(drawn) == 1:
                story += [Spacer(1, 4), *self.short_table(self.chart_table(chart), len(chart.bars))]
        if story and not description.tells(found[0]):
            story.append(
                self.paragraph("Niemand gaf de MKI per levensfase op; daarvan is er dus geen grafiek.", MUTED)
            )
        return story

    def difference(self) -> list[Any]:
        pair = differences.default_pair(self.comparison)
        difference = explain_difference(self.comparison, *pair) if pair else None
        if difference is None:
            return []
        a, b = (self.comparison.variant(identity).name for identity in (difference.a, difference.b))
        story: list[Any] = [
            CondPageBreak(200),
            self.heading(f"Waar komt het verschil in MKI vandaan: {b} en {a}", 3),
        ]
        story.append(self.paragraph(differences.sentence(self.comparison, difference)))
        price = differences.price_sentence(self.comparison, difference)
        if price:
            story.append(self.paragraph(price))
        found = differences.table(self.comparison, difference, compact=True)
        narrow = 18 * mm  # figures and causes; what is left goes to the columns that carry a variant's name
        wide = (WIDTH - 26 * mm - narrow * (len(found.header) - 1 - found.named)) / found.named
        columns = [26 * mm, *[wide] * found.named, *[narrow] * (len(found.header) - 1 - found.named)]
        rows = [[clipped(text, 120) for text in row] for row in found.rows]
        chart = description.of_difference(self.comparison, difference)
        return [*story, self.table(found.header, rows, 1, columns), Spacer(1, 8), *self.chart(chart)]

    def certainty(self) -> list[Any]:
        sure = self.told.certainty
        story = self.chapter("certainty")
        if sure is None or not story:
            return []
        found = how_sure.certainty_table(sure)
        widths = [0.32 * WIDTH, 0.15 * WIDTH, 0.15 * WIDTH, 0.24 * WIDTH, 0.14 * WIDTH]
        story.append(self.table(found.header, found.rows, 1, widths))
        other = how_sure.scenario_table(sure)
        if other.rows:
            widths = [0.3 * WIDTH, 0.5 * WIDTH, 0.2 * WIDTH]
            story += [self.heading("Andere aannames", 3), self.table(other.header, other.rows, 3, widths)]
        return story
