"""The posts of the ask as cells: one row per post, columns from the product group's properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cirkeldesk.desktop.kit.grid.cells import CellView, GridSheet, Parsed, number_parsed, read_cell_number
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.product.units import Per
from cirkeldesk.model.reference.group import Field, ProductGroup
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.answered import PROPERTY_OF, per_of, quantities_of
from cirkeldesk.model.tender.tender import Answer, Life, Post, PostKind, Tender
from cirkeldesk.wording import numbers, terms

KINDS: dict[str, PostKind] = {
    "post": "post",
    "stelpost": "provisional",
    "optie": "option",
    "staartpost": "tail",
    "vrijkomend": "released",
}
LAST = ("life", "in_mki", "in_price")
AS_LONG_AS_WORK = "zo lang als het werk"


class PostSheet(GridSheet):
    """Columns: name, kind, route, the group's properties, service life."""

    def __init__(self, tender: Tender, comparison: Comparison) -> None:
        self.tender, self.group = tender, comparison.group
        # The asphalt group of before version 0.6 does not say that a volume is only for declared units.
        shown = [
            p.code for p in self.group.properties if not (p.hidden or p.answered or p.code == "volume_m3")
        ]
        per = ["mki_per"] if any(post.mki_per is not None for post in tender.posts) else []
        self.fields = {field.code: field for field in self.group.fields}
        last = [code for code in LAST if code == "in_price"] if self.group.without_mki else LAST
        self.columns = ["name", "kind", "route", *shown, *last, *per, *self.fields]
        empty = {
            post.id: quantities_of(tender, post, Answer(post.id), None, self.group) for post in tender.posts
        }
        self.quantities = empty

    @property
    def row_names(self) -> list[str]:
        return [str(number) for number in range(1, len(self.tender.posts) + 1)]

    @property
    def column_names(self) -> list[str]:
        names = {
            "name": "Post",
            "kind": "Soort",
            "route": "Hoeveelheid via",
            "life": "Levensduur jaar",
            "in_mki": "In MKI",
            "in_price": "In prijs",
            "mki_per": "MKI per",
            **{code: field.label for code, field in self.fields.items()},
        }
        for prop in self.group.properties:
            names[prop.code] = f"{prop.label} {prop.unit}"
        return [names[code] for code in self.columns]

    def is_alike(self, source: tuple[int, int], target: tuple[int, int]) -> bool:
        """A thickness goes on into thicknesses."""
        return source[1] == target[1]

    def key(self, row: int, column: int) -> str:
        return f"post/{self.tender.posts[row].id}/{self.columns[column]}"

    def cell(self, row: int, column: int) -> CellView:
        post, code = self.tender.posts[row], self.columns[column]
        match code:
            case "name":
                return CellView(post.name, editable=True, edit_text=post.name)
            case "kind":
                text = terms.POST_KINDS[post.kind]
                return CellView(text, editable=True, edit_text=text, suggestions=tuple(KINDS))
            case "route":
                routes = [route.label for route in self.group.routes]
                text = self.group.route(post.route or self.group.default_route).label
                return CellView(text, editable=True, edit_text=text, suggestions=tuple(routes))
            case "life":
                text = (
                    AS_LONG_AS_WORK
                    if post.life == "work"
                    else numbers.as_typed(post.life)
                    if post.life is not None
                    else ""
                )
                return CellView(text, editable=True, edit_text=text, right=True, numeric=post.life != "work")
            case "in_mki" | "in_price":
                text = "ja" if getattr(post, code) else "nee"
                return CellView(text, editable=True, edit_text=text, suggestions=("ja", "nee"))
            case "mki_per":
                text = terms.PER[per_of(self.tender.ask, post)]
                return CellView(
                    text, editable=True, edit_text=text, suggestions=tuple(pers(self.group).values())
                )
        if code in self.fields:
            text, field = dict(post.details).get(code, ""), self.fields[code]
            return CellView(text, editable=True, edit_text=text, suggestions=field.choices or field.usual)
        return self._quantity(post, code)

    def _quantity(self, post: Post, code: str) -> CellView:
        prop = self.group.property(code)
        route = self.group.route(post.route or self.group.default_route)
        typed = post.value(code)
        value = self.quantities[post.id].get(code)
        if code in route.inputs:
            if typed is not None:
                text = numbers.as_typed(typed)
                assumed = (code, typed) in dict.fromkeys(
                    pair
                    for default in self.group.default_posts
                    if default.name == post.name
                    for pair in default.values
                )
                return CellView(
                    text,
                    editable=True,
                    edit_text=text,
                    right=True,
                    numeric=True,
                    description="aanname" if assumed else "",
                )
            if value is not None:
                text = numbers.number(value, prop.decimals)
                return CellView(text, "inherit", True, "", True, f"{text}, uit het werk", numeric=True)
            return CellView("invullen", "missing", True, "", True, numeric=True)
        if value is None:
            return CellView("niet te berekenen" if code == self.group.measure else "", "word", right=True)
        return CellView(numbers.number(value, prop.decimals), "computed", right=True)

    def parse(self, row: int, column: int, text: str) -> Parsed:
        post, code = self.tender.posts[row], self.columns[column]
        label = self.column_names[column].lower()
        match code:
            case "name":
                if not text.strip():
                    return Parsed(problem="Een post heeft een naam nodig.")
                return Parsed(edits.set_post(self.tender, post.id, "name", text.strip(), "naam"))
            case "kind":
                kind = KINDS.get(text.strip().casefold())
                if kind is None:
                    return Parsed(problem=f"Kies uit: {', '.join(KINDS)}.")
                return Parsed(edits.set_post(self.tender, post.id, "kind", kind, "soort"))
            case "route":
                route = next(
                    (r.code for r in self.group.routes if r.label.casefold() == text.strip().casefold()), None
                )
                if route is None:
                    return Parsed(problem=f"Kies uit: {', '.join(r.label for r in self.group.routes)}.")
                return Parsed(edits.set_post(self.tender, post.id, "route", route, "hoeveelheid via"))
            case "life":
                return parse_life(
                    text,
                    lambda life: edits.set_post(self.tender, post.id, "life", life, "levensduur"),
                    self.group,
                )
            case "in_mki" | "in_price":
                if text.strip().casefold() not in ("ja", "nee"):
                    return Parsed(problem="Schrijf ja of nee.")
                return Parsed(
                    edits.set_post(self.tender, post.id, code, text.strip().casefold() == "ja", label)
                )
        if code == "mki_per":
            return self._parse_per(post, text)
        if code in self.fields:
            return self._parse_detail(post, self.fields[code], text.strip())
        return self._parse_quantity(post, code, label, text)

    def _parse_quantity(self, post: Post, code: str, label: str, text: str) -> Parsed:
        unit = self.group.property(code).unit
        share = unit == "%"
        read = read_cell_number(
            text,
            group=self.group,
            plausible=code,
            positive=not share,
            thousands=code == "area_m2",
            column=self.group.property(code).unit,
        )
        if share and read.value is not None and not 0 <= read.value <= 100:
            return Parsed(problem=f"“{text.strip()}” kan hier niet. Vul een deel van 0 tot 100 in.")
        if read.problem:
            return Parsed(problem=read.problem)
        return number_parsed(read, edits.set_post_value(self.tender, post.id, code, read.value, label))

    def _parse_per(self, post: Post, text: str) -> Parsed:
        options = pers(self.group)
        per = next(
            (code for code, word in options.items() if word.casefold() == text.strip().casefold()), None
        )
        if per is None and text.strip():
            return Parsed(problem=f"Kies uit: {', '.join(options.values())}.")
        return Parsed(edits.set_post(self.tender, post.id, "mki_per", per, "MKI per"))

    def _parse_detail(self, post: Post, field: Field, text: str) -> Parsed:
        known = next(
            (choice for choice in (*field.choices, *field.usual) if choice.casefold() == text.casefold()),
            text,
        )
        if field.choices and text and known not in field.choices:
            return Parsed(problem=f"Kies uit: {', '.join(field.choices)}.")
        return Parsed(edits.set_detail(self.tender, post.id, field.code, known, field.label.lower()))


def pers(group: ProductGroup) -> dict[Per, str]:
    """What an MKI may be per in a product group: the units its posts are measured in, and the post itself."""
    units: dict[Per, str | None] = {**PROPERTY_OF}
    return {
        per: terms.PER[per]
        for per, code in units.items()
        if per != "work" and (code is None or group.has(code))
    }


def parse_life(text: str, make: Callable[[Life | None], edits.Edit], group: ProductGroup) -> Parsed:
    """A life in years, "zo lang als het werk", or nothing."""
    if text.strip().casefold() in (AS_LONG_AS_WORK, "werk", "zo lang als werk"):
        return Parsed(make("work"))
    read = read_cell_number(text, group=group, plausible="life", column="jaar")
    if read.problem:
        return Parsed(problem=f"{read.problem[:-1]} of schrijf: {AS_LONG_AS_WORK}.")
    return number_parsed(read, make(read.value))


def next_post(tender: Tender, comparison: Comparison) -> Post:
    """A new post with the group's usual values and a free name."""
    taken = {post.name for post in tender.posts}
    identity = edits.fresh_id(tender, "p")
    in_mki = not comparison.group.without_mki
    default = next((d for d in comparison.group.default_posts if d.name not in taken), None)
    if default is not None:
        return replace(
            Post(identity, default.name, in_mki=in_mki),
            values=default.values,
            route=default.route,
            life=default.life,
            mki_per=default.mki_per,
        )
    name = next(n for i in range(1, 1000) if (n := f"Post {i}") not in taken)
    values = comparison.group.default_posts[0].values if comparison.group.default_posts else ()
    return replace(Post(identity, name, in_mki=in_mki), values=values)
