"""What a goal is made of, the rungs that parents choose, goal levels, and which two moments show then and now"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TEXTS = ("when_where", "seen_as", "begins_at", "enough")


def upgrade() -> None:
    op.add_column("practice", sa.Column("goal_levels", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("goal", sa.Column("short_word", sa.String(length=40), nullable=False, server_default=""))
    for name in TEXTS:
        op.add_column("goal", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("goal", sa.Column("level_texts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("goal", sa.Column("start_level", sa.Integer(), nullable=True))
    op.add_column("goal", sa.Column("weight", sa.Integer(), nullable=False, server_default="1"))
    _kept(
        "rung",
        sa.Column("chosen_by", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    _kept("goal_level")
    op.create_table(
        "goal_pair",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("then_id", sa.Uuid(), nullable=True),
        sa.Column("now_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_pair_goal_id_goal"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["then_id"], ["moment.id"], name=op.f("fk_goal_pair_then_id_moment"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["now_id"], ["moment.id"], name=op.f("fk_goal_pair_now_id_moment"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("goal_id", name=op.f("pk_goal_pair")),
    )


def _kept(table: str, *more: sa.Column[str]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *more,
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id_person")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f(f"fk_{table}_goal_id_goal"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_goal_id"), table, ["goal_id"])
