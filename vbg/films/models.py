"""Tables: film, its renditions in the store, uploads on their way in, what is to be wiped where it came from."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base
from vbg.families.models import Family
from vbg.films import rules


class Film(Base):
    """One film. Times are whole ms, sizes px as shown; `reason` and `step` are codes for the edge to word.

    `notes`: what is worth saying, the gravest first, as `{code, values}`. `record`: what was measured
    (`rules.RECORD`). `left_s`: seconds until it can be tagged, None when unknown. `proxy`: see `rules.Proxy`.
    `play_version`: which version of the film that plays is the one to open. `plays`: what its sender's browser said it
    plays (`rules.playing`).
    """

    __tablename__ = "film"
    __table_args__ = (UniqueConstraint("family_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120), default="")
    declared_name: Mapped[str] = mapped_column(String(255), default="")
    recorded_on: Mapped[date | None]
    situation: Mapped[str] = mapped_column(String(24), default="")
    state: Mapped[str] = mapped_column(String(12), default="received", index=True)
    progress: Mapped[float] = mapped_column(default=0.0)
    reason: Mapped[str] = mapped_column(String(40), default="")
    reason_values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    step: Mapped[str] = mapped_column(String(12), default="")
    left_s: Mapped[int | None]
    notes: Mapped[list[Any]] = mapped_column(default=list)
    record: Mapped[dict[str, Any]] = mapped_column(default=dict)
    proxy: Mapped[str] = mapped_column(String(8), default="", index=True)
    play_version: Mapped[int] = mapped_column(default=1)
    plays: Mapped[str] = mapped_column(String(24), default="")
    duration_ms: Mapped[int | None]
    frame_count: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    offset_us: Mapped[int] = mapped_column(default=0)
    sound: Mapped[bool] = mapped_column(default=False)
    incomplete: Mapped[bool] = mapped_column(default=False)
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    ready_at: Mapped[datetime | None]
    erase_at: Mapped[datetime | None] = mapped_column(index=True)
    removed_at: Mapped[datetime | None]

    family: Mapped[Family] = relationship()

    @property
    def play_codec(self) -> str:
        """The codec of the film that plays while some browsers may not have it (`rules.play_codec`)."""
        return rules.play_codec(self.record, self.proxy)

    @property
    def plays_alone(self) -> bool:
        """Whether what plays stays as it is: no twin of it follows."""
        return self.proxy == rules.Proxy.KEPT


class Rendition(Base):
    """One sealed thing of a film: original, play, poster, filmstrip, waveform, hints, frames, still, clip.

    `sealed_sha256` is of its bytes as they lie in the store, `looked_at` when those were last read again.
    """

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("film_id", "kind", "version"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    film_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("film.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    media_type: Mapped[str] = mapped_column(String(60))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sealed_sha256: Mapped[str] = mapped_column(String(64), default="")
    looked_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Upload(Base):
    """A film on its way in by tus; `film_id` stands once the last byte is safe. `length` 0: it is being filmed."""

    __tablename__ = "upload"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    session_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    length: Mapped[int] = mapped_column(BigInteger)
    declared_name: Mapped[str] = mapped_column(String(255), default="")
    recorded_on: Mapped[date | None]
    situation: Mapped[str] = mapped_column(String(24), default="")
    title: Mapped[str] = mapped_column(String(120), default="")
    film_id: Mapped[uuid.UUID | None]
    told: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(12), default="")
    plays: Mapped[str] = mapped_column(String(24), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class Wiping(Base):
    """A film that came from its counselor's own device, to be wiped there. It outlives the film, not the family."""

    __tablename__ = "wiping"

    film_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    family_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[str] = mapped_column(String(12), default="")
    answered_at: Mapped[datetime | None]

    family: Mapped[Family] = relationship()
