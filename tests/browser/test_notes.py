"""A note in a real browser: what is typed outlives the page and a sign-in; the way so far fits its paper."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.conftest import _house
from tests.people import PASSWORD, meet
from vbg import clock
from vbg.app import create_app
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn, RungIn
from vbg.notes import actions as notes
from vbg.notes.forms import NoteIn

LONG = "Dilan vertelde hoe het ging. " * 200


@pytest.fixture
def ann(template: Path, tmp_path: Path, chromium: Browser) -> Iterator[tuple[Page, str]]:
    """Ann's tab, signed in, and where Merel's pages begin; two long notes and a goal are there."""
    house = _house(template, tmp_path / "data")
    with house.database.unit() as session:
        world = meet(session)
        family = world.families["merel"].id
        for _ in range(2):
            notes.write(session, world.viewer("ann"), family, NoteIn(text=LONG, place="Keuken"))
        form = GoalIn(text="We eten samen.", authors="Dilan", agreed_by="Dilan", agreed_on=clock.today())
        goal, _ = goals.add(session, world.viewer("ann"), family, form)
        goals.choose_rung(session, world.viewer("ann"), goal, RungIn(value=3, chosen_by="Dilan"))
    app = create_app(house.settings, house)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}").new_page()
    sign_in(page)
    yield page, f"/families/{family}"
    page.context.close()
    server.shutdown()
    house.database.close()


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", "ann@praktijk.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/today")


def typed(page: Page, words: str) -> Callable[[], object]:
    return lambda: page.wait_for_function("(words) => document.querySelector('textarea')?.value === words", arg=words)


def test_what_is_typed_waits_until_it_is_kept(ann: tuple[Page, str]) -> None:
    page, family = ann
    page.goto(f"{family}/notes/new")
    page.fill("textarea", "Half af,\nen verder")
    page.click("label:has([value=observation])")
    page.wait_for_timeout(900)
    page.context.clear_cookies()  # the session ran out while she typed
    page.click("form button.primary")
    sign_in(page)
    page.goto(f"{family}/notes/new")
    typed(page, "Half af,\nen verder")()
    assert page.locator("[name=kind][value=observation]").is_checked()
    assert page.locator("[data-part=left]").is_visible()
    page.click("form.card button.primary")
    page.wait_for_url("**/family-notes/*")
    assert "Half af" in page.inner_text("main")
    page.wait_for_timeout(500)
    page.goto(f"{family}/notes/new")
    page.wait_for_timeout(700)
    assert page.input_value("textarea") == ""
    assert not page.locator("[data-part=left]").is_visible()


def test_the_way_so_far_is_printed_without_what_is_folded(ann: tuple[Page, str]) -> None:
    page, family = ann
    for path, sheets in ((f"{family}/trail", 1), (f"{family}/trail/for-parents", 1), (f"{family}/notes/paper", 2)):
        page.goto(path)
        paper = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= sheets, path
        page.emulate_media(media="print")
        assert not page.locator(".tools").is_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        assert ("Dilan vertelde" in page.inner_text("article")) is path.endswith("paper"), path
        page.emulate_media(media="screen")
