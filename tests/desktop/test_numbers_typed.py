"""Eighty texts as people type and paste them, through the window: no value is ever another than was meant
without a word.

Each row: how it comes in, into which cell, the text, what is stored (None: refused, stays visible and does
not count), and whether the page says something about the reading. Silent is only what a Dutch reader cannot
read otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.tender.variants.sheet import VariantSheet
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.tender import edits
from tests.desktop.conftest import focus_editor, type_text

pytestmark = pytest.mark.window
How = Literal["typed", "numpad", "pasted", "excel"]
Where = Literal["mki", "price", "quantity"]
NB, NNB, MINUS = "\u00a0", "\u202f", "\u2212"
SAID, SILENT = True, False

ROWS: tuple[tuple[How, Where, str, str | None, bool], ...] = (
    # plain Dutch
    ("typed", "mki", "9,872", "9.872", SILENT),
    ("typed", "mki", "9", "9", SILENT),
    ("typed", "mki", "0", "0", SAID),  # zero is a value; for asphalt an odd one
    ("typed", "mki", "0,45", "0.45", SAID),
    ("typed", "mki", "12,5", "12.5", SILENT),
    ("typed", "mki", ",5", None, SAID),
    ("typed", "mki", "5,", None, SAID),
    ("typed", "price", "1240000", "1240000", SILENT),
    ("typed", "price", "1.240.000", "1240000", SILENT),
    ("typed", "price", "1.240.000,50", "1240000.50", SILENT),
    ("typed", "price", "1240000,5", "1240000.5", SILENT),
    ("typed", "price", "1.240", "1240", SILENT),  # sums are thousands: a Dutch reader reads it so
    ("typed", "price", "0", None, SAID),
    # points: thousands or a decimal
    ("typed", "mki", "9.872", "9872", SAID),
    ("typed", "mki", "1.234", "1234", SAID),
    ("typed", "mki", "12.5", "12.5", SAID),
    ("typed", "mki", "9.87", "9.87", SAID),
    ("typed", "mki", "0.450", "0.450", SAID),
    ("typed", "mki", "9.8720", "9.8720", SAID),
    ("typed", "quantity", "987.0", "987.0", SAID),
    ("typed", "quantity", "1.692", "1692", SAID),
    ("typed", "price", "1240000.50", "1240000.50", SAID),
    ("typed", "price", "12.5", "12.5", SAID),
    ("typed", "price", "1.24", "1.24", SAID),
    # the numeric keypad: its point is a comma
    ("numpad", "mki", "9.872", "9.872", SILENT),
    ("numpad", "mki", "11.11", "11.11", SILENT),
    ("numpad", "mki", "0.5", "0.5", SILENT),
    ("numpad", "price", "1240000.50", "1240000.50", SILENT),
    ("numpad", "price", "1.240.000", None, SAID),  # two commas are no number
    ("numpad", "quantity", "987.5", "987.5", SILENT),
    # spaces between thousands, around and within
    ("typed", "price", "1 240 000", "1240000", SILENT),
    ("pasted", "price", f"1{NB}240{NB}000", "1240000", SILENT),
    ("pasted", "price", f"1{NNB}240{NNB}000,25", "1240000.25", SILENT),
    ("typed", "mki", " 9,87 ", "9.87", SILENT),
    ("typed", "price", "1 24", None, SAID),
    ("typed", "price", "12 40 000", None, SAID),
    ("pasted", "mki", "9,\n", None, SAID),
    # euro
    ("pasted", "price", "€ 1.240.000", "1240000", SILENT),
    ("pasted", "price", f"€{NB}1.240.000,-", "1240000", SILENT),
    ("pasted", "price", "1.240.000,-- euro", "1240000", SILENT),
    ("pasted", "price", "EUR 1240000", "1240000", SILENT),
    ("pasted", "mki", "€ 9,87", "9.87", SILENT),
    ("pasted", "price", "$ 1240000", None, SAID),
    ("pasted", "price", "£1240000", None, SAID),
    # per cent and units
    ("typed", "mki", "12 %", None, SAID),
    ("typed", "quantity", "987 ton", "987", SAID),
    ("typed", "quantity", "987 t", "987", SAID),
    ("typed", "quantity", "987 kg", None, SAID),
    ("typed", "quantity", "3 cm", None, SAID),
    ("typed", "mki", "9,87/ton", None, SAID),
    ("typed", "price", "1,2 mln", None, SAID),
    ("typed", "price", "1240k", None, SAID),
    # powers, formulas, words
    ("typed", "mki", "1e3", None, SAID),
    ("typed", "mki", "1E-3", None, SAID),
    ("pasted", "mki", "1,2E+01", None, SAID),
    ("typed", "mki", "=9+1", None, SAID),
    ("typed", "mki", "9+1", None, SAID),
    ("typed", "mki", "n.n.b.", None, SAID),
    ("typed", "mki", "tien", None, SAID),
    ("typed", "mki", "-", None, SAID),
    ("pasted", "mki", "#N/B", None, SAID),
    ("typed", "mki", "9,8,7", None, SAID),
    ("typed", "mki", "ca. 9", None, SAID),
    ("typed", "mki", "< 9", None, SAID),
    ("typed", "mki", "9-10", None, SAID),
    ("pasted", "mki", "inf", None, SAID),
    ("pasted", "mki", "NaN", None, SAID),
    ("pasted", "mki", "٩", None, SAID),  # a digit of another script
    # signs
    ("typed", "mki", "-1,5", "-1.5", SAID),  # below what asphalt has: kept, and said
    ("pasted", "mki", f"{MINUS}1,5", "-1.5", SAID),
    ("pasted", "mki", "–1,5", "-1.5", SAID),
    ("pasted", "mki", "(1,5)", None, SAID),
    ("typed", "quantity", "-5", None, SAID),
    ("typed", "mki", "+9,8", "9.8", SILENT),
    # an English clipboard, and too much
    ("pasted", "price", "1,240,000.50", "1240000.50", SAID),
    ("pasted", "price", "1,240,000", None, SAID),
    ("pasted", "price", "1,240", "1.240", SAID),
    ("pasted", "mki", "9,872.5", "9872.5", SAID),
    ("pasted", "mki", "9,000", "9.000", SAID),
    ("typed", "price", "1" + "0" * 15, None, SAID),
    # Excel's own form: exact, whatever its language
    ("excel", "mki", "9.872", "9.872", SILENT),
    ("excel", "price", "1240000", "1240000", SILENT),
    ("excel", "mki", "9.8719999999999999", "9.8719999999999999", SILENT),
    ("excel", "mki", "1.2E1", "12", SILENT),
)


def xml_of(number: str) -> bytes:
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet '
        'ss:Name="Blad1"><Table><Row><Cell>'
        f'<Data ss:Type="Number">{number}</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()


def put_in(view: TenderView, how: How, row: int, text: str) -> None:
    grid = view.variants.grid
    grid.setFocus()
    grid.go_to(row, 3)
    if how in ("pasted", "excel"):
        data = QMimeData()
        data.setText("anders" if how == "excel" else text)
        if how == "excel":
            data.setData('application/x-qt-windows-mime;value="XML Spreadsheet"', xml_of(text))
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        return
    QTest.keyClick(grid, Qt.Key.Key_F2)
    editor = focus_editor(grid)
    editor.selectAll()  # type: ignore[attr-defined]
    for sign in text:
        if how == "numpad" and sign == ".":
            QTest.keyClick(editor, Qt.Key.Key_Period, Qt.KeyboardModifier.KeypadModifier)
        else:
            type_text(editor, sign)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def stored(view: TenderView, where: Where) -> Decimal | None:
    variant = view.session.tender.variants[2]
    if where == "price":
        return variant.price
    answer = variant.answer("p1")
    value = (
        dict(answer.values).get("mass_t")
        if where == "quantity"
        else answer.mki.total
        if answer.mki is not None
        else None
    )
    return Decimal(repr(value)) if value is not None else None


def emptied(view: TenderView, where: Where) -> None:
    tender = view.session.tender
    variant = tender.variants[2].id
    if where == "price":
        view.session.commit(edits.set_price(tender, variant, None, "prijs"))
    elif where == "mki":
        view.session.commit(edits.type_mki(tender, variant, "p1", None, "MKI"))
    else:
        edit = edits.set_answer(
            tender,
            variant,
            "p1",
            "hoeveelheid",
            lambda old: replace(old, values=edits.with_value(old.values, "mass_t", None)),
        )
        view.session.commit(edit)


def test_no_value_is_changed_without_a_word(window: MainWindow) -> None:
    window.open_example()
    view = window.view
    assert view is not None
    view.go_to(1)
    view.variants.show_all()
    wrong = []
    for how, where, text, expected, said in ROWS:
        emptied(view, where)
        for key in ("cell", "paste"):
            view.bars.clear(key)
        sheet = view.variants.model.sheet
        assert isinstance(sheet, VariantSheet)
        row = next(i for i, r in enumerate(sheet.rows) if r.kind == where and r.post_id in ("p1", None))
        put_in(view, how, row, text)
        QApplication.processEvents()
        got = stored(view, where)
        told = [t for t in view.bars.texts() if "VOORBEELD" not in t and t != "1 cel geplakt."]
        want = Decimal(expected) if expected is not None else None
        exact = got == want or (got is not None and want is not None and float(got) == float(want))
        if not exact or bool(told) != said:
            wrong.append((how, where, text, expected, str(got), told))
    assert len(ROWS) >= 80
    assert not wrong, "\n".join(map(str, wrong))
