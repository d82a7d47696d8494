"""A film holds several situations one after another: said at a time, undone, told to who works along, kept apart."""

import pytest
from sqlalchemy import select

from tests.moments.conftest import MINUTE
from vbg.films import actions as films
from vbg.finding import queries as finding
from vbg.finding.forms import wish
from vbg.moments import bands
from vbg.moments.models import SituationBand

EATING = {"at_ms": 20_000, "situation": "meal"}


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def say(ann, film):
    """`say(20_000, "meal")`: from here on, said by Ann."""

    def put(at_ms, situation, client=ann):
        return client.patch(f"/api/v1/films/{film.id}/situations", json={"at_ms": at_ms, "situation": situation})

    return put


def test_from_here_they_eat_and_then_they_tidy_up(ann, say, film):
    assert ann.get(f"/api/v1/films/{film.id}/situations").get_json()["items"] == []
    say(40_000, "other")
    assert say(20_000, "meal").get_json()["items"] == [EATING, {"at_ms": 40_000, "situation": "other"}]
    assert say(40_000, None).get_json()["items"] == [EATING]


@pytest.mark.parametrize(("at_ms", "situation", "field"), [
    (MINUTE, "meal", "at_ms"), (2**31, "meal", "at_ms"), (0, "eten", "situation"), (0, "", "situation"),
    (0, 7, "situation"), (-1, "meal", "at_ms"), (1.5, "meal", "at_ms"),
])  # fmt: skip
def test_what_cannot_be_is_told_by_the_field(say, at_ms, situation, field):
    answer = say(at_ms, situation)
    assert (answer.status_code, set(answer.get_json()["errors"])) == (422, {field})


def test_a_film_bears_no_more_than_a_hundred_and_each_can_still_go(say, house, film):
    with house.database.unit() as session:
        session.add_all(SituationBand(film_id=film.id, at_ms=at, situation="meal") for at in range(bands.MOST))
    assert say(5000, "care").status_code == 422
    assert len(say(7, None).get_json()["items"]) == bands.MOST - 1


def test_it_is_an_act_of_the_film_and_goes_back_and_forth(ann, say, film, mark):
    mark()
    say(20_000, "free_play")
    say(20_000, "meal")
    say(20_000, "meal")
    url = f"/api/v1/films/{film.id}"
    back = ann.post(f"{url}/undo").get_json()
    assert back["situations"] == [{"at_ms": 20_000, "situation": "free_play"}]
    assert (back["did"]["what"], back["did"]["situation"], back["did"]["start_ms"]) == ("situation", "meal", 20_000)
    assert ann.post(f"{url}/undo").get_json()["situations"] == []
    assert "situations" not in ann.post(f"{url}/undo").get_json(), "that was the moment"
    ann.post(f"{url}/redo")
    assert ann.post(f"{url}/redo").get_json()["situations"] == [{"at_ms": 20_000, "situation": "free_play"}]
    told = [one["what"] for one in ann.get(f"{url}/history").get_json()["items"]]
    assert told == ["situation", "mark", "mark", "situation", "situation", "situation", "situation", "mark"]


def test_another_hears_of_it_and_what_she_changed_is_not_undone(ann, client_for, say, film):
    say(20_000, "meal")
    bea, url = client_for("bea"), f"/api/v1/films/{film.id}"
    assert bea.get(f"{url}/acts?after_seq=0").get_json()["situations"] == [EATING]
    say(20_000, "care", bea)
    clash = ann.post(f"{url}/undo")
    assert (clash.status_code, clash.get_json()["current"]) == (409, {"at_ms": 20_000, "situation": "care"})


def test_a_stranger_neither_sees_nor_says_it(client_for, say, film):
    for who in ("cas", "dilan"):
        assert say(0, "meal", client_for(who)).status_code == 404
        assert client_for(who).get(f"/api/v1/films/{film.id}/situations").status_code == 404


def test_a_moment_is_found_by_what_they_did_as_it_began(house, world, film, mark, say):
    with house.database.unit() as session:
        session.merge(film).situation = "free_play"
    early, at_table, later = (mark(start_ms=at, end_ms=at + 5000).id for at in (19_000, 20_000, 50_000))
    say(20_000, "meal")
    say(40_000, "free_play")

    def found(situation):
        with house.database.unit(write=False) as session:
            return [one.id for one in finding.found(session, world.viewer("ann"), wish({"situation": situation}))[0]]

    assert (found("meal"), found("free_play"), found("care")) == ([at_table], [early, later], [])


def test_bands_go_with_their_film(house, world, film, say):
    say(20_000, "meal")
    with house.database.unit() as session:
        films.remove(session, world.viewer("ann"), session.merge(film))
        session.delete(session.merge(film))
        session.flush()
        assert session.scalars(select(SituationBand)).all() == []
