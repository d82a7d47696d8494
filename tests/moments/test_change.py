import pytest
from sqlalchemy import select

from vbg.consents import actions as consents
from vbg.films import queries as films
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn
from vbg.moments import actions, queries
from vbg.moments.forms import MomentPatch
from vbg.moments.models import Act, MomentGoal
from vbg.reasons import NotFoundError, ReasonError, StaleError


@pytest.fixture
def change(house, world, seen):
    def make(moment, version, who="ann", **fields):
        with house.database.unit() as session:
            stands = queries.one(session, world.viewer(who), moment.id)
            return actions.change(session, world.viewer(who), stands, MomentPatch.of(**fields), version)

    return make


def test_only_what_was_sent_changes(change, mark, seen, house):
    moment = mark(end_ms=4000, words="eerst")
    change(moment, 1, words="dan", start_ms=500)
    now = seen(moment.id)
    assert (now.start_ms, now.end_ms, now.words, now.version) == (500, 4000, "dan", 2)
    with house.database.unit(write=False) as session:
        act = session.scalars(select(Act).order_by(Act.seq.desc()).limit(1)).one()
    assert (act.before, act.after) == ({"words": "eerst", "start_ms": 1000}, {"words": "dan", "start_ms": 500})


def test_words_are_kept_byte_for_byte(change, mark, seen):
    words = "  Zo is Pip.\n\u00a0e\u0301 \U0001f600 \u202b \n"
    moment = mark()
    change(moment, 1, words=words)
    assert seen(moment.id).words == words


def test_short_words_are_an_act_that_goes_back_and_forth(change, mark, seen, house, world):
    moment = mark(child_says="kijk mama")
    change(
        moment, 1, when_words="Als Pip iets laat zien", what_words="Ik kijk mee", for_words="Hij voelt: mama ziet mij"
    )
    change(moment, 2, child_says="voor jou")
    with house.database.unit() as session:
        actions.undo(session, world.viewer("ann"), moment.film_id)
    assert seen(moment.id).child_says == "kijk mama"
    with house.database.unit() as session:
        actions.undo(session, world.viewer("ann"), moment.film_id)
    now = seen(moment.id)
    assert (now.when_words, now.what_words, now.for_words, now.child_says) == ("", "", "", "kijk mama")
    with house.database.unit() as session:
        actions.redo(session, world.viewer("ann"), moment.film_id)
    assert seen(moment.id).for_words == "Hij voelt: mama ziet mij"


def test_other_words_for_the_child_are_nobodys_until_somebody_approves_them(change, mark, seen, house, world):
    moment = mark(child_says="kijk mama")
    assert moment.child_says_shown == ""
    change(moment, 1, child_says_by="Dilan")
    assert seen(moment.id).child_says_shown == "kijk mama"
    change(moment, 2, child_says="voor jou")
    assert (seen(moment.id).child_says_by, seen(moment.id).child_says_shown) == ("", "")
    with house.database.unit() as session:
        actions.undo(session, world.viewer("ann"), moment.film_id)
    assert seen(moment.id).child_says_shown == "kijk mama", "the words and the yes to them come back together"
    for who in ("Pip", "iemand"):
        with pytest.raises(ReasonError, match="unknown_person"):
            change(moment, 4, child_says_by=who)


def test_a_photo_is_an_act_and_waits_while_the_edges_leave_it_out(change, mark, seen, house, world):
    moment = mark(end_ms=4000, chosen=True)
    assert moment.still_ms == 1000
    change(moment, 1, photo_ms=2500)
    assert seen(moment.id).still_ms == 2500
    with house.database.unit(write=False) as session:
        assert {one.kind for one in films.wanted_stills(session, moment.film_id)} == {"still-1000", "still-2500"}
    change(moment, 2, start_ms=3000)
    assert (seen(moment.id).photo_ms, seen(moment.id).still_ms) == (2500, 3000)
    change(moment, 3, start_ms=2000, words="nog iets")
    assert seen(moment.id).still_ms == 2500, "back in reach"
    change(moment, 4, photo_ms=None)
    assert seen(moment.id).still_ms == 2000
    with house.database.unit() as session:
        actions.undo(session, world.viewer("ann"), moment.film_id)
    assert seen(moment.id).still_ms == 2500


@pytest.mark.parametrize(("end_ms", "photo_ms", "fits"), [
    (4000, 1000, True), (4000, 3999, True), (4000, 4000, False), (4000, 999, False),
    (None, 1000, True), (None, 2999, True), (None, 3000, False), (None, 0, True),
])  # fmt: skip
def test_a_photo_is_a_frame_of_its_moment(change, mark, end_ms, photo_ms, fits):
    moment = mark(end_ms=end_ms)
    if fits:
        assert change(moment, 1, photo_ms=photo_ms).still_ms == photo_ms
    else:
        with pytest.raises(ReasonError, match="photo_outside_moment"):
            change(moment, 1, photo_ms=photo_ms)


def test_no_moment_is_lost_over_a_photo_taken_before_its_edges_moved(change, mark):
    """Acts that waited for a line arrive as one: a photo, then the edges past it."""
    late = mark(start_ms=5000, end_ms=9000, photo_ms=2000)
    assert (late.photo_ms, late.still_ms) == (2000, 5000)
    assert change(late, 1, photo_ms=9500, end_ms=8000).still_ms == 5000
    with pytest.raises(ReasonError, match="outside_film"):
        change(late, 2, photo_ms=60_000, end_ms=7000)


def test_the_same_again_is_no_act(change, mark, seen, house):
    moment = mark(words="zo")
    change(moment, 1, words="zo")
    assert seen(moment.id).version == 1
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Act)).all()) == 1


def test_a_stale_version_is_told_what_stands(change, mark):
    moment = mark(words="eerst")
    change(moment, 1, who="bea", words="van Bea")
    with pytest.raises(StaleError) as stale:
        change(moment, 1, words="van Ann")
    assert stale.value.current["words"] == "van Bea"
    assert stale.value.current["version"] == 2


def test_who_began_is_overruled_and_given_back(change, mark, seen):
    moment = mark(marks=[{"tag": "house/shows", "at_ms": 1000}])
    change(moment, 1, who_began="parent")
    assert seen(moment.id).who_began_set == "parent"
    change(moment, 2, who_began=None)
    assert seen(moment.id).who_began_set is None


def test_a_span_is_checked_with_the_side_that_stays(change, mark):
    moment = mark(start_ms=1000, end_ms=2000)
    with pytest.raises(ReasonError, match="end_before_start"):
        change(moment, 1, start_ms=2000)
    with pytest.raises(ReasonError, match="outside_film"):
        change(moment, 1, end_ms=60_001)
    assert change(moment, 1, end_ms=None).end_ms is None


def test_the_links_to_goals_keep_step(house, world, change, mark, film):
    with house.database.unit() as session:
        viewer = world.viewer("ann")
        one, two = (goals.add(session, viewer, film.family_id, GoalIn(text=text))[0] for text in "ab")
    moment = mark(goals=[str(one.id)])
    change(moment, 1, goals=[str(two.id)])
    with house.database.unit() as session:
        assert session.scalars(select(MomentGoal.goal_id)).all() == [two.id]
        actions.undo(session, world.viewer("ann"), film.id)
        assert session.scalars(select(MomentGoal.goal_id)).all() == [one.id]


def test_a_removed_moment_is_gone_for_all(house, world, mark, seen, change):
    moment = mark()
    with house.database.unit() as session:
        actions.remove(session, world.viewer("bea"), queries.one(session, world.viewer("bea"), moment.id), 1)
    for who in ("ann", "bea"):
        with pytest.raises(NotFoundError):
            seen(moment.id, who)


def test_removing_a_stale_moment_loses_nothing(house, world, mark, seen, change):
    moment = mark()
    change(moment, 1, who="bea", words="van Bea")
    with house.database.unit() as session, pytest.raises(StaleError):
        actions.remove(session, world.viewer("ann"), queries.one(session, world.viewer("ann"), moment.id), 1)
    assert seen(moment.id).words == "van Bea"


def test_withdrawal_hides_moments_at_once(house, world, film, mark, seen, change):
    moment = mark(chosen=True)
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    with pytest.raises(NotFoundError):
        seen(moment.id)
    with house.database.unit(write=False) as session:
        assert queries.chosen_of_family(session, world.viewer("ann"), film.family_id) == []
        with pytest.raises(NotFoundError):
            queries.chosen_of_film(session, world.viewer("ann"), film.id)


def test_a_note_is_kept_and_is_an_act(house, world, mark, film):
    moment = mark()
    for text in ("eerst", "dan"):
        with house.database.unit() as session:
            stands = queries.one(session, world.viewer("bea"), moment.id)
            actions.write_note(session, world.viewer("bea"), stands, text)
    with house.database.unit(write=False) as session:
        assert queries.note_of(session, world.viewer("ann"), moment.id) == "dan"
        assert len(queries.acts_after(session, film.id, 0)) == 3
