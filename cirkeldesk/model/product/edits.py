"""Edits of a product typed from paper: pure functions Product → Product, with the name of the step they
are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue, ValueState
from cirkeldesk.model.product.indicators import BY_CODE, SetCode
from cirkeldesk.model.product.product import Attachment, Product

Change = Callable[[Product], Product]


@dataclass(frozen=True)
class ProductEdit:
    """A change with what it is about; the step is always `product_field` of the product's name."""

    label: str
    apply: Change


def set_product_field(name: str, value: Any, label: str) -> ProductEdit:
    return ProductEdit(label, lambda product: replace(product, **{name: value}))


def default_unit(set_code: SetCode | None, code: str) -> str | None:
    """The unit a paper declaration has when it says nothing else. ADPF of set A1 has none: kg Sb and MJ both
    occur."""
    return None if (set_code, code) == ("A1", "ADPF") else BY_CODE[(set_code, code)].unit


def _with_declaration(
    product: Product, set_code: SetCode | None, change: Callable[[Declaration], Declaration]
) -> Product:
    """The declaration of a set changed, made when it is not there, and taken away when it says nothing any
    more."""
    found = next((d for d in product.declarations if d.set == set_code), None)
    first = product.declarations[0] if product.declarations else None
    made = found or (
        replace(first, set=set_code, values=(), scenario_choice=None, other_choices=(), method=None)
        if first
        else None
    )
    made = made or Declaration(set_code, ())
    changed = change(made)
    others = tuple(d for d in product.declarations if d.set != set_code)
    if not changed.values and set_code is None:
        return replace(product, declarations=others)
    place = product.declarations.index(found) if found is not None else len(others)
    return replace(product, declarations=(*others[:place], changed, *others[place:]))


def set_value(
    set_code: SetCode | None,
    code: str,
    module: str,
    value: float | None,
    state: ValueState | None,
    raw: str,
    label: str,
) -> ProductEdit:
    """One cell of the grid indicator × module; `state` None empties it. Rows keep the order of the indicator
    table."""

    def change(declaration: Declaration) -> Declaration:
        unit = next(
            (row.unit for row in declaration.values if row.indicator == code), default_unit(set_code, code)
        )
        kept = [row for row in declaration.values if (row.indicator, row.module) != (code, module)]
        if state is not None:
            kept.append(DeclaredValue(code, module, value, state, None, unit, raw))
        order = {key[1]: place for place, key in enumerate(BY_CODE) if key[0] == set_code}
        return replace(
            declaration, values=tuple(sorted(kept, key=lambda row: order.get(row.indicator, len(order))))
        )

    return ProductEdit(label, lambda product: _with_declaration(product, set_code, change))


def set_unit(set_code: SetCode | None, code: str, unit: str | None, label: str) -> ProductEdit:
    def change(declaration: Declaration) -> Declaration:
        values = tuple(
            replace(row, unit=unit or default_unit(set_code, code)) if row.indicator == code else row
            for row in declaration.values
        )
        return replace(declaration, values=values)

    return ProductEdit(label, lambda product: _with_declaration(product, set_code, change))


def set_declarations(name: str, value: Any, label: str) -> ProductEdit:
    """Rules, background or category: the same for every set of the product."""
    return ProductEdit(
        label,
        lambda product: replace(
            product, declarations=tuple(replace(d, **{name: value}) for d in product.declarations)
        ),
    )


def choose_set(set_code: SetCode) -> ProductEdit:
    """The set a paper declaration is in, while it has no values of another."""

    def change(product: Product) -> Product:
        changed = _with_declaration(product, set_code, lambda declaration: declaration)
        kept = tuple(d for d in changed.declarations if d.values or d.set == set_code)
        return replace(changed, declarations=kept)

    return ProductEdit("weegset", change)


def set_constituent(index: int, name: str, value: Any, label: str) -> ProductEdit:
    """One cell of the composition; a row beyond the last makes new ones. Empty rows go with `tidy`, after the
    whole step."""

    def change(product: Product) -> Product:
        rows = list(product.composition.constituents)
        rows += [EMPTY_ROW] * (index + 1 - len(rows))
        rows[index] = replace(rows[index], **{name: value})
        return with_composition(product, replace(product.composition, constituents=tuple(rows)))

    return ProductEdit(label, change)


EMPTY_ROW = Constituent("", None, "unknown")


def tidy(product: Product) -> Product:
    """The product without empty rows in its composition, such as blank lines of a pasted list."""
    kept = tuple(row for row in product.composition.constituents if row != EMPTY_ROW)
    return with_composition(product, replace(product.composition, constituents=kept))


def set_composition(name: str, value: Any, label: str) -> ProductEdit:
    return ProductEdit(
        label, lambda product: with_composition(product, replace(product.composition, **{name: value}))
    )


def with_composition(product: Product, composition: Composition) -> Product:
    return replace(product, composition=composition)


def add_attachment(kept: Attachment) -> ProductEdit:
    def change(product: Product) -> Product:
        others = tuple(a for a in product.attachments if a.sha256 != kept.sha256)
        return replace(product, attachments=(*others, kept))

    return ProductEdit("bewijs", change)


def product_edits_together(edits: list[ProductEdit], label: str) -> ProductEdit:
    """Several edits as one step: a paste."""

    def change(product: Product) -> Product:
        for edit in edits:
            product = edit.apply(product)
        return product

    return ProductEdit(label, change)
