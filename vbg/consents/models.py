"""Table: one answer of one member to one purpose; the newest one counts."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Member


class Consent(Base):
    """A yes, a no or a later: never changed, only followed by a newer one or withdrawn."""

    __tablename__ = "consent"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(String(8))
    way: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship()
