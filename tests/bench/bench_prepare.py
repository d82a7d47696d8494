"""Making a film ready beside ffmpeg's bare commands on the same film: in turns, as many threads, as little haste.

All of ours counts: opening the sealed original, measuring, encoding or copying, drawing, checking, sealing. With
minutes: how time and memory grow with the length of the film.

Run: python -m tests.bench prepare, or python -m tests.bench.bench_prepare 1 10 60 180
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.bench.ground import FFMPEG, Row, film, settled
from tests.people import World, meet
from vbg.films import intake, jobs
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House
from vbg.video import prepare, probe, run
from vbg.video.footage import Footage

ROUNDS = 2
QUICK_S = 5
"""What takes less is measured more often."""
TO_720 = "scale=-2:720"


def rows(folder: Path) -> list[Row]:
    """Both sides in turns, so that what else the machine does weighs on both."""
    house, tools = settled(folder / "practice"), run.find()
    plain = film(folder / "minute.mp4", "1920x1080", 60, "13.3M")
    hevc = _hevc(plain, folder / "minute.mov")
    target = folder / "bare.mp4"
    ten = folder / "ten.mp4"
    _looped(plain, ten, 10, keep=True)
    out = folder / "out"
    out.mkdir()
    heard = ("-map", "0:v", "-map", "0:a", "-c:a", "aac")
    return [
        _row(
            "full preparation, 1 min of 1080p HEVC", lambda: _prepared(house, hevc), "bare transcode",
            lambda: _bare(tools, hevc, "-vf", TO_720, *_x264(tools), *heard, str(target)), 1.15,
        ),
        _row(
            "full preparation, 1 min of 1080p H.264", lambda: _prepared(house, plain), "bare transcode",
            lambda: _bare(tools, plain, "-vf", TO_720, *_x264(tools), *heard, str(target)), 1.15,
        ),
        _drawn(plain, out, tools, "1 min", sound=False, most=1.2),
        _drawn(ten, out, tools, "10 min", sound=False, most=1.2),
        _drawn(ten, out, tools, "10 min", sound=True, most=None),
    ]  # fmt: skip


def _drawn(source: Path, out: Path, tools: run.Tools, length: str, *, sound: bool, most: float | None) -> Row:
    """What is drawn around a film that plays, beside a bare pass over its key frames."""
    footage = replace(_footage(source, tools), sound=sound)
    keys = out.parent / "keys.jpg"
    what = f"poster, filmstrip, frames of the hints{', waveform' if sound else ''}, {length} of 1080p"
    ours, bare = (
        lambda: prepare.dress(footage, out, tools),
        lambda: _bare(tools, source, "-an", *_tiles(footage), str(keys), keys=True),
    )
    return _row(what, ours, "bare key frames", bare, most)


def _tiles(footage: Footage) -> tuple[str, ...]:
    """One strip of the whole film, as ours: a tile a second, or 120 of them."""
    seconds = footage.duration_ms // 1000
    step = -(-seconds // 120)
    return ("-vf", f"fps=1/{step},scale=160:90,tile={seconds // step}x1", "-frames:v", "1", "-update", "1")


def _row(what: str, ours: Callable[[], object], beside: str, bare: Callable[[], object], most: float | None) -> Row:
    took: tuple[list[float], list[float]] = ([], [])
    while len(took[0]) < (ROUNDS if took[0][:1] > [QUICK_S] else 4 * ROUNDS):
        for seconds, action in zip(took, (ours, bare), strict=True):
            seconds.append(_timed(action))
    mine, other = (statistics.median(one) for one in took)
    return Row(what, f"{mine:.2f} s (x{mine / other:.2f})", f"{beside} {other:.2f} s", f"<= x{most}" if most else "-")


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _prepared(house: House, source: Path) -> Film:
    """All of it, the lighter twin too when the film is to have one; the film as it stands then."""
    with house.database.unit(write=False) as session:
        world: World = meet(session)
        viewer, family = world.viewer("ann"), world.families["merel"].id
    form = NewUpload(family=str(family), length=source.stat().st_size, filename=source.name)
    mine = intake.take(house, viewer, source, form)
    jobs.prepare(house, mine.id)
    jobs.lighten(house, mine.id)
    with house.database.unit(write=False) as session:
        done = session.get_one(Film, mine.id)
        assert done.state == "ready", done.reason
        return done


def _bare(tools: run.Tools, source: Path, *line: str, keys: bool = False) -> None:
    """The tool alone, as little in haste as ours."""
    before = ("-skip_frame", "nokey") if keys else ()
    threads = ("-threads", str(tools.threads))
    at_most = ("-filter_threads", str(tools.threads), "-filter_complex_threads", str(tools.threads))
    nice = [tools.sandbox.nice, "-n", "10"] if tools.sandbox.nice else []
    told = [FFMPEG, "-v", "error", "-nostdin", "-y", *at_most, *threads, *before, "-i", str(source), *line]
    subprocess.run([*nice, *told], check=True)


def _x264(tools: run.Tools) -> tuple[str, ...]:
    keys = ("-force_key_frames", "expr:gte(t,n_forced*1)", "-pix_fmt", "yuv420p")
    return ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-bf", "0", "-threads:v", str(tools.threads), *keys)


def _hevc(source: Path, target: Path) -> Path:
    quick = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
    part = target.with_suffix(".part.mov")
    _bare(run.find(), source, "-t", "10", *quick, "-c:a", "copy", str(part))
    _looped(part, target, 6)
    return target


def _looped(part: Path, target: Path, times: int, *, keep: bool = False) -> None:
    line = [FFMPEG, "-v", "error", "-nostdin", "-y", "-stream_loop", str(times - 1), "-i", str(part)]
    subprocess.run([*line, "-c", "copy", str(target)], check=True)
    if not keep:
        part.unlink()


def _footage(source: Path, tools: run.Tools) -> Footage:
    found = probe.measure(source, tools)
    size = found.width, found.height
    return Footage(source, found.times_us, found.zero_us, found.duration_ms, *size, sound=True)


def grow(minutes: list[int]) -> None:
    """Print what each length takes, the shortest first: memory is the most that our process has held so far.

    Beside each stands how often the bare tool decodes the same film in that time, measured before and after: what
    else the machine does weighs on both.
    """
    print("| film | copied | x bare decoding | encoded | x bare decoding | our process |\n|---|---|---|---|---|---|")
    for length in sorted(minutes):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            house = settled(folder / "practice")
            plain = film(folder / "plain.mp4", "640x360", 60 * length, "400k")
            slow = folder / "slow.mov"
            _bare(run.find(), plain, "-t", "10", "-c:v", "mpeg4", "-g", "300", "-c:a", "copy", str(folder / "one.mov"))
            _looped(folder / "one.mov", slow, 6 * length)
            took = [_beside_decoding(house, source) for source in (plain, slow)]
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        spent = " | ".join(f"{seconds:.1f} s | {seconds / bare:.2f}" for seconds, bare in took)
        print(f"| {length} min | {spent} | {held} MiB |", flush=True)


def _beside_decoding(house: House, source: Path) -> tuple[float, float]:
    tools = run.find()

    def decode() -> None:
        _bare(tools, source, "-f", "null", "-")

    before = _timed(decode)
    seconds = _timed(lambda: _prepared(house, source))
    return seconds, (before + _timed(decode)) / 2


if __name__ == "__main__":
    grow([int(one) for one in sys.argv[1:]] or [1, 10])
