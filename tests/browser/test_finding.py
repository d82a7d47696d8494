"""Finding as one types, and playing what was found over two films, in a real browser."""

from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk

MAKE = """async ([film, body]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const ask = {method: "POST", body: JSON.stringify(body), headers};
  return (await fetch(`/api/v1/films/${film}/moments`, ask)).status;
}"""
PLAYING = "() => [...document.querySelectorAll('film-player')].find((one) => !one.hidden)?.getAttribute('src') ?? ''"


def test_what_was_found_plays_over_two_films(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk(1440, 900)
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    films = [steps.bring_in(ine, family, phone_film) for _ in range(2)]
    ine.go("/find")
    for film in films:
        for start in (1000, 3000):
            told = {"start_ms": start, "end_ms": start + 700, "words": f"Zoë lacht {start}"}
            assert ine.page.evaluate(MAKE, [film, told]) == 201
    ine.go("/find", "find, all")
    ine.page.locator("input[name=words]").fill("ZOE 1000")
    ine.page.wait_for_function("() => document.querySelectorAll('[data-part=found]').length === 2")
    assert ine.page.url.endswith("/find")
    ine.page.locator("[data-part=found]").first.focus()
    ine.page.keyboard.press("KeyX")
    ine.page.locator("[data-part=choose][aria-pressed=true]").wait_for()
    ine.page.keyboard.press("KeyX")
    ine.page.wait_for_function("() => !document.querySelector('[data-part=choose][aria-pressed=true]')")
    ine.look("find, words")
    ine.page.locator("[data-part=play]").click()
    ine.page.wait_for_function(f"(film) => ({PLAYING})().includes(film)", arg=films[1])
    ine.page.wait_for_function(f"(film) => ({PLAYING})().includes(film)", arg=films[0])
    ine.look("find, reel")
    ine.page.keyboard.press("KeyX")
    ine.page.locator("[data-part=choose][aria-pressed=true]").wait_for()
    ine.page.locator("[data-part=previous]").click()
    ine.page.wait_for_function(f"(film) => ({PLAYING})().includes(film)", arg=films[1])
    for size in ((1024, 768), (390, 844)):
        ine.page.set_viewport_size({"width": size[0], "height": size[1]})
        assert ine.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
