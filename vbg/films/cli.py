"""Films for the command line: bring one in, ask how it stands."""

import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vbg import clock, ids
from vbg.families.models import Care, Family
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.films.rules import Device
from vbg.house import House
from vbg.people import queries as people
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.viewer import Viewer


def take(house: House, file: Path, family: str, situation: str) -> dict[str, Any] | None:
    """Receive a file for a family (code name or id) in the name of its care team; None when there is no such family."""
    with house.database.unit(write=False) as session:
        named = Family.code == family if ids.parse(family) is None else Family.id == uuid.UUID(family)
        found = session.scalar(select(Family).where(named))
        if found is None:
            return None
        viewer = _of_team(session, found.id)
        told = {"filename": file.name, "situation": situation, "device": Device.PROGRAM}
        form = NewUpload(family=str(found.id), length=file.stat().st_size, **told)
    film = intake.take(house, viewer, file, form)
    return state(house, str(film.id))


def in_name_of(house: House, film_id: uuid.UUID) -> Viewer:
    """Whoever was first in the care team around a film's family. NotFoundError."""
    with house.database.unit(write=False) as session:
        film = session.get(Film, film_id)
        if film is None:
            raise NotFoundError
        return _of_team(session, film.family_id)


def _of_team(session: Session, family_id: uuid.UUID) -> Viewer:
    today = clock.today()
    now = Care.from_on <= today, or_(Care.until_on.is_(None), Care.until_on > today)
    team = select(Person).join(Care, Care.person_id == Person.id).where(Care.family_id == family_id, *now)
    first = session.scalar(team.order_by(Care.from_on, Care.id).limit(1))
    if first is None:
        raise NotFoundError
    return people.viewer_of(first)


def state(house: House, film_id: str) -> dict[str, Any]:
    """Where a film stands."""
    with house.database.unit(write=False) as session:
        film = session.get_one(Film, uuid.UUID(film_id))
        return {
            "id": film_id, "state": film.state, "progress": film.progress, "reason": film.reason,
            "values": dict(film.reason_values),
        }  # fmt: skip
