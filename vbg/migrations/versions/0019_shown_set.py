"""Which set's labels somebody had before her in a film"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("place", sa.Column("tag_set", sa.String(length=40), nullable=False, server_default=""))
