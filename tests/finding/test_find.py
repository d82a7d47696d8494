"""Finding over all films: each filter, the words, who sees what, and how much is asked of the database."""

import pytest
from sqlalchemy import delete, event, select

from tests.moments.conftest import add_film
from vbg import clock, ids
from vbg.consents.models import Consent
from vbg.finding import queries
from vbg.finding.forms import wish, wish_with_words
from vbg.moments import actions
from vbg.moments.forms import MomentIn, MomentPatch
from vbg.moments.models import Moment, MomentFind, MomentTag


@pytest.fixture
def two_films(house, world):
    """Two films of Merel with three moments, two by Ann and one by Bea."""
    older, newer = sorted((ids.new(), ids.new()))
    with house.database.unit() as session:
        play = add_film(session, world, "merel", "ann", 1, id=older, situation="free_play")
        meal = add_film(session, world, "merel", "ann", 2, id=newer, situation="meal")

        def mark(who, film, **fields):
            return actions.mark(session, world.viewer(who), film.id, MomentIn.model_validate(fields))[0].id

        return {
            "looks": mark("ann", play, start_ms=1000, marks=[{"tag": "house/looks", "at_ms": 1200}], words="Één ĳsje"),
            "plain": mark("bea", play, start_ms=5000, words="100% blij_"),
            "star": mark("ann", meal, start_ms=2000, chosen=True, words="Samen aan tafel"),
        }


def names(house, world, who, sent, words=False):
    made = (wish_with_words if words else wish)(sent)
    with house.database.unit(write=False) as session:
        return [one.id for one in queries.found(session, world.viewer(who), made)[0]]


def test_newest_film_first_and_in_film_order(house, world, two_films):
    assert names(house, world, "ann", {}) == [two_films["star"], two_films["looks"], two_films["plain"]]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"tag": "house/looks"}, ["looks"]),
        ({"began": "child"}, ["looks"]),
        ({"situation": "meal"}, ["star"]),
        ({"found_by": "me"}, ["star", "looks"]),
        ({"chosen": "yes"}, ["star"]),
        ({"found_by": "room"}, []),
        ({"fun": "yes"}, []),
        ({"tag": "house/unheard_of"}, []),
        ({"tag": "no label"}, ["star", "looks", "plain"]),
    ],
)
def test_one_filter(house, world, two_films, sent, expected):
    assert names(house, world, "ann", sent) == [two_films[one] for one in expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("EEN IJSJE", ["looks"]), ("één ijsje", ["looks"]), ("tafel samen", ["star"]), ("%", ["plain"]),
        ("_", ["plain"]), ("\\", []), ("\x00", ["star", "looks", "plain"]), ("blij", ["plain"]),
    ],
)  # fmt: skip
def test_words_without_case_or_accents_and_no_wildcards(house, world, two_films, words, expected):
    assert names(house, world, "ann", {"words": words}, words=True) == [two_films[one] for one in expected]


def test_words_in_an_address_are_not_read(house, world, two_films):
    assert wish({"words": "tafel"}).words == ""


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_a_stranger_and_a_parent_find_nothing(house, world, two_films, who):
    assert names(house, world, who, {}) == []


def test_a_family_of_somebody_else_finds_nothing(house, world, two_films):
    assert names(house, world, "ann", {"family": str(world.families["kievit"].id)}) == []


def test_what_is_in_the_trash_or_on_a_removed_film_is_not_found(house, world, two_films):
    with house.database.unit() as session:
        ann = world.viewer("ann")
        actions.remove(session, ann, session.get_one(Moment, two_films["looks"]), None)
        session.get_one(Moment, two_films["star"]).film.removed_at = clock.now()
    assert names(house, world, "ann", {}) == [two_films["plain"]]


def test_without_the_yes_of_the_family_nothing_is_found(house, world, two_films):
    with house.database.unit() as session:
        session.execute(delete(Consent))
    assert names(house, world, "ann", {}) == []


def test_a_change_and_its_undoing_change_what_is_found(house, world, two_films):
    with house.database.unit() as session:
        ann, moment = world.viewer("ann"), session.get_one(Moment, two_films["looks"])
        actions.change(session, ann, moment, MomentPatch(words="Appel", marks=[]), None)
    assert names(house, world, "ann", {"words": "appel"}, words=True) == [two_films["looks"]]
    assert names(house, world, "ann", {"tag": "house/looks"}) == []
    with house.database.unit() as session:
        actions.undo(session, world.viewer("ann"), session.get_one(Moment, two_films["looks"]).film_id)
    assert names(house, world, "ann", {"tag": "house/looks"}) == [two_films["looks"]]
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(MomentFind)).all()) == 3
        assert len(session.scalars(select(MomentTag)).all()) == 1


def test_pages_hold_everything_once_and_ask_the_same(house, world, two_films, monkeypatch):
    asked = []
    event.listen(house.database.engine, "before_cursor_execute", lambda *it: asked.append(it[2]))
    counts, seen, cursor = [], [], ""
    monkeypatch.setattr(queries, "PAGE", 1)
    with house.database.unit(write=False) as session:
        while True:
            asked.clear()
            rows, cursor = queries.found(session, world.viewer("ann"), wish({}), cursor)
            counts.append(len([one for one in asked if one.startswith("SELECT")]))
            seen += [one.id for one in rows]
            if not cursor:
                break
    assert seen == [two_films["star"], two_films["looks"], two_films["plain"]]
    assert len(set(counts)) == 1


HUGE = f"{ids.new()}_000000000001{'9' * 30}_{ids.new()}"


@pytest.mark.parametrize("cursor", ["", "x", "a_b_c", "_9_", "0_99999999999999_1", HUGE])
def test_a_cursor_that_cannot_be_read_begins_at_the_front(house, world, two_films, cursor):
    with house.database.unit(write=False) as session:
        assert len(queries.found(session, world.viewer("ann"), wish({}), cursor)[0]) == 3
