"""Reads a tagged PDF as a screen reader does: the structure tree, with the text that is marked as each
element's content."""

from __future__ import annotations

import ctypes
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Element:
    """An element of the tree with its own text and its children."""

    role: str
    text: str = ""
    alt: str = ""
    span: int = 1
    goes_to: str = ""
    children: list[Element] = field(default_factory=list)

    def all_of(self, role: str) -> list[Element]:
        found = [self] if self.role == role else []
        return found + [element for child in self.children for element in child.all_of(role)]

    @property
    def whole_text(self) -> str:
        return " ".join(filter(None, [self.text, *(child.whole_text for child in self.children)]))


def tree(path: Path) -> Element:
    """The document as a tree of elements in reading order."""
    marked = _marked(path)
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot.K[0]
        return _element(root, pages, marked)


def tables(path: Path) -> list[list[list[str]]]:
    """Every table as rows of cell texts."""
    return [
        [[cell.whole_text for cell in row.children] for row in table.children if row.role == "TR"]
        for table in tree(path).all_of("Table")
    ]


def _element(
    node: pikepdf.Object, pages: dict[tuple[int, int], int], marked: dict[tuple[int, int], str]
) -> Element:
    table: Any = node.get("/A") or {}
    made = Element(str(node.S)[1:], alt=str(node.get("/Alt") or ""), span=int(table.get("/ColSpan", 1)))
    texts = []
    for kid in node.K:
        if kid.get("/Type") == "/MCR":
            texts.append(marked.get((pages[kid.Pg.objgen], int(kid.MCID)), ""))
        elif kid.get("/Type") == "/OBJR":
            made.goes_to = str(kid.Obj.A.URI)
        else:
            made.children.append(_element(kid, pages, marked))
    made.text = " ".join(filter(None, texts))
    return made


def _marked(path: Path) -> dict[tuple[int, int], str]:
    """(page, mcid) → text, from the text objects of each page in the order they are drawn."""
    found: dict[tuple[int, int], list[str]] = {}
    with closing(pypdfium2.PdfDocument(path)) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text_page:
                for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                    mcid = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
                    if mcid >= 0:
                        found.setdefault((number, mcid), []).append(_text(item, text_page))
    return {key: " ".join(" ".join(parts).replace("\u00a0", " ").split()) for key, parts in found.items()}


def _text(item: pypdfium2.PdfObject, text_page: pypdfium2.PdfTextPage) -> str:
    """What a text object says; PDFium writes UTF-16 with a closing zero."""
    size = pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
