"""Who signs in lands in their own place; who is wrong learns nothing, and waits after five tries."""

import re
from datetime import timedelta

import pytest

from tests.people import PASSWORD
from vbg import clock
from vbg.web.words import say

WRONG = "dit is het vast niet"


def sign_in(client, email="ann@praktijk.test", password=PASSWORD, **more):
    return client.post("/sign-in", data={"email": email, "password": password} | more)


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.mark.parametrize(("email", "place"), [(" ANN@praktijk.test ", "/today"), ("dilan@thuis.test", "/portal/")])
def test_each_lands_in_their_own_place(browser, email, place):
    assert sign_in(browser, email).headers["Location"] == place
    assert browser.get("/").headers["Location"] == place


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(browser):
    answers = [sign_in(browser, email, WRONG) for email in ("ann@praktijk.test", "xyz@praktijk.test")]
    pages = [
        re.sub('name="csrf_token" value="[^"]+"', "", answer.text).replace("xyz@praktijk.test", "ann@praktijk.test")
        for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert pages[0] == pages[1]
    assert browser.get("/today").status_code == 302


def test_five_tries_then_a_quarter_of_an_hour(browser, app):
    now = clock.now()
    with clock.freeze(now):
        for _ in range(5):
            assert sign_in(browser, password=WRONG).status_code == 422
        refused = sign_in(browser)
        assert refused.status_code == 422
        with app.test_request_context():
            assert say("too_many_tries") in refused.text
        assert sign_in(app.test_client(), "bea@praktijk.test").status_code == 302
    with clock.freeze(now + timedelta(minutes=14, seconds=59)):
        assert sign_in(browser).status_code == 422
    with clock.freeze(now + timedelta(minutes=15)):
        assert sign_in(browser).status_code == 302


def test_guessing_one_password_for_many_addresses_waits_too(browser):
    for number in range(20):
        assert sign_in(browser, f"nobody{number}@praktijk.test", WRONG).status_code == 422
    assert sign_in(browser).status_code == 422


def test_old_failures_of_a_busy_address_keep_nobody_out(browser):
    now = clock.now()
    with clock.freeze(now - timedelta(hours=2)):
        for number in range(18):
            sign_in(browser, f"nobody{number}@praktijk.test", WRONG)
    with clock.freeze(now):
        for number in range(6):
            sign_in(browser, f"other{number}@praktijk.test", WRONG)
        assert sign_in(browser).status_code == 302


def test_a_success_forgets_the_failures(browser):
    for _ in range(4):
        sign_in(browser, password=WRONG)
    assert sign_in(browser).status_code == 302
    for _ in range(4):
        sign_in(browser, password=WRONG)
    assert sign_in(browser).status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.test/", "//elsewhere.test/", "/\\elsewhere.test", "\\\\elsewhere.test", "javascript:alert(1)",
     "/\t/elsewhere.test", "/\n//elsewhere.test", "today", "/sign-in"],
)  # fmt: skip
def test_next_never_leads_to_another_host(browser, target):
    assert sign_in(browser, next=target).headers["Location"] == "/today"
    assert "elsewhere" not in browser.application.test_client().get("/sign-in", query_string={"next": target}).text


def test_next_leads_to_a_place_of_our_own(browser, world):
    place = f"/families/{world.families['merel'].id}?tab=films"
    sent_away = browser.get(place).headers["Location"]
    assert f'value="{place}"' in browser.get(sent_away).text
    assert sign_in(browser, next=place).headers["Location"] == place


def test_the_token_is_new_at_each_sign_in(browser):
    tokens = set()
    for _ in range(2):
        sign_in(browser)
        tokens.add(browser.get_cookie("vbg_session").value)
    assert len(tokens) == 2


def test_a_token_from_outside_is_never_taken_over(browser):
    browser.set_cookie("vbg_session", "chosen by somebody else")
    sign_in(browser)
    assert browser.get_cookie("vbg_session").value != "chosen by somebody else"


def test_the_cookie_is_closed_to_scripts_and_bound_to_its_host(app):
    form = {"email": "ann@praktijk.test", "password": PASSWORD}
    plain = app.test_client().post("/sign-in", data=form)
    safe = app.test_client().post("/sign-in", data=form, base_url="https://localhost")
    given = [one for one in plain.headers.getlist("Set-Cookie") if one.startswith("vbg_session=")]
    bound = [one for one in safe.headers.getlist("Set-Cookie") if one.startswith("__Host-vbg_session=")]
    assert "HttpOnly" in given[0]
    assert "SameSite=Lax" in given[0]
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(bound[0].split("; "))
    assert "Domain" not in bound[0]
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_sign_in_needs_both_fields_and_never_breaks(browser):
    for data in ({}, {"email": "x" * 300, "password": "y"}, {"email": "a\x00b", "password": "\x00"},
                 {"email": "ann@praktijk.test"}):  # fmt: skip
        assert browser.post("/sign-in", data=data).status_code == 422, data
