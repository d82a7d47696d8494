"""Tables: moment, its links to goals, the working note, a film's bands and its acts (history)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.films.models import Film
from vbg.moments import rules


class Moment(Base):
    """A span on a film with ordered marks `[{tag, at_ms}]`; `end_ms` None is a point.

    `goals` holds goal ids as text: the link lives and is undone with the moment.
    `version` only rises, undo included.
    `when_words`, `what_words`, `for_words`: when the parent does what, and what for.
    `child_says`: what the child would say, as the counselor thinks; parents find it themselves first.
    `child_says_by`: the call name of who of the family said that or approved it; without it no parent sees it.
    `photo_ms`: the frame kept as its still, in ms of film time; None is the default still (`still_ms`).
    """

    __tablename__ = "moment"
    __table_args__ = (Index("ix_moment_window", "film_id", "start_ms"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"))
    start_ms: Mapped[int]
    end_ms: Mapped[int | None]
    marks: Mapped[list[Any]] = mapped_column(default=list)
    goals: Mapped[list[Any]] = mapped_column(default=list)
    who_began_set: Mapped[str | None] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text, default="")
    when_words: Mapped[str] = mapped_column(String(rules.MAX_LINE), default="")
    what_words: Mapped[str] = mapped_column(String(rules.MAX_LINE), default="")
    for_words: Mapped[str] = mapped_column(String(rules.MAX_LINE), default="")
    child_says: Mapped[str] = mapped_column(String(rules.MAX_LINE), default="")
    child_says_by: Mapped[str] = mapped_column(String(60), default="")
    photo_ms: Mapped[int | None]
    chosen: Mapped[bool] = mapped_column(default=False)
    found_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    found_in_room: Mapped[str] = mapped_column(String(60), default="")
    removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    film: Mapped[Film] = relationship()

    @property
    def child_says_shown(self) -> str:
        """What the child would say, as far as the family may see it: said or approved by one of them, else nothing."""
        return self.child_says if self.child_says_by else ""

    @property
    def still_ms(self) -> int:
        """The film time (ms) of the picture that stands for it; a kept photo outside its edges waits unseen."""
        photo = rules.photo_shown(self.photo_ms, self.start_ms, self.end_ms)
        return self.start_ms if photo is None else photo


class MomentGoal(Base):
    """The index of which moments show which goal; kept equal to `Moment.goals`."""

    __tablename__ = "moment_goal"

    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"), primary_key=True)
    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True, index=True)


class GoalPair(Base):
    """Which two moments show a goal then and now: chosen by or with the parents."""

    __tablename__ = "goal_pair"

    goal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    then_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("moment.id", ondelete="SET NULL"))
    now_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("moment.id", ondelete="SET NULL"))


class MomentTag(Base):
    """The index of which moments bear which label; kept equal to the tags in `Moment.marks`."""

    __tablename__ = "moment_tag"

    tag: Mapped[str] = mapped_column(String(80), primary_key=True)
    moment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("moment.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class MomentFind(Base):
    """What else a moment is found by: who began as it follows or was set, and its words as `rules.folded`."""

    __tablename__ = "moment_find"

    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"), primary_key=True)
    began: Mapped[str | None] = mapped_column(String(8), index=True)
    folded: Mapped[str] = mapped_column(Text, default="")


class SituationBand(Base):
    """From this film time (ms) on the family does something else, up to the next band or the end of the film."""

    __tablename__ = "situation_band"

    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"), primary_key=True)
    at_ms: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    situation: Mapped[str] = mapped_column(String(24))


class Note(Base):
    """The counselor's working note beside a moment: never in a parent's view."""

    __tablename__ = "note"

    moment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("moment.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Act(Base):
    """One act on a film's moments: changed fields only, append-only, dies with the film.

    `thing_id` is its moment, or the film itself where the act is about a band of it.
    """

    __tablename__ = "act"
    __table_args__ = (UniqueConstraint("film_id", "seq"), Index("ix_act_own", "film_id", "actor_id", "seq"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"))
    seq: Mapped[int]
    actor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    verb: Mapped[str] = mapped_column(String(16))
    thing_id: Mapped[uuid.UUID] = mapped_column(index=True)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes: Mapped[uuid.UUID | None]
    undone: Mapped[bool] = mapped_column(default=False)
