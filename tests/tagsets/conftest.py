"""A short way to a set of Ann's own, published, and to Merel's film."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.people import World
from vbg.films.models import Film
from vbg.house import House


@pytest.fixture
def ann(client_for: Callable[[str], FlaskClient]) -> FlaskClient:
    return client_for("ann")


@pytest.fixture
def film(house: House, world: World) -> Film:
    with house.database.unit() as session:
        found = Film(
            family_id=world.families["merel"].id, number=1, state="ready", duration_ms=60_000,
            by_id=world.people["ann"].id, title="Eten",
        )  # fmt: skip
        session.add(found)
        return found


def made(answer: object) -> str:
    """The address of the set that an answer sends to."""
    return re.search(r"/tag-sets/[0-9a-f-]{36}", answer.headers["Location"]).group()  # type: ignore[attr-defined]


LABEL = {
    "nl": "Straalt",
    "plain_nl": "{k} straalt.",
    "who": "child",
    "new_group": "Gezien",
    "code": "KeyA",
    "lead": "2,5",
}


@pytest.fixture
def own(ann: FlaskClient) -> str:
    """The address of Ann's set "Stralen", with one label, published once."""
    address = made(ann.post("/tag-sets", data={"nl": "Stralen"}))
    assert ann.post(f"{address}/labels", data=LABEL).status_code == 302
    assert ann.post(f"{address}/versions").status_code == 302
    return address


@pytest.fixture
def key(ann: FlaskClient, own: str) -> str:
    """The name of Ann's set in the API."""
    listed = ann.get("/api/v1/tag-sets").get_json()["items"]
    return str(next(one["key"] for one in listed if not one["house"]))


@pytest.fixture
def family(world: World) -> UUID:
    return world.families["merel"].id
