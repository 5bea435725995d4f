"""Bestekken of our own making, in each format; all works and figures are fictitious."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.sax.saxutils import escape

from tests.exchange.workbooks import ods, xlsx

ASPHALT = (
    ("Aanbrengen AC 22 base OB, dik 90 mm", "ton"), ("Aanbrengen AC 16 bin TL, laagdikte 60 mm", "m2"),
    ("Aanbrengen SMA-NL 11B, dik 35 mm", "ton"), ("Leveren en verwerken ZOAB 16, 50 mm dik", "m2"),
)  # fmt: skip
OTHER = (
    ("Frezen asfaltverharding, dik 40 mm", "m2"), ("Aanbrengen kleeflaag op asfalt", "m2"),
    ("Plaatsen bermplank", "m"), ("Leveren menggranulaat", "ton"), ("Aanbrengen markering", "m"),
    ("Verwijderen verkeersbord", "st"), ("Graven sleuf", "m3"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    code: str
    text: str
    unit: str
    quantity: Decimal
    kind: str = "N"
    price: Decimal | None = None

    @property
    def amount(self) -> Decimal | None:
        if self.price is None:
            return None
        return (self.quantity * self.price).quantize(Decimal("0.01"), ROUND_HALF_UP)


def lines(count: int = 400, seed: int = 1) -> list[Line]:
    """A tenth of the lines is asphalt; some quantities are for information only."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        text, unit = chance.choice(ASPHALT if number % 10 == 3 else OTHER)
        quantity = Decimal(chance.randint(100, 999_999)) / 100
        kind = "I" if number % 50 == 7 else chance.choice("VN")
        made.append(Line(f"{310_000 + 10 * number}", f"{text} (verzonnen)", unit, quantity, kind))
    return made


def priced(bill: Iterable[Line], seed: int) -> list[Line]:
    chance = random.Random(seed)
    return [replace(line, price=Decimal(chance.randint(100, 99_999)) / 100) for line in bill]


def rsx(bill: list[Line]) -> bytes:
    """CROW's dialect as far as it is known."""
    items = []
    for number, line in enumerate(bill):
        if number % 20 == 0:
            items.append(
                f"<dl22.bpost.tussenhoofd><dl22.bpost.tussenhoofdnr>{number // 20 + 1}</dl22.bpost.tussenhoofdnr>"
                f"<romptekst>Hoofdstuk {number // 20 + 1}</romptekst></dl22.bpost.tussenhoofd>"
            )
        first = "0" if number % 2 == 0 else "volg"
        short, _, rest = line.text.partition(",")
        quantity = (
            f"<dl22.hoev.ter.inl>{line.quantity}</dl22.hoev.ter.inl>"
            if line.kind == "I"
            else f'<dl22.hoev.res.verpl kenmerk="{line.kind}">{line.quantity}</dl22.hoev.res.verpl>'
        )
        items.append(
            f"<dl22.resultaatsverpl><dl22.bpost.6cijfer.{first}><dl22.bpost.nr6.{first}>{line.code}</dl22.bpost.nr6.{first}>"
            f"<romptekst>{escape(short)}</romptekst><hoofdcode.tekstblok><alinea.hoofdcode>{escape(rest)}"
            f"</alinea.hoofdcode></hoofdcode.tekstblok><dl22.eenheid.res.verpl>{line.unit}</dl22.eenheid.res.verpl>"
            f"{quantity}<dl22.nog.onbekend>x</dl22.nog.onbekend></dl22.bpost.6cijfer.{first}></dl22.resultaatsverpl>"
        )
    return (
        '<?xml version="1.0"?><raw><raw.contractinfo><raw.bestek.nr>2027-B-12</raw.bestek.nr><raw.bestek.omschrijving>'
        "Verzonnen werk</raw.bestek.omschrijving></raw.contractinfo><dl22.vsub.compleet>"
        f"{''.join(items)}</dl22.vsub.compleet></raw>"
    ).encode()


def rsx_simple(bill: list[Line]) -> bytes:
    items = "".join(
        f'<Resultaatsverplichting besteksnummer="{x.code}"><Omschrijving>{escape(x.text)}</Omschrijving>'
        f"<Hoeveelheid>{x.quantity}</Hoeveelheid><Eenheid>{x.unit}</Eenheid>"
        f"{'' if x.price is None else f'<Prijs>{x.price}</Prijs>'}<Aard>{x.kind}</Aard></Resultaatsverplichting>"
        for x in bill
    )
    return (
        "<RAWBestand><Bestek><Naam>Verzonnen werk</Naam></Bestek>"
        f'<Deelraming code="1" omschrijving="Asfalt">{items}</Deelraming></RAWBestand>'
    ).encode()


def zsx(bill: list[Line]) -> bytes:
    items = "".join(
        f"<Post><Code>{x.code}</Code><Romptekst>{escape(x.text)}</Romptekst><Eenheid>{x.unit}</Eenheid>"
        f"<Hoeveelheid>{x.quantity}</Hoeveelheid><Aard>{x.kind}</Aard>"
        f"{'' if x.price is None else f'<Prijs>{x.price}</Prijs><Bedrag>{x.amount}</Bedrag>'}</Post>"
        for x in bill
    )
    return f"<ZSX><Inschrijvingsstaat>{items}</Inschrijvingsstaat></ZSX>".encode()


HEADS = ("Code", "Omschrijving", "Hoeveelheid", "Eenheid", "V/N", "Prijs per eenheid", "Bedrag")


def as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def rows(bill: list[Line]) -> list[tuple[Any, ...]]:
    """As an office makes it: notes above the heads, chapters between, subtotals and a total below."""
    made: list[tuple[Any, ...]] = [("Inschrijvingsstaat verzonnen werk",), (), HEADS]
    whole = Decimal(0)
    for number, x in enumerate(bill):
        if number % 25 == 0:
            made.append(("", f"Hoofdstuk {number // 25 + 1}"))
        amount = x.amount
        whole += amount or 0
        kind = {"I": "ter inl."}.get(x.kind, x.kind)
        made.append((x.code, x.text, float(x.quantity), x.unit, kind, as_float(x.price), as_float(amount)))
    if any(x.price is not None for x in bill):
        made.append(("", "Totaal excl. btw", None, "", "", None, float(whole)))
    return made


def kinds(bill: list[Line]) -> list[tuple[Any, ...]]:
    """As calculation programs write it: a kind in the first column, and no heads."""
    made: list[tuple[Any, ...]] = [(None, f"kopregel {n}") for n in range(12)]
    made.append(("vk", None, "Hoofdstuk 1"))
    whole = Decimal(0)
    for x in bill:
        whole += x.amount or 0
        made.append(
            ("vr", x.code, x.text, float(x.quantity), x.unit, x.kind, as_float(x.price), as_float(x.amount))
        )
    if any(x.price is not None for x in bill):
        made.append(("vt", None, "Totaal", None, None, None, None, float(whole)))
    return made


FORMATS: dict[str, Callable[[list[Line]], bytes]] = {
    "rsx": rsx,
    "rsx simple": rsx_simple,
    "zsx": zsx,
    "xlsx": lambda bill: xlsx(rows=rows(bill)),
    "ods": lambda bill: ods([tuple("" if c is None else c for c in row) for row in rows(bill)]),
    "xlsx by kind": lambda bill: xlsx(rows=kinds(bill)),
}
# Heads that no office is known to write, and what they mean.
OTHER_HEADS = ("Regel id", "Wat te doen", "Hoeveel", "Per", "Soort regel", "Euro", "Samen")
MEANINGS = ("Postnummer", "Omschrijving", "Hoeveelheid", "Eenheid", "V of N", "Eenheidsprijs", "Bedrag")


def under_heads(layout: str, bill: list[Line], heads: Iterable[str], above: tuple[str, ...] = ()) -> bytes:
    """The office's state under other heads, as xlsx, ods or csv; `above` a line of words before them."""
    made = [tuple(heads) if row is HEADS else row for row in rows(bill)]
    made = [above, *made] if above else made
    if layout == "xlsx":
        return xlsx(rows=made)
    texts = [tuple("" if cell is None else cell for cell in row) for row in made]
    if layout == "ods":
        return ods(texts)
    return "\n".join(";".join(str(cell).replace(".", ",") for cell in row) for row in texts).encode()
