"""The worker: the table of jobs, the threads that do them, and the clockwork that forgets nothing."""

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

from sqlalchemy.exc import OperationalError

from vbg import engine, log, queue
from vbg.config import Settings
from vbg.house import House, enter
from vbg.queue import Lane, SetbackError
from vbg.reasons import NotFoundError
from vbg.store import StoreError

JOBS = {
    "films.prepare": "films.jobs:prepare",
    "films.twin": "films.jobs:lighten",
    "films.lighten": "films.jobs:lighten",
    "films.stills": "films.jobs:make_stills",
    "films.erase": "films.jobs:erase",
    "films.scrub": "films.scrub:nightly",
    "films.follow_consent": "films.sweep:follow_consent",
    "sharing.clip": "sharing.jobs:clip",
    "retention.erase": "retention.jobs:erase",
    "demo.lend": "demo.lend:lend",
}
SWEEPS = ("films.sweep:sweep", "sharing.jobs:sweep", "retention.jobs:sweep")
STOPPABLE = {"films.prepare", "films.twin", "films.lighten", "films.stills", "films.scrub"}
FULL = {28, 122, 27}
TICK_SECONDS = 0.5
BEAT_SECONDS = 5.0
SWEEP_SECONDS = 60.0


class Worker:
    """Does the jobs of one house. What `stopping` cuts off is found again by the next sweep."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.engine = engine.of(house, self.do)
        self.stopping = threading.Event()
        self._running: dict[tuple[str, ...], bool] = {}
        self._guard = threading.Lock()
        house.database.hand_in, house.database.hand_over = self.engine.hand_in, self.engine.hand_over

    def do(self, name: str, ids: list[str]) -> None:
        """One job; its failure is a line in the log and a later try, never the end of the worker.

        Asked for again while it runs, it is done once more: the asker may have seen what it had passed already.
        """
        key = (name, *ids)
        with self._guard:
            if key in self._running:
                self._running[key] = True
                return
            self._running[key] = False
        while True:
            self._once(name, ids)
            with self._guard:
                if not self._running[key]:
                    del self._running[key]
                    return
                self._running[key] = False

    def _once(self, name: str, ids: list[str]) -> None:
        began = time.monotonic()
        try:
            self.call(name, ids)
            log.line("job", job=name, ids=ids, ms=round((time.monotonic() - began) * 1000))
            self._remember(name, ids, "")
        except NotFoundError:
            log.line("job", job=name, ids=ids, state="gone")
            self._remember(name, ids, "")
        except Exception as error:  # noqa: BLE001  # it may fail in any way; the next one must run
            log.line("job", logging.ERROR, job=name, ids=ids, kind=type(error).__name__, at=_place(error))
            self._remember(name, ids, reason_of(error))

    def _remember(self, name: str, ids: list[str], reason: str) -> None:
        """Note how a job ended, when that is worth a note. What was cut off by our own end failed nothing."""
        if self.stopping.is_set():
            return
        try:
            with self.house.database.unit(write=False) as session:
                known = queue.is_set_back(session, name, ids)
            if not reason and not known:
                return
            with self.house.database.unit() as session:
                if reason:
                    queue.set_back(session, name, ids, reason)
                else:
                    queue.succeeded(session, name, ids)
        except Exception as error:  # noqa: BLE001  # a full disk also takes no note; the sweep asks again
            log.line("job", logging.ERROR, job=name, ids=ids, kind=type(error).__name__, at=_place(error))

    def sweep(self) -> None:
        """Ask again for what was left undone."""
        for place in SWEEPS:
            try:
                job = _found(place)
                if job is not None:
                    job(self.house)
            except Exception as error:  # noqa: BLE001  # as in `do`
                log.line("sweep", logging.ERROR, sweep=place, kind=type(error).__name__, at=_place(error))

        self._tidy()

    def _tidy(self) -> None:
        """Plain copies of a killed process go, whoever it was."""
        try:
            self.house.store.wipe_jobs()
        except (StoreError, OSError) as error:
            log.line("sweep", logging.ERROR, sweep="scratch", kind=type(error).__name__, at=_place(error))

    def ask_due(self) -> None:
        """Ask again for what failed and has waited long enough."""
        try:
            with self.house.database.unit(write=False) as session:
                if not queue.is_due(session):
                    return
            with self.house.database.unit() as session:
                queue.ask_due(session)
        except Exception as error:  # noqa: BLE001  # as in `do`
            log.line("sweep", logging.ERROR, sweep="queue", kind=type(error).__name__, at=_place(error))

    def beat(self) -> None:
        """Leave a sign of life."""
        (self.house.settings.data / engine.BEAT).touch()

    def keep_time(self, parent: int | None) -> None:
        """Beat, sweep and try again until told to stop, or until `parent` (when given) is no more our parent."""
        swept = beaten = float("-inf")
        while not self.stopping.is_set():
            now = time.monotonic()
            if parent is not None and os.getppid() != parent:
                self.stopping.set()
            if now - beaten >= BEAT_SECONDS:
                self.beat()
                self.ask_due()
                beaten = now
            if now - swept >= SWEEP_SECONDS:
                self.sweep()
                swept = now
            self.stopping.wait(TICK_SECONDS)

    def call(self, name: str, ids: list[str]) -> None:
        """One job; what goes wrong is the caller's. LookupError when there is no such job."""
        job = _found(JOBS[name])
        if job is None:
            raise LookupError(name)
        if name in STOPPABLE:
            job = partial(job, cancel=self.stopping.is_set)
        job(self.house, *(uuid.UUID(one) for one in ids))


def main(settings: Settings, parent: int | None = None) -> None:
    """Work until a signal comes, or until process `parent` (when given) is no more our parent.

    Either ends it at once: running tools are let go, their films stay in line.
    """
    log.set_up()
    for noisy in ("huey", "procrastinate"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL + 1)
    worker = Worker(enter(settings))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: worker.stopping.set())
    clockwork = threading.Thread(target=worker.keep_time, args=(parent,), name="clockwork", daemon=True)
    clockwork.start()
    log.line("worker", state="started", pid=os.getpid())
    lanes = {Lane.HEAVY: settings.films_at_once, Lane.LIGHT: 2, Lane.LATER: 1}
    worker.engine.work(lanes, worker.stopping)
    worker.stopping.set()
    clockwork.join(TICK_SECONDS * 10)
    worker.house.database.close()
    (settings.data / engine.BEAT).unlink(missing_ok=True)
    log.line("worker", state="stopped", pid=os.getpid())


def work_off(house: House) -> int:
    """Do all that waits, in this process, until nothing is left; how many jobs that were."""
    worker = Worker(house)
    worker.sweep()
    worker.ask_due()
    return worker.engine.work_off()


def at_once(house: House, name: str, *ids: uuid.UUID) -> None:
    """Do one job in this process; what goes wrong is the caller's to say."""
    Worker(house).call(name, [str(one) for one in ids])


def reason_of(error: Exception) -> str:
    """The code of what made a job fail, for the edge to word."""
    if isinstance(error, SetbackError):
        return error.code
    if isinstance(error, StoreError):
        return "disk_full" if error.code == "full" else "film_store"
    if isinstance(error, OSError):
        return "disk_full" if error.errno in FULL else "job_files"
    return "job_database" if isinstance(error, OperationalError) else "job_broke"


def _found(place: str) -> Callable[..., None] | None:
    """A job by its place, imported now: the web process never loads what jobs need."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"vbg.{module}"), name, None)


def _place(error: BaseException) -> str:
    """Where it went wrong, without the message: that may hold a name."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
