"""From an upload to what the workspace shows: a film that plays, its frames' times, pictures, sound curve, hints."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from vbg.video import commands, copying, hints, packets, probe, progress, run, waveform
from vbg.video.commands import Streams
from vbg.video.copying import PLAY
from vbg.video.errors import ToolError, UnreadableError
from vbg.video.footage import Footage
from vbg.video.probe import Measured
from vbg.video.source import Source

_SAME_US = 2_000
_ALL_FRAMES_MS = 20_000
_FULL_HD = 1920 * 1080
_JPEG_BYTES = 20_000_000
_POSTER, _STRIP, _SOUND, _MOTION = "poster.jpg", "filmstrip.jpg", "sound.pcm", "motion.gray"
SHORT, LONG = 720, 1280


@dataclass(frozen=True)
class Strip:
    """The filmstrip's tiles: one row, tile n for the film time n x ``step_ms``."""

    tile_width: int
    tile_height: int
    count: int
    step_ms: int


@dataclass(frozen=True)
class Dressing:
    """What the workspace shows around a film that plays.

    ``waveform`` is ``{"per_second", "peaks"}`` as JSON, None without sound; ``hints`` is ``{"spans": [{"kind",
    "start_ms", "end_ms"}]}`` (``hints.Hint``).
    """

    poster: Path
    filmstrip: Path
    strip: Strip
    waveform: Path | None
    peaks: tuple[int, ...]
    hints: Path


@dataclass(frozen=True)
class Twin:
    """A lighter film with the very same frames, and the hints that the same decoding gave (``Dressing``)."""

    play: Path
    hints: Path


@dataclass(frozen=True)
class Playable:
    """The film that plays and its frames' times: all that tagging needs.

    ``measured``: the original. ``times_us``: each frame's time on the film's own timeline, as many as ``play`` really
    shows. ``exact``: these are the original's own frames; else the original is damaged and ``play``'s frames are the
    truth. ``frames`` is ``{"times_us"}`` as JSON. ``copied``: the pictures are the original's, not encoded anew.
    ``dressing``: what the same decoding gave, None after a copy (``dress`` makes it).
    """

    measured: Measured
    play: Path
    frames: Path
    times_us: tuple[int, ...]
    duration_ms: int
    offset_us: int
    exact: bool
    copied: bool
    footage: Footage
    dressing: Dressing | None

    @property
    def frame_count(self) -> int:
        """How many frames ``play`` shows."""
        return len(self.times_us)


@dataclass(frozen=True)
class Prepared(Playable, Dressing):
    """All renditions of a film."""


@dataclass(frozen=True)
class Told:
    """How far the work is: ``step`` (measure, copy, encode, dress) and the part of all that is done, 0 to 1."""

    step: str
    share: float


Tell = Callable[[Told], None]


def tell_nobody(_told: Told) -> None:
    """For who does not follow the progress."""


def hear_nothing(_copy: Path) -> None:
    """For who waits for the end."""


@dataclass(frozen=True)
class _Job:
    original: Path | Source
    folder: Path
    tools: run.Tools
    tell: Tell
    cancel: Callable[[], bool]


@dataclass(frozen=True)
class _Shown:
    """What the film that plays really shows."""

    times_us: tuple[int, ...]
    zero_us: int
    size: tuple[int, int]
    sound: bool
    duration_ms: int


@dataclass(frozen=True)
class _Plan:
    """What is drawn around a film: its strip, and how large its poster is."""

    strip: Strip
    poster_size: tuple[int, int]

    def placed(self, target: Callable[[str], str], *, sound: bool) -> commands.Dress:
        """The poster lies near a third of the film: the first seconds often show a floor or a hand."""
        return commands.Dress(
            poster=target(_POSTER),
            strip=target(_STRIP),
            motion=target(_MOTION),
            sound=target(_SOUND) if sound else None,
            step_ms=self.strip.step_ms,
            count=self.strip.count,
            poster_tile=self.strip.count // 3,
            poster_size=self.poster_size,
        )


def prepare(
    original: Path | Source,
    out_dir: Path,
    tools: run.Tools,
    tell: Tell = tell_nobody,
    cancel: Callable[[], bool] = run.never,
    plays: Collection[str] = (),
) -> Prepared:
    """Make all renditions of ``original`` in ``out_dir``: ``playable``, then ``dress`` when that is still to do."""
    made = playable(original, out_dir, tools, tell, cancel, plays=plays)
    dressing = made.dressing or dress(made.footage, out_dir, tools, cancel)
    tell(Told("dress", 1.0))
    return Prepared(**vars(made), **vars(dressing))


def playable(
    original: Path | Source,
    out_dir: Path,
    tools: run.Tools,
    tell: Tell = tell_nobody,
    cancel: Callable[[], bool] = run.never,
    copied: Callable[[Path], None] = hear_nothing,
    plays: Collection[str] = (),
) -> Playable:
    """Measure ``original`` and make play.mp4 and frames.json of it in ``out_dir`` (it must exist).

    A film that every browser plays, or one that plays ``plays`` (hevc, vp9, av1), is copied while it is still being
    measured, and kept as a copy only with the very same frames; ``copied`` hears of each copy, in another thread,
    before it is known whether it stays. Any other film is encoded anew, and what ``dress`` makes is drawn from the
    same decoding. Raises ToolError, what ``copied`` does, and UnreadableError when it is no film or ("cut_off") when
    no picture of it can be made to play. What was written stays for the caller to remove.
    """
    job = _Job(original, out_dir, tools, tell, cancel)
    tell(Told("measure", 0.0))
    with copying.ahead(original, out_dir, tools, cancel, copied) as ahead:
        measured = probe.measure(original, tools, plays=plays, early=ahead.begin, cancel=cancel)
        may_copy = measured.plays_in(plays)
        tell(Told("copy" if may_copy else "encode", 0.05))
        shown = _copied(job, measured, ahead) if may_copy else None
    return _encoded(job, measured) if shown is None else _playable(job, measured, shown, copied=True)


def dress(footage: Footage, out_dir: Path, tools: run.Tools, cancel: Callable[[], bool] = run.never) -> Dressing:
    """Make poster.jpg, filmstrip.jpg, waveform.json and hints.json of a film that plays in ``out_dir``.

    Raises ToolError.
    """
    plan = _planned(footage.duration_ms, (footage.width, footage.height))

    def pictures(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.dress(
            source,
            plan.placed(target, sound=False),
            offset_us=footage.offset_us,
            keys_only=footage.duration_ms > _ALL_FRAMES_MS,
            threads=tools.threads,
        )

    def sound(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.sound(source, plan.placed(target, sound=True), threads=tools.threads)

    quota = _JPEG_BYTES + 2 * commands.PCM_RATE * (footage.offset_us // 1_000_000 + footage.duration_ms // 500)
    cpu_s = 120 + footage.duration_ms // 250
    make = partial(run.ffmpeg, tools, footage.path, out_dir, cpu_s=cpu_s, file_bytes=quota, cancel=cancel)
    with ThreadPoolExecutor(1) as beside:
        heard = beside.submit(make, sound) if footage.sound else None
        make(pictures)
        if heard is not None:
            heard.result()
    drawn = _drawn(out_dir, plan, footage)
    if drawn is None:
        raise ToolError("failed", exit=0, words="no picture came out")
    return drawn


def most_bytes(duration_ms: int) -> int:
    """The most that a film made by us may weigh."""
    return 64_000_000 + duration_ms * 2_000


def proxy(
    footage: Footage,
    out_dir: Path,
    tools: run.Tools,
    cancel: Callable[[], bool] = run.never,
    *,
    aac: bool = False,
) -> Twin | None:
    """Make proxy.mp4 of a film that plays: at most 720 high, a key frame each second, lighter to send.

    ``aac``: its sound is made anew, for not every browser hears it. Its hints are finer than those of ``dress``, which
    may have seen key frames alone.

    None when it would not show the very same frames at the very same times. Raises ToolError.
    """
    size = commands.fit(footage.width, footage.height, short=SHORT, long=LONG)
    path = out_dir / "proxy.mp4"
    quota = most_bytes(footage.duration_ms)

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.proxy(
            source,
            target(path.name),
            size=size,
            aac=aac,
            motion=target(_MOTION),
            sound=target(_SOUND) if footage.sound else None,
            offset_us=footage.offset_us,
            quota=quota,
            threads=tools.threads,
        )

    cpu_s = _patience(footage.duration_ms, footage.width * footage.height, len(footage.times_us))
    run.ffmpeg(tools, footage.path, out_dir, build, cpu_s=cpu_s, file_bytes=quota, cancel=cancel)
    told = packets.read(path, tools, cancel)
    if told is None or told.sound != footage.sound or abs(told.zero_us - footage.offset_us) > _SAME_US:
        return None
    return Twin(path, _hinted(out_dir, footage)) if _same(footage.times_us, told.times_us) else None


def _playable(job: _Job, measured: Measured, shown: _Shown, *, copied: bool) -> Playable:
    exact = _same(measured.times_us, shown.times_us)
    times, duration_ms = (measured.times_us, measured.duration_ms) if exact else (shown.times_us, shown.duration_ms)
    job.tell(Told("copy" if copied else "encode", 0.96))
    return Playable(
        measured=measured,
        play=job.folder / PLAY,
        frames=_json(job.folder / "frames.json", {"times_us": list(times)}),
        times_us=times,
        duration_ms=duration_ms,
        offset_us=shown.zero_us,
        exact=exact,
        copied=copied,
        footage=Footage(job.folder / PLAY, times, shown.zero_us, duration_ms, *shown.size, shown.sound),
        dressing=None,
    )


def _copied(job: _Job, measured: Measured, ahead: copying.Ahead) -> _Shown | None:
    """What the copy shows; None when none can be made, or not with the very same frames."""
    copy = ahead.made(Streams(measured.video_order, measured.audio_order, measured.video_codec == "hevc"))
    if copy is None:
        return None
    try:
        shown = _seen(job, measured, (measured.width, measured.height), copy.told)
    except UnreadableError:
        return None
    return shown if _same(measured.times_us, shown.times_us) else None


def _seen(job: _Job, measured: Measured, size: tuple[int, int], told: packets.Packets | None) -> _Shown:
    """What play.mp4 (``size`` as shown) shows: by its packets when they tell of the original's frames, else measured
    anew. UnreadableError when it shows nothing.
    """
    if told is not None and _same(measured.times_us, told.times_us):
        return _Shown(told.times_us, told.zero_us, size, told.sound, measured.duration_ms)
    found = probe.measure(job.folder / PLAY, job.tools, cancel=job.cancel)
    size = found.width, found.height
    return _Shown(found.times_us, found.zero_us, size, found.audio_codec is not None, found.duration_ms)


def _same(times_us: Sequence[int], other_us: Sequence[int]) -> bool:
    if len(times_us) != len(other_us):
        return False
    return all(abs(one - other) <= _SAME_US for one, other in zip(times_us, other_us, strict=True))


def _encoded(job: _Job, measured: Measured) -> Playable:
    size = commands.fit(measured.width, measured.height, short=SHORT, long=LONG)
    plan = _planned(measured.duration_ms, size)
    _transcode(job, measured, size, plan)
    try:
        shown = _seen(job, measured, size, packets.read(job.folder / PLAY, job.tools, job.cancel))
    except UnreadableError as error:
        raise UnreadableError("cut_off") from error
    if not measured.decoded and not _same(measured.times_us, shown.times_us):
        measured = probe.measure(job.original, job.tools, decode=True, cancel=job.cancel)
    made = _playable(job, measured, shown, copied=False)
    as_planned = plan == _planned(made.duration_ms, size)
    return replace(made, dressing=_drawn(job.folder, plan, made.footage)) if as_planned else made


def _transcode(job: _Job, measured: Measured, size: tuple[int, int], plan: _Plan) -> None:
    quota = most_bytes(measured.duration_ms)
    state = progress.Progress()

    def build(source: str, target: Callable[[str], str]) -> list[str]:
        return commands.transcode(
            source,
            target(PLAY),
            Streams(measured.video_order, measured.audio_order),
            size=size,
            tonemap=measured.hdr and job.tools.tonemap,
            interlaced=measured.interlaced,
            quota=quota,
            limit_s=measured.duration_ms / 1000 + 600,
            dress=plan.placed(target, sound=measured.audio_order is not None),
            threads=job.tools.threads,
        )

    def hear(line: str) -> None:
        nonlocal state
        state = progress.read(line, state)
        job.tell(Told("encode", 0.05 + 0.9 * progress.share(state, measured.duration_ms)))

    cpu_s = _patience(measured.duration_ms, measured.width * measured.height, measured.frame_count)
    cpu_s *= 2 if measured.hdr else 1
    run.ffmpeg(
        job.tools,
        job.original,
        job.folder,
        build,
        cpu_s=cpu_s,
        file_bytes=quota,
        on_line=hear,
        cancel=job.cancel,
    )


def _patience(duration_ms: int, pixels: int, frames: int) -> int:
    """Seconds of work allowed: 60 + 4 per second of film, more for pictures beyond full HD or 30 per second."""
    seconds = duration_ms / 1000
    weight = max(1.0, pixels / _FULL_HD) * max(1.0, frames / max(1.0, seconds) / 30)
    return int(60 + 4 * seconds * weight)


def _planned(duration_ms: int, size: tuple[int, int]) -> _Plan:
    step_ms = max(1000, -(-duration_ms // commands.MAX_TILES))
    strip = Strip(*commands.TILE, max(1, -(-duration_ms // step_ms)), step_ms)
    return _Plan(strip, commands.fit(*size, short=540, long=960))


def _drawn(folder: Path, plan: _Plan, footage: Footage) -> Dressing | None:
    """What was drawn; None when something is missing. The bare sound becomes its curve and, with the grey pictures, the
    hints.
    """
    poster, filmstrip, raw = folder / _POSTER, folder / _STRIP, folder / _SOUND
    if not poster.exists() or not filmstrip.exists() or (footage.sound and not raw.exists()):
        return None
    curve: Path | None = None
    peaks: tuple[int, ...] = ()
    if footage.sound:
        peaks = waveform.read(raw, offset_us=footage.offset_us, duration_ms=footage.duration_ms)
        told: dict[str, object] = {"per_second": waveform.PER_SECOND, "peaks": list(peaks)}
        curve = _json(folder / "waveform.json", told)
    return Dressing(poster, filmstrip, plan.strip, curve, peaks, _hinted(folder, footage))


def _hinted(folder: Path, footage: Footage) -> Path:
    """hints.json of the bare sound and the grey pictures in ``folder``, which go."""
    sound, motion = folder / _SOUND, folder / _MOTION
    found = hints.read(
        sound if footage.sound and sound.exists() else None,
        motion if motion.exists() else None,
        offset_us=footage.offset_us,
        duration_ms=footage.duration_ms,
    )
    for raw in (sound, motion):
        raw.unlink(missing_ok=True)
    return _json(folder / "hints.json", {"spans": [asdict(one) for one in found]})


def _json(path: Path, value: dict[str, object]) -> Path:
    path.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
    return path
