from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.moments.conftest import add_film
from vbg import audit, ids
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn
from vbg.moments import actions, queries
from vbg.moments.forms import MomentIn
from vbg.moments.models import Act, Moment
from vbg.reasons import NotFoundError, ReasonError


def form(**fields):
    return MomentIn.model_validate({"start_ms": 1000} | fields)


def test_a_time_is_enough(mark, seen, world):
    moment = seen(mark().id)
    assert (moment.start_ms, moment.end_ms, moment.marks, moment.words, moment.version) == (1000, None, [], "", 1)
    assert moment.found_by == world.people["ann"].id


def test_it_leaves_an_act_and_a_line(house, mark, film):
    moment = mark(words="Pip wacht.")
    with house.database.unit(write=False) as session:
        act = session.scalars(select(Act).where(Act.film_id == film.id)).one()
        line = session.scalars(select(audit.AuditLine).where(audit.AuditLine.object_id == moment.id)).one()
    assert (act.seq, act.verb, act.before) == (1, "mark", {"removed": True})
    assert act.after["words"] == "Pip wacht."
    assert (line.event, line.family_id) == ("moments.mark", film.family_id)


def test_the_same_again_makes_no_twin(house, world, film):
    same = form(id=ids.new(), end_ms=2000, marks=[{"tag": "house/waits", "at_ms": 1500}])
    with house.database.unit() as session:
        first, fresh = actions.mark(session, world.viewer("ann"), film.id, same)
    with house.database.unit() as session:
        again, twice = actions.mark(session, world.viewer("ann"), film.id, same)
        assert session.scalar(select(func.count(Moment.id))) == 1
        assert session.scalar(select(func.count(Act.id))) == 1
    assert (fresh, twice, again.id) == (True, False, first.id)


def test_the_same_again_after_a_change_answers_with_what_stands(house, world, film, session):
    same, viewer = form(id=ids.new()), world.viewer("ann")
    moment, _ = actions.mark(session, viewer, film.id, same)
    actions.change(session, viewer, moment, actions.MomentPatch.of(words="nu met woorden"), 1)
    assert actions.mark(session, viewer, film.id, same)[0].words == "nu met woorden"


@pytest.mark.parametrize("other", [{"start_ms": 1001}, {"words": "anders"}, {"chosen": True}])
def test_another_thing_under_the_same_id_is_refused(session, world, film, other):
    one = ids.new()
    actions.mark(session, world.viewer("ann"), film.id, form(id=one))
    with pytest.raises(ReasonError, match="id_taken"):
        actions.mark(session, world.viewer("ann"), film.id, form(**({"id": one} | other)))


def test_the_same_id_on_another_film_is_refused(session, world, film):
    second = add_film(session, world, "merel", "ann", number=2)
    one = form(id=ids.new())
    actions.mark(session, world.viewer("ann"), film.id, one)
    with pytest.raises(ReasonError, match="id_taken"):
        actions.mark(session, world.viewer("ann"), second.id, one)


def test_a_goal_of_another_family_is_unknown(session, world, film):
    theirs, _ = goals.add(session, world.viewer("cas"), world.families["kievit"].id, GoalIn(text="van hen"))
    with pytest.raises(ReasonError) as refused:
        actions.mark(session, world.viewer("ann"), film.id, form(goals=[theirs.id]))
    assert (refused.value.code, refused.value.field) == ("unknown_goal", "goals")


def test_a_goal_shows_its_moments(session, world, film):
    viewer = world.viewer("ann")
    goal, _ = goals.add(session, viewer, film.family_id, GoalIn(text="We lachen samen."))
    moment, _ = actions.mark(session, viewer, film.id, form(goals=[goal.id, goal.id]))
    assert moment.goals == [str(goal.id)]
    assert [found.id for found in queries.of_goal(session, viewer, goal)] == [moment.id]


@pytest.mark.parametrize("state", ["received", "held", "preparing", "failed"])
def test_only_a_ready_film_takes_moments(session, world, state):
    unready = add_film(session, world, "merel", "ann", number=7, state=state)
    with pytest.raises(ReasonError, match="film_not_ready"):
        actions.mark(session, world.viewer("ann"), unready.id, form())


def test_a_film_whose_yes_is_not_there_takes_none(session, world, other_film):
    with pytest.raises(NotFoundError):
        actions.mark(session, world.viewer("cas"), other_film.id, form())


@pytest.mark.parametrize("who", ["cas", "dilan", "eve"])
def test_a_stranger_and_a_parent_find_no_film(session, world, film, who):
    with pytest.raises(NotFoundError):
        actions.mark(session, world.viewer(who), film.id, form())


def test_found_by_a_parent_of_the_family_or_not_at_all(session, world, film):
    viewer = world.viewer("ann")
    dilan, eve = world.people["dilan"].id, world.people["eve"].id
    assert actions.mark(session, viewer, film.id, form(found_by=str(dilan)))[0].found_by == dilan
    for nobody in (str(eve), "mama"):
        with pytest.raises(ReasonError, match="unknown_person"):
            actions.mark(session, viewer, film.id, form(found_by=nobody))


def test_what_the_room_saw_is_a_good_moment(session, world, film):
    moment = actions.found_in_room(session, world.viewer("ann"), film.id, 2000, "Dilan")
    assert (moment.start_ms, moment.end_ms, moment.found_in_room) == (0, 5000, "Dilan")
    assert moment.marks == [{"tag": "house/good", "at_ms": 2000}]
    assert moment.found_by is None
    late = actions.found_in_room(session, world.viewer("ann"), film.id, 60_000, "")
    assert (late.start_ms, late.end_ms) == (54_000, 60_000)
    with pytest.raises(ReasonError, match="mark_outside_film"):
        actions.found_in_room(session, world.viewer("ann"), film.id, 60_001, "")


def test_four_writers_lose_nothing(house, world, film):
    each, viewers = 25, [world.viewer(who) for who in ("ann", "bea", "ann", "bea")]

    def write(lane: int) -> None:
        for turn in range(each):
            with house.database.unit() as session:
                actions.mark(session, viewers[lane], film.id, form(start_ms=lane * 100 + turn))

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(4)))
    with house.database.unit(write=False) as session:
        seqs = session.scalars(select(Act.seq).order_by(Act.seq)).all()
        assert session.scalar(select(func.count(Moment.id))) == 4 * each
    assert list(seqs) == list(range(1, 4 * each + 1))


def test_one_post_by_four_at_once_makes_one_moment(house, world, film):
    same = form(id=ids.new())

    def write(_: int) -> bool:
        with house.database.unit() as session:
            return actions.mark(session, world.viewer("ann"), film.id, same)[1]

    with ThreadPoolExecutor(4) as writers:
        assert sorted(writers.map(write, range(4))) == [False, False, False, True]
