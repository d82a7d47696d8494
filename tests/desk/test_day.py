"""Today: visits, films to go on with, what falls due; short, hers alone, and no more statements for more of it."""

import re
from datetime import time, timedelta

import pytest
from sqlalchemy import event

from tests.desk.conftest import main_of
from vbg import clock, ids
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.moments.models import Moment
from vbg.people.models import Person
from vbg.places.models import Place
from vbg.reviews import actions as reviews
from vbg.visits.models import Visit

MINUTE = 60_000


@pytest.fixture
def ann(client_for, house):
    client = client_for("ann")
    client.post("/language", data={"lang": "en"})
    return client


def keep(house, *rows):
    with house.database.unit() as session:
        session.add_all(rows)


def film(world, number, **told):
    family = world.families["merel"].id
    return Film(
        family_id=family, number=number, by_id=world.people["ann"].id,
        **({"state": "ready", "duration_ms": 12 * MINUTE, "title": f"Film-{number:02}"} | told),
    )  # fmt: skip


def visit(world, days, **told):
    day = clock.today() + timedelta(days=days)
    return Visit(family_id=world.families["merel"].id, on=day, by_id=world.people["ann"].id, **told)


def test_the_visits_of_today_come_first_and_the_week_follows(ann, house, world):
    keep(house, visit(world, 3, kind="review"), visit(world, 0, at=time(16), place="Bij opa", what="Bouwen"))
    page = main_of(ann.get("/today"))
    assert "you film with Gezin Merel today." in page
    assert page.index("16:00") < page.index("Bij opa") < page.index("Watch together")
    assert "No visit this week" not in page
    html = ann.get("/today").text
    assert len(re.findall(r'class="btn primary', html)) == 1


def test_a_visit_that_is_over_called_off_or_too_far_away_is_not_there(ann, house, world):
    now = clock.now()
    keep(house, visit(world, 0, called_off_at=now), visit(world, 0, done_at=now), visit(world, 30), visit(world, -40))
    page = main_of(ann.get("/today"))
    assert "No visit this week." in page
    assert "To finish" not in page


def test_a_visit_behind_us_asks_to_be_finished(ann, client_for, house, world):
    keep(house, visit(world, -1, what="Geheim"))
    assert "To finish" in main_of(ann.get("/today"))
    assert "Gezin Merel" not in main_of(client_for("cas").get("/today"))


def test_a_film_left_half_way_goes_on_where_she_was(ann, client_for, house, world):
    first = film(world, 1)
    keep(house, first)
    keep(
        house, Moment(film_id=first.id, start_ms=0, end_ms=900),
        Place(person_id=world.people["ann"].id, film_id=first.id, at_ms=8 * MINUTE + 2000),
    )  # fmt: skip
    page = main_of(ann.get("/today"))
    assert "You were at 8:02" in page
    assert "go on with Film-01." in page
    assert "8:02" not in main_of(client_for("bea").get("/today")), "a place is one's own"


@pytest.mark.parametrize("told", [{"at_ms": 2000}, {"at_ms": 12 * MINUTE - 100}, {"at_ms": 5 * MINUTE, "whole": True}])
def test_who_hardly_began_or_saw_all_of_it_left_nothing(ann, house, world, told):
    first = film(world, 1)
    keep(house, first)
    keep(house, Place(person_id=world.people["ann"].id, film_id=first.id, **told))
    assert "You were at" not in main_of(ann.get("/today"))


def test_films_that_wait_go_before_newer_ones_that_do_not(ann, house, world):
    came = sorted(ids.new() for _ in range(9))
    rows = [film(world, number, id=film_id) for number, film_id in enumerate(came, 1)]
    keep(house, *rows)
    keep(house, *[Moment(film_id=one.id, start_ms=0, end_ms=900) for one in rows[2:]])
    page = main_of(ann.get("/today"))
    shown = re.findall(r"Film-0(\d)(?= Gezin Merel)", page)
    assert shown == ["2", "1", "9", "8", "7", "6"]


def test_what_falls_due_is_said_by_family_day_and_reason(ann, client_for, house, world):
    soon, later = (clock.now() + timedelta(days=days) for days in (5, 20))
    keep(
        house, film(world, 1, erase_at=soon), film(world, 2, erase_at=soon),
        film(world, 3, erase_at=soon, state="held"), film(world, 4, erase_at=clock.now() + timedelta(days=90)),
        film(world, 5, erase_at=later), film(world, 6, erase_at=later, removed_at=clock.now()),
    )  # fmt: skip
    page = main_of(ann.get("/today"))
    assert "2 films of Gezin Merel are erased on" in page
    assert "1 film of Gezin Merel waits for a yes." in page
    assert page.count("of Gezin Merel is erased on") == 1
    assert f"/families/{world.families['merel'].id}/consent?back=family" in ann.get("/today").text
    assert "Soon" not in main_of(client_for("cas").get("/today"))


def test_more_of_everything_asks_the_database_no_more(client_for, house, world):
    """Thirty families with visits, films, reviews and dues: as many statements as for two."""
    heard = []

    def hear(*told):
        heard.append(told[2])

    def asked(client):
        heard.clear()
        event.listen(house.database.engine, "before_cursor_execute", hear)
        try:
            assert client.get("/today").status_code == 200
        finally:
            event.remove(house.database.engine, "before_cursor_execute", hear)
        return len(heard)

    ann, viewer = client_for("ann"), world.viewer("ann")

    def fill(names):
        with house.database.unit() as session:
            session.get_one(Person, viewer.person_id).language = "en"
            for name in names:
                family = families.begin(session, viewer, f"Gezin {name}", "BE")
                one = Film(
                    family_id=family.id, number=1, by_id=viewer.person_id, state="ready", duration_ms=12 * MINUTE,
                    erase_at=clock.now() + timedelta(days=name),
                )  # fmt: skip
                session.add(one)
                session.flush()
                moment = Moment(film_id=one.id, start_ms=0, end_ms=900, chosen=True)
                session.add_all([moment, Place(person_id=viewer.person_id, film_id=one.id, at_ms=MINUTE)])
                session.flush()
                reviews.prepare(session, viewer, one)
                for days in (-1, 0, 2):
                    day = clock.today() + timedelta(days=days)
                    session.add(Visit(family_id=family.id, on=day, by_id=viewer.person_id))

    fill((1, 2))
    few = asked(ann)
    fill(range(3, 31))
    assert asked(ann) <= few
    page = main_of(ann.get("/today"))
    assert page.count("You were at") == 6


def test_a_family_that_was_put_away_asks_for_nothing(ann, house, world):
    keep(house, visit(world, 0), visit(world, -1), film(world, 1))
    with house.database.unit() as session:
        families.close(session, world.viewer("ann"), session.get_one(Family, world.families["merel"].id))
    page = main_of(ann.get("/today"))
    assert "Film-01" not in page
    assert "To finish" not in page
