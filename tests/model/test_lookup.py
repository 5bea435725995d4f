"""Finding the one thing that bears a name: no search of ours ends a loop of somebody else without a word."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model import lookup
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.ask import Ask
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import Tender
from tests.conftest import ROOT
from tests.five import five

NO_END = {"range", "count", "cycle", "repeat"}  # what a first one is always found in


@dataclass(frozen=True)
class Thing:
    id: str
    code: str


@given(st.lists(st.text(max_size=3), max_size=5), st.text(max_size=3))
def test_the_first_that_bears_the_name_or_a_key_error(names: list[str], sought: str) -> None:
    things = [Thing(name, name.upper()) for name in names]
    if sought in names:
        assert lookup.with_id(things, sought) is things[names.index(sought)]
    else:
        with pytest.raises(KeyError):
            lookup.with_id(things, sought)
    codes = [name.upper() for name in names]
    if sought in codes:
        assert lookup.with_code(things, sought) is things[codes.index(sought)]
    else:
        with pytest.raises(KeyError):
            lookup.with_code(things, sought)


def sample() -> Tender:
    return five(Ask(), "asfalt")


def test_a_search_inside_a_loop_never_shortens_it() -> None:
    """What a bare next(...) did: list(map(tender.variant, ids)) was [] where one of the ids was gone."""
    tender = sample()
    with pytest.raises(KeyError):
        list(map(tender.variant, [tender.variants[0].id, "weg"]))
    with pytest.raises(KeyError):
        list(map(tender.post, [tender.posts[0].id, "weg"]))


def test_an_edit_of_what_went_says_so() -> None:
    tender = sample()
    other = replace(tender, variants=(), posts=())
    making: list[Callable[[Tender], Edit]] = [
        lambda t: edits.set_variant(t, tender.variants[0].id, "price", None, "prijs"),
        lambda t: edits.set_post(t, tender.posts[0].id, "name", "x", "post"),
        lambda t: edits.set_product(t, tender.variants[0].id, tender.posts[0].id, None, "product"),
    ]
    for make in making:
        with pytest.raises((KeyError, ValueError)):
            make(other).apply(other)
        edit = make(tender)
        with pytest.raises((KeyError, ValueError)):
            edit.apply(other)


def test_no_bare_next_is_left() -> None:
    """next(...) without a default raises StopIteration. It may only draw from what has no end or cannot lack
    one."""
    allowed = {
        ("model/tender/edits.py", "candidates"),  # names with a number that goes up
        ("sheets/calendar.py", "free"),  # the same
        ("exchange/bid_form/read.py", "('Controle', *(f'Controle {i}' for i in range(2, 99)))"),  # the same
        ("charts/layout.py", "(1, 2, 5, 10)"),  # ten times the power is above it by how the power was chosen
        ("desktop/tender/advice/papers.py", "iter(terms.R_STEPS[value])"),  # a table of ours with rows
        ("desktop/kit/product_editor/tabs.py", "iter(self.groups.values())"),  # where there is exactly one
        ("desktop/tender/award/quality.py", "iter(names)"),  # where there are names
        ("desktop/tender/award/quality.py", "iter(criteria)"),  # where there are criteria
        (
            "wording/advice/advice.py",
            "iter(became.get(_plain(found[0]), {found[0]}))",
        ),  # sets that were given an item
    }
    found = []
    for path in sorted((ROOT / "cirkeldesk").rglob("*.py")):
        name = path.relative_to(ROOT / "cirkeldesk").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next"
            ):
                continue
            if len(node.args) != 1:
                continue
            drawn = node.args[0]
            source = drawn.generators[0].iter if isinstance(drawn, ast.GeneratorExp) else drawn
            maker = source.func if isinstance(source, ast.Call) else None
            called = maker.attr if isinstance(maker, ast.Attribute) else getattr(maker, "id", "")
            if called not in NO_END and (name, ast.unparse(source)) not in allowed:
                found.append(f"{name}:{node.lineno}: next({ast.unparse(drawn)})")
    assert found == []
