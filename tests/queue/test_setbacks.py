"""What fails is tried again, later each time, then waits for a person; success forgets it. Over both engines."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from vbg import clock, ids, queue, worker
from vbg.audit import AuditLine
from vbg.queue import SetbackError
from vbg.reasons import NotFoundError
from vbg.store import StoreError


@pytest.fixture
def place(house):
    made = worker.Worker(house)
    yield made
    made.engine.close()


@pytest.fixture
def job(place, monkeypatch):
    """`job(error)`: from now on the job films.stills raises this, or does well with None."""
    outcome, done = [None], []

    def run(_house, about, cancel):
        done.append(about)
        if outcome[0] is not None:
            raise outcome[0]

    monkeypatch.setattr(worker, "_found", lambda _place: run)

    def set_to(error):
        outcome[0] = error
        return done

    return set_to


def known(house):
    with house.database.unit(write=False) as session:
        return queue.setbacks(session)


def test_it_is_tried_again_later_each_time_and_then_parked(house, place, job):
    film = ids.new()
    done = job(SetbackError("film_no_room"))
    at, waits = clock.now(), []
    with clock.freeze(at):
        place.do("films.stills", [str(film)])
    while (row := known(house)[0]).again_at is not None:
        assert (row.tries, row.reason) == (len(done), "film_no_room")
        waits.append(row.again_at - at)
        with clock.freeze(row.again_at - timedelta(seconds=1)):
            place.ask_due()
            assert place.engine.waiting() == []
        at = row.again_at
        with clock.freeze(at):
            place.ask_due()
            place.ask_due()
            assert place.engine.work_off() == 1
    assert waits == sorted(waits)
    assert (len(waits), len(done), row.tries) == (4, 5, 5)
    assert waits[0] < timedelta(minutes=1)
    with clock.freeze(at + timedelta(days=1)):
        place.ask_due()
        with house.database.unit() as session:
            queue.remind(session, "films.stills", film)
    assert place.engine.waiting() == []


def test_success_forgets_it(house, place, job):
    film = ids.new()
    job(OSError(28, "full"))
    place.do("films.stills", [str(film)])
    assert known(house)[0].reason == "disk_full"
    job(None)
    place.do("films.stills", [str(film)])
    assert known(house) == []


def test_a_person_starts_it_again(house, place, job, world):
    film = ids.new()
    job(SetbackError("film_broke"))
    for _ in range(5):
        place.do("films.stills", [str(film)])
    (row,) = known(house)
    with house.database.unit() as session:
        queue.restart(session, world.viewer("ann"), row.id)
    assert place.engine.waiting() == [("films.stills", [str(film)])]
    with house.database.unit(write=False) as session:
        line = session.scalars(select(AuditLine).where(AuditLine.event == "queue.restart")).one()
        assert line.actor_id == world.people["ann"].id
    done = job(None)
    place.engine.work_off()
    assert done[-1] == film
    assert known(house) == []
    with house.database.unit() as session, pytest.raises(NotFoundError):
        queue.restart(session, world.viewer("ann"), row.id)


def test_erasing_never_waits_for_a_person(house):
    with house.database.unit() as session:
        family = str(ids.new())
        for _ in range(20):
            row = queue.set_back(session, "retention.erase", [family], "disk_full")
        assert row.tries == 20
        assert row.again_at is not None


def test_a_sweep_leaves_alone_what_waits_for_its_next_try(house, place):
    film, other = ids.new(), ids.new()
    with house.database.unit() as session:
        queue.set_back(session, "films.prepare", [str(film)], "film_broke")
        for one in (film, other):
            queue.remind(session, "films.prepare", one)
    assert place.engine.waiting() == [("films.prepare", [str(other)])]


def test_what_was_cut_off_by_the_end_of_the_worker_failed_nothing(house, place, job):
    job(SetbackError("film_broke"))
    place.stopping.set()
    place.do("films.stills", [str(ids.new())])
    assert known(house) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SetbackError("film_no_room"), "film_no_room"),
        (StoreError("full"), "disk_full"),
        (StoreError("no_marker"), "film_store"),
        (OSError(28, "full"), "disk_full"),
        (OSError(5, "torn"), "job_files"),
        (OperationalError("", {}, Exception()), "job_database"),
        (KeyError("x"), "job_broke"),
    ],
)
def test_each_failure_has_a_reason(error, reason):
    assert worker.reason_of(error) == reason


def test_asked_for_while_it_runs_it_is_done_once_more(sqlite_house, monkeypatch):
    """A still that was wished while the film's stills were being made is made as well."""
    begun, go_on, done = threading.Event(), threading.Event(), []

    def run(_house, about, cancel):
        begun.set()
        assert go_on.wait(30)
        done.append(about)

    monkeypatch.setattr(worker, "_found", lambda _place: run)
    place, film = worker.Worker(sqlite_house), str(ids.new())
    first = threading.Thread(target=place.do, args=("films.stills", [film]))
    first.start()
    assert begun.wait(30)
    for _ in range(3):
        place.do("films.stills", [film])
    assert done == []
    go_on.set()
    first.join(30)
    assert [str(one) for one in done] == [film, film]
    place.engine.close()
