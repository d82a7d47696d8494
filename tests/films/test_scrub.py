"""Files beside rows, bit for bit: what does not fit stands apart, nothing is deleted, nothing alive is touched."""

import hashlib
import io
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from tests.films.conftest import SQLITE
from vbg import clock, engine, worker
from vbg.audit import AuditLine
from vbg.films import intake, scrub, sweep
from vbg.films.models import Film, Rendition
from vbg.house import House

DAYS = 24 * 3600


@pytest.fixture
def brought(house: House, take: Callable[..., Film], tmp_path: Path) -> Film:
    """A film as it came in, two days ago; nobody prepares it."""
    (tmp_path / "film.mp4").write_bytes(os.urandom(300_000))
    film = take(tmp_path / "film.mp4")
    age(house)
    return film


def age(house: House, days: float = 2) -> None:
    """Let all files have come so many days ago."""
    for path in house.store.root.rglob("*.sealed"):
        then = time.time() - days * DAYS
        os.utime(path, (then, then))


def file_of(house: House, film: Film, kind: str = "original") -> Path:
    return house.store.sealed_file(film.id, kind, 1)


def damage(house: House, film: Film, kind: str = "original") -> bytes:
    path = file_of(house, film, kind)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    age(house)
    return bytes(body)


def rows(house: House) -> list[Rendition]:
    with house.database.unit(write=False) as session:
        return list(session.scalars(select(Rendition).where(Rendition.size_bytes > 0)))


def lines(house: House) -> list[tuple[str, str]]:
    events = ("films.set_aside", "films.put_back", "films.let_go")
    with house.database.unit(write=False) as session:
        found = session.scalars(select(AuditLine).where(AuditLine.event.in_(events)).order_by(AuditLine.id))
        return [(one.event, one.outcome) for one in found]


def forget_row(house: House, film: Film) -> None:
    with house.database.unit() as session:
        session.execute(delete(Rendition).where(Rendition.film_id == film.id))


@SQLITE
def test_each_sealed_thing_has_the_hash_of_what_lies_there(house, ready):
    found = rows(house)
    assert {row.kind for row in found} == {"original", "play", "frames", "poster", "filmstrip", "waveform", "hints"}
    for row in found:
        lying = house.store.sealed_file(row.film_id, row.kind, row.version).read_bytes()
        assert row.sealed_sha256 == hashlib.sha256(lying).hexdigest()


def test_all_is_well_and_noted(house, brought):
    report = scrub.scrub(house)
    assert report == scrub.Report(looked=1, bytes=file_of(house, brought).stat().st_size)
    assert rows(house)[0].looked_at is not None
    assert scrub.compare(house) == scrub.Report()


def test_a_damaged_file_stands_apart_and_can_come_back(house, brought):
    body, thing = damage(house, brought), (brought.id, "original", 1)
    assert scrub.compare(house) == scrub.Report()
    assert scrub.scrub(house).damaged == [thing]
    assert not file_of(house, brought).exists()
    assert scrub.compare(house).damaged == [thing]
    (aside,) = house.store.asides()
    assert (aside.thing, aside.since) == (thing, clock.today())
    assert scrub.scrub(house).damaged == []
    assert scrub.called(house, [thing]) == ["Gezin Merel 1"]
    assert scrub.put_back(house, aside) is True
    assert file_of(house, brought).read_bytes() == body
    assert scrub.put_back(house, aside) is False
    assert lines(house) == [("films.set_aside", "damaged"), ("films.put_back", "ok")]


def test_a_file_that_is_gone_is_missed(house, brought):
    file_of(house, brought).unlink()
    thing = (brought.id, "original", 1)
    assert scrub.compare(house).missing == scrub.scrub(house).missing == [thing]


@SQLITE
def test_a_film_being_erased_is_not_missed(house, brought):
    house.store.erase(brought.id)
    assert scrub.compare(house) == scrub.scrub(house) == scrub.Report()


def test_a_file_of_no_row_stands_apart_once_it_is_old(house, brought):
    forget_row(house, brought)
    age(house, days=0.5)
    assert scrub.scrub(house).strays == scrub.compare(house).strays == []
    age(house, days=-2)  # a clock that jumped is no proof of age
    assert scrub.scrub(house).strays == []
    age(house)
    strange = house.store.root / "films" / "letter.txt"
    strange.write_text("not ours")
    os.utime(strange, (0, 0))
    names = {"films/letter.txt", file_of(house, brought).relative_to(house.store.root).as_posix()}
    assert set(scrub.compare(house).strays) == names
    assert set(scrub.scrub(house).strays) == names
    assert {aside.name for aside in house.store.asides()} == names
    assert scrub.compare(house) == scrub.Report()


@SQLITE
def test_an_original_whose_film_is_about_to_be_is_no_stray(house, brought):
    """Cut off between the file and its row: the upload still speaks of it, and the next sweep makes the film."""
    with house.database.unit() as session:
        session.execute(delete(Film))
    assert scrub.scrub(house) == scrub.Report()
    assert file_of(house, brought).exists()


@SQLITE
def test_what_was_set_aside_wrongly_comes_back_by_itself(house, brought):
    kept = house.store.find(brought.id, "original", 1)
    assert house.store.set_aside(kept, clock.today())
    report = scrub.scrub(house)
    assert (report.healed, report.looked, report.damaged) == ([(brought.id, "original", 1)], 1, [])
    assert house.store.open(brought.id, "original", 1).read(1)


def test_a_row_that_changes_while_its_file_is_read_saves_it(house, brought):
    """The report is stale before it is finished: the file was written anew, its row followed."""
    damage(house, brought)
    done = []

    def meanwhile(size: int) -> bool:
        if not done:
            sealed = house.store.put(brought.id, "original", 1, io.BytesIO(b"anew"))
            with house.database.unit() as session:
                anew = {"sealed_sha256": sealed.sealed_sha256}
                session.execute(update(Rendition).where(Rendition.film_id == brought.id).values(anew))
            age(house)
            done.append(size)
        return True

    report = scrub.scrub(house, meanwhile)
    assert (report.looked, report.damaged) == (1, [])
    assert house.store.asides() == []
    assert house.store.open(brought.id, "original", 1).read() == b"anew"


@SQLITE
def test_a_file_written_anew_before_its_row_is_left_alone(house, brought):
    """The other half of the same race: the new file is there, its row is about to follow."""
    house.store.put(brought.id, "original", 1, io.BytesIO(b"anew"))
    assert scrub.scrub(house).damaged == []
    damage(house, brought)

    def meanwhile(_size: int) -> bool:
        house.store.put(brought.id, "original", 1, io.BytesIO(b"again"))
        age(house)
        return True

    assert scrub.scrub(house, meanwhile).damaged == []
    assert house.store.open(brought.id, "original", 1).read() == b"again"


@SQLITE
def test_a_film_erased_while_it_is_read_leaves_nothing_apart(house, brought):
    damage(house, brought)

    def meanwhile(_size: int) -> bool:
        intake.erase(house, brought.id, brought.family_id)
        return True

    assert scrub.scrub(house, meanwhile).damaged == []
    assert house.store.asides() == []
    assert list(house.store.files()) == []


@SQLITE
def test_erasing_takes_what_stands_apart_along(house, brought):
    damage(house, brought)
    scrub.scrub(house)
    assert len(house.store.asides()) == 1
    intake.erase(house, brought.id, brought.family_id)
    assert house.store.asides() == []


@SQLITE
@pytest.mark.parametrize("whole", [True, False])
def test_a_row_from_before_hashes_gets_one_only_when_it_opens(house, brought, whole):
    with house.database.unit() as session:
        session.execute(update(Rendition).values(sealed_sha256=""))
    if not whole:
        damage(house, brought)
    report = scrub.scrub(house)
    assert report.damaged == ([] if whole else [(brought.id, "original", 1)])
    (row,) = rows(house)
    lying = hashlib.sha256(file_of(house, brought).read_bytes()).hexdigest() if whole else ""
    assert row.sealed_sha256 == lying


@SQLITE
def test_only_a_person_deletes_and_only_after_thirty_days(house, brought):
    damage(house, brought)
    scrub.scrub(house)
    assert scrub.let_go(house) == []
    with clock.freeze(clock.now() + timedelta(days=30)):
        (gone,) = scrub.let_go(house)
    assert gone.thing == (brought.id, "original", 1)
    assert house.store.asides() == []
    assert lines(house)[-1] == ("films.let_go", "ok")


@SQLITE
def test_a_night_has_an_end_and_the_next_goes_on(house, take, tmp_path):
    for number in range(3):
        (tmp_path / "film.mp4").write_bytes(os.urandom(100_000 + number))
        take(tmp_path / "film.mp4")

    def pieces(count: int) -> Callable[[int], bool]:
        answers = iter([True] * count + [False])
        return lambda _size: next(answers)

    first = scrub.scrub(house, pieces(1))
    assert (first.looked, first.whole) == (1, False)
    assert scrub.scrub(house, due=timedelta(days=30)).looked == 0
    with clock.freeze(clock.now() + timedelta(days=31)):
        rest = scrub.scrub(house, pieces(2))
    assert (rest.looked, rest.whole) == (2, False)


@SQLITE
def test_the_night_gives_way_to_a_film_that_waits(house, brought):
    with clock.freeze(clock.now() + timedelta(days=31)):
        scrub.nightly(house)
    assert rows(house)[0].looked_at is None
    worker.work_off(house)  # it is no film: it waits no more
    with clock.freeze(clock.now() + timedelta(days=31)):
        scrub.nightly(house)
    assert rows(house)[0].looked_at is not None


@SQLITE
def test_it_is_asked_for_at_night_once(house):
    done: list[tuple[str, list[str]]] = []
    queue = engine.of(house, lambda name, ids: done.append((name, ids)))
    house.database.hand_in, house.database.hand_over = queue.hand_in, queue.hand_over

    def asked_at(day: int, hour: int) -> int:
        with clock.freeze(datetime(2027, 1, day, hour, 30, tzinfo=UTC)):
            sweep.sweep(house)
            done.clear()
            queue.work_off()
            if asked := done.count(("films.scrub", [])):
                scrub.nightly(house)
        return asked

    # the practice is an hour ahead of UTC: 0:30 UTC is 1:30 there
    nights = [(1, 12, 0), (2, 1, 0), (2, 12, 0), (3, 1, 1), (3, 2, 0), (4, 0, 1), (4, 12, 0), (5, 13, 1), (5, 14, 0)]
    assert [(day, hour, asked_at(day, hour)) for day, hour, _ in nights] == nights
    queue.close()


def test_films_that_arrive_meanwhile_are_never_touched(house, take, fresh, two_seconds):
    """For real: round after round, while films come in, are made ready, and old things are made anew."""
    stop, rounds, wrong = threading.Event(), [], []

    def judge() -> None:
        while not stop.is_set():
            found = scrub.scrub(house)
            rounds.append(found.looked)
            if found.missing or found.damaged or found.strays or found.unread or house.store.asides():
                wrong.append(found)

    def make_anew(film: Film) -> None:
        poster = house.store.sealed_file(film.id, "poster", 1)
        mine = Rendition.film_id == film.id, Rendition.kind == "poster"
        while not stop.is_set():
            sealed = house.store.put(film.id, "poster", 1, io.BytesIO(os.urandom(200_000)))
            with house.database.unit() as session:
                session.execute(update(Rendition).where(*mine).values(sealed_sha256=sealed.sealed_sha256))
            os.utime(poster, (time.time(), time.time() - 2 * DAYS))

    first = take(two_seconds)
    worker.work_off(house)
    age(house)
    threads = [threading.Thread(target=judge), threading.Thread(target=make_anew, args=(first,))]
    for thread in threads:
        thread.start()
    try:
        second = take(two_seconds)
        worker.work_off(house)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert [fresh(film).state for film in (first, second)] == ["ready", "ready"]
    assert len(rounds) > 3
    assert max(rounds) >= 6
    assert scrub.scrub(house).looked == 14
