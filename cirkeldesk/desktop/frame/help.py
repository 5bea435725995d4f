"""Help per page, the keys, and what is new: texts of the program itself, read without a network."""

from __future__ import annotations

import html
from functools import cache

from PySide6.QtCore import QUrl
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from cirkeldesk import paths

# Page of the window → title; the order is that of the list of subjects.
SUBJECTS = {
    "begin": "Beginnen",
    "aanbestedingen": "Aanbestedingen",
    "uitvraag": "Stap 1: Uitvraag",
    "varianten": "Stap 2: Varianten",
    "getallen": "Getallen typen en plakken",
    "vergelijking": "Stap 3: Vergelijking",
    "gunning": "Stap 4: Gunning",
    "advies": "Stap 5: Advies",
    "producten": "Producten",
    "kalender": "MVOI-kalender",
    "monitor": "Monitor en contracten",
    "materialen": "Materialen en paspoorten",
    "referentie": "Criteria en begrippen",
    "mki": "MKI onder de knie",
    "geschiedenis": "Geschiedenis en ongedaan maken",
    "instellingen": "Instellingen, zoom en schermlezer",
    "fout": "Als er iets misgaat",
    "nieuw": "Wat is er nieuw",
    "handleiding/index": "Handleiding",
    "handleiding/inkoper": "Handleiding voor de inkoper",
    "handleiding/expertteam": "Handleiding voor het expertteam",
    "handleiding/beheerder": "Handleiding voor de beheerder",
    "handleiding/methode": "Handleiding: methode en formules",
}
HANDBOOK = "handleiding/"


@cache
def text_of(subject: str) -> str:
    """The text of a subject (Markdown)."""
    if subject.startswith(HANDBOOK):
        return (paths.handbook() / f"{subject.removeprefix(HANDBOOK)}.md").read_text(encoding="utf-8")
    return (paths.resources() / "help" / f"{subject}.md").read_text(encoding="utf-8")


def subjects_with(query: str) -> list[tuple[str, str]]:
    """(subject, title) of the help that has every word of a query, those with it in the title first."""
    words = query.casefold().split()
    found = [
        key for key in SUBJECTS if all(word in f"{SUBJECTS[key]} {text_of(key)}".casefold() for word in words)
    ]
    found.sort(key=lambda key: not all(word in SUBJECTS[key].casefold() for word in words))
    return [(key, SUBJECTS[key]) for key in found] if words else []


class HelpView(QWidget):
    """One subject, with the way to the others below it."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Hulp")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        column.addWidget(self.text)
        self.subject = ""

    def show_subject(self, subject: str) -> None:
        self.subject = subject
        self.text.document().setBaseUrl(QUrl.fromLocalFile(f"{paths.handbook()}/"))  # where its pictures are
        others = [f"[{title}](hulp:{key})" for key, title in SUBJECTS.items() if key != subject]
        self.text.setMarkdown(
            f"{text_of(subject)}\n\n---\n\n**Andere onderwerpen**\n\n" + "  \n".join(others)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """Pictures as wide as the panel, so that nobody scrolls sideways."""
        wide = self.text.viewport().width() - 12
        block = self.text.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                fragment = fragments.fragment()
                if fragment.isValid() and fragment.charFormat().isImageFormat():
                    picture = fragment.charFormat().toImageFormat()
                    picture.setWidth(wide)
                    cursor = QTextCursor(self.text.document())
                    cursor.setPosition(fragment.position())
                    cursor.setPosition(
                        fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor
                    )
                    cursor.setCharFormat(picture)
                    break
                fragments += 1
            block = block.next()

    def show_keys(self, groups: list[tuple[str, list[tuple[str, str]]]]) -> None:
        """The keys of the window and of its tables: [(where, [(keys, what they do)])]."""
        self.subject = "toetsen"
        parts = []
        for where, rows in groups:
            lines = "".join(
                f"<tr><td><b>{html.escape(keys)}</b>&nbsp;&nbsp;</td><td>{html.escape(what)}</td></tr>"
                for keys, what in rows
            )
            parts.append(f"<h3>{html.escape(where)}</h3><table>{lines}</table>")
        self.text.setHtml("".join(parts))

    def _follow(self, link: QUrl) -> None:
        page = f"{HANDBOOK}{link.path().rpartition('/')[2].removesuffix('.md')}"
        if link.scheme() == "hulp" and link.path() in SUBJECTS:
            self.show_subject(link.path())
        elif page in SUBJECTS:  # from one page of the handbook to another
            self.show_subject(page)
