"""From starting `vbg serve` to its first healthy answer, and what it weighs. Run: python -m tests.bench start

The reference, in turns in the same run: Python itself until Flask, SQLAlchemy and pydantic are loaded. The first of
both is not counted: after set-up all is compiled, and a tree that was just edited is not.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.ground import FREE_PORT_FROM, Row, settled, start

ROUNDS = 5
BARE = [sys.executable, "-c", "import flask, sqlalchemy.orm, pydantic; pydantic.BaseModel"]
SETTLE_S = 4


def rows(folder: Path) -> list[Row]:
    """Median of some starts; memory of both processes once they have settled."""
    settled(folder / "practice").database.close()
    turns = [(_bare(), *_once(folder / "practice")) for _ in range(ROUNDS + 1)][1:]
    bare, seconds, computing, weights = zip(*turns, strict=True)
    web, worker = (statistics.median(column) for column in zip(*weights, strict=True))
    return [
        Row("start to first /healthz", _both(seconds), f"{_beside(seconds, bare)}; Label Studio 43 s", "<= 2 s"),
        Row("of which computing by the server", _both(computing), "-", "-"),
        Row("memory of the server (RSS)", f"{web:.0f} MB", "Label Studio 370 MB", "<= 150 MB"),
        Row("memory of its worker beside it", f"{worker:.0f} MB", "-", "-"),
    ]


def _bare() -> float:
    began = time.perf_counter()
    subprocess.run(BARE, check=True)
    return time.perf_counter() - began


def _both(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f} s (best {min(times):.2f} s)"


def _beside(times: Sequence[float], bare: Sequence[float]) -> str:
    ratio = statistics.median(times) / statistics.median(bare)
    return f"libraries alone {statistics.median(bare):.2f} s (x{ratio:.1f})"


def _once(data: Path) -> tuple[float, float, tuple[float, float]]:
    began = time.perf_counter()
    process = start(data)
    try:
        while not _is_healthy():
            assert process.poll() is None, "serve ended"
            time.sleep(0.01)
        took, computed = time.perf_counter() - began, _computed(process.pid)
        time.sleep(SETTLE_S)
        return took, computed, _weights(process)
    finally:
        process.terminate()
        process.wait(30)


def _is_healthy() -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", FREE_PORT_FROM, timeout=5)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status == 200
    except OSError:
        return False
    finally:
        asked.close()


def _computed(pid: int) -> float:
    """Seconds of processor time so far."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _weights(process: subprocess.Popen[str]) -> tuple[float, float]:
    """MB of the server and of the processes it started."""
    children = Path(f"/proc/{process.pid}/task").glob("*/children")
    below = [int(pid) for file in children for pid in file.read_text().split()]
    return _rss(process.pid), sum(_rss(pid) for pid in below)


def _rss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS:"))
