"""Who did or saw what: append-only lines with ids, in the same unit as the act."""

import uuid
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from vbg import clock, ids
from vbg.db import Base, Database
from vbg.viewer import Viewer


class AuditLine(Base):
    """One line of the log (fields after NEN 7513). No foreign keys: it outlives what it speaks of."""

    __tablename__ = "audit_line"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    at: Mapped[datetime] = mapped_column(index=True)
    practice_id: Mapped[uuid.UUID | None]
    family_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    actor_id: Mapped[uuid.UUID | None]
    audience: Mapped[str] = mapped_column(String(16))
    event: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(String(32))


def record(
    session: Session,
    viewer: Viewer | None,
    event: str,
    kind: str,
    object_id: uuid.UUID | None,
    family_id: uuid.UUID | None = None,
    outcome: str = "ok",
) -> None:
    """Write one line in this unit: if it cannot be written, the act fails with it."""
    line = AuditLine(
        at=clock.now(), event=event, kind=kind, object_id=object_id, family_id=family_id, outcome=outcome,
        actor_id=viewer.person_id if viewer else None, practice_id=viewer.practice_id if viewer else None,
        audience=viewer.audience.value if viewer else "system",
    )  # fmt: skip
    session.add(line)
    session.flush()


def keep(
    database: Database,
    viewer: Viewer | None,
    event: str,
    kind: str,
    object_id: uuid.UUID | None,
    family_id: uuid.UUID | None = None,
    outcome: str = "ok",
) -> None:
    """Write one line in a unit of its own: for reads and for refusals, which roll back."""
    with database.unit() as session:
        record(session, viewer, event, kind, object_id, family_id, outcome)
