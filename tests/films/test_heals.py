"""A film that failed for a reason that passes says so at once, and is made ready by itself later."""

import pytest

from tests.films.aftermath import orphans
from vbg import clock, queue, worker
from vbg.store import StoreError


@pytest.fixture
def full(house, monkeypatch):
    """A disk that is full until `full.clear()`."""
    state, real = {"full": True}, type(house.store).put

    def put(self, *args):
        if state:
            raise StoreError("full")
        return real(self, *args)

    monkeypatch.setattr(type(house.store), "put", put)
    return state


def known(house):
    with house.database.unit(write=False) as session:
        return queue.setbacks(session)


def again(house, at):
    with clock.freeze(at):
        return worker.work_off(house)


def test_room_was_made(house, take, fresh, two_seconds, full):
    film = take(two_seconds)
    worker.work_off(house)
    assert (fresh(film).state, fresh(film).reason) == ("failed", "film_no_room")
    (row,) = known(house)
    assert (row.name, row.reason, row.tries) == ("films.prepare", "film_no_room", 1)
    assert again(house, row.last_at) == 0
    full.clear()
    assert again(house, row.again_at) > 0
    assert (fresh(film).state, fresh(film).reason) == ("ready", "")
    assert known(house) == []
    assert orphans(house) == []


def test_no_room_was_made(house, take, fresh, two_seconds, full, world):
    film = take(two_seconds)
    worker.work_off(house)
    while (row := known(house)[0]).again_at:
        again(house, row.again_at)
    assert fresh(film).reason == "film_no_room"
    assert again(house, row.last_at) == 0
    full.clear()
    with house.database.unit() as session:
        queue.restart(session, world.viewer("ann"), row.id)
    worker.work_off(house)
    assert fresh(film).state == "ready"
    assert known(house) == []


def test_what_is_no_film_is_not_tried_again(house, take, fresh, tmp_path):
    path = tmp_path / "none.mp4"
    path.write_bytes(b"no film at all" * 100)
    film = take(path)
    worker.work_off(house)
    assert fresh(film).state == "failed"
    assert known(house) == []
