"""The Dutch sentences of what is refused, by key. B1, u-form: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

ERRORS: Mapping[str, str] = {
    # bills of a contract
    "bill_unknown": "{file} herkennen wij niet als bestek of inschrijvingsstaat. Wij lezen RSX, ZSX, Excel, "
    "OpenDocument en CSV. Er is niets gewijzigd.",
    "bill_pdf": "{file} is een PDF. Vraag het bestek als RSX, of de staat als Excel- of OpenDocument-bestand. Er is "
    "niets gewijzigd.",
    "bill_no_prices": "In {file} staat bij geen regel een eenheidsprijs. Zeg in welke kolom die staat, of vraag de "
    "inschrijver om zijn ingevulde staat. Er is niets gewijzigd.",
    "bill_no_header": "In {file} vinden wij geen kolommen van een staat. Nodig zijn ten minste een kolom Omschrijving "
    "en een kolom Hoeveelheid, of Code en Prijs. Er is niets gewijzigd.",
    "bill_no_lines": "In {file} staan geen posten met een hoeveelheid. Er is niets gewijzigd.",
    "bill_no_choice": "Kies ten minste één regel die een post van de vergelijking is.",
    "bill_none_yet": "Lees eerst bij Uitvraag het bestek in. Dan is te zien of een staat is gewijzigd.",
    "bill_faults": "{file}: {count} regels kloppen niet. Er is niets overgenomen.",
    "bill_decide": "{file}: er zijn bevindingen waarover u beslist. Neem over met een reden.",
    "bill_no_bidder": "Noem de inschrijver van wie deze staat is.",
    "bill_not_a_group": "Regel {code} heeft een eenheid ({unit}) waarmee deze productgroep niet rekent.",
    "bill_no_number": "post {code}: “{text}” is geen getal.",
    "bill_two_numbers": "post {code}: “{text}” is op twee manieren te lezen.",
    "bill_double": "post {code} staat er twee keer.",
    "bill_amount": "post {code}: hoeveelheid × prijs is {made}, er staat {said}.",
    "bill_taken_already": "{file} is al overgenomen voor een andere inschrijver. Kies het bestand van deze inschrijver.",
    "bill_total": "de bedragen tellen op tot {made}, er staat {said}.",
    "bill_missing": "post {code} ({text}) ontbreekt.",
    "bill_extra": "post {code} ({text}) staat niet in het bestek.",
    "bill_quantity": "post {code}: de hoeveelheid was {was} en is nu {now}.",
    "bill_unit": "post {code}: de eenheid was {was} en is nu {now}.",
    "bill_text": "post {code}: de tekst was “{was}” en is nu “{now}”.",
    "bill_no_price": "post {code} heeft geen prijs.",
    "calendar_pdf": "{file} is een PDF. Vraag de kalender als Excel-, OpenDocument- of CSV-bestand op. Er is niets "
    "gewijzigd.",
    "calendar_no_sheet": "In {file} is geen blad {sheet}. De bladen zijn: {names}. Er is niets gewijzigd.",
    "calendar_no_row": "{file} heeft geen rij {row} met gegevens eronder; de laatste rij is {last}. Er is niets "
    "gewijzigd.",
    "calendar_header_open": "{file}: op blad {sheet} ({rows} rijen) herkennen wij de kolomnamen niet zeker. Lees het "
    "in het venster in, of zeg met --header in welke rij ze staan. Andere bladen: {others}. Er is niets gewijzigd.",
    "calendar_ask_marks": "{file}: wat betekent {marks} in de kolommen met kansen? Zeg het met --mark {first}=0, 1, 2 "
    "of 3. Er is niets gewijzigd.",
    "calendar_known_rows": "{file}: {count} rijen staan al in de kalender, uit “{source}”. Is dit dezelfde indeling, "
    "geef dan --layout “{source}”. Er is niets gewijzigd.",
    "calendar_no_header": "In {file} vinden wij geen kopregel van een kalender. Er is ten minste een "
    "kolom met een nummer of "
    "een omschrijving nodig, en nog twee kolommen die wij herkennen.",
    # contracts and the monitor
    "contract_no_winner": "Bij {number} staat nog niet vast wie wint. Beoordeel eerst de inschrijvingen, of gun de "
    "opdracht. Er is niets gewijzigd.",
    "contract_practice": "Een oefenkopie wordt niet gegund. Er is niets gewijzigd.",
    "delivery_return": "Levering {name} is een retour. Noem bij “of” de levering waar hij bij hoort. Er is niets "
    "gewijzigd.",
    "table_pdf": "{file} is een PDF. Vraag het als Excel-, OpenDocument- of CSV-bestand. Er is niets gewijzigd.",
    "table_no_columns": "In {file} vinden wij de kolommen niet die nodig zijn: {names}. Er is niets gewijzigd.",
    "material_short": "Van {name} is nog {free} vrij. Kies een kleinere hoeveelheid. Er is niets gewijzigd.",
    "material_amount": "Noem bij {name} een hoeveelheid boven nul. Er is niets gewijzigd.",
    "material_small": "Van {name} gaat ten minste {least} weg. Er is niets gewijzigd.",
    "material_past": "De dag {day} is al voorbij. Kies een latere dag. Er is niets gewijzigd.",
    "material_gone": "Deze partij van {name} is al geleverd. Er is niets gewijzigd.",
    "material_lapsed": "Deze reservering van {name} geldt niet meer. Reserveer opnieuw. Er is niets gewijzigd.",
    "material_unfit": "{name} past niet bij deze vraag: een andere soort, er is iets in aangetroffen, of de vraag is gesloten of "
    "verzonnen. Er is niets gewijzigd.",
    "material_met": "Voor {name} is alles al gereserveerd of geleverd. Er is niets gewijzigd.",
    "material_long": "Eén partij heeft te veel reserveringen of mutaties voor een tabel. Wissel uit via een map, of met "
    "materials --json.",
    "material_unit": "Aanbod en vraag van {name} staan in een andere eenheid. Noem de massa per eenheid, of een hoeveelheid in de "
    "eenheid van het aanbod. Er is niets gewijzigd.",
    "want_released": "{name} komt juist vrij. Kondig het aan bij Aanbod.",
    "want_kind": "Van {name} is niet te zeggen welk soort materiaal het is. Meld de vraag zelf, bij Materialen.",
    "want_amount": "Bij {name} staat geen hoeveelheid. Vul die eerst in.",
    "targets_unsound": "Het doel voor {year} kan niet: elk jaar één keer, van 2000 tot 2100, meer dan 0 en ten hoogste 100 %.",
    "spend_unsound": "De uitgave {year}, {category} kan niet: elk jaar en elke categorie één keer, met een bedrag van 0 of meer.",
    "anchor_unreadable": "In {file} vinden wij geen anker. Kies een ankerblad (PDF), of typ de kop: 16 tot 64 tekens.",
    "sign_not_here": "Ondertekenen en handtekeningen lezen kan niet op deze computer: het onderdeel ervoor is er niet voor "
    "Macs met een Intel-processor.",
    "sign_no_pdf": "{file} is geen PDF die wij kunnen ondertekenen. Er is niets gemaakt.",
    "sign_certificate": "Wij kunnen {file} niet openen. Kies een certificaat als .p12 of .pfx, en typ het wachtwoord ervan.",
    "sign_expired": "Dit certificaat geldt van {begins} tot en met {ends}. Onderteken met een certificaat dat nu geldt.",
    "sign_root": "Wij kunnen {file} niet lezen als certificaat. Kies een bestand .pem, .cer of .crt.",
    "photo_unreadable": "Wij kunnen {file} niet als foto lezen. Kies een PNG of JPEG van hoogstens 30 MB.",
    "photos_enough": "Er staan al {most} foto's bij. Haal er eerst een weg. Er is niets gewijzigd.",
    "material_theirs": "{name} is van {organisation}. Alleen die organisatie kan dit wijzigen. Er is niets gewijzigd.",
    "passport_form_broken": "Het kenmerk van {file} is niet te lezen. Vraag een nieuw formulier aan. Er is niets gewijzigd.",
    "passport_form_other": "{file} hoort bij een opdracht die hier niet is. Er is niets gewijzigd.",
    "passport_form_version": "{file} hoort bij een eerdere versie van de opdracht: de posten zijn anders. Stuur een nieuw "
    "formulier. Er is niets gewijzigd.",
    "passport_event_day": "De dag {day} kan niet: kies een dag tussen aanbrengen en vandaag. Er is niets gewijzigd.",
    "passport_event_text": "Schrijf op wat er is gebeurd. Er is niets gewijzigd.",
    "passport_event_no_mass": "Noem een massa boven nul, in ton. Er is niets gewijzigd.",
    "passport_event_mass": "Van deze laag is nog {mass} ton over. Er is niets gewijzigd.",
    "exchange_no_name": "Vul eerst bij Instellingen de naam van uw organisatie in. Zonder naam weten de anderen niet van wie dit "
    "is. Er is niets gewijzigd.",
    "exchange_folder": "De map {folder} is er niet, of kan niet worden gelezen.",
    "baseline_taken": "Er is al een nulmeting “{name}”. Zij blijft zoals zij is. Geef de nieuwe een eigen naam.",
    "baseline_unsound": "Deze nulmeting kan niet kloppen: {why}. Er is niets gewijzigd.",
    "baseline_no_factors": "In {file} kunnen wij geen ton berekenen: van geen enkele categorie is bekend hoeveel kg per "
    "euro. Noem de factoren. Er is niets gewijzigd.",
    "baseline_reason": "De band van {name} is smaller dan 30 %. Zeg bij de bron waar dat op rust. Er is niets gewijzigd.",
    "baseline_years": "In {file} staan geen uitgaven van {years}. Kies jaren die erin staan; anders valt het gemiddelde te "
    "laag uit. Er is niets gewijzigd.",
    "baseline_missing": "Er is geen nulmeting “{name}”.",
    "mapping_missing": "Er is geen indeling “{name}” van een verplichtingenbestand.",
    "frozen_already": "De peildatum {day} is al vastgelegd. Die cijfers blijven zoals zij zijn.",
    "frozen_future": "De peildatum {day} is nog niet voorbij. Leg hem daarna vast.",
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
    "letters_no_reason": "Vul eerst bij Gegevens de reden van stoppen in. Zij komt in de brieven. Er is niets gemaakt.",
    "letters_objection": "De winnaar maakte terecht bezwaar tegen het noemen van zijn inschrijfsom en MKI. Vul bij "
    "Gegevens in waarom u ze niet noemt. Er is niets gemaakt.",
    "letters_day_past": "De {name} ({day}) ligt niet na de dag van verzending. Kijk bij Gegevens. Er is niets gemaakt.",
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
    "too_many": "{place} in {file}: {count} is te veel. Wij werken met hoogstens {most}. Er is niets gewijzigd.",
    "not_a_share": "{place} in {file}: {value} is geen aandeel. Geef een getal van 0 tot 1. Er is niets gewijzigd.",
    "more_than_whole": "{place} in {file}: de aandelen tellen op tot {value}. Samen kunnen zij niet meer zijn dan "
    "1. Er is niets gewijzigd.",
    "not_a_weight": "{place} in {file}: {value} is geen gewicht. Geef een bedrag van nul of meer. Er is niets "
    "gewijzigd.",
    "weights_missing": "{place} in {file}: in deze weegset {set} ontbreekt een gewicht voor {missing}. Er is niets "
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
    "pdf_broken": "{file} is als PDF niet te lezen: het bestand is beschadigd. Vraag het opnieuw op. Er is "
    "niets gewijzigd.",
    "pdf_password": "{file} is een PDF met een wachtwoord. Bewaar haar zonder wachtwoord en lees die in. Er is "
    "niets gewijzigd.",
    "pdf_scan": "{file} is een scan: een plaatje zonder tekst. Vraag de PDF zelf of een Excel-bestand op, of voer "
    "de waarden met de hand in bij Producten en bewaar de PDF daar als bewijs. Er is niets gewijzigd.",
    "pdf_no_table": "In {file} vinden wij geen tabel met milieueffecten en levensfasen. Voer de waarden met de "
    "hand in bij Producten en bewaar de PDF daar als bewijs. Er is niets gewijzigd.",
    "pdf_ask_set": "{file}: {names} kan bij set A1 en bij set A2 horen, en de PDF noemt geen set. Kies de set met "
    "Tabel indelen, of geef --set A1 of --set A2. Er is niets gewijzigd.",
    "pdf_unread": "{where}: deze getallen pasten in geen kolom en zijn niet gelezen: {texts}.",
    "pdf_picture_page": "{where}: bladzijde {page} is een plaatje. Wat daarop staat, is niet gelezen.",
    "pdf_column_proven": "{where}: kolom {module} klopt met de sommen van de tabel ({proven} van {of} waarden).",
    "pdf_column_unproven": "{where}: kolom {module}: {proven} van {of} waarden kloppen met de sommen van de tabel; "
    "de andere zijn niet na te rekenen.",
    "pdf_column_differs": "{where}: kolom {module}: een som van de tabel klopt niet. Kijk na: {rows}.",
    "question_confirm": "{where}: de waarden komen uit een PDF en tellen nog niet mee. Vergelijk ze bij Producten "
    "met de PDF en bevestig ze.",
    "file_binary_excel": "{file} is een binair Excel-bestand (.xlsb). Bewaar het in Excel als Excel-werkmap "
    "(.xlsx) en lees dat in. Er is niets gewijzigd.",
    "file_overview": "{file} is een lijst van milieuverklaringen, zonder waarden. Haal de verklaring zelf op "
    "(met view=extended) en lees die in. Er is niets gewijzigd.",
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
    "table_ask_brackets": "{file}: er staan getallen tussen haakjes, zoals (0,75). Zeg met Tabel indelen of "
    "dat een minteken is. Er is niets gewijzigd.",
    "table_ask_labels": "{file}: welk milieueffect bedoelt de tabel met {names}? Zeg dat met Tabel indelen. "
    "Er is niets gewijzigd.",
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
    "unseen_left_out": "{where}: verborgen of doorgehaalde cellen tellen niet mee ({places}). Wilt u ze wel "
    "lezen, kies dat bij Tabel indelen.",
    "unseen_read": "{where}: ook verborgen of doorgehaalde cellen zijn gelezen ({places}).",
    "far_cells": "{where}: ver buiten de tabel staat nog iets ({places}). Dat is niet gelezen.",
    "unit_uncounted": "{where}: met de eenheid “{unit}” kan CirkelDesk niet rekenen.",
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
    "form_extra_sheet": "het blad {sheet} hoort niet bij het formulier. Er staat: “{text}”.",
    "form_header": "in de kop van de bladzijde staat: “{text}”. Is dat een voorbehoud?",
    "form_footer": "in de voet van de bladzijde staat: “{text}”. Is dat een voorbehoud?",
    "form_shape": "in een tekstvak staat: “{text}”. Is dat een voorbehoud?",
    "form_hidden": "{label} is ingevuld in een verborgen rij of kolom.",
    "form_struck": "{label} is ingevuld en doorgehaald.",
    "form_twice": "deze cel staat twee keer in het bestand, met een andere inhoud.",
    "form_remarks": "bij Opmerkingen staat: “{text}”. Is dat een voorbehoud?",
    "form_zero": "{label} is 0. Klopt dat?",
    "form_unit_in_cell": "“{text}” is gelezen als {value}; de eenheid is die van het formulier.",
    "form_fractions": "de grondstoffen van {post} tellen op tot 1 %. Bedoelt de inschrijver {asked} %?",
    "form_decide": "{file}: er zijn bevindingen waarover u beslist. Neem over met een reden, of vraag om "
    "verduidelijking.",
    "form_unreadable": "het bestand is niet te lezen. {why}",
    "form_as_csv": "{file} is een inschrijfformulier als CSV. Daarin ontbreken bladen. Lees het werkboek zelf in "
    "(.xlsx of .ods). Er is niets gewijzigd.",
    "cell_twice": "In {file} staat een cel twee keer met een andere inhoud ({places}). Er is niets gewijzigd.",
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
    "form_comment": "er staat een opmerking bij deze cel: “{text}”. Is dat een voorbehoud?",
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
    "region_has_bids": "{file} bevat inschrijvingen. Het is overgeslagen: vraag het dossier voor buiten.",
    "exchange_other": "{file} is geen dossier met materialen van een andere organisatie. Het is overgeslagen.",
    "exchange_speaks": "{file} zegt iets over {name}, dat van een andere organisatie is. Het is overgeslagen.",
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
    "dossier_foreign": "{number}: {said}",
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
    "lock_replacement": "Kies eerst in stap 1, bij Vervanging al verwerkt, of inschrijvers vervanging in hun MKI "
    "verwerken. Zonder die keuze is geen MKI van een inschrijving te berekenen. Gebruikelijk is: ja. Er is niets gewijzigd.",
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
    "group_not_text": "{file} is geen tekst die wij kunnen lezen. Bewaar het bestand als UTF-8.",
    "group_not_json": "{file} is geen JSON: regel {line}, teken {column}. Kijk of daar een komma, haakje of "
    "aanhalingsteken ontbreekt. Er is niets gewijzigd.",
    "group_faults": "Productgroep {name} kan zo niet worden gebruikt. {faults} Er is niets gewijzigd.",
    "group_shipped": "De code {code} is van een productgroep van CirkelDesk. Geef uw groep een andere code.",
    "row_not_found": "In de kalender staat geen regel {number}.",
    "row_twice": "Nummer {number} staat bij meer regels van de kalender. Noem het kenmerk van de regel.",
    "no_criteria": "Er zijn nog geen criteria gekozen. Kies ze bij Uitvraag.",
    "advice_empty": "Een advies heeft woorden of een criterium nodig. Schrijf iets of kies een criterium.",
    "advice_not_given": "Over dit thema is nog geen advies gegeven. Geef eerst het advies.",
    "advice_no_reason": "Kies waarom het advies niet of deels wordt gevolgd.",
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
