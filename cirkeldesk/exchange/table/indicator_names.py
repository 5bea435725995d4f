"""Indicators by what tables call them: codes and Dutch, English and German names, as in EN 15804 and the
Bepalingsmethode.

A name may fit both sets (AP, ODP, POCP, ADP): then the table as a whole, or the unit, must tell. Nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cirkeldesk.model.product.indicators import (
    BY_CODE,
    INDICATORS,
    Indicator,
    SetCode,
    names_another,
    unit_is_sensible,
)

Key = tuple[SetCode | None, str]

_NAMES: Mapping[str, str] = {
    "A2|GWP-total": "gwp-t; gwp tot; climate change - total; climate change total; global warming "
    "potential - total; "
    "global warming potential total; klimaatverandering - totaal; klimaatverandering totaal; "
    "klimawandel - gesamt; "
    "treibhauspotenzial - gesamt; treibhauspotential gesamt; globales erwärmungspotenzial - total",
    "A2|GWP-fossil": "gwp-f; climate change - fossil; climate change fossil; global warming potential - "
    "fossil; "
    "global warming potential fossil fuels; klimaatverandering - fossiel; klimaatverandering fossiel; "
    "klimawandel - fossil; "
    "treibhauspotenzial - fossil; globales erwärmungspotenzial - fossil",
    "A2|GWP-biogenic": "gwp-b; gwp-bio; climate change - biogenic; climate change biogenic; global "
    "warming potential - biogenic; "
    "global warming potential biogenic; klimaatverandering - biogeen; klimaatverandering biogeen; "
    "klimawandel - biogen; "
    "treibhauspotenzial - biogen; globales erwärmungspotenzial - biogen",
    "A2|GWP-luluc": "gwp-luc; climate change - land use and land use change; climate change - luluc; "
    "global warming potential - luluc; global warming potential - land use and land use change; "
    "klimaatverandering - landgebruik en verandering in landgebruik; klimaatverandering - luluc; "
    "klimaatverandering - landgebruik; "
    "climate change - land use change; climate change - land use; klimawandel - landnutzung; "
    "klimawandel - landnutzungsänderung; "
    "klimaatverandering landgebruik en verandering in landgebruik; klimawandel - luluc; "
    "treibhauspotenzial - luluc; "
    "globales erwärmungspotenzial - luluc",
    "A1|GWP A2|GWP-total": "climate change; klimaatverandering; klimawandel; global warming potential; "
    "global warming; gwp100; "
    "broeikaseffect; treibhauspotenzial; treibhauspotential; globales erwärmungspotenzial",
    "A1|ODP A2|ODP": "ozone depletion; ozone layer depletion; ozone depletion potential; "
    "ozonlaagaantasting; aantasting ozonlaag; "
    "ozonlaagafbraak; ozonabbau; ozonabbaupotenzial; abbaupotenzial der stratosphärischen ozonschicht",
    "A1|AP A2|AP": "acidification; acidification potential; verzuring; versauerung; versauerungspotenzial; "
    "versauerungspotenzial von boden und wasser",
    "A1|EP": "eutrophication; eutrophication potential; vermesting; eutrofiëring; eutrophierung; "
    "eutrophierungspotenzial",
    "A2|EP-freshwater": "ep-fw; ep-fresh; eutrophication freshwater; eutrophication aquatic freshwater; "
    "eutrophication potential freshwater; vermesting zoetwater; vermesting zoet water; eutrofiëring "
    "zoetwater; "
    "eutrofiëring zoet water; eutrophierung süßwasser; eutrophierungspotenzial süßwasser",
    "A2|EP-marine": "ep-m; ep-mar; eutrophication marine; eutrophication aquatic marine; eutrophication "
    "potential marine; "
    "vermesting zeewater; vermesting zout water; eutrofiëring zeewater; eutrofiëring marien; "
    "eutrophierung salzwasser; "
    "eutrophierungspotenzial salzwasser",
    "A2|EP-terrestrial": "ep-t; ep-ter; ep-terr; eutrophication terrestrial; eutrophication potential "
    "terrestrial; "
    "vermesting land; eutrofiëring land; vermesting terrestrisch; eutrophierung land; "
    "eutrophierungspotenzial land",
    "A1|POCP A2|POCP": "photochemical ozone formation; photochemical ozone creation; photochemical "
    "oxidation; "
    "photochemical ozone creation potential; formation potential of tropospheric ozone; fotochemische "
    "oxidantvorming; "
    "fotochemische ozonvorming; smogvorming; smog; photochemische ozonbildung; "
    "bildungspotenzial für troposphärisches ozon; photochemisches ozonbildungspotenzial",
    "A1|ADPE A2|ADPE": "adp-e; adp elements; adp-mm; adp-minerals&metals; adp minerals metals; adpm; "
    "resource use minerals and metals; "
    "abiotic depletion non fossil; abiotic depletion elements; abiotic depletion potential for non "
    "fossil resources; "
    "depletion of abiotic resources minerals and metals; uitputting abiotische grondstoffen exclusief "
    "fossiele energiedragers; "
    "uitputting abiotische grondstoffen; uitputting van abiotische grondstoffen mineralen en metalen; "
    "uitputting mineralen en metalen; verknappung abiotischer ressourcen mineralien und metalle; "
    "potenzial für den abiotischen abbau nicht fossiler ressourcen",
    "A1|ADPF A2|ADPF": "adp-f; adp fossil; adp-fossil; abiotic depletion fossil fuels; resource use "
    "fossils; abiotic depletion fossil; "
    "abiotic depletion potential for fossil resources; uitputting fossiele energiedragers; "
    "uitputting van abiotische grondstoffen fossiele brandstoffen; uitputting fossiele brandstoffen; "
    "verknappung abiotischer ressourcen fossile energieträger; potenzial für den abiotischen abbau "
    "fossiler brennstoffe",
    "A1|HTP": "human toxicity; human toxicity potential; humane toxiciteit; humane toxiciteit htp",
    "A1|FAETP": "freshwater aquatic ecotoxicity; fresh water aquatic ecotox; zoetwater aquatische "
    "ecotoxiciteit",
    "A1|FAETP A2|ETP-fw": "ecotoxiciteit zoetwater; ecotoxiciteit zoet water; zoetwater ecotoxiciteit",
    "A1|MAETP": "marine aquatic ecotoxicity; ecotoxiciteit zoutwater; zeewater aquatische "
    "ecotoxiciteit; mariene ecotoxiciteit",
    "A1|TETP": "terrestrial ecotoxicity; terrestrische ecotoxiciteit; ecotoxiciteit land",
    "A2|WDP": "water use; water deprivation potential; water scarcity; watergebruik; waterschaarste; "
    "wassernutzung; "
    "wassernutzungspotenzial; wasserentzugspotenzial",
    "A2|PM": "particulate matter; particulate matter emissions; fijnstof; fijn stof; fijnstofvorming; "
    "feinstaub; feinstaubemissionen",
    "A2|IRP": "ir; ionising radiation; ionizing radiation; ioniserende straling; ionisierende strahlung",
    "A2|ETP-fw": "etp; etpfw; ecotoxicity freshwater; eco toxicity freshwater; ökotoxizität süßwasser",
    "A2|HTP-c": "human toxicity cancer; human toxicity cancer effects; humane toxiciteit kanker; "
    "menselijke toxiciteit kanker; humantoxizität krebs; humantoxizität kanzerogen",
    "A2|HTP-nc": "human toxicity non cancer; human toxicity non cancer effects; humane toxiciteit niet "
    "kanker; "
    "humane toxiciteit niet kankergerelateerd; menselijke toxiciteit niet kanker; humantoxizität nicht "
    "krebs; "
    "humantoxizität nicht kanzerogen",
    "A2|SQP": "sop; land use; soil quality; soil quality index; landgebruik; bodemkwaliteit; "
    "landnutzung; bodenqualitätsindex",
}
_SUFFIX = re.compile(r"[\s(\[]+(?:en\s*15804\s*\+\s*)?(a[12])[\s)\]]*$")
# "Acidification (AP)": the code behind the name.
_BRACKETED = re.compile(r"[\(\[]([^()\[\]]+)[\)\]]")


def _plain(text: str) -> str:
    """Letters and digits of a name, without case, accents, brackets and dashes."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss")).casefold()
    return re.sub(r"[^a-z0-9]", "", text)


def _index() -> dict[str, tuple[Key, ...]]:
    found: dict[str, dict[Key, None]] = {}
    for row in INDICATORS:
        found.setdefault(_plain(row.code), {})[(row.set, row.code)] = None
    # A1's climate row is called GWP in both sets' tables; A2's own name says total.
    found["gwp"] = {("A1", "GWP"): None, ("A2", "GWP-total"): None}
    for keys, names in _NAMES.items():
        for name in names.split(";"):
            for key in keys.split():
                set_code, _, code = key.partition("|")
                found.setdefault(_plain(name), {})[(_set(set_code), code)] = None
    return {name: tuple(keys) for name, keys in found.items()}


def _set(text: str) -> SetCode | None:
    return "A1" if text == "A1" else "A2" if text == "A2" else None


_BY_NAME: Mapping[str, tuple[Key, ...]] = _index()


_CODES = frozenset(_plain(row.code) for row in INDICATORS) | {
    "gwp",
    "gwpt",
    "gwpf",
    "gwpb",
    "gwpbio",
    "epfw",
    "epm",
    "ept",
    "sop",
}
_UNIT_START = re.compile(
    r"\s*(k?g|t|ton|mg|µg|m?mol|mole|[kmg]?j|m\^?[23³²]|k?bq|ctu|pt|disease|ziekte|krankheit|dimension)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a table asks the same few labels for every cell
def unit_in(text: str) -> str | None:
    """The unit that stands in brackets behind a name: "GWP-total [kg CO2-eq]"."""
    return next(
        (
            part.strip()
            for part in _BRACKETED.findall(text)
            if _UNIT_START.match(part) and _plain(part) not in _CODES
        ),
        None,
    )


@lru_cache(maxsize=4096)
def candidates(text: str) -> tuple[Key, ...]:
    """Every indicator a text may mean; () when it names none. "(A2)" behind a name settles the set.

    In brackets stands a code or a unit; anything else narrows the name ("Climate change (land use)"), and
    then the whole must be a name we know.
    """
    suffix = _SUFFIX.search(text.casefold())
    bare = text[: suffix.start()] if suffix else text
    found = _BY_NAME.get(_plain(bare), ())
    if not found:
        parts = _BRACKETED.findall(bare)
        codes = [part for part in parts if _plain(part) in _CODES]
        unit = unit_in(bare)
        if all(part in codes or part.strip() == unit for part in parts) and parts:
            outer = _BY_NAME.get(_plain(_BRACKETED.sub("", bare)), ())
            inner = [_BY_NAME.get(_plain(part), ()) for part in codes]
            found = next((keys for keys in (*inner, outer) if keys), ())
    if suffix:
        wanted = _set(suffix[1].upper())
        found = tuple(key for key in found if key[0] == wanted)
    return found


def settle(found: tuple[Key, ...], set_code: SetCode | None, unit: str | None) -> Key | None:
    """The one indicator meant, by the table's set and else by the unit; None where neither tells."""
    if len(found) > 1 and set_code is not None:
        found = tuple(key for key in found if key[0] in (set_code, None))
    if len(found) > 1 and unit:
        fits = [
            key for key in found if unit_is_sensible(_row(key), unit) and not names_another(_row(key), unit)
        ]
        found = tuple(fits)
    return found[0] if len(found) == 1 else None


def _row(key: Key) -> Indicator:
    return BY_CODE[key]


def set_of(texts: Iterable[str]) -> SetCode | None:
    """The set a table is about: A1 or A2 when only names of that one occur; None when both or neither do."""
    sets = {keys[0][0] for keys in map(candidates, texts) if len({key[0] for key in keys}) == 1}
    sets.discard(None)
    return sets.pop() if len(sets) == 1 else None
