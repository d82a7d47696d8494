"""Jobs in a SQLite file beside the database, kept by Huey; a queue of its own for each lane."""

import json
import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage

from vbg import log
from vbg.engine import Asked, Work
from vbg.queue import RANKS, Lane, lane_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

QUEUE_FILE = "queue.db"
LOOK_SECONDS = 0.2
LET_GO_SECONDS = 15.0


class JsonSerializer(Serializer):  # type: ignore[misc]  # huey has no types
    """Messages as JSON: who can write to the queue file can name a job, never run code."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data), default=str).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class Storage(SqliteStorage):  # type: ignore[misc]  # huey has no types
    """Huey's tables, in which the same bytes wait once: found by an index, however many wait."""

    index_data = "create index if not exists task_data on task (queue, data)"
    ddl: ClassVar = [*SqliteStorage.ddl, index_data]

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Put it in unless it waits there, in one statement: others ask at the same time."""
        once = "select 1 from task where queue = ? and data = ?"
        new = f"insert into task (queue, data, priority) select ?, ?, ? where not exists ({once})"
        self.sql(new, (self.name, data, priority or 0, self.name, data), commit=True)


class Embedded:
    """The engine of one data folder."""

    def __init__(self, data: Path, work: Work) -> None:
        file = data / QUEUE_FILE
        if not file.exists():
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        self._lanes = {lane: _Queue(lane, file, work) for lane in Lane}

    def hand_in(self, session: "Session", asked: list[Asked]) -> None:
        """Nothing: another file cannot share the transaction."""

    def hand_over(self, name: str, ids: list[str]) -> None:
        """Put one job in its lane, unless the very same one waits there already."""
        self._lanes[lane_of(name)].put(name, ids)

    def waiting(self) -> list[Asked]:
        """The jobs nobody has taken yet."""
        return [job for queue in self._lanes.values() for job in queue.waiting()]

    def work(self, threads: Mapping[Lane, int], stopping: threading.Event) -> None:
        """Do jobs as they come until `stopping`; what runs then has some seconds to let go of its tools."""
        crew = [
            threading.Thread(target=self._lanes[lane].work, args=(stopping,), name=f"{lane}-{number}", daemon=True)
            for lane, count in threads.items()
            for number in range(count)
        ]
        for one in crew:
            one.start()
        stopping.wait()
        for one in crew:
            one.join(LET_GO_SECONDS)

    def work_off(self) -> int:
        """Do all that waits, and what that asks for."""
        done = 0
        while any(queue.take() for queue in self._lanes.values()):
            done += 1
        return done

    def close(self) -> None:
        """Let go of the queue file."""
        for queue in self._lanes.values():
            queue.close()


class _Queue:
    def __init__(self, lane: Lane, file: Path, work: Work) -> None:
        # Huey opens the stdlib's SQLite, which may be one that corrupts in WAL: so a plain journal.
        self._huey = Huey(
            f"vbg-{lane}", storage_class=Storage, filename=str(file), journal_mode="truncate", fsync=True,
            results=False, serializer=JsonSerializer(),
        )  # fmt: skip

        def run(name: str, ids: list[str]) -> None:
            work(name, ids)

        self._run = self._huey.task(name="run")(run)

    def put(self, name: str, ids: list[str]) -> None:
        """Put one job in; the same job gives the same bytes."""
        self._huey.enqueue(self._run.s(name, ids, id=" ".join((name, *ids)), priority=RANKS.get(name, 0)))

    def waiting(self) -> list[Asked]:
        return [(task.args[0], list(task.args[1])) for task in self._huey.pending()]

    def take(self) -> bool:
        """Do the first job; False when there is none."""
        task = self._huey.dequeue()
        if task is None:
            return False
        self._huey.execute(task)
        return True

    def work(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                if not self.take():
                    stopping.wait(LOOK_SECONDS)
            except Exception as error:  # noqa: BLE001  # a locked file, a full disk: the next look may go well
                log.line("queue", logging.ERROR, queue=self._huey.name, kind=type(error).__name__)
                stopping.wait(1.0)

    def close(self) -> None:
        self._huey.storage.close()
