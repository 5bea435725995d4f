"""What a tender asks of an MKI, spelled out: wherever somebody answers "zoals gevraagd", these are the words.

On the form, in the window and on paper alike, so that nobody is judged on a scope that was not told (DOMAIN
4).
"""

from __future__ import annotations

from collections.abc import Iterable

from cirkeldesk.model.product.modules import ATOMS, atoms_of
from cirkeldesk.model.tender.answered import asked_atoms, d_is_ambiguous
from cirkeldesk.model.tender.ask import Ask, ReplacementRule
from cirkeldesk.model.tender.offered import asked_of_bidder, fixed_for
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.wording import numbers, terms

AS_ASKED = "zoals gevraagd"
WITHOUT_D, WITH_D = f"{AS_ASKED}, zonder D", f"{AS_ASKED}, met D"
NOT_SAID = "niet opgegeven"
NOT_YET = "nog niet gekozen"


def modules(wanted: Iterable[str]) -> str:
    """Atoms in the fewest words: "A–D", "A–C", "A1–A3, C1–C4, D"."""
    atoms = atoms_of(wanted)
    whole = frozenset(ATOMS)
    if atoms == whole:
        return "A–D"
    if atoms == whole - {"D"}:
        return "A–C"
    runs: list[list[str]] = []
    for name in (atom for atom in ATOMS if atom in atoms):
        last = runs[-1][-1] if runs else ""
        if last and last[0] == name[0] and name != "D" and int(name[1:]) == int(last[1:]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def judged(ask: Ask) -> str:
    """The scope of the figure that is compared and awarded on, with or without D in so many words."""
    words = modules(asked_atoms(ask))
    if "D" in atoms_of(ask.modules) and not ask.include_d:
        return f"{words}, zonder D"
    return words


def of_bidder(tender: Tender) -> str:
    """The scope of which a bidder gives the MKI: what is judged, without what the authority fixed itself."""
    ask = tender.ask
    counting = [
        post for post in tender.posts if post.in_mki and (post.kind != "released" or ask.released_in_scope)
    ]
    if not counting:
        return judged(ask)
    if ask.mki_per == "work":
        fixed = frozenset.intersection(*(atoms_of(fixed_for(ask, post)) for post in counting))
        text = modules(asked_atoms(ask) - fixed)
    else:
        text = _per_post({post.name: modules(asked_of_bidder(ask, post)) for post in counting})
    return f"{text}, zonder D" if d_is_ambiguous(ask) else text


def _per_post(scopes: dict[str, str]) -> str:
    """One scope where all posts have the same, else which posts have which."""
    words = list(dict.fromkeys(scopes.values()))
    if len(words) == 1:
        return words[0]
    named = {word: ", ".join(name for name, value in scopes.items() if value == word) for word in words}
    return "; ".join(f"{names}: {word}" for word, names in named.items())


def uplift(ask: Ask) -> str:
    if not ask.apply_uplift:
        return "de toeslag geldt hier niet"
    return (
        "de toeslag van 30 % op gegevens van categorie 3 zit erin"
        if ask.includes_uplift
        else ("zonder de toeslag van 30 %; wij tellen die erbij")
    )


def replacement(ask: Ask, rule: ReplacementRule | None) -> str:
    """Whether replacements are in the MKI, over how long and by which rule."""
    if ask.includes_replacement is None:
        return "zeg zelf of vervanging in uw MKI zit"
    period = f"{numbers.as_typed(ask.analysis_period)} jaar" if ask.analysis_period else NOT_SAID
    words = terms.REPLACEMENT_RULES.get(rule or "", NOT_SAID)
    if ask.includes_replacement == "unknown":
        return f"zeg zelf of vervanging in uw MKI zit (beschouwingsperiode {period}, {words})"
    said = (
        "met vervanging" if ask.includes_replacement == "yes" else "zonder vervanging; wij rekenen die erbij"
    )
    return f"{said} (beschouwingsperiode {period}, {words})"


def lines(tender: Tender, rule: ReplacementRule | None) -> list[tuple[str, str]]:
    """Everything "zoals gevraagd" stands for, as (what, words)."""
    ask = tender.ask
    fixed = atoms_of(f.module for f in ask.fixed_modules if f.post_id is None)
    found = [
        ("Weegset", ask.set_code),
        ("Levensfasen", of_bidder(tender)),
        ("Toeslag", uplift(ask)),
        ("Vervanging", replacement(ask, rule)),
        ("Rekenregels", ask.rules or NOT_SAID),
    ]
    if fixed:
        found.insert(2, ("Stelt de opdrachtgever vast", modules(fixed & atoms_of(ask.modules))))
    if ask.background:
        found.append(("Achtergronddatabase", ask.background))
    if ask.reference_date:
        found.append(("Onderbouwing geldig op", numbers.date(ask.reference_date)))
    return found


def by_field(tender: Tender, rule: ReplacementRule | None) -> dict[str, str]:
    """What "zoals gevraagd" stands for, by the field of a declared basis."""
    return {
        "weighting_set": tender.ask.set_code,
        "modules": of_bidder(tender),
        "without_d": "niet bekend",
        "per": f"per {terms.PER[tender.ask.mki_per]}",
        "includes_uplift": uplift(tender.ask),
        "includes_replacement": replacement(tender.ask, rule),
    }


def in_short(tender: Tender, rule: ReplacementRule | None) -> str:
    """What is compared and what a bidder gives, in two lines for the screen."""
    given = of_bidder(tender)
    text = f"Vergeleken wordt de MKI over {judged(tender.ask)}."
    if given != judged(tender.ask):
        text += f" Een inschrijver geeft op: {given}."
    return f"{text} Zoals gevraagd betekent: {uplift(tender.ask)}; {replacement(tender.ask, rule)}."


def in_one_sentence(tender: Tender, weighting_set: str, rule: ReplacementRule | None) -> str:
    """The whole ask in words, with what is still to be chosen; `weighting_set` as the window names it."""
    ask = tender.ask
    split = "per levensfase" if ask.mki_split else "één totaal"
    date = numbers.date(ask.reference_date) if ask.reference_date else NOT_YET
    return (
        f"Weegset {weighting_set}, levensfasen {judged(ask)}, MKI per {terms.PER[ask.mki_per]}, {split}. "
        f"Rekenregels: {ask.rules or NOT_YET}. Peildatum: {date}. {in_short(tender, rule)}"
    )


def calculation(tender: Tender, rule: ReplacementRule | None) -> str:
    """How the MKI of the work is made from what bidders offer, in words that follow the ask (DOMAIN 5)."""
    ask = tender.ask
    if ask.mki_per == "work":
        text = f"De MKI van het werk is het bedrag dat de inschrijver opgeeft, over de levensfasen {of_bidder(tender)}."
        parts = [text]
    else:
        parts = [
            f"De MKI van het werk is de som over de posten van de MKI per {terms.PER[ask.mki_per]} × de hoeveelheid "
            f"uit de staat van hoeveelheden, over de levensfasen {of_bidder(tender)}."
        ]
        parts += _replaced(ask, rule)
    fixed = [one.module for one in ask.fixed_modules]
    if fixed:
        parts.append(
            f"De opdrachtgever telt er voor iedereen gelijk zijn vaste waarden bij op, voor {modules(fixed)}."
        )
    if any(post.kind == "released" for post in tender.posts):
        parts.append(
            f"Van vrijkomend materiaal tellen {'C1–C4 en D' if 'D' in asked_atoms(ask) else 'C1–C4'} mee, voor iedereen "
            "gelijk."
            if ask.released_in_scope
            else "Vrijkomend materiaal telt niet mee."
        )
    decimals = ask.mki_decimals
    parts.append(
        "De uitkomst wordt afgerond op hele euro's MKI."
        if decimals == 0
        else f"De uitkomst wordt afgerond op {decimals} {'decimaal' if decimals == 1 else 'decimalen'}."
    )
    return " ".join(parts)


def _replaced(ask: Ask, rule: ReplacementRule | None) -> list[str]:
    """What the analysis period adds; blanks stay between […] until the ask says it."""
    years = numbers.as_typed(ask.analysis_period) if ask.analysis_period else "[beschouwingsperiode]"
    if ask.includes_replacement == "yes":
        return [f"Vervangingen binnen {years} jaar zitten al in de opgegeven MKI en tellen niet nog eens."]
    if ask.includes_replacement != "no" or rule is None:
        return ["[Kies bij Uitvraag of vervanging is verwerkt, en de vervangingsregel.]"]
    if rule == "none":
        return ["Vervangingen tellen niet mee."]
    if rule == "whole":
        return [
            f"Gaat een laag korter mee dan {years} jaar, dan telt elke hele levering die nodig is, de laatste ook."
        ]
    without = ", in de vervangingen zonder D" if rule == "fractional_without_d" else ""
    longer = f" Gaat zij langer mee, dan tellen B1–B4 voor {years} / l." if ask.mki_split else ""
    return [
        f"Gaat een laag l jaar mee, en is dat korter dan {years} jaar, dan telt haar MKI {years} / l keer{without}."
        f"{longer}"
    ]
