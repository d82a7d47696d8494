"""Table: a goal in the parents' words."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family


class Goal(Base):
    """What the family wants to see. Without `agreed_on` it is a draft."""

    __tablename__ = "goal"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(String(200), default="")
    agreed_by: Mapped[str] = mapped_column(String(200), default="")
    agreed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_at: Mapped[datetime | None]

    family: Mapped[Family] = relationship()
