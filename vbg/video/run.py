"""The only place that starts a media tool: boxed in, limited, cancellable, with its last words in the error."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from vbg.video.errors import ToolError
from vbg.video.limits import Limits
from vbg.video.sandbox import Cell, Sandbox, candidates
from vbg.video.source import Source, of

OnLine = Callable[[str], None]
_TICK_S = 0.1
_WORDS = 2000
_PIECE = 1024**2
# the frame times of four hours at 240 a second are 42 MB of JSON
_MOST_SAID = 64 * 1024**2


def never() -> bool:
    """A cancel that is never asked for."""
    return False


def ignore(_line: str) -> None:
    """For who does not listen to the tool's lines."""


def spare() -> int:
    """How many threads a tool may keep busy: one less than the cores we may use, at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores - 1)


@dataclass(frozen=True)
class Tools:
    """The tools of this machine: ffmpeg's path, the box, the limits, whether HDR can be brought to SDR; how many
    threads each stage of a tool (reading, drawing, writing) may use.
    """

    ffmpeg: Path
    sandbox: Sandbox
    limits: Limits = field(default_factory=Limits)
    tonemap: bool = True
    threads: int = field(default_factory=spare)


def find(ffmpeg: str | Path | None = None, limits: Limits | None = None) -> Tools:
    """Tools for this machine; the box is chosen by a trial run. ToolError(missing) without a working ffmpeg."""
    path = Path(ffmpeg).resolve() if ffmpeg else _wheel_ffmpeg()
    sandbox = choose(path)
    tools = Tools(path, sandbox, limits or Limits())
    filters = _trial(sandbox, path, "-filters")
    if filters is None:
        raise ToolError("missing", tool=str(path))
    return Tools(path, sandbox, tools.limits, " zscale " in filters and " tonemap " in filters)


def choose(ffmpeg: Path | None = None) -> Sandbox:
    """The strongest box in which the tool really starts; ``none`` when no box works."""
    path = ffmpeg or _wheel_ffmpeg()
    boxes = candidates()
    return next((box for box in boxes if _trial(box, path, "-version") is not None), boxes[-1])


def _wheel_ffmpeg() -> Path:
    import imageio_ffmpeg

    return Path(imageio_ffmpeg.get_ffmpeg_exe()).resolve()


def _trial(sandbox: Sandbox, ffmpeg: Path, question: str) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        cell = Cell(None, Path(folder), (ffmpeg,), 20, 1_000_000, Limits().memory_bytes)
        lines: list[str] = []
        try:
            start([str(ffmpeg), "-hide_banner", question], sandbox, cell, wall_s=30, on_line=lines.append)
        except ToolError:
            return None
        return "".join(lines)


def ffmpeg(
    tools: Tools,
    film: Path | Source,
    folder: Path,
    build: Callable[[str, Callable[[str], str]], list[str]],
    *,
    cpu_s: int,
    file_bytes: int,
    on_line: OnLine = ignore,
    cancel: Callable[[], bool] = never,
) -> None:
    """Run ffmpeg over ``film``, writing into ``folder``.

    ``build`` gets the film's address and a function from a file name to the address to write, and gives the
    arguments. ``cpu_s`` bounds the seconds of work, twice that the wall clock. Raises ToolError.
    """
    source, memory = of(film), tools.limits.memory_bytes
    cell = Cell(
        source.path.resolve(), folder.resolve(), (tools.ffmpeg,), cpu_s, file_bytes, memory, bool(source.key)
    )  # fmt: skip
    box = tools.sandbox
    arguments = build(box.source(cell), lambda name: box.target(cell, name))
    at = arguments.index("-i")
    argv = [str(tools.ffmpeg), *arguments[:at], *source.options, *arguments[at:]]
    start(argv, box, cell, wall_s=60 + 2 * cpu_s, on_line=on_line, cancel=cancel)


def programs_of_python() -> tuple[Path, ...]:
    """What the prober needs to see: this environment and the Python below it."""
    return tuple(dict.fromkeys((Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve())))


def start(
    argv: list[str],
    sandbox: Sandbox,
    cell: Cell,
    *,
    wall_s: float,
    on_line: OnLine = ignore,
    on_word: OnLine = ignore,
    cancel: Callable[[], bool] = never,
) -> None:
    """Run ``argv`` in the box until it ends; each line of its standard output goes to ``on_line``, each line of
    its complaints to ``on_word``.

    A line of more than 1 MiB comes in pieces. Raises ToolError: ``timed_out`` after ``wall_s`` seconds,
    ``cancelled``, ``failed`` with exit code and last words or when it says more than 64 MiB, ``missing`` when it
    cannot be started.
    """
    try:
        process = subprocess.Popen(
            sandbox.wrap(argv, cell),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            cwd=cell.folder,
            env={"PATH": os.defpath} if os.name == "posix" else None,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
    except OSError as error:
        raise ToolError("missing", tool=argv[0]) from error
    assert process.stdout is not None
    assert process.stderr is not None
    words: deque[str] = deque(maxlen=40)
    flood = threading.Event()

    def complain(line: str) -> None:
        words.append(line)
        on_word(line)

    readers = [_drain(process.stdout, on_line, flood), _drain(process.stderr, complain)]
    try:
        stopped = _wait(process, wall_s, lambda: flood.is_set() or cancel())
    finally:
        _kill(process)
        for reader in readers:
            reader.join(timeout=5)
    if flood.is_set():
        raise ToolError("failed", exit=None, words="said more than we listen to")
    if stopped:
        raise ToolError(stopped)
    if process.returncode != 0:
        raise ToolError("failed", exit=process.returncode, words="".join(words)[-_WORDS:])


def _drain(stream: IO[bytes], on_line: OnLine, flood: threading.Event | None = None) -> threading.Thread:
    def read() -> None:
        said = 0
        with stream:
            for piece in iter(lambda: stream.readline(_PIECE), b""):
                said += len(piece)
                if flood is not None and said > _MOST_SAID:
                    flood.set()
                    return
                on_line(piece.decode("utf-8", "replace"))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _wait(process: subprocess.Popen[bytes], wall_s: float, cancel: Callable[[], bool]) -> str:
    deadline = time.monotonic() + wall_s
    while time.monotonic() < deadline:
        if cancel():
            return "cancelled"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_TICK_S)
            return ""
    return "timed_out"


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
