import subprocess
from pathlib import Path

import pytest

from tests.films import numbered
from tests.video.conftest import UNEVEN_MS
from vbg.video import probe
from vbg.video.errors import UnreadableError
from vbg.video.limits import Limits
from vbg.video.run import Tools


def refusal(path: Path, tools: Tools) -> str:
    with pytest.raises(UnreadableError) as caught:
        probe.measure(path, tools)
    return caught.value.code


def test_a_phone_held_upright_is_measured_as_shown(films, tools):
    measured = probe.measure(films["turned"], tools)
    assert (measured.width, measured.height, measured.rotation) == (240, 320, 90)
    assert (measured.video_codec, measured.playable, measured.frame_count) == ("hevc", False, 60)


def test_an_irregular_film_has_its_own_times(films, tools):
    measured = probe.measure(films["uneven"], tools)
    assert measured.times_us == tuple(time * 1000 for time in UNEVEN_MS)
    assert measured.playable
    assert not measured.incomplete


def test_the_timeline_begins_at_the_first_picture_not_at_the_sound(films, tools):
    measured = probe.measure(films["early"], tools)
    assert measured.times_us[:2] == (0, 40_000)
    assert measured.duration_ms == 3000
    assert measured.zero_us == 500_000
    assert measured.sound_start_us == pytest.approx(-500_000, abs=25_000)
    assert measured.sound_end_us == pytest.approx(1_500_000, abs=25_000)


def test_reading_the_packets_says_the_same_as_decoding_all(films, tools):
    quick, whole = probe.measure(films["plain"], tools), probe.measure(films["plain"], tools, decode=True)
    assert (quick.decoded, whole.decoded) == (False, True)
    assert (quick.times_us, quick.duration_ms) == (whole.times_us, whole.duration_ms)


def test_a_film_damaged_at_its_start_is_decoded_whole(films, tools, tmp_path):
    data = bytearray(films["plain"].read_bytes())
    start = data.index(b"mdat") + 600
    data[start : start + 3000] = bytes(3000)
    broken = tmp_path / "broken"
    broken.write_bytes(data)
    whole = probe.measure(broken, tools, decode=True)
    assert probe.measure(broken, tools).times_us == whole.times_us


def test_a_film_cut_off_is_incomplete_and_measured_as_far_as_it_goes(tmp_path, tools):
    whole = numbered(tmp_path / "whole.mp4", frames=250, options=("-movflags", "+faststart"))
    cut = tmp_path / "cut"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    measured = probe.measure(cut, tools)
    assert measured.incomplete
    assert measured.declared_ms == 10_000
    assert 2_000 < measured.duration_ms < 8_500


def test_a_film_without_its_index_is_cut_off(tmp_path, tools):
    whole = numbered(tmp_path / "whole.mp4", frames=50)
    cut = tmp_path / "cut"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(cut, tools) == "cut_off"


PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{neighbour}\n#EXT-X-ENDLIST\n",
    "hls_mark": "\ufeff\n#EXTM3U\n#EXTINF:9,\nfile://{neighbour}\n",
    "ffconcat": "ffconcat version 1.0\nfile '{neighbour}'\n",
    "concat": "file '{neighbour}'\n",
    "dash": '<?xml version="1.0"?><MPD><Period><BaseURL>{neighbour}</BaseURL></Period></MPD>',
    "smil": "<smil><body><video src='{neighbour}'/></body></smil>",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_named_as_a_film_is_refused(kind, films, tmp_path, tools):
    path = tmp_path / "film.mp4"
    path.write_text(PLAYLISTS[kind].format(neighbour=films["plain"]), encoding="utf-8")
    assert refusal(path, tools) == "playlist"


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_the_lists_alone_keep_playlists_out(kind, films, tmp_path, tools, monkeypatch):
    monkeypatch.setattr(probe, "_PLAYLISTS", (b"\x00never",))
    path = tmp_path / "film.mp4"
    path.write_text(PLAYLISTS[kind].format(neighbour=films["plain"]), encoding="utf-8")
    assert refusal(path, tools) in ("not_a_film", "playlist")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"Dear family,\nthis is a letter and no film.\n" * 40, "not_a_film"),
        (b"\x00" * 5000, "not_a_film"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_film"),
        (b"\xff\xd8\xff\xe0" + bytes(900), "not_a_film"),
    ],
)
def test_what_is_no_film_is_said_so(content, code, tmp_path, tools):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    assert refusal(path, tools) == code


def test_sound_alone_is_no_film(tmp_path, tools):
    film = numbered(tmp_path / "film.mp4", frames=25, sound=(0, 1))
    sound = numbered(tmp_path / "x.mp4", frames=1)
    line = [str(tools.ffmpeg), "-v", "error", "-y", "-i", str(film), "-vn", "-c", "copy", str(sound)]
    subprocess.run(line, check=True)
    assert refusal(sound, tools) == "no_picture"


def test_a_film_longer_than_allowed_is_too_long(films, tools):
    short = Tools(tools.ffmpeg, tools.sandbox, Limits(duration_ms=1000))
    assert refusal(films["turned"], short) == "too_long"
    assert refusal(films["plain"], short) == "too_long"


def test_a_film_that_takes_for_ever_is_timed_out(films, tools):
    assert refusal(films["turned"], Tools(tools.ffmpeg, tools.sandbox, Limits(probe_s=0))) == "timed_out"
