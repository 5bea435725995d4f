"""The expert team's advice in words: how a theme stands, the note to a project leader, the text of a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from cirkeldesk.model.calendar.advice import (
    Act,
    AdviceEntry,
    Answer,
    PickedCriterion,
    ReasonCode,
    ThemeAdvice,
    all_advice,
    theme_advice,
)
from cirkeldesk.model.calendar.calendar import CalendarRow
from cirkeldesk.model.calendar.followed import ProposedAnswer
from cirkeldesk.model.reference.criteria import Criterion
from cirkeldesk.model.reference.themes import THEMES, Theme
from cirkeldesk.model.tender.publication import ProcedureCode
from cirkeldesk.wording import numbers, paper, terms
from cirkeldesk.wording.calendar import words

STANDS: Mapping[str, str] = {
    "asked": "gevraagd",
    "given": "gegeven, wacht op antwoord",
    "followed": "gevolgd",
    "partly": "deels gevolgd",
    "not": "niet gevolgd",
}
ACTS: Mapping[str, str] = {
    "asked": "gevraagd",
    "given": "gegeven",
    "answered": "beantwoord",
    "withdrawn": "ingetrokken",
}
ANSWERS: Mapping[str, str] = {"followed": "gevolgd", "partly": "deels gevolgd", "not": "niet gevolgd"}
REASONS: Mapping[str, str] = {
    "market": "markt",
    "money": "geld",
    "time": "tijd",
    "legal": "juridisch",
    "small": "te klein",
    "other": "anders",
}
MAIL_SUBJECT = "Advies MVOI: {name}"


def named(row: CalendarRow) -> str:
    """ "2027-014 Groot onderhoud N000", or what there is of it."""
    return " ".join(filter(None, [row.number, row.title])) or "regel zonder naam"


def standing(found: ThemeAdvice) -> str:
    """ "Gevraagd op 3-1-2027 door A aan B, uiterlijk 1-2-2027. Gegeven op …" """
    parts = []
    if found.asked_on is not None:
        who = f" aan {found.adviser}" if found.adviser else ""
        due = f", uiterlijk {numbers.date(found.due)}" if found.due else ""
        parts.append(
            f"Gevraagd op {numbers.date(found.asked_on)} door {found.asked_by or 'onbekend'}{who}{due}."
        )
    if found.given_on is not None:
        parts.append(f"Gegeven op {numbers.date(found.given_on)} door {found.given_by or 'onbekend'}.")
    if found.answer is not None and found.answered_on is not None:
        reason = f" ({REASONS[found.reason]})" if found.reason else ""
        why = f": {found.why}" if found.why else ""
        parts.append(f"Antwoord op {numbers.date(found.answered_on)}: {ANSWERS[found.answer]}{reason}{why}.")
    return " ".join(parts)


def entry_line(entry: AdviceEntry) -> str:
    """One line of the log: "3-1-2027 Klimaat: gevraagd door A aan B, uiterlijk 1-2-2027"."""
    told = f"{ACTS[entry.act]} door {entry.by or 'onbekend'}"
    if entry.act == "asked" and entry.adviser:
        told += f" aan {entry.adviser}"
    if entry.due:
        told += f", uiterlijk {numbers.date(entry.due)}"
    if entry.criteria:
        told += f", {_count(len(entry.criteria))}"
    if entry.answer:
        told += f": {ANSWERS[entry.answer]}"
        told += f" ({REASONS[entry.reason]})" if entry.reason else ""
    text = f". {entry.text}" if entry.text else ""
    return f"{numbers.date(entry.on)} {terms.THEMES[entry.theme]}: {told}{text}"


def _count(criteria: int) -> str:
    return "1 criterium" if criteria == 1 else f"{criteria} criteria"


# --- the note
# ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NoteAbout:
    """A row with what the note says beside it: the name of its group, the criteria by code, and whom to
    call."""

    row: CalendarRow
    group: str
    criteria: Mapping[str, Criterion]
    sender: str
    contact: str = ""


def row_facts(row: CalendarRow, group: str) -> str:
    """ "2027-014 · Asfalt · € 484.000 · publicatie Q1 2027 · projectleider …"."""
    told = (
        row.number,
        group,
        numbers.euro(row.estimate) if row.estimate is not None else "",
        f"publicatie {words.quarter(row.quarter)}" if row.quarter else "",
        f"projectleider {row.project_leader}" if row.project_leader else "",
        row.organisation,
    )
    return " · ".join(text for text in told if text)


def theme_lines(row: CalendarRow, theme: Theme) -> str:
    """A theme in two lines: its chance and name; who advises, and how that stands."""
    chance, found = row.chance(theme), theme_advice(row.log, theme)
    first = f"{chance.chance if chance is not None else '–'}   {terms.THEMES[theme]}"
    second = "nog niet beoordeeld" if chance is None else words.CHANCES[chance.chance]
    if found is not None and found.stand is not None:
        second = " · ".join(filter(None, [found.adviser or found.given_by, STANDS[found.stand]]))
    return f"{first}\n      {second}"


def steps(found: ThemeAdvice | None) -> str:
    """ "● gevraagd 3-11-2026   ○ advies, uiterlijk 1-12   ○ antwoord": what was done of the three."""
    found = found if found is not None else ThemeAdvice("climate")
    due = f", uiterlijk {numbers.date(found.due)}" if found.due and found.given_on is None else ""
    told = (
        ("gevraagd", found.asked_on, ""),
        ("advies", found.given_on, due),
        ("antwoord", found.answered_on, ""),
    )
    return "   ".join(
        f"● {name} {numbers.date(day)}" if day else f"○ {name}{more}" for name, day, more in told
    )


def note(about: NoteAbout, day: str) -> paper.Paper:
    """The note to the project leader: the row, then per theme what is advised, by when, whom to call."""
    row = about.row
    title = MAIL_SUBJECT.format(name=named(row))
    blocks: list[paper.Block] = [
        paper.Heading(title, 1),
        paper.Text(f"{numbers.date(day)}. {_for(row)}", "muted"),
        paper.Facts(tuple(_facts(about))),
    ]
    given = [found for found in all_advice(row.log) if found.given_on is not None]
    for found in given:
        blocks.append(paper.Heading(terms.THEMES[found.theme], 2))
        chance = row.chance(found.theme)
        if chance is not None:
            reason = f" {chance.reason}" if chance.reason else ""
            blocks.append(paper.Text(f"Kans {chance.chance}, {words.CHANCES[chance.chance]}.{reason}"))
        if found.text:
            blocks.append(paper.Text(found.text))
        blocks += _criteria(found, about.criteria)
        blocks.append(paper.Text(_from(found), "muted"))
    if row.advice.text:
        blocks += [paper.Heading("Algemeen", 2), paper.Text(row.advice.text)]
    if not given and not row.advice.text:
        blocks.append(paper.Text("Er is nog geen advies gegeven."))
    blocks += [paper.Heading("Wat wij van u vragen", 2), paper.Items(tuple(_asks(row)))]
    blocks.append(paper.Text(_whom(about)))
    return paper.Paper("record", "internal", title, "Advies van het expertteam MVOI", (), tuple(blocks))


def _for(row: CalendarRow) -> str:
    return f"Voor {row.project_leader}." if row.project_leader else "Voor de projectleider."


def _facts(about: NoteAbout) -> Iterator[tuple[str, str]]:
    row = about.row
    told = (
        ("Organisatie", row.organisation),
        ("Productgroep", about.group),
        ("Publicatie", words.quarter(row.quarter) if row.quarter else ""),
        ("Raming", numbers.euro(row.estimate) if row.estimate is not None else ""),
        ("Procedure", row.procedure),
    )
    found = [(label, text) for label, text in told if text]
    yield from found or [("Aanbesteding", named(row))]


def _criteria(found: ThemeAdvice, known: Mapping[str, Criterion]) -> Iterator[paper.Block]:
    lines = []
    for picked in found.criteria:
        criterion = known.get(picked.code)
        title = criterion.title if criterion is not None else picked.code
        kind = f" ({terms.CRITERION_KINDS[criterion.kind]})" if criterion is not None else ""
        text = picked.text or (criterion.text if criterion is not None else "")
        lines.append(f"{title}{kind}. {text}".strip())
    if lines:
        yield paper.Items(tuple(lines))


def _from(found: ThemeAdvice) -> str:
    who = f"Advies van {found.given_by}" if found.given_by else "Advies"
    return f"{who}, {numbers.date(found.given_on or '')}."


def _asks(row: CalendarRow) -> Iterator[str]:
    waiting = [found for found in all_advice(row.log) if found.stand == "given"]
    if waiting:
        names = ", ".join(terms.THEMES[found.theme].lower() for found in waiting)
        yield f"Laat weten of u het advies volgt: {names}. Volgt u het niet of deels? Schrijf waarom."
    yield "Neem de criteria over in de uitvraag. Vul in wat tussen […] staat."
    if row.quarter:
        yield f"Doe dit voor de publicatie: {words.quarter(row.quarter)}."


def _whom(about: NoteAbout) -> str:
    call = f" ({about.contact})" if about.contact else ""
    return f"Vragen? Bel of mail {about.sender or 'het expertteam MVOI'}{call}."


def mail_text(made: paper.Paper) -> str:
    """The same note as plain text, to paste in a mail."""
    lines: list[str] = []
    for block in made.blocks:
        match block:
            case paper.Heading(text=text, level=level):
                lines += [text, ""] if level == 1 else ["", text]
            case paper.Items(texts=texts):
                lines += [f"- {text}" for text in texts]
            case paper.Facts(rows=rows):
                lines += [f"{label}: {text}" for label, text in rows]
            case _:
                lines += [text for text in block.said() if text]
    return "\n".join(lines).strip() + "\n"


def themes_told(row: CalendarRow) -> str:
    """How the themes stand, in few words: "Klimaat gevraagd, Social return gevolgd"."""
    stands = {found.theme: found.stand for found in all_advice(row.log)}
    return ", ".join(
        f"{words.SHORT[theme]} {STANDS[stand]}"
        for theme in THEMES
        if (stand := stands.get(theme)) is not None
    )


def judged(row: CalendarRow, theme: Theme) -> str:
    """What the desk said of a theme, for the tender that is made of a row; "" where it said nothing."""
    chance, advice = row.chance(theme), theme_advice(row.log, theme)
    parts = []
    if chance is not None and chance.chance > 0:
        parts.append(f"Kans {chance.chance}, {words.CHANCES[chance.chance]}. {chance.reason}".strip())
    if advice is not None and advice.text:
        parts.append(f"Advies: {advice.text}")
    return " ".join(parts)


def procedure_of(text: str) -> ProcedureCode | None:
    """The procedure that a calendar names in the words of the program; None for other words."""
    wanted = text.strip().casefold()
    found = next((code for code, name in terms.PROCEDURES.items() if name.casefold() == wanted), None)
    return cast("ProcedureCode | None", found)


def proposed(found: ProposedAnswer) -> str:
    """ "2 van 3 geadviseerde criteria staan in de uitvraag: voorstel deels gevolgd." """
    return (
        f"{found.asked} van {found.advised} geadviseerde {'criterium staat' if found.advised == 1 else 'criteria staan'} "
        f"in de uitvraag die op slot staat. Voorstel: {ANSWERS[found.answer]}."
    )


# --- the log as a table
# -------------------------------------------------------------------------------------------------

LOG_SHEET = "Advies per thema"
LOG_COLUMNS = (
    "Kenmerk regel",
    "Omschrijving",
    "Thema",
    "Handeling",
    "Datum",
    "Door",
    "Adviseur",
    "Uiterlijk",
    "Criteria",
    "Tekst",
    "Antwoord",
    "Reden",
)


def log_cells(row: CalendarRow, entry: AdviceEntry) -> tuple[str, ...]:
    """One line of the log, in the order of `LOG_COLUMNS`; `log_entry` reads it back."""
    return (
        row.id,
        row.title,
        terms.THEMES[entry.theme],
        ACTS[entry.act],
        numbers.date(entry.on),
        entry.by,
        entry.adviser,
        numbers.date(entry.due) if entry.due else "",
        "\n".join(_picked_text(one) for one in entry.criteria),
        entry.text,
        ANSWERS[entry.answer] if entry.answer else "",
        REASONS[entry.reason] if entry.reason else "",
    )


def _picked_text(one: PickedCriterion) -> str:
    """ "code", or "code: adapted words" on one line."""
    text = one.text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{one.code}: {text}" if text else one.code


def _picked(text: str) -> PickedCriterion:
    code, _, said = text.partition(": ")
    parts = said.split("\\\\")
    return PickedCriterion(code.strip(), "\\".join(part.replace("\\n", "\n") for part in parts))


def log_entry(cells: Mapping[str, str]) -> AdviceEntry | None:
    """An entry from the texts of a line by column; None where theme, act or day is not one we know."""
    theme = _code(terms.THEMES, cells.get("Thema", ""))
    act = _code(ACTS, cells.get("Handeling", ""))
    day = numbers.read_date(cells.get("Datum", ""))
    if theme is None or act is None or day is None:
        return None
    due = cells.get("Uiterlijk", "")
    return AdviceEntry(
        cast(Theme, theme),
        cast(Act, act),
        day,
        cells.get("Door", ""),
        cells.get("Adviseur", ""),
        numbers.read_date(due) if due else None,
        tuple(_picked(line) for line in cells.get("Criteria", "").split("\n") if line.strip()),
        cells.get("Tekst", ""),
        cast("Answer | None", _code(ANSWERS, cells.get("Antwoord", ""))),
        cast("ReasonCode | None", _code(REASONS, cells.get("Reden", ""))),
    )


def _code(names: Mapping[str, str], text: str) -> str | None:
    return next((code for code, name in names.items() if name.casefold() == text.strip().casefold()), None)
