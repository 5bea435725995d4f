"""Which lines of a bill are asphalt, as their own text says: a mix code or the word, and a thickness."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MIX = re.compile(
    r"\b(?:(?:2L[- ]?|D)?ZOAB(?:[ +-]?(?:TW|EG|\d+))?|SMA(?:[ -]?NL)?(?:[ -]?\d+\w?)?|AC[ -]?\d+(?:[ -]?(?:base|bind|surf|bin|"
    r"OB|TL|DL))*(?:[ -]?[A-Z0-9]{1,4}\b)*|(?:O|ST|G|D)AB(?:[ -]?\d+/\d+)?|EME|gietasfalt|asfaltbeton)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b(asfalt|deklaag|tussenlaag|onderlaag|profileerlaag)\w*\b", re.IGNORECASE)
# Things beside asphalt, and work on asphalt that lays none unless the line lays some as well.
_BESIDE = re.compile(
    r"\b(kleeflaag|kleefstof|markering|voegvulling|boorkern|onderzoek|inspectie|(meng|asfalt)?granulaat)\w*\b",
    re.IGNORECASE,
)
_REMOVES = re.compile(
    r"\b(frezen|gefreesd|verwijderen|opbreken|slopen|zagen|afvoeren|storten)\w*\b", re.IGNORECASE
)
_LAYS = re.compile(r"\b(aanbrengen|leveren|verwerken|spreiden)\b", re.IGNORECASE)
_THICKNESS = re.compile(
    r"(?:dik(?:te)?|laagdikte|d\s*=)\s*:?\s*(\d{2,3})\s*mm|\b(\d{2,3})\s*mm\s*(?:dik|laag)\b", re.IGNORECASE
)
_BARE_THICKNESS = re.compile(r"\b(\d{2,3})\s*mm\b", re.IGNORECASE)


@dataclass(frozen=True)
class AsphaltLine:
    """`mix` as the line writes it; `thickness_mm` where one is told."""

    mix: str
    thickness_mm: float | None = None


def asphalt_of(text: str) -> AsphaltLine | None:
    """None where a line lays no asphalt."""
    if _BESIDE.search(text) or (_REMOVES.search(text) and not _LAYS.search(text)):
        return None
    mix, word = _MIX.search(text), _WORD.search(text)
    if mix is None and word is None:
        return None
    found = _THICKNESS.search(text)
    bare = {match[1] for match in _BARE_THICKNESS.finditer(text)}
    thickness = (found[1] or found[2]) if found else bare.pop() if len(bare) == 1 else None
    named = " ".join((mix or word or [""])[0].split())
    return AsphaltLine(named, float(thickness) if thickness and 10 <= int(thickness) <= 400 else None)
