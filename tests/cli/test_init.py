"""`vbg init`, `signin`, `token`, `migrate`: done, or one sentence."""

import json
import sqlite3
from contextlib import closing

import pytest
from alembic import command as alembic
from sqlalchemy import text

from vbg import config
from vbg.app import create_app
from vbg.migrations import run


def test_init_makes_a_practice_and_a_way_in(practice, founded):
    assert founded[1]["data"] == str(founded[0])
    assert practice.made["link"].endswith(f"/code?c={practice.made['code']}")
    assert practice.data.stat().st_mode & 0o077 == 0
    inside = practice.house()
    client = create_app(config.Settings(practice.data), inside).test_client()
    client.application.config["WTF_CSRF_ENABLED"] = False
    form = {"code": practice.made["code"], "password": "vier woorden zijn genoeg"}
    assert client.post("/code", data=form).headers["Location"] == "/today"
    assert client.get("/today").status_code == 200
    inside.database.close()


def test_init_twice_changes_nothing(practice):
    before = (practice.data / "MARKER").read_text()
    again = ("init", "--practice", "x", "--name", "x", "--email", "x@x.test")
    assert str(practice.data) in practice.refused(*again)
    assert (practice.data / "MARKER").read_text() == before
    assert json.loads(practice(*again, "--json").stdout)["error"]


def test_init_without_a_terminal_says_what_it_needs(vbg):
    assert "--email" in vbg.refused("init")
    assert not vbg.data.exists()


def test_a_folder_that_is_a_file_or_broken_settings_are_a_sentence(vbg, practice):
    file = practice.data.parent / "a file"
    file.write_text("x")
    made = ("init", "--practice", "x", "--name", "x", "--email", "x@x.test")
    assert "vbg: " in vbg.refused(*made, "--data", file / "sub", data=False)
    (practice.data / "vbg.toml").write_text("port = [")
    assert "vbg.toml" in practice.refused("check")
    (practice.data / "vbg.toml").write_text('colour = "red"')
    assert "colour" in practice.refused("check")
    (practice.data / "vbg.toml").write_text('port = "many"')
    assert "port" in practice.refused("check")


@pytest.mark.parametrize(
    "words",
    [("signin", "a@b.test"), ("token", "a@b.test"), ("migrate",), ("serve",), ("ingest", __file__, "--family", "x")],
)
def test_without_a_practice_every_command_says_so(vbg, words):
    assert "vbg init" in vbg.refused(*words)


@pytest.mark.parametrize("words", [(), ("dance",), ("ingest",), ("token",), ("serve", "--port", "many")])
def test_wrong_use_is_2(vbg, words):
    vbg.refused(*words, code=2, data=False)


def test_signin_and_token(practice):
    link = practice.json("signin", "INE@praktijk.test")["link"]
    assert len(link.rpartition("=")[2]) == 12
    assert practice.json("token", "ine@praktijk.test")["token"].startswith("vbg_")
    assert practice("token", "ine@praktijk.test").stdout.startswith("vbg_")
    for command in ("signin", "token"):
        assert "nobody@x.test" in practice.refused(command, "nobody@x.test")
    inside = practice.house()
    with inside.database.unit(write=False) as session:
        events = session.execute(text("select event from audit_line")).scalars().all()
    inside.database.close()
    assert {"person.make_code", "person.make_token"} <= set(events)


def set_revision(practice, revision):
    inside = practice.house()
    with inside.database.unit() as session:
        session.execute(text("update alembic_version set version_num = :to"), {"to": revision})
    inside.database.close()


def test_migrate_says_when_there_is_nothing_to_do(practice):
    assert practice.json("migrate") == {"state": "current"}


@pytest.fixture
def older(practice):
    """The same practice as the first version of the tables had it."""
    inside = practice.house()
    with inside.database.unit(write=False) as session:
        kept = {
            name: session.execute(text(f"select * from {name}")).mappings().all() for name in ("practice", "person")
        }
    inside.database.close()
    for file in practice.data.glob("vbg.db*"):
        file.unlink()
    inside = practice.house()
    scripts = run.config()
    with inside.database.engine.begin() as connection:
        scripts.attributes["connection"] = connection
        alembic.upgrade(scripts, "0001")
    with inside.database.unit() as session:
        for name, rows in kept.items():
            for row in rows:
                there = {column: value for column, value in row.items() if column in columns(session, name)}
                places = ", ".join(f":{column}" for column in there)
                session.execute(text(f"insert into {name} ({', '.join(there)}) values ({places})"), there)
    assert run.state(inside.database) == "older"
    inside.database.close()
    return practice


def columns(session, table):
    return {row.name for row in session.execute(text(f"select name from pragma_table_info('{table}')"))}


@pytest.mark.parametrize("words", [("migrate",), ("token", "ine@praktijk.test")])
def test_an_older_practice_is_copied_then_migrated(older, words):
    assert older.json(*words)
    copies = list(older.data.glob("vbg.db.before-*"))
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("select version_num from alembic_version").fetchall() == [("0001",)]
        assert copy.execute("select email from person").fetchall() == [("ine@praktijk.test",)]
    assert older.json("migrate") == {"state": "current"}
    assert older.json("token", "ine@praktijk.test")["token"]
    assert list(older.data.glob("vbg.db.before-*")) == copies


def test_the_folder_may_stand_in_the_environment(practice):
    practice.environment["VBG_DATA"] = str(practice.data)
    assert practice("check", data=False).returncode == 0
    told = practice("token", "ine@praktijk.test", "--json", data=False)
    assert json.loads(told.stdout)["token"].startswith("vbg_")


def test_a_sign_in_link_works_once(practice):
    link = practice.json("signin", "ine@praktijk.test")["link"]
    inside = practice.house()
    client = create_app(config.Settings(practice.data), inside).test_client()
    client.application.config["WTF_CSRF_ENABLED"] = False
    address = link.partition("8420")[2]
    assert client.get(address).status_code == 200
    form = {"code": link.rpartition("=")[2], "password": "vier woorden zijn genoeg"}
    assert client.post("/code", data=form).headers["Location"] == "/today"
    assert client.application.test_client().post("/code", data=form).status_code == 422
    inside.database.close()


def test_a_newer_practice_is_refused(practice):
    set_revision(practice, "9999")
    for words in (("migrate",), ("serve",), ("token", "ine@praktijk.test")):
        assert practice.refused(*words)
    assert practice("check").returncode == 1


def test_an_empty_database_is_copied_whole_then_migrated(practice):
    """What stands only in the write-ahead log has to be in the copy too."""
    for file in practice.data.glob("vbg.db*"):
        file.unlink()
    inside = practice.house()
    with inside.database.unit() as session:
        session.execute(text("create table kept (word text)"))
        session.execute(text("insert into kept values ('bewaard')"))
    reader = inside.database.session(write=False)
    reader.execute(text("select 1"))
    practice.refused("token", "ine@praktijk.test")
    copies = list(practice.data.glob("vbg.db.before-*"))
    reader.close()
    inside.database.close()
    assert len(copies) == 1
    with closing(sqlite3.connect(copies[0])) as copy:
        assert copy.execute("select word from kept").fetchall() == [("bewaard",)]
    assert copies[0].stat().st_mode & 0o077 == 0
    assert practice.json("migrate") == {"state": "current"}
