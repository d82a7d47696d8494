"""One moment for one person: a row each, only inside the family, only with a yes."""

import pytest
from sqlalchemy import select

from vbg.audit import AuditLine
from vbg.consents import actions as consents
from vbg.moments.models import Moment
from vbg.web.words import say


def test_each_person_has_a_share_of_their_own(ann, told, world, oma, shares, house):
    dilan = world.people["dilan"]
    answer = ann.post(f"/moments/{told.moment.id}/shares", data={"people": [dilan.id, oma.id]})
    assert answer.status_code == 302
    assert {one.person_id for one in shares()} == {dilan.id, oma.id}
    assert {(one.start_ms, one.end_ms, one.clip_state) for one in shares()} == {(1000, 9000, "preparing")}
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.event == "share.give")).all()
    assert {one.family_id for one in lines} == {world.families["merel"].id}


def test_twice_is_once(ann, told, world, shares):
    for _ in range(2):
        ann.post(f"/moments/{told.moment.id}/shares", data={"people": world.people["dilan"].id})
    assert len(shares()) == 1


def test_without_a_yes_to_take_home_it_is_refused(ann, app, told, world, shares, house):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "take_home")
    answer = ann.post(f"/moments/{told.moment.id}/shares", data={"people": world.people["dilan"].id})
    assert (answer.status_code, shares()) == (422, [])
    page = ann.get(f"/moments/{told.moment.id}/shares/new").text
    assert f"/families/{world.families['merel'].id}/consent" in page
    with app.test_request_context():
        assert say("no_take_home_consent") != say("unclear")


@pytest.mark.parametrize("who", ["eve", "bea", "ann"])
def test_nobody_outside_the_family_gets_it(ann, app, told, world, shares, who):
    answer = ann.post(
        f"/moments/{told.moment.id}/shares", data={"people": [world.people["dilan"].id, world.people[who].id]}
    )
    assert (answer.status_code, shares()) == (422, [])
    with app.test_request_context():
        assert say("not_in_family") in answer.text


@pytest.mark.parametrize("people", [[], ["x"], ["00000000-0000-7000-8000-000000000000"], ["\x00"]])
def test_who_is_nobody_gets_nothing(ann, told, shares, people):
    assert ann.post(f"/moments/{told.moment.id}/shares", data={"people": people}).status_code == 422
    assert shares() == []


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_only_the_team_shares(client_for, told, world, shares, who):
    answer = client_for(who).post(f"/moments/{told.moment.id}/shares", data={"people": world.people["dilan"].id})
    assert (answer.status_code, shares()) == (404, [])


def test_a_moment_too_long_for_a_clip_says_so(ann, app, told, world, shares, house):
    from vbg.films.models import Film

    with house.database.unit() as session:
        session.get_one(Film, told.film.id).duration_ms = 600_000
        session.get_one(Moment, told.moment.id).end_ms = 200_000
    answer = ann.post(f"/moments/{told.moment.id}/shares", data={"people": world.people["dilan"].id})
    assert (answer.status_code, shares()) == (422, [])
    with app.test_request_context():
        assert say("clip_too_long", seconds=120) in answer.text


def test_the_span_is_frozen_when_shared(give, world, ann, told, shares):
    give(world.people["dilan"])
    ann.patch(f"/api/v1/moments/{told.moment.id}", json={"end_ms": 30_000}, headers={"If-Match": '"1"'})
    assert [(one.start_ms, one.end_ms) for one in shares()] == [(1000, 9000)]


def test_the_page_names_who_sees_it_now(give, world, ann, told, shares):
    share = give(world.people["dilan"])
    page = ann.get(f"/moments/{told.moment.id}/shares/new").text
    assert f"/shares/{share.id}/retraction" in page
    ann.post(f"/shares/{share.id}/retraction")
    assert f"/shares/{share.id}/retraction" not in ann.get(f"/moments/{told.moment.id}/shares/new").text


def test_the_log_says_whose_family_it_was(give, world, ann, client_for, house):
    share = give(world.people["dilan"])
    assert client_for("dilan").post(f"/portal/moments/{share.id}/answer", data={"words": "Zo"}).status_code == 302
    ann.post(f"/shares/{share.id}/retraction")
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.object_id == share.id)).all()
    assert {one.event for one in lines} >= {"share.answer", "share.retract"}
    assert {one.family_id for one in lines} == {world.families["merel"].id}


def test_a_stranger_takes_nothing_back(give, world, client_for, shares):
    share = give(world.people["dilan"])
    for who in ("cas", "dilan", "eve"):
        assert client_for(who).post(f"/shares/{share.id}/retraction").status_code == 404
    assert shares()[0].retracted_at is None
