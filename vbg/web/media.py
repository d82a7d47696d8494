"""Media over HTTP (RFC 9110, 13 and 14): a piece of at most 2 MiB per answer, never kept by the browser.

A slow line keeps a thread busy for as long as the system will not take the rest of its piece. So only a quarter of
the threads may send long pieces at a time; whoever comes beside them gets short ones, which the system takes at once
(`vbg.web.wire`), and asks again.
"""

import errno
import hashlib
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, cast

from flask import Response, current_app, request

from vbg.reasons import NotFoundError
from vbg.store import Reader, StoreError
from vbg.web.api import Problem, problem
from vbg.web.request import house
from vbg.web.wire import HELD_BYTES

PIECE_BYTES = 2 * 1024**2
SHORT_BYTES = HELD_BYTES // 2
FIRST_STEP, STEP = 64 * 1024, 256 * 1024
# A slow line's key is asked for anew: one that was destroyed meanwhile opens nothing more of the piece.
KEY_SECONDS = 20.0
# Opened as a page of its own it may do nothing: no script, no request, no frame around it.
CSP = "default-src 'none'; sandbox; frame-ancestors 'none'"
_RANGES = re.compile(r"bytes=(.+)", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]*)-([0-9]*)")
_DIGITS = 19  # more than any film has; Python refuses to read thousands


class Kept(Protocol):
    """Something in the store, as its row says."""

    film_id: uuid.UUID
    kind: str
    version: int
    media_type: str


class RangeError(Exception):
    """No asked range lies in the content."""


def first_range(header: str, size: int) -> tuple[int, int] | None:
    """The first satisfiable [start, end) of a Range header; None when the header is to be ignored.

    That is: when it has another unit, or any of its ranges is invalid. Of several ranges only this one is answered,
    which a server may do. Raises RangeError when it is valid and nothing of it lies within `size` bytes.
    """
    found = _RANGES.fullmatch(header.strip(" \t"))
    texts = [text for part in found[1].split(",") if (text := part.strip(" \t"))] if found else []
    parts = [_RANGE.fullmatch(text) for text in texts]
    if not parts:
        return None
    spans: list[tuple[int, int]] = []
    for part in parts:
        if part is None or part[0] == "-":
            return None
        first, last = _number(part[1]), _number(part[2])
        if first is not None and last is not None and last < first:
            return None
        spans.append(_span(first, last, size))
    for start, end in spans:
        if start < end:
            return start, end
    raise RangeError


def _number(digits: str) -> int | None:
    return int(digits.lstrip("0")[:_DIGITS] or 0) if digits else None


def _span(first: int | None, last: int | None, size: int) -> tuple[int, int]:
    if first is None:
        return max(0, size - (last or 0)), size
    return first, size if last is None else min(last + 1, size)


def etag_of(*facts: object) -> str:
    """A quoted strong tag that names these facts without telling them."""
    return '"' + hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()[:24] + '"'


def answer(made: Kept, etag: str) -> Response:
    """206 with at most 2 MiB: the asked range's beginning, or the content's without one.

    416 when the range lies outside; a range bound to another version by If-Range starts at the beginning. HEAD knows
    no ranges: it tells what a plain GET would. `etag` is quoted and strong, as `etag_of` gives it. NotFoundError when
    key or bytes are gone; Problem 503 when they cannot be opened.
    """
    return _served(made, etag, _piece)


def whole(made: Kept, etag: str) -> Response:
    """200 with all of a small thing (a picture, a list of times), whatever range is asked. Errors as `answer`."""
    return _served(made, etag, _all)


def _served(made: Kept, etag: str, get: Callable[["_Sealed", str], Response]) -> Response:
    sealed = _Sealed(made)
    try:
        sealed.open()
        response = _unwanted(etag) or get(sealed, etag)
    except StoreError as error:
        sealed.close()
        raise NotFoundError if error.code == "gone" else Problem(503, "film_store") from None
    except BaseException:
        sealed.close()
        raise
    if not response.is_streamed:
        sealed.close()
    return _dressed(response, made.media_type, etag)


class _Sealed:
    """A rendition, closed at first. Never more of a film's plain bytes in memory than one step."""

    def __init__(self, made: Kept) -> None:
        self._find = partial(house().store.open, made.film_id, made.kind, made.version)
        self._reader: Reader | None = None
        self._opened_at = 0.0
        self.size = 0

    def open(self) -> Reader:
        """Its reader, with a key that is there now; from then on `size` is its plain size. StoreError."""
        if self._reader and time.monotonic() - self._opened_at > KEY_SECONDS:
            self.close()
        if not self._reader:
            self._reader, self._opened_at = self._find(), time.monotonic()
            self.size = self._reader.size
        return self._reader

    def steps(self, start: int, end: int, done: Callable[[], None]) -> Iterator[bytes]:
        """The plain bytes [start, end), nothing at first; then `done`.

        Whoever asks for that nothing knows that the first bytes are sound. A later step that does not open cuts the
        line, for the answer's head is out by then.
        """
        try:
            plain = self.open().read_range(start, min(FIRST_STEP, end - start))
            yield b""
            while plain:
                yield plain
                start += len(plain)
                plain = self._later(start, min(STEP, end - start))
        finally:
            self.close()
            done()

    def read(self) -> bytes:
        """All of it."""
        return self.open().read_range(0, self.size)

    def close(self) -> None:
        """Let go of the file and its key."""
        if self._reader:
            self._reader.close()
        self._reader = None

    def _later(self, start: int, length: int) -> bytes:
        try:
            return self.open().read_range(start, length)
        except StoreError:
            raise ConnectionAbortedError(errno.ECONNABORTED, "the film cannot be opened any further") from None


def _unwanted(etag: str) -> Response | None:
    """412 or 304 when the request's own conditions do not hold for this version (RFC 9110, 13.2.2)."""
    name = etag.strip('"')
    if "If-Match" in request.headers and not request.if_match.contains(name):
        return problem(412, "wrong_precondition")
    return Response(status=304) if request.if_none_match.contains_weak(name) else None


def _all(sealed: _Sealed, etag: str) -> Response:
    response = Response(sealed.read() if request.method != "HEAD" else b"")
    response.headers["Content-Length"] = str(sealed.size)
    return response


def _piece(sealed: _Sealed, etag: str) -> Response:
    size = sealed.size
    if not size:
        return _all(sealed, etag)
    try:
        start, end = _asked(size, etag)
    except RangeError:
        response = problem(416, "no_such_range")
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    response, end = _sent(sealed, start, min(end, start + PIECE_BYTES))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    response.headers["Content-Length"] = str(end - start)
    return response


def _sent(sealed: _Sealed, start: int, end: int) -> tuple[Response, int]:
    """206 with these bytes, and where they end; without them for HEAD."""
    if request.method == "HEAD":
        return Response(status=206), end
    if end - start <= SHORT_BYTES:
        steps = sealed.steps(start, end, lambda: None)
    elif (lanes := _lanes()).acquire(blocking=False):
        steps = sealed.steps(start, end, lanes.release)
    else:
        end = start + SHORT_BYTES
        steps = sealed.steps(start, end, lambda: None)
    next(steps)
    return Response(steps, 206), end


def _lanes() -> threading.Semaphore:
    """How many more long pieces may be on their way out of this process."""
    free = threading.Semaphore(max(1, house().settings.threads // 4))
    return cast(threading.Semaphore, current_app.extensions.setdefault("vbg_media", free))


def _asked(size: int, etag: str) -> tuple[int, int]:
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", etag) != etag:  # no date is ever right: nothing here bears one
        header = ""
    return (first_range(header, size) if header else None) or (0, size)


def _dressed(response: Response, media_type: str, etag: str) -> Response:
    if response.status_code < 300:
        response.content_type = media_type
    elif response.status_code == 304:
        response.headers.pop("Content-Type", None)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = "inline"
    return response
