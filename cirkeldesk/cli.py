"""The command line: the same operations as the window. Exit 0 done, 1 refused or asked (in Dutch on stderr),
2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from cirkeldesk import __version__
from cirkeldesk.bill_commands import run_bill, run_state
from cirkeldesk.calendar_commands import run_calendar
from cirkeldesk.chain_commands import add_chain_commands
from cirkeldesk.commands import (
    REFUSED,
    WRONG_USE,
    Arguments,
    WrongUse,
    run_advise,
    run_anchor,
    run_answer,
    run_award,
    run_backup,
    run_backups,
    run_bidform,
    run_certainty,
    run_check,
    run_compare,
    run_criteria,
    run_erase,
    run_example,
    run_export,
    run_gui,
    run_import,
    run_library,
    run_mixes,
    run_product,
    run_products,
    run_restore,
    run_salvage,
    run_self_test,
    run_tender,
    run_tenders,
    say,
    show,
)
from cirkeldesk.desk_commands import (
    run_group,
    run_groups,
    run_note,
    run_report,
    run_subsidies,
    run_today,
)
from cirkeldesk.material_commands import add_material_commands
from cirkeldesk.paper_commands import run_finalise, run_letters, run_ready, run_record, run_sign, run_verify
from cirkeldesk.passport_commands import add_passport_commands
from cirkeldesk.wording import sentences, terms


class _Parser(argparse.ArgumentParser):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message}\n{self.format_usage().strip()}")


def named(text: str) -> Path:
    """A path somebody gave. An empty one, as of a variable that was not set, would be the folder one happens
    to be in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("noem een bestand of map")
    return Path(text)


def parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="cirkeldesk", description="Vergelijk ontwerpen en inschrijvingen op MKI, circulariteit en prijs."
    )
    top.add_argument("--db", type=named, metavar="BESTAND", help="het bestand met gegevens")
    top.add_argument("--version", action="version", version=f"{terms.PROGRAM} {__version__}")
    top.add_argument(
        "--self-test", action="store_true", help="bewijs dat het programma op deze computer werkt"
    )
    commands = top.add_subparsers(dest="command", metavar="OPDRACHT", parser_class=_Parser)

    def command(
        name: str, help_text: str, run: Callable[[Arguments], int], *, as_json: bool = False
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, description=help_text)
        sub.set_defaults(run=run)
        if as_json:
            sub.add_argument("--json", action="store_true", help="antwoord als JSON")
        return sub

    gui = command("gui", "open het venster", run_gui)
    gui.add_argument(
        "--quit-when-shown", action="store_true", help="sluit zodra de eerste pagina getekend is"
    )
    _reading_commands(command)
    _looking_commands(command)
    _paper_commands(command)
    _calendar_commands(command)
    _keeping_commands(command)
    return top


def _reading_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """What comes in: an example, files, answers, a tender."""
    example = command("example", "voeg een voorbeeld toe", run_example)
    example.add_argument("--group", default="asfalt", metavar="CODE", help="de productgroep, of alle")
    imports = command("import", "lees bestanden in", run_import, as_json=True)
    imports.add_argument("files", nargs="+", type=named, metavar="BESTAND")
    imports.add_argument("--unit", metavar="'1 kg'", help="de eenheid, als het bestand die openlaat")
    imports.add_argument("--scenario", metavar="NAAM", help="het scenario, als het bestand dat openlaat")
    imports.add_argument("--set", choices=("A1", "A2"), help="de set van een PDF die er geen noemt")
    imports.add_argument(
        "--replace",
        action="store_true",
        help="neem andere waarden over van een bekende verklaring of inschrijver",
    )
    imports.add_argument(
        "--accept", default="", metavar="REDEN", help="waarom wat een inschrijver toevoegde, niets verandert"
    )
    imports.add_argument("--dry-run", action="store_true", help="controleer alleen; er wordt niets bewaard")
    imports.add_argument("--mapping", type=named, metavar="BESTAND.json", help="de indeling van een tabel")
    bill = command("bill", "lees posten uit een bestek of hoeveelhedenstaat", run_bill, as_json=True)
    bill.add_argument("file", type=named, metavar="BESTAND")
    bill.add_argument("--tender", metavar="AANBESTEDING", help="neem de regels over als posten")
    bill.add_argument(
        "--lines", default="asfalt", metavar="asfalt|alle|CODES", help="welke regels posten zijn"
    )
    state = command("state", "neem eenheidsprijzen over uit een inschrijvingsstaat", run_state, as_json=True)
    state.add_argument("file", type=named, metavar="BESTAND")
    state.add_argument("--tender", required=True, metavar="AANBESTEDING")
    state.add_argument("--bidder", required=True, metavar="INSCHRIJVER")
    state.add_argument("--accept", default="", metavar="REDEN", help="waarom de bevindingen niets veranderen")
    for one in (bill, state):
        one.add_argument("--column", action="append", default=[], metavar="KOP=VELD", help="wat een kolom is")
    answer = command("answer", "beantwoord een open vraag van een product", run_answer)
    for name in ("product", "key", "value"):
        answer.add_argument(name, metavar={"product": "PRODUCT", "key": "VRAAG", "value": "ANTWOORD"}[name])
    tender = command("tender", "maak of vervang een aanbesteding uit een document", run_tender, as_json=True)
    tender.add_argument("file", type=named, metavar="BESTAND.json")


def _looking_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """What is there, and what comes out of it."""
    for name, run in (("products", run_products), ("tenders", run_tenders)):
        sub = command(
            name, f"toon de {'producten' if name == 'products' else 'aanbestedingen'}", run, as_json=True
        )
        sub.add_argument("--search", default="", metavar="TEKST")
    product = command("product", "toon een product", run_product, as_json=True)
    product.add_argument("id", metavar="ID")
    compare = command("compare", "vergelijk de varianten", run_compare, as_json=True)
    compare.add_argument("tender", metavar="AANBESTEDING")
    award = command("award", "toon de gunning volgens de methode", run_award, as_json=True)
    award.add_argument("tender", metavar="AANBESTEDING")
    sure = command("certainty", "toon hoe zeker de volgorde van ontwerpen is", run_certainty, as_json=True)
    sure.add_argument("tender", metavar="AANBESTEDING")
    sure.add_argument("--draws", type=int, default=10_000, metavar="N", help="aantal trekkingen")
    sure.add_argument(
        "--seed", type=int, default=1, metavar="S", help="begingetal; hetzelfde getal geeft dezelfde uitkomst"
    )


def _paper_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """What goes out: sheets, workbooks, letters, records, forms."""
    advise = command("advise", "maak het adviesblad", run_advise)
    advise.add_argument("tender", metavar="AANBESTEDING")
    advise.add_argument("--pdf", type=named, required=True, metavar="BESTAND")
    export = command("export", "maak een werkboek, tabellen of dossier", run_export)
    export.add_argument("tender", metavar="AANBESTEDING")
    target = export.add_mutually_exclusive_group(required=True)
    target.add_argument("--xlsx", type=named, metavar="BESTAND")
    target.add_argument("--ods", type=named, metavar="BESTAND")
    target.add_argument("--csv", type=named, metavar="MAP", help="een bestand per tabel")
    target.add_argument("--dossier", type=named, metavar="BESTAND")
    for sub in (advise, export):
        sub.add_argument(
            "--external", action="store_true", help="voor buiten: zonder wat van inschrijvers is"
        )
    ready = command("ready", "toon wat nog nodig is voor een stap", run_ready, as_json=True)
    ready.add_argument("tender", metavar="AANBESTEDING")
    gates = ("compute", "lock", "opening", "final", "letters")
    ready.add_argument("--gate", choices=gates, default="final", help="de stap (standaard: final)")
    final = command("finalise", "maak het advies definitief", run_finalise)
    final.add_argument("tender", metavar="AANBESTEDING")
    letters = command("letters", "maak de brieven aan inschrijvers", run_letters)
    letters.add_argument("tender", metavar="AANBESTEDING")
    letters.add_argument("--sent", required=True, metavar="DATUM", help="de dag van verzending")
    letters.add_argument("--folder", type=named, required=True, metavar="MAP")
    letters.add_argument("--draft", action="store_true", help="als concept; er wordt niets bewaard")
    record = command("record", "maak het proces-verbaal", run_record)
    record.add_argument("tender", metavar="AANBESTEDING")
    record.add_argument("--to", type=named, required=True, metavar="BESTAND", help="eindigt op .pdf of .docx")
    record.add_argument("--opening", action="store_true", help="dat van de opening in plaats van de gunning")
    verifies = command("verify", "kijk of een stuk ongewijzigd is en nog klopt", run_verify, as_json=True)
    verifies.add_argument("file", type=named, metavar="BESTAND")
    verifies.add_argument(
        "--trust", action="append", type=named, metavar="CERTIFICAAT", help="wie u vertrouwt (.pem of .cer)"
    )
    signs = command("sign", "onderteken een PDF met uw certificaat", run_sign, as_json=True)
    signs.add_argument("file", type=named, metavar="PDF")
    signs.add_argument("--with", dest="certificate", type=named, required=True, metavar="CERTIFICAAT")
    signs.add_argument("--to", type=named, required=True, metavar="BESTAND", help="het ondertekende bestand")
    signs.add_argument("--password-file", type=named, metavar="BESTAND", help="anders wordt het gevraagd")
    form = command("bidform", "maak het inschrijfformulier", run_bidform)
    form.add_argument("tender", metavar="AANBESTEDING")
    form.add_argument("--xlsx", type=named, required=True, metavar="BESTAND")


def _keeping_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """What keeps the file safe."""
    check = command("check", "controleer het bestand met gegevens", run_check, as_json=True)
    check.add_argument(
        "--anchor", metavar="BESTAND|KOP", help="bevat de geschiedenis de stand van dit anker?"
    )
    anchor = command(
        "anchor", "maak een ankerblad van de stand van de geschiedenis", run_anchor, as_json=True
    )
    anchor.add_argument("tender", metavar="AANBESTEDING", nargs="?", help="met haar weegset en productgroep")
    for kind in ("pdf", "docx"):
        anchor.add_argument(f"--{kind}", type=named, metavar="BESTAND")
    command("backup", "maak nu een back-up", run_backup)
    command("backups", "toon de back-ups", run_backups, as_json=True)
    library = command("library", "bewaar de bibliotheek als dossier, om te delen", run_library)
    library.add_argument("--dossier", type=named, required=True, metavar="BESTAND")
    restore = command("restore", "zet een back-up terug", run_restore)
    restore.add_argument("copy", metavar="BACK-UP", help="de naam uit 'backups', of: laatste")
    salvage = command("salvage", "red wat te redden is uit een beschadigd bestand", run_salvage)
    salvage.add_argument("--to", type=named, required=True, metavar="BESTAND", help="het nieuwe bestand")
    erase = command("erase", "wis een aanbesteding of een naam; dit kan niet ongedaan", run_erase)
    what = erase.add_mutually_exclusive_group(required=True)
    what.add_argument("--tender", metavar="AANBESTEDING")
    what.add_argument("--name", metavar="NAAM")
    erase.add_argument(
        "--force", action="store_true", help="wis ook wat op slot staat, loopt of nog bewaard moet blijven"
    )
    erase.add_argument("--reason", metavar="TEKST", default="", help="waarom; verplicht bij --force")
    erase.add_argument(
        "--keep-backups", action="store_true", help="laat oudere back-ups staan, met wat gewist is er nog in"
    )


def _calendar_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The MVOI desk: the calendar, the criteria and the mixes."""
    calendar = command("calendar", "de regels van de MVOI-kalender", run_calendar, as_json=True)
    calendar.add_argument(
        "--read", type=named, metavar="BESTAND", help="lees eerst een bestand van een afdeling in"
    )
    calendar.add_argument("--sheet", metavar="NAAM", help="het blad dat de kalender is")
    calendar.add_argument("--header", type=int, metavar="RIJ", help="de rij met de kolomnamen")
    calendar.add_argument(
        "--column", action="append", default=[], metavar="KOP=VELD", help="wat er in een kolom staat"
    )
    calendar.add_argument(
        "--mark", action="append", default=[], metavar="TEKEN=KANS", help="wat een kruisje als kans betekent"
    )
    calendar.add_argument("--organisation", default="", metavar="NAAM", help="van wie het hele bestand is")
    calendar.add_argument(
        "--unseen", action="store_true", help="lees ook wat het bestand verbergt of doorhaalt"
    )
    calendar.add_argument(
        "--layout", metavar="NAAM", help="de naam van de indeling waaronder het bestand hoort"
    )
    calendar.add_argument(
        "--export",
        type=named,
        metavar="BESTAND",
        help="schrijf de kalender naar .xlsx, .ods, .csv of .cirkel",
    )
    note = command("note", "de notitie aan de projectleider over een regel van de kalender", run_note)
    note.add_argument("row", metavar="REGEL", help="het nummer of kenmerk van de regel")
    note.add_argument("--to", type=named, required=True, metavar="BESTAND", help="naar .pdf, .docx of .txt")
    report = command("report", "wat is beoordeeld, geadviseerd en gevolgd", run_report, as_json=True)
    report.add_argument("--year", type=int, metavar="JAAR", help="alleen wat in dit jaar wordt gepubliceerd")
    report.add_argument("--until", metavar="DATUM", help="zoals de kalender op deze dag was")
    report.add_argument("--before", metavar="DATUM", help="vergelijk met hoe de kalender toen was")
    for kind in ("pdf", "docx", "xlsx", "ods"):
        report.add_argument(
            f"--{kind}", type=named, metavar="BESTAND", help=f"schrijf het verslag naar .{kind}"
        )
    group = command("group", "lees een eigen productgroep in en probeer haar uit", run_group, as_json=True)
    group.add_argument("file", type=named, metavar="BESTAND")
    group.add_argument("--try-only", action="store_true", help="alleen proberen, niets bewaren")
    command("groups", "de productgroepen voor nieuwe aanbestedingen", run_groups, as_json=True)
    command("subsidies", "het register van subsidieregelingen", run_subsidies, as_json=True)
    command("today", "wat vandaag aandacht vraagt", run_today, as_json=True)
    criteria = command("criteria", "de tekst van de criteria van een aanbesteding", run_criteria)
    criteria.add_argument("tender", metavar="AANBESTEDING")
    criteria.add_argument("--to", type=named, metavar="BESTAND", help="schrijf ze naar .docx of .pdf")
    add_chain_commands(command, named)
    add_material_commands(command, named)
    add_passport_commands(command, named)
    mixes = command("mixes", "welke mengsels aanbestedingen vragen", run_mixes, as_json=True)
    mixes.add_argument("--group", default="asfalt", metavar="CODE", help="de productgroep")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Never a traceback: what is not the user's or the machine's doing is logged and said
    plainly."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        chosen = parser().parse_args(words)
        if chosen.self_test:
            return run_self_test()
        if chosen.command is None:
            chosen.quit_when_shown = False
            return run_gui(chosen)
        if chosen.db is None and chosen.command != "gui":
            raise WrongUse(sentences.error("needs_db"))
        return int(chosen.run(chosen))
    except WrongUse as problem:
        say(sentences.error("usage", problem=str(problem)))
        return WRONG_USE
    except SystemExit as leaving:  # argparse's own --help and --version
        return int(leaving.code or 0)
    except (BrokenPipeError, KeyboardInterrupt):
        return REFUSED
    except Exception as problem:  # noqa: BLE001 - the top: known errors in Dutch, our own logged
        return _failed(problem, as_json="--json" in words)


def _failed(problem: Exception, *, as_json: bool) -> int:
    from cirkeldesk.model.refusal import Refusal

    if isinstance(problem, Refusal):
        text = sentences.refusal(problem)
    elif isinstance(problem, OSError):
        name = Path(str(problem.filename)).name if problem.filename else ""
        text = sentences.error("cannot_write", file=name)
    else:
        from cirkeldesk.operations.log import log_exception

        log_exception(problem)
        text = sentences.error("ours")
    try:
        say(text)
        if as_json:
            show({"error": text})
    except OSError:  # nobody can hear us: the exit code remains
        pass
    return REFUSED


def _speak_utf8() -> None:
    """Dutch text on any console, also where the system's code page is not UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
