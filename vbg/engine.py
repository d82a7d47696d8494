"""The queue engine: one generic task `run(name, ids)`, kept by Huey in a SQLite file beside the database."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

Work = Callable[[str, list[str]], None]
QUEUE_FILE = "queue.db"
BEAT = "worker.beat"
FRESH_SECONDS = 30.0


class JsonSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Messages as JSON: who can write to the queue file can name a job, never run code."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data), default=str).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


def _nobody(name: str, ids: list[str]) -> None:
    raise LookupError("jobs are done by the worker")


class Engine:
    """Hands jobs over and takes them out again. `work(name, ids)` does one; only the worker gives it."""

    def __init__(self, data: Path, work: Work = _nobody) -> None:
        file = data / QUEUE_FILE
        if not file.exists():
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        # Huey opens the stdlib's SQLite, which may be one that corrupts in WAL: so a plain journal.
        self.huey = SqliteHuey(
            "vbg", filename=str(file), journal_mode="truncate", fsync=True, results=False,
            serializer=JsonSerializer(),
        )  # fmt: skip

        def run(name: str, ids: list[str]) -> None:
            work(name, ids)

        self._run = self.huey.task(name="run")(run)

    def hand_over(self, name: str, ids: list[str]) -> None:
        """Put one job in the queue, unless the very same one waits there already."""
        if (name, ids) not in self.waiting():
            self._run(name, ids)

    def waiting(self) -> list[tuple[str, list[str]]]:
        """The jobs nobody has taken yet: name and ids."""
        return [(task.args[0], list(task.args[1])) for task in self.huey.pending()]

    def work_off(self) -> int:
        """Do all that waits, here and now, one by one; how many that were."""
        done = 0
        while (task := self.huey.dequeue()) is not None:
            self.huey.execute(task)
            done += 1
        return done

    def close(self) -> None:
        """Let go of the queue file."""
        self.huey.storage.close()


def is_beating(data: Path) -> bool:
    """Whether a worker of this data folder gave a sign of life in the last half minute."""
    try:
        return time.time() - (data / BEAT).stat().st_mtime < FRESH_SECONDS
    except OSError:
        return False
