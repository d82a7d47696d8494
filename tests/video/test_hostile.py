"""Hostile files end in a named refusal or are honestly taken in: no foreign picture, no request, no stray file, no
hang, no memory hunger.
"""

import contextlib
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
import pytest

from tests.video.camera import X264, ffmpeg, shoot
from tests.video.hostile import FILM, HOSTILE, NAMES, PLAYLISTS, Place
from tests.video.test_source import locked
from vbg.video import probe
from vbg.video.errors import ToolError, UnreadableError
from vbg.video.prepare import Prepared, prepare
from vbg.video.run import Tools
from vbg.video.sandbox import Sandbox
from vbg.video.source import Source

MEMORY_BYTES = 512 * 1024**2
SECONDS = 30
MADE = {"play.mp4", "frames.json", "poster.jpg", "filmstrip.jpg", "waveform.json", "hints.json"}
SUFFIXES = ("mp4", "mov", "mkv")


@dataclass
class Canary:
    """Listens on loopback and counts who comes."""

    visits: list[bytes] = field(default_factory=list)
    address: str = ""


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    bird = Canary()
    with socket.create_server(("127.0.0.1", 0)) as server:
        bird.address = f"http://127.0.0.1:{server.getsockname()[1]}"

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    visitor, _ = server.accept()
                    with visitor:
                        visitor.settimeout(1)
                        bird.visits.append(visitor.recv(200))
                        visitor.sendall(b"HTTP/1.0 404 Not here\r\n\r\n")

        threading.Thread(target=listen, daemon=True).start()
        yield bird
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, canary: Canary) -> Place:
    """A film of one's own, and the film of a neighbour: nothing but magenta."""
    folder = tmp_path_factory.mktemp("street")
    neighbour = folder / "neighbour.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=magenta:s=320x240:r=25:d=2", *X264, str(neighbour))
    own = [shoot(folder / name, frames=25, sound=(0.0, 1.0)) for name in ("own.mp4", "own.mkv")]
    return Place(*own, neighbour, canary.address)


def foreign(image: np.ndarray) -> bool:
    """Whether a tenth of a BGR picture is magenta."""
    blue, green, red = (image[..., channel].astype(int) for channel in range(3))
    return bool(((blue > 180) & (red > 180) & (green < 80)).mean() > 0.1)


def pictures(done: Prepared) -> Iterator[np.ndarray]:
    with av.open(str(done.play)) as film:
        yield from (frame.to_ndarray(format="bgr24") for frame in film.decode(video=0))
    for path in (done.poster, done.filmstrip):
        yield cv2.imread(str(path))


class Watch:
    """The highest resident memory of any process started meanwhile, in bytes, and how long it took, in s."""

    def __init__(self) -> None:
        self.peak = 0
        self.seconds = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._began
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            for process in self._below(os.getpid()):
                with contextlib.suppress(OSError, ValueError):
                    status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
                    peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "0 0")
                    self.peak = max(self.peak, int(peak.split()[1]) * 1024)

    def _below(self, process: int) -> Iterator[int]:
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208 - they come and go
                for child in Path(f"/proc/{process}/task/{thread}/children").read_text("ascii").split():
                    yield int(child)
                    yield from self._below(int(child))


def attempt(film: Path | Source, out: Path, tools: Tools) -> tuple[str, Prepared | None]:
    """How it ends: a reason code, or FILM with what was made of it."""
    try:
        return FILM, prepare(film, out, tools)
    except UnreadableError as error:
        return error.code, None
    except ToolError as error:
        return f"tool_{error.code} {error.values}", None


def tree(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*")}


def cases(full: bool) -> list:
    return [pytest.param(name, marks=[pytest.mark.full] if trap.full or full else []) for name, trap in HOSTILE.items()]


@pytest.fixture
def room(tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder in which the neighbour's film lies near; temporary files go beside it."""
    for name in ("room", "room/out", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "room" / "neighbour.mp4").hardlink_to(place.neighbour)
    return tmp_path / "room"


def endures(name: str, place: Place, room: Path, canary: Canary, tools: Tools, hidden: bool = False) -> None:
    trap = HOSTILE[name]
    path = room / f"film.{SUFFIXES[len(name) % 3]}"
    path.write_bytes(trap.make(place))
    film = locked(path, room) if hidden else path
    before, visits = tree(room.parent, place.own.parent), len(canary.visits)
    with Watch() as watch:
        ended, done = attempt(film, room / "out", tools)
    print(f"HOSTILE {name}: {ended} in {watch.seconds:.2f} s, {watch.peak / 1024**2:.0f} MiB")
    assert ended in trap.ends
    assert watch.seconds < SECONDS
    assert watch.peak < MEMORY_BYTES
    assert len(canary.visits) == visits
    left = tree(room.parent, place.own.parent) - before
    assert left <= {room / "out" / made for made in MADE}
    if done is not None:
        assert not any(foreign(image) for image in pictures(done))
        assert not any(
            b"<script>" in (room / "out" / made).read_bytes() for made in MADE if (room / "out" / made).exists()
        )


@pytest.mark.parametrize("name", cases(full=False))
def test_what_means_harm_does_none(name: str, place: Place, room: Path, canary: Canary, tools: Tools):
    endures(name, place, room, canary, tools)


@pytest.mark.parametrize("name", [*cases(full=False)[::9], *cases(full=True)])
def test_under_a_one_time_key_they_do_no_more(name: str, place: Place, room: Path, canary: Canary, tools: Tools):
    """As a film that is too large for memory is read: its protocol is one more that is open."""
    endures(name, place, room, canary, tools, hidden=True)


@pytest.mark.parametrize("name", cases(full=True))
def test_the_lists_and_limits_alone_hold_too(name: str, place: Place, room: Path, canary: Canary, tools: Tools):
    """On a system without the box (macOS, Windows) there is nothing else."""
    bare = Tools(tools.ffmpeg, Sandbox("none", prlimit=tools.sandbox.prlimit), tools.limits, tools.tonemap)
    endures(name, place, room, canary, bare)


def test_a_bare_tool_would_have_shown_the_neighbour_and_called_out(place: Place, room: Path, canary: Canary):
    """What these tests look for is real: the same tool, not held back, does both."""
    listed = room / "film.mp4"
    visits = len(canary.visits)
    for name in ("ffconcat_near", "ffconcat_web"):
        listed.write_bytes(PLAYLISTS[name].make(place))
        # without this word of welcome today's ffmpeg asks no host from within a local list
        open_to = ("-safe", "0", "-protocol_whitelist", "file,http,tcp") if "web" in name else ()
        line = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *open_to, "-i", str(listed)]
        subprocess.run([*line, str(room / f"{name}.mp4")], capture_output=True, timeout=60, check=False)
    with av.open(str(room / "ffconcat_near.mp4")) as film:
        assert foreign(next(film.decode(video=0)).to_ndarray(format="bgr24"))
    assert len(canary.visits) > visits


@pytest.mark.parametrize("box", ["boxed", "bare"])
def test_a_name_is_never_an_option_or_an_address(box: str, place: Place, room: Path, canary: Canary, tools: Tools):
    how = tools if box == "boxed" else Tools(tools.ffmpeg, Sandbox("none", prlimit=tools.sandbox.prlimit))
    told, visits = probe.measure(place.own, how), len(canary.visits)
    for name in NAMES:
        film = room / name
        film.write_bytes(place.own.read_bytes())
        before = tree(room.parent)
        assert probe.measure(film, how) == told, name
        assert tree(room.parent) == before, name
        film.unlink()
    assert len(canary.visits) == visits
