"""Documents that cannot be meant are refused with their place, quickly; those that are here can be mended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.exchange import dossier
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.document.sound_reference import MOST_CELLS, MOST_POSTS, MOST_VARIANTS
from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import DocumentError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.tender import Answer, OfferedMki, Post, ProductRef, Tender, Variant
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import advise, export_dossier, export_workbook
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of, inputs_for
from cirkeldesk.wording.comparison.rows import findings
from tests.build import asphalt, shipped_set

LIMIT = 2.0  # seconds: a limit on hostile input, not a measurement


def quickly(do: Callable[[], object]) -> None:
    started = time.process_time()
    do()
    assert time.process_time() - started < LIMIT


def put(workspace: Workspace, data: dict[str, Any]) -> str:
    return tenders.put_tender(workspace, json.loads(json.dumps(data)))


def plain(**more: Any) -> dict[str, Any]:
    return {"schema": "tender/1", "id": "x1", "number": "X-1", "title": "verzonnen", **more}


def with_fraction(*fractions: float) -> dict[str, Any]:
    parts = [
        {"name": f"stof {i}", "fraction": fraction, "origin": "secondary"}
        for i, fraction in enumerate(fractions)
    ]
    product = {"id": "lp1", "name": "mengsel", "composition": {"constituents": parts}}
    return plain(products=[product], posts=[{"id": "p1", "name": "laag"}])


@pytest.mark.parametrize(
    ("data", "key", "place"),
    [
        (with_fraction(1e307), "not_a_share", "products[0].composition.constituents[0].fraction"),
        (with_fraction(-0.5), "not_a_share", "products[0].composition.constituents[0].fraction"),
        (with_fraction(0.4, 1.5), "not_a_share", "products[0].composition.constituents[1].fraction"),
        (with_fraction(0.6, 0.5), "more_than_whole", "products[0].composition.constituents"),
        (plain(products=[{"id": "lp1", "name": "a"}, {"id": "lp1", "name": "b"}]), "not_a_choice", "products"),
        (plain(products=[{"id": "a", "name": "a", "composition": {"reclaimed": 1.2}}]), "not_a_share",
         "products[0].composition.reclaimed"),
        (plain(products=[{"id": "a", "name": "a", "declared_amount": 0.0}]), "not_positive",
         "products[0].declared_amount"),
        (plain(posts=[{"id": "p1", "name": "a"}, {"id": "p1", "name": "b"}]), "not_a_choice", "posts"),
        (plain(posts=[{"id": f"p{i}", "name": "a"} for i in range(100_000)]), "too_many", "posts"),
        (plain(variants=[{"id": f"v{i}", "name": "a", "role": "bid"} for i in range(3_000)]), "too_many",
         "variants"),
        (plain(posts=[{"id": f"p{i}", "name": "a"} for i in range(5_000)],
               variants=[{"id": f"v{i}", "name": "a", "role": "bid"} for i in range(400)]), "too_many",
         "posts × variants"),
    ],
    ids=["1e307", "negative", "over one", "sum", "twins", "reclaimed", "no amount", "twin posts", "100,000 posts",
         "3,000 variants", "both"],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place(
    workspace: Workspace, data: dict[str, Any], key: str, place: str
) -> None:
    def refused() -> None:
        with pytest.raises(DocumentError) as problem:
            put(workspace, data)
        assert (problem.value.key, problem.value.place) == (key, place)

    quickly(refused)
    with workspace.unit() as unit:
        assert unit.lists.tenders() == []


@pytest.mark.parametrize("total", [1.0, 1.003, 1.005])
def test_a_sum_just_over_the_whole_is_a_finding_and_untouched(workspace: Workspace, total: float) -> None:
    data = with_fraction(0.5, total - 0.5)
    answers = [{"post_id": "p1", "product": {"id": "lp1"}, "mki": {"total": 1.0}}]
    number = put(
        workspace, {**data, "variants": [{"id": "v1", "name": "v", "role": "reference", "answers": answers}]}
    )
    tender = tenders.get_tender(workspace, "x1")
    assert number == "X-1"
    assert tender.products[0].composition.total == pytest.approx(total)
    comparison, _ = comparison_of(workspace, tender)
    keys = {problem.message.key for problem in comparison.problems}
    assert ("composition_exceeds" in keys) == (total > 1.0)


def packed(tender: Tender, workspace: Workspace, folder: Path, value: Any) -> Path:
    """A dossier of a tender that pins something of another's making."""
    own = {content_hash(value): value}
    with workspace.unit() as unit:
        pinned = {digest: unit.document(digest) for digest in tender.pins if digest not in own}
    path = folder / "vreemd.cirkel"
    path.write_bytes(dossier.write(tender, pinned | own, "toets"))
    return path


def foreign(workspace: Workspace, folder: Path, change: Callable[[Any], Any], kind: str) -> Path:
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    value = change(shipped_set("A2") if kind == "set" else asphalt())
    digest = content_hash(value)
    if kind == "set":
        tender = replace(tender, ask=replace(tender.ask, weighting_set=digest))
    else:
        tender = replace(tender, product_group=digest)
    return packed(replace(tender, id="vreemd", number="VREEMD-1"), workspace, folder, value)


def negative(found: Any) -> Any:
    return replace(found, weights=(replace(found.weights[0], euro_per_unit=-1.0), *found.weights[1:]))


@pytest.mark.parametrize(
    ("kind", "change", "key"),
    [
        ("set", lambda s: replace(s, weights=()), "weights_missing"),
        ("set", lambda s: replace(s, weights=s.weights[:-6]), "weights_missing"),
        ("set", negative, "not_a_weight"),
        ("set", lambda s: replace(s, weights=(*s.weights, s.weights[0])), "not_a_choice"),
        ("group", lambda g: replace(g, rules=tuple(replace(g.rules[0], factor=1.0 + i) for i in range(5_000))),
         "too_many"),
    ],
    ids=["no weights", "six left out", "negative", "twice", "5,000 rules"],
)  # fmt: skip
def test_a_dossier_with_such_reference_data_is_refused(
    workspace: Workspace, tmp_path: Path, kind: str, change: Callable[[Any], Any], key: str
) -> None:
    path = foreign(workspace, tmp_path, change, kind)
    found: list[Any] = []
    quickly(lambda: found.extend(import_files(workspace, [path])))
    (report,) = found
    assert report.status == "refused"
    assert key in {note.message.key for note in report.notes}
    with workspace.unit() as unit:
        assert [row["number"] for row in unit.lists.tenders()] == ["VOORBEELD-001"]


def test_a_dossier_with_other_weights_under_our_name_says_so_everywhere(
    workspace: Workspace, tmp_path: Path
) -> None:
    def halved(found: Any) -> Any:
        return replace(
            found,
            weights=tuple(
                replace(w, euro_per_unit=w.euro_per_unit / 2, verification="confirmed", confirmed_by="RIVM")
                for w in found.weights
            ),
        )

    (report,) = import_files(workspace, [foreign(workspace, tmp_path, halved, "set")])
    assert report.status == "imported"
    told = [note.message for note in report.notes if note.message.key == "dossier_foreign"]
    assert len(told) == 2
    tender = tenders.get_tender(workspace, "vreemd")
    comparison, _ = comparison_of(workspace, tender)
    assert comparison.has_foreign_weights
    assert any("De weegset heet A2" in line for line in findings(comparison))
    advise(workspace, "vreemd", tmp_path / "a.pdf", "internal")
    export_workbook(workspace, "vreemd", tmp_path / "a.xlsx")
    from tests.acceptance.papers import everything_in, one_line

    for name in ("a.pdf", "a.xlsx"):
        assert "andere gewichten dan die van dit programma" in one_line(everything_in(tmp_path / name)), name


# --- what earlier releases let in
# ---------------------------------------------------------------------------------------------


def poisoned(workspace: Workspace, kind: str) -> str:
    """A tender as an earlier release took it: kept without a look."""
    add_example(workspace)
    tender = replace(tenders.get_tender(workspace, "voorbeeld"), id="gif", number="GIF-1")
    with workspace.unit() as unit:
        if kind == "no weights":
            digest = unit.put(replace(shipped_set("A2"), weights=()))
            tender = replace(tender, ask=replace(tender.ask, weighting_set=digest))
        else:
            fraction = {"1e307": 1e307, "negative": -0.5}.get(kind, 0.5)
            part = Composition((Constituent("gif", fraction, "primary_biobased"),))
            product = Product("lp9", "mengsel", composition=part)
            own = (product, product) if kind == "twins" else (product,)
            first = replace(tender.variants[0], answers=tuple(
                replace(a, product=ProductRef("lp9")) for a in tender.variants[0].answers))  # fmt: skip
            tender = replace(tender, products=own, variants=(first, *tender.variants[1:]))
        unit.commit("tender", "gif", tender, "tender_import", {"name": "GIF-1"})
    return "gif"


@pytest.mark.parametrize("kind", ["no weights", "1e307", "negative", "twins"])
def test_what_is_here_can_be_opened_explained_mended_and_deleted(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    identity = poisoned(workspace, kind)
    tender = tenders.get_tender(workspace, identity)
    comparison, _ = comparison_of(workspace, tender)
    if kind == "no weights":
        assert comparison.variants[0].total.value is None
        assert "set_unusable" in {problem.message.key for problem in comparison.problems}
    elif kind != "twins":
        assert "share_impossible" in {problem.message.key for problem in comparison.problems}
        assert comparison.variants[0].shares["primary_biobased"] is None
    assert findings(comparison)
    advise(workspace, identity, tmp_path / "a.pdf", "internal")
    export_workbook(workspace, identity, tmp_path / "a.xlsx")
    export_dossier(workspace, identity, tmp_path / "a.cirkel")
    with workspace.unit() as unit:
        good = unit.references.of("weighting_set")["A2"]
    if kind == "no weights":
        tenders.edit_tender(workspace, identity, edits.set_ask("weighting_set", good, "weegset"))
    else:
        none = replace(tender.variants[0], answers=())
        change = edits.Edit(
            "products_edit", {}, lambda t: replace(t, products=(), variants=(none, *t.variants[1:]))
        )
        tenders.edit_tender(workspace, identity, change)
    mended, _ = comparison_of(workspace, tenders.get_tender(workspace, identity))
    assert not {"set_unusable", "share_impossible"} & {problem.message.key for problem in mended.problems}


# --- and within the bounds it is quick
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posts", "variants"), [(MOST_POSTS, 10), (MOST_CELLS // MOST_VARIANTS, MOST_VARIANTS)]
)
def test_the_largest_tender_is_computed_while_somebody_waits(
    workspace: Workspace, posts: int, variants: int
) -> None:
    """Ten times the limit of what is refused: this one is large and honest."""
    add_example(workspace)
    base = tenders.get_tender(workspace, "voorbeeld")
    rows = tuple(
        Post(f"p{i}", f"post {i}", route="bill", values=(("mass_t", 1.0 + i),), life=15.0)
        for i in range(posts)
    )
    answers = tuple(Answer(row.id, mki=OfferedMki(total=9.0)) for row in rows)
    many = tuple(
        Variant(f"v{i}", f"v {i}", "bid", answers=answers, price=Decimal(100 + i)) for i in range(variants)
    )
    tender = replace(base, id="groot", number="G-1", posts=rows, variants=many, products=())
    inputs = inputs_for(workspace, tender)
    from cirkeldesk.model.comparison.comparison import compare

    started = time.process_time()
    comparison = compare(tender, inputs)
    assert time.process_time() - started < 10 * LIMIT
    assert comparison.variants[0].total.value is not None
