"""A real practice from an empty `vbg init`, served by the real commands, and one Chromium for the whole run."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.walk import Walk
from tests.films import numbered

PASSWORD = "een rustige zin met bloemen"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


@dataclass(frozen=True)
class Practice:
    """A served practice: where it answers, where its data lie, its first counselor's one-use code, a phone's way in."""

    address: str
    data: Path
    code: str
    lan: str = ""


def _run(*arguments: str) -> dict[str, str]:
    command = [sys.executable, "-m", "vbg.cli", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(data: Path, *more: str) -> Iterator[Practice]:
    """A new practice in `data`, served with `more` options until the block ends."""
    made = _run(
        "init", "--data", str(data), "--practice", "De Linde", "--name", "Ine Maes", "--email", "ine@linde.test"
    )
    command = [
        sys.executable, "-m", "vbg.cli", "serve", "--data", str(data), "--port", str(free_port()),
        "--no-browser", "--json", *more,
    ]  # fmt: skip
    log = data / "serve.log"
    with log.open("w") as file, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            assert line, log.read_text()
            told = json.loads(line)
            yield Practice(told["address"], data, made["code"], told.get("lan", ""))
        finally:
            process.terminate()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """An empty practice, as `vbg init` leaves it, served with its own worker process."""
    with served(tmp_path / "practice") as practice:
        yield practice


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    """Playwright, once a run."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright_: Playwright) -> Iterator[Browser]:
    """The browser, once a run."""
    where = os.environ.get("VBG_CHROMIUM", "/usr/bin/chromium")
    browser = playwright_.chromium.launch(executable_path=where, headless=True, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def walk(chromium: Browser, practice: Practice) -> Iterator[Callable[..., Walk]]:
    """`walk()`: somebody with a browser of their own; at the end no page of theirs may have complained."""
    contexts: list[BrowserContext] = []
    walks: list[Walk] = []

    def begin(width: int = 1366, height: int = 641, *, touch: bool = False) -> Walk:
        context = chromium.new_context(
            base_url=practice.address, viewport={"width": width, "height": height}, has_touch=touch,
            locale="nl-BE", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        walks.append(Walk(context.new_page(), practice.address))
        return walks[-1]

    yield begin
    complaints = [line for one in walks for line in one.complaints]
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def phone_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a phone makes it: HEVC, turned a quarter, uneven frames, sound that begins early and ends early. 19 s."""
    return numbered(
        tmp_path_factory.mktemp("phone") / "IMG_0042.mov", frames=480, size=(240, 320), codec="hevc", rotate=90,
        times_ms=uneven(480), sound=(-0.12, 17.5), key_every=50,
    )  # fmt: skip


def uneven(frames: int) -> list[int]:
    """Times in ms as phones write them: 40 ms a frame, each a little early or late, one frame long."""
    return [number * 40 + (number * 7 % 11) + (60 if number > 120 else 0) for number in range(frames)]


SAMPLES = Path(os.environ.get("VBG_SAMPLES") or "/nowhere")
PHONES = [
    path for path in (SAMPLES / "phone_flir_vfr_upright.mp4", SAMPLES / "iphone6_h264_rot90.mov") if path.is_file()
]


@pytest.fixture(
    scope="session", params=PHONES or [None], ids=lambda path: path.stem if path else "no_samples_so_made_by_code"
)
def real_film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film from a real phone; without VBG_SAMPLES one like it, and the test's name says so.

    That one is upright, about seven frames a second, with two seconds of standstill at first; 12 s.
    """
    if request.param:
        return request.param
    times_ms = [0, *(2000 + number * 137 + number * 29 % 83 for number in range(72))]
    return numbered(
        tmp_path_factory.mktemp("halting") / "film.mp4", frames=73, size=(240, 320), times_ms=times_ms, sound=(0, 11),
    )  # fmt: skip
