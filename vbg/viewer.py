"""Who is looking, and in which capacity."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """The four ways of being here; a route opens to some of them."""

    STAFF = "staff"
    ROOM = "room"
    PARENT = "parent"
    YOUNG = "young"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person; `review_id` only for the ROOM session of one review."""

    person_id: UUID
    practice_id: UUID
    audience: Audience
    session_id: UUID | None = None
    review_id: UUID | None = None
    language: str = "nl"
    call_name: str = ""
