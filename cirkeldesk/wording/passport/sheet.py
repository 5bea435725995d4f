"""A passport, and what lies in a road, as papers."""

from __future__ import annotations

from collections.abc import Sequence

from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.wording import numbers, paper
from cirkeldesk.wording.passport import words

CODE = "code"  # the figure of the passport: its id
NONE = "niet bekend"


def _figure(value: float | None, decimals: int, unit: str) -> str:
    return f"{numbers.number(value, decimals)} {unit}".strip() if value is not None else NONE


def _share(value: float | None) -> str:
    return numbers.percent(value * 100, 1) if value is not None else NONE


def _day(text: str) -> str:
    return numbers.date(text) if len(text) == 10 else text or NONE


def where(one: Passport) -> str:
    """ "N201, km 3,200 tot 3,450, Nieuwegein"."""
    told = [one.road, one.section]
    if one.km_from is not None and one.km_to is not None:
        told.append(f"km {numbers.number(one.km_from, 3)} tot {numbers.number(one.km_to, 3)}")
    told += [one.place.municipality, one.place.name]
    if one.place.x is not None and one.place.y is not None:
        told.append(f"RD {numbers.number(one.place.x, 0)}, {numbers.number(one.place.y, 0)}")
    return ", ".join(dict.fromkeys(filter(None, told))) or NONE


def facts(one: Passport) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every field, in groups with a name."""
    tests = [
        f"{name} {words.TESTS[result] if result is not None else 'niet getest'}"
        for name, result in (("teer", one.tar), ("asbest", one.asbestos))
    ]
    basis = f" {words.BASES[one.biobased_basis]}" if one.biobased_basis is not None else ""
    return [
        (
            "Waar",
            (
                ("Object", one.object),
                ("Plaats", where(one)),
                ("Laag", f"{one.layer or NONE}, {words.LAYERS[one.layer_kind]}"),
                ("Opdrachtgever", one.organisation or NONE),
                ("Opdrachtnemer", one.contractor or NONE),
            ),
        ),
        (
            "Wat",
            (
                ("Mengsel", one.mix or NONE),
                ("Dikte", _figure(one.thickness, 0, "mm")),
                ("Lengte en breedte", f"{_figure(one.length, 1, 'm')}, {_figure(one.width, 1, 'm')}"),
                ("Oppervlak", _figure(one.area, 0, "m²")),
                ("Massa", _figure(one.mass_t, 1, "ton")),
                ("Producent", ", ".join(filter(None, (one.producer, one.plant))) or NONE),
                ("DoP", one.declaration_of_performance or NONE),
                ("Bindmiddel", one.binder or NONE),
                ("Biobased", f"{_share(one.biobased)}{basis}"),
                ("PR", _share(one.reclaimed)),
            ),
        ),
        (
            "Milieu",
            (
                ("MKI per ton", _figure(one.mki, 2, "€")),
                ("Weegset", " ".join(filter(None, (one.set_code, one.edition))) or NONE),
                ("EPD", one.declaration or NONE),
                ("EPD geldig tot", _day(one.valid_until)),
                ("CO2 per ton", _figure(one.co2, 1, "kg")),
            ),
        ),
        (
            "Leven",
            (
                ("Aangebracht op", _day(one.laid_on)),
                ("Verwachte levensduur", _figure(one.life, 0, "jaar")),
                ("Garantie tot", _day(one.guarantee_until)),
                ("Getest", f"{', '.join(tests)}; {_day(one.tested_on)}"),
                ("Volgend gebruik", f"PBL R{one.next_use.step}" if one.next_use is not None else NONE),
                ("Bewijs", one.evidence or NONE),
            ),
        ),
    ]


def events(one: Passport) -> paper.PaperTable:
    rows = tuple(
        (
            numbers.date(event.on),
            words.EVENTS[event.kind],
            event.text,
            event.by,
            _figure(event.mass_t, 1, "ton") if event.mass_t is not None else "",
        )
        for event in one.events
    )
    return paper.PaperTable(
        ("Dag", "Wat", "Toelichting", "Door", "Massa"), rows, 4, (0.14, 0.18, 0.38, 0.16, 0.14)
    )


def passport_paper(one: Passport, identifier: str, findings: Sequence[str]) -> paper.Paper:
    """One passport with its QR code and all that happened to it."""
    state = "ligt er nog" if one.lies_on else "is er niet meer"
    blocks: list[paper.Block] = [
        paper.Heading(f"Materialenpaspoort {one.name}", 1),
        paper.Text(f"Deze laag {state}.", "lead"),
        paper.ChartPlace(CODE, f"QR-code: {identifier}."),
        paper.Text(identifier, "muted"),
    ]
    for name, rows in facts(one):
        blocks += [paper.Heading(name), paper.Facts(rows)]
    if one.events:
        blocks += [paper.Heading("Wat er sindsdien is gebeurd"), events(one)]
    if findings:
        blocks += [paper.Heading("Wat opvalt"), paper.Items(tuple(findings))]
    marks = ("VERZONNEN CIJFERS",) if one.fictitious else ()
    subject = "Wat waar ligt, waarvan het is en wat ermee is gebeurd"
    return paper.Paper("record", "internal", f"Paspoort {one.name}", subject, marks, tuple(blocks))


def road_paper(name: str, found: Sequence[Passport], on: str) -> paper.Paper:
    """What lies in one road or object, the upper layer first. `on` ISO."""
    rows = tuple(
        (
            str(one.layer or ""),
            where(one),
            one.mix or NONE,
            _day(one.laid_on),
            _figure(one.thickness, 0, "mm"),
            _figure(one.mass_t, 1, "ton"),
        )
        for one in found
    )
    header = ("Laag", "Waar", "Mengsel", "Aangebracht", "Dikte", "Massa")
    total = sum(one.mass_t or 0.0 for one in found)
    unknown = sum(one.mass_t is None for one in found)
    told = f"{len(found)} lagen of delen, samen {numbers.number(total, 0)} ton"
    told += f"; van {unknown} is de massa niet bekend." if unknown else "."
    blocks: list[paper.Block] = [
        paper.Heading(f"Wat ligt hier? {name}", 1),
        paper.Text(told, "lead"),
        paper.PaperTable(header, rows, 4, (0.08, 0.34, 0.22, 0.14, 0.1, 0.12)),
        paper.Text(f"Stand van {numbers.date(on)}, zonder wat is gefreesd of verwijderd.", "muted"),
    ]
    marks = ("VERZONNEN CIJFERS",) if any(one.fictitious for one in found) else ()
    return paper.Paper(
        "record", "internal", f"Wat ligt hier? {name}", "Lagen en mengsels", marks, tuple(blocks)
    )
