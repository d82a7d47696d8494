"""`vbg backup` and `vbg restore` as they are typed, also while the practice is being served."""

import os
import shutil
import signal
import subprocess
import time

import pytest

from tests.cli.conftest import CLONE, Vbg, fetch
from tests.films import numbered
from vbg.backup import manifest


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return numbered(tmp_path_factory.mktemp("film") / "roos.mp4", frames=25)


def test_a_practice_comes_back_and_its_films_open(practice, family, film, serve, tmp_path):
    practice.json("ingest", film, "--family", family)
    serving = serve("--port", 9220)
    told = practice.json("backup", tmp_path / "stick")
    assert told["files"] == told["copied"] == 1
    assert practice.json("backup", tmp_path / "stick")["copied"] == 0
    assert fetch(serving.address + "/healthz")[0] == 200
    new = Vbg(tmp_path / "new")
    key = practice.data / "keys" / "master.key"
    back = new.json("restore", tmp_path / "stick", "--keys", key)
    assert (back["keys"], back["films"]) == ("good", 1)
    assert new.json("check")["fit"] is True
    assert "new" in new.refused("restore", tmp_path / "stick")


def test_the_words_say_where_the_key_goes(practice, tmp_path):
    said = practice("backup", tmp_path / "stick").stdout
    assert str(practice.data / "keys" / "master.key") in said
    new = Vbg(tmp_path / "new")
    assert str(tmp_path / "new" / "keys" / "master.key") in new("restore", tmp_path / "stick").stdout
    assert practice.refused("restore", tmp_path / "stick")
    assert practice.refused("backup", practice.data / "inside")
    assert Vbg(tmp_path / "nothing").refused("backup", tmp_path / "stick")


def test_killed_at_any_moment_the_next_one_makes_it_whole(practice, family, tmp_path):
    """The backup process is killed (SIGKILL) at moments spread over its life; what stands is always whole."""
    for number in range(4):
        (tmp_path / f"film{number}.mp4").write_bytes(os.urandom(3_000_000))
        practice.json("ingest", tmp_path / f"film{number}.mp4", "--family", family)
    stick = tmp_path / "stick"
    line = practice.command("backup", stick, "--data", practice.data)
    began = time.monotonic()
    subprocess.run(line, cwd=CLONE, env=practice.environment, capture_output=True, check=True, timeout=120)
    whole = time.monotonic() - began
    shutil.rmtree(stick / "media")
    (stick / manifest.FILE).unlink()
    for part in (0.5, 0.7, 0.8, 0.9):
        process = subprocess.Popen(
            line, cwd=CLONE, env=practice.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (stick / manifest.FILE).exists():
            made = manifest.read(stick)
            assert all(manifest.media_file(stick, one.sha256).stat().st_size == one.size for one in made.media)
    told = practice.json("backup", stick)
    assert told["files"] == 4
    back = Vbg(tmp_path / "new").json("restore", stick, "--keys", practice.data / "keys" / "master.key")
    assert back["files"] == 4
    assert not list(stick.rglob("*.tmp"))
