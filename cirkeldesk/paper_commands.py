"""The commands about papers: what is still missing, making final, letters, records, and whether a file is
ours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cirkeldesk.commands import DONE, REFUSED, Arguments, WrongUse, show
from cirkeldesk.wording import sentences

if TYPE_CHECKING:
    from cirkeldesk.model.award.readiness import Gate
    from cirkeldesk.operations.workspace import Workspace


def run_ready(chosen: Arguments) -> int:
    """The checklist of an act. Exit code 1 while the act waits for something."""
    from cirkeldesk.model.award.readiness import waits_for
    from cirkeldesk.operations.paper.ready import ready
    from cirkeldesk.operations.tender.tenders import get_tender, tender_id
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.award.ready import line_text, spoken

    with open_workspace(chosen.db, create=False) as workspace:
        lines = ready(workspace, get_tender(workspace, tender_id(workspace, chosen.tender)), chosen.gate)
    if chosen.json:
        rows = [
            {"key": one.message.key, "state": one.state, "field": one.field, "text": line_text(one)}
            for one in lines
        ]
        show({"gate": chosen.gate, "lines": rows})
    else:
        print(*(spoken(line) for line in lines), sep="\n")
    return REFUSED if waits_for(lines) else DONE


def _say_unanswered(workspace: Workspace, identity: str, gate: Gate) -> None:
    """What an act goes on without, on the error stream: nobody is there to be asked."""
    from cirkeldesk.operations.paper.ready import ready
    from cirkeldesk.operations.tender.tenders import get_tender
    from cirkeldesk.wording.award.ready import spoken

    for line in ready(workspace, get_tender(workspace, identity), gate):
        if line.state in ("asked", "told"):
            print(spoken(line), file=sys.stderr)


def run_finalise(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.papers import finalise
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        identity = tender_id(workspace, chosen.tender)
        _say_unanswered(workspace, identity, "final")
        made = finalise(workspace, identity)
    for file in made.files:
        print(file.file.sha256, file.file.file)
    return DONE


def run_letters(chosen: Arguments) -> int:
    from datetime import date

    from cirkeldesk.operations.paper.export import write_letters
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.numbers import read_date

    sent = read_date(chosen.sent)
    if sent is None:
        raise WrongUse(sentences.error("not_a_date", value=chosen.sent))
    with open_workspace(chosen.db, create=False) as workspace:
        identity = tender_id(workspace, chosen.tender)
        _say_unanswered(workspace, identity, "letters")
        written = write_letters(
            workspace, identity, date.fromisoformat(sent), chosen.folder, draft=chosen.draft
        )
    print(*written, sep="\n")
    return DONE


def run_record(chosen: Arguments) -> int:
    from cirkeldesk.operations.paper.export import write_record
    from cirkeldesk.operations.tender.tenders import tender_id
    from cirkeldesk.operations.workspace import open_workspace

    with open_workspace(chosen.db, create=False) as workspace:
        write_record(
            workspace,
            tender_id(workspace, chosen.tender),
            "opening" if chosen.opening else "record",
            chosen.to,
        )
    print(chosen.to)
    return DONE


def run_sign(chosen: Arguments) -> int:
    """A PDF with the officer's own signature, as another file. The password is asked, or read from a file: on
    the command line everybody on the computer could see it."""
    from getpass import getpass

    from cirkeldesk.operations.paper.signing import password_in, sign
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording.verify import signature

    if chosen.password_file is not None:
        password = password_in(chosen.password_file)
    else:
        password = getpass(f"Wachtwoord van {chosen.certificate.name}: ")
    with open_workspace(chosen.db, create=False) as workspace:
        made = sign(workspace, chosen.file, chosen.certificate, password, chosen.to)
    if chosen.json:
        show({"file": chosen.to.name, "signer": made.signer, "at": made.at, "fingerprint": made.fingerprint})
    else:
        print(*signature(made), sep="\n")
    return DONE


def run_verify(chosen: Arguments) -> int:
    """Exit 0 only for an unchanged file whose version still computes to the same figures."""
    from dataclasses import asdict

    from cirkeldesk.operations.paper.verify import verify
    from cirkeldesk.operations.workspace import open_workspace
    from cirkeldesk.wording import verify as verifying

    with open_workspace(chosen.db, create=False) as workspace:
        found = verify(workspace, chosen.file, chosen.trust or ())
    if chosen.json:
        show({**asdict(found), "text": verifying.lines(found)})
    else:
        print(*verifying.lines(found), sep="\n")
    return DONE if found.is_good else REFUSED
