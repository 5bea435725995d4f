"""Cases 2 and 3: one edit until all figures, and paired draws, beside peers in one run.

A tender of 20 variants × 40 posts, each with a product of its own: 800 declarations of 19 indicators × 17
modules. Peers: LibreOffice converting the workbook we export of it (cold), and numpy doing the same
multiplications as one product of arrays, the floor. Draws: numpy drawing and multiplying, and bw2calc where
it is installed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from cirkeldesk.model.comparison.certainty import certainty, drawn_totals, spreadsheet
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Inputs, Judged
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.product.declaration import Declaration, DeclaredValue
from cirkeldesk.model.product.indicators import BY_CODE
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.tender import Answer, Post, ProductRef, Tender, Variant
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import inputs_for, open_workspace
from cirkeldesk.sheets.printing import Print
from cirkeldesk.sheets.workbook import workbook
from cirkeldesk.wording.advice.advice import internal_advice

VARIANTS, POSTS = 20, 40
MODULES = (
    "A1",
    "A2",
    "A3",
    "A1-A3",
    "A4",
    "A5",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "B6",
    "C1",
    "C2",
    "C3",
    "C4",
    "D",
)
DRAWS = 10_000


def median(run: Callable[[], object], times: int = 7) -> float:
    run()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def product(identity: str, codes: list[str], chance: random.Random) -> Product:
    rows = tuple(
        DeclaredValue(code, module, chance.uniform(0.001, 3.0), unit=BY_CODE["A2", code].unit)
        for code in codes
        for module in MODULES
    )
    return Product(
        identity, identity, declared_unit="ton", declared_amount=1.0,
        declarations=(Declaration("A2", rows, rules="NL-PCR", category="1"),),
    )  # fmt: skip


def large(tender: Tender, inputs: Inputs) -> tuple[Tender, Inputs]:
    """The tender to measure, and what it pins."""
    chance = random.Random(2)
    codes = [weight.indicator for weight in inputs.weighting_sets[tender.ask.weighting_set or ""].weights]
    posts = tuple(
        Post(f"p{i}", f"post {i}", route="bill", values=(("mass_t", 100.0 + i),), life=15.0)
        for i in range(POSTS)
    )
    products, variants = {}, []
    for number in range(VARIANTS):
        answers = []
        for index in range(POSTS):
            made = product(f"x{number}-{index}", codes, chance)
            digest = content_hash(made)
            products[digest] = made
            answers.append(Answer(f"p{index}", product=ProductRef(made.id, digest)))
        variants.append(
            Variant(f"v{number}", f"ontwerp {number}", "alternative", answers=tuple(answers), equal="yes")
        )
    ask = replace(tender.ask, rules=None, reference_date=None)
    big = replace(
        tender, id="groot", number="GROOT", ask=ask, posts=posts, variants=tuple(variants), products=()
    )
    return big, replace(inputs, products=products, weighed={}, judged=Judged(), elsewise={})


def floor_of(tender: Tender) -> Callable[[], Any]:
    """The same multiplications with numpy: values × weights, over modules, × quantity, all at once."""
    chance = np.random.default_rng(2)
    values = chance.uniform(0.001, 3.0, (VARIANTS, POSTS, 19, 13))
    weights, factors = chance.uniform(0, 1, 19), chance.uniform(0.5, 2.0, 13)
    tons = np.array([post.values[0][1] for post in tender.posts])

    def run() -> Any:
        return np.einsum("vpim,i,m,p->v", values, weights, factors, tons, optimize=True)

    return run


def office(book: Path, folder: Path) -> float | None:
    """Seconds of a LibreOffice that loads, recalculates and saves the workbook; None where it is not
    installed. (Over a connection to an open document it did not answer; so there is no warm figure.)"""
    try:
        begin = time.perf_counter()
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profiel'}", "--convert-to", "ods",
             "--outdir", str(folder), str(book)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return time.perf_counter() - begin
    except (OSError, subprocess.SubprocessError):
        return None


def main() -> int:
    lines: list[tuple[str, float, str, float, float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_workspace(folder / "bench.db") as workspace:
            add_example(workspace)
            base = tenders.get_tender(workspace, "voorbeeld")
            shipped = inputs_for(workspace, base)
        tender, inputs = large(base, shipped)
        cold_inputs = [replace(inputs, weighed={}, judged=Judged(), elsewise={}) for _ in range(4)]
        cold = median(lambda: compare(tender, cold_inputs.pop() if cold_inputs else inputs), 3)
        comparison = compare(tender, inputs)
        chance = random.Random(3)
        codes = [weight.indicator for weight in comparison.weighting_set.weights]

        def one_product() -> object:
            made = product("nieuw", codes, chance)
            digest = content_hash(made)
            inputs.products[digest] = made  # type: ignore[index]
            first = tender.variants[0]
            answers = (replace(first.answers[0], product=ProductRef("nieuw", digest)), *first.answers[1:])
            other = replace(tender, variants=(replace(first, answers=answers), *tender.variants[1:]))
            begin = time.perf_counter()
            compare(other, inputs)
            return time.perf_counter() - begin

        def one_quantity() -> object:
            values = (("mass_t", chance.uniform(90, 500)),)
            posts = (replace(tender.posts[0], values=values), *tender.posts[1:])
            other = replace(tender, posts=posts)
            begin = time.perf_counter()
            compare(other, inputs)
            return time.perf_counter() - begin

        edited = statistics.median(float(one_product()) for _ in range(9))  # type: ignore[arg-type]
        asked = statistics.median(float(one_quantity()) for _ in range(9))  # type: ignore[arg-type]
        floor = median(floor_of(tender), 15)
        printed = Print("0" * 64, "2026-01-01T00:00:00+00:00", "bench")
        book = folder / "groot.xlsx"
        book.write_bytes(workbook(internal_advice(comparison, inputs), printed))
        peer = office(book, folder)
        for what, seconds in (("one product", edited), ("one quantity of the ask", asked)):
            lines.append((f"compare 20 × 40, {what}", seconds, "numpy floor", floor, seconds / floor, "≤ 3"))
        if peer is not None:
            lines.append(("compare 20 × 40, cold", cold, "LibreOffice cold", peer, peer / cold, "≥ 60"))
        few = replace(tender, variants=tender.variants[:10])
        sheet = spreadsheet(compare(few, inputs), inputs)
        drawn = median(lambda: drawn_totals(sheet, DRAWS, 1))
        generator = np.random.default_rng(1)

        def drawn_floor() -> object:
            normal = generator.standard_normal((DRAWS, len(sheet.sigma)))
            return np.exp(normal * sheet.sigma - sheet.sigma**2 / 2) @ sheet.amounts.T

        least = median(drawn_floor)
        lines.append(("10,000 paired draws, 10 × 40", drawn, "numpy", least, drawn / least, "≤ 2"))
        found = compare(few, inputs)
        whole = median(lambda: certainty(found, inputs), 3)
        lines.append(("the whole certainty page", whole, "numpy", least, whole / least, "≤ 5"))
    for what, ours, peer_name, theirs, ratio, goal in lines:
        print(
            f"| {what} | {ours * 1000:.1f} ms | {peer_name} | {theirs * 1000:.1f} ms | {ratio:.1f} | {goal} |"
        )
    return 0
