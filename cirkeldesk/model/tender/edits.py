"""Edits of a tender: pure functions Tender → Tender, with the name of the step they are.

Each `Edit` is what one committed cell, one paste or one button does: one undo step, one history row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, TypeVar

from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.criteria import Considered, Criterion
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.reference.themes import THEMES, Theme, ThemeNote
from cirkeldesk.model.tender.award_rules import Score
from cirkeldesk.model.tender.publication import Addressee
from cirkeldesk.model.tender.tender import (
    AdviceText,
    Answer,
    OfferedMki,
    Post,
    ProductRef,
    Role,
    Status,
    Tender,
    Variant,
)

Param = str | float | int | None
Change = Callable[[Tender], Tender]


@dataclass(frozen=True)
class Edit:
    """A change with its step key and the parameters of the step's name."""

    step: str
    params: dict[str, Param]
    apply: Change


def new_id(prefix: str, taken: set[str]) -> str:
    """The first free id `p1`, `p2` … within one tender; ids are short so that documents stay readable."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def fresh_id(tender: Tender, prefix: str) -> str:
    """A short id for a new post, variant or product of a tender, which none had before."""
    return f"{prefix}{max(tender.issued, _highest(ids_of(tender), prefix)) + 1}"


def ids_of(tender: Tender) -> frozenset[str]:
    """Ids of the posts, variants and own products of a tender."""
    parts: tuple[Post | Variant | Product, ...] = (*tender.posts, *tender.variants, *tender.products)
    return frozenset(part.id for part in parts)


def _highest(ids: Iterable[str], prefix: str = "") -> int:
    numbered = (_NUMBERED.fullmatch(identity) for identity in ids)
    return max(
        (int(found[2]) for found in numbered if found is not None and found[1].startswith(prefix)), default=0
    )


_NUMBERED = re.compile(r"([a-z]{1,2})([0-9]{1,6})")


def without_removed(before: Tender, after: Tender) -> Tender:
    """After something was removed: what it was called is not given out again."""
    issued = max(before.issued, _highest(ids_of(before) - ids_of(after)))
    return replace(after, issued=issued) if issued != after.issued else after


def set_field(name: str, value: Any, label: str) -> Edit:
    return Edit("field", {"label": label}, lambda tender: replace(tender, **{name: value}))


def set_ask(name: str, value: Any, label: str) -> Edit:
    return Edit(
        "field", {"label": label}, lambda tender: replace(tender, ask=replace(tender.ask, **{name: value}))
    )


def _map_post(post_id: str, change: Callable[[Post], Post]) -> Change:
    """A change of one post. Raises KeyError when it is gone: an edit never does nothing without a word."""

    def apply(tender: Tender) -> Tender:
        tender.post(post_id)
        return replace(tender, posts=tuple(change(p) if p.id == post_id else p for p in tender.posts))

    return apply


def _map_variant(variant_id: str, change: Callable[[Variant], Variant]) -> Change:
    """A change of one variant. Raises KeyError when it is gone."""

    def apply(tender: Tender) -> Tender:
        tender.variant(variant_id)
        return replace(
            tender, variants=tuple(change(v) if v.id == variant_id else v for v in tender.variants)
        )

    return apply


def insert_post(post: Post, place: int) -> Edit:
    def change(tender: Tender) -> Tender:
        _is_free(tender, post.id)
        return replace(tender, posts=(*tender.posts[:place], post, *tender.posts[place:]))

    return Edit("post_add", {"name": post.name}, change)


def duplicate_post(tender: Tender, post_id: str) -> Edit:
    """The post again, below itself, with every answer to it."""
    taken = {post.name for post in tender.posts}
    old = tender.post(post_id)
    name = next(name for number in range(2, 1000) if (name := f"{old.name} {number}") not in taken)
    made = replace(old, id=fresh_id(tender, "p"), name=name)

    def change(tender: Tender) -> Tender:
        _is_free(tender, made.id)
        place = tender.posts.index(tender.post(post_id)) + 1
        variants = tuple(
            answered(variant, replace(variant.answer(post_id), post_id=made.id))
            for variant in tender.variants
        )
        return replace(tender, posts=(*tender.posts[:place], made, *tender.posts[place:]), variants=variants)

    return Edit("post_copy", {"name": old.name}, change)


def remove_post(tender: Tender, post_id: str) -> Edit:
    """The post and every answer to it."""

    def change(tender: Tender) -> Tender:
        variants = tuple(
            replace(v, answers=tuple(answer for answer in v.answers if answer.post_id != post_id))
            for v in tender.variants
        )
        posts = tuple(p for p in tender.posts if p.id != post_id)
        return without_orphans(without_removed(tender, replace(tender, posts=posts, variants=variants)))

    return Edit("post_remove", {"name": tender.post(post_id).name}, change)


def move_post(tender: Tender, post_id: str, by: int) -> Edit:
    name = tender.post(post_id).name
    return Edit("post_move", {"name": name}, lambda old: replace(old, posts=_moved(old.posts, post_id, by)))


def move_variant(tender: Tender, variant_id: str, by: int) -> Edit:
    name = tender.variant(variant_id).name
    return Edit(
        "variant_move",
        {"name": name},
        lambda old: replace(old, variants=_moved(old.variants, variant_id, by)),
    )


Named = TypeVar("Named", Post, Variant)


def _moved(items: tuple[Named, ...], identity: str, by: int) -> tuple[Named, ...]:
    """One item some places further, as far as there are places."""
    moved = list(items)
    index = moved.index(with_id(moved, identity))
    moved.insert(max(0, min(len(moved) - 1, index + by)), moved.pop(index))
    return tuple(moved)


def set_post(tender: Tender, post_id: str, name: str, value: Any, label: str) -> Edit:
    return Edit(
        "post_field",
        {"label": label, "name": tender.post(post_id).name},
        _map_post(post_id, lambda post: replace(post, **{name: value})),
    )


def with_value(
    values: tuple[tuple[str, float], ...], code: str, value: float | None
) -> tuple[tuple[str, float], ...]:
    """Typed properties with one set, or (None) taken away so that it is inherited again."""
    kept = {name: number for name, number in values if name != code}
    if value is not None:
        kept[code] = value
    return tuple(sorted(kept.items()))


def set_post_value(tender: Tender, post_id: str, code: str, value: float | None, label: str) -> Edit:
    return Edit(
        "post_field",
        {"label": label, "name": tender.post(post_id).name},
        _map_post(post_id, lambda post: replace(post, values=with_value(post.values, code, value))),
    )


def add_variant(variant: Variant) -> Edit:
    """A new variant at the end. Raises ValueError when something else has its id by then."""

    def change(tender: Tender) -> Tender:
        _is_free(tender, variant.id)
        return replace(tender, variants=(*tender.variants, variant))

    return Edit("variant_add", {"name": variant.name}, change)


def _is_free(tender: Tender, identity: str) -> None:
    """Raises ValueError when a post, variant or product of the tender has this id."""
    if identity in ids_of(tender):
        raise ValueError(identity)


def remove_variant(tender: Tender, variant_id: str) -> Edit:
    def change(tender: Tender) -> Tender:
        variants = tuple(v for v in tender.variants if v.id != variant_id)
        return without_orphans(without_removed(tender, replace(tender, variants=variants)))

    return Edit("variant_remove", {"name": tender.variant(variant_id).name}, change)


def set_variant(tender: Tender, variant_id: str, name: str, value: Any, label: str) -> Edit:
    return Edit(
        "variant_field",
        {"label": label, "name": tender.variant(variant_id).name},
        _map_variant(variant_id, lambda variant: replace(variant, **{name: value})),
    )


def set_basis(tender: Tender, variant_id: str, name: str, value: Any, label: str) -> Edit:
    return Edit(
        "variant_field",
        {"label": label, "name": tender.variant(variant_id).name},
        _map_variant(
            variant_id, lambda variant: replace(variant, basis=replace(variant.basis, **{name: value}))
        ),
    )


def set_evidence(tender: Tender, variant_id: str, name: str, value: Any, label: str) -> Edit:
    return Edit(
        "variant_field",
        {"label": label, "name": tender.variant(variant_id).name},
        _map_variant(
            variant_id, lambda variant: replace(variant, evidence=replace(variant.evidence, **{name: value}))
        ),
    )


_EMPTY_ANSWER = {f.name: f.default for f in fields(Answer) if f.name != "post_id"}


def answered(variant: Variant, answer: Answer) -> Variant:
    """The variant with one answer put in place; an answer that says nothing is left out."""
    kept = tuple(a for a in variant.answers if a.post_id != answer.post_id)
    says_something = any(getattr(answer, name) != default for name, default in _EMPTY_ANSWER.items())
    return replace(variant, answers=(*kept, answer) if says_something else kept)


def set_answer(
    tender: Tender, variant_id: str, post_id: str, label: str, change: Callable[[Answer], Answer]
) -> Edit:
    def apply(tender: Tender) -> Tender:
        tender.post(post_id)
        changed = _map_variant(variant_id, lambda v: answered(v, change(v.answer(post_id))))(tender)
        return without_orphans(changed)

    names: dict[str, Param] = {
        "label": label,
        "post": tender.post(post_id).name,
        "name": tender.variant(variant_id).name,
    }
    return Edit("answer_field", names, apply)


def set_product(tender: Tender, variant_id: str, post_id: str, ref: ProductRef | None, label: str) -> Edit:
    return set_answer(tender, variant_id, post_id, label, lambda answer: replace(answer, product=ref))


def renew_product(old: ProductRef, new: ProductRef, name: str) -> Edit:
    """Pin another version of a product wherever the old one answers; the only way a newer version changes a
    figure."""

    def change(tender: Tender) -> Tender:
        variants = tuple(
            replace(v, answers=tuple(replace(a, product=new) if a.product == old else a for a in v.answers))
            for v in tender.variants
        )
        return replace(tender, variants=variants)

    return Edit("product_renewed", {"name": name}, change)


def type_product(tender: Tender, variant_id: str, post_id: str, name: str, label: str) -> Edit:
    """A name typed in a cell makes the product at once, in this tender only; the same name in the same
    variant is the same."""

    def apply(tender: Tender) -> Tender:
        variant = tender.variant(variant_id)
        used = {a.product.id for a in variant.answers if a.product is not None and a.product.is_local}
        known = next((p for p in tender.products if p.name == name and p.id in used), None)
        product = known or Product(id=fresh_id(tender, "lp"), name=name)
        products = tender.products if known else (*tender.products, product)
        edit = set_product(tender, variant_id, post_id, ProductRef(product.id), label)
        return edit.apply(replace(tender, products=products))

    names: dict[str, Param] = {
        "label": label,
        "post": tender.post(post_id).name,
        "name": tender.variant(variant_id).name,
    }
    return Edit("answer_field", names, apply)


def type_mki(tender: Tender, variant_id: str, post_id: str, mki: OfferedMki | None, label: str) -> Edit:
    """An MKI typed in a cell is a declaration on the asked basis; without a product yet it makes one, named
    after the post."""

    def apply(tender: Tender) -> Tender:
        variant = tender.variant(variant_id)
        if mki is not None and variant.answer(post_id).product is None:
            name = f"{tender.post(post_id).name} van {variant.name}"
            tender = type_product(tender, variant_id, post_id, name, label).apply(tender)
        return set_answer(tender, variant_id, post_id, label, lambda answer: replace(answer, mki=mki)).apply(
            tender
        )

    names: dict[str, Param] = {
        "label": label,
        "post": tender.post(post_id).name,
        "name": tender.variant(variant_id).name,
    }
    return Edit("answer_field", names, apply)


def set_price(tender: Tender, variant_id: str, value: Decimal | None, label: str) -> Edit:
    return set_variant(tender, variant_id, "price", value, label)


def change_local_product(product: Product, change: Callable[[Product], Product], label: str) -> Edit:
    """A change of a product of this tender alone, made on the product as it is by then. Raises KeyError when
    it is gone."""

    def apply(tender: Tender) -> Tender:
        if all(known.id != product.id for known in tender.products):
            raise KeyError(product.id)
        return replace(
            tender, products=tuple(change(p) if p.id == product.id else p for p in tender.products)
        )

    return Edit("product_field", {"label": label, "name": product.name}, apply)


def without_orphans(tender: Tender) -> Tender:
    """Products of this tender alone that no answer names any more go with their last answer; a bid as opened
    keeps its own."""
    used = {
        a.product.id
        for v in (*tender.variants, *tender.originals)
        for a in v.answers
        if a.product is not None and a.product.is_local
    }
    products = tuple(p for p in tender.products if p.id in used)
    scores = tuple(s for s in tender.scores if _has_place(tender, s))
    if (products, scores) == (tender.products, tender.scores):
        return tender
    left = replace(tender, products=products, scores=scores)
    return without_removed(tender, left)


def _has_place(tender: Tender, score: Score) -> bool:
    """A score goes with its bid or its criterion."""
    bids = {variant.id for variant in tender.bids}
    return score.variant_id in bids and score.criterion_id in {
        criterion.id for criterion in tender.award.criteria
    }


def set_advice(section: str, name: str, text: str | None, draft: str = "") -> Edit:
    """A section as somebody wrote it beside `draft`, our own text with the figures of the moment; None goes
    back to ours."""

    def change(tender: Tender) -> Tender:
        kept = tuple(a for a in tender.advice if a.section != section)
        return replace(tender, advice=kept if text is None else (*kept, AdviceText(section, text, draft)))

    return Edit("advice_text", {"section": name}, change)


def set_publication(name: str, value: Any, label: str) -> Edit:
    """A field of what the papers need; the reason of stopping stops the procedure, and taking it away lets it
    go on."""

    def change(tender: Tender) -> Tender:
        changed = replace(tender, publication=replace(tender.publication, **{name: value}))
        return replace(changed, status=_status_of(changed)) if name == "stopped_because" else changed

    return Edit("field", {"label": label}, change)


def _status_of(tender: Tender) -> Status:
    if tender.publication.stopped_because.strip():
        return "stopped"
    if tender.status != "stopped":
        return tender.status
    if tender.versions:
        return "advised"
    return "judged" if tender.opened is not None else "published" if tender.lock is not None else "concept"


def set_objection(value: Any, winner: str, label: str) -> Edit:
    """The answer for this winner: another one is asked anew."""
    return Edit(
        "field",
        {"label": label},
        lambda tender: replace(
            tender, publication=replace(tender.publication, objection=value, objection_by=winner)
        ),
    )


def set_addressee(variant_id: str, name: str, text: str, label: str) -> Edit:
    """One line of where a bidder's letter goes."""

    def change(tender: Tender) -> Tender:
        publication = tender.publication
        one = replace(publication.addressee(variant_id), **{name: text})
        others = tuple(a for a in publication.addressees if a.variant_id != variant_id)
        kept = (*others, one) if one != Addressee(variant_id) else others
        order = [variant.id for variant in tender.variants]
        ordered = tuple(
            sorted(kept, key=lambda a: order.index(a.variant_id) if a.variant_id in order else -1)
        )
        return replace(tender, publication=replace(publication, addressees=ordered))

    return Edit("field", {"label": label}, change)


def set_theme(theme: Theme, text: str, label: str) -> Edit:
    """What is done for a theme of MVOI; an empty text takes it away."""

    def change(tender: Tender) -> Tender:
        kept = tuple(note for note in tender.publication.themes if note.theme != theme)
        notes = (*kept, ThemeNote(theme, text)) if text else kept
        ordered = tuple(sorted(notes, key=lambda note: THEMES.index(note.theme)))
        return replace(tender, publication=replace(tender.publication, themes=ordered))

    return Edit("field", {"label": label}, change)


def starting_posts(group: ProductGroup, issued: int = 0) -> tuple[Post, ...]:
    """The posts that a new tender of a product group starts with, numbered on from what was issued."""
    return tuple(
        Post(
            f"p{number}", usual.name, in_mki=not group.without_mki, route=usual.route, values=usual.values,
            life=usual.life, mki_per=usual.mki_per,
        )
        for number, usual in enumerate(group.default_posts, issued + 1)
    )  # fmt: skip


def has_answers(tender: Tender) -> bool:
    """Whether some variant says anything of a post: then its posts, and so its product group, stay."""
    return any(variant.answers for variant in tender.variants)


def set_group(group: ProductGroup, digest: str, before: ProductGroup | None = None) -> Edit:
    """Another product group: its usual posts and unit. The quantity of the work goes along where the unit is
    the same."""
    same = before is not None and before.functional_unit == group.functional_unit

    def change(tender: Tender) -> Tender:
        if has_answers(tender):
            return tender  # an answer to a post of asphalt is none to a post of insulation
        ask = replace(tender.ask, mki_per=group.default_per, owners=(), fixed_modules=())
        quantity = tender.functional_quantity if same else None
        bare = without_removed(tender, replace(tender, posts=()))
        posts = starting_posts(group, bare.issued)
        return replace(bare, product_group=digest, posts=posts, ask=ask, functional_quantity=quantity)

    return Edit("field", {"label": "productgroep"}, change)


def set_detail(tender: Tender, post_id: str, code: str, text: str, label: str) -> Edit:
    """What a post asks beside quantities; an empty text asks nothing."""

    def change(post: Post) -> Post:
        kept = {name: value for name, value in post.details if name != code}
        return replace(post, details=tuple(sorted((kept | {code: text}).items() if text else kept.items())))

    return Edit("post_field", {"label": label, "name": tender.post(post_id).name}, _map_post(post_id, change))


def take_criterion(criterion: Criterion) -> Edit:
    """Ask a criterion of the library, or put its adapted text in the place of the old one."""

    def change(tender: Tender) -> Tender:
        known = {found.code: found for found in tender.criteria}
        asked = known | {criterion.code: criterion}
        changed = replace(tender, criteria=tuple(asked.values()))
        return changed if criterion.code in known else _unsaid(changed, criterion)

    return Edit("criterion_take", {"name": criterion.title}, change)


def _unsaid(tender: Tender, criterion: Criterion) -> Tender:
    """Without what was said of a criterion that is taken now, or no longer: why it was is no reason why it is
    not."""
    return replace(
        tender, considered=tuple(found for found in tender.considered if found.code != criterion.code)
    )


def adapt_criterion(criterion: Criterion, name: str, value: Any) -> Edit:
    taken = take_criterion(replace(criterion, **{name: value}))
    return Edit("criterion_adapt", {"name": criterion.title}, taken.apply)


def drop_criterion(criterion: Criterion) -> Edit:
    def change(tender: Tender) -> Tender:
        kept = tuple(found for found in tender.criteria if found.code != criterion.code)
        return _unsaid(replace(tender, criteria=kept), criterion)

    return Edit("criterion_drop", {"name": criterion.title}, change)


def weigh_criterion(criterion: Criterion, why: str) -> Edit:
    """Why a criterion was taken, or not; an empty text says nothing of it."""

    def change(tender: Tender) -> Tender:
        kept = {found.code: found for found in tender.considered if found.code != criterion.code}
        said = (
            {criterion.code: Considered(criterion.code, criterion.title, criterion.theme, why)} if why else {}
        )
        return replace(tender, considered=tuple((kept | said).values()))

    return Edit("criterion_why", {"name": criterion.title}, change)


def template(tender: Tender, identity: str, number: str) -> Tender:
    """What a next tender can start from: the work, the ask, the rules and our own designs; no bid and no
    record."""
    own = tuple(variant for variant in tender.variants if not variant.is_bid)
    copy = Tender(
        identity,
        number,
        title=f"{tender.title} (kopie)".strip(),
        product_group=tender.product_group,
        functional_quantity=tender.functional_quantity,
        ask=tender.ask,
        posts=tender.posts,
        variants=own,
        products=tender.products,
        fictitious=tender.fictitious,
        award=tender.award,
        spreads=tender.spreads,
        criteria=tender.criteria,
        considered=tender.considered,
    )
    return replace(without_orphans(copy), issued=0)


def together(edits: list[Edit], step: str, params: dict[str, Param]) -> Edit:
    """Several edits as one step: a paste, a fill-down."""

    def change(tender: Tender) -> Tender:
        for edit in edits:
            tender = edit.apply(tender)
        return tender

    return Edit(step, params, change)


def next_variant(tender: Tender, role: Role) -> Variant:
    """A new variant with the next name: Nulvariant, Ontwerpvariant 1 …, Inschrijving A …"""
    identity = fresh_id(tender, "v")
    same = [v for v in tender.variants if v.role == role]
    names = {v.name for v in tender.variants}
    match role:
        case "reference":
            name = "Nulvariant"
        case "alternative":
            name = next(n for i in range(1, 1000) if (n := f"Ontwerpvariant {i}") not in names)
        case "bid" | "variant_bid":
            word = "Inschrijving" if role == "bid" else "Variantinschrijving"
            letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            candidates = (f"{word} {letters[i] if i < 26 else i + 1}" for i in range(len(same), 1000))
            name = next(n for n in candidates if n not in names)
    return Variant(identity, name, role)
