"""Work that failed: when it is tried again; and the tables of the queue in PostgreSQL"""

import sqlalchemy as sa
from alembic import op

import vbg.db
from vbg.reasons import ReasonError

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("ids", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("first_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("last_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("again_at", vbg.db.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setback")),
        sa.UniqueConstraint("name", "ids", name=op.f("uq_setback_name_ids")),
    )
    op.create_index(op.f("ix_setback_again_at"), "setback", ["again_at"])
    if op.get_bind().dialect.name == "postgresql":
        _queue()


def _queue() -> None:
    """Procrastinate's own tables; a version of it that changes them brings a revision of ours with it."""
    try:
        from procrastinate.schema import SchemaManager
    except ImportError:
        raise ReasonError("scale_missing") from None
    # many statements in one, with percent signs of their own: past SQLAlchemy, in the same transaction
    cursor = op.get_bind().connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    cursor.close()
