"""Tables: family, its question through time, households, members, what they tell, who stands around, the team."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.people.models import Person


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

    households: Mapped[list["Household"]] = relationship(order_by="Household.id", viewonly=True)


class Question(Base):
    """One wording of the question, kept when a newer one comes; or a day on which it was asked and `still_right`.

    Of one home, or (without `household_id`) of all together. Only an asking can be `removed`.
    """

    __tablename__ = "question"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"))
    still_right: Mapped[bool] = mapped_column(default=False)
    removed: Mapped[bool] = mapped_column(default=False)


class Household(Base):
    """A home of the family; some families have two. `question` is what this home alone asks, or empty."""

    __tablename__ = "household"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(Text, default="")
    question_authors: Mapped[str] = mapped_column(String(200), default="")
    question_on: Mapped[date | None]


class Member(Base):
    """A child or an adult of the family. Authority (gezag) and caring are separate facts.

    `likes`, `tempo`, `signals`, `senses` say who a child is, in the words of `portrait_authors`; `written_together` is
    whether a child that is old enough wrote along. `on_film`: how this person is filmed (`rules.OnFilm`), or empty.
    """

    __tablename__ = "member"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    household_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("household.id", ondelete="SET NULL"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    call_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(8))
    born_on: Mapped[date | None]
    authority: Mapped[str] = mapped_column(String(8), default="unknown")
    authority_on: Mapped[date | None]
    cares: Mapped[str] = mapped_column(String(8), default="unknown")
    on_film: Mapped[str] = mapped_column(String(8), default="")
    likes: Mapped[str] = mapped_column(Text, default="")
    tempo: Mapped[str] = mapped_column(Text, default="")
    signals: Mapped[str] = mapped_column(Text, default="")
    senses: Mapped[str] = mapped_column(Text, default="")
    portrait_authors: Mapped[str] = mapped_column(String(200), default="")
    portrait_on: Mapped[date | None]
    written_together: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    family: Mapped[Family] = relationship()
    household: Mapped[Household | None] = relationship()
    person: Mapped[Person | None] = relationship()


class Saying(Base):
    """One line of somebody of the family, byte for byte (`rules.Said`): first words, what matters, a child's wish.

    `how` and `written_by` belong to a wish: how the child said it, and who wrote it down.
    """

    __tablename__ = "saying"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(String(200), default="")
    how: Mapped[str] = mapped_column(String(200), default="")
    written_by: Mapped[str] = mapped_column(String(200), default="")
    on: Mapped[date]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)


class Supporter(Base):
    """Somebody around the family: what they are to the child, and whether they may look along, until which day."""

    __tablename__ = "supporter"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    call_name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(200), default="")
    may_watch: Mapped[str] = mapped_column(String(8), default="unknown")
    said_by: Mapped[str] = mapped_column(String(200), default="")
    until_on: Mapped[date | None]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)


class Care(Base):
    """A professional around a family, from a day until a day (exclusive) or for now."""

    __tablename__ = "care"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
