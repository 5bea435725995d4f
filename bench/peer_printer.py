"""Runs in the peers' own environment: prints tables (JSON) with fpdf2 or WeasyPrint; prints seconds and bytes
as JSON."""

from __future__ import annotations

import html
import json
import statistics
import sys
import time
from pathlib import Path

Tables = list[list[list[str]]]
ROUNDS = 3


def with_fpdf2(tables: Tables, fonts: Path) -> bytes:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    pdf = FPDF()
    for style, file in (("", "Roboto-Regular"), ("B", "Roboto-Bold")):
        pdf.add_font("Roboto", style, fonts / f"{file}.ttf")
    pdf.set_font("Roboto", size=8)
    pdf.add_page()
    for rows in tables:
        with pdf.table(headings_style=FontFace(emphasis="BOLD"), line_height=4) as table:
            for row in rows:
                table.row(row)
    return bytes(pdf.output())


def with_weasyprint(tables: Tables, fonts: Path) -> bytes:
    """As PDF/UA, which it can make too."""
    from weasyprint import HTML

    face = f"@font-face{{font-family:R;src:url('{(fonts / 'Roboto-Regular.ttf').as_uri()}')}}"
    body = []
    for header, *rows in tables:
        head = "".join(f"<th scope=col>{html.escape(cell)}</th>" for cell in header)
        lines = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows]
        body.append(
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"
        )
    page = f"<html lang=nl><title>x</title><style>{face} td,th{{font:8pt R;text-align:right}}</style>{''.join(body)}</html>"
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1") or b"")


def main() -> None:
    run = {"fpdf2": with_fpdf2, "weasyprint": with_weasyprint}[sys.argv[1]]
    tables, fonts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), Path(sys.argv[3])
    content = run(tables, fonts)
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run(tables, fonts)
        taken.append(time.perf_counter() - begin)
    print(json.dumps({"seconds": statistics.median(taken), "bytes": len(content)}))


if __name__ == "__main__":
    main()
