"""The store: one class makes every name, from ids alone, seals what goes in and opens what comes out."""

import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from vbg.store import lending
from vbg.store.depot import Depot, Folder, Kept
from vbg.store.errors import StoreError
from vbg.store.keys import SHELF, KeyRing, SqliteShelf, create_keys
from vbg.store.scratch import Scratch
from vbg.store.sealing import STEP, Reader, Sealed, iter_pieces, seal
from vbg.store.uploads import Source, Uploads

ORIGINAL = "original"
SILENT_SECONDS = 3600.0
RENDITION = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ORGANISATION = re.compile(r"[^|\s]{1,100}")
NAME = re.compile(r"films/([0-9a-f]{2})/([0-9a-f]{30}\1)/([a-z0-9][a-z0-9_-]{0,63})\.(\d{1,9})\.sealed")
ASIDE = re.compile(r"quarantine/(\d{4}-\d\d-\d\d)/([0-9a-f]{8})/(.+)")

Thing = tuple[uuid.UUID, str, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that stands apart since a day: its number there, what it was, and how it lies there now."""

    number: str
    since: date
    thing: Thing | None
    name: str
    kept: Kept


def create_store(data: Path, depot: Depot | None = None) -> None:
    """Make the store and its keys in the data folder `DIR`; keeps what is there. StoreError: full, no_key."""
    create_keys(data / "keys")
    Folder(data / "store").create()
    if depot is not None:
        depot.create()


class Store:
    """Sealed media of one practice in the data folder `DIR` (`DIR/store`, `DIR/keys`, `DIR/scratch`).

    With a `depot` finished files lie there, and `DIR/store` holds only uploads on their way in. Every call
    refuses with StoreError('no_marker') when DIR/store/MARKER (or the depot's) is not there: a disk that is
    not mounted must not look like an empty store. Safe for several processes and threads.
    """

    def __init__(self, data: Path, organisation: str, keys: KeyRing | None = None, depot: Depot | None = None) -> None:
        if not ORGANISATION.fullmatch(organisation):
            raise StoreError("bad_name")
        self._folder = Folder(data / "store")
        self._depot = depot or self._folder
        self._organisation = organisation
        self._keys = keys or KeyRing(data / "keys")
        self._key_folder = data / "keys"
        self._uploads = Uploads(self._folder.root / "uploads", self._keys, organisation)
        self._scratch = Scratch(data)

    def put(self, film_id: uuid.UUID, rendition: str, version: int, source: BinaryIO | Path) -> Sealed:
        """Seal all of `source`; durable before it returns, and nothing half-made when it fails.

        StoreError: full, gone (the film was erased), no_key, bad_name.
        """
        if isinstance(source, Path):
            with source.open("rb") as stream:
                return self.put(film_id, rendition, version, stream)
        return self._put(film_id, rendition, version, iter(partial(source.read, STEP), b""))

    def open(self, film_id: uuid.UUID, rendition: str, version: int) -> Reader:
        """The plain bytes, to read at any place. StoreError: gone, tampered, no_key, wrong_key."""
        name = self._name(film_id, rendition, version)
        key = self._keys.key(film_id)
        try:
            source = self._depot.open(name)
        except FileNotFoundError:
            raise StoreError("gone") from None
        try:
            return Reader(source, key, self._aad(film_id, rendition, version), self._depot.stride)
        except BaseException:
            source.close()
            raise

    def has(self, film_id: uuid.UUID, rendition: str, version: int) -> bool:
        """Whether the bytes are there (their key apart)."""
        return self.find(film_id, rendition, version) is not None

    def has_key(self, film_id: uuid.UUID) -> bool:
        """Whether the film can be opened at all: its key was made, and not destroyed."""
        return self._keys.has(film_id)

    def digest(self, film_id: uuid.UUID, rendition: str, version: int) -> Sealed:
        """Read all of it again, opened and as it lies there. StoreError: gone, tampered."""
        with self.open(film_id, rendition, version) as reader:
            digest = hashlib.sha256()
            for chunk in reader.chunks():
                digest.update(chunk)
        lying = self.sealed_sha256(self._name(film_id, rendition, version))
        return Sealed(reader.size, digest.hexdigest(), lying)

    def export_to(self, film_id: uuid.UUID, rendition: str, version: int, path: Path) -> int:
        """Write the plain bytes to a new file (0600) inside a `scratch` folder; their number.

        FileExistsError when `path` is there. StoreError: gone, tampered, full; then no file is left.
        """
        with self.open(film_id, rendition, version) as reader:
            lending.write(path, reader.chunks())
            return reader.size

    def lend_to(self, film_id: uuid.UUID, rendition: str, version: int, path: Path) -> bytes:
        """Write what a tool is to read to a new file inside a `scratch` folder; the key it stands under.

        In memory it is plain, and the key empty. On a disk it is under a one-time key that stands nowhere else:
        AES-128-CBC, 16 bytes of key, then 16 of IV, padded as PKCS7. Errors as `export_to`.
        """
        if self._scratch.in_memory(path):
            self.export_to(film_id, rendition, version, path)
            return b""
        key = lending.new_key()
        with self.open(film_id, rendition, version) as reader:
            lending.write(path, lending.locked(reader.chunks(), key))
        return key

    def scratch(self, need_bytes: int | None = None) -> AbstractContextManager[Path]:
        """A private job folder (0700), wiped when the block ends; in memory when `need_bytes` fits well."""
        return self._scratch.job(need_bytes)

    def wipe_scratch(self) -> None:
        """Remove what killed jobs and writers left. Only at start, before anything is served."""
        self._marked()
        self._scratch.wipe()
        self._uploads.wipe_unfinished()
        self._folder.wipe()
        self._depot.wipe()

    def wipe_jobs(self) -> None:
        """Remove what killed jobs left; at any time: what still runs keeps its own."""
        self._marked()
        if os.name != "nt":  # there nothing tells a live job's folder from a dead one's
            self._scratch.wipe()
        self._folder.wipe(SILENT_SECONDS)

    def erase(self, film_id: uuid.UUID) -> None:
        """Destroy the film's key, then all its bytes, also those that stand apart. Once more changes nothing."""
        self._marked()
        self._keys.drop(film_id)
        self._depot.remove_all(_films(film_id))
        for kept in list(self._depot.listing("quarantine")):
            if f"/{film_id.hex}/" in kept.name:
                self._depot.remove(kept.name)

    def erase_rendition(self, film_id: uuid.UUID, rendition: str, version: int) -> None:
        """Delete one rendition's bytes. Once more changes nothing."""
        self._depot.remove(self._name(film_id, rendition, version))

    @property
    def is_here(self) -> bool:
        """Whether finished files lie in `DIR/store` too, not in a depot elsewhere."""
        return self._depot is self._folder

    @property
    def root(self) -> Path:
        """The folder of all sealed files, for copying them as they are."""
        self._marked()
        return self._folder.root

    def sealed_file(self, film_id: uuid.UUID, rendition: str, version: int) -> Path:
        """Where the sealed bytes stand, or would, when they are here. StoreError: bad_name."""
        return self._folder.path(self._name(film_id, rendition, version))

    def sealed_parts(self, upload_id: uuid.UUID) -> list[Path]:
        """The sealed parts of an unfinished upload. StoreError: gone."""
        self._marked()
        return self._uploads.parts(upload_id)

    def copy_keys(self, path: Path) -> None:
        """The wrapped keys as a new file; they open nothing without the key file. StoreError: no_key, full."""
        SqliteShelf(self._key_folder / SHELF).copy_to(path)

    def listing(self) -> Iterator[Thing]:
        """Everything kept: film, rendition, version."""
        for thing, _ in self.files():
            if thing is not None:
                yield thing

    def files(self) -> Iterator[tuple[Thing | None, Kept]]:
        """Every file kept, and what it is by its name; None for one that nobody here named so."""
        self._marked()
        for kept in self._depot.listing("films"):
            yield _thing(kept.name), kept

    def find(self, film_id: uuid.UUID, rendition: str, version: int) -> Kept | None:
        """How the sealed bytes lie there now."""
        return self._depot.find(self._name(film_id, rendition, version))

    def sealed_sha256(self, name: str, go_on: Callable[[int], bool] = lambda _: True) -> str:
        """Read a kept file's sealed bytes again: their sha256 in hex, or '' when `go_on(bytes)` said no.

        Needs no key. StoreError('gone') when it is not there (any more).
        """
        self._marked()
        try:
            with self._depot.open(name) as source:
                digest = hashlib.sha256()
                for piece in iter_pieces(source):
                    digest.update(piece)
                    if not go_on(len(piece)):
                        return ""
        except FileNotFoundError:
            raise StoreError("gone") from None
        return digest.hexdigest()

    def set_aside(self, kept: Kept, since: date) -> bool:
        """Put exactly this file into quarantine; False, and nothing done, when it changed or went meanwhile."""
        self._marked()
        thing, to = _thing(kept.name), f"quarantine/{since.isoformat()}/{uuid.uuid4().hex[:8]}/{kept.name}"
        opens = thing is not None and self._keys.has(thing[0])
        try:
            moved = self._depot.move(kept, to)
        except FileNotFoundError:
            return False
        if thing is not None and opens and not self._keys.has(thing[0]):  # erased while we moved it
            self._depot.remove(to)
        return moved

    def asides(self) -> list[Aside]:
        """All that stands apart, oldest first."""
        self._marked()
        found = []
        for kept in self._depot.listing("quarantine"):
            if place := ASIDE.fullmatch(kept.name):
                since, number, name = date.fromisoformat(place[1]), place[2], place[3]
                found.append(Aside(number, since, _thing(name), name, kept))
        return found

    def put_back(self, aside: Aside) -> bool:
        """Give a file that stands apart its old name again; False when that is taken, or the file went."""
        self._marked()
        try:
            return self._depot.move(aside.kept, aside.name)
        except (FileExistsError, FileNotFoundError):
            return False

    def let_go(self, aside: Aside) -> None:
        """Delete a file that stands apart, because a person said so. Once more changes nothing."""
        self._marked()
        self._depot.remove(aside.kept.name)

    def begin_upload(self, upload_id: uuid.UUID) -> None:
        """Make room for an upload; once more changes nothing. StoreError: gone (dropped before), full."""
        self._marked()
        self._uploads.begin(upload_id)

    def append(
        self,
        upload_id: uuid.UUID,
        offset: int,
        stream: Source,
        max_bytes: int,
        checksum: tuple[str, bytes] | None = None,
    ) -> int:
        """Take up to `max_bytes` of `stream` at `offset`; the new offset, durable. See Uploads.append."""
        self._marked()
        return self._uploads.append(upload_id, offset, stream, max_bytes, checksum)

    def upload_size(self, upload_id: uuid.UUID) -> int:
        """How many bytes of the upload are safe. StoreError: gone, tampered."""
        self._marked()
        return self._uploads.size(upload_id)

    def upload_ids(self) -> list[uuid.UUID]:
        """All unfinished uploads."""
        self._marked()
        return list(self._uploads.ids())

    def finish_upload(self, upload_id: uuid.UUID, film_id: uuid.UUID) -> Sealed:
        """Seal the whole upload anew as the film's original (version 1), then destroy the upload.

        May be repeated after a crash at any step: an upload that is gone while its original stands
        answers the same. StoreError: gone, tampered, full; then the upload is still there.
        """
        self._marked()
        try:
            self._uploads.size(upload_id)
        except StoreError as error:
            if error.code != "gone" or not self.has(film_id, ORIGINAL, 1):
                raise
            self._uploads.drop(upload_id)  # a kill may have come before its last part was removed
            return self.digest(film_id, ORIGINAL, 1)
        sealed = self._put(film_id, ORIGINAL, 1, self._uploads.chunks(upload_id))
        self._uploads.drop(upload_id)
        return sealed

    def alone(self, upload_id: uuid.UUID) -> AbstractContextManager[None]:
        """While the block lasts no other thread or process finishes or drops this upload."""
        self._marked()
        return self._uploads.alone(upload_id)

    def drop_upload(self, upload_id: uuid.UUID) -> None:
        """Destroy an unfinished upload. Once more changes nothing."""
        self._marked()
        self._uploads.drop(upload_id)

    def check(self) -> list[str]:
        """Codes of what is wrong, none when all is well.

        no_marker, no_key, wrong_key, key_open, tampered, not_writable, low_space (under 1 GiB free); of a depot
        elsewhere also unreachable, refused, full.
        """
        problems, here = self._keys.problems(), self._folder.problems()
        if "no_marker" in here:
            return [*here, *problems]
        there = [] if self.is_here else self._depot.problems()
        return list(dict.fromkeys([*problems, *here, *there]))

    def _put(self, film_id: uuid.UUID, rendition: str, version: int, chunks: Iterator[bytes]) -> Sealed:
        name = self._name(film_id, rendition, version)
        key, aad = self._keys.make(film_id), self._aad(film_id, rendition, version)
        with self._depot.writing(name) as out:
            sealed = seal(chunks, out, key, aad)
        if not self._keys.has(film_id):  # erased while we wrote
            self._depot.remove_all(_films(film_id))
            raise StoreError("gone")
        return sealed

    def _name(self, film_id: uuid.UUID, rendition: str, version: int) -> str:
        self._marked()
        if not RENDITION.fullmatch(rendition) or version < 0:
            raise StoreError("bad_name")
        return f"{_films(film_id)}/{rendition}.{version:d}.sealed"

    def _aad(self, film_id: uuid.UUID, rendition: str, version: int) -> bytes:
        return f"v1|{self._organisation}|{film_id}|{rendition}|{version}".encode()

    def _marked(self) -> None:
        self._folder.prove()
        if not self.is_here:
            self._depot.prove()


def _films(film_id: uuid.UUID) -> str:
    # The last digits of a UUIDv7 are random: they spread evenly, the first ones do not.
    return f"films/{film_id.hex[-2:]}/{film_id.hex}"


def _thing(name: str) -> Thing | None:
    found = NAME.fullmatch(name)
    return (uuid.UUID(found[2]), found[3], int(found[4])) if found else None
