"""Tables: a bag, its moments, what was answered about it, and the supervisions that somebody had."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family, Member
from vbg.moments.models import Moment


class Bag(Base):
    """What one counselor takes to supervision of one family, until and with a day. Only she sees it."""

    __tablename__ = "supervision_bag"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    question: Mapped[str] = mapped_column(Text, default="")
    until_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    family: Mapped[Family] = relationship()


class BagMoment(Base):
    """A moment in a bag."""

    __tablename__ = "supervision_moment"
    __table_args__ = (UniqueConstraint("bag_id", "moment_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    bag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervision_bag.id", ondelete="CASCADE"), index=True)
    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"), index=True)

    moment: Mapped[Moment] = relationship()


class BagAnswer(Base):
    """What an adult of the family said about this bag; the newest counts, until the bag's last day."""

    __tablename__ = "supervision_answer"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    bag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("supervision_bag.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    answer: Mapped[str] = mapped_column(String(8))
    way: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()


class Supervision(Base):
    """That somebody had a supervision on a day. Nothing of a family is in it, so it stays when a family is erased."""

    __tablename__ = "supervision"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    held_on: Mapped[date]
    removed: Mapped[bool] = mapped_column(default=False)
