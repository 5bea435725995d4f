"""Passports as files: PDF with a QR code, JSON, GeoJSON, and the register as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cirkeldesk.charts.code import code_of
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.operations.material.materials import day_of
from cirkeldesk.operations.paper.single import carried_by, paper_file
from cirkeldesk.operations.passport.as_data import IDENTIFIER, geojson, passport_json
from cirkeldesk.operations.passport.passports import finding_texts
from cirkeldesk.operations.whole_file import write_file
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.wording.passport import sheet


def write_passport(workspace: Workspace, one: Passport, path: Path) -> None:
    """As PDF, Word document, JSON or GeoJSON, as the name ends. Raises StoreError cannot_write."""
    kind = path.suffix.casefold()
    if kind == ".geojson":
        write_file(workspace, path, _text(geojson([one])))
        return
    findings = finding_texts(workspace, one)
    if kind == ".json":
        write_file(workspace, path, _text(passport_json(one, findings)))
        return
    identifier = f"{IDENTIFIER}{one.id}"
    with workspace.unit() as unit:
        carried = carried_by(unit, f"cirkeldesk:passport/{one.id}")
    made = sheet.passport_paper(one, identifier, findings)
    write_file(workspace, path, paper_file(made, carried, path, {sheet.CODE: code_of(identifier)}))


def write_road(workspace: Workspace, name: str, found: Sequence[Passport], path: Path) -> None:
    """What lies in a road, as PDF, Word document or GeoJSON."""
    if path.suffix.casefold() == ".geojson":
        write_file(workspace, path, _text(geojson(found)))
        return
    with workspace.unit() as unit:
        carried = carried_by(unit)
    made = sheet.road_paper(name, found, day_of(workspace))
    write_file(workspace, path, paper_file(made, carried, path))


def _text(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()
