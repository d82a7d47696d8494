"""Films for the command line: bring one in, ask how it stands."""

import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import select

from vbg import ids
from vbg.families.models import Care, Family
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House
from vbg.people import queries as people
from vbg.people.models import Person


def take(house: House, file: Path, family: str, situation: str) -> dict[str, Any] | None:
    """Receive a file for a family (code name or id) in the name of its care team; None when there is no such family."""
    with house.database.unit(write=False) as session:
        named = Family.code == family if ids.parse(family) is None else Family.id == uuid.UUID(family)
        found = session.scalar(select(Family).where(named))
        if found is None:
            return None
        team = select(Person).join(Care, Care.person_id == Person.id).where(Care.family_id == found.id).limit(1)
        viewer = people.viewer_of(session.scalars(team.order_by(Care.from_on)).one())
        form = NewUpload(family=str(found.id), filename=file.name, situation=situation, length=file.stat().st_size)
    film = intake.take(house, viewer, file, form)
    return state(house, str(film.id))


def state(house: House, film_id: str) -> dict[str, Any]:
    """Where a film stands."""
    with house.database.unit(write=False) as session:
        film = session.get_one(Film, uuid.UUID(film_id))
        return {
            "id": film_id, "state": film.state, "progress": film.progress, "reason": film.reason,
            "values": dict(film.reason_values),
        }  # fmt: skip
