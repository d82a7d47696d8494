"""tus creation-defer-length: what is still being filmed comes in; its length is said with the last piece."""

from datetime import timedelta

import pytest

from tests.films.conftest import TUS, begin, metadata, send
from vbg import clock, worker
from vbg.films import sweep
from vbg.films.models import Film


@pytest.fixture
def growing(ann, world):
    """An upload of unknown length: its address."""
    told = {"Upload-Defer-Length": "1", "Upload-Metadata": metadata(family=str(world.families["merel"].id))}
    made = ann.post("/api/v1/uploads", headers=TUS | told)
    assert made.status_code == 201
    return made.location


def films(house):
    with house.database.unit(write=False) as session:
        return session.query(Film).all()


def test_it_becomes_a_film_once_its_length_is_said(ann, growing, house):
    assert send(ann, growing, 0, b"abc").headers["Upload-Offset"] == "3"
    stands = ann.head(growing, headers=TUS).headers
    assert (stands["Upload-Offset"], stands["Upload-Defer-Length"]) == ("3", "1")
    assert "Upload-Length" not in stands
    assert films(house) == []
    last = send(ann, growing, 3, b"de", **{"Upload-Length": "5"})
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, "5")
    assert last.headers["Vbg-Film"] == str(films(house)[0].id)
    assert films(house)[0].size_bytes == 5


def test_its_length_may_come_after_the_last_byte(ann, growing, house):
    send(ann, growing, 0, b"abc")
    assert send(ann, growing, 3, b"", **{"Upload-Length": "3"}).headers["Vbg-Film"] == str(films(house)[0].id)
    assert ann.head(growing, headers=TUS).headers["Upload-Length"] == "3"


def test_a_cut_last_piece_goes_on(ann, growing, house):
    send(ann, growing, 0, b"abc")
    assert send(ann, growing, 3, b"d", **{"Upload-Length": "6"}).headers["Upload-Offset"] == "4"
    assert ann.head(growing, headers=TUS).headers["Upload-Length"] == "6"
    assert send(ann, growing, 4, b"ef", **{"Upload-Length": "6"}).headers["Upload-Offset"] == "6"
    assert len(films(house)) == 1


@pytest.mark.parametrize(("length", "status"), [("2", 409), ("0", 422), ("x", 400), (str(21 * 1024**3), 413)])
def test_a_length_that_cannot_be_is_refused(ann, growing, house, length, status):
    send(ann, growing, 0, b"abc")
    assert send(ann, growing, 3, b"", **{"Upload-Length": length}).status_code == status
    assert send(ann, growing, 3, b"d").headers["Upload-Offset"] == "4"
    assert films(house) == []


def test_a_length_once_said_stays(ann, growing, world):
    send(ann, growing, 0, b"abc", **{"Upload-Length": "6"})
    assert send(ann, growing, 3, b"d", **{"Upload-Length": "7"}).status_code == 409
    fixed = begin(ann, 6, family=str(world.families["merel"].id)).location
    assert send(ann, fixed, 0, b"abc", **{"Upload-Length": "5"}).status_code == 409


def test_nothing_filmed_is_no_film(ann, growing, house):
    assert send(ann, growing, 0, b"", **{"Upload-Length": "0"}).status_code == 422
    sweep.sweep(house)
    assert films(house) == []
    with clock.freeze(clock.now() + timedelta(days=2)):
        sweep.sweep(house)
        assert ann.head(growing, headers=TUS).status_code in (302, 401, 404)
    assert films(house) == []
    assert list(house.store.upload_ids()) == []


def test_a_recording_whose_phone_died_is_kept_as_far_as_it_came(ann, growing, house):
    send(ann, growing, 0, b"abc")
    sweep.sweep(house)
    assert films(house) == []
    with clock.freeze(clock.now() + timedelta(days=2)):
        worker.work_off(house)
        sweep.sweep(house)
    (film,) = films(house)
    assert film.size_bytes == 3
    assert list(house.store.upload_ids()) == []
