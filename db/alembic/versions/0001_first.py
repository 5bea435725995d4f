"""First tables: documents, history, heads, drafts, pins and lists."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_document"),
    )
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("hash", sa.String(64)),
        sa.Column("of_seq", sa.Integer),
        sa.Column("slot", sa.Integer, nullable=False, server_default="0"),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_history"),
    )
    op.create_index("ix_history_id", "history", ["id"])
    op.create_table(
        "head",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_head"),
    )
    op.create_table(
        "draft",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "author", name="pk_draft"),
    )
    op.create_table(
        "pin",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "hash", name="pk_pin"),
    )
    op.create_table(
        "tender_list",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("product_group", sa.String(64)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("closes_on", sa.String(20)),
        sa.Column("variants", sa.Integer, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tender_list"),
    )
    op.create_index("ix_tender_list_number", "tender_list", ["number"])
    op.create_table(
        "product_list",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("uuid", sa.String(64)),
        sa.Column("version", sa.String(40)),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("declared_unit", sa.String(40)),
        sa.Column("sets", sa.String(20), nullable=False),
        sa.Column("product_group", sa.String(40)),
        sa.Column("search", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_product_list"),
        sa.UniqueConstraint("uuid", "version", name="uq_product_list_uuid"),
    )
    op.create_index("ix_product_list_uuid", "product_list", ["uuid"])
    op.create_table(
        "reference",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name="pk_reference"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
