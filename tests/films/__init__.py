"""Films for tests: each frame carries its number as a bar code that survives scaling, turning and screenshots."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import IO

import av
import cv2
import imageio_ffmpeg
import numpy as np

_BITS = 12
_COLUMNS = _BITS + 4
# white, black, the bits, black, white: the corners find the picture, the second row is the first one turned over
_LEFT, _RIGHT = (1, 0), (0, 1)
_CODECS = {"h264": "libx264", "hevc": "libx265", "mpeg4": "mpeg4", "vp9": "libvpx-vp9"}


def picture(number: int, size: tuple[int, int]) -> np.ndarray:
    """The frame ``number`` as BGR, shape (height, width, 3): bar code in the upper third, a moving dot below."""
    width, height = size
    image = np.full((height, width, 3), (90, 120, 140), np.uint8)
    bits = [number >> (_BITS - 1 - bit) & 1 for bit in range(_BITS)]
    for row, cells in enumerate(((*_LEFT, *bits, *_RIGHT), (*_LEFT, *(1 - bit for bit in bits), *_RIGHT))):
        for column, cell in enumerate(cells):
            left, right = column * width // _COLUMNS, (column + 1) * width // _COLUMNS
            image[row * height // 6 : (row + 1) * height // 6, left:right] = 255 if cell else 0
    place = (width // 2 + int(width / 3 * np.sin(number / 9)), height * 2 // 3)
    cv2.circle(image, place, max(3, height // 12), (60, 180, 250), -1)
    return image


def read_number(image: np.ndarray, *, turned: bool = True) -> int:
    """The number of the frame in a BGR picture, shape (height, width, 3), also when scaled or with black bars
    around it, and ``turned`` by quarters when that is allowed. ValueError when there is none.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    for quarters in range(4 if turned else 1):
        number = _read_upright(_without_bars(np.rot90(grey, quarters)))
        if number is not None:
            return number
    raise ValueError("no frame number in this picture")


def _without_bars(grey: np.ndarray) -> np.ndarray:
    bright = grey > 40
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    if not len(rows) or not len(columns):
        return grey
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _read_upright(grey: np.ndarray) -> int | None:
    height, width = grey.shape
    if height < 12 or width < _COLUMNS * 2:
        return None
    rows = []
    for row in range(2):
        top, bottom = int((row + 0.3) * height / 6), int((row + 0.7) * height / 6) + 1
        spans = [(int((x + 0.3) * width / _COLUMNS), int((x + 0.7) * width / _COLUMNS) + 1) for x in range(_COLUMNS)]
        rows.append([int(grey[top:bottom, left:right].mean() > 127) for left, right in spans])
    first, second = rows
    frame = [*_LEFT, *_RIGHT]
    if [*first[:2], *first[-2:]] != frame or [*second[:2], *second[-2:]] != frame:
        return None
    bits, mirror = first[2:-2], second[2:-2]
    if any(bit == other for bit, other in zip(bits, mirror, strict=True)):
        return None
    return int("".join(map(str, bits)), 2)


def numbered(
    path: Path,
    *,
    frames: int,
    size: tuple[int, int] = (320, 240),
    fps: int = 25,
    times_ms: Sequence[int] | None = None,
    codec: str = "h264",
    rotate: int = 0,
    sound: tuple[float, float] | None = None,
    key_every: int = 25,
    options: Sequence[str] = (),
) -> Path:
    """Write a film of ``frames`` numbered pictures (0, 1, ...) to ``path``; its kind is told by the suffix.

    ``size``: width and height as shown. ``times_ms``: each frame's time, else ``fps`` a second. ``codec``: h264,
    hevc, mpeg4 or vp9. ``rotate``: the camera was turned by so many degrees clockwise (display matrix). ``sound``:
    a tone from, to in seconds relative to the first picture; from may be negative. ``options``: more for ffmpeg.
    """
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.mkv"
        if codec == "vp9":
            bare = bare.with_suffix(".webm")
        _pictures(bare, frames, size, fps, times_ms, codec, rotate, key_every)
        _wrapped(bare, path, codec, rotate, sound, options)
    return path


def _pictures(bare, frames, size, fps, times_ms, codec, rotate, key_every):
    base = Fraction(1, 1000)
    with av.open(str(bare), "w") as film:
        stream = film.add_stream(_CODECS[codec], rate=fps)
        stream.width, stream.height = size if rotate % 180 == 0 else size[::-1]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = base
        stream.codec_context.gop_size = key_every
        speed = {
            "h264": {"preset": "ultrafast"},
            "hevc": {"preset": "ultrafast", "x265-params": "log-level=none"},
        }
        stream.codec_context.options = speed.get(codec, {})
        if codec == "h264":
            stream.codec_context.options = {"preset": "veryfast", "crf": "20"}
        for number in range(frames):
            image = np.ascontiguousarray(np.rot90(picture(number, size), rotate // 90))
            frame = av.VideoFrame.from_ndarray(image, "bgr24")
            frame.time_base = base
            frame.pts = times_ms[number] if times_ms is not None else number * 1000 // fps
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))


def _wrapped(bare, path, codec, rotate, sound, options):
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y"]
    if sound is not None and sound[0] < 0:
        line += ["-itsoffset", f"{-sound[0]:.3f}"]
    line += ["-display_rotation:v:0", str(-rotate)] if rotate else []
    line += ["-i", str(bare)]
    if sound is not None:
        start, end = sound
        line += ["-itsoffset", f"{max(0.0, start):.3f}", "-f", "lavfi", "-t", f"{end - start:.3f}"]
        line += ["-i", "sine=frequency=440:sample_rate=48000", "-map", "0:v", "-map", "1:a"]
        line += ["-c:a", "libopus" if path.suffix == ".webm" else "aac"]
    tag = ["-tag:v", "hvc1"] if codec == "hevc" and path.suffix in (".mp4", ".mov") else []
    subprocess.run([*line, "-c:v", "copy", *tag, *options, str(path)], check=True)


def images(path: Path) -> list[np.ndarray]:
    """All frames of a film of our own as shown, BGR."""
    return [image for _, image in frames(path)]


def frames(film: Path | IO[bytes]) -> Iterator[tuple[int, np.ndarray]]:
    """Each frame's time in us since the first one, and the frame as shown, BGR."""
    with av.open(str(film) if isinstance(film, Path) else film) as opened:
        begin = None
        for frame in opened.decode(video=0):
            begin = frame.pts if begin is None else begin
            image = np.rot90(frame.to_ndarray(format="bgr24"), round(frame.rotation) // 90)
            yield int((frame.pts - begin) * frame.time_base * 1_000_000), image
