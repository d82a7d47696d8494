import re

import pytest
from sqlalchemy import select

from vbg.films.models import Film
from vbg.goals.models import Goal


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def family(world):
    return world.families["merel"]


def test_json_takes_words_alone_and_names_what_is_wrong(ann, family, client_for):
    url = f"/api/v1/families/{family.id}/goals"
    made = ann.post(url, json={"text": "We lachen samen."})
    assert (made.status_code, made.get_json()["agreed_on"]) == (201, None)
    assert [goal["text"] for goal in ann.get(url).get_json()["items"]] == ["We lachen samen."]
    for wrong, field in (
        ({}, "text"), ({"text": " \n"}, "text"), ({"text": "x" * 501}, "text"), ({"text": "\x00"}, "text"),
        ({"text": "a", "agreed_on": "31 februari"}, "agreed_on"), ({"text": "a", "agreed_on": 5}, "agreed_on"),
        ({"text": "a", "agreed_on": "2999-01-01"}, "agreed_on"), ({"text": "a", "gas": 1}, "gas"),
    ):  # fmt: skip
        answer = ann.post(url, json=wrong)
        assert (answer.status_code, set(answer.get_json(force=True)["errors"])) == (422, {field}), wrong
    for who in ("cas", "dilan"):
        assert client_for(who).get(url).status_code == 404
        assert client_for(who).post(url, json={"text": "a"}).status_code == 404


def test_from_the_form_to_its_page_and_back(ann, family, house):
    assert ann.get(f"/families/{family.id}/goals/new").status_code == 200
    made = ann.post(f"/families/{family.id}/goals", data={"text": "We lachen & stoeien."})
    assert made.status_code == 302
    shown = ann.get(made.headers["Location"]).get_data(as_text=True)
    assert "<bdi>We lachen &amp; stoeien.</bdi>" in shown
    goal = made.headers["Location"]
    assert ann.get(f"{goal}/edit").status_code == 200
    assert ann.post(f"{goal}/agreement", data={"agreed_by": "Samira"}).status_code == 302
    assert "Samira" in ann.get(goal).get_data(as_text=True)
    assert ann.post(goal, data={"text": "Anders"}).status_code == 302
    assert ann.post(f"{goal}/closure").status_code == 302
    assert ann.post(f"{goal}/closure/end").status_code == 302
    with house.database.unit(write=False) as session:
        kept = session.scalars(select(Goal)).one()
    assert (kept.text, kept.agreed_by, kept.closed_at) == ("Anders", "", None)


def test_a_wrong_form_comes_back_with_what_was_typed(ann, family):
    answer = ann.post(f"/families/{family.id}/goals", data={"text": "blijft <staan>", "agreed_on": "2999-01-01"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "blijft &lt;staan&gt;" in page
    assert "f-agreed_on-error" in page


def test_the_page_shows_its_moments_with_stills(ann, family, house, world):
    with house.database.unit() as session:
        film = Film(family_id=family.id, number=1, state="ready", duration_ms=60_000, by_id=world.people["ann"].id)
        session.add(film)
    goal = ann.post(f"/api/v1/families/{family.id}/goals", json={"text": "We lachen samen."}).get_json()["id"]
    url = f"/api/v1/films/{film.id}/moments"
    spoken = {"start_ms": 2000, "goals": [goal], "words": "Pip lacht. En jij ook."}
    ann.post(url, json=spoken)
    ann.post(url, json={"start_ms": 5000, "goals": [goal]})
    page = ann.get(f"/goals/{goal}").get_data(as_text=True)
    assert "<bdi>Pip lacht.</bdi>" in page
    assert f"/api/v1/films/{film.id}/still?at_ms=2000" in page
    kept = ann.get(url).get_json()["items"][0]["id"]
    ann.patch(f"/api/v1/moments/{kept}", json={"end_ms": 4000}, headers={"If-Match": '"1"'})
    ann.patch(f"/api/v1/moments/{kept}", json={"photo_ms": 3200}, headers={"If-Match": '"2"'})
    assert f"/api/v1/films/{film.id}/still?at_ms=3200" in ann.get(f"/goals/{goal}").get_data(as_text=True)
    assert len(re.findall(f"/films/{film.id}/workspace#", page)) == 4
    assert "0:05" in page


def test_strangers_get_404(ann, family, client_for):
    goal = ann.post(f"/api/v1/families/{family.id}/goals", json={"text": "a"}).get_json()["id"]
    for who in ("cas", "dilan"):
        stranger = client_for(who)
        for path in (f"/families/{family.id}/goals/new", f"/goals/{goal}", f"/goals/{goal}/edit"):
            assert stranger.get(path).status_code == 404
        for path in ("", "/agreement", "/closure", "/closure/end"):
            assert stranger.post(f"/goals/{goal}{path}", data={"text": "x"}).status_code == 404
