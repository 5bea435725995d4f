"""`--self-test`: the program proves on the computer it runs on that its parts are there and work together.

It opens the example in a file of its own, compares, prints, exports, reads everything back and compares
again, makes a back-up and puts it back, and checks the file. Nothing stays behind.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from cirkeldesk.operations.file import keeping
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.log import log_exception
from cirkeldesk.operations.paper import export
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example, example_groups
from cirkeldesk.operations.workspace import Workspace, comparison_of, open_workspace

Check = tuple[str, Callable[[], object]]


class Failed(Exception):
    """A check that did not come out as it should."""


def self_test() -> Iterator[tuple[str, bool]]:
    """What was tried and whether it went well, one by one."""
    with tempfile.TemporaryDirectory(prefix="cirkeldesk-zelftest-", ignore_cleanup_errors=True) as folder:
        yield from _tried(Path(folder))


def _tried(folder: Path) -> Iterator[tuple[str, bool]]:
    database = folder / "zelftest.db"
    try:
        workspace = open_workspace(database)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong with this computer, it is told and not thrown
        log_exception(problem)
        yield "bestand maken", False
        return
    with workspace:
        for name, run in _checks(workspace, folder):
            try:
                run()
            except Exception as problem:  # noqa: BLE001 - as above
                log_exception(problem)
                yield name, False
            else:
                yield name, True


def _checks(workspace: Workspace, folder: Path) -> list[Check]:
    number = "VOORBEELD-001"

    def example() -> None:
        for group in example_groups():
            add_example(workspace, group)
        _must(len(tenders.tender_list(workspace)) == len(example_groups()))

    def identity() -> str:
        return tenders.tender_id(workspace, number)

    def compare() -> None:
        comparison, _ = comparison_of(workspace, tenders.find_tender(workspace, number))
        _must(all(variant.total.value for variant in comparison.variants))

    def sheet() -> None:
        export.advise(workspace, identity(), folder / "blad.pdf")
        import pypdfium2

        document = pypdfium2.PdfDocument(folder / "blad.pdf")
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        _must(number in text)

    def workbook() -> None:
        from openpyxl import load_workbook

        export.export_workbook(workspace, identity(), folder / "werkboek.xlsx")
        book = load_workbook(io.BytesIO((folder / "werkboek.xlsx").read_bytes()), data_only=True)
        found = {
            cell.value
            for page in book
            for row in page.iter_rows()
            for cell in row
            if isinstance(cell.value, float)
        }
        comparison, _ = comparison_of(workspace, tenders.find_tender(workspace, number))
        _must(
            all(any(abs(value - (v.total.value or 0)) < 0.01 for value in found) for v in comparison.variants)
        )

    def tables() -> None:
        export.export_ods(workspace, identity(), folder / "werkboek.ods")
        _must(len(export.export_csv(workspace, identity(), folder / "tabellen")) > 1)

    def dossier() -> None:
        export.export_dossier(workspace, identity(), folder / "dossier.cirkel")
        with open_workspace(folder / "ander.db") as other:
            _must(
                [report.status for report in import_files(other, [folder / "dossier.cirkel"])] == ["imported"]
            )
            here, _ = comparison_of(workspace, tenders.find_tender(workspace, number))
            there, _ = comparison_of(other, tenders.find_tender(other, number))
            _must(here == there)

    def back_up() -> None:
        _must(keeping.is_good(keeping.back_up(workspace)))

    def sound() -> None:
        _must(keeping.check(workspace) == [])

    return [
        ("voorbeelden openen", example),
        ("vergelijken", compare),
        ("adviesblad maken en teruglezen", sheet),
        ("werkboek maken en teruglezen", workbook),
        ("ODS en CSV maken", tables),
        ("dossier maken en in een ander bestand inlezen", dossier),
        ("back-up maken en nalezen", back_up),
        ("bestand controleren", sound),
    ]


def _must(held: bool) -> None:
    if not held:
        raise Failed
