"""A practice's own tag sets, their versions, and the sets a family uses"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tag_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("created_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_tag_set_practice_id_practice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_set")),
        sa.UniqueConstraint("key", name=op.f("uq_tag_set_key")),
    )
    op.create_index(op.f("ix_tag_set_practice_id"), "tag_set", ["practice_id"])
    op.create_table(
        "tag_set_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_tag_set_version_by_id_person")),
        sa.ForeignKeyConstraint(
            ["set_id"], ["tag_set.id"], name=op.f("fk_tag_set_version_set_id_tag_set"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_set_version")),
        sa.UniqueConstraint("set_id", "number", name=op.f("uq_tag_set_version_set_id")),
    )
    op.create_table(
        "family_tag_set",
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("set_key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_family_tag_set_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("family_id", "set_key", name=op.f("pk_family_tag_set")),
    )
