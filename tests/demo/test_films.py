"""The demo films: drawn the same every time, with the frame's number burnt in."""

from itertools import islice, pairwise
from pathlib import Path

import av
import cv2
import imageio_ffmpeg
import numpy as np
import pytest

from vbg.demo import drawings, films
from vbg.demo.scripts import SCRIPTS, Scene, Script
from vbg.demo.voices import Voice

SHORT = Script(
    lasts_ms=2000,
    scenes=(
        Scene(0, "tafel_kijkt", SCRIPTS["pannenkoeken"].scenes[0].camera),
        Scene(1000, "tafel_lachen", SCRIPTS["pannenkoeken"].scenes[1].camera, mood="glad"),
    ),
    voices=(Voice(200, 600, "child", "ask"), Voice(1000, 600, "parent", "laugh")),
)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setattr(films, "SCRIPTS", {"short": SHORT})
    return SHORT


def test_a_film_has_picture_sound_and_every_frame(short: Script, tmp_path: Path) -> None:
    heard: list[float] = []
    path = tmp_path / "short.mp4"
    films.draw("short", path, ffmpeg=imageio_ffmpeg.get_ffmpeg_exe(), progress=heard.append)
    with av.open(str(path)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, audio.codec_context.name) == ("h264", "aac")
        assert (video.width, video.height) == (960, 540)
        assert video.average_rate == 25
        numbers = [_number(frame.to_ndarray(format="bgr24")) for frame in film.decode(video)]
    assert numbers == list(range(50))
    assert heard == [0.5, 1.0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["short.mp4"]


def test_the_same_film_twice_is_the_same(short: Script) -> None:
    once, again = ([frame.copy() for frame in islice(films.frames(short), 30, 34)] for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(once, again, strict=True))


def test_a_failing_ffmpeg_leaves_nothing(short: Script, tmp_path: Path) -> None:
    with pytest.raises(films.FilmError):
        films.draw("short", tmp_path / "short.mp4", ffmpeg="/bin/false")
    assert not list(tmp_path.iterdir())
    with pytest.raises(KeyError):
        films.draw("unknown", tmp_path / "x.mp4", ffmpeg="/bin/false")


def test_every_scene_has_its_drawing_two_heads_and_the_hands_that_move() -> None:
    for script in SCRIPTS.values():
        times = [scene.at_ms for scene in script.scenes]
        assert times == sorted(times)
        assert times[0] == 0
        for scene in script.scenes:
            seen = drawings.figures(scene.drawing, 960)
            assert len(seen.heads) == 2
            assert all(gesture.hand < len(seen.hands) for gesture in scene.gestures)


def test_voices_take_turns() -> None:
    for script in SCRIPTS.values():
        spoken = [voice for voice in script.voices if voice.who != "thing"]
        for one, other in pairwise(spoken):
            assert one.at_ms + one.lasts_ms <= other.at_ms + 50


def test_a_still_is_small_and_an_unknown_drawing_refused(tmp_path: Path) -> None:
    drawings.still("bellen", tmp_path / "bellen.webp", 640)
    assert 2000 < (tmp_path / "bellen.webp").stat().st_size < 60_000
    with pytest.raises(KeyError):
        drawings.render("../../secret", 100)
    with pytest.raises(ValueError, match="gif"):
        drawings.still("bellen", tmp_path / "bellen.gif")


def _number(picture: np.ndarray) -> int:
    """Reads the burnt-in number: the digit whose own drawing lies closest."""
    read = ""
    for place in range(10, 14):
        cell = _cell(picture, place)
        off = {digit: float(np.abs(cell - drawn).mean()) for digit, drawn in _DIGITS[place].items()}
        read += min(off, key=lambda digit: off[digit])
    return int(read)


def _cell(picture: np.ndarray, place: int) -> np.ndarray:
    left = films.WIDTH - 12 - 11 * 14 - 12 + 7 + place * 11
    return np.asarray(picture[12:37, left - 1 : left + 10].mean(axis=2))


def _blank(place: int, digit: str) -> np.ndarray:
    picture = np.full((films.HEIGHT, films.WIDTH, 3), 70, np.uint8)
    left = films.WIDTH - 12 - 11 * 14 - 12 + 7 + place * 11
    cv2.putText(picture, digit, (left, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (240, 244, 246), 1, cv2.LINE_AA)
    return _cell(picture, place)


_DIGITS = {place: {digit: _blank(place, digit) for digit in "0123456789"} for place in range(10, 14)}
