"""What a note of a family may be."""

from enum import StrEnum
from typing import Final

MAX_TEXT: Final = 20_000
MAX_SHORT: Final = 200
"""Letters of the place, and of the names of who was there."""


class Kind(StrEnum):
    """What was written down: something said, or something seen."""

    TALK = "talk"
    OBSERVATION = "observation"


SAID: Final = ("kind", "on", "place", "present", "text")
"""What a note says, by the names of its fields."""
