"""Step Advies: inside and outside, what the papers need, letters with both dates, final versions, and
checking a file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cirkeldesk.desktop.application import application
from cirkeldesk.desktop.frame.window import MainWindow
from cirkeldesk.desktop.kit.fields import Choice, TextField
from cirkeldesk.desktop.tender.advice.page import AdvicePage
from cirkeldesk.desktop.tender.view import TenderView
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.publication import Publication
from cirkeldesk.operations.award.awards import practise
from cirkeldesk.operations.settings import FileSettings, file_settings, logo_bytes, save_file_settings
from cirkeldesk.operations.tender import tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.workspace import open_workspace
from tests.desktop.conftest import choose, click, fill, main_window, no_dialog, opened, wait_idle
from tests.five import add_five
from tests.sheets.pairwise import logo

pytestmark = pytest.mark.window


@pytest.fixture
def window(qtbot: QtBot, database: Path) -> Iterator[MainWindow]:
    """The five bidders, opened and judged, at step Advies."""
    application()
    with open_workspace(database) as workspace:
        add_five(workspace)
        add_example(workspace)
        made = opened(qtbot, workspace)
        made.open_tender("vijf")
        assert made.view is not None
        made.view.go_to(4)
        wait_idle(made)
        yield made


@pytest.fixture
def view(window: MainWindow) -> TenderView:
    assert window.view is not None
    return window.view


@pytest.fixture
def page(view: TenderView) -> AdvicePage:
    return view.advice


def publication(view: TenderView) -> Publication:
    return tenders.get_tender(view.session.workspace, "vijf").publication


def test_inside_and_outside_have_texts_of_their_own(
    page: AdvicePage, view: TenderView, window: MainWindow
) -> None:
    assert "Boreas" in page.editors["summary"].text()
    assert "865.244,37" in page.editors["summary"].text()
    page.choices["external"].click()
    wait_idle(window)
    assert page.editors["summary"].text().startswith("De opdracht gaat naar Boreas Infra NV.")
    assert "865.244" not in page.editors["summary"].text()
    page._commit("summary", "Voor buiten geschreven.")
    assert [text.section for text in view.session.tender.advice] == ["extern_summary"]
    page.choices["internal"].click()
    assert "865.244,37" in page.editors["summary"].text()
    assert page.marks["summary"].text() == "concept"
    assert no_dialog()


def test_a_text_for_outside_that_names_a_loser_is_said_at_once(page: AdvicePage, window: MainWindow) -> None:
    page.show_audience("external")
    page._commit("summary", "Beter dan Corvus Asfalt vof.")
    page._render()
    wait_idle(window)
    bar = page.bars.bar("leak")
    assert bar is not None
    assert "“Corvus Asfalt vof” van Inschrijving Corvus" in bar.label.text()
    page._restore("summary")
    page._render()
    wait_idle(window)
    assert page.bars.bar("leak") is None


def test_what_the_papers_need_is_kept_field_by_field(page: AdvicePage, view: TenderView) -> None:
    page.tabs.setCurrentWidget(page.data)
    data = page.data
    choose(data.procedure, "several_private")
    fill(data.estimate, "1.250.000,50")
    choose(data.promised, "yes")
    fill(data.days, "15")
    fill(data.day, "24-12-2026")
    fill(data.texts["contact"], "mevrouw Verzonnen")
    fill(data.words, "Minder hinder.")
    fill(data.texts["disclose"], "openheid")
    fill(data.themes["social_return"], "Twee leerplekken.")
    found = publication(view)
    assert (found.procedure, found.estimate, found.standstill_promised) == (
        "several_private",
        Decimal("1250000.50"),
        "yes",
    )
    assert (found.expiry_days, found.expiry_date, found.contact, found.disclose) == (
        15,
        "2026-12-24",
        "mevrouw Verzonnen",
        "openheid",
    )
    assert found.characteristics is not None
    assert (found.characteristics.variant_id, found.characteristics.text) == ("b", "Minder hinder.")
    assert [note.theme for note in found.themes] == ["climate", "circularity", "social_return"]
    view.session.undo()
    assert [note.theme for note in publication(view).themes] == ["climate", "circularity"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1,005", "1.01"),  # as a binary fraction it is below the half, and became 1.00
        ("1.234.567,895", "1234567.90"),
        ("0,615", "0.62"),
        ("123.456.789.012,34", "123456789012.34"),
    ],
)
def test_an_estimate_is_exact_and_rounding_is_said(
    page: AdvicePage, view: TenderView, typed: str, kept: str
) -> None:
    """House F15: money never through a float, and what is rounded to cents says so."""
    page.tabs.setCurrentWidget(page.data)
    fill(page.data.estimate, typed)
    assert publication(view).estimate == Decimal(kept)
    assert ("Afgerond op centen" in page.data.estimate.note.text()) == (len(typed.rpartition(",")[2]) > 2)


def test_another_numbering_begins_at_its_own_first_rung(page: AdvicePage, view: TenderView) -> None:
    page.tabs.setCurrentWidget(page.data)
    choose(page.data.numbering, "rvo")
    step = publication(view).r_step
    assert step is not None
    assert (step.numbering, step.step) == ("rvo", 1)
    choose(page.data.step, 5)
    step = publication(view).r_step
    assert step is not None
    assert (step.numbering, step.step) == ("rvo", 5)
    choose(page.data.numbering, None)
    assert publication(view).r_step is None
    assert not page.data.step.isEnabled()


def test_a_wrong_entry_stays_and_says_so(page: AdvicePage, view: TenderView) -> None:
    page.tabs.setCurrentWidget(page.data)
    before = publication(view)
    for field, text in (
        (page.data.estimate, "veel"),
        (page.data.days, "0"),
        (page.data.days, "twee"),
        (page.data.day, "31-2-2026"),
    ):
        fill(field, text)
        assert field.note.isVisible()
        assert field.edit.text() == text
    assert publication(view) == before


def test_letters_show_both_dates_while_typing_and_are_made_from_a_version(
    page: AdvicePage, view: TenderView, window: MainWindow, tmp_path: Path
) -> None:
    page.tabs.setCurrentWidget(page.letters)
    letters = page.letters
    assert "Maak eerst het advies definitief" in letters.why.text()
    assert not letters.make.isVisible()
    letters.sent.edit.setText("5-12-2026")
    assert "maandag 28 december 2026" in letters.dates.text()
    assert "vrijdag 25 december 2026" in letters.dates.text()
    letters.sent.edit.setText("morgen")
    assert "geen datum" in letters.sent.note.text()
    assert letters.dates.text() == ""
    assert not letters.draft.isEnabled()
    letters.sent.edit.setText("4-12-2026")
    assert "Inschrijving Boreas: gunningsbrief" in letters.kinds.text()
    assert "Inschrijving Ephyra: brief ingetrokken inschrijving" in letters.kinds.text()
    letters.save_to(tmp_path / "concept", draft=True)
    wait_idle(window)
    assert len(list((tmp_path / "concept").iterdir())) == 10
    click(page.final_button)
    wait_idle(window)
    assert letters.make.isVisible()
    letters.save_to(tmp_path / "brieven")
    wait_idle(window)
    assert len(list((tmp_path / "brieven").iterdir())) == 10
    assert len(view.session.tender.letters) == 1
    page.tabs.setCurrentWidget(page.versions)
    titles = [
        label.text()
        for label in page.versions.holder.findChildren(type(letters.why))
        if "Brieven" in label.text()
    ]
    assert titles == ["Brieven uit versie 1, voor verzending op 4-12-2026"]


def test_definitief_verouderd_and_version_two(
    page: AdvicePage, view: TenderView, window: MainWindow, tmp_path: Path
) -> None:
    """UX 7: version 1 keeps standing, a bar says since when it is outdated, and offers version 2."""
    click(page.final_button)
    wait_idle(window)
    assert "Versie 1 is definitief." in page.bars.texts()[0]
    assert not page.final_button.isVisible()
    assert page.file_name("xlsx", "external") == "2026-099 Vergelijking v1 EXTERN.xlsx"
    page.save_to("pdf", tmp_path / "a.pdf", "external")
    wait_idle(window)
    kept = next(
        f for f in view.session.tender.versions[0].files if (f.kind, f.audience) == ("advice", "external")
    )
    with view.session.workspace.unit() as unit:
        assert (tmp_path / "a.pdf").read_bytes() == unit.attachments.content(kept.file.sha256)
    view.session.commit(edits.set_field("title", "Andere titel", "titel"))
    bar = page.bars.bar("outdated")
    assert bar is not None
    assert bar.label.text().startswith("Versie 1 van het advies is verouderd sinds ")
    assert page.final_button.text() == "Versie 2 maken"
    click(page.final_button)
    wait_idle(window)
    assert page.bars.bar("outdated") is None
    assert len(view.session.tender.versions) == 2
    page.tabs.setCurrentWidget(page.versions)
    page.versions.save_files(view.session.tender.versions[0].files, tmp_path / "v1")
    assert len(list((tmp_path / "v1").iterdir())) == 7
    page.versions.check_file(tmp_path / "v1" / "2026-099 Adviesblad v1 INTERN.pdf")
    assert "Dit bestand is ongewijzigd." in page.versions.result.text()
    assert "Deze versie is verouderd" in page.versions.result.text()
    page.versions.check_file(tmp_path / "weg.pdf")
    assert "weg.pdf" in page.versions.result.text()


def test_a_refused_final_says_why(page: AdvicePage, view: TenderView, window: MainWindow) -> None:
    page.show_audience("external")
    page._commit("summary", "Beter dan Corvus Asfalt vof.")
    click(page.final_button)
    assert not page.final_button.isEnabled()
    wait_idle(window)
    assert page.final_button.isEnabled()
    assert view.session.tender.versions == ()
    assert any("Corvus Asfalt vof" in text for text in page.bars.texts())


def test_everything_is_handed_over(page: AdvicePage, tmp_path: Path) -> None:
    for kind, suffix in (("pdf", "pdf"), ("xlsx", "xlsx"), ("ods", "ods"), ("cirkel", "cirkel")):
        for audience in ("internal", "external"):
            path = tmp_path / f"{audience}.{suffix}"
            page.save_to(kind, path, audience)
            wait_idle(main_window(page))
            assert path.stat().st_size > 1000
    page.save_to("csv", tmp_path / "csv", "external")
    wait_idle(main_window(page))
    assert len(list((tmp_path / "csv").iterdir())) >= 8
    page.save_record("record", tmp_path / "pv.docx")
    wait_idle(main_window(page))
    page.save_record("opening", tmp_path / "opening.pdf")
    wait_idle(main_window(page))
    assert (tmp_path / "opening.pdf").read_bytes().startswith(b"%PDF")
    page.save_to("pdf", tmp_path / "weg" / "a.pdf")
    wait_idle(main_window(page))
    assert not (tmp_path / "weg").exists()


def test_a_practice_copy_has_no_version_and_no_letters(view: TenderView, window: MainWindow) -> None:
    window.open_tender(practise(window.workspace, "vijf"))
    assert window.view is not None
    window.view.go_to(4)
    wait_idle(window)
    page = window.view.advice
    assert not page.final_button.isVisible()
    page.tabs.setCurrentWidget(page.letters)
    assert "oefenkopie" in page.letters.why.text()
    assert not page.letters.draft.isVisible()


def test_a_tender_without_bids_has_certainty_and_no_letters(view: TenderView, window: MainWindow) -> None:
    tender = tenders.get_tender(window.workspace, "voorbeeld")
    designs = tuple(v for v in tender.variants if not v.is_bid)
    tenders.edit_tender(window.workspace, "voorbeeld", edits.set_field("variants", designs, "ontwerpen"))
    window.open_tender("voorbeeld")
    assert window.view is not None
    window.view.go_to(4)
    wait_idle(window)
    page = window.view.advice
    assert page.parts["certainty"].isVisible()
    assert "van de 100 trekkingen" in page.editors["certainty"].text()
    page.tabs.setCurrentWidget(page.letters)
    assert "nog geen winnaar" in page.letters.why.text()


def test_settings_of_the_organisation(window: MainWindow, tmp_path: Path) -> None:
    window.show_settings()
    settings = window.preferences
    fill(settings.organisation, "Provincie Verzonnen")
    fill(settings.colour, "#FFD166")
    assert "te licht" in settings.colour.note.text()
    fill(settings.colour, "geel")
    assert "geen kleur" in settings.colour.note.text()
    fill(settings.retention, "7")
    (tmp_path / "logo.png").write_bytes(logo())
    settings.set_logo(tmp_path / "logo.png")
    assert logo_bytes(window.workspace).startswith(b"\x89PNG")
    found = file_settings(window.workspace)
    assert (found.organisation, found.colour, found.retention) == ("Provincie Verzonnen", "#FFD166", "7")
    (tmp_path / "logo.png").write_bytes(b"geen beeld")
    settings.set_logo(tmp_path / "logo.png")
    assert any("niet als beeld lezen" in text for text in window.bars.texts())
    assert file_settings(window.workspace).logo == found.logo
    click(settings.remove)
    assert file_settings(window.workspace).logo == ""
    assert not settings.remove.isVisible()


# --- the checklist
# ---------------------------------------------------------------------------------------------------


def unanswered(view: TenderView) -> None:
    """As after the award, when nobody filled in what papers need."""
    view.session.commit(edits.set_field("publication", Publication(), "leeg"))
    save_file_settings(view.session.workspace, FileSettings())


def row_of(page: AdvicePage, key: str) -> str:
    """How a line of the checklist stands now."""
    for gate in ("final", "letters"):
        for line in page.prepare.lists[gate].lines:
            if line.message.key == key:
                return str(line.state)
    return "absent"


def test_all_that_is_missing_is_asked_at_once_and_answered_in_the_line(
    page: AdvicePage, view: TenderView, window: MainWindow
) -> None:
    """Before the version, and not one refusal at a time after it (found: window 8)."""
    unanswered(view)
    wait_idle(window)
    page.refresh()
    assert page.final_button.text().startswith("Definitief maken · nog ")
    click(page.final_button)
    wait_idle(window)
    assert view.session.tender.versions == ()
    assert page.tabs.currentWidget() is page.prepare
    assert "vragen zijn nog niet beantwoord" in page.bars.texts()[0]
    rows = page.prepare.lists["final"]._rows
    places = list(rows)
    field = rows["settings.organisation", ""].answer
    assert isinstance(field, TextField)
    assert field.edit.hasFocus()
    fill(field, "Gemeente Verzonnen")
    assert file_settings(view.session.workspace).organisation == "Gemeente Verzonnen"
    procedure = rows["publication.procedure", ""].answer
    assert isinstance(procedure, Choice)
    choose(procedure, "open")
    words = rows["publication.characteristics", ""].answer
    assert isinstance(words, TextField)
    fill(words, "Minder hinder.")
    assert publication(view).procedure == "open"
    assert row_of(page, "ready_organisation") == row_of(page, "ready_procedure") == "done"
    assert row_of(page, "ready_words") == "done"
    assert list(rows) == places  # nothing moved under the hand
    assert no_dialog()


def test_an_address_of_two_lines_keeps_them(page: AdvicePage, view: TenderView, window: MainWindow) -> None:
    """Written with ";" here as in the settings."""
    unanswered(view)
    wait_idle(window)
    page.refresh()
    page.tabs.setCurrentWidget(page.prepare)
    field = page.prepare.lists["final"]._rows["settings.address", ""].answer
    assert isinstance(field, TextField)
    fill(field, "Plein 1, Verzonnen; Postbus 2, Verzonnen")
    assert file_settings(view.session.workspace).address == "Plein 1, Verzonnen\nPostbus 2, Verzonnen"
    assert field.edit.text() == "Plein 1, Verzonnen; Postbus 2, Verzonnen"


def test_what_is_asked_may_be_left(page: AdvicePage, view: TenderView, window: MainWindow) -> None:
    unanswered(view)
    wait_idle(window)
    page.refresh()
    click(page.final_button)
    bar = page.bars.bar("unready")
    assert bar is not None
    bar.buttons[0].click()
    wait_idle(window)
    assert len(view.session.tender.versions) == 1
    assert page.bars.bar("unready") is None


def test_letters_wait_for_their_lines(page: AdvicePage, view: TenderView, window: MainWindow) -> None:
    """No folder is asked for letters that cannot be made."""
    unanswered(view)
    page.finalise()
    wait_idle(window)
    page.tabs.setCurrentWidget(page.letters)
    click(page.letters.make)
    assert page.tabs.currentWidget() is page.prepare
    assert no_dialog()
    assert view.session.tender.letters == ()


def test_a_letter_goes_to_the_address_that_was_typed(page: AdvicePage, view: TenderView) -> None:
    page.tabs.setCurrentWidget(page.letters)
    page.letters.address_fold.click()
    fill(page.letters.address_fields["a", "address"], "Verzonnenweg 3; 1234 AB Verzonnen")
    fill(page.letters.address_fields["a", "attention"], "mevrouw V. Voorbeeld")
    found = publication(view).addressee("a")
    assert found.address == "Verzonnenweg 3\n1234 AB Verzonnen"
    assert found.attention == "mevrouw V. Voorbeeld"
    assert page.letters.address_fields["a", "address"].edit.text() == "Verzonnenweg 3; 1234 AB Verzonnen"


def test_the_sending_day_is_proposed_and_a_typed_one_stays(page: AdvicePage, view: TenderView) -> None:
    page.tabs.setCurrentWidget(page.letters)
    proposed = page.letters.sent.edit.text()
    assert proposed == page.letters._proposed != ""
    page.letters.sent.edit.setText("5-12-2026")
    assert "eindigen niet op dezelfde dag" in page.letters.dates.text()
    page.letters.sent.edit.setModified(True)
    view.session.commit(edits.set_publication("contact", "iemand", "contact"))
    assert page.letters.sent.edit.text() == "5-12-2026"
