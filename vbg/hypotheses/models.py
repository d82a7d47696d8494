"""Tables: a working hypothesis, how it stood when, the moments for and against it, the films that test it."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family
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
