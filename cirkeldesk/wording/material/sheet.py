"""A supply as a paper: to offer it, and to hang on the pallet."""

from __future__ import annotations

from cirkeldesk.model.material.material import Supply
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.material import words

CODE = "code"  # the figure of the sheet: the id of the supply
PHOTO, MOST_PHOTOS = "foto", 2  # on the sheet
NONE = "niet bekend"
LEGAL = {"product": "product", "waste": "afval"}


def facts(one: Supply, day: str) -> tuple[tuple[str, str], ...]:
    """What somebody who needs it asks, as of a day (ISO)."""
    return (
        ("Vrij", f"{words.amount(one.free(day), one.unit)} van {words.amount(one.balance, one.unit)}"),
        ("Stand", words.STATES[one.state(day)]),
        ("Maat", words.sizes(one.format.length, one.format.width, one.format.thickness) or NONE),
        ("Gewicht", _known(one.mass_per_unit, "kg per eenheid")),
        ("Klasse", one.condition or "niet beoordeeld"),
        ("Getest", _tests(one)),
        ("Status", LEGAL.get(one.legal or "", "niet beoordeeld")),
        ("Restlevensduur", _known(one.life, "jaar")),
        ("Herkomst", one.origin or NONE),
        ("Waar", ", ".join(filter(None, (one.lies.municipality, one.lies.name))) or NONE),
        ("Wanneer", words.period(one.available_from, one.available_until)),
        ("Prijs", _price(one)),
        ("Kleinste partij", words.amount(one.smallest, one.unit) if one.smallest else "geen"),
        *((label, text or NONE) for label, text in _people(one)),
    )


def _known(value: float | None, unit: str) -> str:
    return f"{numbers.as_typed(value)} {unit}" if value is not None else NONE


def _people(one: Supply) -> tuple[tuple[str, str], ...]:
    return ("Van", one.organisation), ("Eigenaar", one.owner), ("Contact", one.contact)


def _tests(one: Supply) -> str:
    results = (("teer", one.tar), ("asbest", one.asbestos), ("grond", one.soil))
    told = ", ".join(
        f"{name} {words.TESTED[result] if result is not None else 'niet getest'}" for name, result in results
    )
    return f"{told}, op {numbers.date(one.tested_on)}" if one.tested_on else told


def _price(one: Supply) -> str:
    """Not said is not free."""
    if one.price is None:
        return NONE
    return f"{numbers.euro(one.price, 2)} per {words.UNITS[one.unit]}" if one.price else "gratis"


def offer_paper(one: Supply, identifier: str, day: str) -> paper.Paper:
    """One page: what it is, a code for the pallet, and whom to call."""
    blocks: list[paper.Block] = [
        paper.Heading(one.name, 1),
        paper.Text(f"{words.amount(one.free(day), one.unit)} vrij.", "lead"),
        paper.ChartPlace(CODE, f"QR-code: {identifier}."),
        paper.Text(identifier, "muted"),
        paper.Facts(facts(one, day)),
    ]
    blocks += [
        paper.ChartPlace(f"{PHOTO}{number}", f"Foto: {photo.file}.")
        for number, photo in enumerate(one.photos[:MOST_PHOTOS])
    ]
    if one.note:
        blocks.append(paper.Text(one.note))
    blocks.append(paper.Text(f"Stand van {numbers.date(day)}.", "muted"))
    marks = ("VERZONNEN CIJFERS",) if one.fictitious else ()
    return paper.Paper(
        "record", "internal", f"Aanbod {one.name}", "Aanbod van vrijkomend materiaal", marks, tuple(blocks)
    )
