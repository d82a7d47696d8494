"""A family begins with its code name and nothing else."""

import re

import pytest
from sqlalchemy import select

from vbg.audit import AuditLine
from vbg.families.models import Care, Family
from vbg.web.words import say


@pytest.fixture
def ann(client_for):
    return client_for("ann")


def family_of(house, code):
    with house.database.unit(write=False) as session:
        return session.scalar(select(Family).where(Family.code == code))


def test_a_code_name_is_enough(ann, house, world):
    answer = ann.post("/families", data={"code": "  Gezin Roos "})
    made = family_of(house, "Gezin Roos")
    assert answer.headers["Location"] == f"/families/{made.id}"
    assert (made.question, made.question_on) == ("", None)
    with house.database.unit(write=False) as session:
        team = session.scalars(select(Care.person_id).where(Care.family_id == made.id)).all()
        line = session.scalars(select(AuditLine).where(AuditLine.object_id == made.id)).one()
    assert team == [world.people["ann"].id]
    assert (line.event, line.actor_id, line.family_id) == ("family.begin", world.people["ann"].id, made.id)
    assert ann.get(answer.headers["Location"]).status_code == 200


def test_the_page_asks_no_more_than_the_code(ann):
    page = ann.get("/families/new").text
    assert re.findall(r"<(?:input|select|textarea)[^>]*\srequired", page) in ([], re.findall(
        r'<input[^>]*name="code"[^>]*\srequired', page))  # fmt: skip


def test_twice_the_same_code_says_so_at_the_field(ann, app):
    answer = ann.post("/families", data={"code": "Gezin Merel", "question": "Hoe wel?"})
    assert answer.status_code == 422
    with app.test_request_context():
        assert say("code_taken") in answer.text
        assert say("code_taken") != say("unclear")
    assert 'aria-invalid="true"' in answer.text
    assert "Hoe wel?" in answer.text


@pytest.mark.parametrize("code", ["", "   ", "x" * 61, "Roos\x00"])
def test_a_code_that_cannot_be_is_refused(ann, house, code):
    answer = ann.post("/families", data={"code": code})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert family_of(house, code.strip().strip("\0")) is None


def test_a_code_is_shown_as_text(ann):
    answer = ann.post("/families", data={"code": '<b>"Roos" & {{ 7*7 }}</b>'})
    page = ann.get(answer.headers["Location"]).text
    assert "<b>&#34;Roos" not in page
    assert "&lt;b&gt;&#34;Roos&#34; &amp; {{ 7*7 }}&lt;/b&gt;" in page


def test_a_parent_begins_no_family(client_for, house):
    assert client_for("dilan").post("/families", data={"code": "Gezin Roos"}).status_code == 404
    assert family_of(house, "Gezin Roos") is None


def test_the_practice_room_is_made_once_and_is_no_family(ann, client_for):
    rooms = {ann.post("/practice-room").headers["Location"] for _ in range(2)}
    assert len(rooms) == 1
    assert ann.get(rooms.pop()).status_code == 200
    assert [one["code"] for one in ann.get("/api/v1/families").get_json()["items"]] == ["Gezin Merel"]
    assert client_for("bea").post("/practice-room").headers["Location"] not in rooms
