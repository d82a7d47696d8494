"""Runs one quality tool over the clone; its own words are the failure's message."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]


def python_tool(*arguments: str) -> list[str]:
    """The start of a command line for a module of the environment."""
    return [sys.executable, "-m", *arguments]


def must_pass(command: list[str]) -> None:
    """Run `command` in the clone; fails with everything it said."""
    done = subprocess.run(command, cwd=CLONE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command[:4])} ... ended with {done.returncode}\n{done.stdout}"
