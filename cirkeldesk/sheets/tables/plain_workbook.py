"""The workbook of a tender that asks no MKI: prices, posts and criteria, without a calculation."""

from __future__ import annotations

from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.tables.tables_book import tables_book
from cirkeldesk.wording import criteria, numbers, sentences, terms
from cirkeldesk.wording.advice import advice, parts
from cirkeldesk.wording.paper import PaperTable


def plain_workbook(told: advice.Advice, printed: Print) -> bytes:
    """The workbook's bytes; the same advice and print give the same bytes."""
    comparison, tender = told.comparison, told.tender
    rows = tuple((row.name_with_unit, *(cell.text for cell in row.cells)) for row in told.rows)
    compared = PaperTable(("Figuur", *(result.name for result in comparison.variants)), rows, 1)
    posts = tuple(
        (
            post.name,
            parts.quantity(comparison, post),
            *(
                numbers.number(price, 2) if (price := variant.answer(post.id).price) is not None else ""
                for variant in tender.variants
                if not (variant.is_bid and tender.prices_sealed)
            ),
        )
        for post in parts.printed_posts(comparison)
    )
    named = [v.name for v in tender.variants if not (v.is_bid and tender.prices_sealed)]
    asked = tuple(
        (
            found.title,
            terms.THEMES[found.theme],
            terms.CRITERION_KINDS[found.kind],
            found.text,
            found.proof,
            found.check,
        )
        for found in criteria.of(tender)
    )
    tables = [
        ("Vergelijking", compared),
        ("Posten", PaperTable(("Post", "Hoeveelheid", *named), posts, 2)),
        ("Gevraagd", PaperTable(("Wat", "Gevraagd"), tuple(advice.ask_facts(comparison)), 2)),
        (
            "Criteria",
            PaperTable(("Criterium", "Thema", "Soort", "Tekst", "Bewijs", "Controle"), asked, 6),
        ),
    ]
    shown = [(name, table) for name, table in tables if table.rows]
    title = f"Vergelijking {tender.number}"
    return tables_book(title, sentences.sentence(comparison.conclusion), shown, printed)
