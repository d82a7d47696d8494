"""A script goes out without its comments and spare space: they are a third of what it weighs on the wire.

The files stay as they are written, and so do those of others below `vendor`.
"""

from functools import lru_cache

import rjsmin
from flask import Flask, Response, request

FOLDER = "js/"


def install(app: Flask) -> None:
    """Shorten each script of ours on its way out."""

    @app.after_request
    def shorten(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "") if request.endpoint == "static" else ""
        if response.status_code == 200 and name.startswith(FOLDER) and name.endswith(".js"):
            response.direct_passthrough = False
            response.set_data(short(response.get_data(as_text=True)))
        return response


@lru_cache(maxsize=256)
def short(script: str) -> str:
    """The same script to a browser."""
    return str(rjsmin.jsmin(script))
