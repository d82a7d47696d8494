"""How long each picture of a copied MP4 lasts, written as it is shown.

An MP4 keeps the steps from picture to picture in the order of decoding. When pictures are stored out of order and come
unevenly, that step is not how long a picture stays, and a browser that goes by it (Chromium 150) stands on the wrong
picture after half of all seeks. The steps may be any that rise (ISO/IEC 14496-12, 8.6.1): here each becomes the time
until the next picture shown, and what a picture is shown later than decoded (`ctts`) makes up for it.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import BinaryIO, TypeVar

T = TypeVar("T")
Boxes = list[tuple[bytes, "Boxes | bytearray"]]
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}
_MOST_INDEX = 256 * 1024**2
_PIECE = 4 * 1024**2


def write(film: Path) -> bool:
    """Write into ``film``, an MP4 of ours with its index before its pictures, how long each picture lasts.

    The times at which pictures and sound are shown stay. False when the index is not as expected: ``film`` is as it
    was, and not to be trusted to show the right picture.
    """
    with film.open("r+b") as file:
        try:
            start, end = _index(file)
            file.seek(start)
            boxes = _parsed(file.read(end - start))
            _retime(boxes)
            index = _packed(boxes)
            fill = _box(b"free", bytes(max(0, end - start - len(index) - 8)))
            grown = start + len(index) + len(fill) - end
            _move(boxes, grown)
            index = _packed(boxes) + fill
        except (struct.error, LookupError, ValueError):
            return False
        _shift(file, end, grown)
        file.seek(start)
        file.write(index)
    return True


def steps(shown: Sequence[int]) -> tuple[list[int], list[int], int]:
    """Of the times at which pictures are shown (ticks, in the order of decoding): how long each lasts, by how much it
    is shown later than decoded, and by how much the first one is. The last picture lasts as long as the one before.

    ValueError when there are none, or two at once.
    """
    order = sorted(range(len(shown)), key=shown.__getitem__)
    lasts = array("q", [1]) * len(shown)
    for one, following in pairwise(order):
        lasts[one] = shown[following] - shown[one]
    if len(order) > 1:
        lasts[order[-1]] = lasts[order[-2]]
    if min(lasts) <= 0:
        raise ValueError("two pictures at once")
    decoded = array("q", accumulate(lasts[:-1], initial=0))
    first = shown[order[0]]
    delay = max(at - (time - first) for at, time in zip(decoded, shown, strict=True))
    return list(lasts), [time - first + delay - at for at, time in zip(decoded, shown, strict=True)], delay


def _index(file: BinaryIO) -> tuple[int, int]:
    """From where to where `moov` stands, which comes before the pictures."""
    at = 0
    while True:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length < 8 or name == b"mdat" or (name == b"moov" and length > _MOST_INDEX):
            raise LookupError(name)
        if name == b"moov":
            return at, at + length
        at += length


def _retime(boxes: Boxes) -> None:
    """Write anew how long the pictures of the film's picture track last, and where its edits begin."""
    track = _one(track for track in _tracks(boxes) if _leaf(track, b"mdia", b"hdlr")[8:12] == b"vide")
    table = _in(track, b"mdia", b"minf", b"stbl")
    stored, late = _runs(_leaf(table, b"stts"), ">II"), _runs(_leaf(table, b"ctts"), ">Ii")
    decoded = accumulate(stored[:-1], initial=0)
    shown = array("q", (at + later for at, later in zip(decoded, late, strict=True)))
    lasts, later, delay = steps(shown)
    _leaf(table, b"stts")[:] = _table(lasts, ">II")
    _leaf(table, b"ctts")[:] = _table(later, ">Ii")
    _edits(_leaf(track, b"edts", b"elst"), delay - min(shown))
    header = _leaf(track, b"mdia", b"mdhd")
    struct.pack_into(*((">Q", header, 24) if header[0] else (">I", header, 16)), sum(lasts))


def _edits(edits: bytearray, by: int) -> None:
    """Let each edit that shows something begin ``by`` ticks later in the track."""
    entry = ">Qq4x" if edits[0] else ">Ii4x"
    for at in range(8, len(edits), struct.calcsize(entry)):
        lasts, begins = struct.unpack_from(entry, edits, at)
        if begins >= 0:
            struct.pack_into(entry[:-2], edits, at, lasts, begins + by)


def _move(boxes: Boxes, by: int) -> None:
    """Say that all pictures and sound stand ``by`` bytes further on."""
    for track in _tracks(boxes):
        table = _in(track, b"mdia", b"minf", b"stbl")
        for name, place in ((b"stco", ">I"), (b"co64", ">Q")):
            for places in (leaf for box, leaf in table if box == name and isinstance(leaf, bytearray)):
                for at in range(8, len(places), struct.calcsize(place)):
                    struct.pack_into(place, places, at, struct.unpack_from(place, places, at)[0] + by)


def _shift(file: BinaryIO, start: int, by: int) -> None:
    """Move what follows ``start`` on by ``by`` bytes, last piece first, so that no second copy lies on the disk."""
    at = file.seek(0, 2) if by else start
    while at > start:
        count = min(_PIECE, at - start)
        at -= count
        file.seek(at)
        piece = file.read(count)
        file.seek(at + by)
        file.write(piece)


def _runs(table: bytearray, entry: str) -> array[int]:
    """A value per picture from a table of (how many, value)."""
    values = array("q")
    for count, value in struct.iter_unpack(entry, table[8:]):
        if len(values) + count > _MOST_INDEX // 8:
            raise ValueError("too many pictures")
        values.extend([value] * count)
    return values


def _table(values: Sequence[int], entry: str) -> bytes:
    """The other way round."""
    runs = [struct.pack(entry, sum(1 for _ in same), value) for value, same in groupby(values)]
    return struct.pack(">4xI", len(runs)) + b"".join(runs)


def _tracks(boxes: Boxes) -> Iterator[Boxes]:
    return (inner for name, inner in _in(boxes, b"moov") if name == b"trak" and isinstance(inner, list))


def _in(boxes: Boxes, *path: bytes) -> Boxes:
    for step in path:
        boxes = _one(inner for name, inner in boxes if name == step and isinstance(inner, list))
    return boxes


def _leaf(boxes: Boxes, *path: bytes) -> bytearray:
    return _one(inner for name, inner in _in(boxes, *path[:-1]) if name == path[-1] and isinstance(inner, bytearray))


def _one(some: Iterator[T]) -> T:
    for one in some:
        return one
    raise LookupError("a box that is not there")


def _parsed(data: bytes) -> Boxes:
    boxes: Boxes = []
    while data:
        length, name = struct.unpack_from(">I4s", data)
        if not 8 <= length <= len(data):
            raise ValueError("a box that ends elsewhere")
        inner = data[8:length]
        boxes.append((name, _parsed(inner) if name in _HOLDERS else bytearray(inner)))
        data = data[length:]
    return boxes


def _packed(boxes: Boxes) -> bytes:
    return b"".join(_box(name, _packed(inner) if isinstance(inner, list) else bytes(inner)) for name, inner in boxes)


def _box(name: bytes, inner: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inner), name) + inner
