"""Every job twice, in any order: the same end."""

import pytest
from sqlalchemy import select

from tests.films.aftermath import orphans
from vbg import worker
from vbg.films import actions, queries
from vbg.films.models import Film, Rendition
from vbg.films.rules import DRESSING, TAGGABLE

ORDERS = (
    ("films.prepare", "films.stills", "films.follow_consent", "films.erase"),
    ("films.erase", "films.follow_consent", "films.stills", "films.prepare"),
    ("films.stills", "films.erase", "films.prepare", "films.follow_consent"),
)


@pytest.mark.parametrize("order", ORDERS, ids=["forth", "back", "mixed"])
@pytest.mark.parametrize("removed", [False, True], ids=["stays", "goes"])
def test_twice_and_swapped_gives_the_same(house, world, take, fresh, two_seconds, order, removed):
    film = take(two_seconds)
    place = worker.Worker(house)
    with house.database.unit() as session:
        actions.want_still(session, world.viewer("ann"), film.id, 400)
        if removed:
            actions.remove(session, world.viewer("ann"), session.get_one(Film, film.id))
    about = {"films.follow_consent": str(film.family_id)}
    for _round in range(2):
        for name in order:
            for _twice in range(2):
                place.do(name, [about.get(name, str(film.id))])
    place.engine.close()
    assert orphans(house) == []
    if removed:
        assert fresh(film) is None
        return
    with house.database.unit(write=False) as session:
        assert queries.kinds(session, film.id) == {"original", *TAGGABLE, *DRESSING, "still-400"}
        rows = session.scalars(select(Rendition).where(Rendition.film_id == film.id)).all()
        assert len(rows) == len({(row.kind, row.version) for row in rows})
    assert fresh(film).state == "ready"
