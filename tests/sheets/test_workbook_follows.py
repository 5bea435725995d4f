"""After every kind of change in a spreadsheet program the workbook says what the program says of the changed
document: figures, places, the first sentence. What does not follow says that it is of the moment of saving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import FixedModule
from cirkeldesk.model.tender.award_rules import Judgement, Lock, Opening, QualityLock, Score
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, inputs_for
from cirkeldesk.sheets.ods import ods
from cirkeldesk.wording.comparison.rows import matrix_rows
from tests.awards import AT, criterion, rules
from tests.sheets.office import recalculate
from tests.sheets.test_workbook import agree, find, matrix, row_of, written

pytestmark = pytest.mark.paper

METHOD = rules(
    "value",
    criteria=(criterion("k1", 90_000), criterion("k2", 60_000)),
    also=("mki_discount",),
    lower=45_000,
    upper=75_000,
    maximum=150_000,
    tie_rules=("lowest_mki", "lot"),
)
GIVEN = {"v3": (80, 60), "v4": (60, 90), "v5": (40, 70)}


def decided(tender: Tender, **changes: Any) -> Tender:
    """The example, awarded on value: three bids with scores, all valid; one layer lasts half the period, one
    bid is split per module, one value is fixed for all."""
    scores = tuple(
        Score(bid, one.id, "team", f"gezien bij {bid}", percent=Decimal(percent))
        for bid, percents in GIVEN.items()
        for one, percent in zip(METHOD.criteria, percents, strict=True)
    )
    judged = tuple(Judgement(bid, "valid", "gezien", "", "P. Voorbeeld", "tester", AT) for bid in GIVEN)
    modules = (("A1-A3", 9.0), ("A4", 0.5), ("A5", 0.4), ("B1-B5", 0.2), ("C1-C4", 1.5), ("D", -0.7))
    split = edits.type_mki(tender, "v5", "p1", OfferedMki(modules=modules), "MKI").apply(tender)
    found = replace(
        split,
        award=METHOD,
        lock=Lock("2026-11-03", "Leidraad", "tester", AT),
        quality_lock=QualityLock("tester", AT),
        opened=Opening("tester", AT),
        scores=scores,
        judgements=judged,
        ask=replace(
            tender.ask, own_quantities_allowed=True, fixed_modules=(FixedModule("A4", 0.4, "ton", "p2"),)
        ),
    )
    return replace(found, **changes)


InFile = Callable[[Any], None]
InProgram = Callable[[Tender, Inputs], tuple[Tender, Inputs]]


@dataclass(frozen=True)
class Change:
    """The same change twice: typed in the workbook, and made in the document."""

    in_file: InFile
    in_program: InProgram


def cell(sheet: str, column: str, value: float, **wanted: str) -> InFile:
    def change(book: Any) -> None:
        page = book[sheet]
        page[f"{column}{find(page, **wanted)}"] = value

    return change


def under(sheet: str, header: str, value: float, **wanted: str) -> InFile:
    """In the column with this header."""

    def change(book: Any) -> None:
        page = book[sheet]
        places = [
            (cell.row, cell.column)
            for row in page.iter_rows()
            for cell in row
            if str(cell.value).startswith(header)
        ]
        page.cell(find(page, **wanted), places[0][1]).value = value

    return change


def price_cell(name: str, value: float) -> InFile:
    def change(book: Any) -> None:
        page = book["Posten"]
        start = find(page, A="Inschrijfsom")
        line = next(row for row in range(start, page.max_row + 1) if page[f"A{row}"].value == name)
        page[f"B{line}"] = value

    return change


def of_tender(change: Callable[[Tender], Tender]) -> InProgram:
    return lambda tender, inputs: (change(tender), inputs)


def post(identity: str, **fields: Any) -> InProgram:
    return of_tender(
        lambda t: replace(t, posts=tuple(replace(p, **fields) if p.id == identity else p for p in t.posts))
    )


def value_of(identity: str, code: str, value: float) -> InProgram:
    return of_tender(lambda t: edits.set_post_value(t, identity, code, value, code).apply(t))


def ask(**fields: Any) -> InProgram:
    return of_tender(lambda t: replace(t, ask=replace(t.ask, **fields)))


def method(**fields: Any) -> InProgram:
    return of_tender(lambda t: replace(t, award=replace(t.award, **fields)))


def mki(variant: str, identity: str, offered: OfferedMki) -> InProgram:
    return of_tender(lambda t: edits.type_mki(t, variant, identity, offered, "MKI").apply(t))


def weight(code: str, euro: float) -> InProgram:
    def change(tender: Tender, inputs: Inputs) -> tuple[Tender, Inputs]:
        sets = {
            digest: replace(
                one,
                weights=tuple(
                    replace(w, euro_per_unit=euro) if w.indicator == code else w for w in one.weights
                ),
            )
            for digest, one in inputs.weighting_sets.items()
        }
        return tender, replace(inputs, weighting_sets=sets)

    return change


def declared(name: str, code: str, module: str, amount: float) -> InProgram:
    def change(tender: Tender, inputs: Inputs) -> tuple[Tender, Inputs]:
        products = dict(inputs.products)
        for digest, product in products.items():
            if product.name == name:
                one = product.declarations[0]
                rows = tuple(
                    replace(row, value=amount) if (row.indicator, row.module) == (code, module) else row
                    for row in one.values
                )
                products[digest] = replace(product, declarations=(replace(one, values=rows),))
        return tender, replace(inputs, products=products)

    return change


def scored(bid: str, identity: str, percent: int) -> InProgram:
    return of_tender(
        lambda t: replace(
            t,
            scores=tuple(
                replace(s, percent=Decimal(percent))
                if (s.variant_id, s.criterion_id) == (bid, identity)
                else s
                for s in t.scores
            ),
        )
    )


def both(*changes: Change) -> Change:
    def in_file(book: Any) -> None:
        for one in changes:
            one.in_file(book)

    def in_program(tender: Tender, inputs: Inputs) -> tuple[Tender, Inputs]:
        for one in changes:
            tender, inputs = one.in_program(tender, inputs)
        return tender, inputs

    return Change(in_file, in_program)


MODULES = (("A1-A3", 12.0), ("A4", 0.5), ("A5", 0.4), ("B1-B5", 0.2), ("C1-C4", 1.5), ("D", -0.7))
CHANGES: Mapping[str, Change] = {
    "thickness asked": Change(cell("Posten", "E", 40, A="Uitvraag", B="Deklaag"), value_of("p1", "thickness_mm", 40.0)),
    "density asked": Change(
        under("Posten", "Dichtheid", 2.5, A="Uitvraag", B="Onderlaag"), value_of("p3", "density_t_m3", 2.5)
    ),
    "amount of the work": Change(
        lambda book: book["Posten"].__setitem__("B1", 15_000),
        of_tender(lambda t: replace(t, functional_quantity=15_000.0)),
    ),
    "period": Change(lambda book: book["Posten"].__setitem__("B2", 40), ask(analysis_period=40.0)),
    "life asked, longer": Change(
        under("Posten", "Levensduur, jaar", 20, A="Uitvraag", B="Deklaag"), post("p1", life=20.0)
    ),
    "life asked, as long as the period": Change(
        under("Posten", "Levensduur, jaar", 30, A="Uitvraag", B="Deklaag"), post("p1", life=30.0)
    ),
    "life asked, shorter": Change(
        under("Posten", "Levensduur, jaar", 7.5, A="Uitvraag", B="Deklaag"), post("p1", life=7.5)
    ),
    "life as the work becomes years": Change(
        under("Posten", "Levensduur, jaar", 15, A="Uitvraag", B="Onderlaag"), post("p3", life=15.0)
    ),
    "declared value": Change(
        cell("Milieuverklaringen", "E", 70, B="SMA 11 (voorbeeld)", C="A1-A3", D="GWP-fossil"),
        declared("SMA 11 (voorbeeld)", "GWP-fossil", "A1-A3", 70.0),
    ),
    "declared value of D, a burden": Change(
        cell("Milieuverklaringen", "E", 5, B="SMA 11 (voorbeeld)", C="D", D="GWP-fossil"),
        declared("SMA 11 (voorbeeld)", "GWP-fossil", "D", 5.0),
    ),
    "weight": Change(cell("Weegset", "B", 0.2, A="GWP-fossil"), weight("GWP-fossil", 0.2)),
    "offered total": Change(
        cell("Milieuverklaringen", "E", 9.25, B="Inschrijving A, Deklaag: SMA 8 geluidarm", C="niet uitgesplitst"),
        mki("v3", "p1", OfferedMki(total=9.25)),
    ),
    "offered module": Change(
        cell("Milieuverklaringen", "E", 12, B="Inschrijving C, Deklaag: SMA 11 (voorbeeld)", C="A1-A3"),
        mki("v5", "p1", OfferedMki(modules=MODULES)),
    ),
    "price, up": Change(
        price_cell("Inschrijving B", 1_400_000),
        of_tender(lambda t: edits.set_price(t, "v4", Decimal(1_400_000), "prijs").apply(t)),
    ),
    "price, down": Change(
        price_cell("Inschrijving C", 999_999.99),
        of_tender(lambda t: edits.set_price(t, "v5", Decimal("999999.99"), "prijs").apply(t)),
    ),
    "score": Change(under("Gunning", "criterium k1, score", 100, A="Inschrijving C"), scored("v5", "k1", 100)),
    "maximum of a criterion": Change(
        cell("Gunning", "B", 200_000, A="criterium k2, maximum"),
        method(criteria=(METHOD.criteria[0], replace(METHOD.criteria[1], maximum=Decimal(200_000)))),
    ),
    "upper bound": Change(cell("Gunning", "B", 62_000, A="Bovengrens MKI"), method(upper=Decimal(62_000))),
    "lower bound": Change(cell("Gunning", "B", 55_000, A="Ondergrens MKI"), method(lower=Decimal(55_000))),
    "highest discount": Change(cell("Gunning", "B", 400_000, A="Hoogste korting"), method(maximum=Decimal(400_000))),
}  # fmt: skip
CHANGES = {
    **CHANGES,
    "several at once": both(
        CHANGES["period"],
        CHANGES["life asked, shorter"],
        CHANGES["weight"],
        CHANGES["score"],
        CHANGES["price, up"],
    ),
}


def leader(found: Award) -> str:
    return next(bid.name for bid in found.bids if bid.rank == 1)


def same_places(path: Path, found: Award) -> None:
    """Sums to the cent, places, and the sentence of the first sheet."""
    book = openpyxl.load_workbook(path, data_only=True)
    page = book["Gunning"]
    header = {str(one.value): one.column for one in page[5] if one.value is not None}
    for bid in found.bids:
        line = find(page, A=bid.name)
        assert bid.outcome is not None
        assert page.cell(line, header["Fictieve prijs, €"]).value == pytest.approx(
            float(bid.outcome.total), abs=1e-6
        )
        assert page.cell(line, header["Plaats"]).value == bid.rank
    first = book["Samenvatting"]
    assert first["A2"].value == f"Na uw wijzigingen staat {leader(found)} op nummer 1."
    assert page["A1"].value == first["A2"].value
    assert first["A4"].value == "Gewijzigd na het opslaan: ja"


def same_summary(path: Path) -> None:
    """The first sheet and the sheet of differences say what the comparison says."""
    small, large = matrix(path, "Samenvatting"), matrix(path)
    for name in (
        "MKI totaal",
        "Verschil met nulvariant (€",
        "MKI per m² (",
        "Inschrijfsom",
        "Fictieve prijs",
    ):
        assert row_of(small, name)[: len(row_of(large, name))] == row_of(large, name)
    for name in small:
        if name.startswith("Te vergelijken"):
            assert name.endswith("(bij opslaan)")


@pytest.fixture
def base(workspace: Workspace) -> tuple[Tender, Inputs]:
    add_example(workspace)
    tender = decided(tenders.get_tender(workspace, "voorbeeld"))
    return tender, inputs_for(workspace, tender)


def expected(base: tuple[Tender, Inputs], change: Change) -> tuple[Comparison, Award]:
    """What the program makes of the changed document; nothing that was worked out before is remembered."""
    tender, inputs = change.in_program(*base)
    inputs = Inputs(inputs.weighting_sets, inputs.products, inputs.groups)
    comparison = compare(tender, inputs)
    found = award(comparison)
    assert found is not None
    return comparison, found


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_the_workbook_follows_every_kind_of_change(
    workspace: Workspace, base: tuple[Tender, Inputs], tmp_path: Path, kind: str, deep: bool
) -> None:
    """The ODS is made from the workbook cell by cell: a few kinds of change show it, all of them with
    --deep."""
    chosen = dict(list(CHANGES.items())[:: 1 if kind == "xlsx" or deep else 5])
    path = tmp_path / "basis.xlsx"
    written(workspace, base[0], path)
    sources = []
    for number, change in enumerate(chosen.values()):
        book = openpyxl.load_workbook(path)
        change.in_file(book)
        sources.append(tmp_path / f"{number}.xlsx")
        book.save(sources[-1])
    if kind == "ods":
        sources = [as_ods(source) for source in sources]
    done = recalculate(sources, tmp_path / "uit")
    leaders = set()
    for (name, change), changed in zip(chosen.items(), done, strict=True):
        comparison, found = expected(base, change)
        try:
            agree(matrix(changed), comparison)
            same_places(changed, found)
            same_summary(changed)
        except AssertionError as problem:
            raise AssertionError(name) from problem
        leaders.add(leader(found))
    assert len(leaders) > 1 or kind == "ods"  # a change that changes who is first is among them


def as_ods(path: Path) -> Path:
    target = path.with_suffix(".ods")
    target.write_bytes(ods(path.read_bytes()))
    return target


def test_what_does_not_follow_says_so(
    workspace: Workspace, base: tuple[Tender, Inputs], tmp_path: Path
) -> None:
    """Each row of the comparison has live figures, or says that it is of the moment of saving."""
    path = tmp_path / "a.xlsx"
    comparison = written(workspace, base[0], path)
    page = openpyxl.load_workbook(path)["Vergelijking"]
    rows = matrix_rows(comparison)
    for line, row in enumerate(rows, 2):
        live = any(str(one.value).startswith("=") for one in page[line][1:])
        assert live != str(page.cell(line, 1).value).endswith("(bij opslaan)"), row.key
    said = openpyxl.load_workbook(path)["Verschil"]
    texts = [str(one.value) for row in said.iter_rows() for one in row if one.value is not None]
    assert any(text.startswith("Bij opslaan: ") for text in texts)


def test_a_life_that_makes_the_mki_unknown_gives_no_figure(
    workspace: Workspace, base: tuple[Tender, Inputs], tmp_path: Path
) -> None:
    """A total that is not split cannot be scaled to a period shorter than the life: no figure, here and
    there."""
    path, changed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    written(workspace, base[0], path)
    book = openpyxl.load_workbook(path)
    under("Posten", "Levensduur, jaar", 60, A="Uitvraag", B="Deklaag")(book)
    book.save(changed)
    comparison = compare(*post("p1", life=60.0)(*base))
    found = row_of(matrix(recalculate([changed], tmp_path / "uit")[0]), "MKI totaal")
    for value, result in zip(found, comparison.variants, strict=False):
        if result.total.value is None:
            assert str(value).startswith("#")
        else:
            assert value == pytest.approx(result.total.value, rel=1e-9)


def test_inputs_have_names_that_a_person_can_read(
    workspace: Workspace, base: tuple[Tender, Inputs], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    written(workspace, base[0], path)
    book = openpyxl.load_workbook(path)
    assert {
        "Hoeveelheid_werk",
        "Beschouwingsperiode",
        "Bovengrens_MKI",
        "Ondergrens_MKI",
        "Hoogste_korting",
    } <= set(book.defined_names)
    formulas = [
        str(one.value)
        for page in book
        for row in page.iter_rows()
        for one in row
        if str(one.value).startswith("=")
    ]
    assert any("/Hoeveelheid_werk/Beschouwingsperiode" in text for text in formulas)
    assert any("Bovengrens_MKI-Ondergrens_MKI" in text for text in formulas)


def test_no_input_is_without_effect(
    workspace: Workspace, base: tuple[Tender, Inputs], tmp_path: Path
) -> None:
    """Every unlocked cell with a number is used by a formula of another cell than the watch on changes."""
    path = tmp_path / "a.xlsx"
    written(workspace, base[0], path)
    texts = [
        str(one.value)
        for row in openpyxl.load_workbook(path)["Gunning"].iter_rows()
        for one in row
        if one.value is not None
    ]
    assert not any(
        text.startswith(("Boetefactor", "MKI-plafond")) and text.endswith("(invoer)") for text in texts
    )
    page = openpyxl.load_workbook(path)["Gunning"]
    line = find(page, A="Boetefactor")
    assert page.cell(line, 2).protection.locked
    assert "telt niet mee" in str(page.cell(line, 2).value)
