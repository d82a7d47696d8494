"""Phones of Ann's: a code for Merel, a phone that used one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import World
from vbg import clock
from vbg.house import House
from vbg.phones import actions


@pytest.fixture
def code(house: House, world: World) -> Callable[..., str]:
    """A fresh code of Ann's for Merel."""

    def make(who: str = "ann", family: str = "merel", at: datetime | None = None) -> str:
        with clock.freeze(at or clock.now()), house.database.unit() as session:
            return actions.make_code(session, world.viewer(who), world.families[family])

    return make


@pytest.fixture
def phone(app: Flask, code: Callable[..., str]) -> Callable[..., FlaskClient]:
    """A phone that was let in."""

    def enter(**more: str) -> FlaskClient:
        client = app.test_client()
        assert client.post("/phone", data={"code": code(**more)}).headers["Location"] == "/phone/films"
        return client

    return enter
