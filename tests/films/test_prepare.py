"""From any file to a film that can be tagged, or to a clear reason why not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.films import numbered
from tests.films.conftest import SQLITE
from vbg import clock, worker
from vbg.audit import AuditLine
from vbg.films import jobs, queries
from vbg.films.models import Film, Rendition
from vbg.films.rules import DRESSING, TAGGABLE
from vbg.store import StoreError
from vbg.video.errors import ToolError
from vbg.video.limits import Limits
from vbg.web.words import REASONS

pytestmark = SQLITE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"Dit is een brief. " * 500, "film_not_a_film"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n/etc/passwd\n", "film_playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "film_playlist"),
        (b"\0" * 5000, "film_not_a_film"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 4000, "film_cut_off"),
    ],
)
def test_what_is_no_film_ends_with_a_sentence(house, take, fresh, ann, tmp_path, text, reason):
    path = tmp_path / "film.mp4"
    path.write_bytes(text)
    film = take(path)
    worker.work_off(house)
    now = fresh(film)
    assert (now.state, now.reason) == ("failed", reason)
    said = ann.get(f"/api/v1/films/{film.id}").json
    assert (said["state"], said["reason_code"]) == ("failed", reason)
    assert said["reason"]
    assert reason in REASONS
    with house.database.unit(write=False) as session:
        assert queries.kinds(session, film.id) == {"original"}


def test_a_cut_film_is_taken_as_far_as_it_goes(house, take, fresh, ann, tmp_path):
    whole = numbered(tmp_path / "whole.mkv", frames=200)
    path = tmp_path / "film.mkv"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    film = take(path)
    worker.work_off(house)
    now = fresh(film)
    assert (now.state, now.incomplete, now.reason) == ("ready", True, "film_incomplete")
    assert 1000 < now.duration_ms < 7900
    assert ann.get(f"/api/v1/films/{film.id}").json["reason"]


def test_a_phone_film_is_made_to_play(house, take, fresh, tmp_path):
    path = numbered(tmp_path / "film.mov", frames=30, codec="hevc", rotate=90, size=(240, 320), sound=(-0.5, 1))
    film = take(path)
    worker.work_off(house)
    now = fresh(film)
    assert (now.state, now.width, now.height, now.frame_count) == ("ready", 240, 320, 30)
    with house.database.unit(write=False) as session:
        assert queries.kinds(session, film.id) == {"original", *TAGGABLE, *DRESSING}


def test_done_twice_is_as_good_as_once(house, ready, fresh):
    before = fresh(ready)
    jobs.prepare(house, ready.id)
    with house.database.unit() as session:
        session.get_one(Film, ready.id).state = "received"
    jobs.prepare(house, ready.id)
    now = fresh(ready)
    assert (now.state, now.frame_count) == ("ready", before.frame_count)
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Rendition).where(Rendition.film_id == ready.id)).all()) == 7


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6])
def test_a_worker_that_dies_at_any_step_is_made_good(house, take, fresh, two_seconds, monkeypatch, step):
    film = take(two_seconds)
    puts = []

    def put(self, *args):
        puts.extend(one for one in args if isinstance(one, Path))
        if len(puts) == step:
            raise KeyboardInterrupt
        return real(self, *args)

    real = type(house.store).put
    with monkeypatch.context() as broken:
        broken.setattr(type(house.store), "put", put)
        with pytest.raises(KeyboardInterrupt):
            jobs.prepare(house, film.id)
    assert fresh(film).state == ("preparing" if step <= 2 else "ready")
    worker.work_off(house)
    assert fresh(film).state == "ready"
    with house.database.unit(write=False) as session:
        assert queries.kinds(session, film.id) == {"original", *TAGGABLE, *DRESSING}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StoreError("full"), "film_no_room"), (OSError(28, "full"), "film_no_room"),
        (ToolError("failed"), "film_broke"), (ToolError("missing"), "film_tool_missing"),
    ],
)  # fmt: skip
def test_what_is_not_the_films_fault_can_be_tried_again(
    house, take, fresh, ann, two_seconds, monkeypatch, error, reason
):
    film = take(two_seconds)

    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "playable", fail)
        worker.work_off(house)
    assert (fresh(film).state, fresh(film).reason) == ("failed", reason)
    assert ann.post(f"/films/{film.id}/preparation").status_code == 302
    worker.work_off(house)
    assert (fresh(film).state, fresh(film).reason) == ("ready", "")
    assert ann.post(f"/films/{film.id}/preparation").status_code == 422


def test_a_copy_made_ahead_of_a_refusal_is_not_kept(house, take, fresh, tmp_path, monkeypatch):
    film = take(numbered(tmp_path / "long.mp4", frames=400))
    short = replace(jobs.tools(), limits=Limits(duration_ms=10_000))
    with monkeypatch.context() as narrow:
        narrow.setattr(jobs, "tools", lambda _ffmpeg: short)
        worker.work_off(house)
    assert (fresh(film).state, fresh(film).reason) == ("failed", "film_too_long")
    assert [kind for film_id, kind, _ in house.store.listing() if film_id == film.id] == ["original"]


def test_a_film_can_be_tagged_before_it_is_dressed(house, take, fresh, two_seconds, monkeypatch):
    film = take(two_seconds)
    seen = []
    real = jobs.preparing.dress

    def dress(*args):
        seen.append(fresh(film).state)
        return real(*args)

    with monkeypatch.context() as watched:
        watched.setattr(jobs.preparing, "dress", dress)
        worker.work_off(house)
    assert seen == ["ready"]


def test_a_film_whose_dressing_fails_stays_open_and_is_dressed_later(house, take, fresh, two_seconds, monkeypatch):
    film = take(two_seconds)

    def fail(*args):
        raise ToolError("failed")

    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "dress", fail)
        worker.work_off(house)
    assert fresh(film).state == "ready"
    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "playable", fail)
        with clock.freeze(clock.now() + timedelta(minutes=1)):
            worker.work_off(house)
    with house.database.unit(write=False) as session:
        assert queries.kinds(session, film.id) == {"original", *TAGGABLE, *DRESSING}


def test_nothing_plain_is_left_behind(house, ready):
    data = house.settings.data
    assert not list((data / "scratch").glob("*")) if (data / "scratch").exists() else True
    for file in data.rglob("*"):
        if file.is_file():
            assert b"ftyp" not in file.read_bytes()[:64], file


def test_a_removed_film_is_gone_for_good(house, ready, fresh, ann):
    assert ann.delete(f"/api/v1/films/{ready.id}").status_code == 204
    assert ann.get(f"/api/v1/films/{ready.id}").status_code == 404
    assert ann.get(f"/api/v1/films/{ready.id}/media").status_code == 404
    worker.work_off(house)
    assert fresh(ready) is None
    assert not list(house.settings.data.glob("store/films/*/*/*"))
    with pytest.raises(StoreError):
        house.store.open(ready.id, "original", 1)
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.event == "films.erase")).all()
        assert [line.object_id for line in lines] == [ready.id]
    jobs.prepare(house, ready.id)
    jobs.erase(house, ready.id)


def test_a_film_that_stays_is_not_erased(house, ready, fresh):
    """An erase job that comes for a film that stays (swapped, late) does nothing."""
    jobs.erase(house, ready.id)
    assert fresh(ready).state == "ready"
    with clock.freeze(clock.now() + timedelta(days=100)):
        worker.work_off(house)
    assert fresh(ready).state == "ready"


def test_what_is_not_made_yet_says_ask_again(house, take, ann, two_seconds, monkeypatch):
    film = take(two_seconds)

    def fail(*args):
        raise ToolError("failed")

    with monkeypatch.context() as broken:
        broken.setattr(jobs.preparing, "dress", fail)
        worker.work_off(house)
    for name in ("poster", "filmstrip", "filmstrip.json", "waveform", "hints"):
        answer = ann.get(f"/api/v1/films/{film.id}/{name}")
        assert (answer.status_code, answer.headers["Retry-After"]) == (202, "1"), name
    assert ann.get(f"/api/v1/films/{film.id}/media").status_code == 206
