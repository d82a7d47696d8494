"""Jobs in the PostgreSQL of the practice itself, kept by Procrastinate: asked for in the transaction that needs them.

Its tables are made by a migration of ours. Several machines may work; one job is never done by two at once.
"""

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job, Status
from procrastinate.tasks import Task
from sqlalchemy import make_url, text
from sqlalchemy.orm import Session

from vbg.db import Database
from vbg.engine import Asked, Work
from vbg.queue import RANKS, Lane, lane_of

BEAT_SECONDS = 3.0
DEAD_SECONDS = 15.0
LOOK_SECONDS = 1.0
TICK_SECONDS = 0.2
LET_GO_SECONDS = 15
WAITING = text("select args from procrastinate_jobs where status = 'todo' order by priority desc, id")


class Scaled:
    """The engine of one database."""

    def __init__(self, database: Database, work: Work) -> None:
        self._database = database
        self._done = 0
        self._work = work
        # Asking happens on our own connections: this one is never opened.
        self._asking = self._task(App(connector=SyncPsycopgConnector()))

    def hand_in(self, session: Session, asked: list[Asked]) -> None:
        """Keep the jobs with all else that this transaction does, unless they wait already."""
        # In one order everywhere: two transactions that ask for the same jobs must not wait for each other.
        for name, ids in sorted(asked):
            with suppress(AlreadyEnqueued), session.begin_nested():
                connection = session.connection().connection.driver_connection
                key = " ".join((name, *ids))
                self._asking.configure(
                    queue=lane_of(name), priority=RANKS.get(name, 0), lock=key, queueing_lock=key,
                    connection=connection,
                ).defer(name=name, ids=list(ids))  # fmt: skip

    def hand_over(self, name: str, ids: list[str]) -> None:
        """Nothing: it is in the database already."""

    def waiting(self) -> list[Asked]:
        """The jobs nobody has taken yet."""
        with self._database.unit(write=False) as session:
            return [(args["name"], list(args["ids"])) for args in session.scalars(WAITING)]

    def work(self, threads: Mapping[Lane, int], stopping: threading.Event) -> None:
        """Do jobs as they come until `stopping`, or until the database is gone."""
        asyncio.run(self._work_on(threads, stopping))

    def work_off(self) -> int:
        """Do all that waits, and what that asks for."""
        self._done = 0
        here = copy_context()
        with ThreadPoolExecutor(1) as apart:  # who asks may stand in a loop of its own already
            apart.submit(here.run, asyncio.run, self._work_through()).result()
        return self._done

    def close(self) -> None:
        """Nothing is held open between calls."""

    async def _work_on(self, threads: Mapping[Lane, int], stopping: threading.Event) -> None:
        many = sum(threads.values())
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(many + 1, "job"))
        app = self._app(many + 2)
        async with app.open_async():
            crew = [asyncio.create_task(self._crew(app, lane, count)) for lane, count in threads.items()]
            aside = asyncio.create_task(self._bury(app))
            ended: set[asyncio.Task[None]] = set()
            while not ended and not stopping.is_set():
                ended, _ = await asyncio.wait(crew, timeout=TICK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for one in (*crew, aside):
                one.cancel()
            await asyncio.gather(*crew, aside, return_exceptions=True)

    async def _crew(self, app: App, lane: Lane, count: int) -> None:
        await app.run_worker_async(
            queues=[lane], name=lane, concurrency=count, fetch_job_polling_interval=LOOK_SECONDS,
            update_heartbeat_interval=BEAT_SECONDS, stalled_worker_timeout=DEAD_SECONDS,
            shutdown_graceful_timeout=LET_GO_SECONDS, delete_jobs="always", install_signal_handlers=False,
        )  # fmt: skip

    async def _bury(self, app: App) -> None:
        """Ask again for jobs whose worker was killed."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
                await asyncio.to_thread(self._again, job)
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
            await asyncio.sleep(BEAT_SECONDS)

    def _again(self, job: Job) -> None:
        told: dict[str, Any] = job.task_kwargs
        with self._database.unit() as session:
            self.hand_in(session, [(told["name"], told["ids"])])

    async def _work_through(self) -> None:
        app = self._app(3)
        async with app.open_async():
            await app.run_worker_async(
                queues=list(Lane), wait=False, listen_notify=False, delete_jobs="always",
                install_signal_handlers=False, update_heartbeat_interval=BEAT_SECONDS,
            )  # fmt: skip

    def _app(self, connections: int) -> App:
        address = make_url(self._database.url).set(drivername="postgresql")
        at = address.render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=at, min_size=1, max_size=connections))
        self._task(app)
        return app

    def _task(self, app: App) -> Task[Any, Any, Any]:
        def run(name: str, ids: list[str]) -> None:
            self._done += 1
            self._work(name, ids)

        return app.task(name="run")(run)
