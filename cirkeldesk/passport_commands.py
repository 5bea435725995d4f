"""The commands of materials passports."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from cirkeldesk.commands import DONE, Arguments, WrongUse, day_of, show
from cirkeldesk.wording import numbers

KINDS = ("pdf", "docx", "geojson")


def add_passport_commands(
    command: Callable[..., argparse.ArgumentParser], named: Callable[[str], Path]
) -> None:
    """What each command is asked. `command` makes one, `named` reads a path."""
    form = command("passport-form", "schrijf het paspoortformulier van een opdracht", run_form)
    form.add_argument("tender", metavar="AANBESTEDING")
    form.add_argument("file", type=named, metavar="BESTAND", help=".xlsx of .ods; import leest het terug")
    passports = command("passports", "het register van paspoorten", run_passports, as_json=True)
    passports.add_argument("--search", default="", metavar="WOORDEN")
    passports.add_argument("--road", metavar="OBJECT", help="wat er in deze weg of dit object ligt")
    passports.add_argument("--section", default="", metavar="VAK")
    passport = command("passport", "een paspoort", run_passport, as_json=True)
    passport.add_argument("id", metavar="PASPOORT")
    passport.add_argument("--event", metavar="TEKST", help="leg vast wat er met deze laag is gebeurd")
    passport.add_argument("--kind", default="inspection", metavar="SOORT", help="soort gebeurtenis")
    passport.add_argument("--on", metavar="DATUM", help="op welke dag")
    passport.add_argument("--mass", metavar="TON", help="over hoeveel ton het gaat")
    for made in (passports, passport):
        for kind in KINDS:
            made.add_argument(f"--{kind}", type=named, metavar="BESTAND", help=f"schrijf naar .{kind}")


def run_form(chosen: Arguments) -> int:
    """The form out, prefilled from award and deliveries."""
    from cirkeldesk.operations.passport.passports import write_passport_form
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        write_passport_form(workspace, find_tender(workspace, chosen.tender).id, chosen.file)
    return DONE


def run_passports(chosen: Arguments) -> int:
    """The register, or what lies in one road."""
    from cirkeldesk.operations.passport import passports as acts
    from cirkeldesk.operations.passport.as_data import passport_json
    from cirkeldesk.operations.passport.outputs import write_road
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.passport import sheet

    with open_workspace(chosen.db) as workspace:
        if chosen.road is not None:
            found = acts.lies_at(workspace, chosen.road, chosen.section)
        else:
            found = acts.all_passports(workspace, chosen.search)
        for kind in KINDS:
            if getattr(chosen, kind) is not None:
                write_road(workspace, chosen.road or "alle", found, getattr(chosen, kind))
        if chosen.json:
            show([passport_json(one, acts.finding_texts(workspace, one)) for one in found])
            return DONE
    for one in found:
        print(one.id, one.name, sheet.where(one), sep="\t")
    return DONE


def run_passport(chosen: Arguments) -> int:
    """One passport, as data or as a file; with --event something is added to it."""
    from cirkeldesk.model.passport.passport import EVENT_KINDS, PassportEvent
    from cirkeldesk.operations.passport import passports as acts
    from cirkeldesk.operations.passport.as_data import passport_json
    from cirkeldesk.operations.passport.outputs import write_passport
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.passport import sheet, words

    day = day_of("--on", chosen.on)
    kinds = {words.EVENTS[kind]: kind for kind in EVENT_KINDS} | {kind: kind for kind in EVENT_KINDS}
    if chosen.kind not in kinds:
        raise WrongUse(f"--kind: kies uit {', '.join(words.EVENTS.values())}")
    mass = None
    if chosen.mass is not None:
        read = numbers.read_number(chosen.mass)
        if read.value is None:
            raise WrongUse(f"--mass: “{chosen.mass}” is geen getal")
        mass = float(read.value)
    with open_workspace(chosen.db) as workspace:
        one = acts.get_passport(workspace, chosen.id)
        if chosen.event is not None:
            if day is None:
                raise WrongUse("--event: noem de dag met --on")
            acts.add_event(workspace, one.id, PassportEvent(day, kinds[chosen.kind], chosen.event, mass))
            one = acts.get_passport(workspace, one.id)
        for kind in KINDS:
            if getattr(chosen, kind) is not None:
                write_passport(workspace, one, getattr(chosen, kind))
        findings = acts.finding_texts(workspace, one)
    if chosen.json:
        show(passport_json(one, findings))
        return DONE
    for name, rows in sheet.facts(one):
        for label, value in rows:
            print(name, label, value, sep="\t")
    for text in findings:
        print(text)
    return DONE
