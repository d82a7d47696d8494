"""kill -9 of web or worker at random moments of ingest: nothing acknowledged is lost, nothing is left lying."""

import json
import threading

import pytest
from sqlalchemy import select

from tests.bench.ground import bearer
from tests.films import numbered
from tests.films.aftermath import orphans, settled, until
from tests.films.conftest import SQLITE
from tests.films.storm import Ground, Sender, rage
from vbg.films.models import Film
from vbg.films.rules import DRESSING, TAGGABLE


@pytest.fixture
def films(tmp_path, two_seconds):
    """One that plays as it is, one that has to be encoded anew, one that is no film."""
    other = numbered(tmp_path / "other.avi", frames=60, size=(640, 480), codec="mpeg4")
    none = tmp_path / "none.mp4"
    none.write_bytes(bytes(range(256)) * 2000)
    return [two_seconds, other, none]


def stormy(house, films, kills, longest_s, seed=7):
    sign_in = bearer(house)
    ground = Ground(house.settings.data)
    enough = threading.Event()
    sender = Sender(ground, sign_in, films, enough)
    try:
        sender.start()
        rage(ground, kills, seed, longest_s)
        enough.set()
        sender.join(600)
        assert not sender.is_alive()
        assert sender.error is None
        until(lambda: settled(house), 1200)
        until(lambda: orphans(house) == [], 120)
    finally:
        enough.set()
        ground.end()
    return ground, sender


def look(house, ground, sender):
    with house.database.unit(write=False) as session:
        there = {str(film.id): film for film in session.scalars(select(Film))}
    states = [film.state for film in there.values()]
    told = {
        "kills": ground.kills, "films": len(there), "ready": states.count("ready"), "failed": states.count("failed"),
        "acknowledged_lost": sender.lost, "sent_again": sender.resent,
        "back_s": round(max(ground.back_s), 1), "orphans": len(orphans(house)),
    }  # fmt: skip
    print(json.dumps(told))
    assert sender.lost == 0
    assert orphans(house) == []
    assert {film for film, _ in sender.sent} == set(there)
    for number, (film_id, sha256) in enumerate(sender.sent):
        film = there[film_id]
        assert film.sha256 == sha256
        assert house.store.digest(film.id, "original", 1).sha256 == sha256
        if number % 3 == 2:
            assert (film.state, film.reason) == ("failed", "film_not_a_film")
        else:
            assert film.state == "ready", film.reason
            kinds = {kind for one, kind, _ in house.store.listing() if str(one) == film_id}
            assert {"original", *TAGGABLE, *DRESSING} <= kinds


@SQLITE
def test_a_few_kills_lose_nothing(house, films):
    look(house, *stormy(house, films, kills=4, longest_s=1.5))


@pytest.mark.full
@SQLITE
def test_a_hundred_kills_lose_nothing(house, films):
    look(house, *stormy(house, films, kills=100, longest_s=3.0))
