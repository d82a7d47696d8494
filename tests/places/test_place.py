"""Where Ann stopped is hers, on every machine, and nobody else's."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.moments.conftest import add_film
from tests.people import World
from vbg.films.models import Film
from vbg.house import House


@pytest.fixture
def film(house: House, world: World) -> Film:
    with house.database.unit() as session:
        return add_film(session, world, "merel", "ann")


def place(**kept: object) -> dict[str, object]:
    """What is known of a place, the rest as it is at first."""
    return {"at_ms": 0, "seen": False, "whole": False, "hints": False, "stand": "label", "tag_set": ""} | kept


def at(client: FlaskClient, film: Film) -> object:
    return client.get(f"/api/v1/films/{film.id}/place").get_json()


def keep(client: FlaskClient, film: Film, **fields: object) -> int:
    return client.put(f"/api/v1/films/{film.id}/place", json=fields).status_code


def test_another_machine_opens_where_she_stopped(client_for: Callable[[str], FlaskClient], film: Film):
    desk, home = client_for("ann"), client_for("ann")
    assert at(desk, film) == place(at_ms=0, seen=False, stand="label")
    assert keep(desk, film, at_ms=8020, seen=True, stand="watch") == 200
    assert at(home, film) == place(at_ms=8020, seen=True, stand="watch")
    page = home.get(f"/films/{film.id}/workspace").get_data(as_text=True)
    assert 'data-at-ms="8020" data-seen="true" data-kept-stand="watch"' in page


def test_what_is_not_sent_stays(client_for: Callable[[str], FlaskClient], film: Film):
    ann = client_for("ann")
    keep(ann, film, at_ms=8020, seen=True)
    keep(ann, film, stand="watch")
    keep(ann, film)
    assert at(ann, film) == place(at_ms=8020, seen=True, stand="watch")


def test_the_stand_goes_along_to_another_film(
    client_for: Callable[[str], FlaskClient], film: Film, house: House, world: World
):
    with house.database.unit() as session:
        second = add_film(session, world, "merel", "ann", number=2)
    ann = client_for("ann")
    keep(ann, film, at_ms=8020, seen=True, stand="watch")
    assert at(ann, second) == place(at_ms=0, seen=False, stand="watch")


def test_a_colleague_has_a_place_of_her_own(client_for: Callable[[str], FlaskClient], film: Film):
    ann, bea = client_for("ann"), client_for("bea")
    keep(ann, film, at_ms=8020, seen=True, stand="watch")
    assert at(bea, film) == place(at_ms=0, seen=False, stand="label")
    keep(bea, film, at_ms=500)
    assert at(ann, film) == place(at_ms=8020, seen=True, stand="watch")


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_a_stranger_has_none(client_for: Callable[[str], FlaskClient], film: Film, who: str):
    stranger = client_for(who)
    assert stranger.get(f"/api/v1/films/{film.id}/place").status_code == 404
    assert keep(stranger, film, at_ms=1) == 404


def test_it_never_lies_outside_the_film(client_for: Callable[[str], FlaskClient], film: Film):
    ann = client_for("ann")
    assert keep(ann, film, at_ms=2**31 - 1) == 200
    assert at(ann, film) == place(at_ms=film.duration_ms, seen=False, stand="label")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at_ms", -1), ("at_ms", 2**31), ("at_ms", 1.5), ("at_ms", None), ("seen", 1), ("whole", "yes"),
        ("hints", None), ("stand", "edit"), ("who", "ann"),
    ],
)  # fmt: skip
def test_bad_input_names_its_field(client_for: Callable[[str], FlaskClient], film: Film, field: str, value: object):
    answer = client_for("ann").put(f"/api/v1/films/{film.id}/place", json={field: value})
    assert answer.status_code == 422
    assert set(answer.get_json(force=True)["errors"]) == {field}


def test_hints_are_offered_once_she_played_the_film_to_its_end(client_for: Callable[[str], FlaskClient], film: Film):
    ann, bea = client_for("ann"), client_for("bea")

    def button(client: FlaskClient) -> str:
        page = client.get(f"/films/{film.id}/workspace").get_data(as_text=True)
        return page.partition("<film-hints")[2].partition("<button")[2].partition(">")[0]

    assert " hidden" in button(ann)
    keep(ann, film, seen=True, hints=True, at_ms=film.duration_ms)
    assert at(ann, film) == place(at_ms=film.duration_ms, seen=True)
    assert " hidden" in button(ann)
    keep(ann, film, whole=True)
    assert at(ann, film) == place(at_ms=film.duration_ms, seen=True, whole=True, hints=True)
    assert " hidden" not in button(ann)
    assert 'aria-pressed="true"' in button(ann)
    assert " hidden" in button(bea)
