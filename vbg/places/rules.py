"""What a place may be. Times are whole ms of film time."""

from typing import Final, Literal

Stand = Literal["watch", "label"]
FIRST: Final[Stand] = "label"
LARGEST: Final = 2**31 - 1


def inside(at_ms: int, duration_ms: int) -> int:
    """The place, kept inside the film."""
    return max(0, min(at_ms, duration_ms))
