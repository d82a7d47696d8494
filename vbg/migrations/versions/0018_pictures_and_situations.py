"""The frame kept as a moment's still"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("moment", sa.Column("photo_ms", sa.Integer(), nullable=True))
