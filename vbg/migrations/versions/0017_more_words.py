"""When, what and what for beside a moment, and what the child would say"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("when_words", "what_words", "for_words", "child_says"):
        op.add_column("moment", sa.Column(name, sa.String(length=300), nullable=False, server_default=""))
