"""What the measurements stand on: a settled practice, the real server over it, films made by ffmpeg, rows to print."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import NamedTuple

import imageio_ffmpeg

from tests.people import meet, settle
from vbg import house as houses
from vbg.config import Settings
from vbg.house import House
from vbg.migrations import run as migrations
from vbg.people import actions as people

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
FREE_PORT_FROM = 18420


class Row(NamedTuple):
    """One line of the table: what was measured, ours, what stands beside it, and what it must be."""

    what: str
    ours: str
    beside: str
    target: str


@dataclass(frozen=True)
class Served:
    """A running `vbg serve`: its address and its process."""

    address: str
    process: subprocess.Popen[str]

    def ask(
        self, path: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> tuple[bytes, HTTPMessage]:
        """The answer's body and headers. HTTPError when it is 400 or more."""
        sent = urllib.request.Request(self.address + path, body, dict(headers or {}), method=method)
        with urllib.request.urlopen(sent, timeout=120) as answer:  # our own server
            return answer.read(), answer.headers


def settled(folder: Path, database_url: str = "") -> House:
    """A new practice in `folder` with the personas of the tests; its tables in SQLite unless told otherwise."""
    settings = Settings(folder, database_url=database_url, secret_key="for measuring only")
    houses.found(settings)
    house = houses.enter(settings)
    migrations.upgrade(house.database)
    with house.database.unit() as session:
        settle(house, session)
    return house


def bearer(house: House, name: str = "ann") -> dict[str, str]:
    """Headers with which a program signs in as this persona."""
    with house.database.unit() as session:
        return {"Authorization": f"Bearer {people.make_token(session, meet(session).people[name])}"}


def start(data: Path) -> subprocess.Popen[str]:
    """`vbg serve` as a process of its own; its first line says where."""
    command = [sys.executable, "-m", "vbg.cli", "serve", "--data", str(data), "--no-browser", "--json"]
    command += ["--port", str(FREE_PORT_FROM)]
    environment = os.environ | {"VBG_LANGUAGE": "en"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as after set-up, which compiles
    quiet = {"stderr": subprocess.DEVNULL, "text": True}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, **quiet)


@contextmanager
def serving(data: Path) -> Iterator[Served]:
    """The real server with its worker, until the end of the block."""
    process = start(data)
    assert process.stdout is not None
    with process.stdout:
        try:
            yield Served(json.loads(process.stdout.readline())["address"], process)
        finally:
            process.terminate()
            process.wait(30)


def film(path: Path, size: str, seconds: int, bits: str, front: bool = False) -> Path:
    """A moving test picture with a tone, H.264 and AAC: ten seconds, repeated without encoding anew.

    With `front` its index stands first, as in a film that was prepared.
    """
    part = path.with_suffix(".part.mp4")
    _ffmpeg(
        "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30,noise=alls=20:allf=t", "-f", "lavfi", "-i", "sine=440",
        "-t", "10", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "60",
        "-b:v", bits, "-minrate", bits, "-maxrate", bits, "-bufsize", bits, "-c:a", "aac", str(part),
    )  # fmt: skip
    index = ("-movflags", "+faststart") if front else ()
    _ffmpeg("-stream_loop", str(seconds // 10 - 1), "-i", str(part), "-c", "copy", *index, str(path))
    part.unlink()
    return path


def heavy_film(path: Path, size: str, seconds: int) -> Path:
    """A film that no browser plays, so that it is encoded anew: MPEG-4 part 2, ten seconds over and over."""
    part = path.with_suffix(".part.avi")
    _ffmpeg("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30", "-t", "10", "-c:v", "mpeg4", "-q:v", "8", str(part))
    _ffmpeg("-stream_loop", str(seconds // 10 - 1), "-i", str(part), "-c", "copy", str(path))
    part.unlink()
    return path


def bare_copy(source: Path, target: Path) -> float:
    """Seconds that ffmpeg alone takes to make the film playable at once, giving way to others as ours does."""
    began = time.perf_counter()
    _ffmpeg("-i", str(source), "-c", "copy", "-movflags", "+faststart", str(target), gently=True)
    return time.perf_counter() - began


def _ffmpeg(*arguments: str, gently: bool = False) -> None:
    nice = shutil.which("nice") if gently else None
    before = [nice, "-n", "10"] if nice else []
    subprocess.run([*before, FFMPEG, "-v", "error", "-nostdin", "-y", *arguments], check=True)
