"""The sheets that calculate: declared values, and the MKI of every module of every post as a live formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.explanation import Leaf, context_of, leaves, work_leaves
from cirkeldesk.model.product.modules import FIRST_USE, atoms
from cirkeldesk.model.tender.answered import PROPERTY_OF, per_of
from cirkeldesk.model.tender.ask import ReplacementRule
from cirkeldesk.model.tender.offered import asked_post, fixed_for, includes_replacement
from cirkeldesk.model.tender.period import Period, first_factor
from cirkeldesk.model.tender.tender import Post, Variant
from cirkeldesk.sheets.book import PERIOD, SUMS, VALUES, WEIGHTS
from cirkeldesk.sheets.typed import InputBook

UNDIVIDED = "niet uitgesplitst"


@dataclass(frozen=True)
class SheetTerm:
    """One row of *Berekening*: a module (or the undivided whole) of one answered post."""

    variant: Variant
    post_id: str
    module: str
    key: str
    rate: float
    amount: float
    amount_formula: str | None
    first: float
    more: float
    first_formula: str | None = None
    more_formula: str | None = None

    @property
    def value(self) -> float:
        return self.rate * self.amount * (self.first + self.more)


class CalculationBook(InputBook):
    """A book with *Milieuverklaringen* and *Berekening*."""

    # --- calculation
    # -------------------------------------------------------------------------------------------

    def values(self) -> list[SheetTerm]:
        """Milieuverklaringen: each declared value once per product; what a bidder gave, once per post.
        Returns the terms."""
        rows: dict[tuple[str, str, str | None], tuple[str, Leaf]] = {}
        terms_: list[SheetTerm] = []
        keys: dict[tuple[Any, ...], str] = {}
        for variant in self.tender.variants:
            found = [(post, leaf) for post in self.tender.posts for leaf in self._leaves(variant, post)]
            grouped: dict[tuple[str, str | None, str], list[Leaf]] = {}
            for post, leaf in found:
                grouped.setdefault((post.id, leaf.module, leaf.kind), []).append(leaf)
            for (post_id, module, kind), parts in grouped.items():
                key, label = self._source(variant, post_id, kind, keys)
                for leaf in parts:
                    rows[(key, module or UNDIVIDED, leaf.indicator)] = (label, leaf)
                terms_.append(self._term(variant, post_id, module, key, parts))
            for leaf in work_leaves(self.comparison, self.inputs, variant.id):
                key = keys.setdefault(("work", variant.id), f"D{len(keys) + 1}")
                rows[(key, leaf.module or UNDIVIDED, None)] = (f"{variant.name}, hele werk", leaf)
                module = leaf.module or UNDIVIDED
                terms_.append(
                    SheetTerm(
                        variant,
                        "",
                        module,
                        key,
                        leaf.declared * leaf.uplift,
                        1.0,
                        None,
                        leaf.first,
                        leaf.more,
                    )
                )
        self._write_values(rows)
        return terms_

    def _leaves(self, variant: Variant, post: Post) -> list[Leaf]:
        return leaves(self.comparison, self.inputs, variant.id, post.id)

    def _source(
        self, variant: Variant, post_id: str, kind: str, keys: dict[tuple[Any, ...], str]
    ) -> tuple[str, str]:
        """(key, label) of the declaration a term stands on; one key per product, or per offered answer."""
        post = self.tender.post(post_id)
        if kind == "fixed":
            return keys.setdefault(("fixed", post_id), f"D{len(keys) + 1}"), f"Vaste waarden voor {post.name}"
        product = product_of(self.tender, variant, post_id, self.inputs)
        if kind == "profile" and product is not None:
            category = variant.basis.category or variant.evidence.category
            return keys.setdefault(("product", id(product), category), f"D{len(keys) + 1}"), product.name
        name = f"{variant.name}, {post.name}" + (f": {product.name}" if product else "")
        return keys.setdefault(("offered", variant.id, post_id), f"D{len(keys) + 1}"), name

    def _term(
        self, variant: Variant, post_id: str, module: str | None, key: str, parts: list[Leaf]
    ) -> SheetTerm:
        rate = sum(leaf.declared * leaf.weight * leaf.uplift for leaf in parts)
        leaf = parts[0]
        formula = self._amount_formula(variant, post_id, leaf)
        first, more = self._factor_formulas(variant, post_id, leaf)
        name = module or UNDIVIDED
        return SheetTerm(
            variant, post_id, name, key, rate, leaf.amount, formula, leaf.first, leaf.more, first, more
        )

    def _factor_formulas(self, variant: Variant, post_id: str, leaf: Leaf) -> tuple[str | None, str | None]:
        """(first delivery, replacements) over life and period as `model.tender.period` has them; None where
        they hang on neither: released material, an MKI that holds its replacements."""
        a = context_of(self.comparison, self.inputs, variant.id, post_id)
        offered = leaf.kind in ("module", "total")
        if a.is_released or (offered and includes_replacement(a) != "no"):
            return None, None
        life, rule, module = (
            self.life_cells[variant.id, post_id],
            self.comparison.replacement_rule,
            leaf.module,
        )
        reused = leaf.kind == "profile" and a.reuses and module is not None
        base = first_factor(module or "", Period(), reused)
        first = f"MIN(1,{PERIOD}/{life})" + (f"*{base!r}" if base != 1.0 else "")
        has_use = module is not None and bool(atoms(module) & FIRST_USE)
        more = _more(f"{PERIOD}/{life}", rule, module)
        if module is None:  # one factor must fit all that is inside an undivided total
            more = f"IF({life}>{PERIOD},NA(),{more})"
            with_d = "D" in asked_post(a).need
            if rule == "fractional_without_d" and with_d:
                more = f"IF({life}<{PERIOD},NA(),{more})"
        return (
            f"=IF(ISNUMBER({life}),{first},{base!r})" if has_use else None,
            f"=IF(ISNUMBER({life}),{more},0)",
        )

    def _amount_formula(self, variant: Variant, post_id: str, leaf: Leaf) -> str | None:
        """How many units: a quantity on *Posten* times a constant, so that a changed quantity follows."""
        product = product_of(self.tender, variant, post_id, self.inputs)
        name: str | None = None
        if leaf.kind == "profile" and product is not None:
            measured = self.comparison.group.measured_by(product.declared_unit)
            name = measured[0] if measured else None
        elif leaf.kind in ("module", "total"):
            name = PROPERTY_OF[per_of(self.tender.ask, self.tender.post(post_id), variant)]
        elif leaf.kind == "fixed":
            fixed = fixed_for(self.tender.ask, self.tender.post(post_id)).get(leaf.module or "")
            name = PROPERTY_OF[fixed[1]] if fixed else None
        if name is None or not leaf.amount:
            return None
        quantity = self.comparison.variant(variant.id).post(post_id).quantities.get(name)
        cell = self.quantity_cells.get((variant.id, post_id, name))
        if not quantity or cell is None:
            return None
        return f"={cell}*{leaf.amount / quantity!r}"

    def _write_values(self, rows: dict[tuple[str, str, str | None], tuple[str, Leaf]]) -> None:
        sheet, units = self.sheets[VALUES], self.comparison.weighting_set.by_indicator()
        header = [
            "Sleutel",
            "Verklaring",
            "Levensfase",
            "Milieueffect",
            "Waarde (invoer)",
            "bij opslaan",
            "Eenheid",
        ]
        header += ["Gewicht, € per eenheid", "Toeslag", "€ MKI per eenheid", "Milieueffect in woorden"]
        widths = [9, 44, 14, 16, 16, 14, 22, 16, 9, 18, 44]
        self.table(VALUES, 0, header, len(rows), widths, "Milieuverklaringen")
        last_weight = self.last_row[WEIGHTS] + 1
        lifted = {key for (key, _, _), (_, leaf) in rows.items() if leaf.uplift > 1.0}
        row = 0
        for row, ((key, module, indicator), (label, leaf)) in enumerate(rows.items(), 1):
            unit = units[indicator].unit if indicator else "€ MKI"
            for column, text in enumerate((key, label, module, indicator or "MKI")):
                sheet.write_string(row, column, text, self.formats.text)
            sheet.write_number(row, 4, leaf.declared, self.formats.entry())
            sheet.write_number(row, 5, leaf.declared, self.formats.stored())
            sheet.write_string(row, 6, unit, self.formats.text)
            effect = units[indicator].name if indicator else "milieukosten, zoals opgegeven"
            sheet.write_string(row, 10, effect, self.formats.text)
            self.fit(VALUES, row, [(label, widths[1]), (unit, widths[6]), (effect, widths[10])])
            line = row + 1
            plain = self.formats(num_format="General", align="right")
            if indicator:
                lookup = f"=INDEX({WEIGHTS}!$B$2:$B${last_weight},MATCH(D{line},{WEIGHTS}!$A$2:$A${last_weight},0))"
                sheet.write_formula(row, 7, lookup, plain, leaf.weight)
            else:
                sheet.write_number(row, 7, 1, plain)
            self._uplift(row, leaf, plain, lifted=key in lifted)
            sheet.write_formula(
                row, 9, f"=E{line}*H{line}*I{line}", plain, leaf.declared * leaf.weight * leaf.uplift
            )
        self.last_row[VALUES] = max(1, row)
        if row:
            self.watch(VALUES, 1, row, 4)

    def _uplift(self, row: int, leaf: Leaf, plain: Any, *, lifted: bool) -> None:
        """30 % on category 3, not on D when D is no burden; the test follows the value. `lifted`: the same
        declaration carries the uplift on its other modules."""
        if leaf.uplift == 1.0 and not (leaf.module == "D" and leaf.declared <= 0 and lifted):
            self.sheets[VALUES].write_number(row, 8, 1, plain)
        elif leaf.module == "D":
            self.sheets[VALUES].write_formula(row, 8, f"=IF(E{row + 1}<=0,1,1.3)", plain, leaf.uplift)
        else:
            self.sheets[VALUES].write_number(row, 8, leaf.uplift, plain)

    def sums(self, terms_: list[SheetTerm]) -> None:
        sheet = self.sheets[SUMS]
        header = [
            "Variant",
            "Post",
            "Levensfase",
            "Sleutel",
            "€ MKI per eenheid",
            "Aantal eenheden",
            "Eén levering, € MKI",
        ]
        header += [
            "Factor eerste levering",
            "Eerste levering, € MKI",
            "Factor vervanging",
            "Vervanging, € MKI",
            "Totaal, € MKI",
        ]
        header += ["Nr. variant", "Nr. post"]
        self.table(
            SUMS, 0, header, len(terms_), [24, 20, 14, 9, 16, 16, 16, 12, 16, 12, 16, 16, 9, 9], "Berekening"
        )
        names = {post.id: post.name for post in self.tender.posts}
        last = self.last_row[VALUES] + 1
        money, plain = self.formats.number(2), self.formats(num_format="General", align="right")
        row = 0
        for row, term in enumerate(terms_, 1):
            line = row + 1
            for column, text in enumerate(
                (term.variant.name, names.get(term.post_id, "Hele werk"), term.module, term.key)
            ):
                sheet.write_string(row, column, text, self.formats.text)
            rate = f"=SUMIFS({VALUES}!$J$2:$J${last},{VALUES}!$A$2:$A${last},D{line},{VALUES}!$C$2:$C${last},C{line})"
            sheet.write_formula(row, 4, rate, plain, term.rate)
            if term.amount_formula:
                sheet.write_formula(row, 5, term.amount_formula, plain, term.amount)
            else:
                sheet.write_number(row, 5, term.amount, plain)
            delivered = term.rate * term.amount
            sheet.write_formula(row, 6, f"=E{line}*F{line}", money, delivered)
            self._factor(row, 7, term.first_formula, term.first)
            sheet.write_formula(row, 8, f"=G{line}*H{line}", money, delivered * term.first)
            self._factor(row, 9, term.more_formula, term.more)
            sheet.write_formula(row, 10, f"=G{line}*J{line}", money, delivered * term.more)
            sheet.write_formula(row, 11, f"=I{line}+K{line}", money, term.value)
            sheet.write_number(row, 12, self.variant_number[term.variant.id], plain)
            sheet.write_number(row, 13, self.post_number.get(term.post_id, 0), plain)
        self.last_row[SUMS] = max(1, row)

    def _factor(self, row: int, column: int, formula: str | None, value: float) -> None:
        plain = self.formats(num_format="General", align="right")
        if formula is None:
            self.sheets[SUMS].write_number(row, column, value, plain)
        else:
            self.sheets[SUMS].write_formula(row, column, formula, plain, value)

    def sum_of(
        self, column: str, variant_id: str, *, post_id: str | None = None, module: str | None = None
    ) -> str:
        """SUMIFS over *Berekening* for a variant, and a post or module. By number: names may hold wildcards
        or repeat."""
        last = self.last_row[SUMS] + 1
        parts = [
            f"{SUMS}!${column}$2:${column}${last}",
            f"{SUMS}!$M$2:$M${last}",
            str(self.variant_number[variant_id]),
        ]
        if post_id is not None:
            parts += [f"{SUMS}!$N$2:$N${last}", str(self.post_number[post_id])]
        if module is not None:
            parts += [f"{SUMS}!$C$2:$C${last}", f'"{module}"']
        return f"SUMIFS({','.join(parts)})"


def _more(ratio: str, rule: ReplacementRule | None, module: str | None) -> str:
    """The replacements together, as a formula over how many lives fit in the period."""
    if rule in (None, "none") or (module == "D" and rule == "fractional_without_d"):
        return "0"
    if rule == "whole":
        return f"MAX(0,ROUNDUP({ratio}-0.000000001,0)-1)"
    return f"MAX(0,{ratio}-1)"
