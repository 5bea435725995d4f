"""What is asked of a product when it comes in, because only here is known what this file counts with."""

from __future__ import annotations

from dataclasses import replace

from cirkeldesk.exchange.reading import Format, Reading, note, open_questions
from cirkeldesk.model.product.units import measured_by
from cirkeldesk.operations.workspace import shipped

# A format of its own says its unit by a code; what a person typed in a table may be anything.
_TYPED: tuple[Format, ...] = ("tabel", "PDF")


def asked_at_the_door(reading: Reading) -> Reading:
    """The reading, in which a declared unit that no product group can count with is a question.

    Without it the product would be stored in silence and first be refused in the comparison of a tender.
    """
    products, notes = list(reading.products), list(reading.notes)
    for place, product in enumerate(products):
        if reading.format in _TYPED and not _is_counted(product.declared_unit):
            opened = replace(product, declared_unit=None, declared_amount=None, open=())
            products[place] = replace(opened, open=open_questions(opened))
            unit = f"{product.declared_amount:g} {product.declared_unit}"
            notes.append(note("warning", "unit_uncounted", product.name, unit=unit))
            notes.append(note("question", "question_unit", product.name))
    return replace(reading, products=tuple(products), notes=tuple(notes))


def _is_counted(unit: str | None) -> bool:
    return (
        unit is None
        or measured_by(unit) is not None
        or any(group.measured_by(unit) is not None for group in shipped().groups)
    )
