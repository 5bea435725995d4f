"""Words of back-ups, saving from a damaged file, erasing and keeping time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

REASONS: Mapping[str, str] = {
    "tijd": "ieder uur",
    "hand": "zelf gemaakt",
    "migratie": "voor een nieuwe versie",
    "terugzetten": "voor het terugzetten",
    "wissen": "na het wissen",
}
DOCUMENTS: Mapping[str, str] = {
    "tender": "aanbesteding",
    "product": "product",
    "weighting_set": "weegset",
    "product_group": "productgroep",
    "criteria": "criteria",
    "calendar": "kalender",
    "contract": "contract",
    "baseline": "nulmeting",
    "monitor": "monitor",
    "supply": "aanbod",
    "demand": "vraag",
    "materials": "rekenwaarden van materialen",
    "passport": "paspoort",
    "benchmark": "benchmark",
}


def when(moment: datetime) -> str:
    """A moment in the office's time: "23-11-2026 09:05"."""
    return moment.astimezone().strftime("%d-%m-%Y %H:%M")


def size(count: int) -> str:
    """Bytes as people say them: "640 kB", "1,2 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def put_back(moment: datetime, aside: str | None) -> str:
    text = f"De back-up van {when(moment)} is teruggezet."
    if aside is None:
        return f"{text} Wat er stond, is ook een back-up."
    return f"{text} Het beschadigde bestand staat ernaast: {aside}."


def salvaged(tenders: int, products: int, steps: int) -> str:
    parts = [
        counted(tenders, "aanbesteding", "aanbestedingen"),
        counted(products, "product", "producten"),
        counted(steps, "stap", "stappen"),
    ]
    return f"Gered: {', '.join(parts[:2])} en {parts[2]} van de geschiedenis."


def losses(
    broken_after: int | None, older: Sequence[str], gone: Sequence[str], files: Sequence[str]
) -> list[str]:
    """What could not be saved, a sentence each."""
    found = []
    if broken_after is not None:
        found.append(
            f"De geschiedenis klopt tot en met stap {broken_after}. Wat daarna kwam, is als laatste "
            f"versie overgenomen."
        )
    found += [f"{name}: de laatste versie is weg. Een oudere is overgenomen." for name in map(thing, older)]
    found += [f"{name}: hiervan is geen hele versie meer te lezen." for name in map(thing, gone)]
    found += [f"{name}: dit bewaarde bestand is weg." for name in files]
    return found


AGAINST: Mapping[str, str] = {
    "lock": "de methode staat op slot",
    "sealed": "de prijzen zijn nog dicht",
    "running": "de inschrijving loopt nog",
    "kept": "de bewaartermijn is nog niet voorbij",
}


def against(found: Sequence[str]) -> str:
    """Why a tender should not be erased, in words."""
    *first, last = [AGAINST[why] for why in found]
    return f"{', '.join(first)} en {last}" if first else last


def erased(
    versions: int, rows: int, files: int, left: Sequence[str], *, cleared: bool, copies: Sequence[str] = ()
) -> list[str]:
    parts = [counted(versions, "versie", "versies"), counted(rows, "regel", "regels")]
    text = f"Gewist uit {parts[0]} en {parts[1]} van de geschiedenis"
    if files:
        text += f", en {counted(files, 'bewaard bestand', 'bewaarde bestanden')}"
    found = [f"{text}. De geschiedenis klopt nog."]
    if not cleared:
        found.append(
            "In oudere back-ups of in vrije ruimte van het bestand kan het nog staan: dat lukte nu "
            "niet. Wij proberen het later opnieuw."
        )
    if copies:
        found.append(f"Eerdere kopieën zijn blijven staan. Daarin staat het nog: {', '.join(copies)}.")
    if left:
        found.append(
            f"In bewaarde bestanden kan de naam nog staan, die veranderen wij niet: {', '.join(left)}."
        )
    return found


MOST_NAMES = 6


def held(names: Sequence[str], products: int, newest: str, author: str, since: int) -> list[str]:
    """What a back-up holds, in lines."""
    shown = ", ".join(names[:MOST_NAMES]) + (
        f" en nog {len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    )
    lines = [
        f"Hierin: {counted(len(names), 'aanbesteding', 'aanbestedingen')}"
        f"{f' ({shown})' if shown else ''} en {counted(products, 'product', 'producten')}."
    ]
    if newest:
        lines.append(f"Laatste stap: {newest} ({author}).")
    if since:
        lines.append(lost(since))
    return lines


def lost(since: int) -> str:
    """What going back to a back-up costs."""
    if not since:
        return "Er gaat geen stap verloren."
    return f"{counted(since, 'stap die daarna is gedaan, valt', 'stappen die daarna zijn gedaan, vallen')} dan weg."


def thing(kind_and_id: str) -> str:
    """ "tender t12" → "aanbesteding t12" """
    kind, _, identity = kind_and_id.partition(" ")
    return f"{DOCUMENTS.get(kind, kind)} {identity}".strip()
