"""`vbg check`: one line a thing, readable on the phone; 0 when fit, 1 when not."""

import shutil


def test_a_fresh_practice_is_fit(practice):
    told = practice.json("check")
    assert told["fit"] is True
    assert {one["what"] for one in told["findings"]} == {
        "practice", "ffmpeg", "sandbox", "store", "database", "queue", "worker",
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
