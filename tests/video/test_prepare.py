import json
import threading
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.films import images, numbered, read_number
from vbg.video import probe
from vbg.video.errors import ToolError
from vbg.video.prepare import prepare, proxy


@pytest.mark.parametrize(("name", "copied"), [("turned", False), ("uneven", True), ("early", True)])
def test_the_film_that_plays_has_the_very_same_frames(name, copied, films, tools, prepared):
    done, measured = prepared(name), probe.measure(films[name], tools)
    assert (done.copied, done.exact) == (copied, True)
    assert done.times_us == measured.times_us
    numbers = [read_number(image, turned=False) for image in images(done.play)]
    assert numbers == list(range(measured.frame_count))


def test_the_transcoded_film_plays_in_every_browser_and_stands_upright(prepared, tools):
    shown = probe.measure(prepared("turned").play, tools)
    assert shown.playable
    assert (shown.width, shown.height, shown.rotation) == (240, 320, 0)


def test_sound_before_the_picture_gives_an_offset(prepared):
    assert prepared("early").offset_us == pytest.approx(500_000, abs=25_000)
    assert prepared("uneven").offset_us == 0


def test_the_waveform_lies_on_the_films_own_timeline(prepared):
    done = prepared("early")
    peaks = json.loads(done.waveform.read_text())["peaks"]
    assert len(peaks) == 60
    assert all(peak > 20 for peak in peaks[:29])
    assert not any(peaks[32:])
    assert prepared("turned").waveform is None


def test_the_filmstrip_shows_each_second(prepared):
    done = prepared("early")
    row = cv2.imread(str(done.filmstrip))
    strip = done.strip
    assert (strip.count, strip.step_ms) == (3, 1000)
    assert row.shape == (strip.tile_height, strip.tile_width * strip.count, 3)
    tiles = np.split(row, strip.count, axis=1)
    assert [read_number(tile, turned=False) for tile in tiles] == [0, 25, 50]


def test_the_poster_is_a_picture_of_the_film(prepared):
    assert 0 <= read_number(cv2.imread(str(prepared("turned").poster)), turned=False) < 60


def test_frames_are_written_as_the_program_interface_gives_them(prepared):
    done = prepared("uneven")
    assert json.loads(done.frames.read_text()) == {"times_us": list(done.times_us)}


def test_no_place_or_name_travels_along(films, prepared):
    for name in ("turned", "early"):
        assert b"Kitchen" in films[name].read_bytes()
        done = prepared(name)
        for path in (done.play, done.poster, done.filmstrip):
            assert not any(secret in path.read_bytes() for secret in (b"+52.0907", b"loci", b"Kitchen"))


@pytest.mark.parametrize("name", ["uneven", "early"])
def test_a_lighter_twin_has_the_same_clock_and_frames(name, prepared, tools, tmp_path):
    done = prepared(name)
    twin = proxy(done.footage, tmp_path, tools)
    measured = probe.measure(twin.play, tools, decode=True)
    assert measured.times_us == done.times_us
    assert measured.zero_us == done.offset_us
    assert measured.key_ms <= 2000
    assert [read_number(image, turned=False) for image in images(twin.play)] == list(range(done.frame_count))


def test_a_twin_with_other_frames_is_not_given(prepared, tools, tmp_path):
    footage = prepared("early").footage
    assert proxy(replace(footage, times_us=footage.times_us[:-1]), tmp_path, tools) is None
    assert proxy(replace(footage, offset_us=footage.offset_us + 40_000), tmp_path, tools) is None


def test_progress_is_told_up_to_one(films, tools, tmp_path):
    told = []
    prepare(films["turned"], tmp_path, tools, told.append)
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert list(dict.fromkeys(one.step for one in told)) == ["measure", "encode", "dress"]


def test_preparing_can_be_cancelled(films, tools, tmp_path):
    asked = threading.Event()
    asked.set()
    with pytest.raises(ToolError) as caught:
        prepare(films["turned"], tmp_path, tools, cancel=asked.is_set)
    assert caught.value.code == "cancelled"


def test_damage_in_a_film_read_by_its_packets_is_found_while_encoding(tools, tmp_path):
    path = numbered(tmp_path / "film.mov", frames=400, codec="hevc", options=("-movflags", "+faststart"))
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat") + len(data[data.index(b"mdat") :]) * 45 // 100
    data[begin : begin + 2000] = bytes(2000)
    path.write_bytes(data)
    whole = probe.measure(path, tools, decode=True)
    (tmp_path / "out").mkdir()
    done = prepare(path, tmp_path / "out", tools)
    assert whole.broken
    assert done.measured == whole
    assert done.exact
