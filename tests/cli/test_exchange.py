"""`vbg import`, `vbg export` and `vbg erase` as they are typed, also while the practice is being served."""

import signal
import subprocess
import time
import zipfile

import pytest
from sqlalchemy import select

from tests.cli.conftest import CLONE, fetch
from tests.films import numbered
from vbg import audit
from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families.models import Family
from vbg.people import queries
from vbg.retention.models import Erasure

CSV = "start_ms,end_ms,words,labels\n100,500,Sam kijkt.,house/looks@200\n600,,Een punt.,\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return numbered(tmp_path_factory.mktemp("film") / "roos.mp4", frames=25)


@pytest.fixture
def film(practice, family, file):
    """A film of Gezin Roos that plays: its id."""
    inside = practice.house()
    with inside.database.unit() as session:
        viewer = queries.viewer_of(queries.by_email(session, "ine@praktijk.test"))
        member = families.add_member(session, viewer, session.get_one(Family, family), "Zilvermeeuw", "adult")
        consents.answer(session, viewer, member, "filming", "yes", "spoken")
    inside.database.close()
    return practice.json("ingest", file, "--family", family, "--wait")["id"]


def rows(practice, kind):
    inside = practice.house()
    with inside.database.unit(write=False) as session:
        found = session.scalars(select(kind)).all()
    inside.database.close()
    return found


def test_moments_come_in_once_and_a_wrong_line_is_named(practice, film, tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    assert practice.json("import", tmp_path / "a.csv", "--film", film)["new"] == 2
    assert practice.json("import", tmp_path / "a.csv", "--film", film) == {"film": film, "new": 0, "there": 2}
    (tmp_path / "b.csv").write_text(CSV + "700,,x,house/dances@700\n")
    assert "4" in practice.refused("import", tmp_path / "b.csv", "--film", film)
    assert "b.eaf" not in practice.refused("import", tmp_path / "b.eaf", "--film", film)
    assert practice.refused("import", tmp_path / "a.csv", "--film", "0199aaaa-0000-7000-8000-000000000001")
    practice.refused("import", tmp_path / "a.csv", "--film", "niets", code=2)


def test_what_is_exported_can_be_brought_in_again(practice, film, family, file, tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    practice.json("import", tmp_path / "a.csv", "--film", film)
    told = practice.json("export", "--family", "Gezin Roos", tmp_path / "roos.zip")
    assert (told["films"], told["moments"]) == (1, 2)
    with zipfile.ZipFile(tmp_path / "roos.zip") as archive:
        assert archive.read("films/film-01.mp4") == file.read_bytes()
        archive.extract("films/film-01.moments.json", tmp_path)
        assert "Het dossier van Gezin Roos" in archive.read("index.html").decode()
    again = practice.json("import", tmp_path / "films" / "film-01.moments.json", "--film", film)
    assert (again["new"], again["there"]) == (0, 2)
    assert practice.refused("export", "--family", "Gezin Roos", tmp_path / "roos.zip")
    assert "Gezin Mus" in practice.refused("export", "--family", "Gezin Mus", tmp_path / "mus.zip")


def test_erase_asks_first_and_then_nothing_is_left(practice, film, family, serve):
    assert "--yes" in practice.refused("erase", "--family", "Gezin Roos")
    assert len(rows(practice, Family)) == 1
    serving = serve("--port", 9225)
    assert practice.json("erase", "--family", "Gezin Roos", "--yes")["erased"] is True
    assert fetch(serving.address + "/healthz")[0] == 200
    assert rows(practice, Family) == []
    assert [one.done_at is not None for one in rows(practice, Erasure)] == [True]
    assert "retention.erase" in {one.event for one in rows(practice, audit.AuditLine)}
    word = b"Zilvermeeuw"
    assert [path.name for path in practice.data.rglob("*") if path.is_file() and word in path.read_bytes()] == []
    assert practice.json("erase", "--family", family, "--yes")["erased"] is True
    assert "Gezin Roos" in practice.refused("erase", "--family", "Gezin Roos", "--yes")


def test_killed_while_it_erases_the_next_try_ends_it(practice, film, family):
    line = practice.command("erase", "--family", family, "--yes", "--data", practice.data)
    process = subprocess.Popen(line, cwd=CLONE, env=practice.environment, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not rows(practice, Erasure) and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert practice.json("erase", "--family", family, "--yes")["erased"] is True
    assert rows(practice, Family) == []
    assert practice.json("check")["fit"] is True
