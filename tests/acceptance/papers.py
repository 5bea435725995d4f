"""Reads back every text that a file of ours holds, wherever it hides."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf


def everything_in(path: Path) -> str:
    """All text of a file: a PDF's pages, titles, alternative texts and metadata; each member of a zip; else
    the bytes."""
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        return _pdf(path)
    if content.startswith(b"PK"):
        return _zip(content)
    return content.decode("utf-8-sig")


def _pdf(path: Path) -> str:
    texts = [
        subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
    ]
    with pikepdf.open(path) as pdf:
        for found in pdf.objects:
            texts.append(_strings(found))
        texts.append(bytes(pdf.Root.Metadata.read_bytes()).decode())
        assert not pdf.attachments
    return " ".join(texts)


def _strings(found: pikepdf.Object) -> str:
    """Every string in an object: outline, alternative texts, document information."""
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        return " ".join(str(value) for value in found.values() if isinstance(value, pikepdf.String))
    return str(found) if isinstance(found, pikepdf.String) else ""


def _zip(content: bytes) -> str:
    """Every member: sheets hidden or not, cached chart values, shared strings, properties; kept files as
    their bytes."""
    texts = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            text = raw.decode("utf-8", errors="replace")
            texts += [name, text, re.sub(r"<[^>]+>", " ", text), re.sub(r"<[^>]+>", "", text)]
    return (
        " ".join(texts).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    )


def one_line(text: str) -> str:
    """Without line ends and no-break spaces, so that a figure on two lines is still found."""
    return " ".join(text.replace("\u00a0", " ").split())
