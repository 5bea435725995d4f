"""What a user does with products: bring in files, answer what they leave open, look at values."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from cirkeldesk.exchange.reading import Note, ReadError, Reading, note, open_questions
from cirkeldesk.exchange.recognise import read_file, shown_name
from cirkeldesk.model.document import DocumentError, content_hash
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product import OpenQuestion, Product, measured_by
from cirkeldesk.operations.desk import Desk
from cirkeldesk.operations.log import log_exception
from cirkeldesk.operations.tenders import resolve
from cirkeldesk.store.errors import StoreError
from cirkeldesk.store.store import Unit

FileStatus = Literal["imported", "unchanged", "question", "refused"]


@dataclass
class FileReport:
    """What became of one file. `products` are ids, `tenders` numbers."""

    file: str
    format: str | None = None
    status: FileStatus = "refused"
    products: list[str] = field(default_factory=list)
    tenders: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def product_list(desk: Desk, search: str = "") -> list[Mapping[str, Any]]:
    with desk.unit() as unit:
        return unit.products(search)


def get_product(desk: Desk, identity: str) -> Product:
    """By own id, or by data set UUID (newest version). Raises StoreError not_found."""
    with desk.unit() as unit:
        if unit.head("product", identity) is None:
            versions = unit.products_of_uuid(identity)
            if versions:
                return versions[-1]
        return unit.product(identity)


def import_files(
    desk: Desk,
    files: Iterable[Path],
    *,
    unit_text: str | None = None,
    scenario: str | None = None,
    progress: Callable[[int, str], bool] | None = None,
) -> list[FileReport]:
    """Bring files in, each in its own transaction. `progress(index, name)` returns False to stop after this file."""
    reports = []
    for index, file in enumerate(files):
        if progress is not None and not progress(index, file.name):
            break
        reports.append(import_file(desk, file, unit_text=unit_text, scenario=scenario))
    return reports


def import_file(desk: Desk, file: Path, *, unit_text: str | None = None, scenario: str | None = None) -> FileReport:
    """One file, recognised by content. What cannot be read is reported and changes nothing. Raises StoreError only."""
    if desk.store.why_read_only is not None:
        raise desk.store.why_read_only
    report = FileReport(shown_name(file))
    try:
        reading = read_file(file)
        report.format = reading.format
        report.notes += reading.notes
        with desk.unit() as unit:
            if reading.tender is not None:
                _store_dossier(unit, reading, report)
            else:
                _store_products(unit, reading, report, unit_text, scenario)
    except ReadError as problem:
        return _refused(report, Message.of(problem.key, **problem.params))
    except DocumentError as problem:
        return _refused(report, Message.of("dossier_broken", file=report.file, part=problem.place or problem.key))
    except StoreError:
        raise
    except Exception as problem:  # noqa: BLE001 - one bad file must not hide what became of the others
        log_exception(problem)
        return _refused(report, Message.of("file_ours", file=report.file))
    return report


def _refused(report: FileReport, message: Message) -> FileReport:
    return FileReport(report.file, report.format, "refused", notes=[Note("error", message, report.file)])


def _store_products(unit: Unit, reading: Reading, report: FileReport, unit_text: str | None, scenario: str | None) -> None:
    stored = unchanged = conflicts = 0
    open_left = False
    for product in reading.products:
        product = answer_on_import(product, unit_text, scenario, report)
        same = [known for known in unit.products_of_uuid(product.uuid or "") if known.version == product.version]
        if same and same_values(same[0], product):
            if same[0].open and len(product.open) < len(same[0].open):  # this time the answers came with the file
                unit.commit("product", same[0].id, replace(product, id=same[0].id), "product_answer", {"name": product.name})
                stored += 1
                same[0] = replace(product, id=same[0].id)
            else:
                unchanged += 1
            report.products.append(same[0].id)
            report.notes = [n for n in report.notes if n.where != product.name or n.level != "question" or same[0].open]
            open_left = open_left or bool(same[0].open)
        elif same:
            report.notes.append(note("question", "other_values", product.name))
            conflicts += 1
        else:
            product = replace(product, id=f"p{uuid.uuid4().hex[:12]}")
            unit.commit("product", product.id, product, "product_import", {"name": product.name})
            report.products.append(product.id)
            open_left = open_left or bool(product.open)
            stored += 1
    single = len(reading.products) == 1
    if stored:
        report.status = "question" if single and open_left else "imported"
    elif unchanged and not conflicts:
        report.status = "unchanged"
    elif conflicts:
        report.status = "question"


def _store_dossier(unit: Unit, reading: Reading, report: FileReport) -> None:
    tender = reading.tender
    assert tender is not None
    for value in reading.pinned.values():
        unit.put(value)
    if resolve(unit, tender) != tender:
        raise DocumentError("bad_reference", "tender")
    head = unit.head("tender", tender.id)
    if head == content_hash(tender):
        report.tenders.append(tender.number)
        report.status = "unchanged"
        return
    taken = [row for row in unit.tenders() if row["number"] == tender.number and row["id"] != tender.id]
    if head is not None or taken:
        where = report.file
        report.notes.append(Note("question", Message.of("dossier_conflict", number=tender.number), where))
        report.status = "question"
        return
    unit.commit("tender", tender.id, tender, "tender_import", {"name": tender.number})
    report.tenders.append(tender.number)
    report.status = "imported"


def same_values(known: Product, read: Product) -> bool:
    """Whether a stored product holds the values of a file: the answers given since do not count as a difference."""

    def rows(product: Product) -> list[object]:
        return [(d.set, d.values) for d in product.declarations]

    def facts(product: Product) -> tuple[object, ...]:
        return (product.name, product.density_kg_m3, product.valid_until, product.thickness_m, product.mass_per_m2_kg)

    asked = {question.key for question in (*known.open, *read.open)}
    unit = (known.declared_unit, known.declared_amount) == (read.declared_unit, read.declared_amount)
    if read.declared_unit is None or "unit" in asked:
        unit = True  # the file leaves it open: an answer is no other value
    return rows(known) == rows(read) and facts(known) == facts(read) and unit


def answer_on_import(product: Product, unit_text: str | None, scenario: str | None, report: FileReport) -> Product:
    """Answers given with the import (`--unit`, `--scenario`), where they answer something."""
    keys = {question.key: question for question in product.open}
    if unit_text is not None and "unit" in keys:
        product = with_unit(product, unit_text)
    elif unit_text is not None and product.declared_unit is not None:
        stated = f"{product.declared_amount:g} {product.declared_unit}"
        if parse_unit(unit_text) != (product.declared_amount, product.declared_unit):
            report.notes.append(note("warning", "unit_differs", product.name, given=unit_text, file_unit=stated))
    if scenario is not None and "scenario" in keys and scenario in keys["scenario"].choices:
        product = with_scenario(product, scenario)
    answered = {key for key in keys if key not in {q.key for q in product.open}}
    report.notes = [
        n for n in report.notes if n.where != product.name or n.message.key not in {f"question_{key}" for key in answered}
    ]
    return product


# "1.000 kg" may be a thousand or one: three digits behind a sign are not guessed.
_UNIT = re.compile(r"\s*([0-9]{1,9}(?:[.,](?![0-9]{3}\b)[0-9]{1,6})?)\s*(\S.*?)\s*")


def parse_unit(text: str) -> tuple[float, str]:
    """ "1000 kg" → (1000.0, "kg"). Raises StoreError answer_no_unit."""
    match = _UNIT.fullmatch(text)
    if not match or measured_by(match[2]) is None or float(match[1].replace(",", ".")) <= 0:
        raise StoreError("answer_no_unit", value=text)
    return float(match[1].replace(",", ".")), match[2]


def with_unit(product: Product, text: str) -> Product:
    amount, unit = parse_unit(text)
    changed = replace(product, declared_amount=amount, declared_unit=unit)
    return replace(changed, open=open_questions(changed))


def with_scenario(product: Product, name: str) -> Product:
    declarations = tuple(replace(d, scenario_choice=name) if name in d.scenarios() else d for d in product.declarations)
    changed = replace(product, declarations=declarations)
    return replace(changed, open=open_questions(changed))


def answer(desk: Desk, identity: str, key: str, value: str) -> Product:
    """Answer an open question of an imported product; tenders that pin the open version keep it until renewed.

    Raises StoreError answer_unknown_key, answer_not_a_choice, answer_no_unit, not_found.
    """
    product = get_product(desk, identity)
    question = next((q for q in product.open if q.key == key), None)
    if question is None:
        raise StoreError("answer_unknown_key", id=identity, key=key)
    if key == "scenario":
        _check_choice(question, value)
        changed = with_scenario(product, value)
    else:
        changed = with_unit(product, value)
    with desk.unit() as unit:
        unit.commit("product", product.id, changed, "product_answer", {"name": product.name})
    return changed


def _check_choice(question: OpenQuestion, value: str) -> None:
    if value not in question.choices:
        raise StoreError("answer_not_a_choice", value=value, choices=", ".join(question.choices))


def change_product(desk: Desk, changed: Product, label: str) -> None:
    """A new version of a library product. Tenders keep the version they pin."""
    with desk.unit() as unit:
        unit.commit("product", changed.id, changed, "product_field", {"label": label, "name": changed.name})


def product_suggestions(desk: Desk) -> list[tuple[str, str, str]]:
    """(name, id, hash of the newest version) of the library, for choosing by name."""
    with desk.unit() as unit:
        return [(row["name"], row["id"], unit.head("product", row["id"]) or "") for row in unit.products()]
