"""The tables. `document` and `history` are the truth; every other table can be rebuilt from them and `check`
compares."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

# The newest revision in db/alembic/versions; a test holds them together. A database with another one was made
# newer.
REVISION = "0006"


@dataclass(frozen=True)
class Features:
    """What a file of a revision has; an older one may still be read where it cannot be brought up to date."""

    revision: str

    @property
    def is_newest(self) -> bool:
        return self.revision == REVISION

    @property
    def keeps_files(self) -> bool:
        return self.revision >= "0002"

    @property
    def has_tombstones(self) -> bool:
        return self.revision >= "0003"

    @property
    def seals_settings(self) -> bool:
        """A setting carries the hash of its value."""
        return self.revision >= "0003"

    @property
    def seals_lists(self) -> bool:
        """A list row carries its hash."""
        return self.revision >= "0004"

    @property
    def keeps_counted(self) -> bool:
        """What was counted of contracts is kept beside them."""
        return self.revision >= "0005"

    @property
    def lists_materials(self) -> bool:
        """Supplies, demands and passports have lists."""
        return self.revision >= "0006"

    @property
    def pins_files(self) -> bool:
        """The pins name kept files too, and those of products."""
        return self.revision >= "0004"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Every version of every document, once per content hash: canonical JSON, zlib.
document = Table(
    "document",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Files kept unchanged, once per content: evidence, and bid forms as received. Documents name them by hash.
attachment = Table(
    "attachment",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# What happened, in order. `chain` = SHA-256 over the row and the chain before it. Sentences are made from
# step and params.
history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("id", String(64), nullable=False, index=True),
    Column("step", String(40), nullable=False),
    Column("params", Text, nullable=False),
    Column("author", String(120), nullable=False),
    Column("time", String(40), nullable=False),
    Column("hash", String(64)),  # None: the document was removed
    Column("of_seq", Integer),  # undo and redo: the step they are about
    Column("slot", Integer, nullable=False, server_default="0"),
    Column("chain", String(64), nullable=False),
)

# The current version of each document.
head = Table(
    "head",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("hash", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
)

# Typing that is not committed yet, per author and field; shown again at the next start. `kind` and `id` say
# of which document, or ("page", its name) for a page that is about none.
draft = Table(
    "draft",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("author", String(120), primary_key=True),
    Column("field", String(400), primary_key=True),
    Column("text", Text, nullable=False),
    Column("time", String(40), nullable=False),
)

# Which versions the current documents name, so that nothing pinned is ever cleaned away.
pin = Table(
    "pin",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("hash", String(64), primary_key=True),
)

# What was worked out of versions that never change, by their hash; it may be emptied at any moment.
counted = Table(
    "counted",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

tender_list = Table(
    "tender_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("number", String(80), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("product_group", String(64)),
    Column("status", String(20), nullable=False),
    Column("closes_on", String(20)),
    Column("variants", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),  # SHA-256 of the rest of the row
)

product_list = Table(
    "product_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("uuid", String(64), index=True),
    Column("version", String(40)),
    Column("name", Text, nullable=False),
    Column("declared_unit", String(40)),
    Column("sets", String(20), nullable=False),
    Column("product_group", String(40)),
    Column("search", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),
    UniqueConstraint("uuid", "version"),
)

# Materials that come free and that are wanted, as flat as matching needs them, and what lies where.
supply_list = Table(
    "supply_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("amount", Float, nullable=False),
    Column("unit", String(10), nullable=False),
    Column("kg", Float),
    Column("breakage", Float, nullable=False),
    Column("length", Float),
    Column("width", Float),
    Column("thickness", Float),
    Column("condition", String(1)),
    Column("x", Float),
    Column("y", Float),
    Column("via_x", Float),
    Column("via_y", Float),
    Column("available_from", String(10), nullable=False),
    Column("available_until", String(10), nullable=False),
    Column("smallest", Float),
    Column("held", Text, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("spoiled", Integer, nullable=False),
    Column("fictitious", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

demand_list = Table(
    "demand_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("amount", Float, nullable=False),
    Column("unit", String(10), nullable=False),
    Column("tolerance", Float, nullable=False),
    Column("length", Float),
    Column("width", Float),
    Column("thickness", Float),
    Column("condition", String(1)),
    Column("x", Float),
    Column("y", Float),
    Column("needed_from", String(10), nullable=False),
    Column("needed_until", String(10), nullable=False),
    Column("furthest_km", Float),
    Column("a1_a3", Float),
    Column("a4", Float),
    Column("set_code", String(4)),
    Column("edition", Text, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("fictitious", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

passport_list = Table(
    "passport_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("road", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("layer", Integer),
    Column("mix", Text, nullable=False),
    Column("laid_on", String(10), nullable=False),
    Column("mass_t", Float),
    Column("tender", String(64)),
    Column("x", Float),
    Column("y", Float),
    Column("gone", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# Settings of this file: the organisation whose tenders are in it.
setting = Table(
    "setting",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("hash", String(64), nullable=False, server_default=""),  # SHA-256 of the value
)

# What was erased, by the history row of the act: a version or file by its hash, a history row by its number.
# `remains` is the SHA-256 of what is left of it, empty when nothing is; the act's own row carries the hash of
# all its tombstones.
tombstone = Table(
    "tombstone",
    metadata,
    Column("act", Integer, primary_key=True),
    Column("what", String(20), primary_key=True),
    Column("ref", String(64), primary_key=True),
    Column("remains", String(64), nullable=False),
)

# Reference data (weighting sets, product groups) by code: which version is offered to new tenders.
reference = Table(
    "reference",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("hash", String(64), nullable=False),
)
