"""What stands beside our server: cheroot with a plain file in pieces, no rights, no database, no seal.

Run: python -m tests.bench.plain FILE; the port comes out.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from vbg.web.media import PIECE_BYTES, STEP
from vbg.web.wire import Server


def serving(path: Path) -> Callable[..., Iterator[bytes]]:
    """A WSGI app that gives the file from where it is asked on."""
    size = path.stat().st_size

    def answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterator[bytes]:
        asked = re.fullmatch(r"bytes=(\d+)-", environ.get("HTTP_RANGE", ""))
        at = int(asked[1]) if asked else 0
        end = min(at + PIECE_BYTES, size)
        told = [("Content-Length", str(end - at)), ("Content-Range", f"bytes {at}-{end - 1}/{size}")]
        start_response("206 Partial Content", told)
        with path.open("rb") as file:
            file.seek(at)
            while at < end:
                plain = file.read(min(STEP, end - at))
                at += len(plain)
                yield plain

    return answer


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), serving(Path(sys.argv[1])), numthreads=32)
    server.prepare()
    print(server.bind_addr[1], flush=True)
    server.serve()
