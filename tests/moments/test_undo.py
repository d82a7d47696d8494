import contextlib
import random

import pytest
from sqlalchemy import select

from vbg.moments import actions, history, queries
from vbg.moments.forms import MomentPatch
from vbg.moments.models import Act, Moment
from vbg.reasons import NotFoundError


@pytest.fixture
def hand(house, world, film):
    """One person's hand on the film: `hand("ann").undo()`, each press in a unit of its own."""

    class Hand:
        def __init__(self, who):
            self.viewer = world.viewer(who)

        def change(self, moment, **fields):
            with house.database.unit() as session:
                stands = queries.one(session, self.viewer, moment.id)
                return actions.change(session, self.viewer, stands, MomentPatch.of(**fields), None)

        def remove(self, moment):
            with house.database.unit() as session:
                actions.remove(session, self.viewer, queries.one(session, self.viewer, moment.id), None)

        def undo(self):
            with house.database.unit() as session:
                return actions.undo(session, self.viewer, film.id)

        def redo(self):
            with house.database.unit() as session:
                return actions.redo(session, self.viewer, film.id)

    return Hand


def test_there_is_nothing_to_undo_at_first(hand):
    assert hand("ann").undo() is None
    assert hand("ann").redo() is None


def test_back_to_nothing_and_forth_again(hand, mark, seen):
    ann, moment = hand("ann"), mark(words="a")
    ann.change(moment, words="b")
    ann.change(moment, words="c")
    for words in ("b", "a"):
        assert ann.undo()[1].words == words
    assert ann.undo()[1].removed
    with pytest.raises(NotFoundError):
        seen(moment.id)
    assert ann.undo() is None
    assert [ann.redo()[1].words for _ in range(3)] == ["a", "b", "c"]
    assert ann.redo() is None
    assert seen(moment.id).words == "c"
    assert ann.undo()[1].words == "b"


def test_versions_only_rise(hand, mark, seen):
    ann, moment = hand("ann"), mark()
    ann.change(moment, words="b")
    versions = [ann.undo()[1].version, ann.redo()[1].version, ann.undo()[1].version]
    assert versions == [3, 4, 5]


def test_a_new_act_ends_what_could_be_redone(hand, mark):
    ann, moment = hand("ann"), mark(words="a")
    ann.change(moment, words="b")
    ann.undo()
    ann.change(moment, words="c")
    assert ann.redo() is None
    assert ann.undo()[1].words == "a"
    assert ann.redo()[1].words == "c"


def test_a_removed_moment_comes_back_whole(hand, mark, seen):
    ann = hand("ann")
    moment = mark(end_ms=3000, words="blijf", marks=[{"tag": "house/waits", "at_ms": 2000}])
    ann.remove(moment)
    ann.undo()
    back = seen(moment.id)
    assert (back.words, back.end_ms, back.marks) == ("blijf", 3000, moment.marks)


def test_each_undoes_their_own(hand, mark, seen):
    moment, other = mark("ann", words="a"), mark("bea", words="x")
    hand("ann").change(moment, words="b")
    hand("bea").change(other, words="y")
    assert hand("ann").undo()[1].id == moment.id
    assert (seen(moment.id).words, seen(other.id).words) == ("a", "y")


def test_other_fields_of_one_moment_do_not_stand_in_the_way(hand, mark, seen):
    moment = mark("ann", end_ms=5000)
    hand("ann").change(moment, start_ms=1500)
    hand("bea").change(moment, words="van Bea")
    hand("ann").undo()
    assert (seen(moment.id).start_ms, seen(moment.id).words) == (1000, "van Bea")


def test_what_another_changed_since_is_not_undone(hand, mark, seen):
    moment = mark("ann", words="a")
    hand("ann").change(moment, words="b")
    hand("bea").change(moment, words="van Bea")
    with pytest.raises(actions.ChangedSinceError) as since:
        hand("ann").undo()
    assert since.value.moment.words == "van Bea"
    assert since.value.act.before == {"words": "a"}
    assert seen(moment.id).words == "van Bea"
    hand("bea").undo()
    assert hand("ann").undo()[1].words == "a"


def test_another_persons_words_are_not_thrown_away_with_the_moment(hand, mark, seen):
    moment = mark("ann")
    hand("bea").change(moment, words="van Bea")
    with pytest.raises(actions.ChangedSinceError):
        hand("ann").undo()
    assert seen(moment.id).words == "van Bea"


def test_history_is_append_only_and_names_what_it_undoes(hand, house, mark, film):
    ann, moment = hand("ann"), mark(words="a")
    ann.change(moment, words="b")
    ann.undo()
    ann.redo()
    with house.database.unit(write=False) as session:
        acts = session.scalars(select(Act).order_by(Act.seq)).all()
    assert [act.verb for act in acts] == ["mark", "change", "undo", "redo"]
    assert (acts[2].undoes, acts[3].undoes) == (acts[1].id, acts[2].id)
    assert (acts[2].before, acts[2].after) == ({"words": "b"}, {"words": "a"})


@pytest.mark.parametrize("seed", range(6))
def test_undoing_all_and_redoing_all_ends_where_it_was(walker, seed):
    """Any walk of acts: undo to the beginning, redo to the end, the same moments stand."""
    ann, mark, state = walker
    dice, made = random.Random(seed), []
    for step in range(25):
        press = dice.choice(["mark", "change", "remove", "undo", "redo"])
        if press == "mark" or not made:
            made.append(mark(words=str(step)))
        elif press in ("undo", "redo"):
            getattr(ann, press)()
        else:
            _try(getattr(ann, press), dice.choice(made), step, press)
    mark(words="a fresh act: nothing waits to be redone")
    before = state()
    while ann.undo():
        pass
    assert state() == {}
    while ann.redo():
        pass
    assert state() == before


def _try(press, moment, step, verb):
    with contextlib.suppress(NotFoundError):
        press(moment, words=str(step)) if verb == "change" else press(moment)


@pytest.fixture
def walker(hand, mark, house, film):
    def state():
        with house.database.unit(write=False) as session:
            rows = session.scalars(select(Moment).where(Moment.removed.is_(False)))
            return {row.id: history.snapshot(row) for row in rows}

    return hand("ann"), mark, state
