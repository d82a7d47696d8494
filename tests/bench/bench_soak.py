"""Half an hour of a counselor's hands in the workspace, 5,000 moments on the film: does the page keep its memory?

She plays, presses labels, takes some back, opens and closes moments, writes a word, zooms, pans. After each round the
rubbish is collected and the heap read; moments that she made are taken back, so that what is kept stays the same.

Run: python -m tests.bench.bench_soak 30
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench import bench_line as line
from tests.bench.ground import serving, settled

MANY = 5000
ROUND_S = 60


def soak(minutes: int) -> None:
    """Print heap (MB), nodes and listeners of the page, a line a minute."""
    print("| minute | heap | nodes | listeners | acts |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        house = settled(Path(name) / "practice")
        taken = line.hour_of_film(house, Path(name))
        line.fill(house, taken, MANY, line.goals_of(house, taken))
        where = os.environ.get("VBG_CHROMIUM", "/usr/bin/chromium")
        with serving(house.settings.data) as served:
            browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
            context = browser.new_context(base_url=served.address, viewport={"width": 1366, "height": 768})
            page = context.new_page()
            line.sign_in(page)
            wire = context.new_cdp_session(page)
            page.goto(f"/films/{taken.id}/workspace")
            page.wait_for_function(
                f"() => document.querySelector('work-space')?.shelf?.byId.size >= {MANY}", timeout=120_000
            )
            page.locator('[data-to-stand="label"]').click()
            done = 0
            for minute in range(minutes + 1):
                done += _minute(page, ROUND_S if minute else 5)
                print(f"| {minute} | {_told(wire, page)} | {done} |", flush=True)
            browser.close()
        house.database.close()


def _minute(page: Page, seconds: float) -> int:
    """What her hands do for so long; how many things were done."""
    ends, done = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        page.evaluate("document.querySelector('film-player').skip(7000); document.querySelector('film-player').play()")
        for key in ("1", "4"):
            page.keyboard.press(key)
            page.wait_for_timeout(300)
        page.evaluate("document.querySelector('film-player').pause()")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.keyboard.type("Kijk. ")
        page.keyboard.press("Escape")
        for way in ("in", "in", "out", "out"):
            page.evaluate("(way) => document.querySelector('time-line').zoom(way)", way)
            page.wait_for_timeout(30)
        page.mouse.move(700, 640)
        for turn in range(10):
            page.mouse.wheel(60 if turn < 5 else -60, 0)
        for _ in range(4):
            page.keyboard.press("Control+z")
            page.wait_for_timeout(120)
        done += 8
    page.wait_for_timeout(500)
    return done


def _told(wire: Any, page: Page) -> str:
    wire.send("HeapProfiler.collectGarbage")
    counted = wire.send("Memory.getDOMCounters")
    heap = float(page.evaluate("performance.memory.usedJSHeapSize")) / 1e6
    return f"{heap:.1f} MB | {counted['nodes']} | {counted['jsEventListeners']}"


if __name__ == "__main__":
    soak(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
