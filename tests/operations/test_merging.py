"""Dossiers that were worked on apart and put together: the union, every conflict asked, nothing dropped,
nothing loosened."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cirkeldesk.exchange.dossier import read
from cirkeldesk.model.document.document import canonical, content_hash, to_plain
from cirkeldesk.model.document.merge import Side
from cirkeldesk.model.product.edits import set_product_field
from cirkeldesk.model.refusal import ReadError
from cirkeldesk.model.tender import edits
from cirkeldesk.model.tender.edits import Edit
from cirkeldesk.model.tender.tender import OfferedMki, Tender
from cirkeldesk.operations.award import awards
from cirkeldesk.operations.criteria import edit_criterion, libraries
from cirkeldesk.operations.file import keeping, merging
from cirkeldesk.operations.imports import import_files
from cirkeldesk.operations.paper.export import export_dossier, export_library
from cirkeldesk.operations.product.products import attach_evidence, edit_product, get_product, new_product
from cirkeldesk.operations.tender import history, tenders
from cirkeldesk.operations.tender.example import add_example
from cirkeldesk.operations.tender.lineage import lineage_of, newest_common
from cirkeldesk.operations.workspace import Workspace, open_workspace

ID = "voorbeeld"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Workspace, Path]]:
    """Two offices with a file each, and a folder to hand dossiers over in."""
    folder = tmp_path_factory.mktemp("delen")
    with (
        open_workspace(folder / "hier.db", author="een") as here,
        open_workspace(folder / "daar.db", author="twee") as there,
    ):
        add_example(here)
        yield here, there, folder


def handed_over(source: Workspace, target: Workspace, identity: str, folder: Path) -> merging.Plan:
    path = folder / f"{identity}.cirkel"
    export_dossier(source, identity, path)
    return merging.open_dossier(target, path)


def shared(two: tuple[Workspace, Workspace, Path]) -> str:
    """A tender that both offices have."""
    here, there, folder = two
    identity = tenders.as_template(here, ID)
    tenders.edit_tender(here, identity, edits.set_field("number", identity, "nummer"))
    tender = tenders.get_tender(here, identity)
    tenders.edit_tender(here, identity, edits.add_variant(edits.next_variant(tender, "bid")))
    taken = merging.take_dossier(there, handed_over(here, there, identity, folder))
    assert [part.standing for part in taken] == ["new"]
    return identity


def field(text: str) -> Edit:
    return edits.set_field("title", text, "titel")


# --- what people do, by a number that says which
# -----------------------------------------------------------------------


def edit_of(tender: Tender, what: int, number: int) -> Edit | None:
    variants, posts = tender.variants, tender.posts
    variant = variants[number % len(variants)] if variants else None
    post = posts[number % len(posts)] if posts else None
    match what % 8:
        case 0:
            return field(f"titel {number}")
        case 1:
            return edits.set_price(tender, variant.id, Decimal(number + 1), "prijs") if variant else None
        case 2:
            return (
                edits.type_mki(tender, variant.id, post.id, OfferedMki(total=number + 0.5), "MKI")
                if variant and post
                else None
            )
        case 3:
            return edits.add_variant(edits.next_variant(tender, "bid"))
        case 4:
            return edits.remove_variant(tender, variant.id) if variant else None
        case 5:
            return edits.duplicate_post(tender, post.id) if post and len(posts) < 6 else None
        case 6:
            return edits.remove_post(tender, post.id) if post and len(posts) > 1 else None
    return edits.set_post(tender, post.id, "name", f"post {number}", "naam") if post else None


def work(workspace: Workspace, identity: str, deeds: list[tuple[int, int]]) -> None:
    for what, number in deeds:
        edit = edit_of(tenders.get_tender(workspace, identity), what, number)
        if edit is not None:
            tenders.edit_tender(workspace, identity, edit)


deeds = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=4)
sides = st.lists(st.sampled_from(["mine", "theirs"]), min_size=1, max_size=8)


def leaves(tender: Tender) -> dict[str, Any]:
    """Every value of a tender by its place; a product of the tender itself is what it is, under any id."""
    own = {product.id: replace(product, id="") for product in tender.products}
    found: dict[str, Any] = {"title": tender.title}
    for post in tender.posts:
        found[f"posts[{post.id}]"] = post.name
    for variant in tender.variants:
        found[f"variants[{variant.id}]"] = variant.name
        found[f"variants[{variant.id}].price"] = variant.price
        for answer in variant.answers:
            found[f"variants[{variant.id}].answers[{answer.post_id}]"] = (
                answer.mki,
                own.get(answer.product.id, answer.product) if answer.product else None,
            )
    return found


def within(place: str, asked: set[str]) -> bool:
    return any(place.startswith(one) or one.startswith(place) for one in asked)


def test_two_copies_edited_apart_come_together(two: tuple[Workspace, Workspace, Path], deep: bool) -> None:
    here, there, folder = two

    @settings(max_examples=400 if deep else 30, deadline=None)
    @example([(2, 2)], [(0, 0), (5, 0), (2, 5)], ["mine"])  # both add lp1: theirs goes on as lp2
    @given(ours=deeds, others=deeds, choices=sides)
    def together(ours: list[tuple[int, int]], others: list[tuple[int, int]], choices: list[Side]) -> None:
        identity = shared(two)
        work(here, identity, ours)
        work(there, identity, others)
        mine, theirs = tenders.get_tender(here, identity), tenders.get_tender(there, identity)
        steps = len(history.steps_of(here, identity))
        plan = handed_over(there, here, identity, folder)
        base = last_common(here, identity, plan)
        asked: set[str] = set()
        number = 0
        while plan.questions:  # one by one
            before = len(plan.questions)
            question = plan.questions[0]
            assert question.text
            asked.add(question.place[2])
            plan = merging.choose(here, plan, question, choices[number % len(choices)])
            assert len(plan.questions) < before
            number += 1
        taken = merging.take_dossier(here, plan)
        merged = tenders.get_tender(here, identity)
        assert len(history.steps_of(here, identity)) == steps + len(taken) <= steps + 1
        if plan.parts[0].standing == "theirs":  # nothing was done here that they did not have
            assert merged == theirs
        else:
            assert_union(base, mine, theirs, merged, asked)
        if taken:
            tenders.undo(here, identity)
            assert tenders.get_tender(here, identity) == mine  # the whole merge is one step
            tenders.redo(here, identity)
        # And back: there nothing is asked again, and both offices have the same.
        back = handed_over(here, there, identity, folder)
        assert back.questions == ()
        assert {part.standing for part in back.parts} <= {"same", "theirs", "ours"}
        merging.take_dossier(there, back)
        if back.parts[0].standing != "ours":
            assert canonical(to_plain(tenders.get_tender(there, identity))) == canonical(to_plain(merged))

    together()
    for workspace in (here, there):
        assert keeping.check(workspace) == []


def last_common(here: Workspace, identity: str, plan: merging.Plan) -> Tender:
    """The version both had last; that may be later than the one handed over, where both did the same
    first."""
    with here.unit() as unit:
        ours = lineage_of(unit, "tender", identity)
        met = newest_common(ours, plan.reading.lineage)
        assert met is not None
        found = unit.document(ours[met[0]])
    assert isinstance(found, Tender)
    return found


def assert_union(base: Tender, mine: Tender, theirs: Tender, merged: Tender, asked: set[str]) -> None:
    """Every change of either side is in the result, unless it was asked and the other side chosen."""
    before, result = leaves(base), leaves(merged)
    renamed = sorted(str(value) for value in result.values())
    for side in (leaves(mine), leaves(theirs)):
        for place, value in side.items():
            if before.get(place) != value and not within(place, asked):
                # What both added under one id stands under another now: then its value is there all the same.
                assert result.get(place) == value or str(value) in renamed, place
        for place in before.keys() - side.keys():
            # A post that one side removed comes back with an answer the other side gave to it: nothing that
            # was typed is dropped.
            answer = place.replace("posts[", ".answers[")
            answered = any(one.endswith(answer) for one in asked)
            given = any(
                key.endswith(answer) and before.get(key) != value
                for one in (leaves(mine), leaves(theirs))
                for key, value in one.items()
            )
            assert place not in result or within(place, asked) or answered or given, place


# --- the cases by name
# -----------------------------------------------------------------------------------------------


@pytest.fixture
def apart(two: tuple[Workspace, Workspace, Path]) -> tuple[Workspace, Workspace, str, Path]:
    return two[0], two[1], shared(two), two[2]


def test_what_was_only_changed_there_is_taken_without_a_question(
    apart: tuple[Workspace, Workspace, str, Path],
) -> None:
    here, there, identity, folder = apart
    tenders.edit_tender(there, identity, field("Rijbaan, aangevuld"))
    plan = handed_over(there, here, identity, folder)
    assert [(part.standing, part.questions) for part in plan.parts] == [("theirs", ())]
    assert any("Rijbaan, aangevuld" in line for line in plan.parts[0].changes)
    merging.take_dossier(here, plan)
    step = history.steps_of(here, identity)[0]
    assert (step.step, step.author, step.params["from"]) == (
        "merge_dossier",
        "een",
        "twee",
    )  # who took it, who made it
    assert handed_over(there, here, identity, folder).parts[0].standing == "same"


def test_what_was_only_changed_here_stays(apart: tuple[Workspace, Workspace, str, Path]) -> None:
    here, there, identity, folder = apart
    tenders.edit_tender(here, identity, field("Rijbaan, verder"))
    plan = handed_over(there, here, identity, folder)
    assert plan.parts[0].standing == "ours"
    assert not plan.changes_something
    assert merging.take_dossier(here, plan) == []


def test_the_same_place_is_asked_in_words(apart: tuple[Workspace, Workspace, str, Path]) -> None:
    here, there, identity, folder = apart
    tenders.edit_tender(here, identity, field("Hier"))
    tenders.edit_tender(there, identity, field("Daar"))
    plan = handed_over(there, here, identity, folder)
    (question,) = plan.questions
    assert (question.text, question.here, question.there) == ("Titel: Hier wordt Daar", "Hier", "Daar")
    assert merging.take_dossier(here, plan) == []  # nothing is taken while something is open
    assert tenders.get_tender(here, identity).title == "Hier"
    kept = merging.choose(here, plan, question, "mine")
    assert [part.changes for part in merging.take_dossier(here, kept)] == [
        ()
    ]  # what is here, stays; that it was chosen too
    assert tenders.get_tender(here, identity).title == "Hier"
    assert handed_over(there, here, identity, folder).parts[0].standing == "ours"  # and is not asked again
    tenders.undo(here, identity)
    merging.take_dossier(here, merging.choose(here, plan, question, "theirs"))
    assert tenders.get_tender(here, identity).title == "Daar"


def test_a_post_removed_here_comes_back_with_its_answer(
    apart: tuple[Workspace, Workspace, str, Path],
) -> None:
    here, there, identity, folder = apart
    tender = tenders.get_tender(there, identity)
    post, variant = tender.posts[0], tender.variants[0]
    tenders.edit_tender(here, identity, edits.remove_post(tender, post.id))
    tenders.edit_tender(
        there, identity, edits.type_mki(tender, variant.id, post.id, OfferedMki(total=9.0), "MKI")
    )
    plan = handed_over(there, here, identity, folder)
    assert len(plan.questions) >= 1
    while plan.questions:
        plan = merging.choose(here, plan, plan.questions[0], "theirs")
    merging.take_dossier(here, plan)
    merged = tenders.get_tender(here, identity)
    assert merged.post(post.id).name == post.name
    assert merged.variant(variant.id).answer(post.id).mki == OfferedMki(total=9.0)


def test_a_locked_tender_is_not_changed_and_the_attempt_is_noted(
    two: tuple[Workspace, Workspace, Path],
) -> None:
    here, there, folder = two
    path = folder / "slot.cirkel"
    export_dossier(here, ID, path)
    import_files(there, [path])
    tenders.edit_tender(there, ID, field("anders"))
    awards.lock_rules(here, ID, "2026-11-03", "Leidraad (verzonnen)")
    before = tenders.get_tender(here, ID)
    plan = handed_over(there, here, ID, folder)
    assert plan.parts[0].standing == "locked"
    merging.take_dossier(here, plan)
    assert tenders.get_tender(here, ID) == before
    assert history.steps_of(here, ID)[0].step == "refused"
    # The other way: the lock comes along only where nothing was changed since.
    back = handed_over(here, there, ID, folder)
    assert back.parts[0].standing == "award"
    assert merging.take_dossier(there, back) == []
    tenders.undo(there, ID)
    whole = handed_over(here, there, ID, folder)
    assert whole.parts[0].standing in ("theirs", "award")


def test_a_number_of_another_tender_is_not_taken(apart: tuple[Workspace, Workspace, str, Path]) -> None:
    here, there, identity, folder = apart
    other = tenders.new_tender(there)
    number = tenders.get_tender(there, other).number
    tenders.edit_tender(here, identity, edits.set_field("number", number, "nummer"))
    plan = handed_over(here, there, identity, folder)
    assert plan.parts[0].standing == "taken"
    assert merging.take_dossier(there, plan) == []


def test_lineage_survives_a_round_trip_byte_for_byte(
    apart: tuple[Workspace, Workspace, str, Path], tmp_path: Path
) -> None:
    here, _, identity, _ = apart
    tenders.edit_tender(here, identity, field("verder"))
    export_dossier(here, identity, tmp_path / "a.cirkel")
    with open_workspace(tmp_path / "derde.db", author="drie") as third:
        assert import_files(third, [tmp_path / "a.cirkel"])[0].status == "imported"
        export_dossier(third, identity, tmp_path / "b.cirkel")
        assert (tmp_path / "a.cirkel").read_bytes() == (tmp_path / "b.cirkel").read_bytes()
        reading = read((tmp_path / "b.cirkel").read_bytes(), "b.cirkel")
        assert reading.made is not None
        assert reading.made.author == "een"
        assert reading.lineage[0] == content_hash(tenders.get_tender(here, identity))
        assert len(reading.lineage) == 4


def test_an_external_dossier_says_nothing_of_versions_or_people(
    apart: tuple[Workspace, Workspace, str, Path], tmp_path: Path
) -> None:
    here, _, identity, _ = apart
    export_dossier(here, identity, tmp_path / "a.cirkel", "external")
    reading = read((tmp_path / "a.cirkel").read_bytes(), "a.cirkel")
    assert (reading.lineage, reading.made) == ((), None)


# --- a library
# -------------------------------------------------------------------------------------------------------


def test_a_library_is_shared_and_merged(tmp_path: Path) -> None:
    path, evidence = tmp_path / "bibliotheek.cirkel", tmp_path / "bewijs.pdf"
    evidence.write_bytes(b"%PDF-1.4 verzonnen")
    with (
        open_workspace(tmp_path / "hier.db", author="een") as here,
        open_workspace(tmp_path / "daar.db", author="twee") as there,
    ):
        product = new_product(here, "Mengsel (verzonnen)")
        attach_evidence(here, product.id, evidence)
        count = export_library(here, path)
        plan = merging.open_dossier(there, path)
        standings = {part.name: part.standing for part in plan.parts}
        assert len(plan.parts) == count
        assert standings.pop("Mengsel (verzonnen)") == "new"
        assert set(standings.values()) == {"same"}  # the criteria both have
        merging.take_dossier(there, plan)
        assert get_product(there, product.id).attachments == get_product(here, product.id).attachments
        # Both go on, each with another field; and both with one criterion.
        edit_product(
            here, product.id, set_product_field("supplier", "Leverancier A (verzonnen)", "leverancier")
        )
        edit_product(there, product.id, set_product_field("owner", "Eigenaar B (verzonnen)", "eigenaar"))
        library = libraries(here)[0]
        code = library.criteria[0].code
        edit_criterion(here, library.code, code, "text", "tekst van hier", "tekst")
        edit_criterion(there, library.code, code, "text", "tekst van daar", "tekst")
        export_library(there, path)
        plan = merging.open_dossier(here, path)
        (question,) = plan.questions
        assert (question.here, question.there) == ("tekst van hier", "tekst van daar")
        plan = merging.choose(here, plan, question, "theirs")
        merging.take_dossier(here, plan)
        merged = get_product(here, product.id)
        assert (merged.supplier, merged.owner) == ("Leverancier A (verzonnen)", "Eigenaar B (verzonnen)")
        assert libraries(here)[0].criteria[0].text == "tekst van daar"
        assert keeping.check(here) == []
        assert import_files(here, [path])[0].status == "unchanged"


@pytest.mark.parametrize(
    "change",
    [
        {"library": [{"kind": "tender", "id": "x", "lineage": []}]},
        {"library": [{"kind": "product", "id": "x"}]},
        {"library": "alles"},
        {"library": [None]},
    ],
)
def test_a_library_that_makes_no_sense_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with open_workspace(tmp_path / "a.db") as workspace:
        new_product(workspace)
        export_library(workspace, tmp_path / "a.cirkel")
    with zipfile.ZipFile(tmp_path / "a.cirkel") as archive:
        body = json.loads(archive.read("dossier.json"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("dossier.json", json.dumps({**body, **change}))
    with pytest.raises(ReadError, match="dossier_broken"):
        read(buffer.getvalue(), "a.cirkel")
