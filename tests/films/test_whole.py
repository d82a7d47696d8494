"""The film as a whole: its sum as its sender said it, room asked for before a byte, the same film known again."""

import hashlib
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.films.conftest import SQLITE, TUS, begin, send
from vbg.films import intake
from vbg.films.models import Film, Upload
from vbg.store import StoreError


def sum_of(data):
    return hashlib.sha256(data).hexdigest()


def rows(house, kind):
    with house.database.unit(write=False) as session:
        return list(session.scalars(select(kind)))


def test_the_sum_in_the_metadata_is_compared(ann, house, two_seconds):
    data = two_seconds.read_bytes()
    where = begin(ann, len(data), family="Gezin Merel", sha256=sum_of(data).upper()).headers["Location"]
    last = send(ann, where, 0, data)
    assert (last.status_code, last.headers["Vbg-Sha256"]) == (204, sum_of(data))


@pytest.mark.parametrize("way", ["metadata", "header", "header on the last piece"])
@SQLITE
def test_another_film_than_announced_leaves_nothing(ann, house, two_seconds, way):
    data, other = two_seconds.read_bytes(), sum_of(b"another film")
    told = {"sha256": other} if way == "metadata" else {}
    where = begin(ann, len(data), family="Gezin Merel", **told).headers["Location"]
    headers = {"Vbg-Sha256": other} if "header" in way else {}
    half = len(data) // 2
    first = headers if way == "header" else {}
    assert send(ann, where, 0, data[:half], **first).status_code == 204
    last = send(ann, where, half, data[half:], **(headers if way == "header on the last piece" else {}))
    assert (last.status_code, last.json["code"]) == (422, "film_checksum")
    assert ann.head(where, headers=TUS).status_code == 404
    assert (rows(house, Film), rows(house, Upload)) == ([], [])
    assert (list(house.store.listing()), house.store.upload_ids()) == ([], [])


@SQLITE
def test_a_sum_that_is_none(ann, house):
    assert begin(ann, 9, family="Gezin Merel", sha256="abc").status_code == 422
    where = begin(ann, 9, family="Gezin Merel").headers["Location"]
    assert send(ann, where, 0, b"x" * 9, **{"Vbg-Sha256": "abc"}).status_code == 400
    assert rows(house, Film) == []


@SQLITE
def test_two_who_finish_at_once_make_one_film(house, world, two_seconds):
    """A lost last answer and the sweep: whoever waited finds it done."""
    viewer, size = world.viewer("ann"), two_seconds.stat().st_size
    family = str(world.families["merel"].id)
    upload = intake.begin(house, viewer, intake.NewUpload(family=family, length=size))
    with two_seconds.open("rb") as source:
        house.store.append(upload.id, 0, source, size)
    made, gate = [], threading.Barrier(4)

    def finish():
        gate.wait()
        made.append(intake.finish(house, viewer, upload).id)

    crowd = [threading.Thread(target=finish) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert made == [upload.film_id] * 4
    assert len(rows(house, Film)) == 1
    assert house.store.digest(upload.film_id, "original", 1).size == size


@SQLITE
def test_who_drops_it_waits_for_who_finishes_it(house, world, two_seconds):
    viewer, size = world.viewer("ann"), two_seconds.stat().st_size
    upload = intake.begin(house, viewer, intake.NewUpload(family=str(world.families["merel"].id), length=size))
    with two_seconds.open("rb") as source:
        house.store.append(upload.id, 0, source, size)
    with house.store.alone(upload.id):
        dropping = threading.Thread(target=intake.drop, args=(house, viewer, upload))
        dropping.start()
        dropping.join(0.3)
        assert dropping.is_alive()
        assert house.store.upload_size(upload.id) == size
    dropping.join()
    with pytest.raises(StoreError):
        house.store.upload_size(upload.id)


@pytest.fixture
def strict(app):
    """Set the practice's limits for this test."""

    def limit(**settings):
        house = app.extensions["vbg"]
        app.extensions["vbg"] = replace(house, settings=replace(house.settings, **settings))

    return limit


def refused(answer):
    return answer.status_code, answer.json["code"], answer.json["errors"]["length"]


GB = 1024**3


@SQLITE
def test_each_limit_is_said_by_the_field_with_its_numbers(ann, house, strict, monkeypatch):
    strict(upload_max_bytes=2 * GB)
    with ann.session_transaction() as session:
        session["language"] = "en"
    assert refused(begin(ann, 3 * GB, family="Gezin Merel")) == (
        413, "film_too_large", "This film is 3 GB. We take films of at most 2 GB."
    )  # fmt: skip
    strict(quota_bytes=GB + GB // 2)
    assert refused(begin(ann, 2 * GB, family="Gezin Merel"))[:2] == (507, "film_quota")
    assert "may keep 1.5 GB" in refused(begin(ann, 2 * GB, family="Gezin Merel"))[2]
    strict(quota_bytes=0)
    usage = type("Usage", (), {"free": GB})
    monkeypatch.setattr(intake.shutil, "disk_usage", lambda place: usage)
    status, code, words = refused(begin(ann, GB, family="Gezin Merel"))
    assert (status, code) == (507, "film_needs_room")
    assert "needs 2.1 GB" in words
    assert "1 GB is free" in words
    assert rows(house, Upload) == []


@SQLITE
def test_numbers_are_written_as_the_reader_does(ann, strict):
    strict(upload_max_bytes=GB + GB // 2)
    with ann.session_transaction() as session:
        session["language"] = "nl"
    assert "1,5 GB" in refused(begin(ann, 2 * GB, family="Gezin Merel"))[2]


def test_the_quota_counts_what_is_kept_and_what_is_coming(ann, house, strict, two_seconds, take):
    film = take(two_seconds)
    strict(quota_bytes=film.size_bytes + 1000)
    assert begin(ann, 1001, family="Gezin Merel").status_code == 507
    coming = begin(ann, 600, family="Gezin Merel")
    assert coming.status_code == 201
    assert begin(ann, 401, family="Gezin Merel").status_code == 507
    assert begin(ann, 400, family="Gezin Merel").status_code == 201
    ann.delete(coming.headers["Location"], headers=TUS)
    assert begin(ann, 600, family="Gezin Merel").status_code == 201


@SQLITE
def test_room_that_was_promised_to_another_film_is_not_free(ann, monkeypatch):
    free = 2 * 1000 + intake.AIR_BYTES
    monkeypatch.setattr(intake.shutil, "disk_usage", lambda place: type("Usage", (), {"free": free}))
    first = begin(ann, 1000, family="Gezin Merel")
    assert first.status_code == 201
    assert begin(ann, 1000, family="Gezin Merel").status_code == 507
    ann.delete(first.headers["Location"], headers=TUS)
    assert begin(ann, 1000, family="Gezin Merel").status_code == 201


def sent(client, data, family):
    where = begin(client, len(data), family=family).headers["Location"]
    return send(client, where, 0, data)


def test_the_same_film_is_known_again(ann, house, two_seconds, world):
    data = two_seconds.read_bytes()
    first, second = sent(ann, data, "Gezin Merel"), sent(ann, data, "Gezin Merel")
    assert "Vbg-Same-As" not in first.headers
    assert second.headers["Vbg-Same-As"] == first.headers["Vbg-Film"]
    shown = ann.get(f"/api/v1/films/{second.headers['Vbg-Film']}").json
    assert (shown["same_as"]["id"], shown["same_as"]["family"]) == (first.headers["Vbg-Film"], "Gezin Merel")
    assert ann.get(f"/api/v1/films/{first.headers['Vbg-Film']}").json["same_as"] is None
    page = ann.get(f"/films/{second.headers['Vbg-Film']}").text
    assert "Deze film is al bij Gezin Merel." in page
    assert f'href="/films/{first.headers["Vbg-Film"]}"' in page
    ann.delete(f"/api/v1/films/{first.headers['Vbg-Film']}")
    assert ann.get(f"/api/v1/films/{second.headers['Vbg-Film']}").json["same_as"] is None


def test_nothing_is_told_of_a_family_that_is_not_yours(ann, client_for, two_seconds):
    data = two_seconds.read_bytes()
    sent(client_for("cas"), data, "Gezin Kievit")
    mine = sent(ann, data, "Gezin Merel")
    assert "Vbg-Same-As" not in mine.headers
    assert ann.get(f"/api/v1/films/{mine.headers['Vbg-Film']}").json["same_as"] is None
    assert "Kievit" not in ann.get(f"/films/{mine.headers['Vbg-Film']}").text
