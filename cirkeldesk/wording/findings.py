"""The Dutch sentences of findings, by key. B1, u-form: what, where, what now."""

from __future__ import annotations

from collections.abc import Mapping

from cirkeldesk.wording.contract_findings import CONTRACT_FINDINGS
from cirkeldesk.wording.passport.findings import PASSPORT_FINDINGS

FINDINGS: Mapping[str, str] = {
    # the two dates of a letter
    "standstill_promised": "De aanbestedingsstukken beloven een opschortende termijn.",
    "standstill_no_procedure": "Kies eerst de procedure. Dan volgt of een opschortende termijn verplicht is.",
    "standstill_call_off": "Bij een opdracht onder een raamovereenkomst of dynamisch aankoopsysteem is "
    "een opschortende termijn niet verplicht (artikel 2.127 lid 4 Aanbestedingswet 2012).",
    "standstill_not_announced": "De opschortende termijn van de wet geldt voor Europese aanbestedingen. "
    "De stukken beloven hem hier niet. Er is dus geen opschortende termijn (artikel 2.127 lid 4 Aanbestedingswet 2012).",
    "standstill_ask_promise": "De opschortende termijn van de wet geldt voor Europese aanbestedingen. "
    "Hier geldt hij alleen als de stukken hem beloven. Kies dat bij Gegevens (artikel 2.127 lid 4 Aanbestedingswet 2012).",
    "standstill_one_bidder": "Er is één inschrijver. Een opschortende termijn is dan niet verplicht "
    "(artikel 2.127 lid 4 Aanbestedingswet 2012).",
    "standstill_candidates": "Er is één inschrijver. Een opschortende termijn is dan alleen verplicht "
    "als er nog gegadigden zijn (artikel 2.127 lid 4 Aanbestedingswet 2012).",
    "standstill_owed": "Een opschortende termijn van ten minste 20 dagen is verplicht (artikel 2.127 "
    "Aanbestedingswet 2012).",
    # what is missing
    "mki_empty": "MKI per {per} ontbreekt bij {post}. Vul de MKI in of kies Vervalt.",
    "work_mki_empty": "De MKI voor het hele werk ontbreekt. Vul haar in op de regel MKI hele werk.",
    "not_in_mki": "Deze post telt niet mee in de MKI.",
    "evidence_empty": "De bron van de cijfers ontbreekt. Vul haar in bij Onderbouwing.",
    "post_lapses": "{post} vervalt in deze inschrijving. Beoordeel of dat mag.",
    "missing_analysis_period": "De beschouwingsperiode ontbreekt. Vul haar in bij Uitvraag.",
    "missing_life": "De levensduur ontbreekt. Vul haar in bij de post of bij de variant.",
    "missing_replacement_rule": "De vervangingsregel is nog niet gekozen. Kies haar bij Uitvraag.",
    "missing_property": "Bij {post} ontbreekt: {properties}. Vul dit in bij Uitvraag.",
    "missing_functional_quantity": "De hoeveelheid van het werk, zoals de oppervlakte, ontbreekt. Vul "
    "haar in bij Uitvraag.",
    "missing_modules": "Niet opgegeven: levensfase {modules}. Vraag de leverancier erom of stel een "
    "vaste waarde in.",
    "missing_indicators": "Niet opgegeven: {indicators}. De MKI is daarom niet te berekenen.",
    "no_unit": "Bij {indicators} staat geen eenheid of een eenheid die niet past. Die waarden tellen "
    "niet mee.",
    "posts_missing": "{missing} van {posts} posten {missing_verb} MKI.",
    "no_posts": "Er zijn nog geen posten. Voeg een post toe bij Uitvraag.",
    "lapses": "Deze post vervalt in deze variant.",
    "price_empty": "Er is nog geen prijs ingevuld.",
    "price_sealed": "De prijs is dicht tot {until}.",
    "mass_unknown": "De massa is niet bekend, omdat een hoeveelheid ontbreekt.",
    "composition_empty": "Er is geen samenstelling opgegeven.",
    "biobased_two_bases": "Het biobased aandeel is op verschillende grondslagen opgegeven en niet op te tellen.",
    "gwp_uplifted": "In de CO₂-uitstoot zit de toeslag van 30 % van datacategorie 3.",
    "density_unusual": "Bij {post} is de dichtheid {given} ton/m³; voor {mix} is {low} tot {high} gebruikelijk. Vraag de "
    "dichtheid per mengsel.",
    "gwp_not_declared": "De CO₂-uitstoot is niet opgegeven.",
    "no_offered_mki": "Er is geen MKI aangeboden; het totaal is onze eigen berekening.",
    "no_profile_for_check": "Voor een rekencontrole is van elke post een volledige milieuverklaring nodig.",
    "d_not_asked": "Levensfase D telt niet mee in deze uitvraag.",
    "mki_undivided": "De MKI is opgegeven als één totaal, niet per levensfase.",
    "work_total": "De MKI is opgegeven voor het hele werk, niet per post.",
    "nothing_undivided": "De hele MKI is per levensfase bekend.",
    "not_ranked": "Deze variant is nog niet te vergelijken en krijgt geen plaats.",
    "open_question": "{product}: beantwoord eerst de open vraag bij Producten.",
    "declared_unit_unknown": "De eenheid “{unit}” van de verklaring kennen wij niet. Vul de eenheid in "
    "bij Producten.",
    "no_reference": "Er is geen nulvariant om mee te vergelijken.",
    "is_reference": "Hiermee worden de andere varianten vergeleken.",
    "reference_unknown": "De variant om mee te vergelijken heeft zelf geen volledige MKI.",
    "base_not_positive": "Een percentage van nul of minder zegt niets.",
    # another basis
    "other_set": "Gebruikt weegset {has}, de uitvraag vraagt {asked}. Deze MKI's zijn niet te "
    "vergelijken. Vraag om {asked}.",
    "set_unknown": "De inschrijver noemt geen weegset. Vraag ernaar of laat staan: onbekend.",
    "modules_unknown": "De inschrijver noemt niet welke levensfasen meetellen. Kies de levensfasen of "
    "laat staan: onbekend.",
    "fewer_modules": "De opgegeven MKI mist levensfase {modules}. Vraag om een MKI over alle gevraagde "
    "levensfasen.",
    "wider_total": "De opgegeven MKI bevat ook levensfase {modules}, en is niet uitgesplitst. Vraag om "
    "een uitsplitsing.",
    "other_rules": "Volgt “{has}”, de uitvraag vraagt “{asked}”. Deze MKI's zijn niet te vergelijken.",
    "differing_rules": "Volgt “{has}”, andere volgen “{others}”. De uitvraag noemt geen rekenregels. "
    "Deze MKI's zijn daarom niet te vergelijken. Leg vast welke regels de stukken vragen.",
    "clarify_first": "Vraag eerst één keer om opheldering van wat op de sluitingsdatum al vaststond, bij allen "
    "gelijk. Beoordeel daarna.",
    "equivalent_to_judge": "Volgt “{has}”. De inschrijver zegt te bewijzen dat dit gelijkwaardig is ({where}). "
    "Beoordeel dat bewijs bij Onderbouwing.",
    "equivalent_rules": "Volgt “{has}”. Het bewijs dat dit gelijkwaardig is, is aanvaard ({where}).",
    "unknown_rules": "Niet bekend is welke rekenregels deze MKI volgt. Vraag er één keer naar, bij allen "
    "gelijk.",
    "other_background": "Gebruikt achtergronddatabase “{has}”, de uitvraag vraagt “{asked}”. Deze MKI's zijn "
    "niet te vergelijken.",
    "differing_background": "Gebruikt achtergronddatabase “{has}”, andere gebruiken “{others}”. Het verschil "
    "in MKI kan daardoor komen.",
    "unknown_background": "Niet bekend is welke achtergronddatabase is gebruikt. Vraag er één keer naar, bij "
    "allen gelijk.",
    "differing_method": "Gerekend met “{has}”, andere met “{others}”. Dat zijn andere rekenwijzen voor "
    "milieueffecten; het verschil in MKI kan daardoor komen.",
    "unknown_method": "Niet bekend is met welke versie van de rekenwijze (EF 3.0 of EF 3.1) is gerekend. "
    "Vraag er één keer naar, bij allen gelijk.",
    "other_tool": "Gemaakt met “{has}”, de uitvraag staat toe: {asked}. Beoordeel of dat mag.",
    "differing_tool": "Gemaakt met “{has}”, andere met “{others}”. Beoordeel of dat de MKI beïnvloedt.",
    "unknown_tool": "Niet bekend is met welk rekeninstrument deze MKI is gemaakt. Vraag er één keer naar, "
    "bij allen gelijk.",
    "differing_category": "Datacategorie {has}, andere hebben {others}. De gegevens zijn dus niet even "
    "zeker.",
    "unknown_category": "De datacategorie van deze MKI is niet bekend. Vraag er één keer naar, bij allen "
    "gelijk.",
    "released_differs": "Het oude materiaal is bij elke variant hetzelfde, maar de MKI ervan verschilt. Kies "
    "overal hetzelfde product.",
    "validity_unknown": "Niet bekend is tot wanneer de onderbouwing geldt. Zij moet gelden op de peildatum "
    "({date}).",
    "scope_ambiguous": "Levensfase D is gevraagd, maar telt niet mee. Niet bekend is of D in dit ene bedrag "
    "zit. Kies bij Zo opgegeven welke levensfasen het bedrag bevat.",
    "total_is_no_life": "Dit bedrag is gelijk aan A1-A3 + D van de milieuverklaring: het “Totaal” van een "
    "asfaltverklaring. Dat is geen hele levensduur: {modules} {missing_modules_verb}.",
    "work_and_posts": "Er is een MKI voor het hele werk én een MKI per post opgegeven. Die van het hele werk "
    "is {work_total}, de posten tellen op tot {posts_total}. Laat er één staan.",
    "work_beside_posts": "Er is een MKI voor het hele werk én een MKI per post opgegeven. Niet bekend is welke "
    "geldt. Laat er één staan.",
    "climate_parts": "De drie delen van klimaat tellen niet op tot het totaal (levensfase {modules}). Wij "
    "tellen de delen.",
    "rules_to_choose": "De inschrijving loopt tot na {date}. Vanaf dan geldt ook {rules}, met weegset {set}. Kies "
    "bij Uitvraag welke rekenregels u vraagt.",
    "newer_rules": "Vanaf {date} geldt ook {rules}, met weegset {set}. Deze uitvraag vraagt de oudere regels.",
    "rules_and_set": "Bij {rules} hoort weegset {set}. Deze uitvraag vraagt een andere weegset.",
    "fixed_unverified": "De vaste waarden voor {modules} komen uit een bron die niet is geverifieerd. Controleer ze "
    "voordat u publiceert.",
    "foreign_set": "De weegset heet {name}, maar is een andere dan die bij dit programma hoort. Anders zijn "
    "{count} gewichten: {unlike}.",
    "foreign_claims": "De weegset {name} noemt gewichten bevestigd waarvoor wij geen bron hebben: {indicators}.",
    "foreign_group": "De productgroep {name} is een andere dan die bij dit programma hoort. Anders zijn: {parts}.",
    "zero_weights": "In de weegset is het gewicht nul van {indicators}. Die milieueffecten tellen dus niet mee.",
    "set_unusable": "De weegset heeft geen gewichten om mee te rekenen. Kies een andere bij Uitvraag.",
    "share_impossible": "Het aandeel van {names} ligt niet tussen 0 en 100 %. Verbeter de samenstelling.",
    "shares_unknown": "De aandelen van de grondstoffen kunnen niet. Verbeter de samenstelling.",
    "fixed_on_some_posts": "Vaste waarden gelden hier voor een deel van de posten. Een MKI voor het "
    "hele werk is dan niet te splitsen.",
    "fixed_overlap": "De vaste waarden {modules} overlappen elkaar. Verbeter ze bij Uitvraag.",
    "tar_total_with_d": "Teerhoudend asfalt krijgt geen opbrengst in D. Vraag om een uitsplitsing.",
    "d_in_replacements": "Vervanging is al verwerkt; hoeveel daarvan D is, is niet opgegeven.",
    "replacement_unknown": "Niet bekend is of vervanging al is verwerkt. Kies ja of nee bij Zo opgegeven.",
    "replacement_not_asked": "In de MKI is vervanging verwerkt, maar de uitvraag vraagt een MKI zonder "
    "vervanging.",
    "work_without_replacement": "De MKI voor het hele werk is zonder vervanging opgegeven. Wij kunnen "
    "haar niet omrekenen.",
    "total_cannot_be_scaled": "Een MKI als één totaal is niet om te rekenen naar de "
    "beschouwingsperiode. Vraag om een uitsplitsing.",
    "category_unknown": "De toeslag is nog niet verwerkt en de datacategorie ontbreekt. Vul de "
    "datacategorie in.",
    "uplift_on_total_with_d": "De toeslag is niet te berekenen over één totaal met D. Vraag om een "
    "uitsplitsing.",
    "mixed_sources": "Bij deze inschrijving staan aangeboden MKI's en eigen berekeningen door elkaar. "
    "Vul overal de aangeboden MKI in.",
    "reuse_on_aggregate": "De verklaring voegt levensfasen samen, zodat de hergebruikfactor niet toe te "
    "passen is.",
    "not_equal": "Niet gelijkwaardig{reason}. Deze variant krijgt geen plaats.",
    "orienting": "De verklaring volgt alleen EN 15804. De uitkomst is oriënterend en niet geschikt om "
    "op te gunnen.",
    "orienting_among_others": "De verklaring volgt alleen EN 15804 en is niet te vergelijken met de "
    "andere varianten.",
    # work left or good to know
    "equality_open": "Nog niet beoordeeld of deze variant gelijkwaardig is.",
    "price_lines_differ": "De posten tellen op tot {lines}, de inschrijfsom is {price}. Wij passen "
    "niets aan.",
    "provisional_changed": "Het bedrag van de stelpost is gewijzigd; de uitvraag noemt {amount}.",
    "own_quantity": "Deze variant heeft een eigen hoeveelheid, maar de uitvraag staat dat niet toe.",
    "no_size_is_enough": "Er is {least} {unit} nodig. Zo'n maat wordt van dit product niet gemaakt, of "
    "de maten zijn niet bekend.",
    "below_limit": "{given} {unit} is minder dan nodig ({least} {unit}). Deze variant is {words}.",
    "reuse_on_own_declaration": "De verklaring gaat al over het hergebruikte product. De "
    "hergebruikfactor telt daarom niet mee.",
    "reuse_on_offered": "De hergebruikfactor geldt niet voor een opgegeven MKI; die telt zoals opgegeven.",
    "remaining_life_empty": "De resterende levensduur van het hergebruikte product ontbreekt bij {post}.",
    "evidence_expired": "De onderbouwing was verlopen op de peildatum.",
    "declaration_expired": "De milieuverklaring van {product} was verlopen op de peildatum (geldig tot "
    "{until}).",
    "category_not_allowed": "Datacategorie {category} is in deze uitvraag niet toegestaan.",
    "composition_exceeds": "De grondstoffen tellen op tot {total}. Dat is meer dan 100 %. Verbeter de "
    "samenstelling.",
    "granulate_twice": "Let op: granulaat telt mogelijk dubbel, als opbrengst in D en als grondstof in "
    "het mengsel.",
    # the award: what a bid misses, and what proposes to judge it invalid
    "mki_unknown": "De MKI van deze inschrijving is niet bekend.",
    "mki_not_comparable": "De MKI staat op een andere basis dan gevraagd en is niet te vergelijken.",
    "mki_orienting": "De MKI volgt alleen EN 15804. Daarop mag u niet gunnen, tenzij een herrekening of bewijs "
    "van gelijkwaardigheid bij de inschrijving zat.",
    "bid_invalid": "Niet berekend: de inschrijving is ongeldig.",
    "bid_withdrawn": "Niet berekend: de inschrijving is ingetrokken.",
    "own_sum_not_prescribed": "Er is geen aangeboden MKI. Op een eigen berekening gunnen mag alleen als "
    "de stukken dat voorschrijven.",
    "own_sum_unconfirmed": "De stukken schrijven een eigen berekening voor, maar de gewichten van de "
    "weegset zijn nog niet bevestigd.",
    "own_sum_missing": "De eigen berekening is niet te maken. Van elke post is een volledige "
    "milieuverklaring nodig.",
    "costs_empty": "De latere kosten ontbreken. Vul ze in bij Varianten, of 0.",
    "score_empty": "De score voor {criterion} ontbreekt.",
    "ladder_empty": "De trede van de CO₂-Prestatieladder ontbreekt. Vul haar in bij Varianten, of 0.",
    "negative_mki_rule": "De MKI is negatief, en de methode zegt niet hoe die meetelt.",
    "price_not_positive": "De prijs is nul of lager. Daarmee is deze methode niet te berekenen.",
    "above_ceiling": "De MKI is € {mki} MKI. Dat is hoger dan het MKI-plafond van € {ceiling} MKI.",
    "price_outside": "De prijs ligt buiten de grenzen (€ {bound_low} tot € {bound_high}).",
    "unusually_low": "De prijs is opvallend laag: de volgende is {next}. Hoor de inschrijver; wij laten "
    "niets vanzelf afvallen.",
    "near_ceiling": "De MKI ligt binnen 1 % van het MKI-plafond van € {ceiling} MKI.",
    "costs_beyond": "Kosten na jaar {horizon} tellen niet mee.",
    # the award: about the outcome
    "award_practice": "Dit is een oefenkopie met verzonnen inschrijvingen.",
    "award_not_locked": "De methode staat nog niet op slot. De rangorde is voorlopig.",
    "award_not_opened": "De inschrijvingen zijn nog niet geopend. De rangorde is voorlopig.",
    "award_locked_late": "De methode en de uitvraag zijn pas na de sluiting ingevoerd en op slot gezet.",
    "award_undecided": "Nog te beoordelen: {count} {bids}.",
    "award_incomplete": "Geldig, maar niet te berekenen: {names}. Er is daarom nog geen winnaar.",
    "award_tied": "{names} staan gelijk op nummer 1. De regel bij gelijke stand beslist nog niet.",
    "award_tied_no_rule": "{names} staan gelijk op nummer 1, en de stukken noemen geen regel bij "
    "gelijke stand.",
    "relative_method": "Deze methode is relatief: valt een inschrijver af, dan kan de rangorde van de "
    "anderen omkeren.",
    "log_method": "De punten voor prijs hangen af van de laagste inschrijving. Valt die af, dan krijgen alle "
    "anderen evenveel meer punten; hun volgorde blijft gelijk.",
    "reveals_lowest_price": "Bij deze methode kan elke inschrijver uit zijn eigen punten de laagste "
    "inschrijfsom uitrekenen, ook die van een ander. Weet dit voordat u publiceert.",
    "reversal": "Valt {without} af, dan wordt {winner} nummer 1.",
    "award_own_sum": "Gegund wordt op onze eigen MKI-berekening ({document}); de gewichten zijn "
    "bevestigd door {person}.",
    "award_entry_corrected": "De methode is {count} keer gecorrigeerd (correctie van invoer).",
    # the award: before the lock
    "method_empty": "U hebt nog geen gunningsmethode gekozen.",
    "rule_empty": "Vul in of kies: {rule}.",
    "bounds_swapped_mki": "De ondergrens ({bound_low}) moet lager zijn dan de bovengrens "
    "({bound_high}). Wissel de getallen om.",
    "bounds_swapped_price": "De laagste prijs (€ {bound_low}) moet lager zijn dan de hoogste (€ "
    "{bound_high}). Wissel de getallen om.",
    "lock_motivation": "Gunnen op alleen prijs of kosten vraagt een motivering. Schrijf op waarom.",
    "criterion_without_maximum": "Een criterium heeft nog geen kwaliteitswaarde. Vul bij elk criterium "
    "een bedrag in.",
    "no_tie_rule": "Er is nog geen regel bij gelijke stand. Zonder regel blijft een gelijke stand open.",
    "weights_do_not_sum": "De gewichten tellen op tot {weights}, niet tot 100.",
    "mki_without_rules": "Niet duidelijk is wat de MKI omvat: de rekenregels en hun versie ontbreken. "
    "Vul ze in bij Uitvraag.",
    "mki_without_replacement": "Niet duidelijk is wat de MKI omvat. Kies of vervanging al is verwerkt.",
    "no_reference_date": "De peildatum ontbreekt. Op die dag moet de onderbouwing van een MKI geldig zijn.",
    "d_asked_not_counted": "U vraagt levensfase D, maar D telt niet mee. Vraag de MKI per levensfase, of vraag "
    "A–C, zodat elke inschrijver weet wat telt.",
    "no_deadline": "De datum waarop de inschrijving sluit, ontbreekt.",
    "ceiling_nobody": "Het plafond sluit geen van de {count} bekende ontwerpen uit. Controleer of het "
    "lager moet zijn.",
    "ceiling_nearly_all": "Het plafond sluit {above} van de {count} bekende ontwerpen uit. Controleer "
    "of er genoeg inschrijvers overblijven.",
    "lower_unreachable": "De ondergrens ligt meer dan 30 % onder de nulvariant ({reference}). Die haalt "
    "bijna niemand.",
    "upper_too_low": "Alle bekende ontwerpen liggen op of boven de bovengrens (het laagste is "
    "{reference}). Niemand krijgt dan korting.",
    "lower_too_high": "Alle bekende ontwerpen liggen op of onder de ondergrens (het hoogste is "
    "{reference}). Iedereen krijgt dan alles.",
    "mki_decides_nothing": "Alle inschrijvingen krijgen evenveel voor hun MKI. De MKI maakt in deze rangorde geen "
    "verschil.",
    "discount_never": "De hoogste korting is minder dan 1 % van de raming ({estimate}). De MKI beslist "
    "dan bijna nooit.",
    "discount_always": "De hoogste korting is meer dan 30 % van de raming ({estimate}). De MKI beslist "
    "dan bijna altijd.",
    # conclusions
    "conclusion_price": "{name} heeft de laagste inschrijfsom. Deze aanbesteding vraagt geen MKI.",
    "conclusion_no_price": "Nog geen conclusie: er is nog geen inschrijfsom. Deze aanbesteding vraagt geen MKI.",
    "conclusion_too_few": "Er zijn twee ingevulde varianten nodig. U hebt er {count}.",
    "conclusion_waiting": "Nog geen conclusie: {name} {waiting}.",
    "conclusion_none_comparable": "Nog geen conclusie: geen enkele variant is te vergelijken.",
    "conclusion_alone": "Alleen van {name} is de MKI te vergelijken: {total}{percent}. {counts}",
    "conclusion_lowest_known": "Van wat te vergelijken is, heeft {name} de laagste MKI: {total}{percent}. {counts}",
    "conclusion_tie_known": "Van wat te vergelijken is, hebben {name} een gelijke, laagste MKI: {total}{percent}. "
    "{counts}",
    "conclusion_lowest": "{name} heeft de laagste MKI: {total}{percent}. {counts}",
    "conclusion_tie": "{name} hebben een gelijke, laagste MKI: {total}{percent}. {counts}",
    **CONTRACT_FINDINGS,
    **PASSPORT_FINDINGS,
}
