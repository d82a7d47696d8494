"""Each film of the zoo ends as expected: span, size, turn, first and last picture, sound in step, or the refusal."""

from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from tests.films import read_number
from tests.video.camera import flashes, red_corner
from tests.video.zoo import ZOO, Beast
from vbg.video import commands, probe
from vbg.video.errors import UnreadableError
from vbg.video.prepare import Prepared, prepare
from vbg.video.probe import Measured
from vbg.video.run import Tools

IN_STEP_MS = 40
SECRETS = (b"+52.0907", b"Kitchen of Ann")


@dataclass(frozen=True)
class Seen:
    """What a player gets of a film: its pictures' numbers and times (s, the file's clock), the flash, the beep."""

    numbers: list[int]
    times_s: list[float]
    sizes: set[tuple[int, int]]
    corners: set[bool]
    flash_s: float | None
    beep_s: float | None


def look(path: Path) -> Seen:
    numbers, times, sizes, corners, flash = [], [], set(), set(), None
    with av.open(str(path)) as film:
        shape = film.streams.video[0].sample_aspect_ratio or 1
        for frame in film.decode(video=0):
            shown = np.rot90(frame.to_ndarray(format="bgr24"), round(frame.rotation) // 90)
            wide, high = (round(frame.width * shape), frame.height)
            sizes.add((high, wide) if round(frame.rotation) % 180 else (wide, high))
            numbers.append(read_number(shown, turned=False))
            times.append(frame.time)
            corners.add(red_corner(shown))
            if flash is None and flashes(shown):
                flash = frame.time
    return Seen(numbers, times, sizes, corners, flash, listen(path))


def listen(path: Path) -> float | None:
    """When the beep begins, in s on the file's clock; None without sound."""
    with av.open(str(path)) as film:
        if not film.streams.audio:
            return None
        for frame in film.decode(audio=0):
            loud = np.abs(frame.to_ndarray().astype(np.float64)).max(axis=0)
            loud = loud if frame.format.is_planar else loud.reshape(-1)
            over = np.flatnonzero(loud > (0.15 if frame.format.name.startswith("flt") else 5000))
            if len(over):
                return float(frame.time + over[0] / frame.sample_rate)
    return None


def opencv_ms(path: Path) -> list[float]:
    reader = cv2.VideoCapture(str(path))
    times = []
    while reader.read()[0]:
        times.append(reader.get(cv2.CAP_PROP_POS_MSEC))
    reader.release()
    return times


def the_measure_is_right(beast: Beast, measured: Measured) -> None:
    assert (measured.width, measured.height) == beast.size
    assert measured.duration_ms == pytest.approx(beast.span_ms, abs=beast.step_ms + 1)
    assert measured.incomplete == bool({"cut_off", "wrong_length"} & set(beast.says))
    assert {note.code for note in measured.notes} == set(beast.says)
    if beast.sound is None:
        assert measured.audio_codec is None
        return
    sound_ms = measured.sound_start_us / 1000, measured.sound_end_us / 1000
    assert sound_ms == pytest.approx(beast.sound, abs=80)


def the_film_is_right(beast: Beast, done: Prepared, seen: Seen) -> None:
    assert seen.numbers == list(beast.numbers)
    assert done.frame_count == len(beast.numbers)
    on_film_ms = [1000 * (time - seen.times_s[0]) for time in seen.times_s]
    assert on_film_ms == pytest.approx(beast.shown_ms, abs=1.1)
    assert [time / 1000 for time in done.times_us] == pytest.approx(beast.shown_ms, abs=1.1)
    assert seen.times_s[0] * 1e6 == pytest.approx(done.offset_us, abs=1000)
    assert seen.corners == {True}
    assert (done.copied, done.exact) == (beast.copied, True)
    size = beast.size if beast.copied else commands.fit(*beast.size, short=720, long=1280)
    assert seen.sizes == {size}


def opencv_agrees(done: Prepared) -> None:
    told = opencv_ms(done.play)
    assert len(told) == done.frame_count
    assert [time - told[0] for time in told] == pytest.approx([time / 1000 for time in done.times_us], abs=1.1)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.full] if beast.full else []) for name, beast in ZOO.items()]
)
def test_each_film_of_the_zoo_ends_as_expected(name: str, tools: Tools, tmp_path: Path):
    beast, folder = ZOO[name], tmp_path / "out"
    folder.mkdir()
    path = beast.make(tmp_path)
    if beast.refused:
        with pytest.raises(UnreadableError) as caught:
            probe.measure(path, tools)
        assert caught.value.code == beast.refused
        return
    measured = probe.measure(path, tools)
    done = prepare(path, folder, tools)
    seen = look(done.play)
    if "cut_off" in beast.says:
        beast = beast.up_to(len(seen.numbers))
    the_measure_is_right(beast, measured)
    the_film_is_right(beast, done, seen)
    opencv_agrees(done)
    if beast.sound is not None:
        assert 1000 * abs(seen.flash_s - seen.beep_s) <= IN_STEP_MS
    for file in folder.iterdir():
        assert not any(secret in file.read_bytes() for secret in SECRETS)
