"""A product group is made by who cannot program: named faults, a try-out, and then it is a group as ours."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.model.tender import edits
from cirkeldesk.operations.groups import keep_group, offered_groups, read_group, write_group
from cirkeldesk.operations.paper.papers import printed
from cirkeldesk.operations.tender.tenders import edit_tender, get_tender, new_tender
from cirkeldesk.operations.workspace import Workspace, open_workspace, shipped
from tests.acceptance.conftest import Capture, Cli

SIGNS: dict[str, Any] = {
    "schema": "product_group/1",
    "code": "verkeersborden",
    "name": "Verkeersborden (verzonnen)",
    "edition": "2027-1",
    "functional_unit": "stuk",
    "functional_unit_words": "bord in gebruik",
    "functional_quantity_label": "Hoeveelheid",
    "functional_property": "pieces",
    "measure": "pieces",
    "default_per": "piece",
    "properties": [
        {"code": "pieces", "label": "Aantal", "unit": "stuk"},
        {"code": "mass_each_kg", "label": "Gewicht per stuk", "unit": "kg", "decimals": 1, "answered": True},
        {"code": "mass_t", "label": "Massa", "unit": "ton", "decimals": 2},
    ],
    "rules": [{"gives": "mass_t", "times": ["pieces", "mass_each_kg"], "factor": 0.001}],
    "routes": [{"code": "pieces", "label": "aantal", "inputs": ["pieces", "mass_each_kg"]}],
    "default_route": "pieces",
    "default_posts": [{"name": "Borden"}],
    "reclaimed_label": None,
    "released_label": None,
    "words": ["verkeersbord*"],
    "cpv": ["34992"],
}
PIPES: dict[str, Any] = {
    "schema": "product_group/1",
    "code": "rioolbuizen",
    "name": "Rioolbuizen (verzonnen)",
    "functional_unit": "m",
    "functional_unit_words": "strekkende meter",
    "functional_quantity_label": "Lengte",
    "functional_property": "length_m",
    "measure": "length_m",
    "default_per": "m",
    "properties": [{"code": "length_m", "label": "Lengte", "unit": "m", "decimals": 1}],
    "rules": [],
    "routes": [{"code": "length", "label": "lengte", "inputs": ["length_m"]}],
    "default_route": "length",
    "default_posts": [{"name": "Buizen"}],
}


def changed(at: str, value: object, base: dict[str, Any] = SIGNS) -> dict[str, Any]:
    """The group with one thing other, by a path ("properties.0.code")."""
    made = copy.deepcopy(base)
    *way, last = at.split(".")
    found: Any = made
    for part in way:
        found = found[int(part)] if part.isdigit() else found[part]
    found[int(last) if last.isdigit() else last] = value
    return made


def file_of(folder: Path, data: object) -> Path:
    path = folder / "groep.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("group", "told"), [(SIGNS, "100 stuk en € 1.000,00 MKI"), (PIPES, "100,0 m en € 1.000,00 MKI")]
)
def test_a_group_is_tried_out_kept_and_used(
    workspace: Workspace, tmp_path: Path, group: dict[str, Any], told: str
) -> None:
    tried = read_group(workspace, file_of(tmp_path, group))
    assert tried.faults == ()
    assert told in tried.told.replace("\u00a0", " ")
    digest = keep_group(workspace, tried)
    offered = {one.group.code: one for one in offered_groups(workspace)}
    assert (offered[group["code"]].own, offered[group["code"]].hash) == (True, digest)
    assert not offered["asfalt"].own
    tender = get_tender(workspace, new_tender(workspace, group["code"]))
    assert tender.product_group == digest
    assert tender.posts[0].name == group["default_posts"][0]["name"]


def test_a_group_without_mki_is_made_as_any_other(workspace: Workspace, tmp_path: Path) -> None:
    """As the help says it: *Overig, zonder MKI* saved as a file, with its own code, name and words."""
    write_group(workspace, "overig", tmp_path / "groep.json")
    saved = json.loads((tmp_path / "groep.json").read_text(encoding="utf-8"))
    own = saved | {"code": "werkkleding", "name": "Werkkleding → zomer (verzonnen)", "words": ["werkkleding"]}
    tried = read_group(workspace, file_of(tmp_path, own))
    assert tried.faults == ()
    assert "zonder MKI" in tried.told
    keep_group(workspace, tried)
    identity = new_tender(workspace, "werkkleding")
    for n in (1, 2):
        variant = edits.next_variant(get_tender(workspace, identity), "bid")
        edit_tender(workspace, identity, edits.add_variant(variant))
        price = edits.set_price(get_tender(workspace, identity), variant.id, Decimal(500 * n), "prijs")
        edit_tender(workspace, identity, price)
    tender = get_tender(workspace, identity)
    sheet = pypdfium2.PdfDocument(printed(workspace, tender, "advice", "internal"))
    text = "\n".join(page.get_textpage().get_text_range() for page in sheet)
    assert "Werkkleding → zomer (verzonnen)" in text
    assert "weegset" not in text.lower()


def test_it_is_still_there_at_the_next_start_and_a_newer_edition_leaves_tenders_alone(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "a.db") as workspace:
        first = keep_group(workspace, read_group(workspace, file_of(tmp_path, SIGNS)))
        tender = get_tender(workspace, new_tender(workspace, "verkeersborden"))
    with open_workspace(tmp_path / "a.db") as workspace:
        newer = changed("edition", "2028-1")
        second = keep_group(workspace, read_group(workspace, file_of(tmp_path, newer)))
        assert first != second
        assert tender.product_group == first
        again = get_tender(workspace, new_tender(workspace, "verkeersborden"))
        assert again.product_group == second
        codes = [one.group.code for one in offered_groups(workspace)]
        assert codes.count("verkeersborden") == 1


BROKEN: list[tuple[object, str, str]] = [
    (changed("code", "Verkeers borden"), "code", "kan geen code zijn"),
    (changed("name", " "), "name", "moet iets staan"),
    (changed("name", "Asfalt"), "name", "al van een andere"),
    (changed("measure", "meters"), "measure", "“meters”"),
    (changed("rules.0.times", ["pieces", "mas_kg"]), "rules.mass_t", "“mas_kg”"),
    (changed("rules.0.factor", 0), "rules", "0"),
    (changed("rules.0.times", ["mass_t"]), "rules.mass_t", "uit zichzelf"),
    (changed("routes.0.inputs", ["mass_each_kg"]), "routes.pieces", "“pieces”"),
    (changed("default_per", "m2"), "default_per", "niet te tellen"),
    (changed("default_posts", []), "default_posts", "moet iets staan"),
    (changed("default_route", "weg"), "default_route", "“weg”"),
    (changed("properties.1.code", "pieces"), "properties", "twee keer"),
    (changed("properties.0.decimals", 40), "properties.pieces.decimals", "0 tot 6"),
    (changed("kleur", "rood"), "kleur", "niet kennen"),
    (changed("properties", "veel"), "properties", ""),
    (changed("schema", "tender/1"), "", ""),
    (changed("schema", "product_group/9"), "", "nieuwere"),
    ('{"schema": "product_group/1",\n "code": }', "regel 2", "JSON"),
    ("[" * 100_000, "JSON", ""),
    ('{"schema": "product_group/1", "x": NaN}', "JSON", ""),
    ("42", "", ""),
    ("", "", "leeg"),
]


@pytest.mark.parametrize("place", range(len(BROKEN)))
def test_a_broken_group_is_refused_with_field_and_reason(cli: Cli, tmp_path: Path, place: int) -> None:
    """None is kept, none stops the program, and each says where and why."""
    data, field, why = BROKEN[place]
    path = file_of(tmp_path, data)
    before = cli("groups", "--json").json
    assert cli("group", str(path)).code == 1
    assert field in cli.err
    assert why in cli.err
    assert "Traceback" not in cli.err
    assert cli("groups", "--json").json == before


@pytest.fixture
def cli(tmp_path: Path, capsys: Capture) -> Cli:
    return Cli(tmp_path / "a.db", capsys)


def test_no_text_is_no_group(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "groep.json").write_bytes(b"\xff\xfe\x00\x01")
    assert cli("group", str(tmp_path / "groep.json")).code == 1
    assert "UTF-8" in cli.err


def test_the_command_line_tries_keeps_and_lists(cli: Cli, tmp_path: Path) -> None:
    path = str(file_of(tmp_path, SIGNS))
    assert cli("group", path, "--try-only", "--json").json["hash"] == ""
    assert "verkeersborden" not in [one["code"] for one in cli("groups", "--json").json]
    assert cli("group", path, "--json").json["code"] == "verkeersborden"
    shown = {one["code"]: one for one in cli("groups", "--json").json}
    assert (shown["verkeersborden"]["own"], shown["verkeersborden"]["edition"]) == (True, "2027-1")
    assert {one.code for one in shipped().groups} < set(shown)


def test_a_code_of_ours_is_ours(workspace: Workspace, tmp_path: Path) -> None:
    tried = read_group(workspace, file_of(tmp_path, changed("code", "asfalt")))
    with pytest.raises(StoreError, match="group_shipped"):
        keep_group(workspace, tried)
    with pytest.raises(ReadError):
        read_group(workspace, tmp_path / "weg.json")
