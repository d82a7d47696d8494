"""What follows `test` goes to pytest, options first or not; any other command refuses what it does not know."""

import subprocess
import sys

import pytest


def vbg(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "vbg.cli", *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", [("--collect-only", "-q", "FILE"), ("FILE", "--collect-only", "-q")])
def test_options_reach_pytest_wherever_they_stand(words):
    file = "tests/quality/test_ruff.py"
    done = vbg("test", *(file if word == "FILE" else word for word in words))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{file}::" in done.stdout
    assert "tests/quality/test_mypy.py" not in done.stdout


def test_another_command_takes_nothing_unknown():
    done = vbg("check", "--durations=3")
    assert done.returncode == 2
    assert "--durations=3" in done.stderr
