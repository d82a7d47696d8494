"""Work that is not wanted any more really ends, whatever ended it; what is quick goes on beside what is long."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import imageio_ffmpeg
import pytest

from tests.films import numbered
from tests.films.aftermath import command, descendants, orphans, until
from tests.films.conftest import SQLITE
from vbg import engine
from vbg.films import actions, queries
from vbg.films.models import Film
from vbg.films.rules import DRESSING, TAGGABLE

PROMPT_S = 3.0
LET_GO_S = 15.0


class Place:
    """A worker process; what it logs is in `lines`."""

    def __init__(self, house):
        line = [sys.executable, "-m", "vbg.cli", "worker", "--data", str(house.settings.data)]
        environment = os.environ | {"VBG_DATABASE_URL": house.settings.database_url}
        self.process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=environment)
        self.lines = []
        self._ear = threading.Thread(target=self._hear, daemon=True)
        self._ear.start()

    def _hear(self):
        for line in self.process.stderr:
            self.lines.append(json.loads(line))

    def reached(self, step):
        return any(line.get("step") == step for line in self.lines)

    def begun(self):
        return any(line.get("state") == "started" for line in self.lines)

    def tools(self, word):
        """All that is below it once a media tool itself runs, not only its box, and has this word; else nothing."""
        below = descendants(self.process.pid)
        tools = (words for words in below.values() if Path(words.split()[0]).name.startswith(("ffmpeg", "python")))
        return below if any(word in words for words in tools) else {}

    def end(self, number=signal.SIGKILL):
        if self.process.poll() is None:
            self.process.send_signal(number)
        self.process.wait(LET_GO_S)
        self._ear.join(5)
        self.process.stderr.close()


@pytest.fixture
def start(house):
    places = []

    def run():
        places.append(Place(house))
        return places[-1]

    yield run
    for place in places:
        place.end()


@pytest.fixture(scope="session")
def long_film(tmp_path_factory):
    """Minutes of film that no browser plays as it is: a copy of two seconds again and again."""
    folder = tmp_path_factory.mktemp("long")
    part = numbered(folder / "part.avi", frames=50, size=(1280, 720), codec="mpeg4")
    whole = folder / "long.avi"
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-stream_loop", "149", "-i", str(part)]
    subprocess.run([*line, "-c", "copy", str(whole)], check=True)
    return whole


@pytest.fixture
def at_tool(house, take, start, long_film):
    """`at_tool(word)`: a worker in the midst of a tool of a long film: (place, film, the processes below it)."""

    def run(word):
        engine.attach(house)
        film = take(long_film)
        place = start()
        until(lambda: place.tools(word), 90)
        return place, film, place.tools(word)

    return run


def is_whole(house, film):
    with house.database.unit(write=False) as session:
        return {"original", *TAGGABLE, *DRESSING} <= queries.kinds(session, film.id)


def gone(processes):
    return lambda: not any(command(pid) for pid in processes)


@SQLITE
@pytest.mark.parametrize("word", ["probe_child.py", "play.mp4"])
@pytest.mark.parametrize("verb", ["remove", "hold"])
def test_a_film_that_is_taken_away_ends_its_tool(house, world, at_tool, fresh, verb, word):
    place, film, below = at_tool(word)
    assert len(below) >= 2
    with house.database.unit() as session:
        if verb == "remove":
            actions.remove(session, world.viewer("ann"), session.get_one(Film, film.id))
        else:
            actions.hold(session, world.viewer("ann"), world.families["merel"])
    assert until(gone(below)) < PROMPT_S
    until(lambda: orphans(house) == [] and (verb == "hold" or fresh(film) is None))
    assert verb == "remove" or fresh(film).state == "held"
    assert place.process.poll() is None


@SQLITE
def test_a_worker_that_is_told_to_end_ends_its_tool(at_tool, fresh):
    place, film, below = at_tool("play.mp4")
    place.process.send_signal(signal.SIGTERM)
    assert until(gone(below)) < PROMPT_S
    assert place.process.wait(LET_GO_S) == 0
    assert fresh(film).state == "preparing"


@SQLITE
@pytest.mark.parametrize("word", ["probe_child.py", "play.mp4"])
def test_a_killed_worker_leaves_no_tool_and_no_plain_film(house, at_tool, start, word):
    place, _, below = at_tool(word)
    place.end()
    assert until(gone(below)) < PROMPT_S
    assert any("left lying" in one for one in orphans(house))
    start()
    until(lambda: len(orphans(house)) <= 1 and not any("play.mp4" in one for one in orphans(house)))


@SQLITE
def test_a_picture_is_made_while_a_long_film_is_under_way(house, world, ready, at_tool, fresh):
    _, film, _ = at_tool("play.mp4")
    with house.database.unit() as session:
        actions.want_still(session, world.viewer("ann"), ready.id, 400)

    def made():
        with house.database.unit(write=False) as session:
            return not queries.wanted_stills(session, ready.id)

    until(made)
    assert fresh(film).state == "preparing"


STEPS = [("sqlite", "playable"), ("sqlite", "ready"), ("sqlite", "dressed"), ("postgresql", "ready")]


@pytest.mark.parametrize(("house", "step"), STEPS, indirect=["house"])
def test_a_worker_killed_at_a_step_is_followed_by_another(house, take, fresh, start, two_seconds, step):
    engine.attach(house)
    film = take(two_seconds)
    first = start()
    until(lambda: first.reached(step), 90)
    first.end()
    second = start()
    until(second.begun, 90)
    until(lambda: is_whole(house, film) and orphans(house) == [], 90)
    assert fresh(film).state == "ready"
    second.end(signal.SIGTERM)
    assert second.process.returncode == 0
