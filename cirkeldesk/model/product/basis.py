"""What a figure stands on: the rules and the data behind it, as its source states them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Aspect = Literal["rules", "background", "method", "tool", "category"]

# Rules that say how a Dutch MKI is made; EN 15804 with one of them is more than EN 15804 alone.
_DUTCH_RULES = re.compile(
    r"bepalings\s?methode|\bnl[\s-]?pcr|\bpcr\s+(asfalt|beton|staal|hout|grond)", re.IGNORECASE
)
# Programmes and standards behind declarations of elsewhere: by themselves they make no Dutch MKI.
_ELSEWHERE = re.compile(
    r"15804|\b14025\b|\b21930\b|\bpcr\s*\d{4}\s*:|\bibu\b|international epd|environdec", re.IGNORECASE
)
_FOREIGN_PCR = re.compile(r"\bibu\b|international epd|environdec", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(geen|niet|zonder|not|no)\s+(volgens\s+)?(de\s+)?(nl[\s-]?pcr|bepalings\s?methode)[^,;)]*",
    re.IGNORECASE,
)
_DASHES = re.compile("[\u2010-\u2015\u2212_/-]+")


@dataclass(frozen=True)
class FigureBasis:
    """What is stated of one figure; None is not stated. `equivalent` says where it is proven that a figure
    by other rules is as good as one by the rules asked, as a person judged; `claimed` is such proof that
    nobody judged yet."""

    rules: str | None = None
    background: str | None = None
    method: str | None = None
    tool: str | None = None
    category: str | None = None
    equivalent: str | None = None
    claimed: str | None = None

    def of(self, aspect: Aspect) -> str | None:
        stated: str | None = getattr(self, aspect)
        return stated or None


def is_en_15804_only(rules: str | None) -> bool:
    """Whether rules name EN 15804, or a programme of elsewhere, and no Dutch rules beside it, however it is
    spelled: "EN 15804", "NEN-EN 15804:2012+A2:2019", "alleen EN15804", "PCR 2019:14". Such a figure is
    orienting, comparable among its kind and never in an award [practice] (DOMAIN 3)."""
    if not rules or not _ELSEWHERE.search(rules):
        return False
    told = _NEGATED.sub("", rules)
    return not _DUTCH_RULES.search(told) or bool(_FOREIGN_PCR.search(told))


@lru_cache(maxsize=1024)
def same_text(text: str) -> str:
    """How two statements of rules or data are compared: capitals, spaces, dashes, brackets, a decimal comma,
    and how a version or the national database is written make no difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _DASHES.sub(" ", plain).replace("nationale milieudatabase", "nmd")
    plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    plain = re.sub(r"\b(version|versie|v)\.?\s*(?=\d)", " ", plain)
    plain = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", plain)
    plain = re.sub(r"[^\w.]+", " ", plain)
    plain = re.sub(r"\bnl\s+(?=pcr\b)", "", plain)
    return " ".join(word.strip(".") for word in plain.split())
