"""What both engines promise: kept with the commit, once while it waits, in lanes, what a person waits for first."""

import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import text

from vbg import engine, ids, queue
from vbg.engine.embedded import Embedded
from vbg.engine.scaled import Scaled
from vbg.queue import Lane
from vbg.reasons import ReasonError


def ask(house, *jobs):
    with house.database.unit() as session:
        for name, about in jobs:
            queue.ask(session, name, about)


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_database_chooses_the_engine(house, made):
    assert isinstance(made, Embedded if house.database.is_sqlite else Scaled)


def test_a_job_that_waits_is_not_asked_for_twice(house, made, done):
    one, two = ids.new(), ids.new()
    ask(house, ("films.prepare", one), ("films.prepare", one))
    ask(house, ("films.prepare", one), ("films.prepare", two))
    assert made.waiting() == [("films.prepare", [str(one)]), ("films.prepare", [str(two)])]
    assert made.work_off() == 2
    assert done == [("films.prepare", [str(one)]), ("films.prepare", [str(two)])]
    assert made.waiting() == []
    ask(house, ("films.prepare", one))
    assert made.work_off() == 1


def test_what_rolls_back_was_never_asked(house, made):
    def fall() -> None:
        with house.database.unit() as session:
            queue.ask(session, "films.prepare", ids.new())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fall()
    assert made.waiting() == []


def test_a_job_is_there_with_the_commit_or_right_after_it(house, made):
    """In PostgreSQL it is part of the transaction; a file beside SQLite gets it after the commit."""
    with house.database.session(write=True) as session:
        queue.ask(session, "films.stills", ids.new())
        made.hand_in(session, session.info["asked"])
        inside = 0 if house.database.is_sqlite else session.scalar(text("select count(*) from procrastinate_jobs"))
        assert inside == (not house.database.is_sqlite)
        session.rollback()
    assert made.waiting() == []


def test_two_units_that_ask_for_the_same_do_not_lock_each_other_out(house, made):
    pairs = [("films.stills", ids.new()) for _ in range(5)]
    crowd = [threading.Thread(target=ask, args=(house, *order)) for order in (pairs, pairs[::-1]) * 4]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    assert sorted(made.waiting()) == sorted((name, [str(about)]) for name, about in pairs)


def test_what_a_person_waits_for_goes_before_what_is_only_nicer(house, made, done):
    proxy, dress, film = ids.new(), ids.new(), ids.new()
    ask(house, ("films.scrub", proxy), ("films.lighten", dress), ("films.prepare", film))
    order = [name for name, _ in made.waiting()]
    assert order.index("films.lighten") < order.index("films.scrub")
    made.work_off()
    names = [name for name, _ in done]
    assert names.index("films.lighten") < names.index("films.scrub")


def test_a_heavy_film_holds_up_no_light_work(house, at_work):
    """Films go one by one, the first one first; a still, an erasure and what is nicer go on beside them."""
    began, ended, go_on = [], [], threading.Event()

    def work(name, about):
        began.append((name, *about))
        if name == "films.prepare":
            go_on.wait(60)
        ended.append((name, *about))

    films = sorted(ids.new() for _ in range(3))
    heavy = [("films.prepare", str(film)) for film in films]
    one = at_work(work, {Lane.HEAVY: 1, Lane.LIGHT: 2, Lane.LATER: 1})
    try:
        ask(house, *(("films.prepare", film) for film in films))
        until(lambda: began)
        ask(house, ("films.stills", films[2]), ("films.erase", films[2]), ("films.scrub", films[2]))
        until(lambda: len(ended) == 3)
        assert began[0] == heavy[0]
        assert not set(heavy[1:]) & set(began)
    finally:
        go_on.set()
    until(lambda: len(ended) == 6)
    assert [job for job in began if job[0] == "films.prepare"] == heavy
    assert one.waiting() == []


def test_several_films_at_once_when_that_is_set(house, at_work):
    together, met = threading.Barrier(2), []
    at_work(lambda name, about: met.append(together.wait(60)), {Lane.HEAVY: 2})
    ask(house, ("films.prepare", ids.new()), ("films.prepare", ids.new()))
    until(lambda: len(met) == 2)


def test_many_that_wait_do_not_slow_the_asking(house, made):
    with house.database.unit() as session:
        for _ in range(400):
            queue.ask(session, "films.prepare", ids.new())
    began = time.monotonic()
    for _ in range(20):
        ask(house, ("films.prepare", ids.new()))
    assert (time.monotonic() - began) / 20 < 0.5
    assert len(made.waiting()) == 420


def test_postgres_without_its_queue_says_what_to_install(house, monkeypatch):
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    monkeypatch.delitem(sys.modules, "vbg.engine.scaled", raising=False)
    if house.database.is_sqlite:
        engine.of(house).close()
        return
    with pytest.raises(ReasonError) as refused:
        engine.of(house)
    assert refused.value.code == "scale_missing"


def test_nothing_of_the_other_engine_is_loaded(sqlite_house):
    code = (
        "import sys; from pathlib import Path; from vbg import config, engine, house\n"
        "engine.of(house.enter(config.Settings(Path(sys.argv[1])))).waiting()\n"
        "sys.exit('procrastinate' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(sqlite_house.settings.data)], check=False)
    assert done.returncode == 0
