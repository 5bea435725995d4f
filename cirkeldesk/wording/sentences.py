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
from cirkeldesk.wording.findings import FINDINGS
from cirkeldesk.wording.refusals import ERRORS
from cirkeldesk.wording.steps import ATTEMPTS, STEPS

Param = str | float | int | None


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
