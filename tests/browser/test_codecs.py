"""A film as its camera wrote it: at once for a browser that plays that; any other waits, is told so, then sees it."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from tests.films.conftest import SQLITE
from tests.people import PASSWORD
from tests.video.camera import shoot
from tests.video.zoo import OPUS, VP9, X265
from vbg import worker
from vbg.films import intake, jobs
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.web.wire import Server

pytestmark = [pytest.mark.browser, SQLITE]
PLAIN = ("-pix_fmt", "yuv420p")
PLAYS = "document.querySelector('film-player video').videoWidth > 0"
WAITS = '[data-part="waiting"]'
BOASTS = """navigator.mediaCapabilities.decodingInfo = async () => ({supported: true, smooth: true});"""


@pytest.fixture(scope="module")
def phone_hevc(tmp_path_factory) -> Path:
    return shoot(tmp_path_factory.mktemp("phone") / "film.mov", (*X265, *PLAIN), frames=75, sound=(0, 3))


@pytest.fixture
def pages(house, app, chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Ann's browser, signed in, by the real server."""
    server = Server(("127.0.0.1", 0), app, numthreads=house.settings.threads, timeout=5)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    address = f"http://127.0.0.1:{server.bind_addr[1]}"
    contexts = []

    def begin() -> Page:
        contexts.append(chromium.new_context(base_url=address, locale="nl-BE", viewport={"width": 1366, "height": 641}))
        page = contexts[-1].new_page()
        page.request.post("/sign-in", form={"email": "ann@praktijk.test", "password": PASSWORD})
        return page

    yield begin
    for context in contexts:
        context.close()
    server.stop()
    thread.join(20)


@pytest.fixture
def copied(house, world, phone_hevc) -> Film:
    """HEVC that was sent by a browser which plays it, ready as it came; its twin is not made yet."""
    form = NewUpload(family=str(world.families["merel"].id), length=phone_hevc.stat().st_size, plays="hevc")
    film = intake.take(house, world.viewer("ann"), phone_hevc, form)
    jobs.prepare(house, film.id)
    return film


def plays(page: Page) -> None:
    """Wait until there is a picture."""
    limit = time.monotonic() + 30
    while not page.evaluate(PLAYS):
        assert time.monotonic() < limit, "no picture"
        page.wait_for_timeout(50)


def test_chromiums_own_recording_is_taggable_as_it_came(house, world, pages, tmp_path):
    film = shoot(tmp_path / "film.webm", (*VP9, *PLAIN), frames=75, sound=(0, 3), speak=OPUS)
    page = pages()
    page.goto(f"/families/{world.families['merel'].id}/films/new")
    page.locator("upload-drop input[type=file]").set_input_files(film)
    page.locator('upload-film[data-state="received"]').wait_for()
    with house.database.unit(write=False) as session:
        sent = session.scalars(select(Film)).one()
    assert sent.plays == "vp9,av1"
    jobs.prepare(house, sent.id)
    page.locator('upload-film[data-state="ready"]').wait_for()
    page.goto(f"/films/{sent.id}/workspace")
    plays(page)
    expect(page.locator(WAITS)).to_be_hidden()
    assert page.locator('film-player[codec="vp9"]').count() == 1
    page.keyboard.press("KeyN")
    page.locator('[data-part="saved"][data-state="saved"]').wait_for()


def test_a_browser_that_does_not_play_it_waits_and_then_sees_it(house, pages, copied):
    page = pages()
    page.goto(f"/films/{copied.id}/workspace")
    expect(page.locator(WAITS)).to_be_visible()
    expect(page.locator('.ws-trouble[data-part="trouble"]')).to_be_hidden()
    worker.work_off(house)
    plays(page)
    expect(page.locator(WAITS)).to_be_hidden()


def test_a_browser_that_says_more_than_it_can_waits_too(house, pages, copied):
    page = pages()
    page.add_init_script(BOASTS)
    page.goto(f"/films/{copied.id}/workspace")
    expect(page.locator(WAITS)).to_be_visible()
    worker.work_off(house)
    plays(page)
    expect(page.locator(WAITS)).to_be_hidden()


def test_watching_together_waits_as_well(house, pages, copied):
    page = pages()
    page.goto(f"/films/{copied.id}/workspace")
    with page.expect_navigation():
        page.locator('form[action$="/watching"] button').click()
    expect(page.locator(f"film-watch {WAITS}")).to_be_visible()
    worker.work_off(house)
    plays(page)
    expect(page.locator(f"film-watch {WAITS}")).to_be_hidden()
