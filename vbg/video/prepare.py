"""From an upload to what the workspace shows: a film that plays, its frames' times, poster, filmstrip, waveform."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vbg.video import commands, probe, progress, run, waveform
from vbg.video.errors import ToolError, UnreadableError
from vbg.video.footage import Footage
from vbg.video.probe import Measured

_SAME_US = 2_000
_ALL_FRAMES_MS = 20_000
_FULL_HD = 1920 * 1080
_JPEG_BYTES = 20_000_000


@dataclass(frozen=True)
class Strip:
    """The filmstrip's tiles: one row, tile n for the film time n x ``step_ms``."""

    tile_width: int
    tile_height: int
    count: int
    step_ms: int


@dataclass(frozen=True)
class Prepared:
    """Files in the folder given to ``prepare`` and what they are.

    ``times_us``: each frame's time on the film's own timeline, as many as ``play`` really shows. ``exact``: these
    are the original's own frames; else the original is damaged and ``play``'s frames are the truth.
    ``waveform`` is ``{"per_second", "peaks"}`` as JSON, None without sound; ``frames`` is ``{"times_us"}``.
    ``copied``: the pictures are the original's, not encoded anew.
    """

    play: Path
    poster: Path
    filmstrip: Path
    strip: Strip
    frames: Path
    waveform: Path | None
    peaks: tuple[int, ...]
    times_us: tuple[int, ...]
    duration_ms: int
    offset_us: int
    exact: bool
    copied: bool
    footage: Footage

    @property
    def frame_count(self) -> int:
        """How many frames ``play`` shows."""
        return len(self.times_us)


@dataclass(frozen=True)
class _Job:
    original: Path
    folder: Path
    measured: Measured
    tools: run.Tools
    tell: Callable[[float], None]
    cancel: Callable[[], bool]


def tell_nobody(_share: float) -> None:
    """For who does not follow the progress."""


def prepare(
    original: Path,
    out_dir: Path,
    measured: Measured,
    tools: run.Tools,
    tell: Callable[[float], None] = tell_nobody,
    cancel: Callable[[], bool] = run.never,
) -> Prepared:
    """Make all renditions of ``original`` in ``out_dir`` (it must exist); ``tell`` hears 0 to 1.

    Files: play.mp4, poster.jpg, filmstrip.jpg, frames.json, waveform.json. Raises ToolError, and
    UnreadableError("cut_off") when no picture of it can be made to play. What was written stays for the caller
    to remove.
    """
    job = _Job(original, out_dir, measured, tools, tell, cancel)
    play, shown, copied = _play(job)
    tell(0.85)
    exact = _same(measured, shown)
    times_us, duration_ms = (measured.times_us, measured.duration_ms) if exact else (shown.times_us, shown.duration_ms)
    sound = shown.audio_codec is not None
    footage = Footage(play, times_us, shown.zero_us, duration_ms, shown.width, shown.height, sound)
    poster = _poster(job, footage, duration_ms)
    tell(0.9)
    filmstrip, strip = _filmstrip(job, footage, duration_ms)
    tell(0.95)
    peaks = _peaks(job, footage, duration_ms)
    prepared = Prepared(
        play=play,
        poster=poster,
        filmstrip=filmstrip,
        strip=strip,
        frames=_json(out_dir / "frames.json", {"times_us": list(times_us)}),
        waveform=_json(out_dir / "waveform.json", {"per_second": waveform.PER_SECOND, "peaks": list(peaks)})
        if sound
        else None,
        peaks=peaks,
        times_us=times_us,
        duration_ms=duration_ms,
        offset_us=shown.zero_us,
        exact=exact,
        copied=copied,
        footage=footage,
    )
    tell(1.0)
    return prepared


def _play(job: _Job) -> tuple[Path, Measured, bool]:
    """The film that plays, what it measures, and whether it is a copy: only a copy with the very same frames."""
    play = job.folder / "play.mp4"
    if job.measured.playable:
        shown = _copied(job, play)
        if shown is not None and _same(job.measured, shown):
            return play, shown, True
    _transcode(job, play)
    try:
        return play, probe.measure(play, job.tools, cancel=job.cancel), False
    except UnreadableError as error:
        raise UnreadableError("cut_off") from error


def _same(measured: Measured, shown: Measured) -> bool:
    if measured.frame_count != shown.frame_count:
        return False
    pairs = zip(measured.times_us, shown.times_us, strict=True)
    return all(abs(one - other) <= _SAME_US for one, other in pairs)


def _streams(measured: Measured) -> commands.Streams:
    return commands.Streams(measured.video_order, measured.audio_order)


def _copied(job: _Job, play: Path) -> Measured | None:
    """The copy's measure, or None when a copy cannot be made or read."""
    quota = job.original.stat().st_size * 5 // 4 + 16_000_000

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.copy(source, target(play.name), _streams(job.measured), quota=quota)

    try:
        _run(job, build, cpu_s=60 + job.measured.duration_ms // 250, file_bytes=quota)
        return probe.measure(play, job.tools, trust=True, cancel=job.cancel)
    except UnreadableError:
        return None
    except ToolError as error:
        if error.code != "failed":
            raise
        return None


def _transcode(job: _Job, play: Path) -> None:
    measured = job.measured
    seconds = measured.duration_ms / 1000
    quota = 64_000_000 + int(seconds * 2_000_000)
    size = commands.fit(measured.width, measured.height, short=720, long=1280)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.transcode(
            source,
            target(play.name),
            _streams(measured),
            size=size,
            tonemap=measured.hdr and job.tools.tonemap,
            interlaced=measured.interlaced,
            quota=quota,
            limit_s=seconds + 600,
        )

    _run(job, build, cpu_s=_patience(measured), file_bytes=quota)


def _patience(measured: Measured) -> int:
    """Seconds of work allowed: 60 + 4 per second of film, more for pictures beyond full HD or 30 per second."""
    seconds = measured.duration_ms / 1000
    rate = measured.frame_count / max(1.0, seconds)
    weight = max(1.0, measured.width * measured.height / _FULL_HD) * max(1.0, rate / 30)
    return int(60 + 4 * seconds * weight * (2 if measured.hdr else 1))


def _run(job: _Job, build: Callable[[str, Callable[[str], str]], list[str]], *, cpu_s: int, file_bytes: int) -> None:
    state = progress.Progress()

    def hear(line: str) -> None:
        nonlocal state
        state = progress.read(line, state)
        job.tell(0.8 * progress.share(state, job.measured.duration_ms))

    run.ffmpeg(
        job.tools,
        job.original,
        job.folder,
        build,
        cpu_s=cpu_s,
        file_bytes=file_bytes,
        on_line=hear,
        cancel=job.cancel,
    )


def _poster(job: _Job, footage: Footage, duration_ms: int) -> Path:
    """A key frame near a third of the film: the first seconds often show a floor or a hand."""
    size = commands.fit(footage.width, footage.height, short=540, long=960)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        at_us = footage.offset_us + duration_ms * 1000 // 3
        return commands.poster(source, target("poster.jpg"), at_us=at_us, size=size)

    _derive(job, footage, build, duration_ms)
    return job.folder / "poster.jpg"


def _filmstrip(job: _Job, footage: Footage, duration_ms: int) -> tuple[Path, Strip]:
    step_ms = max(1000, -(-duration_ms // commands.MAX_TILES))
    strip = Strip(*commands.TILE, max(1, -(-duration_ms // step_ms)), step_ms)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.filmstrip(
            source,
            target("filmstrip.jpg"),
            step_ms=step_ms,
            count=strip.count,
            offset_us=footage.offset_us,
            keys_only=duration_ms > _ALL_FRAMES_MS,
        )

    _derive(job, footage, build, duration_ms)
    return job.folder / "filmstrip.jpg", strip


def _derive(
    job: _Job, footage: Footage, build: Callable[[str, Callable[[str], str]], list[str]], duration_ms: int
) -> None:
    cpu_s = 60 + duration_ms // 250
    run.ffmpeg(job.tools, footage.path, job.folder, build, cpu_s=cpu_s, file_bytes=_JPEG_BYTES, cancel=job.cancel)


def _peaks(job: _Job, footage: Footage, duration_ms: int) -> tuple[int, ...]:
    if not footage.sound:
        return ()
    return tuple(
        waveform.waveform(
            footage.path,
            offset_us=footage.offset_us,
            duration_ms=duration_ms,
            scratch=job.folder,
            tools=job.tools,
            cancel=job.cancel,
        )
    )


def _json(path: Path, value: dict[str, object]) -> Path:
    path.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    return path
