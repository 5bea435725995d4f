"""What a user does with products: bring in files, answer what they leave open, look at values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.reading import checked, note, open_questions, read_amount
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.model.lookup import with_id
from cirkeldesk.model.product.declaration import Declaration
from cirkeldesk.model.product.edits import ProductEdit, add_attachment, tidy
from cirkeldesk.model.product.product import Attachment, OpenQuestion, Product
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.edits import change_local_product
from cirkeldesk.model.tender.tender import ProductRef
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork


def product_list(workspace: Workspace, search: str = "") -> list[Mapping[str, Any]]:
    with workspace.unit() as unit:
        return unit.lists.products(search)


def get_product(workspace: Workspace, identity: str) -> Product:
    """By own id, or by data set UUID (newest version). Raises StoreError not_found."""
    with workspace.unit() as unit:
        return product_in(unit, identity)


def product_in(unit: UnitOfWork, identity: str) -> Product:
    if unit.head("product", identity) is None:
        versions = unit.lists.products_of_uuid(identity)
        if versions:
            return versions[-1]
    return unit.product(identity)


# --- mappings of tables
# --------------------------------------------------------------------------------------------


def answer_on_import(
    product: Product, unit_text: str | None, scenario: str | None, report: FileReport
) -> Product:
    """Answers given with the import (`--unit`, `--scenario`), where they answer something."""
    keys = {question.key for question in product.open}
    if unit_text is not None and "unit" in keys:
        product = with_unit(product, unit_text)
    elif unit_text is not None and product.declared_unit is not None:
        stated = f"{product.declared_amount:g} {product.declared_unit}"
        if parse_unit(unit_text) != (product.declared_amount, product.declared_unit):
            report.notes.append(
                note("warning", "unit_differs", product.name, given=unit_text, file_unit=stated)
            )
    if scenario is not None and any(
        scenario in question.choices for question in product.open if question.key == "scenario"
    ):
        product = with_scenario(product, scenario)
    answered = {key for key in keys if key not in {q.key for q in product.open}}
    report.notes = [
        n
        for n in report.notes
        if n.where != product.name or n.message.key not in {f"question_{key}" for key in answered}
    ]
    return product


def parse_unit(text: str) -> tuple[float, str]:
    """ "1000 kg" → (1000.0, "kg"). Raises StoreError answer_no_unit."""
    found = read_amount(text)
    if found is None:
        raise StoreError("answer_no_unit", value=text)
    return found


def with_unit(product: Product, text: str) -> Product:
    amount, unit = parse_unit(text)
    changed = replace(product, declared_amount=amount, declared_unit=unit)
    return replace(changed, open=open_questions(changed))


def with_scenario(product: Product, name: str) -> Product:
    changed = replace(product, declarations=tuple(d.with_choice(name) for d in product.declarations))
    return replace(changed, open=open_questions(changed))


def answer(workspace: Workspace, identity: str, key: str, value: str) -> Product:
    """Answer an open question of an imported product; tenders that pin the open version keep it until
    renewed.

    Raises StoreError answer_unknown_key, answer_not_a_choice, answer_no_unit, not_found.
    """
    with workspace.unit() as unit:
        product = product_in(unit, identity)
        changed = answered(product, key, value)
        unit.commit("product", product.id, changed, "product_answer", {"name": product.name})
    return changed


def answered(product: Product, key: str, value: str) -> Product:
    """The product with one of its questions answered. Raises StoreError answer_…"""
    asked = [q for q in product.open if q.key == key]
    question = next((q for q in asked if value in q.choices), asked[0] if asked else None)
    if question is None:
        raise StoreError("answer_unknown_key", id=product.id or product.name, key=key)
    if key == "confirm":
        _check_choice(question, value)
        return replace(product, confirmed=True, open=open_questions(replace(product, confirmed=True)))
    if key == "scenario":
        _check_choice(question, value)
        return with_scenario(product, value)
    return with_unit(product, value)


def _check_choice(question: OpenQuestion, value: str) -> None:
    if value not in question.choices:
        raise StoreError("answer_not_a_choice", value=value, choices=", ".join(question.choices))


def new_product(workspace: Workspace, name: str = "Nieuw product") -> Product:
    """A product to be typed from paper: set A2, and everything else still open."""
    product = Product(id=f"p{uuid.uuid4().hex[:12]}", name=name, declarations=(Declaration("A2", ()),))
    with workspace.unit() as unit:
        unit.commit("product", product.id, product, "product_new", {"name": name})
    return product


def edit_product(workspace: Workspace, identity: str, edit: ProductEdit) -> Product:
    """Apply one edit as one step; open questions and warnings follow what was typed."""
    with workspace.unit() as unit:
        changed = reviewed(edit.apply(unit.product(identity)))
        unit.commit(
            "product", identity, changed, "product_field", {"label": edit.label, "name": changed.name}
        )
    return changed


def reviewed(product: Product) -> Product:
    """A typed product with the questions it leaves and what a careful reader would notice in its values.

    A product read from a file keeps what was noticed then: its values are not typed over.
    """
    product = tidy(product)
    if product.source is not None:
        return replace(product, open=open_questions(product))
    return checked(replace(product, open=()), product.name)[0]


def remove_product(workspace: Workspace, identity: str) -> Product:
    """Take a product out of the library; tenders that pin a version keep it. Returns it, for
    `restore_product`."""
    with workspace.unit() as unit:
        product = unit.product(identity)
        unit.commit("product", identity, None, "product_remove", {"name": product.name})
    return product


def restore_product(workspace: Workspace, product: Product) -> None:
    """A removed product back as it was before the step that removed it. Raises StoreError no_longer_fits when
    something else has its place by now."""
    with workspace.unit() as unit:
        steps = unit.steps.rows("product", product.id)
        if unit.head("product", product.id) is not None or not steps:
            raise StoreError("no_longer_fits")
        before = unit.steps.version_before(steps[-1])
        kept = (
            unit.document(before) if before is not None else None
        )  # what was erased since is not brought back
        if not isinstance(kept, Product):
            raise StoreError("no_longer_fits")
        unit.commit("product", product.id, kept, "product_restore", {"name": kept.name})


def attach_evidence(workspace: Workspace, identity: str, file: Path) -> Product:
    """Keep a file, such as the PDF of a declaration, unchanged beside the typed values. Raises ReadError,
    StoreError."""
    content, name = content_of(file), shown_name(file)
    with workspace.unit() as unit:
        edit = add_attachment(Attachment(name, unit.attachments.keep(content)))
        changed = reviewed(edit.apply(unit.product(identity)))
        unit.commit(
            "product", identity, changed, "product_field", {"label": edit.label, "name": changed.name}
        )
    return changed


def attach_to_local(workspace: Workspace, tender_id: str, product_id: str, file: Path) -> None:
    """The same for a product of one tender alone. Raises ReadError, StoreError."""
    content, name = content_of(file), shown_name(file)
    with workspace.unit() as unit:
        edit = add_attachment(Attachment(name, unit.attachments.keep(content)))
        tender = unit.tender(tender_id)
        product = with_id(tender.products, product_id)
        step = change_local_product(product, lambda now: reviewed(edit.apply(now)), edit.label)
        unit.commit("tender", tender_id, step.apply(tender), step.step, step.params)


def paper_of(workspace: Workspace, product: Product) -> bytes:
    """The PDF that a product was read from, as it was kept. Raises StoreError not_found."""
    with workspace.unit() as unit:
        return unit.attachments.content(product.source.sha256 if product.source is not None else "")


def save_attachment(workspace: Workspace, kept: Attachment, path: Path) -> None:
    """A kept file, byte for byte. Raises Refused where it is a bid form of a tender whose prices are
    sealed."""
    with workspace.unit() as unit:
        for tender in unit.lists.tenders_that_received(kept.sha256):
            if tender.prices_sealed:
                raise LockRefusal("prices_sealed", tender.id, "form_saved", until=tender.sealed_until or "")
        content = unit.attachments.content(kept.sha256)
    write_file(workspace, path, content)


def products_called(workspace: Workspace, text: str, group: str, limit: int = 20) -> list[str]:
    """Names in the library that a text may mean, those of a product group first."""
    with workspace.unit() as unit:
        rows = unit.lists.first("product", text, 2 * limit)
    rows = [
        *(row for row in rows if row["product_group"] == group),
        *(row for row in rows if row["product_group"] != group),
    ]
    return list(dict.fromkeys(str(row["name"]) for row in rows))[:limit]


def product_called(workspace: Workspace, name: str) -> ProductRef | None:
    """The newest version of the library product of a name; None when there is none."""
    with workspace.unit() as unit:
        rows = unit.lists.named_alike(name)
        return product_ref(unit, rows[0]["id"]) if rows else None


def product_ref(unit: UnitOfWork, identity: str) -> ProductRef:
    """A library product, pinned at its newest version."""
    return ProductRef(identity, unit.head("product", identity))


def newest_ref(workspace: Workspace, identity: str) -> ProductRef:
    with workspace.unit() as unit:
        return product_ref(unit, identity)
