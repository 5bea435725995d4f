"""The commands of the command line, one function each: what is asked of the operations, and how the answer is
printed."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from cirkeldesk.wording import numbers, sentences, terms
from cirkeldesk.wording.award import how_sure

if TYPE_CHECKING:
    from cirkeldesk.model.tender.publication import Audience

Arguments = argparse.Namespace


DONE, REFUSED, WRONG_USE = 0, 1, 2


ALL = "alle"


class WrongUse(Exception):
    """The command line itself makes no sense; the message is Dutch."""


def say(text: str) -> None:
    print(text, file=sys.stderr)


def show(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def run_self_test() -> int:
    from cirkeldesk.operations.self_test import self_test

    went_well = True
    for name, is_good in self_test():
        print(f"{'goed' if is_good else 'MISLUKT'}: {name}", flush=True)
        went_well = went_well and is_good
    print(
        "Alles werkt op deze computer." if went_well else "Er werkt iets niet. Details staan in het logboek."
    )
    return DONE if went_well else REFUSED


def run_gui(chosen: Arguments) -> int:
    import cirkeldesk.operations.workspace  # noqa: F401 - before Qt, which reads the source of each module after it
    from cirkeldesk.desktop.application import run

    return run(chosen.db, quit_when_shown=chosen.quit_when_shown)


def run_example(chosen: Arguments) -> int:
    from cirkeldesk.operations.tender.example import add_example, example_groups
    from cirkeldesk.operations.workspace import open_workspace

    known = example_groups()
    if chosen.group not in (*known, ALL):
        raise WrongUse(f"--group: kies uit {', '.join([*known, ALL])}")
    with open_workspace(chosen.db) as workspace:
        for group in known if chosen.group == ALL else (chosen.group,):
            for number in add_example(workspace, group):
                print(number)
    return DONE


def run_import(chosen: Arguments) -> int:
    from cirkeldesk.operations.imports import import_files
    from cirkeldesk.operations.paper.plain_figures import file_report, note_text
    from cirkeldesk.operations.product.incoming import import_table
    from cirkeldesk.operations.product.mappings import mapping_of
    from cirkeldesk.operations.product.products import parse_unit
    from cirkeldesk.operations.workspace import open_workspace

    if chosen.unit is not None:
        parse_unit(chosen.unit)
    mapping = mapping_of(chosen.mapping) if chosen.mapping is not None else None
    with open_workspace(chosen.db) as workspace:
        if mapping is not None:
            reports = [import_table(workspace, file, mapping) for file in chosen.files]
        else:
            reports = import_files(
                workspace,
                chosen.files,
                unit_text=chosen.unit,
                scenario=chosen.scenario,
                replace_values=chosen.replace,
                set_code=chosen.set,
                accept=chosen.accept,
                dry_run=chosen.dry_run,
            )
    if chosen.json:
        show([file_report(report) for report in reports])
    for report in reports:
        if not chosen.json:
            print(f"{report.file}: {terms.FILE_STATUSES[report.status]}", *report.products, *report.tenders)
            for what, before, after in report.changes:
                print(f"  {what}: {before or '(leeg)'} → {after or '(leeg)'}")
        for note in report.notes:
            place = f"{note.where}: " if report.format in FORMS and note.where != report.file else ""
            say(f"{report.file}: {place}{note_text(note)}")
    asked = any(report.status in ("refused", "question") for report in reports)
    asked = asked or any(note.level != "warning" for report in reports for note in report.notes)
    return REFUSED if asked else DONE


FORMS = ("inschrijfformulier", "paspoortformulier")  # of these a note has its cell


def run_criteria(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.export import export_criteria
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.criteria import copied

    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender)
        if chosen.to is not None:
            export_criteria(workspace, tender.id, chosen.to)
        else:
            print(copied(tender), end="")
    return DONE


def run_mixes(chosen: Arguments) -> int:
    from cirkeldesk.model.tender.mixes import almost_alike
    from cirkeldesk.operations.mixes import mixes_asked
    from cirkeldesk.operations.paper.plain_figures import mix_json
    from cirkeldesk.operations.tender.tenders import product_groups
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        groups = {group.code: group for group in product_groups(workspace).values()}
        if chosen.group not in groups:
            raise WrongUse(f"--group: kies uit {', '.join(groups)}")
        found = mixes_asked(workspace, groups[chosen.group])
    pairs = almost_alike(found)
    if chosen.json:
        show(mix_json(found, pairs))
        return DONE
    for mix in found:
        print(mix.tenders, " · ".join(text for _, text in mix.asked), sep="\t")
    return DONE


def run_answer(chosen: Arguments) -> int:
    from cirkeldesk.operations.product.products import answer
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        print(answer(workspace, chosen.product, chosen.key, chosen.value).id)
    return DONE


def run_tender(chosen: Arguments) -> int:
    from cirkeldesk.model.refusal import DocumentError, ReadError
    from cirkeldesk.operations.tender.tenders import put_tender_file
    from cirkeldesk.operations.workspace import open_workspace

    try:
        with open_workspace(chosen.db) as workspace:
            number = put_tender_file(workspace, chosen.file)
    except (ReadError, DocumentError) as problem:
        text = sentences.refusal(problem, file=chosen.file.name)
        say(text)
        if chosen.json:
            where = problem.place if isinstance(problem, DocumentError) else None
            show({"error": text, "where": where or None})
        return REFUSED
    if chosen.json:
        show({"number": number})
    else:
        print(number)
    return DONE


def run_products(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.plain_figures import product_rows
    from cirkeldesk.operations.product.products import product_list
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        rows = product_rows(product_list(workspace, chosen.search))
    if chosen.json:
        show(rows)
    else:
        for row in rows:
            print(row["id"], row["name"], row["declared_unit"] or "?", *row["sets"], sep="\t")
    return DONE


def run_tenders(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.plain_figures import tender_rows
    from cirkeldesk.operations.tender.tenders import tender_list
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        rows = tender_list(workspace, chosen.search)
        with workspace.unit() as unit:
            digests = {row["product_group"] for row in rows if row["product_group"]}
            groups = {digest: unit.document(digest) for digest in digests}
    found = tender_rows(rows, groups)
    if chosen.json:
        show(found)
    else:
        for row in found:
            print(row["number"], row["title"], terms.STATUSES[row["status"]], row["variants"], sep="\t")
    return DONE


def run_product(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.plain_figures import product
    from cirkeldesk.operations.product.products import get_product
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        value = get_product(workspace, chosen.id)
    if chosen.json:
        show(product(value))
        return DONE
    print(value.name)
    for question in value.open:
        print(f"{terms.QUESTION_KEYS[question.key]} {', '.join(question.choices)}")
    for declaration in value.declarations:
        for row in declaration.values:
            word = terms.VALUE_STATES[row.state] or (row.raw or "")
            print(
                declaration.set or "",
                row.indicator,
                row.module,
                row.scenario or "",
                word,
                row.unit or "",
                sep="\t",
            )
    return DONE


def run_compare(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper import plain_figures
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import comparison_of, open_workspace
    from cirkeldesk.wording.comparison.rows import matrix_rows

    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender)
        comparison, _ = comparison_of(workspace, tender)
    if chosen.json:
        show(plain_figures.comparison(comparison))
        return DONE
    print(sentences.sentence(comparison.conclusion))
    print("", *(v.name for v in comparison.variants), sep="\t")
    for row in matrix_rows(comparison):
        print(row.name_with_unit, *(cell.text for cell in row.cells), sep="\t")
    for variant in comparison.variants:
        for problem in variant.problems:
            print(f"{plain_figures.place(comparison, problem)}: {sentences.sentence(problem.message)}")
    return DONE


def run_award(chosen: Arguments) -> int:
    from cirkeldesk.operations.award import award_data
    from cirkeldesk.operations.award.awards import award_of
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.award import awarding

    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender)
        _, found = award_of(workspace, tender)
    if chosen.json:
        show(award_data.award(found))
        return DONE
    print(awarding.conclusion(found))
    print(awarding.method_sentence(tender.award), awarding.lock_sentence(tender), sep="\t")
    table = awarding.ranking(found)
    for row in (table.header, *table.rows):
        print(*row, sep="\t")
    for bid in found.bids:
        for line in (*awarding.filled_in(found, bid), *awarding.reasons(bid)):
            print(f"{bid.name}: {line}")
    for line in awarding.warnings(found):
        print(line)
    return DONE


def run_certainty(chosen: Arguments) -> int:
    from cirkeldesk.operations.award import award_data
    from cirkeldesk.operations.award.awards import certainty_of
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender)
        found = certainty_of(workspace, tender, draws=chosen.draws, seed=chosen.seed)
    if chosen.json:
        show(award_data.certainty(found))
        return DONE
    print(how_sure.certainty_sentence(found))
    for table in (how_sure.certainty_table(found), how_sure.scenario_table(found)):
        for row in (table.header, *table.rows):
            print(*row, sep="\t")
    return DONE


def run_advise(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.export import advise
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        advise(workspace, tender_id(workspace, chosen.tender), chosen.pdf, _audience(chosen))
    print(chosen.pdf)
    return DONE


def _audience(chosen: Arguments) -> Audience:
    return "external" if chosen.external else "internal"


def run_export(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper import export
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        identity, audience = tender_id(workspace, chosen.tender), _audience(chosen)
        written = [path for path in (chosen.xlsx, chosen.ods, chosen.dossier) if path is not None]
        if chosen.xlsx is not None:
            export.export_workbook(workspace, identity, chosen.xlsx, audience)
        elif chosen.ods is not None:
            export.export_ods(workspace, identity, chosen.ods, audience)
        elif chosen.csv is not None:
            written = export.export_csv(workspace, identity, chosen.csv, audience)
        else:
            export.export_dossier(workspace, identity, chosen.dossier, audience)
    print(*written, sep="\n")
    return DONE


def run_bidform(chosen: Arguments) -> int:
    from cirkeldesk.operations.tender.bids import write_form
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        write_form(workspace, tender_id(workspace, chosen.tender), chosen.xlsx)
    print(chosen.xlsx)
    return DONE


def run_library(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.export import export_library
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        print(export_library(workspace, chosen.dossier))
    return DONE


def run_backup(chosen: Arguments) -> int:
    from cirkeldesk.operations.file.keeping import back_up
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        print(back_up(workspace).path.name)
    return DONE


def run_backups(chosen: Arguments) -> int:
    from cirkeldesk.operations.file.keeping import back_ups
    from cirkeldesk.wording.file import words

    found = back_ups(chosen.db)
    if chosen.json:
        show(
            [
                {"name": copy.path.name, "moment": copy.moment.isoformat(), "reason": copy.reason}
                for copy in found
            ]
        )
        return DONE
    for copy in found:
        print(copy.path.name, words.when(copy.moment), words.REASONS[copy.reason], sep="\t")
    return DONE


def run_restore(chosen: Arguments) -> int:
    from cirkeldesk.operations.file.keeping import find_copy, put_back
    from cirkeldesk.wording.file import words

    copy = find_copy(chosen.db, chosen.copy)
    aside = put_back(chosen.db, copy)
    print(words.put_back(copy.moment, aside.name if aside is not None else None))
    return DONE


def run_salvage(chosen: Arguments) -> int:
    """Exit 1 when not all of it could be saved."""
    from cirkeldesk.operations.file.keeping import rescue
    from cirkeldesk.wording.file import words

    report = rescue(chosen.db, chosen.to)
    print(words.salvaged(report.tenders, report.products, report.steps))
    lost = words.losses(report.broken_after, report.older, report.gone, report.files)
    for line in lost:
        say(line)
    return REFUSED if lost else DONE


def _told_how_far(done: int, of: int) -> bool:
    """On a terminal: how far it is, on one line."""
    if sys.stderr.isatty():
        print(f"\r{done} van {of} …", end="" if done < of else "\n", file=sys.stderr, flush=True)
    return True


def run_erase(chosen: Arguments) -> int:
    from cirkeldesk.operations.file import keeping
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.file import words

    with open_workspace(chosen.db, create=False) as workspace:
        if chosen.tender is not None:
            reason = chosen.reason if chosen.force else ""
            done = keeping.erase_tender(
                workspace, chosen.tender, reason=reason, keep_back_ups=chosen.keep_backups
            )
        else:
            done = keeping.erase_name(
                workspace, chosen.name, keep_back_ups=chosen.keep_backups, go_on=_told_how_far
            )
    for line in words.erased(
        done.versions, done.rows, done.files, done.left, cleared=done.is_cleared, copies=done.copies
    ):
        print(line)
    return DONE


def run_anchor(chosen: Arguments) -> int:
    """The state of the history, said or on a sheet."""
    from cirkeldesk.operations.file.anchor import anchor_of, write_anchor
    from cirkeldesk.operations.tender.tenders import find_tender
    from cirkeldesk.operations.workspace import open_workspace

    wanted = [path for path in (chosen.pdf, chosen.docx) if path is not None]
    with open_workspace(chosen.db, create=False) as workspace:
        tender = find_tender(workspace, chosen.tender).id if chosen.tender is not None else None
        made = anchor_of(workspace, tender)
        for path in wanted:
            made = write_anchor(workspace, path, tender)
    if chosen.json:
        show({"steps": made.steps, "head": made.head, "time": made.time, "anchor": made.identifier})
    else:
        print(made.identifier)
    return DONE


def _check_anchor(chosen: Arguments) -> int:
    """Whether the history holds what a witness saw; exit code 1 where it does not."""
    from cirkeldesk.operations.file.anchor import check_anchor, witness_of
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.file.anchor import told

    with open_workspace(chosen.db, create=False) as workspace:
        found = check_anchor(workspace, witness_of(chosen.anchor))
    if chosen.json:
        show(
            {
                "state": found.state,
                "steps": found.steps,
                "found_at": found.found_at,
                "witnessed": {"head": found.witnessed.head, "steps": found.witnessed.steps},
            }
        )
    else:
        print(told(found))
    return DONE if found.state == "contained" else REFUSED


def run_check(chosen: Arguments) -> int:
    """What does not agree, and what happened to the file itself; or whether it holds the state of an
    anchor."""
    if chosen.anchor is not None:
        return _check_anchor(chosen)
    from cirkeldesk.operations.file.keeping import check, of_file
    from cirkeldesk.operations.tender.history import when
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        found = check(workspace)
        told = (
            [f"{when(row)}: {sentences.step(row.step, row.params)}" for row in of_file(workspace)]
            if not found
            else []
        )
    if chosen.json:
        show({"faults": [{"what": what, "where": where} for what, where in found], "happened": told})
        return REFUSED if found else DONE
    for what, where in found:
        say(f"{terms.CHECKS[what]}: {where}")
    if not found:
        print("In orde: bestand, inhoud, geschiedenis en lijsten kloppen met elkaar.")
    for line in told:
        print(line)
    return REFUSED if found else DONE


def day_of(name: str, text: str | None) -> str | None:
    """An ISO date of what was typed. Raises WrongUse for anything else."""
    if text is None:
        return None
    day = numbers.read_date(text)
    if day is None:
        raise WrongUse(f"{name}: “{text}” is geen datum; schrijf bijvoorbeeld 31-12-2027")
    return day
