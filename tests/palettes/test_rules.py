import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbg.palettes import rules
from vbg.reasons import ReasonError
from vbg.tagsets.basisset import BASISSET


def shifts(*by, edge="begin"):
    return [{"edge": edge, "moment": f"m{number}", "by_ms": ms} for number, ms in enumerate(by)]


def test_five_in_one_direction_are_a_habit():
    assert rules.lesson(shifts(-2000, -1800, -2100, -2600), "begin", 4000) is None
    assert rules.lesson(shifts(-2000, -1800, -2100, -2600, -400), "begin", 4000) == 6000


def test_one_the_other_way_and_the_count_begins_anew():
    assert rules.lesson(shifts(-2000, -2000, 900, -2000, -2000, -2000), "begin", 4000) is None
    assert rules.lesson(shifts(900, -2000, -2000, -2000, -2000, -2000), "begin", 4000) == 6000


def test_begin_later_is_a_shorter_lead_and_end_later_a_longer_lag():
    assert rules.lesson(shifts(1500, 1500, 1500, 1500, 1500), "begin", 4000) == 2500
    assert rules.lesson(shifts(1500, 1500, 1500, 1500, 1500, edge="end"), "end", 4000) == 5500
    assert rules.lesson(shifts(-9000, -9000, -9000, -9000, -9000, edge="end"), "end", 4000) == 0


def test_one_edge_says_nothing_of_the_other():
    assert rules.lesson(shifts(*[-2000] * 5, edge="end"), "begin", 4000) is None


def test_a_moment_counts_once_and_put_back_not_at_all():
    kept = []
    for by_ms in (-500, -1000, -2000):
        kept = rules.noted(kept, "begin", "m", by_ms)
    assert [one["by_ms"] for one in kept] == [-2000]
    assert rules.noted(kept, "begin", "m", 0) == []
    assert rules.noted(kept, "begin", "m", -rules.LEAST_MS + 1) == []


@given(st.lists(st.integers(-600_000, 600_000), max_size=40), st.integers(0, rules.MAX_REACH_MS))
def test_what_it_asks_is_another_time_that_can_be(by, time_ms):
    wanted = rules.lesson(shifts(*by), "begin", time_ms)
    assert wanted is None or (0 <= wanted <= rules.MAX_REACH_MS and wanted != time_ms)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-9000, 9000)), max_size=60))
def test_what_is_kept_has_an_end(sent):
    kept = []
    for moment, by_ms in sent:
        kept = rules.noted(kept, "end", moment, by_ms)
    assert len(kept) <= rules.KEPT
    assert len({one["moment"] for one in kept}) == len(kept)


@pytest.mark.parametrize("code", ["Space", "Period", "Escape", "Numpad1", "Minus", "Equal", "IntlBackslash", "Slash"])
def test_a_key_that_means_something_everywhere_is_kept(code):
    with pytest.raises(ReasonError, match="key_reserved"):
        rules.check_key(code)


def test_each_label_and_command_has_a_key_that_may_be_had():
    assert {tag.code for tag in BASISSET.tags} | set(rules.COMMANDS.values()) <= rules.KEYS


def test_two_of_one_set_share_no_key_two_of_two_sets_may():
    rules.check_clashes({"meal/eats": "KeyD"}, {"house/waits": "KeyD"}, {"meal/eats"})
    for own, defaults in (
        ({"house/names": "KeyD"}, {"house/waits": "KeyD"}),
        ({"house/names": "KeyX"}, {}),
        ({"house/names": "KeyQ", "house/waits": "KeyQ"}, {}),
        ({"does/loop": "KeyD"}, {"house/waits": "KeyD"}),
    ):
        with pytest.raises(ReasonError, match="key_in_use"):
            rules.check_clashes(own, defaults, set(own))


def test_what_gave_its_key_away_is_in_nobodys_way():
    rules.check_clashes({"house/names": "KeyD", "house/waits": ""}, {"house/waits": "KeyD"}, {"house/names"})
    rules.check_clashes({"house/names": "KeyX", "does/choose": "KeyG"}, {"house/names": "KeyG"}, {"house/names"})
