"""Data keys: one per film, wrapped by the practice's master key, in a small table of their own.

Deleting a film's row shreds the film: without the row no copy of its bytes opens again.
"""

import os
import sqlite3
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vbg.store import disk
from vbg.store.errors import StoreError, full_disk_is_said

MASTER = "master.key"
SHELF = "wrapped.db"
KEY = 32
NONCE = 12
# A key of nobody's film: it opens only with the master key that made this folder.
PROOF = uuid.UUID(int=0)


class KeyShelf(Protocol):
    """Where wrapped keys stand. Every change is durable before the call returns."""

    def put(self, film_id: uuid.UUID, wrapped: bytes) -> None:
        """Keep a wrapped key. The first stays; a film whose key was dropped never gets another."""

    def get(self, film_id: uuid.UUID) -> bytes | None:
        """The wrapped key, or None."""

    def drop(self, film_id: uuid.UUID) -> None:
        """Destroy the key for ever."""


class SqliteShelf:
    """Wrapped keys in one SQLite file, apart from the application's database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self) -> None:
        """Make the file and its tables; keeps what is there."""
        with full_disk_is_said():
            if not self._path.exists():
                disk.create(self._path).close()
        with self._connected() as shelf:
            shelf.execute("CREATE TABLE IF NOT EXISTS wrapped_key (film_id BLOB PRIMARY KEY, wrapped BLOB)")

    def put(self, film_id: uuid.UUID, wrapped: bytes) -> None:
        """Keep a wrapped key unless this film has or had one."""
        with self._connected() as shelf:
            shelf.execute("INSERT OR IGNORE INTO wrapped_key VALUES (?, ?)", (film_id.bytes, wrapped))

    def get(self, film_id: uuid.UUID) -> bytes | None:
        """The wrapped key, or None when there is none (any more)."""
        with self._connected(write=False) as shelf:
            row = shelf.execute("SELECT wrapped FROM wrapped_key WHERE film_id = ?", (film_id.bytes,)).fetchone()
        return row[0] if row else None

    def drop(self, film_id: uuid.UUID) -> None:
        """Destroy the key; a row without content stays, so that a late job cannot bring the film back."""
        with self._connected() as shelf:
            shelf.execute("INSERT OR REPLACE INTO wrapped_key VALUES (?, NULL)", (film_id.bytes,))

    def empty(self) -> bool:
        """Whether no key was ever kept here."""
        with self._connected() as shelf:
            return shelf.execute("SELECT 1 FROM wrapped_key LIMIT 1").fetchone() is None

    def copy_to(self, path: Path) -> None:
        """All wrapped keys as they stand, as a new file (0600). FileExistsError; StoreError: no_key, full."""
        with full_disk_is_said():
            disk.create(path).close()
        with self._connected() as shelf:
            copy = sqlite3.connect(path)
            try:
                shelf.backup(copy)
            finally:
                copy.close()

    @contextmanager
    def _connected(self, write: bool = True) -> Iterator[sqlite3.Connection]:
        """One short connection in autocommit.

        No WAL and secure_delete: a dropped key may live on neither in a log nor in a free page. Who only
        reads (for each range of a film) need not say so.
        """
        try:
            shelf = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=rw", uri=True, timeout=5, isolation_level=None
            )
            try:
                for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON") if write else ():
                    shelf.execute(f"PRAGMA {pragma}")
                yield shelf
            finally:
                shelf.close()
        except sqlite3.DatabaseError as error:
            raise _explained(error) from None


def _explained(error: sqlite3.DatabaseError) -> Exception:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name == "SQLITE_IOERR_WRITE":
        return StoreError("full")
    if name.startswith("SQLITE_CANTOPEN") or "no such table" in str(error):
        return StoreError("no_key")
    if name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB":
        return StoreError("tampered")
    return error


class KeyRing:
    """Data keys by film (or unfinished upload). The master key is read anew each time: 64 bytes."""

    def __init__(self, folder: Path, shelf: KeyShelf | None = None) -> None:
        self._master = folder / MASTER
        self._shelf: KeyShelf = shelf or SqliteShelf(folder / SHELF)

    def key(self, film_id: uuid.UUID) -> bytes:
        """The film's data key. StoreError: gone (destroyed or never made), no_key, wrong_key."""
        wrapped = self._shelf.get(film_id)
        if wrapped is None:
            raise StoreError("gone")
        try:
            nonce, sealed = wrapped[:NONCE], wrapped[NONCE:]
            return AESGCM(self._read_master()).decrypt(nonce, sealed, str(film_id).encode())
        except (InvalidTag, ValueError):
            raise StoreError("wrong_key") from None

    def make(self, film_id: uuid.UUID) -> bytes:
        """The film's data key, made when there is none. StoreError('gone') after it was destroyed."""
        if self._shelf.get(film_id) is None:
            nonce = os.urandom(NONCE)
            cipher = AESGCM(self._read_master())
            sealed = cipher.encrypt(nonce, os.urandom(KEY), str(film_id).encode())
            self._shelf.put(film_id, nonce + sealed)
        return self.key(film_id)

    def has(self, film_id: uuid.UUID) -> bool:
        """Whether the film has a key (now)."""
        return self._shelf.get(film_id) is not None

    def drop(self, film_id: uuid.UUID) -> None:
        """Destroy the film's key: it never opens again. Twice is as good as once."""
        self._shelf.drop(film_id)

    def problems(self) -> list[str]:
        """Codes of what is wrong with the keys: no_key, key_open (others may read it), wrong_key."""
        try:
            self._read_master()
            self.key(PROOF)
        except StoreError as error:
            return ["no_key" if error.code == "gone" else error.code]
        shared = os.name != "nt" and stat.S_IMODE(self._master.stat().st_mode) & 0o077
        return ["key_open"] if shared else []

    def _read_master(self) -> bytes:
        try:
            key = bytes.fromhex(self._master.read_text("ascii"))
        except (OSError, ValueError):
            raise StoreError("no_key") from None
        if len(key) != KEY:
            raise StoreError("no_key")
        return key


def create_keys(folder: Path) -> KeyRing:
    """Make the master key (0600) and the shelf in `folder`; keeps those that are there.

    StoreError('no_key') when wrapped keys stand there without their master key: a new one would make
    every film unreadable without a word. StoreError('full') on a full disk.
    """
    shelf = SqliteShelf(folder / SHELF)
    with full_disk_is_said():
        disk.make_folder(folder)
        shelf.create()
        if not (folder / MASTER).exists():
            if not shelf.empty():
                raise StoreError("no_key")
            with disk.unfinished(folder) as (path, out):
                out.write(os.urandom(KEY).hex().encode() + b"\n")
            disk.publish_new(path, folder / MASTER)
    ring = KeyRing(folder, shelf)
    ring.make(PROOF)
    return ring
