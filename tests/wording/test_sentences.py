"""Every key the code uses has a Dutch sentence, and every sentence fills."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cirkeldesk.model.messages import Message
from cirkeldesk.wording import findings, refusals, sentences
from cirkeldesk.wording.award import ready
from cirkeldesk.wording.steps import STEPS
from tests.conftest import ROOT

PACKAGE = ROOT / "cirkeldesk"
NUMBERS = {
    "total",
    "lines",
    "price",
    "amount",
    "ceiling",
    "mki",
    "reference",
    "bound_low",
    "bound_high",
    "estimate",
    "next",
    "weights",
}


def keys_in(path: Path) -> set[tuple[str, str]]:
    """(maker, key) of calls whose first literal argument is a message key."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = {
            "of": 0,
            "unknown": 1,
            "problem": 1,
            "StoreError": 0,
            "ReadError": 0,
            "DocumentError": 0,
            "note": 1,
            "error": 0,
            "Message": 0,
            "LockRefusal": 0,
            "_problem": 0,
        }.get(name)
        if place is None or len(node.args) <= place:
            continue
        if name == "of" and ast.unparse(node.func) != "Message.of":
            continue
        argument = node.args[place]
        if name == "LockRefusal" and len(node.args) < 3:
            continue
        if (
            isinstance(argument, ast.Constant)
            and isinstance(argument.value, str)
            and re.fullmatch(r"[a-z0-9_]+", argument.value)
        ):
            found.add((name, argument.value))
    return found


def test_every_key_has_a_sentence() -> None:
    known = {*findings.FINDINGS, *refusals.ERRORS, *ready.LINES, *ready.TOLD}
    missing = {
        (path.name, name, key)
        for path in PACKAGE.rglob("*.py")
        for name, key in keys_in(path)
        if key not in known and not (name == "error" and path.name == "log.py")
    }
    assert missing == set()


@pytest.mark.parametrize("key", sorted(findings.FINDINGS))
def test_findings_read_as_sentences(key: str) -> None:
    names = re.findall(r"{(\w+)}", findings.FINDINGS[key])
    params: dict[str, str | float] = {
        name: "p1"
        for name in names
        if name not in ("percent", "counts", "waiting", "missing_verb", "reason", "total")
    }
    for number in NUMBERS & set(names):
        params[number] = 12.5
    text = sentences.sentence(Message(key, tuple(params.items())))
    assert text[0].isupper() or findings.FINDINGS[key].startswith("{")
    assert text.endswith((".", "!"))
    assert "{" not in text
    for part in re.split(r"(?<=[.:])\s", text):
        assert len(part.split()) <= 22, part


@pytest.mark.parametrize("key", sorted(refusals.ERRORS))
def test_errors_fill(key: str) -> None:
    names = re.findall(r"{(\w+)}", refusals.ERRORS[key])
    text = sentences.error(key, **dict.fromkeys(names, "x"))
    assert "{" not in text
    assert not text.lower().startswith("fout")


def test_every_step_in_the_code_has_a_name() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "operations").rglob("*.py"))
    source += "\n" + (PACKAGE / "model" / "tender" / "edits.py").read_text(encoding="utf-8")
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]

    def steps(name: str, place: int) -> set[str]:
        """Literal steps that are given to a function at one place."""
        called = [node for node in calls if ast.unparse(node.func).endswith(name) and len(node.args) > place]
        texts = [node.args[place] for node in called]
        return {str(text.value) for text in texts if isinstance(text, ast.Constant)}

    used = steps("Edit", 0) | steps(".commit", 3)
    assert used >= {"field", "answer_field", "tender_new"}
    acts = steps("_act", 2)
    assert acts >= {"open", "quality_lock"}
    assert (used | acts) - {"tender", "product"} <= set(STEPS)


@pytest.mark.parametrize("key", sorted(refusals.ERRORS))
def test_telling_an_error_never_fails(key: str) -> None:
    """House F6: with nothing given, and with every parameter empty; the sentence stays one."""
    for params in ({}, {"file": "", "id": "", "value": "", "place": "", "since": ""}):
        text = sentences.error(key, **params)
        assert text.strip()
        assert "{" not in text
        assert not re.search(r"(?<!\.)\.\.(?!\.)", text)


def test_an_error_without_a_sentence_is_one_of_ours() -> None:
    assert sentences.error("bestaat_niet") == sentences.error("ours")
    assert sentences.step("refused", {"step": "x", "why": "bestaat_niet"})


def test_a_name_with_a_full_stop_ends_the_sentence_once() -> None:
    assert ".." not in sentences.error("not_found", id="Kwartel Infra N.V.")
