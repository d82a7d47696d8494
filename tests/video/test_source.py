"""A film under a one-time key is the same film to every tool, and hostile in the same way."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from tests.films import images, read_number
from vbg.video import clip, probe
from vbg.video.errors import UnreadableError
from vbg.video.prepare import prepare
from vbg.video.source import Source


def locked(film: Path, folder: Path) -> Source:
    key = os.urandom(32)
    padding, cipher = PKCS7(128).padder(), Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:])).encryptor()
    plain = padding.update(film.read_bytes()) + padding.finalize()
    (folder / "locked").write_bytes(cipher.update(plain) + cipher.finalize())
    return Source(folder / "locked", key)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 4095, 4096, 4097, 9000])
def test_the_head_is_the_files_own(tmp_path, size):
    (tmp_path / "film").write_bytes(body := os.urandom(size))
    assert locked(tmp_path / "film", tmp_path).head(4096) == Source(tmp_path / "film").head(4096) == body[:4096]


@pytest.mark.parametrize("name", ["turned", "uneven", "early"])
def test_it_measures_and_plays_the_same(films, prepared, tools, tmp_path, name):
    source, out = locked(films[name], tmp_path), tmp_path / "out"
    out.mkdir()
    measured = probe.measure(source, tools)
    assert measured == probe.measure(films[name], tools)
    made = prepare(source, out, tools)
    assert (made.times_us, made.duration_ms, made.peaks) == (
        prepared(name).times_us,
        prepared(name).duration_ms,
        prepared(name).peaks,
    )
    assert list(map(read_number, images(made.play))) == list(range(measured.frame_count))


def test_a_clip_is_cut_from_it(prepared, tools, tmp_path):
    footage = prepared("uneven").footage
    assert isinstance(footage.path, Path)
    hidden = replace(footage, path=locked(footage.path, tmp_path))
    for name, film in (("plain", footage), ("hidden", hidden)):
        (tmp_path / name).mkdir()
        clip.clip(film, 1000, 2000, tmp_path / name / "clip.mp4", tools)
    plain, other = (list(map(read_number, images(tmp_path / name / "clip.mp4"))) for name in ("plain", "hidden"))
    assert plain == other != []


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_broken_off_film_is_as_broken(films, tools, tmp_path, share):
    body = films["plain"].read_bytes()
    (tmp_path / "cut.mp4").write_bytes(body[: int(len(body) * share)])
    told = []
    for film in (tmp_path / "cut.mp4", locked(tmp_path / "cut.mp4", tmp_path)):
        try:
            told.append(probe.measure(film, tools))
        except UnreadableError as error:
            told.append(error.code)
    assert told[0] == told[1]


@pytest.mark.parametrize("body", [b"", b"#EXTM3U\nfile:/etc/passwd\n", b"no film at all " * 400])
def test_what_is_no_film_is_refused_by_the_same_name(tools, tmp_path, body):
    (tmp_path / "film").write_bytes(body)
    codes = []
    for film in (tmp_path / "film", locked(tmp_path / "film", tmp_path)):
        with pytest.raises(UnreadableError) as caught:
            probe.measure(film, tools)
        codes.append(caught.value.code)
    assert codes[0] == codes[1]


def test_the_key_is_never_shown(tmp_path):
    source = Source(tmp_path, os.urandom(32))
    assert source.key.hex()[:8] not in repr(source)
    assert str(source.key)[2:8] not in repr(source)
