"""Measures one film with PyAV and prints JSON. Runs alone inside the sandbox: it imports nothing of vbg.

Arguments: address, settings as JSON (formats, video_codecs, audio_codecs, max_ms, max_pixels, max_streams,
probe_bytes, key, decode, threads, plays, hears). Prints {"copy": [picture, sound, whether HEVC]} early when these
streams may be copied as they are, then {"error": code} or the facts; all times in microseconds, as the file has them.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import av.error
import av.logging

HDR_TRANSFERS = {16, 18}
HEAD = 48
SPOTS = 4
TICK_US = 11
FAST_CODECS = {"h264", "hevc", "vp9", "av1"}
FAST_FORMATS = {"mov", "matroska"}
# what an MP4 may announce before it is opened at all: its index is built in memory, its edits are walked in squares
MAX_SAMPLES = 5_000_000
MAX_EDITS = 500
MAX_BOXES = 10_000
MAX_DEPTH = 8
HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}


def us(ticks: int, base: Fraction) -> int:
    return int(ticks * base.numerator * 1_000_000 // base.denominator)


def open_film(address: str, settings: dict[str, Any]) -> Any:
    key = settings["key"]
    options = {
        "protocol_whitelist": "file,crypto,pipe" if key else "file,pipe",
        "format_whitelist": settings["formats"],
        "max_streams": str(settings["max_streams"]),
        "probesize": str(settings["probe_bytes"]),
        "analyzeduration": "20000000",
        **({"key": key[:32], "iv": key[32:]} if key else {}),
    }
    return av.open(address, container_options=options, metadata_errors="replace")


def name_of(stream: Any) -> str:
    """The codec's own name, whichever decoder reads it (libdav1d reads av1, mp3float reads mp3)."""
    name = str(stream.codec_context.codec.canonical_name)
    return {"amr_nb": "amrnb", "amr_wb": "amrwb"}.get(name, name)


class Track:
    """What the packets of one stream say: shown pictures or sound, in stream order."""

    def __init__(self, stream: Any, order: int) -> None:
        self.stream, self.order, self.codec = stream, order, name_of(stream)
        self.base: Fraction = stream.time_base
        self.shown: list[int] = []
        self.keys: list[int] = []
        self.end: int | None = None
        self.vague = False

    def add(self, packet: Any) -> None:
        if packet.is_discard:
            self.vague = True
            return
        if packet.pts is None or packet.is_corrupt:
            self.vague = True
        when = packet.pts if packet.pts is not None else packet.dts
        if when is None:
            self.shown.append(len(self.shown))
            return
        self.shown.append(when)
        if packet.is_keyframe:
            self.keys.append(when)
        end = when + (packet.duration or 0)
        self.end = end if self.end is None else max(self.end, end)


def tracks_of(film: Any, settings: dict[str, Any]) -> tuple[list[Track], list[Track]]:
    def usable(streams: Any, codecs: list[str]) -> list[Track]:
        return [
            Track(stream, order)
            for order, stream in enumerate(streams)
            if stream.codec_context is not None
            and name_of(stream) in codecs
            and not int(stream.disposition) & int(av.stream.Disposition.attached_pic)
        ]

    return (
        usable(film.streams.video, settings["video_codecs"]),
        usable(film.streams.audio, settings["audio_codecs"]),
    )


def walk(film: Any, tracks: list[Track], max_ms: int) -> None:
    """Read all packets once, without decoding them."""
    by_index = {track.stream.index: track for track in tracks}
    try:
        for packet in film.demux([track.stream for track in tracks]):
            if packet.size:
                track = by_index[packet.stream.index]
                track.add(packet)
                if len(track.shown) > 4_000_000 or (
                    track.end is not None and us(track.end - track.shown[0], track.base) > max_ms * 1000 * 2
                ):
                    raise TooLongError
    except av.error.FFmpegError:
        for track in tracks:
            track.vague = True


class TooLongError(Exception):
    """More than we take in."""


def threaded(film: Any, track: Track, threads: int, kind: str = "AUTO") -> Any:
    stream = film.streams.video[track.order]
    stream.thread_type = kind
    stream.codec_context.thread_count = threads
    return stream


def frames_of(film: Any, stream: Any, packets: int | None = None, broken: list[int] | None = None) -> Any:
    """Decoded frames; a packet that cannot be decoded is passed over and its place kept in ``broken``."""
    seen = 0
    try:
        for packet in film.demux(stream):
            seen += 1
            try:
                yield from packet.decode()
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                if broken is not None:
                    broken.append(seen)
                continue
            if packets is not None and seen >= packets:
                return
    except av.error.FFmpegError:
        return


def when_of(frame: Any, before: int | None, step: int) -> int:
    if frame.pts is not None:
        return int(frame.pts)
    if frame.dts is not None:
        return int(frame.dts)
    return 0 if before is None else before + step


def step_of(stream: Any) -> int:
    rate = stream.average_rate or stream.guessed_rate or Fraction(25)
    return max(1, int(1 / (rate * stream.time_base) + Fraction(1, 2)))


class Shown:
    """Times of the pictures shown: ``times_us`` from the first, rising; its end; the first frame itself."""

    def __init__(self, zero: int, base: Fraction, first: Any) -> None:
        self.zero, self.base, self.first = zero, base, first
        self.times_us: list[int] = []
        self.end_us = 0
        self.size_changes = self.same_times = False
        self.broken: list[int] = []

    def look(self, frame: Any) -> None:
        if (frame.width, frame.height) != (self.first.width, self.first.height):
            self.size_changes = True

    def add(self, when: int, lasts: int) -> None:
        """Frames that share one time follow each other by a tick, as ffmpeg shows them; older ones are not shown."""
        at_us = us(when - self.zero, self.base)
        if self.times_us and at_us <= self.times_us[-1]:
            self.same_times = True
            if at_us < self.times_us[-1] - max(us(lasts, self.base), TICK_US * 50):
                return
            at_us = self.times_us[-1] + TICK_US
        self.times_us.append(at_us)
        self.end_us = max(at_us, us(when + lasts - self.zero, self.base))


def decode_all(address: str, settings: dict[str, Any], track: Track) -> Shown | None:
    """Every picture that comes out of the decoder; None when none does.

    Decoding picture beside picture is fast, but swallows the last error and the pictures before it: when fewer
    pictures come than packets, all is decoded again one by one.
    """
    shown = decode(address, settings, track, "AUTO")
    if shown is not None and (shown.broken or len(shown.times_us) < len(track.shown)):
        return decode(address, settings, track, "SLICE")
    return shown


def decode(address: str, settings: dict[str, Any], track: Track, kind: str) -> Shown | None:
    shown: Shown | None = None
    before: int | None = None
    broken: list[int] = []
    with open_film(address, settings) as film:
        stream = threaded(film, track, settings["threads"], kind)
        step = step_of(stream)
        for frame in frames_of(film, stream, broken=broken):
            when = when_of(frame, before, step)
            lasts = frame.duration or (when - before if before is not None and when > before else step)
            before = when
            if shown is None:
                shown = Shown(when, track.base, frame)
            shown.look(frame)
            shown.add(when, lasts)
            if shown.end_us > settings["max_ms"] * 1000:
                raise TooLongError
    if shown is not None:
        shown.broken = broken
    return shown


def decode_spots(address: str, settings: dict[str, Any], track: Track) -> Shown | None:
    """The packets' own times, when decoding head, tail and spots between agrees with them; else None."""
    times = sorted(track.shown)
    if len(times) < 300 or len(set(times)) != len(times) or not track.keys:
        return None
    with open_film(address, settings) as film:
        stream = threaded(film, track, settings["threads"])
        broken: list[int] = []
        first, head = None, []
        for frame in frames_of(film, stream, HEAD, broken):
            first = first or frame
            head.append(frame.pts)
        if broken or first is None or head != times[: len(head)]:
            return None
        if not all(decodes(film, stream, key, first) for key in track.keys[:: max(1, len(track.keys) // SPOTS)]):
            return None
        film.seek(track.keys[-1], stream=stream)
        tail = [frame.pts for frame in frames_of(film, stream, broken=broken)]
        if broken or not tail or tail != times[-len(tail) :] or tail[0] > track.keys[-1]:
            return None
    return told(times, track, first)


def told(times: list[int], track: Track, first: Any) -> Shown:
    """What the packets say of a film whose ``times`` (ticks) are in order."""
    shown = Shown(times[0], track.base, first)
    shown.times_us = [us(when - times[0], track.base) for when in times]
    shown.end_us = us(max(track.end or 0, times[-1] + 1) - times[0], track.base)
    return shown


def decodes(film: Any, stream: Any, key: int, like: Any) -> bool:
    """Whether a picture comes out at the key frame ``key``, of the size of the picture ``like``."""
    film.seek(key, stream=stream)
    frame = next(frames_of(film, stream), None)
    if frame is None or frame.pts is None or (frame.width, frame.height) != (like.width, like.height):
        return False
    return bool(frame.pts <= key)


def sides(frame: Any, stream: Any) -> tuple[int, int, int]:
    """Width and height as shown (pixel shape, then turn) and the turn in degrees clockwise."""
    shape = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * shape)) if shape > 0 else frame.width, frame.height
    turn = -round(frame.rotation) % 360
    return (height, width, turn) if turn in (90, 270) else (width, height, turn)


def sound_of(tracks: list[Track], zero_us: int) -> dict[str, Any]:
    track = next((track for track in tracks if track.shown and track.end is not None), None)
    if track is None or track.end is None:
        return {"audio_codec": None, "audio_order": None, "sound_start_us": None, "sound_end_us": None, "sounds": 0}
    return {
        "sounds": sum(1 for track in tracks if track.shown),
        "audio_codec": track.codec,
        "audio_order": track.order,
        "sound_start_us": us(min(track.shown), track.base) - zero_us,
        "sound_end_us": us(track.end, track.base) - zero_us,
    }


class Locked:
    """A file under AES-128-CBC, read at any place: each block opens with the one before it. Padded as PKCS7."""

    def __init__(self, file: Any, key: bytes) -> None:
        self.file, self.key, self.at = file, key, 0
        sealed = file.seek(0, 2)
        self.size = sealed - self.opened(sealed - 16, 16)[-1]

    def opened(self, at: int, count: int) -> bytes:
        """Whole blocks of 16 bytes."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        self.file.seek(max(0, at - 16))
        mask = self.file.read(16) if at else self.key[16:]
        opening = Cipher(algorithms.AES(self.key[:16]), modes.CBC(mask)).decryptor()
        return opening.update(self.file.read(count)) + opening.finalize()

    def seek(self, at: int, whence: int = 0) -> int:
        self.at = at + (self.size if whence == 2 else 0)
        return self.at

    def read(self, count: int) -> bytes:
        count = max(0, min(count, self.size - self.at))
        first = self.at // 16 * 16
        last = -(-(self.at + count) // 16) * 16
        plain = self.opened(first, last - first) if count else b""
        return plain[self.at - first : self.at - first + count]


class Outside:
    """What the boxes of a file say, read without any library: whether bytes are missing, whether it asks too much."""

    def __init__(self, address: str, key: str) -> None:
        self.lacks_bytes = self.is_bomb = self.bare = False
        self.left = MAX_BOXES
        with Path(address.removeprefix("crypto:").removeprefix("file:")).open("rb") as file:
            self.file = Locked(file, bytes.fromhex(key)) if key else file
            size = self.file.seek(0, 2)
            head = self.read(0, 12)
            if head[:4] == b"RIFF":
                self.lacks_bytes = size < 8 + int.from_bytes(head[4:8], "little") < 2**32
            elif head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
                self.lacks_bytes = self.walk(0, size, 0) > size

    def read(self, at: int, count: int) -> bytes:
        self.file.seek(at)
        return self.file.read(count)

    def walk(self, at: int, end: int, depth: int) -> int:
        """Look through the boxes from ``at`` to ``end``; where the last one ends, it says. Nonsense ends the walk."""
        while at < end and self.left:
            self.left -= 1
            head = self.read(at, 16)
            length, name, inner = int.from_bytes(head[:4], "big"), head[4:8], 8
            if length == 1:
                length, inner = int.from_bytes(head[8:], "big"), 16
            if len(head) < 8 or not name.isalnum() or length < inner:
                return at
            if name in HOLDERS and depth < MAX_DEPTH:
                self.walk(at + inner, min(end, at + length), depth + 1)
            else:
                self.weigh(name, self.read(at + inner, 24))
            at += length
        return at

    def weigh(self, name: bytes, head: bytes) -> None:
        one, two = int.from_bytes(head[4:8], "big"), int.from_bytes(head[8:12], "big")
        if name == b"elst" and one > MAX_EDITS:
            self.is_bomb = True
        # bare sound has a sample per tick (one entry of one tick each) and is read by the chunk
        if name == b"stts":
            self.bare = one == 1 and int.from_bytes(head[12:16], "big") == 1
        if name in (b"stsz", b"stz2") and two > MAX_SAMPLES and not self.bare:
            self.is_bomb = True


def order_of(sounds: list[Track]) -> int | None:
    return next((track.order for track in sounds if track.shown), None)


def may_copy(track: Track, sounds: list[Track], settings: dict[str, Any]) -> bool:
    """Whether the browser that is meant may well play these streams as they are: what the headers tell."""
    heard = next((one.codec for one in sounds if one.shown), None)
    known = track.codec == "h264" or track.codec in settings["plays"]
    plain = track.stream.codec_context.pix_fmt in ("yuv420p", "yuvj420p")
    return known and plain and (heard in (None, "aac", "mp3") or (track.codec != "h264" and heard in settings["hears"]))


def key_us(track: Track, end_us: int) -> int:
    """The longest stretch without a key frame."""
    keys = sorted(track.keys)
    if not keys:
        return end_us
    steps = [us(after - before, track.base) for before, after in pairwise(keys)]
    return max([*steps, us(max(track.shown) - keys[-1], track.base)])


def capture_fps(film: Any, stream: Any) -> int:
    """Pictures a second at which a slow-motion film was taken; 0 when it does not say."""
    for name, value in {**film.metadata, **stream.metadata}.items():
        if name.lower().endswith("capture.fps"):
            try:
                rate = float(value)
            except ValueError:
                continue
            return round(rate) if 1 <= rate <= 10_000 else 0
    return 0


def declared_us(film: Any, stream: Any) -> int | None:
    if stream.duration and stream.duration > 0:
        return us(stream.duration, stream.time_base)
    return int(film.duration) if film.duration and film.duration > 0 else None


def measure(address: str, settings: dict[str, Any]) -> dict[str, Any]:
    outside = Outside(address, settings["key"])
    if outside.is_bomb:
        return {"error": "too_heavy"}
    with open_film(address, settings) as film:
        pictures, sounds = tracks_of(film, settings)
        if not pictures:
            return {"error": "no_picture"}
        walk(film, pictures + sounds, settings["max_ms"])
        track = max(pictures, key=lambda track: len(track.shown))
        if not track.shown:
            return {"error": "no_picture"}
        declared = declared_us(film, track.stream)
        size = track.stream.codec_context
        if size.width * size.height > settings["max_pixels"]:
            return {"error": "no_picture"}
        fast = track.codec in FAST_CODECS and not track.vague and film.format.name.split(",")[0] in FAST_FORMATS
        if fast and may_copy(track, sounds, settings):
            say({"copy": [track.order, order_of(sounds), track.codec == "hevc"]})
        found = decode_spots(address, settings, track) if fast and not settings["decode"] else None
        shown = found or decode_all(address, settings, track)
        if shown is None:
            return {"error": "no_picture"}
        first = shown.first
        width, height, turn = sides(first, track.stream)
        if shown.end_us > settings["max_ms"] * 1000:
            return {"error": "too_long"}
        return {
            "zero_us": us(shown.zero, track.base),
            "times_us": shown.times_us,
            "end_us": shown.end_us,
            "declared_us": declared,
            "width": width,
            "height": height,
            "rotation": turn,
            "video_codec": track.codec,
            "video_order": track.order,
            "pix_fmt": first.format.name,
            "interlaced": bool(first.interlaced_frame),
            "hdr": int(first.color_trc) in HDR_TRANSFERS,
            "decoded": found is None,
            "broken": bool(shown.broken),
            "cut": outside.lacks_bytes,
            "sounds_unread": len(film.streams.audio) - len(sounds),
            "size_changes": shown.size_changes,
            "same_times": shown.same_times,
            "key_us": key_us(track, shown.end_us),
            "capture_fps": capture_fps(film, track.stream),
            **sound_of(sounds, us(shown.zero, track.base)),
        }


def say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    address, settings = sys.argv[1], json.loads(sys.argv[2])
    # ffmpeg's own log, straight to stderr: Python's (av.logging.Capture) deadlocks with decoding threads
    av.logging.set_level(av.logging.ERROR)
    av.logging.restore_default_callback()
    try:
        answer = measure(address, settings)
    except TooLongError:
        answer = {"error": "too_long"}
    except (av.error.FFmpegError, ValueError) as error:
        answer = {"error": "not_a_film", "words": str(error)[:200]}
    say(answer)


main()
