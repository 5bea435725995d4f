"""What was erased and what remains of it; a setting carries the hash of its value, as documents do."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("act", sa.Integer, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("remains", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("act", "what", "ref", name="pk_tombstone"),
    )
    op.add_column("setting", sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    setting = sa.table("setting", sa.column("name"), sa.column("value"), sa.column("hash"))
    connection = op.get_bind()
    for name, value in connection.execute(sa.select(setting.c.name, setting.c.value)).all():
        digest = hashlib.sha256(value.encode()).hexdigest()
        connection.execute(sa.update(setting).where(setting.c.name == name).values(hash=digest))
