"""`vbg import`: all or nothing, nothing twice, by line what will not do."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.people import World
from vbg import ids
from vbg.exchange import arrival, csv_table, departure, vbg_json, webvtt
from vbg.exchange.rows import LineError, Row
from vbg.goals.models import Goal
from vbg.moments import actions
from vbg.moments.forms import MomentPatch
from vbg.moments.models import Moment
from vbg.reasons import ReasonError

WRITERS = {"json": lambda rows, film: vbg_json.write(rows, film.id), "vtt": lambda rows, film: webvtt.write(rows, "x"),
           "csv": lambda rows, film: csv_table.write(rows)}  # fmt: skip
ROWS = [
    Row(1000, 5000, ids.new(), "Pip kijkt.\n\nEn lacht.", (("house/looks", 1500),), (), "child", True),
    Row(20_000, None, ids.new(), "=punt"),
]


@pytest.fixture
def bring(house, world, tmp_path):
    def run(film, text, name="moments.json", who="ann"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return arrival.take(house, world.viewer(who), film.id, tmp_path / name)

    return run


def rows_of(house, film):
    with house.database.unit(write=False) as session:
        return departure.rows(session, film.id)


def count(house):
    with house.database.unit(write=False) as session:
        return session.scalar(select(func.count()).select_from(Moment))


@pytest.mark.parametrize("kind", WRITERS)
def test_what_was_written_comes_in_and_comes_in_once(house, film, bring, kind):
    text = WRITERS[kind](ROWS, film)
    assert bring(film, text, f"a.{kind}") == arrival.Taken(2, 0)
    assert rows_of(house, film) == ROWS
    assert bring(film, text, f"a.{kind}") == arrival.Taken(0, 2)
    assert rows_of(house, film) == ROWS
    assert WRITERS[kind](rows_of(house, film), film) == text


def test_a_file_without_ids_brings_nothing_twice_either(house, film, bring):
    told = "start_ms,end_ms,words\n1000,2000,a\n1000,2000,a\n3000,,b\n"
    assert bring(film, told, "a.csv") == arrival.Taken(3, 0)
    assert bring(film, told, "a.csv") == arrival.Taken(0, 3)
    assert count(house) == 3


def test_what_was_changed_or_thrown_away_since_stays_so(house, world: World, film, bring):
    text = vbg_json.write(ROWS, film.id)
    bring(film, text)
    with house.database.unit() as session:
        first, second = session.scalars(select(Moment).order_by(Moment.start_ms))
        actions.change(session, world.viewer("bea"), first, MomentPatch.of(words="Bea's woorden"), None)
        actions.remove(session, world.viewer("bea"), second, None)
    assert bring(film, text) == arrival.Taken(0, 2)
    assert [one.words for one in rows_of(house, film)] == ["Bea's woorden"]


def test_goals_of_the_family_are_linked_and_others_refused(house, world, film, bring):
    with house.database.unit() as session:
        goal = Goal(family_id=world.families["merel"].id, text="We lachen samen.")
        theirs = Goal(family_id=world.families["kievit"].id, text="Van een ander.")
        session.add_all([goal, theirs])
    row = replace(ROWS[0], goals=(str(goal.id),))
    bring(film, vbg_json.write([row], film.id))
    assert rows_of(house, film) == [row]
    refused(bring, film, [ROWS[1], replace(ROWS[0], id=ids.new(), goals=(str(theirs.id),))], 3, "unknown_goal")


def refused(bring, film, rows, line, code):
    with pytest.raises(LineError) as caught:
        bring(film, vbg_json.write(rows, film.id))
    assert (caught.value.line, caught.value.code) == (line, code)
    return caught.value


@pytest.mark.parametrize(("change", "code"), [
    ({"marks": (("house/dances", 1500),)}, "unknown_tag"), ({"marks": (("house/looks", 61_000),)}, "mark_outside_film"),
    ({"start_ms": 60_000}, "outside_film"), ({"end_ms": 60_001}, "outside_film"), ({"end_ms": 900}, "end_before_start"),
    ({"start_ms": -1}, "outside_film"), ({"start_ms": 1.5}, "not_a_number"), ({"start_ms": True}, "not_a_number"),
    ({"words": "x" * 4001}, "too_long_words"), ({"words": "\x00"}, "bad_text"), ({"words": "\ud800"}, "bad_text"),
    ({"who_began": "oma"}, "not_a_choice"), ({"chosen": "ja"}, "unclear"), ({"words": 7}, "not_text"),
    ({"goals": ("niets",)}, "not_an_id"), ({"id": ROWS[0].id}, "id_taken"),
])  # fmt: skip
def test_one_wrong_line_is_named_and_nothing_is_kept(house, film, bring, change, code):
    import json

    row = replace(ROWS[1], **({"id": ids.new(), "end_ms": None} | change))
    text = vbg_json.write([ROWS[0]], film.id)
    plain = {**vbg_json._plain(row)}
    text = text.replace("\n]}", f",\n{json.dumps(plain)}\n]}}")
    with pytest.raises(LineError) as caught:
        bring(film, text)
    assert (caught.value.line, caught.value.code) == (3, code)
    assert count(house) == 0


def test_an_id_of_another_familys_moment_is_refused_and_that_one_stays(house, world, film, other_film, bring):
    with house.database.unit() as session:
        theirs = Moment(film_id=other_film.id, start_ms=1, words="van Kievit")
        session.add(theirs)
    refused(bring, film, [ROWS[0], replace(ROWS[1], id=theirs.id)], 3, "id_taken")
    assert [one.words for one in rows_of(house, other_film)] == ["van Kievit"]


def test_only_onto_a_film_one_may_see_and_that_plays(house, world, film, other_film, bring):
    text = vbg_json.write(ROWS, film.id)
    for run in (
        lambda: bring(film, text, who="cas"),
        lambda: bring(other_film, text),
        lambda: bring(film, text, who="dilan"),
    ):
        with pytest.raises(ReasonError) as caught:
            run()
        assert caught.value.code == "not_found"
    with house.database.unit() as session:
        session.get_one(type(film), film.id).state = "preparing"
    with pytest.raises(ReasonError) as caught:
        bring(film, text)
    assert caught.value.code == "film_not_ready"
    assert count(house) == 0


def test_a_file_that_is_none_is_said(film, bring):
    for name, text, code in (
        ("a.eaf", "x", "import_format"), ("a.json", b"\xff\xfe{}", "import_not_text"),
        ("a.vtt", b"\x00\xd8", "import_not_text"),
    ):  # fmt: skip
        with pytest.raises(ReasonError) as caught:
            bring(film, text, name)
        assert caught.value.code == code


def test_a_thousand_moments_come_in_and_each_is_in_the_history(house, world, film, bring):
    rows = [Row(number * 50, number * 50 + 900, ids.new(), f"woord {number}") for number in range(1000)]
    assert bring(film, vbg_json.write(rows, film.id)).new == 1000
    assert len(rows_of(house, film)) == 1000
    with house.database.unit() as session:
        act, moment = actions.undo(session, world.viewer("ann"), film.id)
        assert (act.verb, moment.removed) == ("undo", True)
