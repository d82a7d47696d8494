"""Wipings: films still to be wiped where they came from; what an upload was told; films found by their sum"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("told", sa.Text(), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("sha256", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("upload", sa.Column("device", sa.String(length=12), nullable=False, server_default=""))
    op.create_index(op.f("ix_film_sha256"), "film", ["sha256"])
    op.create_table(
        "wiping",
        sa.Column("film_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("asked_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("answered_at", vbg.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_wiping_by_id_person")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_wiping_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("film_id", name=op.f("pk_wiping")),
    )
    op.create_index(op.f("ix_wiping_by_id"), "wiping", ["by_id"])
    op.create_index(op.f("ix_wiping_family_id"), "wiping", ["family_id"])
