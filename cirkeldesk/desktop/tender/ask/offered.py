"""What the choices of the award rules offer. Without an MKI no method or rule that looks at it, unless it was
chosen already (`ProductGroup.without_mki`)."""

from __future__ import annotations

from decimal import Decimal

from cirkeldesk.model.award.methods import METHODS, PARTS
from cirkeldesk.model.tender.award_rules import AwardRules, MethodCode, Step, TieRule
from cirkeldesk.wording import terms
from cirkeldesk.wording.award import awarding

Options = list[tuple[object, str]]
NONE = (None, terms.NOT_CHOSEN.capitalize())
SCALES: dict[str, tuple[Step, ...]] = {
    "percent": (),
    "rws": tuple(
        Step(label, Decimal(percent))
        for label, percent in (("3", 100), ("2", 60), ("1", 25), ("0", 0), ("NR", -50))
    ),
    "ten": tuple(Step(str(grade), Decimal(grade * 10)) for grade in range(10, -1, -1)),
}
SCALE_NAMES = [
    ("percent", "percentage"),
    ("rws", "3, 2, 1, 0 of NR"),
    ("ten", "cijfer 0 tot 10"),
]
TIES: tuple[tuple[TieRule, ...], ...] = (
    ("lowest_mki", "lot"),
    ("lowest_price", "lot"),
    ("highest_quality", "lot"),
    ("lowest_mki", "lowest_price", "lot"),
    ("highest_quality", "lowest_mki", "lot"),
    ("lot",),
)
MORE = "Meer: plafond, decimalen, welke MKI telt, prijzen dicht, boete"


def methods(rules: AwardRules, *, without_mki: bool) -> Options:
    return [NONE, *((code, terms.METHODS[code]) for code in METHODS if _fits(code, rules, without_mki))]


def _fits(code: MethodCode, rules: AwardRules, without_mki: bool) -> bool:
    return not without_mki or code == rules.method or not any(PARTS[p].by_mki for p in METHODS[code].parts)


def ties(rules: AwardRules, *, without_mki: bool) -> Options:
    fitting = [
        found for found in TIES if not (without_mki and "lowest_mki" in found) or found == rules.tie_rules
    ]
    return [((), NONE[1]), *((found, awarding.tie_rules_text(found)) for found in fitting)]


def more(*, without_mki: bool) -> str:
    """What the folded part holds."""
    return "Meer: prijzen dicht, boete" if without_mki else MORE
