"""Each sealed thing: the hash of its bytes as they lie in the store, and when they were last read again"""

import sqlalchemy as sa
from alembic import op

import vbg.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rendition", sa.Column("sealed_sha256", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("rendition", sa.Column("looked_at", vbg.db.Instant(timezone=True), nullable=True))
