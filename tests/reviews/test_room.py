"""Starting makes this browser a room: the film of this review and nothing else, until the counselor's password."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.architecture.reading import address_of
from tests.people import PASSWORD
from vbg import clock
from vbg.consents import actions as consents
from vbg.moments.models import Moment
from vbg.web import access
from vbg.web.words import say


def test_starting_without_a_yes_is_refused_with_a_sentence(ann, app, review, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "review")
    answer = ann.post(f"{review}/start")
    assert answer.status_code == 422
    with app.test_request_context():
        assert say("no_review_consent") in answer.text
    assert f"/families/{world.families['merel'].id}/consent" in answer.text
    assert ann.get("/today").status_code == 200


def test_an_empty_review_starts_nothing(ann, app, review, scene):
    for one in (scene.first, scene.second):
        ann.post(f"{review}/moments/{one.id}/removal")
    answer = ann.post(f"{review}/start")
    assert answer.status_code == 422
    with app.test_request_context():
        assert say("nothing_to_watch") in answer.text


def test_every_page_of_staff_is_gone(room, app, world, scene):
    things = {"family_id": str(world.families["merel"].id), "film_id": str(scene.film.id),
              "moment_id": str(scene.first.id), "member_id": str(world.members["dilan"].id)}  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        if "room" in (opens := access.audiences_of(app, rule.endpoint) or {"room"}) or not opens:
            continue
        address = address_of(rule.rule, things, str(uuid4()))
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            sent = {"json": {}} if "/api/" in address else {"data": {"code": "x"}}
            status = room.open(address, method=method, **sent).status_code
            if status != 404:
                found.append(f"{method} {address} {status}")
    assert found == []


def test_a_key_that_leads_away_ends_on_the_calm_page(room, review):
    for place in ("/today", "/families/new", review):
        answer = room.get(place, headers={"Sec-Fetch-Mode": "navigate"})
        assert answer.status_code == 404
        assert f'action="{review}/return"' in answer.text, place
    assert room.get("/").headers["Location"] == f"{review}/leave"


def test_the_film_is_shown_once_a_press(room, review):
    first = room.get(f"{review}/watch")
    assert first.status_code == 200
    assert room.get(f"{review}/watch").headers["Location"] == f"{review}/leave"
    assert room.post(f"{review}/watch").headers["Location"] == f"{review}/watch"
    assert room.get(f"{review}/watch").status_code == 200


def test_no_word_of_the_counselor_is_in_the_room(room, ann, review, scene, house, world):
    for place in ("watch", "leave"):
        page = room.get(f"{review}/{place}").text
        for word in ("Jij wacht.", "Pip kijkt.", "Niet gekozen.", "house/", "Gezin Merel"):
            assert word not in page, (place, word)


@pytest.mark.parametrize(("by", "how", "there"), [
    ("", "hidden", False), ("Dilan", "hidden", False), ("", "shown", False), ("Dilan", "shown", True),
])  # fmt: skip
def test_what_the_child_would_say_is_there_only_when_approved_and_chosen(ann, review, scene, house, by, how, there):
    """Not a byte of it otherwise, for the page of a room can be read by whoever sits before it."""
    with house.database.unit() as session:
        for one, text in ((scene.first, "kijk mama"), (scene.second, "nog van niemand")):
            moment = session.get_one(Moment, one.id)
            moment.child_says, moment.child_says_by = text, by if one is scene.first else ""
    board = ann.get(review).text
    assert f"{review}/child/shown" in board, "off until it is chosen"
    assert ann.post(f"{review}/child/{how}").status_code == 302
    ann.post(f"{review}/start")
    page = ann.get(f"{review}/watch").text
    assert ("kijk mama" in page, "misschien:" in page) == (there, there)
    assert "nog van niemand" not in page
    assert "Dilan" not in page


def test_only_the_films_of_this_review_play(room, review, scene, house, world):
    from vbg.films.models import Film

    with house.database.unit() as session:
        other = Film(family_id=world.families["merel"].id, number=2, by_id=world.people["ann"].id, state="ready")
        session.add(other)
    assert room.get(f"/api/v1{review}/films/{scene.film.id}/media").status_code == 206
    assert room.get(f"/api/v1{review}/films/{scene.film.id}/frames").status_code == 200
    assert room.get(f"/api/v1{review}/films/{other.id}/media").status_code == 404
    assert room.get(f"/api/v1/films/{scene.film.id}/media").status_code == 404


def test_taking_back_the_yes_stops_the_film_in_the_room(room, review, scene, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "review")
    assert room.get(f"/api/v1{review}/films/{scene.film.id}/media").status_code == 404


def test_taking_back_the_yes_to_filming_stops_it_too(room, review, scene, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    assert room.get(f"/api/v1{review}/films/{scene.film.id}/media").status_code == 404


def test_a_wrong_password_stays_and_five_have_to_wait(room, app, review):
    for _ in range(5):
        assert room.post(f"{review}/return", data={"password": "dit is het vast niet"}).status_code == 422
    refused = room.post(f"{review}/return", data={"password": PASSWORD})
    assert refused.status_code == 422
    with app.test_request_context():
        assert say("too_many_tries") in refused.text
    assert room.get("/today").status_code == 404
    assert room.post(f"{review}/return").status_code == 422


def test_the_right_password_gives_the_desk_back(room, review):
    answer = room.post(f"{review}/return", data={"password": PASSWORD})
    assert answer.headers["Location"] == f"{review}/closing"
    assert room.get("/today").status_code == 200
    assert room.get(f"{review}/watch").status_code == 404


def test_the_desk_session_does_not_live_on(app, ann, review):
    thief = app.test_client()
    thief.set_cookie("vbg_session", ann.get_cookie("vbg_session").value)
    assert thief.get("/today").status_code == 200
    ann.post(f"{review}/start")
    assert thief.get("/today").status_code == 302


def test_it_has_no_idle_limit_and_ends_after_four_hours(ann, review):
    now = clock.now()
    with clock.freeze(now):
        ann.post(f"{review}/start")
    with clock.freeze(now + timedelta(hours=3, minutes=59)):
        assert ann.get(f"{review}/leave").status_code == 200
    with clock.freeze(now + timedelta(hours=4)):
        assert ann.get(f"{review}/leave").status_code == 302


def test_a_review_closed_elsewhere_leaves_nobody_stuck(room, review, scene, client_for):
    client_for("bea").post(f"{review}/closure", data={})
    assert room.get(f"/api/v1{review}/films/{scene.film.id}/media").status_code == 404
    assert room.get(f"{review}/leave").status_code == 200
    assert room.post(f"{review}/return", data={"password": PASSWORD}).status_code == 302
    assert room.get("/today").status_code == 200


@pytest.mark.parametrize("at_ms", [0, 60_000])
def test_being_proud_is_kept(room, review, scene, at_ms):
    sent = {"film_id": str(scene.film.id), "at_ms": at_ms}
    assert room.post(f"/api/v1{review}/proud", json=sent).status_code == 201


@pytest.mark.parametrize("wrong", [{}, {"at_ms": -1}, {"at_ms": 60_001}, {"at_ms": "1"}, {"at_ms": 1, "who": "x"}])
def test_a_proud_press_that_cannot_be_is_refused(room, review, scene, wrong):
    assert room.post(f"/api/v1{review}/proud", json={"film_id": str(scene.film.id)} | wrong).status_code == 422
