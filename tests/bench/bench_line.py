"""The timeline in a real Chromium over an hour of film with 100, 1,000, 5,000 and 20,000 moments on 12 lanes.

The moments lie as hands press them: at uneven times, of uneven length, one to three labels each, a goal to a lane.

Painted by the processor where the machine has no graphics card, as here: figures are the slow side.
Run: python -m tests.bench line
"""

import os
import random
import statistics
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import delete, insert

from tests.bench.ground import Row, Served, film, serving, settled
from tests.people import PASSWORD, meet
from vbg import ids, worker
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.house import House
from vbg.moments.models import Moment

MANY = (100, 1000, 5000, 20_000)
LANES = 12
"""By goal; the last is of moments that show none."""
HOUR = 3600
QUIET_MS = 2000
PRESSES = 20
_LANES_BY_GOAL = 'localStorage.setItem("vbg:lanes", "goal")'
_STANDS = """
(many) => {
  const shelf = document.querySelector("work-space")?.shelf;
  return window.seen.picture && shelf?.count >= many && performance.now();
}
"""
_TAGS = ("looks", "points", "sound", "shows", "waits", "yes", "names", "turn")
_WATCH = """
window.seen = {frames: [], long: [], bytes: 0};
new PerformanceObserver((list) => list.getEntries().forEach((one) => seen.long.push(one.duration)))
  .observe({entryTypes: ["longtask"]});
let last = 0;
const tick = (now) => {
  if (seen.on && last) seen.frames.push(now - last);
  last = now;
  if (!seen.picture && document.querySelector("video")?.readyState >= 2) seen.picture = performance.now();
  requestAnimationFrame(tick);
};
requestAnimationFrame(tick);
const saving = () => {
  const state = document.querySelector('[data-part="saved"]')?.dataset.state;
  if (state === "saving") seen.saving = true;
  if (state === "saved" && seen.saving) { seen.saving = false; seen.saved = performance.now() - seen.key; }
};
new MutationObserver(saving).observe(document, {subtree: true, attributeFilter: ["data-state"]});
addEventListener("keydown", (event) => {
  if (!seen.on) return;
  seen.key = event.timeStamp;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { seen.pressed = performance.now() - event.timeStamp; };
    channel.port2.postMessage(0);
  });
}, true);
"""


def rows(folder: Path) -> list[Row]:
    """One line of figures for each number of moments."""
    house = settled(folder / "practice")
    taken = hour_of_film(house, folder)
    goals = goals_of(house, taken)
    found: list[Row] = []
    with serving(house.settings.data) as served, sync_playwright() as playwright:
        where = os.environ.get("VBG_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        for many in MANY:
            fill(house, taken, many, goals)
            found += _measured(browser, served, taken, many)
        browser.close()
    house.database.close()
    return found


def hour_of_film(house: House, folder: Path) -> Film:
    """An hour of small film, prepared."""
    source = film(folder / "film.mp4", "320x180", HOUR, "100k")
    with house.database.unit(write=False) as session:
        viewer = meet(session).viewer("ann")
    taken = intake.take(house, viewer, source, NewUpload(family="Gezin Merel", length=source.stat().st_size))
    worker.work_off(house)
    return taken


def goals_of(house: House, of: Film) -> list[str]:
    """Goals of the family, one for each lane but the last."""
    goals = [{"id": ids.new(), "family_id": of.family_id, "text": f"Doel {turn}"} for turn in range(1, LANES)]
    with house.database.unit() as session:
        session.execute(delete(Goal).where(Goal.family_id == of.family_id))
        session.execute(insert(Goal), goals)
    return [str(goal["id"]) for goal in goals]


def fill(house: House, of: Film, many: int, goals: list[str]) -> None:
    """So many moments over the hour and over all lanes, instead of those that were there."""
    dice = random.Random(many)
    starts = sorted(dice.randrange(HOUR * 1000 - 20_000) for _ in range(many))
    lanes = [*([goal] for goal in goals), list[str]()]
    with house.database.unit() as session:
        session.execute(delete(Moment).where(Moment.film_id == of.id))
        session.execute(
            insert(Moment), [_moment(of, dice, start, lanes[turn % LANES]) for turn, start in enumerate(starts)]
        )


def _moment(of: Film, dice: random.Random, start: int, goals: list[str]) -> dict[str, Any]:
    presses = sorted(start + dice.randrange(100, 4000) for _ in range(dice.randrange(1, 4)))
    marks = [{"tag": f"house/{dice.choice(_TAGS)}", "at_ms": at} for at in presses]
    return {
        "id": uuid.UUID(int=dice.getrandbits(128), version=4), "film_id": of.id,
        "start_ms": start, "end_ms": start + dice.randrange(5000, 12_000), "marks": marks, "goals": goals,
        "words": f"Kijk, nummer {start}.", "chosen": dice.random() < 0.05,
    }  # fmt: skip


def _measured(browser: Browser, served: Served, shown: Film, many: int) -> list[Row]:
    context = browser.new_context(base_url=served.address, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    sign_in(page)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    sizes: dict[str, list[Any]] = {}
    wire.on("Network.requestWillBeSent", lambda event: sizes.update({event["requestId"]: [event["request"]["url"], 0]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: sizes.get(event["requestId"], ["", 0]).__setitem__(1, event["encodedDataLength"]),
    )
    page.add_init_script(_LANES_BY_GOAL)
    page.add_init_script(_WATCH)
    page.goto(f"/films/{shown.id}/workspace")
    stands = float(page.wait_for_function(_STANDS, arg=many, timeout=120_000).json_value())
    whole = _beside(sizes)
    page.wait_for_function(f"() => document.querySelector('work-space').shelf.byId.size >= {many}", timeout=120_000)
    page.wait_for_timeout(QUIET_MS)
    picture = float(page.evaluate("seen.picture"))
    if os.environ.get("VBG_BENCH_LIST"):
        print(*sorted(sizes.values(), key=lambda one: one[1]), sep="\n")
    read = _beside(sizes)
    lanes = int(page.evaluate("document.querySelectorAll('.tl-rows > *').length"))
    page.locator('[data-to-stand="label"]').click()
    used = [_use(page, name) for name in ("pan", "zoom", "drag", "play")]
    pressed, saved = zip(*(_press(page) for _ in range(PRESSES)), strict=True)
    heap = _heaps(page, wire)
    folder = os.environ.get("VBG_BENCH_LOOK")
    if folder:
        page.screenshot(path=f"{folder}/line-{many}.png")
    context.close()
    of = f"{many:,} moments in an hour on {lanes} lanes: "
    ours = ", ".join(f"{name} {frame:.1f} ms (task {task:.0f})" for name, frame, task in used)
    return [
        Row(of + "open until the picture", f"{picture / 1000:.2f} s", "Label Studio 10.9 s", "<= 1 s"),
        Row(of + "bytes beside the film until picture, line and map stand whole (and once all words are read)",
            f"{whole / 1000:.0f} kB at {stands / 1000:.2f} s ({read / 1000:.0f} kB)",
            "Label Studio 93 MB", "<= 300 kB"),
        Row(of + "frame p95 (longest task)", ours, "", "<= 16.7 ms, <= 50 ms"),
        Row(of + "key press to mark painted", f"{statistics.median(pressed):.0f} ms", "", "<= 50 ms"),
        Row(of + "key press to saved, p95", f"{_p95(saved):.0f} ms", "", "<= 100 ms"),
        Row(of + "memory after use, and after ten times more", f"{heap[0]:.1f} and {heap[1]:.1f} MB", "", "flat"),
    ]  # fmt: skip


def _beside(sizes: dict[str, list[Any]]) -> int:
    """Bytes over the wire so far, pictures of the film and the film itself left out."""
    pictures = ("/filmstrip", "/still", "/poster", "/media")
    return int(sum(size for path, size in sizes.values() if not path.partition("?")[0].endswith(pictures)))


def _p95(figures: Sequence[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill('[name="email"]', "ann@praktijk.test")
    page.fill('[name="password"]', PASSWORD)
    with page.expect_navigation():
        page.locator('form[action$="sign-in"] button').first.click()
    page.goto("about:blank")


def _use(page: Page, name: str) -> tuple[str, float, float]:
    """One way of using the line for a second or two: its p95 frame and its longest task, in ms."""
    box = page.locator("time-line .tl-track").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    if name == "pan":
        page.evaluate("document.querySelector('time-line').zoom('in')")
    page.evaluate("seen.frames = []; seen.long = []; seen.on = true")
    _ACTS[name](page, x, y)
    page.evaluate("seen.on = false")
    frames = page.evaluate("seen.frames")
    longest = max(page.evaluate("seen.long"), default=0)
    page.keyboard.press("Escape")
    return name, _p95(frames), longest


def _pan(page: Page, _x: float, _y: float) -> None:
    for turn in range(60):
        page.mouse.wheel(40 if turn < 30 else -40, 0)
        page.wait_for_timeout(16)


def _zoom(page: Page, _x: float, _y: float) -> None:
    page.keyboard.down("Control")
    for turn in range(60):
        page.mouse.wheel(0, -120 if turn < 45 else 120)
        page.wait_for_timeout(16)
    page.keyboard.up("Control")


def _drag(page: Page, x: float, y: float) -> None:
    bar = page.locator("time-line .bar:not([hidden])").first.bounding_box()
    at, high = (bar["x"] + 12, bar["y"] + 12) if bar else (x, y)
    page.mouse.move(at, high)
    page.mouse.down()
    for turn in range(60):
        page.mouse.move(at + 4 * turn, high)
        page.wait_for_timeout(16)
    page.mouse.up()


def _play(page: Page, _x: float, _y: float) -> None:
    page.evaluate("document.querySelector('film-player').play()")
    page.wait_for_timeout(2000)
    page.evaluate("document.querySelector('film-player').pause()")


_ACTS = {"pan": _pan, "zoom": _zoom, "drag": _drag, "play": _play}


def _press(page: Page) -> tuple[float, float]:
    """A label pressed where nothing stands open: ms until its mark is painted, and until the server has it."""
    page.evaluate("seen.pressed = seen.saved = 0; seen.on = true; document.querySelector('film-player').skip(6000)")
    page.wait_for_timeout(150)
    page.keyboard.press("1")
    page.wait_for_function("() => seen.pressed && seen.saved")
    page.evaluate("seen.on = false")
    return float(page.evaluate("seen.pressed")), float(page.evaluate("seen.saved"))


def _heaps(page: Page, wire: Any) -> list[float]:
    """MB of heap after some use and after ten times more of the same."""
    found = []
    for turns in (1, 10):
        page.evaluate(
            """async (turns) => {
              const line = document.querySelector("time-line");
              for (let turn = 0; turn < turns * 40; turn += 1) {
                line.zoom(turn % 8 < 4 ? "in" : "out");
                line.select([...line.shelf.byId.keys()][turn * 7 % line.shelf.byId.size]);
                await new Promise(requestAnimationFrame);
              }
              line.select(null);
            }""",
            turns,
        )
        wire.send("HeapProfiler.collectGarbage")
        found.append(float(page.evaluate("performance.memory.usedJSHeapSize")) / 1e6)
    return found
