"""`vbg backup`: whole while others work, only what is new, nothing that opens a film."""

import json
import os
import subprocess
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.backup.conftest import SQLITE
from vbg import clock
from vbg import house as houses
from vbg.backup import manifest, restoring, saving
from vbg.config import Settings
from vbg.films.models import Film
from vbg.moments import actions
from vbg.moments.forms import MomentIn
from vbg.moments.models import Act, Moment
from vbg.reasons import ReasonError

pytestmark = SQLITE


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(code, run):
    with pytest.raises(ReasonError) as caught:
        run()
    assert caught.value.code == code
    return caught.value


def test_all_is_there_but_the_key(house, film, half, folder, key):
    saved = saving.save(house, folder)
    made = manifest.read(folder)
    sealed = {path.relative_to(house.store.root).as_posix() for path in house.store.root.rglob("*.sealed")}
    parts = {path.relative_to(house.store.root).as_posix() for path in house.store.root.rglob("*.part")}
    assert {one.name for one in made.media} == sealed | parts
    assert len(parts) == 1
    assert saved.files == saved.copied == len(made.media)
    assert made.practice_id == str(house.practice_id)
    assert made.revision
    for one in made.media:
        assert manifest.digest_of(manifest.media_file(folder, one.sha256)) == (one.size, one.sha256)
    secret = key.read_bytes().strip()
    assert [
        name for name, held in files(folder).items() if secret in held or bytes.fromhex(secret.decode()) in held
    ] == []


def test_the_second_time_only_what_is_new_is_copied(house, film, take, second, folder):
    saving.save(house, folder)
    before = {name: path.stat().st_mtime_ns for name, path in (
        (path.name, path) for path in (folder / "media").rglob("*") if path.is_file())}  # fmt: skip
    assert saving.save(house, folder).copied == 0
    take(second)
    assert saving.save(house, folder).copied == 1
    after = {path.name: path.stat().st_mtime_ns for path in (folder / "media").rglob("*") if path.is_file()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    assert len(list((folder / "database").iterdir())) == 1


def test_a_thing_made_anew_under_its_name_is_copied_anew(house, film, folder, tmp_path):
    saving.save(house, folder)
    (tmp_path / "poster.jpg").write_bytes(b"another picture")
    house.store.put(film.id, "poster", 1, tmp_path / "poster.jpg")
    assert saving.save(house, folder).copied == 1


def test_saving_goes_on_while_it_is_copied_and_the_copy_is_whole(house, world, film, folder, tmp_path, key):
    """Each moment comes with its act in one unit: a copy in between would have one without the other."""
    done, made = threading.Event(), []

    def label():
        while not done.is_set():
            with house.database.unit() as session:
                made.append(
                    actions.mark(session, world.viewer("ann"), film.id, MomentIn(start_ms=len(made) % 900))[0].id
                )

    writer = threading.Thread(target=label)
    writer.start()
    try:
        counts = []
        for number in range(3):
            saving.save(house, folder)
            place = tmp_path / f"back{number}"
            restoring.restore(folder, place, key)
            back = houses.enter(Settings(place))
            with back.database.unit(write=False) as session:
                moments, acts = (session.scalar(select(func.count()).select_from(kind)) for kind in (Moment, Act))
                seqs = list(session.scalars(select(Act.seq).order_by(Act.seq)))
            back.database.close()
            assert moments == acts
            assert seqs == list(range(1, len(seqs) + 1))
            counts.append(moments)
    finally:
        done.set()
        writer.join()
    assert counts == sorted(counts)
    assert 0 < counts[-1] <= len(made)


def test_cut_off_it_goes_on_where_it_was_and_the_one_before_stays(house, film, take, second, folder, monkeypatch):
    saving.save(house, folder)
    one = manifest.read(folder)
    newer = take(second)
    real = saving.manifest.write

    def cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(saving.manifest, "write", cut)
    with pytest.raises(KeyboardInterrupt):
        saving.save(house, folder)
    assert manifest.read(folder) == one
    assert manifest.database_file(folder, one.database).is_file()
    monkeypatch.setattr(saving.manifest, "write", real)
    assert saving.save(house, folder).copied == 0
    assert any(newer.id.hex in kept.name for kept in manifest.read(folder).media)


def test_a_killed_backup_leaves_the_one_before_and_is_tidied(house, film, folder, take, second):
    saving.save(house, folder)
    take(second)
    (folder / "media" / "deadbeef.tmp").write_bytes(b"half")
    (folder / "database" / "vbg-20200101-000000-00000000.db").write_bytes(b"half")
    saving.save(house, folder)
    assert not (folder / "media" / "deadbeef.tmp").exists()
    assert len(list((folder / "database").iterdir())) == 1


def test_a_full_disk_is_said_and_the_backup_before_is_whole(house, take, film, second, folder, tmp_path, key):
    folder.mkdir()
    size = 1_400_000
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not mounted:
        import resource

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        saving.save(house, folder)
        made = manifest.read(folder)
        big = tmp_path / "big.bin"
        big.write_bytes(os.urandom(2_000_000))
        take(big)
        if not mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
        refused("backup_full", lambda: saving.save(house, folder))
        if not mounted:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert manifest.read(folder) == made
        assert restoring.restore(folder, tmp_path / "back", key).files == len(made.media)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def test_an_erased_film_leaves_the_backup_too(house, film, take, second, folder):
    other = take(second)
    saving.save(house, folder)
    assert any(other.id.hex in kept.name for kept in manifest.read(folder).media)
    house.store.erase(other.id)
    with house.database.unit() as session:
        session.delete(session.get_one(Film, other.id))
    saving.save(house, folder)
    made = manifest.read(folder)
    assert not any(other.id.hex in kept.name for kept in made.media)
    assert {path.name for path in (folder / "media").glob("??/*")} == {kept.sha256 for kept in made.media}


def test_a_lost_file_is_named_and_the_rest_is_kept(house, film, folder, monkeypatch):
    monkeypatch.setattr(saving, "PAUSE_SECONDS", 0.0)
    house.store.sealed_file(film.id, "waveform", 1).unlink()
    saved = saving.save(house, folder)
    assert [name.rpartition("/")[2] for name in saved.missing] == ["waveform.1.sealed"]
    assert saved.files > 3


def test_wrapped_keys_are_kept_for_thirty_days(house, film, folder):
    began = datetime.now(UTC)
    for days in (0, 1, 2):
        with clock.freeze(began + timedelta(days=days)):
            saving.save(house, folder)
    assert len(list((folder / "keys").iterdir())) == 3
    with clock.freeze(began + timedelta(days=31)):
        saving.save(house, folder)
    assert [path.name for path in (folder / "keys").iterdir()] == [manifest.read(folder).keys.name]


def test_a_place_that_will_not_do_is_refused(house, film, folder, tmp_path):
    refused("backup_inside", lambda: saving.save(house, house.settings.data / "backup"))
    refused("backup_inside", lambda: saving.save(house, house.settings.data.parent))
    (tmp_path / "photos" / "media").mkdir(parents=True)
    (tmp_path / "photos" / "media" / "mine.jpg").write_bytes(b"mine")
    refused("backup_not_empty", lambda: saving.save(house, tmp_path / "photos"))
    assert (tmp_path / "photos" / "media" / "mine.jpg").read_bytes() == b"mine"
    saving.save(house, folder)
    (folder / saving.MARKER).write_text("vbg backup 0199aaaa-0000-7000-8000-000000000001\n")
    refused("backup_other", lambda: saving.save(house, folder))


def test_two_at_once_do_not_mix(house, film, folder):
    import fcntl

    saving.save(house, folder)
    with (folder / saving.LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused("backup_running", lambda: saving.save(house, folder))
    saving.save(house, folder)


def test_the_manifest_is_json_that_says_what_it_is(house, film, folder):
    saving.save(house, folder)
    told = json.loads((folder / manifest.FILE).read_text())
    assert told["vbg_backup"] == 1
    assert told["body"]["practice_id"] == str(house.practice_id)
    assert oct((folder / "database").stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in folder.rglob("*.db")} == {"0o600"}
