"""Tables: a counselor's palette, and what she changed of each label."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from vbg.db import Base


class Palette(Base):
    """Whether this person wants to be asked about her corrections."""

    __tablename__ = "palette"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    asks: Mapped[bool] = mapped_column(default=True)


class OwnLabel(Base):
    """One label (`set/key`) or command (`does/name`) as this person has it; None and "" are as the set has it.

    `key_code` is an `event.code`, "" no key at all. `shifts` holds her last corrections, oldest first:
    `{edge, moment, by_ms}`.
    """

    __tablename__ = "palette_label"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(81), primary_key=True)
    words: Mapped[str] = mapped_column(String(40), default="")
    pinned: Mapped[bool] = mapped_column(default=False)
    hidden: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int | None]
    key_code: Mapped[str | None] = mapped_column(String(24))
    lead_ms: Mapped[int | None]
    lag_ms: Mapped[int | None]
    asked_lead: Mapped[bool] = mapped_column(default=False)
    asked_lag: Mapped[bool] = mapped_column(default=False)
    shifts: Mapped[list[Any]] = mapped_column(default=list)
