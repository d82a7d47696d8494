"""`vbg jobs`: what failed, why, when it is tried again; and starting it again."""

import json

import pytest

from vbg import ids, queue


@pytest.fixture
def parked(practice):
    """A film that could not be prepared, and one that is tried again by itself."""
    inside = practice.house()
    with inside.database.unit() as session:
        film = str(ids.new())
        for _ in range(5):
            row = queue.set_back(session, "films.prepare", [film], "film_no_room")
        queue.set_back(session, "films.stills", [str(ids.new())], "disk_full")
    inside.database.close()
    return row


def test_nothing_failed(practice):
    assert practice.json("jobs") == {"jobs": [], "restarted": 0}
    assert len(practice("jobs").stdout.splitlines()) == 1


def test_it_is_listed_and_started_again(practice, parked):
    told = practice.json("jobs")["jobs"]
    assert [(one["job"], one["reason"], one["again_at"] is None) for one in told] == [
        ("films.prepare", "film_no_room", True), ("films.stills", "disk_full", False),
    ]  # fmt: skip
    assert str(parked.id) in practice("jobs").stdout
    checked = practice("check", "--json")
    assert checked.returncode == 1
    found = [(one["what"], one["code"], one["fit"]) for one in json.loads(checked.stdout)["findings"]]
    assert ("queue", "parked", False) in found
    again = practice.json("jobs", "--restart", parked.id)
    assert again["restarted"] == 1
    assert all(one["again_at"] for one in again["jobs"])
    assert practice.json("jobs", "--restart", "all")["restarted"] == 2


def test_an_unknown_one_is_said(practice, parked):
    for wrong in (ids.new(), "nonsense"):
        assert str(wrong) in practice.refused("jobs", "--restart", wrong)
