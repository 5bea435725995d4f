"""Words for values that were read from paper: what the table proves, column by column and value by value."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.product.declaration import DeclaredValue
from cirkeldesk.model.product.printed import ColumnCheck, Proof
from cirkeldesk.model.product.product import Product
from cirkeldesk.wording import terms

COLUMN_HEADS = ("Set", "Kolom", "Nagerekend")
PROOFS: Mapping[Proof, str] = {
    "proven": "klopt met de sommen van de tabel",
    "differs": "een som van de tabel klopt hiermee niet; kijk het na",
    "unproven": "niet na te rekenen; vergelijk met de bladzijde",
}


def what_to_do(product: Product) -> str:
    """One sentence for somebody who is about to confirm."""
    values = [value for d in product.declarations for value in d.values if value.printed is not None]
    looked = sum(value.printed is not None and value.printed.proof != "proven" for value in values)
    if product.confirmed:
        return f"Deze {len(values)} waarden zijn vergeleken met de PDF en tellen mee."
    if not looked:
        return (
            f"Alle {len(values)} waarden kloppen met de sommen van de tabel. Bevestig ze, dan tellen ze mee."
        )
    return (
        f"Vergelijk {looked} van de {len(values)} waarden met de bladzijde: wat rood of geel is, bewijst de tabel "
        "niet zelf. Wat niet klopt, verbetert u na het bevestigen bij Waarden. Tot die tijd telt niets mee."
    )


def column_rows(product: Product) -> list[tuple[str, ...]]:
    return [(column.set or "", column.module, _column(column)) for column in product.columns]


def _column(column: ColumnCheck) -> str:
    if column.state == "differs":
        return f"som klopt niet: {', '.join(column.differs[:4])}"
    if column.state == "proven":
        return f"klopt ({column.of} van {column.of})"
    return f"{column.proven} van {column.of} kloppen, de andere niet na te rekenen"


Rows = tuple[tuple[str, ...], ...]


def value_rows(product: Product) -> tuple[Rows, dict[tuple[int, int], DeclaredValue]]:
    """The header and the rows of all values, indicators by modules; and the value of each cell, by row and
    column below the header."""
    modules = tuple(dict.fromkeys(value.module for d in product.declarations for value in d.values))
    rows: list[tuple[str, ...]] = [("Set", "Milieueffect", *modules)]
    cells: dict[tuple[int, int], DeclaredValue] = {}
    for declaration in product.declarations:
        for code in dict.fromkeys(value.indicator for value in declaration.values):
            found = {value.module: value for value in declaration.values if value.indicator == code}
            cells |= {(len(rows) - 1, modules.index(m) + 2): value for m, value in found.items()}
            texts = [_shown(found[module]) if module in found else "" for module in modules]
            rows.append((declaration.set or "", code.removeprefix("naam:"), *texts))
    return tuple(rows), cells


def _shown(value: DeclaredValue) -> str:
    return terms.VALUE_STATES[value.state] or value.raw or ""


def value_text(value: DeclaredValue) -> str:
    """ "GWP, A1-A3: 5,881E+0 kg CO2-eq. Bladzijde 2; klopt met de sommen van de tabel." """
    name = value.indicator.removeprefix("naam:")
    said = f"{name}, {value.module}: {_shown(value)} {value.unit or ''}".strip()
    if value.printed is None:
        return f"{said}."
    return f"{said}. Bladzijde {value.printed.page}; {PROOFS[value.printed.proof]}."
