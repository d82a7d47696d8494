"""Table: the erasure of a whole family, from asked for until done; it outlives the family."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from vbg import clock, ids
from vbg.db import Base


class Erasure(Base):
    """One family's erasure, without a foreign key and without a word. Without `done_at` it goes on."""

    __tablename__ = "erasure"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by: Mapped[uuid.UUID | None]
    done_at: Mapped[datetime | None]
