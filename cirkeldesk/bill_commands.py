"""The commands `bill` and `state`: posts from a bestek, and unit prices from the states that come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cirkeldesk.commands import DONE, REFUSED, Arguments, WrongUse, say, show
from cirkeldesk.wording import sentences

if TYPE_CHECKING:
    from cirkeldesk.operations.tender.bill import Bill, BillFault


def run_bill(chosen: Arguments) -> int:
    """Show the lines of a bill; with `--tender` and `--lines` take those lines over as posts."""
    from cirkeldesk.operations.tender.bill import known_heads, open_bill, take_posts
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    known = {}
    if chosen.tender is not None:
        with open_workspace(chosen.db, create=False) as workspace:
            known = known_heads(workspace)
    opened = open_bill(chosen.file, _columns(chosen.column), known)
    for fault in opened.faults:
        _say_fault(chosen.file.name, fault)
    if opened.bill.untried:
        say(
            f"{chosen.file.name}: {opened.bill.format}, niet beproefd met een echt bestand. Kijk de regels na."
        )
    if opened.bill.unread:
        say(f"{chosen.file.name}: niet gelezen: {', '.join(opened.bill.unread[:12])}.")
    picked = _picked(opened.bill, opened.proposed, chosen.lines)
    if chosen.tender is not None:
        with open_workspace(chosen.db, create=False) as workspace:
            tender = find_tender(workspace, chosen.tender)
            changed = take_posts(workspace, tender.id, opened, picked)
        say(f"{changed.number}: {len(picked)} posten overgenomen uit {chosen.file.name}.")
    if chosen.json:
        show(_lines(opened.bill, picked))
    elif chosen.tender is None:
        for number, line in enumerate(opened.bill.lines):
            mark = "post" if number in picked else ""
            print(
                line.code,
                line.text,
                "" if line.quantity is None else line.quantity,
                line.unit,
                mark,
                sep="\t",
            )
    return REFUSED if any(fault.level == "error" for fault in opened.faults) else DONE


def _columns(said: Sequence[str]) -> dict[str, str]:
    pairs = (one.rpartition("=") for one in said)
    return {head.strip().casefold(): name.strip() for head, _, name in pairs}


def _picked(bill: Bill, proposed: frozenset[int], said: str) -> frozenset[int]:
    """The lines that are meant: "asfalt", "alle", or codes with commas between them."""
    if said in ("asfalt", ""):
        return proposed
    if said == "alle":
        return frozenset(number for number, line in enumerate(bill.lines) if line.quantity is not None)
    codes = {code.strip() for code in said.split(",") if code.strip()}
    unknown = codes - {line.code for line in bill.lines}
    if unknown:
        raise WrongUse(f"--lines: {', '.join(sorted(unknown))} staat niet in het bestand")
    return frozenset(number for number, line in enumerate(bill.lines) if line.code in codes)


def _lines(bill: Bill, picked: frozenset[int]) -> dict[str, Any]:
    return {
        "format": bill.format,
        "untried": bill.untried,
        "unread": list(bill.unread),
        "number": bill.number,
        "title": bill.title,
        "lines": [
            {
                "code": line.code,
                "text": line.text,
                "unit": line.unit,
                "quantity": None if line.quantity is None else str(line.quantity),
                "kind": line.kind,
                "unit_price": None if line.unit_price is None else str(line.unit_price),
                "place": line.place,
                "post": number in picked,
            }
            for number, line in enumerate(bill.lines)
        ],
    }


def _say_fault(file: str, fault: BillFault) -> None:
    say(f"{file}, {fault.place}: {sentences.error(fault.message.key, **fault.message.values())}")


def run_state(chosen: Arguments) -> int:
    """Compare a state with the bill of its tender, and take its unit prices over."""
    from cirkeldesk.operations.tender.bill import check_state, take_state
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender)
        state = check_state(workspace, tender.id, chosen.file, _columns(chosen.column))
        for fault in state.faults:
            _say_fault(chosen.file.name, fault)
        made = take_state(workspace, tender.id, state, chosen.bidder, chosen.accept)
    if chosen.json:
        prices = {post: [str(price), str(amount)] for post, (price, amount) in state.prices.items()}
        show({"variant": made, "prices": prices, "total": None if state.total is None else str(state.total)})
    return DONE
