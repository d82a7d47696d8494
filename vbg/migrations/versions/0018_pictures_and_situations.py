"""A moment's photo, what the child would say once approved, and the situations along a film"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("moment", sa.Column("photo_ms", sa.Integer(), nullable=True))
    op.add_column("moment", sa.Column("child_says_by", sa.String(length=60), nullable=False, server_default=""))
    op.create_table(
        "situation_band",
        sa.Column("film_id", sa.Uuid(), nullable=False),
        sa.Column("at_ms", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("situation", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["film_id"], ["film.id"], name=op.f("fk_situation_band_film_id_film"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("film_id", "at_ms", name=op.f("pk_situation_band")),
    )
    op.add_column("review", sa.Column("shows_child", sa.Boolean(), nullable=False, server_default=sa.false()))
