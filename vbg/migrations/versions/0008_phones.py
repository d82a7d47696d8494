"""Phones that send films: their codes, and the one family that their sessions are for"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("web_session", sa.Column("family_id", sa.Uuid(), nullable=True))
    op.add_column("upload", sa.Column("session_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_upload_session_id"), "upload", ["session_id"])
    op.create_table(
        "phone_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", vbg.db.Instant(timezone=True), nullable=False),
        sa.Column("used_at", vbg.db.Instant(timezone=True), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_phone_code_by_id_person"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_phone_code_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_phone_code_code_hash")),
    )
    op.create_index(op.f("ix_phone_code_family_id"), "phone_code", ["family_id"])
