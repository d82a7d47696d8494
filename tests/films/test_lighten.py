"""A heavy film gets a lighter twin, which takes over without moving a moment or stopping who is watching."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.films import images, numbered, read_number
from tests.films.conftest import SQLITE
from vbg import clock, worker
from vbg.films import jobs, rules
from vbg.films.models import Rendition
from vbg.queue import SetbackError
from vbg.store import StoreError
from vbg.video.errors import ToolError

pytestmark = SQLITE


@pytest.fixture(scope="module")
def slow_to_jump(tmp_path_factory) -> Path:
    """Five seconds with one key frame, upright, its sound before the picture."""
    path = tmp_path_factory.mktemp("heavy") / "film.mov"
    return numbered(path, frames=125, size=(240, 320), rotate=90, key_every=125, sound=(-0.3, 5))


@pytest.fixture
def copied(house, take, slow_to_jump):
    """That film, ready to be tagged; its twin is not made yet."""
    film = take(slow_to_jump)
    jobs.prepare(house, film.id)
    return film


def versions(house, film) -> list[int]:
    with house.database.unit(write=False) as session:
        mine = select(Rendition.version).where(Rendition.film_id == film.id, Rendition.kind == "play")
        return sorted(session.scalars(mine))


def test_the_twin_takes_over_with_the_same_frames(house, copied, fresh, ann, tmp_path):
    before, where = fresh(copied), f"/api/v1/films/{copied.id}"
    assert (before.state, before.proxy, before.play_version) == ("ready", "wanted", 1)
    told, times = ann.get(where).json, ann.get(f"{where}/frames").json
    old = ann.get(f"{where}/media")
    worker.work_off(house)
    after = fresh(copied)
    assert (after.proxy, after.play_version, versions(house, copied)) == ("made", 2, [1, 2])
    assert (ann.get(where).json, ann.get(f"{where}/frames").json) == (told, times)
    new = ann.get(f"{where}/media")
    assert new.headers["ETag"] != old.headers["ETag"]
    play = tmp_path / "play.mp4"
    play.write_bytes(new.data)
    assert [read_number(image, turned=False) for image in images(play)] == list(range(125))


def test_who_watches_the_old_version_goes_on_with_it(house, copied, ann):
    where = f"/api/v1/films/{copied.id}/media"
    old = ann.get(where)
    worker.work_off(house)
    assert ann.get(f"{where}?v=1").data == old.data
    assert ann.get(f"{where}?v=1", headers={"Range": "bytes=100-199"}).data == old.data[100:200]
    going_on = {"Range": "bytes=100-199", "If-Range": old.headers["ETag"]}
    assert ann.get(where, headers=going_on).data == old.data[100:200]
    assert ann.get(f"{where}?v=2").data == ann.get(where).data != old.data
    assert ann.get(f"{where}?v=nonsense").data == ann.get(where).data
    assert "media?v=2" in ann.get(f"/films/{copied.id}/workspace").text


def test_the_old_version_goes_when_nobody_can_be_watching(house, copied, ann):
    worker.work_off(house)
    with clock.freeze(clock.now() + rules.GIVEN_WAY - timedelta(minutes=1)):
        worker.work_off(house)
    assert versions(house, copied) == [1, 2]
    with clock.freeze(clock.now() + rules.GIVEN_WAY + timedelta(minutes=1)):
        worker.work_off(house)
    assert versions(house, copied) == [2]
    assert not house.store.has(copied.id, "play", 1)
    assert ann.get(f"/api/v1/films/{copied.id}/media?v=1").status_code == 206


def test_a_light_film_gets_none(house, ready, fresh):
    assert (fresh(ready).proxy, fresh(ready).play_version, versions(house, ready)) == ("", 1, [1])


def test_a_worker_that_dies_over_the_twin_begins_again(house, copied, fresh, monkeypatch):
    def die(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(type(house.store), "put", die)
        with pytest.raises(KeyboardInterrupt):
            jobs.lighten(house, copied.id)
    assert (fresh(copied).proxy, versions(house, copied)) == ("wanted", [1])
    worker.work_off(house)
    assert (fresh(copied).proxy, versions(house, copied)) == ("made", [1, 2])
    jobs.lighten(house, copied.id)
    assert versions(house, copied) == [1, 2]


@pytest.mark.parametrize(
    ("outcome", "proxy"),
    [(None, "kept"), (ToolError("failed"), "kept"), (ToolError("cancelled"), "wanted"), (StoreError("full"), "wanted")],
)
def test_without_a_twin_the_copy_stays(house, copied, fresh, ann, monkeypatch, outcome, proxy):
    def give(*args, **kwargs):
        if outcome:
            raise outcome

    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "proxy", give)
        with suppress(SetbackError):  # a full disk: it is tried again later
            jobs.lighten(house, copied.id)
    assert (fresh(copied).state, fresh(copied).proxy, versions(house, copied)) == ("ready", proxy, [1])
    assert ann.get(f"/api/v1/films/{copied.id}/media").status_code == 206
