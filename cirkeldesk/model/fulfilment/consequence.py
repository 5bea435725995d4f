"""What a promise that was not kept costs, by the rule that was published; and what a better one earns.

It stands at the level of the published rule, usually the sum of all posts. Only with document and page: the
usual 1.5 × is never filled in. A method in points has no published euro rule, and then there is no amount.
Source: CHAIN 3; DOMAIN 7.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from cirkeldesk.model.award.award import published
from cirkeldesk.model.award.penalty import Penalty, penalty
from cirkeldesk.model.contract.contract import ContractTerms
from cirkeldesk.model.fulfilment.proof import Proof
from cirkeldesk.model.rounding import rounded
from cirkeldesk.model.tender.award_rules import AwardRules
from cirkeldesk.model.tender.tender import Tender

CENTS = 2


@dataclass(frozen=True)
class Consequence:
    """A penalty (`amount` above 0), a bonus (below 0) or neither, in €. `why` is the key of the reason where
    there is no amount; `capped` where the cap made it less. `complete` is False while posts still stand at
    their promise."""

    promised: Decimal | None
    proven: Decimal | None
    advantage: Decimal | None
    amount: Decimal | None
    why: str = ""
    capped: bool = False
    complete: bool = True


def consequence(tender: Tender, terms: ContractTerms, found: Proof) -> Consequence:
    """The consequence of a proof at bid quantities. MKI is rounded to the published decimals first, as in the
    award."""
    decimals = tender.ask.mki_decimals
    promised = published(found.promised, decimals) if found.promised is not None else None
    proven = published(found.at_bid, decimals) if found.at_bid is not None else None
    complete = all(one.state == "proven" for one in found.posts if one.promised)
    if all(one.state == "as_promised" for one in found.posts):
        return Consequence(promised, None, None, None, "nothing_delivered", complete=False)
    if promised is None or proven is None:
        return Consequence(promised, proven, None, None, "not_proven", complete=False)
    if not terms.is_published or (terms.factor is None and terms.bonus_factor is None):
        return Consequence(promised, proven, None, None, "not_published", complete=complete)
    if proven > promised:
        return _penalty(tender.award, terms, promised, proven, complete=complete)
    return _bonus(tender.award, terms, promised, proven, complete=complete)


def _penalty(
    rules: AwardRules, terms: ContractTerms, promised: Decimal, proven: Decimal, *, complete: bool
) -> Consequence:
    if terms.factor is None:
        return Consequence(promised, proven, None, None, "not_published", complete=complete)
    made = _of(rules, terms.factor, promised, proven)
    return _capped(made, promised, proven, terms.cap, 1, complete=complete)


def _bonus(
    rules: AwardRules, terms: ContractTerms, promised: Decimal, proven: Decimal, *, complete: bool
) -> Consequence:
    """A bonus is the same rule the other way about: what a better proof would have earned more."""
    nothing = rounded(Decimal(0), CENTS)
    if terms.bonus_factor is None or proven == promised:
        return Consequence(promised, proven, nothing, nothing, complete=complete)
    made = _of(rules, terms.bonus_factor, proven, promised)
    return _capped(made, promised, proven, terms.bonus_cap, -1, complete=complete)


def _of(rules: AwardRules, factor: Decimal, better: Decimal, worse: Decimal) -> Penalty:
    return penalty(replace(rules, penalty_factor=factor), better, worse)


def _capped(
    made: Penalty, promised: Decimal, proven: Decimal, cap: Decimal | None, sign: int, *, complete: bool
) -> Consequence:
    if made.amount is None or made.advantage is None:
        return Consequence(promised, proven, None, None, "in_points", complete=complete)
    amount = min(made.amount, cap) if cap is not None else made.amount
    is_less = amount < made.amount
    return Consequence(promised, proven, made.advantage, sign * amount, "", is_less, complete)
