"""Text goes out squeezed: scripts, styles and drawings, and long lists of the program interface.

Pages do not: they bear the form's token, and a squeezed answer tells by its length what it repeats (BREACH).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

SMALLEST_BYTES = 1000
STATIC = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


def install(app: Flask) -> None:
    """Squeeze what may be, for who can read it."""

    @app.after_request
    def squeeze(response: Response) -> Response:
        if request.method != "GET" or response.status_code != 200 or not _may_be(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("gzip") > 0:
            _put(response)
        return response


def _may_be(response: Response) -> bool:
    """A list has no ETag of its own; what has one is a version of something and stays byte for byte."""
    if request.endpoint == "static":
        return response.mimetype in STATIC
    return response.mimetype == "application/json" and "ETag" not in response.headers


def _put(response: Response) -> None:
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < SMALLEST_BYTES:
        return
    if request.endpoint == "static":
        response.set_data(_kept(plain))
        response.headers.pop("ETag", None)  # its address names its version
    else:
        response.set_data(gzip.compress(plain, 4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=256)
def _kept(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)
