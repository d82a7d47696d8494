"""How fast the store seals, opens, takes uploads and answers a range.

Run: python -m tests.bench.bench_store [MiB]
"""

import io
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from vbg.store import Store, create_store

MIB = 1024 * 1024


def timed(what: str, size: int, action: Callable[[], object]) -> None:
    """Print MB/s of one action over `size` bytes."""
    began = time.perf_counter()
    action()
    print(f"{what:<34}{size / 1e6 / (time.perf_counter() - began):8.0f} MB/s")


def main(size: int, folder: Path) -> None:
    """Measure with a film of `size` bytes in `folder`."""
    create_store(folder)
    store, film, upload = Store(folder, "bench"), uuid.uuid4(), uuid.uuid4()
    plain = io.BytesIO(os.urandom(size))
    store.begin_upload(upload)
    timed("upload (parts of 8 MiB, fsync each)", size, lambda: store.append(upload, 0, plain, size))
    timed("finish (open, seal, sha256, fsync)", size, lambda: store.finish_upload(upload, film))
    plain.seek(0)
    timed("put (seal, sha256, fsync)", size, lambda: store.put(film, "play", 1, plain))
    with store.open(film, "play", 1) as reader:
        timed("open all of it", size, lambda: sum(map(len, reader.chunks())))
    with store.scratch(size) as job:
        timed("export", size, lambda: store.export_to(film, "play", 1, job / "in"))
    took = sorted(_range(store, film, size) for _ in range(1000))
    print(f"open + random 64 KiB range: p50 {took[500] * 1e3:.2f} ms, p99 {took[990] * 1e3:.2f} ms")


def _range(store: Store, film: uuid.UUID, size: int) -> float:
    began = time.perf_counter()
    with store.open(film, "play", 1) as reader:
        reader.read_range(random.randrange(size), 64 * 1024)
    return time.perf_counter() - began


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(int(sys.argv[1] if len(sys.argv) > 1 else 256) * MIB, Path(temporary))
