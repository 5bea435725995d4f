"""What is typed or pasted from a declaration on paper, read by the rules of the files."""

from __future__ import annotations

from cirkeldesk.exchange.reading import NOT_DECLARED, read_value
from cirkeldesk.exchange.reading import read_amount as read_amount
from cirkeldesk.exchange.table.number_text import decimal_sign, plain_number


def says_not_declared(text: str) -> bool:
    """Whether a text is one of the ways declarations say that a value is not given."""
    return text.casefold() in NOT_DECLARED


def decimal_sign_of(texts: list[str]) -> str | None:
    """The decimal sign that a pasted block writes its figures with; "" where none shows, None where it is
    both."""
    return decimal_sign(iter(texts))


def with_comma(text: str) -> str:
    """A figure written with a point for decimals, as Dutch writes it; any other text as it is."""
    plain = plain_number(text.strip(), ".")
    return plain.replace(".", ",") if read_value("", "", plain, None, None).value is not None else text
