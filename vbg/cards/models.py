"""Table: a practice's own cards."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vbg import clock, ids
from vbg.db import Base


class OwnCard(Base):
    """A card that the practice wrote, for everybody: no family is in it. `removed_at`: in the bin since then."""

    __tablename__ = "own_card"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    drawing: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
