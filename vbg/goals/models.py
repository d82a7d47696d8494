"""Tables: a goal in the parents' words, the rungs they chose on its ladder, its level as the counselor sees it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family


class Goal(Base):
    """What the family wants to see. Without `agreed_on` it is a draft.

    `level_texts` holds what each level looks like, from -2 to 2: five texts, or none when the goal has no levels;
    `start_level` is where it began (-2 or -1), `weight` how much it counts beside other goals.
    """

    __tablename__ = "goal"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    short_word: Mapped[str] = mapped_column(String(40), default="")
    when_where: Mapped[str] = mapped_column(Text, default="")
    seen_as: Mapped[str] = mapped_column(Text, default="")
    begins_at: Mapped[str] = mapped_column(Text, default="")
    enough: Mapped[str] = mapped_column(Text, default="")
    authors: Mapped[str] = mapped_column(String(200), default="")
    agreed_by: Mapped[str] = mapped_column(String(200), default="")
    agreed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]
    level_texts: Mapped[list[Any]] = mapped_column(default=list)
    start_level: Mapped[int | None]
    weight: Mapped[int] = mapped_column(default=1)

    family: Mapped[Family] = relationship()


class Rung(Base):
    """Where the parents say they stand on a goal's ladder, 0 to 10, on a day, with their words. Theirs, not ours."""

    __tablename__ = "rung"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    value: Mapped[int]
    on: Mapped[date]
    chosen_by: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    goal: Mapped[Goal] = relationship()


class GoalLevel(Base):
    """The level, -2 to 2, that a counselor sees a goal at on a day. Never in a parent's view."""

    __tablename__ = "goal_level"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    value: Mapped[int]
    on: Mapped[date]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed: Mapped[bool] = mapped_column(default=False)

    goal: Mapped[Goal] = relationship()
