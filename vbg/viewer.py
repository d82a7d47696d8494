"""Who is looking, and in which capacity."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """The ways of being here; a route opens to some of them. PHONE may only send films, of one family."""

    STAFF = "staff"
    ROOM = "room"
    PARENT = "parent"
    YOUNG = "young"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody likes to read: short texts, read aloud, one thing on a screen. Never why."""

    short_text: bool = False
    read_aloud: bool = False
    one_at_a_time: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person; `review_id` only for the ROOM session of one review, `family_id` only for a PHONE's."""

    person_id: UUID
    practice_id: UUID
    audience: Audience
    session_id: UUID | None = None
    review_id: UUID | None = None
    family_id: UUID | None = None
    language: str = "nl"
    call_name: str = ""
    reading: Reading = Reading()
