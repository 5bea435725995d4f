"""Words and sentences of a passport: its fields, what happened since, and findings beside the promise."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.material.material import TestResult
from cirkeldesk.model.passport.passport import EventKind, LayerKind
from cirkeldesk.model.product.composition import Basis
from cirkeldesk.wording import numbers

LAYERS: Mapping[LayerKind, str] = {
    "surface": "deklaag",
    "binder": "tussenlaag",
    "base": "onderlaag",
    "foundation": "fundering",
    "other": "anders",
}
TESTS: Mapping[TestResult, str] = {"free": "vrij", "found": "aangetroffen"}
BASES: Mapping[Basis, str] = {
    "mix": "van het mengsel",
    "added_binder": "van het toegevoegde bindmiddel",
    "total_binder": "van het totale bindmiddel",
    "carbon": "van de koolstof",
}
NEXT_USES: tuple[str, ...] = tuple(f"PBL R{step}" for step in range(10))
EVENTS: Mapping[EventKind, str] = {
    "inspection": "inspectie",
    "repair": "reparatie",
    "milled": "gefreesd",
    "removed": "verwijderd",
    "reused": "hergebruikt",
    "correction": "verbetering van een gegeven",
}


def of_work(count: int, posts: int, tons: float) -> str:
    """ "3 paspoorten van 2 posten, samen 1.190 ton."."""
    what = "1 paspoort" if count == 1 else f"{count} paspoorten"
    of = "1 post" if posts == 1 else f"{posts} posten"
    return f"{what} van {of}, samen {numbers.number(tons, 0)} ton."


EXPLAINED = (
    "Vul voor elke laag of elk deel een regel in. Velden met een * zijn nodig. Wat al is ingevuld, komt uit de gunning "
    "en de leveringen; verbeter het als het anders is gegaan."
)
