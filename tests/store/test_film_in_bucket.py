"""A film's whole way when the store is elsewhere: in by tus, made ready, played piece by piece, erased."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.films import images, numbered, read_number
from tests.films.conftest import begin, send
from vbg import config, worker
from vbg import house as houses
from vbg.backup import saving
from vbg.config import Settings
from vbg.films import intake, scrub
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House
from vbg.reasons import ReasonError
from vbg.store.bucket import Bucket, Place


@pytest.fixture
def house(s3: Place, template: Path, tmp_path: Path) -> Iterator[House]:
    """The practice, with its films elsewhere as the settings say."""
    shutil.copytree(template, tmp_path / "data")
    settings = Settings(
        tmp_path / "data", secret_key="for tests only", store_url=f"{s3.endpoint}/{s3.bucket}",
        store_key_id=s3.key_id, store_key_secret=s3.key_secret,
    )  # fmt: skip
    made = houses.enter(settings)
    Bucket(s3, str(made.practice_id)).create()
    yield made
    made.database.close()


def test_from_the_first_byte_to_the_last_line(house, world, client_for, tmp_path, s3):
    path = numbered(tmp_path / "film.mp4", frames=50, sound=(0, 2))
    body, ann = path.read_bytes(), client_for("ann")
    where = begin(ann, len(body), family=str(world.families["merel"].id), filename="film.mp4").headers["Location"]
    send(ann, where, 0, body[:5000])
    assert send(ann, where, 5000, body[5000:]).status_code == 204
    worker.work_off(house)
    with house.database.unit(write=False) as session:
        film = session.scalars(select(Film)).one()
    assert film.state == "ready"
    kinds = {"original", "play", "frames", "poster", "filmstrip", "waveform", "hints"}
    assert {kind for _, kind, _ in house.store.listing()} == kinds
    assert [one.name for one in (house.settings.data / "store").iterdir() if one.name == "films"] == []

    played, media = b"", f"/api/v1/films/{film.id}/media"
    while True:
        answer = ann.get(media, headers={"Range": f"bytes={len(played)}-{len(played) + 9999}"})
        if answer.status_code == 416:
            break
        assert answer.status_code == 206
        played += answer.data
    (tmp_path / "play.mp4").write_bytes(played)
    assert [read_number(image) for image in images(tmp_path / "play.mp4")] == list(range(50))

    intake.erase(house, film.id, film.family_id)
    assert ann.get(media).status_code == 404
    bucket = Bucket(s3, str(house.practice_id))
    assert [kept.name for kept in bucket.listing("films")] == []


def test_what_is_damaged_there_stands_apart_there(house, world, tmp_path, s3, monkeypatch):
    monkeypatch.setattr(scrub, "YOUNG", -scrub.YOUNG)
    (tmp_path / "film.mp4").write_bytes(os.urandom(200_000))
    form = NewUpload(family=str(world.families["merel"].id), length=200_000, filename="film.mp4")
    film = intake.take(house, world.viewer("ann"), tmp_path / "film.mp4", form)
    thing = (film.id, "original", 1)
    report = scrub.scrub(house)
    assert (report.looked, report.damaged, scrub.compare(house)) == (1, [], scrub.Report())

    bucket, kept = Bucket(s3, str(house.practice_id)), house.store.find(*thing)
    with bucket.open(kept.name) as source:
        body = bytearray(source.read())
    body[70_000] ^= 1
    with bucket.writing(kept.name) as out:
        out.write(bytes(body))
    assert scrub.scrub(house).damaged == [thing]
    with bucket.writing(stray := kept.name.replace("original", "still-1")) as out:
        out.write(body)
    assert scrub.scrub(house).strays == [stray]
    aside, other = sorted(house.store.asides(), key=lambda one: one.name)
    assert (aside.thing, other.name) == (thing, stray)
    assert scrub.compare(house).damaged == [thing]
    assert scrub.put_back(house, aside) is True
    with bucket.open(kept.name) as source:
        assert source.read() == body
    scrub.scrub(house)
    intake.erase(house, film.id, film.family_id)
    assert house.store.asides() == []


def test_a_store_that_does_not_answer_fails_no_film(house, world, tmp_path):
    path = numbered(tmp_path / "film.mp4", frames=10)
    form = NewUpload(family=str(world.families["merel"].id), length=path.stat().st_size, filename="film.mp4")
    film = intake.take(house, world.viewer("ann"), path, form)
    cut_off = houses.enter(replace(house.settings, store_url="http://127.0.0.1:9/films"))
    worker.work_off(cut_off)
    assert state_of(cut_off, film) == "preparing"
    cut_off.database.close()
    worker.work_off(house)
    assert state_of(house, film) == "ready"


def state_of(house: House, film: Film) -> str:
    with house.database.unit(write=False) as session:
        return session.get_one(Film, film.id).state


def test_a_backup_says_that_the_films_are_elsewhere(house, tmp_path):
    with pytest.raises(ReasonError) as caught:
        saving.save(house, tmp_path / "backup")
    assert caught.value.code == "backup_elsewhere"
    assert not (tmp_path / "backup").exists()


def test_a_practice_whose_bucket_lost_its_marker_does_not_start(house, s3):
    bucket = Bucket(s3, str(house.practice_id))
    assert house.store.check() == []
    bucket.remove("MARKER")
    again = houses.enter(house.settings)
    assert again.store.check() == ["no_marker"]
    with pytest.raises(Exception, match="no_marker"):
        again.store.wipe_scratch()
    again.database.close()


@pytest.mark.parametrize(
    "url", ["films", "ftp://host/films", "https://host", "https://user:secret@host/films", "https://host/a/b"]
)
def test_an_address_that_is_none_is_named_and_not_told_again(tmp_path, monkeypatch, url):
    for name, value in (("URL", url), ("KEY_ID", "id"), ("KEY_SECRET", "geheim")):
        monkeypatch.setenv(f"VBG_STORE_{name}", value)
    with pytest.raises(config.SettingsError) as caught:
        config.load(tmp_path)
    assert "store_url" in str(caught.value)
    assert "secret" not in str(caught.value)
    monkeypatch.setenv("VBG_STORE_URL", "https://host/films")
    found = config.load(tmp_path)
    assert found.bucket == ("https://host", "films")
    assert "geheim" not in repr(found)
    monkeypatch.setenv("VBG_STORE_KEY_SECRET", "")
    with pytest.raises(config.SettingsError):
        config.load(tmp_path)
