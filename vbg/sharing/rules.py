"""What a share may be, and what a parent can answer."""

from datetime import datetime

REACTIONS = ("recognise", "beautiful", "proud", "talk")
CLIP_MAX_MS = 120_000
POINT_MS = 4_000
FIRST_S = 0.1
"""A browser that seeks here shows a picture; at the very beginning some show none."""


def is_open(from_at: datetime, until_at: datetime | None, retracted_at: datetime | None, now: datetime) -> bool:
    """Whether the share can be looked at now."""
    return retracted_at is None and from_at <= now and (until_at is None or now < until_at)


def frozen_span(start_ms: int, end_ms: int | None, duration_ms: int) -> tuple[int, int]:
    """The span of the clip: the moment's own; a point gets its two seconds on both sides, inside the film."""
    if end_ms is None:
        start_ms, end_ms = max(start_ms - POINT_MS // 2, 0), start_ms + POINT_MS // 2
    return start_ms, min(end_ms, duration_ms)


def still_s(photo_ms: int | None, start_ms: int, end_ms: int) -> float:
    """Where in a clip of [start, end) the picture stands that is shown before it plays, in seconds.

    A photo (ms of film time) that is not in the clip is not shown: the clip is all that was given.
    """
    if photo_ms is None or not start_ms <= photo_ms < end_ms:
        return FIRST_S
    return max(FIRST_S, (photo_ms - start_ms + 1) / 1000)
