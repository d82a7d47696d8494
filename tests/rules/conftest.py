"""The town is built once, and everybody's walk through it made once: the checks read what was sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import _house
from tests.people import meet
from tests.rules.pages import Visitor, Visits
from tests.rules.town import Town, build
from vbg.app import create_app


@pytest.fixture(scope="session")
def town(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The families, in a house of their own."""
    house = _house(template, tmp_path_factory.mktemp("town") / "data")
    with house.database.unit(write=False) as session:
        world = meet(session)
    yield build(house, world)
    house.database.close()


@pytest.fixture(scope="session")
def town_app(town: Town) -> Flask:
    """The app over the town."""
    app = create_app(town.house.settings, town.house)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture(scope="session")
def visits(town_app: Flask, town: Town) -> Visits:
    """Every page, seen by everybody who may see it, in both languages."""
    return Visitor(town_app, town).everywhere()
