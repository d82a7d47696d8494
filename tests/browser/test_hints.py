"""Hints: not before the film was seen once, then when asked for; in words, to jump to, the same on the next visit."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk
from tests.video.test_hints import LASTS_MS, MOVES, film

_PLAYER = "document.querySelector('film-player')"


def test_hints_after_the_first_look(practice: Practice, walk: Callable[..., Walk], tmp_path: Path) -> None:
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    made = steps.bring_in(ine, family, film(tmp_path / "phone.mp4", "libx264", "-g", "10"))
    ine.page.locator('[data-to-stand="label"]').click()
    button = ine.page.locator("film-hints button")
    assert ine.page.locator("time-line").is_visible()
    assert not button.is_visible(), "the film was not seen yet"
    ine.page.evaluate(f"{_PLAYER}.seek({LASTS_MS - 2500})")
    ine.page.keyboard.press("Space")
    button.wait_for()
    ine.page.keyboard.press("Space")
    height = f"{_PLAYER}.getBoundingClientRect().height"
    before = ine.page.evaluate(height)
    assert ine.page.locator(".tl-hintbar").count() == 0
    button.click()
    shown(ine)
    assert ine.page.evaluate(height) == before
    ine.look("workspace, hints")
    they_are_jumped_to(ine)
    ine.go(f"/films/{made}/workspace")
    ine.page.locator('[data-to-stand="label"]').click()
    shown(ine)
    in_the_table(ine)
    button.click()
    ine.page.locator(".tl-hints").wait_for(state="hidden")
    ine.go(f"/films/{made}/workspace")
    ine.page.locator('[data-to-stand="label"]').click()
    assert button.is_visible()
    assert not ine.page.locator(".tl-hints").count()


def shown(ine: Walk) -> None:
    """Each says in words what it is; none lies over another; one is reached by Tab."""
    bars = ine.page.locator(".tl-hintbar")
    bars.first.wait_for()
    said = " ".join(bars.all_inner_texts())
    for words in ("Stemmen om de beurt", "Stil", "Veel beweging"):
        assert words in said or ine.page.locator(f'.tl-hintbar[aria-label*="{words}"]').count(), (words, said)
    boxes = [box for bar in bars.all() if (box := bar.bounding_box())]
    for one, other in pairwise(boxes):
        assert one["x"] + one["width"] <= other["x"] + 0.5
        assert min(one["width"], one["height"]) >= 24
    assert ine.page.locator(".tl-hintbar:not([tabindex='-1'])").count() == 1


def they_are_jumped_to(ine: Walk) -> None:
    """By a click, and by Enter after an arrow; the arrow moves along the hints, not the film."""
    moving = ine.page.locator('.tl-hintbar[aria-label*="Veel beweging"]')
    moving.click()
    ine.page.wait_for_function(f"() => Math.abs({_PLAYER}.nowMs - {MOVES[0]}) < 1500")
    ine.page.locator(".tl-hintbar").first.focus()
    ine.page.keyboard.press("ArrowRight")
    assert abs(steps.now_ms(ine) - MOVES[0]) < 1500
    second = int(ine.page.locator(".tl-hintbar").nth(1).get_attribute("data-ms") or 0)
    ine.page.keyboard.press("Enter")
    ine.page.wait_for_function(f"() => Math.abs({_PLAYER}.nowMs - {second}) < 200")


def in_the_table(ine: Walk) -> None:
    """The same in the table of the moments, with the sentence that explains them."""
    ine.page.locator(".tl-list").click()
    rows = ine.page.locator(".mt-hints tbody tr")
    rows.first.wait_for()
    assert "Geen computer beoordeelt een gezin." in ine.page.locator(".mt-hints").inner_text()
    ine.look("hints in the table")
    rows.locator("button").nth(1).click()
    assert not ine.page.locator("moment-table dialog").is_visible()
