"""Which frames belong to a span of film time. Pure; times are integers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def frame_at(times_us: Sequence[int], at_us: int) -> int:
    """Index of the first frame at or after ``at_us``; the last frame when there is none."""
    return min(bisect_left(times_us, at_us), len(times_us) - 1)


def frames_in(times_us: Sequence[int], start_ms: int, end_ms: int) -> tuple[int, int]:
    """First and last index of the frames whose time lies in [start, end); a gap gives the frame after it."""
    if end_ms <= start_ms:
        raise ValueError("a span ends after it starts")
    first = frame_at(times_us, start_ms * 1000)
    return first, max(first, bisect_left(times_us, end_ms * 1000) - 1)


def cut_before(times_us: Sequence[int], index: int) -> int:
    """A time just before frame ``index`` that no rounding can carry over a frame's edge (half-way back), in us."""
    if index <= 0:
        return times_us[0] - 500_000
    if index >= len(times_us):
        return times_us[-1] + 500
    return (times_us[index - 1] + times_us[index]) // 2
