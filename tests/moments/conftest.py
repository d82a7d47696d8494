"""A film of a minute that Ann and Bea may look at, one of Cas, and a short way to the actions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.people import World
from vbg.films.models import Film
from vbg.house import House
from vbg.moments import actions, queries
from vbg.moments.forms import MomentIn
from vbg.moments.models import Moment

MINUTE = 60_000


def add_film(session: Session, world: World, code: str, by: str, number: int = 1, **facts: Any) -> Film:
    film = Film(
        family_id=world.families[code].id, number=number, state=facts.pop("state", "ready"),
        duration_ms=facts.pop("duration_ms", MINUTE), by_id=world.people[by].id, **facts,
    )  # fmt: skip
    session.add(film)
    session.flush()
    return film


@pytest.fixture
def film(house: House, world: World) -> Film:
    with house.database.unit() as session:
        return add_film(session, world, "merel", "ann")


@pytest.fixture
def other_film(house: House, world: World) -> Film:
    with house.database.unit() as session:
        return add_film(session, world, "kievit", "cas")


@pytest.fixture
def mark(house: House, world: World, film: Film) -> Callable[..., Moment]:
    """`mark("ann", start_ms=1000, ...)`: a moment made and committed."""

    def make(who: str = "ann", **fields: Any) -> Moment:
        with house.database.unit() as session:
            form = MomentIn.model_validate({"start_ms": 1000} | fields)
            return actions.mark(session, world.viewer(who), film.id, form)[0]

    return make


@pytest.fixture
def seen(house: House, world: World) -> Callable[..., Moment]:
    """`seen(moment.id)`: the moment as it stands now, for Ann."""

    def look(moment_id: UUID, who: str = "ann") -> Moment:
        with house.database.unit(write=False) as session:
            return queries.one(session, world.viewer(who), moment_id)

    return look


@pytest.fixture
def hasty(house: House) -> None:
    """Commits that do not wait for the disk: a test of thousands of acts asks what stands, not what a power cut leaves.

    tests/moments/test_kill.py asks that, with the commits of the real thing.
    """
    quick = "PRAGMA synchronous=OFF" if house.database.is_sqlite else "SET synchronous_commit TO off"
    house.database.engine.dispose()

    @event.listens_for(house.database.engine, "connect")
    def _hurry(connection: Any, record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(quick)
        cursor.close()
        connection.commit()
