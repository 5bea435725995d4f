"""Passports as data: JSON with the names of IMBOR, and GeoJSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.document.document import to_plain
from cirkeldesk.model.material.places import coordinates, is_about
from cirkeldesk.model.passport.grid import to_longitude_latitude
from cirkeldesk.model.passport.passport import Passport
from cirkeldesk.wording.passport import words

Plain = dict[str, Any]
IDENTIFIER = "urn:cirkeldesk:passport:"
# (name of the attribute in IMBOR, field of the passport, what it is multiplied by)
ATTRIBUTES = (
    ("laagnummer", "layer", 1.0),
    ("dikte constructielaag", "thickness", 1.0),
    ("lengte", "length", 1.0),
    ("breedte", "width", 1.0),
    ("pr-percentage", "reclaimed", 100.0),
)


@dataclass(frozen=True)
class Imbor:
    """Names and their URIs, as CROW publishes them. `units` by the name of an attribute."""

    source: str
    kinds: dict[str, str]
    attributes: dict[str, str]
    units: dict[str, str]


@cache
def imbor() -> Imbor:
    plain = json.loads((paths.reference() / "imbor" / "asphalt.json").read_text(encoding="utf-8"))
    attributes = plain["attributes"]
    return Imbor(
        plain["source"],
        {one["name"]: one["uri"] for one in plain["kinds"]},
        {one["name"]: one["uri"] for one in attributes},
        {one["name"]: one["unit"] for one in attributes if one["unit"]},
    )


def mix_uri(mix: str) -> tuple[str, str] | None:
    """(name, URI) of a mix in IMBOR: the kind itself, else its family, else none."""
    text = _bare(mix)
    kinds = imbor().kinds
    for name in sorted(kinds, key=len, reverse=True):
        plain = _bare(name)
        if "*" not in plain and re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![0-9a-z])", text):
            return name, kinds[name]
    for name, family in (
        ("AC * surf", r"\bac\b.*\bsurf"),
        ("AC * bind", r"\bac\b.*\bbind"),
        ("AC * base", r"\bac\b.*\bbase"),
        ("SMA*", r"\bsma"),
    ):
        if re.search(family, text) and name in kinds:
            return name, kinds[name]
    return None


def _bare(mix: str) -> str:
    """ "AC16-surf" and "AC 16 surf" alike."""
    apart = re.sub(r"(?<=[a-z])(?=\d)", " ", mix.casefold().replace("-", " "))
    return " ".join(apart.split())


def passport_json(passport: Passport, findings: Iterable[str] = ()) -> Plain:
    """The passport with its id as a URN, and what IMBOR has a name for. By the schema
    `passport_export.json`."""
    names = imbor()
    found = mix_uri(passport.mix)
    attributes = []
    for name, field, factor in ATTRIBUTES:
        value = getattr(passport, field)
        if value is not None:
            attributes.append(
                {
                    "@id": names.attributes[name],
                    "name": name,
                    "value": round(value * factor, 9),
                    "unit": names.units.get(name),
                }
            )
    if passport.laid_on:
        attributes.append(
            {
                "@id": names.attributes["productiejaar"],
                "name": "productiejaar",
                "value": int(passport.laid_on[:4]),
                "unit": None,
            }
        )
    for name, result in (("aanwezigheid teer", passport.tar), ("aanwezigheid asbest", passport.asbestos)):
        if result is not None:
            attributes.append(
                {"@id": names.attributes[name], "name": name, "value": words.TESTS[result], "unit": None}
            )
    return {
        "@id": f"{IDENTIFIER}{passport.id}",
        "imbor": {
            "source": names.source,
            "kind": {"@id": found[1], "name": found[0]} if found is not None else None,
            "attributes": attributes,
        },
        "lies_on": passport.lies_on,
        "findings": list(findings),
        "passport": to_plain(passport),
    }


def geojson(passports: Iterable[Passport]) -> Plain:
    """A collection of points (RFC 7946: longitude and latitude); without coordinates the geometry is null."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(one) for one in passports],
    }


def _feature(one: Passport) -> Plain:
    at = coordinates(one.place)
    point = None
    if at is not None:
        longitude, latitude = to_longitude_latitude(*at)
        point = {"type": "Point", "coordinates": [round(longitude, 7), round(latitude, 7)]}
    return {
        "type": "Feature",
        "id": f"{IDENTIFIER}{one.id}",
        "geometry": point,
        "properties": {
            "object": one.object,
            "section": one.section or None,
            "road": one.road or None,
            "layer": one.layer,
            "mix": one.mix or None,
            "thickness_mm": one.thickness,
            "area_m2": one.area,
            "mass_t": one.mass_t,
            "place_is_about": is_about(one.place),
            "laid_on": one.laid_on or None,
            "lies_on": one.lies_on,
        },
    }
