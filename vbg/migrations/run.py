"""Bring a database to this version's tables: forwards only, one transaction."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from vbg.db import Database

FEATURES = ("people", "families", "consents", "films", "goals", "moments", "reviews", "sharing")


def load_tables() -> None:
    """Import every table, so that the metadata is whole."""
    import_module("vbg.audit")
    for feature in FEATURES:
        import_module(f"vbg.{feature}.models")


def config() -> Config:
    """Alembic's configuration, without a file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    return settings


def upgrade(database: Database) -> None:
    """Bring the tables to the newest revision."""
    settings = config()
    with database.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def state(database: Database) -> str:
    """'empty', 'current', 'older' or 'newer' than this program."""
    scripts = ScriptDirectory.from_config(config())
    with database.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        return "empty"
    known = {script.revision for script in scripts.walk_revisions()}
    return "current" if at == scripts.get_current_head() else "older" if at in known else "newer"
