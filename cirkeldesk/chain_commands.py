"""The commands of the chain after the award: contracts, deliveries, baselines and the monitor."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cirkeldesk.commands import DONE, REFUSED, Arguments, WrongUse, day_of, say, show
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, sentences

KINDS = ("pdf", "docx", "xlsx", "ods")


def add_chain_commands(command: Callable[..., argparse.ArgumentParser], named: Callable[[str], Path]) -> None:
    """What each command is asked. `command` makes one, `named` reads a path."""
    contract = command("contract", "wat is beloofd, geleverd en bewezen", run_contract, as_json=True)
    contract.add_argument("tender", metavar="AANBESTEDING")
    contract.add_argument("--award", metavar="DATUM", help="leg vast dat de opdracht op deze dag is gegund")
    contract.add_argument("--winner", metavar="INSCHRIJVER", help="aan wie, als de methode dat niet zegt")
    contract.add_argument("--pdf", type=named, metavar="BESTAND", help="schrijf het contractblad naar .pdf")
    deliver = command("deliver", "leg leveringen vast uit een bestand", run_deliver, as_json=True)
    deliver.add_argument("tender", metavar="AANBESTEDING")
    deliver.add_argument("file", type=named, metavar="BESTAND")
    baseline = command("baseline", "stel een nulmeting vast", run_baseline, as_json=True)
    baseline.add_argument("file", type=named, nargs="?", metavar="BESTAND.json")
    baseline.add_argument("--from", dest="spend", type=named, metavar="BESTAND", help="schat uit uitgaven")
    baseline.add_argument("--mapping", metavar="NAAM", help="de indeling van het uitgavenbestand")
    baseline.add_argument("--edition", default="", metavar="NAAM", help="hoe de nulmeting heet")
    baseline.add_argument(
        "--years", default="", metavar="JAREN", help="welke jaren tellen, zoals 2022,2023,2024"
    )
    baseline.add_argument("--try-only", action="store_true", help="alleen laten zien, niets bewaren")
    command("baselines", "de nulmetingen", run_baselines, as_json=True)
    monitor = command("monitor", "tonnen en MKI van wat is gegund en geleverd", run_monitor, as_json=True)
    monitor.add_argument("--year", type=int, metavar="JAAR", help="alleen dit jaar")
    monitor.add_argument("--until", metavar="DATUM", help="zoals het op deze dag was")
    monitor.add_argument("--organisation", default="", metavar="NAAM", help="het deel van één organisatie")
    monitor.add_argument(
        "--frozen", action="store_true", help="toon de cijfers die op --until zijn vastgelegd"
    )
    monitor.add_argument("--freeze", action="store_true", help="leg de cijfers van --until vast")
    for kind in KINDS:
        monitor.add_argument(
            f"--{kind}", type=named, metavar="BESTAND", help=f"schrijf de bijlage naar .{kind}"
        )
    monitor.add_argument("--csv", type=named, metavar="MAP", help="schrijf de cijfers en hun uitleg als CSV")


def run_contract(chosen: Arguments) -> int:
    """The contract of a tender; with --award it begins."""
    from cirkeldesk.operations.contract.as_data import contract_json
    from cirkeldesk.operations.contract.contracts import award_lot, contract_of
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.contract import words

    day = day_of("--award", chosen.award)
    with open_workspace(chosen.db) as workspace:
        tender = find_tender(workspace, chosen.tender)
        if day is not None:
            begun = award_lot(workspace, tender.id, day, _winner(tender, chosen.winner))
            if begun is None:
                say("De opdracht was al gegund; er is niets gewijzigd.")
        elif chosen.winner is not None:
            raise WrongUse("--winner: noem ook de dag met --award")
        told = contract_of(workspace, tender.id)
        if chosen.pdf is not None:
            from cirkeldesk.operations.contract.contract_sheet import write_contract_sheet

            write_contract_sheet(workspace, told, chosen.pdf)
    if chosen.json:
        show(contract_json(told))
        return DONE
    for one in told.promises:
        print(words.INDICATORS[one.indicator], words.value(one), words.source(one, told.tender), sep="\t")
    print(words.consequence_sum(told.tender, told.contract.terms, told.whole.consequence))
    for message in told.open:
        print(sentences.sentence(message))
    return DONE


def _winner(tender: Tender, said: str | None) -> str | None:
    """The id of the bid that was named; None where none was. Raises WrongUse for one that is not there."""
    if said is None:
        return None
    named = [bid.id for bid in tender.bids if said.strip() in (bid.id, bid.name, bid.bidder)]
    if len(named) != 1:
        bidders = ", ".join(bid.bidder or bid.name for bid in tender.bids)
        raise WrongUse(f"--winner: “{said}” is geen inschrijver; kies uit {bidders}")
    return named[0]


def run_deliver(chosen: Arguments) -> int:
    """Deliveries from a file, with each fault by its cell."""
    from cirkeldesk.operations.contract.as_data import contract_json
    from cirkeldesk.operations.contract.contracts import contract_of
    from cirkeldesk.operations.contract.deliveries import Faulty, deliver
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        tender = find_tender(workspace, chosen.tender)
        try:
            count = deliver(workspace, tender.id, chosen.file)
        except Faulty as problem:
            faults = [sentences.sentence(one) for one in problem.faults]
            for text in faults:
                say(text)
            if chosen.json:
                show({"faults": faults})
            return REFUSED
        told = contract_of(workspace, tender.id)
    if chosen.json:
        show(contract_json(told))
    else:
        print(f"{count} leveringen vastgelegd.")
    return DONE


def run_baseline(chosen: Arguments) -> int:
    """A baseline from a document, or estimated from spend."""
    from cirkeldesk.model.refusal import StoreError
    from cirkeldesk.operations.monitor import baselines as acts
    from cirkeldesk.operations.monitor.as_data import baseline_json
    from cirkeldesk.operations.workspace import open_workspace

    if (chosen.file is None) == (chosen.spend is None):
        raise WrongUse("noem een BESTAND.json, of een uitgavenbestand met --from")
    without: tuple[str, ...] = ()
    with open_workspace(chosen.db) as workspace:
        if chosen.file is not None:
            made = acts.put_baseline(workspace, chosen.file)
        else:
            spend = acts.read_spend(workspace, chosen.spend, chosen.mapping)
            made = acts.estimated(spend, spend.factors, _years(chosen.years), chosen.edition)
            without = acts.without_factor(made)
            if not made.covered:
                raise StoreError("baseline_no_factors", file=spend.file)
            if not chosen.try_only:
                made = acts.keep(workspace, made)
    told: dict[str, Any] = {**baseline_json(made), "without_factor": list(without)}
    if chosen.json:
        show(told)
        return DONE
    span = made.primary_abiotic_t
    print(f"{made.id}: {numbers.number(span.low, 0)} tot {numbers.number(span.high, 0)} ton")
    for one in made.doubtful:
        print(f"rij {one.row}: {words_of(one.key)}", one.text, sep="\t")
    return DONE


def words_of(key: str) -> str:
    from cirkeldesk.wording.monitor.words import DOUBTS

    return DOUBTS.get(key, key)


def _years(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(one) for one in text.replace(",", " ").split())
    except ValueError as problem:
        raise WrongUse("--years: schrijf jaren, zoals 2022,2023,2024") from problem


def run_baselines(chosen: Arguments) -> int:
    """Every edition, the newest last."""
    from cirkeldesk.operations.monitor.as_data import baseline_json
    from cirkeldesk.operations.monitor.baselines import baselines
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        found = baselines(workspace)
    if chosen.json:
        show([baseline_json(one) for one in found])
        return DONE
    for one in found:
        print(one.id, one.year, one.method, one.scope, sep="\t")
    return DONE


def _show_frozen(chosen: Arguments) -> int:
    """What was frozen, as a list, or the figures of one day exactly as they were kept."""
    from cirkeldesk.operations.monitor.targets import opened
    from cirkeldesk.operations.workspace import open_workspace

    until = day_of("--until", chosen.until)
    with open_workspace(chosen.db) as workspace:
        found = [
            one
            for one in opened(workspace)
            if until in (None, one.frozen.until) and chosen.organisation in ("", one.frozen.organisation)
        ]
    if until is not None and not found:
        raise WrongUse(f"op {numbers.date(until)} is niets vastgelegd")
    if chosen.json:
        show([{**one.plain, "hash": one.frozen.hash, "unchanged": one.is_whole} for one in found])
        return DONE
    for one in found:
        whose = one.frozen.organisation or "alle samen"
        state = "ongewijzigd" if one.is_whole else "GEWIJZIGD"
        print(numbers.date(one.frozen.until), whose, one.frozen.by, one.frozen.hash, state, sep="\t")
    return DONE


def run_monitor(chosen: Arguments) -> int:
    """The count, as data or as files of one kind or more."""
    from cirkeldesk.operations.monitor import monitoring
    from cirkeldesk.operations.monitor.annex import write_annex, write_tables
    from cirkeldesk.operations.workspace import open_workspace

    wanted = [getattr(chosen, kind) for kind in KINDS if getattr(chosen, kind) is not None]
    if chosen.frozen:
        return _show_frozen(chosen)
    if not (wanted or chosen.json or chosen.csv or chosen.freeze):
        raise WrongUse("zeg wat u wilt: --json, --pdf, --docx, --xlsx, --ods, --csv of --freeze")
    until = day_of("--until", chosen.until)
    with open_workspace(chosen.db) as workspace:
        if chosen.freeze:
            if until is None:
                raise WrongUse("--freeze: noem de dag met --until")
            monitoring.freeze(workspace, until, chosen.organisation)
        count = monitoring.count_of(
            workspace, until=until, organisation=chosen.organisation, year=chosen.year
        )
        for path in wanted:
            write_annex(workspace, count, path)
        if chosen.csv is not None:
            write_tables(workspace, count, chosen.csv)
    if chosen.json:
        made = monitoring.figures(count)
        show({**made.plain, "hash": made.hash})
    return DONE
