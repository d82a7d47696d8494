"""The workspace's page: the film, its goals and labels for the counselor; a film that cannot be watched has its own."""

import json
import re

import pytest

from tests.desk.conftest import text_of
from vbg.consents import actions as consents
from vbg.families.models import Member

pytestmark = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture
def url(merel):
    return f"/films/{merel.ready.id}/workspace"


def data(page, name):
    """The JSON that the page hands to its elements."""
    return json.loads(re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)[1])


def test_it_holds_the_film_its_goals_and_the_labels(client_for, merel, url):
    page = client_for("bea").get(url).get_data(as_text=True)
    assert f'src="/api/v1/films/{merel.ready.id}/media?v=1"' in page
    assert [one["text"] for one in data(page, "goals")] == ["We lachen samen."]
    assert "Blokken" in page
    assert "Alleen voor Ann: wachten" not in page


def test_its_words_speak_the_readers_language(client_for, url, said):
    answer = client_for("ann").get(url)
    page = answer.get_data(as_text=True)
    assert data(page, "words")["saved"] == said("Saved")
    assert said("Just watch first") in text_of(answer)
    assert "Hoe spelen we samen?" in text_of(answer)


def test_the_labels_speak_it_too(client_for, url, language):
    named = json.dumps(data(client_for("ann").get(url).get_data(as_text=True), "tagset"), ensure_ascii=False)
    assert ("Kijkt" in named) == (language == "nl")


@pytest.mark.parametrize(("who", "status"), [("cas", 404), ("dilan", 404), ("eve", 404), ("", 302)])
def test_nobody_else_opens_it(client_for, url, who, status):
    assert client_for(who).get(url).status_code == status


@pytest.mark.parametrize("state", ["held", "failed"])
def test_a_film_that_cannot_be_watched_sends_to_its_own_page(client_for, merel, state):
    film = getattr(merel, state)
    ann = client_for("ann")
    assert ann.get(f"/films/{film.id}/workspace").headers["Location"] == f"/films/{film.id}"
    assert ann.get(f"/films/{film.id}").status_code == 200


def test_a_withdrawn_yes_closes_it_at_the_next_request(client_for, house, world, merel, url):
    ann = client_for("ann")
    assert ann.get(url).status_code == 200
    with house.database.unit() as session:
        dilan = session.get_one(Member, world.members["dilan"].id)
        consents.answer(session, world.viewer("ann"), dilan, "filming", "no", "spoken")
    assert ann.get(url).headers["Location"] == f"/films/{merel.ready.id}"
