"""Merging plain documents: laws, and the places where both sides changed something."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cirkeldesk.model.document.merge import MISSING, UNKNOWN, Overlap, Side, kept_apart, merge, merge_sides

leaves = st.integers(0, 3) | st.sampled_from(["a", "b"])
items = st.fixed_dictionaries(
    {"id": st.sampled_from(["p1", "p2", "p3"])}, optional={"name": leaves, "price": leaves}
)
named = st.lists(items, max_size=3, unique_by=lambda item: item["id"])
pairs = st.lists(
    st.tuples(st.sampled_from(["l", "b", "d"]), leaves).map(list), max_size=3, unique_by=lambda pair: pair[0]
)
documents = st.fixed_dictionaries(
    {},
    optional={
        "title": leaves,
        "posts": named,
        "values": pairs,
        "ask": st.fixed_dictionaries({}, optional={"set": leaves}),
    },
)


def as_sets(value: Any) -> Any:
    """Without the order of lists, which both sides may have changed."""
    if isinstance(value, dict):
        return {
            key: as_sets(value[key]) for key in sorted(value)
        }  # lists below are sorted by how they are written
    if isinstance(value, list):
        return sorted((as_sets(item) for item in value), key=repr)
    return value


@given(base=documents, mine=documents)
def test_what_one_side_changed_is_taken(base: Any, mine: Any) -> None:
    assert merge_sides(base, mine, base) == (mine, [])
    assert merge_sides(base, base, mine) == (mine, [])
    assert merge_sides(base, mine, mine) == (mine, [])
    assert merge_sides(UNKNOWN, mine, mine) == (mine, [])


@given(base=documents, mine=documents, theirs=documents, unknown=st.booleans())
def test_both_ways_round_it_is_the_same(base: Any, mine: Any, theirs: Any, unknown: bool) -> None:
    """The same conflicts, and with every conflict decided the same document."""
    before = UNKNOWN if unknown else base
    _, conflicts = merge_sides(before, mine, theirs)
    _, turned = merge_sides(before, theirs, mine)
    assert {one.place for one in conflicts} == {one.place for one in turned}
    ours: dict[str, Side] = {one.place: "mine" for one in conflicts}
    others: dict[str, Side] = {one.place: "theirs" for one in conflicts}
    decided, left = merge_sides(before, mine, theirs, ours)
    assert left == []
    assert as_sets(decided) == as_sets(merge_sides(before, theirs, mine, others)[0])


@given(base=documents, mine=documents, theirs=documents)
def test_nothing_is_dropped(base: Any, mine: Any, theirs: Any) -> None:
    """Every change of either side is in the result or in a question."""
    value, conflicts = merge_sides(base, mine, theirs)
    asked = {one.place for one in conflicts}
    for changed in (mine, theirs):
        for place, leaf in leaves_of(changed).items():
            is_change = leaves_of(base).get(place, MISSING) != leaf
            covered = any(place == one or place.startswith((f"{one}.", f"{one}[")) for one in asked)
            assert not is_change or covered or leaves_of(value).get(place, MISSING) == leaf
    for place in leaves_of(base).keys() - leaves_of(mine).keys():  # what one side removed
        covered = any(place == one or place.startswith((f"{one}.", f"{one}[")) for one in asked)
        assert covered or place not in leaves_of(value)


def leaves_of(value: Any, place: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, item in value.items():
            if key != "id":
                found |= leaves_of(item, f"{place}.{key}" if place else key)
        return found
    if isinstance(value, list):
        found = {}
        for item in value:
            name, rest = (item["id"], item) if isinstance(item, dict) else (item[0], item[1])
            found |= leaves_of(rest, f"{place}[{name}]")
        return found
    return {place: value}


def test_removed_here_and_changed_there_is_asked() -> None:
    base = {"posts": [{"id": "p1", "name": "a"}, {"id": "p2", "name": "b"}]}
    mine = {"posts": [{"id": "p2", "name": "b"}]}
    theirs = {"posts": [{"id": "p1", "name": "anders"}, {"id": "p2", "name": "b"}]}
    value, conflicts = merge_sides(base, mine, theirs)
    assert [(one.place, one.mine is MISSING) for one in conflicts] == [("posts[p1]", True)]
    assert merge_sides(base, mine, theirs, {"posts[p1]": "theirs"})[0] == theirs
    assert merge_sides(base, mine, theirs, {"posts[p1]": "mine"})[0] == mine == value


def test_quantities_of_one_post_are_merged_apart() -> None:
    base = {"values": [["length", 100.0], ["width", 7.0]]}
    mine = {"values": [["length", 120.0], ["width", 7.0]]}
    theirs = {"values": [["length", 100.0], ["width", 7.5]]}
    assert merge(base, mine, theirs) == {"values": [["length", 120.0], ["width", 7.5]]}


def test_a_list_without_names_changes_as_a_whole() -> None:
    with pytest.raises(Overlap) as found:
        merge({"modules": ["A1"]}, {"modules": ["A1", "A2"]}, {"modules": ["A1", "D"]})
    assert found.value.place == "modules"


def test_two_new_things_under_one_id_both_stay() -> None:
    """Each side counts on from the same number: two posts p2 are two posts, with the answers they have."""
    base: dict[str, Any] = {
        "posts": [{"id": "p1"}],
        "variants": [{"id": "v1", "answers": [{"post_id": "p1"}]}],
    }
    theirs: dict[str, Any] = {
        "posts": [{"id": "p1"}, {"id": "p2", "name": "daar"}],
        "variants": [
            {"id": "v1", "answers": [{"post_id": "p1"}, {"post_id": "p2", "product": {"id": "lp1"}}]},
            {"id": "v2", "name": "nieuw"},
        ],
        "products": [{"id": "lp1", "name": "eigen product"}],
        "scores": [{"variant_id": "v2", "criterion_id": "c1", "assessor": "x"}],
    }
    mine: dict[str, Any] = {
        "posts": [{"id": "p1"}, {"id": "p2", "name": "hier"}],
        "variants": [*base["variants"], {"id": "v2", "name": "anders"}],
        "products": [{"id": "lp1", "name": "ander"}],
    }
    apart = kept_apart(base, mine, theirs)
    value, conflicts = merge_sides(base, mine, apart)
    assert conflicts == []
    assert sorted(post.get("name", "") for post in value["posts"]) == ["", "daar", "hier"]
    assert sorted(variant.get("name", "") for variant in value["variants"]) == ["", "anders", "nieuw"]
    answers = next(variant["answers"] for variant in value["variants"] if variant["id"] == "v1")
    there = next(post["id"] for post in value["posts"] if post.get("name") == "daar")
    own = next(product["id"] for product in value["products"] if product["name"] == "eigen product")
    assert answers[1] == {"post_id": there, "product": {"id": own}}
    new = next(variant["id"] for variant in value["variants"] if variant.get("name") == "nieuw")
    assert value["scores"][0]["variant_id"] == new


def test_without_a_version_both_knew_every_difference_is_asked() -> None:
    value, conflicts = merge_sides(
        UNKNOWN, {"title": "a", "posts": [{"id": "p1"}]}, {"number": "1", "posts": [{"id": "p2"}]}
    )
    assert {one.place for one in conflicts} == {"title", "number"}
    assert [post["id"] for post in value["posts"]] == ["p2", "p1"]
