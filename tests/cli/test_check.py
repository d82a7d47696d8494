"""`vbg check`: one line a thing, readable on the phone; 0 when fit, 1 when not."""

import os
import shutil
import time

import pytest


def test_a_fresh_practice_is_fit(practice):
    told = practice.json("check")
    assert told["fit"] is True
    assert {one["what"] for one in told["findings"]} == {
        "practice", "ffmpeg", "sandbox", "store", "films", "database", "queue", "worker",
    }  # fmt: skip
    lines = practice("check").stdout.splitlines()
    assert len(lines) == len(told["findings"]) + 1
    assert all(len(line.split()) > 3 for line in lines[:-1])


def test_no_practice_is_not_fit_and_says_what_to_do(vbg):
    done = vbg("check")
    assert done.returncode == 1
    assert "vbg init" in done.stdout


def test_lost_keys_are_named(practice):
    shutil.rmtree(practice.data / "keys")
    done = practice("check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_broken_database_is_named(practice):
    for file in practice.data.glob("vbg.db*"):
        file.unlink()
    (practice.data / "vbg.db").write_bytes(b"no database at all" * 1000)
    done = practice("check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    practice.refused("token", "ine@praktijk.test")


@pytest.fixture
def original(practice, family, tmp_path):
    """The sealed file of a film that came in two days ago."""
    (tmp_path / "film.mp4").write_bytes(os.urandom(200_000))
    practice.json("ingest", tmp_path / "film.mp4", "--family", "Gezin Roos")
    (path,) = practice.data.glob("store/films/*/*/original.1.sealed")
    age(path)
    return path


def age(path):
    os.utime(path, (0, time.time() - 2 * 24 * 3600))


def code_of(told):
    return {one["code"]: one["count"] for one in told["findings"] if one["what"] in ("films", "scrub")}


def test_a_damaged_film_is_named_set_aside_and_put_back(practice, original):
    assert code_of(practice.json("check", "--scrub")) == {"done": 1, "good": 0}
    body = bytearray(original.read_bytes())
    body[1000] ^= 1
    original.write_bytes(body)
    age(original)
    done = practice("check", "--scrub")
    assert done.returncode == 1
    assert "Gezin Roos 1" in done.stdout
    assert "vbg restore" in done.stdout
    assert not original.exists()
    again = practice("check")
    assert again.returncode == 1
    assert "Gezin Roos 1" in again.stdout
    (line,) = [line for line in again.stdout.splitlines() if line.endswith("original.1.sealed")]
    number = line.split()[0]
    assert number not in practice.refused("check", "--put-back", "ffff0000")
    assert practice.json("check", "--let-go") == {"deleted": []}
    assert practice.json("check", "--put-back", number) == {"back": number}
    assert original.read_bytes() == body


def test_a_film_that_is_gone_is_named(practice, original):
    original.unlink()
    for words in (("check",), ("check", "--scrub")):
        done = practice(*words)
        assert done.returncode == 1
        assert "Gezin Roos 1" in done.stdout


def test_a_disk_that_is_not_there_is_said_and_stops_everything(practice, original):
    (practice.data / "store" / "MARKER").unlink()
    said = practice.refused("check", "--scrub")
    assert practice.refused("serve", "--no-browser") == said
    done = practice("check")
    assert done.returncode == 1
    assert said.removeprefix("vbg: ") in done.stdout


def test_a_store_elsewhere_that_does_not_answer_is_said(practice):
    practice.environment |= {
        "VBG_STORE_URL": "http://127.0.0.1:9/films", "VBG_STORE_KEY_ID": "id", "VBG_STORE_KEY_SECRET": "geheim",
    }  # fmt: skip
    done = practice("check")
    assert done.returncode == 1
    assert "VBG_STORE_URL" in done.stdout
    said = practice.refused("serve", "--no-browser")
    assert "VBG_STORE_URL" in said
    assert "geheim" not in said + done.stdout + done.stderr
    practice.environment["VBG_STORE_URL"] = "127.0.0.1/films"
    assert "https://HOST/BUCKET" in practice.refused("check")
