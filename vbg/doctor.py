"""`vbg check`: are tools, box, store, database and queue fit. Answers codes; the CLI words them."""

from dataclasses import dataclass

from sqlalchemy import text

from vbg.config import Settings
from vbg.db import Database
from vbg.engine import Engine, is_beating
from vbg.house import HouseError, enter
from vbg.migrations import run as migrations
from vbg.video import run
from vbg.video.errors import ToolError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `what` names it, `code` says how it is, `fit` whether that will do."""

    what: str
    code: str
    fit: bool


def look(settings: Settings) -> list[Finding]:
    """All findings, in the order a person would ask."""
    try:
        house = enter(settings)
    except HouseError as error:
        return [Finding("practice", error.code, False), *_tools(settings)]
    try:
        faults = house.store.check()
        store = [Finding("store", code, code == "low_space") for code in faults] or [Finding("store", "good", True)]
        return [
            Finding("practice", "good", True),
            *_tools(settings),
            *store,
            _database(house.database),
            *_queue(settings),
        ]
    finally:
        house.database.close()


def _tools(settings: Settings) -> list[Finding]:
    try:
        tools = run.find(settings.ffmpeg or None)
    except ToolError:
        return [Finding("ffmpeg", "missing", False)]
    boxed = tools.sandbox.name != "none"
    return [
        Finding("ffmpeg", "good", True),
        Finding("sandbox", tools.sandbox.name, boxed or settings.unsandboxed_uploads),
    ]


def _database(database: Database) -> Finding:
    try:
        with database.unit(write=False) as unit:
            unit.execute(text("select 1"))
        state = migrations.state(database)
    except Exception:  # noqa: BLE001  # whatever a database may say, the doctor says it calmly
        return Finding("database", "unreachable", False)
    return Finding("database", "good" if state == "current" else state, state == "current")


def _queue(settings: Settings) -> list[Finding]:
    waiting = len(Engine(settings.data).waiting())
    beating = is_beating(settings.data)
    return [
        Finding("queue", "good", True),
        Finding("worker", "good" if beating else "resting", beating or not waiting),
    ]
