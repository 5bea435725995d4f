"""The sheet *Gunning* of the workbook: rules, scores and costs as inputs, every part and total as a live
formula.

Formulas round as the award does, half away from zero and once per part, so that a recalculated sheet equals
it to the cent. Source: DOMAIN 7; `model.award` computes the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from cirkeldesk.model.award.award import Award, BidResult
from cirkeldesk.model.award.methods import needs_of, parts_of
from cirkeldesk.model.tender.award_rules import OUT, PartCode
from cirkeldesk.sheets.book import AWARD, Book
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.award import awarding

TOP = 4  # the row of the table's header; above it method, lock, conclusion and mark
CHART_ROWS = 15
NUMERIC: tuple[str, ...] = (
    "lower",
    "upper",
    "maximum",
    "factor",
    "mki_weight",
    "price_weight",
    "price_low",
    "price_high",
    "log_base",
    "rate",
    "horizon",
)
# Names of the inputs that formulas of the ranking use.
NAMES = {
    "lower": "Ondergrens_MKI", "upper": "Bovengrens_MKI", "maximum": "Hoogste_korting", "factor": "Factor_MKI",
    "mki_weight": "Gewicht_MKI", "price_weight": "Gewicht_prijs", "price_low": "Prijs_laag", "price_high": "Prijs_hoog",
    "log_base": "Grondtal", "rate": "Rente", "horizon": "Aantal_jaren",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of the ranking: what it holds (`key`) and its header."""

    key: str
    header: str
    width: int


def following(said: str, live: str) -> str:
    """A sentence of the moment of saving that gives way to a live one after any change in the workbook."""
    text = said[:250].replace('"', '""')  # Excel takes no longer text in a formula
    return f'=IF(RIGHT(Samenvatting!$A$4,2)="ja",{live},"{text}")'


class AwardSheet:
    """Writes the sheet. Rules, scores and costs first, as the ranking refers to them."""

    def __init__(self, book: Book, award: Award) -> None:
        self.book, self.award, self.rules = book, award, award.rules
        self.sheet = book.sheets[AWARD]
        self.formats = book.formats
        self.decimals = 2 if award.method.kind == "notional" else award.rules.points_decimals
        self.columns = self._columns()
        self.place = {column.key: index for index, column in enumerate(self.columns)}
        self.first, self.last = TOP + 1, TOP + len(award.bids)
        self.rule_cells: dict[str, str] = {}
        self.ladder = ("", "")
        self.costs = ("", "", "")

    def write(self) -> None:
        row = self.last + 3
        row = self._rules(row)
        row = self._ladder(row)
        row = self._costs(row)
        if self._chart(self.last + 2):
            row = max(row, self.last + 3 + CHART_ROWS)  # no text runs on under it
        row = self._explained(row)
        end = self._scores(row)
        header = [column.header for column in self.columns]
        self.book.table(
            AWARD, TOP, header, len(self.award.bids), [column.width for column in self.columns], "Gunning"
        )
        for offset, bid in enumerate(self.award.bids, 1):
            self._bid(TOP + offset, bid)
        for column in self.columns:
            if column.key.startswith("share:"):
                self.book.watch_copy(
                    AWARD, self.first, self.last, self.place[column.key], self.place[f"was:{column.key}"]
                )
        self.sheet.print_area(
            0, 0, end, len(self.columns) - 1
        )  # a long text beside the tables makes the page no wider
        text = self.formats()
        said = awarding.conclusion(self.award)
        formula = following(said, self.leader())
        self.sheet.write_formula(0, 0, formula, self.formats(bold=True, font_size=14), said)
        self.sheet.write_string(1, 0, awarding.method_sentence(self.rules), text)
        self.sheet.write_string(
            2,
            0,
            f"{awarding.formula(self.rules)}. Methode: {awarding.lock_sentence(self.award.tender)}.",
            text,
        )

    def _chart(self, row: int) -> bool:
        """The sums of the bids that take part, the best first, as the table has them, beside the rules. False
        where there is nothing to compare."""
        taking = [bid for bid in self.award.bids if bid.counts and bid.outcome is not None]
        if len(taking) < 2:
            return False
        notional, place = self.award.method.kind == "notional", self.place["total"]
        last = self.first + len(taking) - 1
        chart = self.book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": self.columns[place].header,
                "categories": [AWARD, self.first, self.place["name"], last, self.place["name"]],
                "values": [AWARD, self.first, place, last, place],
                "fill": {"color": "#0A5A9C"},
                "data_labels": {"value": True, "num_format": "#,##0" if notional else "#,##0.00"},
            }
        )
        better = "lager is beter" if notional else "hoger is beter"
        chart.set_title({"name": f"{self.columns[place].header}; {better}", "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        lowest = min(bid.outcome.total for bid in taking if bid.outcome is not None)
        chart.set_x_axis({"num_format": "#,##0", **({"min": 0} if lowest >= 0 else {})})
        said = ", ".join(
            f"{bid.name} {numbers.number(bid.outcome.total, self.decimals)}" for bid in taking if bid.outcome
        )
        options = {"description": f"Staafgrafiek {self.columns[place].header}: {said}.", "object_position": 1}
        self.sheet.insert_chart(row, 4, chart, {**options, "x_scale": 1.3, "y_scale": 0.9})
        return True

    def _columns(self) -> list[Column]:
        found = [
            Column("name", "Inschrijving", 24),
            Column("validity", "Geldig?", 16),
            Column("price", "Prijs, € excl. btw", 18),
        ]
        found += [Column("mki", "MKI, € MKI", 14)]
        codes = parts_of(self.rules)
        if "quality" in codes:
            for criterion in self.rules.criteria:
                found.append(Column(f"share:{criterion.id}", f"{criterion.name}, score % (invoer)", 16))
        if "ladder" in codes:
            found.append(Column("level", "Trede CO₂-Prestatieladder", 14))
        for code, identity, name in awarding.part_columns(self.award):
            unit = "€" if self.award.method.kind == "notional" else "punten"
            found.append(Column(f"part:{code}:{identity or ''}", f"{name}, {unit}", 18))
        total = "Fictieve prijs, €" if self.award.method.kind == "notional" else "Punten totaal"
        found += [
            Column("total", total, 20),
            Column("tie", "Volgorde bij gelijke stand", 12),
            Column("rank", "Plaats", 10),
        ]
        if any(bid.figures.price is not None for bid in self.award.bids) and "price_points" in codes:
            found.append(Column("lowest", "Telt mee voor laagste prijs", 18))
        for column in list(found):
            if column.key.startswith("share:"):
                found.append(
                    Column(f"was:{column.key}", f"{column.header.removesuffix(' (invoer)')} bij opslaan", 14)
                )
        return _with_unique_headers(found)

    def place_of(self, bid: BidResult, key: str) -> str:
        """A cell of a bid's row, for other sheets."""
        return f"{AWARD}!{self.cell(self.first + self.award.bids.index(bid), key)}"

    def leader(self) -> str:
        """An expression that names who is first by the places of this sheet, as they are after a change."""
        places, names = (f"{AWARD}!{self.range(key)}" for key in ("rank", "name"))
        first = f"COUNTIF({places},1)"
        return (
            f'IF({first}=0,"Nog geen rangorde.",IF({first}>1,"Gelijke stand: "&{first}&" inschrijvingen.",'
            f'"Na uw wijzigingen staat "&INDEX({names},MATCH(1,{places},0))&" op nummer 1."))'
        )

    def cell(self, row: int, key: str) -> str:
        return str(xl_rowcol_to_cell(row, self.place[key], col_abs=True))

    def range(self, key: str) -> str:
        letter = xl_col_to_name(self.place[key])
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"

    # --- inputs
    # ------------------------------------------------------------------------------------------------

    def _rules(self, row: int) -> int:
        """The figures of the rules, as inputs beside what they were."""
        needed = needs_of(self.rules)
        names = [name for name in NUMERIC if name in needed and getattr(self.rules, name) is not None]
        lines = [(name, terms.AWARD_FIELDS[name], getattr(self.rules, name)) for name in names]
        if "quality" in parts_of(self.rules):
            lines += [(f"max:{c.id}", f"{c.name}, maximum", c.maximum) for c in self.rules.criteria]
        words = [("Regel bij gelijke stand", awarding.tie_rules_text(self.rules.tie_rules))]
        words += self._judged_by_people()
        if self.rules.negative_mki is not None and "mki_w" in parts_of(self.rules):
            words.append((terms.AWARD_FIELDS["negative_mki"], terms.NEGATIVE_MKI[self.rules.negative_mki]))
        if self.rules.motivation:
            words.append((terms.AWARD_FIELDS["motivation"], self.rules.motivation))
        self._header(
            row,
            ("Regel van de methode", "Waarde (invoer)", "bij opslaan"),
            len(lines) + len(words),
            "Gunningsregels",
        )
        start = row + 1
        for name, label, value in lines:
            row += 1
            self.book.fit(AWARD, row, [(label, self.columns[0].width)])
            self.sheet.write_string(row, 0, label, self.formats.text)
            self.sheet.write_number(row, 1, float(value), self.formats.entry())
            self.sheet.write_number(row, 2, float(value), self.formats.stored())
            self.rule_cells[name] = f"$B${row + 1}"
            if name in NAMES:
                self.book.name_cell(NAMES[name], AWARD, row, 1)
                self.rule_cells[name] = NAMES[name]
        if lines:
            self.book.watch(AWARD, start, row, 1)
        for label, text in words:
            row += 1
            self.sheet.write_string(row, 0, label, self.formats.text)
            self.sheet.write_string(
                row, 1, text, self.formats()
            )  # not wrapped: it goes on over the empty cells beside it
        return row + 2

    def _judged_by_people(self) -> list[tuple[str, str]]:
        """What no formula follows: a person judges whether a bid is valid, and the penalty comes after the
        award."""
        rules, words = self.rules, []
        if rules.ceiling is not None:
            ceiling = numbers.euro(rules.ceiling, 0)
            words.append((terms.AWARD_FIELDS["ceiling"], f"{ceiling} MKI; ongeldig verklaren doet een mens"))
        factor = numbers.as_typed(rules.penalty_factor)
        return [*words, (terms.AWARD_FIELDS["penalty_factor"], f"{factor}; telt niet mee in de rangorde")]

    def _ladder(self, row: int) -> int:
        if "ladder" not in parts_of(self.rules):
            return row
        steps = sorted(self.rules.ladder, key=lambda step: step.level)
        self._header(row, ("Trede", "Korting % (invoer)", "korting bij opslaan"), len(steps), "Ladder")
        start = row + 1
        for step in steps:
            row += 1
            self.sheet.write_number(row, 0, step.level, self.formats.number(0))
            self.sheet.write_number(row, 1, float(step.percent), self.formats.entry())
            self.sheet.write_number(row, 2, float(step.percent), self.formats.stored())
        self.ladder = (f"$A${start + 1}:$A${row + 1}", f"$B${start + 1}:$B${row + 1}")
        self.book.watch(AWARD, start, row, 1)
        return row + 2

    def _costs(self, row: int) -> int:
        lines = [(bid, cost) for bid in self.award.bids for cost in bid.figures.costs or ()]
        if "costs" not in parts_of(self.rules) or not lines:
            return row
        self._header(
            row,
            ("Latere kosten van", "Bedrag (invoer)", "bedrag bij opslaan", "Jaar", "Nr."),
            len(lines),
            "LatereKosten",
        )
        start = row + 1
        for bid, cost in lines:
            row += 1
            self.sheet.write_string(row, 0, bid.name, self.formats.text)
            self.sheet.write_number(row, 1, float(cost.amount), self.formats.number(2, entry=True))
            self.sheet.write_number(row, 2, float(cost.amount), self.formats.stored())
            self.sheet.write_number(row, 3, cost.year, self.formats.number(0))
            self.sheet.write_number(row, 4, self.book.variant_number[bid.id], self.formats.number(0))
        self.costs = tuple(f"${letter}${start + 1}:${letter}${row + 1}" for letter in "BDE")  # type: ignore[assignment]
        self.book.watch(AWARD, start, row, 1)
        return row + 2

    def _explained(self, row: int) -> int:
        """Per bid the filled-in sum and the decision, as text: what a reader without Excel's formulas
        follows."""
        lines = [
            (bid.name, text)
            for bid in self.award.bids
            for text in awarding.filled_in(self.award, bid) + awarding.reasons(bid)
        ]
        self._header(row, ("Uitleg per inschrijving", "Som, bij het opslaan"), len(lines), "GunningUitleg")
        for name, text in lines:
            row += 1
            self.sheet.write_string(row, 0, name, self.formats.text)
            self.sheet.write_string(row, 1, text, self.formats())
        return row + 2

    def _scores(self, row: int) -> int:
        """Returns the last row written."""
        scores = [
            score
            for score in self.award.tender.scores
            if any(bid.id == score.variant_id for bid in self.award.bids)
        ]
        if not scores or "quality" not in parts_of(self.rules):
            return row
        header = ("Score van", "Criterium", "Beoordelaar", "Score, zoals gegeven", "Motivering")
        self._header(row, header, len(scores), "Scores")
        names = {criterion.id: criterion.name for criterion in self.rules.criteria}
        for score in scores:
            row += 1
            given = (
                score.label
                if score.label is not None
                else numbers.as_typed(score.percent or Decimal(0)) + " %"
            )
            bid = self.award.bid(score.variant_id).name
            texts = (bid, names.get(score.criterion_id, ""), score.assessor, given, score.motivation)
            self.book.fit(
                AWARD, row, [(text, self.columns[column].width) for column, text in enumerate(texts[:-1])]
            )
            for column, text in enumerate(texts):
                self.sheet.write_string(
                    row, column, text, self.formats() if column == len(texts) - 1 else self.formats.text
                )
        return row

    def _header(self, row: int, header: Sequence[str], rows: int, name: str) -> None:
        style = self.formats(bold=True, text_wrap=True, bg_color="#F4F6F8")
        columns = [{"header": text, "header_format": style} for text in header]
        area = (row, 0, row + max(1, rows), len(header) - 1)
        self.book.fit(AWARD, row, [(text, self.columns[column].width) for column, text in enumerate(header)])
        self.sheet.add_table(
            *area, {"columns": columns, "name": name, "style": "Table Style Light 1", "autofilter": False}
        )

    # --- a bid
    # -------------------------------------------------------------------------------------------------

    def _bid(self, row: int, bid: BidResult) -> None:
        sheet, figures = self.sheet, bid.figures
        sheet.write_string(row, self.place["name"], bid.name, self.formats.bold)
        sheet.write_string(row, self.place["validity"], terms.VALIDITY[bid.validity], self.formats.text)
        if figures.price is None:
            sheet.write_string(row, self.place["price"], terms.STATES["empty"], self.formats.word)
        else:
            source = f"={self.book.price_cells[bid.id]}"
            sheet.write_formula(
                row, self.place["price"], source, self.formats.number(2), float(figures.price)
            )
        self._mki(row, bid)
        for key, index in self.place.items():
            if key.startswith(("share:", "was:share:")):
                self._share(row, index, bid, key.rsplit(":", 1)[1], entry=key.startswith("share:"))
        if "level" in self.place and figures.level is not None:
            sheet.write_number(row, self.place["level"], figures.level, self.formats.number(0))
        if "lowest" in self.place:
            price, validity = self.cell(row, "price"), self.cell(row, "validity")
            test = f'=IF(AND({_takes_part(validity)},ISNUMBER({price}),N({price})>0),{price},"")'
            counts = bid.validity not in OUT and figures.price is not None and figures.price > 0
            value: float | str = float(figures.price) if counts and figures.price is not None else ""
            sheet.write_formula(row, self.place["lowest"], test, self.formats.number(2), value)
        self._parts(row, bid)

    def _mki(self, row: int, bid: BidResult) -> None:
        place, decimals = self.place["mki"], self.award.tender.ask.mki_decimals
        if bid.figures.mki is None:
            self.sheet.write_string(row, place, terms.STATES["not_computable"], self.formats.word)
            return
        value, shape = float(bid.figures.mki), self.formats.number(decimals)
        total = self.book.total_cell(bid.id)
        if self.rules.own_sum is not None or total is None:
            self.sheet.write_number(row, place, value, shape)
        else:
            # rounded twice on purpose: 1,13 × 50 is 56,5 and not the float just below it
            self.sheet.write_formula(row, place, f"=ROUND(ROUND({total},7),{decimals})", shape, value)

    def _share(self, row: int, index: int, bid: BidResult, criterion: str, *, entry: bool) -> None:
        share = bid.figures.shares.get(criterion)
        if share is None:
            self.sheet.write_string(row, index, terms.STATES["empty"], self.formats.word)
        else:
            self.sheet.write_number(
                row, index, float(share * 100), self.formats.entry() if entry else self.formats.stored()
            )

    def _parts(self, row: int, bid: BidResult) -> None:
        """Parts, total and place; words where the bid cannot be computed, and no place where it is
        invalid."""
        parts = {
            f"part:{part.code}:{part.criterion or ''}": part
            for part in (bid.outcome.parts if bid.outcome else ())
        }
        keys = [key for key in self.place if key.startswith("part:")]
        notional = self.award.method.kind == "notional"
        if bid.outcome is None:
            for key in (*keys, "total"):
                self.sheet.write_string(
                    row, self.place[key], terms.not_counted(bid.validity), self.formats.word
                )
            return
        for key in keys:
            _, code, criterion = key.split(":", 2)
            formula = f"=ROUND({self._formula(row, bid, code, criterion)},{self.decimals})"  # type: ignore[arg-type]
            shape = self.formats.number(self.decimals, sign=notional)
            self.sheet.write_formula(row, self.place[key], formula, shape, float(parts[key].amount))
        terms_ = ([f"{self.cell(row, 'price')}"] if notional else []) + [self.cell(row, key) for key in keys]
        total = f"=ROUND({'+'.join(terms_)},{self.decimals})"
        bold = self.formats.number(self.decimals, bold=True)
        self.sheet.write_formula(row, self.place["total"], total, bold, float(bid.outcome.total))
        if bid.rank is None:
            return
        own, others, validity = self.cell(row, "total"), self.range("total"), self.range("validity")
        ahead = "<" if notional else ">"
        takes_part = "*".join(f"({test})" for test in _takes_part(validity).split(","))
        counts = f"ISNUMBER({others})*{takes_part}*({others}{ahead}{own})"
        level = [
            other
            for other in self.award.bids
            if other.counts and other.outcome and other.outcome.total == bid.outcome.total
        ]
        order = bid.rank - min(other.rank or 0 for other in level)
        self.sheet.write_number(row, self.place["tie"], order, self.formats.number(0))
        place = f"=1+SUMPRODUCT({counts})+{self.cell(row, 'tie')}"
        self.sheet.write_formula(row, self.place["rank"], place, self.formats.number(0, bold=True), bid.rank)

    def _formula(self, row: int, bid: BidResult, code: PartCode, criterion: str) -> str:
        """A part before rounding, over the cells of the bid and of the rules."""
        price, mki = self.cell(row, "price"), self.cell(row, "mki")
        rule = self.rule_cells
        if code == "quality":
            sign = "-" if self.award.method.kind == "notional" else ""
            return f"{sign}{rule[f'max:{criterion}']}*{self.cell(row, f'share:{criterion}')}/100"
        if code in ("mki_discount", "mki_points"):
            top = f"-{rule['maximum']}" if code == "mki_discount" else rule["mki_weight"]
            return f"{top}*MAX(0,MIN(1,({rule['upper']}-{mki})/({rule['upper']}-{rule['lower']})))"
        if code == "mki_w":
            return f"{rule['factor']}*{f'MAX(0,{mki})' if self.rules.negative_mki == 'clamp' else mki}"
        if code == "ladder":
            return (
                f"-{price}*IFERROR(LOOKUP({self.cell(row, 'level')},{self.ladder[0]},{self.ladder[1]}),0)/100"
            )
        if code == "costs":
            return self._costs_of(bid)
        return self._price_points(price)

    def _costs_of(self, bid: BidResult) -> str:
        amounts, years, owners = self.costs
        if not bid.figures.costs:
            return "0"
        rate, horizon = self.rule_cells["rate"], self.rule_cells["horizon"]
        number = self.book.variant_number[bid.id]
        return f"SUMPRODUCT(({owners}={number})*({years}<={horizon})*{amounts}/(1+{rate}/100)^{years})"

    def _price_points(self, price: str) -> str:
        rule, best = self.rule_cells, f"MIN({self.range('lowest')})"
        weight = rule["price_weight"]
        match self.rules.method:
            case "weighted":
                low, high = rule["price_low"], rule["price_high"]
                return f"{weight}*MAX(0,MIN(1,({high}-{price})/({high}-{low})))"
            case "relative":
                return f"{weight}*{best}/{price}"
            case "relative_linear":
                return f"{weight}*MAX(0,2-{price}/{best})"
        return f"{weight}*(1-LN({price}/{best})/LN({rule['log_base']}))"


def _takes_part(cells: str) -> str:
    """Tests that a bid was neither judged invalid nor withdrawn."""
    return ",".join(f'{cells}<>"{terms.VALIDITY[verdict]}"' for verdict in ("invalid", "withdrawn"))


def _with_unique_headers(columns: list[Column]) -> list[Column]:
    """Excel wants headers unique whatever their case."""
    seen: set[str] = set()
    found = []
    for column in columns:
        header, number = column.header[:200], 1
        while header.casefold() in seen:
            number += 1
            header = f"{column.header[:200]} ({number})"
        seen.add(header.casefold())
        found.append(Column(column.key, header, column.width))
    return found
