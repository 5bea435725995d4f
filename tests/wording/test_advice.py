"""Figures in a text that somebody wrote: found, renewed and flagged."""

from __future__ import annotations

from cirkeldesk.wording.advice.advice import changed_figures, with_figures

BEFORE = "Winnaar: Inschrijving A, fictieve prijs €\u00a01.206.891,90. Verschil 15,7\u00a0%."
NOW = "Winnaar: Inschrijving B, fictieve prijs €\u00a01.210.655,48. Verschil 14,2\u00a0%."


def test_names_and_figures_change_together() -> None:
    changes = changed_figures(BEFORE, NOW)
    assert changes == (
        ("Inschrijving A", "Inschrijving B"),
        ("€\u00a01.206.891,90", "€\u00a01.210.655,48"),
        ("15,7\u00a0%", "14,2\u00a0%"),
    )


def test_a_typed_space_is_as_good_as_ours() -> None:
    written = "Gunnen aan Inschrijving A voor € 1.206.891,90 (15,7 % minder)."
    renewed = with_figures(written, BEFORE, NOW)
    assert renewed is not None
    assert renewed.replace("\u00a0", " ") == "Gunnen aan Inschrijving B voor € 1.210.655,48 (14,2 % minder)."


def test_a_name_that_became_two_others_is_flagged_and_never_filled_in() -> None:
    before = "Winnaar: Inschrijving C, € 5. Inschrijving C heeft de laagste prijs. 3 van 3 te vergelijken."
    now = "Winnaar: Inschrijving B, € 6. Inschrijving A heeft de laagste prijs. 2 van 2 te vergelijken."
    assert ("Inschrijving C", "Inschrijving B") in changed_figures(before, now)
    assert with_figures("Wij gunnen aan Inschrijving C.", before, now) is None
    assert with_figures("Er waren 3 bezwaren.", before, now) is None  # a bare number may mean anything
    assert with_figures("De prijs is € 5.", before, now) == "De prijs is € 6."
    stays = "Inschrijving A wint, Inschrijving A is goedkoop."
    assert (
        with_figures("Inschrijving A wint.", stays, "Inschrijving B wint, Inschrijving A is goedkoop.")
        is None
    )


def test_another_build_of_the_sentence_names_no_figure() -> None:
    assert changed_figures(BEFORE, "Nog geen rangorde.") == (("", ""),)
    assert changed_figures(BEFORE, BEFORE) == ()


def test_a_figure_written_another_way_keeps_the_flag() -> None:
    """Else one figure of the sentence would be renewed and the other stay, with nothing saying so."""
    written = "Gunnen aan Inschrijving A voor € 1.206.891,90, dat is 15,7 procent minder."
    assert with_figures(written, BEFORE, NOW) is None
    assert (
        with_figures("Gunnen aan Inschrijving A, 42 dagen.", BEFORE, NOW)
        == "Gunnen aan Inschrijving B, 42 dagen."
    )
