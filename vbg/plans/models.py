"""Tables: a strategy (how a goal is gone about) and its steps."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.hypotheses.models import Hypothesis


class Strategy(Base):
    """How a goal is gone about; which working hypothesis it rests on, and on which film it is to be seen."""

    __tablename__ = "strategy"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    hypothesis_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("hypothesis.id", ondelete="SET NULL"))
    film_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("film.id", ondelete="SET NULL"))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    goal: Mapped[Goal] = relationship()
    hypothesis: Mapped[Hypothesis | None] = relationship()
    film: Mapped[Film | None] = relationship()


class Step(Base):
    """One small thing of a strategy: who does it, when, and on which day it was done."""

    __tablename__ = "step"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    strategy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("strategy.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200), default="")
    when_words: Mapped[str] = mapped_column(String(200), default="")
    done_on: Mapped[date | None]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    strategy: Mapped[Strategy] = relationship()
