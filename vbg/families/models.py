"""Tables: family, its question through time, households, members, the care team."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base


class Family(Base):
    """A family under its code name. `question` is the parents' newest question, byte for byte, or empty."""

    __tablename__ = "family"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice.id"))
    code: Mapped[str] = mapped_column(String(60), unique=True)
    country: Mapped[str] = mapped_column(String(2))
    question: Mapped[str] = mapped_column(Text, default="")
    question_authors: Mapped[str] = mapped_column(String(200), default="")
    question_on: Mapped[date | None]
    is_practice_room: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]


class Question(Base):
    """One wording of the question: kept when a newer one comes."""

    __tablename__ = "question"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Household(Base):
    """A home of the family; some families have two."""

    __tablename__ = "household"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))


class Member(Base):
    """A child or an adult of the family. Authority (gezag) and caring are separate facts."""

    __tablename__ = "member"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id", ondelete="SET NULL"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    call_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(8))
    born_on: Mapped[date | None]
    authority: Mapped[str] = mapped_column(String(8), default="unknown")
    profile: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    family: Mapped[Family] = relationship()
    household: Mapped[Household | None] = relationship()


class Care(Base):
    """A professional around a family, from a day until a day (exclusive) or for now."""

    __tablename__ = "care"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
