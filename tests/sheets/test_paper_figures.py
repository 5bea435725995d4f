"""Every figure on paper is that of `compare --json` and `award --json` after the shared rounding, read back
through the tags."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cirkeldesk.cli import main
from cirkeldesk.model.tender.award_rules import OUT
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording import numbers, terms
from tests.five import BIDDERS, add_five
from tests.sheets.tagged_text import tables, tree

pytestmark = pytest.mark.paper
Plain = dict[str, Any]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def share(of: str) -> Callable[[Plain, Plain], Any]:
    return lambda variant, _: variant[of]


# row on paper → (figure in `compare --json`, its place among the states, how it is written)
ROWS: dict[str, tuple[Callable[[Plain, Plain], Any], str, Callable[[float], str]]] = {
    "MKI totaal": (lambda v, _: v["mki"]["total"], "mki.total", lambda x: numbers.number(x, 0)),
    "Verschil met nulvariant € MKI": (
        lambda v, r: _minus(v, r),
        "mki.total",
        lambda x: numbers.number(x, 0, sign=True),
    ),
    "Verschil met nulvariant %": (
        lambda v, r: _percent(v, r),
        "mki.total",
        lambda x: numbers.number(x, 1, sign=True),
    ),
    "MKI per m² €": (
        lambda v, _: v["mki"]["per_functional_unit"],
        "mki.per_functional_unit",
        lambda x: numbers.number(x, 2),
    ),
    "MKI per m² per jaar": (
        lambda v, _: v["mki"]["per_functional_unit_year"],
        "mki.per_functional_unit_year",
        lambda x: numbers.number(x, 3),
    ),
    "CO₂-uitstoot": (
        lambda v, _: v["gwp_kg"]["a_to_c"],
        "gwp_kg.a_to_c",
        lambda x: numbers.number(x / 1000, 1),
    ),
    "Inschrijfsom": (lambda v, _: v["price"], "price", lambda x: numbers.number(Decimal(x), 0)),
    "waarvan A–C": (lambda v, _: v["mki"]["a_to_c"], "mki.a_to_c", lambda x: numbers.number(x, 0)),
    "waarvan D": (lambda v, _: v["mki"]["d"], "mki.d", lambda x: numbers.number(x, 0)),
    "Rekencontrole": (lambda v, _: v["mki"]["check"], "mki.check", lambda x: numbers.number(x, 0)),
    "Secundair": (share("secondary"), "secondary", lambda x: _range(x)),  # type: ignore[arg-type]
    "Hergebruikt": (share("reused"), "reused", lambda x: _range(x)),  # type: ignore[arg-type]
    "Biobased": (share("biobased"), "biobased", lambda x: _range(x)),  # type: ignore[arg-type]
    "Primair abiotisch %": (share("primary_abiotic"), "primary_abiotic", lambda x: _range(x)),  # type: ignore[arg-type]
}


MARKS = re.compile(r" (laagste|hoogste|gelijk|ongeldig|ingetrokken)$")


def is_column_of(head: str, found: Plain) -> bool:
    """Whether a column goes by a variant's name, or by its letter with the company."""
    name = str(found["name"])
    return head == name or head.startswith(f"{name.removeprefix('Inschrijving ')}: ")


def _minus(variant: Plain, reference: Plain) -> float | None:
    values = [one["mki"]["total"] for one in (variant, reference)]
    return None if None in values or variant is reference else values[0] - values[1]


def _percent(variant: Plain, reference: Plain) -> float | None:
    found = _minus(variant, reference)
    return found / reference["mki"]["total"] * 100 if found is not None else None


def _range(found: Plain) -> str:
    low, high = (numbers.number(found[name] * 100, 1) for name in ("low", "high"))
    return low if low == high else f"{low} tot {high}"


def answer(database: Path, command: str, number: str, capsys: pytest.CaptureFixture[str]) -> Plain:
    assert main(["--db", str(database), command, number, "--json"]) == 0
    found: Plain = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def paths(workspace: Workspace, tmp_path: Path) -> dict[str, Path]:
    """Sheets of both tenders, inside and outside, and the letters of the five bidders."""
    add_example(workspace)
    add_five(workspace)
    made = {}
    for identity in ("voorbeeld", "vijf"):
        for audience in ("internal", "external"):
            made[f"{identity} {audience}"] = tmp_path / f"{identity}-{audience}.pdf"
            export.advise(workspace, identity, made[f"{identity} {audience}"], audience)
    for path in export.write_letters(workspace, "vijf", date(2026, 12, 4), tmp_path / "brieven", draft=True):
        made[path.name] = path
    export.write_record(workspace, "vijf", "record", tmp_path / "pv.pdf")
    made["record"] = tmp_path / "pv.pdf"
    workspace.store.close()
    return made


@pytest.mark.parametrize(("identity", "number"), [("voorbeeld", "VOORBEELD-001"), ("vijf", "2026-099")])
@pytest.mark.parametrize("audience", ["internal", "external"])
def test_the_matrix_is_compare(
    paths: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    identity: str,
    number: str,
    audience: str,
) -> None:
    """Cell by cell, a figure or the word for why there is none."""
    found = answer(tmp_path / "test.db", "compare", number, capsys)
    variants = found["variants"]
    reference = next(variant for variant in found["variants"] if variant["role"] == "reference")
    compared = 0
    for table in tables(paths[f"{identity} {audience}"]):
        if table[0][0] != "Figuur":
            continue
        for row in (row for row in table[1:] if len(row) > 1):
            names = [name for name in ROWS if all(word in row[0] for word in name.split())]
            if not names:
                continue
            figure, place, written = ROWS[max(names, key=len)]
            for name, cell in zip(table[0][1:], row[1:], strict=True):
                variant = next(one for one in variants if is_column_of(name, one))
                text = MARKS.sub("", cell).removeprefix("raming ")
                value = figure(variant, reference)
                if value is not None:
                    assert text == plain(written(value)), (row[0], name)
                    compared += 1
                elif place in variant["states"]:
                    assert text == plain(terms.STATES[variant["states"][place]["state"]]) or not row[
                        0
                    ].startswith("MKI"), (
                        row[0],
                        name,
                    )
    assert compared >= (30 if audience == "internal" else 8)


def test_the_award_on_paper_is_award(
    paths: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ranking, every filled-in sum, and the same in the proces-verbaal."""
    found = answer(tmp_path / "test.db", "award", "2026-099", capsys)
    for name in ("vijf internal", "record"):
        text = plain(tree(paths[name]).whole_text)
        rankings = [table for table in tables(paths[name]) if table[0][:2] == ["Plaats", "Inschrijving"]]
        assert rankings
        for table in rankings:
            assert len(table) == 6
            for row, bid in zip(table[1:], found["bids"], strict=True):
                cells = dict(zip(table[0], row, strict=True))
                assert is_column_of(cells["Inschrijving"], bid)
                out = {
                    "–",
                    terms.VALIDITY[bid["validity"]],
                }  # the first page says the word, the table beside "Geldig?" a dash
                assert cells["Plaats"].split()[0] in ({str(bid["rank"])} if bid["rank"] is not None else out)
                assert cells["Inschrijfsom"] == plain(numbers.euro(Decimal(bid["price"]), 2))
                assert cells["MKI"] == numbers.number(Decimal(bid["mki"]), 0)
                if bid["notional_price"] is None:  # an invalid bid takes no part: no sum of it is made
                    assert bid["validity"] in OUT
                    assert cells["Fictieve prijs"] == plain(
                        f"niet berekend ({terms.VALIDITY[bid['validity']]})"
                    )
                    continue
                assert cells["Fictieve prijs"] == plain(numbers.euro(Decimal(bid["notional_price"]), 2))
        for bid in found["bids"]:
            for line in bid["sum"]:
                assert plain(line) in text, (name, line)


SHARES = {
    "uitmuntend": Decimal("1"),
    "goed": Decimal("0.8"),
    "voldoende": Decimal("0.6"),
    "matig": Decimal("0.3"),
}


def test_a_letter_has_the_bidders_figures_of_award(
    paths: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {bid["name"]: bid for bid in answer(tmp_path / "test.db", "award", "2026-099", capsys)["bids"]}
    looked = 0
    for key, name, bidder, *_ in BIDDERS:
        if key not in ("a", "b", "c"):
            continue
        bid = found[f"Inschrijving {name}"]
        path = next(path for label, path in paths.items() if bidder in label and label.endswith(".pdf"))
        table = next(table for table in tables(path) if table[0][0] == "Onderdeel, in €")
        rows = {row[0].split(" (")[0]: row[1] for row in table[1:]}
        assert rows["Inschrijfsom, excl. btw"] == plain(numbers.number(Decimal(bid["price"]), 2))
        assert rows["MKI van het werk"] == numbers.number(Decimal(bid["mki"]), 0)
        assert rows["Fictieve prijs"] == plain(numbers.number(Decimal(bid["notional_price"]), 2))
        parts = {part["criterion"]: part for part in bid["parts"]}
        for criterion, label in (
            ("k1", "Plan voor hinder"),
            ("k2", "Levensduur en garantie"),
            ("mki_discount", "MKI-korting"),
        ):
            amount = plain(numbers.number(Decimal(parts[criterion]["amount"]), 2, sign=True))
            assert rows[label].endswith(amount)
            if criterion != "mki_discount":
                word = next(
                    w for w, share in SHARES.items() if share == Decimal(str(parts[criterion]["score"]))
                )
                assert rows[label] == f"{word}: {amount}"
            looked += 1
        text = plain(tree(path).whole_text)
        assert f"plaats {bid['rank']} van 3 geldige inschrijvingen" in text
    assert looked == 9


def test_reading_order_is_the_order_on_the_page(paths: dict[str, Path]) -> None:
    """Headings go down one level at a time, lists and tables are whole, each chart says what it shows."""
    for name, path in paths.items():
        if path.suffix != ".pdf":
            continue
        found = tree(path)
        levels = [int(element.role[1]) for element in found.children if re.fullmatch("H[1-6]", element.role)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        for figure in found.all_of("Figure"):
            assert len(figure.alt) > 12
        for table in found.all_of("Table"):
            widths = {sum(cell.span for cell in row.children) for row in table.children}
            assert len(widths) == 1, name
