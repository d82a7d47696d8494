"""The timeline in a real browser: lanes as she chose them, true frames under the hand, the same moments as a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk

MANY = 160
_PUT = """async ([film, many]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  for (let turn = 0; turn < many; turn += 1) {
    const start_ms = 100 + turn * 110;
    const marks = [{tag: "house/looks", at_ms: start_ms + 5}];
    const body = JSON.stringify({id: crypto.randomUUID(), start_ms, end_ms: start_ms + 90, marks});
    const answer = await fetch(`/api/v1/films/${film}/moments`, {method: "POST", headers, body});
    if (!answer.ok) throw new Error(await answer.text());
  }
}"""
_LINE = "document.querySelector('time-line')"


def test_the_timeline(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    film = steps.bring_in(ine, family, phone_film)
    ine.page.evaluate(_PUT, [film, MANY])
    ine.go(f"/films/{film}/workspace")
    ine.page.locator('[data-to-stand="label"]').click()
    ine.page.wait_for_function(f"() => {_LINE}.shelf.byId.size === {MANY} && {_LINE}.timesUs.length")
    only_what_is_near_is_built(ine)
    lanes_stay_as_chosen(ine, film)
    pictures_can_be_told_apart(ine)
    a_drag_finds_true_frames_and_neighbours(ine)
    the_table_tells_the_same(ine)


def only_what_is_near_is_built(ine: Walk) -> None:
    """Of a whole film no more than 120 buttons; closer by, those in view; one alone is reached by Tab."""
    assert ine.page.locator("time-line .bar:not([hidden])").count() == 120
    for _ in range(3):
        ine.page.keyboard.press("Equal")
    ine.page.wait_for_function("() => document.querySelectorAll('time-line .bar:not([hidden])').length < 60")
    shown = ine.page.locator("time-line .bar:not([hidden])")
    assert ine.page.locator("time-line .bar:not([hidden]):not([tabindex='-1'])").count() == 1
    shown.locator("visible=true").first.focus()
    began = ine.page.evaluate("document.activeElement.getAttribute('aria-label')")
    ine.page.keyboard.press("ArrowRight")
    after = ine.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert began != after
    assert ine.page.evaluate("document.activeElement.classList.contains('bar')")
    ine.page.keyboard.press("Tab")
    ine.look("timeline, closer")


def lanes_stay_as_chosen(ine: Walk, film: str) -> None:
    """The choice is there after a reload; the film keeps its size with more lanes."""
    size = "document.querySelector('film-player').getBoundingClientRect().height"
    before = ine.page.evaluate(size)
    assert ine.page.locator(".tl-rows > span").count() == 3
    ine.page.locator(".tl-by").select_option("group")
    assert ine.page.locator(".tl-rows > span").count() == 6
    assert ine.page.evaluate(size) == before
    ine.go(f"/films/{film}/workspace")
    ine.page.locator('[data-to-stand="label"]').click()
    ine.page.wait_for_function(f"() => {_LINE}.shelf.byId.size === {MANY} && {_LINE}.timesUs.length")
    assert ine.page.locator(".tl-by").input_value() == "group"
    ine.page.locator(".tl-by").select_option("goal")
    assert ine.page.locator(".tl-rows > span").count() == 1
    ine.page.locator(".tl-by").select_option("who")
    ine.page.locator("film-player").evaluate("player => player.seek(0)")


def pictures_can_be_told_apart(ine: Walk) -> None:
    """At the closest a picture of 40 ms is some 80 pixels wide; and back."""
    for _ in range(9):
        ine.page.keyboard.press("Equal")
    ine.page.wait_for_function(f"() => {_LINE}.view.per_px === 0.5")
    ine.page.keyboard.press("Digit0")
    for _ in range(4):
        ine.page.evaluate(f"{_LINE}.zoom('in')")


def a_drag_finds_true_frames_and_neighbours(ine: Walk) -> None:
    """Its end comes to lie on a true frame or on a neighbour, as the hint says; with Alt wherever the hand is."""
    ine.page.evaluate(f"{_LINE}.view = {{...{_LINE}.view, per_px: 2, from_ms: 1000}}; {_LINE}.draw()")
    ine.page.wait_for_timeout(100)
    free = _dragged(ine, 37, alt=True)
    assert free == "free"
    assert _dragged(ine, 20, alt=False) in ("frame", "neighbour", "playhead")
    moved = ine.page.evaluate(f"{_LINE}.shelf.sorted.length")
    assert moved == MANY
    steps.saved(ine)


def _dragged(ine: Walk, by: int, *, alt: bool) -> Any:
    """How the hint says a moment is held, while it is dragged so many pixels and back to where it was let go."""
    bar = ine.page.locator("time-line .bar:not([hidden])").nth(4)
    box = bar.bounding_box()
    assert box is not None
    x, y = box["x"] + 10, box["y"] + box["height"] / 2
    ine.page.mouse.move(x, y)
    ine.page.mouse.down()
    if alt:
        ine.page.keyboard.down("Alt")
    ine.page.mouse.move(x + by, y, steps=4)
    ine.page.locator(".tl-hint").wait_for()
    held = ine.page.locator(".tl-hint").get_attribute("data-hold")
    at = ine.page.evaluate(f"{_LINE}.drag.at_ms")
    times = ine.page.evaluate(f"Array.from({_LINE}.timesUs, (us) => Math.floor(us / 1000))")
    assert held != "frame" or at in times, (held, at)
    ine.page.mouse.up()
    if alt:
        ine.page.keyboard.up("Alt")
    return held


def the_table_tells_the_same(ine: Walk) -> None:
    """50 rows at a time, from where the film is; opening one plays it."""
    ine.page.locator(".tl-list").click()
    rows = ine.page.locator("moment-table tbody tr")
    rows.first.wait_for()
    assert rows.count() == 50
    ine.look("moments as a table")
    later = ine.page.locator("moment-table button.ib").nth(1)
    seen = rows.count()
    while later.is_enabled():
        later.click()
        seen += rows.count()
    assert seen == MANY
    ine.page.locator("moment-table .mt-open").last.click()
    ine.page.locator('work-space[data-stand="edit"]').wait_for()
    ine.page.wait_for_function("() => document.querySelector('film-player').playing")
