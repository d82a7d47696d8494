"""The worker: the table of jobs, the loop that does them, and the sweep that forgets nothing."""

import logging
import os
import signal
import threading
import time
import traceback
import uuid
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from huey.consumer import Consumer

from vbg import log
from vbg.config import Settings
from vbg.engine import BEAT, Engine
from vbg.house import House, enter

JOBS = {
    "films.prepare": "films.jobs:prepare",
    "films.stills": "films.jobs:make_stills",
    "films.erase": "films.jobs:erase",
    "films.scrub": "films.scrub:nightly",
    "films.follow_consent": "films.jobs:follow_consent",
    "sharing.clip": "sharing.jobs:clip",
    "retention.erase": "retention.jobs:erase",
    "demo.lend": "demo.lend:lend",
}
SWEEPS = ("films.jobs:sweep", "sharing.jobs:sweep", "retention.jobs:sweep")
STOPPABLE = {"films.prepare", "films.stills", "films.scrub"}
BEAT_SECONDS = 5.0
SWEEP_SECONDS = 60.0


class Worker:
    """Does the jobs of one house. What `stopping` cuts off is found again by the next sweep."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.engine = Engine(house.settings.data, self.do)
        self.stopping = threading.Event()
        self._running: set[tuple[str, ...]] = set()
        self._guard = threading.Lock()
        house.database.hand_over = self.engine.hand_over

    def do(self, name: str, ids: list[str]) -> None:
        """One job; its failure is a line in the log and never the end of the worker."""
        key = (name, *ids)
        with self._guard:
            if key in self._running:
                return
            self._running.add(key)
        began = time.monotonic()
        try:
            self.call(name, ids)
            log.line("job", job=name, ids=ids, ms=round((time.monotonic() - began) * 1000))
        except Exception as error:  # noqa: BLE001  # it may fail in any way; the next one must run
            log.line("job", logging.ERROR, job=name, ids=ids, kind=type(error).__name__, at=_place(error))
        finally:
            with self._guard:
                self._running.discard(key)

    def sweep(self) -> None:
        """Ask again for what was left undone."""
        for place in SWEEPS:
            try:
                job = _found(place)
                if job is not None:
                    job(self.house)
            except Exception as error:  # noqa: BLE001  # as in `do`
                log.line("sweep", logging.ERROR, sweep=place, kind=type(error).__name__, at=_place(error))

    def beat(self) -> None:
        """Leave a sign of life."""
        (self.house.settings.data / BEAT).touch()

    def keep_time(self) -> None:
        """Beat and sweep until told to stop."""
        swept = -SWEEP_SECONDS
        while not self.stopping.is_set():
            self.beat()
            if time.monotonic() - swept >= SWEEP_SECONDS:
                self.sweep()
                swept = time.monotonic()
            self.stopping.wait(BEAT_SECONDS)

    def call(self, name: str, ids: list[str]) -> None:
        """One job; what goes wrong is the caller's. LookupError when there is no such job."""
        job = _found(JOBS[name])
        if job is None:
            raise LookupError(name)
        if name in STOPPABLE:
            job = partial(job, cancel=self.stopping.is_set)
        job(self.house, *(uuid.UUID(one) for one in ids))


class _Loop(Consumer):  # type: ignore[misc]  # huey has no types
    """Huey's consumer; both signals end it at once: running tools are let go, their films stay in line."""

    worker: Worker
    parent: int | None

    def _set_signal_handlers(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.worker.stopping.set())

    def loop(self, health_check_ts: float | None = None) -> float | None:
        """One look at the world."""
        if self.parent is not None and os.getppid() != self.parent:
            self.worker.stopping.set()
        if self.worker.stopping.is_set():
            self._graceful, self._signum = True, signal.SIGTERM
        return super().loop(health_check_ts)  # type: ignore[no-any-return]


def main(settings: Settings, parent: int | None = None) -> None:
    """Work until a signal comes, or until process `parent` (when given) is no more our parent."""
    log.set_up()
    logging.getLogger("huey").setLevel(logging.CRITICAL)
    worker = Worker(enter(settings))
    loop = _Loop(worker.engine.huey, workers=2, periodic=False, max_delay=0.2, shutdown_timeout=15)
    loop.worker, loop.parent = worker, parent
    clockwork = threading.Thread(target=worker.keep_time, name="clockwork", daemon=True)
    clockwork.start()
    log.line("worker", state="started", pid=os.getpid())
    loop.run()
    (settings.data / BEAT).unlink(missing_ok=True)
    log.line("worker", state="stopped", pid=os.getpid())


def hand_over(house: House) -> Engine:
    """Let the house's units hand their jobs to the queue, without doing them here."""
    engine = Engine(house.settings.data)
    house.database.hand_over = engine.hand_over
    return engine


def work_off(house: House) -> int:
    """Do all that waits, in this process, until nothing is left; how many jobs that were."""
    worker = Worker(house)
    worker.sweep()
    return worker.engine.work_off()


def at_once(house: House, name: str, *ids: uuid.UUID) -> None:
    """Do one job in this process; what goes wrong is the caller's to say."""
    Worker(house).call(name, [str(one) for one in ids])


def _found(place: str) -> Callable[..., None] | None:
    """A job by its place, imported now: the web process never loads what jobs need."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"vbg.{module}"), name, None)


def _place(error: BaseException) -> str:
    """Where it went wrong, without the message: that may hold a name."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
