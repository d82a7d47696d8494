"""Tables: a note of a family, and how it read before it was corrected."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family
from vbg.notes import rules


class FamilyNote(Base):
    """A talk or an observation on a day; `present` are names as they were typed. Never in a parent's view.

    `folded` is what it is found by. `version` only rises: who corrects an older one is shown both.
    """

    __tablename__ = "family_note"
    __table_args__ = (Index("ix_family_note_line", "family_id", "on"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    place: Mapped[str] = mapped_column(String(rules.MAX_SHORT), default="")
    present: Mapped[str] = mapped_column(String(rules.MAX_SHORT), default="")
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
    removed: Mapped[bool] = mapped_column(default=False)

    family: Mapped[Family] = relationship()


class FamilyNoteWording(Base):
    """A note as it read until it was corrected at `at` by somebody."""

    __tablename__ = "family_note_wording"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    note_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family_note.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    place: Mapped[str] = mapped_column(String(rules.MAX_SHORT), default="")
    present: Mapped[str] = mapped_column(String(rules.MAX_SHORT), default="")
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
