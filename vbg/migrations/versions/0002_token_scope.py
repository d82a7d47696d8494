"""Tokens of programs: what they may do, and until when"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_token", sa.Column("scope", sa.String(length=8), nullable=False, server_default="write"))
    op.add_column("api_token", sa.Column("expires_at", vbg.db.Instant(timezone=True), nullable=True))
