"""A copy of the database, opened without changing a byte of it: which files do its rows speak of."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from vbg.films.models import Film, Rendition, Upload

Sealed = tuple[UUID, str, int]


@contextmanager
def opened(path: Path) -> Iterator[Session]:
    """Read a copied database. sqlalchemy.exc.DatabaseError when it is none."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    engine = create_engine("sqlite+pysqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def sealed_things(session: Session) -> list[Sealed]:
    """Film, kind and version of everything that has to be in the store."""
    rows = select(Rendition.film_id, Rendition.kind, Rendition.version).where(Rendition.size_bytes > 0)
    return [(film_id, kind, version) for film_id, kind, version in session.execute(rows.order_by(Rendition.id))]


def unfinished_uploads(session: Session) -> list[UUID]:
    """Uploads whose parts have to be in the store."""
    made = select(Film.id)
    return list(session.scalars(select(Upload.id).where(Upload.film_id.not_in(made)).order_by(Upload.id)))


def revision(session: Session) -> str:
    """Which tables these are."""
    return str(session.scalar(text("select version_num from alembic_version")))
