"""Which kind of material people mean by the name of a post or a tender."""

from __future__ import annotations

from cirkeldesk.operations.material.materials import MaterialKind, material_kinds

# A word of a name → the kind of material; the first that is found counts.
WORDS = (
    ("grasbeton", "grasbetontegel"), ("tegel", "betontegel"), ("klinker", "gebakken_klinker"),
    ("gebakken", "gebakken_klinker"), ("natuurstenen band", "natuursteenband"), ("natuursteenband", "natuursteenband"),
    ("natuur", "natuursteenkei"), ("kei", "betonstraatsteen"), ("steen", "betonstraatsteen"),
    ("stenen", "betonstraatsteen"), ("band", "betonband"), ("afvalbak", "afvalbak"),
    ("prullenbak", "afvalbak"), ("fietsenrek", "fietsenrek"), ("bank", "zitbank"), ("mast", "lichtmast"),
    ("paal", "paal"), ("pvc", "kunststofbuis"), ("kunststof", "kunststofbuis"), ("buis", "betonbuis"),
    ("buizen", "betonbuis"), ("put", "put"), ("kolk", "put"), ("duiker", "duiker"), ("damwand", "damwand"),
    ("beschoei", "damwand"), ("grond", "grond"), ("puin", "menggranulaat"), ("hout", "hout"),
    ("asfalt", "asfaltgranulaat"), ("frees", "asfaltgranulaat"), ("frezen", "asfaltgranulaat"),
)  # fmt: skip


def kind_of(name: str) -> MaterialKind | None:
    """None where no word of it names a kind."""
    low = name.casefold()
    code = next((code for word, code in WORDS if word in low), None)
    return material_kinds()[code] if code is not None else None
