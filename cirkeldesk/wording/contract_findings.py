"""Findings about contracts and deliveries, by key. B1, u-form: what, where, what now."""

from __future__ import annotations

from collections.abc import Mapping

CONTRACT_FINDINGS: Mapping[str, str] = {
    "delivery_undeclared": "Bij levering {name} staat geen verklaring met een MKI. Vraag de opdrachtnemer om bewijs.",
    "delivery_other_rules": "De verklaring volgt {has}, beloofd is {asked}. Vraag een herberekening volgens {asked}.",
    "delivery_expired": "De verklaring van {name} gold tot {until}, dus niet meer op de dag van levering.",
    "delivery_no_evidence": "Bij levering {name} staat geen bewijs van de hoeveelheid. Noem de weegbon of de "
    "opleverstaat.",
    "delivery_unit": "Post {post} heeft geen hoeveelheid in {unit}. Kies bij de levering een andere eenheid.",
    "delivery_below_nothing": "Van post {post} is meer teruggenomen dan geleverd. Controleer de retouren.",
    "contract_evidence_late": "Het bewijs van de belofte moest er op {date} zijn. Vraag erom bij de opdrachtnemer.",
    "contract_to_accept": "Te beoordelen leveringen: {count}. Accepteer ze, of zeg waarom niet.",
    "delivery_more": "Van {post} is meer geleverd dan besteld. Kijk of een levering er twee keer staat.",
    "contract_changed": "De belofte is {count} keer gewijzigd. Laat de jurist kijken of dat een wezenlijke wijziging "
    "is (artikel 2.163a tot en met g).",
    "contract_no_terms": "Noem het document en de bladzijde waar staat wat volgt als de belofte niet wordt nagekomen.",
    "framework_nearly": "Er is voor {amount} afgeroepen van ten hoogste {most}. De raamovereenkomst is bijna vol.",
    "framework_full": "Er is voor {amount} afgeroepen van ten hoogste {most}. Meer afroepen mag niet (HvJ EU "
    "C-216/17 en C-23/20).",
    "delivery_empty": "Cel {cell} is leeg. Vul datum, post en hoeveelheid in.",
    "delivery_no_quantity": "Cel {cell}: “{text}” is geen hoeveelheid.",
    "delivery_no_mki": "Cel {cell}: “{text}” is geen MKI.",
    "delivery_no_date": "Cel {cell}: “{text}” is geen datum. Schrijf bijvoorbeeld 31-5-2027.",
    "delivery_no_unit": "Cel {cell}: “{text}” is geen eenheid. Kies ton, m², m³, m of stuks.",
    "delivery_no_accepted": "Cel {cell}: “{text}” is geen ja of nee.",
}
