"""Shoots films for the zoo: numbered pictures with a red corner, and a beep that sounds just as the picture flashes."""

import subprocess
import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np

from tests.films import picture

FLASH = 20
FLASH_FRAMES = 5
RATE = 48_000
X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "25", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac", "-b:a", "96k")


def image(number: int, size: tuple[int, int]) -> np.ndarray:
    """The frame ``number`` as BGR: the number above, a red square bottom left, right of it a flash at ``FLASH``."""
    made = picture(number, size)
    width, height = size
    if FLASH <= number < FLASH + FLASH_FRAMES:
        made[height // 2 :, width // 2 :] = 255
    cv2.rectangle(made, (0, height * 4 // 5), (width // 6, height), (30, 30, 220), -1)
    return made


def flashes(shown: np.ndarray) -> bool:
    """Whether a BGR picture as shown is one of the bright ones."""
    height, width = shown.shape[:2]
    return bool(shown[height * 3 // 4 :, width * 5 // 8 : width * 7 // 8].mean() > 170)


def red_corner(shown: np.ndarray) -> bool:
    """Whether the red square lies bottom left (and so: neither turned nor mirrored)."""
    height, width = shown.shape[:2]
    blue, green, red = shown[height * 7 // 8 : height * 19 // 20, width // 24 : width // 10].mean(axis=(0, 1))
    return bool(red > 90 and red > 1.6 * max(blue, green))


def beep(path: Path, *, at_s: float, seconds: float, channels: int = 1) -> Path:
    """A WAV file of ``seconds``, silent but for a tenth of a second of 1 kHz from ``at_s`` on."""
    samples = np.zeros(int(seconds * RATE), np.int16)
    start = max(0, int(at_s * RATE))
    tone = 20_000 * np.sin(2 * np.pi * 1000 * np.arange(RATE // 10) / RATE)
    end = min(len(samples), start + len(tone))
    samples[start:end] = tone[: max(0, end - start)].astype(np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


def ffmpeg(*line: str, feed: bytes | None = None) -> None:
    """Run the bare tool, to make a film with; it has to succeed."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *(() if feed else ("-nostdin",)), *line]
    done = subprocess.run(command, input=feed, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def shoot(
    path: Path,
    encode: Sequence[str] = X264,
    *,
    size: tuple[int, int] = (320, 240),
    frames: int = 50,
    fps: str = "25",
    sound: tuple[float, float] | None = (0.0, 2.0),
    speak: Sequence[str] = AAC,
    turn: int = 0,
    flash_s: float | None = None,
    channels: int = 1,
    numbers: Sequence[int] = (),
) -> Path:
    """Write ``frames`` pictures (or those of ``numbers``) of ``size`` (as shown) to ``path``, as ``encode`` says.

    ``sound``: from, to in seconds relative to the first picture, with the beep at ``flash_s`` (by the rate, unless
    told), as ``speak`` says. ``turn``: the camera was held so many degrees clockwise.
    """
    tall = size[::-1] if turn % 180 else size
    pictures = (np.ascontiguousarray(np.rot90(image(number, size), turn // 90)) for number in numbers or range(frames))
    line = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{tall[0]}x{tall[1]}", "-framerate", fps]
    early = -min(0.0, sound[0]) if sound else 0.0
    line += ["-itsoffset", f"{early:.3f}", "-i", "pipe:0"]
    if sound:
        flash = FLASH / float(Fraction(fps)) if flash_s is None else flash_s
        wav = path.with_suffix(".wav")
        heard = beep(wav, at_s=flash - sound[0], seconds=sound[1] - sound[0], channels=channels)
        line += ["-itsoffset", f"{max(0.0, sound[0]):.3f}", "-i", str(heard), "-map", "0:v", "-map", "1:a", *speak]
    made = path.with_name(f"level{path.suffix}") if turn else path
    ffmpeg(*line, *encode, str(made), feed=b"".join(one.tobytes() for one in pictures))
    if turn:
        ffmpeg("-display_rotation:v:0", str(-turn), "-i", str(made), "-c", "copy", str(path))
    return path


def again(source: Path, path: Path, *options: str, before: Sequence[str] = (), copy: bool = True) -> Path:
    """The film ``source`` in another wrapping."""
    ffmpeg(*before, "-i", str(source), *(("-c", "copy") if copy else ()), *options, str(path))
    return path
