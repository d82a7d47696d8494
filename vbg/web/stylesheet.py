"""A style sheet goes out with what it imports: a page asks for a file or two instead of for thirty, one by one."""

import posixpath
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

SHEETS = ("css/main.css", "css/pages.css")


def install(app: Flask) -> None:
    """Put what a style sheet imports in its place."""

    @app.after_request
    def join(response: Response) -> Response:
        sheet = (request.view_args or {}).get("filename") if request.endpoint == "static" else None
        if response.status_code == 200 and sheet in SHEETS:
            response.direct_passthrough = False
            response.get_data()  # its file is read to the end, and closed
            response.set_data(joined(Path(str(app.static_folder)), sheet))
        return response


@lru_cache(maxsize=8)
def joined(static: Path, sheet: str) -> str:
    """The text of a sheet with the sheets it imports, each drawing named as it is from the first."""
    folder = posixpath.dirname(sheet)

    def of(found: re.Match[str]) -> str:
        path = posixpath.join(folder, found[1])
        inside = posixpath.dirname(found[1])
        text = (static / path).read_text(encoding="utf-8")
        return re.sub(r"url\((?!data:)([^)]+)\)", lambda url: f"url({_beside(inside, url[1])})", text)

    return re.sub(r'@import url\("([^"]+)"\);', of, (static / sheet).read_text(encoding="utf-8"))


def _beside(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, address.strip("\"'")))
