"""Which version the database is of: told without Alembic, which agrees with what is told."""

import subprocess
import sys

from alembic.script import ScriptDirectory
from sqlalchemy import text

from vbg.config import Settings
from vbg.db import Database
from vbg.migrations import run as migrations

WEIGHTY = ("alembic", "huey", "av", "cv2", "numpy", "ffmpeg")


def _write(house, version):
    with house.database.unit() as session:
        session.execute(text("update alembic_version set version_num = :version"), {"version": version})


def test_the_files_names_are_the_revisions_alembic_knows():
    scripts = ScriptDirectory.from_config(migrations.config())
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]
    assert migrations.revisions() == oldest_first
    assert migrations.revisions()[-1] == scripts.get_current_head()


def test_a_database_is_current_newer_or_older(house, monkeypatch):
    assert migrations.state(house.database) == "current"
    _write(house, "9999")
    assert migrations.state(house.database) == "newer"
    newest = migrations.revisions()[-1]
    _write(house, newest)
    monkeypatch.setattr(migrations, "revisions", lambda: [newest, "9999"])
    assert migrations.state(house.database) == "older"


def test_a_database_without_tables_is_empty(tmp_path):
    database = Database(Settings(tmp_path).database)
    assert migrations.state(database) == "empty"
    database.close()


def test_asking_waits_for_no_writer(sqlite_house):
    with sqlite_house.database.unit() as writer:
        writer.execute(text("update alembic_version set version_num = version_num"))
        assert migrations.state(sqlite_house.database) == "current"


def test_what_answers_first_loads_nothing_weighty():
    """The start's budget: the server is there without migrations, queue, or anything of films."""
    code = "import sys, vbg.cli, vbg.serving, vbg.migrations.run, vbg.app\nfrom importlib import import_module\n"
    code += "[import_module('vbg.' + one.partition(':')[0]) for one in vbg.app.BLUEPRINTS]\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {one.partition(".")[0] for one in loaded} & set(WEIGHTY)
