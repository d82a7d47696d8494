"""Tables: a share of one moment with one person, and that person's answer."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.moments.models import Moment
from vbg.people.models import Person


class Share(Base):
    """One moment for one person. The span is frozen here; the clip is re-encoded from exactly that span."""

    __tablename__ = "share"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    clip_state: Mapped[str] = mapped_column(String(12), default="preparing")
    from_at: Mapped[datetime] = mapped_column(default=clock.now)
    until_at: Mapped[datetime | None]
    retracted_at: Mapped[datetime | None]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    moment: Mapped[Moment] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Answer(Base):
    """What this person says back: reactions and own words, unchanged."""

    __tablename__ = "answer"

    share_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"), primary_key=True)
    reactions: Mapped[list[Any]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class AskingShare(Base):
    """A question that one person at home may read and answer."""

    __tablename__ = "asking_share"

    asking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("asking.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime] = mapped_column(default=clock.now)
    retracted_at: Mapped[datetime | None]
