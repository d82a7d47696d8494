"""A phone's code: looking uses nothing, a press uses it up; it lives ten minutes, and wrong ones are counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from vbg import clock
from vbg.audit import AuditLine
from vbg.people import rules as tries
from vbg.phones.models import PhoneCode
from vbg.phones.rules import CODE_LIFE, spelled
from vbg.web.words import say


def enter(app, code, **more):
    return app.test_client().post("/phone", data={"code": code}, **more)


def refused(app, answer, reason):
    with app.test_request_context():
        said = say(reason)
    return answer.status_code == 422 and said in answer.text


def test_it_works_once(app, code):
    made = code()
    assert enter(app, made).headers["Location"] == "/phone/films"
    assert refused(app, enter(app, made), "phone_code_used")


def test_opening_the_link_uses_nothing(app, code):
    made = code()
    for _ in range(3):
        page = app.test_client().get("/phone", query_string={"c": made})
        assert page.status_code == 200
        assert f'value="{made}"' in page.text
        assert "Merel" not in page.text
    assert enter(app, made).status_code == 302


def test_as_people_type_it(app, code):
    typed = spelled(code()).lower().replace("0", "o").replace("1", "i")
    assert enter(app, f" {typed} ").status_code == 302


def test_it_ends_after_ten_minutes(app, code):
    now = clock.now()
    late, early = code(at=now), code(family="merel", who="bea", at=now)
    with clock.freeze(now + CODE_LIFE):
        assert refused(app, enter(app, late), "phone_code_late")
    with clock.freeze(now + CODE_LIFE - timedelta(seconds=1)):
        assert enter(app, early).status_code == 302


def test_a_newer_one_takes_its_place(app, code):
    before, after = code(), code()
    assert refused(app, enter(app, before), "phone_code_unknown")
    assert enter(app, after).status_code == 302


@pytest.mark.parametrize("text", ["", "ABCD-EFGH", "x" * 41, "\0", "' or 1=1 --"])
def test_a_wrong_one_is_a_sentence(app, text):
    answer = enter(app, text)
    assert answer.status_code == 422
    assert "vbg_session" not in answer.headers.get("Set-Cookie", "")


def test_wrong_ones_are_counted_and_then_a_right_one_waits_too(app, code):
    made, now = code(), clock.now()
    for _ in range(tries.TRIES):
        assert refused(app, enter(app, "ABCD-EFGH"), "phone_code_unknown")
    assert refused(app, enter(app, made), "too_many_tries")
    elsewhere = {"REMOTE_ADDR": "192.168.1.77"}
    assert enter(app, made, environ_overrides=elsewhere).status_code == 302
    with clock.freeze(now + tries.TRY_WINDOW + timedelta(seconds=5)):
        assert refused(app, enter(app, made), "phone_code_used")


def test_the_database_keeps_no_code_and_the_log_tells_of_it(app, code, house, world):
    made = code()
    enter(app, "ABCD-EFGH")
    enter(app, made)
    with house.database.unit(write=False) as session:
        kept = session.scalars(select(PhoneCode)).one()
        lines = session.scalars(select(AuditLine).where(AuditLine.event.like("phones.%")).order_by(AuditLine.id)).all()
    assert made not in str(vars(kept))
    assert (kept.by_id, kept.family_id) == (world.people["ann"].id, world.families["merel"].id)
    assert [(one.event, one.outcome) for one in lines] == [
        ("phones.make_code", "ok"), ("phones.redeem", "refused"), ("phones.redeem", "ok")
    ]  # fmt: skip
    assert (lines[2].actor_id, lines[2].family_id) == (kept.by_id, kept.family_id)


def test_who_was_signed_in_on_that_phone_is_so_no_more(app, code, client_for):
    ann = client_for("ann")
    thief = app.test_client()
    thief.set_cookie("vbg_session", ann.get_cookie("vbg_session").value)
    assert ann.post("/phone", data={"code": code()}).status_code == 302
    assert ann.get("/today").status_code == 404
    assert thief.get("/today").status_code == 302
