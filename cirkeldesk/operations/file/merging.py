"""Dossiers put together with what is here: what is new, the same, changed there, changed here, or on both
sides.

Both sides know the versions they had in common by their hashes. What only one side changed since is taken
without a question; what both changed at the same place is asked, place by place. A tender locked is
never changed by a dossier, and an award begun on one side is only taken whole, where nothing was changed here
since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from cirkeldesk.exchange.dossier import is_dossier
from cirkeldesk.exchange.reading import Reading, Shared
from cirkeldesk.exchange.recognise import content_of, read_file, shown_name
from cirkeldesk.model.calendar.calendar import Calendar
from cirkeldesk.model.document.document import Document, Kind, content_hash, from_plain, to_plain
from cirkeldesk.model.document.merge import MISSING, UNKNOWN, Conflict, Side, kept_apart, merge_sides
from cirkeldesk.model.lookup import the_one
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.reference.criteria import CriteriaLibrary
from cirkeldesk.model.reference.group import ProductGroup
from cirkeldesk.model.refusal import DocumentError, LockRefusal, ReadError, StoreError
from cirkeldesk.model.tender.edits import without_orphans
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.tender.lineage import lineage_of, newest_common, provenance
from cirkeldesk.operations.tender.tenders import RECORDS, resolve
from cirkeldesk.operations.workspace import Workspace
from cirkeldesk.store.rows import attachments_of
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording.file import merging as words
from cirkeldesk.wording.history import version_differences

# How a document of a dossier stands to ours: not here; the same; only here newer; only there newer; both
# changed and put together; both changed the same place; or not to be touched: locked, its award begun on
# one side, its number taken.
Standing = Literal["new", "same", "ours", "theirs", "merged", "conflict", "locked", "award", "taken"]
TAKES = frozenset({"new", "theirs", "merged"})
REFUSES = frozenset({"locked", "award", "taken"})
Place = tuple[Kind, str, str]  # kind, id, path within the document
Choices = Mapping[Place, Side]


@dataclass(frozen=True)
class MergeQuestion:
    """A place that both sides changed, in words: what it is, how it is here and how it is in the dossier."""

    place: Place
    text: str
    here: str
    there: str


@dataclass(frozen=True)
class DossierPart:
    """One document of a dossier. `value` is what it becomes here, `changes` what that changes, in
    sentences."""

    kind: Kind
    identity: str
    name: str
    standing: Standing
    value: Document
    changes: tuple[str, ...] = ()
    questions: tuple[MergeQuestion, ...] = ()
    chosen: int = 0


@dataclass(frozen=True)
class Plan:
    """What reading a dossier would do; nothing is done yet."""

    file: str
    reading: Reading
    parts: tuple[DossierPart, ...]
    choices: Choices = field(default_factory=dict)

    @property
    def questions(self) -> tuple[MergeQuestion, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def changes_something(self) -> bool:
        return any(part.standing in TAKES for part in self.parts)


def is_shared(reading: Reading) -> bool:
    return reading.tender is not None or bool(reading.library)


def is_dossier_file(path: Path) -> bool:
    try:
        return is_dossier(content_of(path))
    except ReadError:
        return False


def open_dossier(workspace: Workspace, path: Path) -> Plan:
    """Read a dossier and see how it stands to what is here. Raises ReadError, StoreError."""
    return plan(workspace, read_file(path), shown_name(path))


def plan(workspace: Workspace, reading: Reading, file: str, choices: Choices | None = None) -> Plan:
    """How a dossier stands to what is here, with what was chosen so far."""
    with workspace.unit() as unit:
        return plan_in(unit, reading, file, choices)


def plan_in(unit: UnitOfWork, reading: Reading, file: str, choices: Choices | None = None) -> Plan:
    chosen = choices or {}
    if reading.tender is not None:
        parts: Iterable[DossierPart] = [_tender(unit, reading, reading.tender, chosen)]
    else:
        parts = [_shared(unit, reading, one, chosen) for one in reading.library]
    return Plan(file, reading, tuple(parts), chosen)


def choose(workspace: Workspace, found: Plan, question: MergeQuestion, side: Side) -> Plan:
    """The plan with one question answered."""
    return plan(workspace, found.reading, found.file, {**found.choices, question.place: side})


def take(unit: UnitOfWork, found: Plan) -> list[DossierPart]:
    """Do what a plan says, a step for each document. Returns what was taken. Raises StoreError,
    DocumentError, Refused.

    A plan with questions left open takes nothing of the documents they are about.
    """
    if found.changes_something:
        for value in found.reading.pinned.values():
            unit.put(value)
        named = {kept.sha256 for value in _documents(found) for kept in attachments_of(value)}
        for digest, content in found.reading.kept.items():
            if digest in named:  # what no document names would stay for ever
                unit.attachments.keep(content)
    taken = []
    for part in found.parts:
        if part.standing == "locked":
            unit.trace(LockRefusal("dossier_locked", part.identity, "tender_import"))
        if part.standing not in TAKES:
            continue
        value = part.value
        if isinstance(value, Tender) and resolve(unit, value) != value:
            raise DocumentError("bad_reference", "tender")
        params = _params(part, found.reading)
        if content_hash(value) == unit.head(
            part.kind, part.identity
        ):  # all as it was here: that it was chosen, is kept
            unit.record(part.kind, part.identity, content_hash(value), _step(part), params)
        else:
            unit.commit(part.kind, part.identity, value, _step(part), params)
        taken.append(part)
    return taken


def _documents(found: Plan) -> Iterator[Document]:
    """Every document a plan may bring in."""
    yield from found.reading.pinned.values()
    for part in found.parts:
        yield part.value


def take_dossier(workspace: Workspace, found: Plan) -> list[DossierPart]:
    """Do a plan as it was shown and chosen; what was done here since is looked at again first.

    Raises StoreError merge_moved when that brought a question nobody has answered; nothing is then taken.
    """
    with workspace.unit() as unit:
        now = plan_in(unit, found.reading, found.file, found.choices)
        if now.questions and not found.questions:
            raise StoreError("merge_moved")
        return take(unit, now)


def _step(part: DossierPart) -> str:
    if part.standing == "new":
        return {"tender": "tender_import", "product": "product_import"}.get(part.kind, "library_edit")
    return "merge_dossier"


def _params(part: DossierPart, reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = {"name": part.name}
    if reading.tender is not None:
        found |= provenance(reading)
    else:
        shared = the_one(
            reading.library, lambda one: (one.kind, one.id) == (part.kind, part.identity), part.identity
        )
        found["lineage"] = " ".join(shared.lineage)
    if part.standing == "new":
        return found
    return {
        **found,
        "taken": len(part.changes),
        "chosen": part.chosen,
        "from": found.get("author") or "onbekend",
    }


# --- a tender
# --------------------------------------------------------------------------------------------------------


def _tender(unit: UnitOfWork, reading: Reading, theirs: Tender, choices: Choices) -> DossierPart:
    digest, head = content_hash(theirs), unit.head("tender", theirs.id)
    taken = any(row["number"] == theirs.number and row["id"] != theirs.id for row in unit.lists.tenders())
    part = DossierPart("tender", theirs.id, theirs.number, "new", theirs)
    if taken:
        return replace(part, standing="taken")
    if head is None:
        return part
    if head == digest:
        return replace(part, standing="same")
    ours = unit.tender(theirs.id)
    if ours.lock is not None:
        return replace(part, standing="locked", value=ours)
    met, base = _common(unit, "tender", theirs.id, reading.lineage or (digest,))
    group = _group(unit, reading, theirs)
    if met == "ours":
        return replace(part, standing="ours", value=ours)
    if met == "theirs":
        return replace(part, standing="theirs", changes=_changes(ours, theirs, group))
    if _award_differs(ours, theirs):
        return replace(part, standing="award", value=ours)
    issued = max(ours.issued, theirs.issued)  # numbers given out on either side: counted on, never a question
    before = base if base is UNKNOWN else to_plain(base)
    mine = to_plain(replace(ours, issued=issued))
    merging = _Merging(
        "tender", theirs.id, before, mine, kept_apart(before, mine, to_plain(replace(theirs, issued=issued)))
    )
    value, conflicts = merging.merged(choices)
    merged = _as_tender(value, merging)
    questions = tuple(
        _tender_question(merging, conflict, choices, group, sealed=ours.prices_sealed)
        for conflict in conflicts
    )
    changes = _changes(ours, merged, group)
    standing: Standing = "conflict" if questions else "merged"
    return replace(
        part,
        standing=standing,
        value=merged,
        changes=changes,
        questions=questions,
        chosen=merging.chosen(choices),
    )


def _award_differs(ours: Tender, theirs: Tender) -> bool:
    """Whether what was recorded on the way to an award is not the same on both sides."""
    return any(getattr(ours, name) != getattr(theirs, name) for name in RECORDS)


def _common(
    unit: UnitOfWork, kind: Kind, identity: str, theirs: tuple[str, ...]
) -> tuple[Literal["ours", "theirs", "both"], Any]:
    """Who changed something since the version both knew last, and that version; UNKNOWN without one."""
    ours = lineage_of(unit, kind, identity)
    met = newest_common(ours, theirs)
    if met is None:
        return "both", UNKNOWN
    if met[1] == 0:
        return "ours", UNKNOWN
    if met[0] == 0:
        return "theirs", UNKNOWN
    try:
        return "both", unit.document(ours[met[0]])
    except StoreError:  # only its hash is known here
        return "both", UNKNOWN


def _group(unit: UnitOfWork, reading: Reading, tender: Tender) -> ProductGroup:
    digest = tender.product_group or ""
    value = reading.pinned.get(digest) or unit.document(digest)
    assert isinstance(value, ProductGroup)
    return value


def _changes(before: Tender, after: Tender, group: ProductGroup) -> tuple[str, ...]:
    return version_differences(before, after, group, sealed=before.prices_sealed)


def _as_tender(plain: dict[str, Any], merging: _Merging) -> Tender:
    value = from_plain(_complete(_without_removed(plain, merging), merging.ours, merging.theirs))
    assert isinstance(value, Tender)
    return without_orphans(value)


def _without_removed(plain: dict[str, Any], merging: _Merging) -> dict[str, Any]:
    """A variant that came back leaves its answers to posts that were removed since, where nobody changed
    them."""
    if merging.base is UNKNOWN:
        return plain
    posts = {post["id"] for post in plain.get("posts", [])}
    before = {variant["id"]: variant.get("answers", []) for variant in merging.base.get("variants", [])}
    variants = []
    for variant in plain.get("variants", []):
        answers = variant.get("answers", [])
        kept = [one for one in answers if one["post_id"] in posts or one not in before.get(variant["id"], [])]
        variants.append({**variant, "answers": kept} if kept != answers else variant)
    return {**plain, "variants": variants} if variants else plain


def _complete(plain: dict[str, Any], *sides: dict[str, Any]) -> dict[str, Any]:
    """A post with an answer that somebody chose to keep comes back, as does a product of the tender that an
    answer names."""
    answers = [answer for variant in plain.get("variants", []) for answer in variant.get("answers", [])]
    refs = [answer["product"] for answer in answers if answer.get("product")]
    wanted = {
        "posts": {answer["post_id"] for answer in answers},
        "products": {ref["id"] for ref in refs if "hash" not in ref},
    }
    found = dict(plain)
    for part, ids in wanted.items():
        present = {item["id"] for item in plain.get(part, [])}
        back = {
            item["id"]: item for side in sides for item in side.get(part, []) if item["id"] in ids - present
        }
        if back:
            found[part] = [*plain.get(part, []), *back.values()]
    return found


def _tender_question(
    merging: _Merging, conflict: Conflict, choices: Choices, group: ProductGroup, *, sealed: bool
) -> MergeQuestion:
    """What taking the dossier's side would change, told as the history tells it; sealed prices stay
    sealed."""
    place: Place = ("tender", merging.identity, conflict.place)
    here = merging.only(choices, conflict.place, "mine")
    there = merging.only(choices, conflict.place, "theirs")
    sentences: tuple[str, ...] = ()
    try:
        sentences = _changes(_as_tender(here, merging), _as_tender(there, merging), group)
    except ValueError:  # half of it alone is no tender
        sentences = ()
    text = "; ".join(sentences) or words.place(conflict.place)
    if sealed and conflict.place.startswith("variants"):
        return MergeQuestion(place, text, words.SEALED, words.SEALED)
    return MergeQuestion(
        place, text, words.side(conflict.mine, missing=MISSING), words.side(conflict.theirs, missing=MISSING)
    )


# --- merging one document
# --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Merging:
    """Two plain versions of a document and the one before both."""

    kind: Kind
    identity: str
    base: Any
    ours: dict[str, Any]
    theirs: dict[str, Any]

    def merged(self, choices: Choices) -> tuple[dict[str, Any], list[Conflict]]:
        value, conflicts = merge_sides(self.base, self.ours, self.theirs, self._of_this(choices))
        return value, conflicts

    def only(self, choices: Choices, place: str, side: Side) -> dict[str, Any]:
        """With one more place chosen; every other open one as it is here."""
        value, _ = merge_sides(self.base, self.ours, self.theirs, {**self._of_this(choices), place: side})
        assert isinstance(value, dict)
        return value

    def chosen(self, choices: Choices) -> int:
        return len(self._of_this(choices))

    def _of_this(self, choices: Choices) -> dict[str, Side]:
        return {
            place: side
            for (kind, identity, place), side in choices.items()
            if (kind, identity) == (self.kind, self.identity)
        }


# --- a library
# -------------------------------------------------------------------------------------------------------


def _shared(unit: UnitOfWork, reading: Reading, shared: Shared, choices: Choices) -> DossierPart:
    theirs = reading.pinned[shared.lineage[0]]
    identity = _known_as(unit, shared, theirs)
    if isinstance(theirs, Product) and identity != theirs.id:
        theirs = replace(theirs, id=identity)
    head = unit.head(shared.kind, identity)
    part = DossierPart(shared.kind, identity, _name(theirs), "new", theirs)
    if head is None:
        return part
    if head in (shared.lineage[0], content_hash(theirs)):
        return replace(part, standing="same")
    ours = unit.document(head)
    met, base = _common(unit, shared.kind, identity, shared.lineage)
    if met == "ours":
        return replace(part, standing="ours", value=ours)
    if met == "theirs":
        return replace(part, standing="theirs", changes=(words.renewed(part.name),))
    merging = _Merging(
        shared.kind, identity, base if base is UNKNOWN else to_plain(base), to_plain(ours), to_plain(theirs)
    )
    value, conflicts = merging.merged(choices)
    merged = from_plain(value)
    questions = tuple(
        MergeQuestion(
            (shared.kind, identity, conflict.place),
            f"{part.name}: {words.place(conflict.place)}",
            words.side(conflict.mine, missing=MISSING),
            words.side(conflict.theirs, missing=MISSING),
        )
        for conflict in conflicts
    )
    return replace(
        part,
        standing="conflict" if questions else "merged",
        value=merged,
        changes=(words.renewed(part.name),),
        questions=questions,
        chosen=merging.chosen(choices),
    )


def _known_as(unit: UnitOfWork, shared: Shared, value: Document) -> str:
    """The same declaration may be here under an id of our own: by its UUID and version."""
    if isinstance(value, Product) and value.uuid and unit.head("product", shared.id) is None:
        same = [known for known in unit.lists.products_of_uuid(value.uuid) if known.version == value.version]
        return same[0].id if same else shared.id
    return shared.id


def _name(value: Document) -> str:
    if isinstance(value, CriteriaLibrary):
        return f"Criteria {value.code}"
    if isinstance(value, Calendar):
        return "MVOI-kalender"
    return str(getattr(value, "name", "") or getattr(value, "number", ""))
