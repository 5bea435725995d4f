"""The workbook: stored values and live formulas agree with `compare`, also after a change, really
recalculated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.model.tender.tender import DeclaredBasis, OfferedMki, Tender
from cirkeldesk.operations.paper.export import export_workbook
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, comparison_of, inputs_for
from cirkeldesk.sheets.book import PlainSheet
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording.advice.advice import internal_advice
from tests.sheets.office import recalculated

pytestmark = pytest.mark.paper
Cells = dict[str, list[Any]]


def matrix(path: Path, sheet: str = "Vergelijking") -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        str(row[0]): list(row[1:]) for row in book[sheet].iter_rows(values_only=True) if row[0] is not None
    }


def row_of(cells: Cells, start: str) -> list[Any]:
    return next(values for name, values in cells.items() if name.startswith(start))


def agree(cells: Cells, comparison: Comparison) -> None:
    """Every live figure equals compare to 1e-9 (relative)."""

    def near(found: Any, wanted: float | None) -> None:
        if wanted is None:
            assert isinstance(found, str)
        else:
            assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9)

    for index, result in enumerate(comparison.variants):
        near(row_of(cells, "MKI totaal")[index], result.total.value)
        near(row_of(cells, "MKI per m² (")[index], result.per_unit.value)
        near(row_of(cells, "MKI per m² per jaar")[index], result.per_unit_year.value)
        near(row_of(cells, "waarvan A–C")[index], result.a_to_c.value)
        near(row_of(cells, "waarvan D")[index], result.d.value)
        near(row_of(cells, "Inschrijfsom")[index], float(result.price) if result.price is not None else None)
        for module, value in result.by_module.items():
            near(row_of(cells, f"MKI levensfase {module} ")[index], value)
    reference = comparison.reference
    if reference is not None and reference.total.value is not None:
        for index, result in enumerate(comparison.variants):
            if result.id != reference.id and result.total.value is not None:
                near(
                    row_of(cells, "Verschil met nulvariant (€")[index],
                    result.total.value - reference.total.value,
                )


def rich(tender: Tender) -> Tender:
    """Everything a sheet can meet: category 3, reuse, own thickness, split MKI, whole work, released asphalt,
    fixed values."""
    layer = replace(tender.posts[0], id="p4", name="Vrijkomend", kind="released", life=None)
    bids = list(tender.variants)
    bids[1] = replace(
        bids[1],
        answers=tuple(
            replace(a, reuse=a.post_id == "p2", values=(("thickness_mm", 55.0),)) for a in bids[1].answers
        ),
    )
    modules = (("A1-A3", 8.0), ("A4", 0.5), ("A5", 0.4), ("B1-B5", 0.0), ("C1-C4", 1.0), ("D", -0.7))
    bids[2] = replace(
        bids[2], answers=tuple(replace(a, mki=OfferedMki(modules=modules)) for a in bids[2].answers)
    )
    bids[2] = replace(bids[2], basis=DeclaredBasis(includes_uplift=False, category="3"))
    bids[4] = replace(
        bids[4],
        answers=(),
        work_mki=OfferedMki(total=60000.0),
        basis=DeclaredBasis(includes_replacement="yes"),
    )
    released = tuple(
        replace(v, answers=(*v.answers, replace(bids[0].answers[0], post_id="p4", mki=None)))
        if v.id != "v5" and v.id != "v3"
        else v
        for v in bids
    )
    ask = replace(
        tender.ask,
        fixed_modules=(FixedModule("A4", 0.6), FixedModule("A5", 0.2, "m2", "p1")),
        own_quantities_allowed=True,
    )
    return replace(tender, variants=released, posts=(*tender.posts, layer), ask=ask)


def meeting(tender: Tender) -> Tender:
    """Where two rules meet: parts beside their sum, uplift and fixed values on a whole-work MKI, tar, one
    module only."""
    layer = replace(tender.posts[0], id="p4", name="Teerhoudend", kind="released", life=None, tar=100.0)
    bids = list(tender.variants)
    parts = (
        ("A1", 3.0),
        ("A2", 1.0),
        ("A3", 6.0),
        ("A1-A3", 10.0),
        ("A5", 0.3),
        ("B1-B5", 0.0),
        ("C1-C4", 1.0),
        ("D", -0.7),
    )
    released = replace(
        bids[2].answers[0], post_id="p4", mki=OfferedMki(modules=(("C1-C4", 3.0), ("D", -4.0))), product=None
    )
    bids[2] = replace(
        bids[2], answers=(*(replace(a, mki=OfferedMki(modules=parts)) for a in bids[2].answers), released)
    )
    whole = (
        ("A1-A3", 50000.0),
        ("A4", 3000.0),
        ("A5", 900.0),
        ("B1-B5", 0.0),
        ("C1-C4", 4000.0),
        ("D", -2000.0),
    )
    basis = DeclaredBasis(includes_replacement="yes", includes_uplift=False, category="3")
    bids[4] = replace(bids[4], answers=(), work_mki=OfferedMki(modules=whole), basis=basis)
    ask = replace(tender.ask, fixed_modules=(FixedModule("A4", 0.6),), released_in_scope=True)
    return replace(tender, variants=tuple(bids), posts=(*tender.posts, layer), ask=ask)


def production_only(tender: Tender) -> Tender:
    """One module asked: a total is that module."""
    posts = tuple(replace(p, life="work") for p in tender.posts)
    return replace(tender, posts=posts, ask=replace(tender.ask, modules=("A1-A3",)))


def written(workspace: Workspace, tender: Tender, path: Path) -> Comparison:
    inputs = inputs_for(workspace, tender)
    comparison = compare(tender, inputs)
    printed = Print("ab" * 32, "2026-11-22T10:00:00+00:00", "test")
    path.write_bytes(workbook(internal_advice(comparison, inputs), printed))
    return comparison


def test_the_recalculation_is_real(workspace: Workspace, tmp_path: Path) -> None:
    """A control: a planted wrong stored value must come back corrected."""
    add_example(workspace)
    path = tmp_path / "a.xlsx"
    export_workbook(workspace, "voorbeeld", path)
    right = row_of(matrix(path), "MKI totaal")
    import zipfile

    planted = tmp_path / "geplant.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(planted, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet2.xml"):
                wrong = repr(right[0]).encode()
                assert wrong in content
                content = content.replace(wrong, b"123.0")
            target.writestr(name, content)
    assert row_of(matrix(planted), "MKI totaal")[0] == 123.0
    corrected = row_of(matrix(recalculated(planted, tmp_path / "uit")), "MKI totaal")
    assert corrected[0] == pytest.approx(right[0], rel=1e-12)


@pytest.mark.parametrize(
    "shape",
    [lambda t: t, rich, meeting, production_only],
    ids=["example", "rich", "meeting", "production_only"],
)
def test_stored_and_recalculated_values_equal_compare(
    workspace: Workspace, tmp_path: Path, shape: Callable[[Tender], Tender]
) -> None:
    add_example(workspace)
    path = tmp_path / "a.xlsx"
    comparison = written(workspace, shape(tenders.get_tender(workspace, "voorbeeld")), path)
    assert any(v.total.value is not None for v in comparison.variants)
    agree(matrix(path), comparison)
    done = recalculated(path, tmp_path / "uit")
    agree(matrix(done), comparison)
    book = openpyxl.load_workbook(done, data_only=True)
    errors = [
        (s.title, c.coordinate, c.value)
        for s in book
        for r in s.iter_rows()
        for c in r
        if str(c.value).startswith(("#", "Err:"))
    ]
    assert errors == []
    assert book["Samenvatting"]["A4"].value == "Gewijzigd na het opslaan: nee"


def find(sheet: Any, **wanted: str) -> int:
    """The row whose cells under the named columns (A, B …) hold the texts."""
    for row in range(1, sheet.max_row + 1):
        if all(sheet[f"{column}{row}"].value == text for column, text in wanted.items()):
            return row
    raise AssertionError(wanted)


def test_after_changing_inputs_office_and_engine_still_agree(workspace: Workspace, tmp_path: Path) -> None:
    """In the file: a thickness, a declared value, a weight, a typed MKI and a price. In the engine: the
    same."""
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    path = tmp_path / "a.xlsx"
    written(workspace, tender, path)
    book = openpyxl.load_workbook(path)
    posts, values, weights = book["Posten"], book["Milieuverklaringen"], book["Weegset"]
    posts[f"E{find(posts, A='Uitvraag', B='Deklaag')}"] = 40
    values[f"E{find(values, B='SMA 11 (voorbeeld)', C='A1-A3', D='GWP-fossil')}"] = 70
    values[f"E{find(values, B='Inschrijving A, Deklaag: SMA 8 geluidarm', C='niet uitgesplitst')}"] = 14.25
    weights[f"B{find(weights, A='GWP-fossil')}"] = 0.2
    line = next(r for r in range(1, posts.max_row + 1) if posts[f"A{r}"].value == "Inschrijfsom")
    bid = next(r for r in range(line, posts.max_row + 1) if posts[f"A{r}"].value == "Inschrijving A")
    posts[f"B{bid}"] = 1111111.11
    changed = tmp_path / "gewijzigd.xlsx"
    book.save(changed)

    inputs = inputs_for(workspace, tender)
    products: dict[str, Product] = {}
    for digest, product in inputs.products.items():
        if product.name == "SMA 11 (voorbeeld)":
            d = product.declarations[0]
            rows = tuple(
                replace(r, value=70.0) if (r.indicator, r.module) == ("GWP-fossil", "A1-A3") else r
                for r in d.values
            )
            product = replace(product, declarations=(replace(d, values=rows),))
        products[digest] = product
    sets = {
        digest: replace(
            s,
            weights=tuple(
                replace(w, euro_per_unit=0.2) if w.indicator == "GWP-fossil" else w for w in s.weights
            ),
        )
        for digest, s in inputs.weighting_sets.items()
    }
    tender = edits.set_post_value(tender, "p1", "thickness_mm", 40.0, "dikte").apply(tender)
    tender = edits.type_mki(tender, "v3", "p1", OfferedMki(total=14.25), "MKI").apply(tender)
    tender = edits.set_price(tender, "v3", Decimal("1111111.11"), "prijs").apply(tender)
    expected = compare(tender, replace(inputs, products=products, weighting_sets=sets, weighed={}))
    done = recalculated(changed, tmp_path / "uit")
    agree(matrix(done), expected)
    assert (
        openpyxl.load_workbook(done, data_only=True)["Samenvatting"]["A4"].value
        == "Gewijzigd na het opslaan: ja"
    )


def test_what_a_colleague_sees_first(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    path = tmp_path / "a.xlsx"
    export_workbook(workspace, "voorbeeld", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Samenvatting",
        "Vergelijking",
        "Verschil",
        "Posten",
        "Milieuverklaringen",
        "Weegset",
        "Berekening",
        "Gunning",
        "Uitleg",
    ]
    first = book["Samenvatting"]
    assert book.active is first
    said = openpyxl.load_workbook(path, data_only=True)["Samenvatting"]["A2"].value
    # who is first, not whose MKI is lowest
    assert str(said).startswith("Voorlopig: Inschrijving B staat op nummer 1")
    assert "Bewerken inschakelen" in str(first["A3"].value)
    stored = openpyxl.load_workbook(path, data_only=True)
    for name in ("Samenvatting", "Vergelijking", "Verschil", "Berekening", "Milieuverklaringen"):
        for cells in zip(book[name].iter_rows(), stored[name].iter_rows(), strict=True):
            for formula, value in zip(*cells, strict=True):
                if isinstance(formula.value, str) and formula.value.startswith("="):
                    assert value.value is not None, (name, formula.coordinate)
        assert book[name].tables, name
    assert all(sheet.protection.sheet for sheet in book)
    assert not book["Posten"]["E4"].protection.locked
    assert book["Vergelijking"]["B2"].protection.locked
    footer = first.oddFooter
    assert footer is not None
    assert "VOORBEELD" in str(footer.center.text)


def test_text_that_looks_like_a_formula_stays_text(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    names = ('=HYPERLINK("x")', "+1", "-2", "@SOM(A1)", "Naam*?~ [1]")
    variants = tuple(replace(v, name=name) for v, name in zip(tender.variants, names, strict=True))
    posts = tuple(replace(p, name="Deklaag") for p in tender.posts)
    path = tmp_path / "a.xlsx"
    comparison = written(workspace, replace(tender, title="=1+1", variants=variants, posts=posts), path)
    done = recalculated(path, tmp_path / "uit")
    agree(matrix(done), comparison)
    assert openpyxl.load_workbook(done)["Samenvatting"]["A1"].value == "=1+1"
    assert openpyxl.load_workbook(path)["Samenvatting"]["A1"].data_type == "s"


def test_missing_stays_a_word(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    empty = replace(tender.variants[2], answers=tender.variants[2].answers[:2], price=None)
    path = tmp_path / "a.xlsx"
    comparison = written(workspace, replace(tender, variants=(tender.variants[0], empty)), path)
    cells = matrix(recalculated(path, tmp_path / "uit"))
    assert row_of(cells, "MKI totaal")[1] == "niet te berekenen"
    assert row_of(cells, "Inschrijfsom")[1] == "invullen"
    agree(cells, comparison)


def test_the_same_figures_everywhere(workspace: Workspace, tmp_path: Path) -> None:
    add_example(workspace)
    path = tmp_path / "a.xlsx"
    export_workbook(workspace, "voorbeeld", path)
    comparison, _ = comparison_of(workspace, tenders.get_tender(workspace, "voorbeeld"))
    agree(matrix(path), comparison)
    summary = matrix(path, "Samenvatting")
    assert row_of(summary, "MKI totaal") == row_of(matrix(path), "MKI totaal")


def test_a_formula_taken_as_it_is_gives_the_same_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XlsxWriter's search for newer functions finds none in our formulas: with and without it, byte for
    byte."""
    add_example(workspace)
    shaped = rich(tenders.get_tender(workspace, "voorbeeld"))
    written(workspace, shaped, tmp_path / "a.xlsx")
    monkeypatch.delattr(PlainSheet, "_prepare_formula")
    written(workspace, shaped, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_workbook_without_a_mark_is_read_without_a_warning(
    workspace: Workspace, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """A final version for inside of a design has no mark: then there is no header, and not an empty one."""
    add_example(workspace)
    tender = tenders.get_tender(workspace, "voorbeeld")
    plain = replace(tender, fictitious=False, variants=tuple(v for v in tender.variants if not v.is_bid))
    inputs = inputs_for(workspace, plain)
    printed = Print("ab" * 32, "2026-11-22T10:00:00+00:00", "test", version=1)
    (tmp_path / "a.xlsx").write_bytes(workbook(internal_advice(compare(plain, inputs), inputs), printed))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [str(one.message) for one in recwarn] == []
    assert all(sheet.oddFooter is not None and sheet.oddFooter.left.text == sheet.title for sheet in book)
