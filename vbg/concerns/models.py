"""Tables: what was seen or heard, and the steps that were taken. They know a family and nothing else of it."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vbg import clock, ids
from vbg.concerns import rules
from vbg.db import Base


class ConcernFact(Base):
    """What somebody saw or heard on a day; `meaning` is what it might mean, kept apart from it."""

    __tablename__ = "concern_fact"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    seen_by: Mapped[str] = mapped_column(String(rules.MAX_NAMES), default="")
    fact: Mapped[str] = mapped_column(Text)
    meaning: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)


class ConcernStep(Base):
    """A step that was taken on a day: a code of the country's list or `own`, and what came of it."""

    __tablename__ = "concern_step"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)
