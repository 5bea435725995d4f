"""One context in which the papers of a tender are made: read in one transaction, each comparison computed
once.

What goes outside is made from `disclosure.public` and `Disclosed` alone; what people typed in it is searched
for what is another bidder's before anything is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import quote

from cirkeldesk import __version__, paths
from cirkeldesk.model.award.award import Award, award
from cirkeldesk.model.award.disclosure import Disclosed, Secret, disclosed, found_in, public, secrets
from cirkeldesk.model.award.locks import frozen
from cirkeldesk.model.award.standstill import HolidayCalendar, SendingDay, proposed_day
from cirkeldesk.model.comparison.comparison import compare
from cirkeldesk.model.comparison.result import Comparison, Inputs
from cirkeldesk.model.document.document import canonical, content_hash, to_plain
from cirkeldesk.model.refusal import StoreError
from cirkeldesk.model.tender.publication import Audience, PaperKind, Version
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.operations.award import award_data
from cirkeldesk.operations.paper import plain_figures
from cirkeldesk.operations.settings import file_settings_in, logo_in
from cirkeldesk.operations.workspace import Workspace, inputs_of, pinned_by
from cirkeldesk.sheets.printing import Print
from cirkeldesk.store.unit import UnitOfWork
from cirkeldesk.wording import terms
from cirkeldesk.wording.advice import advice, parts, versions

PRODUCER = f"{terms.PROGRAM} {__version__}"
SHEETS: tuple[PaperKind, ...] = ("advice", "workbook", "ods")
AUDIENCES: tuple[Audience, ...] = ("internal", "external")
IDENTIFIER = "cirkeldesk:"


@dataclass(frozen=True)
class Occasion:
    """When and from what something is printed: chain head, moment in the office's time (a paper made at half
    past midnight carries that day), and the version it belongs to (None: a draft)."""

    head: str
    time: str
    version: int | None = None


@cache
def calendar() -> HolidayCalendar:
    """The public holidays we ship, as data with their sources."""
    return HolidayCalendar(
        json.loads((paths.reference() / "calendars" / "holidays.json").read_text(encoding="utf-8"))
    )


class PaperContext:
    """A tender with all that its papers need, as it was at one moment. Nothing is read after it was made.

    `since_last`: what the papers say of the difference with the newest final version is wanted too. `inputs`:
    those of the tender that is open, which remember what was worked out.
    """

    def __init__(
        self, unit: UnitOfWork, tender: Tender, *, since_last: bool = False, inputs: Inputs | None = None
    ) -> None:
        self.tender = tender
        now = datetime.fromisoformat(unit.now()).astimezone().isoformat()
        self.on = Occasion(unit.steps.chain_head(), now)
        self.settings = file_settings_in(unit)
        self._logo = logo_in(unit, self.settings)
        self._inputs = inputs
        self._pinned = pinned_by(unit, tender)
        self._newest = basis_in(unit, tender.versions[-1]) if tender.versions else None
        self.before = self._newest if since_last else None
        if self.before is not None:
            self._pinned |= pinned_by(unit, self.before)
        self._told: dict[Audience, advice.Advice] = {}

    def as_version(self, number: int) -> None:
        """From here on what is printed is that version, not a draft."""
        self.on = replace(self.on, version=number)

    # --- what follows from the tender, once

    def _compared(self, tender: Tender) -> tuple[Comparison, Inputs]:
        inputs = self._inputs or inputs_of({digest: self._pinned[digest] for digest in tender.pins})
        return compare(tender, inputs), inputs

    @cached_property
    def _whole(self) -> tuple[Comparison, Inputs]:
        return self._compared(self.tender)

    @property
    def comparison(self) -> Comparison:
        return self._whole[0]

    @cached_property
    def award(self) -> Award | None:
        return award(self.comparison)

    @cached_property
    def outcome(self) -> Disclosed | None:
        """What anybody may know of the award; None while there is no winner."""
        return disclosed(self.award) if self.award is not None else None

    def secrets(self, recipient: str | None = None) -> tuple[Secret, ...]:
        """What nobody outside may read; or, for a letter, nobody but its recipient."""
        products = self._whole[1].products.values()
        return secrets(self.tender, products, recipient=recipient, award=self.award)

    @property
    def current_version(self) -> Version | None:
        """The newest version while nothing it froze has changed; None without one or when it is outdated."""
        if self._newest is None or frozen(self._newest) != frozen(self.tender):
            return None
        return self.tender.versions[-1]

    # --- what is told

    def told(self, audience: Audience) -> advice.Advice:
        """The advice for a reader; not yet searched for what may not be in it."""
        if audience not in self._told:
            self._told[audience] = self._internal() if audience == "internal" else self._external()
        return self._told[audience]

    def _internal(self) -> advice.Advice:
        comparison, inputs = self._whole
        changed = []
        if self.before is not None:
            changed = versions.what_changed(self._compared(self.before)[0], comparison)
        return advice.internal_advice(comparison, inputs, changed, self.term)

    @property
    def term(self) -> SendingDay:
        """The day proposed for the letters, from the day this is printed, with both terms."""
        tender, today = self.tender, date.fromisoformat(self.on.time[:10])
        return proposed_day(tender.publication, len(tender.bids), today, calendar())

    def _external(self) -> advice.Advice:
        """From the public tender, and of the award only what `Disclosed` holds."""
        comparison, inputs = self._compared(public(self.tender))
        changed = []
        if self.before is not None:
            changed = versions.what_changed(self._compared(public(self.before))[0], comparison)
            was = award(self._compared(self.before)[0])
            changed += versions.disclosed_changes(disclosed(was) if was is not None else None, self.outcome)
        return advice.external_advice(
            comparison, inputs, self.outcome, changed, with_bids=self.tender.has_bids
        )

    def refuse_leaks(self, audience: Audience) -> None:
        """Raises StoreError leak where an advice for outside says what is a bidder's own."""
        if audience == "external":
            refuse_said(said_outside(self.told(audience)), self.secrets(), "het adviesblad extern")

    def open_flags(self) -> list[str]:
        """Titles of sections whose figures changed under a written text (UX D10)."""
        return [
            section.title + (" (extern)" if audience == "external" else "")
            for audience in AUDIENCES
            for section in self.told(audience).sections
            if section.edited and section.changes
        ]

    # --- what is printed

    def print_of(self, what: str = "") -> Print:
        """What a paper carries: organisation, logo, colour, hash of the tender, and what it calls itself."""
        number = self.on.version
        named = f"{IDENTIFIER}{quote(self.tender.id, safe='')}/{number}/{quote(what)}"
        return Print(
            self.on.head,
            self.on.time,
            PRODUCER,
            self.settings.organisation,
            author=self.settings.organisation,
            basis=content_hash(self.tender),
            version=number,
            identifier=named if number is not None else "",
            logo=self._logo,
            colour=self.settings.colour,
        )

    def sheets(self, audience: Audience, kinds: Iterable[PaperKind] = SHEETS) -> dict[PaperKind, bytes]:
        """The asked sheets, printed on this occasion. Raises StoreError leak."""
        from cirkeldesk.sheets.advice import advice_sheet
        from cirkeldesk.sheets.ods import ods
        from cirkeldesk.sheets.tables.plain_workbook import plain_workbook
        from cirkeldesk.sheets.workbook import workbook

        self.refuse_leaks(audience)
        told, wanted = self.told(audience), set(kinds)
        found: dict[PaperKind, bytes] = {}
        if "advice" in wanted:
            found["advice"] = advice_sheet(told, self.print_of(f"advice/{audience}"), fonts())
        if wanted & {"workbook", "ods"}:
            printed = self.print_of(f"workbook/{audience}")
            without = self.comparison.group.without_mki
            found["workbook"] = plain_workbook(told, printed) if without else workbook(told, printed)
        if "ods" in wanted:
            found["ods"] = ods(found["workbook"])
        return {kind: found[kind] for kind in SHEETS if kind in wanted}

    def figures(self) -> bytes:
        """The answers of `compare` and `award` as canonical JSON: what a version must still compute to."""
        return canonical(
            {
                "compare": plain_figures.comparison(self.comparison),
                "award": award_data.award(self.award) if self.award is not None else None,
            }
        )


def context_of(workspace: Workspace, tender: Tender, *, since_last: bool = False) -> PaperContext:
    with workspace.unit() as unit:
        return PaperContext(unit, tender, since_last=since_last)


def basis_in(unit: UnitOfWork, version: Version) -> Tender:
    """The tender a version was made from. Raises StoreError db_damaged, not_found or version_unsound."""
    found = unit.document(version.basis)
    if not isinstance(found, Tender):
        raise StoreError("version_unsound")
    return found


def fonts() -> Path:
    return paths.resources() / "fonts"


def said_outside(found: advice.Advice) -> list[tuple[str, str]]:
    """(where, text) of all that people wrote and an external paper may say: every text of the public tender
    and of the products it answers with, written sections, what is said of the winner, and what changed.
    """
    tender = found.tender
    texts = [(section.title, section.text) for section in found.sections if section.edited]
    texts += [("Wat is anders", text) for text in found.changed]
    texts += parts.outcome_facts(tender, found.disclosed)
    plain = to_plain(replace(tender, advice=()))
    texts += [(versions.PARTS.get(name, name), text) for name, part in plain.items() for text in _texts(part)]
    used = {a.product.hash for v in tender.variants for a in v.answers if a.product is not None}
    products = [product for digest, product in found.inputs.products.items() if digest in used]
    return texts + [
        (f"product {product.name}", text) for product in products for text in _texts(to_plain(product))
    ]


def _texts(plain: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def refuse_said(said: Iterable[tuple[str, str]], hidden: tuple[Secret, ...], place: str) -> None:
    """Raises StoreError leak for the first text that names what is another's."""
    for where, text in said:
        for secret in found_in(text, hidden):
            raise StoreError(
                "leak", place=f"{place}, {where}" if where else place, text=secret.text, owner=secret.owner
            )
