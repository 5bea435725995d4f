"""Dutch sentences by key: findings, reasons, conclusions, errors and step names. B1, u-form: what, where,
what now.

Parameters are turned into text here by their name, so that the model and the store carry values only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cirkeldesk.model.messages import Message, Problem, State
from cirkeldesk.model.refusal import Refusal
from cirkeldesk.wording import numbers, terms
from cirkeldesk.wording.findings import FINDINGS
from cirkeldesk.wording.refusals import ERRORS
from cirkeldesk.wording.steps import ATTEMPTS, STEPS

Param = str | float | int | None


def _number(value: Param) -> str:
    return numbers.in_sentence(Decimal(str(value)))


def _money(value: Param) -> str:
    return numbers.euro(Decimal(str(value)), 2)


def _spaced(value: Param) -> str:
    return ", ".join(str(value).split())


def _mki(value: Param) -> str:
    return numbers.euro(value) if isinstance(value, float) else str(value)


def _unlike(value: Param) -> str:
    """Weights that differ, as "GWP-total 0,058 (bij ons 0,116)"."""
    told = []
    for line in str(value).split("; "):
        name, here, there = ([*line.split(" "), "-", "-"])[:3]
        one, other = (numbers.as_typed(float(t)) if t != "-" else "ontbreekt" for t in (here, there))
        told.append(f"{name} {one} (bij ons {other})")
    return "; ".join(told)


# How a parameter is told, by its name.
TELL: Mapping[str, Callable[[Param], str]] = {
    **dict.fromkeys(("total", "work_total", "posts_total"), _mki),
    **dict.fromkeys(("lines", "price", "amount", "estimate", "next"), _money),
    **dict.fromkeys(("bound_low", "bound_high", "ceiling", "mki", "reference", "weights"), _number),
    **dict.fromkeys(("modules", "indicators"), _spaced),
    **dict.fromkeys(("until", "clock_was", "clock_is"), lambda value: numbers.moment(str(value))),
    "unlike": _unlike,
    "parts": lambda value: ", ".join(terms.GROUP_PARTS.get(name, name) for name in str(value).split()),
    "date": lambda value: numbers.date(str(value)),
    "rule": lambda value: terms.AWARD_FIELDS.get(str(value), str(value)),
    "per": lambda value: terms.PER.get(str(value), str(value)),
    "properties": lambda value: ", ".join(terms.PROPERTIES.get(n, n) for n in str(value).split(", ")),
}


def _param(name: str, value: Param) -> str:
    if name == "until" and not value:
        return "de opening"
    if value is None:
        return ""
    if name in TELL:
        return TELL[name](value)
    return numbers.as_typed(value) if isinstance(value, float) else str(value)


def _fill(template: str, params: Mapping[str, Param]) -> str:
    told = {name: _param(name, value) for name, value in params.items()}
    return template.format_map(_Forgiving(told) if isinstance(params, _Forgiving) else told)


def _waiting(params: dict[str, Param]) -> dict[str, Param]:
    posts = int(params.get("posts") or 0)
    empty = f"mist MKI voor {posts} {'post' if posts == 1 else 'posten'}"
    return {"waiting": empty if posts else _waiting_for(params)}


def _exceeds(params: dict[str, Param]) -> dict[str, Param]:
    total = params.get("total")
    told = total is not None and float(total) < 1e6
    return {"total": numbers.percent(float(total or 0), 1) if told else "meer dan 100 %"}


def _plural(name: str, one: str, more: str) -> Callable[[dict[str, Param]], dict[str, Param]]:
    """A word that follows how many there are: a number, or names with spaces between."""

    def words(params: dict[str, Param]) -> dict[str, Param]:
        value = params.get(_COUNTED[name])
        count = value if isinstance(value, int) else len(str(value).split())
        return {name: one if count == 1 else more}

    return words


_COUNTED = {"bids": "count", "missing_verb": "missing", "missing_modules_verb": "modules"}
# What a sentence needs beside its parameters, by key.
BESIDES: Mapping[str, Callable[[dict[str, Param]], Mapping[str, Param]]] = {
    "conclusion_lowest": lambda params: _conclusion(params),
    "conclusion_tie": lambda params: _conclusion(params),
    "conclusion_alone": lambda params: _conclusion(params),
    "conclusion_lowest_known": lambda params: _conclusion(params),
    "conclusion_tie_known": lambda params: _conclusion(params),
    "conclusion_waiting": _waiting,
    "composition_exceeds": _exceeds,
    "not_equal": lambda params: {"reason": f": {params['reason']}" if params.get("reason") else ""},
    "award_undecided": _plural("bids", "inschrijving", "inschrijvingen"),
    "posts_missing": _plural("missing_verb", "mist", "missen"),
    "total_is_no_life": _plural("missing_modules_verb", "ontbreekt", "ontbreken"),
}


def sentence(message: Message) -> str:
    """The Dutch sentence of a finding, reason or conclusion."""
    params: dict[str, Param] = message.values()
    if message.key in BESIDES:
        params |= BESIDES[message.key](params)
    return _stopped_once(_fill(FINDINGS[message.key], params))


def filled(template: str, message: Message) -> str:
    """Another sentence about the same finding, with its parameters told as always."""
    return _stopped_once(_fill(template, message.values()))


def _waiting_for(params: Mapping[str, Param]) -> str:
    causes = {
        "set_unknown": "noemt geen weegset",
        "modules_unknown": "noemt de levensfasen niet",
        "scope_ambiguous": "noemt niet of levensfase D is meegeteld",
        "category_unknown": "noemt geen datacategorie",
        "work_and_posts": "heeft twee MKI's",
        "work_beside_posts": "heeft twee MKI's",
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


def conclusion_parts(message: Message) -> tuple[str, str]:
    """A conclusion as the sentence that matters and the one that says how many can be compared, or ""."""
    text = sentence(message)
    if "comparable" not in message.values():
        return text, ""
    counts = str(_conclusion(message.values())["counts"])
    return text.removesuffix(counts).strip(), counts


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
