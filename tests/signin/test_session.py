"""A session ends by signing out, by half an hour of rest, and after twelve hours."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.people import PASSWORD
from vbg import clock
from vbg.audit import AuditLine
from vbg.people.models import WebSession

EMAIL = {"ann": "ann@praktijk.test", "dilan": "dilan@thuis.test"}


@pytest.fixture
def at(app):
    """`at(minutes)`: the clock so long after the sign-in."""
    began = clock.now()
    return lambda minutes: clock.freeze(began + timedelta(minutes=minutes))


def enter(app, who="ann"):
    client = app.test_client()
    assert client.post("/sign-in", data={"email": EMAIL[who], "password": PASSWORD}).status_code == 302
    return client


def inside(client, place="/today"):
    return client.get(place).status_code == 200


def test_signing_out_ends_the_session_also_for_a_copy_of_the_cookie(app):
    client, thief = enter(app), app.test_client()
    thief.set_cookie("vbg_session", client.get_cookie("vbg_session").value)
    assert inside(thief)
    assert client.post("/sign-out").headers["Location"] == "/sign-in"
    assert not inside(client)
    assert not inside(thief)


def test_half_an_hour_of_rest_ends_it(app, at):
    with at(0):
        client = enter(app)
    with at(29):
        assert inside(client)
    with at(58):
        assert inside(client)
    with at(88):
        assert not inside(client)


def test_twelve_hours_end_it_however_busy(app, at):
    with at(0):
        client = enter(app)
    for minutes in range(25, 12 * 60, 25):
        with at(minutes):
            assert inside(client), minutes
    with at(12 * 60):
        assert not inside(client)


def test_a_parents_phone_stays_signed_in(app, at):
    with at(0):
        client = enter(app, "dilan")
    with at(60 * 24 * 80):
        assert inside(client, "/portal/")
    with at(60 * 24 * 171):
        assert not inside(client, "/portal/")


def test_an_unknown_token_is_nobody(app):
    client = app.test_client()
    client.set_cookie("vbg_session", "x" * 43)
    assert client.get("/today").headers["Location"] == "/sign-in?next=/today"
    assert client.get("/api/v1/families").status_code == 401


def test_the_database_keeps_no_token_and_the_log_tells_of_it(app, house):
    token = enter(app).get_cookie("vbg_session").value
    with house.database.unit(write=False) as session:
        kept = session.scalars(select(WebSession.token_hash)).all()
        events = session.scalars(select(AuditLine.event)).all()
    assert token not in kept
    assert "person.begin_session" in events


def test_a_refused_sign_in_is_in_the_log(app, house):
    app.test_client().post("/sign-in", data={"email": EMAIL["ann"], "password": "dit is het vast niet"})
    with house.database.unit(write=False) as session:
        line = session.scalars(select(AuditLine).where(AuditLine.event == "person.sign_in")).one()
    assert line.outcome == "refused"
