"""A program signs in with a bearer token, sees what its person sees, and needs no CSRF token."""

import pytest

from vbg import clock
from vbg.people import actions
from vbg.people.models import ApiToken


@pytest.fixture
def token(house, world):
    with house.database.unit() as session:
        return actions.make_token(session, world.people["ann"])


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_it_sees_what_its_person_sees(app, token, world):
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    items = client.get("/api/v1/families", headers=bearer(token)).get_json()["items"]
    assert [one["code"] for one in items] == ["Gezin Merel"]
    url = f"/api/v1/families/{world.families['merel'].id}/goals"
    assert client.post(url, json={"text": "Samen lachen"}, headers=bearer(token)).status_code == 201
    theirs = f"/api/v1/families/{world.families['kievit'].id}/films"
    assert client.get(theirs, headers=bearer(token)).status_code == 404


def test_a_revoked_token_is_nobody(app, token, house):
    with house.database.unit() as session:
        session.query(ApiToken).one().revoked_at = clock.now()
    answer = app.test_client().get("/api/v1/families", headers=bearer(token))
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Basic YW5uOng=", "bearer \x7f", "Bearer a b"])
def test_a_wrong_header_is_nobody(app, header):
    assert app.test_client().get("/api/v1/families", headers={"Authorization": header}).status_code == 401


def test_a_wrong_token_never_falls_back_on_the_cookie(client_for):
    assert client_for("ann").get("/api/v1/families", headers=bearer("x")).status_code == 401


def test_the_database_keeps_only_its_hash(token, house):
    with house.database.unit(write=False) as session:
        assert session.query(ApiToken).one().token_hash not in token
