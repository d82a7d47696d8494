"""Merel with a ready film and three moments, Kievit with a film of its own."""

from types import SimpleNamespace

import pytest

from vbg.consents import actions as consents
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.moments.models import Moment


def filmed(session, world, code, counselor):
    """A ready film with three moments in this family."""
    family = world.families[code].id
    film = Film(family_id=family, number=1, by_id=world.people[counselor].id, state="ready", duration_ms=60_000)
    film.title = f"Film van {code}"
    goal = Goal(family_id=family, text="We lachen samen.", authors="Dilan")
    session.add_all([film, goal])
    session.flush()
    moments = [Moment(film_id=film.id, start_ms=at, end_ms=at + 4000) for at in (1000, 20_000, 40_000)]
    moments[0].words = "Pip wijst."
    session.add_all(moments)
    session.flush()
    return SimpleNamespace(
        family=family, film=film.id, goal=goal.id, moments=[one.id for one in moments],
        url=f"/families/{family}", api=f"/api/v1/families/{family}",
    )  # fmt: skip


@pytest.fixture
def merel(house, world):
    with house.database.unit() as session:
        return filmed(session, world, "merel", "ann")


@pytest.fixture
def kievit(house, world):
    with house.database.unit() as session:
        consents.answer(session, world.viewer("cas"), world.members["eve"], "filming", "yes", "spoken")
        return filmed(session, world, "kievit", "cas")


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def thought(ann, merel):
    """A working hypothesis of Ann's about Merel: its address, and its address for programs."""
    where = ann.post(f"{merel.url}/hypotheses", data={"statement": "Als Dilan wacht, begint Pip."}).headers["Location"]
    return SimpleNamespace(url=where, api=f"/api/v1{where}", id=where.rsplit("/", 1)[-1])
