"""An example that lives: three years of fictitious contracts of two organisations, plainly marked, from
resources/example/years. Fictitious lots count only while there are no others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cirkeldesk import paths
from cirkeldesk.model.contract.contract import Contract, Delivery
from cirkeldesk.model.document.document import content_hash
from cirkeldesk.model.monitor.baseline import Baseline
from cirkeldesk.model.monitor.ranges import Range
from cirkeldesk.model.product.composition import Composition, Constituent
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.tender import Answer, OfferedMki, Post, ProductRef, Role, Tender, Variant
from cirkeldesk.operations.tender.tenders import resolve
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

REFERENCE, WINNER, OTHER = "nul", "b1", "b2"
DEARER, WORSE = Decimal("1.04"), 1.08


def add_years(workspace: Workspace) -> list[str]:
    """Add the example and return the numbers of its tenders; what is there already is left as it is."""
    file = paths.resources() / "example" / "years" / "monitor.json"
    plain = json.loads(file.read_text(encoding="utf-8"))
    mixes = {code: _mix(code, one) for code, one in plain["mixes"].items()}
    with workspace.unit() as unit:
        for lot in plain["lots"]:
            if unit.head("tender", _identity(lot)) is None:
                _add(unit, lot, mixes, plain["mixes"])
        base = plain["baseline"]
        if unit.head("baseline", base["edition"]) is None:
            made = Baseline(
                base["edition"],
                base["year"],
                "awarded",
                "verzonnen opdrachten",
                Range(float(base["low"]), float(base["high"])),
                made_on=f"{base['year']}-12-31",
                fictitious=True,
            )
            unit.commit("baseline", made.id, made, "example", {"name": made.id})
    return [str(lot["number"]) for lot in plain["lots"]]


def _identity(lot: Mapping[str, Any]) -> str:
    return f"voorbeeld-{lot['number'].lower()}"


def _mix(code: str, plain: Mapping[str, Any]) -> Product:
    parts = tuple(Constituent(name, fraction, origin) for name, fraction, origin in plain["parts"])
    return Product(
        code,
        plain["name"],
        declared_unit="ton",
        declared_amount=1.0,
        composition=Composition(parts),
        fictitious=True,
    )


def _add(
    unit: UnitOfWork, lot: Mapping[str, Any], mixes: Mapping[str, Product], plain: Mapping[str, Any]
) -> None:
    """A tender that was awarded, its contract, and what was delivered of it."""
    posts = tuple(
        Post(f"p{place}", one["name"], route="bill", values=(("mass_t", float(one["tons"])),), life="work")
        for place, one in enumerate(lot["posts"], 1)
    )
    price = Decimal(lot["price"])
    variants = (
        _variant(REFERENCE, "Nulvariant", "reference", lot, "reference", plain),
        _variant(WINNER, "Verzonnen Wegenbouw", "bid", lot, "mix", plain, price=price),
        _variant(OTHER, "Bouwbedrijf Bedacht", "bid", lot, "mix", plain, price=price * DEARER, worse=WORSE),
    )
    tender = Tender(
        _identity(lot),
        lot["number"],
        lot["title"],
        functional_quantity=float(lot["area"]),
        status="awarded",
        ask=Ask(analysis_period=30.0, replacement_rule="none", includes_replacement="yes"),
        posts=posts,
        variants=variants,
        products=tuple(mixes.values()),
        fictitious=True,
    )
    tender = resolve(unit, tender)
    unit.commit("tender", tender.id, tender, "example", {"name": tender.number})
    names = {post.name: post.id for post in posts}
    deliveries = tuple(
        Delivery(
            f"d{place}",
            date,
            names[post],
            float(tons),
            product=ProductRef(mix),
            mki=mki,
            evidence=f"weegstaat {place} (verzonnen)",
            accepted=True,
            accepted_by="voorbeeld",
            accepted_on=date,
        )
        for place, (date, post, tons, mix, mki) in enumerate(lot["deliveries"], 1)
    )
    contract = Contract(
        tender.id,
        content_hash(tender),
        WINNER,
        lot["on"],
        organisation=lot["organisation"],
        deliveries=deliveries,
        fictitious=True,
    )
    unit.commit("contract", tender.id, contract, "example", {"name": tender.number})


def _variant(
    identity: str,
    name: str,
    role: Role,
    lot: Mapping[str, Any],
    which: str,
    plain: Mapping[str, Any],
    *,
    price: Decimal | None = None,
    worse: float = 1.0,
) -> Variant:
    answers = tuple(
        Answer(
            f"p{place}",
            product=ProductRef(one[which]),
            mki=OfferedMki(total=round(plain[one[which]]["mki"] * worse, 2)),
        )
        for place, one in enumerate(lot["posts"], 1)
    )
    rounded = price.quantize(Decimal("0.01")) if price is not None else None
    return Variant(
        identity, name, role, bidder=name if role == "bid" else None, answers=answers, price=rounded
    )
