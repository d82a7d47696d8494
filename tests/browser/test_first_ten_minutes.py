"""The first ten minutes are no paperwork: from an empty practice to her own film and a first moment, with a clock."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk


def test_three_clicks_and_two_minutes(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    page = ine.page
    clicks = 0
    began = time.monotonic()

    room = page.locator('form[action$="/practice-room"]')
    room.locator('[name="mine"]').check()
    clicks += 1
    with page.expect_navigation():
        room.locator("button").click()
    clicks += 1
    ine.look("practice room")
    with page.expect_file_chooser() as chosen:
        page.locator('upload-drop [data-part="choose"] label').click()
    clicks += 1
    with page.expect_navigation(url=lambda url: "/workspace" in url, timeout=120_000):
        chosen.value.set_files(phone_film)
    steps.until(ine, 500)
    playing = time.monotonic() - began

    page.keyboard.press("KeyN")
    steps.saved(ine)
    page.locator("time-line .bar:not([hidden])").first.wait_for(state="attached")
    marked = time.monotonic() - began
    ine.look("workspace, in the practice room")
    print(f"measured: own film playing after {clicks} clicks, {playing:.1f} s; first moment after {marked:.1f} s")
    assert clicks <= 3
    assert marked <= 120
    film = page.url.split("/films/")[1].split("/")[0]
    assert len(ine.get(f"/api/v1/films/{film}/moments")[1]["items"]) == 1


def test_from_a_star_one_press_leads_to_watching_together(
    practice: Practice, walk: Callable[..., Walk], phone_film: Path
):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    steps.bring_in(ine, family, phone_film)
    ine.page.keyboard.press("Space")
    steps.until(ine, 1000)
    ine.page.keyboard.press("KeyN")
    ine.page.keyboard.press("KeyX")
    steps.saved(ine)
    ine.page.keyboard.press("Space")
    ine.send("/reviews")
    assert ine.page.locator('form[action$="/start"]').count() == 1
