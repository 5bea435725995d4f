"""Numbers as people and programs write them in text cells, brought to one spelling.

Only spellings that can mean one thing: a minus behind the number, a power of ten written out, groups of
three parted by blanks or apostrophes. What may mean two things ("(0,75)", "1.234") is asked of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def number_text(value: float) -> str:
    """The shortest text that is this number again."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?|[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_POINT = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?|[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_COULD_BE_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def decimal_sign(texts: Iterator[str]) -> str | None:
    """ "," or "." as the numbers themselves show; "" when none needs a sign; None when they contradict or
    cannot tell."""
    comma = point = doubtful = False
    for written in texts:
        text = in_brackets(written) or as_written(written)
        if _COULD_BE_GROUPS.fullmatch(text):
            doubtful = True
        elif _COMMA.fullmatch(text):
            comma = True
        elif _POINT.fullmatch(text):
            point = True
    if comma and point:
        return None
    if comma or point:
        return "," if comma else "."
    return None if doubtful else ""


def plain_number(text: str, decimal: str) -> str:
    """A number's text with a point as decimal sign, as `as_written` spells it; groups of thousands are taken
    out where they can be nothing else.

    "1.234,5" with a comma as sign is 1234.5; a text that is no number is returned as it is.
    """
    text = as_written(text)
    sign, group = (",", ".") if decimal == "," else (".", ",")
    groups = re.fullmatch(
        rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+(?:{re.escape(sign)}[0-9]+)?", text
    )
    if groups:
        text = text.replace(group, "")
    if group in text:
        return f"{text} "  # the other sign where no thousands can be: no number
    return text.replace(sign, ".")
