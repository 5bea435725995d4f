"""`monitor --json`: the figures of a count as data; money as text, unknown as null, tons as ranges."""

from __future__ import annotations

from typing import Any

from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.count import SETS, Also, Count, Coverage, Weights, YearCount
from cirkeldesk.model.monitor.ranges import Range

Plain = dict[str, Any]


def monitor_json(count: Count) -> Plain:
    """All figures of a count. `years` is on the basis that the baseline's edition chose."""
    return {
        "until": count.until,
        "organisation": count.organisation or None,
        "fictitious": count.fictitious,
        "baseline": baseline_json(count.baseline) if count.baseline is not None else None,
        "years": [_year(one) for one in count.years],
        "gegund": [_year(one) for one in count.awarded],
        "gerealiseerd": [_year(one) for one in count.realised],
        "counted_twice": list(count.twice),
        **(
            {"subsidies": [{"year": year, "changed": changed} for year, changed in count.schemes]}
            if count.schemes
            else {}
        ),
    }


def baseline_json(found: Baseline) -> Plain:
    return {
        "edition": found.id,
        "year": found.year,
        "method": found.method,
        "scope": found.scope,
        "basis": found.basis,
        "organisation": found.organisation or None,
        "years": list(found.years),
        "source": found.source or None,
        "made_on": found.made_on or None,
        "covered": str(found.covered) if found.covered is not None else None,
        "spend": str(found.whole_spend) if found.whole_spend is not None else None,
        "doubtful": [{"row": one.row, "key": one.key, "text": one.text} for one in found.doubtful],
        "hash": content_hash(found),
        "primary_abiotic_t": span(found.primary_abiotic_t),
    }


def span(found: Range | None) -> Plain | None:
    return {"low": found.low, "high": found.high} if found is not None else None


def _year(one: YearCount) -> Plain:
    masses = one.masses
    return {
        "year": one.year,
        "lots": len(one.lots),
        "lot_keys": [lot.key for lot in one.lots],
        "left_out": [lot.key for lot in one.left_out],
        "coverage": _coverage(one.coverage),
        "mass_t": masses.whole,
        "primary_abiotic_t": span(masses.primary_abiotic),
        "secondary_t": span(masses.secondary),
        "reused_t": span(masses.reused),
        "biobased_t": span(masses.primary_biobased),
        "released_t": one.released_t,
        "unmeasured_t": span(one.unmeasured),
        "band_t": span(one.band),
        "mki": {code: _weight(one.mki[code]) for code in SETS},
        "mki_lots": {code: _weighed(one.mki[code]) for code in SETS},
        "gwp_kg": {"a_to_c": _weight(one.gwp_a_to_c), "d": _weight(one.gwp_d)},
        "gwp_lots": {"a_to_c": _weighed(one.gwp_a_to_c), "d": _weighed(one.gwp_d)},
        "saving": {"primary_abiotic_t": span(one.saving), "lots_with_reference": one.with_reference},
        "groups": [
            {
                "group": group.group,
                "lots": group.lots,
                "measured": group.measured,
                "primary_abiotic_t": span(group.masses.primary_abiotic),
                "functional": group.functional,
                "functional_unit": group.functional_unit,
                "per_unit_t": span(group.per_unit),
            }
            for group in one.groups
        ],
        "also": _also(one.also),
        # Only where there is one: figures that were frozen before passports were counted keep their hash.
        **({"passport_t": one.passport_t} if one.passport_t else {}),
        "target": None
        if one.target is None
        else {
            "reduction_pct": one.target.reduction,
            "line_t": span(one.target.line),
            "verdict": one.target.verdict,
        },
    }


def _coverage(found: Coverage) -> Plain:
    return {
        "eur_known": float(found.known),
        "eur_awarded": float(found.awarded),
        "eur_spend": float(found.spend) if found.spend is not None else None,
        "eur_outside": float(found.outside),
        "share_awarded": found.share_awarded,
        "share_spend": found.share_spend,
    }


def _also(found: Also) -> Plain:
    return {
        "themes": [{"theme": theme, "level": level, "lots": lots} for (theme, level), lots in found.themes],
        "r_steps": [{"step": name, "lots": lots} for name, lots in found.r_steps],
        "mixes": [{"mix": name, "t": tons} for name, tons in found.mixes],
        "biobased_works": found.biobased,
        "perhaps_biobased_works": found.perhaps_biobased,
    }


def _weight(found: Weights) -> Plain:
    sums = found.sums
    return {"reference": sums.reference, "promised": sums.promised, "proven": sums.proven}


def _weighed(found: Weights) -> Plain:
    """Of how many lots each sum is."""
    return {
        "all": found.lots,
        "reference": found.reference,
        "promised": found.promised,
        "proven": found.proven,
    }
