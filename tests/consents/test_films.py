"""A yes opens the films that waited; taking it back closes picture and moments at the next request."""

from datetime import timedelta

import pytest

from vbg import clock
from vbg.films.models import Film, Rendition
from vbg.films.rules import WITHDRAWN_DAYS


@pytest.fixture
def film(house, world):
    """A film of Kievit that was prepared before, now held; its picture is sealed in the store."""
    with house.database.unit() as session:
        made = Film(
            family_id=world.families["kievit"].id, number=1, by_id=world.people["cas"].id, state="held",
            duration_ms=9000, erase_at=clock.now() + timedelta(days=7),
        )  # fmt: skip
        session.add(made)
        session.flush()
        for kind, media_type in (("play", "video/mp4"), ("frames", "application/json"), ("poster", "image/jpeg")):
            source = house.settings.data / "some.bytes"
            source.write_bytes(kind.encode() * 1000)
            sealed = house.store.put(made.id, kind, 1, source)
            session.add(Rendition(film_id=made.id, kind=kind, media_type=media_type, size_bytes=sealed.size))
        return made


def state(cas, film):
    return cas.get(f"/api/v1/films/{film.id}").get_json()["state"]


def media(cas, film, what="media"):
    return cas.get(f"/api/v1/films/{film.id}/{what}").status_code


def test_nobody_looks_before_a_yes(cas, film):
    assert (state(cas, film), media(cas, film), media(cas, film, "poster")) == ("held", 404, 404)


def test_a_yes_opens_it_and_takes_away_its_end(cas, film, say, house):
    say("Eve", filming="yes")
    assert (state(cas, film), media(cas, film)) == ("ready", 206)
    with house.database.unit(write=False) as session:
        assert session.get_one(Film, film.id).erase_at is None


def test_a_later_or_another_yes_opens_nothing(cas, film, say):
    say("Eve", filming="later", review="yes", take_home="yes")
    assert (state(cas, film), media(cas, film)) == ("held", 404)


def test_taking_it_back_closes_all_at_the_next_request(cas, film, say, take_back, house):
    say("Eve", filming="yes")
    moment = cas.post(f"/api/v1/films/{film.id}/moments", json={"start_ms": 0, "words": "Noor lacht"})
    where = moment.headers["Location"]
    assert cas.get(where).status_code == 200
    take_back("Eve")
    assert (state(cas, film), media(cas, film), media(cas, film, "poster"), media(cas, film, "frames")) == (
        "held", 404, 404, 404,
    )  # fmt: skip
    assert cas.get(where).status_code == 404
    assert "Noor lacht" not in cas.get(f"/films/{film.id}").text
    with house.database.unit(write=False) as session:
        until = session.get_one(Film, film.id).erase_at - clock.now()
    assert timedelta(days=WITHDRAWN_DAYS - 1) < until <= timedelta(days=WITHDRAWN_DAYS)


def test_given_again_everything_is_back(cas, film, say, take_back):
    say("Eve", filming="yes")
    where = cas.post(f"/api/v1/films/{film.id}/moments", json={"start_ms": 0}).headers["Location"]
    take_back("Eve")
    say("Eve", filming="yes")
    assert (state(cas, film), media(cas, film), cas.get(where).status_code) == ("ready", 206, 200)


def test_a_no_of_the_other_parent_closes_too(cas, film, say):
    say("Eve", filming="yes")
    say("Bo", filming="no")
    assert (state(cas, film), media(cas, film)) == ("held", 404)


def test_a_held_film_says_what_to_do(cas, film, world):
    text = cas.get(f"/films/{film.id}").text
    assert f"/families/{world.families['kievit'].id}/consent" in text
