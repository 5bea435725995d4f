"""Criteria of MVOI in words: on the advice, and as text for the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cirkeldesk.model.comparison.comparison import effective_rule
from cirkeldesk.model.reference.criteria import LEVELS, Considered, Criterion
from cirkeldesk.model.reference.themes import THEMES
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import asked, paper, terms
from cirkeldesk.wording.award import awarding

NOT_OFFICIAL = (
    "De criteria zijn voorstellen van de organisatie, geen officiële tekst, tenzij de bron iets anders zegt."
)
FILL_IN = "Vul eerst in wat tussen [ ] staat."


# In a criterion's text these stand for what follows from the ask and the award rules of the tender.
CALCULATION, FORMULA = "{berekening van de MKI}", "{formule van de gunning}"


def spelled_out(tender: Tender, criterion: Criterion) -> Criterion:
    """A criterion with the words that follow from the tender: its text then says what is computed."""
    if CALCULATION not in criterion.text and FORMULA not in criterion.text:
        return criterion
    text = criterion.text.replace(CALCULATION, asked.calculation(tender, effective_rule(tender)))
    return replace(criterion, text=text.replace(FORMULA, awarding.mki_formula(tender.award)))


def of(tender: Tender) -> list[Criterion]:
    """The criteria of a tender as they go into its documents, in order."""
    return in_order(spelled_out(tender, criterion) for criterion in tender.criteria)


def in_order(criteria: Iterable[Criterion]) -> list[Criterion]:
    """By theme, then level, as a reader looks for them."""
    return sorted(criteria, key=lambda one: (THEMES.index(one.theme), LEVELS.index(one.level), one.title))


def head(criterion: Criterion) -> str:
    """ "Asfaltgranulaat in tussen- en onderlaag (eis, basis)"."""
    return f"{criterion.title} ({terms.CRITERION_KINDS[criterion.kind]}, {terms.LEVELS[criterion.level]})"


def facts(criterion: Criterion) -> list[tuple[str, str]]:
    step = criterion.r_step
    found = [
        ("Thema", terms.THEMES[criterion.theme]),
        ("Bewijs", criterion.proof),
        ("Controle", criterion.check),
    ]
    found += [("R-trede", r_name(criterion))] if step is not None else []
    return [*found, ("Effect", criterion.effect), ("Bron", source(criterion))]


def rung(criterion: Criterion) -> str:
    """The number alone, where a column says what it is; "" without one."""
    return f"R{criterion.r_step.step}" if criterion.r_step is not None else ""


def r_name(criterion: Criterion) -> str:
    """The rung with the numbering it is counted by: the same number is another rung in another ladder."""
    step = criterion.r_step
    if step is None:
        return ""
    name = terms.R_STEPS[step.numbering].get(step.step, "")
    return f"R{step.step} {name} (nummering {terms.R_NUMBERINGS[step.numbering]})"


def source(criterion: Criterion) -> str:
    """Where it comes from; what is our own proposal always says so."""
    stated = criterion.source.strip()
    if criterion.own and "eigen" not in stated.casefold():
        return f"Eigen voorstel. {stated}".strip()
    return stated


def why(tender: Tender, code: str) -> str:
    return next((found.why for found in tender.considered if found.code == code), "")


def left_out(tender: Tender) -> list[Considered]:
    """What was weighed and is not asked."""
    chosen = {criterion.code for criterion in tender.criteria}
    return sorted(
        (found for found in tender.considered if found.code not in chosen),
        key=lambda found: THEMES.index(found.theme),
    )


def draft(tender: Tender, *, outside: bool = False) -> str:
    """The section of the advice: which themes are asked something of, how much, and what is still open. ""
    without criteria."""
    left = [] if outside else left_out(tender)
    if not tender.criteria and not left:
        return ""
    themes = [theme for theme in THEMES if any(criterion.theme == theme for criterion in tender.criteria)]
    parts = []
    if themes:
        count = len(tender.criteria)
        names = awarding.listed([terms.THEMES[theme].split(",")[0] for theme in themes])
        word = "criterium" if count == 1 else "criteria"
        parts.append(
            f"De uitvraag bevat {count} {word} voor maatschappelijk verantwoord inkopen, op "
            f"{len(themes)} van 6 thema's:"
        )
        parts.append(f"{names}.")
    if left:
        word = "criterium is" if len(left) == 1 else "criteria zijn"
        parts.append(f"{len(left)} {word} afgewogen en niet overgenomen.")
    open_ones = [criterion.title for criterion in of(tender) if not criterion.is_filled_in]
    if open_ones and not outside:
        parts.append(f"Nog in te vullen: {awarding.listed(open_ones)}.")
    return " ".join([*parts, NOT_OFFICIAL] if themes else parts)


def copied(tender: Tender) -> str:
    """The criteria as text to paste into the documents, under a heading per theme."""
    lines: list[str] = []
    theme = ""
    for criterion in of(tender):
        if terms.THEMES[criterion.theme] != theme:
            theme = terms.THEMES[criterion.theme]
            lines += ["", theme.upper()]
        lines += [
            "",
            head(criterion),
            criterion.text,
            f"Bewijs: {criterion.proof}",
            f"Controle: {criterion.check}",
        ]
    return "\n".join(lines).strip() + "\n" if lines else ""


def criteria_paper(tender: Tender) -> paper.Paper:
    """The same as a document: a heading per theme, under each criterion its text, proof and check."""
    title = f"MVOI-criteria {tender.number}"
    blocks: list[paper.Block] = [paper.Heading(title, 1)]
    blocks += [paper.Text(tender.title, "lead")] if tender.title else []
    theme = ""
    for criterion in of(tender):
        if terms.THEMES[criterion.theme] != theme:
            theme = terms.THEMES[criterion.theme]
            blocks.append(paper.Heading(theme, 2))
        blocks += [
            paper.Heading(head(criterion), 3),
            paper.Text(criterion.text),
            paper.Facts((("Bewijs", criterion.proof), ("Controle", criterion.check))),
        ]
    blocks.append(paper.Text(NOT_OFFICIAL, "muted"))
    marks = tuple(filter(None, [terms.mark(tender)]))
    return paper.Paper("record", "external", title, "Criteria voor de stukken", marks, tuple(blocks))
