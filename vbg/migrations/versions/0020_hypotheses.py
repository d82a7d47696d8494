"""Working hypotheses, what speaks for and against them, what the family is asked of them; the plan of approach"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
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
    _table(
        "strategy",
        ("goal",),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hypothesis_id", sa.Uuid(), nullable=True),
        sa.Column("film_id", sa.Uuid(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        *(_forgets("strategy", one) for one in ("hypothesis", "film")),
    )
    _table(
        "step",
        ("strategy",),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("when_words", sa.String(length=200), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "review_goal",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        _goes_with("review_goal", "review"),
        _goes_with("review_goal", "goal"),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_review_goal")),
    )
    op.create_index(op.f("ix_review_goal_goal_id"), "review_goal", ["goal_id"])
    _table(
        "asking",
        ("hypothesis",),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
    )
    _table(
        "reply",
        ("member",),
        sa.Column("asking_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at_home", sa.Boolean(), nullable=False),
        _goes_with("reply", "asking"),
        sa.UniqueConstraint("asking_id", "member_id", "at_home", name=op.f("uq_reply_asking_id_member_id_at_home")),
    )
    op.create_table(
        "asking_share",
        sa.Column("asking_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_asking_share_by_id_person")),
        _goes_with("asking_share", "asking"),
        _goes_with("asking_share", "person"),
        sa.PrimaryKeyConstraint("asking_id", "person_id", name=op.f("pk_asking_share")),
    )
    op.create_index(op.f("ix_asking_share_person_id"), "asking_share", ["person_id"])


def _table(name: str, owners: tuple[str, ...], *columns: sa.Column[object] | sa.Constraint) -> None:
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


def _forgets(name: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id"], [f"{other}.id"], name=op.f(f"fk_{name}_{other}_id_{other}"), ondelete="SET NULL"
    )
