"""Builds and rewrites MP4 boxes and Matroska elements byte by byte, for files that no tool would write."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

HOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"udta")


def box(name: bytes, payload: bytes = b"") -> bytes:
    """One MP4 box."""
    return struct.pack(">I", 8 + len(payload)) + name + payload


def full(name: bytes, payload: bytes = b"", flags: int = 0) -> bytes:
    """One MP4 box with version 0 and flags."""
    return box(name, struct.pack(">I", flags) + payload)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and payload of each box that lies side by side in ``data``."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        yield name, data[at + head : at + size]
        at += size


def rewrite(data: bytes, name: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with the payload of every box ``name`` changed, sizes put right. The film's own bytes must come first
    (no faststart), so that they do not move.
    """
    made = []
    for found, payload in boxes(data):
        if found == name:
            made.append(box(found, change(payload)))
        else:
            made.append(box(found, rewrite(payload, name, change) if found in HOLDERS else payload))
    return b"".join(made)


def edges(data: bytes) -> list[int]:
    """Where each outermost box, and each box within moov, begins."""
    found, at = [], 0
    for name, payload in boxes(data):
        found.append(at)
        if name == b"moov":
            inner = at + 8
            for _, part in boxes(payload):
                found.append(inner)
                inner += 8 + len(part)
        at += 8 + len(payload)
    return found


def element(number: int, payload: bytes) -> bytes:
    """One Matroska element, its size in eight bytes."""
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return name + b"\x01" + len(payload).to_bytes(7, "big") + payload


def number(of: int, value: int) -> bytes:
    """A Matroska element that holds a whole number."""
    return element(of, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def matroska(*parts: bytes) -> bytes:
    """A Matroska file of these parts of a segment."""
    head = element(0x1A45DFA3, element(0x4282, b"matroska") + number(0x4287, 4) + number(0x4285, 2))
    return head + element(0x18538067, b"".join(parts))


def written(path: Path, data: bytes | str) -> Path:
    """``data`` in a file."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
