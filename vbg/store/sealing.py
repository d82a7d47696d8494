"""Sealed streams in Tink's AES256-GCM-HKDF format, with random access.

A stream is `40 || salt (32) || nonce prefix (7)` and then segments of 64 KiB, tag included; the first
one is shorter by the header. The segment's nonce is `prefix || number (u32) || last flag`, so a segment
that was flipped, swapped, left out or taken from elsewhere does not open.
"""

import hashlib
import io
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vbg.store.errors import StoreError

HEADER = 40
SALT = 32
SEGMENT = 64 * 1024
TAG = 16
FIRST = SEGMENT - HEADER - TAG
OTHER = SEGMENT - TAG
MOST_SEGMENTS = 2**32
STEP = 1024 * 1024


class Sink(Protocol):
    """Anything bytes can be written into."""

    def write(self, data: bytes, /) -> object:
        """Take all of `data`."""


@dataclass(frozen=True)
class Sealed:
    """What was sealed: its plain size in bytes, and the sha256 of the plain and of the sealed bytes, in hex."""

    size: int
    sha256: str
    sealed_sha256: str


class _Hashing:
    """Passes bytes on and knows their sha256."""

    def __init__(self, out: Sink) -> None:
        self._out, self.digest = out, hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        self.digest.update(data)
        self._out.write(data)


def _cipher(key: bytes, salt: bytes, aad: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=aad).derive(key))


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


def segments_of(sealed_size: int) -> int:
    """How many segments a sealed stream of this many bytes has; StoreError('tampered') when none can."""
    count = -(-sealed_size // SEGMENT)
    left = sealed_size - (count - 1) * SEGMENT - (HEADER if count == 1 else 0)
    if count < 1 or count > MOST_SEGMENTS or left < TAG or (count > 1 and left == TAG):
        raise StoreError("tampered")
    return count


def plain_size(sealed_size: int) -> int:
    """The plain size in bytes of a sealed stream of this many bytes."""
    return sealed_size - HEADER - TAG * segments_of(sealed_size)


class Writer:
    """Seals what is written into `out`. `close` seals the last segment; `out` stays open."""

    def __init__(self, out: Sink, key: bytes, aad: bytes) -> None:
        salt, self._prefix = os.urandom(SALT), os.urandom(HEADER - SALT - 1)
        self._cipher = _cipher(key, salt, aad)
        self._out, self._held, self._number, self._room = out, bytearray(), 0, FIRST
        out.write(bytes([HEADER]) + salt + self._prefix)

    def write(self, data: bytes) -> None:
        """Take more plain bytes. A full segment waits until more follows: it may be the last."""
        rest = memoryview(data)
        while len(self._held) + len(rest) > self._room:
            take = self._room - len(self._held)
            self._seal(bytes(self._held) + rest[:take] if self._held else rest[:take], last=False)
            self._held.clear()
            rest = rest[take:]
        self._held += rest

    def close(self) -> None:
        """Seal what is left, also when that is nothing: an empty stream has one empty segment."""
        self._seal(bytes(self._held), last=True)

    def _seal(self, plain: bytes | memoryview, last: bool) -> None:
        if self._number >= MOST_SEGMENTS:
            raise StoreError("full")
        self._out.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), plain, None))
        self._number += 1
        self._room = OTHER


def seal(chunks: Iterator[bytes], out: Sink, key: bytes, aad: bytes) -> Sealed:
    """Seal plain chunks into `out` in one pass, with flat memory."""
    hashing, digest, size = _Hashing(out), hashlib.sha256(), 0
    writer = Writer(hashing, key, aad)
    for chunk in chunks:
        digest.update(chunk)
        writer.write(chunk)
        size += len(chunk)
    writer.close()
    return Sealed(size, digest.hexdigest(), hashing.digest.hexdigest())


class Reader(io.RawIOBase, BinaryIO):
    """The plain bytes of a sealed stream: a seekable file, or any range at once.

    Opening proves the length (the last segment must open as the last). Every read raises
    StoreError('tampered') when a segment does not open. Owns `source` and closes it; reads `stride` segments
    of it at a time: a far source is asked seldom, a near one for little. Not for use by two threads at once.
    """

    def __init__(self, source: BinaryIO, key: bytes, aad: bytes, stride: int = 1) -> None:
        super().__init__()
        self._source, self._at, self._stride = source, 0, stride
        self._segments = segments_of(source.seek(0, os.SEEK_END))
        self.size = plain_size(source.tell())
        source.seek(0)
        header = source.read(HEADER)
        if header[0] != HEADER:
            raise StoreError("tampered")
        self._cipher = _cipher(key, header[1 : 1 + SALT], aad)
        self._prefix = header[1 + SALT :]
        self._kept = (-1, b"")
        self._segment(self._segments - 1)

    def read_range(self, start: int, length: int) -> bytes:
        """Plain bytes from `start` on, at most `length`; fewer (or none) at the end."""
        end = min(start + length, self.size)
        if start < 0 or start >= end:
            return b""
        (first, skip), (last, tail) = _place(start), _place(end - 1)
        if first == last:
            return self._segment(first)[skip : tail + 1]
        parts = list(self._opened(first, last))
        # Cut before they are joined: memory that is new to the process costs more than the opening does.
        parts[0], parts[-1] = parts[0][skip:], parts[-1][: tail + 1]
        return b"".join(parts)

    def chunks(self) -> Iterator[bytes]:
        """All plain bytes in order, about 1 MiB at a time."""
        step = STEP - STEP % OTHER
        yield from iter_chunks(lambda at: self.read_range(at, step if at else step - HEADER))

    def read(self, size: int | None = -1, /) -> bytes:
        """Plain bytes from the current place; all that is left when `size` is negative or None."""
        wanted = self.size if size is None or size < 0 else size
        plain = self.read_range(self._at, wanted)
        self._at += len(plain)
        return plain

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill `buffer`; the number of bytes given."""
        plain = self.read(len(buffer))
        buffer[: len(plain)] = plain
        return len(plain)

    def readall(self) -> bytes:
        """All that is left."""
        return self.read()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a plain offset in bytes; ValueError before the start."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """The current plain offset in bytes."""
        return self._at

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close the sealed file too."""
        if not self.closed:
            self._source.close()
        super().close()

    def __enter__(self) -> "Reader":
        return self

    def _segment(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._kept = (number, next(self._opened(number, number)))
        return self._kept[1]

    def _opened(self, first: int, last: int) -> Iterator[bytes]:
        """The segments from `first` up to `last`, `stride` of them at a time."""
        for number in range(first, last + 1, self._stride):
            yield from self._open(number, min(number + self._stride - 1, last))

    def _open(self, first: int, last: int) -> Iterator[bytes]:
        begin = first * SEGMENT or HEADER
        self._source.seek(begin)
        sealed = memoryview(self._source.read((last + 1) * SEGMENT - begin))
        for number in range(first, last + 1):
            end = (number + 1) * SEGMENT - begin
            nonce = _nonce(self._prefix, number, number == self._segments - 1)
            try:
                yield self._cipher.decrypt(nonce, sealed[max(0, end - SEGMENT) : end], None)
            except InvalidTag:
                raise StoreError("tampered") from None


def iter_chunks(read_at: Callable[[int], bytes]) -> Iterator[bytes]:
    """Call `read_at(offset)` until it gives nothing more."""
    offset = 0
    while chunk := read_at(offset):
        offset += len(chunk)
        yield chunk


def iter_pieces(source: BinaryIO) -> Iterator[bytes]:
    """All bytes of an open file, about 1 MiB at a time."""
    yield from iter(lambda: source.read(STEP), b"")


def _place(offset: int) -> tuple[int, int]:
    """Segment number and place inside its plain bytes of a plain offset."""
    if offset < FIRST:
        return 0, offset
    return 1 + (offset - FIRST) // OTHER, (offset - FIRST) % OTHER
