"""XML from elsewhere, without what makes XML dangerous: no document type, no entities, a bound on depth and
on size.

Both expat and lxml accept a DOCTYPE with an external document type; defusedxml with `forbid_dtd` refuses it.
"""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cirkeldesk.model.refusal import ReadError

DEEPEST = 60  # ILCD nests some 15 levels
MOST_ELEMENTS = 120_000  # the largest real declaration has some 10,000
LARGEST = 24 * 1024 * 1024
_STARTS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def is_xml(content: bytes) -> bool:
    """Whether the first sign of the text, in any Unicode encoding, is `<` of an element or a declaration."""
    head = content[:400]
    for mark in _STARTS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()
    return head[:1] == b"<" and not is_web_page(content)


def is_web_page(content: bytes) -> bool:
    head = content[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head"))


def parse(content: bytes, file: str, *, most_elements: int = MOST_ELEMENTS) -> Element:
    """The root element. Raises ReadError xml_unsafe, xml_too_deep, file_too_large or xml_broken with the
    line."""
    if len(content) > LARGEST:
        raise ReadError("file_too_large", file=file)
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, count = depth + 1, count + 1
            if depth > DEEPEST or count > most_elements:
                raise ReadError("xml_too_deep", file=file)
    except DefusedXmlException as problem:
        raise ReadError("xml_unsafe", file=file) from problem
    except ParseError as problem:
        raise ReadError("xml_broken", file=file, line=problem.position[0]) from problem
    except (
        LookupError,
        ValueError,
    ) as problem:  # an encoding that does not exist, or bytes that are none of it
        raise ReadError("xml_broken", file=file, line=1) from problem
    if root is None:
        raise ReadError("xml_broken", file=file, line=1)
    return root
