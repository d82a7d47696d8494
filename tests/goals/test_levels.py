"""Goal levels (GAS): the published vectors, weights, and what a practice that works without them sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from vbg.goals import rules
from vbg.goals.models import Goal, GoalLevel

VECTORS = (
    ([(1, 1)], 60.00), ([(1, -2)], 30.00),
    ([(1, 0)] * 3, 50.00), ([(1, 1)] * 3, 63.69), ([(1, 2)] * 3, 77.39), ([(1, -1)] * 3, 36.31),
    ([(3, 1), (2, 0), (1, -1)], 54.41), ([(2, 1), (2, 0)], 56.20),
)  # fmt: skip
SEEN = st.lists(st.tuples(st.integers(1, 10), st.integers(-2, 2)), min_size=1, max_size=6)


@pytest.mark.parametrize(("levels", "t"), VECTORS)
def test_t_as_published(levels, t):
    assert rules.t_score(levels) == pytest.approx(t, abs=0.005)


def test_no_goal_has_no_t():
    assert rules.t_score([]) is None


@given(SEEN, st.integers(2, 5))
def test_only_the_proportion_of_weights_counts(levels, times):
    assert rules.t_score([(weight * times, level) for weight, level in levels]) == pytest.approx(rules.t_score(levels))


@given(SEEN)
def test_all_turned_round_lies_as_far_on_the_other_side_of_50(levels):
    turned = rules.t_score([(weight, -level) for weight, level in levels])
    assert turned == pytest.approx(100 - rules.t_score(levels))


@given(SEEN, st.data())
def test_one_level_up_is_never_less_and_order_says_nothing(levels, data):
    index = data.draw(st.integers(0, len(levels) - 1))
    weight, level = levels[index]
    higher = [*levels[:index], (weight, level + 1), *levels[index + 1 :]]
    assert rules.t_score(higher) > rules.t_score(levels)
    assert rules.t_score(data.draw(st.permutations(levels))) == pytest.approx(rules.t_score(levels))


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def goal(ann, world):
    made = ann.post(f"/families/{world.families['merel'].id}/goals", data={"text": "We lachen samen."})
    return made.headers["Location"]


def test_levels_are_off_until_a_practice_switches_them_on(ann, goal):
    page = ann.get(goal).get_data(as_text=True)
    assert "zonder doelniveaus" in page
    assert "T =" not in page
    assert ann.post("/goal-levels", data={"goal": goal.rsplit("/", 1)[-1]}).headers["Location"] == goal
    assert "nog geen niveaus" in ann.get(goal).get_data(as_text=True)
    ann.post("/goal-levels/end")
    assert "zonder doelniveaus" in ann.get(goal).get_data(as_text=True)


def test_from_the_texts_to_a_level_and_its_t(ann, goal, house):
    ann.post("/goal-levels")
    texts = {"much_less": "Zelden", "expected": "3 van de 5 maaltijden", "more": "4 van de 5", "weight": "2"}
    assert ann.post(f"{goal}/scale", data=texts | {"start_level": "-2"}).status_code == 302
    assert ann.post(f"{goal}/levels", data={"value": "1"}).status_code == 302
    page = ann.get(goal).get_data(as_text=True)
    assert "T = 60,0" in page
    assert "vergelijkt geen gezinnen" in page
    with house.database.unit(write=False) as session:
        assert [(one.value, one.removed) for one in session.scalars(select(GoalLevel))] == [(1, False)]
        kept = session.scalars(select(Goal)).one()
    assert (kept.level_texts, kept.start_level, kept.weight) == (
        ["Zelden", "", "3 van de 5 maaltijden", "4 van de 5", ""],
        -2,
        2,
    )


@pytest.mark.parametrize(
    "wrong", [{"weight": "0"}, {"weight": "11"}, {"weight": "veel"}, {"start_level": "0"}, {"start_level": "x"},
              {"expected": "x" * 501}],
)  # fmt: skip
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_kept(ann, goal, house, wrong):
    ann.post("/goal-levels")
    answer = ann.post(f"{goal}/scale", data={"less": "blijft staan"} | wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "blijft staan" in page
    assert f"f-{next(iter(wrong))}-error" in page
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Goal)).one().level_texts == []


@pytest.mark.parametrize("value", ["3", "-3", "", "één", "٣", "1e1", "--1", "+-1", "1 0", "9" * 400])
def test_a_level_or_rung_that_is_none_is_refused(ann, goal, house, value):
    ann.post("/goal-levels")
    answer = ann.post(f"{goal}/levels", data={"value": value})
    assert (answer.status_code, "Kies een niveau van -2 tot +2." in answer.get_data(as_text=True)) == (422, True)
    answer = ann.post(f"{goal}/rungs", data={"value": value if value != "3" else "11"})
    assert (answer.status_code, "Kies een trede van 0 tot 10." in answer.get_data(as_text=True)) == (422, True)
    with house.database.unit(write=False) as session:
        assert session.scalars(select(GoalLevel)).all() == []


def test_nobody_else_sees_or_moves_it(ann, goal, client_for):
    for who in ("cas", "dilan", "eve"):
        other = client_for(who)
        assert other.get(f"{goal}/scale").status_code == 404
        for path in (f"{goal}/levels", f"{goal}/rungs", f"{goal}/scale"):
            assert other.post(path, data={"value": "1"}).status_code == 404
