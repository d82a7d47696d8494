"""A program signs in with a bearer token, sees what its person sees, and needs no CSRF token."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from vbg import clock
from vbg.audit import AuditLine
from vbg.families import actions as families
from vbg.people import actions, queries
from vbg.people.models import ApiToken, Person
from vbg.people.rules import Scope
from vbg.reasons import NotFoundError

FAMILIES = "/api/v1/families"


@pytest.fixture
def give(house, world):
    """`give("ann", Scope.READ)`: a token of this person."""

    def make(who="ann", scope=Scope.WRITE, life=None):
        with house.database.unit() as session:
            return actions.make_token(session, world.people[who], scope, life)

    return make


@pytest.fixture
def token(give):
    return give()


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def refused(answer, status, code):
    told = answer.get_json()
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (told["status"], told["code"]) == (status, code)
    assert len(told["title"].split()) > 2
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_it_sees_what_its_person_sees(app, token, world):
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    items = client.get(FAMILIES, headers=bearer(token)).get_json()["items"]
    assert [one["code"] for one in items] == ["Gezin Merel"]
    url = f"/api/v1/families/{world.families['merel'].id}/goals"
    assert client.post(url, json={"text": "Samen lachen"}, headers=bearer(token)).status_code == 201
    theirs = f"/api/v1/families/{world.families['kievit'].id}/films"
    assert client.get(theirs, headers=bearer(token)).status_code == 404


def test_a_revoked_token_is_refused_from_the_next_request(app, token, house, world):
    client = app.test_client()
    assert client.get(FAMILIES, headers=bearer(token)).status_code == 200
    with house.database.unit() as session:
        kept = session.scalars(select(ApiToken)).one()
        first = actions.revoke_token(session, world.people["ann"], kept.id).revoked_at
    refused(client.get(FAMILIES, headers=bearer(token)), 401, "token_refused")
    with house.database.unit() as session:
        assert actions.revoke_token(session, world.people["ann"], kept.id).revoked_at == first
        events = session.scalars(select(AuditLine.event).where(AuditLine.object_id == kept.id)).all()
    assert {"person.make_token", "person.revoke_token"} == set(events)


def test_nobody_ends_the_token_of_another(give, house, world):
    give("ann")
    with house.database.unit() as session:
        kept = session.scalars(select(ApiToken)).one()
        with pytest.raises(NotFoundError):
            actions.revoke_token(session, world.people["cas"], kept.id)
        assert queries.token_state(kept) == "live"
        assert queries.tokens_of(session, world.people["cas"]) == []


def test_a_token_with_an_end_is_refused_after_it(app, give):
    token = give(life=timedelta(days=2))
    client, now = app.test_client(), clock.now()
    with clock.freeze(now + timedelta(days=2, seconds=-5)):
        assert client.get(FAMILIES, headers=bearer(token)).status_code == 200
    with clock.freeze(now + timedelta(days=2, seconds=5)):
        refused(client.get(FAMILIES, headers=bearer(token)), 401, "token_refused")


def test_a_token_that_reads_changes_nothing(app, give, world):
    client, headers = app.test_client(), bearer(give(scope=Scope.READ))
    url = f"/api/v1/families/{world.families['merel'].id}/goals"
    assert client.get(url, headers=headers).get_json() == {"items": [], "next": None}
    refused(client.post(url, json={"text": "Samen lachen"}, headers=headers), 403, "token_reads_only")
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", "Upload-Metadata": "family R2V6aW4gTWVyZWw="}
    refused(client.post("/api/v1/uploads", headers=headers | tus), 403, "token_reads_only")
    assert client.get(url, headers=headers).get_json()["items"] == []


def test_a_token_of_who_left_the_team_sees_nothing(app, give, house, world):
    client, headers = app.test_client(), bearer(give("bea"))
    films = f"/api/v1/families/{world.families['merel'].id}/films"
    assert client.get(films, headers=headers).status_code == 200
    with house.database.unit() as session:
        families.leave_team(session, world.viewer("ann"), world.families["merel"], world.people["bea"])
    assert client.get(FAMILIES, headers=headers).get_json() == {"items": [], "next": None}
    answer = client.get(films, headers=headers)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_parents_token_opens_nothing_of_the_counselors(app, give, world):
    headers = bearer(give("dilan"))
    for url in (FAMILIES, f"{FAMILIES}/{world.families['merel'].id}/films"):
        assert app.test_client().get(url, headers=headers).status_code == 404


def test_shutting_somebodys_way_in_ends_their_tokens(app, give, house, world):
    token = give("bea")
    with house.database.unit() as session:
        actions.shut(session, world.viewer("ann"), session.get_one(Person, world.people["bea"].id))
    refused(app.test_client().get(FAMILIES, headers=bearer(token)), 401, "token_refused")


def test_a_token_opens_no_page(app, token):
    answer = app.test_client().get("/today", headers=bearer(token))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "Basic YW5uOng=", "bearer \x7f", "Bearer a b"])
def test_a_wrong_header_is_nobody(app, header):
    answer = app.test_client().get(FAMILIES, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_never_falls_back_on_the_cookie(client_for):
    assert client_for("ann").get(FAMILIES, headers=bearer("x")).status_code == 401


def test_the_database_keeps_only_its_hash(token, house):
    with house.database.unit(write=False) as session:
        assert session.scalars(select(ApiToken)).one().token_hash not in token
