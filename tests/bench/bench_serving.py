"""Playing under load: sealed reads beside plain ones, viewers while a film is prepared, newcomers, saves, memory.

Run: python -m tests.bench serving. `VBG_BENCH_SECONDS` is how long the viewers watch (120). The viewers are a process
of their own; what they ask goes to the real `vbg serve`, whose worker transcodes a long film meanwhile.
"""

import io
import json
import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.ground import Row, Served, bearer, film, heavy_film, serving, settled
from tests.bench.viewers import Crowd, Tally
from tests.people import meet
from vbg import ids, worker
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.house import House
from vbg.store import Store, create_store
from vbg.web.media import PIECE_BYTES, STEP

SECONDS = float(os.environ.get("VBG_BENCH_SECONDS", "120"))
VIEWERS, SLOW = 50, 200
SLOW_SECONDS = 20.0
BITS = 2e6
SEALED_BYTES = 256 * 1024**2
ROUNDS = 400
SAVE_PAUSE_S = 0.5


@dataclass(frozen=True)
class Evening:
    """What was seen while people watched and a film was prepared: the viewers' tally, saves, computing per request."""

    seen: Tally
    saves_ms: list[float]
    computing_ms: float
    memory_mb: float
    prepared_all_along: bool


def rows(folder: Path) -> list[Row]:
    """All of it, some minutes."""
    found = _store_rows(folder / "sealed")
    stage = Stage.build(folder / "practice", SECONDS)
    with stage.opened() as show:
        evening = show.evening(VIEWERS, SECONDS)
        crawling = show.crowd(seconds=SLOW_SECONDS, slow=SLOW)
        after = show.memory_mb()
    seen = evening.seen
    meanwhile = "while a film is prepared" if evening.prepared_all_along else "a film was prepared at first"
    each = f"{crawling.slow_bytes / SLOW / SLOW_SECONDS / 1000:.0f} kB/s each"
    stood = f"{seen.stalls} stalls over 1 s; longest {seen.longest_stall_s:.2f} s; {seen.pieces} pieces"
    return [
        *found,
        Row(f"{VIEWERS} viewers at 2 Mbit/s, {SECONDS:.0f} s, {meanwhile}", stood, "-", "0"),
        Row("first byte of their pieces", spread(seen.first_byte_ms), "-", "p95 <= 20 ms"),
        Row("computing by the server per request", f"{evening.computing_ms:.1f} ms", "-", "-"),
        Row("a newcomer's first byte meanwhile", *_beside(seen), "p95 <= 200 ms"),
        Row("save a moment meanwhile", spread(evening.saves_ms), "-", "p95 <= 150 ms"),
        Row(f"a newcomer's first byte beside {SLOW} slow readers, {each}", *_beside(crawling), "p95 <= 200 ms"),
        Row("memory of the server (RSS) meanwhile, and after the slow", f"{evening.memory_mb:.0f} MB, {after:.0f} MB",
            "-", "<= 150 MB"),
    ]  # fmt: skip


def _beside(tally: Tally) -> tuple[str, str]:
    ratio = statistics.median(tally.newcomer_ms) / statistics.median(tally.plain_ms)
    return spread(tally.newcomer_ms), f"bare cheroot, plain file {spread(tally.plain_ms)} (x{ratio:.1f})"


@dataclass(frozen=True)
class Stage:
    """A practice with a film that plays at 2 Mbit/s and a heavy one that waits to be prepared."""

    house: House
    headers: dict[str, str]
    film_id: uuid.UUID
    heavy_id: uuid.UUID
    plain: Path

    @classmethod
    def build(cls, folder: Path, seconds: float) -> "Stage":
        """The heavy one asks several times `seconds` of work."""
        house = settled(folder)
        play = film(folder / "play.mp4", "640x360", 60, "1900k")
        heavy = heavy_film(folder / "heavy.avi", "1920x1080", 10 * round(seconds / 2))
        film_id = _taken(house, play)
        worker.work_off(house)
        heavy_id = _taken(house, heavy)
        heavy.unlink()
        return cls(house, bearer(house), film_id, heavy_id, play)

    @contextmanager
    def opened(self) -> Iterator["Show"]:
        """The real server and its worker over it, and beside them the bare one over the same film, not sealed."""
        self.house.database.close()
        command = [sys.executable, "-m", "tests.bench.plain", str(self.plain)]
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bare,
            serving(self.house.settings.data) as ours,
        ):
            try:
                assert bare.stdout is not None
                yield Show(self, ours, int(bare.stdout.readline()))
            finally:
                bare.terminate()


@dataclass(frozen=True)
class Show:
    """The practice while it is served."""

    stage: Stage
    served: Served
    plain_port: int

    def evening(self, viewers: int, seconds: float) -> Evening:
        """People watch while the heavy film is prepared and a counselor saves a moment now and then."""
        self._until_it_works()
        began, computed, process = time.monotonic(), self._computed_s(), self._start(seconds=seconds, watching=viewers)
        saves = []
        while time.monotonic() - began < seconds:
            saves.append(self._save())
            time.sleep(SAVE_PAUSE_S)
        memory, still, seen = self.memory_mb(), self._state() == "preparing", _told(process)
        asked = seen.pieces + len(seen.newcomer_ms) + len(saves) + 1
        return Evening(seen, saves, (self._computed_s() - computed) / asked * 1000, memory, still)

    def crowd(self, **who: float) -> Tally:
        """What these people see."""
        return _told(self._start(**who))

    def memory_mb(self) -> float:
        """What the web process weighs now, in MB."""
        lines = Path(f"/proc/{self.served.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:"))

    def _computed_s(self) -> float:
        words = Path(f"/proc/{self.served.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def _start(self, **who: float) -> subprocess.Popen[str]:
        port, path = urlsplit(self.served.address).port or 0, f"/api/v1/films/{self.stage.film_id}/media"
        crowd = Crowd(port, path, self.stage.headers, bits=BITS, plain_port=self.plain_port, **who)
        command = [sys.executable, "-m", "tests.bench.viewers", crowd.to_json()]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def _save(self) -> float:
        start = random.randrange(50_000)
        moment = {"id": str(ids.new()), "start_ms": start, "end_ms": start + 8000, "words": "Kijk."}
        sent, headers = json.dumps(moment).encode(), self.stage.headers | {"Content-Type": "application/json"}
        began = time.perf_counter()
        self.served.ask(f"/api/v1/films/{self.stage.film_id}/moments", "POST", headers, sent)
        return (time.perf_counter() - began) * 1000

    def _until_it_works(self) -> None:
        began = time.monotonic()
        while self._state() != "preparing":
            assert time.monotonic() - began < 60, "the heavy film is not being prepared"
            time.sleep(0.1)

    def _state(self) -> str:
        told = self.served.ask(f"/api/v1/films/{self.stage.heavy_id}", headers=self.stage.headers)[0]
        return str(json.loads(told)["state"])


def _taken(house: House, path: Path) -> uuid.UUID:
    with house.database.unit(write=False) as session:
        viewer = meet(session).viewer("ann")
    return intake.take(house, viewer, path, NewUpload(family="Gezin Merel", length=path.stat().st_size)).id


def _told(process: subprocess.Popen[str]) -> Tally:
    told, _ = process.communicate()
    assert process.returncode == 0, "the viewers fell over"
    return Tally(**json.loads(told))


def _store_rows(folder: Path) -> list[Row]:
    """Pieces in order, and small ranges anywhere, sealed and plain in turns."""
    create_store(folder)
    store, film_id, plain = Store(folder, "bench"), uuid.uuid4(), folder / "plain"
    plain.write_bytes(os.urandom(SEALED_BYTES))
    store.put(film_id, "play", 1, io.BytesIO(plain.read_bytes()))

    def sealed_read(start: int, length: int) -> None:
        with store.open(film_id, "play", 1) as reader:
            assert sum(len(reader.read_range(at, size)) for at, size in _steps(start, length)) == length

    def plain_read(start: int, length: int) -> None:
        with plain.open("rb") as file:
            file.seek(start)
            assert sum(len(file.read(size)) for _, size in _steps(start, length)) == length

    ways = (sealed_read, plain_read)
    pieces = [_seconds(ways, start, PIECE_BYTES) for start in range(0, SEALED_BYTES - PIECE_BYTES + 1, PIECE_BYTES)]
    small = [_seconds(ways, random.randrange(SEALED_BYTES - 65536), 65536) for _ in range(ROUNDS)]
    (ours, bare), (ours_ms, bare_ms) = zip(*pieces, strict=True), zip(*small, strict=True)
    speed, beside = (PIECE_BYTES / 1e6 / statistics.median(times) for times in (ours, bare))
    fast = f"plain {beside:.0f} MB/s (x{beside / speed:.1f})"
    anywhere, plainly = (spread([one * 1000 for one in times]) for times in (ours_ms, bare_ms))
    return [
        Row("sealed pieces of 2 MiB, opened and read as they are served", f"{speed:.0f} MB/s", fast, ">= 500 MB/s"),
        Row("open + a range of 64 KiB anywhere", anywhere, f"plain {plainly}", "p95 <= 20 ms"),
    ]


def _steps(start: int, length: int) -> Iterator[tuple[int, int]]:
    """As a piece is served: a step at a time."""
    for at in range(start, start + length, STEP):
        yield at, min(STEP, start + length - at)


def _seconds(ways: Sequence[Callable[[int, int], None]], start: int, length: int) -> list[float]:
    times = []
    for way in ways:
        began = time.perf_counter()
        way(start, length)
        times.append(time.perf_counter() - began)
    return times


def spread(times_ms: Sequence[float]) -> str:
    """The middle and the slow end of some times."""
    cuts = statistics.quantiles(times_ms, n=100)
    return f"p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms"
