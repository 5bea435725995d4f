"""Figures in a text that somebody wrote: found, renewed and flagged."""

from __future__ import annotations

from cirkeldesk.wording.advice import changed_figures, with_figures

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
    changes = changed_figures(BEFORE, NOW)
    written = "Gunnen aan Inschrijving A voor € 1.206.891,90 (15,7 % minder)."
    assert (
        with_figures(written, changes).replace("\u00a0", " ") == "Gunnen aan Inschrijving B voor € 1.210.655,48 (14,2 % minder)."
    )


def test_another_build_of_the_sentence_names_no_figure() -> None:
    assert changed_figures(BEFORE, "Nog geen rangorde.") == (("", ""),)
    assert changed_figures(BEFORE, BEFORE) == ()
