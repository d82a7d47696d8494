"""Tables: a working hypothesis, how it stood, its moments and films; what the family is asked of it, and answers."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family, Member
from vbg.moments.models import Moment


class Hypothesis(Base):
    """What the counselor thinks may be so, since an observation or a talk on a day. `status` is how it stands now."""

    __tablename__ = "hypothesis"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    statement: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(12))
    source_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(8), default="new")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    family: Mapped[Family] = relationship()


class HypothesisTurn(Base):
    """A change of how it stands, with its reason and day. Append-only: what was thought before stays to be read."""

    __tablename__ = "hypothesis_turn"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    hypothesis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hypothesis.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    on: Mapped[date]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Evidence(Base):
    """A moment for or against a hypothesis: once, on one side."""

    __tablename__ = "hypothesis_moment"

    hypothesis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hypothesis.id", ondelete="CASCADE"), primary_key=True)
    moment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("moment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    side: Mapped[str] = mapped_column(String(8))

    moment: Mapped[Moment] = relationship()


class TestedBy(Base):
    """A film that puts a hypothesis to the test."""

    __tablename__ = "hypothesis_film"

    hypothesis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hypothesis.id", ondelete="CASCADE"), primary_key=True)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"), primary_key=True, index=True)


class Asking(Base):
    """A hypothesis turned into a question for the family, in words of theirs: all that they ever see of it."""

    __tablename__ = "asking"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    hypothesis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hypothesis.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(280))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    hypothesis: Mapped[Hypothesis] = relationship()


class Reply(Base):
    """What one of the family answers, unchanged: the newest replaces the one before.

    `at_home`: written by that person alone; it stands beside what was said at the table, and is not read out there.
    """

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("asking_id", "member_id", "at_home"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    asking_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("asking.id", ondelete="CASCADE"))
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    answer: Mapped[str] = mapped_column(String(4), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    at_home: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    member: Mapped[Member] = relationship()
