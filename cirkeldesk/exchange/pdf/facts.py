"""What stands above a table: the product, for how much it holds, who made it and how long it is valid.

Labels as Dutch and English declarations print them; what is not there is asked, never made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cirkeldesk.exchange.reading import plain_text, read_amount
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.wording import numbers

_LABELS: dict[str, str] = {
    "product": r"product(?:naam|name)?|naam (?:van het )?product|name of the product|mengsel",
    "unit": r"(?:functionele |gedeclareerde |declared |functional |deklarierte )?(?:eenheid|unit|einheit)",
    "owner": r"producent|fabrikant|leverancier|eigenaar(?: van de verklaring)?|manufacturer|producer|"
    r"(?:epd |declaration )?owner|hersteller",
    "published": r"datum van publicatie|publicatiedatum|publication date|date of publication|issue date",
    "valid_until": r"einde geldigheid|geldig tot(?: en met)?|valid until|valid to|validity|gültig bis",
    "number": r"(?:epd|declaratie|registratie)[- ]?(?:nummer|nr\.?)|(?:declaration|registration) number",
    "verifier": r"veri(?:fi|ﬁ| )?cateur|verifier|toetser",
    "standard": r"lca[- ]standaard|standaard|standard",
    "pcr": r"pcr",
    "background": r"(?:standaard )?database|achtergronddatabase|background database",
}
_ANY = re.compile(
    "|".join(rf"(?P<{name}>(?<![\w-])(?:{pattern}))\s*:" for name, pattern in _LABELS.items()), re.IGNORECASE
)
_AMOUNT_FIRST = re.compile(r"([0-9][0-9.,]*\s*[^\s,;]{1,4})\s+_?(.+)")
_ASIDE = re.compile(r"\s*\((?:van|of|uit|from) (?:project|het project)\b.*$", re.IGNORECASE)
_HEADING_WITHIN = 8  # lines above the one that names the product
_SETS = (
    (re.compile(r"\bset\s*1\b|\bEN\s*15804\s*\+\s*A1\b|\bSBK[- ]?set\b", re.IGNORECASE), "A1"),
    (re.compile(r"\bset\s*2\b|\bEN\s*15804\s*\+\s*A2\b", re.IGNORECASE), "A2"),
)


@dataclass(frozen=True)
class DeclarationFacts:
    product: str | None = None
    amount: tuple[float, str] | None = None
    owner: str | None = None
    number: str | None = None
    verifier: str | None = None
    valid_until: str | None = None
    rules: str | None = None
    background: str | None = None
    set: SetCode | None = None


def facts_of(lines: Sequence[str]) -> DeclarationFacts:
    """From the lines above a table, of which the nearest says most."""
    said: dict[str, str] = {}
    for line in lines:
        for name, text in _labelled(line):
            if text:
                said[name] = text
    product, amount = _product(said.get("product"), lines)
    stated = _amount(said.get("unit", ""))
    rules = ", ".join(said[name] for name in ("standard", "pcr") if name in said) or None
    return DeclarationFacts(
        product,
        stated or amount,
        said.get("owner"),
        said.get("number"),
        said.get("verifier"),
        numbers.read_date(said.get("valid_until", "").strip()) or None,
        rules,
        said.get("background"),
        _set(lines),
    )


def _labelled(line: str) -> list[tuple[str, str]]:
    """(label, text behind it) of a line, which may have more than one."""
    found = list(_ANY.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)][: len(found)]
    return [
        (match.lastgroup or "", plain_text(line[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    ]


def _amount(text: str) -> tuple[float, str] | None:
    """ "1 ton asfalt" → (1.0, "ton"); "ton" → (1.0, "ton")."""
    words = text.split()
    for count in (3, 2, 1):
        part = " ".join(words[:count])
        found = read_amount(part) or read_amount(f"1 {part}")
        if found is not None and len(words) >= count:
            return found
    return None


def _product(text: str | None, lines: Sequence[str]) -> tuple[str | None, tuple[float, str] | None]:
    """The name of the product, and the amount that some programs print before it."""
    if text is None:
        return None, None
    name = _ASIDE.sub("", text).strip()
    amount = None
    first = _AMOUNT_FIRST.fullmatch(name)
    if first and (amount := _amount(first[1])) is not None:
        name = first[2].strip()
    # The heading just above often says the same without the name of the project.
    place = max(number for number, line in enumerate(lines) if text in line)
    near = [line.strip() for line in lines[max(0, place - _HEADING_WITHIN) : place]]
    shorter = [len(line) for line in near if len(line) > 4 and name.casefold().endswith(line.casefold())]
    return (name[-max(shorter) :] if shorter else name), amount


def _set(lines: Sequence[str]) -> SetCode | None:
    """The set that the nearest line names."""
    for line in reversed(lines[-60:]):
        named = {code for pattern, code in _SETS if pattern.search(line)}
        if len(named) == 1:
            return "A1" if named == {"A1"} else "A2"
    return None
