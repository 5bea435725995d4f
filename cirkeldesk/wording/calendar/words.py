"""Words of the calendar: fields, chances, what is doubtful, what an import did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cirkeldesk.model.calendar.calendar import CalendarRow, Doubt, ImportPlan, quarter_of
from cirkeldesk.model.reference.themes import Theme
from cirkeldesk.wording import numbers, terms

FIELDS: Mapping[str, str] = {
    "number": "Nummer",
    "title": "Omschrijving",
    "organisation": "Organisatie",
    "domain": "Domein",
    "department": "Afdeling",
    "project_leader": "Projectleider",
    "buyer": "Inkoper",
    "kind": "Soort",
    "cpv": "CPV",
    "estimate": "Raming",
    "procedure": "Procedure",
    "quarter": "Kwartaal van publicatie",
    "start": "Start",
    "duration": "Looptijd en opties",
    "framework": "Raamovereenkomst",
    "status": "Status",
}
SHORT: Mapping[Theme, str] = {
    "climate": "Kl",
    "circularity": "Ci",
    "environment": "Mi",
    "diversity": "DI",
    "social_return": "SR",
    "chain": "Ke",
}
CHANCES = ("geen kans", "klein", "goed", "groot")
LEGEND = (
    "Kans: leeg = niet beoordeeld · 0 = geen · 1 = klein · 2 = goed · 3 = groot · cursief met v = voorstel"
)
KEYS = "0 tot 3 zet · Enter neemt het voorstel over · Shift+Enter: rest geen kans · met Ctrl: alle gekozen regels"
ADVICE: Mapping[str, str] = {
    "asked": "gevraagd",
    "given": "gegeven",
    "followed": "gevolgd",
    "partly": "deels gevolgd",
    "not_followed": "niet gevolgd",
}
_DOUBTS: Mapping[str, str] = {
    "no_number": "Er is geen nummer.",
    "number_twice": "Nummer {text} komt twee keer voor.",
    "no_title": "Er is geen omschrijving.",
    "number_with_decimals": "“{text}” is een nummer met decimalen.",
    "not_a_quarter": "“{text}” is geen kwartaal of datum.",
    "quarter_year": "“{text}” is geen kwartaal; alleen het jaar is bewaard.",
    "not_a_advice_state": "“{text}” is geen stand van het advies.",
    "not_a_advice_due": "“{text}” is geen datum.",
    "not_a_group": "“{text}” is geen productgroep.",
    "not_a_vanished": "“{text}” is geen datum.",
    "not_a_start": "“{text}” is geen datum.",
    "not_an_amount": "“{text}” is geen bedrag.",
    "amount_range": "“{text}” is niet één bedrag.",
    "amount_english": "“{text}” is op twee manieren te lezen.",
    "amount_negative": "“{text}” is een negatief bedrag.",
    "not_a_chance": "“{text}” is geen kans van 0 tot 3.",
    "amount_thousands": "“{text}” staat onder een kop in duizenden. Is dit al het hele bedrag?",
    "month_first": "“{text}”: andere datums in deze kolom beginnen met de maand. Is dit dag-maand of maand-dag?",
    "quarter_several": "Er zijn kruisjes bij meer kwartalen ({text}); het eerste is genomen.",
    "amount_large": "“{text}” is te groot.",
    "error": "In de cel staat een fout: {text}.",
    "formula": "De formule is nog niet uitgerekend.",
}


_BESIDE: Mapping[str, str] = {
    "advice_state": "Stand van het advies",
    "advice_due": "Advies uiterlijk",
    "group": "Productgroep",
    "vanished": "Vervallen",
}
# Which rows of the calendar are shown.
CHIPS: Mapping[str, str] = {
    "all": "Alle",
    "open": "Te beoordelen",
    "large": "Kans 3",
    "soon": "Komend kwartaal",
    "mine": "Mijn regels",
    "waiting": "Wacht op advies",
    "week": "Deze week",
    "doubtful": "Twijfel",
}


def field_name(field: str) -> str:
    theme = field.removeprefix("chance_")
    if theme != field:
        return f"Kans {terms.THEMES.get(theme, theme)}"
    return FIELDS.get(field) or _BESIDE.get(field, field)


def doubt(found: Doubt) -> str:
    """ "Raming: “€ 200 - 300k” is geen enkel bedrag." """
    return f"{field_name(found.field)}: {_DOUBTS[found.key].format(text=found.text)}"


def doubt_lines(rows: Iterable[CalendarRow]) -> list[str]:
    """Every doubtful row with its row in the file."""
    return [
        f"Rij {row.place}, {row.number or row.title or 'zonder naam'}: "
        f"{' '.join(doubt(found) for found in row.doubts)}"
        for row in rows
    ]


def import_title(plan: ImportPlan) -> str:
    """ "12 nieuw · 9 gewijzigd · 3 niet meer in het bestand"."""
    parts = [
        f"{len(plan.fresh)} nieuw",
        f"{len(plan.changed)} gewijzigd",
        f"{len(plan.vanished)} niet meer in het bestand",
    ]
    return " · ".join([*parts, f"{len(plan.same)} gelijk"])


def change_lines(plan: ImportPlan) -> list[str]:
    """Per changed row which fields, from what to what."""
    return [
        f"{row.number or row.title}: "
        + "; ".join(_change(name, before, after) for name, before, after in plan.changes[row.id])
        for row in plan.changed
    ]


_CHANGED: Mapping[str, str] = {
    "extra": "andere kolommen gewijzigd",
    "chances": "kansen uit het bestand gewijzigd",
    "advice": "advies gewijzigd",
    "log": "advies per thema aangevuld",
    "group": "productgroep gewijzigd",
    "doubts": "twijfel gewijzigd",
    "source": "bron gewijzigd",
    "place": "rij in de bron gewijzigd",
}


def _change(name: str, before: object, after: object) -> str:
    if name == "vanished":
        return "weer in het bestand" if after is None else "vervallen"
    if name not in FIELDS:
        return _CHANGED.get(name, f"{name} gewijzigd")
    return f"{FIELDS[name].lower()} {value(name, before) or '(leeg)'} wordt {value(name, after) or '(leeg)'}"


def value(name: str, found: object) -> str:
    """A field of a row as it is shown."""
    if found is None or found == "":
        return ""
    if isinstance(found, Decimal):
        return numbers.euro(found)
    if name == "quarter":
        return quarter(str(found))
    return numbers.date(str(found)) if name in ("start", "due", "vanished") else str(found)


def quarter(name: str) -> str:
    """ "Q1 2027", "2e helft 2027" or "2027, kwartaal onbekend"."""
    year, _, part = name.partition("-")
    if not part:
        return f"{year}, kwartaal onbekend"
    return f"{part[1:]}e helft {year}" if part.startswith("H") else f"{part} {year}"


# --- dates as people type them
# --------------------------------------------------------------------------------------

YEARS = range(2015, 2061)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_OTHERS = {"mrt": 3, "sept": 9}


def read_quarter(text: str) -> str | None:
    """ "2027-Q1", "Q1 2027", "1e kwartaal 2027", "kw 3 '27", a date or a month → "2027-Q1".

    None for "voorjaar 2027", and for "2027-3", which may be a quarter or a month.
    """
    lowered = text.casefold().strip()
    for number, word in enumerate(("eerste", "tweede", "derde", "vierde"), 1):
        lowered = re.sub(rf"^(het )?{word}\b", f"{number}e", lowered)
    patterns = (
        r"(?P<y>20\d\d)\s*[-/ ]?\s*[qk]w?\s*(?P<q>[1-4])",
        r"[qk]w?\.?\s*(?P<q>[1-4])(\s*[-/ ,']+\s*|\s*(?=20))(?P<y>(20)?\d\d)",
        r"(?P<q>[1-4])\s*(e|de|ste)?\s*(kwartaal|kwart|kw)\.?\s*[-/ ,']*\s*(?P<y>(20)?\d\d)",
        r"(?:kwartaal)\s*(?P<q>[1-4])\s*[-/ ,']*\s*(?P<y>(20)?\d\d)",
    )
    for pattern in patterns:
        match = re.fullmatch(pattern, lowered)
        if match:
            year = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
            return f"{year}-Q{match['q']}" if int(year) in YEARS else None
    if re.fullmatch(r"20\d\d[-/][1-4]|[1-4][-/]20\d\d", lowered):
        return None
    day = read_day(text)
    return quarter_of(day) if day is not None else None


_HALVES = (
    r"h\s*(?P<h>[12])[-/ ,']*(?P<y>20\d\d)",
    r"(?P<y>20\d\d)[-/ ]*h\s*(?P<h>[12])",
    r"(?P<h>[12])\s*(e|de|ste)?\s*(half|halve|helft)\s*(jaar)?( van)?[-/ ,']*(?P<y>20\d\d)",
)
_TWO_QUARTERS = r"[qk]\s*(?P<a>[1-4])\s*([-–/+]|en|of|t/m|tot)\s*[qk]?\s*(?P<b>[1-4])[-/ ,']*(?P<y>20\d\d)"


def read_period(text: str) -> tuple[str | None, bool]:
    """When something is published, as exactly as a text says, and whether that is all it says.

    "Q3 2027" → ("2027-Q3", True), "2e helft 2027" and "Q3/Q4 2027" → ("2027-H2", True), "2027" → ("2027",
    True), "voorjaar 2027" → ("2027", False): the year is kept and somebody looks at the rest.
    """
    quarter = read_quarter(text)
    if quarter is not None:
        return quarter, True
    lowered = text.casefold().strip().replace(", kwartaal onbekend", "")
    for number, word in enumerate(("eerste", "tweede"), 1):
        lowered = re.sub(rf"^(het |de )?{word}\b", f"{number}e", lowered)
    found = sorted(set(re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", lowered)))
    if len(found) != 1 or int(found[0]) not in YEARS:
        return None, False
    year = found[0]
    if lowered == year:
        return year, True
    for pattern in _HALVES:
        match = re.fullmatch(pattern, lowered)
        if match:
            return f"{year}-H{match['h']}", True
    two = re.fullmatch(_TWO_QUARTERS, lowered)
    if two and (two["a"], two["b"]) in (("1", "2"), ("3", "4")):
        return f"{year}-H{int(two['b']) // 2}", True
    return year, False


def read_day(text: str) -> str | None:
    """A date, or a month and year as its first day: "1-3-2027", "1 mrt 27", "maart 2027", "2027-03"; None for
    anything else.

    A year that no calendar of tenders has is a slip: 1905 is what Excel makes of 2027 in a cell for dates.
    """
    found = _day(text)
    return found if found is not None and int(found[:4]) in YEARS else None


def _day(text: str) -> str | None:
    lowered = text.casefold().strip().rstrip(".")
    # the day as written
    lowered = re.sub(r"[ t]\d\d:\d\d(:\d\d)?(\.\d+)?\s*(z|[+-]\d\d:?\d\d)?$", "", lowered)
    iso = numbers.read_date(lowered)
    if iso is not None:
        return iso
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d\d)", lowered)
    if match:
        return numbers.read_date(f"{match[1]}-{match[2]}-20{match[3]}")
    match = re.fullmatch(r"(?:(\d{1,2})[\s-]+)?([a-z]+)\.?[\s-]*'?((?:20)?\d\d)", lowered)
    if match:
        known = (i for i, name in enumerate(_MONTHS, 1) if match[2] in (name, name[:3]))
        month = next(known, _OTHERS.get(match[2], 0))
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        return numbers.read_date(f"{match[1] or 1}-{month}-{year}") if month else None
    match = re.fullmatch(r"(20\d\d)[-/](\d{1,2})", lowered)
    if match:
        return numbers.read_date(f"1-{match[2]}-{match[1]}")
    match = re.fullmatch(r"(\d{1,2})[-/](20\d\d)", lowered)
    return numbers.read_date(f"1-{match[1]}-{match[2]}") if match else None


def together_mail(group: str, rows: Iterable[CalendarRow]) -> str:
    """A text to the others: what falls together, and whom to call."""
    lines = ["Beste collega's,", "", f"Deze aanbestedingen ({group}) vallen bij elkaar in de buurt:"]
    for row in rows:
        call = row.project_leader or row.buyer
        told = [
            row.organisation,
            " ".join(filter(None, [row.number, row.title])),
            quarter(row.quarter) if row.quarter else "",
            numbers.euro(row.estimate) if row.estimate is not None else "",
            f"bel {call}" if call else "",
        ]
        lines.append(f"- {', '.join(part for part in told if part)}")
    lines += ["", "Zullen wij kijken of wij dit samen kunnen inkopen?", ""]
    return "\n".join(lines)


def searched(row: CalendarRow) -> str:
    """What a row can be found by."""
    published = quarter(row.quarter) if row.quarter is not None else ""
    advice = (row.advice.text, row.advice.by, ADVICE.get(row.advice.state or "", ""))
    logged = [text for entry in row.log for text in (entry.text, entry.adviser, entry.by)]
    parts = (
        row.number,
        row.title,
        row.organisation,
        row.department,
        row.project_leader,
        row.buyer,
        row.domain,
        published,
    )
    return " ".join((*parts, *advice, *logged)).casefold()
