"""The window with much in it: `python3 start.py bench window`.

Lists of 2,000 tenders and 100,000 products beside Qt's own item model with a filter; typing in a tender of 10
× 40 beside comparing it afresh; a calendar of 1,000 rows beside openpyxl reading its file. What the issue
asks of one machine stands after it as a limit.
"""

from __future__ import annotations

import io
import itertools
import os
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import insert

from bench.cases import large
from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Judged
from cirkeldesk.model.document.document import canonical, hash_of_bytes, to_plain
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.calendar import calendar as calendars
from cirkeldesk.operations.search import search
from cirkeldesk.operations.settings import Settings
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import Workspace, open_workspace
from cirkeldesk.store import schema
from cirkeldesk.store.rows import hash_of_row, product_row
from cirkeldesk.store.unit import UnitOfWork

TENDERS, PRODUCTS, ROWS = 2_000, 100_000, 1_000
TYPING, CHARTS = 50.0, 100.0  # ms asked of this machine


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIRKELDESK_HOME"] = folder
        application()
        with open_workspace(Path(folder) / "bench.db") as workspace:
            fill(workspace)
            window = MainWindow(workspace, Settings())
            window.resize(1366, 768)
            window.show()
            lists(window, workspace)
            typing(window, workspace)
            calendar(window, workspace)
            window.close()
    return 0


def fill(workspace: Workspace) -> None:
    add_example(workspace)
    example = tenders.get_tender(workspace, "voorbeeld")
    with workspace.unit() as unit:
        for number in range(TENDERS):
            tender = replace(
                example, id=f"t{number}", number=f"2026-{number:04}", title=f"Verzonnen werk {number}"
            )
            unit.commit("tender", tender.id, tender, "tender_import", {"name": tender.number})
        for begin in range(0, PRODUCTS, 5_000):
            keep_products(unit, [made_up(number) for number in range(begin, begin + 5_000)])


def made_up(number: int) -> Product:
    name, supplier = f"Mengsel {number:06}", f"Verzonnen leverancier {number % 500}"
    return Product(
        f"p{number:06}", name, supplier=supplier, uuid=f"u{number:06}", version="1.0", product_group="asfalt"
    )


def keep_products(unit: UnitOfWork, products: list[Product]) -> None:
    """As the store keeps them, many at once and without a history."""
    kept = [(product, canonical(to_plain(product))) for product in products]
    documents = [
        {"hash": hash_of_bytes(raw), "kind": "product", "content": zlib.compress(raw, 1)} for _, raw in kept
    ]
    heads = [{"kind": "product", "id": made.id, "hash": hash_of_bytes(raw), "seq": 1} for made, raw in kept]
    for table, rows in (
        (schema.document, documents),
        (schema.head, heads),
        (schema.product_list, [{**product_row(p), "hash": hash_of_row(product_row(p))} for p in products]),
    ):
        unit.connection.execute(insert(table), rows)


def lists(window: MainWindow, workspace: Workspace) -> None:
    model, proxy, view = peer_list()

    def peer_shown() -> None:
        view.setModel(proxy)
        view.show()
        view.grab()

    def peer_filtered() -> None:
        proxy.setFilterFixedString("0990")
        view.grab()

    def peer_sorted() -> None:
        proxy.sort(0, Qt.SortOrder.DescendingOrder)
        view.grab()

    shown, filtered, ordered = once(peer_shown), once(peer_filtered), once(peer_sorted)
    page, tender_page = window.products, window.tenders
    down = itertools.cycle((Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder))
    places = itertools.count(0, 1_111)
    texts = itertools.count()

    def first() -> None:
        window.show_products()
        window.grab()

    def again() -> None:
        window.show_list()
        window.show_products()
        window.grab()

    def filtering() -> None:
        page.search.setText(f"mengsel 0{next(texts) % 1000:03}")
        window.grab()

    def sorting() -> None:
        page.model.sort(0, next(down))
        window.grab()

    def scrolling() -> None:
        page.table.scrollTo(page.model.index(next(places), 0))
        window.grab()

    def list_shown() -> None:
        window.show_products()
        window.show_list()
        window.grab()

    def list_filtered() -> None:
        tender_page.search.setText(f"werk {next(texts) % 100}")
        window.grab()

    line("100,000 products, first time", once(first), "Qt item model, shown", shown)
    line("… shown again", ms(again), "", 0)
    line("… filtered", ms(filtering), "Qt item model, filtered", filtered)
    page.search.setText("")
    line("… sorted", ms(sorting), "Qt item model, sorted", ordered)
    line("… scrolled far", ms(scrolling), "", 0)
    line("2,000 tenders shown", ms(list_shown), "", 0)
    line("… filtered", ms(list_filtered), "", 0)
    tender_page.search.setText("")
    line("search over everything", ms(lambda: search(workspace, f"mengsel 0{next(texts) % 1000:03}")), "", 0)
    del model


def peer_list() -> tuple[QStandardItemModel, QSortFilterProxyModel, QTableView]:
    """What a list costs that holds all its rows as items."""
    model = QStandardItemModel(0, 4)
    for number in range(PRODUCTS):
        model.appendRow([QStandardItem(text) for text in (f"Mengsel {number:06}", "1 ton", "A2", "1.0")])
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    return model, proxy, QTableView()


def answered(tender: Tender) -> Tender:
    """10 bids × 40 posts, each with an MKI and a price."""
    bids = [
        replace(
            variant,
            role="bid",
            price=Decimal(1_200_000 + 7_919 * place),
            answers=tuple(
                replace(answer, mki=OfferedMki(total=8.0 + place / 10)) for answer in variant.answers
            ),
        )
        for place, variant in enumerate(large(tender).variants)
    ]
    return replace(large(tender), variants=tuple(bids))


def typing(window: MainWindow, workspace: Workspace) -> None:
    tender = answered(tenders.get_tender(workspace, "voorbeeld"))
    tenders.edit_tender(workspace, "voorbeeld", Edit("paste", {"count": 400}, lambda _: tender))
    QTest.qWait(600)

    def opened() -> None:
        window.open_tender("voorbeeld")
        window.grab()

    line("a tender of 10 × 40 opened", once(opened), "", 0)
    view = window.view
    assert view is not None
    QTest.qWait(600)
    session, page = view.session, view.variants
    view.go_to(1)
    window.grab()
    sheet = page.model.sheet
    assert isinstance(sheet, VariantSheet)
    row = next(place for place, made in enumerate(sheet.rows) if made.kind == "mki")
    values = iter(range(10_000))

    def type_on() -> None:
        page._preview(page.model.sheet.parse(row, 3, f"8,{next(values):04}"))
        page.grid.viewport().repaint()

    def commit() -> None:
        edit = page.model.sheet.parse(row, 3, f"7,{next(values):04}").edit
        assert edit is not None
        assert session.commit(edit)

    def committed() -> None:
        commit()
        window.grab()

    afresh = replace(session.inputs, judged=Judged())
    peer = ms(lambda: compare(session.tender, replace(afresh, judged=Judged())))
    line(f"typing: computed and painted (limit {TYPING:g})", ms(type_on), "compared afresh alone", peer)
    for step, name in ((1, "table"), (2, "matrix")):
        view.go_to(step)
        line(f"commit, {name} painted", ms(committed), "compared afresh alone", peer)
    view.comparison.tabs.setCurrentIndex(1)
    window.grab()
    charts = view.comparison.charts.values()

    def draw() -> None:
        view.comparison.refresh()
        for chart in charts:
            chart.chart.repaint()

    line(f"commit, charts drawn (limit {CHARTS:g})", ms(draw), "compared afresh alone", peer)
    line("commit with charts in view", ms(committed), "compared afresh alone", peer)


def calendar(window: MainWindow, workspace: Workspace) -> None:
    """A calendar of 1,000 rows: read from Excel, judged by a key, a row's proposals taken; beside openpyxl
    reading the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planning.xlsx"
        path.write_bytes(calendar_file(ROWS))
        peer = ms(lambda: plainly_read(path), 3)
        line(
            f"a calendar of {ROWS:,} rows read",
            ms(lambda: calendars.open_file(workspace, path), 3),
            "openpyxl, once through",
            peer,
        )
        opened = calendars.open_file(workspace, path)
    line(
        "… taken over", once(lambda: calendars.import_file(workspace, opened, opened.columns, "bench")), "", 0
    )
    window.show_calendar()
    window.grab()
    view = window.calendar.view

    def judge() -> None:
        QTest.keyClick(view, Qt.Key.Key_2)
        view.viewport().repaint()

    def accept() -> None:
        QTest.keyClick(view, Qt.Key.Key_Return)
        view.viewport().repaint()

    line("… a chance set by a key and painted", ms(judge), "", 0)
    line("… a row's proposals taken and painted", ms(accept), "", 0)


def plainly_read(path: Path) -> int:
    book = load_workbook(path, read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def calendar_file(count: int) -> bytes:
    """Made-up rows as a department has them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nr", "Project", "Organisatie", "Raming", "Publicatie"])
    works = ("Deklagen N000", "Isolatie gymzaal", "Zitbanken", "Afzet bermmaaisel", "Levering laptops")
    for n in range(count):
        sheet.append([n + 1, f"{works[n % 5]} {n}", f"Gemeente {n % 9}", 1000 * n, f"Q{n % 4 + 1} 2027"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ms(run: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds of several runs with their events, after one to warm up."""
    run()
    taken = []
    for _ in range(times):
        taken.append(once(run))
    return statistics.median(taken)


def once(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    QApplication.processEvents()
    return (time.perf_counter() - begin) * 1000


def line(what: str, ours: float, peer: str, theirs: float) -> None:
    ratio = f"ratio {ours / theirs:5.2f}" if theirs else ""
    print(f"{what:46} {ours:8.1f} ms   {peer:24} {f'{theirs:8.1f} ms' if theirs else '':12} {ratio}")
