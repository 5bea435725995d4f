"""What differs between two versions of a tender, field by field, in sentences for the history."""

from __future__ import annotations

from collections.abc import Iterator

from cirkeldesk.model.document.changes import bid_changes, changes_between
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.tender.tender import Post, Tender, Variant
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.advice.versions import PARTS
from cirkeldesk.wording.award.changes import change_text

MOST = 200
PRICED = frozenset({"price", "unit_price", "costs", "answers"})  # a whole list of answers may hold prices
NAMED = {"title": "Titel", "number": "Nummer", "functional_quantity": "Hoeveelheid van het werk"}
POST_FIELDS = {
    "name": "naam",
    "kind": "soort",
    "route": "hoeveelheid via",
    "life": "levensduur",
    "amount": "bedrag",
    "tar": "PAK10",
    "in_mki": "in MKI",
    "in_price": "in prijs",
}


def version_differences(
    before: Tender, after: Tender, group: ProductGroup, *, sealed: bool
) -> tuple[str, ...]:
    """Sentences, first the work and its posts, then each variant, then the rest; at most `MOST` and how many
    more.

    `sealed`: prices of bids are not open yet, and the past must not tell them either.
    """
    parts = (
        _fields(before, after),
        _posts(before, after, group),
        _variants(before, after, sealed=sealed),
        _rest(before, after),
    )
    found = [sentence for part in parts for sentence in part]
    found += _unsaid(before, after, found)
    more = len(found) - MOST
    return (*found[:MOST], *((f"en {more} andere verschillen",) if more > 0 else ()))


def _fields(before: Tender, after: Tender) -> Iterator[str]:
    for name, label in NAMED.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{label}: {_text(old)} wordt {_text(new)}"
    if before.closes_on != after.closes_on:
        yield f"Inschrijving sluit: {_date(before.closes_on)} wordt {_date(after.closes_on)}"
    for name in ("ask", "award"):
        old, new = to_plain(before).get(name), to_plain(after).get(name)
        yield from dict.fromkeys(change_text(after, change) for change in changes_between(old, new, name))


def _posts(before: Tender, after: Tender, group: ProductGroup) -> Iterator[str]:
    old, new = {post.id: post for post in before.posts}, {post.id: post for post in after.posts}
    yield from (f"Post {post.name} vervallen" for key, post in old.items() if key not in new)
    yield from (f"Post {post.name} toegevoegd" for key, post in new.items() if key not in old)
    for key in old.keys() & new.keys():
        yield from _post(old[key], new[key], group)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield "Volgorde van de posten gewijzigd"


def _post(old: Post, new: Post, group: ProductGroup) -> Iterator[str]:
    for name, label in POST_FIELDS.items():
        if getattr(old, name) != getattr(new, name):
            yield f"{label} van {new.name}: {_text(getattr(old, name))} wordt {_text(getattr(new, name))}"
    labels = {prop.code: prop.label.lower() for prop in group.properties}
    for code in dict.fromkeys([*dict(old.values), *dict(new.values)]):
        if old.value(code) != new.value(code):
            yield f"{labels.get(code, code)} van {new.name}: {_text(old.value(code))} wordt {_text(new.value(code))}"
    before, after = dict(old.details), dict(new.details)
    for field in group.fields:
        if before.get(field.code) != after.get(field.code):
            was, now = _text(before.get(field.code)), _text(after.get(field.code))
            yield f"{field.label.lower()} van {new.name}: {was} wordt {now}"
    if old.mki_per != new.mki_per:
        was, now = (terms.PER.get(post.mki_per or "", "zoals de uitvraag") for post in (old, new))
        yield f"MKI per van {new.name}: {was} wordt {now}"


def _variants(before: Tender, after: Tender, *, sealed: bool) -> Iterator[str]:
    old, new = {v.id: v for v in before.variants}, {v.id: v for v in after.variants}
    yield from (f"{variant.name} verwijderd" for key, variant in old.items() if key not in new)
    yield from (f"{variant.name} toegevoegd" for key, variant in new.items() if key not in old)
    for key, variant in new.items():
        if key in old:
            yield from _variant(before, after, variant, sealed=sealed and variant.is_bid)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield "Volgorde van de varianten gewijzigd"


def _variant(before: Tender, after: Tender, variant: Variant, *, sealed: bool) -> Iterator[str]:
    changes = [
        change for change in bid_changes(before, after, variant.id) if not change.path.startswith("products")
    ]
    hidden = [
        change
        for change in changes
        if sealed and PRICED.intersection(change.path.replace("[", ".").split("."))
    ]
    yield from dict.fromkeys(
        f"{variant.name}: {change_text(after, change)}" for change in changes if change not in hidden
    )
    if hidden:
        yield f"{variant.name}: een prijs gewijzigd (nog dicht)"
    old = before.variant(variant.id)
    if (old.equal, old.equal_reason) != (variant.equal, variant.equal_reason):
        yield f"{variant.name}: gelijkwaardigheid gewijzigd"


def _unsaid(before: Tender, after: Tender, told: list[str]) -> Iterator[str]:
    """Where two versions differ in something no sentence names, that is said: "no difference" would be
    untrue."""
    if not told and to_plain(before) != to_plain(after):
        yield "Er is iets gewijzigd dat hier geen zin heeft. Vergelijk de dossiers voor de bijzonderheden."


def _rest(before: Tender, after: Tender) -> Iterator[str]:
    told = {*NAMED, "closes_on", "ask", "award", "posts", "variants"}
    old, new = to_plain(before), to_plain(after)
    for name in sorted((old.keys() | new.keys()) - told):
        if old.get(name) != new.get(name):
            yield f"{PARTS.get(name, terms.TENDER_PARTS.get(name, name))} gewijzigd".capitalize()


def _text(value: object) -> str:
    if value is None or value == "":
        return "(leeg)"
    if value == "work":
        return "zo lang als het werk"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return numbers.as_typed(value) if isinstance(value, float) else terms.POST_KINDS.get(value, str(value))  # type: ignore[call-overload]


def _date(iso: str | None) -> str:
    return numbers.date(iso) if iso else "(leeg)"
