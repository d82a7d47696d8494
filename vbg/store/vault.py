"""The store on local disk: one class owns the folder and makes every path, from ids alone."""

import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from vbg.store import disk
from vbg.store.errors import StoreError, full_disk_is_said
from vbg.store.keys import SHELF, KeyRing, SqliteShelf, create_keys
from vbg.store.scratch import Scratch
from vbg.store.sealing import STEP, Reader, Sealed, seal
from vbg.store.uploads import Source, Uploads

MARKER = "MARKER"
ORIGINAL = "original"
LOW_SPACE = 1024**3
RENDITION = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
ORGANISATION = re.compile(r"[^|\s]{1,100}")
SUFFIX = ".sealed"


def create_store(data: Path) -> None:
    """Make the store and its keys in the data folder `DIR`; keeps what is there. StoreError: full, no_key."""
    create_keys(data / "keys")
    with full_disk_is_said():
        disk.make_folder(data / "store")
        marker = data / "store" / MARKER
        if not marker.exists():
            with disk.unfinished(marker.parent) as (path, out):
                out.write(b"vbg store 1\n")
            disk.publish(path, marker)


class Store:
    """Sealed media of one practice in the data folder `DIR` (`DIR/store`, `DIR/keys`, `DIR/scratch`).

    Every call refuses with StoreError('no_marker') when DIR/store/MARKER is not there: a disk that is
    not mounted must not look like an empty store. Safe for several processes and threads.
    """

    def __init__(self, data: Path, organisation: str, keys: KeyRing | None = None) -> None:
        if not ORGANISATION.fullmatch(organisation):
            raise StoreError("bad_name")
        self._root = data / "store"
        self._organisation = organisation
        self._keys = keys or KeyRing(data / "keys")
        self._uploads = Uploads(self._root / "uploads", self._keys, organisation)
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
        path = self._path(film_id, rendition, version)
        key = self._keys.key(film_id)
        try:
            source = path.open("rb")
        except FileNotFoundError:
            raise StoreError("gone") from None
        try:
            return Reader(source, key, self._aad(film_id, rendition, version))
        except BaseException:
            source.close()
            raise

    def has(self, film_id: uuid.UUID, rendition: str, version: int) -> bool:
        """Whether the bytes are there (their key apart)."""
        return self._path(film_id, rendition, version).is_file()

    def digest(self, film_id: uuid.UUID, rendition: str, version: int) -> Sealed:
        """Read all of it again: its true size and sha256. StoreError: gone, tampered."""
        with self.open(film_id, rendition, version) as reader:
            digest = hashlib.sha256()
            for chunk in reader.chunks():
                digest.update(chunk)
            return Sealed(reader.size, digest.hexdigest())

    def export_to(self, film_id: uuid.UUID, rendition: str, version: int, path: Path) -> int:
        """Write the plain bytes to a new file (0600) inside a `scratch` folder; their number.

        FileExistsError when `path` is there. StoreError: gone, tampered, full; then no file is left.
        """
        with self.open(film_id, rendition, version) as reader, full_disk_is_said():
            with disk.create(path) as out:
                try:
                    for chunk in reader.chunks():
                        out.write(chunk)
                    out.flush()
                except BaseException:
                    path.unlink(missing_ok=True)
                    raise
            return reader.size

    def scratch(self, need_bytes: int | None = None) -> AbstractContextManager[Path]:
        """A private job folder (0700), wiped when the block ends; in memory when `need_bytes` fits well."""
        return self._scratch.job(need_bytes)

    def wipe_scratch(self) -> None:
        """Remove what killed jobs and writers left. Only at start, before anything is served."""
        self._marked()
        self._scratch.wipe()
        self._uploads.wipe_unfinished()
        disk.remove_tree(self._root / "incoming")

    def erase(self, film_id: uuid.UUID) -> None:
        """Destroy the film's key, then all its bytes. Once more changes nothing."""
        self._marked()
        self._keys.drop(film_id)
        disk.remove_tree(self._folder(film_id))

    def erase_rendition(self, film_id: uuid.UUID, rendition: str, version: int) -> None:
        """Delete one rendition's bytes. Once more changes nothing."""
        path = self._path(film_id, rendition, version)
        if path.exists():
            path.unlink(missing_ok=True)
            disk.sync_folder(path.parent)

    @property
    def root(self) -> Path:
        """The folder of all sealed files, for copying them as they are."""
        self._marked()
        return self._root

    def sealed_file(self, film_id: uuid.UUID, rendition: str, version: int) -> Path:
        """Where the sealed bytes stand, or would. StoreError: bad_name."""
        return self._path(film_id, rendition, version)

    def sealed_parts(self, upload_id: uuid.UUID) -> list[Path]:
        """The sealed parts of an unfinished upload. StoreError: gone."""
        self._marked()
        return self._uploads.parts(upload_id)

    def copy_keys(self, path: Path) -> None:
        """The wrapped keys as a new file; they open nothing without the key file. StoreError: no_key, full."""
        SqliteShelf(self._root.parent / "keys" / SHELF).copy_to(path)

    def listing(self) -> Iterator[tuple[uuid.UUID, str, int]]:
        """Everything kept: film, rendition, version."""
        self._marked()
        for path in sorted((self._root / "films").glob(f"*/*/*{SUFFIX}")):
            rendition, version = path.name.removesuffix(SUFFIX).split(".")
            yield uuid.UUID(path.parent.name), rendition, int(version)

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
            return self.digest(film_id, ORIGINAL, 1)
        sealed = self._put(film_id, ORIGINAL, 1, self._uploads.chunks(upload_id))
        self._uploads.drop(upload_id)
        return sealed

    def drop_upload(self, upload_id: uuid.UUID) -> None:
        """Destroy an unfinished upload. Once more changes nothing."""
        self._marked()
        self._uploads.drop(upload_id)

    def check(self) -> list[str]:
        """Codes of what is wrong, none when all is well.

        no_marker, no_key, wrong_key, key_open, tampered, not_writable, low_space (under 1 GiB free).
        """
        problems = self._keys.problems()
        if not (self._root / MARKER).is_file():
            return ["no_marker", *problems]
        try:
            with disk.unfinished(self._root) as (path, out):
                out.write(b"check")
            path.unlink()
        except OSError:
            problems.append("not_writable")
        if shutil.disk_usage(self._root).free < LOW_SPACE:
            problems.append("low_space")
        return problems

    def _put(self, film_id: uuid.UUID, rendition: str, version: int, chunks: Iterator[bytes]) -> Sealed:
        final, incoming = self._path(film_id, rendition, version), self._root / "incoming"
        key, aad = self._keys.make(film_id), self._aad(film_id, rendition, version)
        with full_disk_is_said():
            disk.make_folder(incoming)
            with disk.unfinished(incoming) as (path, out):
                sealed = seal(chunks, out, key, aad)
            with suppress(FileNotFoundError):  # the folder just vanished: erased, as the key says below
                disk.publish(path, final)
        if not self._keys.has(film_id):  # erased while we wrote
            disk.remove_tree(final.parent)
            raise StoreError("gone")
        return sealed

    def _path(self, film_id: uuid.UUID, rendition: str, version: int) -> Path:
        self._marked()
        if not RENDITION.fullmatch(rendition) or version < 0:
            raise StoreError("bad_name")
        path = self._folder(film_id) / f"{rendition}.{version:d}{SUFFIX}"
        if not os.path.realpath(path).startswith(os.path.realpath(self._root) + os.sep):
            raise StoreError("bad_name")
        return path

    def _folder(self, film_id: uuid.UUID) -> Path:
        # The last digits of a UUIDv7 are random: they spread evenly, the first ones do not.
        return self._root / "films" / film_id.hex[-2:] / film_id.hex

    def _aad(self, film_id: uuid.UUID, rendition: str, version: int) -> bytes:
        return f"v1|{self._organisation}|{film_id}|{rendition}|{version}".encode()

    def _marked(self) -> None:
        if not (self._root / MARKER).is_file():
            raise StoreError("no_marker")
