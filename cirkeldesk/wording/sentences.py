"""Dutch sentences by key: findings, reasons, conclusions, errors and step names. B1, u-form: what, where,
what now.

Parameters are turned into text here by their name, so that the model and the store carry values only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cirkeldesk.model.messages import Message, Problem, State
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.wording import numbers, terms

Param = str | float | int | None

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
    "above_ceiling": "De MKI {mki} is hoger dan het plafond {ceiling}.",
    "price_outside": "De prijs ligt buiten de grenzen (€ {bound_low} tot € {bound_high}).",
    "unusually_low": "De prijs is opvallend laag: de volgende is {next}. Hoor de inschrijver; wij laten "
    "niets vanzelf afvallen.",
    "near_ceiling": "De MKI ligt binnen 1 % van het plafond {ceiling}.",
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
    "Vul ze in onder Meer.",
    "mki_without_replacement": "Niet duidelijk is wat de MKI omvat. Kies of vervanging al is verwerkt.",
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
    "discount_never": "De hoogste korting is minder dan 1 % van de raming ({estimate}). De MKI beslist "
    "dan bijna nooit.",
    "discount_always": "De hoogste korting is meer dan 30 % van de raming ({estimate}). De MKI beslist "
    "dan bijna altijd.",
    # conclusions
    "conclusion_too_few": "Er zijn twee ingevulde varianten nodig. U hebt er {count}.",
    "conclusion_waiting": "Nog geen conclusie: {name} {waiting}.",
    "conclusion_none_comparable": "Nog geen conclusie: geen enkele variant is te vergelijken.",
    "conclusion_lowest": "{name} heeft de laagste MKI: {total}{percent}. {counts}",
    "conclusion_tie": "{name} hebben een gelijke, laagste MKI: {total}{percent}. {counts}",
}

ERRORS: Mapping[str, str] = {
    "calendar_no_header": "In {file} vinden wij geen kopregel van een kalender. Er is ten minste een "
    "kolom met een nummer of "
    "een omschrijving nodig, en nog twee kolommen die wij herkennen.",
    # papers
    "final_practice": "Een oefenkopie kan niet definitief worden. Maak het advies van de echte "
    "aanbesteding definitief.",
    "final_sealed": "De prijzen zijn nog dicht. Maak het advies definitief na de opening.",
    "final_changes": "Een definitief advies legt vast wat er staat en verandert niets. Er is niets "
    "gewijzigd.",
    "final_flag": "In “{section}” is een cijfer gewijzigd. Kies daar eerst Bijwerken of Zo laten. "
    "Daarna kan het advies definitief.",
    "final_same": "Versie {number} is al definitief en er is niets gewijzigd.",
    "letters_no_winner": "Er is nog geen winnaar. Maak eerst de gunning af bij stap 4.",
    "letters_no_version": "Maak eerst het advies definitief met de knop hierboven. De brieven volgen "
    "uit die versie.",
    "letters_outdated": "Versie {number} is verouderd. Maak eerst een nieuwe versie. De brieven volgen "
    "uit de nieuwste versie.",
    "letters_no_sender": "Vul eerst bij Instellingen de organisatie in. Zij is de afzender van de brieven.",
    "letters_standstill": "Kies eerst bij Gegevens de procedure, en of de stukken een opschortende "
    "termijn beloven. Dan kloppen de termijnen in de brief.",
    "letters_no_words": "Schrijf eerst bij Gegevens de kenmerken en voordelen van de winnaar op. De wet "
    "vraagt ze in elke afwijzing.",
    "letters_too_early": "De brieven kunnen niet verzonden zijn voordat het advies definitief was. Kies "
    "een latere dag.",
    "version_unsound": "De bestanden van deze versie ontbreken of kloppen niet. Er is niets gewijzigd.",
    "letters_practice": "Een oefenkopie heeft geen brieven. Maak de brieven van de echte aanbesteding.",
    "letters_before_opening": "Dit stuk kan pas na de opening. Open eerst de inschrijvingen bij stap 4.",
    "leak": "In {place} staat “{text}” van {owner}. Dat mag niet naar buiten. Pas de tekst aan en "
    "probeer opnieuw.",
    "not_a_date": "“{value}” is geen datum. Schrijf bijvoorbeeld 22-11-2026.",
    "logo_unreadable": "Wij kunnen {file} niet als beeld lezen. Kies een PNG of JPEG van hoogstens 5 MB.",
    "bad_colour": "“{value}” is geen kleur. Schrijf zes tekens na een hekje, bijvoorbeeld #0A5A9C.",
    "too_many_days": "“{value}” is geen aantal dagen. Schrijf een heel getal van 1 tot 365.",
    # documents
    "not_an_object": "Wij kunnen {file} niet lezen. Op {place} verwachten wij een groep velden. Er is "
    "niets gewijzigd.",
    "not_a_list": "Wij kunnen {file} niet lezen. Op {place} verwachten wij een lijst. Er is niets gewijzigd.",
    "not_a_choice": "{place} in {file}: “{value}” kan niet. Kies uit: {choices}. Er is niets gewijzigd.",
    "not_a_number": "{place} in {file}: “{value}” is geen getal. Er is niets gewijzigd.",
    "not_money": '{place} in {file}: “{value}” is geen bedrag. Schrijf een tekst als "1234.50". Er is '
    "niets gewijzigd.",
    "no_such_module": "{place} in {file}: levensfase {value} kennen wij niet. Er is niets gewijzigd.",
    "too_large": "{place} in {file}: {value} is te groot. Er is niets gewijzigd.",
    "not_positive": "{place} in {file}: {value} kan niet. Geef een getal groter dan nul. Er is niets "
    "gewijzigd.",
    "not_cents": "{place} in {file}: {value} heeft meer dan twee decimalen. Er is niets gewijzigd.",
    "total_or_split": "{place} in {file}: geef één totaal of een uitsplitsing, niet beide. Er is niets "
    "gewijzigd.",
    "not_text": "{place} in {file}: “{value}” is geen tekst. Er is niets gewijzigd.",
    "not_empty": "{place} in {file} mag niet leeg zijn. Er is niets gewijzigd.",
    "unknown_field": "{file} heeft een veld dat wij niet kennen: {field} (bij {place}). Er is niets "
    "gewijzigd.",
    "missing_field": "In {file} ontbreekt het veld {field} (bij {place}). Er is niets gewijzigd.",
    "unknown_schema": "{file} noemt geen schema dat wij kennen. Er is niets gewijzigd.",
    "newer_schema": "{file} is gemaakt met een nieuwere CirkelDesk. Werk dit programma bij. Er is niets "
    "gewijzigd.",
    "other_kind": "{file} is geen aanbesteding. Er is niets gewijzigd.",
    "bad_reference": "{file} verwijst naar iets dat er niet is: {field}. Er is niets gewijzigd.",
    # files
    "file_missing": "Wij kunnen {file} niet vinden. Controleer de naam en de map.",
    "file_empty": "{file} is leeg. Er is niets gewijzigd.",
    "file_unreadable": "Wij kunnen {file} niet openen. Controleer of u het bestand mag lezen.",
    "file_too_large": "{file} is te groot om te lezen. Er is niets gewijzigd.",
    "file_unknown": "Wij herkennen {file} niet. Wij lezen milieuverklaringen (ILCD-XML en -zip, "
    "soda4LCA, openEPD), tabellen (Excel, CSV), inschrijfformulieren en dossiers. Er is niets gewijzigd.",
    "file_binary": "{file} is geen tekst en geen bestand dat wij kennen. Er is niets gewijzigd.",
    "file_pdf": "{file} is een PDF. Wij lezen daar geen cijfers uit. Voer de waarden met de hand in bij "
    "Producten en bewaar de PDF daar als bewijs.",
    "file_simapro": "{file} is een procesbestand van SimaPro. Daarin staan geen uitkomsten per "
    "levensfase. Exporteer in SimaPro de tabel van het venster Analyse naar Excel en lees die in.",
    "file_ec3": "{file} komt uit EC3 en noemt alleen één CO₂-getal. Vraag de leverancier om openEPD of "
    "om de milieuverklaring zelf. Er is niets gewijzigd.",
    "file_lcax": "{file} is een LCAx-bestand. Daarin ontbreekt voor welke hoeveelheid de waarden "
    "gelden. Vraag om het oorspronkelijke bestand. Er is niets gewijzigd.",
    "file_web_page": "{file} is een webpagina, geen milieuverklaring. Haal het bestand zelf op. Er is "
    "niets gewijzigd.",
    "file_old_excel": "{file} is een oud Excel-bestand of is beveiligd met een wachtwoord. Vraag een "
    "gewoon .xlsx-bestand zonder wachtwoord. Er is niets gewijzigd.",
    "file_office": "{file} is een bestand van {program}. Wij lezen daar geen cijfers uit. Er is niets "
    "gewijzigd.",
    "xml_broken": "{file} is geen geldige XML (regel {line}). Er is niets gewijzigd.",
    "xml_unsafe": "{file} bevat XML die naar iets anders verwijst (DTD of entiteit). Dat lezen wij "
    "niet. Er is niets gewijzigd.",
    "xml_too_deep": "{file} is te groot of te diep genest voor een milieuverklaring. Er is niets gewijzigd.",
    "xml_flow_alone": "{file} hoort bij een milieuverklaring en noemt haar eenheid. Lees het samen met "
    "die verklaring in.",
    "zip_broken": "{file} is een beschadigd zip-bestand. Er is niets gewijzigd.",
    "zip_password": "{file} is beveiligd met een wachtwoord. Vraag een versie zonder wachtwoord. Er is "
    "niets gewijzigd.",
    "zip_outside": "{file} bevat een bestand dat buiten de map wil schrijven ({member}). Wij lezen het "
    "niet. Er is niets gewijzigd.",
    "zip_double": "{file} bevat {member} twee keer. Er is niets gewijzigd.",
    "zip_nested": "{file} bevat een ander zip-bestand ({member}). Pak het uit en lees de bestanden zelf "
    "in. Er is niets gewijzigd.",
    "zip_too_large": "{file} pakt uit tot een te groot bestand. Wij lezen het niet. Er is niets gewijzigd.",
    "zip_no_process": "In {file} staat geen milieuverklaring die wij kennen. Er is niets gewijzigd.",
    "workbook_broken": "Wij kunnen het Excel-bestand {file} niet lezen. Open het in Excel, sla het "
    "opnieuw op en probeer het nog eens.",
    "cell_too_long": "In {file} staat een cel met te veel tekst. Er is niets gewijzigd.",
    "csv_ragged": "In {file} heeft rij {row} een ander aantal cellen dan de kop. Waarden kunnen "
    "verschoven zijn. Er is niets gewijzigd.",
    "table_sheet": "In {file} ontbreekt het blad {sheet}. Er is niets gewijzigd.",
    "table_unknown": "In {file} herkennen wij geen tabel met milieueffecten en levensfasen. Zeg met "
    "Tabel indelen wat er staat. Er is niets gewijzigd.",
    "table_ask_set": "{file}: {names} kan bij set A1 en bij set A2 horen. Kies de set met Tabel "
    "indelen. Er is niets gewijzigd.",
    "table_ask_decimal": "{file}: niet duidelijk is of een komma of een punt de decimalen scheidt. Kies "
    "dat met Tabel indelen. Er is niets gewijzigd.",
    "table_ask_columns": "{file}: wij weten niet wat er in kolom {columns} staat. Zeg dat met Tabel "
    "indelen. Er is niets gewijzigd.",
    "table_section": "{file}: op rij {row} staat “{text}” alleen. Is dat een ander product, zet het dan "
    "in een eigen tabel. Anders: Tabel indelen. Er is niets gewijzigd.",
    "table_two_sets": "In {file} begint op rij {row} een andere set (“{text}”). Zet elke set in een "
    "eigen tabel. Er is niets gewijzigd.",
    "table_sheets": "In {file} hebben tabellen op meer bladen dezelfde productnaam. Zet één product in "
    "één tabel. Er is niets gewijzigd.",
    "table_second": "In {file} begint op rij {row} een tweede tabel. Zet elke tabel op een eigen blad "
    "of in een eigen bestand. Er is niets gewijzigd.",
    "columns_passed_over": "{where}: niet gelezen zijn de kolommen {columns}.",
    "file_stopped": "{where}: gestopt na {done} van {of} verklaringen. Lees het bestand opnieuw in voor "
    "de rest.",
    "file_tried": "{where}: {count} verklaringen gelezen. Er is niets bewaard.",
    "busy_reading": "Er wordt al ingelezen. Wacht tot dat klaar is of kies Stoppen.",
    "table_bad_mapping": "De indeling van {file} klopt niet: {problem}. Er is niets gewijzigd.",
    "no_values": "{where}: er staat geen enkele waarde in. Deze verklaring is niet ingelezen.",
    "unit_in_flow": "{where}: eenheid en hoeveelheid staan in een ander bestand ({flow}.xml). Lees dat "
    "mee in, lees de zip, of beantwoord de vraag.",
    "flow_version": "{where}: het bestand met de eenheid is een andere versie dan de verklaring noemt. "
    "Controleer de eenheid.",
    "unit_missing": "{where}: de eenheid waarvoor de waarden gelden, staat er niet in.",
    "amounts_differ": "{where}: het bestand noemt twee verschillende hoeveelheden. Kies welke geldt.",
    "other_set_declared": "{where}: volgens het bestand geldt set {declared}, maar de waarden horen bij "
    "set {has}. Controleer de verklaring.",
    "method_not_used": "{where}: waarden volgens {methods} horen niet bij set A2. Wij bewaren ze, maar "
    "ze tellen niet mee.",
    "text_numbers": "{where}: {count} getallen stonden als tekst in de tabel. Wij hebben ze als getal "
    "gelezen.",
    "unknown_indicator": "{where}: {names} kennen wij niet. Die waarden bewaren wij, maar ze tellen "
    "niet mee.",
    "unknown_module": "{where}: levensfase {names} kennen wij niet. Die waarden bewaren wij, maar ze "
    "tellen niet mee.",
    "wrong_unit": "{where}: “{unit}” is geen eenheid van {indicator}. Die waarde telt niet mee.",
    # bid forms: the place stands in front
    "form_sheet_missing": "het blad {sheet} ontbreekt.",
    "form_extra_sheet": "het blad {sheet} hoort niet bij het formulier.",
    "form_lock_changed": "een vaste cel is gewijzigd. Hier stond “{was}”, nu “{now}”.",
    "form_outside": "hier hoort niets te staan: “{text}”. Vul alleen de gekleurde cellen in.",
    "form_empty": "{label} is leeg. Vul dit in.",
    "form_formula": "{label} is een formule zonder uitkomst. Vul het getal zelf in.",
    "form_choice": "“{text}” kan niet. Kies uit: {choices}.",
    "form_date": "“{text}” is geen datum. Schrijf bijvoorbeeld 31-12-2028.",
    "form_not_a_number": "“{text}” is geen getal. Vul een getal in of laat de cel leeg.",
    "form_not_a_number_required": "“{text}” is geen getal. Vul een getal in.",
    "form_percent": "Excel bewaart dit als percentage; gelezen als {value}.",
    "form_percent_here": "hier hoort een getal, geen percentage ({text} %).",
    "form_negative": "de MKI is negatief ({text}). Controleer of dat klopt.",
    "form_sum_differs": "de posten tellen op tot {of_posts}, de inschrijfsom is {of_bid}. Wij passen "
    "niets aan.",
    "form_comment": "er staat een opmerking bij deze cel: “{text}”. Een voorbehoud hoort niet in het "
    "formulier.",
    "form_changed_since": "{file}: de aanbesteding is intussen gewijzigd. Lees het formulier opnieuw in.",
    "form_by_hand_already": "{file} is al met de hand ingevoerd.",
    "form_no_deadline": "{file}: vul eerst bij Uitvraag in wanneer de inschrijving sluit.",
    "form_two_numbers": "“{text}” kan {one} zijn en {other}. Schrijf het getal zonder punt.",
    "form_text_number": "“{text}” staat er als tekst en is gelezen als {value}.",
    "form_cents": "{text} heeft meer dan twee decimalen. Schrijf een bedrag in hele centen.",
    "form_limits": "{text} valt buiten de grenzen ({low} tot {high}).",
    "form_exceeds": "de grondstoffen van {post} tellen op tot {total} %. Dat is meer dan 100 %.",
    "form_other_tender": "dit formulier hoort bij een andere aanbesteding.",
    "form_other_version": "dit formulier hoort bij een andere versie van de uitvraag. De uitvraag is "
    "daarna gewijzigd.",
    "form_mark_changed": "het kenmerk van het formulier is gewijzigd. Wij weten niet bij welke "
    "aanbesteding het hoort.",
    "form_no_tender": "{file} hoort bij een aanbesteding die niet in dit bestand staat. Er is niets "
    "gewijzigd.",
    "form_not_a_form": "{file} is geen inschrijfformulier. Er is niets gewijzigd.",
    "form_test": "{file}: de inschrijving sluit op {closes}. Dit is een proef; er is niets overgenomen.",
    "form_kept": "{file} is na de sluiting ontvangen en ongewijzigd bewaard (kenmerk {hash}). De "
    "inschrijving zelf is niet afgewezen: verbeter niets, voer haar met de hand in of vraag om verduidelijking.",
    "form_known_bidder": "{file}: {bidder} heeft al een inschrijving ({name}). Kies of deze daarvoor in "
    "de plaats komt.",
    "form_would": "{file}: zonder fouten. Er is nog niets overgenomen.",
    "form_reason": "Noem de reden waarom u deze inschrijving met de hand invoert.",
    "attachment_too_large": "{file} is te groot om te bewaren (meer dan 50 MB).",
    "json_broken": "{file} is geen geldige JSON (regel {line}). Er is niets gewijzigd.",
    "json_double_key": "{file} noemt “{field}” twee keer op dezelfde plek. Er is niets gewijzigd.",
    "csv_double_column": "In {file} staat de kolom {column} twee keer. Er is niets gewijzigd.",
    "csv_broken": "Wij kunnen {file} niet als tabel lezen (regel {line}). Er is niets gewijzigd.",
    "row_misaligned": "{where}: een rij heeft niet evenveel cellen als de kop. Deze verklaring is niet "
    "ingelezen.",
    "mixed_amounts": "{where}: de rijen noemen verschillende hoeveelheden of eenheden. Deze verklaring "
    "is niet ingelezen.",
    "double_value": "{where}: {indicators} staat twee keer met een andere waarde bij dezelfde "
    "levensfase. Die waarden tellen niet mee.",
    "file_ours": "Bij {file} ging iets mis in CirkelDesk. Er is niets gewijzigd. Details staan in het "
    "logboek.",
    "csv_no_rows": "In {file} staan geen rijen met gegevens. Er is niets gewijzigd.",
    "csv_missing_column": "In {file} ontbreekt de kolom {column}. Er is niets gewijzigd.",
    "dossier_broken": "{file} is geen volledig dossier: {part} ontbreekt of klopt niet. Er is niets "
    "gewijzigd.",
    "dossier_conflict": "{number} is hier en in het dossier op dezelfde plek gewijzigd ({count} keer). "
    "Er is niets gewijzigd. Open het dossier in het venster om te kiezen.",
    "dossier_taken": "Nummer {number} is hier al van een andere aanbesteding. Er is niets gewijzigd. "
    "Geef een van beide een ander nummer.",
    "dossier_award": "De gunning van {number} is aan één kant verder. Een dossier kan dat niet "
    "samenvoegen. Er is niets gewijzigd.",
    "dossier_merged": "{number}: {taken} verschillen overgenomen uit het dossier. Wat hier was "
    "gewijzigd, is gebleven.",
    "dossier_ours": "{number} is hier verder gewijzigd dan in het dossier. Er is niets gewijzigd.",
    "no_declared_amount": "{where}: de hoeveelheid waarvoor de waarden gelden, is niet leesbaar. Deze "
    "verklaring is niet ingelezen.",
    "no_uuid": "{where}: er staat geen UUID in. Deze verklaring is niet ingelezen.",
    "no_reference_flow": "{where}: het product waarop de waarden slaan, ontbreekt. Deze verklaring is "
    "niet ingelezen.",
    "not_extended": "{where}: eenheid en hoeveelheid ontbreken. Haal het bestand op met view=extended.",
    "other_values": "{where}: dit product bestaat al met andere waarden ({what}). Het is niet "
    "gewijzigd. Kies welke gelden.",
    "question_scenario": "{where}: kies een scenario voor {modules}. Kies uit: {choices}.",
    "question_unit": "{where}: noem de eenheid waarvoor de waarden gelden, bijvoorbeeld 1 kg.",
    "unreadable_value": "{where}: “{raw}” bij {indicator}, {module} is geen getal. Deze waarde telt "
    "niet mee.",
    "odd_unit": "{where}: de eenheid “{unit}” past niet bij {indicator}. Controleer de verklaring.",
    "odd_size": "{where}: CO₂-uitstoot van {value} kg per kg is ongewoon. Controleer de verklaring.",
    "climate_mismatch": "{where}: klimaat totaal en de som van de drie delen verschillen bij {modules}.",
    "parts_differ": "{where}: A1, A2 en A3 tellen niet op tot A1-A3 bij {indicators}. Wij gebruiken {used}.",
    "unit_differs": "{where}: u noemt {given}, het bestand noemt {file_unit}. Wij houden het bestand aan.",
    "no_toxicity": "{where}: set A1 zonder de vier toxiciteitsrijen. De MKI is daarmee niet volledig.",
    # locks: what may not change, and what is the way
    "lock_remove": "Deze aanbesteding staat op slot en blijft bewaard. Er is niets gewijzigd.",
    "practice_stays": "Een oefenkopie blijft een oefenkopie. Er is niets gewijzigd.",
    "practice_no_lock": "Een oefenkopie kan niet op slot en kan niet worden geopend. Er is niets gewijzigd.",
    "lock_stays": "Het slot op de methode gaat er niet af. Er is niets gewijzigd.",
    "quality_lock_stays": "Het slot op de kwaliteit gaat er niet af. Er is niets gewijzigd.",
    "opened_stays": "De inschrijvingen zijn geopend en blijven dat. Er is niets gewijzigd.",
    "record_stays": "Wat bij de gunning is vastgelegd, blijft staan. Maak zo nodig een nieuwe "
    "vastlegging. Er is niets gewijzigd.",
    "seal_stays": "De prijzen blijven dicht tot {until}. Er is niets gewijzigd.",
    "lock_incomplete": "De methode is nog niet volledig of de grenzen kloppen niet. Er is niets gewijzigd.",
    "lock_motivation": "Gunnen op alleen prijs of kosten vraagt een motivering. Schrijf op waarom. Er "
    "is niets gewijzigd.",
    "lock_future": "De datum van publicatie ligt in de toekomst. Zet de methode op slot op de dag van "
    "publicatie.",
    "lock_document": "Noem het document waaruit u overneemt. Er is niets gewijzigd.",
    "nothing_changed": "Er verandert niets. Er is niets vastgelegd.",
    "locked_nota": "De methode en de uitvraag staan op slot. Tot de sluiting wijzigt u ze met een nota "
    "van inlichtingen. Er is niets gewijzigd.",
    "locked_entry": "De methode en de uitvraag staan op slot. Na de sluiting kan alleen een correctie "
    "van invoer, met document, bladzijde en reden. Er is niets gewijzigd.",
    "second_person": "Een correctie van invoer vraagt een tweede persoon. Noem iemand anders dan uzelf. "
    "Er is niets gewijzigd.",
    "quality_locked": "De kwaliteitsscores staan op slot. Er is niets gewijzigd.",
    "scores_incomplete": "Nog niet elke inschrijving heeft op elk criterium een score. Er is niets "
    "gewijzigd.",
    "open_without_lock": "Zet eerst de methode op slot. Er is niets geopend.",
    "open_too_early": "De prijzen gaan open op {until}. Er is niets geopend.",
    "open_before_deadline": "De inschrijving is nog niet gesloten ({until}). Er is niets geopend.",
    "open_before_quality": "Zet eerst de kwaliteitsscores op slot. Er is niets geopend.",
    "opened_bids": "De inschrijvingen zijn geopend. Er kan geen inschrijving meer bij, af of voor in de "
    "plaats komen. Er is niets gewijzigd.",
    "layer_before_opening": "De inschrijvingen zijn nog niet geopend. Wijzig de waarde zelf. Er is "
    "niets gewijzigd.",
    "opened": "Deze inschrijving is geopend en alleen te lezen. Leg een verbetering vast met document "
    "en reden, één inschrijving tegelijk. Er is niets gewijzigd.",
    "layer_incomplete": "Vul alle vragen over deze verbetering in. Er is niets gewijzigd.",
    "not_signed": "Deze vastlegging staat op een andere naam of een andere tijd dan nu. Er is niets "
    "gewijzigd.",
    "judgement_incomplete": "Noem wie beslist en waarom; bij ongeldig ook het artikel. Er is niets "
    "gewijzigd.",
    "act_before_opening": "Dit kan pas als de inschrijvingen zijn geopend. Er is niets gewijzigd.",
    "bid_sealed": "Deze inschrijving heeft een prijs die dicht is tot {until}, en blijft staan. Hoort "
    "zij er niet, maak dan eerst de prijs leeg. Er is niets gewijzigd.",
    "quality_early": "De inschrijving is nog niet gesloten ({until}). Zet de kwaliteit daarna op slot. "
    "Er is niets gewijzigd.",
    "open_no_bids": "Er zijn geen inschrijvingen om te openen.",
    "lock_late": "De inschrijving is al gesloten. Kies Overnemen uit de stukken, en noem het "
    "gepubliceerde document.",
    "moment_earlier": "Een nota vervroegt geen gepubliceerd moment. Is het verkeerd ingevoerd, kies dan "
    "Correctie van invoer. Er is niets gewijzigd.",
    "score_incomplete": "Een score noemt wie haar gaf en waarom, en past op de schaal. Er is niets "
    "gewijzigd.",
    "equal_reason": "Noem de reden waarom deze inschrijving niet gelijkwaardig is. Er is niets gewijzigd.",
    "bid_received": "Deze inschrijving kwam per formulier en de inschrijving is gesloten. Zij blijft "
    "zoals zij kwam. Er is niets gewijzigd.",
    "draw_wrong": "Een loting kan alleen als de stukken haar noemen, één keer, en tussen inschrijvingen "
    "die gelijk staan. Er is niets gewijzigd.",
    "records_in_document": "{file} brengt een slot, opening of oordeel mee. Dat kan alleen een dossier. "
    "Er is niets gewijzigd.",
    "lock_rule": "Kies eerst de vervangingsregel. Zonder die regel is geen MKI van een inschrijving te "
    "berekenen.",
    "prices_sealed": "De prijzen zijn dicht tot {until}.",
    "dossier_locked": "Aanbesteding {number} staat hier op slot. Een dossier verandert haar niet. Er is "
    "niets gewijzigd.",
    "answer_empty": "Schrijf op wat de inschrijver antwoordde.",
    "draw_person": "Noem wie de loting hield.",
    "prove_document": "Noem het document met de bewezen MKI.",
    "practice_of_practice": "Dit is al een oefenkopie.",
    "award_no_method": "U hebt nog geen gunningsmethode gekozen.",
    "award_incomplete_rules": "De gunningsmethode is nog niet volledig ingevuld, of de grenzen kloppen niet.",
    "certainty_draws": "Kies {fewest} tot {most} trekkingen en een begingetal van nul of hoger.",
    "certainty_too_few": "Er zijn twee ontwerpen met een volledige MKI nodig. Voor inschrijvingen "
    "rekenen wij geen kansen uit.",
    # store
    "no_longer_fits": "Dit past niet meer: waar het over gaat, is intussen weg of anders. Er is niets "
    "gewijzigd.",
    "unsaved_overlaps": "De bewaarde wijzigingen van {number} gaan over iets dat intussen ook is "
    "gewijzigd. Zij blijven bewaard en zijn niet opgeslagen.",
    "letters_not_written": "De brieven zijn gemaakt en staan bij Versies, maar wij konden ze niet in "
    "{file} schrijven. Kies bij Versies: Bestanden opslaan.",
    "merge_moved": "Hier is intussen iets gewijzigd dat botst met het dossier. Er is niets overgenomen. "
    "Kies opnieuw.",
    "bad_retention": "“{value}” is geen aantal jaren. Vul alleen een getal in, bijvoorbeeld 7.",
    "final_moved": "Intussen is er iets gewijzigd. Er is niets definitief gemaakt. Kijk of het klopt en "
    "kies het opnieuw.",
    "db_changed": "Over {file} is een ander exemplaar gezet terwijl het open was. Uw laatste stappen "
    "staan er niet meer in en er is niets overheen geschreven. Bewaar uw werk op een andere plek.",
    "db_no_file": "{file} is geen gewoon bestand. Kies een bestand, bijvoorbeeld werk.db.",
    "db_not_made": "Wij kunnen {file} hier niet maken. Misschien is de schijf vol. Maak ruimte vrij of "
    "kies een andere plek.",
    "db_locked": "Een ander venster werkt in dit bestand{since}. U kunt nu alleen lezen.",
    "db_locked_elsewhere": "{who} werkt op computer {host} in dit bestand{since}. U kunt nu alleen lezen.",
    "db_no_lock": "Wij kunnen naast {file} geen slotbestand maken. Vraag schrijfrechten in de map, of "
    "maak ruimte vrij. U kunt nu alleen lezen.",
    "db_gone": "{file} is weg of vervangen terwijl u werkte. Dit is niet opgeslagen. Bewaar uw werk op "
    "een andere plek.",
    "db_migration": "Wij kunnen {file} niet bijwerken naar deze versie. Er is niets gewijzigd. Er is "
    "een back-up gemaakt.",
    "backup_damaged": "{file} is beschadigd. Daarom maken wij er geen back-up van. Kies bij Back-ups en "
    "bewaren: Controleren.",
    "backup_failed": "Wij kunnen geen back-up van {file} maken. Maak ruimte vrij op de schijf of vraag "
    "schrijfrechten in de map.",
    "restore_failed": "Wij kunnen {file} niet vervangen. Sluit andere vensters met dit bestand en "
    "probeer het opnieuw. Er is niets gewijzigd.",
    "erase_stands": "Aanbesteding {number} wissen wij niet zomaar: {why}. Wilt u het toch, geef dan een "
    "reden. Die blijft in de geschiedenis staan.",
    "erase_stopped": "Het wissen is gestopt. Er is niets gewijzigd.",
    "erase_no_name": "Noem een naam van drie letters of meer.",
    "erase_unreadable": "Wij kunnen deze naam niet wissen uit {what}. Er is niets gewijzigd. De naam is "
    "daar ook een woord van het programma.",
    "erase_not_found": "Wij vinden “{name}” nergens in dit bestand.",
    "salvage_nothing": "In {file} vinden wij geen gegevens die te redden zijn. Zet een back-up terug.",
    "salvage_exists": "{file} bestaat al. Kies een andere naam.",
    "copy_not_found": "Wij vinden back-up “{id}” niet.",
    "copy_unreadable": "Back-up {id} is niet te lezen. Kies een andere.",
    "erased": "Deze gegevens zijn gewist of verloren gegaan. Wat er stond, is niet meer te lezen.",
    "db_read_only": "U mag in {file} niet schrijven. U kunt nu alleen lezen.",
    "db_damaged": "{file} is beschadigd of is geen bestand van CirkelDesk. Er is niets gewijzigd. Zet "
    "een back-up terug.",
    "db_newer": "{file} is gemaakt met een nieuwere CirkelDesk. Werk dit programma bij. Er is niets "
    "gewijzigd.",
    "db_folder": "Wij kunnen in de map van {file} niet schrijven. Kies een andere plek.",
    "name_too_long": "De naam “{file}…” is te lang. Kies een naam van hoogstens 200 tekens.",
    "db_disk": "De schijf is vol of geeft een fout. Dit is niet opgeslagen. Maak ruimte vrij en probeer "
    "het opnieuw.",
    "db_other": "Wij kunnen dit niet in {file} doen. Er is niets gewijzigd. Probeer het opnieuw of laat "
    "het bestand controleren.",
    "not_found": "Wij vinden {what} “{id}” niet.",
    "ambiguous_number": "Er zijn meer aanbestedingen met nummer {id}. Gebruik het id.",
    "nothing_to_undo": "Er is niets om ongedaan te maken.",
    "nothing_to_redo": "Er is niets om opnieuw te doen.",
    "other_step": "Er is daarna iets anders gewijzigd. Gebruik Ongedaan maken boven in het venster.",
    "undo_overlaps": "Ongedaan maken kan niet: {author} heeft daarna hetzelfde gewijzigd ({step}).",
    "barrier": "Ongedaan maken kan niet voorbij een slot: {step}.",
    "answer_unknown_key": "{id} heeft geen open vraag “{key}”.",
    "answer_not_a_choice": "“{value}” kan niet. Kies uit: {choices}.",
    "answer_no_unit": "“{value}” is geen eenheid die wij kennen. Schrijf bijvoorbeeld: 1 kg, 1000 kg, 1 "
    "m2 of 1 m3.",
    "number_taken": "Nummer {number} is al gebruikt voor een andere aanbesteding.",
    "cannot_write": "Wij kunnen {file} niet schrijven. Controleer de map en of het bestand ergens open "
    "staat.",
    "over_database": "{file} is een bestand met gegevens. Daar schrijven wij niet overheen. Kies een "
    "andere naam.",
    "usage": "Zo kunnen wij de opdracht niet uitvoeren: {problem}.",
    "needs_db": "Noem het bestand met gegevens: --db BESTAND.",
    "no_screen": "Er is geen scherm om het venster op te tonen. Start CirkelDesk vanuit een bureaublad.",
    "ours": "Er ging iets mis in CirkelDesk. De opdracht is niet afgemaakt; wat al was opgeslagen, "
    "staat er nog. Details staan in het logboek.",
}

STEPS: Mapping[str, str] = {
    "tender_new": "nieuwe aanbesteding",
    "tender_import": "aanbesteding ingelezen",
    "merge_dossier": "dossier van {from} samengevoegd met {name}: {taken} overgenomen, {chosen} gekozen",
    "salvaged": "gered uit een beschadigd bestand",
    "unsaved": "wijzigingen die eerder niet konden worden opgeslagen",
    "restored": "back-up {copy} teruggezet",
    "taken_over": "overgenomen van {who} op computer {host}",
    "clock_back": "de klok van de computer ging terug, van {clock_was} naar {clock_is}",
    "clock_ahead": "de klok van de computer sprong vooruit, van {clock_was} naar {clock_is}",
    "erase_tender": "aanbesteding {name} gewist{because}",
    "erase_name": "een naam gewist",
    "example": "voorbeeld toegevoegd",
    "field": "{label}",
    "post_add": "post {name} toegevoegd",
    "post_remove": "post {name} verwijderd",
    "post_move": "post {name} verplaatst",
    "post_copy": "post {name} gedupliceerd",
    "post_field": "{label} van {name}",
    "variant_move": "{name} verplaatst",
    "template": "gemaakt als kopie van {name}",
    "go_back": "teruggegaan naar {moment}",
    "fill": "doorgevoerd ({count})",
    "variant_add": "{name} toegevoegd",
    "variant_remove": "{name} verwijderd",
    "variant_field": "{label} van {name}",
    "answer_field": "{label} van {post}, {name}",
    "paste": "plakken ({count})",
    "clear": "leegmaken ({count})",
    "advice_text": "adviestekst {section}",
    "product_import": "product {name} ingelezen",
    "bid_import": "{name} overgenomen uit {file}",
    "bid_refused": "formulier {file} bewaard, niet overgenomen",
    "bid_by_hand": "{name} met de hand ingevoerd: {reason}",
    "bid_request": "concept-verduidelijkingsverzoek over {file}",
    "product_replace": "andere waarden overgenomen voor {name}",
    "product_remove": "product {name} verwijderd",
    "product_restore": "product {name} teruggezet",
    "product_new": "product {name} met de hand ingevoerd",
    "product_answer": "vraag beantwoord bij {name}",
    "product_field": "{label} van product {name}",
    "product_renewed": "nieuwe versie van {name}",
    "lock": "methode op slot gezet {document}",
    "lock_taken_over": "methode overgenomen uit {document} en op slot gezet",
    "nota": "nota van inlichtingen: {document}",
    "entry_correction": "correctie van invoer: {document}, bladzijde {page}",
    "score": "score van {name} op {criterion}",
    "quality_lock": "kwaliteitsscores op slot gezet",
    "open": "inschrijvingen geopend {present}",
    "judged_valid": "{name} geldig verklaard",
    "judged_invalid": "{name} ongeldig verklaard",
    "judged_withdrawn": "intrekking van {name} vastgelegd",
    "final": "advies definitief gemaakt, versie {number}",
    "letters": "brieven gemaakt voor verzending op {sent_on}",
    "layer_own_error": "typefout verbeterd in {name}: {document}",
    "layer_obvious_error": "verduidelijking van {name} verwerkt: {document}",
    "answer_kept": "antwoord van {name} bewaard: {text}",
    "draw": "loting door {person}",
    "prove": "bewezen MKI vastgelegd: {document}",
    "practice": "oefenkopie gemaakt van {name}",
    "refused": "geweigerd ({attempt}): {reason}",
    "undo": "ongedaan gemaakt",
    "redo": "opnieuw gedaan",
    "reference_data": "referentiegegevens bijgewerkt",
    "criterion_take": "criterium {name} gekozen",
    "criterion_drop": "criterium {name} niet gekozen",
    "criterion_adapt": "criterium {name} aangepast",
    "criterion_why": "afweging van {name}",
    "library_edit": "{label} van {name} in de bibliotheek",
    "library_add": "criterium {name} toegevoegd aan de bibliotheek",
    "calendar_chance": "kans {label} van {name}",
    "calendar_chances": "kansen van {count} regels",
    "calendar_accept": "voorstel overgenomen voor {name}",
    "calendar_accept_rows": "voorstel overgenomen voor {count} regels",
    "calendar_field": "{label} van {name}",
    "calendar_add": "regel {name} toegevoegd",
    "calendar_remove": "{count} regels verwijderd",
    "calendar_rule": "voorstelregel: {name}",
    "calendar_rule_remove": "voorstelregel verwijderd: {name}",
    "calendar_import": "kalender ingelezen uit {name}: {fresh} nieuw, {changed} gewijzigd, {vanished} "
    "vervallen",
    "calendar_start": "kalender begonnen",
    "calendar_tender": "aanbesteding {number} gemaakt van {name}",
    "library_remove": "criterium {name} verwijderd uit de bibliotheek",
}


# What was tried, where the step's own name needs values that a refusal does not keep.
ATTEMPTS: Mapping[str, str] = {
    "award": "gunning bekijken",
    "export_dossier": "dossier maken",
    "form_saved": "formulier opslaan",
    "tender_import": "aanbesteding inlezen",
    "bid_import": "formulier overnemen",
    "bid_by_hand": "inschrijving met de hand invoeren",
    "bid_request": "verduidelijking vragen",
    "open": "openen",
    "lock": "op slot zetten",
    "lock_taken_over": "overnemen uit de stukken",
    "quality_lock": "kwaliteit op slot zetten",
    "nota": "nota van inlichtingen",
    "entry_correction": "correctie van invoer",
    "layer_own_error": "typefout verbeteren",
    "layer_obvious_error": "verduidelijking verwerken",
    "judged_valid": "geldig verklaren",
    "judged_invalid": "ongeldig verklaren",
    "judged_withdrawn": "intrekking vastleggen",
    "final": "definitief maken",
    "letters": "brieven maken",
    "draw": "loting",
    "prove": "bewezen MKI",
    "field": "een veld wijzigen",
    "post_add": "post toevoegen",
    "post_remove": "post verwijderen",
    "post_move": "post verplaatsen",
    "post_copy": "post dupliceren",
    "variant_move": "variant verplaatsen",
    "go_back": "teruggaan naar een eerdere versie",
    "fill": "doorvoeren",
    "post_field": "een post wijzigen",
    "variant_add": "variant toevoegen",
    "variant_remove": "variant verwijderen",
    "variant_field": "een variant wijzigen",
    "answer_field": "een antwoord wijzigen",
    "score": "score wijzigen",
    "paste": "plakken",
    "clear": "leegmaken",
    "undo": "ongedaan maken",
    "redo": "opnieuw doen",
}


MOMENTS = frozenset({"until", "clock_was", "clock_is"})


def _param(name: str, value: Param) -> str:
    if name == "until" and not value:
        return "de opening"
    if value is None:
        return ""
    if name == "total" and isinstance(value, float):
        return numbers.euro(value)
    if name in ("lines", "price", "amount", "estimate", "next"):
        return numbers.euro(Decimal(str(value)), 2)
    if name in ("bound_low", "bound_high", "ceiling", "mki", "reference", "weights"):
        return numbers.as_typed(Decimal(str(value)))
    if name == "rule":
        return terms.AWARD_FIELDS.get(str(value), str(value))
    if name == "properties":
        return ", ".join(terms.PROPERTIES.get(name, name) for name in str(value).split(", "))
    if name in ("modules", "indicators"):
        return ", ".join(str(value).split())
    if name == "per":
        return terms.PER.get(str(value), str(value))
    if name in MOMENTS:
        return numbers.moment(str(value))
    if isinstance(value, float):
        return numbers.as_typed(value)
    return str(value)


def _fill(template: str, params: Mapping[str, Param]) -> str:
    told = {name: _param(name, value) for name, value in params.items()}
    return template.format_map(_Forgiving(told) if isinstance(params, _Forgiving) else told)


def sentence(message: Message) -> str:
    """The Dutch sentence of a finding, reason or conclusion."""
    params: dict[str, Param] = message.values()
    match message.key:
        case "conclusion_lowest" | "conclusion_tie":
            params |= _conclusion(params)
        case "conclusion_waiting":
            posts = int(params.get("posts") or 0)
            params["waiting"] = (
                f"mist MKI voor {posts} {'post' if posts == 1 else 'posten'}"
                if posts
                else _waiting_for(params)
            )
        case "composition_exceeds":
            params["total"] = (
                numbers.percent(float(params["total"] or 0), 1) if "total" in params else "meer dan 100 %"
            )
        case "not_equal":
            params["reason"] = f": {params['reason']}" if params.get("reason") else ""
        case "award_undecided":
            params["bids"] = "inschrijving" if params.get("count") == 1 else "inschrijvingen"
        case "posts_missing":
            params["missing_verb"] = "mist" if params.get("missing") == 1 else "missen"
    return _stopped_once(_fill(FINDINGS[message.key], params))


def _waiting_for(params: Mapping[str, Param]) -> str:
    causes = {
        "set_unknown": "noemt geen weegset",
        "modules_unknown": "noemt de levensfasen niet",
        "replacement_unknown": "noemt niet of vervanging is verwerkt",
        "missing_replacement_rule": "wacht op de vervangingsregel",
        "missing_property": "mist een hoeveelheid",
        "missing_life": "mist een levensduur",
        "missing_analysis_period": "wacht op de beschouwingsperiode",
        "open_question": "heeft een open vraag bij een product",
    }
    return causes.get(str(params.get("because")), "heeft open punten")


def _conclusion(params: Mapping[str, Param]) -> dict[str, Param]:
    percent = params.get("percent")
    text = ""
    if isinstance(percent, float):
        word = "lager" if percent < 0 else "hoger"
        text = f", {numbers.percent(abs(percent))} {word} dan de nulvariant"
    kind = "inschrijvingen" if params.get("kind") == "bids" else "ontwerpen"
    verb = "is" if params.get("comparable") == 1 else "zijn"
    return {
        "percent": text,
        "counts": f"{params.get('comparable')} van {params.get('group')} {kind} {verb} te vergelijken.",
    }


def problem_sentence(problem: Problem, variant_name: str | None = None, post_name: str | None = None) -> str:
    """A finding with its place in front: "Inschrijving C, Onderlaag: …"."""
    place = ", ".join(part for part in (variant_name, post_name) if part)
    text = sentence(problem.message)
    return f"{place}: {text}" if place else text


def error(key: str, /, **params: Param) -> str:
    """The Dutch sentence of an error. Telling an error never fails: a parameter that is missing shows as what
    it usually is ("het bestand") or as "…", and a key that has no sentence as an error of ours."""
    known: dict[str, Param] = dict(MISSING_PARAMETERS)
    known |= {name: value for name, value in params.items() if value != "" or name not in MISSING_PARAMETERS}
    return _stopped_once(_fill(ERRORS.get(key, ERRORS["ours"]), _Forgiving(known)))


def refusal(problem: Refusal, **known: Param) -> str:
    """The Dutch sentence of what was refused; `known` is what the place that tells it knows besides."""
    return error(problem.key, **{**known, **problem.params})


# What stands in a sentence for a parameter that nobody gave, or gave empty.
MISSING_PARAMETERS: Mapping[str, Param] = {"file": "het bestand", "place": "de bovenste laag", "since": ""}


class _Forgiving(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def _stopped_once(text: str) -> str:
    """A name that ends in a full stop (N.V.) ends the sentence with it."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)


def step(key: str, params: Mapping[str, Param]) -> str:
    """The name of a step in the history: "prijs van Inschrijving B"."""
    if key == "refused":
        attempt, why = str(params.get("step")), str(params.get("why"))
        reason = re.sub(r":?( tot| op)? \(?{\w+}\)?", "", ERRORS.get(why, ERRORS["ours"]).split(". ")[0])
        params = {"attempt": ATTEMPTS.get(attempt) or attempt, "reason": reason.rstrip(".")}
    if key == "erase_tender":
        params = {**params, "because": f", reden: {params['reason']}" if params.get("reason") else ""}
    return _fill(STEPS[key], params).strip()


def word(state: State) -> str:
    return terms.STATES[state]
