"""Bid forms: made from the ask, checked when they come back, and taken over as a bid.

Before the deadline a form can only be tried. After it, a form with faults is not taken over, but the bid is
not refused by that: the file is kept unchanged with its hash, somebody may enter the bid by hand and say why,
and a marked copy is either internal or the draft of a logged request to clarify.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cirkeldesk.exchange.bid_form import bid_form
from cirkeldesk.exchange.bid_form import read as bid_form_read
from cirkeldesk.exchange.bid_form import write as bid_form_write
from cirkeldesk.exchange.bid_form.bid import bid_of
from cirkeldesk.exchange.bid_form.cells import BID, Form
from cirkeldesk.exchange.bid_form.faults import FormFault
from cirkeldesk.exchange.bid_form.marked import marked_copy
from cirkeldesk.exchange.bid_form.read import MARK_CELL, FormReading
from cirkeldesk.exchange.reading import Note, note_of
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.table.sheet import column_letters
from cirkeldesk.exchange.table.spreadsheet import is_spreadsheet, spreadsheet_sheets
from cirkeldesk.model.award.locks import closed
from cirkeldesk.model.document.document import hash_of_bytes
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.product import Attachment, Product
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import LockRefusal, ReadError, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Answer, ReceivedForm, Tender, Variant, without_prices
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.log import log_exception
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.terms import basis_text

Purpose = Literal["test", "internal", "request"]
Deadline = Literal["before", "after", "unknown"]
ASKED: dict[Purpose, str] = {"test": "verbeteren", "internal": "fout", "request": "toelichten"}
HEADINGS: dict[Purpose, str] = {
    "test": "Proef van uw inschrijfformulier: dit viel op. Er is niets ingediend.",
    "internal": "INTERN: controle van een ontvangen inschrijfformulier. Niet versturen.",
    "request": "Concept-verduidelijkingsverzoek over aanbesteding {tender}. Wij verzoeken u toe te "
    "lichten wat u met deze cellen "
    "bedoelt. Dit is geen uitnodiging om uw inschrijving te wijzigen.",
}


@dataclass(frozen=True)
class Change:
    """One line of the dry run: what would change, from and to as text."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class FormCheck:
    """A form that was read and compared with its tender; nothing is stored yet."""

    file: str
    content: bytes
    tender: Tender
    faults: tuple[FormFault, ...]
    variant: Variant | None  # the bid it would make; None with faults
    products: tuple[Product, ...] = ()
    replaces: Variant | None = None
    changes: tuple[Change, ...] = ()
    deadline: Deadline = "unknown"
    bidder: str | None = None
    asked: tuple[str, ...] = ()  # see ReceivedForm.asked

    @property
    def to_decide(self) -> tuple[FormFault, ...]:
        """What a person must say something about before the bid is taken over."""
        return tuple(fault for fault in self.faults if fault.level == "decide")

    @property
    def is_ours(self) -> bool:
        """Whether the form is known to be of this tender; another's is never kept here."""
        return not any(
            fault.message.key in ("form_other_tender", "form_mark_changed") for fault in self.faults
        )

    @property
    def sha256(self) -> str:
        return hash_of_bytes(self.content)

    @property
    def received(self) -> ReceivedForm | None:
        """How this very file was received before."""
        return next((form for form in self.tender.received if form.file.sha256 == self.sha256), None)


def write_form(workspace: Workspace, identity: str, path: Path) -> None:
    """The bid form of a tender as a workbook."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        form = bid_form.form_of(tender, _group(unit, tender))
    write_file(workspace, path, bid_form_write.write(form))


def _group(unit: UnitOfWork, tender: Tender) -> ProductGroup:
    group = unit.document(tender.product_group or "")
    assert isinstance(group, ProductGroup)
    return group


def is_form(path: Path) -> bool:
    """Whether a file is one of our bid forms, whatever state it is in. Unreadable files are not."""
    try:
        if not path.is_file():
            return False  # a pipe would never end
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                return False
        content = content_of(path)
        if not is_spreadsheet(content):
            return False
        return bid_form_read.named_tender(spreadsheet_sheets(content, shown_name(path))) is not None
    except (ReadError, OSError):
        return False


def check_form(workspace: Workspace, path: Path, *, tender_id: str | None = None) -> FormCheck:
    """Read a form and compare it with its tender, or with the tender it is offered to. Changes nothing.

    Raises ReadError when the file is unreadable, no form, or of a tender that is not here.
    """
    return check_content(workspace, shown_name(path), content_of(path), tender_id=tender_id)


def check_content(
    workspace: Workspace, name: str, content: bytes, *, tender_id: str | None = None
) -> FormCheck:
    """The same for a form that was read before, against the tender as it is now."""
    try:
        sheets = spreadsheet_sheets(content, name)
        named = bid_form_read.named_tender(sheets)
        if named is None:
            raise ReadError("form_not_a_form", file=name)
    except ReadError as problem:
        if tender_id is None:
            raise
        return _unreadable(workspace, tender_id, name, content, problem)
    with workspace.unit() as unit:
        known = unit.head("tender", tender_id or named[0])
        if known is None:
            raise ReadError("form_mark_changed" if not named[0] else "form_no_tender", file=name)
        tender = unit.tender(tender_id or named[0])
        form = bid_form.form_of(tender, _group(unit, tender), named.layout)
        group, deadline = _group(unit, tender), deadline_of(tender, unit.now())
    wrong = _wrong_form(form, named)
    if wrong is not None:
        return FormCheck(name, content, tender, (wrong,), None, deadline=deadline)
    reading = bid_form_read.read(form, sheets, tender, group)
    if tender.prices_sealed:
        reading = replace(reading, faults=tuple(map(_masked, reading.faults)))
    return _checked(FormCheck(name, content, tender, reading.faults, None, deadline=deadline), reading, group)


def _unreadable(
    workspace: Workspace, tender_id: str, name: str, content: bytes, problem: ReadError
) -> FormCheck:
    """A file that was handed in as the form of this tender and that nobody can read: it can be kept as it
    came, and the bid be typed from it."""
    with workspace.unit() as unit:
        if unit.head("tender", tender_id) is None:
            raise problem
        tender = unit.tender(tender_id)
        deadline = deadline_of(tender, unit.now())
    why = sentences.error(problem.key, **problem.params)
    fault = FormFault(BID, "A1", Message.of("form_unreadable", why=why))
    return FormCheck(name, content, tender, (fault,), None, deadline=deadline)


def _masked(fault: FormFault) -> FormFault:
    """A fault that quotes nothing of the form: while prices are sealed no message may show one."""
    telling = ("label", "sheet", "sheets", "post", "choices", "file", "kind", "unit")  # what no bidder wrote
    values = {
        name: value if name in telling else _without_figures(fault, name, value)
        for name, value in fault.message.values().items()
    }
    return replace(fault, message=Message.of(fault.message.key, **values))


# What a bidder wrote in words and may be a reservation: somebody decides on it, so it is shown without
# figures.
_WRITTEN = frozenset(
    ("form_remarks", "form_comment", "form_header", "form_footer", "form_shape", "form_extra_sheet")
)


def _without_figures(fault: FormFault, name: str, value: object) -> str:
    if name != "text" or fault.message.key not in _WRITTEN:
        return "…"
    return re.sub(r"[0-9]+(?:[.,][0-9]+)*", "…", str(value))


def deadline_of(tender: Tender, now: str) -> Deadline:
    """The day of closing itself is before the deadline; days are those of the office, not of Greenwich."""
    if tender.closes_on is None:
        return "unknown"
    return (
        "after" if closed(tender, datetime.datetime.fromisoformat(now).astimezone().isoformat()) else "before"
    )


def _wrong_form(form: Form, named: bid_form_read.Named) -> FormFault | None:
    place = f"{column_letters(MARK_CELL[1])}{MARK_CELL[0] + 1}"
    if not named[0]:
        return FormFault(BID, place, Message.of("form_mark_changed"))
    if named[0] != form.tender_id:
        return FormFault(BID, place, Message.of("form_other_tender"))
    if named[1] != form.version:
        return FormFault(BID, place, Message.of("form_other_version"))
    return None


def _checked(check: FormCheck, reading: FormReading, group: ProductGroup) -> FormCheck:
    tender = check.tender
    bidder = reading.values.get("bidder")
    named = bidder if isinstance(bidder, str) else None
    check = replace(check, bidder=named)
    if not reading.is_clean:
        return check
    same = _bid_of_bidder(tender, named)
    made = edits.next_variant(tender, "bid")
    taken = {product.id for product in tender.products}
    variant, products = bid_of(
        reading.values, tender, group, same.id if same else made.id, same.name if same else made.name, taken
    )
    # Only what the form itself asked is locked with it.
    asked = tuple(name for name in ("costs", "ladder_level") if getattr(variant, name) is not None)
    check = replace(check, asked=asked)
    if same is not None:
        variant = _with_judged(variant, same)
        products = tuple(_with_evidence(tender, same, product) for product in products)
    return replace(
        check,
        variant=variant,
        products=products,
        replaces=same,
        changes=tuple(_changes(tender, same, variant, products)),
    )


def _bid_of_bidder(tender: Tender, named: str | None) -> Variant | None:
    bids = [v for v in tender.variants if v.role == "bid"]
    return next((v for v in bids if named and (v.bidder or "").casefold() == named.casefold()), None)


def _with_judged(variant: Variant, same: Variant) -> Variant:
    """The new bid with what its form did not ask and people judged or typed at the one it replaces."""
    return replace(
        variant,
        equal=same.equal,
        equal_reason=same.equal_reason,
        costs=same.costs if variant.costs is None else variant.costs,
        ladder_level=same.ladder_level if variant.ladder_level is None else variant.ladder_level,
        evidence=replace(
            variant.evidence,
            equivalent=same.evidence.equivalent,
            equivalent_accepted=same.evidence.equivalent_accepted,
        ),
    )


def _with_evidence(tender: Tender, same: Variant, product: Product) -> Product:
    """A product of the new form with the files kept beside the one of the same name in the bid it
    replaces."""
    used = {answer.product.id for answer in same.answers if answer.product is not None}
    old = next((known for known in tender.products if known.id in used and known.name == product.name), None)
    return replace(product, attachments=old.attachments) if old is not None else product


def _changes(
    tender: Tender, before: Variant | None, after: Variant, products: tuple[Product, ...]
) -> list[Change]:
    """What would change, in the order of the form; without an earlier bid everything is new."""
    old = _lines(tender, before, tender.products) if before is not None else {}
    new = _lines(tender, after, (*tender.products, *products))
    return [
        Change(what, old.get(what, ""), text) for what, text in new.items() if old.get(what, "") != text
    ] + [Change(what, text, "") for what, text in old.items() if what not in new]


def _lines(tender: Tender, variant: Variant, products: tuple[Product, ...]) -> dict[str, str]:
    """All that a bid says, in words, by what it is about."""
    if tender.prices_sealed:
        variant = without_prices(replace(tender, variants=(variant,))).variants[0]
    found = {"Inschrijver": variant.bidder or "", "Zo opgegeven": basis_text(variant)}
    for name, label in terms.EVIDENCE.items():
        value = getattr(variant.evidence, name)
        found |= {label: numbers.date(value) if name == "valid_until" else value} if value else {}
    if variant.price is not None:
        found["Inschrijfsom"] = numbers.euro(variant.price, 2)
    if variant.ladder_level is not None:
        found["CO₂-Prestatieladder"] = f"trede {variant.ladder_level}" if variant.ladder_level else "geen"
    found |= {f"Kosten in jaar {cost.year}": numbers.euro(cost.amount, 2) for cost in variant.costs or ()}
    if variant.work_mki is not None:
        found["MKI hele werk"] = _mki_text(variant.work_mki.total, variant.work_mki.modules)
    named = {product.id: product for product in products}
    for post in tender.posts:
        answer = variant.answer(post.id)
        said = {**_product_lines(answer, named), **_answer_lines(answer)}
        found |= {f"{what} van {post.name}": text for what, text in said.items()}
    return found


def _product_lines(answer: Answer, named: Mapping[str, Product]) -> dict[str, str]:
    if answer.product is None:
        return {}
    product = named.get(answer.product.id)
    if product is None:
        return {"Product": "uit de bibliotheek"}
    shares = [
        f"{part.name} {numbers.percent(part.fraction * 100)}" if part.fraction is not None else part.name
        for part in product.composition.constituents
    ]
    return {"Product": product.name, **({"Samenstelling": ", ".join(shares)} if shares else {})}


def _answer_lines(answer: Answer) -> dict[str, str]:
    """MKI, life, quantities and prices of one answered post."""
    found = {}
    if answer.mki is not None:
        found["MKI"] = _mki_text(answer.mki.total, answer.mki.modules)
    if answer.life is not None:
        found["Levensduur"] = numbers.as_typed(answer.life) if answer.life != "work" else "zolang het werk"
    for code, value in answer.values:
        found[terms.PROPERTIES.get(code, code).capitalize()] = numbers.as_typed(value)
    if answer.unit_price is not None:
        found["Eenheidsprijs"] = numbers.euro(answer.unit_price, 2)
    if answer.price is not None:
        found["Prijs"] = numbers.euro(answer.price, 2)
    return found


def _mki_text(total: float | None, modules: tuple[tuple[str, float], ...]) -> str:
    if total is not None:
        return numbers.as_typed(total)
    return "; ".join(f"{module} {numbers.as_typed(value)}" for module, value in modules)


# --- what becomes of a form
# ----------------------------------------------------------------------------------------


def take_form(workspace: Workspace, check: FormCheck, reason: str = "") -> str:
    """Take the bid over, as one step; the file is kept with it. Returns the variant's id.

    `reason` says why what was added changes nothing, and is kept. Raises StoreError form_test before the
    deadline or with faults, form_decide where a reason is owed, form_changed_since when the tender is no
    longer the one the form was checked against.
    """
    variant = check.variant
    if variant is None or check.deadline == "before":
        raise StoreError("form_test", file=check.file, closes=numbers.date(check.tender.closes_on or ""))
    if check.to_decide and not reason.strip():
        raise StoreError("form_decide", file=check.file)
    with workspace.unit() as unit:
        if unit.tender(check.tender.id) != check.tender:
            raise StoreError("form_changed_since", file=check.file)
        kept = Attachment(check.file, unit.attachments.keep(check.content))
        before = next(
            (f for f in unit.tender(check.tender.id).received if f.file.sha256 == kept.sha256), None
        )
        first = before or ReceivedForm(kept, unit.now(), "taken")
        form = replace(
            first,
            outcome="taken",
            variant_id=variant.id,
            reason=reason.strip() or first.reason,
            asked=check.asked,
        )  # when it came in, and what was asked about it, stays

        def change(tender: Tender) -> Tender:
            others = [v for v in tender.variants if v.id != variant.id]
            place = next((i for i, v in enumerate(tender.variants) if v.id == variant.id), len(others))
            others.insert(place, variant)
            received = tuple(f for f in tender.received if f.file.sha256 != kept.sha256)
            changed = replace(
                tender,
                variants=tuple(others),
                products=(*tender.products, *check.products),
                received=(*received, form),
            )
            return edits.without_orphans(changed)

        params: dict[str, edits.Param] = {"name": variant.name, "file": check.file}
        if reason.strip():
            params["reason"] = reason.strip()[:200]
        step = edits.Edit("bid_import", params, change)
        unit.commit(
            "tender", check.tender.id, step.apply(unit.tender(check.tender.id)), step.step, step.params
        )
    return variant.id


def keep_form(workspace: Workspace, check: FormCheck) -> None:
    """Keep a form of this tender that cannot be taken over, unchanged with its hash; once per content."""
    if not check.is_ours:
        return
    with workspace.unit() as unit:
        tender = unit.tender(check.tender.id)
        if not _is_kept(tender, check):
            unit.commit(
                "tender", tender.id, _with_kept(unit, tender, check), "bid_refused", {"file": check.file}
            )


def _is_kept(tender: Tender, check: FormCheck) -> bool:
    return any(form.file.sha256 == check.sha256 for form in tender.received)


def _with_kept(unit: UnitOfWork, tender: Tender, check: FormCheck) -> Tender:
    """The tender with the form among those received, its bytes kept."""
    if _is_kept(tender, check):
        return tender
    kept = Attachment(check.file, unit.attachments.keep(check.content))
    return replace(tender, received=(*tender.received, ReceivedForm(kept, unit.now(), "refused")))


def enter_by_hand(workspace: Workspace, check: FormCheck, reason: str) -> str:
    """An empty bid for a form that cannot be taken over, with the reason; the form stays with it. Returns the
    variant's id.

    Raises StoreError form_reason without one, form_by_hand_already when it was done before.
    """
    if not reason.strip():
        raise StoreError("form_reason")
    with workspace.unit() as unit:
        tender = _with_kept(unit, unit.tender(check.tender.id), check)
        if any(form.file.sha256 == check.sha256 and form.outcome != "refused" for form in tender.received):
            raise StoreError("form_by_hand_already", file=check.file)
        variant = replace(edits.next_variant(tender, "bid"), bidder=check.bidder)
        received = tuple(
            replace(form, outcome="by_hand", variant_id=variant.id, reason=reason.strip())
            if form.file.sha256 == check.sha256
            else form
            for form in tender.received
        )
        changed = replace(tender, variants=(*tender.variants, variant), received=received)
        params: dict[str, edits.Param] = {"name": variant.name, "reason": reason.strip()[:200]}
        unit.commit("tender", tender.id, changed, "bid_by_hand", params)
    return variant.id


def save_marked(workspace: Workspace, check: FormCheck, path: Path, purpose: Purpose) -> None:
    """A copy of the form with a remark at each fault. As a request to clarify it is logged; the form itself
    is kept first.

    A test goes back before the deadline only; after it a copy is internal or a request. Raises StoreError
    form_test.
    """
    if purpose != "request":
        refuse_while_sealed(workspace, check.tender.id, "bid_request")
    if (purpose == "test") != (check.deadline != "after"):
        raise StoreError("form_test", file=check.file, closes=numbers.date(check.tender.closes_on or ""))
    texts = tuple(
        (fault, sentences.error(fault.message.key, **fault.message.values())) for fault in check.faults
    )
    if purpose == "request":  # asks what is meant, and never to fill in something else
        texts = tuple(
            (replace(fault, level="warning"), _without_orders(text))
            for fault, text in texts
            if fault.level != "warning"
        )
    heading = HEADINGS[purpose].format(tender=f"{check.tender.number} {check.tender.title}".strip())
    marked = marked_copy(check.content, texts, heading, ASKED[purpose])
    if purpose != "request":
        write_file(workspace, path, marked)
        return
    with workspace.unit() as unit:
        now = unit.tender(check.tender.id)
        if now.prices_sealed:
            raise LockRefusal("prices_sealed", now.id, "bid_request", until=now.sealed_until or "")
        tender = _with_kept(unit, now, check)
        received = tuple(
            replace(form, request=unit.now()) if form.file.sha256 == check.sha256 else form
            for form in tender.received
        )
        unit.commit(
            "tender", tender.id, replace(tender, received=received), "bid_request", {"file": check.file}
        )
        write_file(workspace, path, marked)  # last: what is not written is not logged either


_ORDERS = ("Vul ", "Schrijf ", "Kies ")


def _without_orders(text: str) -> str:
    """A fault as a fact: the sentences that say what to do are left out."""
    quote = re.search(r"“.*”", text, re.DOTALL)  # what a bidder wrote stays as it is
    ours = text if quote is None else text.replace(quote[0], "\0")
    kept = ". ".join(sentence for sentence in ours.split(". ") if not sentence.startswith(_ORDERS))
    kept = kept if kept.endswith("?") else f"{kept.rstrip('.')}."
    return kept if quote is None else kept.replace("\0", quote[0])


def refuse_while_sealed(workspace: Workspace, identity: str, step: str) -> None:
    """Raises Refused: a form as it came in shows the prices."""
    with workspace.unit() as unit:
        tender = unit.tender(identity)
        if tender.prices_sealed:
            raise LockRefusal("prices_sealed", identity, step, until=tender.sealed_until or "")


def save_received(workspace: Workspace, identity: str, form: ReceivedForm, path: Path) -> None:
    """A kept form of a tender, byte for byte. Raises Refused while prices are sealed."""
    refuse_while_sealed(workspace, identity, "form_saved")
    with workspace.unit() as unit:
        content = unit.attachments.content(form.file.sha256)
    write_file(workspace, path, content)


def import_form(
    workspace: Workspace,
    path: Path,
    *,
    replace_bid: bool = False,
    dry_run: bool = False,
    accept: str = "",
) -> FileReport:
    """A form as one of the files of an import: taken over when clean and due, kept when not, only tried
    before the deadline. `accept` is the reason why what a bidder added changes nothing."""
    report = FileReport(shown_name(path), "inschrijfformulier")
    if workspace.store.why_read_only is not None:
        raise workspace.store.why_read_only
    try:
        check = check_form(workspace, path)
    except ReadError as problem:
        report.notes.append(note_of(problem, report.file))
        return report
    except StoreError:
        raise
    except Exception as problem:  # noqa: BLE001 - one bad file must not hide what became of the others
        log_exception(problem)
        report.notes.append(Note("error", Message.of("file_ours", file=report.file), report.file))
        return report
    report.notes = [
        Note("question" if f.level == "decide" else f.level, f.message, f"Cel {f.cell} op blad {f.sheet}")
        for f in check.faults
    ]
    report.changes = [(change.what, change.before, change.after) for change in check.changes]
    received = check.received
    if received is not None and received.outcome == "taken":
        report.status, report.tenders = "unchanged", [check.tender.number]
    elif check.deadline == "before":
        _say(report, "question", "form_test", closes=numbers.date(check.tender.closes_on or ""))
    elif check.variant is None:
        _refuse_form(workspace, check, report, keep=not dry_run)
    elif check.replaces is not None and not replace_bid:
        _say(report, "question", "form_known_bidder", bidder=check.bidder or "", name=check.replaces.name)
    elif check.to_decide and not accept.strip():
        if not dry_run and check.deadline == "after":
            keep_form(workspace, check)
        _say(report, "question", "form_decide")
    elif dry_run:
        _say(report, "question", "form_would")
    else:
        _take_in(workspace, check, report, accept)
    return report


def _refuse_form(workspace: Workspace, check: FormCheck, report: FileReport, *, keep: bool) -> None:
    """A form with faults: kept as it came when it is ours and late, and the report says so."""
    report.status = "refused"
    if check.deadline == "unknown":
        report.notes.append(Note("warning", Message.of("form_no_deadline", file=report.file), report.file))
    elif keep and check.is_ours:
        keep_form(workspace, check)
        message = Message.of("form_kept", file=report.file, hash=check.sha256[:12])
        report.notes.append(Note("warning", message, report.file))


def _take_in(workspace: Workspace, check: FormCheck, report: FileReport, accept: str) -> None:
    take_form(workspace, check, accept)
    report.notes = [replace(n, level="warning") for n in report.notes]  # what was decided on is only told
    report.status, report.tenders = "imported", [check.tender.number]


def _say(report: FileReport, status: Literal["question"], key: str, **params: str) -> None:
    report.status = status
    report.notes.append(Note("question", Message.of(key, file=report.file, **params), report.file))
