"""The database: base class, engine, and `unit()`, the only place that commits."""

import errno
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Engine, MetaData, Uuid, create_engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite forgets the zone, this gives it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    """All tables. Names of constraints are fixed so that migrations can speak of them."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {uuid.UUID: Uuid, datetime: Instant, dict[str, Any]: JSON, list[Any]: JSON}


class Database:
    """An engine and its units of work.

    `hand_in(session, asked)` gets the jobs that a unit asked for before its commit, `hand_over(name, ids)` each of
    them after it: one of the two keeps them.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _sqlite(url) if url.startswith("sqlite") else create_engine(url, pool_size=16, pool_pre_ping=True)
        self._engines = {write: self.engine.execution_options(vbg_write=write) for write in (True, False)}
        self.hand_in: Callable[[Session, list[tuple[str, list[str]]]], None] = lambda session, asked: None
        self.hand_over: Callable[[str, list[str]], None] = lambda name, ids: None

    @contextmanager
    def unit(self, write: bool = True) -> Iterator[Session]:
        """One transaction: committed at the end of the block, rolled back by any exception."""
        session = self.session(write)
        try:
            yield session
            self.keep(session)
        finally:
            session.close()

    def session(self, write: bool) -> Session:
        """A session whose transaction begins as a writer or as a reader; close it yourself."""
        return Session(self._engines[write], expire_on_commit=False)

    def keep(self, session: Session) -> None:
        """Commit together with the jobs that were asked for, or hand them over right after."""
        asked = session.info.pop("asked", [])
        self.hand_in(session, asked)
        session.commit()
        for name, ids in asked:
            self.hand_over(name, ids)

    @property
    def is_sqlite(self) -> bool:
        """Whether all of it is one file beside the store."""
        return self.url.startswith("sqlite")

    def copy_to(self, path: Path) -> None:
        """An SQLite database as it stands at one instant, also what is in its write-ahead log, as a new file (0600).

        Writers go on meanwhile. OSError: FileExistsError, or ENOSPC on a full disk.
        """
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        pooled = self.engine.raw_connection()
        source: Any = pooled.driver_connection
        target = type(source)(str(path))  # of the same driver: pysqlite3 or the stdlib's
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE").close()
        except source.OperationalError as error:
            raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error), str(path)) from None
        finally:
            target.close()
            pooled.close()

    def scrub(self, seconds: float = 20.0) -> bool:
        """Write the database anew, so that no page or log keeps what was deleted; False when others were in the way.

        PostgreSQL frees the places of deleted rows; when they are written over is its own affair.
        """
        if not self.is_sqlite:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
            return True
        pooled = self.engine.raw_connection()
        try:
            return _rewritten(pooled.driver_connection, time.monotonic() + seconds)
        finally:
            pooled.close()

    def close(self) -> None:
        """Let go of all connections. An SQLite file then holds what its write-ahead log held, unless somebody reads it.

        SQLite does so itself when the last connection closes, but one that is still lent out never counts as closed.
        """
        pool: Any = self.engine.pool
        if self.is_sqlite and pool.checkedin():
            pooled = self.engine.raw_connection()
            connection: Any = pooled.driver_connection
            with suppress(connection.Error):
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
            pooled.close()
        self.engine.dispose()


def _rewritten(connection: Any, until: float) -> bool:
    """VACUUM without a temporary file on disk, then empty the write-ahead log, which waits for readers to leave."""
    connection.execute("PRAGMA temp_store=MEMORY").close()
    connection.execute("VACUUM").close()
    connection.execute("PRAGMA temp_store=DEFAULT").close()
    while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _sqlite(url: str) -> Engine:
    try:
        import pysqlite3.dbapi2 as driver
    except ImportError:
        import sqlite3 as driver
    engine = create_engine(url, module=driver, connect_args={"timeout": 10, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("vbg_write", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
