"""The bid form (inschrijfformulier): which cells it has, made from the ask. Writing and reading walk this one
description.

A bidder gets a workbook with locked texts and open cells; it comes back as a bid. The form carries the
tender's id and a version: a hash of what is asked. A form of another tender, of another version, or with a
changed locked cell says so.
"""

from __future__ import annotations

from functools import cached_property

from cirkeldesk.exchange.bid_form.cells import (
    BID,
    COMPOSITION,
    HELP,
    LAYOUT,
    POSTS,
    CellKind,
    FixedCell,
    Form,
    FormField,
    Formula,
    mark_of,
)
from cirkeldesk.exchange.bid_form.labels import post_labels
from cirkeldesk.exchange.reading import plain_text
from cirkeldesk.exchange.table.sheet import column_letters
from cirkeldesk.model.award.methods import parts_of
from cirkeldesk.model.comparison.comparison import effective_rule
from cirkeldesk.model.document.document import canonical, hash_of_bytes, to_plain
from cirkeldesk.model.product.modules import SPLIT, atoms, atoms_of
from cirkeldesk.model.reference.group import Field, ProductGroup
from cirkeldesk.model.tender.answered import asked_atoms, d_is_ambiguous, per_of, quantities_of, scope_of
from cirkeldesk.model.tender.award_rules import AwardRules, PartCode
from cirkeldesk.model.tender.tender import Answer, Post, Tender
from cirkeldesk.wording import asked, numbers, terms
from cirkeldesk.wording.asked import AS_ASKED, WITH_D, WITHOUT_D

TITLE = "Inschrijfformulier CirkelDesk"
MARK = "Kenmerk"
CONSTITUENTS = 40  # rows for raw materials, over all posts
LARGEST_MONEY = 1e10
LARGEST_FIGURE = 1e9
SMALLEST = 1e-6  # a life or a thickness of nothing is a slip
NO_LADDER, LADDER_LEVELS = "geen", 5  # the levels of the CO2-Prestatieladder up to edition 3.1; 4.0 has three
AS_LONG_AS_WORK = "zo lang als het werk"
FIRST_POST_ROW = 4


def award_asks(tender: Tender) -> tuple[PartCode, ...]:
    """What the award method asks of a bid itself: later costs per year, the level of the CO2-Prestatieladder.
    Costs only once the years are settled."""
    rules = tender.award
    asks = [code for code in parts_of(rules) if code == "ladder" or (code == "costs" and rules.horizon)]
    return tuple(asks)


def version_of(tender: Tender, layout: int = LAYOUT) -> str:
    """What is asked, as a short hash: posts, ask, quantities and names, and what the award method asks of a
    bid itself; nothing of bids, dates or status, nor of how the award weighs."""
    asks = award_asks(tender) if layout > 2 else ()
    asked = Tender(
        tender.id,
        tender.number,
        title=tender.title,
        product_group=tender.product_group,
        functional_quantity=tender.functional_quantity,
        ask=tender.ask,
        posts=tender.posts,
        fictitious=tender.fictitious,
        award=AwardRules(also=asks, horizon=tender.award.horizon if "costs" in asks else None),
    )
    return hash_of_bytes(canonical(to_plain(asked)))[:12]


def form_of(tender: Tender, group: ProductGroup, layout: int = LAYOUT) -> Form:
    """The form of a tender. The same ask gives the same form of a layout, cell for cell."""
    maker = _Maker(tender, group, layout)
    maker.bid_sheet()
    maker.posts_sheet()
    maker.composition_sheet()
    maker.help_sheet()
    return Form(
        tender.id,
        tender.number,
        tender.title,
        version_of(tender, layout),
        tuple(maker.fields),
        tuple(maker.fixed),
        tuple(maker.formulas),
        layout,
    )


def offered_inputs(tender: Tender, group: ProductGroup) -> tuple[str, ...]:
    """What bidders give per post: "life" and properties that the ask leaves to them, and those every answer
    has its own of."""
    left = [owner.field for owner in tender.ask.owners if owner.owner == "offered"]
    own = [prop.code for post in tender.posts for prop in group.answered_by(post.route)]
    return tuple(dict.fromkeys([*left, *own]))


def split_modules(tender: Tender, post: Post) -> tuple[str, ...]:
    """The modules of which a bidder gives the MKI: those asked, without what the authority fixed."""
    fixed = atoms_of(f.module for f in tender.ask.fixed_modules if f.post_id in (None, post.id))
    wanted = scope_of(tender.ask, post) - fixed
    return tuple(name for name in SPLIT if atoms(name) & wanted)


class _Maker:
    """Lays out the sheets one after another."""

    def __init__(self, tender: Tender, group: ProductGroup, layout: int) -> None:
        self.tender, self.group, self.layout = tender, group, layout
        self.fields: list[FormField] = []
        self.fixed: list[FixedCell] = []
        self.formulas: list[Formula] = []

    def text(self, sheet: str, row: int, column: int, value: str | float, **more: object) -> None:
        value = (
            plain_text(value) if isinstance(value, str) else value
        )  # as it comes back, whatever program saves it
        self.fixed.append(FixedCell(sheet, row, column, value, **more))  # type: ignore[arg-type]

    # --- the bid as a whole
    # --------------------------------------------------------------------------------------

    def bid_sheet(self) -> None:
        tender, ask = self.tender, self.tender.ask
        self.text(BID, 0, 0, TITLE, bold=True)
        self.text(BID, 1, 0, MARK)
        self.text(BID, 1, 1, mark_of(tender.id, version_of(tender, self.layout), self.layout))
        self.text(BID, 2, 0, "Aanbesteding")
        self.text(BID, 2, 1, f"{tender.number} {tender.title}".strip())
        self.text(BID, 3, 0, "Inschrijving sluit")
        closes = numbers.date(tender.closes_on) if tender.closes_on else "niet opgegeven"
        self.text(BID, 3, 1, closes, asked=False)  # a postponed date leaves the forms already sent out valid
        self.text(
            BID, 4, 0, "Velden met * zijn verplicht. Wat er bij elk veld hoort, staat op het blad Uitleg."
        )
        self.row = 6
        self._heading("Inschrijver en prijs")
        self._field("bidder", "Naam inschrijver", required=True)
        self._field("price", "Inschrijfsom, € excl. btw", "money", required=True, low=0, high=LARGEST_MONEY)
        if self.layout > 2:
            self._award_fields()
        self._asked()
        self._field("basis_set", "Weegset", "choice", choices=(AS_ASKED, "A1", "A2"), default=AS_ASKED)
        self._scope_field()
        self._field(
            "basis_uplift",
            "Toeslag 30 % al verwerkt",
            "choice",
            choices=(AS_ASKED, "ja", "nee"),
            default=AS_ASKED,
        )
        known = ask.includes_replacement is not None
        options = ((AS_ASKED,) if known else ()) + tuple(terms.YES_NO_UNKNOWN.values())
        self._field(
            "basis_replacement",
            "Vervanging al verwerkt",
            "choice",
            choices=options,
            default=AS_ASKED if known else "",
            required=not known,
        )
        tools = tuple(ask.tools_accepted)
        self._field(
            "tool",
            "Rekeninstrument en versie",
            "choice" if tools else "text",
            choices=tools,
            required=bool(tools),
        )
        if ask.mki_per == "work":
            self._work_mki()
        self._heading("Onderbouwing van de MKI")
        self._field("source", "Bron (rapport of milieuverklaring)", required=True)
        self._field("number", "Nummer")
        self._field("verifier", "Toetser")
        self._field("valid_until", "Geldig tot", "date", help="Een datum (31-12-2028) of een jaar (2028).")
        categories = ask.categories_allowed or ("1", "2", "3", "3a")
        self._field("category", "Datacategorie", "choice", choices=tuple(categories))
        self._field("rules", "PCR of rekenregels, met versie")
        if self.layout > 1:
            self._field(
                "background", "Achtergronddatabase, met versie", help="Bijvoorbeeld: NMD 3.9, ecoinvent 3.6."
            )
            self._field("method", "Rekenwijze milieueffecten", help="Bijvoorbeeld: EF 3.0 of EF 3.1.")
        self._field(
            "promises", "Bewijs bij wat u aanbiedt", help="Waar staat het bewijs? Bijvoorbeeld: bijlage 3."
        )
        if self.layout > 2:
            self._field(
                "remarks",
                "Opmerkingen",
                help="Een opmerking verandert uw inschrijving niet. Een voorbehoud kan haar ongeldig maken.",
            )

    def _award_fields(self) -> None:
        """What the award method asks of a bid itself."""
        asks = award_asks(self.tender)
        if "ladder" in asks:
            highest = max((LADDER_LEVELS, *(step.level for step in self.tender.award.ladder)))
            levels = tuple(f"trede {level}" for level in range(1, highest + 1))
            self._field(
                "ladder",
                "CO₂-Prestatieladder",
                "choice",
                required=True,
                choices=(NO_LADDER, *levels),
                help="De trede van uw certificaat op de dag van inschrijven.",
            )
        if "costs" in asks:
            for year in range(1, (self.tender.award.horizon or 0) + 1):
                self._field(
                    f"cost|{year}",
                    f"Kosten in jaar {year} na oplevering, € excl. btw",
                    "money",
                    required=True,
                    low=0,
                    high=LARGEST_MONEY,
                    zero=True,
                    help="Zonder kosten in dit jaar: 0.",
                )

    def _asked(self) -> None:
        """What "zoals gevraagd" stands for, in words: nobody answers what was not told."""
        if self.layout == 1:
            ask = self.tender.ask
            words = f"weegset {ask.set_code}, levensfasen {terms.scope(ask.modules)}, {self._per_words()}"
            self._heading("Zo is de MKI opgegeven")
            self._told("Gevraagd", words)
            return
        self._heading("Zo is de MKI gevraagd")
        for label, words in asked.lines(self.tender, effective_rule(self.tender)):
            self._told(f"Gevraagd: {label[0].lower()}{label[1:]}", words)
        self._told("Gevraagd: MKI", self._per_words())
        self._heading("Zo hebt u de MKI opgegeven")

    def _told(self, label: str, words: str) -> None:
        self.text(BID, self.row, 0, label)
        self.text(BID, self.row, 1, words)
        self.row += 1

    def _scope_field(self) -> None:
        """Which modules one total holds. Where D is asked and does not count, a bidder says so himself."""
        if self.layout == 1:
            choices = (AS_ASKED, *terms.SCOPES.values())
            self._field("basis_modules", "Levensfasen in de MKI", "choice", choices=choices, default=AS_ASKED)
            return
        chosen = d_is_ambiguous(self.tender.ask) and not self.tender.ask.mki_split
        as_asked = (WITHOUT_D, WITH_D) if chosen else (AS_ASKED,)
        self._field(
            "basis_modules",
            "Levensfasen in de MKI",
            "choice",
            choices=(*as_asked, *terms.ANSWERED_SCOPES.values()),
            default="" if chosen else AS_ASKED,
            required=chosen,
            help="A1–A3 + D is het “Totaal” van een asfaltverklaring: dat is geen hele levensduur.",
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        return post_labels(self.tender)

    @cached_property
    def _own_units(self) -> bool:
        """Whether some post's MKI is per another unit than the ask's."""
        return any(per_of(self.tender.ask, post) != self.tender.ask.mki_per for post in self.tender.posts)

    def _per_words(self) -> str:
        words = f"per {terms.PER[self.tender.ask.mki_per]}"
        if not self._own_units:
            return words
        labels = self._labels
        return ", ".join(
            f"{labels[post.id]} per {terms.PER[per_of(self.tender.ask, post)]}" for post in self.tender.posts
        )

    def _work_mki(self) -> None:
        ask = self.tender.ask
        if not ask.mki_split:
            self._field("mki|work", "MKI hele werk, € MKI", "number", required=True, high=LARGEST_FIGURE)
            return
        fixed = atoms_of(f.module for f in ask.fixed_modules if f.post_id is None)
        for module in (name for name in SPLIT if atoms(name) & (asked_atoms(ask) - fixed)):
            self._field(
                f"module|work|{module}",
                f"MKI hele werk, {module}, € MKI",
                "number",
                required=True,
                high=LARGEST_FIGURE,
            )

    def _heading(self, text: str) -> None:
        self.row += 1
        self.text(BID, self.row, 0, text, bold=True)
        self.row += 1

    def _field(self, key: str, label: str, kind: CellKind = "text", **more: object) -> None:
        self.text(BID, self.row, 0, f"{label} *" if more.get("required") else label)
        self.fields.append(FormField(key, BID, self.row, 1, label, kind, **more))  # type: ignore[arg-type]
        self.row += 1

    # --- a row per post
    # ------------------------------------------------------------------------------------------

    def posts_sheet(self) -> None:
        self.text(POSTS, 0, 0, "Posten", bold=True)
        self.text(POSTS, 1, 0, "Vul de gekleurde cellen in. Eén rij per post; voeg geen rijen toe.")
        measure = self.group.property(self.group.measure)
        unit = f"€ per {measure.unit}"
        offered = offered_inputs(self.tender, self.group)
        asked = self._asked_fields
        shown = self._shown(offered)
        heads = [
            "Post",
            f"{measure.label}, {measure.unit}",
            *(f"{self._offered_label(name)} (vast)" for name in shown),
        ]
        heads += [f"{field.label} (gevraagd)" for field in asked]
        heads += ["Product *", *self._mki_heads()]
        heads += [self._offered_label(name) for name in offered]
        heads += [f"Eenheidsprijs, {unit}", "Bedrag, € excl. btw"]
        for column, head in enumerate(heads):
            self.text(POSTS, FIRST_POST_ROW - 1, column, head, bold=True)
        for index, post in enumerate(self.tender.posts):
            self._post_row(FIRST_POST_ROW + index, post, offered, shown)

    @cached_property
    def _asked_fields(self) -> list[Field]:
        """What some post asks beside quantities, such as a fire class."""
        said = {code for post in self.tender.posts for code, _ in post.details}
        return [field for field in self.group.fields if field.code in said]

    def _shown(self, offered: tuple[str, ...]) -> tuple[str, ...]:
        """What the authority fixed and a bidder should see: thickness and such, and the service life."""
        typed = dict.fromkeys(
            code for post in self.tender.posts for code, _ in post.values if code != self.group.measure
        )
        life = ("life",) if any(post.life is not None for post in self.tender.posts) else ()
        return tuple(name for name in (*typed, *life) if name not in offered)

    def _fixed_value(self, row: int, column: int, post: Post, name: str) -> None:
        value = post.life if name == "life" else post.value(name)
        if isinstance(value, str):
            self.text(POSTS, row, column, AS_LONG_AS_WORK)
        elif value is not None:
            self.text(
                POSTS,
                row,
                column,
                value,
                decimals=self.group.property(name).decimals if name != "life" else 0,
            )

    def _mki_heads(self) -> list[str]:
        ask = self.tender.ask
        if ask.mki_per == "work":
            return []
        per = "€ MKI per eenheid van de post" if self._own_units else f"€ MKI per {terms.PER[ask.mki_per]}"
        if not ask.mki_split:
            return [f"MKI *, {per}"]
        return [f"MKI {module}, {per}" for module in self._split_everywhere()]

    def _split_everywhere(self) -> list[str]:
        """The modules asked of at least one post."""
        asked = {module for post in self.tender.posts for module in split_modules(self.tender, post)}
        return [module for module in SPLIT if module in asked]

    def _offered_label(self, name: str) -> str:
        if name == "life":
            return "Levensduur, jaar"
        found = self.group.property(name)
        return f"{found.label}, {found.unit}"

    def _post_row(self, row: int, post: Post, offered: tuple[str, ...], shown: tuple[str, ...]) -> None:
        measure = self.group.property(self.group.measure)
        quantity = quantities_of(self.tender, post, Answer(post.id), None, self.group).get(self.group.measure)
        unit = f" (MKI per {terms.PER[per_of(self.tender.ask, post)]})" if self._own_units else ""
        self.text(POSTS, row, 0, self._labels[post.id] + unit)
        own = {prop.code for prop in self.group.properties if prop.answered}
        known = quantity is not None and not set(offered) - {"life"} - own
        self.text(
            POSTS, row, 1, quantity if known and quantity is not None else "volgt", decimals=measure.decimals
        )
        column = 2
        for name in shown:
            self._fixed_value(row, column, post, name)
            column += 1
        for field in self._asked_fields:
            self.text(POSTS, row, column, dict(post.details).get(field.code, ""))
            column += 1
        released = post.kind == "released"
        if not released:
            self._post_field(f"product|{post.id}", row, column, post, "Product", required=post.in_mki)
        column = self._mki_cells(row, column + 1, post)
        for name in offered:
            if not released and self._is_offered(name, post, own):
                self._offered(name, row, column, post)
            column += 1
        self._price_cells(row, column, post, quantity if known else None)

    def _mki_cells(self, row: int, column: int, post: Post) -> int:
        ask = self.tender.ask
        counts = post.in_mki and (post.kind != "released" or ask.released_in_scope)
        if ask.mki_per == "work":
            return column
        if not ask.mki_split:
            if counts:
                self._post_field(
                    f"mki|{post.id}", row, column, post, "MKI", "number", required=True, high=LARGEST_FIGURE
                )
            return column + 1
        for module in self._split_everywhere():
            if counts and module in split_modules(self.tender, post):
                key = f"module|{post.id}|{module}"
                self._post_field(
                    key, row, column, post, f"MKI {module}", "number", required=True, high=LARGEST_FIGURE
                )
            column += 1
        return column

    def _is_made(self, name: str) -> bool:
        """Whether an answer's own figure follows from others, as a thickness from lambda: it may be stated,
        and need not."""
        own = any(prop.code == name and prop.answered for prop in self.group.properties)
        return own and any(rule.gives == name for rule in self.group.rules)

    def _is_offered(self, name: str, post: Post, own: set[str]) -> bool:
        return name not in own or name in {prop.code for prop in self.group.answered_by(post.route)}

    def _offered(self, name: str, row: int, column: int, post: Post) -> None:
        limits = next((p for p in self.group.plausible if p.field == name), None)
        self._post_field(
            f"offered|{post.id}|{name}",
            row,
            column,
            post,
            self._offered_label(name),
            "number",
            low=SMALLEST,
            high=limits.high * 10 if limits else LARGEST_FIGURE,
            required=name != "life" and not self._is_made(name),
        )

    def _price_cells(self, row: int, column: int, post: Post, quantity: float | None) -> None:
        if not post.in_price:
            self.text(POSTS, row, column + 1, terms.STATES["not_applicable"])
        elif post.kind == "provisional" and post.amount is not None:
            self.text(POSTS, row, column + 1, float(post.amount), decimals=2)
        elif quantity is None:
            self._post_field(
                f"amount|{post.id}", row, column + 1, post, "Bedrag", "money", low=0, high=LARGEST_MONEY
            )
        else:
            self._post_field(
                f"unit_price|{post.id}",
                row,
                column,
                post,
                "Eenheidsprijs",
                "money",
                low=0,
                high=LARGEST_MONEY,
            )
            price = f"{column_letters(column)}{row + 1}"
            self.formulas.append(
                Formula(POSTS, row, column + 1, f'=IF(ISNUMBER({price}),ROUND({price}*B{row + 1},2),"")')
            )

    def _post_field(
        self, key: str, row: int, column: int, post: Post, label: str, kind: CellKind = "text", **more: object
    ) -> None:
        self.fields.append(FormField(key, POSTS, row, column, f"{label} van {post.name}", kind, **more))  # type: ignore[arg-type]

    # --- composition
    # ---------------------------------------------------------------------------------------------

    def composition_sheet(self) -> None:
        self.text(COMPOSITION, 0, 0, "Samenstelling", bold=True)
        self.text(
            COMPOSITION,
            1,
            0,
            "Eén rij per grondstof. De percentages zijn van de massa van het product, samen hoogstens 100 %.",
        )
        heads = ("Post", "Grondstof", "Aandeel, % van de massa", "Herkomst", "Waarvan gerecycled biobased")
        for column, head in enumerate(heads):
            self.text(COMPOSITION, 3, column, head, bold=True)
        labels = self._labels
        names = tuple(labels[post.id] for post in self.tender.posts if post.kind != "released")
        for index in range(CONSTITUENTS):
            row = 4 + index
            for column, (key, kind, more) in enumerate(
                (
                    ("post", "choice", {"choices": names}),
                    ("name", "text", {}),
                    ("share", "percent", {"low": 0.0, "high": 100.0}),
                    ("origin", "choice", {"choices": tuple(terms.ORIGINS.values())}),
                    ("recycled", "choice", {"choices": ("ja", "nee")}),
                )
            ):
                label = f"{heads[column]}, rij {row + 1}"
                self.fields.append(
                    FormField(f"part|{index}|{key}", COMPOSITION, row, column, label, kind, **more)  # type: ignore[arg-type]
                )
        self.text(COMPOSITION, 3, 6, "Post", bold=True)
        if self.group.reclaimed_label is not None:
            self.text(COMPOSITION, 3, 7, self.group.reclaimed_label, bold=True)
            self.text(COMPOSITION, 3, 8, "PR is een aandeel van", bold=True)
        self.text(COMPOSITION, 3, 9, "Biobased, %", bold=True)
        self.text(COMPOSITION, 3, 10, "Biobased is een aandeel van", bold=True)
        self.text(COMPOSITION, 3, 11, "Bepaald volgens", bold=True)
        row = 4
        for post in self.tender.posts:
            if post.kind == "released":
                continue
            self.text(COMPOSITION, row, 6, labels[post.id])
            for column, (key, kind, more) in enumerate(
                (
                    ("reclaimed", "percent", {"low": 0.0, "high": 100.0}),
                    ("reclaimed_of", "choice", {"choices": RECLAIMED_OF}),
                    ("biobased", "percent", {"low": 0.0, "high": 100.0}),
                    ("biobased_of", "choice", {"choices": tuple(terms.BASES.values())}),
                    ("biobased_method", "text", {}),
                ),
                7,
            ):
                if key.startswith("reclaimed") and self.group.reclaimed_label is None:
                    continue
                label = f"{key_label(key)} van {post.name}"
                self.fields.append(
                    FormField(f"{key}|{post.id}", COMPOSITION, row, column, label, kind, **more)  # type: ignore[arg-type]
                )
            row += 1

    def help_sheet(self) -> None:
        lines = [
            "Zo vult u dit formulier in",
            "1. Vul op het blad Inschrijving uw naam, de inschrijfsom en de onderbouwing in. Velden met "
            "* zijn verplicht.",
            "2. Vul op het blad Posten per post het product, de MKI en de prijs in. Alleen gekleurde "
            "cellen zijn open.",
            "3. Vul op het blad Samenstelling per product de grondstoffen in, voor zover u die opgeeft.",
            "Schrijf getallen met een komma: 12,5. Schrijf geen eenheid in de cel. Bedragen zijn "
            "exclusief btw.",
            "Weet u iets niet en staat er geen * bij? Laat de cel leeg. Een lege cel is onbekend, nooit nul.",
            "Toeslag 30 %: is de toeslag voor gegevens van categorie 3 al in uw MKI verwerkt?",
            "Vervanging: is in uw MKI al verwerkt dat een laag binnen de beschouwingsperiode wordt "
            "vervangen?",
            "Weegset en levensfasen: kies zoals gevraagd, tenzij uw MKI op een andere set of op andere "
            "levensfasen slaat.",
            "Voeg geen rijen, kolommen of bladen toe en wijzig geen vaste teksten: het formulier wordt "
            "cel voor cel gelezen.",
            "De bladen zijn beveiligd zonder wachtwoord, alleen tegen vergissingen.",
        ]
        if self.layout > 2:
            lines.insert(
                -1,
                "Hebt u iets op te merken? Doe dat in de cel Opmerkingen, nergens anders. Stel vragen vóór de "
                "sluiting: een voorbehoud kan uw inschrijving ongeldig maken.",
            )
        for row, line in enumerate(lines):
            self.text(HELP, row, 0, line, bold=row == 0)


RECLAIMED_OF = ("het mengsel", "het bindmiddel")
_KEY_LABELS = {
    "reclaimed": "PR",
    "reclaimed_of": "Grondslag van PR",
    "biobased": "Biobased",
    "biobased_of": "Grondslag van biobased",
    "biobased_method": "Bepalingswijze van biobased",
}


def key_label(key: str) -> str:
    return _KEY_LABELS[key]
