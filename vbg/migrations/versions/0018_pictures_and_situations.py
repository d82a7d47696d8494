"""The frame kept as a moment's still, and what the child would say once a parent said or approved it"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("moment", sa.Column("photo_ms", sa.Integer(), nullable=True))
    op.add_column("moment", sa.Column("child_says_by", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("review", sa.Column("shows_child", sa.Boolean(), nullable=False, server_default=sa.false()))
