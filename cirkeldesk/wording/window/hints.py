"""Which keys help where somebody is: in the message line while nothing is said."""

from __future__ import annotations

from collections.abc import Mapping

HINTS: Mapping[str, str] = {
    "aanbestedingen": "Enter: openen · Ctrl+N: nieuwe aanbesteding · Ctrl+K: zoek overal",
    "uitvraag": "Tab: volgend veld · Shift+F1: uitleg bij een veld",
    "varianten": "Enter: omlaag · Tab: naar rechts · F6: de tabel verlaten · schuin: uit de verklaring of de uitvraag",
    "vergelijking": "Enter: hoe is dit getal opgebouwd? · F8: open punten · Ctrl+T: lees als tekst",
    "gunning": "Enter: de som van een inschrijving · F8: open punten",
    "advies": "Ctrl+P: adviesblad opslaan",
    "kalender": "0 tot 3: kans · Enter: voorstel overnemen · Ctrl+Enter: van alle gekozen regels",
    "advies per thema": "Pijltjes: ander thema · Tab en spatie: criterium kiezen · Esc: terug naar de kalender",
    "producten": "Enter: openen · sleep een milieuverklaring hierheen",
}
