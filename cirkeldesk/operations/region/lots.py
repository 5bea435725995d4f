"""What this file contributes to the benchmark: lots of its own contracts, without a name of anybody."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.recognise import content_of, read_json
from cirkeldesk.model.comparison.post_mki import PostResult
from cirkeldesk.model.document.document import decode
from cirkeldesk.model.product.modules import MODULES
from cirkeldesk.model.refusal import DocumentError, ReadError
from cirkeldesk.model.region.benchmark import BenchmarkLot, CellKey, class_of, supplier_hash
from cirkeldesk.model.tender.answered import scope_of
from cirkeldesk.model.tender.tender import Post
from cirkeldesk.operations.contract.contracts import ContractTold, contract_in, contracts
from cirkeldesk.operations.material.materials import ours, today_in
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.unit import UnitOfWork

SCHEMA = "benchmark-lots/1"
DELAY = 182  # days after the award: nobody learns of a bid that is still fresh [own]
MOST_LOTS = 20_000


def own_lots(workspace: Workspace, key: str) -> tuple[str, str, list[BenchmarkLot]]:
    """(organisation, day, lots) of every contract that was awarded long enough ago."""
    with workspace.unit() as unit:
        day = today_in(unit)
        last = (date.fromisoformat(day) - timedelta(days=DELAY)).isoformat()
        found: list[BenchmarkLot] = []
        for identity, contract in contracts(unit).items():
            if contract.fictitious or contract.replaced_by is not None or contract.awarded_on > last:
                continue
            found += _lots_of(unit, identity, key)
        return ours(unit), day, found


def _lots_of(unit: UnitOfWork, identity: str, key: str) -> Iterator[BenchmarkLot]:
    told = contract_in(unit, identity)
    if told.tender.fictitious or not told.tender.bids:
        return
    winner = told.tender.variant(told.contract.winner)
    supplier = supplier_hash(winner.bidder or winner.name, key)
    for post in told.tender.posts:
        result = told.grounds.bid.post(post.id)
        mix = " ".join(text.strip() for _, text in post.details if text.strip())
        value, tons = result.mki.value, result.mass_t
        if post.kind == "released" or not mix:
            continue
        if value is None or not tons or tons <= 0 or not result.counts or result.lapses:
            continue
        secret = f"{told.tender.id}|{post.id}"
        name = hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest()[:20]
        yield BenchmarkLot(name, _key(told, post, result, mix, tons), value / tons, tons, supplier)


def _key(told: ContractTold, post: Post, result: PostResult, mix: str, tons: float) -> CellKey:
    ask = told.tender.ask
    scope = scope_of(ask, post)
    modules = " ".join(name for name in MODULES if name in scope) or " ".join(sorted(scope))
    rules = ask.rules or (result.basis.of("rules") if result.basis is not None else None) or "onbekend"
    return CellKey(
        " ".join(mix.casefold().split()),
        ask.set_code,
        told.edition_of_set or "",
        " ".join(str(rules).split()),
        modules,
        int(told.contract.awarded_on[:4]),
        class_of(tons),
    )


def as_file(organisation: str, day: str, lots: list[BenchmarkLot]) -> bytes:
    """Apart from dossiers: no title, no bidder, no price."""
    plain = {
        "schema": SCHEMA,
        "organisation": organisation,
        "made_on": day,
        "lots": [_plain(one) for one in sorted(lots, key=lambda lot: lot.id)],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def _plain(one: BenchmarkLot) -> dict[str, Any]:
    return {"id": one.id, "key": vars(one.key), "mki": one.mki, "tons": one.tons, "supplier": one.supplier}


def read_file(path: Path) -> tuple[str, str, list[BenchmarkLot]] | None:
    """(organisation, day, lots) of a contribution; None for another kind of JSON. Raises ReadError or
    DocumentError."""
    data = read_json(content_of(path), path.name)
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        return None
    listed = data.get("lots")
    if not isinstance(listed, list) or len(listed) > MOST_LOTS:
        raise ReadError("dossier_broken", file=path.name, part="lots")
    lots = [decode(BenchmarkLot, one) for one in listed]
    if any(not one.tons > 0 or not abs(one.mki) < 1e9 or not one.id for one in lots):
        raise DocumentError("not_positive", "lots", value="tons")
    return str(data.get("organisation", ""))[:200], str(data.get("made_on", ""))[:10], lots
