"""The car: on a phone, from Today to what she speaks, the next time and the visit; axe looks at each page."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Practice
from tests.browser.walk import Walk

NARROW = {"width": 390, "height": 844}
NEXT = "2031-11-21"
WIDER = "document.documentElement.scrollWidth - innerWidth"


def test_a_visit_is_finished_from_the_car(practice: Practice, walk: Callable[..., Walk], phone_film: Path):
    ine = walk()
    steps.arrive(ine, practice)
    family = steps.settle(ine)
    steps.consent(ine, family)
    steps.bring_in(ine, family, phone_film)
    page = ine.page
    page.set_viewport_size(NARROW)
    ine.go("/today", "today, on a phone")
    page.locator("nav.car").get_by_text("Na het bezoek").click()
    page.wait_for_url(f"**/families/{family}/after")
    ine.look("after the visit")
    speak(ine)
    page.locator("[name=note]").fill("Pip lachte. Vraag naar het slapen.")
    page.locator("[name=next_on]").fill(NEXT)
    page.locator("[name=next_what]").fill("Samen koken")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("[name=note]")).to_be_hidden()
    expect(page.locator("[name=note]")).to_have_value("Pip lachte. Vraag naar het slapen.")
    for path, name in ((f"/families/{family}", "the path"), (f"/families/{family}/visits", "all visits")):
        ine.go(path, name)
        assert page.evaluate(WIDER) == 0, path
        expect(page.locator("main")).to_contain_text("Samen koken")
    page.locator("main .list a").first.click()
    ine.look("one visit")
    page.set_viewport_size({"width": 1366, "height": 641})
    ine.go(f"/families/{family}", "the path, wide")
    expect(page.locator("nav.car")).to_be_hidden()


def speak(ine: Walk) -> None:
    """What could not be sent waits in the page for another press; then it is heard, folded away."""
    page, before = ine.page, list(ine.complaints)
    page.locator("voice-note [data-part=record]").click()
    expect(page.locator("voice-note [data-part=clock]")).to_have_text("0:01")
    page.context.set_offline(True)
    page.locator("voice-note [data-part=stop]").click()
    page.locator('voice-note[data-state="failed"]').wait_for()
    page.context.set_offline(False)
    ine.complaints[:] = before  # the browser itself reports what it could not send
    with page.expect_navigation():
        page.locator("voice-note [data-part=again]").click()
    expect(page.locator("audio")).to_be_hidden()
    page.locator("summary", has_text="Ingesproken").click()
    ine.look("spoken")
    played = "a => { a.muted = true; return a.play().then(() => a.error === null) }"
    assert page.locator("audio").evaluate(played)
