import cv2
import pytest

from tests.films import images, read_number
from vbg.video import probe
from vbg.video.clip import clip
from vbg.video.footage import Footage
from vbg.video.prepare import dress
from vbg.video.stills import still


@pytest.mark.parametrize("name", ["turned", "uneven", "early"])
@pytest.mark.parametrize(("start_ms", "end_ms"), [(0, 400), (333, 1234), (1480, 1481), (1960, 10_000)])
def test_a_clip_holds_exactly_the_frames_of_its_span(name, start_ms, end_ms, prepared, tools, tmp_path):
    footage = prepared(name).footage
    out = tmp_path / "clip.mp4"
    clip(footage, start_ms, end_ms, out, tools)
    inside = [n for n, time in enumerate(footage.times_us) if start_ms * 1000 <= time < end_ms * 1000]
    after = [n for n, time in enumerate(footage.times_us) if time >= start_ms * 1000][:1]
    shown = images(out)
    assert [read_number(image, turned=False) for image in shown] == (inside or after)
    assert max(shown[0].shape[:2]) <= 854


def test_a_clip_begins_at_zero_and_carries_only_its_own_sound(prepared, tools, tmp_path):
    out = tmp_path / "clip.mp4"
    clip(prepared("early").footage, 1000, 3000, out, tools)
    measured = probe.measure(out, tools)
    assert (measured.frame_count, measured.zero_us, measured.duration_ms) == (50, 0, 2000)
    footage = Footage(out, measured.times_us, 0, 2000, measured.width, measured.height, sound=True)
    peaks = dress(footage, tmp_path, tools).peaks
    assert min(peaks[1:9]) > 20
    assert not any(peaks[12:])
    assert out.stat().st_size < 1_000_000


def test_a_clip_carries_no_place(prepared, tools, tmp_path):
    out = tmp_path / "clip.mp4"
    clip(prepared("turned").footage, 0, 1000, out, tools)
    assert b"+52.0907" not in out.read_bytes()


def test_an_empty_span_is_refused(prepared, tools, tmp_path):
    with pytest.raises(ValueError, match="span"):
        clip(prepared("early").footage, 500, 500, tmp_path / "clip.mp4", tools)


@pytest.mark.parametrize("name", ["turned", "uneven", "early"])
def test_a_still_is_the_exact_frame(name, prepared, tools, tmp_path):
    footage = prepared(name).footage
    for number in (0, 1, 31, 58, len(footage.times_us) - 1):
        out = tmp_path / f"{number}.jpg"
        still(footage, footage.times_us[number] // 1000, out, tools)
        assert read_number(cv2.imread(str(out)), turned=False) == number
