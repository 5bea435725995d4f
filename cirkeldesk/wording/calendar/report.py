"""The report to management and Provinciale Staten in words and tables: of each count what it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cirkeldesk.model.calendar.report import PartCount, Report
from cirkeldesk.wording import numbers, paper, terms
from cirkeldesk.wording.calendar import words
from cirkeldesk.wording.calendar.advising import REASONS

UNKNOWN: Mapping[str, str] = {
    "no_quarter": "regels zonder kwartaal; zij tellen in geen enkel jaar mee",
    "not_judged": "regels die nog niet op alle thema's zijn beoordeeld",
    "no_estimate": "regels zonder raming",
    "no_department": "regels zonder afdeling",
    "unanswered": "adviezen die nog geen antwoord hebben",
    "criteria": "geadviseerde criteria die niet meer in de bibliotheek staan; niveau en R-trede zijn onbekend",
}
Table = tuple[str, paper.PaperTable]


def title(found: Report) -> str:
    """ "MVOI-advies 2027, stand 3-1-2027"."""
    year = f" {found.year}" if found.year is not None else ""
    return f"MVOI-advies{year}, stand {numbers.date(found.until)}"


def sentence(found: Report) -> str:
    """The answer in one sentence."""
    if not found.rows:
        return "Er zijn geen aanbestedingen in de kalender voor deze periode."
    rows = "1 aanbesteding" if found.rows == 1 else f"{found.rows} aanbestedingen"
    advices = "1 advies" if found.advices == 1 else f"{found.advices} adviezen"
    return (
        f"Van {rows} {'is' if found.judged == 1 else 'zijn'} er {found.judged} op alle thema's beoordeeld. Wij gaven "
        f"{advices}: {found.followed} gevolgd, {found.partly} deels, {found.not_followed} niet, "
        f"{found.unanswered} nog zonder antwoord."
    )


def tables(found: Report) -> list[Table]:
    """Every table with its name, the same in the report and the workbook."""
    made: list[Table] = [
        ("Samen", _facts(found)),
        ("Kansen per thema", _chances(found)),
        ("Advies per thema", _advice(found)),
        ("Waarom niet of deels gevolgd", _reasons(found)),
        ("Per organisatie", _parts("Organisatie", found.organisations, "niet ingevuld")),
        ("Per afdeling", _parts("Afdeling", found.departments, "niet ingevuld")),
        ("Per kwartaal", _quarters(found)),
        ("Niveau van geadviseerde criteria", _counted("Niveau", found.levels, terms.LEVELS)),
        ("R-trede van geadviseerde criteria", _counted("R-trede", found.r_steps, {})),
        ("Wat wij niet weten", _counted("Wat", found.unknown, UNKNOWN)),
    ]
    return [(name, table) for name, table in made if table.rows]


def _facts(found: Report) -> paper.PaperTable:
    told = (
        ("Aanbestedingen", found.rows),
        ("Beoordeeld op alle thema's", found.judged),
        ("Met een kans van 1 of hoger", found.with_chance),
        ("Met een advies of meer", found.advised),
        ("Adviezen gegeven", found.advices),
        ("Gevolgd", found.followed),
        ("Deels gevolgd", found.partly),
        ("Niet gevolgd", found.not_followed),
        ("Nog geen antwoord", found.unanswered),
        ("Adviezen gevraagd, nog niet gegeven", found.asked),
        ("Aanbesteding gemaakt in CirkelDesk", found.tenders),
    )
    rows = tuple((label, str(count)) for label, count in told)
    return paper.PaperTable(("Wat", "Aantal"), rows, 1, (0.8, 0.2))


def _chances(found: Report) -> paper.PaperTable:
    header = ("Thema", *(f"{n} {name}" for n, name in enumerate(words.CHANCES)), "Niet beoordeeld")
    rows = tuple(
        (terms.THEMES[one.theme], *(str(count) for count in one.chances), str(one.unjudged))
        for one in found.themes
    )
    return paper.PaperTable(header, rows, 1, (0.3, 0.14, 0.14, 0.14, 0.14, 0.14))


def _advice(found: Report) -> paper.PaperTable:
    header = ("Thema", "Gevraagd", "Gegeven", "Gevolgd", "Deels", "Niet", "Geen antwoord")
    rows = tuple(
        (
            terms.THEMES[one.theme],
            *(
                str(count)
                for count in (
                    one.asked, one.given, one.followed, one.partly, one.not_followed, one.unanswered
                )
            ),
        )
        for one in found.themes
    )  # fmt: skip
    return paper.PaperTable(header, rows, 1, (0.28, 0.12, 0.12, 0.12, 0.12, 0.12, 0.12))


def _reasons(found: Report) -> paper.PaperTable:
    rows = tuple(
        (terms.THEMES[one.theme], REASONS[code], str(count))
        for one in found.themes
        for code, count in one.reasons
    )
    return paper.PaperTable(("Thema", "Reden", "Aantal"), rows, 2, (0.5, 0.3, 0.2))


def _parts(name: str, parts: Sequence[PartCount], without: str) -> paper.PaperTable:
    header = (name, "Regels", "Beoordeeld", "Adviezen", "Gevolgd", "Raming bekend")
    rows = tuple(
        (
            one.name or without,
            str(one.rows),
            str(one.judged),
            str(one.advices),
            str(one.followed),
            numbers.euro(one.estimate) if one.without_estimate < one.rows else "niet bekend",
        )
        for one in parts
    )
    return paper.PaperTable(header, rows, 1, (0.34, 0.11, 0.14, 0.11, 0.12, 0.18))


def _quarters(found: Report) -> paper.PaperTable:
    table = _parts("Kwartaal", found.quarters, "nog niet bekend")
    rows = tuple(
        (words.quarter(part.name) if part.name else row[0], *row[1:])
        for part, row in zip(found.quarters, table.rows, strict=True)
    )
    return paper.PaperTable(table.header, rows, table.figures, table.widths)


def _counted(name: str, counts: Sequence[tuple[str, int]], names: Mapping[str, str]) -> paper.PaperTable:
    rows = tuple((names.get(key, key), str(count)) for key, count in counts if count)
    return paper.PaperTable((name, "Aantal"), rows, 1, (0.8, 0.2))


def differences(now: Report, before: Report) -> paper.PaperTable:
    """The main counts beside those of an earlier day."""
    first, second = _facts(before), _facts(now)
    rows = tuple(
        (label, old, new, _change(int(new) - int(old)))
        for (label, old), (_, new) in zip(first.rows, second.rows, strict=True)
    )
    header = ("Wat", numbers.date(before.until), numbers.date(now.until), "Verschil")
    return paper.PaperTable(header, rows, 1, (0.52, 0.16, 0.16, 0.16))


def _change(by: int) -> str:
    return f"{by:+d}".replace("-", numbers.MINUS) if by else "0"


def report_paper(found: Report, mark: str, before: Report | None = None) -> paper.Paper:
    """`mark`: the hash by which these counts are recognised."""
    blocks: list[paper.Block] = [
        paper.Heading(title(found), 1),
        paper.Text(sentence(found), "lead"),
        paper.Text(
            "Geteld zijn de regels die nu in de MVOI-kalender staan. Alleen bevestigde kansen tellen; een voorstel "
            "van een regel telt niet. Een advies gaat over één aanbesteding en één thema.",
            "muted",
        ),
    ]
    if before is not None:
        blocks += [paper.Heading(f"Verschil met {numbers.date(before.until)}", 2), differences(found, before)]
    for name, table in tables(found):
        blocks += [paper.Heading(name, 2), table]
    blocks.append(paper.Text(f"Kenmerk van deze tellingen: {mark}.", "muted"))
    subject = "Wat het expertteam MVOI beoordeelde en adviseerde"
    return paper.Paper("record", "internal", title(found), subject, (), tuple(blocks))
