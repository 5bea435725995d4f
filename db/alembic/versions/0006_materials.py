"""Lists of materials that come free and are wanted, and of what lies where: they can be written again from
the heads, as every list. Without row ids: an empty one is one page."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _text(name: str, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.Text, nullable=not required)


def _figure(name: str, *, required: bool = False) -> sa.Column:
    return sa.Column(name, sa.Float, nullable=not required)


def _whole(name: str, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer, nullable=not required)


def _short(name: str, length: int, *, required: bool = True) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=not required)


def _hash() -> sa.Column:
    return sa.Column("hash", sa.String(64), nullable=False, server_default="")


def upgrade() -> None:
    op.create_table(
        "supply_list",
        _short("id", 64),
        _short("kind", 40),
        _text("name"),
        _text("organisation"),
        _text("place"),
        _figure("amount", required=True),
        _short("unit", 10),
        _figure("kg"),
        _figure("breakage", required=True),
        _figure("length"),
        _figure("width"),
        _figure("thickness"),
        _short("condition", 1, required=False),
        _figure("x"),
        _figure("y"),
        _figure("via_x"),
        _figure("via_y"),
        _short("available_from", 10),
        _short("available_until", 10),
        _figure("smallest"),
        _text("held"),
        _whole("withdrawn"),
        _whole("spoiled"),
        _whole("fictitious"),
        _text("search"),
        _hash(),
        sa.PrimaryKeyConstraint("id", name="pk_supply_list"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "demand_list",
        _short("id", 64),
        _short("kind", 40),
        _text("name"),
        _text("organisation"),
        _text("place"),
        _figure("amount", required=True),
        _short("unit", 10),
        _figure("tolerance", required=True),
        _figure("length"),
        _figure("width"),
        _figure("thickness"),
        _short("condition", 1, required=False),
        _figure("x"),
        _figure("y"),
        _short("needed_from", 10),
        _short("needed_until", 10),
        _figure("furthest_km"),
        _figure("a1_a3"),
        _figure("a4"),
        _short("set_code", 4, required=False),
        _text("edition"),
        _whole("closed"),
        _whole("fictitious"),
        _text("search"),
        _hash(),
        sa.PrimaryKeyConstraint("id", name="pk_demand_list"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passport_list",
        _short("id", 64),
        _text("name"),
        _text("road"),
        _text("section"),
        _whole("layer", required=False),
        _text("mix"),
        _short("laid_on", 10),
        _figure("mass_t"),
        _short("tender", 64, required=False),
        _figure("x"),
        _figure("y"),
        _whole("gone"),
        _text("search"),
        _hash(),
        sa.PrimaryKeyConstraint("id", name="pk_passport_list"),
        sqlite_with_rowid=False,
    )
