"""The one entry: a file → what it holds, recognised by its content and never by its name."""

from __future__ import annotations

import json
import os
import re
from functools import partial
from pathlib import Path

from cirkeldesk.exchange import dossier, oekobaudat_csv, soda4lca
from cirkeldesk.exchange.reading import ReadError, Reading, no_double_keys, plain_text
from cirkeldesk.model.document import hash_of_bytes
from cirkeldesk.model.product import Source

LARGEST = 300 * 1024 * 1024
# A brace alone is not enough: SimaPro's block text begins with "{SimaPro 9.0}".
_JSON_START = re.compile(rb"(\xef\xbb\xbf)?\s*(\{\s*[\"}]|\[)")


def shown_name(path: Path) -> str:
    """The file's name as text that can be shown, also when its bytes are no UTF-8."""
    return plain_text(os.fsencode(path.name).decode("utf-8", "replace"))


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises ReadError file_missing, file_unreadable, file_too_large or file_empty."""
    name = shown_name(path)
    try:
        if not path.is_file() and path.exists():
            raise ReadError("file_unreadable", file=name)  # a folder, or a pipe that would never end
        if path.stat().st_size > LARGEST:
            raise ReadError("file_too_large", file=name)
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise ReadError("file_missing", file=name) from problem
    except OSError as problem:
        raise ReadError("file_unreadable", file=name) from problem
    if not content.strip():
        raise ReadError("file_empty", file=name)
    return content


def read_json(content: bytes, file: str) -> object:
    """JSON in any Unicode encoding. Raises ReadError json_broken with the line."""
    try:
        return json.loads(content, object_pairs_hook=partial(no_double_keys, file))
    except json.JSONDecodeError as problem:
        raise ReadError("json_broken", file=file, line=problem.lineno) from problem
    except (ValueError, RecursionError) as problem:
        raise ReadError("json_broken", file=file, line=1) from problem


def read_file(path: Path) -> Reading:
    """Read any file we know. Raises ReadError; nothing is stored here."""
    name = shown_name(path)
    content = content_of(path)
    if dossier.is_dossier(content):
        return dossier.read(content, name)
    if _JSON_START.match(content):
        data = read_json(content, name)
        if soda4lca.is_process(data):
            assert isinstance(data, dict)
            return soda4lca.read(data, Source(name, "soda4LCA JSON", hash_of_bytes(content)))
        raise ReadError("file_unknown", file=name)
    if b"\0" in content[:4096]:
        raise ReadError("file_unknown", file=name)
    text = oekobaudat_csv.decode(content)
    if oekobaudat_csv.is_oekobaudat(text):
        return oekobaudat_csv.read(text, Source(name, "ÖKOBAUDAT CSV", hash_of_bytes(content)))
    raise ReadError("file_unknown", file=name)
