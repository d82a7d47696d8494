"""A real browser plays what the server gives in pieces: from the start, after a jump, after a long pause; and stops
when the yes is gone.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.bench import ground
from tests.films.conftest import SQLITE
from tests.people import PASSWORD
from vbg.consents import actions as consents
from vbg.films.models import Film, Rendition
from vbg.web.media import PIECE_BYTES
from vbg.web.wire import Server

SECONDS = 240
SHOW = """(path) => {
  const video = document.createElement("video");
  video.muted = true; video.src = path; video.preload = "auto";
  document.body.replaceChildren(video);
}"""
VIDEO = "document.querySelector('video')"
JUMP = """(at) => { document.querySelector("video").currentTime = at; }"""
LANDED = f"{VIDEO}.readyState >= 2 && !{VIDEO}.seeking"


@dataclass
class Screen:
    """A page that shows the film, and what came over the line for it."""

    page: Page
    path: str
    pieces: list[tuple[int, int]] = field(default_factory=list)

    def heard(self, response: Response) -> None:
        if response.url.endswith("/media"):
            self.pieces.append((response.status, int(response.headers["content-length"])))

    def plays_past(self, seconds: float) -> None:
        self.page.evaluate(f"{VIDEO}.play()")
        self.until(f"{VIDEO}.currentTime > {seconds}")

    def jumps_to(self, seconds: float) -> None:
        self.page.evaluate(JUMP, seconds)
        self.until(f"{LANDED} && {VIDEO}.currentTime >= {seconds}")

    def until(self, condition: str) -> None:
        limit = time.monotonic() + 60
        while not self.page.evaluate(condition):
            assert time.monotonic() < limit, condition
            self.page.wait_for_timeout(50)


@pytest.fixture
def film(house, world, tmp_path):
    """Four minutes at 2 Mbit/s, ready to play."""
    path = ground.film(tmp_path / "film.mp4", "640x360", SECONDS, "1900k", front=True)
    made = Film(family_id=world.families["merel"].id, number=1, state="ready", by_id=world.people["ann"].id)
    with house.database.unit() as session:
        session.add(made)
        session.flush()
        sealed = house.store.put(made.id, "play", 1, path)
        session.add(Rendition(film_id=made.id, kind="play", media_type="video/mp4", size_bytes=sealed.size))
    return made


@pytest.fixture
def screen(house, app, film, chromium: Browser) -> Iterator[Callable[..., Screen]]:
    """The film on Ann's screen, by the real server, whose patience with a line that takes nothing is short."""
    server = Server(("127.0.0.1", 0), app, numthreads=house.settings.threads, timeout=2)
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.bind_addr[1]}")
    page = context.new_page()
    page.request.post("/sign-in", form={"email": "ann@praktijk.test", "password": PASSWORD})
    page.goto("/healthz")
    shown = Screen(page, f"/api/v1/films/{film.id}/media")
    page.on("response", shown.heard)
    page.evaluate(SHOW, shown.path)
    yield shown
    context.close()
    server.stop()
    thread.join(20)


@SQLITE
def test_it_plays_jumps_waits_and_goes_on(screen):
    screen.plays_past(1)
    screen.jumps_to(SECONDS - 20)
    screen.plays_past(SECONDS - 19)
    screen.jumps_to(30)
    screen.page.evaluate(f"{VIDEO}.pause()")
    screen.page.wait_for_timeout(5_000)  # the server has let go of the line by now
    screen.page.evaluate(f"{VIDEO}.playbackRate = 16")
    screen.plays_past(90)
    assert screen.page.evaluate(f"{VIDEO}.error") is None
    assert {status for status, _ in screen.pieces} == {206}
    assert max(size for _, size in screen.pieces) <= PIECE_BYTES


@SQLITE
def test_a_yes_taken_back_while_it_plays_ends_it_with_the_next_piece(screen, house, world):
    screen.plays_past(1)
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    before = len(screen.pieces)
    screen.page.evaluate(JUMP, SECONDS - 20)
    screen.until(f"{VIDEO}.error !== null")
    later = screen.pieces[before:]
    assert later
    assert {status for status, _ in later} == {404}
