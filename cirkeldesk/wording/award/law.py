"""The articles that papers cite, each with what it asks and what a lawyer still confirms.

Read in a public copy of the consolidated text of 2014; what changed since then was not read. No sentence is
to be taken for the text in force before a lawyer has compared it: `docs/letters.md` lists what to compare.
Source: DOMAIN 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cirkeldesk.model.award.standstill import ANNOUNCED
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.wording.award import awarding

ACT = "Aanbestedingswet 2012"
EDITION = "geconsolideerde tekst van 2014"


@dataclass(frozen=True)
class Article:
    """An article with what it asks of a paper, in our words, and what is to be confirmed in the text in
    force."""

    number: str
    act: str
    asks: str
    confirm: str

    @property
    def cited(self) -> str:
        return f"artikel {self.number} {self.act}"


ARTICLES: Mapping[str, Article] = {
    "decision": Article(
        "2.130", ACT, "the decision with its relevant reasons, the winner's name, and the exact standstill",
        "whether the characteristics in words and the scores together are all relevant reasons",
    ),
    "standstill": Article(
        "2.127", ACT, "at least 20 days from the day after sending, before a contract is signed",
        "the number of days, and the exceptions of the fourth paragraph",
    ),
    "acceptance": Article(
        "2.129", ACT, "telling the decision is no acceptance of an offer", "that it holds for part 2 alone",
    ),
    "suspension": Article(
        "2.131", ACT, "no contract before the court decided in interim proceedings",
        "until which decision the authority waits",
    ),
    "record": Article(
        "2.132", ACT, "what a proces-verbaal of the award holds", "the letters a to k in the text in force",
    ),
    "withhold": Article(
        "2.138", ACT, "what may not be told of another's bid", "whether the winner's objection is well founded",
    ),
    "secret": Article(
        "2.57", ACT, "information that a bidder gave in confidence", "which part of a bid it covers",
    ),
    "private": Article(
        "1.15 lid 2", ACT, "a decision with reasons to all who were asked for an offer",
        "whether a standstill was promised in the documents",
    ),
    "term": Article(
        "1 lid 1", "Algemene termijnenwet", "a term that ends on a Saturday, Sunday or holiday goes on",
        "that it does not move the vervaltermijn of the documents",
    ),
}  # fmt: skip


def decision_article(publication: Publication) -> str:
    """ " (artikel 2.130 Aanbestedingswet 2012)" by the procedure; "" where the documents alone say it."""
    code = publication.procedure
    if code in ANNOUNCED:
        return f" ({ARTICLES['decision'].cited})"
    if code == "several_private":
        return f" ({ARTICLES['private'].cited})"
    return ""


NAMES_A_SOURCE = ("wet", "Aw", "ARW", "richtlijn")


def rule_text(article: str, document: str) -> str:
    """ "artikel 4.3 van de leidraad"; what is typed with its own source stays as it is."""
    if any(name in article for name in NAMES_A_SOURCE) or (
        document and document.casefold() in article.casefold()
    ):
        return article.strip()
    return f"{awarding.article_of(article)} van {document or 'de aanbestedingsstukken'}"


def is_part_two(publication: Publication) -> bool:
    """Whether part 2 of the act applies: only then articles 2.127 to 2.132 are cited."""
    return publication.procedure in ANNOUNCED
