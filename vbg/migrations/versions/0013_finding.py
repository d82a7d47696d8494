"""What moments are found by: labels, who began, words; filled for the moments that are there"""

import sqlalchemy as sa
from alembic import op

from vbg.moments.rules import folded, who_began
from vbg.tagsets.basisset import BASISSET

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TAGS = sa.table("moment_tag", sa.column("tag", sa.String), sa.column("moment_id", sa.Uuid))
FIND = sa.table(
    "moment_find", sa.column("moment_id", sa.Uuid), sa.column("began", sa.String), sa.column("folded", sa.Text)
)
MOMENT = sa.table(
    "moment", sa.column("id", sa.Uuid), sa.column("marks", sa.JSON), sa.column("who_began_set", sa.String),
    sa.column("words", sa.Text),
)  # fmt: skip
AT_ONCE = 1000


def upgrade() -> None:
    op.create_table(
        "moment_tag",
        sa.Column("tag", sa.String(length=80), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_moment_tag_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tag", "moment_id", name=op.f("pk_moment_tag")),
    )
    op.create_index(op.f("ix_moment_tag_moment_id"), "moment_tag", ["moment_id"])
    op.create_table(
        "moment_find",
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("began", sa.String(length=8), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moment_id"], ["moment.id"], name=op.f("fk_moment_find_moment_id_moment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("moment_id", name=op.f("pk_moment_find")),
    )
    op.create_index(op.f("ix_moment_find_began"), "moment_find", ["began"])
    _fill(op.get_bind())


def _fill(bind: sa.Connection) -> None:
    last = None
    while True:
        query = sa.select(MOMENT).order_by(MOMENT.c.id).limit(AT_ONCE)
        rows = bind.execute(query.where(MOMENT.c.id > last) if last else query).all()
        if not rows:
            return
        tags = [{"tag": tag, "moment_id": row.id} for row in rows for tag in {mark["tag"] for mark in row.marks}]
        if tags:
            bind.execute(sa.insert(TAGS), tags)
        bind.execute(
            sa.insert(FIND),
            [
                {"moment_id": r.id, "began": r.who_began_set or who_began(r.marks, BASISSET), "folded": folded(r.words)}
                for r in rows
            ],
        )
        last = rows[-1].id
