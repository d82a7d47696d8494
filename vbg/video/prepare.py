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
class Playable:
    """The film that plays and its frames' times: all that tagging needs.

    ``times_us``: each frame's time on the film's own timeline, as many as ``play`` really shows. ``exact``: these
    are the original's own frames; else the original is damaged and ``play``'s frames are the truth.
    ``frames`` is ``{"times_us"}`` as JSON. ``copied``: the pictures are the original's, not encoded anew.
    """

    play: Path
    frames: Path
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
class Dressing:
    """What the workspace shows around a film that plays.

    ``waveform`` is ``{"per_second", "peaks"}`` as JSON, None without sound.
    """

    poster: Path
    filmstrip: Path
    strip: Strip
    waveform: Path | None
    peaks: tuple[int, ...]


@dataclass(frozen=True)
class Prepared(Playable, Dressing):
    """All renditions of a film."""


@dataclass(frozen=True)
class _Job:
    original: Path
    folder: Path
    measured: Measured
    tools: run.Tools
    tell: Callable[[float], None]
    cancel: Callable[[], bool]


@dataclass(frozen=True)
class _Dress:
    footage: Footage
    folder: Path
    tools: run.Tools
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
    """Make all renditions of ``original`` in ``out_dir``: ``playable``, then ``dress``; ``tell`` hears 0 to 1."""
    made = playable(original, out_dir, measured, tools, tell, cancel)
    dressing = dress(made.footage, out_dir, tools, cancel)
    tell(1.0)
    return Prepared(**vars(made), **vars(dressing))


def playable(
    original: Path,
    out_dir: Path,
    measured: Measured,
    tools: run.Tools,
    tell: Callable[[float], None] = tell_nobody,
    cancel: Callable[[], bool] = run.never,
) -> Playable:
    """Make play.mp4 and frames.json of ``original`` in ``out_dir`` (it must exist); ``tell`` hears 0 to 0.85.

    Raises ToolError, and UnreadableError("cut_off") when no picture of it can be made to play. What was written
    stays for the caller to remove.
    """
    play, shown, copied = _play(_Job(original, out_dir, measured, tools, tell, cancel))
    tell(0.85)
    exact = _same(measured, shown)
    truth = measured if exact else shown
    size = shown.width, shown.height
    sound = shown.audio_codec is not None
    return Playable(
        play=play,
        frames=_json(out_dir / "frames.json", {"times_us": list(truth.times_us)}),
        times_us=truth.times_us,
        duration_ms=truth.duration_ms,
        offset_us=shown.zero_us,
        exact=exact,
        copied=copied,
        footage=Footage(play, truth.times_us, shown.zero_us, truth.duration_ms, *size, sound),
    )


def dress(footage: Footage, out_dir: Path, tools: run.Tools, cancel: Callable[[], bool] = run.never) -> Dressing:
    """Make poster.jpg, filmstrip.jpg and waveform.json of a film that plays in ``out_dir``. Raises ToolError."""
    job = _Dress(footage, out_dir, tools, cancel)
    poster = _poster(job)
    filmstrip, strip = _filmstrip(job)
    peaks = _peaks(job)
    curve: dict[str, object] = {"per_second": waveform.PER_SECOND, "peaks": list(peaks)}
    wave = _json(out_dir / "waveform.json", curve) if footage.sound else None
    return Dressing(poster, filmstrip, strip, wave, peaks)


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


def _poster(job: _Dress) -> Path:
    """A key frame near a third of the film: the first seconds often show a floor or a hand."""
    footage = job.footage
    size = commands.fit(footage.width, footage.height, short=540, long=960)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        at_us = footage.offset_us + min(footage.duration_ms * 1000 // 3, footage.times_us[-1])
        return commands.poster(source, target("poster.jpg"), at_us=at_us, size=size)

    _derive(job, build)
    return job.folder / "poster.jpg"


def _filmstrip(job: _Dress) -> tuple[Path, Strip]:
    duration_ms = job.footage.duration_ms
    step_ms = max(1000, -(-duration_ms // commands.MAX_TILES))
    strip = Strip(*commands.TILE, max(1, -(-duration_ms // step_ms)), step_ms)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.filmstrip(
            source,
            target("filmstrip.jpg"),
            step_ms=step_ms,
            count=strip.count,
            offset_us=job.footage.offset_us,
            keys_only=duration_ms > _ALL_FRAMES_MS,
        )

    _derive(job, build)
    return job.folder / "filmstrip.jpg", strip


def _derive(job: _Dress, build: Callable[[str, Callable[[str], str]], list[str]]) -> None:
    cpu_s = 60 + job.footage.duration_ms // 250
    run.ffmpeg(job.tools, job.footage.path, job.folder, build, cpu_s=cpu_s, file_bytes=_JPEG_BYTES, cancel=job.cancel)


def _peaks(job: _Dress) -> tuple[int, ...]:
    if not job.footage.sound:
        return ()
    return tuple(
        waveform.waveform(
            job.footage.path,
            offset_us=job.footage.offset_us,
            duration_ms=job.footage.duration_ms,
            scratch=job.folder,
            tools=job.tools,
            cancel=job.cancel,
        )
    )


def _json(path: Path, value: dict[str, object]) -> Path:
    path.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    return path
