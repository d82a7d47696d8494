"""`vbg` as it is typed: a process of its own, in a folder of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from vbg import config, house
from vbg.families import actions as families
from vbg.people import queries

CLONE = Path(__file__).resolve().parents[2]


class Vbg:
    """Commands on one data folder."""

    def __init__(self, data):
        self.data = data
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("VBG_")}

    def command(self, *words):
        return [sys.executable, "-m", "vbg.cli", *map(str, words)]

    def __call__(self, *words, data=True):
        """The ended process of one command."""
        line = self.command(*words, *(("--data", self.data) if data else ()))
        return subprocess.run(
            line, cwd=CLONE, env=self.environment, capture_output=True, text=True, timeout=120,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip

    def json(self, *words):
        """The one JSON object of a command that ends well."""
        done = self(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def refused(self, *words, code=1, **more):
        """The one sentence of a command that does not."""
        done = self(*words, **more)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        if code == 1:
            assert done.stderr.startswith("vbg: ")
            assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.strip()

    def house(self):
        return house.enter(config.Settings(self.data))


@pytest.fixture
def vbg(tmp_path):
    """No practice yet."""
    return Vbg(tmp_path / "data")


INIT = ("init", "--practice", "Praktijk Roos", "--name", "Ine", "--email", "ine@praktijk.test")


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """What `init` made, and what it told; each test gets a copy."""
    first = Vbg(tmp_path_factory.mktemp("founded") / "data")
    return first.data, first.json(*INIT)


@pytest.fixture
def practice(vbg, founded):
    """A practice with one counselor."""
    shutil.copytree(founded[0], vbg.data)
    vbg.made = founded[1] | {"data": str(vbg.data)}
    return vbg


@pytest.fixture
def family(practice):
    """Gezin Roos of Ine: its id. Nobody was asked yet."""
    inside = practice.house()
    with inside.database.unit() as session:
        viewer = queries.viewer_of(queries.by_email(session, "ine@praktijk.test"))
        made = families.begin(session, viewer, "Gezin Roos", "BE")
    inside.database.close()
    return made.id


@pytest.fixture
def serve(practice, tmp_path):
    """`serve("--port", 0)`: a serving process with its `.address`, the one for phones in `.lan`, its log in `.log`."""
    with serving(practice, tmp_path) as start:
        yield start


@contextmanager
def serving(practice, folder):
    """`start(*words)` serves the practice; all that was started ends with the block."""
    begun = []

    def start(*words):
        log = folder / f"serve{len(begun)}.log"
        line = practice.command("serve", "--no-browser", "--json", "--data", practice.data, *words)
        with log.open("wb") as errors:
            process = subprocess.Popen(
                line, cwd=CLONE, env=practice.environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        begun.append(process)
        told = process.stdout.readline()
        assert told, log.read_text()
        process.address, process.log, process.lan = json.loads(told)["address"], log, json.loads(told).get("lan", "")
        return process

    yield start
    for process in begun:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        process.stdout.close()


def fetch(address, headers=None, data=None, method=None):
    """(status, headers, body) of one request, also of a refusal."""
    asked = urllib.request.Request(address, headers=headers or {}, data=data, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()
