"""Drafts of every field, side by side; a row of a list carries the hash of what it says, as documents and
settings do; a tender's pins name the bid forms it received."""

import hashlib
import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("draft", "draft_before")
    op.create_table(
        "draft",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("field", sa.String(400), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "author", "field", name="pk_draft"),
    )
    op.execute(
        "INSERT INTO draft (kind, id, author, field, text, time) SELECT kind, id, author, field, text, "
        "time FROM draft_before"
    )
    op.drop_table("draft_before")
    connection = op.get_bind()
    for name in ("tender_list", "product_list"):
        op.add_column(name, sa.Column("hash", sa.String(64), nullable=False, server_default=""))
        rows = connection.execute(sa.text(f"SELECT * FROM {name}")).mappings().all()
        table = sa.table(name, sa.column("id"), sa.column("hash"))
        for row in rows:
            values = {key: value for key, value in row.items() if key != "hash"}
            text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            digest = hashlib.sha256(text.encode()).hexdigest()
            connection.execute(sa.update(table).where(table.c.id == row["id"]).values(hash=digest))
    current = sa.text(
        "SELECT head.id, document.content FROM head JOIN document ON document.hash = head.hash WHERE "
        "head.kind = 'tender'"
    )
    for row in connection.execute(current).mappings().all():
        try:
            received = json.loads(zlib.decompress(row["content"])).get("received", [])
        except (zlib.error, ValueError):  # damaged: opening it says so
            continue
        for digest in {form["file"]["sha256"] for form in received}:
            values = {"kind": "tender", "id": row["id"], "hash": digest}
            connection.execute(
                sa.text("INSERT OR IGNORE INTO pin (kind, id, hash) VALUES (:kind, :id, :hash)"), values
            )
