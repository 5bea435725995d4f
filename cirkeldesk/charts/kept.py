"""A promise beside its reference and its proof: three bars of one figure.

Source: CHAIN 3; DESIGN (charts).
"""

from __future__ import annotations

from cirkeldesk.charts.description import Bar, Segment, ValueBars
from cirkeldesk.wording import numbers

TITLE = "Nulvariant, belofte en bewijs"


def promise_bars(
    reference: float | None,
    promised: float | None,
    proven: float | None,
) -> ValueBars | None:
    """€ MKI at bid quantities; None while nothing is proven: there is nothing to set side by side then."""
    if promised is None or proven is None:
        return None
    pairs = [("Nulvariant", reference), ("Beloofd", promised), ("Bewezen, bij bod", proven)]
    bars = tuple(Bar(name, (Segment("sum", "", value),), value) for name, value in pairs if value is not None)
    told = ", ".join(f"{bar.label} {numbers.number(bar.net or 0.0, 0)}" for bar in bars)
    return ValueBars(TITLE, "€ MKI", bars, f"{TITLE}, in euro MKI: {told}.")
