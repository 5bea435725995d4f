"""What a reader gives back, whatever the format: products, notes with a place, or a typed refusal."""

from __future__ import annotations

import gc
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import (
    BY_CODE,
    CLIMATE_TOTAL,
    TOXICITY,
    SetCode,
    in_set_unit,
    unit_is_sensible,
)
from cirkeldesk.model.product.modules import PRODUCTION, atoms
from cirkeldesk.model.product.printed import CONFIRMED
from cirkeldesk.model.product.product import OpenQuestion, Product
from cirkeldesk.model.product.profile import climate
from cirkeldesk.model.product.units import measured_by
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.model.tender.tender import Tender

Level = Literal["error", "warning", "question"]
Format = Literal[
    "ILCD+EPD XML",
    "ILCD+EPD zip",
    "soda4LCA JSON",
    "openEPD JSON",
    "ISO 22057 JSON",
    "ÖKOBAUDAT CSV",
    "tabel",
    "PDF",
    "dossier",
    "inschrijfformulier",
]

NOT_DECLARED = frozenset(
    {"", "nd", "mnd", "mna", "mnr", "ina", "-", "–", "n.d.", "nr", "n.v.t.", "nvt", "n/a", "na"}
)
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")
# GWP of building products lies well within these; outside, tonnes and kilograms were probably mixed up.
PLAUSIBLE_KG_CO2_PER_KG = (1e-3, 1e2)
PARTS_ROUNDING = 0.01
USUAL_UNITS = ("1 ton", "1 kg", "1000 kg", "1 m2", "1 m3")


@dataclass(frozen=True)
class Note:
    """A message about one data set (`where`); an `error` means that this data set was refused."""

    level: Level
    message: Message
    where: str


def note_of(problem: ReadError, where: str, level: Level = "error") -> Note:
    """A refusal about one of several data sets: that one is refused and the others are read."""
    return Note(level, Message.of(problem.key, **problem.params), where)


@dataclass(frozen=True)
class Made:
    """Who made the last step of what a dossier carries, when, and where the history of that file then
    stood."""

    author: str
    moment: str
    chain: str


@dataclass(frozen=True)
class Shared:
    """A document of a library: `lineage` are the hashes of its version and of those before it, newest
    first."""

    kind: Kind
    id: str
    lineage: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Whose a library is, and the day (ISO) it was made."""

    organisation: str
    made_on: str


@dataclass(frozen=True)
class Reading:
    """Products as read (ids are given when they are stored), or a tender with the versions it pins, and
    notes.

    Of a dossier also the hashes of the versions before it, newest first, and who made it; or the documents of
    a library.
    """

    format: Format
    products: tuple[Product, ...] = ()
    notes: tuple[Note, ...] = ()
    tender: Tender | None = None
    pinned: dict[str, Document] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    lineage: tuple[str, ...] = ()
    made: Made | None = None
    library: tuple[Shared, ...] = ()
    origin: Origin | None = None


def note(level: Level, key: str, where: str, **params: str | float | int | None) -> Note:
    return Note(level, Message.of(key, where=where, **params), where)


def read_value(
    indicator: str,
    module: str,
    raw: str | None,
    scenario: str | None,
    unit: str | None,
    *,
    comma: bool = True,
) -> DeclaredValue:
    """One cell. Nothing, ND, MND, MNA, MNR, INA and "-" are not declared; what is no number is unreadable,
    never guessed.

    `comma` False where the format has points only, so that "1,234" could be a thousand or one.
    """
    return plain_value(indicator, _shown(module) or "", raw, _shown(scenario), _shown(unit), comma=comma)


def plain_value(
    indicator: str,
    module: str,
    raw: str | None,
    scenario: str | None,
    unit: str | None,
    *,
    comma: bool = True,
) -> DeclaredValue:
    """The same of a cell whose module, scenario and unit are plain text already, as they are of a whole
    row."""
    if raw is not None and _NUMBER.fullmatch(raw) and (comma or "," not in raw):  # nearly every cell
        value = float(raw.replace(",", "."))
        if math.isfinite(value):
            return DeclaredValue(indicator, module, value, "declared", scenario, unit, raw)
    raw = _shown(raw)
    text = (raw or "").strip().replace("\u2212", "-")
    if text.casefold() in NOT_DECLARED:
        return DeclaredValue(indicator, module, None, "not_declared", scenario, unit, raw)
    value = (
        float(text.replace(",", ".")) if _NUMBER.fullmatch(text) and (comma or "," not in text) else math.inf
    )
    if not math.isfinite(value):
        return DeclaredValue(indicator, module, None, "unreadable", scenario, unit, raw)
    return DeclaredValue(indicator, module, value, "declared", scenario, unit, raw)


# "1.000 kg" may be a thousand or one: three digits behind a sign are not guessed.
_AMOUNT = re.compile(r"\s*([0-9]{1,9}(?:[.,](?![0-9]{3}\b)[0-9]{1,6})?)\s*(\S.*?)\s*")


def read_amount(text: str) -> tuple[float, str] | None:
    """ "1000 kg" → (1000.0, "kg"); None for what is no positive amount of a unit we know."""
    match = _AMOUNT.fullmatch(text)
    if not match or measured_by(match[2]) is None or float(match[1].replace(",", ".")) <= 0:
        return None
    return float(match[1].replace(",", ".")), match[2]


def _shown(text: str | None) -> str | None:
    return text if text is None or text.isprintable() else plain_text(text)


def plain_text(text: str) -> str:
    """Text without control characters and halves of characters, which no sheet or terminal can show."""
    if text.isprintable():  # nearly always
        return text.strip()
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def declarations_of(
    rows: Iterable[tuple[SetCode | None, DeclaredValue]],
    *,
    rules: str | None,
    defaults: tuple[str, ...],
    standard_units: bool,
) -> tuple[Declaration, ...]:
    """Rows of one data set → a declaration per set, in the order in which the sets appear, rows in file
    order."""
    grouped: dict[SetCode | None, list[DeclaredValue]] = {}
    for set_code, row in rows:
        grouped.setdefault(set_code, []).append(row)
    made = []
    for set_code, values in grouped.items():
        declaration = Declaration(set_code, tuple(values), rules=rules, standard_units=standard_units)
        for name in defaults:
            declaration = declaration.with_choice(name)
        made.append(declaration)
    return tuple(made)


def open_questions(product: Product) -> tuple[OpenQuestion, ...]:
    """What is still open: the unit of the declared amount, whether values from paper were seen by somebody,
    and a scenario where modules have several and no default."""
    found = []
    if product.declared_unit is None or product.declared_amount is None:
        asked = next((q for q in product.open if q.key == "unit"), None)
        found.append(asked or OpenQuestion("unit", USUAL_UNITS))
    if _waits_for_eyes(product):
        found.append(OpenQuestion("confirm", (CONFIRMED,)))
    groups = dict.fromkeys(
        group for d in product.declarations if d.set is not None for group in d.open_alternatives()
    )
    # Sets A1 and A2 of one file name the same scenarios: one question for what overlaps.
    asked_names: list[dict[str, None]] = []
    for group in groups:
        same = next((names for names in asked_names if names.keys() & set(group)), None)
        if same is None:
            asked_names.append(dict.fromkeys(group))
        else:
            same.update(dict.fromkeys(group))
    return (*found, *(OpenQuestion("scenario", tuple(names)) for names in asked_names))


def _waits_for_eyes(product: Product) -> bool:
    """Whether the values were read from paper and nobody has seen them yet."""
    return product.source is not None and product.source.format == "PDF" and not product.confirmed


def checked(product: Product, where: str, found: Iterable[Note] = ()) -> tuple[Product, tuple[Note, ...]]:
    """The product with its open questions, and what a careful reader would notice in the values, after what
    was `found`."""
    product = replace(
        product,
        uuid=_shown(product.uuid),
        version=_shown(product.version),
        declared_unit=_shown(product.declared_unit),
        valid_until=_shown(product.valid_until),
        owner=_shown(product.owner),
        number=_shown(product.number),
    )
    product = replace(product, open=open_questions(product))
    notes = [*found]
    notes += [
        note(
            "question",
            f"question_{q.key}",
            where,
            choices=", ".join(q.choices),
            modules=_scenario_modules(product, q),
        )
        for q in product.open
    ]
    for declaration in product.declarations:
        notes += _value_notes(declaration, where)
        if declaration.set is not None:
            notes += _profile_notes(declaration, product, where)
    warnings = tuple(n.message.key for n in notes if n.level == "warning")
    return replace(product, warnings=tuple(dict.fromkeys(warnings))), tuple(notes)


def _scenario_modules(product: Product, question: OpenQuestion) -> str:
    modules: dict[str, None] = {}
    for declaration in product.declarations:
        if declaration.set is not None:
            modules.update(
                {row.module: None for row in declaration.values if row.scenario in question.choices}
            )
    return " ".join(modules)


def _value_notes(declaration: Declaration, where: str) -> list[Note]:
    found = []
    odd: dict[str, tuple[str, str]] = {}
    double = declaration.doubles()
    if double:
        found.append(note("warning", "double_value", where, indicators=" ".join(double)))
    # A declaration repeats a dozen units and modules in hundreds of rows: each is looked at once.
    units: dict[tuple[str, str | None], None] = {}
    names: dict[str, None] = {}
    for row in declaration.values:
        units[row.indicator, row.unit] = None
        names[row.module] = None
        if row.state == "unreadable":
            told = {"raw": row.raw, "indicator": row.indicator, "module": row.module}
            found.append(note("warning", "unreadable_value", where, **told))
    for code, unit in units:
        indicator = BY_CODE.get((declaration.set, code))
        if indicator is not None and unit:
            own = declaration.set is None or in_set_unit(declaration.set, code, 1.0, unit) is not None
            if not own or not unit_is_sensible(indicator, unit):
                odd[code] = ("odd_unit" if own else "wrong_unit", unit)
    modules = [name for name in names if name and not atoms(name)]
    unknown = [
        code.partition(":")[2]
        for code in dict.fromkeys(code for code, _ in units)
        if ":" in code and (declaration.set, code) not in BY_CODE
    ]
    found += [note("warning", key, where, indicator=code, unit=unit) for code, (key, unit) in odd.items()]
    found += [note("warning", "unknown_module", where, names=", ".join(modules))] if modules else []
    found += [note("warning", "unknown_indicator", where, names=", ".join(unknown))] if unknown else []
    return found


def _profile_notes(declaration: Declaration, product: Product, where: str) -> list[Note]:
    found = []
    if declaration.set == "A1" and not any(row.indicator in TOXICITY for row in declaration.values):
        found.append(note("warning", "no_toxicity", where))
    if declaration.set == "A2":
        modules = frozenset(
            row.module
            for row in declaration.values
            if row.module in {"A4", "A5", "C1", "C2", "C3", "C4", "D"}
        )
        mismatch = climate(declaration, modules | {"A1", "A2", "A3"})[2]
        if mismatch:
            found.append(note("warning", "climate_mismatch", where, modules=" ".join(mismatch)))
    found += _parts_note(declaration, where)
    gwp = declaration.chosen("GWP" if declaration.set == "A1" else CLIMATE_TOTAL).get(PRODUCTION)
    measured = measured_by(product.declared_unit)
    if gwp is not None and gwp.value and measured == ("mass_t", 0.001) and product.declared_amount:
        per_kg = abs(gwp.value) / product.declared_amount
        if not PLAUSIBLE_KG_CO2_PER_KG[0] <= per_kg <= PLAUSIBLE_KG_CO2_PER_KG[1]:
            found.append(note("warning", "odd_size", where, value=gwp.value / product.declared_amount))
    return found


def _parts_note(declaration: Declaration, where: str) -> list[Note]:
    """A1-A3 beside A1, A2, A3 with another sum: say which are used (never both)."""
    wrong: dict[str, list[str]] = {}
    for code in dict.fromkeys(row.indicator for row in declaration.values):
        chosen = declaration.chosen(code)
        parts = [chosen[name].value for name in ("A1", "A2", "A3") if name in chosen]
        known = [part for part in parts if part is not None]
        whole = chosen[PRODUCTION].value if PRODUCTION in chosen else None
        if (
            len(known) == 3
            and whole is not None
            and abs(sum(known) - whole) > PARTS_ROUNDING * max(abs(whole), *map(abs, known))
        ):
            wrong.setdefault(PRODUCTION if whole != 0 else "A1, A2, A3", []).append(
                code
            )  # as modules.assemble chooses
    return [
        note("warning", "parts_differ", where, indicators=" ".join(codes), used=used)
        for used, codes in wrong.items()
    ]


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Reading makes hundreds of thousands of values that stay: to look among them for what may go would take
    a sixth of the time. Afterwards it is done as always."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def no_double_keys(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For json.loads: a key that stands twice in one object would lose its first value without a word."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = the_one(names, lambda name: names.count(name) > 1, file)
        raise ReadError("json_double_key", file=file, field=plain_text(double)[:60])
    return found
