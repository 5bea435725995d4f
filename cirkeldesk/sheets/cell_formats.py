"""How cells of the workbook look, and how much room a text takes."""

from __future__ import annotations

from typing import Any

ROW_HEIGHT, MOST_LINES, BOLD_WIDTH = (
    15,
    25,
    1.15,
)  # points; Excel's highest row; a bold sign beside the plain one


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column so many characters wide; words are not cut."""
    lines = 0
    for line in text.split("\n"):
        lines, room = lines + 1, 0.0
        for word in line.split():
            needed = len(word) * BOLD_WIDTH
            if room and room + 1 + needed > width:
                lines, room = lines + 1, 0.0
            room += needed + (1 if room else 0)
            if needed > width:  # a longer word is cut all the same
                lines, room = lines + int(needed // width), needed % width
    return lines


class Formats:
    """Cell formats, made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "Calibri", "font_size": 11, "valign": "top", **properties}
            )
        return self._made[key]

    def number(self, decimals: int, *, entry: bool = False, bold: bool = False, sign: bool = False) -> Any:
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        shape = f"+{digits};-{digits};{digits}" if sign else digits
        more: dict[str, Any] = (
            {"bg_color": "#FDF0DC", "border": 1, "border_color": "#6F7985", "locked": False} if entry else {}
        )
        return self(num_format=shape, align="right", bold=bold, **more)

    def entry(self) -> Any:
        """A declared value or weight: as many digits as it has."""
        return self(
            num_format="General",
            align="right",
            bg_color="#FDF0DC",
            border=1,
            border_color="#6F7985",
            locked=False,
        )

    def stored(self) -> Any:
        return self(num_format="General", align="right", font_color="#515B66")

    @property
    def text(self) -> Any:
        return self(text_wrap=True)

    @property
    def bold(self) -> Any:
        return self(bold=True, text_wrap=True)

    @property
    def word(self) -> Any:
        return self(align="right", italic=True, font_color="#515B66", text_wrap=True)
