"""Tagged, archivable PDF with reportlab: PDF/UA-1 and PDF/A-2a.

reportlab writes no structure tree. While drawing, flowables put `/P <</MCID n>> BDC … EMC` around what they
draw and record (page, mcid) in a tree; `finish` then writes StructTreeRoot, ParentTree, metadata and output
intent with pikepdf. Everything that is no content (lines, grounds, page numbers, repeated headers) is an
artifact.

Leans on reportlab's private `Canvas._code` and the table's `renderCB` events: reportlab is pinned, and
veraPDF checks the result in the test suite.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageCms
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

Role = Literal[
    "Document", "H1", "H2", "H3", "P", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "Figure", "Link"
]


@dataclass
class Node:
    """An element of the structure tree; `marks` are the (page, mcid) of its content, in reading order with
    its children."""

    role: Role
    kids: list[Node | tuple[int, int]] = field(default_factory=list)
    link: tuple[int, int] | None = None  # of a Link: its page, and which of that page's annotations it is
    alt: str | None = None
    box: tuple[float, float, float, float] | None = None
    scope: Literal["Column", "Row"] | None = None
    span: int = 1

    def child(self, role: Role, **attributes: Any) -> Node:
        node = Node(role, **attributes)
        self.kids.append(node)
        return node


class Structure:
    """The tree being written, and the next mcid of each page."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self._next: dict[int, int] = {}

    def begin(self, canvas: Canvas, node: Node) -> str:
        """The operator that opens marked content of `node` on the current page; "EMC" closes it."""
        page = canvas.getPageNumber()
        mcid = self._next.get(page, 0)
        self._next[page] = mcid + 1
        node.kids.append((page, mcid))
        return f"/{node.role} <</MCID {mcid}>> BDC"

    @contextmanager
    def content(self, canvas: Canvas, node: Node) -> Iterator[None]:
        """What is drawn inside belongs to `node`."""
        canvas._code.append(self.begin(canvas, node))
        yield
        canvas._code.append("EMC")


@contextmanager
def artifact(canvas: Canvas) -> Iterator[None]:
    """What is drawn inside is decoration: readers pass over it."""
    canvas._code.append("/Artifact BMC")
    yield
    canvas._code.append("EMC")


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph in the tree. Its node is made when it is first drawn, so that the tree has reading
    order."""

    # reportlab makes the parts of a split paragraph itself, without one; `split` gives it to them
    structure: Structure

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        structure: Structure | None = None,
        role: Role = "P",
        **options: Any,
    ) -> None:
        super().__init__(text, style, **options)
        self.role = role
        if structure is not None:
            self.structure = structure
        self.shared: list[Node] = []  # one node for all parts of a paragraph split over pages

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.structure, part.role, part.shared = self.structure, self.role, self.shared
        return parts

    def draw(self) -> None:
        if not self.shared:
            self.shared.append(self.structure.root.child(self.role))
        before = len(self.canv._annotationrefs)
        with self.structure.content(self.canv, self.shared[0]):
            super().draw()
        for place in range(before, len(self.canv._annotationrefs)):
            self.shared[0].child("Link", link=(self.canv.getPageNumber(), place))


class HeadingTag(TaggedParagraph):
    """A heading with a bookmark."""

    level: Literal[1, 2, 3] = 1
    plain = ""

    @classmethod
    def of(
        cls, text: str, style: ParagraphStyle, structure: Structure, level: Literal[1, 2, 3], plain: str
    ) -> HeadingTag:
        roles: tuple[Role, Role, Role] = ("H1", "H2", "H3")
        made = cls(text, style, structure, roles[level - 1])
        made.level, made.plain = level, plain
        return made

    def split(self, width: float, height: float) -> list[Any]:
        parts = super().split(width, height)
        for part in parts:
            part.level, part.plain = self.level, self.plain
        return parts

    def draw(self) -> None:
        if not self.shared:
            # Keys only link outline and page within the file; page and place make them the same for the same
            # sheet.
            x, y = self.canv.absolutePosition(0, 0)
            key = f"h{self.canv.getPageNumber()}-{round(x)}-{round(y)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(self.plain, key, self.level - 1, closed=False)
        super().draw()


class ListItem(Flowable):  # type: ignore[misc]
    """One item of a list: L > LI > LBody. Items of one list share `group`; the parts of an item split over
    pages its body."""

    def __init__(
        self, text: str, style: ParagraphStyle, structure: Structure, group: list[Node], sign: str = "•"
    ) -> None:
        super().__init__()
        self.structure, self.group = structure, group
        self.body = Paragraph(text, style, bulletText=sign)
        self.shared: list[Node] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        size: tuple[float, float] = self.body.wrap(width, height)
        return size

    def split(self, width: float, height: float) -> list[Any]:
        parts = []
        for body in self.body.split(width, height):
            part = ListItem("", self.body.style, self.structure, self.group)
            part.body, part.shared = body, self.shared
            parts.append(part)
        return parts

    def getSpaceAfter(self) -> float:
        return float(self.body.getSpaceAfter())

    def draw(self) -> None:
        if not self.group:
            self.group.append(self.structure.root.child("L"))
        if not self.shared:
            self.shared.append(self.group[0].child("LI").child("LBody"))
        with self.structure.content(self.canv, self.shared[0]):
            self.body.drawOn(self.canv, 0, 0)


class TaggedTable(Table):  # type: ignore[misc]
    """A table with column headers in its first row (when `header`) and row headers in its first column.

    A header row repeated on the next page is an artifact; the rows there go on in the same table of the tree.
    Made by `tagged_table`: reportlab makes the parts of a split table itself, so the class keeps reportlab's
    constructor.
    """

    structure: Structure
    shared: list[Node]
    header = True
    is_rest = False
    row: Node | None = None

    def onSplit(self, part: TaggedTable, byRow: int = 1) -> None:
        part.structure, part.header, part.shared, part.is_rest = (
            self.structure,
            self.header,
            self.shared,
            self.is_rest,
        )

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        if len(parts) == 2:
            parts[1].is_rest = True
        return parts

    def draw(self) -> None:
        if not self.shared:
            self.shared.append(self.structure.root.child("Table"))
        super().draw()


class GroupCell(Paragraph):  # type: ignore[misc]
    """The head of a group of rows, over all columns."""

    columns = 1


def _span(value: Any) -> int:
    """Over how many columns a cell goes; reportlab keeps what is in it as a sequence."""
    first = value[0] if isinstance(value, (list, tuple)) and value else value
    return getattr(first, "columns", 1)


def tagged_table(
    data: Sequence[Sequence[Any]], structure: Structure, *, header: bool = True, **options: Any
) -> TaggedTable:
    table = TaggedTable(data, repeatRows=1 if header else 0, renderCB=_table_event, **options)
    table.structure, table.header, table.shared = structure, header, []
    return table


def _table_event(table: TaggedTable, event: str, *details: Any) -> None:
    """reportlab tells what it draws of a table: cells become content, grounds and lines artifacts."""
    code = table.canv._code
    if event in ("startBG", "startLines"):
        code.append("/Artifact BMC")
    elif event in ("endBG", "endLines"):
        code.append("EMC")
    elif event == "startRow":
        repeated = details[0] == 0 and table.header and table.is_rest
        table.row = None if repeated else table.shared[0].child("TR")
    elif event == "startCell" and table.row is None:
        code.append("/Artifact BMC")
    elif event == "startCell" and table.row is not None:
        row, column = details[0], details[1]
        if row == 0 and table.header:
            node = table.row.child("TH", scope="Column")
        elif column == 0:
            node = table.row.child("TH", scope="Row", span=_span(details[2]))
        else:
            node = table.row.child("TD")
        code.append(table.structure.begin(table.canv, node))
    elif event == "endCell":
        code.append("EMC")


class FigureTag(Flowable):  # type: ignore[misc]
    """A drawing with alternative text that says what it shows."""

    def __init__(self, width: float, height: float, alt: str, structure: Structure) -> None:
        super().__init__()
        self.width, self.height, self.alt, self.structure = width, height, alt, structure

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def paint(self, canvas: Canvas) -> None:
        """Draw with the origin at the left bottom corner."""
        raise TypeError("a Figure needs its own paint")

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        node = self.structure.root.child("Figure", alt=self.alt, box=(x, y, x + self.width, y + self.height))
        with self.structure.content(self.canv, node):
            self.paint(self.canv)


@dataclass(frozen=True)
class Properties:
    """What the file says of itself. `date` is ISO 8601 with offset: the same sheet has the same bytes.
    `identifier` names a final version, so that the file is still recognised after a change.
    """

    title: str
    subject: str
    author: str
    date: str
    producer: str
    identifier: str = ""


def finish(raw: bytes, structure: Structure, properties: Properties) -> bytes:
    """The drawn pages made into PDF/UA-1 and PDF/A-2a."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        root = pdf.Root
        root.Lang = String("nl-NL")
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.OutputIntents = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.OutputIntent,
                        S=Name.GTS_PDFA1,
                        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                        Info=String("sRGB"),
                        DestOutputProfile=pdf.make_indirect(pdf.make_stream(_profile(), N=3)),
                    )
                )
            ]
        )
        _write_tree(pdf, structure)
        _write_properties(pdf, properties)
        out = io.BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            linearize=False,
        )
    return out.getvalue()


@cache
def _profile() -> bytes:
    """The sRGB profile. It holds the time it was made (bytes 24–35) and an id over it (84–99): both go."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    fixed = bytes.fromhex("07e800010001000000000000")
    return profile[:24] + fixed + profile[36:84] + bytes(16) + profile[100:]


PRINTED = 4  # of an annotation's flags


class _Tree:
    """The structure as objects of a PDF: elements with their content, and for each content whose it is."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf, self.pages = pdf, [page.obj for page in pdf.pages]
        self.owners: dict[int, dict[int, pikepdf.Object]] = {}
        self.links: list[pikepdf.Object] = []

    def element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.role), P=parent))
        self._attributes(node, made)
        kids = [
            self.element(kid, made) if isinstance(kid, Node) else self._content(made, *kid)
            for kid in node.kids
        ]
        if node.link is not None:
            kids.append(self._link(made, *node.link))
        made.K = Array(kids)
        return made

    def _attributes(self, node: Node, made: pikepdf.Object) -> None:
        if node.alt:
            made.Alt = String(node.alt)
        if node.box:
            made.A = Dictionary(
                O=Name.Layout, BBox=Array([round(v, 2) for v in node.box]), Placement=Name.Block
            )
        if node.scope:
            made.A = Dictionary(O=Name.Table, Scope=Name("/" + node.scope))
            if node.span > 1:
                made.A.ColSpan = node.span

    def _content(self, owner: pikepdf.Object, page: int, mcid: int) -> pikepdf.Object:
        self.owners.setdefault(page, {})[mcid] = owner
        return Dictionary(Type=Name.MCR, Pg=self.pages[page - 1], MCID=mcid)

    def _link(self, owner: pikepdf.Object, page: int, place: int) -> pikepdf.Object:
        """A link in the tree says where it goes; it is printed as it is shown."""
        annotation = self.pages[page - 1].Annots[place]
        address = str(annotation.A.URI)
        annotation.Contents = owner.Alt = String(f"E-mail: {address.removeprefix('mailto:')}")
        annotation.F = PRINTED
        annotation.StructParent = len(self.pages) + len(self.links)
        self.links.append(owner)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[page - 1])

    def numbers(self) -> Array:
        """Whose each content of each page is, then whose each link is."""
        found = Array()
        for index, page in enumerate(sorted(self.owners)):
            self.pages[page - 1].StructParents = index
            owned = self.owners[page]
            found.append(index)
            found.append(self.pdf.make_indirect(Array([owned[mcid] for mcid in range(len(owned))])))
        for place, link in enumerate(self.links, len(self.pages)):
            found.append(place)
            found.append(link)
        return found


def _write_tree(pdf: pikepdf.Pdf, structure: Structure) -> None:
    top, tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot)), _Tree(pdf)
    top.K = Array([tree.element(structure.root, top)])
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=tree.numbers()))
    top.ParentTreeNextKey = len(tree.pages) + len(tree.links)
    for page in tree.pages:
        page.Tabs = Name.S
    pdf.Root.StructTreeRoot = top


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>nl-NL</rdf:li></rdf:Bag></dc:language>
{identifier}<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _write_properties(pdf: pikepdf.Pdf, properties: Properties) -> None:
    """The same facts in the document information and in one XMP packet, as PDF/A asks."""
    date = datetime.fromisoformat(properties.date).astimezone(UTC).isoformat()[:19]
    stamp = String("D:" + date.replace("-", "").replace(":", "").replace("T", "") + "+00'00'")
    for key in ("/Trapped", "/Keywords"):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    facts = {
        "/Title": properties.title,
        "/Author": properties.author,
        "/Subject": properties.subject,
        "/Creator": properties.producer,
        "/Producer": properties.producer,
    }
    for key, value in facts.items():
        pdf.docinfo[key] = String(value)
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp
    packet = _PACKET.format(
        title=escape(properties.title),
        author=escape(properties.author),
        subject=escape(properties.subject),
        date=f"{date}+00:00",
        creator=escape(properties.producer),
        producer=escape(properties.producer),
        identifier=f"<dc:identifier>{escape(properties.identifier)}</dc:identifier>\n"
        if properties.identifier
        else "",
    )
    metadata = pdf.make_stream(packet.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
