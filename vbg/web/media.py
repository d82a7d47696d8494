"""Media over HTTP (RFC 9110, 13 and 14): a piece of at most 2 MiB per answer, never kept by the browser."""

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Protocol

from flask import Response, request

from vbg.reasons import NotFoundError
from vbg.store import Store, StoreError
from vbg.web.api import Problem, problem

PIECE_BYTES = 2 * 1024**2
# Opened as a page of its own it may do nothing: no script, no request, no frame around it.
CSP = "default-src 'none'; sandbox; frame-ancestors 'none'"
_RANGES = re.compile(r"bytes=(.+)", re.IGNORECASE)
_RANGE = re.compile(r"([0-9]*)-([0-9]*)")
_DIGITS = 19  # more than any film has; Python refuses to read thousands


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


def opened(store: Store, film_id: uuid.UUID, kind: str, version: int) -> Reader:
    """A sealed rendition. NotFoundError when its key or bytes are gone; Problem 503 when it cannot be opened."""
    try:
        return store.open(film_id, kind, version)
    except StoreError as error:
        raise _said(error) from None


def answer(reader: Reader, media_type: str, etag: str) -> Response:
    """206 with at most 2 MiB: the asked range's beginning, or the content's without one. Closes `reader`.

    416 when the range lies outside; a range bound to another version by If-Range starts at the beginning. HEAD knows
    no ranges: it tells what a plain GET would. `etag` is quoted and strong, as `etag_of` gives it.
    """
    return _served(reader, media_type, etag, _piece)


def whole(reader: Reader, media_type: str, etag: str) -> Response:
    """200 with all of a small thing (a picture, a list of times), whatever range is asked. Closes `reader`."""
    return _served(reader, media_type, etag, _all)


def _served(reader: Reader, media_type: str, etag: str, get: Callable[[Reader, str], Response]) -> Response:
    try:
        response = _unwanted(etag) or get(reader, etag)
    except StoreError as error:
        raise _said(error) from None
    finally:
        reader.close()
    return _dressed(response, media_type, etag)


def _said(error: StoreError) -> Exception:
    return NotFoundError() if error.code == "gone" else Problem(503, "film_store")


def _unwanted(etag: str) -> Response | None:
    """412 or 304 when the request's own conditions do not hold for this version (RFC 9110, 13.2.2)."""
    name = etag.strip('"')
    if "If-Match" in request.headers and not request.if_match.contains(name):
        return problem(412, "wrong_precondition")
    return Response(status=304) if request.if_none_match.contains_weak(name) else None


def _all(reader: Reader, etag: str) -> Response:
    return _filled(reader, Response(), 0, reader.size)


def _piece(reader: Reader, etag: str) -> Response:
    size = reader.size
    if not size:
        return _all(reader, etag)
    try:
        start, end = _asked(size, etag)
    except RangeError:
        response = problem(416, "no_such_range")
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    end = min(end, start + PIECE_BYTES)
    response = _filled(reader, Response(status=206), start, end)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _asked(size: int, etag: str) -> tuple[int, int]:
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", etag) != etag:  # no date is ever right: nothing here bears one
        header = ""
    return (first_range(header, size) if header else None) or (0, size)


def _filled(reader: Reader, response: Response, start: int, end: int) -> Response:
    """With these bytes; for HEAD with their number alone, unread."""
    if request.method != "HEAD":
        response.set_data(reader.read_range(start, end - start))
    response.headers["Content-Length"] = str(end - start)
    return response


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
