"""Appointments with a family, and the name that a film is given before it comes in"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("title", sa.String(length=120), nullable=False, server_default=""))
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("done_at", vbg.db.Instant(timezone=True), nullable=True),
        sa.Column("called_off_at", vbg.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_visit_by_id_person")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_visit_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_family_id"), "visit", ["family_id"])
    op.create_index(op.f("ix_visit_on"), "visit", ["on"])
