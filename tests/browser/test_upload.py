"""Films on their way in, in a real Chromium: two at once, stopped, cut off, taken up after a reload, known again."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser
MIB = 1024 * 1024
PIECE = 8 * MIB
CUT_OFF = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED", "ERR_FAILED")


def padded(film: Path, to: Path, size: int) -> Path:
    """The same film made heavy by a box that no player reads: random bytes, so that no two are alike."""
    told = film.read_bytes()
    box = size - len(told)
    to.write_bytes(told + box.to_bytes(4, "big") + b"free" + os.urandom(box - 8))
    return to


def row(page: Page, name: str):
    return page.locator("upload-film", has_text=name)


def press(page: Page, name: str, part: str) -> None:
    row(page, name).locator(f'[data-part="{part}"]').click()


def leaving_is_warned_of(page: Page) -> bool:
    return page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")


def slow(page: Page, bytes_a_second: int) -> None:
    """The line as slow as this; 0 is as fast as it can be."""
    told = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second or -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", told)


def test_two_films_stopped_cut_off_reloaded_and_known_again(
    walk: Callable[..., Walk], practice: Practice, phone_film: Path, tmp_path: Path
) -> None:
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    page = ine.page
    meal = padded(phone_film, tmp_path / "eten.mov", 5 * PIECE)
    play = padded(phone_film, tmp_path / "spelen.mov", 3 * PIECE)
    ine.go(f"/families/{family}/films/new", "films, empty")
    slow(page, 12 * MIB)
    taken: list[int] = []
    page.on("response", lambda answer: taken.append(answer.status) if answer.request.method == "PATCH" else None)

    page.locator("upload-drop input[type=file]").set_input_files([meal, play])
    expect(page.locator('upload-film[data-state="sending"]')).to_have_count(2)
    expect(page.locator('upload-drop [data-part="said"]')).to_have_text(re.compile("2 films"))
    assert leaving_is_warned_of(page)
    while len(taken) < 2:
        page.wait_for_timeout(50)
    press(page, "eten.mov", "turn")
    expect(row(page, "eten.mov")).to_have_attribute("data-state", "paused")
    ine.look("films, one stopped")

    page.context.set_offline(True)
    expect(row(page, "spelen.mov")).to_have_attribute("data-state", "offline")
    expect(row(page, "spelen.mov")).to_contain_text("Geen verbinding. We gaan verder zodra het kan.")
    page.context.set_offline(False)
    slow(page, 0)
    expect(row(page, "spelen.mov")).to_have_attribute("data-state", "ready", timeout=120_000)
    ine.complaints[:] = [one for one in ine.complaints if not any(code in one for code in CUT_OFF)]
    assert set(taken) == {204}, "a piece was refused"
    assert not leaving_is_warned_of(page)

    kept = page.evaluate("JSON.stringify(localStorage)")
    assert f"vbg:upload:{family}:{meal.stat().st_size}:" in kept
    assert "eten" not in kept
    page.reload()
    expect(page.locator('[data-part="unfinished"]')).to_contain_text("Je was bezig met één film: kies hem opnieuw.")
    ine.look("films, one unfinished")
    offsets: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))
            assert request.headers["upload-checksum"].startswith("sha256 ")

    page.on("request", note)
    page.locator("upload-drop input[type=file]").set_input_files(meal)
    expect(row(page, "eten.mov")).to_have_attribute("data-state", "ready", timeout=120_000)
    assert offsets[0] >= PIECE, "it began anew"
    expect(page.locator('[data-part="unfinished"]')).to_be_hidden()
    assert "vbg:upload" not in page.evaluate("JSON.stringify(localStorage)")

    page.locator("upload-drop input[type=file]").set_input_files(play)
    same = row(page, "spelen.mov").locator('[data-part="same"]')
    expect(same).to_contain_text("Deze film is al bij Gezin Merel.", timeout=120_000)
    ine.look("films, the same again")
    assert len(films(ine, family)) == 3
    press(page, "spelen.mov", "erase")
    expect(row(page, "spelen.mov")).to_have_count(0)
    assert len(films(ine, family)) == 2

    the_reminder_is_ticked(ine)


def films(ine: Walk, family: str) -> list[dict[str, object]]:
    return ine.get(f"/api/v1/families/{family}/films")[1]["items"]


def the_reminder_is_ticked(ine: Walk) -> None:
    """Ticked where it came in, taken back, and ticked on Today, where one stood from before the reload."""
    page = ine.page
    wipe = page.locator('[data-part="wipe"]')
    expect(wipe).to_contain_text("Wis de film op je telefoon. Ook bij ‘Recent verwijderd’.")
    wipe.locator('[data-wipe="done"]').click()
    expect(wipe).to_contain_text("Genoteerd")
    ine.go("/today", "today, one to wipe")
    expect(page.locator(".wipings form")).to_have_count(1)
    page.go_back()
    ine.go("/today")
    with page.expect_navigation():
        page.locator('.wipings [value="done"]').click()
    expect(page.locator(".wipings form")).to_have_count(0)
    with page.expect_navigation():
        page.locator('take-back [data-part="back"]').click()
    expect(page.locator(".wipings form")).to_have_count(1)
