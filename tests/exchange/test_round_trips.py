"""Whatever is declared comes back as it was, in every format a test can write; and damaged files never break
the reader."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies
from cirkeldesk.exchange.openepd import FLOWS, IMPACTS
from cirkeldesk.exchange.reading import Reading
from cirkeldesk.exchange.recognise import read_content
from cirkeldesk.exchange.table import generic_table, table_mapping
from cirkeldesk.exchange.table.csv_text import csv_sheet
from cirkeldesk.exchange.table.workbook import workbook_sheets
from cirkeldesk.model.document.document import content_hash, from_plain, to_plain
from cirkeldesk.model.product.indicators import INDICATORS, SetCode
from cirkeldesk.model.product.product import Product, Source
from cirkeldesk.model.refusal import ReadError
from tests.conftest import HANG, SAMPLES
from tests.exchange.files import (
    TABLE,
    as_bytes,
    as_csv,
    as_xlsx,
    flow_result_xml,
    ilcd_xml,
    ilcd_zip,
    openepd,
    result,
    result_xml,
    soda4lca,
)

MODULES = ("A1-A3", "A1", "A2", "A3", "A4", "A5", "B1", "B2", "C1", "C2", "C3", "C4", "D")
Key = tuple[SetCode | None, str, str, str | None]  # set, code, module, scenario
Values = dict[Key, str | None]  # a number as text, "ND", or None for nothing at all
NUMBERS = st.floats(-1e300, 1e300).map(repr)
TEXTS = st.one_of(NUMBERS, st.sampled_from(["0", "ND", "-1e-16", "0.000"]), st.none())


def values(codes: list[tuple[SetCode | None, str]], *, scenarios: bool = True) -> st.SearchStrategy[Values]:
    names = st.sampled_from([None, "S1", "recycling 100 %"]) if scenarios else st.none()
    keys = st.tuples(st.sampled_from(codes), st.sampled_from(MODULES), names).map(
        lambda k: (*k[0], k[1], k[2])
    )
    return st.dictionaries(keys, TEXTS, min_size=1, max_size=12)


ALL = [(row.set, row.code) for row in INDICATORS]
TABLE_CODES: list[tuple[SetCode | None, str]] = [(s, c) for s, c in ALL if s in ("A2", None)]
UUIDS = {(row.set, row.code): row.uuids[0] for row in INDICATORS}
UNITS = {(row.set, row.code): row.unit for row in INDICATORS}


def read(content: bytes) -> Reading:
    return read_content(content, "verklaring", Dependencies(), {})


def back(product: Product) -> Counter[tuple[Any, ...]]:
    return Counter(
        (d.set, row.indicator, row.module, row.scenario, row.value, row.state)
        for d in product.declarations
        for row in d.values
    )


def wanted(declared: Values) -> Counter[tuple[Any, ...]]:
    return Counter(
        (*key, *((None, "not_declared") if text in (None, "ND") else (float(text or 0), "declared")))
        for key, text in declared.items()
    )


def by_indicator(
    declared: Values,
) -> dict[tuple[SetCode | None, str], list[tuple[str, str | None, str | None]]]:
    found: dict[tuple[SetCode | None, str], list[tuple[str, str | None, str | None]]] = {}
    for (set_code, code, module, scenario), text in declared.items():
        found.setdefault((set_code, code), []).append((module, scenario, text))
    return found


@given(values(ALL))
def test_soda4lca(declared: Values) -> None:
    items = []
    for key, cells in by_indicator(declared).items():
        anies = [
            {"module": m, **({"scenario": s} if s else {}), **({} if text is None else {"value": text})}
            for m, s, text in cells
        ]
        items.append(result(UUIDS[key], anies, UNITS[key]))
    assert back(read(as_bytes(soda4lca(results=items))).products[0]) == wanted(declared)


@given(values(ALL), st.booleans())
def test_ilcd_xml(declared: Values, sixteen: bool) -> None:
    impacts = [(key, cells) for key, cells in by_indicator(declared).items() if key[0] is not None]
    flows = [(key, cells) for key, cells in by_indicator(declared).items() if key[0] is None]
    text = ilcd_xml(
        results="".join(result_xml(UUIDS[key], cells, UNITS[key]) for key, cells in impacts),
        exchanges="".join(flow_result_xml(UUIDS[key], cells, UNITS[key]) for key, cells in flows),
    )
    product = read(text.encode("utf-16") if sixteen else text.encode()).products[0]
    assert back(product) == wanted(declared)
    assert {row.unit for d in product.declarations for row in d.values} <= set(UNITS.values())


OPENEPD: list[tuple[SetCode | None, str]] = [("A2", code) for code in IMPACTS.values()]
OPENEPD += [(None, code) for code in dict.fromkeys(FLOWS.values())]


@given(values(OPENEPD, scenarios=False))
def test_openepd(declared: Values) -> None:
    names = {code: key for key, code in IMPACTS.items()}
    flows = {code: key for key, code in FLOWS.items()}
    impacts: dict[str, Any] = {}
    uses: dict[str, Any] = {}
    for (set_code, code, module, _), text in declared.items():
        section, key = (impacts, names[code]) if set_code == "A2" else (uses, flows[code])
        mean = None if text in (None, "ND") else float(text or 0)
        section.setdefault(key, {})[module.replace("A1-A3", "A1A2A3")] = {
            "mean": mean,
            "unit": UNITS[(set_code, code)],
        }
    document = openepd(impacts={"EF 3.1": impacts, "TRACI 2.1": {}}, resource_uses=uses)
    assert back(read(json.dumps(document).encode()).products[0]) == wanted(declared)


@given(
    values([(s, c) for s, c in ALL if s in ("A2", None)]),
    st.sampled_from([",", "."]),
    st.sampled_from(["latin-1", "utf-8-sig"]),
)
def test_oekobaudat_csv(declared: Values, sign: str, encoding: str) -> None:
    from cirkeldesk.exchange.ilcd.oekobaudat_csv import COLUMNS

    header = [name for name, key in COLUMNS.items()]
    lines = ["UUID;Version;Name (de);Bezugsgroesse;Bezugseinheit;Modul;Szenario;" + ";".join(header) + ";"]
    rows: dict[tuple[str, str | None], dict[str, str]] = {}
    kept: Values = {}
    for (set_code, code, module, scenario), text in declared.items():
        if text is None:
            continue  # an empty cell is not there: CSV cannot tell the two apart
        column = next(name for name, key in COLUMNS.items() if key == (set_code, code))
        rows.setdefault((module, scenario), {})[column] = text.replace(".", sign)
        kept[(set_code, code, module, scenario)] = text
    for (module, scenario), cells in rows.items():
        lines.append(
            f"u1;1;Größe;1;kg;{module};{scenario or ''};"
            + ";".join(cells.get(name, "") for name in header)
            + ";"
        )
    if kept:
        assert back(read("\n".join(lines).encode(encoding)).products[0]) == wanted(kept)


def grid(declared: Values, turned: bool) -> tuple[list[list[Any]], Values]:
    """A table of indicators by modules; a cell that nobody declared is empty, and reads as not declared."""
    keys = list(dict.fromkeys((set_code, code) for set_code, code, _, _ in declared))
    modules = list(dict.fromkeys((module, scenario) for _, _, module, scenario in declared))
    names = [module if scenario is None else f"{module} ({scenario})" for module, scenario in modules]
    full = {(*key, *module): declared.get((*key, *module)) for key in keys for module in modules}
    if not turned:
        body: list[list[Any]] = [
            [code, UNITS[(s, code)], *(full[(s, code, *m)] for m in modules)] for s, code in keys
        ]
        return [["Indicator", "Unit", *names], *body], full
    heads = [f"{code} ({s})" if s else code for s, code in keys]
    rows = [[m, s or "", *(full[(*key, m, s)] for key in keys)] for m, s in modules]
    return [["Module", "Scenario", *heads], *rows], {
        key: text for key, text in full.items() if text is not None
    }


@given(values(TABLE_CODES), st.booleans(), st.booleans())
def test_tables(declared: Values, turned: bool, excel: bool) -> None:
    rows, kept = grid(declared, turned)
    above = [["Product", "Verzonnen mengsel"], ["Declared unit", "1 ton"]]
    source = Source("tabel.xlsx", "tabel", "0" * 64)
    if excel:  # a workbook keeps 15 digits, as Excel does
        rows = [[f"{float(cell):.15g}" if _is_number(cell) else cell for cell in row] for row in rows]
        kept = {key: f"{float(text or 0):.15g}" if _is_number(text) else text for key, text in kept.items()}
        typed = [
            [float(cell) if isinstance(cell, str) and _is_number(cell) else cell for cell in row]
            for row in rows
        ]
        sheets = workbook_sheets(as_xlsx([*above, *typed]), "tabel.xlsx")
    else:
        text = as_csv(
            [
                [str(cell or "").replace(".", ",") if _is_number(cell) else cell or "" for cell in r]
                for r in [*above, *rows]
            ]
        )
        sheets = (csv_sheet(text.decode(), "tabel.csv"),)
    mapping = replace(table_mapping.propose(sheets, "tabel.xlsx"), set="A2", decimal=",", unit="1 ton")
    if not kept:
        return
    product = generic_table.read(sheets, mapping, source, asked=True).products[0]
    assert back(product) == wanted(kept)
    assert (product.declared_amount, product.declared_unit) == (1.0, "ton")


def _is_number(cell: Any) -> bool:
    try:
        float(cell)
    except (TypeError, ValueError):
        return False
    return cell is not None and str(cell) not in ("", "nan")


@given(values(ALL))
def test_a_product_is_its_document_again(declared: Values) -> None:
    """Export then import is identity, for every product a reader can make."""
    items = [
        result(
            UUIDS[key],
            [
                {"module": m, "scenario": s, "value": t} if s else {"module": m, "value": t}
                for m, s, t in cells
            ],
        )
        for key, cells in by_indicator(declared).items()
    ]
    product = replace(read(as_bytes(soda4lca(results=items))).products[0], id="p1")
    assert content_hash(from_plain(json.loads(json.dumps(to_plain(product))))) == content_hash(product)


# --- damage
# --------------------------------------------------------------------------------------------------------


def own_files() -> list[bytes]:
    return [
        as_bytes(soda4lca()),
        ilcd_xml().encode(),
        ilcd_zip(),
        json.dumps(openepd()).encode(),
        as_csv(TABLE),
        as_xlsx(TABLE),
    ]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A few changes of the kinds that disks, mail and people make."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 1, 2, 8, 64, 1024))
        match chance.randrange(6):
            case 0:
                data[at : at + size] = b""
            case 1:
                data[at:at] = bytes(chance.randrange(256) for _ in range(min(size, 64)))
            case 2:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                data[at:at] = data[chance.randrange(len(data) + 1) :][:size]
            case 4:
                data[at:at] = chance.choice(
                    (b"<", b"&a;", b'"', b"]}", b";;", b"NaN", b"1e999", b"\0", b"\xff\xfe", b"-0,1")
                )
            case _:
                data = data[: max(1, at)]
    return bytes(data)


def endure(files: list[bytes], rounds: int, seed: int) -> Counter[str]:
    """Read damaged files; anything but products or a typed refusal within two seconds fails."""
    chance = random.Random(seed)
    outcome: Counter[str] = Counter()
    for number in range(rounds):
        content = damaged(chance.choice(files), chance)
        started = time.process_time()
        try:
            found = read(content)
            outcome["read" if found.products else "empty"] += 1
            for product in found.products:
                from_plain(json.loads(json.dumps(to_plain(replace(product, id="p1")))))
        except ReadError as problem:
            outcome[problem.key] += 1
        except Exception as problem:
            raise AssertionError(
                f"round {number} of seed {seed}: {type(problem).__name__}: {problem}"
            ) from problem
        assert time.process_time() - started < HANG / 1000, (
            number,
            seed,
        )  # a bound on what hangs; it takes milliseconds
    return outcome


def test_damaged_files_of_our_own(deep: bool) -> None:
    outcome = endure(own_files(), 20_000 if deep else 600, 1)
    assert outcome["read"] > 0
    assert len(outcome) > 5  # many kinds of refusal were reached


def test_damaged_real_files(samples: Path, deep: bool) -> None:
    files = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*")) if path.suffix != ".zip"]
    outcome = endure(files, 6_000 if deep else 200, 2)
    assert outcome["read"] > 0


@pytest.mark.parametrize("make", [ilcd_zip, lambda: as_xlsx(TABLE)], ids=["zip", "workbook"])
def test_damaged_containers(make: Callable[[], bytes], deep: bool) -> None:
    outcome = endure([make()], 3_000 if deep else 150, 3)
    assert sum(outcome.values()) > 0
