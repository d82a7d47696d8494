"""Builds ffmpeg's command lines. Pure: addresses and numbers in, arguments out; nothing is run here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ffmpeg

from vbg.video import limits

# a film of which most is broken still gives what can be seen (what came out is measured): no rate of errors ends it
_FIRST = "-v error -nostdin -y -max_alloc 536870912 -max_error_rate 1 -progress pipe:1 -nostats".split()
_TO_SDR = (
    ("zscale", {"t": "linear", "npl": 203}),
    ("format", {"pix_fmts": "gbrpf32le"}),
    ("zscale", {"p": "bt709"}),
    ("tonemap", {"tonemap": "hable", "desat": 0}),
    ("zscale", {"t": "bt709", "m": "bt709", "r": "tv"}),
)
_NAMELESS = {"map_metadata": -1, "map_metadata:s": -1, "map_chapters": -1, "fflags": "+bitexact"}
TILE = (160, 90)
MAX_TILES = 120
PCM_RATE = 8000


@dataclass(frozen=True)
class Streams:
    """Which streams are taken: the order among the picture streams, and among the sound streams or None."""

    picture: int = 0
    sound: int | None = 0


@dataclass(frozen=True)
class Cut:
    """A piece on the container's clock, in us. Pictures: after ``start_us`` and before ``end_us``, both between
    two frames. Sound: from ``zero_us``, the first frame's own time, to ``hush_us``. ``seek_us`` lies far enough
    before all of it to begin decoding.
    """

    seek_us: int
    start_us: int
    end_us: int
    zero_us: int
    hush_us: int


def fit(width: int, height: int, *, short: int, long: int) -> tuple[int, int]:
    """Even sides within ``short`` x ``long`` pixels whichever way the film stands; never larger than it is."""
    factor = min(1.0, short / min(width, height), long / max(width, height))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def copy(source: str, target: str, streams: Streams, *, quota: int) -> list[str]:
    """The same pictures and sound in a fresh MP4 that starts at once, without place, device or extra streams."""
    film = _film(source)
    kept = _kept(quota) | {"c": "copy", "movflags": "+faststart"}
    return _line(ffmpeg.output(*_pick(film, streams), target, **kept))


def transcode(
    source: str,
    target: str,
    streams: Streams,
    *,
    size: tuple[int, int],
    tonemap: bool,
    interlaced: bool,
    quota: int,
    limit_s: float,
) -> list[str]:
    """H.264 and AAC, every frame at its own time, a key frame each second. ``size`` as from ``fit``."""
    film = _film(source)
    picture = film[f"v:{streams.picture}"]
    if interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = _scaled(picture, size)
    for name, options in _TO_SDR if tonemap else ():
        picture = picture.filter(name, **options)
    parts = [picture.filter("format", "yuv420p")]
    if streams.sound is not None:
        parts.append(film[f"a:{streams.sound}"].filter("aresample", **{"async": 1000}))
    options = _kept(quota) | _encoded(crf=23) | {"b:a": "128k", "ac": 2, "t": f"{limit_s:.3f}"}
    return _line(ffmpeg.output(*parts, target, **options))


def poster(source: str, target: str, *, at_us: int, size: tuple[int, int]) -> list[str]:
    """One picture near ``at_us`` as JPEG."""
    film = _film(source, ss=_seconds(at_us), noaccurate_seek=None)
    return _line(ffmpeg.output(_scaled(film["v:0"], size), target, **_picture()))


def still(source: str, target: str, cut: Cut, *, size: tuple[int, int]) -> list[str]:
    """Exactly the first frame of ``cut`` as JPEG."""
    picture = _exact(source, cut)["v:0"].filter("trim", start=_seconds(cut.start_us))
    return _line(ffmpeg.output(_scaled(picture, size), target, **_picture()))


def filmstrip(source: str, target: str, *, step_ms: int, count: int, offset_us: int, keys_only: bool) -> list[str]:
    """A row of ``count`` tiles: tile n shows the picture at n x ``step_ms`` (the key frame before it)."""
    width, height = TILE
    film = _film(source, skip_frame="nokey") if keys_only else _film(source)
    strip = (
        film["v:0"]
        .filter("setpts", f"PTS-{_seconds(offset_us)}/TB")
        .filter("fps", fps=f"1000/{step_ms}", start_time=0, round="up")
        .filter("scale", w="iw*sar", h="ih")
        .filter("scale", w=width, h=height, force_original_aspect_ratio="decrease")
        .filter("setsar", 1)
        .filter("pad", w=width, h=height, x="(ow-iw)/2", y="(oh-ih)/2")
        .filter("tpad", stop_mode="clone", stop=count)
        .filter("tile", layout=f"{count}x1", nb_frames=count)
    )
    return _line(ffmpeg.output(strip, target, **_picture()))


def waveform(source: str, target: str) -> list[str]:
    """The sound as bare samples (8 kHz, one channel, s16le) from the container's zero on, gaps as silence."""
    sound = _film(source)["a:0"].filter("aresample", **{"async": 1, "first_pts": 0})
    return _line(ffmpeg.output(sound, target, f="s16le", ac=1, ar=PCM_RATE, **{"c:a": "pcm_s16le"}))


def clip(source: str, target: str, cut: Cut, *, size: tuple[int, int], sound: bool, quota: int) -> list[str]:
    """Only the frames of ``cut``, encoded anew so that no neighbouring second travels along."""
    film = _exact(source, cut)
    start, end = _seconds(cut.start_us), _seconds(cut.end_us)
    zero, hush = _seconds(cut.zero_us), _seconds(cut.hush_us)
    picture = film["v:0"].filter("trim", start=start, end=end).filter("setpts", "PTS-STARTPTS")
    parts = [_scaled(picture, size).filter("format", "yuv420p")]
    if sound:
        heard = film["a:0"].filter("atrim", start=zero, end=hush).filter("asetpts", f"PTS-{zero}/TB")
        heard = heard.filter("aresample", **{"async": 1, "first_pts": 0})
        # a span without a sound of its own gets silence: an encoder that is given nothing fails
        parts.append(heard.filter("apad", whole_dur=_seconds(cut.hush_us - cut.zero_us)))
    options = _kept(quota) | _encoded(crf=26) | {"maxrate": "700k", "bufsize": "1400k", "b:a": "64k"}
    return _line(ffmpeg.output(*parts, target, **options))


def _film(source: str, **more: Any) -> Any:
    return ffmpeg.input(
        source,
        protocol_whitelist="file,pipe",
        format_whitelist=limits.FORMATS,
        codec_whitelist=limits.DECODERS,
        max_streams=limits.MAX_STREAMS,
        probesize=limits.PROBE_BYTES,
        analyzeduration=20_000_000,
        max_pixels=limits.MAX_PIXELS,
        **more,
    )


def _exact(source: str, cut: Cut) -> Any:
    # The container's own clock (copyts) and an early, inexact seek: only the trim decides what is in.
    seek = _seconds(max(0, cut.seek_us))
    return _film(source, ss=seek, seek_timestamp=1, noaccurate_seek=None, copyts=None)


def _pick(film: Any, streams: Streams) -> Sequence[Any]:
    picture = film[f"v:{streams.picture}"]
    return (picture,) if streams.sound is None else (picture, film[f"a:{streams.sound}"])


def _scaled(picture: Any, size: tuple[int, int]) -> Any:
    return picture.filter("scale", w=size[0], h=size[1]).filter("setsar", 1)


def _kept(quota: int) -> dict[str, Any]:
    return {**_NAMELESS, "sn": None, "dn": None, "fs": quota, "f": "mp4"}


def _encoded(crf: int) -> dict[str, Any]:
    return {
        "c:v": "libx264",
        "preset": "veryfast",
        "crf": crf,
        "force_key_frames": "expr:gte(t,n_forced*1)",
        "fps_mode": "vfr",
        "enc_time_base:v": "1:90000",
        "video_track_timescale": 90_000,
        "c:a": "aac",
        "movflags": "+faststart",
    }


def _picture() -> dict[str, Any]:
    jpeg = {"f": "image2", "update": 1, "frames:v": 1, "c:v": "mjpeg", "q:v": 4, "pix_fmt": "yuvj420p"}
    return {**jpeg, "map_metadata": -1, "fflags": "+bitexact"}


def _seconds(us: int) -> str:
    return f"{us / 1_000_000:.6f}"


def _line(graph: Any) -> list[str]:
    return list(ffmpeg.compile(graph, cmd=["ffmpeg", *_FIRST]))[1:]
