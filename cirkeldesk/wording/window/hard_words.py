"""Words that a newcomer does not know, each in three sentences at most: at the field, with Shift+F1, and for
who listens. The facts are those of `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class HardWord:
    """`usual` is what most people choose, "" where that depends on the work."""

    word: str
    text: str
    usual: str = ""

    @property
    def whole(self) -> str:
        return f"{self.text} Gewoonlijk: {self.usual}." if self.usual else self.text


_WORDS = (
    HardWord(
        "Weegset",
        "De lijst die milieueffecten omrekent naar euro's. A1 heeft 11 effecten, A2 heeft er 19, en een MKI met A2 is 1,4 "
        "tot 2,1 keer zo hoog. Een MKI met A1 en een met A2 zijn nooit te vergelijken.",
    ),
    HardWord(
        "Levensfasen",
        "A1-A3 is het maken: grondstoffen en fabriek. A4 en A5 zijn vervoer en aanleg, B is gebruik en vervangen, C is "
        "sloop. D is wat het materiaal daarna nog oplevert.",
    ),
    HardWord(
        "Levensfase D telt mee",
        "D is wat het materiaal na de sloop nog oplevert, zoals granulaat. Kiest u nee, dan blijft D buiten de MKI waarop "
        "u gunt. U ziet D dan nog wel, apart.",
        "ja",
    ),
    HardWord(
        "MKI opgegeven per",
        "Waarvoor het getal van de inschrijver geldt: een ton, een m², een post of het hele werk. Bij het hele werk rekenen "
        "wij er niets meer bij.",
    ),
    HardWord(
        "Uitgesplitst",
        "Eén totaal: één getal per post. Per levensfase: een getal voor A1-A3, A4, A5, B, C en D. Dan ziet u waar het "
        "verschil zit.",
        "één totaal",
    ),
    HardWord(
        "Vervangingsregel",
        "Een laag die eerder op is dan het werk, moet opnieuw. Naar rato: een laag van 12 jaar telt in 30 jaar 2,5 keer. "
        "Hele vervangingen: 3 keer. Met D telt ook de opbrengst na sloop elke keer.",
    ),
    HardWord(
        "Toeslag 30 % al verwerkt",
        "Algemene gegevens (categorie 3) zijn minder zeker. Daarom komt er 30 % bij. Zit die toeslag al in de MKI van de "
        "inschrijver? Zo niet, dan tellen wij hem erbij.",
        "ja",
    ),
    HardWord(
        "Vervanging al verwerkt",
        "Een deklaag van 15 jaar ligt in een werk van 30 jaar twee keer. Ja: het getal van de inschrijver geldt voor de hele "
        "periode. Nee: het geldt voor één keer, en wij rekenen de rest.",
        "ja",
    ),
    HardWord(
        "Rekenregels en versie",
        "Volgens welke regels de MKI is berekend, met de versie. Twee versies geven twee uitkomsten voor hetzelfde mengsel. "
        "Vraag iedereen dezelfde.",
    ),
    HardWord(
        "Peildatum",
        "Op deze dag moet elke milieuverklaring geldig zijn. Kies een dag die voor alle inschrijvers gelijk is.",
        "de dag waarop de inschrijving sluit",
    ),
    HardWord(
        "Beschouwingsperiode jaar",
        "Het aantal jaren waarover u vergelijkt. Een laag die eerder op is, telt vaker mee.",
        "30 jaar voor een weg",
    ),
    HardWord(
        "Moet gelijk zijn",
        "Wat elke variant minstens moet kunnen, zoals verkeersklasse en stroefheid. Wie dat niet kan, staat niet in de "
        "rangorde. Een mens beslist dat, met een reden.",
    ),
    HardWord(
        "Datacategorie",
        "Hoe zeker de gegevens zijn. 1: van deze producent, getoetst. 2: van de branche, getoetst. 3: algemeen en niet "
        "getoetst, met 30 % toeslag; 3a: zonder die toeslag.",
    ),
    HardWord(
        "Biobased volgens opgave, %",
        "Van welk geheel het percentage een deel is, staat ernaast. 50 % van het toegevoegde bindmiddel is maar ongeveer "
        "1,5 % van een gemiddeld mengsel. Vraag iedereen dezelfde maat.",
    ),
    HardWord(
        "Eigen hoeveelheid toegestaan",
        "Mag een inschrijver met een andere hoeveelheid rekenen dan u vroeg, bijvoorbeeld een dunnere laag? Bij nee is dat "
        "een bevinding.",
        "nee",
    ),
    HardWord(
        "Bovengrens MKI",
        "Wie op of boven deze MKI zit, krijgt geen korting. Wie op of onder de ondergrens zit, krijgt alles; daartussen "
        "loopt de korting recht op. Neem als bovengrens de MKI van uw nulvariant.",
    ),
    HardWord(
        "Ondergrens MKI",
        "Wie op of onder deze MKI zit, krijgt de hele korting. Lager wordt dus niet beloond. Kies haar zo laag als een goed "
        "ontwerp kan komen.",
    ),
    HardWord(
        "Hoogste korting",
        "Zoveel euro gaat er bij de ondergrens van de prijs af om de volgorde te bepalen. U betaalt altijd de inschrijfsom.",
    ),
)
HARD_WORDS: Mapping[str, HardWord] = {found.word: found for found in _WORDS}


def hard_word(label: str) -> HardWord | None:
    """The explanation of a field by its label; the star of what is needed and a unit behind a comma do not
    count."""
    name = label.rstrip(" *")
    return HARD_WORDS.get(name) or HARD_WORDS.get(name.split(",")[0])
