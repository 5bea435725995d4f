"""Words of putting dossiers together: places in a document, what stands there on each side, and how documents
stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cirkeldesk.wording import numbers

LONGEST = 160
STANDINGS: Mapping[str, str] = {
    "new": "nieuw",
    "same": "hetzelfde",
    "ours": "hier verder gewijzigd",
    "theirs": "gewijzigd in het dossier",
    "merged": "aan beide kanten gewijzigd, samen te voegen",
    "conflict": "aan beide kanten gewijzigd op dezelfde plek",
    "locked": "staat hier op slot, blijft zoals het is",
    "award": "de gunning is aan één kant verder, blijft zoals het is",
    "taken": "dit nummer is hier van een andere aanbesteding",
}
_PARTS: Mapping[str, str] = {
    "title": "titel",
    "number": "nummer",
    "name": "naam",
    "posts": "post",
    "variants": "variant",
    "answers": "antwoord op post",
    "values": "hoeveelheid",
    "price": "prijs",
    "work_mki": "MKI van het werk",
    "mki": "MKI",
    "life": "levensduur",
    "ask": "uitvraag",
    "award": "gunningsmethode",
    "criteria": "criterium",
    "advice": "tekst van het advies",
    "product": "product",
    "products": "product",
    "scores": "score",
    "evidence": "onderbouwing",
    "basis": "uitgangspunt",
    "declarations": "verklaring",
    "definitions": "begrip",
    "text": "tekst",
    "composition": "samenstelling",
}


def place(path: str) -> str:
    """A path in a document in words: "variants[v2].price" → "variant v2, prijs"."""
    found = []
    for part in re.findall(r"[^.\[\]]+(?:\[[^\]]*\])?", path):
        name, _, key = part.partition("[")
        found.append(f"{_PARTS.get(name, name)} {key.rstrip(']')}".strip())
    return ", ".join(found) or "het geheel"


SEALED = "niet getoond: de prijzen zijn nog dicht"
_AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{1,2}")


def side(value: Any, *, missing: Any) -> str:
    """What stands at a place on one side, short enough to compare."""
    if value is missing:
        return "niets"
    text = ", ".join(_said(value)) or "leeg"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _said(value: Any) -> Iterator[str]:
    """The name of a thing, else what it holds; ids and hashes say nothing to people."""
    if isinstance(value, dict):
        named = value.get("name") or value.get("title")
        inner = (
            [named]
            if named
            else [item for key, item in value.items() if key not in ("id", "post_id", "hash")]
        )
        for item in inner:
            yield from _said(item)
    elif isinstance(value, list):
        for item in value:
            yield from _said(item)
    elif isinstance(value, bool):
        yield "ja" if value else "nee"
    elif isinstance(value, float | int):
        yield numbers.as_typed(float(value))
    elif isinstance(value, str) and value:
        yield numbers.euro(Decimal(value), 2) if _AMOUNT.fullmatch(value) else value


def renewed(name: str) -> str:
    return f"{name} bijgewerkt"
