"""The worker as a process: it beats, does what waits, ends at a signal, and a killed one loses nothing."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.films import numbered
from tests.films.conftest import SQLITE
from vbg import engine, worker


@pytest.fixture
def start(house):
    running = []

    def run():
        command = [sys.executable, "-m", "vbg.cli", "worker", "--data", str(house.settings.data)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.wait()


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@SQLITE
def test_a_killed_worker_loses_nothing(house, take, fresh, start, tmp_path):
    engine.attach(house)
    film = take(numbered(tmp_path / "film.mov", frames=150, codec="hevc"))
    first = start()
    until(lambda: fresh(film).state == "preparing")
    assert engine.is_beating(house.settings.data)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = start()
    until(lambda: fresh(film).state == "ready")
    second.send_signal(signal.SIGTERM)
    assert second.wait(20) == 0
    assert not engine.is_beating(house.settings.data)


@SQLITE
def test_a_job_that_fails_does_not_end_the_work(house, take, fresh, two_seconds, monkeypatch):
    film = take(two_seconds)
    place = worker.Worker(house)
    monkeypatch.setitem(worker.JOBS, "films.prepare", "films.jobs:nothing_of_that_name")
    place.do("films.prepare", [str(film.id)])
    place.do("a job nobody knows", [])
    assert fresh(film).state == "received"
    monkeypatch.undo()
    place.do("films.prepare", [str(film.id)])
    assert fresh(film).state == "ready"
    place.engine.close()


def test_the_web_process_loads_no_media_tools():
    code = "import sys, vbg.app, vbg.engine, vbg.worker; sys.exit(bool({'cv2', 'av'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
