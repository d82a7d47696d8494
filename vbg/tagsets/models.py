"""Tables: a practice's own tag sets, their versions, and which sets a family uses."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vbg import clock, ids
from vbg.db import Base


class OwnSet(Base):
    """A practice's own tag set. `version` is the published one, 0 before the first; `draft` waits, or is empty."""

    __tablename__ = "tag_set"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class SetVersion(Base):
    """A set as it was published once: never changed, because marks point at it."""

    __tablename__ = "tag_set_version"
    __table_args__ = (UniqueConstraint("set_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    set_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tag_set.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)


class FamilySet(Base):
    """A set that a family uses, by the set's name; a family without any uses the basisset."""

    __tablename__ = "family_tag_set"

    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), primary_key=True)
    set_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
