"""Declarations on paper, made here in the layouts that bidders send; all products and figures are
fictitious."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from reportlab.pdfgen.canvas import Canvas

from cirkeldesk.operations.workspace import shipped

A4 = (595.0, 842.0)
A1_ROWS = (
    ("ADPE", "kg Sb-eq", -5), ("ADPF", "kg Sb-eq", -1), ("GWP", "kg CO2-eq", 1), ("ODP", "kg CFC-11-eq", -6),
    ("POCP", "kg C2H4-eq", -2), ("AP", "kg SO2-eq", -1), ("EP", "kg PO4-eq", -2), ("HTP", "kg 1,4-DB-eq", 0),
    ("FAETP", "kg 1,4-DB-eq", -1), ("MAETP", "kg 1,4-DB-eq", 2), ("TETP", "kg 1,4-DB-eq", -2),
)  # fmt: skip
PRINTED_AS = {
    "ADPE": "1 abiotic depletion, non fuel (AD)", "ADPF": "2 abiotic depletion, fuel (AD)", "GWP": "4 global warming (GWP)",
    "ODP": "5 ozone layer depletion (ODP)", "POCP": "6 photochemical oxidation (POCP)", "AP": "7 acidification (AP)",
    "EP": "8 eutrophication (EP)", "HTP": "9 human toxicity (HT)", "FAETP": "10 Ecotoxicity, fresh water (FAETP)",
    "MAETP": "12 Ecotoxicity, marine water (MAETP)", "TETP": "14 Ecotoxicity, terrestric (TETP)",
}  # fmt: skip
A2_ROWS = (
    ("GWP-total", "kg CO2-eq"), ("GWP-F", "kg CO2-eq"), ("GWP-B", "kg CO2-eq"), ("GWP-luluc", "kg CO2-eq"),
    ("ODP", "kg CFC-11-eq"), ("AP", "mol H+-eq"), ("EP-FW", "kg P-eq"), ("EP-M", "kg N-eq"), ("EP-T", "mol N-eq"),
    ("POCP", "kg NMVOC-eq"), ("ADP-MM", "kg Sb-eq"), ("ADP-F", "MJ"), ("WDP", "m3 depriv."), ("PM", "disease inc."),
    ("IR", "kBq U235-eq"), ("ETP-FW", "CTUe"), ("HTP-C", "CTUh"), ("HTP-NC", "CTUh"), ("SQP", "-"),
)  # fmt: skip
ASPHALT = ("A1", "A2", "A3", "A1-A3", "D", "Totaal")
WHOLE_LIFE = ("A1-A3", "A4", "A5", "B", "C1", "C2", "C3", "C4", "D")


@dataclass
class Made:
    """A table: texts by (row, column) as printed, the rows in order, and where a wrong digit was planted."""

    rows: list[tuple[str, str]]
    columns: tuple[str, ...]
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    planted: tuple[str, str] | None = None

    def value(self, row: str, column: str) -> float:
        return float(self.texts[row, column].replace(",", "."))


def scientific(value: Decimal) -> str:
    """ "3,655E+0", as the common calculation program for asphalt prints."""
    if value == 0:
        return "0,000E+0"
    exponent = value.adjusted()
    digits = value.scaleb(-exponent).quantize(Decimal("0.001"), ROUND_HALF_UP)
    if abs(digits) >= 10:
        digits, exponent = digits / 10, exponent + 1
    return f"{digits:.3f}E{exponent:+d}".replace(".", ",")


def asphalt(seed: int) -> Made:
    """Set A1 of an asphalt mix, with its MKI row; the parts add up to A1-A3, and that with D to the total."""
    chance = random.Random(seed)
    made = Made([("MKI", "Euro"), *((code, unit) for code, unit, _ in A1_ROWS)], ASPHALT)
    euro = {
        w.indicator: Decimal(repr(w.euro_per_unit))
        for s in shipped().sets
        if s.code == "A1"
        for w in s.weights
    }
    sums = dict.fromkeys(ASPHALT, Decimal(0))
    for code, _, size in A1_ROWS:
        parts = {m: Decimal(chance.randint(1000, 9999)).scaleb(size - 3) for m in ("A1", "A2", "A3")}
        parts["A1-A3"] = sum(parts.values(), Decimal(0))
        parts["D"] = -Decimal(chance.randint(1000, 9999)).scaleb(size - 3)
        parts["Totaal"] = parts["A1-A3"] + parts["D"]
        for column, value in parts.items():
            made.texts[code, column] = scientific(value)
            sums[column] += euro[code] * value
    made.texts |= {("MKI", column): scientific(value) for column, value in sums.items()}
    return made


def program(seed: int) -> Made:
    """The results table of an LCA program: the total first, and euros in the MKI row."""
    chance = random.Random(seed)
    columns = ("Totaal", *WHOLE_LIFE)
    made = Made([(code, unit) for code, unit, _ in A1_ROWS] + [("MKI", "Euro")], columns)
    euro = {
        w.indicator: Decimal(repr(w.euro_per_unit))
        for s in shipped().sets
        if s.code == "A1"
        for w in s.weights
    }
    sums = dict.fromkeys(columns, Decimal(0))
    for code, _, size in A1_ROWS:
        values = {m: Decimal(chance.randint(2000, 9999)).scaleb(size - 3) for m in WHOLE_LIFE}
        values["B"] = Decimal(0)
        values["Totaal"] = sum(values.values(), Decimal(0))
        for column, value in values.items():
            made.texts[code, column] = f"{value:.2E}".replace(".", ",")
            sums[column] += euro[code] * value
    made.texts |= {("MKI", c): f"€ {v.quantize(Decimal('0.01'))}".replace(".", ",") for c, v in sums.items()}
    return made


def a2_life(seed: int) -> Made:
    """Set A2 over the whole life, without a total or an MKI: nothing in it can be checked."""
    chance = random.Random(seed)
    made = Made(list(A2_ROWS), ("A1-A3", "A4", "C2", "C3", "D"))
    for code, _ in A2_ROWS:
        for column in made.columns:
            made.texts[code, column] = scientific(
                Decimal(chance.randint(1000, 9999)).scaleb(chance.randint(-8, 2))
            )
    return made


def with_a_wrong_digit(made: Made, seed: int) -> Made:
    """One digit of a value that a sum can see, changed by four."""
    row, column = random.Random(seed).choice(
        [("GWP", "A1-A3"), ("GWP", "A1") if "A1" in made.columns else ("GWP", "C2"), ("HTP", "D"), ("MAETP", "A1-A3"),
         ("AP", "A1-A3")]
    )  # fmt: skip
    text = made.texts[row, column]
    at = text.index(",") - 1
    wrong = f"{text[:at]}{(int(text[at]) + 4) % 9 + 1 if int(text[at]) != (int(text[at]) + 4) % 9 + 1 else 7}{text[at + 1 :]}"
    made.texts[row, column] = wrong
    made.planted = (row, column)
    return made


# --- on paper
# -----------------------------------------------------------------------------------------------------------

Draw = Callable[[float, float, str], None]


class Paper:
    """A page being written; `turn` writes everything a quarter turned, as some programs do for wide
    tables."""

    def __init__(self, turn: bool = False, rotate: int = 0) -> None:
        self.buffer = io.BytesIO()
        self.turn = turn
        self.canvas = Canvas(self.buffer, pagesize=(A4[1], A4[0]) if rotate else A4)
        if rotate:
            self.canvas.setPageRotation(rotate)
        self.start()

    def start(self) -> None:
        if self.turn:
            self.canvas.translate(A4[0], 0)
            self.canvas.rotate(90)
        self.canvas.setFont("Helvetica", 6.5)

    def text(self, x: float, y: float, text: str, right: bool = False) -> None:
        (self.canvas.drawRightString if right else self.canvas.drawString)(x, y, text)

    def page(self) -> None:
        self.canvas.showPage()
        self.start()

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def table(
    paper: Paper,
    made: Made,
    left: float,
    top: float,
    *,
    label_width: float = 0.0,
    width: float = 44.0,
    right: bool = False,
    names: dict[str, str] | None = None,
    head: str = "",
    rows: Sequence[tuple[str, str]] | None = None,
    with_head: bool = True,
    step: float = 11.0,
) -> float:
    """Draw a table; returns where it ended. Figures stand left under their head, or right."""
    units = left + (label_width or 46)
    first = units + 52
    y = top
    if with_head:
        if head:
            paper.text(left, y, head)
        paper.text(units, y, "Eenheid")
        for number, column in enumerate(made.columns):
            paper.text(first + number * width + (width - 6 if right else 0), y, column, right)
        y -= step
    for code, unit in rows if rows is not None else made.rows:
        paper.text(left, y, (names or {}).get(code, code))
        paper.text(units, y, unit)
        for number, column in enumerate(made.columns):
            paper.text(
                first + number * width + (width - 6 if right else 0), y, made.texts[code, column], right
            )
        y -= step
    return y


def asphalt_head(
    paper: Paper, top: float, name: str = "AC 16 base OB (verzonnen)", left: float = 40
) -> float:
    lines = [
        f"Product: {name}", "Functionele eenheid: 1 ton", "Producent: Asfalt Voorbeeld (verzonnen)",
        "LCA standaard: NMD Bepalingsmethode", "PCR: NL-PCR Asfalt 2.0", "Standaard database: NMD 3.5",
        "Datum van publicatie: 28-11-2026 Einde geldigheid: 28-11-2031", "Veri cateur: A. Voorbeeld",
    ]  # fmt: skip
    for line in lines:
        paper.text(left, top, line)
        top -= 11
    return top - 8


def asphalt_pdf(made: Made, turn: bool = False, rotate: int = 0) -> bytes:
    paper = Paper(turn, rotate)
    y = asphalt_head(paper, 560 if turn or rotate else 800)
    paper.text(40, y, "Resultaten Milieu-impact SBK set 1")
    table(paper, made, 40, y - 14)
    return paper.done()


def program_pdf(made: Made) -> bytes:
    paper = Paper()
    for y, line in ((800, "Bijlage"), (780, "Fundering voorbeeld, 200mm"), (760, "Calculation: Analyse"),
                    (749, "Product: 1 m2 _Totaal lagen, Fundering voorbeeld, 200mm (van project 1 verzonnen)"),
                    (738, "Methode: SBK Bepalingsmethode, jul 2020")):  # fmt: skip
        paper.text(30, y, line)
    table(
        paper, made, 30, 715, label_width=112, width=39, right=False, names=PRINTED_AS, head="Effectcategorie"
    )
    return paper.done()


def ruled_pdf(made: Made, right: bool = True) -> bytes:
    """A table with lines around its cells and figures to the right, as a word processor makes."""
    paper = Paper()
    paper.text(40, 800, "Productnaam: Mengsel met lijnen (verzonnen)")
    paper.text(40, 788, "Gedeclareerde eenheid: 1000 kg")
    paper.text(40, 776, "Milieu-impact volgens EN 15804+A1")
    end = table(paper, made, 42, 750, right=right, head="Milieueffect", width=46)
    for number in range(len(made.rows) + 2):
        paper.canvas.line(40, 759 - 11 * number, 555, 759 - 11 * number)
    paper.canvas.line(40, 759, 40, end + 9)
    return paper.done()


def beside_text_pdf(made: Made) -> bytes:
    """Two columns: running text on the left, the table on the right."""
    paper = Paper()
    y = asphalt_head(paper, 800)
    words = [
        "In",
        "dit",
        "stuk",
        "staat",
        "tekst",
        "die",
        "niets",
        "met",
        "de",
        "tabel",
        "heeft",
        "te",
        "maken",
        "en",
    ]
    for number in range(18):
        paper.text(40, y - 11 * number, " ".join(words[number % 4 : number % 4 + 5]))
    paper.text(230, y, "Resultaten Milieu-impact SBK set 1")
    table(paper, made, 230, y - 11, width=41, label_width=40)
    return paper.done()


def side_by_side_pdf(first: Made, second: Made) -> bytes:
    """Two tables beside each other, each with half of the rows."""
    paper = Paper(rotate=0)
    paper.canvas.setPageSize((842, 595))
    y = asphalt_head(paper, 560)
    table(paper, first, 40, y, width=42, label_width=40)
    table(paper, second, 440, y, width=42, label_width=40)
    return paper.done()


def split_pdf(made: Made, again: bool) -> bytes:
    """A table over two pages, with its heads again or without."""
    paper = Paper()
    y = asphalt_head(paper, 800)
    paper.text(40, y, "Resultaten Milieu-impact SBK set 1")
    table(paper, made, 40, y - 14, rows=made.rows[:6])
    paper.text(280, 30, "bladzijde 1 van 2")
    paper.page()
    paper.text(40, 815, "Asfalt Voorbeeld (verzonnen)")
    table(paper, made, 40, 790, rows=made.rows[6:], with_head=again)
    return paper.done()


def glued_pdf(made: Made, label_too: bool = False) -> bytes:
    """Figures set against each other without a blank, as some exports come out."""
    paper = Paper()
    y = asphalt_head(paper, 800)
    paper.text(40, y, "Resultaten Milieu-impact SBK set 1")
    y -= 14
    heads = "  ".join(made.columns)
    paper.text(150, y, f"Eenheid  {heads}")
    for code, unit in made.rows:
        y -= 11
        figures = "".join(made.texts[code, column] for column in made.columns)
        if label_too and code == "MKI":
            paper.text(40, y, f"MKIEuro{figures}")
        else:
            paper.text(40, y, code)
            paper.text(100, y, unit)
            paper.text(150, y, figures)
    return paper.done()


def scanned_pdf() -> bytes:
    """A page that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    picture = io.BytesIO()
    Image.new("L", (200, 280), 240).save(picture, "PNG")
    canvas.drawImage(ImageReader(io.BytesIO(picture.getvalue())), 0, 0, 595, 842)
    canvas.save()
    return buffer.getvalue()
