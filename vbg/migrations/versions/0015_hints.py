"""Who played a film to its end, and wants its hints shown"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("whole", "hints"):
        op.add_column("place", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
