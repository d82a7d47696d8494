"""Opening a film with 1,000 moments in a real Chromium: until the picture is there, and the page's bytes beside it.

Run: python -m tests.bench workspace
"""

import os
import statistics
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import insert

from tests.bench.ground import Row, Served, film, serving, settled
from tests.people import PASSWORD, meet
from vbg import ids, worker
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House
from vbg.moments.models import Moment

MANY = 1000
ROUNDS = 5
_PICTURES = ("/filmstrip", "/still", "/poster")
_WATCH = """
window.seen = {};
const look = () => {
  if (!seen.picture && document.querySelector("video")?.readyState >= 2) seen.picture = performance.now();
  if (!seen.picture) requestAnimationFrame(look);
};
look();
"""


class Opened(NamedTuple):
    """One opening of the page: ms until the picture; bytes over the wire of the page, and of pictures of the film."""

    picture_ms: float
    page_bytes: int
    picture_bytes: int


def rows(folder: Path) -> list[Row]:
    """Medians of some visits, each by a browser that was never here before."""
    house = settled(folder / "practice")
    shown = _film(house, folder)
    house.database.close()
    with serving(house.settings.data) as served, sync_playwright() as playwright:
        where = os.environ.get("VBG_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        visits = [_open(browser, served, shown) for _ in range(ROUNDS + 1)][1:]
        browser.close()
    picture, page, pictures = (statistics.median(column) for column in zip(*visits, strict=True))
    return [
        Row(f"open a film with {MANY} moments until the picture", f"{picture / 1000:.2f} s", "Label Studio 10.9 s",
            "<= 1 s"),
        Row("bytes of that page beside the film",
            f"{page / 1000:.0f} kB (and {pictures / 1000:.0f} kB of stills and filmstrip)",
            "Label Studio 93 MB", "<= 300 kB"),
    ]  # fmt: skip


def _film(house: House, folder: Path) -> Film:
    """A minute of film, prepared, with its moments."""
    source = film(folder / "film.mp4", "1280x720", 60, "4M")
    with house.database.unit(write=False) as session:
        viewer = meet(session).viewer("ann")
    upload = NewUpload(family="Gezin Merel", length=source.stat().st_size)
    taken = intake.take(house, viewer, source, upload)
    worker.work_off(house)
    with house.database.unit() as session:
        session.execute(insert(Moment), [_moment(taken, turn) for turn in range(MANY)])
    return taken


def _moment(of: Film, turn: int) -> dict[str, Any]:
    start = turn * 55
    marks = [{"tag": "house/shows", "at_ms": start + 500}, {"tag": "house/waits", "at_ms": start + 1500}]
    return {
        "id": ids.new(), "film_id": of.id, "start_ms": start, "end_ms": start + 3000, "marks": marks, "goals": [],
        "words": f"Kijk, nummer {turn}.",
    }  # fmt: skip


def _open(browser: Browser, served: Served, shown: Film) -> Opened:
    """Visit the workspace with an empty cache."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto("/sign-in")
    page.fill('[name="email"]', "ann@praktijk.test")
    page.fill('[name="password"]', PASSWORD)
    with page.expect_navigation():
        page.locator('form[action$="sign-in"] button').first.click()
    page.goto("about:blank")
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.requestWillBeSent", lambda event: paths.update({event["requestId"]: event["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.add_init_script(_WATCH)
    page.goto(f"/films/{shown.id}/workspace")
    page.wait_for_function("window.seen.picture")
    page.wait_for_load_state("networkidle")
    picture = float(page.evaluate("window.seen.picture"))
    context.close()
    by_path = [(paths[one], int(size)) for one, size in sizes.items()]
    if os.environ.get("VBG_BENCH_LIST"):
        print(*sorted(by_path, key=lambda one: one[1]), sep="\n")
    pictures = sum(size for path, size in by_path if path.partition("?")[0].endswith(_PICTURES))
    bytes_of_film = sum(size for path, size in by_path if path.partition("?")[0].endswith("/media"))
    return Opened(picture, int(sum(sizes.values())) - pictures - bytes_of_film, pictures)
