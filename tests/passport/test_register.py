"""The register: what lies where, what happened since, and what goes out."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pypdfium2
import pytest

from cirkeldesk import paths
from cirkeldesk.charts.code import code_of
from cirkeldesk.model.material.material import Place
from cirkeldesk.model.passport.grid import to_longitude_latitude
from cirkeldesk.model.passport.passport import Passport, PassportEvent
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.passport import passports as acts
from cirkeldesk.operations.passport.as_data import geojson, imbor, mix_uri, passport_json
from cirkeldesk.operations.passport.outputs import write_passport, write_road
from cirkeldesk.operations.workspace import Workspace
from tests.acceptance.locking import at
from tests.acceptance.papers import everything_in
from tests.sheets.verapdf import conforms

ONE = Passport(
    "a1",
    "N201",
    section="vak 3",
    road="N201",
    place=Place("bij de brug", "Nieuwegein", 136_000, 456_000),
    layer=1,
    layer_kind="surface",
    thickness=40.0,
    area=3000.0,
    mass_t=290.0,
    mix="AC 11 surf 70/100",
    reclaimed=0.3,
    laid_on="2027-05-01",
    tar="free",
    fictitious=True,
)


@pytest.fixture
def kept(workspace: Workspace) -> Workspace:
    at(workspace, "2030-01-02T09:00:00+00:00")
    below = replace(ONE, id="a2", layer=2, layer_kind="base", mix="AC 22 base", mass_t=600.0)
    other = replace(
        ONE, id="b1", object="Dorpsstraat", road="", section="", place=Place(municipality="Zeist")
    )
    with workspace.unit() as unit:
        for one in (other, below, ONE):
            unit.commit("passport", one.id, one, "passport_form", {"name": one.name})
    return workspace


def test_what_lies_here_is_told_from_above_without_what_is_gone(kept: Workspace) -> None:
    assert [one.id for one in acts.lies_at(kept, "n201")] == ["a1", "a2"]
    acts.add_event(kept, "a1", PassportEvent("2029-06-01", "milled", "helft gefreesd", 145.0))
    assert [one.id for one in acts.lies_at(kept, "N201", "vak 3")] == ["a1", "a2"]
    acts.add_event(kept, "a1", PassportEvent("2029-07-01", "milled", "rest gefreesd", 145.0))
    assert [one.id for one in acts.lies_at(kept, "N201")] == ["a2"]
    gone = acts.get_passport(kept, "a1")
    assert not gone.lies_on
    assert (gone.mix, gone.mass_t) == (ONE.mix, ONE.mass_t)  # nothing was overwritten
    assert [event.text for event in gone.events] == ["helft gefreesd", "rest gefreesd"]
    assert keeping.check(kept) == []


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (PassportEvent("2031-01-01", "repair", "x"), "passport_event_day"),
        (PassportEvent("2026-01-01", "repair", "x"), "passport_event_day"),
        (PassportEvent("", "repair", "x"), "passport_event_day"),
        (PassportEvent("2029-01-01", "repair", " "), "passport_event_text"),
        (PassportEvent("2029-01-01", "milled", "x", 291.0), "passport_event_mass"),
        (PassportEvent("2029-01-01", "milled", "x", -500.0), "passport_event_no_mass"),
        (PassportEvent("2029-01-01", "milled", "x", float("nan")), "passport_event_no_mass"),
        (PassportEvent("2029-01-01", "milled", "x", float("inf")), "passport_event_no_mass"),
    ],
)
def test_an_event_that_cannot_be_is_refused(kept: Workspace, event: PassportEvent, key: str) -> None:
    with pytest.raises(StoreError, match=key):
        acts.add_event(kept, "a1", event)
    assert acts.get_passport(kept, "a1") == ONE


def test_a_passport_is_found_by_words_and_by_the_beginning_of_its_id(kept: Workspace) -> None:
    assert [row["id"] for row in acts.passport_rows(kept, "zeist")] == ["b1"]
    assert acts.get_passport(kept, "b").id == "b1"
    for asked in ("", "a", "q"):
        with pytest.raises(StoreError):
            acts.get_passport(kept, asked)


def test_the_json_is_valid_and_names_what_imbor_names() -> None:
    schema = json.loads((paths.resources() / "schema" / "passport_export.json").read_text(encoding="utf-8"))
    inner = json.loads((paths.resources() / "schema" / "passport.json").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(passport_json(ONE, ["iets"])))
    jsonschema.validate(plain, schema)
    jsonschema.validate(plain["passport"], inner)
    known = {*imbor().kinds.values(), *imbor().attributes.values()}
    named = {plain["imbor"]["kind"]["@id"], *(one["@id"] for one in plain["imbor"]["attributes"])}
    assert named <= known
    values = {one["name"]: (one["value"], one["unit"]) for one in plain["imbor"]["attributes"]}
    assert values["dikte constructielaag"] == (40, "http://qudt.org/vocab/unit/MilliM")
    assert values["pr-percentage"][0] == 30
    assert values["productiejaar"][0] == 2027
    assert values["laagnummer"][0] == 1


@pytest.mark.parametrize(
    ("mix", "name"),
    [
        ("AC 16 surf 70/100", "AC 16 surf"),
        ("ac16-base", "AC 16 base"),
        ("AC 22 base/bind OL-IB", "AC 22 base"),
        ("AC 20 surf", "AC * surf"),
        ("SMA-NL 11B 70/100", "SMA-NL 11B"),
        ("SMA 0/6", "SMA*"),
        ("ZOAB 16", "ZOAB 16"),
        ("ZOAB 160", None),
        ("klinkers", None),
        ("", None),
    ],
)
def test_a_mix_by_its_name_in_imbor(mix: str, name: str | None) -> None:
    found = mix_uri(mix)
    assert (found[0] if found is not None else None) == name


def test_the_uris_are_those_that_were_published() -> None:
    published = Path(__file__).parents[3] / "shared" / "data" / "imbor2025_asphalt.csv"
    if not published.exists():
        pytest.skip("imbor2025_asphalt.csv")
    text = published.read_text(encoding="utf-8")
    for name, uri in {**imbor().kinds, **imbor().attributes}.items():
        assert f"{name},{uri}" in text


@pytest.mark.parametrize(
    ("x", "y", "longitude", "latitude"),
    [
        (155_000, 463_000, 5.38720621, 52.15517440),  # the middle itself, the tower of Amersfoort
        (120_700.723, 487_525.501, 4.88352559, 52.37453253),  # the Westertoren, as RDNAP publishes it
    ],
)
def test_the_grid_as_longitude_and_latitude(x: float, y: float, longitude: float, latitude: float) -> None:
    found = to_longitude_latitude(x, y)
    assert math.isclose(found[0], longitude, abs_tol=2e-6)
    assert math.isclose(found[1], latitude, abs_tol=2e-6)


def test_geojson_has_a_point_or_says_there_is_none() -> None:
    plain = geojson([ONE, replace(ONE, id="x", place=Place())])
    assert plain["type"] == "FeatureCollection"
    first, second = plain["features"]
    assert first["geometry"]["type"] == "Point"
    assert 5.0 < first["geometry"]["coordinates"][0] < 5.3
    assert second["geometry"] is None
    assert first["properties"]["lies_on"] is True


def test_the_pdf_is_tagged_and_its_code_can_be_read(kept: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    acts.add_event(kept, "a1", PassportEvent("2029-06-01", "inspection", "rafeling ▢ licht", None))
    write_passport(kept, acts.get_passport(kept, "a1"), path)
    text = everything_in(path)
    for said in ("AC 11 surf", "VERZONNEN", "urn:cirkeldesk:passport:a1", "rafeling"):
        assert said in text
    conforms([path])
    assert _modules_in(path) == [list(row) for row in code_of("urn:cirkeldesk:passport:a1").rows]


TALLER = 100  # pixels at six times the size: no letter of the page is


def _modules_in(path: Path) -> list[list[bool]]:
    """The black square of the page, module by module: what a camera would see."""
    page = pypdfium2.PdfDocument(path)[0]
    grey: Any = np.asarray(page.render(scale=6).to_pil().convert("L"))
    count = len(code_of("urn:cirkeldesk:passport:a1").rows)
    dark = grey < 20
    # The finder pattern: the first column with a run of seven black modules, taller than any letter.
    runs = ((_longest(dark[:, x]), x) for x in range(dark.shape[1]))
    (length, top), left = next(found for found in runs if found[0][0] > TALLER)
    size = length / 7
    return [
        [
            bool(dark[int(top + (row + 0.5) * size), int(left + (column + 0.5) * size)])
            for column in range(count)
        ]
        for row in range(count)
    ]


def _longest(column: Any) -> tuple[int, int]:
    """(length, begin) of the longest black run."""
    best = (0, 0)
    begin = None
    for place, dark in enumerate([*column, False]):
        if dark and begin is None:
            begin = place
        elif not dark and begin is not None:
            best = max(best, (place - begin, begin), key=lambda found: found[0])
            begin = None
    return best


def test_what_lies_here_goes_out_as_paper_and_map(kept: Workspace, tmp_path: Path) -> None:
    found = acts.lies_at(kept, "N201")
    write_road(kept, "N201", found, tmp_path / "r.pdf")
    write_road(kept, "N201", found, tmp_path / "r.docx")
    write_road(kept, "N201", found, tmp_path / "r.geojson")
    assert "890" in everything_in(tmp_path / "r.pdf")  # 290 + 600 t
    conforms([tmp_path / "r.pdf"])
    assert len(json.loads((tmp_path / "r.geojson").read_text(encoding="utf-8"))["features"]) == 2
