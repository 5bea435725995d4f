"""Declarations that come in from files: read, matched with what is here, kept."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.reading import Note, Reading, note, note_of, nothing_collected, open_questions
from cirkeldesk.exchange.recognise import PaperHelp, content_of, is_pdf, open_table, read_file, shown_name
from cirkeldesk.exchange.table import generic_table, table_mapping
from cirkeldesk.exchange.table.table_mapping import TableMapping
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.product.product import Attachment, Product, Source
from cirkeldesk.model.product.weighting import WeightingSet
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError, LockRefusal, NeedsAnswer, ReadError, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.file import merging
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.log import log_exception
from cirkeldesk.operations.product.at_the_door import asked_at_the_door
from cirkeldesk.operations.product.mappings import _MAPPING, mapping_text, table_mappings
from cirkeldesk.operations.product.products import answer_on_import, with_scenario
from cirkeldesk.operations.workspace import Workspace, shipped
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import sentences

GoOn = Callable[[int, int], bool]


PART = 50  # data sets of one file that are stored together


def import_file(
    workspace: Workspace,
    file: Path,
    *,
    unit_text: str | None = None,
    scenario: str | None = None,
    replace_values: bool = False,
    set_code: SetCode | None = None,
    along: Dependencies | None = None,
    mappings: Mapping[str, TableMapping] | None = None,
    go_on: GoOn | None = None,
    dry_run: bool = False,
) -> FileReport:
    """One file, recognised by content. What cannot be read is reported and changes nothing. Raises
    StoreError.

    `go_on(done, of)` is asked now and then while a file of many data sets is stored; False stops there.
    """
    if workspace.store.why_read_only is not None:
        raise workspace.store.why_read_only
    kept = table_mappings(workspace) if mappings is None else mappings
    paper = PaperHelp(shipped().sets, set_code)
    if dry_run:
        return _tried(file, lambda: read_file(file, along, kept, paper))
    return _import(
        workspace,
        file,
        lambda: read_file(file, along, kept, paper),
        Answers(unit_text, scenario, replace_values),
        go_on,
    )


def import_table(workspace: Workspace, file: Path, mapping: TableMapping) -> FileReport:
    """A table read with a mapping a person settled; the mapping is kept for the next table with the same
    texts."""
    name = shown_name(file)

    def read() -> Reading:
        content = content_of(file)
        digest = hash_of_bytes(content)
        if not is_pdf(content):
            return generic_table.read(open_table(file), mapping, Source(name, "tabel", digest), asked=True)
        found = generic_table.read(open_table(file), mapping, Source(name, "PDF", digest), asked=True)
        evidence = (Attachment(name, digest),)
        products = tuple(replace(product, attachments=evidence) for product in found.products)
        return replace(found, format="PDF", products=products, kept={digest: content})

    kept: list[str] = []

    def keep(unit: UnitOfWork) -> None:
        unit.settings.put(_MAPPING + kept[0], mapping_text(mapping))

    def read_and_note() -> Reading:
        reading = read()
        sheet = the_one(open_table(file), lambda sheet: sheet.name == mapping.sheet, mapping.sheet)
        kept.append(table_mapping.fingerprint(table_mapping.as_read(sheet, mapping), mapping))
        return reading

    return _import(workspace, file, read_and_note, Answers(), at_end=keep)


@dataclass(frozen=True)
class Answers:
    """What a person says together with an import, for what a file may leave open."""

    unit_text: str | None = None
    scenario: str | None = None
    replace_values: bool = False


def _tried(file: Path, read: Callable[[], Reading]) -> FileReport:
    """What a file holds and what would be said about it, with nothing stored."""
    report = FileReport(shown_name(file))
    try:
        reading = asked_at_the_door(read())
    except ReadError as problem:
        return _refused(report, Message.of(problem.key, **problem.params))
    report.format, report.status = reading.format, "question"
    report.notes += [*reading.notes, note("question", "file_tried", report.file, count=len(reading.products))]
    return report


def _import(
    workspace: Workspace,
    file: Path,
    read: Callable[[], Reading],
    answers: Answers,
    go_on: GoOn | None = None,
    at_end: Callable[[UnitOfWork], None] = lambda _: None,
) -> FileReport:
    """`at_end` writes what goes with the file, in the same transaction as its last data sets."""
    with nothing_collected():
        return _read_and_stored(workspace, file, read, answers, go_on, at_end)


def _read_and_stored(
    workspace: Workspace,
    file: Path,
    read: Callable[[], Reading],
    answers: Answers,
    go_on: GoOn | None,
    at_end: Callable[[UnitOfWork], None],
) -> FileReport:
    report = FileReport(shown_name(file))
    try:
        reading = asked_at_the_door(read())
        report.format = reading.format
        report.notes += reading.notes
        if merging.is_shared(reading):
            with workspace.unit() as unit:
                _store_dossier(unit, reading, report)
        else:
            _store_in_parts(workspace, reading, report, answers, go_on, at_end)
    except NeedsAnswer as problem:
        return FileReport(report.file, "tabel", "question", notes=[note_of(problem, report.file, "question")])
    except ReadError as problem:
        return _refused(report, Message.of(problem.key, **problem.params))
    except DocumentError as problem:
        return _refused(
            report, Message.of("dossier_broken", file=report.file, part=problem.place or problem.key)
        )
    except LockRefusal as problem:  # a lock stood before it; the other files can still be read
        return _refused(report, Message.of(problem.key, **{"number": "", **problem.params}))
    except StoreError:
        raise
    except Exception as problem:  # noqa: BLE001 - one bad file must not hide what became of the others
        log_exception(problem)
        return _refused(report, Message.of("file_ours", file=report.file))
    return report


def _refused(report: FileReport, message: Message) -> FileReport:
    return FileReport(report.file, report.format, "refused", notes=[Note("error", message, report.file)])


def _store_in_parts(
    workspace: Workspace,
    reading: Reading,
    report: FileReport,
    answers: Answers,
    go_on: GoOn | None,
    at_end: Callable[[UnitOfWork], None],
) -> None:
    """Data sets some at a time, so that the window is never kept waiting for a file of thousands.

    Stopped in between, what was stored stays and the report says how far it came; the file can simply be read
    again.
    """
    counts: Counter[str] = Counter()
    products = reading.products
    for start in range(0, len(products), PART):
        if start and go_on is not None and not go_on(start, len(products)):
            report.notes.insert(0, note("warning", "file_stopped", report.file, done=start, of=len(products)))
            break
        with workspace.unit() as unit:
            for content in reading.kept.values():  # a PDF, beside the values that were read from it
                unit.attachments.keep(content)
            _store_products(unit, products[start : start + PART], report, answers, counts)
            if start + PART >= len(products):
                at_end(unit)
    if counts["conflicts"] and not counts["stored"]:
        report.status = "question"
    elif counts["stored"]:
        report.status = "question" if len(products) == 1 and counts["open"] else "imported"
    elif counts["unchanged"]:
        report.status = "unchanged"
    report.stored = counts["stored"]


def _store_products(
    unit: UnitOfWork, products: Iterable[Product], report: FileReport, answers: Answers, counts: Counter[str]
) -> None:
    for product in products:
        product = answer_on_import(product, answers.unit_text, answers.scenario, report)
        known = _known(unit, product)
        if known is None:
            product = replace(product, id=f"p{uuid.uuid4().hex[:12]}")
            unit.commit("product", product.id, product, "product_import", {"name": product.name})
            counts["stored"] += 1
        elif same_values(known, product):
            product, step = _answered_again(known, product)
            if step:
                unit.commit("product", known.id, product, step, {"name": product.name})
            counts["stored" if step else "unchanged"] += 1
            report.notes = [
                n for n in report.notes if n.where != product.name or n.level != "question" or product.open
            ]
        elif answers.replace_values:
            product = _replaced(known, product)
            unit.commit("product", known.id, product, "product_replace", {"name": product.name})
            counts["stored"] += 1
        else:
            report.notes.append(
                note("question", "other_values", product.name, what=what_differs(known, product))
            )
            counts["conflicts"] += 1
            continue
        report.products.append(product.id)
        counts["open"] += bool(product.open)


def _known(unit: UnitOfWork, product: Product) -> Product | None:
    """The same data set in the library: by UUID and version, or by name and file where it has no UUID."""
    if product.uuid:
        return next(
            (
                known
                for known in unit.lists.products_of_uuid(product.uuid)
                if known.version == product.version
            ),
            None,
        )
    same = [
        known
        for known in unit.lists.products_named(product.name)
        if known.uuid is None and known.source and product.source
    ]
    return next(
        (
            known
            for known in same
            if known.source and product.source and known.source.file == product.source.file
        ),
        None,
    )


def _answered_again(known: Product, read: Product) -> tuple[Product, str]:
    """The known product, with the answers that came along this time where it was still open; and the step, if
    any."""
    if not known.open or len(read.open) >= len(known.open):
        return known, ""
    changed = known
    if known.declared_unit is None:
        changed = replace(changed, declared_unit=read.declared_unit, declared_amount=read.declared_amount)
    for name in dict.fromkeys(choice for d in read.declarations for choice in d.choices):
        changed = with_scenario(changed, name)
    return replace(changed, open=open_questions(changed)), "product_answer"


def _replaced(known: Product, read: Product) -> Product:
    """The values of the file, with what people added to the product where the file says nothing."""
    first = known.declarations[0] if known.declarations else Declaration(None, ())
    declarations = tuple(
        replace(
            d,
            rules=d.rules or first.rules,
            background=d.background or first.background,
            category=d.category or first.category,
        )
        for d in read.declarations
    )
    return replace(
        read,
        id=known.id,
        declarations=declarations,
        attachments=tuple(dict.fromkeys((*known.attachments, *read.attachments))),
        supplier=read.supplier or known.supplier,
        owner=read.owner or known.owner,
        number=read.number or known.number,
        verifier=read.verifier or known.verifier,
        valid_until=read.valid_until or known.valid_until,
        density_kg_m3=read.density_kg_m3 or known.density_kg_m3,
        composition=read.composition if read.composition.constituents else known.composition,
    )


def what_differs(known: Product, read: Product) -> str:
    """How many values differ, and the first of them: "3 waarden, zoals GWP A1-A3: 62.5 werd 63"."""
    before = {(d.set, r.indicator, r.module, r.scenario): r for d in known.declarations for r in d.values}
    after = {(d.set, r.indicator, r.module, r.scenario): r for d in read.declarations for r in d.values}
    changed = [k for k in {**before, **after} if _shown(before.get(k)) != _shown(after.get(k))]
    if not changed:
        return "naam, hoeveelheid of geldigheid"
    _, indicator, module, _ = changed[0]
    count = f"{len(changed)} waarden" if len(changed) > 1 else "1 waarde"
    return f"{count}, zoals {indicator} {module}: {_shown(before.get(changed[0]))} werd {_shown(after.get(changed[0]))}"


def _shown(row: DeclaredValue | None) -> str:
    return (row.raw or row.state) if row is not None else "niets"


def _store_dossier(unit: UnitOfWork, reading: Reading, report: FileReport) -> None:
    """Take a dossier as far as nothing has to be asked; see `merging`."""
    found = merging.plan_in(unit, reading, report.file)
    taken = merging.take(unit, found)
    for part in found.parts:
        if part.kind == "tender" and part.standing in ("new", "same", "theirs", "merged", "ours"):
            report.tenders.append(part.name)
        if part.kind == "product":
            report.products.append(part.identity)
        report.notes += _merge_notes(part, report.file)
        if part in taken and isinstance(part.value, Tender):
            report.notes += _whose_reference(unit, part.value, report.file)
    report.stored = sum(part.kind == "product" for part in taken)
    standings = {part.standing for part in found.parts}
    if taken:
        report.status = "imported"
    elif standings & {"conflict", "taken"}:
        report.status = "question"
    elif standings & merging.REFUSES:
        report.status = "refused"
    else:
        report.status = "unchanged"


def _whose_reference(unit: UnitOfWork, tender: Tender, where: str) -> list[Note]:
    """A set or group that bears the name of ours and is another, said when it comes in."""
    weights, group = unit.document(tender.ask.weighting_set or ""), unit.document(tender.product_group or "")
    assert isinstance(weights, WeightingSet)
    assert isinstance(group, ProductGroup)
    found = shipped().findings(weights, tender.ask.weighting_set, group, tender.product_group)
    said = [sentences.sentence(problem.message) for problem in found]
    return [
        Note("warning", Message.of("dossier_foreign", number=tender.number, said=text), where)
        for text in said
    ]


def _merge_notes(part: merging.DossierPart, where: str) -> list[Note]:
    match part.standing:
        case "conflict":
            message = Message.of("dossier_conflict", number=part.name, count=len(part.questions))
            return [Note("question", message, where)]
        case "taken":
            return [Note("question", Message.of("dossier_taken", number=part.name), where)]
        case "locked" | "award":
            return [Note("error", Message.of(f"dossier_{part.standing}", number=part.name), where)]
        case "theirs" | "merged":
            return [
                Note(
                    "warning", Message.of("dossier_merged", number=part.name, taken=len(part.changes)), where
                )
            ]
        case "ours":
            return [Note("warning", Message.of("dossier_ours", number=part.name), where)]
    return []


def same_values(known: Product, read: Product) -> bool:
    """Whether a stored product holds the values of a file: the answers given since do not count as a
    difference."""

    def rows(product: Product) -> list[object]:
        return [(d.set, d.values) for d in product.declarations]

    def facts(product: Product) -> tuple[object, ...]:
        return (
            product.name,
            product.density_kg_m3,
            product.valid_until,
            product.thickness_m,
            product.mass_per_m2_kg,
        )

    # What the file leaves out and somebody filled in is no other value.
    same_facts = all(b is None or a == b for a, b in zip(facts(known), facts(read), strict=True))
    asked = {question.key for question in (*known.open, *read.open)}
    unit = (known.declared_unit, known.declared_amount) == (read.declared_unit, read.declared_amount)
    if read.declared_unit is None or "unit" in asked:
        unit = True  # the file leaves it open: an answer is no other value
    return rows(known) == rows(read) and same_facts and unit
