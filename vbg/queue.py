"""Asking for slow work, and the memory of work that did not succeed (yet)."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vbg import audit, clock, ids
from vbg.db import Base
from vbg.reasons import NotFoundError
from vbg.viewer import Viewer

WAITS_S = (30, 120, 600, 3600)
AT_ONCE = 200
NEVER_PARKED = {"films.erase", "retention.erase"}


class Lane(StrEnum):
    """Work of one lane never waits for another's: films a person waits for, what is quick, what makes films nicer."""

    HEAVY = "heavy"
    LIGHT = "light"
    LATER = "later"


LANES = {
    "films.prepare": Lane.HEAVY, "films.twin": Lane.LATER, "films.lighten": Lane.LATER, "films.scrub": Lane.LATER,
}  # fmt: skip
# A film whose twin is waited for goes before one that is merely heavy.
RANKS = {"films.twin": 2, "films.lighten": 1}


class SetbackError(Exception):
    """A job did not succeed for a reason that may pass; `code` is worded at the edge."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Setback(Base):
    """A job that failed lately: tried again at `again_at`, parked for a person when that is None. Success forgets it.

    `ids` are what the job is about, one blank between them; `reason` is a code for the edge to word.
    """

    __tablename__ = "setback"
    __table_args__ = (UniqueConstraint("name", "ids"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    name: Mapped[str] = mapped_column(String(40))
    ids: Mapped[str] = mapped_column(String(200))
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(40))
    first_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)
    again_at: Mapped[datetime | None] = mapped_column(index=True)


def lane_of(name: str) -> Lane:
    """The lane of a job; quick work unless it is known to be heavy."""
    return LANES.get(name, Lane.LIGHT)


def ask(session: Session, name: str, *about: uuid.UUID) -> None:
    """Ask for job `name` with these ids; nothing happens when the unit rolls back."""
    session.info.setdefault("asked", []).append((name, [str(one) for one in about]))


def remind(session: Session, name: str, *about: uuid.UUID) -> None:
    """Ask for what was left undone, unless it waits for its next try or for a person."""
    known = Setback.name == name, Setback.ids == _key([str(one) for one in about])
    if not session.scalar(select(exists().where(*known))):
        ask(session, name, *about)


def set_back(session: Session, name: str, about: list[str], reason: str) -> Setback:
    """It failed: try again after a while, longer each time; in the end it waits for a person. Erasing never does."""
    found = session.scalar(select(Setback).where(Setback.name == name, Setback.ids == _key(about)))
    row = found or Setback(name=name, ids=_key(about), tries=0)
    row.tries, row.reason, row.last_at = row.tries + 1, reason, clock.now()
    row.again_at = _again_at(name, row.tries)
    session.add(row)
    session.flush()
    return row


def succeeded(session: Session, name: str, about: list[str]) -> None:
    """Forget that it ever failed."""
    session.execute(delete(Setback).where(Setback.name == name, Setback.ids == _key(about)))


def is_set_back(session: Session, name: str, about: list[str]) -> bool:
    """Whether it failed lately."""
    return bool(session.scalar(select(exists().where(Setback.name == name, Setback.ids == _key(about)))))


def setbacks(session: Session) -> list[Setback]:
    """All work that failed lately, what waits for a person first, the oldest first."""
    rows = session.scalars(select(Setback).order_by(Setback.first_at))
    return sorted(rows, key=lambda row: row.again_at is not None)


def is_parked(session: Session) -> bool:
    """Whether work waits for a person."""
    return bool(session.scalar(select(exists().where(Setback.again_at.is_(None)))))


def is_due(session: Session) -> bool:
    """Whether something that failed has waited long enough."""
    return bool(session.scalar(select(exists().where(Setback.again_at <= clock.now()))))


def ask_due(session: Session) -> int:
    """Ask again for what failed and has waited long enough; how many those are."""
    due = list(session.scalars(select(Setback).where(Setback.again_at <= clock.now()).limit(AT_ONCE)))
    for row in due:
        # Should this try be lost by a kill, the one after it comes in time.
        row.again_at = clock.now() + timedelta(seconds=WAITS_S[-1])
        _ask_row(session, row)
    return len(due)


def restart(session: Session, viewer: Viewer | None, setback_id: uuid.UUID) -> Setback:
    """A person asks to try again now. NotFoundError when it succeeded meanwhile."""
    row = session.get(Setback, setback_id)
    if row is None:
        raise NotFoundError
    row.tries, row.again_at = 0, clock.now() + timedelta(seconds=WAITS_S[-1])
    session.flush()
    audit.record(session, viewer, "queue.restart", "job", row.id)
    _ask_row(session, row)
    return row


def _ask_row(session: Session, row: Setback) -> None:
    session.info.setdefault("asked", []).append((row.name, row.ids.split()))


def _again_at(name: str, tries: int) -> datetime | None:
    if tries > len(WAITS_S) and name not in NEVER_PARKED:
        return None
    return clock.now() + timedelta(seconds=WAITS_S[min(tries, len(WAITS_S)) - 1])


def _key(about: list[str]) -> str:
    return " ".join(about)
