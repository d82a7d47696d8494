"""Media over HTTP: a piece of at most 2 MiB per answer, never kept by the browser."""

import hashlib
import re
from typing import Protocol

from flask import Response, request

PIECE_BYTES = 2 * 1024**2
_RANGES = re.compile(r"bytes=\s*(.+)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{0,19})\s*-\s*(\d{0,19})")


class Reader(Protocol):
    """Plain bytes that can be read at any place."""

    size: int

    def read_range(self, start: int, length: int, /) -> bytes:
        """At most `length` bytes from `start` on."""

    def close(self) -> None:
        """Let go of it."""


class RangeError(Exception):
    """No asked range lies in the content."""


def first_range(header: str, size: int) -> tuple[int, int] | None:
    """The first satisfiable [start, end) of a Range header; None when the header is not understood.

    Raises RangeError when it is understood and nothing of it lies within `size` bytes.
    """
    found = _RANGES.fullmatch(header.strip())
    parts = [_RANGE.fullmatch(part.strip()) for part in found[1].split(",")] if found else []
    if not parts:
        return None
    spans: list[tuple[int, int]] = []
    for part in parts:
        if part is None or part[0].strip() == "-":
            return None
        if part[1] and part[2] and int(part[2]) < int(part[1]):
            return None
        spans.append(_span(part[1], part[2], size))
    for start, end in spans:
        if start < end:
            return start, end
    raise RangeError


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1 if last else size, size)


def etag_of(*facts: object) -> str:
    """A quoted strong tag that names these facts without telling them."""
    return '"' + hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()[:24] + '"'


def answer(reader: Reader, media_type: str, etag: str) -> Response:
    """206 with at most 2 MiB: the asked range's beginning, or the content's without one. Closes `reader`.

    416 when the range lies outside; a range bound to another version by If-Range starts at the beginning.
    `etag` is quoted, as `etag_of` gives it.
    """
    try:
        return _piece(reader, media_type, etag)
    finally:
        reader.close()


def whole(reader: Reader, media_type: str, etag: str) -> Response:
    """200 with all of a small thing (a picture, a list of times). Closes `reader`."""
    try:
        response = Response(b"" if request.method == "HEAD" else reader.read_range(0, reader.size))
        response.headers["Content-Length"] = str(reader.size)
        return _dressed(response, media_type, etag)
    finally:
        reader.close()


def _piece(reader: Reader, media_type: str, etag: str) -> Response:
    size = reader.size
    try:
        start, end = _asked(size, etag)
    except RangeError:
        response = Response(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return _dressed(response, media_type, etag)
    end = min(end, start + PIECE_BYTES)
    response = Response(b"" if request.method == "HEAD" else reader.read_range(start, end - start), 206)
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.headers["Content-Length"] = str(end - start)
    return _dressed(response, media_type, etag)


def _asked(size: int, etag: str) -> tuple[int, int]:
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        header = ""
    found = first_range(header, size) if header else None
    if found is None and size == 0:
        raise RangeError
    return found or (0, size)


def _dressed(response: Response, media_type: str, etag: str) -> Response:
    response.content_type = media_type
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = "inline"
    return response
