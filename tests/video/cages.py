"""Films that need more than one line to make."""

import struct
from collections.abc import Callable
from pathlib import Path

import cv2

from tests.video.camera import X264, again, ffmpeg, image, shoot


def size_changes(folder: Path) -> Path:
    """An MPEG-TS recording whose pictures become smaller half-way."""
    whole = shoot(folder / "whole.mkv", sound=None)
    parts = []
    for index, (start, size) in enumerate(((0, "320:240"), (1, "240:180"))):
        parts.append(folder / f"part{index}.ts")
        cut = f"trim={start}:{start + 1},setpts=PTS-STARTPTS,scale={size}"
        options = ("-vf", cut, *X264, "-output_ts_offset", str(start))
        again(whole, parts[-1], *options, "-muxdelay", "0", copy=False)
    film = folder / "film.ts"
    film.write_bytes(b"".join(part.read_bytes() for part in parts))
    return film


def size_changes_late(folder: Path) -> Path:
    """The same in an MP4 long enough to be measured by its packets."""
    whole = shoot(folder / "whole.mkv", frames=400, sound=None)
    parts = []
    for index, (start, size) in enumerate(((0, "320:240"), (8, "240:180"))):
        parts.append(folder / f"part{index}.h264")
        cut = f"trim={start}:{start + 8},setpts=PTS-STARTPTS,scale={size}"
        again(whole, parts[-1], "-vf", cut, *X264, copy=False)
    both = folder / "both.h264"
    both.write_bytes(b"".join(part.read_bytes() for part in parts))
    return again(both, folder / "film.mp4", before=("-r", "25", "-f", "h264"))


def same_time_twice(folder: Path) -> Path:
    """Each second picture has the time of the one before it."""
    whole = shoot(folder / "whole.mkv")
    return again(whole, folder / "film.mkv", "-bsf:v", r"setts=ts=floor(N/2)*80")


def empty_second_picture(folder: Path) -> Path:
    """A second picture track in which nothing ever comes (some Android phones)."""
    whole = shoot(folder / "whole.mp4")
    film = folder / "film.mp4"
    maps = ("-map", "0:v", "-map", "1:v", "-map", "0:a", "-c", "copy")
    ffmpeg("-i", str(whole), "-t", "0", "-i", str(whole), *maps, "-movflags", "frag_keyframe+delay_moov", str(film))
    return film


def _cover(folder: Path) -> Path:
    path = folder / "cover.jpg"
    cv2.imwrite(str(path), image(999, (1600, 1200)))
    return path


def cover_art(folder: Path) -> Path:
    """A cover picture beside the film, larger than the film."""
    whole = shoot(folder / "whole.mp4")
    film = folder / "film.mp4"
    maps = ("-map", "0", "-map", "1", "-c", "copy", "-disposition:v:1", "attached_pic")
    ffmpeg("-i", str(whole), "-i", str(_cover(folder)), *maps, str(film))
    return film


def cover_art_mkv(folder: Path) -> Path:
    """A cover as an attachment."""
    whole = shoot(folder / "whole.mkv")
    return again(whole, folder / "film.mkv", "-attach", str(_cover(folder)), "-metadata:s:t", "mimetype=image/jpeg")


def song(folder: Path) -> Path:
    """Music with a cover: the picture is no film."""
    whole = shoot(folder / "whole.mp4")
    maps = ("-map", "0:a", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic")
    ffmpeg("-i", str(whole), "-i", str(_cover(folder)), *maps, str(folder / "film.m4a"))
    return folder / "film.m4a"


def subtitles(folder: Path) -> Path:
    """A text track, with words that must not travel along."""
    whole = shoot(folder / "whole.mp4")
    text = folder / "words.srt"
    text.write_text("1\n00:00:00,000 --> 00:00:01,500\nKitchen of Ann\n", encoding="utf-8")
    maps = ("-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text")
    ffmpeg("-i", str(whole), "-i", str(text), *maps, str(folder / "film.mp4"))
    return folder / "film.mp4"


def chapters(folder: Path) -> Path:
    """Chapters with names."""
    whole = shoot(folder / "whole.mp4")
    text = folder / "chapters.txt"
    part = "[CHAPTER]\nTIMEBASE=1/1000\nSTART={}\nEND={}\ntitle=Kitchen of Ann\n"
    text.write_text(";FFMETADATA1\n" + part.format(0, 900) + part.format(900, 2000), encoding="utf-8")
    ffmpeg("-i", str(whole), "-i", str(text), "-map", "0", "-map_metadata", "1", "-c", "copy", str(folder / "film.mkv"))
    return folder / "film.mkv"


def declare(length_ms: float) -> Callable[[bytes], bytes]:
    """Write another length into a Matroska header."""

    def change(data: bytes) -> bytes:
        at = data.index(b"\x44\x89\x88")
        return data[: at + 3] + struct.pack(">d", length_ms) + data[at + 11 :]

    return change
