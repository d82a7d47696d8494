"""A counselor in her own practice looks around in a drawn family of her own."""

from sqlalchemy import func, select

from tests.people import meet
from vbg import worker
from vbg.demo import lend
from vbg.families import queries as families
from vbg.films import queries as films
from vbg.house import House
from vbg.moments.models import Moment
from vbg.people.models import Person


def test_she_gets_a_family_with_a_film_and_moments_once(sqlite_house: House) -> None:
    with sqlite_house.database.unit(write=False) as session:
        ann = meet(session).viewer("ann")
        people = session.scalar(select(func.count()).select_from(Person))
    for _ in range(2):
        lend.lend(sqlite_house, ann.person_id, worker.work_off)
    with sqlite_house.database.unit(write=False) as session:
        family = families.by_code(session, ann, "Oefengezin Ann")
        (film,) = films.of_family(session, ann, family.id)
        moments = session.scalars(select(Moment).where(Moment.film_id == film.id)).all()
        assert (film.state, len(moments)) == ("ready", 4)
        assert session.scalar(select(func.count()).select_from(Person)) == people
