"""Where a place lies: its own RD coordinates, else about the middle of its municipality.

The middles are our own approximation on whole kilometres, for the municipalities of the province of Utrecht:
good for a first look at a distance, never for a bill. Who needs better types coordinates.
"""

from __future__ import annotations

import math

from cirkeldesk.model.material.material import Place

DETOUR = 1.3  # a road is longer than the straight line [own]
# Municipality in lower case → RD in kilometres [own, rounded].
MIDDLES: dict[str, tuple[float, float]] = {
    "amersfoort": (155, 463), "baarn": (148, 469), "bunnik": (142, 452), "bunschoten": (157, 473),
    "de bilt": (140, 459), "de ronde venen": (119, 469), "eemnes": (146, 474), "houten": (140, 449),
    "ijsselstein": (131, 448), "leusden": (158, 459), "lopik": (124, 443), "montfoort": (124, 450),
    "nieuwegein": (134, 449), "oudewater": (119, 448), "renswoude": (167, 454), "rhenen": (167, 441),
    "soest": (149, 465), "stichtse vecht": (130, 462), "utrecht": (136, 456),
    "utrechtse heuvelrug": (150, 449), "veenendaal": (166, 449), "vijfheerenlanden": (134, 440),
    "wijk bij duurstede": (151, 443), "woerden": (121, 455), "woudenberg": (158, 455), "zeist": (145, 456),
}  # fmt: skip


def coordinates(place: Place) -> tuple[float, float] | None:
    """RD in metres; None where nothing says where it is."""
    if place.x is not None and place.y is not None:
        return place.x, place.y
    name = place.municipality.casefold().strip().removeprefix("gemeente ")
    middle = MIDDLES.get(name)
    return (middle[0] * 1000.0, middle[1] * 1000.0) if middle is not None else None


def is_about(place: Place) -> bool:
    """Whether only its municipality says where it is."""
    return (place.x is None or place.y is None) and coordinates(place) is not None


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The straight line × 1.3."""
    return math.dist(one, other) / 1000.0 * DETOUR
