"""The queue engine behind `vbg.queue`: one generic task `run(name, ids)`, in lanes.

A practice on SQLite keeps its jobs in a file beside the database (Huey), one on PostgreSQL in the database itself
(Procrastinate). Neither is loaded before it is used.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vbg.queue import Lane
from vbg.reasons import ReasonError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from vbg.house import House

Asked = tuple[str, list[str]]
Work = Callable[[str, list[str]], None]
BEAT = "worker.beat"
FRESH_SECONDS = 30.0


class Engine(Protocol):
    """Hands jobs over and takes them out again. A job that waits already is not put in twice."""

    def hand_in(self, session: Session, asked: list[Asked]) -> None:
        """Keep jobs in the very transaction that asked for them, if this engine can."""

    def hand_over(self, name: str, ids: list[str]) -> None:
        """Keep a job after the commit of the transaction that asked for it, if `hand_in` could not."""

    def waiting(self) -> list[Asked]:
        """The jobs nobody has taken yet: name and ids, in the order in which each lane takes them."""

    def work(self, threads: Mapping[Lane, int], stopping: threading.Event) -> None:
        """Do jobs as they come, so many of a lane at once, until `stopping`; none is begun after that."""

    def work_off(self) -> int:
        """Do all that waits, here and now, one by one; how many that were."""

    def close(self) -> None:
        """Let go of what the engine holds open."""


def nobody(name: str, ids: list[str]) -> None:
    """The work of who only asks."""
    raise LookupError("jobs are done by the worker")


def of(house: House, work: Work = nobody) -> Engine:
    """The engine of this house; `work(name, ids)` does one job. ReasonError('scale_missing')."""
    if house.database.is_sqlite:
        from vbg.engine.embedded import Embedded

        return Embedded(house.settings.data, work)
    try:
        from vbg.engine.scaled import Scaled
    except ImportError:
        raise ReasonError("scale_missing") from None
    return Scaled(house.database, work)


def attach(house: House) -> None:
    """Let the house's units hand their jobs to the engine. ReasonError('scale_missing')."""
    if house.database.is_sqlite:
        house.database.hand_over = _Later(house).hand_over
    else:
        house.database.hand_in = of(house).hand_in


class _Later:
    """The engine beside SQLite, loaded with the first job: it weighs as much as a sixth of a start."""

    def __init__(self, house: House) -> None:
        self._house = house

    @cached_property
    def _engine(self) -> Engine:
        return of(self._house)

    def hand_over(self, name: str, ids: list[str]) -> None:
        self._engine.hand_over(name, ids)


def is_beating(data: Path) -> bool:
    """Whether a worker of this data folder gave a sign of life in the last half minute."""
    try:
        return time.time() - (data / BEAT).stat().st_mtime < FRESH_SECONDS
    except OSError:
        return False
