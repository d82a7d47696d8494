"""Uploads by tus: as the page and any client send them, and what may be wrong with them."""

import base64
import hashlib
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from tusclient import client as tusclient
from werkzeug.serving import make_server

from tests.films.conftest import BYTES, SQLITE, TUS, begin, metadata, send
from vbg import clock, worker
from vbg.films import intake
from vbg.films.models import Film, Upload
from vbg.people import actions as people


def films_of(house):
    with house.database.unit(write=False) as session:
        return list(session.scalars(select(Film).order_by(Film.number)))


def test_what_the_server_can_do(client_for):
    said = client_for("").open("/api/v1/uploads", method="OPTIONS")
    assert said.status_code == 204
    assert said.headers["Tus-Version"] == "1.0.0"
    assert "creation" in said.headers["Tus-Extension"]
    assert int(said.headers["Tus-Max-Size"]) > 10**9


def test_a_film_in_two_pieces(ann, house, two_seconds, world):
    data = two_seconds.read_bytes()
    made = begin(ann, len(data), family="Gezin Merel", filename="Pip aan tafel.mp4", situation="meal",
                 recorded_on="2026-11-01")  # fmt: skip
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "0")
    where = made.headers["Location"]
    half = len(data) // 2
    assert send(ann, where, 0, data[:half]).headers["Upload-Offset"] == str(half)
    stands = ann.head(where, headers=TUS)
    assert (stands.status_code, stands.headers["Upload-Offset"]) == (200, str(half))
    assert (stands.headers["Upload-Length"], stands.headers["Cache-Control"]) == (
        str(len(data)),
        "private, no-store",
    )
    assert "Vbg-Film" not in stands.headers
    last = send(ann, where, half, data[half:])
    assert last.status_code == 204
    assert ann.head(where, headers=TUS).headers["Vbg-Film"] == last.headers["Vbg-Film"]
    (film,) = films_of(house)
    assert str(film.id) == last.headers["Vbg-Film"]
    assert (film.state, film.number, film.situation, film.declared_name) == (
        "received",
        1,
        "meal",
        "Pip aan tafel.mp4",
    )
    assert (str(film.recorded_on), film.size_bytes) == ("2026-11-01", len(data))
    assert film.sha256 == hashlib.sha256(data).hexdigest()
    with house.store.open(film.id, "original", 1) as reader:
        assert reader.read() == data


@SQLITE
def test_a_real_client_sends_a_film_by_token(app, house, world, two_seconds):
    with house.database.unit() as session:
        token = people.make_token(session, world.people["ann"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        sender = tusclient.TusClient(f"http://127.0.0.1:{server.server_port}/api/v1/uploads",
                                     headers={"Authorization": f"Bearer {token}"})  # fmt: skip
        told = {"family": str(world.families["merel"].id), "filename": "two.mp4"}
        with two_seconds.open("rb") as film:
            sender.uploader(file_stream=film, metadata=told, chunk_size=10_000).upload()
    finally:
        server.shutdown()
        thread.join()
    (film,) = films_of(house)
    assert film.sha256 == hashlib.sha256(two_seconds.read_bytes()).hexdigest()


def asks(length, **told):
    return TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata(**told)}


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Upload-Length": "9"}, 412, "tus_version"),
        (TUS, 400, "upload_number"),
        (TUS | {"Upload-Length": "-1"}, 400, "upload_number"),
        (TUS | {"Upload-Length": "9"}, 422, "check_fields"),
        (TUS | {"Upload-Length": "9", "Upload-Metadata": "family ***"}, 400, "upload_metadata"),
        (asks(9, family="Gezin Nergens"), 422, "unknown_family"),
        (asks(9, family="Gezin Kievit"), 422, "unknown_family"),
        (asks(9, family="Gezin\x00Merel\x00x"), 422, "unknown_family"),
        (asks(0, family="Gezin Merel"), 422, "film_empty"),
        (asks(10**15, family="Gezin Merel"), 413, "film_too_large"),
        (asks(9, family="Gezin Merel", recorded_on="gisteren"), 422, "check_fields"),
    ],
)  # fmt: skip
@SQLITE
def test_a_film_that_cannot_begin(ann, house, headers, status, code):
    answer = ann.post("/api/v1/uploads", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"
    assert answer.json["title"]
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Upload)).all() == []


@SQLITE
def test_a_disk_without_room(ann, house, monkeypatch):
    usage = type("Usage", (), {"free": 10_000_000})
    monkeypatch.setattr(intake.shutil, "disk_usage", lambda place: usage)
    answer = begin(ann, 20_000_000, family="Gezin Merel")
    assert (answer.status_code, answer.json["code"]) == (507, "film_needs_room")


@SQLITE
def test_pieces_that_do_not_fit(ann, house):
    where = begin(ann, 100, family="Gezin Merel").headers["Location"]
    assert send(ann, where, 0, b"x" * 40).status_code == 204
    assert send(ann, where, 0, b"y" * 40).status_code == 409
    assert send(ann, where, 40, b"y" * 61).status_code == 413
    assert send(ann, where, 40, b"y", **{"Content-Type": "text/plain"}).status_code == 415
    assert ann.patch(where, headers=TUS | BYTES, data=b"y").status_code == 400
    assert ann.patch(where, headers=BYTES | {"Upload-Offset": "40"}, data=b"y").status_code == 412
    wrong = "sha1 " + base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    assert send(ann, where, 40, b"y" * 10, **{"Upload-Checksum": wrong}).status_code == 460
    right = "sha1 " + base64.b64encode(hashlib.sha1(b"y" * 10).digest()).decode()
    assert send(ann, where, 40, b"y" * 10, **{"Upload-Checksum": right}).headers["Upload-Offset"] == "50"
    assert ann.put(where, headers=TUS).status_code == 405
    assert films_of(house) == []


@SQLITE
def test_a_strangers_upload_is_not_there(ann, client_for):
    where = begin(ann, 100, family="Gezin Merel").headers["Location"]
    for who in ("bea", "cas", "dilan"):
        stranger = client_for(who)
        assert stranger.head(where, headers=TUS).status_code == 404
        assert send(stranger, where, 0, b"x").status_code == 404
        assert stranger.delete(where, headers=TUS).status_code == 404
    assert client_for("").head(where, headers=TUS).status_code == 401
    assert begin(client_for("dilan"), 9, family="Gezin Merel").status_code == 404


@SQLITE
def test_an_upload_is_dropped_on_request(ann, house):
    where = begin(ann, 100, family="Gezin Merel").headers["Location"]
    send(ann, where, 0, b"x" * 40)
    assert ann.delete(where, headers=TUS).status_code == 204
    assert ann.head(where, headers=TUS).status_code == 404
    assert house.store.upload_ids() == []


@SQLITE
def test_a_lost_last_answer_makes_no_twin(ann, house, two_seconds, monkeypatch):
    data = two_seconds.read_bytes()
    where = begin(ann, len(data), family="Gezin Merel").headers["Location"]
    with monkeypatch.context() as broken:
        broken.setattr(intake.actions, "receive", lambda *args: 1 / 0)
        assert send(ann, where, 0, data).status_code == 500
    assert films_of(house) == []
    again = ann.head(where, headers=TUS)
    assert (again.headers["Upload-Offset"], len(films_of(house))) == (str(len(data)), 1)
    assert ann.head(where, headers=TUS).headers["Vbg-Film"] == again.headers["Vbg-Film"]
    assert len(films_of(house)) == 1


@SQLITE
def test_the_sweep_finishes_and_forgets_uploads(ann, house, two_seconds, monkeypatch):
    data = two_seconds.read_bytes()
    done = begin(ann, len(data), family="Gezin Merel").headers["Location"]
    with monkeypatch.context() as broken:
        broken.setattr(intake.actions, "receive", lambda *args: 1 / 0)
        send(ann, done, 0, data)
    left = begin(ann, 100, family="Gezin Merel").headers["Location"]
    send(ann, left, 0, b"x" * 40)
    worker.work_off(house)
    assert [film.state for film in films_of(house)] == ["ready"]
    assert ann.head(left, headers=TUS).headers["Upload-Offset"] == "40"
    with clock.freeze(clock.now() + timedelta(hours=25)):
        worker.work_off(house)
    assert house.store.upload_ids() == []
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Upload)).all() == []
