"""`vbg backup`: the database at one instant, then the files its rows speak of, then the wrapped keys.

Files of the store never change once named, so only what the backup lacks is copied. The manifest comes
last: until it has its name the backup before is whole, and what was copied waits for the next try.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from vbg import clock, ids
from vbg.backup import manifest, snapshot
from vbg.backup.manifest import STEP, Kept, Manifest
from vbg.house import House, is_demo
from vbg.reasons import ReasonError
from vbg.store import StoreError, disk
from vbg.store.errors import full_disk_is_said

MARKER = "VBG-BACKUP"
LOCK = "backup.lock"
KEY_DAYS = 30
TRIES = 4
PAUSE_SECONDS = 0.5


@dataclass
class Saved:
    """What one backup did: numbers of files and bytes; `missing` names what was lost in the store before."""

    files: int = 0
    bytes: int = 0
    copied: int = 0
    copied_bytes: int = 0
    missing: list[str] = field(default_factory=list)


def save(house: House, folder: Path) -> Saved:
    """Bring the backup in `folder` up to date. It may be cut off at any byte and repeated.

    ReasonError: backup_postgres, backup_elsewhere, backup_inside, backup_not_empty, backup_other, backup_running,
    backup_full.
    """
    if not house.database.is_sqlite:
        raise ReasonError("backup_postgres")
    if not house.store.is_here:
        raise ReasonError("backup_elsewhere")
    try:
        with full_disk_is_said(), _place(house, folder):
            return _save(house, folder)
    except StoreError as error:
        if error.code != "full":
            raise
        raise ReasonError("backup_full") from None


def _save(house: House, folder: Path) -> Saved:
    known = _known(folder)
    saved = Saved()
    for left in reversed(range(TRIES)):
        database = _copy_database(house, folder)
        media = _Media(house, folder, known, saved)
        media.copy(manifest.database_file(folder, database))
        # What was erased between the copy and here is not in a later copy either.
        if not media.missing or not left:
            break
        time.sleep(PAUSE_SECONDS)
    made = Manifest(
        practice_id=str(house.practice_id), demo=is_demo(house.settings.data), made_at=clock.now().isoformat(),
        revision=_revision(manifest.database_file(folder, database)), database=database,
        keys=_copy_keys(house, folder), media=tuple(media.kept), missing=tuple(media.missing),
    )  # fmt: skip
    manifest.write(folder, made)
    _tidy(folder, made)
    saved.files, saved.bytes = len(media.kept), sum(one.size for one in media.kept)
    saved.missing = media.missing
    return saved


def _known(folder: Path) -> dict[str, Kept]:
    """What the backup before holds, by name; nothing when there is none that can be read."""
    try:
        return {one.name: one for one in manifest.read(folder).media}
    except ReasonError:
        return {}


@contextmanager
def _place(house: House, folder: Path) -> Iterator[None]:
    """Hold the backup's folder: ours alone, outside of the practice's own."""
    data, there = house.settings.data.resolve(), folder.resolve()
    if there == data or data in there.parents or there in data.parents:
        raise ReasonError("backup_inside", folder=folder)
    marker = folder / MARKER
    if not marker.is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise ReasonError("backup_not_empty", folder=folder)
        disk.make_folder(folder)
        with disk.unfinished(folder) as (path, out):
            out.write(f"vbg backup {house.practice_id}\n".encode())
        disk.publish(path, marker)
    elif marker.read_text("utf-8", "replace").split()[-1:] != [str(house.practice_id)]:
        raise ReasonError("backup_other", folder=folder)
    with (folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReasonError("backup_running") from None
        yield


def _stamp() -> str:
    return f"{clock.now():%Y%m%d-%H%M%S}-{ids.new().hex[-8:]}"


def _copy_database(house: House, folder: Path) -> Kept:
    disk.make_folder(folder / "database")
    path = folder / "database" / f"vbg-{_stamp()}.db"
    house.database.copy_to(path)
    return _durable(path)


def _revision(database: Path) -> str:
    with snapshot.opened(database) as session:
        return snapshot.revision(session)


def _copy_keys(house: House, folder: Path) -> Kept:
    disk.make_folder(folder / "keys")
    path = folder / "keys" / f"wrapped-{_stamp()}.db"
    house.store.copy_keys(path)
    return _durable(path)


def _durable(path: Path) -> Kept:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    disk.sync_folder(path.parent)
    return Kept(path.name, *manifest.digest_of(path))


def _tidy(folder: Path, made: Manifest) -> None:
    """Let go of what the new backup does not speak of: erased films too. Wrapped keys are kept for 30 days."""
    wanted = {one.sha256 for one in made.media}
    for path in (folder / "media").glob("*/*"):
        if path.name not in wanted:
            path.unlink()
    for path in (folder / "database").iterdir():
        if path.name != made.database.name:
            path.unlink()
    for pattern in (folder, folder / "media"):
        for path in pattern.glob(f"*{disk.UNFINISHED}"):
            path.unlink()
    oldest = (clock.now() - timedelta(days=KEY_DAYS)).timestamp()
    for path in (folder / "keys").iterdir():
        if path.name != made.keys.name and path.stat().st_mtime < oldest:
            path.unlink()


class _Media:
    """The files that the rows of one copied database speak of."""

    def __init__(self, house: House, folder: Path, known: dict[str, Kept], saved: Saved) -> None:
        self._store, self._folder, self._known, self._saved = house.store, folder, known, saved
        self._root = house.store.root
        held = {one.sha256 for one in known.values()}
        # From a backup that was cut off: what they are is known by reading the source once more.
        self._left = {path.name for path in (folder / "media").glob("??/*") if path.name not in held}
        self.kept: list[Kept] = []
        self.missing: list[str] = []

    def copy(self, database: Path) -> None:
        disk.make_folder(self._folder / "media")
        for path in self._paths(database):
            name = path.relative_to(self._root).as_posix()
            try:
                self.kept.append(self._keep(name, path))
            except FileNotFoundError:
                self.missing.append(name)

    def _paths(self, database: Path) -> Iterator[Path]:
        with snapshot.opened(database) as session:
            things, uploads = snapshot.sealed_things(session), snapshot.unfinished_uploads(session)
        yield from (self._store.sealed_file(*one) for one in things)
        for upload_id in uploads:
            try:
                yield from self._store.sealed_parts(upload_id)
            except StoreError:
                self.missing.append(f"uploads/{upload_id.hex}")

    def _keep(self, name: str, path: Path) -> Kept:
        found = path.stat()
        before = self._known.get(name)
        if before and (before.size, before.changed_ns) == (found.st_size, found.st_mtime_ns) and self._has(before):
            return before
        if self._left:
            size, sha256 = manifest.digest_of(path)
            kept = Kept(name, size, sha256, found.st_mtime_ns)
            if sha256 in self._left and self._has(kept):
                return kept
        return self._copied(name, path, found.st_mtime_ns)

    def _has(self, kept: Kept) -> bool:
        file = manifest.media_file(self._folder, kept.sha256)
        return file.is_file() and file.stat().st_size == kept.size

    def _copied(self, name: str, path: Path, changed_ns: int) -> Kept:
        with path.open("rb") as source, disk.unfinished(self._folder / "media") as (copy, out):
            while chunk := source.read(STEP):
                out.write(chunk)
        size, sha256 = manifest.digest_of(copy)
        disk.publish(copy, manifest.media_file(self._folder, sha256))
        self._left.add(sha256)
        self._saved.copied += 1
        self._saved.copied_bytes += size
        return Kept(name, size, sha256, changed_ns)
