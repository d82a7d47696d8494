"""Tables: a review (samen kijken) and its moments in order."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family
from vbg.moments.models import Moment


class Review(Base):
    """One samen kijken. `film_id` is set when a whole film is watched at once, without preparation.

    `shows_child`: from the second look the film also says what the child would say, where a parent said or approved it.
    """

    __tablename__ = "review"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    film_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("film.id", ondelete="SET NULL"))
    shows_child: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[str] = mapped_column(String(120), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    next_filming: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    family: Mapped[Family] = relationship()


class ReviewGoal(Base):
    """The goal to which the step that was agreed belongs."""

    __tablename__ = "review_goal"

    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)


class ReviewMoment(Base):
    """A moment's place in a review, with its prompt."""

    __tablename__ = "review_moment"
    __table_args__ = (UniqueConstraint("review_id", "moment_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"))
    position: Mapped[int]
    prompt: Mapped[str] = mapped_column(String(300), default="")

    moment: Mapped[Moment] = relationship()


class Proud(Base):
    """A press on 'trots' in the room: this time of this film, by whoever sat there."""

    __tablename__ = "proud"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"))
    at_ms: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
