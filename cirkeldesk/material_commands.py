"""The commands of materials that come free and that are wanted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from cirkeldesk.commands import DONE, Arguments, WrongUse, day_of, show
from cirkeldesk.wording import numbers
from cirkeldesk.wording.material import words

KINDS = ("csv", "xlsx", "ods")


def add_material_commands(
    command: Callable[..., argparse.ArgumentParser], named: Callable[[str], Path]
) -> None:
    """What each command is asked. `command` makes one, `named` reads a path."""
    material = command("material", "lees aanbod, vraag of rekenwaarden in", run_material, as_json=True)
    material.add_argument("file", type=named, metavar="BESTAND", help=".json, .csv, .xlsx of .ods")
    materials = command("materials", "wat vrijkomt en wat nodig is", run_materials, as_json=True)
    materials.add_argument("--search", default="", metavar="WOORDEN")
    for kind in KINDS:
        materials.add_argument(
            f"--{kind}", type=named, metavar="BESTAND", help=f"schrijf de lijst naar .{kind}"
        )
    matches = command("matches", "welk aanbod past bij welke vraag", run_matches, as_json=True)
    matches.add_argument("--supply", metavar="AANBOD", help="alleen van dit aanbod")
    matches.add_argument("--demand", metavar="VRAAG", help="alleen van deze vraag")
    reserve = command("reserve", "houd aanbod vast voor een vraag", run_reserve, as_json=True)
    reserve.add_argument("supply", metavar="AANBOD")
    reserve.add_argument("--for", dest="demand", required=True, metavar="VRAAG")
    reserve.add_argument(
        "--until", metavar="DATUM", help="tot en met deze dag; anders zo lang als is afgesproken"
    )
    reserve.add_argument("--amount", metavar="HOEVEELHEID", help="in de eenheid van het aanbod")
    offer = command("offer", "een aanbodblad met QR-code, of het aanbod als product", run_offer, as_json=True)
    offer.add_argument("supply", metavar="AANBOD")
    for kind in ("pdf", "docx"):
        offer.add_argument(f"--{kind}", type=named, metavar="BESTAND", help=f"schrijf het blad naar .{kind}")
    offer.add_argument(
        "--product", action="store_true", help="maak er een product van om mee in te schrijven"
    )
    announce = command("announce", "kondig aan wat een opdracht laat vrijkomen", run_announce, as_json=True)
    announce.add_argument("tender", metavar="AANBESTEDING", nargs="?")
    announce.add_argument("--row", metavar="REGEL", help="een regel van de kalender, met nummer of kenmerk")
    announce.add_argument("--kind", metavar="SOORT", help="bij --row: code van het soort materiaal")
    announce.add_argument("--amount", metavar="HOEVEELHEID", help="bij --row")
    announce.add_argument("--unit", metavar="EENHEID", help="bij --row: m2, m, piece of ton")
    want = command("want", "vraag materiaal voor een post van een aanbesteding", run_want, as_json=True)
    want.add_argument("tender", metavar="AANBESTEDING")
    want.add_argument("post", metavar="POST", help="kenmerk of naam van de post")
    photo = command("photo", "bewaar een foto bij aanbod", run_photo, as_json=True)
    photo.add_argument("supply", metavar="AANBOD")
    photo.add_argument("file", type=named, metavar="BESTAND", help=".jpg of .png")
    exchange = command("exchange", "wissel materialen uit via een gedeelde map", run_exchange, as_json=True)
    exchange.add_argument("folder", type=named, metavar="MAP")
    region = command("region", "wat de organisaties in een map samen vragen", run_region, as_json=True)
    region.add_argument("folder", type=named, metavar="MAP")
    region.add_argument("--key", default="", metavar="WOORD", help="zet ook uw eigen benchmark in de map")


def run_material(chosen: Arguments) -> int:
    """Take supplies, demands and rates over; all of a file or nothing."""
    from cirkeldesk.operations.material import materials as acts
    from cirkeldesk.operations.material.tables import read_materials
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        if chosen.file.suffix.casefold() == ".json":
            made = acts.put_materials(workspace, chosen.file)
        else:
            made = acts.put_plain(workspace, read_materials(chosen.file))
    if chosen.json:
        show({"supplies": made.supplies, "demands": made.demands, "rates": made.rates})
    else:
        print(words.taken_over(made.supplies, made.demands))
    return DONE


def run_materials(chosen: Arguments) -> int:
    """All that is kept, as data, as lines or as a table in a file."""
    from cirkeldesk.operations.material import materials as acts
    from cirkeldesk.operations.material.as_data import materials_json
    from cirkeldesk.operations.material.tables import write_materials
    from cirkeldesk.operations.workspace import open_workspace

    wanted = [getattr(chosen, kind) for kind in KINDS if getattr(chosen, kind) is not None]
    with open_workspace(chosen.db) as workspace:
        for path in wanted:
            write_materials(workspace, path)
        if chosen.json:
            show(materials_json(workspace, chosen.search))
        elif not wanted:
            day = acts.day_of(workspace)
            for supply in acts.supply_lines(workspace, chosen.search):
                print("aanbod", supply.id, words.supply_line(supply, day), sep="\t")
            for demand in acts.demand_lines(workspace, chosen.search):
                print("vraag", demand.id, words.demand_line(demand), sep="\t")
    return DONE


def run_matches(chosen: Arguments) -> int:
    """The best matches of each demand, in order."""
    from cirkeldesk.operations.material import materials as acts
    from cirkeldesk.operations.material.as_data import match_json
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        found = acts.find_matches(workspace, supply=chosen.supply, demand=chosen.demand)
    if chosen.json:
        show([match_json(one) for one in found])
        return DONE
    for one in found:
        print(one.supply.name, one.demand.name, words.match_line(one), sep="\t")
    return DONE


def run_reserve(chosen: Arguments) -> int:
    """Keep a supply for a demand, or ask for it where it is another organisation's."""
    from cirkeldesk.operations.material import materials as acts
    from cirkeldesk.operations.workspace import open_workspace

    amount = _amount("--amount", chosen.amount)
    until = day_of("--until", chosen.until)
    with open_workspace(chosen.db) as workspace:
        decided = acts.reserve(workspace, chosen.supply, chosen.demand, until, amount)
    if chosen.json:
        show({"supply": chosen.supply, "demand": chosen.demand, "state": decided})
    else:
        print(words.DECIDED[decided])
    return DONE


def run_region(chosen: Arguments) -> int:
    """Mixes, planning together and the benchmark of a folder, with whose data that rests on."""
    from cirkeldesk.operations.region.as_data import region_json
    from cirkeldesk.operations.region.region import region
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.region.words import told

    with open_workspace(chosen.db) as workspace:
        found = region(workspace, chosen.folder, chosen.key)
    if chosen.json:
        show(region_json(found))
    else:
        for line in told(found):
            print(line)
    return DONE


def run_offer(chosen: Arguments) -> int:
    """A sheet to offer a supply with, or a product of it for a tender."""
    from cirkeldesk.operations.material.outputs import as_product, write_offer
    from cirkeldesk.operations.workspace import open_workspace

    wanted = [path for path in (chosen.pdf, chosen.docx) if path is not None]
    if not wanted and not chosen.product:
        raise WrongUse("zeg wat u wilt: --pdf, --docx of --product")
    with open_workspace(chosen.db) as workspace:
        for path in wanted:
            write_offer(workspace, chosen.supply, path)
        made = as_product(workspace, chosen.supply) if chosen.product else None
    if chosen.json:
        show({"supply": chosen.supply, "product": made})
    elif made is not None:
        print(made)
    return DONE


def run_announce(chosen: Arguments) -> int:
    """The posts *vrijkomend* of a tender, or what a row of the calendar releases, as supplies before they
    come free."""
    from cirkeldesk.operations.material.announce import announce, announce_row
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    if (chosen.row is None) == (chosen.tender is None):
        raise WrongUse("noem een aanbesteding, of een regel van de kalender met --row")
    with open_workspace(chosen.db) as workspace:
        if chosen.row is None:
            made = announce(workspace, find_tender(workspace, chosen.tender).id)
        else:
            said = {"kind": chosen.kind, "unit": chosen.unit, "amount": _amount("--amount", chosen.amount)}
            made = [announce_row(workspace, chosen.row, said)]
    if chosen.json:
        show({"supplies": made})
    else:
        print(words.announced(len(made)))
    return DONE


def _amount(option: str, text: str | None) -> float | None:
    """None where nothing was said. Raises WrongUse."""
    if text is None:
        return None
    read = numbers.read_number(text)
    if read.value is None or read.value <= 0:
        raise WrongUse(f"{option}: “{text}” is geen hoeveelheid")
    return float(read.value)


def run_want(chosen: Arguments) -> int:
    """A demand for what a post needs."""
    from cirkeldesk.operations.material.wanted import want
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        tender = find_tender(workspace, chosen.tender)
        named = [post.id for post in tender.posts if chosen.post in (post.id, post.name)]
        made = want(workspace, tender.id, named[0] if len(named) == 1 else chosen.post)
    if chosen.json:
        show({"demand": made})
    else:
        print(words.WANTED.format(id=made))
    return DONE


def run_photo(chosen: Arguments) -> int:
    """Keep a photo with a supply."""
    from cirkeldesk.operations.material.changing import add_photo, photos_of
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        add_photo(workspace, chosen.supply, chosen.file)
        photos = [{"file": name, "sha256": digest} for name, digest, _ in photos_of(workspace, chosen.supply)]
    if chosen.json:
        show({"supply": chosen.supply, "photos": photos})
    else:
        print(f"Bij dit aanbod staan nu {len(photos)} foto's." if len(photos) > 1 else "De foto staat erbij.")
    return DONE


def run_exchange(chosen: Arguments) -> int:
    """Read what others put in the folder, decide on their requests, and put ours there."""
    from cirkeldesk.operations.material.exchange import exchange
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db) as workspace:
        told = exchange(workspace, chosen.folder)
    if chosen.json:
        show(
            {
                "file": told.file,
                "read": [
                    {
                        "file": one.file,
                        "organisation": one.organisation,
                        "made_on": one.made_on,
                        "supplies": one.supplies,
                        "demands": one.demands,
                    }
                    for one in told.read
                ],
                "decided": [
                    {
                        "supply": one.supply,
                        "demand": one.demand,
                        "organisation": one.asked,
                        "state": one.state,
                    }
                    for one in told.decided
                ],
                "answered": [
                    {"supply": one.supply, "demand": one.demand, "state": one.state} for one in told.answered
                ],
                "faults": list(told.faults),
            }
        )
        return DONE
    for line in words.exchanged(told):
        print(line)
    return DONE
