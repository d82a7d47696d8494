"""What a family tells: wordings per home, first words, what matters, a child's wish and character, who stands around"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

import vbg.db

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _questions()
    _members()
    for name in ("short_text", "read_aloud", "one_at_a_time"):
        op.add_column("person", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "saying",
        *_own(),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("authors", sa.String(length=200), nullable=False),
        sa.Column("how", sa.String(length=200), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        *_kept("saying"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_saying_member_id_member"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_saying_family_id"), "saying", ["family_id"])
    op.create_table(
        "supporter",
        *_own(),
        sa.Column("call_name", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=200), nullable=False),
        sa.Column("may_watch", sa.String(length=8), nullable=False),
        sa.Column("said_by", sa.String(length=200), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        *_kept("supporter"),
    )
    op.create_index(op.f("ix_supporter_family_id"), "supporter", ["family_id"])


def _questions() -> None:
    with op.batch_alter_table("question") as question:
        question.add_column(sa.Column("household_id", sa.Uuid(), nullable=True))
        question.add_column(sa.Column("still_right", sa.Boolean(), nullable=False, server_default=sa.false()))
        question.add_column(sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))
        question.create_foreign_key(
            op.f("fk_question_household_id_household"), "household", ["household_id"], ["id"], ondelete="CASCADE"
        )
    op.add_column("household", sa.Column("question", sa.Text(), nullable=False, server_default=""))
    op.add_column("household", sa.Column("question_authors", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("household", sa.Column("question_on", sa.Date(), nullable=True))


def _members() -> None:
    op.alter_column("member", "profile", new_column_name="likes")
    for name in ("tempo", "signals", "senses"):
        op.add_column("member", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("member", sa.Column("portrait_authors", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("member", sa.Column("portrait_on", sa.Date(), nullable=True))
    op.add_column("member", sa.Column("written_together", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("member", sa.Column("authority_on", sa.Date(), nullable=True))
    op.add_column("member", sa.Column("cares", sa.String(length=8), nullable=False, server_default="unknown"))
    op.add_column("member", sa.Column("on_film", sa.String(length=8), nullable=False, server_default=""))


def _own() -> list[SchemaItem]:
    return [sa.Column("id", sa.Uuid(), nullable=False), sa.Column("family_id", sa.Uuid(), nullable=False)]


def _kept(table: str) -> list[SchemaItem]:
    return [
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id_person")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f(f"fk_{table}_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
