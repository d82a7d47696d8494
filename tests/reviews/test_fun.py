"""The fun so far: at the end of watching together one press plays it in a row, and only what may be shown."""

import json
import re

import pytest

from vbg.consents import actions as consents
from vbg.films.models import Film, Rendition
from vbg.moments.models import Moment, MomentTag


@pytest.fixture
def older(house, world):
    """An earlier film of the same family: fun that was chosen, fun that was not, and fun that was taken away."""
    with house.database.unit() as session:
        film = Film(family_id=world.families["merel"].id, number=0, by_id=world.people["ann"].id, state="ready",
                    duration_ms=60_000)  # fmt: skip
        session.add(film)
        session.flush()
        for kind, media_type in (("play", "video/mp4"), ("frames", "application/json")):
            source = house.settings.data / "some.bytes"
            source.write_bytes(kind.encode() * 100)
            sealed = house.store.put(film.id, kind, 1, source)
            session.add(Rendition(film_id=film.id, kind=kind, media_type=media_type, size_bytes=sealed.size))
        kinds = ((1000, True, False), (20_000, False, False), (40_000, True, True))
        moments = [Moment(film_id=film.id, start_ms=at, end_ms=at + 5000, chosen=chosen, removed=gone)
                   for at, chosen, gone in kinds]  # fmt: skip
        session.add_all(moments)
        session.flush()
        session.add_all(MomentTag(moment_id=one.id, tag="house/fun") for one in moments)
        return film


def items(page):
    """What the room's player gets."""
    return json.loads(re.search(r'id="watch">(.*?)</script>', page, re.DOTALL)[1])["items"]


def media(client, review, film):
    return client.get(f"/api/v1{review}/films/{film.id}/media?v=1").status_code


def test_one_press_on_the_calm_page_plays_it_and_no_label_comes_along(room, review, older, scene):
    room.get(f"{review}/watch")
    assert media(room, review, older) == 404
    assert f'action="{review}/fun"' in room.get(f"{review}/leave").text
    assert room.post(f"{review}/fun").headers["Location"] == f"{review}/watch"
    page = room.get(f"{review}/watch").text
    assert [(one["film_id"], one["start_ms"]) for one in items(page)] == [(str(older.id), 1000)]
    assert "house/" not in page
    assert media(room, review, older) in (200, 206)


def test_left_again_the_room_is_the_reviews_alone(room, review, older, scene):
    room.post(f"{review}/fun")
    room.get(f"{review}/leave")
    assert media(room, review, older) == 404
    room.post(f"{review}/watch")
    assert {one["film_id"] for one in items(room.get(f"{review}/watch").text)} == {str(scene.film.id)}


def test_without_a_yes_or_without_fun_it_is_not_offered(room, review, older, house, world):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "review")
    assert f'action="{review}/fun"' not in room.get(f"{review}/leave").text
    room.post(f"{review}/fun")
    assert room.get(f"{review}/watch").headers["Location"] == f"{review}/leave"


def test_a_family_without_fun_yet_is_offered_none(room, review):
    assert f'action="{review}/fun"' not in room.get(f"{review}/leave").text


def test_it_is_offered_at_closing_and_on_the_familys_page(ann, review, older, world):
    family = world.families["merel"].id
    link = f"/find?family={family}&amp;fun=yes&amp;chosen=yes#play"
    assert link in ann.get(f"{review}/closing").text
    assert link in ann.get(f"/families/{family}").text
