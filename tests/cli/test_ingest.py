"""`vbg ingest`: safely received, with --wait ready; otherwise one sentence and nothing half."""

import json
import os
import signal
import subprocess
import time

import pytest
from sqlalchemy import select

from tests.cli.conftest import CLONE
from tests.films import numbered
from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.people import queries


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return numbered(tmp_path_factory.mktemp("film") / "Roos één.mp4", frames=25, sound=(0, 1))


@pytest.fixture
def allowed(practice, family):
    """Somebody of Gezin Roos said yes to filming."""
    inside = practice.house()
    with inside.database.unit() as session:
        viewer = queries.viewer_of(queries.by_email(session, "ine@praktijk.test"))
        member = families.add_member(session, viewer, session.get_one(Family, family), "Sam", "adult")
        consents.answer(session, viewer, member, "filming", "yes", "spoken")
    inside.database.close()


def films(practice):
    inside = practice.house()
    with inside.database.unit(write=False) as session:
        found = session.scalars(select(Film)).all()
    inside.database.close()
    return found


def until(true, seconds=120):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)


def jobs(log):
    """The jobs a process did: (name, ids)."""
    told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [(one["job"], one["ids"]) for one in told if one["event"] == "job"]


def on_a_terminal(practice, *words):
    """(exit code, stdout, what a terminal showed of stderr) of one command."""
    ours, theirs = os.openpty()
    line = [*practice.command(*words), "--data", str(practice.data)]
    done = subprocess.run(
        line, cwd=CLONE, env=practice.environment, stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        return done.returncode, done.stdout, os.read(terminal.fileno(), 65536).decode()


def test_with_wait_it_ends_ready(practice, film, allowed):
    code, said, shown = on_a_terminal(practice, "ingest", film, "--family", "Gezin Roos", "--wait")
    assert code == 0, shown
    assert [(str(one.id), one.state, one.frame_count) for one in films(practice)] == [(said.split()[0], "ready", 25)]
    assert said.split()[1:] == ["ready"]
    assert f"[{'#' * 30}] 100%" in shown


def test_received_then_a_worker_makes_it_ready(practice, film, allowed):
    told = practice.json("ingest", film, "--family", "Gezin Roos")
    assert told == {"id": told["id"], "state": "received"}
    assert [(str(one.id), one.state) for one in films(practice)] == [(told["id"], "received")]
    line = practice.command("worker", "--data", practice.data)
    with subprocess.Popen(line, cwd=CLONE, env=practice.environment, stderr=subprocess.PIPE, text=True) as worker:
        until(lambda: [one.state for one in films(practice)] == ["ready"])
        worker.send_signal(signal.SIGINT)
        assert worker.wait(timeout=60) == 0
        done = jobs(worker.stderr.read())
    assert ("films.prepare", [told["id"]]) in done


def test_while_a_server_runs_its_worker_does_the_work(practice, film, allowed, serve):
    running = serve("--port", "9205")
    until((practice.data / "worker.beat").exists)
    told = practice("ingest", film, "--family", "Gezin Roos", "--wait", "--json")
    assert told.returncode == 0, told.stderr
    one = json.loads(told.stdout)
    assert one["state"] == "ready"
    assert ("films.prepare", [one["id"]]) in jobs(running.log.read_text())
    assert jobs(told.stderr) == []


def test_without_a_yes_it_is_received_and_held(practice, film, family):
    assert practice.json("ingest", film, "--family", family)["state"] == "held"
    assert practice.json("ingest", film, "--family", family, "--wait")["state"] == "held"


def test_an_unknown_family_or_file_is_a_sentence(practice, film, family, tmp_path):
    assert "Gezin Mus" in practice.refused("ingest", film, "--family", "Gezin Mus")
    assert "gone.mp4" in practice.refused("ingest", tmp_path / "gone.mp4", "--family", "Gezin Roos")
    assert practice.refused("ingest", tmp_path, "--family", "Gezin Roos")
    (tmp_path / "empty.mp4").touch()
    assert practice.refused("ingest", tmp_path / "empty.mp4", "--family", "Gezin Roos")
    assert json.loads(practice("ingest", film, "--family", "x", "--json").stdout)["error"]
    assert films(practice) == []


def test_what_is_no_film_fails_with_a_sentence(practice, tmp_path, allowed):
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n")
    assert practice.refused("ingest", tmp_path / "list.mp4", "--family", "Gezin Roos", "--wait")
    assert [one.state for one in films(practice)] == ["failed"]


def test_an_unknown_situation_is_no_reason_to_refuse_a_film(practice, film, family):
    assert practice.json("ingest", film, "--family", family, "--situation", "dance")["state"] == "held"
    assert [one.situation for one in films(practice)] == [""]
