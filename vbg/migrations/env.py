"""Alembic's environment: runs on the connection that `vbg.migrations.run` hands over."""

from alembic import context

from vbg.db import Base
from vbg.migrations import run as _run

_run.load_tables()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
