"""A QR code as a figure: the modules of a short text. Made by segno."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4  # modules of white around it, as the norm asks


@dataclass(frozen=True)
class Code:
    """`rows` are the modules from above, True where it is dark; `text` what it says."""

    title: str
    unit: str
    text: str
    rows: tuple[tuple[bool, ...], ...]
    alt: str

    def runs(self) -> list[tuple[int, int, int]]:
        """(row, first column, how many) of every run of dark modules."""
        found = []
        for number, row in enumerate(self.rows):
            begin = None
            for column, dark in enumerate((*row, False)):
                if dark and begin is None:
                    begin = column
                elif not dark and begin is not None:
                    found.append((number, begin, column - begin))
                    begin = None
        return found


def code_of(text: str) -> Code:
    """A QR code with a quarter of it to spare: a label in a depot gets dirty."""
    import segno  # nobody waits for it before something is printed

    made = segno.make_qr(text, error="q")
    rows = tuple(tuple(bool(module) for module in row) for row in made.matrix)
    return Code("QR-code", "", text, rows, f"QR-code met de tekst {text}.")
