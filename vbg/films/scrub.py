"""Does the store hold what the rows say, bit for bit? What does not fit is set aside, never deleted.

A report is stale the moment it is made. So nothing that was written lately is judged, and whatever is to be
moved is looked at again inside the transaction that moves it: the rows cannot change there, and the store
moves exactly the file that was read or none. A film may arrive or be made ready all the while.
"""

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from vbg import audit, clock, log, queue
from vbg.families.models import Family
from vbg.films import queries
from vbg.films.models import Film, Rendition, Upload
from vbg.house import House
from vbg.people.models import Practice
from vbg.store import Aside, Kept, StoreError, Thing

# Between a file and its row lie seconds; a kill and the next start may lie between them too.
YOUNG = timedelta(days=1)
ASIDE_DAYS = 30
NIGHT = "scrub.night"
NIGHT_HOURS = range(1, 5)
NIGHT_SECONDS = 900.0
NIGHT_BYTES = 64 * 1024**3
DUE = timedelta(days=30)
REST_HOURS = 20
LATE_HOURS = 36
LOOK_SECONDS = 2.0
REFUSALS = ("gone", "tampered")

GoOn = Callable[[int], bool]


@dataclass
class Report:
    """What was found, and how much was read again. `whole`: nothing was left for another time.

    `missing`: rows without a file; `damaged`: files set aside because their bytes are others than they were;
    `strays`: files of no row; `unread`: files the disk does not give; `healed`: put back by themselves.
    """

    missing: list[Thing] = field(default_factory=list)
    damaged: list[Thing] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    unread: list[Thing] = field(default_factory=list)
    healed: list[Thing] = field(default_factory=list)
    looked: int = 0
    bytes: int = 0
    whole: bool = True


def compare(house: House) -> Report:
    """Rows beside files, both ways; reads no file and moves none. StoreError."""
    report = Report()
    apart = {aside.thing for aside in house.store.asides()}
    rows, there = _rows(house), set[Thing]()
    for thing, kept in house.store.files():
        if thing is not None:
            there.add(thing)
        if thing not in rows and not _is_young(kept):
            report.strays.append(kept.name)
    for thing in rows.keys() - there:
        if _is_missing(house, thing):
            (report.damaged if thing in apart else report.missing).append(thing)
    return report


def scrub(house: House, go_on: GoOn = lambda _: True, due: timedelta = timedelta(0)) -> Report:
    """Read again what was not read since `due`, longest ago first, and set aside what does not fit.

    `go_on(bytes)` is asked after each piece; its no ends the round, and the next one goes on from there.
    StoreError: no_marker, unreachable, refused.
    """
    report = Report()
    _heal(house, report)
    _set_strays_aside(house, report)
    for row_id in _longest_ago(house, clock.now() - due):
        if not _look(house, row_id, report, go_on):
            report.whole = False
            break
    log.line(
        "scrub", looked=report.looked, bytes=report.bytes, whole=report.whole, missing=len(report.missing),
        damaged=len(report.damaged), strays=len(report.strays), unread=len(report.unread), healed=len(report.healed),
    )  # fmt: skip
    return report


def ask_at_night(house: House, session: Session) -> None:
    """Ask for the night's part when it is night and this one had none; by day too when nights were slept through."""
    last = house.settings.data / NIGHT
    if not last.exists():
        _note(house)  # it was all written just now
    rested = (clock.now() - datetime.fromtimestamp(last.stat().st_mtime, UTC)) / timedelta(hours=1)
    zone = session.scalar(select(Practice.time_zone).where(Practice.id == house.practice_id)) or "UTC"
    is_night = clock.now().astimezone(ZoneInfo(zone)).hour in NIGHT_HOURS
    if rested > (REST_HOURS if is_night else LATE_HOURS):
        queue.ask(session, "films.scrub")


def nightly(house: House, cancel: Callable[[], bool] = lambda: False) -> None:
    """A part of the store each night: for a quarter of an hour, half of it resting, and only while no film waits."""
    _note(house)
    scrub(house, _Pace(house, cancel), DUE)


def put_back(house: House, aside: Aside) -> bool:
    """Give a file that stands apart its old place again; False when another has it by now, or the file went."""
    with house.database.unit() as session:
        if not house.store.put_back(aside):
            return False
        _record(session, "films.put_back", aside.thing)
        return True


def let_go(house: House) -> list[Aside]:
    """Delete what stands apart for 30 days, because a person said so; answers what that was."""
    old = [aside for aside in house.store.asides() if is_old(aside)]
    for aside in old:
        with house.database.unit() as session:
            _record(session, "films.let_go", aside.thing)
        house.store.let_go(aside)
    return old


def is_old(aside: Aside) -> bool:
    """Whether it has stood apart for 30 days."""
    return clock.today() - aside.since >= timedelta(days=ASIDE_DAYS)


def called(house: House, things: list[Thing]) -> list[str]:
    """The families' code names and film numbers of some things, each once."""
    film_ids = {film_id for film_id, _, _ in things}
    wanted = select(Family.code, Film.number).join(Family, Film.family_id == Family.id).where(Film.id.in_(film_ids))
    with house.database.unit(write=False) as session:
        return [f"{code} {number}" for code, number in session.execute(wanted.order_by(Family.code, Film.number))]


@dataclass
class _Pace:
    """Says no when the time or the bytes are used up, the worker stops, or a film waits; rests as long as it read."""

    house: House
    cancel: Callable[[], bool]
    left: int = NIGHT_BYTES
    until: float = field(default_factory=lambda: time.monotonic() + NIGHT_SECONDS)
    at: float = field(default_factory=time.monotonic)
    looked_at: float = 0.0

    def __call__(self, size: int) -> bool:
        time.sleep(min(1.0, time.monotonic() - self.at))
        self.at = time.monotonic()
        self.left -= size
        return self.left > 0 and self.at < self.until and not self.cancel() and not self._film_waits()

    def _film_waits(self) -> bool:
        if self.at - self.looked_at < LOOK_SECONDS:
            return False
        self.looked_at = self.at
        with self.house.database.unit(write=False) as session:
            return bool(queries.unprepared(session))


def _note(house: House) -> None:
    last, now = house.settings.data / NIGHT, clock.now().timestamp()
    last.touch()
    os.utime(last, (now, now))


def _is_young(kept: Kept) -> bool:
    """Written lately, or in the future: then a clock jumped, and there is no telling."""
    return clock.now().timestamp() - kept.changed < YOUNG.total_seconds()


def _rows(house: House) -> dict[Thing, uuid.UUID]:
    rows = select(Rendition.film_id, Rendition.kind, Rendition.version, Rendition.id).where(Rendition.size_bytes > 0)
    with house.database.unit(write=False) as session:
        return {(film_id, kind, version): row_id for film_id, kind, version, row_id in session.execute(rows)}


def _longest_ago(house: House, before: datetime) -> list[uuid.UUID]:
    seen = func.coalesce(Rendition.looked_at, Rendition.created_at)
    rows = select(Rendition.id).where(Rendition.size_bytes > 0, seen <= before)
    with house.database.unit(write=False) as session:
        return list(session.scalars(rows.order_by(seen, Rendition.id)))


def _row_of(session: Session, thing: Thing) -> Rendition | None:
    film_id, kind, version = thing
    mine = Rendition.film_id == film_id, Rendition.kind == kind, Rendition.version == version
    return session.scalar(select(Rendition).where(*mine, Rendition.size_bytes > 0))


def _film(session: Session, film_id: uuid.UUID) -> Film | None:
    """The film, held until the end of the transaction: none of its rows can come or change meanwhile."""
    return session.get(Film, film_id, with_for_update=True)


def _is_missing(house: House, thing: Thing) -> bool:
    """Looked at again with the rows held: nothing of it is being erased, and the file is still not there."""
    with house.database.unit() as session:
        film = _film(session, thing[0])
        if film is None or film.removed_at or _row_of(session, thing) is None:
            return False
        return house.store.has_key(film.id) and not house.store.has(*thing)


def _set_strays_aside(house: House, report: Report) -> None:
    rows = _rows(house)
    for thing, kept in list(house.store.files()):
        if thing not in rows and not _is_young(kept) and _set_stray_aside(house, thing, kept):
            report.strays.append(kept.name)


def _set_stray_aside(house: House, thing: Thing | None, kept: Kept) -> bool:
    with house.database.unit() as session:
        if thing is not None:
            _film(session, thing[0])
            arriving = session.scalar(select(Upload.id).where(Upload.film_id == thing[0]).limit(1))
            made = session.get(Film, thing[0])
            if _row_of(session, thing) is not None or (arriving and made is None):
                return False
        if not house.store.set_aside(kept, clock.today()):
            return False
        _record(session, "films.set_aside", thing, "stray")
        return True


def _look(house: House, row_id: uuid.UUID, report: Report, go_on: GoOn) -> bool:
    """One thing; False when there was no more time for it."""
    with house.database.unit(write=False) as session:
        row = session.get(Rendition, row_id)
    if row is None:
        return True
    thing = row.film_id, row.kind, row.version
    kept = house.store.find(*thing)
    if kept is None:
        if _is_missing(house, thing):
            report.missing.append(thing)
        return True
    try:
        found = _sha256(house, row, kept, go_on)
    except OSError:
        report.unread.append(thing)
        return True
    if not found:
        return False
    report.looked, report.bytes = report.looked + 1, report.bytes + kept.size
    if found == row.sealed_sha256 or (not row.sealed_sha256 and found not in REFUSALS):
        _seen(house, row, kept, found)
    elif _set_damaged_aside(house, row, kept):
        report.damaged.append(thing)
    return True


def _sha256(house: House, row: Rendition, kept: Kept, go_on: GoOn) -> str:
    """The hash of what lies there, '' when time was up; 'gone' or 'tampered' never equal a hash."""
    try:
        if not row.sealed_sha256:  # kept before hashes were: only what still opens gets one
            house.store.digest(row.film_id, row.kind, row.version)
        return house.store.sealed_sha256(kept.name, go_on)
    except StoreError as error:
        if error.code not in REFUSALS:
            raise
        return error.code


def _seen(house: House, row: Rendition, kept: Kept, found: str) -> None:
    if not row.sealed_sha256 and house.store.find(row.film_id, row.kind, row.version) != kept:
        return
    mine = Rendition.id == row.id, Rendition.sealed_sha256 == row.sealed_sha256
    with house.database.unit() as session:
        session.execute(update(Rendition).where(*mine).values(looked_at=clock.now(), sealed_sha256=found))


def _set_damaged_aside(house: House, row: Rendition, kept: Kept) -> bool:
    if _is_young(kept):  # written anew just now: its row is about to follow
        return False
    thing = row.film_id, row.kind, row.version
    with house.database.unit() as session:
        film, now = _film(session, row.film_id), _row_of(session, thing)
        if film is None or now is None or (now.id, now.sealed_sha256) != (row.id, row.sealed_sha256):
            return False
        if not house.store.has_key(film.id) or not house.store.set_aside(kept, clock.today()):
            return False
        _record(session, "films.set_aside", thing, "damaged")
        return True


def _heal(house: House, report: Report) -> None:
    """What stands apart and is, bit for bit, what a row misses goes back by itself."""
    rows = _rows(house)
    for aside in house.store.asides():
        thing = aside.thing
        if thing is None or thing not in rows or house.store.has(*thing):
            continue
        if _is_the_one(house, aside) and put_back(house, aside):
            report.healed.append(thing)


def _is_the_one(house: House, aside: Aside) -> bool:
    with house.database.unit(write=False) as session:
        row = _row_of(session, aside.thing) if aside.thing else None
    return row is not None and house.store.sealed_sha256(aside.kept.name) == row.sealed_sha256


def _record(session: Session, event: str, thing: Thing | None, outcome: str = "ok") -> None:
    film = session.get(Film, thing[0]) if thing else None
    family_id = film.family_id if film else None
    audit.record(session, None, event, "film", thing[0] if thing else None, family_id, outcome)
