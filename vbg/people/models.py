"""Tables: practice, person, sign-in code, web session, failed attempts."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vbg import clock, ids
from vbg.db import Base


class Practice(Base):
    """The one practice of this instance; its id is the sealing's organisation.

    `goal_levels`: whether counselors here write down goal levels (GAS).
    """

    __tablename__ = "practice"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2), default="BE")
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Brussels")
    goal_levels: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Person(Base):
    """Somebody who signs in: counselor, manager or parent. `email` is unique, lower-case.

    `short_text`, `read_aloud`, `one_at_a_time`: how this person likes to read. Why is nobody's business, and not kept.
    """

    __tablename__ = "person"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice.id"))
    name: Mapped[str] = mapped_column(String(120))
    call_name: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8), default="nl")
    short_text: Mapped[bool] = mapped_column(default=False)
    read_aloud: Mapped[bool] = mapped_column(default=False)
    one_at_a_time: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    practice: Mapped[Practice] = relationship()

    @property
    def is_staff(self) -> bool:
        """Whether this person works in the practice."""
        return self.role in ("counselor", "manager")


class SignInCode(Base):
    """A one-use way in: hashed, with an end. Opening it uses nothing; setting the password does."""

    __tablename__ = "sign_in_code"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser. The cookie holds a random token; here stands its hash."""

    __tablename__ = "web_session"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    audience: Mapped[str] = mapped_column(String(16))
    review_id: Mapped[uuid.UUID | None]
    family_id: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class ApiToken(Base):
    """A bearer token for programs, made by `vbg token`: hashed, scoped (`rules.Scope`), revocable."""

    __tablename__ = "api_token"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str] = mapped_column(String(8), server_default="write")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Attempt(Base):
    """A failed sign-in, counted per address and per hashed e-mail; the throttle's memory."""

    __tablename__ = "attempt"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=ids.new)
    who_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
