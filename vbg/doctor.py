"""`vbg check`: are tools, box, store, films, database and queue fit. Answers codes; the CLI words them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from vbg import engine, queue
from vbg.config import Settings
from vbg.db import Database
from vbg.engine import is_beating
from vbg.films import scrub
from vbg.house import House, HouseError, enter
from vbg.migrations import run as migrations
from vbg.reasons import ReasonError
from vbg.store import Aside, StoreError, Thing
from vbg.video import run
from vbg.video.errors import ToolError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `what` names it, `code` says how it is, `fit` whether that will do.

    `count` is how many files it concerns, `films` the code names and numbers of their films.
    """

    what: str
    code: str
    fit: bool
    count: int = 0
    films: tuple[str, ...] = ()


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
            *_films(house, scrub.compare),
            _database(house.database),
            *_queue(house),
        ]
    finally:
        house.database.close()


def look_closely(settings: Settings) -> list[Finding]:
    """Read every sealed file again and set aside what is not what it was. HouseError, StoreError."""
    house = enter(settings)
    try:
        report = scrub.scrub(house)
        return [Finding("scrub", "done", True, report.looked), *_films(house, lambda _: report)]
    finally:
        house.database.close()


def asides(settings: Settings) -> list[Aside]:
    """The files that stand apart, oldest first; none where there is no practice or no store."""
    try:
        house = enter(settings)
    except HouseError:
        return []
    try:
        return house.store.asides()
    except StoreError:
        return []
    finally:
        house.database.close()


def _films(house: House, find: Callable[[House], scrub.Report]) -> list[Finding]:
    """What is wrong with the films' files; nothing when store or database cannot say: that is told elsewhere."""
    try:
        report, asides = find(house), house.store.asides()
    except (StoreError, DatabaseError):
        return []
    found = [
        _about(house, "missing", report.missing),
        _about(house, "damaged", report.damaged),
        _about(house, "unread", report.unread),
        Finding("films", "healed", True, len(report.healed)),
        Finding("films", "stray", True, len(report.strays)),
        Finding("films", "aside", True, len(asides)),
        Finding("films", "old", True, sum(map(scrub.is_old, asides))),
    ]
    return [one for one in found if one.count] or [Finding("films", "good", True)]


def _about(house: House, code: str, things: list[Thing]) -> Finding:
    return Finding("films", code, False, len(things), tuple(scrub.called(house, things)))


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


def _queue(house: House) -> list[Finding]:
    try:
        asked = engine.of(house)
    except ReasonError as error:
        return [Finding("queue", error.code, False)]
    waiting = len(asked.waiting())
    asked.close()
    with house.database.unit(write=False) as unit:
        parked = queue.is_parked(unit)
    beating = is_beating(house.settings.data)
    return [
        Finding("queue", "parked" if parked else "good", not parked),
        Finding("worker", "good" if beating else "resting", beating or not waiting),
    ]
