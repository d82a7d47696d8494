"""`vbg restore`: into an empty place, every hash looked at, every row with its file and every file with its row."""

import shutil

import pytest
from sqlalchemy import select

from tests.backup.conftest import SQLITE
from tests.backup.test_backup import files, refused
from vbg import house as houses
from vbg.backup import manifest, restoring, saving
from vbg.config import Settings
from vbg.films.models import Film, Rendition
from vbg.migrations import run as migrations
from vbg.store import KeyRing, create_keys

pytestmark = SQLITE


@pytest.fixture
def saved(house, film, half, folder):
    saving.save(house, folder)
    return folder


@pytest.fixture
def place(tmp_path):
    return tmp_path / "new"


def test_every_row_has_its_file_with_the_right_hash_and_every_file_its_row(house, film, half, saved, place, key):
    told = restoring.restore(saved, place, key)
    assert (told.keys, told.films, told.missing) == ("good", 1, ())
    back = houses.enter(Settings(place))
    assert back.practice_id == house.practice_id
    assert back.store.check() == [one for one in house.store.check() if one == "low_space"]
    assert migrations.state(back.database) == "current"
    with back.database.unit(write=False) as session:
        rows = session.scalars(select(Rendition)).all()
        assert len(rows) >= 6
        for row in rows:
            assert back.store.digest(row.film_id, row.kind, row.version) == house.store.digest(
                row.film_id, row.kind, row.version
            )
        original = session.get_one(Film, film.id)
        assert back.store.digest(film.id, "original", 1).sha256 == original.sha256
    assert set(back.store.listing()) == {(row.film_id, row.kind, row.version) for row in rows}
    assert back.store.upload_size(half.id) == 100_000
    back.database.close()
    assert not (place / restoring.UNFINISHED).exists()
    assert not list(place.rglob("*.tmp"))


def test_without_the_key_it_says_so_and_the_key_can_come_later(saved, place, key, film):
    told = restoring.restore(saved, place)
    assert told.keys == "missing"
    back = houses.enter(Settings(place))
    assert "no_key" in back.store.check()
    shutil.copy(key, place / "keys" / "master.key")
    assert back.store.digest(film.id, "original", 1).size == film.size_bytes
    back.database.close()


def test_another_practices_key_is_refused_and_nothing_stays(saved, place, tmp_path):
    create_keys(tmp_path / "other")
    assert KeyRing(tmp_path / "other").problems() == []
    refused("wrong_key", lambda: restoring.restore(saved, place, tmp_path / "other" / "master.key"))
    refused("no_such_key", lambda: restoring.restore(saved, place, tmp_path / "nowhere.key"))
    assert not place.exists() or files(place) == {}


def test_a_flipped_byte_anywhere_is_refused_by_name(saved, place, key):
    made = manifest.read(saved)
    broken = [
        manifest.database_file(saved, made.database), manifest.keys_file(saved, made.keys),
        manifest.media_file(saved, made.media[0].sha256), manifest.media_file(saved, made.media[-1].sha256),
    ]  # fmt: skip
    for path in broken:
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        told = refused("backup_damaged", lambda: restoring.restore(saved, place, key))
        assert path.name in str(told.values["file"])
        assert files(place) == {}
        path.write_bytes(whole)
    assert restoring.restore(saved, place, key).keys == "good"


def test_a_flipped_byte_in_the_manifest_is_refused(saved, place):
    path = saved / manifest.FILE
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 25)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(restoring.ReasonError) as caught:
            restoring.restore(saved, place)
        assert caught.value.code in ("backup_damaged", "backup_newer")


def test_a_file_that_is_gone_is_named(saved, place):
    gone = manifest.media_file(saved, manifest.read(saved).media[2].sha256)
    gone.unlink()
    told = refused("backup_damaged", lambda: restoring.restore(saved, place))
    assert told.values["file"] == manifest.read(saved).media[2].name


def test_only_into_an_empty_place(saved, place, house):
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    refused("place_not_empty", lambda: restoring.restore(saved, place))
    assert files(place) == {"mine.txt": b"mine"}
    refused("place_not_empty", lambda: restoring.restore(saved, house.settings.data))


def test_a_restore_that_was_killed_is_begun_anew(saved, place, key):
    restoring.restore(saved, place, key)
    (place / houses.MARKER).unlink()
    (place / restoring.UNFINISHED).touch()
    (place / "vbg.db").write_bytes(b"half")
    assert restoring.restore(saved, place, key).keys == "good"


def test_no_backup_and_a_newer_one_are_said(saved, place, tmp_path):
    refused("no_backup", lambda: restoring.restore(tmp_path / "nowhere", place))
    made = manifest.read(saved)
    from dataclasses import replace

    manifest.write(saved, replace(made, revision="9999"))
    refused("backup_newer", lambda: restoring.restore(saved, place))


def test_a_manifest_cannot_write_outside(saved, place):
    from dataclasses import replace

    made = manifest.read(saved)
    for name in ("../../outside", "films/../../../outside.1.sealed", "/etc/outside"):
        manifest.write(saved, replace(made, media=(replace(made.media[0], name=name),)))
        refused("backup_damaged", lambda: restoring.restore(saved, place))


def test_a_file_without_its_row_is_refused(saved, place, house):
    from dataclasses import replace

    made = manifest.read(saved)
    extra = replace(made.media[0], name=f"films/00/{'0' * 32}/play.1.sealed")
    manifest.write(saved, replace(made, media=(*made.media, extra)))
    assert refused("backup_damaged", lambda: restoring.restore(saved, place)).values["file"] == extra.name
    manifest.write(saved, replace(made, media=made.media[1:]))
    assert refused("backup_damaged", lambda: restoring.restore(saved, place)).values["file"] == made.media[0].name
