"""Films that some browsers play as they come are copied for those; H.264 for the others follows, frame for frame."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.films import images, read_number
from tests.video.camera import AAC, shoot
from tests.video.zoo import AV1_CLEAR, OPUS, VP9, X265
from vbg.video import probe
from vbg.video.prepare import Prepared, dress, playable, proxy


@dataclass(frozen=True)
class Kind:
    """One way in which a phone or a browser films."""

    name: str
    encode: tuple[str, ...]
    speak: tuple[str, ...] = AAC
    turn: int = 0


PLAIN = ("-pix_fmt", "yuv420p")
KINDS = {
    "hevc": Kind("film.mov", (*X265, *PLAIN, "-tag:v", "hev1"), turn=90),
    "vp9": Kind("film.webm", (*VP9, *PLAIN), OPUS),
    "av1": Kind("film.mp4", (*AV1_CLEAR, *PLAIN)),
}
FRAMES = 75


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("codecs")
    return {
        codec: shoot(folder / kind.name, kind.encode, frames=FRAMES, sound=(0, 3), speak=kind.speak, turn=kind.turn)
        for codec, kind in KINDS.items()
    }


@pytest.fixture(scope="module")
def copies(films, tools, tmp_path_factory) -> Callable[[str], Prepared]:
    done: dict[str, Prepared] = {}

    def get(codec: str) -> Prepared:
        if codec not in done:
            out = tmp_path_factory.mktemp(codec)
            made = playable(films[codec], out, tools, plays=[codec])
            done[codec] = Prepared(**vars(made) | vars(dress(made.footage, out, tools)))
        return done[codec]

    return get


@pytest.mark.parametrize("codec", KINDS)
def test_it_is_copied_with_its_own_frames_for_who_plays_it(codec, films, copies, tools):
    made = copies(codec)
    assert (made.copied, made.exact, made.frame_count) == (True, True, FRAMES)
    assert made.measured.video_codec == codec
    assert probe.measure(made.play, tools).times_us == made.times_us
    assert [read_number(image, turned=False) for image in images(made.play)] == list(range(FRAMES))
    assert made.poster.exists()
    assert any(made.peaks)


@pytest.mark.parametrize("codec", KINDS)
def test_its_twin_for_all_the_others_has_the_very_same_frames(codec, copies, tools, tmp_path):
    made = copies(codec)
    twin = proxy(made.footage, tmp_path, tools, aac=made.measured.audio_codec == "opus")
    assert twin is not None
    shown = probe.measure(twin.play, tools)
    assert (shown.playable, shown.times_us) == (True, made.times_us)
    assert shown.sound_start_us == pytest.approx(made.measured.sound_start_us, abs=40_000)
    assert [read_number(image, turned=False) for image in images(twin.play)] == list(range(FRAMES))


def test_a_copy_of_hevc_has_the_name_that_apple_reads(copies):
    head = copies("hevc").play.read_bytes()[:20_000]
    assert b"hvc1" in head
    assert b"hev1" not in head


@pytest.mark.parametrize("said", [(), ("vp9", "av1", "h264", "nonsense")])
def test_for_who_does_not_play_it_a_film_is_encoded(said, films, tools, tmp_path):
    made = playable(films["hevc"], tmp_path, tools, plays=said)
    assert not made.copied
    assert probe.measure(made.play, tools).playable


@pytest.mark.parametrize(
    "more",
    [
        ("-pix_fmt", "yuv420p10le"),
        ("-x265-params", "log-level=none:colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"),
    ],
    ids=["ten bits", "HLG"],
)
def test_what_may_show_other_colours_is_never_copied(more, tools, tmp_path):
    film = shoot(tmp_path / "film.mov", (*X265, *PLAIN, *more), frames=25, sound=None)
    out = tmp_path / "out"
    out.mkdir()
    assert not playable(film, out, tools, plays=["hevc"]).copied


def test_sound_that_only_h264s_own_browsers_hear_is_no_reason_to_copy(films, tools, tmp_path):
    film = shoot(tmp_path / "film.mkv", frames=25, sound=(0, 1), speak=OPUS)
    out = tmp_path / "out"
    out.mkdir()
    assert not playable(film, out, tools, plays=["hevc", "vp9", "av1"]).copied
