"""The answers of all variants as a grid that is typed in: what a text in each of its cells means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cirkeldesk.desktop.kit.grid.cells import Parsed, number_parsed, read_cell_number
from cirkeldesk.desktop.tender.ask.post_cells import parse_life
from cirkeldesk.desktop.tender.variants.biobased import parse_biobased
from cirkeldesk.desktop.tender.variants.cells import ShownAnswers, _costs_of
from cirkeldesk.desktop.tender.variants.rows import LAPSES, GridRow, RowKind
from cirkeldesk.model.product.modules import SPLIT
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.answered import per_of
from cirkeldesk.model.tender.tender import Answer, OfferedMki, Variant


class VariantSheet(ShownAnswers):
    """Every text is taken for what its cell holds, or refused with why."""

    def parse(self, row: int, column: int, text: str) -> Parsed:
        r = self.rows[row]
        if column == 0 or not self.cell(row, column).editable:
            return Parsed()
        variant, text = self.variant(column), text.strip()
        parsers: dict[RowKind, Callable[[GridRow, Variant, str], Parsed]] = {
            "equal": self._parse_equal,
            "post": self._parse_lapse,
            "product": self._parse_product,
            "mki": self._parse_mki,
            "module": self._parse_mki,
            "biobased": self._parse_biobased,
            "work_mki": self._parse_mki,
            "life": self._parse_life,
            "reuse": self._parse_reuse,
            "property": self._parse_quantity,
            "quantity": self._parse_quantity,
            "post_price": self._parse_post_price,
            "price": self._parse_price,
            "costs": self._parse_costs,
            "level": self._parse_level,
        }
        return parsers[r.kind](r, variant, text) if r.kind in parsers else Parsed()

    def _parse_equal(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        word, _, reason = text.partition(":")
        values = {"ja": "yes", "nee": "no", "": "unknown", "weet ik niet": "unknown"}
        if word.strip().casefold() not in values:
            return Parsed(problem="Schrijf ja, of nee met de reden: “nee: andere verkeersklasse”.")
        value = values[word.strip().casefold()]
        first = edits.set_variant(self.tender, variant.id, "equal", value, "gelijkwaardigheid")
        second = edits.set_variant(
            self.tender, variant.id, "equal_reason", reason.strip() or None, "gelijkwaardigheid"
        )
        return Parsed(edits.together([first, second], first.step, first.params))

    def _answer(
        self, r: GridRow, variant: Variant, label: str, change: Callable[[Answer], Answer]
    ) -> edits.Edit:
        return edits.set_answer(self.tender, variant.id, r.post_id or "", label, change)

    def _parse_lapse(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        if text.casefold() not in ("", LAPSES):
            return Parsed(problem="Schrijf “vervalt” of laat de cel leeg.")
        lapses = text.casefold() == LAPSES
        return Parsed(self._answer(r, variant, LAPSES, lambda answer: replace(answer, lapses=lapses)))

    def _parse_product(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        post_id = r.post_id or ""
        if not text:
            return Parsed(edits.set_product(self.tender, variant.id, post_id, None, "product"))
        known = self.library.find(text)
        if known is not None:
            return Parsed(edits.set_product(self.tender, variant.id, post_id, known, "product"))
        return Parsed(edits.type_product(self.tender, variant.id, post_id, text, "product"))

    def _parse_mki(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        post = next((post for post in self.tender.posts if post.id == r.post_id), None)
        per = per_of(self.tender.ask, post, variant) if post is not None else "work"
        plausible = "mki_per_ton" if r.kind == "mki" and per == "ton" else ""
        whole = r.kind == "work_mki"
        read = read_cell_number(
            text, group=self.group, plausible=plausible, positive=False, thousands=whole, column="MKI"
        )
        problem = read.problem or self._clash(r, variant, read.value)
        if problem:
            return Parsed(problem=problem)
        total = OfferedMki(total=read.value) if read.value is not None else None
        if whole:
            edit = edits.set_variant(self.tender, variant.id, "work_mki", total, "MKI hele werk")
        elif r.kind == "mki":
            edit = edits.type_mki(self.tender, variant.id, r.post_id or "", total, "MKI")
        else:
            changed = _with_module(variant.answer(r.post_id or "").mki, r.module or "", read.value)
            edit = edits.type_mki(self.tender, variant.id, r.post_id or "", changed, f"MKI {r.module}")
        return number_parsed(read, edit)

    def _parse_biobased(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        return parse_biobased(self.tender, variant, r.post_id or "", text)

    def _clash(self, r: GridRow, variant: Variant, value: float | None) -> str | None:
        """A total and a split beside each other would leave it open which counts."""
        mki = variant.answer(r.post_id or "").mki if r.post_id else None
        if value is None or mki is None:
            return None
        if r.kind == "module" and not mki.is_split:
            return "Hier staat al één totaal. Maak dat eerst leeg."
        if r.kind == "mki" and mki.is_split:
            return "Deze MKI is uitgesplitst. Maak de levensfasen eerst leeg."
        return None

    def _parse_life(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        return parse_life(
            text,
            lambda life: self._answer(r, variant, "levensduur", lambda a: replace(a, life=life)),
            self.group,
        )

    def _parse_reuse(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        if text.casefold() not in ("ja", "nee", ""):
            return Parsed(problem="Schrijf ja of nee.")
        reuse = text.casefold() == "ja"
        return Parsed(self._answer(r, variant, "hergebruikt", lambda answer: replace(answer, reuse=reuse)))

    def _parse_quantity(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        code = r.module or self.group.measure
        unit = self.group.property(code).unit
        read = read_cell_number(
            text, group=self.group, plausible=code if r.kind == "property" else "", column=unit
        )
        if read.problem:
            return Parsed(problem=read.problem)
        value, label = (
            read.value,
            self.group.property(code).label.lower() if r.kind == "property" else "hoeveelheid",
        )
        edit = self._answer(
            r, variant, label, lambda a: replace(a, values=edits.with_value(a.values, code, value))
        )
        return number_parsed(read, edit)

    def _parse_post_price(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        """The price of a post; a unit price that made the old one no longer belongs to it."""
        read = read_cell_number(text, positive=False, thousands=True)
        if read.problem:
            return Parsed(problem=read.problem)
        if read.exact is not None and read.exact < 0:
            return Parsed(problem=f"“{text}” kan hier niet. Vul een bedrag van nul of hoger in.")
        price = read.exact
        return number_parsed(
            read, self._answer(r, variant, "prijs", lambda a: replace(a, price=price, unit_price=None))
        )

    def _parse_costs(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        value = None if not text else () if text == "0" else _costs_of(text)
        if text and value is None:
            return Parsed(
                problem=f"“{text}” kan hier niet. Schrijf jaar en bedrag: 5 25.000; 10 40.000. Of 0."
            )
        return Parsed(edits.set_variant(self.tender, variant.id, "costs", value, "latere kosten"))

    def _parse_level(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        if text and not (text.isdigit() and int(text) <= 5):
            return Parsed(problem="Vul de trede in: 0 tot 5.")
        value = int(text) if text else None
        return Parsed(
            edits.set_variant(self.tender, variant.id, "ladder_level", value, "trede CO₂-Prestatieladder")
        )

    def _parse_price(self, r: GridRow, variant: Variant, text: str) -> Parsed:
        read = read_cell_number(text, thousands=True)
        if read.problem:
            return Parsed(problem=read.problem)
        return number_parsed(read, edits.set_price(self.tender, variant.id, read.exact, "prijs"))


def _with_module(old: OfferedMki | None, module: str, value: float | None) -> OfferedMki | None:
    """What was offered per module with one of them changed; None when nothing is left."""
    modules = {name: mki for name, mki in (old.modules if old is not None else ()) if name != module}
    if value is not None:
        modules[module] = value
    order = (*SPLIT, *(name for name in modules if name not in SPLIT))
    ordered = tuple((name, modules[name]) for name in order if name in modules)
    return OfferedMki(modules=ordered) if ordered else None
