"""From the last piece of an upload to a film that can be tagged, beside ffmpeg's bare copy of the same film.

Run: python -m tests.bench upload
"""

import base64
import json
import statistics
import time
from pathlib import Path

from tests.bench.ground import Row, Served, bare_copy, bearer, film, serving, settled
from vbg.films.rules import CHUNK_BYTES

ROUNDS = 3
PATIENCE_S = 180
LETTING_GO_S = 5
TUS = {"Tus-Resumable": "1.0.0"}


def rows(folder: Path) -> list[Row]:
    """Both in turns, on the same disk, so that what else the machine does weighs on both."""
    house = settled(folder / "practice")
    sign_in = bearer(house)
    house.database.close()
    source = film(folder / "minute.mp4", "1920x1080", 60, "13.3M")
    bare, ours = [], []
    with serving(house.settings.data) as served:
        for _ in range(ROUNDS):
            bare.append(bare_copy(source, folder / "bare.mp4"))
            ours.append(_upload(served, sign_in, source))
    copied, took = statistics.median(bare), statistics.median(ours)
    megabytes = source.stat().st_size / 1e6
    what = f"upload to taggable, 1 min of 1080p ({megabytes:.0f} MB)"
    beside = f"bare ffmpeg copy {copied:.2f} s (x{took / copied:.1f})"
    return [Row(what, f"{took:.2f} s", beside, f"<= 1.5 x bare + 1 s = {1.5 * copied + 1:.2f} s")]


def _upload(served: Served, sign_in: dict[str, str], source: Path) -> float:
    """Seconds from sending the last piece until the film can be tagged."""
    size = source.stat().st_size
    family = base64.b64encode(b"Gezin Merel").decode()
    headers = sign_in | TUS | {"Upload-Length": str(size), "Upload-Metadata": f"family {family}"}
    where = served.ask("/api/v1/uploads", "POST", headers)[1]["Location"].removeprefix(served.address)
    with source.open("rb") as file:
        offset = 0
        while part := file.read(CHUNK_BYTES):
            began = time.perf_counter()
            headers = sign_in | TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            answer = served.ask(where, "PATCH", headers, part)[1]
            offset += len(part)
    while time.perf_counter() - began < PATIENCE_S:
        shown = json.loads(served.ask(f"/api/v1/films/{answer['Vbg-Film']}", headers=sign_in)[0])
        if shown["state"] == "ready":
            took = time.perf_counter() - began
            # what goes on in the background for this film is let go, so that it does not weigh on the next
            served.ask(f"/api/v1/films/{shown['id']}", "DELETE", sign_in)
            time.sleep(LETTING_GO_S)
            return took
        assert shown["state"] != "failed", shown
        time.sleep(0.05)
    raise TimeoutError("the film did not become ready")
