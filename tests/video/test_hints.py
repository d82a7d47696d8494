"""Hints come from sound and movement alone, measured against the film itself, and lie where they should.

Tolerance: 150 ms for sound; for movement 600 ms, of key frames alone 1,500 ms.
"""

import json
import subprocess
from pathlib import Path

import cv2
import imageio_ffmpeg
import numpy as np
import pytest

from vbg.video import commands, hints
from vbg.video.footage import Footage
from vbg.video.prepare import Dressing, dress, prepare, proxy

RATE, LASTS_MS = commands.PCM_RATE, 40_000
TURNS, SILENCE, MOVES = (4000, 15_800), (15_800, 28_000), (20_000, 30_000)
FPS, SIZE = 10, (320, 180)


def noise(ms: int, level: float) -> np.ndarray:
    return np.random.default_rng(7).normal(0, level, ms * RATE // 1000)


def beep(samples: np.ndarray, start_ms: int, lasts_ms: int, hertz: int, level: float = 6000) -> None:
    """Add a tone: somebody's voice."""
    at, count = start_ms * RATE // 1000, lasts_ms * RATE // 1000
    samples[at : at + count] += level * np.sin(np.arange(count) * 2 * np.pi * hertz / RATE)


def talk(*, floor: float = 40, level: float = 6000) -> np.ndarray:
    """Two voices in turn from 4 to 15.8 s, then nobody until 28 s, then one long tone of 7 s."""
    samples = noise(LASTS_MS, floor)
    for turn in range(9):
        beep(samples, 4000 + turn * 1375, 800, (300, 500)[turn % 2], level)
    beep(samples, 28_000, 7000, 400, level)
    return samples.astype("<i2")


def walk() -> list[np.ndarray]:
    """A square that stands still, walks from 20 to 30 s, and stands again. Grey, shape (180, 320)."""
    pictures = []
    for number in range(LASTS_MS * FPS // 1000):
        picture = np.full((SIZE[1], SIZE[0]), 90, np.uint8)
        steps = min(max(0, number - MOVES[0] * FPS // 1000), (MOVES[1] - MOVES[0]) * FPS // 1000)
        x, y = 20 + 9 * steps % 230, 40 + 5 * steps % 70
        picture[y : y + 60, x : x + 60] = 220
        pictures.append(picture)
    return pictures


def small(pictures: list[np.ndarray]) -> np.ndarray:
    step = FPS / commands.MOTION_PER_SECOND
    chosen = [pictures[int(at * step)] for at in range(LASTS_MS * commands.MOTION_PER_SECOND // 1000)]
    return np.stack([cv2.resize(one, commands.MOTION_SIZE, interpolation=cv2.INTER_AREA).ravel() for one in chosen])


def film(path: Path, codec: str, *more: str) -> Path:
    """That walk and that talk as a film."""
    sound = path.with_suffix(".pcm")
    talk().tofile(sound)
    line = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-y",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gray",
        "-s",
        "320x180",
        "-r",
        str(FPS),
    ]
    heard = ["-i", "-", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(sound)]
    made = ["-pix_fmt", "yuv420p", "-c:v", codec, "-c:a", "aac", *more, str(path)]
    subprocess.run([*line, *heard, *made], input=b"".join(one.tobytes() for one in walk()), check=True)
    return path


def spans(found: list[hints.Hint], kind: str) -> list[tuple[int, int]]:
    return [(one.start_ms, one.end_ms) for one in found if one.kind == kind]


def told(made: Path) -> list[hints.Hint]:
    return [hints.Hint(**one) for one in json.loads(made.read_text())["spans"]]


def near(found: list[tuple[int, int]], span: tuple[int, int], within: int) -> bool:
    return len(found) == 1 and found[0] == pytest.approx(span, abs=within)


def check(found: list[hints.Hint], *, within: int) -> None:
    assert near(spans(found, "turns"), TURNS, 150)
    assert (15_800, 28_000) in [pytest.approx(one, abs=150) for one in spans(found, "silence")]
    assert near(spans(found, "movement"), MOVES, within)
    assert near(spans(found, "stillness")[:1], (0, MOVES[0]), within + 1000)


@pytest.mark.parametrize(("floor", "level"), [(0, 6000), (40, 6000), (600, 9000), (4, 300)])
def test_voices_in_turn_and_silence_lie_where_they_are_in_a_loud_and_a_quiet_room(floor, level):
    found = hints.of_sound(talk(floor=floor, level=level), LASTS_MS)
    assert near(spans(found, "turns"), TURNS, 150)
    assert [pytest.approx(one, abs=150) for one in spans(found, "silence")] == [
        (0, 4000), SILENCE, (35_000, 40_000)
    ]  # fmt: skip


def test_one_who_speaks_on_is_no_turn_and_late_answers_are_none():
    samples = noise(LASTS_MS, 40)
    for start in range(0, 40_000, 4000):
        beep(samples, start, 1500, 300)
    assert spans(hints.of_sound(samples.astype("<i2"), LASTS_MS), "turns") == []
    samples = noise(LASTS_MS, 40)
    beep(samples, 5000, 20_000, 300)
    assert spans(hints.of_sound(samples.astype("<i2"), LASTS_MS), "turns") == []


@pytest.mark.parametrize("level", [0, 5, 3000])
def test_what_is_the_same_all_through_gets_no_hint(level):
    assert hints.of_sound(noise(LASTS_MS, level).astype("<i2"), LASTS_MS) == []
    assert hints.of_sound(np.zeros(0, "<i2"), LASTS_MS) == []
    grain = np.random.default_rng(3).normal(90, 1 + level / 1000, (160, 576)).astype(np.uint8)
    assert hints.of_motion(grain, LASTS_MS) == []
    assert hints.of_motion(grain[:1], LASTS_MS) == []
    assert hints.of_motion(np.full((160, 576), 90, np.uint8), LASTS_MS) == []


def test_movement_lies_where_it_is_and_a_cut_or_a_lamp_is_none():
    found = hints.of_motion(small(walk()), LASTS_MS)
    assert near(spans(found, "movement"), MOVES, 600)
    pictures = small(walk())
    pictures[40:] = 255 - pictures[40:]
    pictures[130:] += 20
    found = hints.of_motion(pictures, LASTS_MS)
    assert near(spans(found, "movement"), MOVES, 600)


def test_pictures_too_far_apart_tell_nothing():
    assert hints.of_motion(np.repeat(small(walk())[::12], 12, axis=0), LASTS_MS) == []


def test_nothing_lies_outside_the_film():
    for lasts in (39_700, 33_333, 1):
        for one in (*hints.of_sound(talk(), lasts), *hints.of_motion(small(walk()), lasts)):
            assert 0 <= one.start_ms < one.end_ms <= lasts


@pytest.fixture(scope="module")
def dressed(tools, tmp_path_factory) -> dict[str, tuple[Path, Dressing, Footage]]:
    """One that had to be encoded, and one that plays as it came."""
    made = {}
    for name, codec, more in (("old.mov", "mpeg4", ()), ("phone.mp4", "libx264", ("-g", "10"))):
        folder = tmp_path_factory.mktemp(name)
        done = prepare(film(folder / name, codec, *more), folder, tools)
        assert done.copied == (name == "phone.mp4")
        made[name] = folder, done, done.footage
    return made


@pytest.mark.parametrize(("name", "within"), [("old.mov", 600), ("phone.mp4", 1500)])
def test_preparing_a_film_gives_its_hints(dressed, name, within):
    check(told(dressed[name][1].hints), within=within)


def test_the_lighter_twin_tells_more_exactly(dressed, tools, tmp_path):
    twin = proxy(dressed["phone.mp4"][2], tmp_path, tools)
    assert twin is not None
    check(told(twin.hints), within=600)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["hints.json", "proxy.mp4"]


def test_no_bare_picture_or_sound_stays(dressed, tools):
    for folder, _, footage in dressed.values():
        dress(footage, folder, tools)
        assert not {one.name for one in folder.iterdir()} & {"motion.gray", "sound.pcm"}
