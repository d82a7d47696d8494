"""Bring a database to this version's tables: forwards only, one transaction.

Alembic is loaded by `upgrade` alone: it weighs as much as a third of a start, and a start only asks for the state.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from vbg.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

FEATURES = (
    "people", "families", "consents", "films", "goals", "tagsets", "moments", "places", "hypotheses", "plans",
    "visits", "reviews", "supervision", "sharing", "retention", "palettes", "phones", "notes", "cards", "concerns",
)  # fmt: skip


def load_tables() -> None:
    """Import every table, so that the metadata is whole."""
    for table in ("audit", "queue"):
        import_module(f"vbg.{table}")
    for feature in FEATURES:
        import_module(f"vbg.{feature}.models")


def config() -> "Config":
    """Alembic's configuration, without a file."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    return settings


def upgrade(database: Database) -> None:
    """Bring the tables to the newest revision."""
    from alembic import command

    settings = config()
    with database.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def revisions() -> list[str]:
    """This program's revisions, oldest first: what each file's name in `versions` begins with."""
    return sorted(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*_*.py"))


def state(database: Database) -> str:
    """'empty', 'current', 'older' or 'newer' than this program; only reads."""
    with database.unit(write=False) as session:
        if not inspect(session.connection()).has_table("alembic_version"):
            return "empty"
        at = session.scalar(text("select version_num from alembic_version"))
    known = revisions()
    return "empty" if at is None else "current" if at == known[-1] else "older" if at in known else "newer"
