"""The sheets with what is typed: posts with their quantities, lives and prices, and the weights.

Each input has a tint, stands under a header with "invoer", and has beside it what it was when the file was
made.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.reference.group import QuantityRule
from cirkeldesk.model.tender.answered import quantities_of
from cirkeldesk.model.tender.tender import Answer, Post, Variant
from cirkeldesk.sheets.book import AREA, PERIOD, POSTS, WEIGHTS, Book
from cirkeldesk.wording import terms

AS_WORK = "als het werk"
WIDE = 30  # of the first column, in characters


class InputBook(Book):
    """A book with *Posten* and *Weegset*."""

    # --- inputs
    # ------------------------------------------------------------------------------------------------

    def posts(self) -> None:
        """Shared quantities first ("Uitvraag"), then each variant's, which follow them unless they are its
        own."""
        group, tender, sheet = self.comparison.group, self.tender, self.sheets[POSTS]
        codes = [p.code for p in group.properties]
        label = f"{group.functional_quantity_label} van het werk ({group.functional_unit}), invoer"
        self._named(0, label, tender.functional_quantity, AREA)
        self._named(1, "Beschouwingsperiode (jaar), invoer", tender.ask.analysis_period, PERIOD)
        header = ["Variant", "Post"]
        for prop in group.properties:
            header += [f"{prop.label}, {prop.unit} (invoer)", f"{prop.label} bij opslaan"]
        header += ["Levensduur, jaar (invoer)", "Levensduur bij opslaan"]
        owners: list[Variant | None] = [None, *tender.variants]
        top = 2
        rows = len(owners) * len(tender.posts)
        self.table(POSTS, top, header, rows, [WIDE, 20, *[15, 13] * (len(codes) + 1)], "Posten")
        row = top
        for owner in owners:
            for post in tender.posts:
                row += 1
                sheet.write_string(row, 0, owner.name if owner else "Uitvraag", self.formats.text)
                sheet.write_string(row, 1, post.name, self.formats.text)
                for index, code in enumerate(codes):
                    self._quantity(owner, post, code, row, 2 + 2 * index)
                self._life(owner, post, row, 2 + 2 * len(codes))
        if rows:
            for index in range(len(codes)):
                self.watch(POSTS, top + 1, row, 2 + 2 * index)
            self.watch_copy(POSTS, top + 1, row, 2 + 2 * len(codes), 3 + 2 * len(codes))
        if self.told.audience == "internal":
            self._prices(row + 3)

    def _named(self, row: int, label: str, value: float | None, name: str) -> None:
        """An input of the whole work, known by its name in every formula."""
        sheet = self.sheets[POSTS]
        self.fit(POSTS, row, [(label, WIDE)])
        sheet.write_string(row, 0, label, self.formats.bold)
        if value is not None:
            sheet.write_number(row, 1, value, self.formats.number(0, entry=True))
            sheet.write_number(row, 2, value, self.formats.stored())
            self.changed.append(f"--({POSTS}!$B${row + 1}<>{POSTS}!$C${row + 1})")
        self.name_cell(name, POSTS, row, 1)

    def _life(self, owner: Variant | None, post: Post, row: int, column: int) -> None:
        """How long a post lasts: as asked, or the answer's own; a variant follows what is asked."""
        sheet, own = self.sheets[POSTS], owner.answer(post.id).life if owner else post.life
        cell = f"{POSTS}!{xl_rowcol_to_cell(row, column, True, True)}"
        self.life_cells[owner.id if owner else "", post.id] = cell
        value = own or post.life
        shown: float | str = AS_WORK if value == "work" else value if value is not None else ""
        asked = f"={self.life_cells['', post.id]}" if owner else ""
        if owner is not None and own is None and value is not None:
            sheet.write_formula(row, column, asked, self.formats.number(0), shown)
        elif isinstance(shown, str):
            sheet.write_string(row, column, shown, self.formats.entry())
        else:
            sheet.write_number(row, column, shown, self.formats.entry())
        if isinstance(shown, str):
            sheet.write_string(row, column + 1, shown, self.formats.stored())
        else:
            sheet.write_number(row, column + 1, shown, self.formats.stored())

    def _quantity(self, owner: Variant | None, post: Post, code: str, row: int, column: int) -> None:
        """A typed quantity is an input; a derived or inherited one is a formula; an unknown one stays
        empty."""
        group, sheet = self.comparison.group, self.sheets[POSTS]
        decimals = group.property(code).decimals
        value = self._quantity_value(owner, post, code)
        key = (owner.id if owner else "", post.id, code)
        self.quantity_cells[key] = f"{POSTS}!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"
        if value is None:
            sheet.write_blank(row, column, None, self.formats.number(decimals, entry=True))
            sheet.write_blank(row, column + 1, None, self.formats.stored())
            return
        formula = self._quantity_formula(owner, post, code)
        if formula is None:
            sheet.write_number(row, column, value, self.formats.entry())
        else:
            sheet.write_formula(row, column, formula, self.formats.number(max(decimals, 1)), value)
        sheet.write_number(row, column + 1, value, self.formats.stored())

    def _quantity_value(self, owner: Variant | None, post: Post, code: str) -> float | None:
        answer = owner.answer(post.id) if owner else Answer(post.id)
        product = product_of(self.tender, owner, post.id, self.inputs) if owner else None
        return quantities_of(self.tender, post, answer, product, self.comparison.group).get(code)

    def _quantity_formula(self, owner: Variant | None, post: Post, code: str) -> str | None:
        """How a quantity follows from others; None for one that was typed."""
        group = self.comparison.group
        route = group.route(post.route or group.default_route)
        rule = next((r for r in group.rules if r.gives == code), None)
        if self._is_typed(owner, post, code, derived=rule is not None and code not in route.inputs):
            return None
        if rule is not None and (owner is not None or code not in route.inputs):
            formula = self._by_rule(rule, owner, post, code)
            if formula is not None:
                return formula
        if owner is not None:
            shared = self._quantity_value(None, post, code)
            return f"={self.quantity_cells[('', post.id, code)]}" if shared is not None else None
        is_whole = code == group.functional_property and code in route.inputs
        return f"={AREA}" if is_whole else None

    def _is_typed(self, owner: Variant | None, post: Post, code: str, *, derived: bool) -> bool:
        """Stated by the post, the answer or the product; a stated value of the ask that a rule gives is
        derived."""
        if owner is None:
            return code in dict(post.values) and not derived
        product = product_of(self.tender, owner, post.id, self.inputs)
        own = dict(owner.answer(post.id).values)
        return code in own or (product is not None and code in dict(product.values))

    def _by_rule(self, rule: QuantityRule, owner: Variant | None, post: Post, code: str) -> str | None:
        own = owner.id if owner else ""
        named = {
            name: self.quantity_cells.get((own, post.id, name)) for name in (*rule.needs, rule.step or "")
        }
        cells = {name: cell for name, cell in named.items() if cell}
        if not (cells.keys() >= set(rule.needs) and self._derives(owner, post, code)):
            return None
        return self._rule_formula(rule, cells, owner, post)

    def _rule_formula(
        self, rule: QuantityRule, cells: dict[str, str], owner: Variant | None, post: Post
    ) -> str | None:
        """A quantity rule as a formula, rounded up as `next_size` does; sizes of a product follow the formula
        as they are."""
        formula = "*".join([*(cells[name] for name in rule.times), repr(rule.factor)])
        formula += "".join(f"/{cells[name]}" for name in rule.over)
        formula += "".join(f"*(1-{cells[name]}/100)" for name in rule.less)
        if rule.step is None:
            return f"={formula}"
        product = product_of(self.tender, owner, post.id, self.inputs) if owner else None
        if product is not None and product.sizes:
            choice = "NA()"
            for size in sorted(product.sizes, reverse=True):
                choice = f"IF({formula}<={size!r}*1.000000001,{size!r},{choice})"
            return f"={choice}"
        return (
            f"=ROUNDUP(({formula})/{cells[rule.step]}-0.000000001,0)*{cells[rule.step]}"
            if rule.step in cells
            else None
        )

    def _derives(self, owner: Variant | None, post: Post, code: str) -> bool:
        """Whether the rule, and not a stated figure of the ask, gives this quantity."""
        route = self.comparison.group.route(post.route or self.comparison.group.default_route)
        stated_on_post = code in dict(post.values) and code in route.inputs
        rule = the_one(self.comparison.group.rules, lambda rule: rule.gives == code, code)
        known = all(self._quantity_value(owner, post, name) is not None for name in rule.needs)
        return known and not stated_on_post

    def _prices(self, top: int) -> None:
        sheet = self.sheets[POSTS]
        style = self.formats(bold=True, bg_color="#F4F6F8", text_wrap=True)
        columns = [
            {"header": text, "header_format": style}
            for text in ("Inschrijfsom", "€ excl. btw (invoer)", "bij opslaan")
        ]
        area = (top, 0, top + max(1, len(self.comparison.variants)), 2)
        options = {"columns": columns, "name": "Inschrijfsommen", "style": "Table Style Light 1"}
        sheet.add_table(*area, {**options, "autofilter": False})
        for offset, result in enumerate(self.comparison.variants, 1):
            row = top + offset
            sheet.write_string(row, 0, result.name, self.formats.text)
            if result.price is None:
                sheet.write_blank(row, 1, None, self.formats.number(2, entry=True))
                sheet.write_blank(row, 2, None, self.formats.stored())
            else:
                sheet.write_number(row, 1, float(result.price), self.formats.number(2, entry=True))
                sheet.write_number(row, 2, float(result.price), self.formats.stored())
            self.price_cells[result.id] = f"{POSTS}!$B${row + 1}"
        if self.comparison.variants:
            self.watch(POSTS, top + 1, top + len(self.comparison.variants), 1)

    def weights(self) -> None:
        sheet, weights = self.sheets[WEIGHTS], self.comparison.weighting_set.weights
        header = ["Milieueffect", "€ per eenheid (invoer)", "bij opslaan", "Eenheid", "Naam", "Stand", "Bron"]
        self.table(WEIGHTS, 0, header, len(weights), [16, 16, 14, 24, 46, 26, 50], "Weegset")
        for row, weight in enumerate(weights, 1):
            sheet.write_string(row, 0, weight.indicator, self.formats.text)
            sheet.write_number(row, 1, weight.euro_per_unit, self.formats.entry())
            sheet.write_number(row, 2, weight.euro_per_unit, self.formats.stored())
            for column, text in enumerate(
                (weight.unit, weight.name, terms.VERIFICATIONS[weight.verification], weight.source), 3
            ):
                sheet.write_string(row, column, text, self.formats.text)
        self.last_row[WEIGHTS] = len(weights)
        self.watch(WEIGHTS, 1, len(weights), 1)
