"""Which codecs a sender's browser plays, kept with the upload and the film"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("upload", "film"):
        op.add_column(table, sa.Column("plays", sa.String(length=24), nullable=False, server_default=""))
