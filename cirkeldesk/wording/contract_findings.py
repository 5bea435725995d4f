"""Findings about contracts and deliveries, by key. B1, u-form: what, where, what now."""

from __future__ import annotations

from collections.abc import Mapping

CONTRACT_FINDINGS: Mapping[str, str] = {
    "delivery_undeclared": "Bij de levering van {date} ({post}) staat geen verklaring met een MKI. Vraag de "
    "opdrachtnemer om bewijs.",
    "delivery_other_rules": "De verklaring volgt {has}, beloofd is {asked}. Vraag een herberekening volgens {asked}.",
    "delivery_expired": "De verklaring van {name} gold tot {until}, dus niet meer op de dag van levering.",
    "delivery_no_evidence": "Bij de levering van {date} ({post}) staat geen bewijs van de hoeveelheid. Noem "
    "de weegbon of de opleverstaat.",
    "delivery_unit": "Post {post} heeft geen hoeveelheid in {unit}. Kies bij de levering een andere eenheid.",
    "delivery_below_nothing": "Van post {post} is meer teruggenomen dan geleverd. Controleer de retouren.",
    "contract_evidence_late": "Het bewijs van de belofte moest er op {date} zijn. Vraag erom bij de opdrachtnemer.",
    "contract_to_accept": "Te beoordelen leveringen: {count}. Accepteer ze, of zeg waarom niet.",
    "delivery_no_call_off": "De levering van {date} ({post}) hoort bij geen afroep. Noem de afroep; anders telt zij niet "
    "mee in de monitor.",
    "delivery_no_option": "De levering van {date} is van de optie {post}, die niet is gelicht. Leg vast dat zij is "
    "gelicht; anders telt zij niet mee in de monitor.",
    "delivery_after_end": "De levering van {date} ({post}) is van na het einde van het contract op {ended}. Controleer "
    "de datum.",
    "delivery_before_award": "De levering van {date} ({post}) is van voor de gunning op {awarded}. Controleer de datum.",
    "framework_stranger": "{name} roept af en staat niet bij de deelnemers van de raamovereenkomst. Alleen wie vooraf is "
    "genoemd, mag afroepen (HvJ EU C-216/17).",
    "delivery_more": "Van {post} is meer geleverd dan besteld. Kijk of een levering er twee keer staat.",
    "contract_changed": "De belofte is {count} keer gewijzigd. Laat de jurist kijken of dat een wezenlijke wijziging "
    "is (artikel 2.163a tot en met g).",
    "contract_replaced": "Een andere opdracht heeft deze vervangen. In de monitor telt alleen die andere mee.",
    "contract_no_terms": "Noem het document en de bladzijde waar staat wat volgt als de belofte niet wordt nagekomen.",
    "framework_nearly": "Er is voor {amount} afgeroepen van ten hoogste {most}. De raamovereenkomst is bijna vol.",
    "framework_full": "Er is voor {amount} afgeroepen van ten hoogste {most}. Meer afroepen mag niet (HvJ EU "
    "C-216/17 en C-23/20).",
    "delivery_empty": "Cel {cell} is leeg. Vul datum, post en hoeveelheid in.",
    "delivery_no_quantity": "Cel {cell}: “{text}” is geen hoeveelheid.",
    "delivery_no_mki": "Cel {cell}: “{text}” is geen MKI.",
    "delivery_no_date": "Cel {cell}: “{text}” is geen datum. Schrijf bijvoorbeeld 31-5-2027.",
    "delivery_no_unit": "Cel {cell}: “{text}” is geen eenheid. Kies ton, m², m³, m of stuks.",
    "delivery_no_faulty": "Cel {cell}: “{text}” is geen ja of nee.",
    "delivery_no_accepted": "Cel {cell}: “{text}” is geen ja of nee.",
}
