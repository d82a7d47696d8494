"""A one-use code: looking at it uses nothing, choosing a password uses it up."""

from datetime import timedelta

import pytest

from tests.people import PASSWORD
from vbg import clock
from vbg.people import actions, rules
from vbg.web.words import say

NEW = "vier woorden zijn genoeg"


@pytest.fixture
def code(house, world):
    """A fresh code of Dilan's."""
    with house.database.unit() as session:
        return actions.make_code(session, None, world.people["dilan"])


def use(app, code, password=NEW):
    return app.test_client().post("/code", data={"code": code, "password": password})


def sign_in(app, password):
    return app.test_client().post("/sign-in", data={"email": "dilan@thuis.test", "password": password}).status_code


def test_it_works_once(app, code):
    assert use(app, code).headers["Location"] == "/portal/"
    again = use(app, code, "een heel andere zin")
    assert again.status_code == 422
    with app.test_request_context():
        assert say("code_unknown") in again.text
    assert (sign_in(app, NEW), sign_in(app, PASSWORD)) == (302, 422)


def test_opening_the_link_uses_nothing(app, code):
    for _ in range(3):
        page = app.test_client().get("/code", query_string={"c": code})
        assert page.status_code == 200
        assert f'value="{code}"' in page.text
    assert use(app, code).status_code == 302


def test_as_people_type_it(app, code):
    typed = code.replace("0", "o").replace("1", "l").lower()
    assert use(app, f" {typed[:4]}-{typed[4:8]} {typed[8:]} ").status_code == 302


def test_it_ends_after_fourteen_days(app, code):
    now = clock.now()
    with clock.freeze(now + timedelta(days=14)):
        assert use(app, code).status_code == 422
    with clock.freeze(now + timedelta(days=13, hours=23)):
        assert use(app, code).status_code == 302


def test_a_newer_code_replaces_it(app, code, house, world):
    with house.database.unit() as session:
        newer = actions.make_code(session, None, world.people["dilan"])
    assert (use(app, code).status_code, use(app, newer).status_code) == (422, 302)


@pytest.mark.parametrize(
    ("password", "reason"),
    [("kort", "password_short_parent"), ("x" * 201, "password_long"), ("wachtwoord1", "password_common"),
     ("12345678", "password_common"), ("aaaaaaaaaa", "password_common"), ("dilan!1234567", "password_common")],
)  # fmt: skip
def test_a_weak_password_gets_a_sentence_and_the_code_stays(app, code, password, reason):
    refused = use(app, code, password)
    assert refused.status_code == 422
    with app.test_request_context():
        assert say(reason) in refused.text
        assert say(reason) != say("unclear")
    assert use(app, code).status_code == 302


def test_staff_need_twelve_characters():
    assert rules.password_fault("elf tekens!", "counselor", "ann@praktijk.test") == "password_short"
    assert rules.password_fault("twaalf teken", "counselor", "ann@praktijk.test") is None


def test_a_new_password_signs_out_everywhere(app, code, client_for):
    client = client_for("dilan")
    assert client.get("/portal/").status_code == 200
    use(app, code)
    assert client.get("/portal/").status_code == 302


@pytest.mark.parametrize("data", [{}, {"code": "\x00", "password": NEW}, {"code": "x" * 50, "password": NEW}])
def test_nonsense_is_refused_calmly(app, data):
    assert app.test_client().post("/code", data=data).status_code == 422
