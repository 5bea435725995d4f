"""Numbers as people and programs write them in text cells, brought to one spelling.

Only spellings that can mean one thing: a minus behind the number, a power of ten written out, groups of
three parted by blanks or apostrophes. What may mean two things ("(0,75)", "1.234") is asked of a person.
"""

from __future__ import annotations

import re

_MINUS = str.maketrans(
    {"\u2212": "-", "\u2012": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-", "\u2010": "-"}
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_BLANKS = "\u00a0\u2009\u202f\u2007 "
# "1,2·10⁻⁶", "1.0x10^-9", "1,2 * 10-6", "10^-6": what stands before the power may be left out.
_MANTISSA = r"[+-]?[0-9][0-9.,]*"
_POWER = re.compile(
    rf"(?:({_MANTISSA})\s*[·×x*∙•⋅]\s*|({_MANTISSA})\s+(?=10[\^⁻]))?10\s*(?:\^|\*\*)?\s*"
    r"([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+|\(?[+-][0-9]+\)?|(?<=\^)[0-9]+)"
)
_EXPONENT = re.compile(r"([+-]?[0-9][0-9.,]*)\s*[eE]\s*([+-]?)\s*([0-9]+)")
_GROUPS = re.compile(rf"[+-]?[1-9][0-9]{{0,2}}(?:[{_BLANKS}'’][0-9]{{3}})+(?:[.,][0-9]+)?")
_MINUS_BEHIND = re.compile(r"([0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?)\s*-")
_BRACKETS = re.compile(r"\(\s*([0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?)\s*\)")


def as_written(text: str) -> str:
    """The number in a text cell as digits, sign, decimal sign and "E"; any other text as it stands.

    "0,75-" → "-0,75"; "1,2·10⁻⁶" → "1,2E-6"; "1 052,5" and "1'052,5" → "1052,5"; "'52,5" → "52,5".
    """
    found = text.strip().lstrip("'’").strip(_BLANKS).translate(_MINUS)
    if not any(sign.isdigit() for sign in found):
        return text
    power = _POWER.fullmatch(found)
    if power and (power[1] or power[2] or "^" in found or "⁻" in found):
        found = f"{power[1] or power[2] or '1'}E{power[3].translate(_RAISED).strip('()').lstrip('+')}"
    exponent = _EXPONENT.fullmatch(found)
    if exponent:
        found = f"{exponent[1]}E{exponent[2]}{exponent[3]}"
    if _GROUPS.fullmatch(found):
        found = re.sub(rf"[{_BLANKS}'’]", "", found)
    behind = _MINUS_BEHIND.fullmatch(found)
    found = f"-{behind[1]}" if behind else found
    return re.sub(r"^([+-])\s+", r"\1", found)


def in_brackets(text: str) -> str | None:
    """The number of "(0,75)", which an accountant reads as -0,75 and another as a remark; else None."""
    found = _BRACKETS.fullmatch(as_written(text))
    return found[1] if found else None
