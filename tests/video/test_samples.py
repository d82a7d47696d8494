"""Real films of real phones and cameras: what is known of each by its name, and that the prepared film shows the same
first and last picture. Runs over the folder that VBG_SAMPLES names.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from vbg.video import commands, probe
from vbg.video.errors import UnreadableError
from vbg.video.prepare import prepare
from vbg.video.run import Tools

SAMPLES = sorted(Path(os.environ.get("VBG_SAMPLES") or "/nowhere").glob("*.*"))


@dataclass(frozen=True)
class Known:
    """Frames, span in ms, size as shown, whether it is copied, and what is said of it."""

    frames: int
    span_ms: int
    size: tuple[int, int]
    copied: bool
    says: tuple[str, ...] = ()


KNOWN = {
    "android14_hevc10_hlg_hdr.mp4": Known(9, 300, (1920, 1080), False, ("hdr",)),
    "android_slowmotion_240.mp4": Known(7, 525, (1280, 720), True, ("silent", "slow_motion")),
    "chrome57_mediarecorder_cutoff.webm": Known(185, 7612, (640, 480), False, ("cut_off", "same_times")),
    "empty_second_videotrack.mp4": Known(30, 1000, (1080, 720), True),
    "fragmented_wrong_duration.mp4": Known(30, 1001, (1080, 720), True),
    "h264_444_chapters.mkv": Known(150, 5000, (320, 240), False),
    "h264_ac3_trackname.mkv": Known(30, 968, (1080, 720), False),
    "iphone14pro_hevc10_hlg_dolbyvision_rot90.MOV": Known(4, 133, (720, 1280), False, ("turned", "hdr")),
    "iphone4s_h264_rot90_ios7.MOV": Known(62, 2068, (320, 568), True, ("turned",)),
    "iphone6_h264_rot90.mov": Known(120, 4001, (320, 568), True, ("turned",)),
    "iphone_spatial_mvhevc.mov": Known(5, 55, (1934, 2160), False, ("silent",)),
    "long_6min_1080p_tiny.mp4": Known(10883, 362_766, (1920, 1080), True, ("sound_stops_earlier",)),
    "man_sign_brother_gesture.mkv": Known(65, 2200, (640, 480), True, ("silent",)),
    "man_with_card_webcam_8s.mov": Known(123, 7345, (640, 480), True),
    "mpeg4_mp3.avi": Known(96, 4087, (960, 400), False),
    "old_camera_mjpeg_320x240.AVI": Known(41, 2733, (320, 240), False),
    "phone_flir_vfr_upright.mp4": Known(84, 11_353, (1080, 1440), True),
    "sony_digital8_tape_ntsc.dv": Known(5, 166, (640, 480), False, ("more_sounds", "interlaced")),
    "sound_shorter_than_picture.mp4": Known(72, 1200, (320, 240), True, ("sound_stops_earlier",)),
    "vp9_10bit.webm": Known(72, 3002, (426, 240), False, ("silent",)),
    "woman_expressions_pexels_20s.mp4": Known(472, 19_686, (640, 360), True),
}


def ends(path: Path, order: int = 0) -> list[np.ndarray]:
    """First and last picture as shown, small and grey, shape (32, 32)."""
    first = last = None
    with av.open(str(path)) as film:
        for packet in film.demux(video=order):
            try:
                for last in packet.decode():
                    first = first or last
            except av.error.FFmpegError:  # the end of a film that was cut off
                continue
    turned = [np.rot90(frame.to_ndarray(format="gray"), round(frame.rotation) // 90) for frame in (first, last)]
    return [cv2.resize(image, (32, 32), interpolation=cv2.INTER_AREA).astype(float) for image in turned]


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two small pictures show the same, however bright."""
    if min(one.std(), other.std()) < 2:
        return abs(one.mean() - other.mean()) < 30
    return bool(np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.95)


if SAMPLES:

    def test_a_film_without_its_index_is_refused(tools: Tools):
        for path in SAMPLES:
            if "no_moov" in path.name:
                with pytest.raises(UnreadableError) as caught:
                    probe.measure(path, tools)
                assert caught.value.code == "cut_off"

    @pytest.mark.parametrize("path", [path for path in SAMPLES if path.name in KNOWN], ids=lambda path: path.name)
    def test_real_films_become_what_is_known_of_them(path: Path, tools: Tools, tmp_path: Path):
        known = KNOWN[path.name]
        measured = probe.measure(path, tools)
        assert (measured.frame_count, measured.duration_ms) == (known.frames, known.span_ms)
        assert (measured.width, measured.height) == known.size
        assert {note.code for note in measured.notes} == set(known.says)
        assert measured.incomplete == ("cut_off" in known.says)
        done = prepare(path, tmp_path, tools)
        assert (done.exact, done.copied, done.frame_count) == (True, known.copied, known.frames)
        size = known.size if known.copied else commands.fit(*known.size, short=720, long=1280)
        assert (done.footage.width, done.footage.height) == size
        for shown, meant in zip(ends(done.play), ends(path, measured.video_order), strict=True):
            assert alike(shown, meant)
