"""Chromium shows the very frames that were measured: stepped by the page's own player, read by burnt-in number."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.films import read_number
from tests.video.camera import AAC, X264, shoot
from tests.video.zoo import AV1_CLEAR, FREE, OPUS, VP9, ZOO
from vbg.video import run
from vbg.video.prepare import Prepared, prepare

STATIC = Path(__file__).resolve().parents[2] / "static"
CAP = 2 * 1024**2
STEPS = 60
IRREGULAR = r"settb=1/1000,setpts=N*33+mod(N*7\,11)*2+floor(N/17)*130"
TRICKY = (
    "b_frames_late",
    "below_zero",
    "edit_list",
    "sound_before",
    "ts_clock_wraps",
    "turned_90",
    "tff",
    "hevc_10_bit",
)
PAGE = """<!doctype html><title>frames</title><body style="margin:0">
<film-player src="/play.mp4" frames="/frames.json" offset-us="{offset}" duration-ms="{duration}"></film-player>
<script type="module" src="/static/js/elements/film-player.js"></script>"""
SHOWN = """async () => {
  const player = document.querySelector("film-player"), video = player.video;
  const until = performance.now() + 20000;
  const still = () => player.aim === null && !video.seeking && video.readyState >= 2;
  while (!still()) {
    if (performance.now() > until) throw new Error(`no picture: aim ${player.aim}, error ${video.error?.message}`);
    await new Promise((go) => setTimeout(go, 10));
  }
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth; canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  return [player.frame, canvas.toDataURL("image/png").split(",")[1]];
}"""


@dataclass
class Stage:
    """What the little server gives: the film that plays, its frames, our own scripts."""

    address: str = ""
    film: bytes = b""
    frames: bytes = b""
    page: bytes = b""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    made = Stage()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/play.mp4":
                self.part()
            elif self.path == "/frames.json":
                self.say(200, "application/json", made.frames)
            elif self.path.startswith("/static/js/"):
                self.say(200, "text/javascript", (STATIC / self.path.removeprefix("/static/")).read_bytes())
            else:
                self.say(200 if self.path == "/" else 404, "text/html", made.page)

        def part(self) -> None:
            asked = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")
            first = int(asked[0])
            last = min(int(asked[1]) if asked[1] else len(made.film) - 1, len(made.film) - 1, first + CAP - 1)
            told = {"Content-Range": f"bytes {first}-{last}/{len(made.film)}", "Accept-Ranges": "bytes"}
            self.say(206, "video/mp4", made.film[first : last + 1], told)

        def say(self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.address = f"http://127.0.0.1:{server.server_address[1]}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


@pytest.fixture(scope="module")
def tools() -> run.Tools:
    return run.find()


@pytest.fixture
def player(chromium: Browser, stage: Stage, tools: run.Tools, tmp_path: Path) -> Iterator[Callable[[Path], tuple]]:
    """Prepare a film and open it in the player: the page, and what was made."""
    pages: list[Page] = []

    def show(film: Path, plays: tuple[str, ...] = ()) -> tuple[Page, Prepared]:
        out = tmp_path / "out"
        out.mkdir()
        done = prepare(film, out, tools, plays=plays)
        stage.film, stage.frames = done.play.read_bytes(), json.dumps({"times_us": done.times_us}).encode()
        stage.page = PAGE.format(offset=done.offset_us, duration=done.duration_ms).encode()
        pages.append(chromium.new_page())
        pages[-1].set_default_timeout(30_000)
        pages[-1].goto(stage.address)
        pages[-1].wait_for_function("document.querySelector('film-player').timesUs?.length > 0")
        return pages[-1], done

    yield show
    for page in pages:
        page.close()


def shown(page: Page) -> tuple[int, int]:
    """The frame that the player believes to show, and the number that stands in the picture."""
    frame, picture = page.evaluate(SHOWN)
    image = cv2.imdecode(np.frombuffer(base64.b64decode(picture), np.uint8), cv2.IMREAD_COLOR)
    return frame, read_number(image, turned=False)


def act(page: Page, what: str) -> tuple[int, int]:
    page.evaluate(f"() => document.querySelector('film-player').{what}")
    return shown(page)


@pytest.mark.parametrize("kind", ["copied", "encoded_anew"])
def test_sixty_steps_through_an_irregular_film_forth_and_back(kind: str, player, tmp_path: Path):
    codec = (*X264, "-bf", "2", "-b_strategy", "0") if kind == "copied" else ("-c:v", "mpeg4", "-q:v", "3")
    path = tmp_path / ("film.mp4" if kind == "copied" else "film.mkv")
    page, done = player(shoot(path, ("-vf", IRREGULAR, *FREE, *codec), frames=90, sound=(-0.3, 3.0), speak=AAC))
    assert (done.copied, done.frame_count) == (kind == "copied", 90)
    assert len({after - before for before, after in zip(done.times_us, done.times_us[1:], strict=False)}) > 3
    assert act(page, "seek(0)") == (0, 0)
    forth = [act(page, "step(1)") for _ in range(STEPS)]
    assert forth == [(number, number) for number in range(1, STEPS + 1)]
    back = [act(page, "step(-1)") for _ in range(STEPS)]
    assert back == [(number, number) for number in reversed(range(STEPS))]


@pytest.mark.parametrize("codec", ["vp9", "av1"])
def test_a_film_as_its_browser_recorded_it_shows_each_frame_at_its_time(codec: str, player, tmp_path: Path):
    encode, name = (VP9, "film.webm") if codec == "vp9" else (AV1_CLEAR, "film.mkv")
    line = ("-vf", IRREGULAR, *FREE, *encode, "-pix_fmt", "yuv420p")
    page, done = player(shoot(tmp_path / name, line, frames=90, sound=(-0.3, 3.0), speak=OPUS), plays=(codec,))
    assert (done.copied, done.frame_count) == (True, 90)
    assert page.evaluate("import('/static/js/lib/codecs.js').then((its) => its.played())") == "vp9,av1"
    assert act(page, "seek(0)") == (0, 0)
    assert [act(page, "step(1)") for _ in range(STEPS)] == [(number, number) for number in range(1, STEPS + 1)]
    back = [act(page, "step(-1)") for _ in range(STEPS)]
    assert back == [(number, number) for number in reversed(range(STEPS))]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in TRICKY else [pytest.mark.full])
        for name, beast in ZOO.items()
        if not beast.refused and "same_times" not in beast.says  # nobody can point at one of two at the same time
    ],
)
def test_chromium_shows_each_film_of_the_zoo_by_the_measured_times(name: str, player, tmp_path: Path):
    """First, last, and frames between, by the time that was measured for them."""
    beast = ZOO[name]
    page, done = player(beast.make(tmp_path))
    last = done.frame_count - 1
    for frame in dict.fromkeys((0, last // 3, last // 2, last, 0)):
        ms = -(-done.times_us[frame] // 1000)
        found = act(page, f"seek({ms})")
        wanted = next(index for index, time in enumerate(done.times_us) if time >= ms * 1000 or index == last)
        assert found == (wanted, beast.numbers[wanted]), frame
