"""The measured truth about a film: its frames' times, its size as shown, its sound. Headers are not believed."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbg.video import limits, run
from vbg.video.commands import Streams
from vbg.video.errors import ToolError, UnreadableError
from vbg.video.notes import Note, notes_on
from vbg.video.sandbox import Cell
from vbg.video.source import Source, of

_HEAD = 4096
_ALL_HEAR = (None, "aac", "mp3")
_CHILD = Path(__file__).with_name("probe_child.py").resolve()
# killed at the limit of computing time: directly, or as bwrap reports it
_OUT_OF_TIME = (-24, -9, 137, 152)
_EARLY = re.compile(r'\{"copy": \[(\d{1,2}), (\d{1,2}|null), (true|false)\]\}')
_CUT_SIGNS = ("prematurely", "partial file")
_PLAYLISTS = (b"#extm3u", b"ffconcat", b"[playlist]", b"<smil", b"<asx", b"<mpd", b"file '", b"file ", b"[reference]")
_FILMS = ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (4, b"wide"), (4, b"free"), (0, b"\x1a\x45\xdf\xa3"), (8, b"AVI "))


def tell_nobody(_streams: Streams) -> None:
    """For who does not wait for the streams."""


@dataclass(frozen=True)
class Measured:
    """What one film is. Times are on its own timeline: frame 0 is the first picture shown.

    ``times_us`` rise; ``duration_ms`` is the end of the last picture, floored; ``zero_us`` is when the first
    picture comes on the container's clock; ``width`` and ``height`` are as shown (pixel shape and turn applied),
    ``rotation`` in degrees clockwise; ``sound_*_us`` relative to the first picture, None without sound;
    ``video_order`` and ``audio_order`` choose the streams; ``decoded`` tells a whole decode from a checked index.
    ``cut``: bytes are missing at its end; ``incomplete``: that, or another length than it declares. ``sounds``: how
    many tracks hold sound that we read, ``sounds_unread``: sound that we do not. ``broken``: a picture could not be
    decoded and was passed over. ``capture_fps``: the camera's pictures a second in slow motion, else 0.
    ``size_changes``: the pictures do not keep one size; ``same_times``: several pictures claim one time.
    ``key_ms``: the longest stretch without a key frame.
    """

    duration_ms: int
    times_us: tuple[int, ...]
    zero_us: int
    width: int
    height: int
    rotation: int
    video_codec: str
    video_order: int
    pix_fmt: str
    interlaced: bool
    hdr: bool
    audio_codec: str | None
    audio_order: int | None
    sound_start_us: int | None
    sound_end_us: int | None
    declared_ms: int | None
    incomplete: bool
    cut: bool
    decoded: bool
    sounds: int
    sounds_unread: int
    broken: bool
    capture_fps: int
    size_changes: bool
    same_times: bool
    key_ms: int

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is worth saying about it (``notes.notes_on``)."""
        return notes_on(self)

    @property
    def frame_count(self) -> int:
        """How many frames are shown."""
        return len(self.times_us)

    @property
    def playable(self) -> bool:
        """Every browser plays it as it is: whole H.264, 8 bit 4:2:0, one size, progressive; AAC, MP3 or silent."""
        return self.video_codec == "h264" and self._ordinary and self.audio_codec in _ALL_HEAR

    def plays_in(self, plays: Collection[str]) -> bool:
        """Whether a browser that also plays ``plays`` (of ``limits.SOME_PLAY``) plays it as it is: 8 bit 4:2:0 of
        ordinary brightness, one size, progressive; AAC, MP3, Opus or silent.
        """
        if self.video_codec == "h264":
            return self.playable
        picture = self.video_codec in limits.SOME_PLAY.intersection(plays) and not self.hdr
        return picture and self._ordinary and self.audio_codec in (*_ALL_HEAR, *limits.SOME_HEAR)

    @property
    def _ordinary(self) -> bool:
        odd = self.interlaced or self.size_changes or self.same_times or self.broken or self.cut
        return self.pix_fmt in ("yuv420p", "yuvj420p") and not odd


def measure(
    film: Path | Source,
    tools: run.Tools,
    *,
    decode: bool = False,
    plays: Collection[str] = (),
    early: Callable[[Streams], None] = tell_nobody,
    cancel: Callable[[], bool] = run.never,
) -> Measured:
    """Measure the film inside the sandbox.

    H.264, HEVC, VP9 and AV1 in MP4 or Matroska are read by their packets and checked by decoding head, tail and
    spots; all else, and whatever does not agree, is decoded whole (``decode`` asks for that always). ``early`` hears,
    long before the end, of streams that every browser, or one that plays ``plays``, may well play as they are.
    Raises UnreadableError.
    """
    source = of(film)
    _refuse_early(source)
    answer = _ask(
        source, tools, {"decode": decode, "plays": sorted(limits.SOME_PLAY.intersection(plays))}, early, cancel
    )
    if "error" in answer:
        raise UnreadableError(_code(source, answer))
    return _measured(answer)


def _refuse_early(source: Source) -> None:
    head = source.head(_HEAD)
    if not head:
        raise UnreadableError("empty")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_PLAYLISTS) or (text.startswith(b"<?xml") and (b"<mpd" in text or b"<smil" in text)):
        raise UnreadableError("playlist")


def _code(source: Source, answer: dict[str, Any]) -> str:
    code = str(answer["error"])
    head = source.head(_HEAD)
    if code == "not_a_film" and any(head[at : at + len(mark)] == mark for at, mark in _FILMS):
        return "cut_off"
    return code if code in ("no_picture", "too_long", "too_heavy") else "not_a_film"


def _ask(
    source: Source,
    tools: run.Tools,
    asked: dict[str, Any],
    early: Callable[[Streams], None],
    cancel: Callable[[], bool],
) -> dict[str, Any]:
    settings = {
        "formats": limits.FORMATS,
        "video_codecs": sorted(limits.VIDEO_CODECS),
        "audio_codecs": sorted(limits.AUDIO_CODECS),
        "max_ms": tools.limits.duration_ms,
        "max_pixels": limits.MAX_PIXELS,
        "max_streams": limits.MAX_STREAMS,
        "probe_bytes": limits.PROBE_BYTES,
        "key": source.key.hex(),
        "hears": sorted(limits.SOME_HEAR),
        "threads": tools.threads,
        **asked,
    }
    lines: list[str] = []
    cut = False

    def hear(line: str) -> None:
        streams = _streams(line)
        if streams is None:
            lines.append(line)
        else:
            early(streams)

    def listen(word: str) -> None:
        nonlocal cut
        cut = cut or any(sign in word for sign in _CUT_SIGNS)

    with tempfile.TemporaryDirectory() as folder:
        programs = (*run.programs_of_python(), _CHILD)
        wall_s, memory = tools.limits.probe_s, tools.limits.memory_bytes
        film, locked = source.path.resolve(), bool(source.key)
        cell = Cell(film, Path(folder), programs, 10 + 2 * wall_s, 1_000_000, memory, locked)
        argv = [sys.executable, "-I", "-B", str(_CHILD), tools.sandbox.source(cell), json.dumps(settings)]
        try:
            box = tools.sandbox
            run.start(argv, box, cell, wall_s=wall_s, on_line=hear, on_word=listen, cancel=cancel)
        except ToolError as error:
            if error.code == "timed_out" or error.values.get("exit") in _OUT_OF_TIME:
                raise UnreadableError("timed_out") from error
            if error.code in ("cancelled", "missing"):
                raise
            raise UnreadableError("not_a_film", words=error.values.get("words", "")) from error
    return _parsed("".join(lines)) | ({"cut": True} if cut else {})


def _streams(line: str) -> Streams | None:
    """The streams that the prober tells of early; None for any other line."""
    found = _EARLY.fullmatch(line.strip())
    if found is None:
        return None
    return Streams(int(found[1]), None if found[2] == "null" else int(found[2]), found[3] == "true")


def _parsed(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise UnreadableError("not_a_film")
    return answer


def _measured(answer: dict[str, Any]) -> Measured:
    end_us, declared_us = int(answer["end_us"]), answer["declared_us"]
    off = 0 if declared_us is None else abs(end_us - declared_us)
    return Measured(
        duration_ms=max(1, end_us // 1000),
        times_us=tuple(int(time) for time in answer["times_us"]),
        zero_us=int(answer["zero_us"]),
        width=int(answer["width"]),
        height=int(answer["height"]),
        rotation=int(answer["rotation"]),
        video_codec=str(answer["video_codec"]),
        video_order=int(answer["video_order"]),
        pix_fmt=str(answer["pix_fmt"]),
        interlaced=bool(answer["interlaced"]),
        hdr=bool(answer["hdr"]),
        audio_codec=None if answer["audio_codec"] is None else str(answer["audio_codec"]),
        audio_order=answer["audio_order"],
        sound_start_us=answer["sound_start_us"],
        sound_end_us=answer["sound_end_us"],
        declared_ms=None if declared_us is None else int(declared_us) // 1000,
        incomplete=bool(answer["cut"]) or off > max(1_000_000, int(0.02 * (declared_us or 0))),
        cut=bool(answer["cut"]),
        decoded=bool(answer["decoded"]),
        sounds=int(answer["sounds"]),
        sounds_unread=int(answer["sounds_unread"]),
        broken=bool(answer["broken"]),
        capture_fps=int(answer["capture_fps"]),
        size_changes=bool(answer["size_changes"]),
        same_times=bool(answer["same_times"]),
        key_ms=int(answer["key_us"]) // 1000,
    )
