"""`vbg restore`: a backup into an empty place. Every hash is looked at, every row has its file, every file its row.

The practice's marker is written last: before that the folder is no practice, and a restore that was cut
off is begun anew.
"""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from vbg import house as houses
from vbg.backup import manifest, snapshot
from vbg.backup.manifest import STEP, Kept, Manifest
from vbg.backup.snapshot import Sealed
from vbg.migrations import run as migrations
from vbg.people.models import Practice
from vbg.reasons import ReasonError
from vbg.store import KeyRing, Store, StoreError, create_store, disk
from vbg.store.errors import full_disk_is_said
from vbg.store.keys import MASTER, SHELF

UNFINISHED = "RESTORING"
OPENED_FILMS = 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. `keys` says how it stands with the key file: missing, or good."""

    practice_id: str
    made_at: str
    files: int
    films: int
    missing: tuple[str, ...]
    keys: str


def restore(folder: Path, data: Path, key_file: Path | None = None) -> Restored:
    """Bring the backup in `folder` back to `data`, which does not exist yet or is empty.

    ReasonError: no_backup, backup_newer, backup_damaged (file), place_not_empty, restore_full, no_such_key,
    wrong_key. After each of them `data` is as empty as before.
    """
    made = manifest.read(folder)
    if made.revision not in migrations.revisions():
        raise ReasonError("backup_newer")
    if key_file is not None and not key_file.is_file():
        raise ReasonError("no_such_key", file=key_file)
    _claim(data)
    try:
        with full_disk_is_said():
            return _restore(folder, data, made, key_file)
    except BaseException as error:
        _empty(data)
        if isinstance(error, StoreError) and error.code == "full":
            raise ReasonError("restore_full") from None
        raise


def _restore(folder: Path, data: Path, made: Manifest, key_file: Path | None) -> Restored:
    _copy(manifest.database_file(folder, made.database), made.database, data / "vbg.db")
    _copy(manifest.keys_file(folder, made.keys), made.keys, data / "keys" / SHELF)
    for kept in made.media:
        _copy(manifest.media_file(folder, kept.sha256), kept, data / "store" / kept.name)
    things = _rows(data, made)
    keys = _take_key(data, made, key_file, things)
    _write(data / "store" / "MARKER", b"vbg store 1\n")
    _write(data / houses.MARKER, f"vbg {'demo' if made.demo else 'practice'} {made.practice_id}\n".encode())
    (data / UNFINISHED).unlink()
    disk.sync_folder(data)
    films = len({film_id for film_id, _, _ in things})
    return Restored(made.practice_id, made.made_at, len(made.media), films, made.missing, keys)


def _claim(data: Path) -> None:
    """Make the empty place; one that a cut-off restore left is emptied first."""
    if (data / UNFINISHED).is_file() and not (data / houses.MARKER).exists():
        _empty(data)
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise ReasonError("place_not_empty", folder=data)
    disk.make_folder(data)
    data.chmod(0o700)
    _write(data / UNFINISHED, b"")


def _empty(data: Path) -> None:
    for path in data.iterdir():
        if path.name != UNFINISHED:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (data / UNFINISHED).unlink(missing_ok=True)


def _write(path: Path, words: bytes) -> None:
    disk.make_folder(path.parent)
    with disk.unfinished(path.parent) as (made, out):
        out.write(words)
    disk.publish(made, path)


def _copy(source: Path, kept: Kept, target: Path) -> None:
    """One file, looked at while it is copied. ReasonError backup_damaged names it as it is called in the backup."""
    disk.make_folder(target.parent)
    whole, size = hashlib.sha256(), 0
    try:
        opened = source.open("rb")
    except FileNotFoundError:
        raise manifest.damaged(kept.name) from None
    with opened, disk.unfinished(target.parent) as (path, out):
        while chunk := opened.read(STEP):
            whole.update(chunk)
            size += len(chunk)
            out.write(chunk)
        if (size, whole.hexdigest()) != (kept.size, kept.sha256):
            raise manifest.damaged(f"{kept.name} ({source.name})")
    disk.publish(path, target)


def _rows(data: Path, made: Manifest) -> list[Sealed]:
    """What the rows speak of, compared with the files. ReasonError backup_damaged."""
    try:
        with snapshot.opened(data / "vbg.db") as session:
            sound = session.scalar(text("PRAGMA integrity_check"))
            practice = session.scalar(select(Practice.id))
            things, uploads = snapshot.sealed_things(session), snapshot.unfinished_uploads(session)
    except DatabaseError:
        raise manifest.damaged(made.database.name) from None
    if sound != "ok" or str(practice) != made.practice_id:
        raise manifest.damaged(made.database.name)
    spoken = {_name(one) for one in things}
    films = {kept.name for kept in made.media if kept.name.startswith("films/")}
    if films != spoken - set(made.missing):
        raise manifest.damaged(min(films ^ (spoken - set(made.missing))))
    known = {upload.hex for upload in uploads}
    for kept in made.media:
        if kept.name.startswith("uploads/") and kept.name.split("/")[1] not in known:
            raise manifest.damaged(kept.name)
    return [one for one in things if _name(one) in films]


def _name(thing: Sealed) -> str:
    film_id, kind, version = thing
    return f"films/{film_id.hex[-2:]}/{film_id.hex}/{kind}.{version}.sealed"


def _take_key(data: Path, made: Manifest, key_file: Path | None, things: list[Sealed]) -> str:
    """Put the key file in its place, when it is given, and open films with it. ReasonError wrong_key."""
    if key_file is None:
        return "missing"
    _write(data / "keys" / MASTER, key_file.read_bytes())
    if KeyRing(data / "keys").problems():
        raise ReasonError("wrong_key", file=key_file)
    create_store(data)
    store = Store(data, made.practice_id)
    first = {film_id: (film_id, kind, version) for film_id, kind, version in reversed(things)}
    for thing in list(first.values())[:OPENED_FILMS]:
        try:
            store.digest(*thing)
        except StoreError:
            raise manifest.damaged(_name(thing)) from None
    return "good"
