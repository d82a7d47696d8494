"""Table: an appointment with a family."""

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family


class Visit(Base):
    """One appointment; its day is all it needs. `at` is the clock on the wall there.

    `roles` says by member id how somebody is filmed (`rules.Role`); `note` is the counselor's own, from after it.
    """

    __tablename__ = "visit"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8), default="filming")
    on: Mapped[date] = mapped_column(index=True)
    at: Mapped[time | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    what: Mapped[str] = mapped_column(String(200), default="")
    roles: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    called_off_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    family: Mapped[Family] = relationship()
