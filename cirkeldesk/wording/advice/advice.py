"""The sections of the advice, drafted from the figures in plain Dutch. A person may edit each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cirkeldesk.model.award import checks
from cirkeldesk.model.award.award import INTERNAL, Award, award
from cirkeldesk.model.award.disclosure import Disclosed
from cirkeldesk.model.award.standstill import SendingDay, is_owed
from cirkeldesk.model.comparison.certainty import Certainty, certainty
from cirkeldesk.model.comparison.result import Comparison, Inputs, VariantResult
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.tender.answered import per_of
from cirkeldesk.model.tender.publication import Audience
from cirkeldesk.model.tender.tender import AdviceText, Tender
from cirkeldesk.wording import asked, criteria, numbers, sentences, terms
from cirkeldesk.wording.advice import decision, to_decide
from cirkeldesk.wording.award import awarding, changes, how_sure
from cirkeldesk.wording.comparison import explanations
from cirkeldesk.wording.comparison.rows import MatrixRow, matrix_rows, sealed

SECTIONS: Mapping[str, str] = {
    "summary": "Samenvatting",
    "subject": "Wat kopen we",
    "comparison": "Vergelijking",
    "award": "Gunning",
    "mvoi": "Maatschappelijk verantwoord inkopen",
    "certainty": "Zekerheid",
    "assumptions": "Aannames en wat ontbreekt",
    "advice": "Advies",
    "open": "Nog open",
    "request": "Gevraagd besluit",
}


OWN_DESIGNS = "Vooraf zijn eigen ontwerpen vergeleken; inschrijvingen staan hier niet bij. "


@dataclass(frozen=True)
class Section:
    """A section's title and text; `edited` when a person wrote it, `draft` our own text now.

    `changes` are figures (before, now) that our text had when somebody wrote over it and that are other ones
    now; `renewed` is the written text with them in it, where that is safe.
    """

    key: str
    title: str
    text: str
    edited: bool
    draft: str
    changes: tuple[tuple[str, str], ...] = ()
    renewed: str | None = None


@dataclass(frozen=True)
class Advice:
    """All that an advice says, for inside or outside. For outside `comparison` is that of the public tender
    and `disclosed` what may be said of the winner; for inside `disclosed` is None. `changed` says what
    differs from the version before. `term` is the day proposed for the letters, with both terms.
    """

    audience: Audience
    comparison: Comparison
    inputs: Inputs
    sections: tuple[Section, ...]
    certainty: Certainty | None
    disclosed: Disclosed | None = None
    changed: tuple[str, ...] = ()
    term: SendingDay | None = None

    @property
    def tender(self) -> Tender:
        return self.comparison.tender

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    @property
    def rows(self) -> list[MatrixRow]:
        """The rows of the matrix that this reader may see: outside no amounts and no work left to do."""
        hidden = ("price", "award", "open") if self.audience == "external" else ()
        return [row for row in matrix_rows(self.comparison) if row.key not in hidden]


def internal_advice(
    comparison: Comparison, inputs: Inputs, changed: Sequence[str] = (), term: SendingDay | None = None
) -> Advice:
    sure = None if comparison.tender.has_bids else certainty(comparison, inputs)
    found = tuple(sections(comparison, sure))
    return Advice("internal", comparison, inputs, found, sure, changed=tuple(changed), term=term)


def external_advice(
    comparison: Comparison,
    inputs: Inputs,
    shown: Disclosed | None,
    changed: Sequence[str] = (),
    *,
    with_bids: bool = False,
) -> Advice:
    """`comparison` is that of `disclosure.public(tender)`; `with_bids`: the tender itself has bids.

    How sure the order is, is told of designs before there are bids (DOMAIN 8): the official outcome is
    deterministic.
    """
    sure = None if with_bids else certainty(comparison, inputs)
    found = sections(comparison, sure, shown, outside=True)
    return Advice("external", comparison, inputs, tuple(found), sure, shown, tuple(changed))


def sections(
    comparison: Comparison,
    sure: Certainty | None = None,
    shown: Disclosed | None = None,
    *,
    outside: bool = False,
) -> list[Section]:
    """All sections, drafted unless edited; those about an award, a comparison or certainty only when there is
    one."""
    found = award(comparison)
    drafts = {
        "summary": _outside_summary(comparison, shown) if outside else _summary(comparison, found, sure),
        "subject": _subject(comparison),
        **(
            {"comparison": (OWN_DESIGNS if outside else "") + _comparison(comparison)}
            if comparison.variants
            else {}
        ),
        **(
            {"award": _outside_award(comparison, shown) if outside else _award(comparison, found)}
            if _awards(comparison)
            else {}
        ),
        **({"mvoi": mvoi} if (mvoi := criteria.draft(comparison.tender, outside=outside)) else {}),
        **({"certainty": how_sure.certainty_sentence(sure)} if sure is not None else {}),
        "assumptions": _assumptions(comparison),
        "advice": _outside_decision(comparison, shown) if outside else _advice(comparison, found, sure),
        **({} if outside else _to_decide(comparison, found, sure)),
    }
    edited = {text.section: text for text in comparison.tender.advice}
    return [_section(key, draft, edited.get(key)) for key, draft in drafts.items()]


def _to_decide(comparison: Comparison, found: Award | None, sure: Certainty | None) -> dict[str, str]:
    """What is open and what is asked, a line each."""
    tender = comparison.tender
    owed = is_owed(tender.publication, len(tender.bids))[0] is not False
    return {
        "open": to_decide.still_open(comparison, found, _estimate(comparison)),
        "request": to_decide.request(comparison, found, sure, owed=owed),
    }


def _estimate(comparison: Comparison) -> Decimal | None:
    """The raming that was filled in, else the price of the nulvariant."""
    filled_in = comparison.tender.publication.estimate
    return filled_in if filled_in is not None else checks.estimate(comparison)


def _awards(comparison: Comparison) -> bool:
    return comparison.tender.award.method is not None


def _section(key: str, draft: str, written: AdviceText | None) -> Section:
    if written is None:
        return Section(key, SECTIONS[key], draft, False, draft)
    if not written.draft:
        return Section(key, SECTIONS[key], written.text, True, draft)
    changes = changed_figures(written.draft, draft)
    return Section(
        key,
        SECTIONS[key],
        written.text,
        True,
        draft,
        changes,
        with_figures(written.text, written.draft, draft),
    )


# A figure or a numbered name; a person's text may have a plain space where ours has a no-break one.
_FIGURE = re.compile(
    r"(?:€\s)?[−+]?\d[\d.]*\d(?:,\d+)?(?:\s%)?|(?:€\s)?\d(?:,\d+)?(?:\s%)?|Inschrijving "
    r"[A-Z]\b|Ontwerpvariant \d+"
)


def _pairs(before: str, now: str) -> list[tuple[str, str]] | None:
    """Each figure or name of a draft beside the one that stands in its place now; None where the sentences
    differ."""
    old, new = _FIGURE.findall(before), _FIGURE.findall(now)
    if len(old) != len(new) or _FIGURE.sub("", before) != _FIGURE.sub("", now):
        return None
    return list(zip(old, new, strict=True))


def changed_figures(before: str, now: str) -> tuple[tuple[str, str], ...]:
    """Figures and names of bids that differ between two drafts, in order; ("", "") stands for a text of
    another build."""
    if before == now:
        return ()
    pairs = _pairs(before, now)
    if pairs is None:
        return (("", ""),)
    return tuple(dict.fromkeys((one, other) for one, other in pairs if one != other))


def with_figures(text: str, before: str, now: str) -> str | None:
    """A written text with the figures of the old draft replaced by those of now; None where that could say
    something wrong.

    It could when one old figure or name has become two different ones, or stayed in another place, or is a
    bare short number that may mean anything in a person's own sentence.
    """
    pairs = _pairs(before, now)
    if pairs is None:
        return None
    became: dict[str, set[str]] = {}
    for one, other in pairs:
        became.setdefault(_plain(one), set()).add(other)
    named = {_plain(found) for found in _FIGURE.findall(text)}
    for one in named & became.keys():
        bare = one.isdigit() and len(one) < 3 and became[one] != {one}
        if len(became[one]) > 1 or bare:
            return None
    renewed = _FIGURE.sub(lambda found: next(iter(became.get(_plain(found[0]), {found[0]}))), text)
    # A figure written another way ("15,7 procent") would stay as it was beside those that were renewed.
    gone = {_bare(one) for one, other in pairs if one != other} - {_bare(other) for _, other in pairs}
    if gone & set(_NUMBER.findall(renewed)):
        return None
    return renewed if renewed != text else None


_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


def _bare(figure: str) -> str:
    """The number of a figure, without sign, € and %; a name as it is."""
    found = _NUMBER.search(figure)
    return found[0] if found else figure


def _plain(figure: str) -> str:
    return figure.replace(numbers.NBSP, " ")


def flag(section: Section) -> str:
    """ "Cijfer gewijzigd: 15,7 % → 14,2 %", or "" where nothing did."""
    named = [f"{one} → {other}" for one, other in section.changes if one]
    if not section.changes:
        return ""
    return (
        f"Cijfer gewijzigd: {', '.join(named[:4])}" if named else "De cijfers onder deze tekst zijn gewijzigd"
    )


def _summary(comparison: Comparison, found: Award | None, sure: Certainty | None) -> str:
    """Who, and why not the others; without an award what the MKI says, and what it costs."""
    leaders = [bid.id for bid in found.bids if bid.rank == 1] if found is not None else []
    if found is not None and leaders:
        first = the_one(found.bids, lambda bid: bid.id == leaders[0], leaders[0])
        budget = decision.budget(found, _estimate(comparison), first)
        return " ".join([awarding.conclusion(found), *decision.why(found, comparison.conclusion), *budget])
    parts = [awarding.conclusion(found)] if found is not None and found.bids else []
    parts += [decision.how_sure(sure)] if sure is not None else []
    return " ".join([*parts, sentences.sentence(comparison.conclusion), *_price_beside_mki(comparison)])


def _price_beside_mki(comparison: Comparison) -> list[str]:
    """What the lowest MKI costs beside the cheapest bid, where nothing is awarded yet."""
    lowest = [v for v in _group(comparison) if v.rank == 1]
    prices = {v.name: v.price for v in _group(comparison) if v.is_bid and v.price is not None}
    if len(prices) < 2 or len(lowest) != 1 or lowest[0].price is None:
        return []
    least = min(prices.values())
    names = [name for name, price in prices.items() if price == least]
    start = f"{awarding.listed(names)} {'heeft' if len(names) == 1 else 'hebben'}"
    if lowest[0].name in names:
        return [f"{start} ook de laagste inschrijfsom: {numbers.euro(least)}."]
    more = numbers.euro(lowest[0].price - least)
    return [f"{start} de laagste inschrijfsom: {numbers.euro(least)}, {more} lager dan {lowest[0].name}."]


def _outside_summary(comparison: Comparison, shown: Disclosed | None) -> str:
    """Who gets the work; before that is known, what the authority's own designs show."""
    if shown is not None:
        were = "was 1 inschrijving" if shown.bids == 1 else f"waren {shown.bids} inschrijvingen"
        return f"De opdracht gaat naar {shown.winner}. Er {were}, waarvan {shown.counted} geldig."
    if len(comparison.variants) > 1:
        return sentences.sentence(comparison.conclusion)
    return f"Dit blad beschrijft wat is gevraagd voor {comparison.tender.title or 'dit werk'}."


def _outside_award(comparison: Comparison, shown: Disclosed | None) -> str:
    """Method and lock, and of the outcome only what may be known."""
    tender = comparison.tender
    parts = [awarding.method_sentence(tender.award)]
    if tender.lock is not None:
        parts.append(f"{awarding.raised(awarding.lock_sentence(tender))}.")
    if shown is None:
        return " ".join([*parts, "De uitkomst is nog niet bekend."])
    return " ".join([*parts, f"{shown.winner} staat op nummer 1."])


def _outside_decision(comparison: Comparison, shown: Disclosed | None) -> str:
    if shown is not None:
        return f"Volgens de methode uit de aanbestedingsstukken gunnen wij de opdracht aan {shown.winner}."
    return "De gunning volgt de methode uit de aanbestedingsstukken. De uitkomst is nog niet bekend."


def _group(comparison: Comparison) -> list[VariantResult]:
    """Bids that were not judged invalid; without bids the designs."""
    bids = [v for v in comparison.variants if v.is_bid]
    return [v for v in bids if not v.invalid] if bids else list(comparison.variants)


def _subject(comparison: Comparison) -> str:
    tender, ask = comparison.tender, comparison.tender.ask
    names = [post.name for post in tender.posts]
    posts = ", ".join(names[:-1]) + f" en {names[-1]}" if len(names) > 1 else "".join(names)
    area = ""
    if tender.functional_quantity is not None:
        label = comparison.group.functional_quantity_label.lower()
        area = f" De {label} is {numbers.number(tender.functional_quantity, 0)} {comparison.group.functional_unit}."
    period = (
        f" De beschouwingsperiode is {numbers.as_typed(ask.analysis_period)} jaar."
        if ask.analysis_period
        else ""
    )
    count = "1 post" if len(names) == 1 else f"{len(names)} posten"
    return f"{tender.title or 'Dit werk'} bestaat uit {count}: {posts}.{area}{period}"


def _per(comparison: Comparison) -> str:
    """What an MKI is per; posts that count another unit are named."""
    ask = comparison.tender.ask
    others = [
        (post.name, per) for post in comparison.tender.posts if (per := per_of(ask, post)) != ask.mki_per
    ]
    named = "; ".join(f"{name} per {terms.PER[per]}" for name, per in others)
    return terms.PER[ask.mki_per] + (f" ({named})" if named else "")


def _comparison(comparison: Comparison) -> str:
    ranked = sorted((v for v in _group(comparison) if v.rank is not None), key=lambda v: v.rank or 0)
    if not ranked:
        return sentences.sentence(comparison.conclusion)
    listed = "; ".join(f"{v.name} {numbers.euro(v.total.value or 0.0)} MKI" for v in ranked)
    text = f"Van laag naar hoog: {listed}."
    reference = comparison.reference
    if reference is not None and reference.total.value is not None and reference not in ranked:
        text += f" De nulvariant heeft {numbers.euro(reference.total.value)} MKI."
    return text


def set_name(comparison: Comparison) -> str:
    """Which weighting set, by its content: somebody else's weights under our name say so (DOMAIN 3)."""
    weights = comparison.weighting_set
    other = ", met andere gewichten dan die van dit programma" if comparison.has_foreign_weights else ""
    return f"{weights.code}, uitgave {weights.edition}{other}"


def _assumptions(comparison: Comparison) -> str:
    if comparison.group.without_mki:
        return "Deze aanbesteding vraagt geen MKI. CirkelDesk rekent hier alleen met prijs en punten."
    ask, weights = comparison.tender.ask, comparison.weighting_set
    rule = comparison.replacement_rule
    parts = [
        f"Gerekend met weegset {set_name(comparison)}, levensfasen {asked.judged(ask)}.",
        f"Vervangingsregel: {terms.REPLACEMENT_RULES[rule] if rule else terms.NOT_CHOSEN}.",
    ]
    if rule not in (None, "none") and any(not v.is_bid for v in comparison.variants):
        parts.append(explanations.NOT_FOR_WORKS)
    if weights.unverified:
        count = len(weights.unverified)
        parts.append(f"{count} van de {len(weights.weights)} gewichten zijn nog niet bevestigd.")
    if ask.fixed_modules:
        parts.append(
            f"{len(ask.fixed_modules)} waarden zijn voor alle varianten vastgesteld door de opdrachtgever."
        )
    parts.append(terms.NOT_VALIDATED)
    return " ".join(parts)


def _award(comparison: Comparison, found: Award | None) -> str:
    """Method, lock, ranking and corrections in sentences."""
    tender = comparison.tender
    parts = [awarding.method_sentence(tender.award)]
    if tender.lock is not None:
        parts.append(f"{awarding.raised(awarding.lock_sentence(tender))}.")
    if tender.prices_sealed:
        return " ".join([*parts, f"De prijzen zijn {sealed(tender.sealed_until)}."])
    if found is None or not found.bids:
        return " ".join([*parts, "Er is nog geen rangorde."])
    names = {bid.id: bid.name for bid in found.bids}
    listed = [
        f"{bid.name} {awarding.amount_text(found, bid.outcome.total)}"
        for bid in found.bids
        if bid.rank and bid.outcome
    ]
    if listed:
        parts.append(f"Rangorde: {'; '.join(listed)}.")
    parts += [changes.layer_sentence(tender, layer, names) for layer in tender.layers]
    said = [
        message for message in found.warnings if message.key not in INTERNAL
    ]  # what would turn it stays on the screen
    return " ".join([*parts, *map(sentences.sentence, said)])


def _advice(comparison: Comparison, found: Award | None, sure: Certainty | None) -> str:
    """What to decide; where it cannot be decided yet, what it waits for."""
    if found is not None and found.winner is not None:
        winner = found.bid(found.winner)
        assert winner.outcome is not None
        total = awarding.amount_text(found, winner.outcome.total)
        measure = "de laagste fictieve prijs" if found.method.kind == "notional" else "de meeste punten"
        return f"Volgens de methode uit de aanbestedingsstukken heeft {winner.name} {measure}: {total}. Wij adviseren te gunnen aan {winner.name}."
    if not comparison.tender.has_bids:
        return decision.of_designs(comparison, sure)
    if found is None or not found.bids:
        return "Er is nog geen advies te geven. Kies eerst bij Uitvraag een gunningsmethode."
    return decision.not_yet(found)


def ask_facts(comparison: Comparison) -> list[tuple[str, str]]:
    """What is asked, as label and text; for the sheet and the workbook."""
    tender, ask = comparison.tender, comparison.tender.ask
    group = comparison.group
    none = terms.NOT_CHOSEN
    quantity = tender.functional_quantity
    procedure = tender.publication.procedure
    facts = [
        ("Nummer", tender.number),
        ("Titel", tender.title or none),
        *([("Procedure", terms.PROCEDURES[procedure])] if procedure is not None else []),
        ("Productgroep", group.name),
        (
            group.functional_quantity_label,
            f"{numbers.number(quantity, 0)} {group.functional_unit}" if quantity else none,
        ),
        ("Inschrijving sluit", numbers.date(tender.closes_on) if tender.closes_on else none),
    ]
    if not group.without_mki:
        facts += _of_the_mki(comparison)
    if tender.award.method is not None:
        facts.append(("Gunningsmethode", awarding.method_sentence(tender.award)))
        facts.append(("Methode op slot", awarding.lock_sentence(tender)))
        facts.append(("Regel bij gelijke stand", awarding.tie_rules_text(tender.award.tie_rules)))
    names = {variant.id: variant.name for variant in tender.variants}
    facts += [("Gecorrigeerd", changes.layer_sentence(tender, layer, names)) for layer in tender.layers]
    facts += [(f"Nota van inlichtingen {n.number}", changes.nota_sentence(tender, n)) for n in tender.notes]
    if ask.rules and not group.without_mki:
        facts.append(("Rekenregels", ask.rules))
    if ask.reference_date and not group.without_mki:
        facts.append(("Peildatum", numbers.date(ask.reference_date)))
    if ask.equal_functions:
        facts.append(("Moet gelijk zijn", ", ".join(ask.equal_functions)))
    return facts


def _of_the_mki(comparison: Comparison) -> list[tuple[str, str]]:
    """How the MKI is asked; a group without an MKI has none of it (`ProductGroup.without_mki`)."""
    ask, none = comparison.tender.ask, terms.NOT_CHOSEN
    period = f"{numbers.as_typed(ask.analysis_period)} jaar" if ask.analysis_period else none
    return [
        ("Beschouwingsperiode", period),
        ("Weegset", set_name(comparison)),
        ("Levensfasen", asked.judged(ask)),
        ("Levensfase D telt mee", "ja" if ask.include_d else "nee"),
        ("Vervangingsregel", terms.REPLACEMENT_RULES.get(comparison.replacement_rule or "", none)),
        ("MKI opgegeven per", _per(comparison)),
        ("Toeslag 30 % al verwerkt", "ja" if ask.includes_uplift else "nee"),
        ("Vervanging al verwerkt", terms.YES_NO_UNKNOWN[ask.includes_replacement or "unknown"]),
    ]


def asked_shortly(comparison: Comparison) -> list[tuple[str, str]]:
    """What of the ask a reader of the outcome has to know; the whole of it stands in the annex."""
    tender, ask = comparison.tender, comparison.tender.ask
    mki = not comparison.group.without_mki
    facts = _mki_shortly(comparison) if mki else []
    if ask.equal_functions:
        facts.append(("Moet gelijk zijn", ", ".join(ask.equal_functions)))
    if ask.rules and mki:
        day = f"; peildatum {numbers.date(ask.reference_date)}" if ask.reference_date else ""
        facts.append(("Rekenregels", f"{ask.rules}{day}"))
    if tender.award.method is not None:
        facts.append(("Gunnen", awarding.method_sentence(tender.award)))
        if tender.award.tie_rules:
            facts.append(("Bij gelijke stand", awarding.tie_rules_text(tender.award.tie_rules)))
    return facts


def _mki_shortly(comparison: Comparison) -> list[tuple[str, str]]:
    ask = comparison.tender.ask
    rule = terms.REPLACEMENT_RULES.get(comparison.replacement_rule or "", terms.NOT_CHOSEN)
    how = (
        f"weegset {set_name(comparison)}; levensfasen {asked.judged(ask)}; op te geven per {_per(comparison)}"
    )
    return [("MKI", how), ("Vervanging", rule)]


def sources(comparison: Comparison) -> list[tuple[str, str]]:
    """Per variant where its figures come from, as it was filled in."""
    found = []
    for variant in comparison.tender.variants:
        e = variant.evidence
        parts = [
            p
            for p in (e.source, e.number and f"nummer {e.number}", e.verifier and f"toetser {e.verifier}")
            if p
        ]
        if e.valid_until:
            parts.append(f"geldig tot {numbers.date(e.valid_until)}")
        if e.category:
            parts.append(f"datacategorie {e.category}")
        result = comparison.variant(variant.id)
        offered = "MKI opgegeven door de inschrijver" if variant.is_bid else "MKI opgegeven"
        kind = {"offered": offered, "computed": "eigen berekening uit milieuverklaringen"}
        basis = kind.get(result.source or "", "nog geen MKI")
        found.append((variant.name, "; ".join([basis, *parts]) + "."))
    return found
