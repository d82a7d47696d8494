"""A practice's own cards, and the bag for supervision"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drawing", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_own_card_by_id_person")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_own_card_practice_id_practice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_card")),
    )
    op.create_index(op.f("ix_own_card_practice_id"), "own_card", ["practice_id"])
    _bags()
    op.create_table(
        "supervision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_supervision_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(op.f("ix_supervision_person_id"), "supervision", ["person_id"])


def _bags() -> None:
    op.create_table(
        "supervision_bag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _key("supervision_bag", "family_id", "family"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_supervision_bag_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_bag")),
    )
    op.create_table(
        "supervision_moment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bag_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        _key("supervision_moment", "bag_id", "supervision_bag"),
        _key("supervision_moment", "moment_id", "moment"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_moment")),
        sa.UniqueConstraint("bag_id", "moment_id", name=op.f("uq_supervision_moment_bag_id_moment_id")),
    )
    op.create_table(
        "supervision_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bag_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        _key("supervision_answer", "bag_id", "supervision_bag"),
        _key("supervision_answer", "member_id", "member"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_supervision_answer_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_answer")),
    )
    for table, column in (
        ("supervision_bag", "family_id"), ("supervision_bag", "by_id"), ("supervision_moment", "bag_id"),
        ("supervision_moment", "moment_id"), ("supervision_answer", "bag_id"), ("supervision_answer", "member_id"),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
    )
