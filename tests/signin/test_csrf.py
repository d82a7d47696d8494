"""A request that changes something comes from our own page, or is refused and changes nothing."""

import re

import pytest

from tests.people import PASSWORD

FORM = {"email": "ann@praktijk.test", "password": PASSWORD}


@pytest.fixture
def guarded(app):
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def token_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


@pytest.fixture
def ann(guarded):
    client = guarded.test_client()
    form = FORM | {"csrf_token": token_on(client.get("/sign-in"))}
    assert client.post("/sign-in", data=form).status_code == 302
    return client


def test_signing_in_needs_the_token_of_the_page(guarded):
    assert guarded.test_client().post("/sign-in", data=FORM).status_code == 400


def test_a_form_without_token_changes_nothing(ann):
    assert ann.post("/families", data={"code": "Gezin Roos"}).status_code == 400
    assert "Gezin Roos" not in ann.get("/today").text


def test_a_token_of_somebody_else_is_no_good(ann, guarded):
    theirs = token_on(guarded.test_client().get("/sign-in"))
    assert ann.post("/families", data={"code": "Gezin Roos", "csrf_token": theirs}).status_code == 400


def test_with_its_token_it_works(ann):
    token = token_on(ann.get("/families/new"))
    assert ann.post("/families", data={"code": "Gezin Roos", "csrf_token": token}).status_code == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused_even_with_the_token(ann, site):
    token = token_on(ann.get("/families/new"))
    answer = ann.post("/families", data={"code": "x", "csrf_token": token}, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403


def test_the_json_interface_asks_the_same_of_a_browser(ann, world):
    url = f"/api/v1/families/{world.families['merel'].id}/goals"
    refused = ann.post(url, json={"text": "Samen lachen"})
    assert (refused.status_code, refused.content_type) == (400, "application/problem+json")
    token = token_on(ann.get("/families/new"))
    assert ann.post(url, json={"text": "Samen lachen"}, headers={"X-CSRFToken": token}).status_code == 201


def test_reading_needs_no_token(ann):
    assert ann.get("/today", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
