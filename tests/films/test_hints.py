"""A film's hints: sealed like the rest, for whoever may see the film, finer once its twin is made, never a parent's."""

import json

import pytest
from sqlalchemy import delete, select

from tests.films.conftest import SQLITE
from tests.video.test_hints import film
from vbg import queue, worker
from vbg.films import jobs, rules
from vbg.films.models import Film, Rendition
from vbg.queue import RANKS, Lane, lane_of

pytestmark = SQLITE


@pytest.fixture(scope="module")
def talked(tmp_path_factory):
    """Forty seconds of turns, silence and movement, whose key frames lie far apart."""
    return film(tmp_path_factory.mktemp("talk") / "phone.mp4", "libx264", "-g", "400")


def spans(client, film) -> list[dict[str, object]]:
    return client.get(f"/api/v1/films/{film.id}/hints").json["spans"]


def test_a_heavy_films_hints_come_at_once_and_finer_with_its_twin(house, take, talked, ann, fresh):
    taken = take(talked)
    jobs.prepare(house, taken.id)
    assert fresh(taken).proxy == "wanted"
    first = spans(ann, taken)
    assert {one["kind"] for one in first} == {"turns", "silence"}
    worker.work_off(house)
    assert fresh(taken).proxy == "made"
    then = spans(ann, taken)
    assert {one["kind"] for one in then} == {"turns", "silence", "movement", "stillness"}
    assert [one for one in then if one["kind"] in ("turns", "silence")] == first
    assert [one["start_ms"] for one in then] == sorted(one["start_ms"] for one in then)
    assert all(isinstance(one["start_ms"], int) and isinstance(one["end_ms"], int) for one in then)


def test_they_lie_sealed_and_nothing_bare_is_left(house, take, talked, ann):
    taken = take(talked)
    worker.work_off(house)
    sealed = house.store.sealed_file(taken.id, rules.Kind.HINTS, 1)
    assert b"turns" in json.dumps(spans(ann, taken)).encode()
    assert b"turns" not in sealed.read_bytes()
    left = {one.name for one in house.settings.data.rglob("*") if one.is_file()}
    assert not left & {"motion.gray", "sound.pcm", "hints.json"}


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_no_stranger_and_no_parent_gets_them(client_for, ready, who):
    assert client_for(who).get(f"/api/v1/films/{ready.id}/hints").status_code == 404


def test_a_film_from_before_has_none(house, ann, ready):
    with house.database.unit() as session:
        session.execute(delete(Rendition).where(Rendition.film_id == ready.id, Rendition.kind == "hints"))
    assert spans(ann, ready) == []


def asked(house, film) -> list[str]:
    """The names of the jobs that a sweep asks for this film."""
    names = []
    with pytest.MonkeyPatch.context() as heard:
        heard.setattr(queue, "remind", lambda _session, name, *about: names.append((name, about)))
        jobs_of = worker.Worker(house)
        jobs_of.sweep()
    return [name for name, about in names if about == (film.id,)]


@pytest.mark.parametrize(("picture", "name"), [("hevc", "films.twin"), ("h264", "films.lighten")])
def test_a_twin_that_is_waited_for_goes_first(house, ready, picture, name):
    with house.database.unit() as session:
        row = session.scalars(select(Film).where(Film.id == ready.id)).one()
        row.proxy, row.record = "wanted", row.record | {"picture": picture, "copied": True}
    assert asked(house, ready) == [name]
    assert RANKS["films.twin"] > RANKS["films.lighten"]
    assert lane_of("films.twin") == lane_of("films.lighten") == Lane.LATER
