"""A unit of work: one transaction over documents, with the parts of it by concern.

An edit, its history row and the renewed lists come about together; locks are asked at this one door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, select

from cirkeldesk.model.award import locks
from cirkeldesk.model.document.document import Document, Kind
from cirkeldesk.model.document.history import GENESIS, OF_FILE, HistoryRow, Param, link, params_text
from cirkeldesk.model.product.product import Product
from cirkeldesk.model.refusal import LockRefusal, StoreError
from cirkeldesk.model.tender.tender import Tender
from cirkeldesk.store.attachments import Attachments
from cirkeldesk.store.documents import Documents
from cirkeldesk.store.drafts import Drafts
from cirkeldesk.store.lists import CountedTable, Lists
from cirkeldesk.store.reference import References
from cirkeldesk.store.settings import SettingTable
from cirkeldesk.store.steps import Steps
from cirkeldesk.store.transaction import OpenFile, Transaction

CLOCK_STEPS = ("clock_back", "clock_ahead")


class UnitOfWork(Transaction):
    """Reads and writes within one transaction. Its parts share the connection and the right to write."""

    def __init__(self, connection: Connection, file: OpenFile) -> None:
        super().__init__(connection, file)
        self.steps = Steps(self)
        self.documents = Documents(self, self.steps)
        self.lists = Lists(self, self.documents)
        self.attachments = Attachments(self)
        self.drafts = Drafts(self)
        self.references = References(self)
        self.settings = SettingTable(self)
        self.counted = CountedTable(self)

    def now(self) -> str:
        return self.file.now()

    def document(self, digest: str) -> Document:
        """One immutable version. Raises StoreError db_damaged when the content is not what its hash says."""
        return self.documents.version(digest)

    def head(self, kind: Kind, identity: str) -> str | None:
        """Hash of the current version, or None when there is none (any more)."""
        return self.documents.head(kind, identity)

    def put(self, value: Document) -> str:
        """Keep a version; the same content is kept once. Returns its hash."""
        return self.documents.put(value)

    def tender(self, identity: str) -> Tender:
        value = self.documents.current("tender", identity, "aanbesteding")
        assert isinstance(value, Tender)
        return value

    def product(self, identity: str) -> Product:
        value = self.documents.current("product", identity, "product")
        assert isinstance(value, Product)
        return value

    def commit(
        self,
        kind: Kind,
        identity: str,
        value: Document | None,
        step: str,
        params: Mapping[str, Param],
        *,
        of_seq: int | None = None,
        barrier: bool = False,
    ) -> HistoryRow | None:
        """Make `value` the current version (None removes the document) and write the history row.

        An edit that changes nothing writes nothing and returns None. Raises LockRefusal when a lock of the
        tender forbids it; undo stops at an act of the award by itself.
        """
        self.will_write()
        if kind == "tender":
            barrier = self._passes_locks(identity, value, step) or barrier
            self._has_files(value)
        digest = self.put(value) if value is not None else None
        before = self.head(kind, identity)
        if digest == before and of_seq is None and not barrier:
            return None
        row = self._write_row(kind, identity, step, params, digest, of_seq, barrier=barrier)
        self.lists.renew(kind, identity, value, digest, row.seq, was_there=before is not None)
        return row

    def _passes_locks(self, identity: str, value: Document | None, step: str) -> bool:
        """Whether undo stops at the change. Raises LockRefusal."""
        digest = self.head("tender", identity)
        before = self.document(digest) if digest is not None else None
        assert before is None or isinstance(before, Tender)
        assert value is None or isinstance(value, Tender)
        now = datetime.fromisoformat(self.now()).astimezone().isoformat()
        latest = self.steps.latest_of(identity) if before is not None and before.lock is not None else None
        why = locks.refusal(before, value, now=now, author=self.file.author, latest=latest)
        if why is not None:
            raise LockRefusal(why.key, identity, step, **{name: str(text or "") for name, text in why.params})
        return locks.is_barrier(before, value)

    def _has_files(self, value: Document | None) -> None:
        """A version or letter names files that are kept and a basis that is a tender. Raises StoreError
        version_unsound."""
        if isinstance(value, Tender) and value.versions:
            kept = all(self.attachments.has(made.file.sha256) for made in value.made_files)
            bases = [self.document(version.basis) for version in value.versions]
            if not kept or not all(isinstance(basis, Tender) for basis in bases):
                raise StoreError("version_unsound")

    def record(
        self,
        kind: Kind,
        identity: str,
        digest: str | None,
        step: str,
        params: Mapping[str, Param],
        *,
        barrier: bool = False,
    ) -> HistoryRow:
        """Make a kept version the current one without asking the locks: for what is found back or erased,
        never for an edit."""
        row = self._write_row(kind, identity, step, params, digest, None, barrier=barrier)
        self.lists.renew(
            kind, identity, self.document(digest) if digest is not None else None, digest, row.seq
        )
        return row

    def trace(self, refused: LockRefusal) -> None:
        """A row for an attempt that a lock refused; the document stays as it is."""
        digest = self.head("tender", refused.identity)
        params: dict[str, Param] = {"step": refused.step, "why": refused.key}
        self._write_row("tender", refused.identity, "refused", params, digest, None, barrier=False)

    def of_file(self, step: str, params: Mapping[str, Param]) -> HistoryRow:
        """A row for what happened to the file itself (see `history.OF_FILE`)."""
        return self._write_row(OF_FILE, "", step, params, None, None, barrier=False)

    def _write_row(
        self,
        kind: Kind | Literal["file"],
        identity: str,
        step: str,
        params: Mapping[str, Param],
        digest: str | None,
        of_seq: int | None,
        *,
        barrier: bool,
    ) -> HistoryRow:
        self.will_write()
        last = self.steps.last()
        now = self.file.now()
        if last is not None and step not in CLOCK_STEPS:
            jump = self.file.clock_jump(last[2], now)
            if jump is not None:
                self.of_file(jump, {"clock_was": last[2], "clock_is": now})
                return self._write_row(kind, identity, step, params, digest, of_seq, barrier=barrier)
        row: dict[str, Any] = {
            "seq": (last[0] if last else 0) + 1,
            "kind": kind,
            "id": identity,
            "step": step,
            "params": params_text(params),
            "author": self.file.author,
            "time": now,
            "hash": digest,
            "of_seq": of_seq,
            "slot": int(barrier),
        }
        row["chain"] = link(last[1] if last else GENESIS, row)
        return self.steps.append(row)

    def relist(self, kind: Kind, identity: str, digest: str, seq: int) -> None:
        """Write what the list tables, pins and references say of one document again."""
        self.lists.renew(kind, identity, self.document(digest), digest, seq)

    def count(self, table: Table) -> int:
        return int(self.connection.execute(select(func.count()).select_from(table)).scalar_one())
