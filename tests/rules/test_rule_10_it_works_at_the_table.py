"""Rule 10: twenty minutes of talk change nothing (craft G). Touch and small windows: tests/browser/test_rules.py.

No page asks anything of another host (every walk in tests/browser listens), so there is no network to be off.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import PASSWORD
from tests.rules.town import Town
from vbg import clock

SILENCE = timedelta(minutes=20)
Talk = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def talk() -> Talk:
    """`with talk():` twenty minutes after the test began."""
    began = clock.now()
    return lambda: clock.freeze(began + SILENCE)


@pytest.fixture
def ann(town_app: Flask) -> FlaskClient:
    """Ann, signed in as the test begins."""
    client = town_app.test_client()
    assert client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD}).status_code == 302
    return client


def signed_in(answer: TestResponse) -> bool:
    return "/sign-in" not in str(answer.headers.get("Location", ""))


def test_a_yes_is_kept_after_the_talk(ann: FlaskClient, town: Town, talk: Talk) -> None:
    home = town.bare[0]
    page = f"/families/{home.ids['family_id'][0]}/consent"
    assert ann.get(page).status_code == 200
    with talk():
        again = ann.get(page)
        assert again.status_code == 200
        assert "Olga" in again.text


@pytest.mark.parametrize("start", ["/reviews/{prepared}/start", "/films/{film}/watching"])
def test_watching_together_begins_and_goes_on(ann: FlaskClient, town: Town, talk: Talk, start: str) -> None:
    home = town.households[0]
    film = home.ids["film_id"][0]
    assert ann.get(f"/reviews/{home.prepared}").status_code == 200
    with talk():
        begun = ann.post(start.format(prepared=home.prepared, film=film))
    assert begun.status_code == 302
    watch = begun.headers["Location"]
    with clock.freeze(clock.now() + 3 * SILENCE):
        shown = ann.post(watch)
        assert signed_in(shown)
        assert ann.get(watch).status_code == 200
        review = watch.split("/")[2]
        piece = ann.get(f"/api/v1/reviews/{review}/films/{film}/media")
        assert (piece.status_code, piece.content_type) == (206, "video/mp4")
        proud = ann.post(f"/api/v1/reviews/{review}/proud", json={"film_id": str(film), "at_ms": 1000})
        assert proud.status_code == 201


def test_a_parent_answers_after_a_long_look(town_app: Flask, town: Town, talk: Talk) -> None:
    home = town.households[0]
    share = home.shared["Dilan"][1]
    dilan = town_app.test_client()
    assert dilan.post("/sign-in", data={"email": home.logins["Dilan"], "password": PASSWORD}).status_code == 302
    assert dilan.get(f"/portal/moments/{share}").status_code == 200
    with talk():
        kept = dilan.post(f"/portal/moments/{share}/answer", data={"words": ""})
        assert kept.status_code == 302
        assert signed_in(kept)
