"""Uploads that are sealed while they arrive and go on after a cut line, a kill or a power cut.

An upload is a folder of parts. Each part is a sealed stream of its own, named by its plain offset and
published only when it is durable: what the parts add up to is what was received, with no other state.
Two senders at once cannot mix: of two parts with one offset only the first gets its name.
"""

import hashlib
import hmac
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from vbg.store import disk
from vbg.store.errors import StoreError, full_disk_is_said
from vbg.store.keys import KeyRing
from vbg.store.sealing import STEP, Reader, Writer, plain_size

PART = ".part"
PART_BYTES = 8 * 1024 * 1024
PART_SECONDS = 5.0
CHECKSUMS = ("sha1", "sha256")


class Source(Protocol):
    """Anything bytes can be read from, such as the body of a request."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""


class _Feed:
    """At most `limit` bytes of a stream that may break at any moment."""

    def __init__(self, stream: Source, limit: int) -> None:
        self._stream, self._left = stream, limit
        self.ended = limit <= 0
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        if self.ended:
            return b""
        try:
            data = self._stream.read(min(size, STEP, self._left))
        except OSError:
            data = b""  # the line was cut: what came before counts
        except Exception as error:  # noqa: BLE001 - raised again once what came is safe
            data, self.error = b"", error
        self._left -= len(data)
        self.ended = not data or self._left <= 0
        return data


class Uploads:
    """Unfinished uploads below `root`, each with a data key of its own."""

    def __init__(self, root: Path, keys: KeyRing, organisation: str) -> None:
        self._root, self._keys, self._organisation = root, keys, organisation

    def begin(self, upload_id: uuid.UUID) -> None:
        """Make room for an upload; once more changes nothing. StoreError: gone, full."""
        self._keys.make(upload_id)
        with full_disk_is_said():
            disk.make_folder(self._folder(upload_id))

    def size(self, upload_id: uuid.UUID) -> int:
        """How many plain bytes are safe: where the sender goes on. StoreError: gone, tampered.

        Without its key an upload is gone, also when a kill came between that and the removal of its last part.
        """
        if not self._keys.has(upload_id):
            raise StoreError("gone")
        total = 0
        for part in self.parts(upload_id):
            if int(part.stem) != total:
                raise StoreError("tampered")
            total += plain_size(part.stat().st_size)
        return total

    def append(
        self,
        upload_id: uuid.UUID,
        offset: int,
        stream: Source,
        max_bytes: int,
        checksum: tuple[str, bytes] | None = None,
    ) -> int:
        """Take up to `max_bytes` from `stream`; the new offset, all of it durable.

        A line cut mid-way (OSError from `stream`) ends the call in the ordinary way: what had arrived
        counts. With a `checksum` (sha1 or sha256, digest) it is all or nothing.
        StoreError: gone, offset_mismatch (values: offset), checksum_mismatch, full; after `full` the
        parts before stay and `size` says where to go on.
        """
        key, safe = self._keys.key(upload_id), self.size(upload_id)
        if offset != safe:
            raise StoreError("offset_mismatch", offset=safe)
        feed = _Feed(stream, max_bytes)
        while not feed.ended:
            try:
                offset += self._take(upload_id, key, offset, feed, max_bytes, checksum)
            except FileNotFoundError:  # dropped while it arrived
                raise StoreError("gone") from None
        if feed.error is not None:
            raise feed.error
        return offset

    def chunks(self, upload_id: uuid.UUID) -> Iterator[bytes]:
        """The plain bytes received so far, in order. StoreError: gone, tampered."""
        key = self._keys.key(upload_id)
        self.size(upload_id)
        for part in self.parts(upload_id):
            with Reader(part.open("rb"), key, self._aad(upload_id, int(part.stem))) as reader:
                yield from reader.chunks()

    def drop(self, upload_id: uuid.UUID) -> None:
        """Destroy an upload: first its key, then its bytes."""
        self._keys.drop(upload_id)
        disk.remove_tree(self._folder(upload_id))

    @contextmanager
    def alone(self, upload_id: uuid.UUID) -> Iterator[None]:
        """Held by one at a time among all processes; whoever waited finds the upload as the one before left it."""
        try:
            handle = os.open(self._folder(upload_id), os.O_RDONLY)
        except OSError:  # gone: there is nothing to hold (nor on Windows, where no folder can be opened)
            yield
            return
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def ids(self) -> Iterator[uuid.UUID]:
        """All unfinished uploads."""
        for folder in self._root.iterdir() if self._root.is_dir() else ():
            yield uuid.UUID(folder.name)

    def wipe_unfinished(self) -> None:
        """Remove what a killed process left half-written; only before serving starts."""
        for path in self._root.glob(f"*/*{disk.UNFINISHED}"):
            path.unlink(missing_ok=True)

    def _take(
        self,
        upload_id: uuid.UUID,
        key: bytes,
        offset: int,
        feed: _Feed,
        max_bytes: int,
        checksum: tuple[str, bytes] | None,
    ) -> int:
        """One durable part from the feed; its plain size in bytes."""
        began, size = time.monotonic(), 0
        digest = hashlib.new(_known(checksum[0])) if checksum else None
        room = max_bytes if checksum else PART_BYTES
        with full_disk_is_said():
            with disk.unfinished(self._folder(upload_id)) as (path, out):
                writer = Writer(out, key, self._aad(upload_id, offset))
                while chunk := feed.read(room - size):
                    writer.write(chunk)
                    size += len(chunk)
                    if digest:
                        digest.update(chunk)
                    elif size >= room or time.monotonic() - began > PART_SECONDS:
                        break
                writer.close()
                if checksum and digest and not hmac.compare_digest(digest.digest(), checksum[1]):
                    raise StoreError("checksum_mismatch")
            self._publish(upload_id, path, offset, size)
        return size

    def _publish(self, upload_id: uuid.UUID, path: Path, offset: int, size: int) -> None:
        if not size:
            path.unlink()
            return
        try:
            disk.publish_new(path, self._folder(upload_id) / f"{offset:020d}{PART}")
        except FileExistsError:
            raise StoreError("offset_mismatch", offset=self.size(upload_id)) from None

    def parts(self, upload_id: uuid.UUID) -> list[Path]:
        """The sealed parts received so far, in order. StoreError: gone."""
        folder = self._folder(upload_id)
        if not folder.is_dir():
            raise StoreError("gone")
        return sorted(folder.glob(f"*{PART}"))

    def _folder(self, upload_id: uuid.UUID) -> Path:
        return self._root / upload_id.hex

    def _aad(self, upload_id: uuid.UUID, offset: int) -> bytes:
        return f"v1|{self._organisation}|{upload_id}|upload|{offset}".encode()


def _known(algorithm: str) -> str:
    if algorithm not in CHECKSUMS:
        raise StoreError("checksum_mismatch")
    return algorithm
