"""The main job, end to end, in a real browser: from an empty `vbg init` to a parent who sees exactly one moment."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.steps import ANSWER
from tests.browser.walk import Walk

PHONES = [Path(os.environ["VBG_SAMPLES"]) / "iphone6_h264_rot90.mov"] if os.environ.get("VBG_SAMPLES") else []


def test_the_whole_loop(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    code = steps.give_account(ine, family)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, phone_film)
    steps.mark(ine, film)
    answered, *beautiful = steps.moments(ine, film)
    steps.the_marks_are_right(answered, beautiful)
    steps.the_pair_is_drawn(ine, answered["id"])
    steps.the_frame_is_right(ine, film, beautiful[0])
    goal = steps.make_goal(ine, family)
    steps.finish(ine, film, answered, goal)
    review = steps.watch_together(ine, film, family)
    steps.share(ine, answered["id"])
    dilan = walk(390, 844, touch=True)
    steps.arrive_home(dilan, code)
    steps.see_only_this(dilan, film, answered, beautiful, review)
    steps.answer(dilan)
    ine.go("/today", "today, answered")
    assert ANSWER in ine.page.locator(".bub bdi").all_inner_texts()


def test_a_real_phone_film_becomes_a_moment(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    for path in PHONES or [phone_film]:
        film = steps.bring_in(ine, family, path)
        ine.page.keyboard.press("Space")
        steps.until(ine, 1000)
        ine.page.keyboard.press("KeyN")
        steps.saved(ine)
        _, kept = ine.get(f"/api/v1/films/{film}/moments")
        assert len(kept["items"]) == 1
