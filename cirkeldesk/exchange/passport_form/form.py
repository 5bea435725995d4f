"""The passport form: a row for each layer, prefilled from what was awarded and delivered. Writing and reading
walk this one description.

Source: CHAIN 5 (fields); DOMAIN 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cirkeldesk.exchange.bid_form.cells import CellKind, FixedCell, Form, FormField
from cirkeldesk.model.document.document import canonical, hash_of_bytes
from cirkeldesk.wording.passport import words

SHEET, HELP = "Paspoorten", "Uitleg"
TITLE = "Paspoortformulier CirkelDesk"
LAYOUT = 1
FIRST_ROW, HEAD_ROW = 6, 5
SPARE = 40  # rows beside one for each post: a work has more sections than posts
MARK_CELL = (1, 1)
YES_TESTS = (words.TESTS["free"], words.TESTS["found"])


@dataclass(frozen=True)
class PassportColumn:
    """A column: `name` is the field of the passport, `factor` what its number is multiplied by on the way
    in."""

    name: str
    head: str
    kind: CellKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    factor: float = 1.0
    help: str = ""


COLUMNS: tuple[PassportColumn, ...] = (
    PassportColumn("post", "Post *", "choice", required=True, help="De post van de opdracht."),
    PassportColumn("object", "Object *", required=True, help="Nummer of naam van het object, zoals N201."),
    PassportColumn("section", "Vak", help="Wegvak of deel van het object."),
    PassportColumn("road", "Weg", help="Wegnummer of straat."),
    PassportColumn("km_from", "Km van", "number", low=0, high=999, help="Hectometrering in kilometers."),
    PassportColumn("km_to", "Km tot", "number", low=0, high=999, help="Hectometrering in kilometers."),
    PassportColumn("x", "X (RD)", "number", low=0, high=300_000, help="RD-coördinaat in meters."),
    PassportColumn("y", "Y (RD)", "number", low=300_000, high=640_000, help="RD-coördinaat in meters."),
    PassportColumn("municipality", "Gemeente"),
    PassportColumn(
        "layer", "Laagnummer *", "number", required=True, low=1, high=20, help="1 is de bovenste laag."
    ),
    PassportColumn(
        "layer_kind", "Soort laag *", "choice", required=True, choices=tuple(words.LAYERS.values())
    ),
    PassportColumn("thickness", "Dikte, mm *", "number", required=True, low=1, high=2000),
    PassportColumn("length", "Lengte, m", "number", low=0.1, high=1e6),
    PassportColumn("width", "Breedte, m", "number", low=0.1, high=1000),
    PassportColumn("area", "Oppervlak, m² *", "number", required=True, low=0.1, high=1e8),
    PassportColumn("mass_t", "Massa, ton *", "number", required=True, low=0.001, high=1e7),
    PassportColumn("mix", "Mengselcode *", required=True, help="Zoals NEN-EN 13108 haar noemt: AC 16 surf."),
    PassportColumn("producer", "Producent *", required=True),
    PassportColumn("plant", "Centrale"),
    PassportColumn("declaration_of_performance", "DoP-nummer"),
    PassportColumn("binder", "Bindmiddel"),
    PassportColumn("biobased", "Biobased, %", "percent", low=0, high=100, factor=0.01),
    PassportColumn("biobased_basis", "Biobased waarvan", "choice", choices=tuple(words.BASES.values())),
    PassportColumn("reclaimed", "PR, %", "percent", low=0, high=100, factor=0.01),
    PassportColumn("mki", "MKI per ton, €", "number", low=-1000, high=10_000),
    PassportColumn("set_code", "Weegset", "choice", choices=("A1", "A2")),
    PassportColumn("edition", "Uitgave van de set"),
    PassportColumn("declaration", "EPD-nummer"),
    PassportColumn("valid_until", "EPD geldig tot", "date"),
    PassportColumn("co2", "CO2 per ton, kg", "number", low=-10_000, high=100_000),
    PassportColumn("laid_on", "Aangebracht op *", "date", required=True),
    PassportColumn("life", "Verwachte levensduur, jaar", "number", low=0.1, high=200),
    PassportColumn("guarantee_until", "Garantie tot", "date"),
    PassportColumn("tar", "Teer", "choice", choices=YES_TESTS),
    PassportColumn("asbestos", "Asbest", "choice", choices=YES_TESTS),
    PassportColumn("tested_on", "Getest op", "date"),
    PassportColumn("next_use", "Volgend gebruik (R-trede)", "choice", choices=tuple(words.NEXT_USES)),
    PassportColumn("evidence", "Bewijs *", required=True, help="Weegbon, opleverstaat of keuring."),
)
BY_NAME: Mapping[str, PassportColumn] = {one.name: one for one in COLUMNS}


@dataclass(frozen=True)
class PassportRow:
    """What a row begins with: the name of the post and what is known of it already."""

    post: str
    values: Mapping[str, str | float]


@dataclass(frozen=True)
class PassportForm:
    """The cells of the form, and what each open cell begins with. `posts` are their names, in order."""

    form: Form
    rows: tuple[PassportRow, ...]
    posts: tuple[str, ...]

    @cached_property
    def by_key(self) -> Mapping[str, FormField]:
        return {field.key: field for field in self.form.fields}

    @property
    def count(self) -> int:
        """How many rows can be filled in."""
        return len(self.rows) + SPARE


def form_of(
    tender_id: str, number: str, title: str, rows: Sequence[PassportRow], posts: Sequence[str]
) -> PassportForm:
    """The same posts give the same form, cell for cell; what rows begin with may differ."""
    version = hash_of_bytes(canonical([tender_id, list(posts), [one.head for one in COLUMNS]]))[:12]
    fields = tuple(
        _field(column, FIRST_ROW + row, place, posts)
        for row in range(len(rows) + SPARE)
        for place, column in enumerate(COLUMNS)
    )
    fixed = [
        FixedCell(SHEET, 0, 0, TITLE, bold=True),
        FixedCell(SHEET, 1, 0, "Kenmerk"),
        FixedCell(SHEET, *MARK_CELL, mark_of(tender_id, version)),
        FixedCell(SHEET, 2, 0, "Opdracht"),
        FixedCell(SHEET, 2, 1, f"{number} {title}".strip(), asked=False),
        FixedCell(SHEET, 3, 0, words.EXPLAINED, asked=False),
    ]
    fixed += [FixedCell(SHEET, HEAD_ROW, place, one.head, bold=True) for place, one in enumerate(COLUMNS)]
    fixed += [
        FixedCell(HELP, row, 0, text, asked=False)
        for row, text in enumerate(
            [words.EXPLAINED, *(f"{one.head}: {one.help}" for one in COLUMNS if one.help)]
        )
    ]
    made = Form(tender_id, number, title, version, fields, tuple(fixed), layout=LAYOUT)
    return PassportForm(made, tuple(rows), tuple(posts))


def _field(column: PassportColumn, row: int, place: int, posts: Sequence[str]) -> FormField:
    made = FormField(
        f"{row}|{column.name}",
        SHEET,
        row,
        place,
        column.head.rstrip(" *"),
        column.kind,
        column.required,
        column.choices,
        column.low,
        column.high,
        help=column.help,
    )
    return replace(made, choices=tuple(posts)) if column.name == "post" else made


def mark_of(tender_id: str, version: str) -> str:
    return f"paspoortformulier/{LAYOUT} · {tender_id} · {version}"
