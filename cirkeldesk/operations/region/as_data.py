"""`region --json`: what a folder says, as data. Never a lot, never a supplier."""

from __future__ import annotations

from typing import Any

from cirkeldesk.model.region.benchmark import CLASS_NAMES, PublishedCell
from cirkeldesk.model.tender.mixes import Mix
from cirkeldesk.operations.region.region import Region

Plain = dict[str, Any]


def region_json(found: Region) -> Plain:
    return {
        "files": [vars(one) for one in found.files],
        "mixes": [vars(one) for one in found.mixes],
        "almost_alike": [
            {"one": _name(one.one), "other": _name(one.other), "field": one.field} for one in found.alike
        ],
        "together": [
            {
                "group": one.group,
                "estimate": str(one.estimate) if one.estimate is not None else None,
                "rows": [
                    {
                        "organisation": row.organisation,
                        "number": row.number,
                        "title": row.title,
                        "quarter": row.quarter,
                    }
                    for row in one.rows
                ],
            }
            for one in found.together
        ],
        "joint": [
            {
                "about": one.about,
                "name": one.name,
                "when": one.when,
                "organisations": list(one.organisations),
                "rows": [
                    {"organisation": row.organisation, "number": row.number, "title": row.title}
                    for row in one.rows
                ],
            }
            for one in found.joint
        ],
        "benchmark": {"edition": found.edition, "cells": [cell_json(one) for one in found.cells]},
        "faults": [{"file": name, "key": key} for name, key in found.faults],
    }


def _name(mix: Mix) -> str:
    return " ".join(text for _, text in mix.asked)


def cell_json(one: PublishedCell) -> Plain:
    """What may be told: rounded figures, and how many as a class."""
    key = one.key
    return {
        "mix": key.mix,
        "set": key.set_code,
        "edition_of_set": key.edition or None,
        "rules": key.rules,
        "modules": key.modules,
        "year": key.year,
        "tons": CLASS_NAMES[key.tons_class],
        "median": one.median,
        "quartiles": [one.low, one.high] if one.low is not None else None,
        "lots": one.count,
        "edition": one.edition,
    }
