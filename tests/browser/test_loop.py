"""The main job, end to end, in a real browser: from an empty `vbg init` to a parent who sees exactly one moment."""

from collections.abc import Callable
from pathlib import Path

from tests.browser import home, steps
from tests.browser.conftest import Practice
from tests.browser.original import Original
from tests.browser.steps import ANSWER
from tests.browser.walk import Walk


def test_the_whole_loop(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    the_loop(practice, walk, Original(phone_film, burnt_in=True))


def test_the_whole_loop_with_a_real_phone_film(practice: Practice, walk: Callable[..., Walk], real_film: Path):
    """Its frames are told by their looks beside the original's."""
    the_loop(practice, walk, Original(real_film, burnt_in=False))


def the_loop(practice: Practice, walk: Callable[..., Walk], original: Original) -> None:
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    code = steps.give_account(ine, family)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, original.path)
    steps.the_times_are_right(ine, film, original)
    steps.mark(ine, original)
    answered, *beautiful = steps.moments(ine, film)
    steps.the_marks_are_right(answered, beautiful)
    steps.the_pair_is_drawn(ine, answered["id"])
    for one in (answered, *beautiful):
        steps.the_frame_is_right(ine, original, one)
    answered, *beautiful = [steps.adjust(ine, original, one) for one in (answered, *beautiful)]
    goal = steps.make_goal(ine, family)
    steps.finish(ine, film, answered, beautiful[0], goal)
    review = steps.watch_together(ine, film, family, original)
    steps.share(ine, answered["id"])
    dilan = walk(390, 844, touch=True)
    steps.arrive_home(dilan, code)
    home.see_only_this(dilan, original, answered)
    home.the_rest_is_not_there(dilan, ine, film, [answered, *beautiful], review)
    steps.answer(dilan)
    ine.go("/today", "today, answered")
    assert ANSWER in ine.page.locator(".bub bdi").all_inner_texts()
