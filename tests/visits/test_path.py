"""The path of a family: rounds are told by its films, watchings and appointments alone, and never by a kept number."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from vbg import clock
from vbg.desk import path

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def frozen():
    with clock.freeze(datetime(2026, 11, 21, 9, tzinfo=UTC)):
        yield


def day(ago):
    return TODAY - timedelta(days=ago)


def film(ago, state="ready"):
    return SimpleNamespace(id=uuid4(), recorded_on=day(ago), created_at=clock.now(), state=state)


def watched(ago, *films, closed=True):
    at = datetime.combine(day(ago), datetime.min.time(), UTC) + timedelta(hours=14)
    kept = SimpleNamespace(id=uuid4(), started_at=at, closed_at=at if closed else None)
    return kept, {kept.id: {one.id for one in films}}


def visit(ago, kind="filming", done=False, off=False):
    return SimpleNamespace(id=uuid4(), kind=kind, on=day(ago), done_at=done or None, called_off_at=off or None)


def of(films=(), reviews=(), planned=(), ended=False):
    shown = {}
    for _one, pairs in reviews:
        shown |= pairs
    return path.of(list(films), [one for one, _pairs in reviews], shown, list(planned), ended)


def told(way):
    return [(len(one.films), len(one.watched)) for one in [*way.before, way.now]]


def test_nothing_yet_is_round_one_and_asks_for_a_film():
    way = of()
    assert (way.now.number, way.before, way.step, way.place) == (1, [], "film", "film")


def test_each_film_after_a_watching_begins_the_next_round():
    films = [film(40), film(30), film(20), film(10)]
    reviews = [watched(35, films[0]), watched(25, films[1]), watched(15, films[2])]
    way = of(films, reviews)
    assert told(way) == [(1, 1), (1, 1), (1, 1), (1, 0)]
    assert (way.now.number, way.step, way.place) == (4, "prepare", "review")


def test_two_films_before_one_watching_and_two_watchings_of_one_film_are_one_round():
    films = [film(12), film(11)]
    assert told(of(films, [watched(10, *films), watched(8, films[0])])) == [(2, 2)]


def test_what_is_filmed_after_watching_on_the_same_day_is_of_the_next_round():
    first, second = film(9), film(2)
    way = of([first, second], [watched(2, first)])
    assert told(way) == [(1, 1), (1, 0)]


def test_what_is_filmed_and_watched_right_away_is_one_round():
    first = film(2)
    way = of([first], [watched(2, first)])
    assert told(way) == [(1, 1)]
    assert way.step == "on"


def test_a_film_whose_day_was_noted_too_late_was_there_when_it_was_watched():
    first = film(1)
    assert told(of([first], [watched(5, first)])) == [(1, 1)]


def test_a_watching_whose_films_are_gone_still_counts_and_nothing_breaks():
    assert told(of([film(3)], [watched(10)])) == [(0, 1), (1, 0)]
    assert told(of([film(3)], [watched(3)])) == [(1, 1)]


def test_what_cannot_be_read_is_no_film():
    assert of([film(3, "failed")]).step == "film"
    assert of([film(3, "held")]).step == "prepare"


def test_the_step_follows_the_work():
    first = film(3)
    prepared = (SimpleNamespace(id=uuid4(), started_at=None, closed_at=None), {})
    assert of([first], [prepared]).step == "watch"
    assert of([first], [watched(1, first, closed=False)]).step == "wrap_up"
    assert of([first], [watched(1, first)]).step == "on"
    assert of([first], ended=True).step == "closed"


def test_a_filming_that_took_place_asks_for_its_film():
    assert of(planned=[visit(1, done=True)]).step == "bring"
    assert of([film(1)], planned=[visit(1, done=True)]).step == "prepare"
    assert of(planned=[visit(1, done=True, off=True)]).step == "film"
    assert of(planned=[visit(1)]).step == "film"


def test_the_next_appointments_stand_by_kind_and_those_called_off_do_not():
    soon, later, talk, gone = visit(-1), visit(-8), visit(0, "review"), visit(0, off=True)
    way = of(planned=[gone, talk, soon, later])
    assert (way.filming, way.watching, way.closing) == (soon, talk, None)


def test_rounding_off_together_ends_the_path_until_a_newer_film_comes():
    first = film(9)
    reviews = [watched(7, first)]
    assert of([first], reviews, [visit(2, "closing", done=True)]).step == "closed"
    assert of([first, film(1)], reviews, [visit(2, "closing", done=True)]).step == "prepare"
    assert of([first], reviews, [visit(-2, "closing")]).closing is not None


def test_three_hundred_rounds_are_told_at_once():
    films = [film(2000 - 5 * at) for at in range(300)]
    way = of(films, [watched(1998 - 5 * at, one) for at, one in enumerate(films)])
    assert way.now.number == 300
