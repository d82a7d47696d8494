"""Makes the demo films: drawings in motion, soft voices and a burnt-in timecode; no real person anywhere.

The same name gives the same pictures on every machine: nothing here is drawn by chance.
"""

import contextlib
import math
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from vbg import timecode
from vbg.demo import drawings, voices
from vbg.demo.drawings import Picture, Point
from vbg.demo.puppet import Camera, Pose, Puppet
from vbg.demo.scripts import SCRIPTS, Gesture, Scene, Script

WIDTH: Final = 960
HEIGHT: Final = 540
RATE: Final = 25
FRAME_MS: Final = 1000 // RATE
FADE_FRAMES: Final = 12
ON_TWOS: Final = 2
"""Every drawing stands for two frames, as in drawn films: half the work. Only the timecode counts on."""
NAMES: Final = tuple(SCRIPTS)

Progress = Callable[[float], None]


class FilmError(Exception):
    """ffmpeg could not write the film; the message is the last line it said."""


def draw(name: str, path: Path, *, ffmpeg: str, progress: Progress | None = None) -> None:
    """Makes the film `name` (one of `NAMES`) at `path`: H.264 and AAC in MP4, 960x540, 25 frames a second.

    `progress` hears a part from 0 to 1 about once per second of film. Raises KeyError for an unknown name
    and FilmError when ffmpeg fails; nothing half-made stays at `path`.
    """
    script = SCRIPTS[name]
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".film-") as folder:
        sound, whole = Path(folder) / "sound.wav", Path(folder) / "film.mp4"
        voices.write(sound, script.voices, script.lasts_ms)
        _encode(ffmpeg, script, sound, whole, progress or (lambda _part: None))
        whole.replace(path)


def frames(script: Script) -> Iterator[Picture]:
    """Every frame of a film in order: BGR, 540 rows of 960."""
    puppets: dict[str, Puppet] = {}
    drawn = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for number in range(script.lasts_ms // FRAME_MS):
        if number % ON_TWOS == 0:
            drawn = _frame(script, puppets, number)
        picture = drawn.copy()
        _burn(picture, number)
        yield picture


def _encode(ffmpeg: str, script: Script, sound: Path, whole: Path, progress: Progress) -> None:
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE)]
    colours = ["-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m"]
    command = [
        ffmpeg, "-v", "error", "-nostdin", "-y", *raw, *colours, "-color_range", "tv", "-i", "pipe:0",
        "-i", str(sound), "-map", "0:v", "-map", "1:a",
        "-c:v", "libx264", "-preset", "superfast", "-crf", "24",
        "-g", str(RATE * 2), *colours, "-c:a", "aac", "-b:a", "96k", "-map_metadata", "-1",
        "-fflags", "+bitexact", "-flags", "+bitexact", "-movflags", "+faststart", str(whole),
    ]  # fmt: skip
    count = script.lasts_ms // FRAME_MS
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        assert process.stdin is not None
        try:
            # a pipe that broke is told by the exit code
            with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
                for number, picture in enumerate(frames(script), start=1):
                    pipe.write(cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
                    if number % RATE == 0:
                        progress(number / count)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            raise FilmError(lines[-1] if lines else "ffmpeg stopped")


def _frame(script: Script, puppets: dict[str, Puppet], number: int) -> Picture:
    at_ms = number * FRAME_MS
    index = max(place for place, scene in enumerate(script.scenes) if scene.at_ms <= at_ms)
    camera = _camera(script, index, at_ms)
    puppet = _puppet(script, puppets, script.scenes[index])
    into = (at_ms - script.scenes[index].at_ms) // FRAME_MS
    if index == 0 or into >= FADE_FRAMES:
        return puppet.frame(_pose(script, index, puppet, at_ms), camera)
    # While one drawing fades into the next, each bends its heads towards where the other has them.
    mix = _ease((into + 1) / (FADE_FRAMES + 1))
    before = _puppet(script, puppets, script.scenes[index - 1])
    ways = tuple(
        (new.centre[0] - old.centre[0], new.centre[1] - old.centre[1])
        for old, new in zip(before.heads, puppet.heads, strict=True)
    )
    old_pose = _pose(script, index - 1, before, at_ms, tuple((x * mix, y * mix) for x, y in ways))
    new_pose = _pose(script, index, puppet, at_ms, tuple((x * (mix - 1), y * (mix - 1)) for x, y in ways))
    old_picture, new_picture = before.frame(old_pose, camera), puppet.frame(new_pose, camera)
    return cv2.addWeighted(new_picture, mix, old_picture, 1 - mix, 0).astype(np.uint8, copy=False)


def _puppet(script: Script, puppets: dict[str, Puppet], scene: Scene) -> Puppet:
    found = puppets.get(scene.drawing)
    if found is None:
        picture = drawings.render(scene.drawing, WIDTH, script.people)
        found = puppets[scene.drawing] = Puppet(picture, drawings.figures(scene.drawing, WIDTH))
    return found


def _camera(script: Script, index: int, at_ms: int) -> Camera:
    """The camera goes from the previous scene's place to this one's, and never jumps."""
    scene = script.scenes[index]
    ends = script.scenes[index + 1].at_ms if index + 1 < len(script.scenes) else script.lasts_ms
    start = script.scenes[index - 1].camera if index else scene.camera
    part = _ease((at_ms - scene.at_ms) / (ends - scene.at_ms))
    return Camera(
        start.x + (scene.camera.x - start.x) * part,
        start.y + (scene.camera.y - start.y) * part,
        start.zoom + (scene.camera.zoom - start.zoom) * part,
    )


def _pose(script: Script, index: int, puppet: Puppet, at_ms: int, morph: tuple[Point, ...] = ()) -> Pose:
    scene = script.scenes[index]
    ends = script.scenes[index + 1].at_ms if index + 1 < len(script.scenes) else script.lasts_ms
    seconds = at_ms / 1000
    unit = WIDTH / 1280
    glad = scene.mood == "glad"
    shifts, turns, breaths, mouths, lids = [], [], [], [], []
    for who, head in enumerate(puppet.heads):
        calm = 0.7 if who == 0 else 1.0
        x, y = morph[who] if morph else (0.0, 0.0)
        mouth = _loudness(script, who, at_ms)
        bob = 7 * abs(math.sin(math.pi * seconds * 2.3 + who)) if glad else 2.2 * mouth
        sway = math.sin(seconds * 1.3 + who * 2.2) + 0.5 * math.sin(seconds * 2.1 + who)
        shifts.append((x + 3.2 * unit * calm * sway, y - unit * bob))
        nod = 0.03 * math.sin(seconds * 5) if glad else 0.0
        turns.append(calm * (0.022 * math.sin(seconds * 1.05 + who * 1.7) + nod))
        breaths.append(2.6 * unit * math.sin(2 * math.pi * seconds / (4.2 - who) + who))
        mouths.append((0.42 if head.eyes else 0.22) * mouth)
        lids.append(_lid(at_ms, who))
    part = (at_ms - scene.at_ms) / (ends - scene.at_ms)
    hands = {gesture.hand: _moved(gesture, seconds, part) for gesture in scene.gestures}
    return Pose(tuple(shifts), tuple(turns), tuple(breaths), tuple(mouths), hands, tuple(lids))


def _loudness(script: Script, who: int, at_ms: int) -> float:
    speaker = "child" if who else "parent"
    return max((voice.loudness(at_ms) for voice in script.voices if voice.who == speaker), default=0.0)


def _lid(at_ms: int, who: int) -> int:
    """Everyone blinks at a pace of their own: half, closed, closed, half."""
    inside = (at_ms + who * 1700) % (3400 + who * 760) // FRAME_MS
    return (1, 1, 2, 2, 1, 1)[inside] if inside < 6 else 0


def _moved(gesture: Gesture, seconds: float, part: float) -> Point:
    unit = WIDTH / 1280
    if gesture.manner == "wave":
        swing = math.sin(2 * math.pi * seconds * 1.9 + gesture.hand * 0.9)
    elif gesture.manner == "tap":
        swing = max(math.sin(2 * math.pi * seconds * 0.8), 0.0) ** 2
    else:
        swing = _ease(min(part * 2.2, 1.0)) * (1 + 0.06 * math.sin(seconds * 4)) - 0.5
    return (gesture.x * unit * swing, gesture.y * unit * swing)


def _ease(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def _burn(picture: Picture, number: int) -> None:
    """Burns the time and the frame's number into the upper right corner, in place."""
    text = f"{timecode.stamp(number * FRAME_MS)} {number:04d}"
    step, height, edge = 11, 25, 12
    left = WIDTH - edge - step * len(text) - 12
    ground = picture[edge : edge + height, left : WIDTH - edge]
    ground[:] = (ground * 0.3 + 14).astype(np.uint8)
    for place, letter in enumerate(text):
        spot = (left + 7 + place * step, edge + 18)
        cv2.putText(picture, letter, spot, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (240, 244, 246), 1, cv2.LINE_AA)
