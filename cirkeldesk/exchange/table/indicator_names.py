"""Indicators by what tables call them: codes and Dutch, English and German names, as in EN 15804 and the
Bepalingsmethode.

A name may fit both sets (AP, ODP, POCP, ADP): then the table as a whole, or the unit, must tell. Nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cirkeldesk.exchange.table.printed_names import NAMES
from cirkeldesk.model.product.indicators import (
    BY_CODE,
    INDICATORS,
    Indicator,
    SetCode,
    names_another,
    unit_is_sensible,
)

Key = tuple[SetCode | None, str]

_SUFFIX = re.compile(r"[\s(\[]+(?:en\s*15804\s*\+\s*)?(a[12])[\s)\]]*$")
# "Acidification (AP)": the code behind the name.
_BRACKETED = re.compile(r"[\(\[]([^()\[\]]+)[\)\]]")


# What stands behind a name and is no part of it: marks of footnotes ("WDP²⁾", "SQP7)", "ETP-fw (2)", "IRP1").
# One figure, or a small number with its bracket: "GWP20" is another indicator than GWP.
_MARK = re.compile(
    r"(?:\s*[⁰¹²³⁴-⁹⁽⁾ᵃ-ᵉ*†‡](?:\s*[,/]?\s*[⁰¹²³⁴-⁹⁽⁾ᵃ-ᵉ*†‡])*|\s*[(\[]?\b1?[0-9](?:\s*[,/]\s*1?[0-9])*[)\]]|"
    r"(?<=[^\W\d])1?[0-9](?:[,/]\s*1?[0-9])*[)\]]|\s*[(\[][a-e][)\]]|(?<=[^\W\d_])\s?[1-9](?:,[1-9])?)\s*$"
)
_LITTLE_WORDS = frozenset(
    [
        "de",
        "het",
        "van",
        "in",
        "op",
        "en",
        "of",
        "the",
        "and",
        "for",
        "to",
        "due",
        "potential",
        "pot",
        "potentieel",
        "potenzial",
        "potential",
        "effect",
        "effects",
        "effecten",
        "impact",
        "impacts",
        "der",
        "die",
        "das",
        "des",
        "von",
        "und",
        "auf",
        "zu",
        "den",
    ]
)
_WORDLESS_CODES = frozenset({"adp", "ad", "ht"})  # printed behind names that tell more than they do
_SAME_WORDS = {"niet": "non", "nicht": "non", "no": "non", "exclusief": "excl", "excluding": "excl"}


def _plain(text: str) -> str:
    """Letters and digits of a name, without case, accents, brackets and dashes."""
    return re.sub(r"[^a-z0-9]", "", _bare(text))


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()


def _words(text: str) -> frozenset[str]:
    """The telling words of a name in any order: "Aantasting van de ozonlaag" is "ozonlaag, aantasting"."""
    letters = "".join(sign for sign in _bare(text) if not unicodedata.combining(sign))
    found = {_SAME_WORDS.get(word, word) for word in re.findall(r"[a-z0-9]+", letters)}
    told = {re.sub(r"(?:en|s)$", "", word) if len(word) > 6 else word for word in found - _LITTLE_WORDS}
    return frozenset(told)


_Index = dict[str | frozenset[str], dict[Key, None]]


def _index() -> Mapping[str | frozenset[str], tuple[Key, ...]]:
    """By all letters of a name and by its telling words."""
    found: _Index = {}
    for row in INDICATORS:
        found.setdefault(_plain(row.code), {})[(row.set, row.code)] = None
    # A1's climate row is called GWP in both sets' tables; A2's own name says total.
    found["gwp"] = {("A1", "GWP"): None, ("A2", "GWP-total"): None}
    by_words: _Index = {}
    for keys, names in NAMES.items():
        for name in names.split(";"):
            for key in keys.split():
                set_code, _, code = key.partition("|")
                made = (_set(set_code), code)
                found.setdefault(_plain(name), {})[made] = None
                if words := _words(name):
                    by_words.setdefault(words, {})[made] = None
    return {name: tuple(keys) for name, keys in (by_words | found).items()}


def _set(text: str) -> SetCode | None:
    return "A1" if text == "A1" else "A2" if text == "A2" else None


_BY_NAME = _index()


_CODES = frozenset(_plain(row.code) for row in INDICATORS) | {
    "gwp",
    "gwpt",
    "gwpf",
    "gwpb",
    "gwpbio",
    "epfw",
    "epm",
    "ept",
    "sop",
}
_UNIT_START = re.compile(
    r"\s*(k?g|t|ton|mg|µg|m?mol|mole|[kmg]?j|m\^?[23³²]|k?bq|ctu[eh]?|pt|disease|ziekte|krankheit|dimension)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a table asks the same few labels for every cell
def unit_in(text: str) -> str | None:
    """The unit that stands in brackets behind a name: "GWP-total [kg CO2-eq]"."""
    return next(
        (
            part.strip()
            for part in _BRACKETED.findall(text)
            if _UNIT_START.match(part) and _plain(part) not in _CODES
        ),
        None,
    )


@lru_cache(maxsize=4096)
def candidates(text: str) -> tuple[Key, ...]:
    """Every indicator a text may mean; () when it names none. "(A2)" behind a name settles the set.

    In brackets stands a code or a unit; anything else narrows the name ("Climate change (land use)"), and
    then the whole must be a name we know.
    """
    suffix = _SUFFIX.search(text.casefold())
    bare = text[: suffix.start()] if suffix else text
    found = _named(bare) or _named(_MARK.sub("", bare)) or _named(bare.partition("[")[0])
    if suffix:
        wanted = _set(suffix[1].upper())
        found = tuple(key for key in found if key[0] == wanted)
    return found


def _named(text: str) -> tuple[Key, ...]:
    """What a name without its footnotes may mean, in the order in which a reader would believe it: the whole
    name, a code in brackets or behind it, its telling words."""
    found = _BY_NAME.get(_plain(text), ())
    if found:
        return found
    parts = _BRACKETED.findall(text)
    codes = [part for part in parts if _plain(_MARK.sub("", part)) in _CODES | _WORDLESS_CODES]
    unit = unit_in(text)
    if parts and all(part in codes or part.strip() == unit for part in parts):
        codes = [part for part in codes if _plain(part) not in _WORDLESS_CODES]
        inner = [_BY_NAME.get(_plain(_MARK.sub("", part)), ()) for part in codes]
        return next((keys for keys in (*inner, _named(_BRACKETED.sub("", text))) if keys), ())
    return _BY_NAME.get(_words(text), ()) or _with_code_behind(text)


def _with_code_behind(text: str) -> tuple[Key, ...]:
    """What a name and the code or unit behind it mean together; neither alone makes an indicator of it."""
    parts = [part.strip() for part in re.split(r"[,:–—]|\s-\s", text) if part.strip()]
    if len(parts) < 2:
        return ()
    *front, last = parts
    before = _named(", ".join(front))
    if _UNIT_START.match(last) or _plain(last) in _WORDLESS_CODES:
        return before
    coded = _BY_NAME.get(_plain(last), ()) if _plain(last) in _CODES | {"gwp100j"} else ()
    both = tuple(key for key in before if key in coded)
    return both or (coded if before else ())


def settle(found: tuple[Key, ...], set_code: SetCode | None, unit: str | None) -> Key | None:
    """The one indicator meant, by the table's set and else by the unit; None where neither tells."""
    if len(found) > 1 and set_code is not None:
        found = tuple(key for key in found if key[0] in (set_code, None))
    if len(found) > 1 and unit:
        fits = [
            key for key in found if unit_is_sensible(_row(key), unit) and not names_another(_row(key), unit)
        ]
        found = tuple(fits)
    return found[0] if len(found) == 1 else None


def _row(key: Key) -> Indicator:
    return BY_CODE[key]


def set_of(texts: Iterable[str]) -> SetCode | None:
    """The set a table is about: A1 or A2 when only names of that one occur; None when both or neither do."""
    sets = {keys[0][0] for keys in map(candidates, texts) if len({key[0] for key in keys}) == 1}
    sets.discard(None)
    return sets.pop() if len(sets) == 1 else None
