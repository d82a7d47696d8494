"""What was measured of a film and is worth saying; how far it is; which version of it plays"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind, value in (
        ("notes", sa.JSON(), "[]"),
        ("record", sa.JSON(), "{}"),
        ("step", sa.String(length=12), ""),
        ("proxy", sa.String(length=8), ""),
        ("play_version", sa.Integer(), "1"),
    ):
        op.add_column("film", sa.Column(name, kind, nullable=False, server_default=value))
    op.add_column("film", sa.Column("left_s", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_film_proxy"), "film", ["proxy"])
