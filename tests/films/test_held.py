"""A film without a yes: received, sealed, seen by nobody, opened by a yes, erased without one."""

from datetime import timedelta

from sqlalchemy import select

from tests.films.conftest import SQLITE
from vbg import clock, worker
from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.films import actions, intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film


def say(house, world, who, parent, family, answer):
    with house.database.unit() as session:
        consents.answer(session, world.viewer(who), world.members[parent], "filming", answer, "spoken")
        actions.follow_consent(session, world.viewer(who), world.families[family])


def test_no_yes_means_on_hold(house, take, fresh, two_seconds, client_for, world):
    film = take(two_seconds, "kievit", "cas")
    assert film.state == "held"
    assert film.erase_at == film.created_at + timedelta(days=7)
    cas = client_for("cas")
    said = cas.get(f"/api/v1/films/{film.id}").json
    assert (said["state"], said["duration_ms"], said["erase_at"][:10]) == ("held", None, str(film.erase_at.date()))
    for kind in ("media", "frames", "poster", "filmstrip", "waveform", "hints", "still?at_ms=0"):
        assert cas.get(f"/api/v1/films/{film.id}/{kind}").status_code == 404


@SQLITE
def test_a_yes_opens_it_and_a_withdrawal_closes_it(house, take, fresh, two_seconds, world, client_for):
    film = take(two_seconds, "kievit", "cas")
    worker.work_off(house)
    assert fresh(film).state == "held"
    say(house, world, "cas", "eve", "kievit", "yes")
    assert (fresh(film).state, fresh(film).erase_at) == ("received", None)
    worker.work_off(house)
    assert fresh(film).state == "ready"
    say(house, world, "cas", "eve", "kievit", "no")
    assert fresh(film).state == "held"
    assert fresh(film).erase_at > clock.now() + timedelta(days=13)
    assert client_for("cas").get(f"/api/v1/films/{film.id}/media").status_code == 404
    say(house, world, "cas", "eve", "kievit", "yes")
    assert fresh(film).state == "ready"
    assert client_for("cas").get(f"/api/v1/films/{film.id}/media").status_code == 206


@SQLITE
def test_the_sweep_notices_a_yes_that_nobody_told_it(house, take, fresh, two_seconds, world):
    film = take(two_seconds, "kievit", "cas")
    with house.database.unit() as session:
        consents.answer(session, world.viewer("cas"), world.members["eve"], "filming", "yes", "paper")
    worker.work_off(house)
    assert fresh(film).state == "ready"


@SQLITE
def test_without_a_yes_it_is_erased_after_seven_days(house, take, fresh, two_seconds):
    film = take(two_seconds, "kievit", "cas")
    with clock.freeze(clock.now() + timedelta(days=6, hours=23)):
        worker.work_off(house)
        assert fresh(film).state == "held"
    with clock.freeze(clock.now() + timedelta(days=7, minutes=1)):
        worker.work_off(house)
    assert fresh(film) is None
    assert not list(house.settings.data.glob("store/films/*/*/*"))


@SQLITE
def test_the_practice_room_asks_nobody_and_keeps_nothing(house, fresh, two_seconds, world):
    ann = world.viewer("ann")
    with house.database.unit() as session:
        room = families.open_practice_room(session, ann)
    form = NewUpload(family=str(room.id), length=two_seconds.stat().st_size, filename="mijn.mp4")
    film = intake.take(house, ann, two_seconds, form)
    worker.work_off(house)
    assert fresh(film).state == "ready"
    with clock.freeze(clock.now() + timedelta(hours=25)):
        worker.work_off(house)
    assert fresh(film) is None


def test_two_films_at_once_get_two_numbers(house, take, two_seconds):
    films = [take(two_seconds) for _ in range(3)]
    assert [film.number for film in films] == [1, 2, 3]
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Film)).all()) == 3
