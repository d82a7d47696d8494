"""Palettes: how one counselor has arranged her labels"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "palette",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_palette_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_palette")),
    )
    op.create_table(
        "palette_label",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=81), nullable=False),
        sa.Column("words", sa.String(length=40), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("key_code", sa.String(length=24), nullable=True),
        sa.Column("lead_ms", sa.Integer(), nullable=True),
        sa.Column("lag_ms", sa.Integer(), nullable=True),
        sa.Column("asked_lead", sa.Boolean(), nullable=False),
        sa.Column("asked_lag", sa.Boolean(), nullable=False),
        sa.Column("shifts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_palette_label_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "label", name=op.f("pk_palette_label")),
    )
