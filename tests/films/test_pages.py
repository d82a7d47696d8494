"""A film's own pages, as a counselor and a stranger meet them."""

import pytest

from tests.films.conftest import SQLITE

pytestmark = SQLITE


def test_the_page_to_bring_one_in(ann, world):
    page = ann.get(f"/families/{world.families['merel'].id}/films/new")
    assert page.status_code == 200
    assert "<upload-drop" in page.text
    assert 'id="upload-words"' in page.text


def test_a_ready_film_offers_what_can_be_done(ann, ready):
    page = ann.get(f"/films/{ready.id}")
    assert page.status_code == 200
    assert f"/films/{ready.id}/workspace" in page.text
    assert f"/films/{ready.id}/watching" in page.text


def test_a_film_on_hold_offers_the_way_through(client_for, take, two_seconds, world):
    film = take(two_seconds, "kievit", "cas")
    page = client_for("cas").get(f"/films/{film.id}")
    assert page.status_code == 200
    assert "Eve" in page.text
    assert f"/families/{film.family_id}/consent" in page.text
    assert f"/films/{film.id}/workspace" not in page.text


def test_describing_a_film(ann, ready, fresh):
    where = f"/films/{ready.id}/description"
    told = {"title": "Pannenkoeken", "situation": "meal", "recorded_on": "2026-11-01"}
    assert ann.post(where, data=told).status_code == 302
    now = fresh(ready)
    assert (now.title, now.situation, str(now.recorded_on)) == ("Pannenkoeken", "meal", "2026-11-01")
    wrong = ann.post(where, data={"title": "x" * 121, "situation": "vliegen", "recorded_on": "2999-01-01"})
    assert wrong.status_code == 422
    assert fresh(ready).title == "Pannenkoeken"
    changed = ann.patch(f"/api/v1/films/{ready.id}", json={"title": "Aan tafel"})
    assert (changed.json["title"], changed.json["situation"]) == ("Aan tafel", "meal")
    assert ann.patch(f"/api/v1/films/{ready.id}", json={"state": "ready"}).status_code == 422


def test_a_wrong_film_is_removed_by_the_page(ann, ready, fresh):
    assert ann.post(f"/films/{ready.id}/removal").status_code == 302
    assert ann.get(f"/films/{ready.id}").status_code == 404


@pytest.mark.parametrize("who", ["cas", "dilan"])
def test_strangers_find_nothing(client_for, ready, world, who):
    stranger = client_for(who)
    assert stranger.get(f"/films/{ready.id}").status_code == 404
    assert stranger.get(f"/families/{ready.family_id}/films/new").status_code == 404
    assert stranger.get(f"/api/v1/families/{ready.family_id}/films").status_code == 404
    for verb in ("description", "removal", "preparation"):
        assert stranger.post(f"/films/{ready.id}/{verb}", data={"title": "x"}).status_code == 404
    assert stranger.delete(f"/api/v1/films/{ready.id}").status_code == 404
    assert stranger.patch(f"/api/v1/films/{ready.id}", json={"title": "x"}).status_code == 404
