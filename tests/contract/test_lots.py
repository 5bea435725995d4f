"""A contract as rows of the monitor, each case worked out by hand (CHAIN 3 and 4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cirkeldesk.model.contract.contract import Contract, Exercised
from cirkeldesk.model.fulfilment.lots import PinnedReference, lots_of
from cirkeldesk.model.monitor.lot import Impact, Lot, at
from cirkeldesk.operations.monitor.kept_lots import ContractLine, KeptLots, as_text, from_text
from tests.build import Case, asphalt, post
from tests.contract.contracts import bid_of, contract, delivered, found


def lots(case: Case, made: Contract) -> tuple[Lot, ...]:
    bases = found(case, made)
    return lots_of(bases, asphalt(), case.inputs, PinnedReference())


def with_option(price: Decimal | None = Decimal("30000.00")) -> Case:
    """p1 8.00 and option p2 4.00 per ton, 1,000 t each; the sum of the bid is € 100,000."""
    case = bid_of(8.0, 4.0)
    option = replace(post("p2", 1000.0, life="work"), kind="option")
    bid = case.tender.variants[0]
    answers = tuple(replace(one, price=price if one.post_id == "p2" else None) for one in bid.answers)
    case.tender = replace(
        case.tender,
        posts=(case.tender.posts[0], option),
        variants=(replace(bid, answers=answers),),
    )
    return case


def test_an_option_is_paid_once() -> None:
    """€ 100,000 of which € 30,000 the option: the work 70,000, and 30,000 once it is exercised."""
    case = with_option()
    assert [one.price for one in lots(case, contract())] == [Decimal("70000.00")]
    taken = contract(exercised=(Exercised("p2", "2029-06-01"),))
    assert [one.price for one in lots(case, taken)] == [Decimal("70000.00"), Decimal("30000.00")]
    assert [one.year for one in lots(case, taken)] == [2027, 2029]


def test_an_option_without_its_own_price_is_in_the_sum() -> None:
    taken = contract(exercised=(Exercised("p2", "2029-06-01"),))
    assert [one.price for one in lots(with_option(None), taken)] == [Decimal("100000.00"), None]


def test_released_asphalt_weighs_with_the_work_also_beside_an_option() -> None:
    """p1 8,000 and released 1,000 t at 2.00: 10,000; the option by itself 4,000."""
    case = bid_of(8.0, 4.0, 2.0, released_in_scope=True)
    posts = case.tender.posts
    kinds = (posts[0], replace(posts[1], kind="option"), replace(posts[2], kind="released"))
    case.tender = replace(case.tender, posts=kinds)
    work, option = lots(case, contract(exercised=(Exercised("p2", "2029-06-01"),)))
    assert (work.mki.promised, option.mki.promised) == pytest.approx((10_000, 4_000))
    assert (work.released_t, option.released_t) == (1000, 0)
    assert work.awarded is not None
    assert work.awarded.whole == 1000  # what is taken out is no material of the work


def test_each_year_of_delivery_has_its_own_mki() -> None:
    """600 t in 2027 at 9.00 and 300 t in 2028 at 7.00, promised 8.00: 4,800 beside 5,400, and 2,400 beside
    2,100."""
    made = contract(delivered("d1", 600, 9.0), delivered("d2", 300, 7.0, date="2028-03-01"))
    (lot,) = lots(bid_of(8.0), made)
    assert lot.realised is not None
    assert list(lot.realised) == [2027, 2028]
    assert _weight(lot.realised[2027].mki) == pytest.approx((4800, 5400))
    assert _weight(lot.realised[2028].mki) == pytest.approx((2400, 2100))
    assert _weight(lot.mki) == pytest.approx((8000, 7500))
    half = at(lot, 0.5)
    assert half.realised is not None
    assert _weight(half.realised[2028].mki) == pytest.approx((1200, 1050))


def _weight(found: Impact) -> tuple[float | None, float | None]:
    assert found.reference is None
    return found.promised, found.proven


def test_a_tender_without_a_number_counts_by_itself() -> None:
    """Two works that nobody numbered yet are two works."""
    case = bid_of(8.0)
    case.tender = replace(case.tender, number="")
    (one,) = lots(case, contract())
    case.tender = replace(case.tender, id="other")
    (other,) = lots(case, replace(contract(), id="other"))
    assert one.key != other.key


def test_lots_come_back_as_they_were_kept() -> None:
    made = contract(delivered("d1", 600, 9.0), delivered("d2", 300, 7.0, date="2028-03-01"))
    found_lots = lots(bid_of(8.0), made)
    line = ContractLine("t", "1", "Werk (verzonnen)", "A", "2027-01-15", 1.0, None, 0)
    kept = KeptLots("2027-01-15", "2028-03-01", found_lots, line)
    assert from_text(as_text(kept)) == kept
