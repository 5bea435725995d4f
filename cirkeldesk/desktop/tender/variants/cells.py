"""The answers of all variants as cells: rows are posts with sub-rows, columns the ask and the variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from cirkeldesk.desktop.kit.grid.cells import CellView, GridSheet, Weight
from cirkeldesk.desktop.tender.ask.post_cells import AS_LONG_AS_WORK
from cirkeldesk.desktop.tender.variants.biobased import biobased_cell, stating
from cirkeldesk.desktop.tender.variants.rows import (
    LAPSES,
    OF_THE_ASK,
    ONE_OF_POST,
    WHOLE,
    GridRow,
    Library,
    NoLibrary,
    RowKind,
    Show,
)
from cirkeldesk.model.award.methods import parts_of
from cirkeldesk.model.comparison.comparison import product_of
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.product.modules import SPLIT
from cirkeldesk.model.product.units import Per
from cirkeldesk.model.tender.answered import PROPERTY_OF, per_of, quantities_of
from cirkeldesk.model.tender.award_rules import YearCost
from cirkeldesk.model.tender.tender import Answer, Post, Tender, Variant
from cirkeldesk.wording import asked, numbers, sentences, terms
from cirkeldesk.wording.award.changes import change_text
from cirkeldesk.wording.comparison.rows import sealed
from cirkeldesk.wording.terms import basis_text


class ShownAnswers(GridSheet):
    """Column 0 is the ask; the others are the variants in order. `split` are the posts typed per module."""

    def __init__(
        self,
        tender: Tender,
        comparison: Comparison,
        inputs: Inputs,
        figures: Comparison,
        library: Library | None = None,
        show: Show = "usual",
        split: frozenset[str] = frozenset(),
    ) -> None:
        self.tender, self.comparison, self.inputs, self.figures = tender, comparison, inputs, figures
        self.group, self.library, self.show = comparison.group, library or NoLibrary(), show
        answered = {
            a.post_id for v in tender.variants for a in v.answers if a.mki is not None and a.mki.is_split
        }
        self.split = (
            split
            | answered
            | (frozenset(p.id for p in tender.posts) if tender.ask.mki_split else frozenset())
        )
        self._bids_that_state = stating(tender)
        self._cells: dict[tuple[int, int], CellView] = {}
        self.rows = list(self._make_rows())

    def _make_rows(self) -> list[GridRow]:
        per = self.tender.ask.mki_per
        rows: list[GridRow] = []
        mki = not self.group.without_mki
        if self.show in WHOLE:
            rows += [GridRow("basis", "Zo opgegeven")] if mki else []
            if self.tender.ask.equal_functions:
                rows.append(GridRow("equal", "Gelijkwaardig"))
        whole = per == "work" or any(v.basis.per == "work" or v.work_mki for v in self.tender.variants)
        if whole and self.show in (*WHOLE, "mki"):
            rows.append(GridRow("work_mki", "MKI hele werk  € MKI"))
        for post in self.tender.posts:
            rows += self._post_rows(post, terms.PER[self._row_per(post)])
        if self.show in (*WHOLE, "price"):
            rows.append(GridRow("price", "Inschrijfsom  € excl. btw"))
            asked = parts_of(self.tender.award)
            rows += [GridRow("costs", "Latere kosten  jaar bedrag")] if "costs" in asked else []
            rows += [GridRow("level", "CO₂-Prestatieladder  trede")] if "ladder" in asked else []
        if mki and self.show in (*WHOLE, "mki"):
            rows.append(GridRow("total", "MKI totaal  € MKI"))
        return rows

    def _post_rows(self, post: Post, per: str) -> list[GridRow]:
        if self.show in ONE_OF_POST:
            kind = ONE_OF_POST[self.show]
            return [GridRow(kind, post.name, post.id)] if post.in_price or kind != "post_price" else []
        rows = [GridRow("post", post.name, post.id), GridRow("product", "   Product", post.id)]
        if not self.group.without_mki:
            rows += self._mki_rows(post, per)
            rows.append(GridRow("biobased", f"   Biobased  % {terms.whole_of(self.group)}", post.id))
        lives = not self.group.without_mki and self._differs(post, "life")
        rows += [GridRow("life", "   Levensduur  jaar", post.id)] if lives else []
        if self.group.offers_reuse:
            rows.append(GridRow("reuse", "   Hergebruikt", post.id))
        for prop in self.group.answered_by(post.route):
            rows.append(GridRow("property", f"   {prop.label}  {prop.unit}", post.id, prop.code))
        if self._differs(post, "quantity"):
            measure = self.group.property(self.group.measure)
            rows.append(GridRow("quantity", f"   {measure.label}  {measure.unit}", post.id))
        priced = post.in_price and self._has_prices
        return rows + ([GridRow("post_price", "   Prijs  € excl. btw", post.id)] if priced else [])

    def _mki_rows(self, post: Post, per: str) -> list[GridRow]:
        rows = []
        if post.id in self.split:
            rows += [GridRow("module", f"   MKI {name} per {per}", post.id, name) for name in SPLIT]
        if post.id not in self.split or self._has_total(post.id):
            rows.append(GridRow("mki", f"   MKI per {per}  € MKI", post.id))
        return rows

    @property
    def _has_prices(self) -> bool:
        """Most bids give one sum; the rows come with the first price of a post, which "alleen prijs" always
        takes."""
        return any(answer.price is not None for v in self.tender.variants for answer in v.answers)

    def _differs(self, post: Post, kind: Literal["life", "quantity"]) -> bool:
        """Whether a variant says something else than the ask, or the ask says nothing: else the head of the
        post says it for all."""
        if self.show == "all":
            return True
        answers = [variant.answer(post.id) for variant in self.tender.variants]
        if kind == "life":
            return post.life is None or any(answer.life is not None for answer in answers)
        measure = self.group.measure
        return self._shared(post.id) is None or any(measure in dict(answer.values) for answer in answers)

    def _has_total(self, post_id: str) -> bool:
        """Whether somebody gave this post as one total, or has a profile: then the total's row stays beside a
        split."""
        return (
            any(
                (answer := v.answer(post_id)).mki is None or not answer.mki.is_split
                for v in self.tender.variants
            )
            and not self.tender.ask.mki_split
        )

    def label(self, row: int) -> str:
        r = self.rows[row]
        name = " ".join(r.name.split())
        return (
            f"{self.tender.post(r.post_id).name}, {name}"
            if r.post_id and r.kind != "post" and self.show in WHOLE
            else name
        )

    def paste_rows(self, row: int) -> list[int]:
        """A column pasted downwards goes on in rows of its own kind, never from an MKI into a life."""
        kind, module = self.rows[row].kind, self.rows[row].module
        return [i for i, r in enumerate(self.rows) if i >= row and r.kind == kind and r.module == module]

    def is_alike(self, source: tuple[int, int], target: tuple[int, int]) -> bool:
        """An MKI goes on into MKIs, never into a life or a product's name."""
        one, other = self.rows[source[0]], self.rows[target[0]]
        return (one.kind, one.module) == (other.kind, other.module)

    def match_row(self, text: str, row: int) -> list[int]:
        """The row of the pasted kind for a post that is named."""
        wanted, kind, module = text.strip().casefold(), self.rows[row].kind, self.rows[row].module
        same = [i for i, r in enumerate(self.rows) if r.kind == kind and r.module == module and r.post_id]
        return [i for i in same if self.tender.post(self.rows[i].post_id or "").name.casefold() == wanted]

    def row_note(self, row: int) -> str:
        """What the ask says for all variants: quantity and life of a post, scope, functions."""
        r = self.rows[row]
        if r.kind == "post" or (r.post_id is not None and self.show not in WHOLE and r.kind != "post_price"):
            return self._post_note(r.post_id or "")
        if r.kind in ("basis", "equal", "post_price"):
            return self._ask_cell(r).text
        return ""

    def _post_note(self, post_id: str) -> str:
        measure = self.group.property(self.group.measure)
        kind, life = (
            self._ask_cell(GridRow("post", "", post_id)),
            self._ask_cell(GridRow("life", "", post_id)),
        )
        amount = self._ask_cell(GridRow("quantity", "", post_id)).text
        years = f"{life.text} jaar" if life.text.replace(",", "").isdigit() else life.text
        return " · ".join(filter(None, [kind.text, f"{amount} {measure.unit}" if amount else "", years]))

    def weight(self, row: int) -> Weight:
        kind = self.rows[row].kind
        if kind == "post":
            return "head"
        return "total" if kind == "total" else "sum" if kind == "price" else "plain"

    def is_stop(self, row: int, column: int) -> bool:
        """Enter and Tab follow what a bidder says: not the heading of a post, nor what the ask says for all
        until a variant says something else."""
        view = self.cell(row, column)
        kind = self.rows[row].kind
        return view.editable and kind != "post" and not (kind in OF_THE_ASK and view.kind == "inherit")

    # --- names
    # ---------------------------------------------------------------------------------------------------

    @property
    def row_names(self) -> list[str]:
        return [row.name for row in self.rows]

    @property
    def column_names(self) -> list[str]:
        return ["Uitvraag", *(v.name for v in self.tender.variants)]

    def column_note(self, column: int) -> str:
        return self.variant(column).bidder or "" if column else ""

    def key(self, row: int, column: int) -> str:
        r = self.rows[row]
        owner = self.tender.variants[column - 1].id if column else "ask"
        return f"{r.kind}/{owner}/{r.post_id or ''}/{r.module or ''}"

    def variant(self, column: int) -> Variant:
        return self.tender.variants[column - 1]

    # --- what a cell shows
    # ---------------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> CellView:
        """Made once: a table asks for each of its cells many times over."""
        known = self._cells.get((row, column))
        if known is None:
            known = self._cells[row, column] = self._made_cell(row, column)
        return known

    def _made_cell(self, row: int, column: int) -> CellView:
        r = self.rows[row]
        if column == 0:
            return self._ask_cell(r)
        variant = self.variant(column)
        makers: dict[RowKind, Callable[[GridRow, Variant], CellView]] = {
            "basis": self._basis,
            "equal": self._equal,
            "work_mki": self._work_mki,
            "post": self._post,
            "product": self._product,
            "mki": self._mki,
            "module": self._module,
            "biobased": self._biobased,
            "life": self._life,
            "reuse": self._reuse,
            "property": self._property,
            "quantity": self._quantity,
            "post_price": self._post_price,
            "price": self._price,
            "costs": self._costs,
            "level": self._level,
            "total": self._total,
        }
        view = self._sealed(r, variant) or makers[r.kind](r, variant)
        return replace(self._marked(r, variant, view), right=True)

    def _sealed(self, r: GridRow, variant: Variant) -> CellView | None:
        """A price may be typed while it is sealed, and is not shown before the opening."""
        if not (variant.is_bid and self.tender.prices_sealed and r.kind in ("price", "post_price", "costs")):
            return None
        answer = variant.answer(r.post_id or "")
        stored = {"price": variant.price, "post_price": answer.price, "costs": variant.costs}[r.kind]
        text = sealed(self.tender.sealed_until)
        shown = f"ingevuld, {text}" if stored is not None else text
        return CellView(
            shown, "word", True, "", True, shown, "Typen kan; de prijs blijft tot de opening onzichtbaar."
        )

    def _marked(self, r: GridRow, variant: Variant, view: CellView) -> CellView:
        """After the opening a bid's cell says that it is locked, and that it was corrected where it was."""
        if self.tender.opened is None or not variant.is_bid or r.kind in ("equal", "total", "post"):
            return view
        layers = [layer for layer in self.tender.layers if layer.variant_id == variant.id]
        changes = [
            (change, layer) for layer in layers for change in layer.changes if self._is_of(r, change.path)
        ]
        if not changes:
            return replace(
                view, description=" ".join(filter(None, [view.description, "Geopend: alleen te lezen."]))
            )
        told = [f"{change_text(self.tender, change)}. {layer.reason}" for change, layer in changes]
        description = f"Gecorrigeerd: {' '.join(dict.fromkeys(told))}"
        return replace(
            view,
            text=f"{view.text} gecorrigeerd",
            spoken=f"{view.spoken}, gecorrigeerd",
            description=description,
        )

    def _is_of(self, r: GridRow, path: str) -> bool:
        names = {
            "price": "price",
            "costs": "costs",
            "level": "ladder_level",
            "work_mki": "work_mki",
            "basis": "basis",
        }
        inner = {"mki": "mki", "module": "mki", "product": "product", "life": "life", "reuse": "reuse"}
        inner |= {"biobased": "product"}
        inner |= {"quantity": "values", "property": "values", "post_price": "price"}
        wanted = f"answers.{r.post_id}.{inner[r.kind]}" if r.kind in inner else names.get(r.kind, "-")
        return path == wanted or path.startswith((f"{wanted}.", f"{wanted}["))

    def _ask_cell(self, r: GridRow) -> CellView:
        ask = self.tender.ask
        match r.kind:
            case "basis":
                return CellView(f"{ask.set_code} · {asked.judged(ask)}", "computed")
            case "equal":
                return CellView(", ".join(ask.equal_functions), "computed")
            case "post":
                post = self.tender.post(r.post_id or "")
                note = terms.POST_KINDS[post.kind] if post.kind != "post" else ""
                return CellView(note, "heading")
            case "life":
                life = self.tender.post(r.post_id or "").life
                text = (
                    AS_LONG_AS_WORK if life == "work" else numbers.as_typed(life) if life is not None else ""
                )
                return CellView(text, "computed", right=True)
            case "quantity":
                value = self._shared(r.post_id or "")
                text = numbers.number(value, self._measure_decimals) if value is not None else ""
                return CellView(text, "computed", right=True)
            case "post_price":
                amount = self.tender.post(r.post_id or "").amount
                text = numbers.number(amount, 2) if amount is not None else ""
                return CellView(
                    text, "computed", right=True, description="bedrag van de stelpost" if text else ""
                )
            case "price" | "costs" | "level":
                return CellView(terms.STATES["not_applicable"], "word", right=True)
        return CellView("", "computed")

    @property
    def _measure_decimals(self) -> int:
        return self.group.property(self.group.measure).decimals

    def _shared(self, post_id: str) -> float | None:
        post = self.tender.post(post_id)
        return quantities_of(self.tender, post, Answer(post_id), None, self.group).get(self.group.measure)

    def _basis(self, r: GridRow, variant: Variant) -> CellView:
        return CellView(basis_text(variant), editable=True, menu=True, description="Enter opent de keuzes.")

    def _equal(self, r: GridRow, variant: Variant) -> CellView:
        if variant.role == "reference":
            return CellView(terms.STATES["not_applicable"], "word")
        words = {"yes": "ja", "no": "nee", "unknown": "invullen"}
        shown = words[variant.equal] + (f": {variant.equal_reason}" if variant.equal_reason else "")
        edit_text = "" if variant.equal == "unknown" else shown
        return CellView(
            shown,
            "missing" if variant.equal == "unknown" else "own",
            True,
            edit_text,
            suggestions=("ja", "nee"),
        )

    def _work_mki(self, r: GridRow, variant: Variant) -> CellView:
        if not self._is_whole(variant):
            return CellView(terms.STATES["not_applicable"], "word", right=True)
        total = variant.work_mki.total if variant.work_mki else None
        return _number_cell(total)

    def _is_whole(self, variant: Variant) -> bool:
        return (variant.basis.per or self.tender.ask.mki_per) == "work" or variant.work_mki is not None

    def _post(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        if answer.lapses:
            return CellView(LAPSES, "heading", True, LAPSES)
        figure = self.figures.variant(variant.id).post(r.post_id or "").mki
        text = numbers.euro(figure.value) if figure.value is not None else ""
        spoken = f"{text} MKI" if text else "nog geen MKI"
        return CellView(text, "heading", True, "", True, spoken, "Schrijf “vervalt” als deze post vervalt.")

    def _product(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        if answer.lapses:
            return CellView(terms.STATES["absent"], "word")
        product = product_of(self.tender, variant, r.post_id or "", self.inputs)
        if product is None:
            return CellView("", "own", True, "", look_up=self.product_names)
        local = answer.product is not None and answer.product.is_local
        where = "alleen in deze aanbesteding" if local else "uit de bibliotheek"
        return CellView(
            product.name, "own", True, product.name, False, product.name, where, look_up=self.product_names
        )

    def _biobased(self, r: GridRow, variant: Variant) -> CellView:
        post_id = r.post_id or ""
        others = self._bids_that_state.get(post_id, frozenset()) - {variant.id}
        product = product_of(self.tender, variant, post_id, self.inputs)
        say = variant.is_bid and bool(others)
        return biobased_cell(
            product, variant.answer(post_id), others_say=say, whole=terms.whole_of(self.group)
        )

    def product_names(self, text: str) -> list[str]:
        """What a typed text may mean: products of this tender first, then the library's."""
        wanted = text.strip().casefold()
        own = [product.name for product in self.tender.products if wanted in product.name.casefold()]
        return list(dict.fromkeys([*own, *self.library.names(text)]))

    def _mki(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        blocked = self._no_mki_here(answer, variant)
        if blocked is not None:
            return blocked
        if answer.mki is not None and answer.mki.is_split:
            return CellView("uitgesplitst", "word", True, "", True, numeric=True)
        if answer.mki is not None and answer.mki.total is not None:
            return _number_cell(answer.mki.total, label="aangeboden")
        result = self.figures.variant(variant.id).post(r.post_id or "")
        if result.source == "computed":
            counted = PROPERTY_OF[self._row_per(self.tender.post(r.post_id or ""))]
            amount = result.quantities.get(counted) if counted is not None else 1.0
            rate = result.mki.value / amount if result.mki.value is not None and amount else None
            if rate is not None:
                text = numbers.number(rate, 2)
                note = "berekend uit de milieuverklaring, over de beschouwingsperiode"
                return CellView(
                    text, "inherit", True, "", True, f"{text} euro MKI, berekend", note, numeric=True
                )
            reason = sentences.sentence(result.mki.reason) if result.mki.reason else ""
            return CellView(
                "niet te berekenen", "missing", True, "", True, "niet te berekenen", reason, numeric=True
            )
        return CellView("invullen", "missing", True, "", True, "invullen", numeric=True)

    def _row_per(self, post: Post) -> Per:
        """What the row of a post's MKI is per, as its name says; that of a whole work has a rate in the
        group's usual unit."""
        per = per_of(self.tender.ask, post)
        return self.group.default_per if per == "work" else per

    def _no_mki_here(self, answer: Answer, variant: Variant) -> CellView | None:
        if answer.lapses:
            return CellView(terms.STATES["absent"], "word", right=True)
        if variant.work_mki is not None or variant.basis.per == "work":
            return CellView(terms.STATES["undivided"], "word", right=True)
        return None

    def _module(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        blocked = self._no_mki_here(answer, variant)
        if blocked is not None:
            return blocked
        if answer.mki is not None and not answer.mki.is_split:
            return CellView(terms.STATES["undivided"], "word", True, "", True, numeric=True)
        value = dict(answer.mki.modules).get(r.module or "") if answer.mki else None
        return _number_cell(value)

    def _life(self, r: GridRow, variant: Variant) -> CellView:
        own = variant.answer(r.post_id or "").life
        asked = self.tender.post(r.post_id or "").life
        life = own if own is not None else asked
        text = AS_LONG_AS_WORK if life == "work" else numbers.as_typed(life) if life is not None else ""
        if own is not None:
            return CellView(text, "own", True, text, True, numeric=life != "work")
        if asked is not None:
            return CellView(text, "inherit", True, "", True, f"{text}, uit uitvraag", numeric=True)
        return CellView("", "own", True, "", True, "leeg", numeric=True)

    def _quantity(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        own = dict(answer.values).get(self.group.measure)
        if own is not None:
            text = numbers.as_typed(own)
            return CellView(
                text,
                "own",
                True,
                text,
                True,
                f"{text}, eigen hoeveelheid",
                "wijkt af van de uitvraag",
                numeric=True,
            )
        value = self.figures.variant(variant.id).post(r.post_id or "").quantities.get(self.group.measure)
        if value is None:
            return CellView("niet te berekenen", "word", True, "", True, numeric=True)
        text = numbers.number(value, self._measure_decimals)
        return CellView(text, "inherit", True, "", True, f"{text}, uit uitvraag", numeric=True)

    def _reuse(self, r: GridRow, variant: Variant) -> CellView:
        text = "ja" if variant.answer(r.post_id or "").reuse else "nee"
        note = (
            "Een bestaand product: A1-A3, C3, C4 en D tellen voor 20 % bij de eerste levering."
            if text == "ja"
            else ""
        )
        return CellView(text, "own", True, text, True, text, note, suggestions=("ja", "nee"))

    def _property(self, r: GridRow, variant: Variant) -> CellView:
        """A property that every variant has its own of: typed, brought by the product, or made by a rule."""
        code = r.module or ""
        own = dict(variant.answer(r.post_id or "").values).get(code)
        if own is not None:
            return CellView(numbers.as_typed(own), "own", True, numbers.as_typed(own), True, numeric=True)
        value = self.figures.variant(variant.id).post(r.post_id or "").quantities.get(code)
        if value is None:
            return CellView("invullen", "missing", True, "", True, "invullen", numeric=True)
        text = numbers.number(value, self.group.property(code).decimals)
        made = any(rule.gives == code for rule in self.group.rules)
        spoken = f"{text}, berekend" if made else f"{text}, uit het product of de uitvraag"
        return CellView(text, "inherit", True, "", True, spoken, numeric=True)

    def _post_price(self, r: GridRow, variant: Variant) -> CellView:
        answer = variant.answer(r.post_id or "")
        if answer.lapses:
            return CellView(terms.STATES["absent"], "word", right=True)
        if answer.price is None:
            return CellView("", "own", True, "", True, "leeg", numeric=True)
        text = numbers.as_typed(answer.price)
        unit = f"eenheidsprijs {numbers.euro(answer.unit_price, 2)}" if answer.unit_price is not None else ""
        shown = numbers.number(answer.price, 2)
        return CellView(shown, "own", True, text, True, f"{shown} euro exclusief btw", unit, numeric=True)

    def _price(self, r: GridRow, variant: Variant) -> CellView:
        if variant.price is None:
            return CellView("invullen", "missing", True, "", True, "invullen", numeric=True)
        whole = variant.price == variant.price.to_integral_value()
        text = numbers.as_typed(variant.price.to_integral_value() if whole else variant.price)
        shown = text if variant.is_bid else f"raming {text}"
        return CellView(shown, "own", True, text, True, f"{shown} euro exclusief btw", numeric=True)

    def _costs(self, r: GridRow, variant: Variant) -> CellView:
        if not variant.is_bid:
            return CellView(terms.STATES["not_applicable"], "word", right=True)
        if variant.costs is None:
            return CellView(
                "invullen",
                "missing",
                True,
                "",
                True,
                "invullen",
                "Per jaar het bedrag, of 0: “5 25.000; 10 40.000”.",
            )
        text = "; ".join(f"{cost.year} {numbers.as_typed(cost.amount)}" for cost in variant.costs) or "0"
        return CellView(text, "own", True, text, True, f"{text} euro")

    def _level(self, r: GridRow, variant: Variant) -> CellView:
        if not variant.is_bid:
            return CellView(terms.STATES["not_applicable"], "word", right=True)
        if variant.ladder_level is None:
            return CellView(
                "invullen",
                "missing",
                True,
                "",
                True,
                "invullen",
                "De trede die de inschrijver aanbiedt, of 0.",
            )
        text = str(variant.ladder_level)
        return CellView(text, "own", True, text, True, f"trede {text}")

    def _total(self, r: GridRow, variant: Variant) -> CellView:
        result = self.figures.variant(variant.id)
        if result.total.value is not None:
            text = numbers.number(result.total.value, 0)
            return CellView(text, "computed", False, text, True, f"{text} euro MKI")
        reason = sentences.sentence(result.total.reason) if result.total.reason else ""
        return CellView(
            terms.STATES[result.total.state or "not_computable"], "word", False, "", True, "", reason
        )

    # --- what typing means
    # -----------------------------------------------------------------------------------------


def _costs_of(text: str) -> tuple[YearCost, ...] | None:
    """ "5 25.000; 10 40.000": year and amount; None where that is not what it says."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        year, _, amount = part.partition(" ")
        read = numbers.read_number(amount)
        if not year.isdigit() or not 1 <= int(year) <= 200 or read.value is None or read.value < 0:
            return None
        found.append(YearCost(int(year), read.value))
    return tuple(found)


def _number_cell(value: float | None, *, label: str = "") -> CellView:
    if value is None:
        return CellView("invullen", "missing", True, "", True, "invullen", numeric=True)
    text = numbers.as_typed(value)
    return CellView(text, "own", True, text, True, f"{text} euro MKI", label, numeric=True)
