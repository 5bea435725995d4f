"""Values that change by date and have a source: rules and when they start, ceilings per mix, and what the
project adds to a mix (A5, B1, C) as public tools state it.

They are offered and never taken by themselves: who uses one chooses it, and what was not verified says so
wherever it stands (DOMAIN 3, 4). A group without a file of them simply has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from cirkeldesk.model.product.basis import same_text
from cirkeldesk.model.product.indicators import SetCode


@dataclass(frozen=True)
class RuleVersion:
    """A version of the rules an MKI follows, the set that goes with it, and the day (ISO) it starts."""

    name: str
    set_code: SetCode
    valid_from: str
    source: str


@dataclass(frozen=True)
class Ceiling:
    """The highest MKI of a mix, € per ton, from a day on."""

    mix: str
    set_code: SetCode
    euro_per_ton: float
    valid_from: str
    source: str


@dataclass(frozen=True)
class ModuleValues:
    """What the project adds to a mix: (module, € MKI per ton), and the life in years that goes with it."""

    name: str
    set_code: SetCode
    values: tuple[tuple[str, float], ...]
    life: float | None = None
    note: str = ""


@dataclass(frozen=True)
class TransportProfile:
    """€ MKI per ton-kilometre of a way to carry."""

    name: str
    set_code: SetCode
    per_tkm: float


@dataclass(frozen=True)
class MixValues:
    """Module values of one source, and whether anybody verified them."""

    verified: bool
    source: str
    mixes: tuple[ModuleValues, ...] = ()


@dataclass(frozen=True)
class TransportValues:
    """Transport values of one source, and whether anybody verified them."""

    verified: bool
    source: str
    profiles: tuple[TransportProfile, ...] = ()


@dataclass(frozen=True)
class MixDensity:
    """The usual density of a kind of mix, ton/m³; `word` is how its name is recognised, in lower case."""

    word: str
    name: str
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class DatedValues:
    """All of it for one product group."""

    group: str
    rules: tuple[RuleVersion, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    module_values: MixValues = MixValues(False, "")
    transport: TransportValues = TransportValues(False, "")
    densities: tuple[MixDensity, ...] = ()

    def started_by(self, day: str) -> tuple[RuleVersion, ...]:
        """The rules in force on a day (ISO), the newest first."""
        found = [rule for rule in self.rules if rule.valid_from <= day[:10]]
        return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))

    def newer_than(self, rules: str | None, set_code: SetCode, day: str) -> RuleVersion | None:
        """The rules that started by that day and are newer than those a tender names, or whose set it does
        not use; None where the tender is up to date or nothing is known of its rules."""
        in_force = self.started_by(day)
        if len(in_force) < 2:
            return None
        newest = in_force[0]
        stated = same_text(rules) if rules is not None else None
        if stated == same_text(newest.name):
            return None if set_code == newest.set_code else newest
        named = any(stated == same_text(one.name) for one in in_force)
        return newest if named or stated is None else None
