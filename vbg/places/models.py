"""Tables: a person's place in a film, and a person's way of working."""

import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from vbg.db import Base


class Place(Base):
    """Where one person stopped in one film (ms of film time), and whether her first look is behind her.

    `whole`: she played it to (nearly) its end; `hints`: she wants its hints shown;
    `tag_set`: the set whose labels she had before her, "" for the first.
    """

    __tablename__ = "place"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"), primary_key=True, index=True)
    at_ms: Mapped[int] = mapped_column(default=0)
    seen: Mapped[bool] = mapped_column(default=False)
    whole: Mapped[bool] = mapped_column(default=False)
    hints: Mapped[bool] = mapped_column(default=False)
    tag_set: Mapped[str] = mapped_column(String(40), default="")


class Habit(Base):
    """In which stand one person works: watching or labelling."""

    __tablename__ = "habit"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    stand: Mapped[str] = mapped_column(String(8))
