"""Working hypotheses, how they stood, the moments for and against them, the films that test them"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "hypothesis",
        ("family",),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("source_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
    )
    _table(
        "hypothesis_turn",
        ("hypothesis",),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
    )
    _pair("moment", sa.Column("side", sa.String(length=8), nullable=False))
    _pair("film")


def _table(name: str, owners: tuple[str, ...], *columns: sa.Column[object]) -> None:
    """A table that goes with its owners; who made a row, and when."""
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(f"{one}_id", sa.Uuid(), nullable=False) for one in owners),
        *columns,
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{name}_by_id_person")),
        *(_goes_with(name, one) for one in owners),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for one in owners:
        op.create_index(op.f(f"ix_{name}_{one}_id"), name, [f"{one}_id"])


def _pair(other: str, *columns: sa.Column[str]) -> None:
    """A table of what belongs to a hypothesis."""
    name = f"hypothesis_{other}"
    op.create_table(
        name,
        sa.Column("hypothesis_id", sa.Uuid(), nullable=False),
        sa.Column(f"{other}_id", sa.Uuid(), nullable=False),
        *columns,
        _goes_with(name, "hypothesis"),
        _goes_with(name, other),
        sa.PrimaryKeyConstraint("hypothesis_id", f"{other}_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_{other}_id"), name, [f"{other}_id"])


def _goes_with(name: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{owner}_id"], [f"{owner}.id"], name=op.f(f"fk_{name}_{owner}_id_{owner}"), ondelete="CASCADE"
    )
