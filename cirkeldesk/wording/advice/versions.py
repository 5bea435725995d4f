"""What differs between a final version of an advice and the one before, in sentences over the figures both
show."""

from __future__ import annotations

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.award.disclosure import EXTERNAL, Disclosed
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.document.changes import changes_between
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording.advice import advice
from cirkeldesk.wording.award import awarding
from cirkeldesk.wording.comparison.rows import matrix_rows

MOST = 40
# Parts of a tender as a reader knows them, for what no figure tells.
PARTS = {
    "ask": "de uitvraag",
    "posts": "de posten",
    "products": "een product van deze aanbesteding",
    "award": "de gunningsmethode",
    "scores": "de scores",
    "judgements": "een oordeel over een inschrijving",
    "layers": "een correctie",
    "notes": "een nota van inlichtingen",
    "kept": "een antwoord van een inschrijver",
    "publication": "de gegevens voor de stukken",
    "title": "de titel",
    "number": "het nummer",
    "closes_on": "de sluitingsdatum",
    "functional_quantity": "de hoeveelheid van het werk",
    "variants": "gegevens van varianten",
    "received": "ontvangen formulieren",
}


def what_changed(before: Comparison, after: Comparison) -> list[str]:
    """Sentences for version n + 1: figures first, then the award, the texts, and other parts by name."""
    found = [*_variants(before, after), *_figures(before, after), *_awards(award(before), award(after))]
    found += [*_texts(before.tender, after.tender), *_parts(before.tender, after.tender)]
    if len(found) > MOST:
        found = [*found[:MOST], f"En nog {len(found) - MOST} wijzigingen."]
    return found


def disclosed_changes(before: Disclosed | None, after: Disclosed | None) -> list[str]:
    """The same for outside: only what outside may know."""
    if before == after:
        return []
    if before is None or after is None:
        return ["De uitkomst is bekend geworden." if before is None else "Er is nog geen winnaar."]
    if before.winner != after.winner:
        return ["De winnaar is gewijzigd."]  # who was named before has lost since
    return ["De gegevens over de winnaar zijn gewijzigd."]


def _variants(before: Comparison, after: Comparison) -> list[str]:
    old, new = {v.id: v.name for v in before.variants}, {v.id: v.name for v in after.variants}
    return [
        *(f"{name} is toegevoegd." for identity, name in new.items() if identity not in old),
        *(f"{name} is verwijderd." for identity, name in old.items() if identity not in new),
    ]


def _figures(before: Comparison, after: Comparison) -> list[str]:
    """Every cell of the matrix that reads otherwise."""
    old = {
        (row.key, v.id): cell
        for row in matrix_rows(before)
        for v, cell in zip(before.variants, row.cells, strict=True)
    }
    found = []
    for row in matrix_rows(after):
        for variant, cell in zip(after.variants, row.cells, strict=True):
            was = old.get((row.key, variant.id))
            if was is not None and was.with_mark != cell.with_mark:
                found.append(
                    f"{variant.name}, {row.name}: was {was.with_mark or '(leeg)'}, is nu "
                    f"{cell.with_mark or '(leeg)'}."
                )
    return found


def _awards(before: Award | None, after: Award | None) -> list[str]:
    if after is None or not after.bids:
        return []
    old = {bid.id: bid for bid in before.bids} if before is not None else {}
    found = []
    if before is not None and before.winner != after.winner:
        names = {bid.id: bid.name for bid in (*before.bids, *after.bids)}
        found.append(
            f"Winnaar: was {names.get(before.winner or '', 'niemand')}, is nu "
            f"{names.get(after.winner or '', 'niemand')}."
        )
    for bid in after.bids:
        was = old.get(bid.id)
        if was is None or before is None:
            continue
        one, other = awarding.place_text(before, was), awarding.place_text(after, bid)
        if one != other:
            found.append(f"{bid.name}, plaats: was {one}, is nu {other}.")
        if was.outcome is not None and bid.outcome is not None and was.outcome.total != bid.outcome.total:
            totals = [
                awarding.amount_text(a, b.outcome.total)
                for a, b in ((before, was), (after, bid))
                if b.outcome is not None
            ]
            found.append(
                f"{bid.name}, {awarding.total_name(after).lower()}: was {totals[0]}, is nu {totals[1]}."
            )
    return found


def _texts(before: Tender, after: Tender) -> list[str]:
    old, new = ({text.section: text.text for text in tender.advice} for tender in (before, after))
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    return [
        f"De tekst van “{advice.SECTIONS.get(key.removeprefix(EXTERNAL), key)}” is aangepast." for key in keys
    ]


def _parts(before: Tender, after: Tender) -> list[str]:
    old, new = to_plain(before), to_plain(after)
    names = [name for name in PARTS if changes_between(old.get(name), new.get(name), name)]
    return [f"Gewijzigd: {awarding.listed([PARTS[name] for name in names])}."] if names else []
