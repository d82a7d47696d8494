"""The family file: whole, open, readable by a parent; nothing of others, nothing half-made, one line in the log."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile

import pytest
from sqlalchemy import select

from tests.retention.conftest import MARK
from tests.tools import words
from vbg import audit, clock
from vbg.consents import actions as consents
from vbg.exchange import csv_table, vbg_json, webvtt
from vbg.families.models import Member
from vbg.moments import actions as moments
from vbg.moments.forms import MomentPatch
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError, ReasonError
from vbg.retention import family_file
from vbg.store import disk


def say(text, **values):
    return str(words.catalogue("en").get(text).string if words.catalogue("en").get(text) else text).format(**values)


@pytest.fixture
def write(house, tmp_path):
    def run(name="Gezin Merel", file="merel.zip", **more):
        told = family_file.write(house, name, tmp_path / file, say, "nl", **more)
        return told, tmp_path / file

    return run


def inside(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_is_in_it_and_the_film_is_the_film(house, merel, kievit, second, write):
    told, path = write()
    files = inside(path)
    assert set(files) == {
        "family.json", "index.html", "style.css", "films/film-01.mp4", "films/film-01.moments.json",
        "films/film-01.vtt", "films/film-01.csv",
    }  # fmt: skip
    assert files["films/film-01.mp4"] == second.read_bytes()
    kept = json.loads(files["family.json"])
    assert kept["family"]["question"] == f"{MARK} vraag"
    assert [one["text"] for one in kept["goals"]] == [f"{MARK} doel"]
    assert [one["text"] for one in kept["said"]] == [f"{MARK} samen"]
    assert [one["call_name"] for one in kept["around"]] == [f"{MARK} buur"]
    assert [one["notes"] for one in kept["reviews"]] == [f"{MARK} besproken"]
    assert [(one["place"], one["what"]) for one in kept["visits"]] == [(f"{MARK} plein", f"{MARK} koken")]
    assert kept["reviews"][0]["moments"] == [{"moment_id": str(merel.moment.id), "prompt": f"{MARK} vraagje"}]
    assert {one["purpose"] for one in kept["consents"]} == {"filming", "review", "take_home", "supervision"}
    assert kept["films"][0]["sha256"] == hashlib.sha256(second.read_bytes()).hexdigest()
    for read, name in ((vbg_json.read, "moments.json"), (webvtt.read, "vtt"), (csv_table.read, "csv")):
        assert [one.id for one in read(files[f"films/film-01.{name}"].decode())] == [merel.moment.id]
    assert (told["films"], told["moments"], told["bytes"]) == (1, 1, path.stat().st_size)
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_of_a_child_that_is_old_enough_only_what_it_wrote_along(house, world, merel, write):
    def written() -> list[str]:
        return [one.get("likes", "-") for one in json.loads(inside(path)["family.json"])["members"] if one["born_on"]]

    with house.database.unit() as session:
        pip = session.scalars(select(Member).where(Member.call_name == "Pip")).one()
        pip.born_on, pip.likes = clock.today().replace(year=clock.today().year - 13, day=1), "Muziek"
    path = write(with_films=False)[1]
    assert written() == ["-"]
    with house.database.unit() as session:
        session.get_one(Member, pip.id).written_together = True
    path = write(file="samen.zip", with_films=False)[1]
    assert written() == ["Muziek"]


def test_nothing_of_another_family_no_working_note_nothing_thrown_away(merel, kievit, write):
    whole = b"".join(inside(write()[1]).values())
    for word in ("Kievit", "Eve", "werknotitie", "weggegooid", "antwoord", "soms", "supervisievraag"):
        assert word.encode() not in whole, word


def test_notes_go_along_when_they_are_chosen_and_no_wording_of_before(house, merel, kievit, write):
    files = inside(write(with_films=False)[1])
    assert b"gepraat" not in b"".join(files.values())
    told = inside(write(file="with.zip", with_films=False, chosen=["notes"])[1])
    (note,) = json.loads(told["family.json"])["notes"]
    assert (note["text"], note["by"], note["kind"]) == (f"{MARK} lang gepraat", "Ann", "talk")
    assert f"{MARK} lang gepraat" in told["index.html"].decode()
    assert f"{MARK} gepraat" not in b"".join(told.values()).decode()
    with house.database.unit(write=False) as session:
        lines = select(audit.AuditLine.outcome).where(audit.AuditLine.event == "retention.export")
        assert set(session.scalars(lines)) == {"without_films", "without_films_notes"}


def test_what_was_thought_may_be_so_is_told_with_its_moments(house, world, merel, write):
    files = inside(write()[1])
    (told,) = json.loads(files["family.json"])["hypotheses"]
    assert (told["statement"], told["status"]) == (f"{MARK} misschien", "testing")
    assert [one["reason"] for one in told["statuses"]] == [f"{MARK} daarom"]
    assert told["moments"] == [{"moment_id": str(merel.moment.id), "side": "for"}]
    assert told["films"] == [str(merel.film.id)]
    page = files["index.html"].decode()
    assert f"{MARK} misschien" in page
    assert "ypothes" not in page
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    held = json.loads(inside(write(file="held.zip")[1])["family.json"])
    assert held["hypotheses"][0]["moments"] == []


def test_the_plan_stands_under_its_goal(merel, write):
    files = inside(write()[1])
    (goal,) = json.loads(files["family.json"])["goals"]
    (way,) = goal["strategies"]
    assert (way["text"], [one["text"] for one in way["steps"]]) == (f"{MARK} aanpak", [f"{MARK} stapje"])
    page = files["index.html"].decode()
    assert page.index(f"{MARK} doel") < page.index(f"{MARK} aanpak") < page.index(f"{MARK} stapje")


def test_concerns_go_along_when_they_are_chosen_and_never_else(house, merel, kievit, write):
    for name, chosen in (("none.zip", []), ("notes.zip", ["notes"])):
        whole = b"".join(inside(write(file=name, with_films=False, receiver="Dilan", chosen=chosen)[1]).values())
        assert f"{MARK} gezien".encode() not in whole
        assert f"{MARK} overlegd".encode() not in whole
    files = inside(write(file="with.zip", with_films=False, chosen=["concerns", "notes"])[1])
    fact, step = json.loads(files["family.json"])["concerns"]
    assert (fact["fact"], fact["meaning"], fact["by"]) == (f"{MARK} gezien", f"{MARK} misschien", "Ann")
    assert (step["code"], step["words"]) == ("team", f"{MARK} overlegd")
    assert f"{MARK} gezien" in files["index.html"].decode()


def test_an_answer_goes_to_who_gave_it(house, world, merel, write):
    kept = json.loads(inside(write(receiver="Dilan")[1])["family.json"])
    assert [one["answer"]["words"] for one in kept["shared"]] == [f"{MARK} antwoord"]
    assert kept["hypotheses"][0]["asked"][0]["answers"][0]["words"] == f"{MARK} soms"
    other = json.loads(inside(write(file="oma.zip", receiver=f"{MARK} oma")[1])["family.json"])
    assert other["shared"] == []
    assert other["hypotheses"][0]["asked"][0]["answers"] == []
    with pytest.raises(ReasonError) as caught:
        write(file="x.zip", receiver="Eve")
    assert caught.value.code == "no_such_member"


def test_a_film_on_hold_stays_closed(house, world, merel, write):
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    files = inside(write()[1])
    assert set(files) == {"family.json", "index.html", "style.css"}
    assert json.loads(files["family.json"])["films"][0]["on_hold"] is True
    assert f"{MARK} kijkt" not in files["index.html"].decode()


def test_without_films_the_words_are_there(merel, write):
    told, path = write(with_films=False)
    assert "films/film-01.mp4" not in inside(path)
    assert (told["films"], told["moments"]) == (0, 1)


def test_the_page_is_read_by_a_parent_and_runs_nothing(house, world, merel, write):
    from vbg.families import actions as families
    from vbg.families.models import Family

    with house.database.unit() as session:
        family = session.get_one(Family, merel.family.id)
        families.ask_question(session, world.viewer("ann"), family, "<script>alert(1)</script>", "Ik & jij")
    page = inside(write()[1])["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Ik &amp; jij" in page
    assert f"{MARK} kijkt." in page
    assert 'href="films/film-01.mp4"' in page
    assert "http" not in page


def test_when_what_and_what_for_are_told_with_the_moment(house, world, merel, write):
    with house.database.unit() as session:
        patch = MomentPatch.of(when_words="Als Pip wijst", for_words="<b>Gezien</b>", child_says="kijk mama")
        moments.change(session, world.viewer("ann"), session.get_one(Moment, merel.moment.id), patch, None)
    files = inside(write()[1])
    page = files["index.html"].decode()
    assert "When: Als Pip wijst" in page
    assert "What for: &lt;b&gt;Gezien" in page
    assert "says: kijk mama" in page
    assert "What I do" not in page
    assert "Als Pip wijst" in files["films/film-01.moments.json"].decode()


def test_the_log_gets_its_line_and_without_it_there_is_no_file(house, merel, write, tmp_path, monkeypatch):
    write(with_films=False)
    with house.database.unit(write=False) as session:
        line = session.scalars(select(audit.AuditLine).where(audit.AuditLine.event == "retention.export")).one()
        assert (line.family_id, line.outcome, line.audience) == (merel.family.id, "without_films", "system")

    def broken(*_, **__):
        raise OSError(5, "log")

    monkeypatch.setattr(family_file.audit, "keep", broken)
    with pytest.raises(OSError, match="log"):
        write(file="second.zip")
    assert [path.name for path in tmp_path.glob("*.*")] == ["merel.zip"]


def test_a_name_that_is_taken_is_refused_and_stays(merel, write, tmp_path):
    (tmp_path / "merel.zip").write_bytes(b"mine")
    with pytest.raises(ReasonError) as caught:
        write()
    assert caught.value.code == "file_there"
    assert (tmp_path / "merel.zip").read_bytes() == b"mine"


def test_a_damaged_film_or_an_unknown_family_makes_no_file(house, merel, write, tmp_path):
    sealed = house.store.sealed_file(merel.film.id, "original", 1)
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
    with pytest.raises(ReasonError) as caught:
        write()
    assert caught.value.code == "film_store"
    with pytest.raises(NotFoundError):
        write("Gezin Mus")
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob("*.tmp"))


def test_a_full_disk_is_said_and_leaves_nothing(merel, write, tmp_path):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, before[1]))
    try:
        with pytest.raises(ReasonError) as caught:
            write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.code == "export_full"
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob("*.tmp"))


def test_a_kill_leaves_no_open_film_behind(tmp_path):
    """The file has no name before it is whole: a process killed while it writes leaves an empty folder."""
    told = (
        "import sys, time; from pathlib import Path; from vbg.store import disk\n"
        f"with disk.private(Path({str(tmp_path)!r})) as (out, name_it):\n"
        "    out.write(b'x' * 100000); out.flush(); print('written', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", told], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"written\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert os.listdir(tmp_path) == []  # noqa: PTH208


def test_where_no_nameless_file_can_be_it_is_whole_or_gone(tmp_path, monkeypatch):
    monkeypatch.delattr(disk.os, "O_TMPFILE")
    with disk.private(tmp_path) as (out, name_it):
        out.write(b"whole")
        out.flush()
        name_it(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"whole"
    with pytest.raises(KeyError), disk.private(tmp_path):
        raise KeyError
    with pytest.raises(FileExistsError), disk.private(tmp_path) as (out, name_it):
        name_it(tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
