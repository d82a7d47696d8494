"""What can be asked of all moments."""

from dataclasses import dataclass
from uuid import UUID

FOUND_BY = ("me", "room")
"""The viewer, or somebody who watched along."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked; an empty field asks nothing. `words` are folded."""

    family: UUID | None = None
    goal: UUID | None = None
    tag: str = ""
    began: str = ""
    situation: str = ""
    found_by: str = ""
    fun: bool = False
    chosen: bool = False
    words: str = ""
