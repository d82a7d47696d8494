"""What still lies on the phone it came from: asked of who sent it, ticked off, taken back, gone with the family."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.films.conftest import SQLITE, begin, send
from vbg import clock, worker
from vbg.audit import AuditLine
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films.models import Wiping
from vbg.retention import actions as retention


def bring(client, data, **told):
    where = begin(client, len(data), **({"family": "Gezin Merel"} | told)).headers["Location"]
    return send(client, where, 0, data).headers["Vbg-Film"]


@pytest.fixture
def data(two_seconds):
    return two_seconds.read_bytes()


def wipings(house):
    with house.database.unit(write=False) as session:
        return list(session.scalars(select(Wiping)))


def test_it_is_asked_ticked_off_and_taken_back(ann, house, data, world):
    film = bring(ann, data)
    where = f"/films/{film}/wiping"
    assert where not in ann.get(f"/films/{film}").text + ann.get("/today").text, "it may have to be copied once more"
    worker.work_off(house)
    assert ann.get(f"/api/v1/films/{film}").json["wiping"]["answer"] == ""
    for page in (ann.get(f"/films/{film}").text, ann.get("/today").text):
        assert f'action="{where}"' in page
        assert "Recent verwijderd" in page
    with clock.freeze(clock.now() + timedelta(minutes=20)):
        assert ann.post(where, data={"answer": "done", "from": "today"}).headers["Location"] == "/today"
    assert where not in ann.get("/today").text
    (row,) = wipings(house)
    assert (row.answer, row.answered_at - row.asked_at > timedelta(minutes=19)) == ("done", True)
    assert "genoteerd op" in ann.get(f"/films/{film}").text
    assert ann.post(where, data={"answer": ""}).headers["Location"] == f"/films/{film}"
    assert where in ann.get("/today").text
    (row,) = wipings(house)
    assert (row.answer, row.answered_at) == ("", None)
    with house.database.unit(write=False) as session:
        lines = session.scalars(
            select(AuditLine).where(AuditLine.event == "films.answer_wiping").order_by(AuditLine.at)
        )
        assert sorted(one.outcome for one in lines) == ["done", "open"]


def test_a_program_answers_too(ann, house, data):
    film = bring(ann, data)
    answered = ann.put(f"/api/v1/films/{film}/wiping", json={"answer": "theirs"})
    assert (answered.status_code, answered.json["answer"]) == (200, "theirs")
    assert answered.json["answered_at"]
    assert ann.put(f"/api/v1/films/{film}/wiping", json={"answer": "perhaps"}).status_code == 422
    assert ann.post(f"/films/{film}/wiping", data={"answer": "perhaps"}).status_code == 302
    assert ann.get(f"/api/v1/films/{film}").json["wiping"]["answer"] == "theirs"


@SQLITE
def test_a_film_that_cannot_be_read_is_not_to_be_wiped(ann, house):
    film = bring(ann, b"not a film at all")
    worker.work_off(house)
    assert ann.get(f"/api/v1/films/{film}").json["state"] == "failed"
    assert f"/films/{film}/wiping" not in ann.get(f"/films/{film}").text + ann.get("/today").text


@SQLITE
def test_one_on_hold_is(client_for, data):
    cas = client_for("cas")
    film = bring(cas, data, family="Gezin Kievit")
    assert cas.get(f"/api/v1/films/{film}").json["state"] == "held"
    for page in (f"/films/{film}", "/today"):
        assert f'action="/films/{film}/wiping"' in cas.get(page).text


@SQLITE
def test_only_who_sent_it_is_asked(ann, client_for, house, data):
    film = bring(ann, data)
    worker.work_off(house)
    for who in ("bea", "cas", "dilan"):
        assert client_for(who).put(f"/api/v1/films/{film}/wiping", json={"answer": "done"}).status_code == 404
        assert client_for(who).post(f"/films/{film}/wiping", data={"answer": "done"}).status_code == 404
    assert client_for("bea").get(f"/api/v1/films/{film}").json["wiping"] is None
    assert f"/films/{film}/wiping" not in client_for("bea").get("/today").text
    assert ann.put(f"/api/v1/films/{uuid.uuid4()}/wiping", json={"answer": "done"}).status_code == 404


@pytest.mark.parametrize("device", ["family", "program"])
@SQLITE
def test_a_familys_own_phone_is_theirs(ann, house, data, device):
    bring(ann, data, device=device)
    assert wipings(house) == []


@SQLITE
def test_the_practice_room_asks_nothing(ann, house, world, data):
    with house.database.unit() as session:
        room = families.open_practice_room(session, world.viewer("ann"))
    bring(ann, data, family=str(room.id))
    assert wipings(house) == []


@SQLITE
def test_the_same_film_again_is_asked_once_while_it_is_open(ann, house, data):
    first = bring(ann, data)
    bring(ann, data)
    assert [str(one.film_id) for one in wipings(house)] == [first]
    ann.put(f"/api/v1/films/{first}/wiping", json={"answer": "done"})
    bring(ann, data)
    assert len(wipings(house)) == 2


def test_it_outlives_the_film_but_not_the_family(ann, house, data, world):
    film = bring(ann, data)
    ann.delete(f"/api/v1/films/{film}")
    worker.work_off(house)
    assert f'action="/films/{film}/wiping"' in ann.get("/today").text
    assert ann.put(f"/api/v1/films/{film}/wiping", json={"answer": "done"}).status_code == 200
    with house.database.unit() as session:
        family = session.get_one(Family, world.families["merel"].id)
        retention.ask_erasure(session, world.viewer("ann"), family)
    worker.work_off(house)
    assert wipings(house) == []
