"""One operation is one transaction: what it read is what it writes over (house F9)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.exchange.reading import open_questions
from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.product.edits import set_product_field
from cirkeldesk.model.reference.criteria import Definition
from cirkeldesk.model.tender import edits
from cirkeldesk.operations import criteria, settings
from cirkeldesk.operations.product import products
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.documents import Documents
from cirkeldesk.store.unit import UnitOfWork
from tests.conftest import ROOT
from tests.five import add_five

TENDER = "voorbeeld"

# Two transactions, and why that is right.
TWICE = {
    "correspondence.make_letters": "refuses final_moved when the tender moved while the letters were made",
    "papers.finalise": "refuses final_moved when the tender moved while the papers were made",
    "verify.verify": "reads only",
}


def test_no_operation_reads_in_one_and_writes_in_another() -> None:
    found = {}
    for path in sorted((ROOT / "cirkeldesk" / "operations").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                units = sum(
                    isinstance(node, ast.withitem)
                    and isinstance(node.context_expr, ast.Call)
                    and isinstance(node.context_expr.func, ast.Attribute)
                    and node.context_expr.func.attr == "unit"
                    for node in ast.walk(function)
                )
                if units > 1:
                    found[f"{path.stem}.{function.name}"] = units
    assert set(found) == set(TWICE)


class Meanwhile:
    """Somebody else who writes before each transaction: what an operation read before its own is then old."""

    def __init__(
        self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, write: Callable[[UnitOfWork, int], None]
    ) -> None:
        self.opened = 0
        store = workspace.store
        really = store.unit

        @contextmanager
        def unit(*args: Any, **more: Any) -> Iterator[UnitOfWork]:
            self.opened += 1
            with really() as before:
                write(before, self.opened)
            with really(*args, **more) as found:
                yield found

        monkeypatch.setattr(store, "unit", unit)


def a_product(workspace: Workspace) -> str:
    add_example(workspace)
    with workspace.unit() as unit:
        return sorted(unit.lists.ids("product"))[0]


def set_supplier(identity: str) -> Callable[[UnitOfWork, int], None]:
    def write(unit: UnitOfWork, time: int) -> None:
        product = replace(unit.product(identity), owner=f"Leverancier {time} (fictief)")
        unit.commit(
            "product", identity, product, "product_field", {"label": "leverancier", "name": product.name}
        )

    return write


PRODUCT_OPERATIONS: dict[str, Callable[[Workspace, str, Path], object]] = {
    "edit_product": lambda workspace, identity, file: products.edit_product(
        workspace, identity, set_product_field("name", "Andere naam (fictief)", "naam")
    ),
    "attach_evidence": lambda workspace, identity, file: products.attach_evidence(workspace, identity, file),
}


@pytest.mark.parametrize("operation", PRODUCT_OPERATIONS)
def test_a_product_keeps_what_was_set_between(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    identity = a_product(workspace)
    file = tmp_path / "bewijs.pdf"
    file.write_bytes(b"%PDF-1.4 fictief")
    meanwhile = Meanwhile(workspace, monkeypatch, set_supplier(identity))
    PRODUCT_OPERATIONS[operation](workspace, identity, file)
    last = meanwhile.opened
    monkeypatch.undo()
    with workspace.unit() as unit:
        assert unit.product(identity).owner == f"Leverancier {last} (fictief)"


def test_an_answer_keeps_what_was_set_between(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The supplier that was set between the question and the answer was gone."""
    identity = a_product(workspace)
    with workspace.unit() as unit:
        asked = replace(unit.product(identity), declared_unit=None, declared_amount=None)
        asked = replace(asked, open=open_questions(asked))
        unit.commit("product", identity, asked, "product_field", {"label": "eenheid", "name": asked.name})
    key = asked.open[0].key
    meanwhile = Meanwhile(workspace, monkeypatch, set_supplier(identity))
    products.answer(workspace, identity, key, "1000 kg")
    last = meanwhile.opened
    monkeypatch.undo()
    with workspace.unit() as unit:
        product = unit.product(identity)
    assert product.owner == f"Leverancier {last} (fictief)"
    assert (product.declared_amount, product.declared_unit) == (1000.0, "kg")


def test_settings_of_the_file_keep_each_other(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    Meanwhile(
        workspace,
        monkeypatch,
        lambda unit, time: unit.settings.put("organisation", f"Gemeente {time} (fictief)"),
    )
    settings.change_file_settings(workspace, colour="#0B3C5D")
    monkeypatch.undo()
    kept = settings.file_settings(workspace)
    assert kept.colour == "#0B3C5D"
    assert kept.organisation.startswith("Gemeente")


def test_an_edit_of_a_tender_keeps_the_edit_before_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_example(workspace)

    def rename(unit: UnitOfWork, time: int) -> None:
        tender = replace(unit.tender(TENDER), title=f"Titel {time}")
        unit.commit("tender", TENDER, tender, "field", {"label": "titel"})

    meanwhile = Meanwhile(workspace, monkeypatch, rename)
    tenders.edit_tender(workspace, TENDER, edits.set_field("number", "2026-9", "nummer"))
    last = meanwhile.opened
    monkeypatch.undo()
    tender = tenders.get_tender(workspace, TENDER)
    assert (tender.title, tender.number) == (f"Titel {last}", "2026-9")


def test_a_definition_keeps_the_other_ones(workspace: Workspace) -> None:
    """Two windows with the same list: each adds a term, and both are there."""
    library = criteria.libraries(workspace)[0]
    first, second = (Definition(f"Term {n} (fictief)", "Tekst.", "Eigen bron") for n in (1, 2))
    criteria.change_definition(workspace, library.code, None, first, "term")
    criteria.change_definition(workspace, library.code, None, second, "term")
    terms = {definition.term for definition in criteria.libraries(workspace)[0].definitions}
    assert {first.term, second.term} <= terms


def test_one_kept_file_is_looked_up_and_not_searched_for(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """House F10: every tender of the file was read to find the one that received a form. Now only that one
    is."""
    received = add_five(workspace).received[0]
    for number in range(20):
        with workspace.unit() as unit:
            other = replace(unit.tender("vijf"), id=f"ander{number}", number=f"A-{number}", received=())
            unit.commit("tender", other.id, other, "tender_new", {})
    read: list[str] = []
    really = Documents.current

    def counted(self: Documents, kind: Kind, identity: str, what: str) -> Document:
        read.append(identity)
        return really(self, kind, identity, what)

    monkeypatch.setattr(Documents, "current", counted)
    target = tmp_path / "vorm.xlsx"
    products.save_attachment(workspace, received.file, target)
    assert read == ["vijf"]
    assert target.read_bytes()
