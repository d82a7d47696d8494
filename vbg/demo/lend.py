"""A drawn family to practise with, lent to a counselor in her own practice: no accounts, nothing shared."""

import time
import uuid
from dataclasses import replace

from sqlalchemy import exists, select

from vbg.demo import practice
from vbg.demo.cast import DemoFamily
from vbg.demo.story import MEREL
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.house import House
from vbg.moments.models import Moment
from vbg.people import queries as people
from vbg.people.models import Person

PATIENCE_S = 120.0
LOOK_S = 0.5


def lend(house: House, person_id: uuid.UUID, work: practice.Work | None = None) -> None:
    """Make the practice family of this counselor, or finish one that was broken off.

    `work(house)` prepares what waits; None waits for the worker that runs beside this job.
    """
    with house.database.unit(write=False) as session:
        person = session.get_one(Person, person_id)
        viewer = people.viewer_of(person)
        told = lent(person.call_name or person.name)
    practice.settle(house, viewer, told)
    for film in told.films:
        practice.bring(house, viewer, told, film, work or (lambda _house: _wait(house, told)), lambda _part: None)
    with house.database.unit() as session:
        ours = select(Moment.id).join(Film).join(Family).where(Family.code == told.code)
        if not session.scalar(select(exists(ours))):
            practice.tell(session, viewer, told)


def lent(name: str) -> DemoFamily:
    """The first family of the demo under a code name of its own, in which nobody can sign in."""
    adults = tuple(replace(one, sign_in=None) for one in MEREL.adults)
    return replace(MEREL, code=f"Oefengezin {name}"[:60], adults=adults, shares=())


def _wait(house: House, told: DemoFamily) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with house.database.unit(write=False) as session:
            states = session.scalars(select(Film.state).join(Family).where(Family.code == told.code)).all()
        if states and all(state in ("ready", "failed") for state in states):
            return
        time.sleep(LOOK_S)
