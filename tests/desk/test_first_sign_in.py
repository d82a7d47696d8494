"""The first sign-in: an empty practice, three ways to begin, no form before a film plays."""

import pytest
from sqlalchemy import select

from tests.desk.conftest import text_of
from tests.people import PASSWORD
from vbg import clock
from vbg.audit import AuditLine
from vbg.families.models import Family
from vbg.people import actions as people

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def fien(house, world, client_for):
    """A counselor of the same practice on her first day."""
    with house.database.unit() as session:
        person = people.add_person(session, None, house.practice_id, "Fien", "fien@praktijk.test", "counselor")
        people.set_password(session, None, person, PASSWORD)
    return lambda: client_for("fien")


def test_it_offers_three_ways_to_begin_and_shows_nothing_of_others(fien, merel, language, said):
    page = text_of(fien().get("/today"))
    for sentence in ("New family", "Look around in the practice family", "Try it with a film of your own"):
        assert said(sentence) in page
    for word in ("Merel", "Kievit", "Blokken", "Dilan"):
        assert word not in page
    assert said("Watching together") not in page


def test_a_family_needs_its_code_name_only(fien, house):
    client = fien()
    asked = client.get("/families/new").get_data(as_text=True)
    assert "required" not in asked
    where = client.post("/families", data={"code": "Gezin Mus"}).headers["Location"]
    assert client.get(where).status_code == 200
    assert "Gezin Mus" in text_of(client.get("/today"))
    assert client.post("/families", data={"code": " "}).status_code == 422


def test_the_practice_room_wants_one_tick(fien, house, said):
    client = fien()
    answer = client.post("/practice-room", data={}, follow_redirects=True)
    assert said("Tick first that you may use this film.") in text_of(answer)
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Family).where(Family.is_practice_room)).all() == []


def test_the_practice_room_is_ones_own(fien, client_for, house):
    client = fien()
    where = client.post("/practice-room", data={"mine": "yes"}).headers["Location"]
    assert client.get(where).status_code == 200
    assert client.post("/practice-room", data={"mine": "yes"}).headers["Location"] == where
    with house.database.unit(write=False) as session:
        room = session.scalars(select(Family).where(Family.is_practice_room)).one()
    assert client.get(f"/families/{room.id}").status_code == 302
    for name in ("ann", "dilan"):
        assert client_for(name).get(f"/families/{room.id}").status_code == 404
    assert client.get("/api/v1/families").get_json()["items"] == []


def test_the_practice_family_is_asked_of_the_worker(fien, house):
    asked = []
    house.database.hand_over = lambda name, ids: asked.append(name)
    client = fien()
    assert client.post("/practice-family").headers["Location"] == "/today"
    assert asked == ["demo.lend"]
    with house.database.unit(write=False) as session:
        assert session.scalars(select(AuditLine).where(AuditLine.event == "family.lend")).one().at <= clock.now()
