"""Product groups in words: what is wrong with one that somebody made, and what its try-out said."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.model.reference.group_faults import GroupFault

WHY: Mapping[str, str] = {
    "code": "“{value}” kan geen code zijn. Gebruik kleine letters, cijfers, - en _, en begin met een letter.",
    "empty": "hier moet iets staan.",
    "name_taken": "de naam “{value}” is al van een andere productgroep.",
    "unknown_name": "“{value}” is niet een van de codes onder properties (of routes). Controleer de spelling.",
    "factor": "{value} kan geen factor zijn. Vul een getal in dat niet 0 is.",
    "twice": "“{value}” staat er twee keer in.",
    "decimals": "{value} decimalen kan niet. Vul 0 tot 6 in.",
    "range": "{value}: het laagste getal is groter dan het hoogste.",
    "not_counted": "de MKI per “{value}” is niet te tellen: er is geen eigenschap in die eenheid.",
    "circle": "“{value}” wordt berekend uit zichzelf. Zo komt er nooit een getal uit.",
    "no_measure": "langs deze weg komt er geen “{value}” uit; dat is de hoeveelheid van de groep (measure).",
    "try_out": "de proef geeft geen MKI. {value}",
}


def fault(found: GroupFault) -> str:
    """ "rules.mass_t: “mas_kg” is niet een van de codes …" """
    return f"{found.field}: {WHY[found.why].format(value=found.value)}"


def lines(found: tuple[GroupFault, ...]) -> str:
    """All of them in one text."""
    return " ".join(fault(one) for one in found)
