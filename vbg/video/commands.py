"""Builds ffmpeg's command lines. Pure: addresses and numbers in, arguments out; nothing is run here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ffmpeg

from vbg.video import limits

# a film of which most is broken still gives what can be seen (what came out is measured): no rate of errors ends it
_FIRST = "-v error -nostdin -y -max_alloc 536870912 -max_error_rate 1 -nostats".split()
_TELLING = ["-progress", "pipe:1"]
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
MOTION_SIZE = (32, 18)
MOTION_PER_SECOND = 4


@dataclass(frozen=True)
class Streams:
    """Which streams are taken: the order among the picture streams, and among the sound streams or None.

    ``hevc``: whether the picture is.
    """

    picture: int = 0
    sound: int | None = 0
    hevc: bool = False


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


@dataclass(frozen=True)
class Dress:
    """What is drawn around a film: where poster, filmstrip, grey pictures and bare sound go (``sound`` None without).

    Tile n of ``count`` shows the picture at n x ``step_ms`` (of key frames alone: the one before it); the poster is
    tile ``poster_tile``, of ``poster_size`` (from ``fit``). ``motion``: ``MOTION_PER_SECOND`` pictures a second, each
    ``MOTION_SIZE`` bytes.
    """

    poster: str
    strip: str
    motion: str
    sound: str | None
    step_ms: int
    count: int
    poster_tile: int
    poster_size: tuple[int, int]


def fit(width: int, height: int, *, short: int, long: int) -> tuple[int, int]:
    """Even sides within ``short`` x ``long`` pixels whichever way the film stands; never larger than it is."""
    factor = min(1.0, short / min(width, height), long / max(width, height))
    return max(2, round(width * factor / 2) * 2), max(2, round(height * factor / 2) * 2)


def copy(source: str, target: str, streams: Streams, *, quota: int, threads: int) -> list[str]:
    """The same pictures and sound in a fresh MP4 that starts at once, without place, device or extra streams.

    HEVC is named ``hvc1``: by its other name Apple plays none.
    """
    film = _film(source, threads)
    named = {"tag:v": "hvc1"} if streams.hevc else {}
    kept = _kept(quota) | {"c": "copy", "movflags": "+faststart"} | named
    return _line(ffmpeg.output(*_pick(film, streams), target, **kept), threads)


def packets(source: str, *, threads: int) -> list[str]:
    """Says each packet as ``framecrc`` (0: picture, 1: sound) on the container's clock. Decodes nothing."""
    film = _film(source, threads, copyts=None)
    told = {"f": "framecrc", "c": "copy", "avoid_negative_ts": "disabled"}
    return _line(ffmpeg.output(film["v:0"], film["a:0?"], "pipe:1", **told), threads, telling=False)


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
    dress: Dress,
    threads: int,
) -> list[str]:
    """H.264 and AAC, every frame at its own time, a key frame each second; the same decoding draws ``dress``.

    ``size`` as from ``fit``.
    """
    film = _film(source, threads)
    picture = film[f"v:{streams.picture}"]
    if interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    picture = _scaled(picture, size)
    for name, options in _TO_SDR if tonemap else ():
        picture = picture.filter(name, **options)
    shown = picture.filter("format", "yuv420p").filter_multi_output("split", 2)
    parts, heard = [shown[0]], []
    if streams.sound is not None:
        sound = film[f"a:{streams.sound}"].filter_multi_output("asplit", 2)
        parts.append(sound[0].filter("aresample", **{"async": 1000}))
        heard.append(_bare(sound[1], dress.sound))
    options = _kept(quota) | _encoded(crf=23, threads=threads) | {"b:a": "128k", "ac": 2, "t": f"{limit_s:.3f}"}
    drawn = _draw(shown[1].filter("setpts", "PTS-STARTPTS"), dress, keys_only=False)
    return _line(ffmpeg.merge_outputs(ffmpeg.output(*parts, target, **options), *drawn, *heard), threads)


def proxy(
    source: str,
    target: str,
    *,
    size: tuple[int, int],
    aac: bool = False,
    motion: str,
    sound: str | None,
    offset_us: int,
    quota: int,
    threads: int,
) -> list[str]:
    """A lighter twin of a film that plays: the same clock and the same sound, its pictures as ``size`` (from ``fit``),
    a key frame each second. ``aac``: the sound is not of a kind that every browser hears, and made anew.

    The same decoding writes grey pictures to ``motion`` and bare sound to ``sound`` (None without), as for ``Dress``.
    """
    film = _film(source, threads, copyts=None)
    shown = _scaled(film["v:0"], size).filter("format", "yuv420p").filter_multi_output("split", 2)
    parts = [shown[0], *([film["a:0"]] if sound else [])]
    options = _kept(quota) | _encoded(crf=23, threads=threads) | ({"b:a": "128k"} if aac else {"c:a": "copy"})
    grey = _grey(shown[1].filter("setpts", f"PTS-{_seconds(offset_us)}/TB"), motion, few=False)
    heard = [_bare(film["a:0"], sound)] if sound else []
    return _line(ffmpeg.merge_outputs(ffmpeg.output(*parts, target, **options), grey, *heard), threads)


def dress(source: str, what: Dress, *, offset_us: int, keys_only: bool, threads: int) -> list[str]:
    """Poster and filmstrip of a film that plays, in one go; from its key frames only when so told."""
    film = _film(source, threads, **({"skip_frame": "nokey"} if keys_only else {}))
    picture = film["v:0"].filter("setpts", f"PTS-{_seconds(offset_us)}/TB")
    return _line(ffmpeg.merge_outputs(*_draw(picture, what, keys_only=keys_only)), threads)


def sound(source: str, what: Dress, *, threads: int) -> list[str]:
    """The bare sound of a film that plays. Apart from the pictures: beside key frames alone, ffmpeg lets it wait."""
    return _line(_bare(_film(source, threads)["a:0"], what.sound), threads)


def still(source: str, target: str, cut: Cut, *, size: tuple[int, int], threads: int) -> list[str]:
    """Exactly the first frame of ``cut`` as JPEG."""
    picture = _exact(source, cut, threads)["v:0"].filter("trim", start=_seconds(cut.start_us))
    return _line(ffmpeg.output(_scaled(picture, size), target, **_picture()), threads)


def clip(
    source: str, target: str, cut: Cut, *, size: tuple[int, int], sound: bool, quota: int, threads: int
) -> list[str]:
    """Only the frames of ``cut``, encoded anew so that no neighbouring second travels along."""
    film = _exact(source, cut, threads)
    start, end = _seconds(cut.start_us), _seconds(cut.end_us)
    zero, hush = _seconds(cut.zero_us), _seconds(cut.hush_us)
    picture = film["v:0"].filter("trim", start=start, end=end).filter("setpts", "PTS-STARTPTS")
    parts = [_scaled(picture, size).filter("format", "yuv420p")]
    if sound:
        heard = film["a:0"].filter("atrim", start=zero, end=hush).filter("asetpts", f"PTS-{zero}/TB")
        heard = heard.filter("aresample", **{"async": 1, "first_pts": 0})
        # a span without a sound of its own gets silence: an encoder that is given nothing fails
        parts.append(heard.filter("apad", whole_dur=_seconds(cut.hush_us - cut.zero_us)))
    rate = {"maxrate": "700k", "bufsize": "1400k", "b:a": "64k"}
    options = _kept(quota) | _encoded(crf=26, threads=threads) | rate
    return _line(ffmpeg.output(*parts, target, **options), threads)


def _film(source: str, threads: int, **more: Any) -> Any:
    return ffmpeg.input(
        source,
        threads=threads,
        protocol_whitelist="file,crypto,pipe" if source.startswith("crypto:") else "file,pipe",
        format_whitelist=limits.FORMATS,
        codec_whitelist=limits.DECODERS,
        max_streams=limits.MAX_STREAMS,
        probesize=limits.PROBE_BYTES,
        analyzeduration=20_000_000,
        max_pixels=limits.MAX_PIXELS,
        **more,
    )


def _exact(source: str, cut: Cut, threads: int) -> Any:
    # The container's own clock (copyts) and an early, inexact seek: only the trim decides what is in.
    seek = _seconds(max(0, cut.seek_us))
    return _film(source, threads, ss=seek, seek_timestamp=1, noaccurate_seek=None, copyts=None)


def _pick(film: Any, streams: Streams) -> Sequence[Any]:
    picture = film[f"v:{streams.picture}"]
    return (picture,) if streams.sound is None else (picture, film[f"a:{streams.sound}"])


def _scaled(picture: Any, size: tuple[int, int]) -> Any:
    return picture.filter("scale", w=size[0], h=size[1]).filter("setsar", 1)


def _draw(picture: Any, what: Dress, *, keys_only: bool) -> tuple[Any, Any, Any]:
    """Poster, filmstrip and grey pictures; ``picture`` counts from the film's own zero. The poster is one of the tiles,
    large.
    """
    width, height = TILE
    drawn = picture.filter_multi_output("split", 2)
    seconds = drawn[0].filter("fps", fps=f"1000/{what.step_ms}", start_time=0, round="up")
    shown = seconds.filter("tpad", stop_mode="clone", stop=what.count).filter_multi_output("split", 2)
    one = shown[0].filter("trim", start_frame=what.poster_tile, end_frame=what.poster_tile + 1)
    poster = _scaled(one, what.poster_size)
    row = (
        shown[1]
        .filter("scale", w="iw*sar", h="ih")
        .filter("scale", w=width, h=height, force_original_aspect_ratio="decrease")
        .filter("setsar", 1)
        .filter("pad", w=width, h=height, x="(ow-iw)/2", y="(oh-ih)/2")
        .filter("tile", layout=f"{what.count}x1", nb_frames=what.count)
    )
    tiles = ffmpeg.output(poster, what.poster, **_picture()), ffmpeg.output(row, what.strip, **_picture())
    return *tiles, _grey(drawn[1], what.motion, few=keys_only)


def _grey(picture: Any, target: str, *, few: bool) -> Any:
    """Pictures of ``MOTION_SIZE`` grey bytes, ``MOTION_PER_SECOND``; ``few``: fewer than that come in, so each is made
    small once before it is repeated.
    """

    def small(shown: Any) -> Any:
        width, height = MOTION_SIZE
        return shown.filter("scale", w=width, h=height, flags="area").filter("format", "gray")

    def paced(shown: Any) -> Any:
        return shown.filter("fps", fps=MOTION_PER_SECOND, start_time=0, eof_action="pass")

    grey = paced(small(picture)) if few else small(paced(picture))
    return ffmpeg.output(grey, target, **{"f": "rawvideo", "c:v": "rawvideo", "pix_fmt": "gray"})


def _bare(sound: Any, target: str | None) -> Any:
    """Samples (8 kHz, one channel, s16le) from the container's zero on, gaps as silence."""
    heard = sound.filter("aresample", **{"async": 1, "first_pts": 0})
    return ffmpeg.output(heard, target, f="s16le", ac=1, ar=PCM_RATE, **{"c:a": "pcm_s16le"})


def _kept(quota: int) -> dict[str, Any]:
    return {**_NAMELESS, "sn": None, "dn": None, "fs": quota, "f": "mp4"}


def _encoded(crf: int, threads: int) -> dict[str, Any]:
    return {
        "c:v": "libx264",
        "threads:v": threads,
        "preset": "veryfast",
        "crf": crf,
        # pictures in the order they are shown: of uneven films that are not, Chromium 150 shows half the frames wrong
        "bf": 0,
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


def _line(graph: Any, threads: int, *, telling: bool = True) -> list[str]:
    at_most = ["-filter_threads", str(threads), "-filter_complex_threads", str(threads)]
    return list(ffmpeg.compile(graph, cmd=["ffmpeg", *_FIRST, *(_TELLING if telling else []), *at_most]))[1:]
