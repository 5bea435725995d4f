"""What tables print for the indicators: Dutch, English and German names and short names, by indicator.

Sources: EN 15804:2012+A1:2013 and +A2:2019 (tables of indicators), the Bepalingsmethode Milieuprestatie
Bouwwerken (Dutch names of sets A1 and A2), and what the usual programmes and calculation tools print. A name
that fits both sets stands under both; the table or the unit must then tell.
"""

from __future__ import annotations

from collections.abc import Mapping

# "set|code", more than one where a name fits both sets; names apart by ";". Case, accents, dashes, brackets
# and words such as "van de" or "potential" make no difference and need no name of their own.
NAMES: Mapping[str, str] = {
    "A2|GWP-total": "gwp-t; gwp-tot; climate change - total; global warming - total; global warming "
    "potential - total; klimaatverandering - totaal; klimawandel - gesamt; klimawandel - total; "
    "treibhauspotenzial - gesamt; treibhauspotential - gesamt; globales erwärmungspotenzial - total; "
    "globales erwärmungspotenzial - gesamt",
    "A2|GWP-fossil": "gwp-f; climate change - fossil; global warming - fossil; global warming potential - "
    "fossil fuels; klimaatverandering - fossiel; klimawandel - fossil; treibhauspotenzial - fossil; "
    "globales erwärmungspotenzial - fossil",
    "A2|GWP-biogenic": "gwp-b; gwp-bio; climate change - biogenic; global warming - biogenic; "
    "klimaatverandering - biogeen; klimawandel - biogen; treibhauspotenzial - biogen; globales "
    "erwärmungspotenzial - biogen",
    "A2|GWP-luluc": "gwp-luc; gwp-lul; climate change - land use and land use change; climate change - land "
    "use and lu change; climate change - luluc; climate change - land use and land transformation; global "
    "warming - luluc; global warming potential - land use and land use change; klimaatverandering - "
    "landgebruik en verandering in landgebruik; klimaatverandering - landgebruik en "
    "landgebruiksverandering; klimaatverandering - luluc; klimaatverandering - landgebruik; climate change - land use change; "
    "climate change - land use; klimawandel - landnutzung; klimawandel - landnutzungsänderung; klimawandel "
    "- landnutzung und landnutzungsänderung; klimawandel - luluc; treibhauspotenzial - luluc; globales "
    "erwärmungspotenzial - luluc; globales erwärmungspotenzial - landnutzung und landnutzungsänderung",
    "A1|GWP A2|GWP-total": "climate change; klimaatverandering; klimaatverandering (100 jaar); klimawandel; "
    "global warming; gwp100; gwp 100 j; gwp 100 jaar; global warming (gwp100a); gwp100a; broeikaseffect; "
    "treibhauspotenzial; treibhauspotential; globales erwärmungspotenzial; versterkt broeikaseffect",
    "A1|ODP A2|ODP": "ozone depletion; ozone layer depletion; stratospheric ozone depletion; ozone depletion "
    "pot; depletion of the stratospheric ozone layer; depletion potential of the stratospheric ozone layer; "
    "ozonlaagaantasting; aantasting ozonlaag; aantasting stratosferische ozonlaag; ozonlaagafbraak; "
    "afbraak ozonlaag; ozonabbau; ozonabbaupotenzial; abbau der ozonschicht; abbaupotenzial der "
    "stratosphärischen ozonschicht; potenzial des abbaus der stratosphärischen ozonschicht",
    "A1|AP A2|AP": "acidification; acidification of soil and water; acidification of land and water; "
    "acidification potential of soil and water; verzuring; verzuring van bodem en water; versauerung; "
    "versauerungspotenzial; versauerungspotenzial von boden und wasser; acidification potential "
    "accumulated exceedance",
    "A1|EP": "eutrophication; vermesting; eutrofiëring; eutrophierung; eutrophierungspotenzial",
    "A2|EP-freshwater": "ep-fw; ep-f; ep-fresh; eutrophication freshwater; eutrophication fresh water; "
    "eutrophication aquatic freshwater; eutrophication aquatic fresh water; vermesting zoetwater; "
    "vermesting zoet water; eutrofiëring zoetwater; eutrofiëring zoet water; eutrophierung süßwasser; "
    "eutrophierungspotenzial süßwasser; eutrophierungspotenzial aquatisch süßwasser",
    "A2|EP-marine": "ep-m; ep-mar; eutrophication marine; eutrophication aquatic marine; eutrophication "
    "marine water; eutrophication seawater; vermesting zeewater; vermesting zout water; vermesting marien; "
    "eutrofiëring zeewater; eutrofiëring marien; eutrofiëring zout water; eutrophierung salzwasser; "
    "eutrophierungspotenzial salzwasser; eutrophierungspotenzial aquatisch salzwasser",
    "A2|EP-terrestrial": "ep-t; ep-ter; ep-terr; eutrophication terrestrial; vermesting land; vermesting "
    "bodem; eutrofiëring land; eutrofiëring bodem; eutrofiëring terrestrisch; vermesting terrestrisch; "
    "eutrophierung land; eutrophierungspotenzial land",
    "A1|POCP A2|POCP": "photochemical ozone formation; photochemical ozone creation; photochemical "
    "oxidation; photochemical oxidant creation; photochemical oxidant formation; photochemical ozone "
    "formation human health; formation of tropospheric ozone; formation of tropospheric ozone "
    "photochemical oxidants; fotochemische oxidantvorming; fotochemische ozonvorming; "
    "fotochemische ozonvorming (smog); vorming van fotochemische oxidanten; vorming van troposferisch "
    'ozon; smogvorming; zomersmog; smog; pocp ("smog"); photochemische ozonbildung; '
    "bildungspotenzial für troposphärisches ozon; photochemisches ozonbildungspotenzial; "
    "photochemisches ozonbildungspotential",
    "A1|ADPE A2|ADPE": "adp-e; adp elements; adp element; adp-mm; adp-m&m; adp-minerals&metals; adp non "
    "fossil; adp non-fossil resources; adpm; abiotic depletion non fuel; resource use minerals and metals; resource depletion minerals "
    "and metals; abiotic depletion; abiotic depletion non fossil; abiotic depletion elements; abiotic "
    "depletion minerals and metals; abiotic depletion for non fossil resources; depletion of abiotic "
    "resources elements; depletion of abiotic resources minerals and metals; abiotic resource depletion "
    "minerals and metals; uitputting abiotische grondstoffen exclusief fossiele energiedragers; uitputting "
    "abiotische grondstoffen excl. fossiel; uitputting abiotische grondstoffen; uitputting "
    "van abiotische grondstoffen mineralen en metalen; uitputting mineralen en metalen; uitputting "
    "abiotische grondstoffen niet fossiel; uitputting elementen; verknappung abiotischer ressourcen "
    "mineralien und metalle; potenzial für den abiotischen abbau nicht fossiler ressourcen; potenzial für "
    "die verknappung von abiotischen ressourcen nicht fossile ressourcen",
    "A1|ADPF A2|ADPF": "adp-f; adp fossil; adp fossil resources; adp fossil fuels; abiotic depletion fuel; abiotic depletion fossil "
    "fuels; resource use fossils; resource use fossil; resource use energy carriers; abiotic depletion "
    "fossil; abiotic depletion for fossil resources; depletion of abiotic resources fossil fuels; depletion "
    "of abiotic resources fossil; uitputting fossiele energiedragers; uitputting van abiotische "
    "grondstoffen fossiele brandstoffen; uitputting abiotische grondstoffen fossiel; uitputting "
    "abiotische grondstoffen fossiele energiedragers; uitputting fossiele brandstoffen; uitputting "
    "fossiele grondstoffen; verknappung abiotischer ressourcen fossile energieträger; potenzial für den "
    "abiotischen abbau fossiler brennstoffe; potenzial für die verknappung abiotischer ressourcen fossile "
    "brennstoffe",
    "A1|HTP": "human toxicity; humane toxiciteit; humane toxiciteit htp; humaan-toxicologische effecten; "
    "humaan toxicologisch; menselijke toxiciteit; humantoxizität",
    "A1|FAETP": "fresh water aquatic ecotoxicity; freshwater aquatic ecotoxicity; fresh water aquatic "
    "ecotox; freshwater aquatic ecotox; zoetwater aquatische ecotoxiciteit; aquatische ecotoxiciteit "
    "zoetwater; ecotoxicologische effecten aquatisch zoetwater; ecotoxicologische effecten aquatisch zoet "
    "water",
    "A1|FAETP A2|ETP-fw": "ecotoxiciteit zoetwater; ecotoxiciteit zoet water; zoetwater ecotoxiciteit",
    "A1|MAETP": "marine aquatic ecotoxicity; marine aquatic ecotox; ecotoxiciteit zoutwater; zeewater "
    "aquatische ecotoxiciteit; mariene ecotoxiciteit; mariene aquatische ecotoxiciteit; aquatische "
    "ecotoxiciteit zeewater; ecotoxiciteit zeewater; ecotoxicologische effecten aquatisch zeewater; "
    "ecotoxicologische effecten aquatisch zout water",
    "A1|TETP": "terrestrial ecotoxicity; terrestrial ecotox; terrestrische ecotoxiciteit; ecotoxiciteit land; "
    "ecotoxiciteit terrestrisch; ecotoxicologische effecten terrestrisch; ecotoxiciteit bodem",
    "A2|WDP": "wd; water use; user deprivation; water deprivation; water deprivation potential "
    "deprivation-weighted water consumption; water scarcity; water depletion; watergebruik; waterverbruik; "
    "waterschaarste; waterontrekking; wassernutzung; wasserverbrauch; wassernutzungspotenzial; "
    "wasserentzugspotenzial; wasserentzugspotenzial benutzer; wassernutzung wasserentzugspotenzial",
    "A2|PM": "particulate matter; particulate matter emissions; particulate matter formation; respiratory "
    "inorganics; fijnstof; fijn stof; fijnstofvorming; fijnstofemissie; emissie van fijnstof; emissie fijn "
    "stof; feinstaub; feinstaubemissionen; potential incidence of disease due to pm emissions; "
    "auftreten von krankheiten aufgrund von feinstaubemissionen; pm 2.5",
    "A2|IRP": "ir; irhh; ionising radiation; ionizing radiation; ionising radiation human health; ionizing "
    "radiation human health; human exposure efficiency relative to u235; ioniserende straling; ioniserende "
    "straling humane gezondheid; ionisierende strahlung; wirkung durch exposition des menschen mit u235; "
    "ionisierende strahlung menschliche gesundheit",
    "A2|ETP-fw": "etp; etp-f; ecotoxicity; ecotoxicity freshwater; ecotoxicity fresh water; eco toxicity "
    "freshwater; eco toxicity fresh water; comparative toxic unit for ecosystems; ökotoxizität süßwasser; "
    "ökotoxizität",
    "A2|HTP-c": "human toxicity cancer; human toxicity cancer effects; human tox cancer; human toxicity "
    "carcinogenic; comparative toxic unit for humans cancer; humane toxiciteit kanker; humane toxiciteit "
    "carcinogeen; humane toxiciteit kankerverwekkend; humane toxiciteit kankergerelateerd; menselijke "
    "toxiciteit kanker; menselijke toxiciteit carcinogeen; humantoxizität krebs; humantoxizität "
    "kanzerogen; humantoxizität kanzerogene wirkung",
    "A2|HTP-nc": "human toxicity non cancer; human toxicity non cancer effects; human tox non cancer; human "
    "toxicity non carcinogenic; humane toxiciteit niet kanker; humane toxiciteit niet kankergerelateerd; "
    "humane toxiciteit niet carcinogeen; humane toxiciteit niet kankerverwekkend; menselijke toxiciteit "
    "niet kanker; menselijke toxiciteit niet carcinogeen; humantoxizität nicht krebs; humantoxizität nicht "
    "kanzerogen; humantoxizität nicht kanzerogene wirkung; comparative toxic unit for humans non cancer",
    "A2|SQP": "sop; land use; soil quality; soil quality index; land use related impacts soil quality; land "
    "use related impacts; potential soil quality index; landgebruik; bodemkwaliteit; "
    "landgebruik gerelateerde impact bodemkwaliteit; landgebruik gerelateerde impact; bodemkwaliteitsindex; "
    "landnutzung; bodenqualitätsindex; bodenqualität; potenzieller bodenqualitätsindex",
    "|PERE": "renew per as energy; use of renewable primary energy excluding renewable primary energy "
    "resources used as raw materials; gebruik van hernieuwbare primaire energie exclusief hernieuwbare "
    "primaire energie gebruikt als materialen; hernieuwbare primaire energie als energiedrager; "
    "erneuerbare primärenergie als energieträger; renewable primary energy as energy carrier",
    "|PERM": "renew per as material; use of renewable primary energy resources used as raw materials; "
    "hernieuwbare primaire energie als grondstof; gebruik van hernieuwbare primaire energie gebruikt als "
    "materialen; erneuerbare primärenergie zur stofflichen nutzung; renewable primary energy as material "
    "utilization",
    "|PERT": "energy primary renewable; total use of renew per; total use of renewable primary energy resources; totaal gebruik "
    "hernieuwbare primaire energie; total erneuerbare primärenergie; total use of renewable primary energy",
    "|PENRE": "non-re per as energy; use of non renewable primary energy excluding non renewable primary "
    "energy resources used as raw materials; gebruik van niet hernieuwbare primaire energie exclusief niet "
    "hernieuwbare primaire energie gebruikt als materialen; niet hernieuwbare primaire energie als "
    "energiedrager; nicht erneuerbare primärenergie als energieträger; non renewable primary energy as "
    "energy carrier",
    "|PENRM": "non-re per as material; use of non renewable primary energy resources used as raw materials; "
    "niet hernieuwbare primaire energie als grondstof; gebruik van niet hernieuwbare primaire energie "
    "gebruikt als materialen; nicht erneuerbare primärenergie zur stofflichen nutzung; non renewable "
    "primary energy as material utilization",
    "|PENRT": "energy primary non renewable; total use of non-re per; total use of non renewable primary energy resources; totaal gebruik "
    "niet hernieuwbare primaire energie; total nicht erneuerbare primärenergie; total use of non renewable "
    "primary energy",
    "|SM": "secondary materials; use of secondary material; gebruik secundaire materialen; gebruik van "
    "secundaire grondstoffen; einsatz von sekundärstoffen",
    "|RSF": "renew secondary fuels; use of renewable secondary fuels; gebruik hernieuwbare secundaire "
    "brandstoffen; erneuerbare sekundärbrennstoffe; renewable secondary fuels",
    "|NRSF": "non-ren secondary fuels; use of non renewable secondary fuels; gebruik niet hernieuwbare "
    "secundaire brandstoffen; nicht erneuerbare sekundärbrennstoffe; non renewable secondary fuels",
    "|FW": "water fresh water use; use of net fresh water; net use of fresh water; netto gebruik zoet water; gebruik van zoetwater; "
    "einsatz von süßwasserressourcen",
    "|HWD": "waste hazardous; hazardous waste disposed; hazardous waste; gevaarlijk afval; gestort gevaarlijk afval; "
    "gefährlicher abfall zur deponie",
    "|NHWD": "waste non hazardous; non hazardous waste disposed; non hazardous waste; niet gevaarlijk afval; gestort niet "
    "gevaarlijk afval; entsorgter nicht gefährlicher abfall",
    "|RWD": "waste radioactive; radioactive waste disposed; radioactive waste; radioactief afval; entsorgter radioaktiver abfall",
    "|CRU": "components for re-use; components for reuse; materialen voor hergebruik; componenten voor "
    "hergebruik; komponenten für die wiederverwendung",
    "|MFR": "materials for recycling; materials for recycl; materialen voor recycling; stoffe zum recycling",
    "|MER": "materials for energy recovery; materials for energy rec; materialen voor energieterugwinning; "
    "materialen voor energie; stoffe für die energierückgewinnung",
    "|EEE": "exported electrical energy; exported energy electricity; geëxporteerde energie elektrisch; "
    "geëxporteerde elektrische energie; exportierte elektrische energie",
    "|EET": "exported thermal energy; exported energy thermal; exported energy heat; geëxporteerde energie "
    "thermisch; geëxporteerde thermische energie; exportierte thermische energie",
}
