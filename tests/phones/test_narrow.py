"""A phone that was let in may send films of one family, and finds nothing else anywhere."""

import uuid
from datetime import timedelta

import pytest

from tests.architecture.reading import address_of
from tests.films.conftest import TUS, begin, metadata, send
from vbg import clock
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films import intake, sweep
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.people import actions as people
from vbg.people.models import Person
from vbg.people.rules import PHONE_LIFE
from vbg.viewer import Audience
from vbg.web import access

OPEN = {"tus.create", "tus.show", "tus.update", "tus.erase", "phones.leave"}


def films_of(house, world, code):
    with house.database.unit(write=False) as session:
        return session.query(Film).where(Film.family_id == world.families[code].id).all()


def test_everything_else_is_not_there_for_it(app, phone, world, house):
    with house.database.unit() as session:
        film = Film(family_id=world.families["merel"].id, number=1, by_id=world.people["ann"].id, state="ready")
        session.add(film)
        session.flush()
        known = {"family_id": str(film.family_id), "film_id": str(film.id)}
    mine, answered, closed = phone(), [], 0
    for rule in app.url_map.iter_rules():
        audiences = access.audiences_of(app, rule.endpoint)
        if not audiences or rule.endpoint in OPEN:
            continue
        assert Audience.PHONE not in audiences, rule.endpoint
        address = address_of(rule.rule, known, str(uuid.uuid4()))
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            status = mine.open(address, method=method, json={} if "/api/" in address else None).status_code
            closed += 1
            if status != 404:
                answered.append(f"{method} {address}: {status}")
    assert answered == []
    assert closed > 80


def test_the_table_of_what_it_may_is_this_one(app):
    opened = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if Audience.PHONE in (access.audiences_of(app, rule.endpoint) or ())
    }
    assert opened == OPEN


def test_a_film_goes_to_the_family_of_the_code(phone, house, world):
    mine = phone()
    made = begin(mine, 6, family=str(world.families["merel"].id), filename="IMG_1.mp4")
    assert made.status_code == 201
    assert send(mine, made.location, 0, b"abc").headers["Upload-Offset"] == "3"
    assert mine.head(made.location, headers=TUS).headers["Upload-Offset"] == "3"
    last = send(mine, made.location, 3, b"def")
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, "6")
    assert "Vbg-Film" not in last.headers
    assert "Vbg-Film" not in mine.head(made.location, headers=TUS).headers
    (film,) = films_of(house, world, "merel")
    assert (film.by_id, film.size_bytes) == (world.people["ann"].id, 6)


@pytest.mark.parametrize("family", ["kievit", "zwaluw"])
def test_another_family_is_unknown_to_it_also_when_it_is_anns(phone, house, world, family):
    with house.database.unit() as session:
        theirs = families.begin(session, world.viewer("ann"), "Gezin Zwaluw", "BE")
    known = {"zwaluw": theirs.id, "kievit": world.families["kievit"].id}
    assert begin(phone(), 6, family=str(known[family]), filename="x.mp4").status_code == 422
    assert begin(phone(), 6, family="Gezin Zwaluw", filename="x.mp4").status_code == 422


def test_it_goes_on_with_its_own_uploads_only(phone, house, world, client_for):
    family = world.families["merel"].id
    desk = intake.begin(house, world.viewer("ann"), NewUpload(family=str(family), length=6))
    theirs = begin(phone(), 6, family=str(family)).location
    mine = phone()
    for where in (f"/api/v1/uploads/{desk.id}", theirs):
        assert mine.head(where, headers=TUS).status_code == 404
        assert send(mine, where, 0, b"abc").status_code == 404
        assert mine.delete(where, headers=TUS).status_code == 404
    assert client_for("ann").head(theirs, headers=TUS).status_code == 200
    assert client_for("bea").head(theirs, headers=TUS).status_code == 404


def ended(mine, world):
    asked = begin(mine, 6, family=str(world.families["merel"].id))
    return asked.status_code == 401 and mine.get("/phone/films").headers["Location"] == "/phone"


def test_it_ends_by_itself_after_a_few_hours(phone, world):
    now = clock.now()
    mine = phone()
    with clock.freeze(now + PHONE_LIFE - timedelta(minutes=1)):
        assert mine.get("/phone/films").status_code == 200
    with clock.freeze(now + PHONE_LIFE + timedelta(minutes=1)):
        assert ended(mine, world)


def test_it_ends_by_done(phone, world):
    mine = phone()
    assert mine.post("/phone/closure").headers["Location"] == "/phone/done"
    assert mine.get("/phone/done").status_code == 200
    assert ended(mine, world)


def test_it_ends_on_the_counselors_screen_hers_alone(phone, world, client_for, code):
    mine, beas, waiting = phone(), phone(who="bea"), code()
    ann = client_for("ann")
    assert ann.post(f"/families/{world.families['merel'].id}/phone/closure").status_code == 302
    assert ended(mine, world)
    assert beas.get("/phone/films").status_code == 200
    assert mine.post("/phone", data={"code": waiting}).status_code == 422


@pytest.mark.parametrize("by", ["done", "the counselor"])
def test_what_it_was_filming_is_kept_when_it_ends(phone, world, house, client_for, by):
    mine, family = phone(), str(world.families["merel"].id)
    told = {"Upload-Defer-Length": "1", "Upload-Metadata": metadata(family=family)}
    where = mine.post("/api/v1/uploads", headers=TUS | told).location
    send(mine, where, 0, b"abc")
    sweep.sweep(house)
    assert films_of(house, world, "merel") == []
    if by == "done":
        mine.post("/phone/closure")
    else:
        client_for("ann").post(f"/families/{family}/phone/closure")
    sweep.sweep(house)
    assert [one.size_bytes for one in films_of(house, world, "merel")] == [3]


def test_it_ends_with_a_new_password(phone, world, house):
    mine = phone()
    with house.database.unit() as session:
        people.end_all_sessions(session, None, session.get_one(Person, world.people["ann"].id))
    assert ended(mine, world)


def test_who_leaves_the_team_sends_no_more(phone, world, house):
    mine = phone(who="bea")
    with house.database.unit() as session:
        family = session.get_one(Family, world.families["merel"].id)
        families.leave_team(session, world.viewer("ann"), family, session.get_one(Person, world.people["bea"].id))
    assert mine.get("/phone/films").status_code == 404
    assert begin(mine, 6, family=str(family.id)).status_code == 422


def test_a_film_without_a_yes_is_held_and_the_phone_hears_that_it_is_safe(phone, house, world):
    mine = phone(who="cas", family="kievit")
    made = begin(mine, 3, family=str(world.families["kievit"].id))
    assert send(mine, made.location, 0, b"abc").status_code == 204
    assert [one.state for one in films_of(house, world, "kievit")] == ["held"]


def test_its_page_names_the_family_and_no_way_in(phone, world):
    page = phone().get("/phone/films").text
    assert "Gezin Merel" in page
    for word in ("Dilan", "Pip", 'href="/families', 'href="/films', "/today"):
        assert word not in page


def test_the_front_door_and_the_language_lead_back_to_it(phone, house, world):
    mine = phone()
    assert mine.get("/").headers["Location"] == "/phone/films"
    assert mine.get("/phone").headers["Location"] == "/phone/films"
    assert mine.post("/language", data={"lang": "en"}).status_code == 302
    with house.database.unit(write=False) as session:
        assert session.get_one(Person, world.people["ann"].id).language == "nl"
