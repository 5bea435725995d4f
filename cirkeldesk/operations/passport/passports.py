"""The register of passports, and the form by which they come in."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.bid_form.faults import FormFault
from cirkeldesk.exchange.passport_form import read as reader
from cirkeldesk.exchange.passport_form import write as writer
from cirkeldesk.exchange.passport_form.form import TITLE, PassportForm, PassportRow, form_of
from cirkeldesk.exchange.reading import Note, note_of
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.table.spreadsheet import spreadsheet_sheets
from cirkeldesk.model.document.document import canonical, hash_of_bytes
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.material.material import Place
from cirkeldesk.model.messages import Message
from cirkeldesk.model.passport.checks import PromisedLayer, checked, masses
from cirkeldesk.model.passport.passport import ENDS, LayerKind, Passport, PassportEvent
from cirkeldesk.model.reference.themes import RStep
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender.tender import Post
from cirkeldesk.operations.contract.contracts import ContractTold, contract_in, passports_of
from cirkeldesk.operations.contract.evidence import promised_layers
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.material.materials import today_in
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import sentences
from cirkeldesk.wording.passport import words

FORM = "paspoortformulier"
LARGEST_MASS = 1e9
TEXTS = ("sharedStrings.xml", "content.xml", "sheet1.xml", "sheet2.xml", "sheet3.xml", "sheet4.xml")
MOST_TEXTS, LARGEST_TEXT = 6, 4_000_000
KINDS: Mapping[str, LayerKind] = {
    "dek": "surface",
    "tussen": "binder",
    "onder": "base",
    "fundering": "foundation",
}
# What of a form's row goes to the passport as it stands.
PLAIN = (
    "object", "section", "road", "km_from", "km_to", "thickness", "length", "width", "area", "mass_t", "mix", "producer",
    "plant", "declaration_of_performance", "binder", "biobased", "reclaimed", "mki", "set_code", "edition", "declaration",
    "valid_until", "co2", "laid_on", "life", "guarantee_until", "tested_on", "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class CheckedForm:
    """A form that was read: the passports it would give, every fault, and what is to be said of them beside
    the promise."""

    file: str
    tender: str
    number: str
    passports: tuple[Passport, ...]
    faults: tuple[FormFault, ...]
    findings: tuple[Message, ...]

    @property
    def is_clean(self) -> bool:
        return not any(fault.level == "error" for fault in self.faults)


# --- the form out
# -----------------------------------------------------------------------------------------------------


def write_passport_form(workspace: Workspace, identity: str, path: Path) -> None:
    """The form of an awarded work, as workbook or OpenDocument, as the name ends. Raises StoreError."""
    with workspace.unit() as unit:
        content = writer.write(_form(contract_in(unit, identity)))
    if path.suffix.casefold() == ".ods":
        from cirkeldesk.sheets.ods import ods

        content = ods(content)
    write_file(workspace, path, content)


def _form(told: ContractTold) -> PassportForm:
    tender = told.tender
    laid = [post for post in tender.posts if post.kind != "released"]
    names = _labels(laid)
    rows = [PassportRow(names[post.id], _begins(told, post)) for post in laid]
    return form_of(tender.id, tender.number, tender.title, rows, list(names.values()))


def _labels(posts: Sequence[Post]) -> dict[str, str]:
    """The posts by their name; two of one name also by their place in the list."""
    counted = Counter(post.name for post in posts)
    return {
        post.id: post.name if counted[post.name] == 1 else f"{post.name} ({number})"
        for number, post in enumerate(posts, 1)
    }


def _begins(told: ContractTold, post: Post) -> dict[str, str | float]:
    """What is known of a layer by the award and what was accepted."""
    promised = promised_layers(told)[post.id]
    result = told.grounds.promised.post(post.id)
    product = told.grounds.products.get(post.id)
    found: dict[str, str | float | None] = {
        "layer_kind": words.LAYERS[_kind(post.name)],
        "thickness": result.quantities.get("thickness_mm"),
        "area": result.quantities.get("area_m2"),
        "mass_t": promised.delivered_t,
        "mix": promised.mix or None,
        "reclaimed": promised.reclaimed * 100 if promised.reclaimed is not None else None,
        "mki": promised.mki,
        "set_code": promised.set_code if promised.mki is not None else None,
        "edition": told.edition_of_set if promised.mki is not None else None,
    }
    if product is not None:
        found |= {
            "producer": product.supplier,
            "declaration": product.number,
            "valid_until": product.valid_until,
        }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _kind(name: str) -> LayerKind:
    text = name.casefold()
    return next((kind for begin, kind in KINDS.items() if begin in text), "other")


# --- the form in
# -----------------------------------------------------------------------------------------------------


def is_passport_form(path: Path) -> bool:
    """Whether a file is one of our passport forms, whatever state it is in. Looked for in the packed texts:
    to read a whole workbook for it would make every import of a workbook twice as slow."""
    try:
        if not path.is_file():
            return False  # a pipe would never end
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if one.filename.endswith(TEXTS)]
            return any(_names_it(archive, one) for one in members[:MOST_TEXTS])
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return False


def _names_it(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as opened:
        begin = opened.read(LARGEST_TEXT)
    return b"paspoortformulier/" in begin or TITLE.encode() in begin


def check_passport_form(workspace: Workspace, path: Path) -> CheckedForm:
    """Read a form and compare it with its work; nothing is kept. Raises ReadError, or StoreError where the
    work is not here."""
    with workspace.unit() as unit:
        return _checked(unit, path)


def _checked(unit: UnitOfWork, path: Path) -> CheckedForm:
    name = shown_name(path)
    sheets = spreadsheet_sheets(content_of(path), name)
    named = reader.named_tender(sheets)
    if named is None or not named[0]:
        raise ReadError("passport_form_broken", file=name)
    if unit.head("tender", named[0]) is None:
        raise ReadError("passport_form_other", file=name)
    told = contract_in(unit, named[0])
    form = _form(told)
    if named[1] != form.form.version:
        raise ReadError("passport_form_version", file=name)
    found = reader.read(form, sheets, today_in(unit), told.contract.awarded_on)
    passports = tuple(_passport(told, one) for one in found.rows) if found.is_clean else ()
    findings = tuple(_beside(unit, told, passports)) if found.is_clean else ()
    return CheckedForm(name, told.tender.id, told.tender.number, passports, found.faults, findings)


def _beside(unit: UnitOfWork, told: ContractTold, passports: Sequence[Passport]) -> Iterator[Message]:
    """What is to be said of the passports of a form beside the promise, and beside those that are kept."""
    promised = promised_layers(told)
    for one in passports:
        yield from checked(one, promised.get(one.post or ""))
    ids, posts = {one.id for one in passports}, {one.post for one in passports}
    others = [one for one in passports_of(unit, told.tender.id) if one.id not in ids]
    for one in others:
        if one.post in posts:
            yield Message.of("passport_left", name=one.name)
    yield from masses([*passports, *others], promised)


def _passport(told: ContractTold, row: reader.ReadPassport) -> Passport:
    """A row as a passport: the same layer of the same part is the same passport."""
    tender, values = told.tender, row.values
    laid = [post for post in tender.posts if post.kind != "released"]
    names = _labels(laid)
    post = the_one(laid, lambda one: names[one.id] == values["post"], str(values["post"]))
    layer = int(float(values["layer"]))
    key = canonical([tender.id, post.id, *reader.key_of(values)[1:]])
    identity = hash_of_bytes(key)[:16]
    winner = tender.variant(told.contract.winner)
    product = tender.variant(told.contract.winner).answer(post.id).product
    made = Passport(
        identity,
        str(values["object"]),
        organisation=told.contract.organisation,
        tender=tender.id,
        post=post.id,
        contractor=winner.bidder or winner.name,
        place=Place("", str(values.get("municipality", "")), _figure(values, "x"), _figure(values, "y")),
        layer=layer,
        layer_kind=_by_word(words.LAYERS, values.get("layer_kind")) or "other",
        biobased_basis=_by_word(words.BASES, values.get("biobased_basis")),
        tar=_by_word(words.TESTS, values.get("tar")),
        asbestos=_by_word(words.TESTS, values.get("asbestos")),
        next_use=_step(values.get("next_use")),
        product=product.hash if product is not None else None,
        fictitious=told.contract.fictitious or tender.fictitious,
    )
    plain: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    return replace(made, **plain)


def _figure(values: Mapping[str, str | float], name: str) -> float | None:
    return float(values[name]) if name in values else None


def _by_word(known: Mapping[Any, str], said: object) -> Any:
    return next((code for code, word in known.items() if word == said), None)


def _step(said: object) -> RStep | None:
    return RStep("pbl", int(str(said).rpartition("R")[2])) if said else None


def import_passports(workspace: Workspace, path: Path, *, dry_run: bool = False) -> FileReport:
    """A form as one of the files of an import: all of it where it is clean, else nothing, with each fault by
    its cell."""
    report = FileReport(shown_name(path), FORM)
    if workspace.store.why_read_only is not None:
        raise workspace.store.why_read_only
    try:
        with workspace.unit() as unit:
            found = _checked(unit, path)
            stored = _keep(unit, found) if found.is_clean and not dry_run else 0
    except ReadError as problem:
        report.notes.append(note_of(problem, report.file))
        return report
    report.notes = [
        Note("question" if f.level == "decide" else f.level, f.message, f"Cel {f.cell} op blad {f.sheet}")
        for f in found.faults
    ]
    report.notes += [Note("warning", message, report.file) for message in found.findings]
    report.tenders = [found.number]
    report.stored = stored
    if found.is_clean:
        report.status = "imported" if stored or dry_run else "unchanged"
    return report


def _keep(unit: UnitOfWork, found: CheckedForm) -> int:
    """Every passport as its row says; what happened to it since stays."""
    stored = 0
    for one in found.passports:
        head = unit.head("passport", one.id)
        before = unit.document(head) if head is not None else None
        if isinstance(before, Passport):
            one = replace(one, events=before.events, files=before.files)
        if one != before:
            unit.commit("passport", one.id, one, "passport_form", {"name": one.name[:120]})
            stored += 1
    return stored


# --- the register
# -----------------------------------------------------------------------------------------------------


def passport_in(unit: UnitOfWork, identity: str) -> Passport:
    """A passport by its id, or the beginning of one. Raises StoreError not_found."""
    head = unit.head("passport", identity)
    if head is None:
        alike = [
            str(row["id"]) for row in unit.lists.listed("passport") if str(row["id"]).startswith(identity)
        ]
        if not identity or len(alike) != 1:
            raise StoreError("not_found", what="paspoort", id=identity[:60])
        head = unit.head("passport", alike[0])
    value = unit.document(head or "")
    assert isinstance(value, Passport)
    return value


def get_passport(workspace: Workspace, identity: str) -> Passport:
    with workspace.unit() as unit:
        return passport_in(unit, identity)


def passport_rows(workspace: Workspace, search: str = "") -> list[Mapping[str, Any]]:
    """The rows of the register with every word of the search, by name."""
    with workspace.unit() as unit:
        return unit.lists.listed("passport", search)


def all_passports(workspace: Workspace, search: str = "") -> list[Passport]:
    with workspace.unit() as unit:
        return [passport_in(unit, str(row["id"])) for row in unit.lists.listed("passport", search)]


def lies_at(workspace: Workspace, object_: str, section: str = "") -> list[Passport]:
    """What lies in a road now, the upper layer first."""
    found = [
        one
        for one in all_passports(workspace, f"{object_} {section}")
        if object_.casefold().strip() in (one.object.casefold(), one.road.casefold())
        and (not section or one.section.casefold() == section.casefold().strip())
        and one.lies_on
    ]
    return sorted(found, key=lambda one: (one.section, one.layer or 99, one.km_from or 0.0, one.id))


def add_event(workspace: Workspace, identity: str, event: PassportEvent) -> None:
    """Something that happened to a layer: it is added, and nothing else changes. Raises StoreError."""
    with workspace.unit() as unit:
        before = passport_in(unit, identity)
        _check_event(before, event, today_in(unit))
        made = replace(event, by=event.by or unit.file.author)
        after = replace(before, events=(*before.events, made))
        unit.commit("passport", before.id, after, "passport_event", {"name": before.name[:120]})


def _check_event(before: Passport, event: PassportEvent, day: str) -> None:
    """Of a day the layer lay there, with words, and of no more mass than is left."""
    if not event.on or event.on > day or (before.laid_on and event.on < before.laid_on):
        raise StoreError("passport_event_day", day=event.on)
    if not event.text.strip():
        raise StoreError("passport_event_text")
    if event.mass_t is not None and not 0 < event.mass_t < LARGEST_MASS:
        raise StoreError("passport_event_no_mass")
    if event.kind not in ENDS or event.mass_t is None or before.mass_t is None:
        return
    left = before.mass_t - sum(one.mass_t or 0.0 for one in before.events if one.kind in ENDS)
    if event.mass_t > left + 1e-9:
        raise StoreError("passport_event_mass", mass=f"{left:g}".replace(".", ","))


def findings_of(unit: UnitOfWork, passport: Passport) -> list[Message]:
    """What is to be said of a passport beside its promise, as that stands now."""
    promised: PromisedLayer | None = None
    if passport.tender is not None and unit.head("tender", passport.tender) is not None:
        try:
            promised = promised_layers(contract_in(unit, passport.tender)).get(passport.post or "")
        except StoreError:
            promised = None
    return list(checked(passport, promised))


def finding_texts(workspace: Workspace, passport: Passport) -> list[str]:
    with workspace.unit() as unit:
        return [sentences.sentence(one) for one in findings_of(unit, passport)]
