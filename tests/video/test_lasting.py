"""A copied film says of each picture how long it lasts as shown, and shows the very same pictures and sound."""

import shutil
import subprocess
from itertools import accumulate, pairwise
from pathlib import Path

import imageio_ffmpeg
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.video.camera import AAC, X264, again, shoot
from tests.video.zoo import FREE, UNEVEN
from vbg.video import lasting, packets, run

OUT_OF_ORDER = (*X264, "-bf", "2", "-b_strategy", "0")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lasting")
    made = shoot(folder / "film.mp4", ("-vf", UNEVEN, *FREE, *OUT_OF_ORDER), sound=(-0.2, 2.0), speak=AAC)
    return again(made, folder / "copy.mp4", "-movflags", "+faststart")


@pytest.fixture
def copy(film: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(film, tmp_path / "play.mp4"))


@given(some.lists(some.integers(0, 10**6), min_size=1, max_size=40, unique=True))
def test_a_picture_is_shown_when_it_was_and_lasts_until_the_next(shown: list[int]):
    lasts, later, delay = lasting.steps(shown)
    decoded = list(accumulate(lasts[:-1], initial=0))
    assert min(lasts) > 0
    assert min(later) == 0
    assert [at + wait - delay + min(shown) for at, wait in zip(decoded, later, strict=True)] == shown
    in_order = sorted(shown)
    until = {one: following - one for one, following in pairwise(in_order)}
    assert all(lasts[at] == until[time] for at, time in enumerate(shown) if time in until)


@pytest.mark.parametrize("shown", [[], [0, 40, 40]])
def test_no_pictures_or_two_at_once_is_refused(shown: list[int]):
    with pytest.raises((ValueError, LookupError)):
        lasting.steps(shown)


def test_a_copy_tells_that_its_pictures_last_otherwise_until_it_is_written_anew(copy: Path):
    tools = run.find()
    before = packets.read(copy, tools)
    pictures = decoded(copy)
    assert before
    assert not before.lasting
    assert lasting.write(copy)
    after = packets.read(copy, tools)
    assert after
    assert after.lasting
    assert (after.times_us, after.zero_us, after.sound) == (before.times_us, before.zero_us, True)
    assert decoded(copy) == pictures


def test_a_film_in_order_and_one_that_is_even_are_said_right_already(tmp_path: Path):
    tools = run.find()
    for name, how in {"in_order": ("-vf", UNEVEN, *FREE, *X264, "-bf", "0"), "even": OUT_OF_ORDER}.items():
        told = packets.read(shoot(tmp_path / f"{name}.mp4", how), tools)
        assert told, name
        assert told.lasting, name


@pytest.mark.parametrize(
    "cut", ["no box", "no index", "pictures first", "half an index", "no times", "a table that is too long"]
)
def test_what_is_not_as_we_write_it_is_left_as_it_is(copy: Path, film: Path, tmp_path: Path, cut: str):
    data = film.read_bytes()
    at, table = data.index(b"moov") - 4, data.index(b"stts") - 4
    changed = {
        "no box": b"no film",
        "no index": data[:at],
        "pictures first": again(film, tmp_path / "late.mp4", "-movflags", "0").read_bytes(),
        "half an index": data[: at + 400],
        "no times": data.replace(b"ctts", b"free", 1),
        "a table that is too long": data[:table] + b"\xff" + data[table + 1 :],
    }[cut]
    copy.write_bytes(changed)
    assert not lasting.write(copy)
    assert copy.read_bytes() == changed


def decoded(film: Path) -> list[tuple[bytes, ...]]:
    """Every picture and every stretch of sound as ffmpeg decodes them: stream, time, hash."""
    clock = ("-fps_mode", "passthrough", "-enc_time_base:v", "1:90000")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(film), "-map", "0", *clock, "-f", "framemd5"]
    said = subprocess.run([*command, "-"], capture_output=True, check=True).stdout.splitlines()
    parts = [line.split(b",") for line in said if not line.startswith(b"#")]
    return sorted((stream, time, told) for stream, _decoded, time, _lasts, _size, told in parts)
