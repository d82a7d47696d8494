"""Notes of a family with how they read before, and the register of concerns"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CONCERNS: dict[str, dict[str, Any]] = {
    "concern_fact": {"seen_by": sa.String(length=200), "fact": sa.Text(), "meaning": sa.Text()},
    "concern_step": {"code": sa.String(length=16), "words": sa.Text()},
}


def upgrade() -> None:
    op.create_table(
        "family_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        *_said(),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_family_note_by_id_person")),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_family_note_family_id_family"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_note")),
    )
    op.create_index("ix_family_note_line", "family_note", ["family_id", "on"])
    op.create_table(
        "family_note_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        *_said(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_family_note_wording_by_id_person")),
        sa.ForeignKeyConstraint(
            ["note_id"],
            ["family_note.id"],
            name=op.f("fk_family_note_wording_note_id_family_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_note_wording")),
    )
    op.create_index(op.f("ix_family_note_wording_note_id"), "family_note_wording", ["note_id"])
    for table, more in CONCERNS.items():
        op.create_table(
            table,
            sa.Column("id", sa.Uuid(), nullable=False),
            sa.Column("family_id", sa.Uuid(), nullable=False),
            sa.Column("on", sa.Date(), nullable=False),
            *(sa.Column(name, kind, nullable=False) for name, kind in more.items()),
            sa.Column("by_id", sa.Uuid(), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("removed", sa.Boolean(), nullable=False),
            sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id_person")),
            sa.ForeignKeyConstraint(
                ["family_id"], ["family.id"], name=op.f(f"fk_{table}_family_id_family"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_family_id"), table, ["family_id"])


def _said() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("present", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
