"""Files and folders brought in together: declarations, dossiers and bid forms, each recognised by its
content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from cirkeldesk.exchange.ilcd.ilcd_xml import Dependencies, is_flow
from cirkeldesk.exchange.reading import Note
from cirkeldesk.exchange.recognise import content_of, shown_name
from cirkeldesk.exchange.xml import is_xml, parse
from cirkeldesk.model.messages import Message
from cirkeldesk.model.product.indicators import SetCode
from cirkeldesk.model.refusal import ReadError, StoreError
from cirkeldesk.operations.import_report import FileReport
from cirkeldesk.operations.passport.passports import import_passports, is_passport_form
from cirkeldesk.operations.product.incoming import import_file
from cirkeldesk.operations.product.mappings import table_mappings
from cirkeldesk.operations.tender.bids import import_form, is_form
from cirkeldesk.operations.workspace import Workspace

MOST_FILES = 20_000
Progress = Callable[[int, int, str], bool]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, in order of name; hidden files are left alone."""
    found: list[Path] = []
    for path in paths:
        found += (
            sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            if path.is_dir()
            else [path]
        )
    return found[:MOST_FILES]


@dataclass
class Batch:
    """Files in order and what became of each; `stopped` when somebody stopped before the last."""

    files: list[Path]
    reports: list[FileReport] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        return len(self.reports) < len(self.files)


def import_files(workspace: Workspace, paths: Iterable[Path], **answers: Any) -> list[FileReport]:
    """Bring files and folders of files in; see `import_batch`."""
    return import_batch(workspace, paths, **answers).reports


def import_batch(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    unit_text: str | None = None,
    scenario: str | None = None,
    replace_values: bool = False,
    set_code: SetCode | None = None,
    accept: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Batch:
    """Bring files and folders of files in, each file in its own transaction.

    A flow data set among them gives its unit to the declaration that refers to it. `progress(index, of,
    name)` returns False to stop before this file; what was read before stays.
    """
    files = files_in(paths)
    along, flows = _flows_among(files)
    mappings = table_mappings(workspace)
    batch = Batch(files)
    reports = batch.reports
    for index, file in enumerate(files):
        if progress is not None and not progress(index, len(files), shown_name(file)):
            break
        if file in flows and len(files) > len(flows):
            reports.append(FileReport(shown_name(file), "ILCD+EPD stroom", "unchanged"))
        elif is_passport_form(file):
            reports.append(import_passports(workspace, file, dry_run=dry_run))
        elif is_form(file):
            reports.append(
                import_form(workspace, file, replace_bid=replace_values, dry_run=dry_run, accept=accept)
            )
        else:
            go_on = None
            if progress is not None:
                go_on = partial(_within, progress, index, len(files), shown_name(file))
            try:
                report = import_file(
                    workspace,
                    file,
                    unit_text=unit_text,
                    scenario=scenario,
                    replace_values=replace_values,
                    set_code=set_code,
                    along=along,
                    mappings=mappings,
                    go_on=go_on,
                    dry_run=dry_run,
                )
            except StoreError as problem:
                # a full disk stops the batch, and what became of the files before it is still told
                reports.append(refused(file, problem))
                break
            reports.append(report)
            if any(found.message.key == "file_stopped" for found in report.notes):
                break
    return batch


def refused(file: Path, problem: StoreError) -> FileReport:
    """The report of a file that the store could not take."""
    name = shown_name(file)
    return FileReport(
        name, notes=[Note("error", Message.of(problem.key, **{"file": name, **problem.params}), name)]
    )


def _within(progress: Progress, index: int, of: int, name: str, done: int, sets: int) -> bool:
    """Progress inside a file that holds many data sets."""
    return progress(index, of, f"{name}, verklaring {done} van {sets}")


def _flows_among(files: list[Path]) -> tuple[Dependencies, set[Path]]:
    """Flow data sets among the files, recognised by their first bytes so that a large batch is not read
    twice."""
    along, flows = Dependencies(), set()
    for file in files:
        try:
            if not file.is_file():
                continue
            with file.open("rb") as opened:
                head = opened.read(2048)
            if b"flowDataSet" in head.replace(b"\0", b"") and is_xml(head):
                root = parse(content_of(file), shown_name(file))
                if is_flow(root) and along.add_flow(root):
                    flows.add(file)
        except (OSError, ReadError):
            continue  # named when the file itself is read
    return along, flows
