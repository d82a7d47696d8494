"""A prepared film as the cutting tools need it, and where a span of film time lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vbg.video import timeline
from vbg.video.commands import Cut
from vbg.video.source import Source

_LEAD_US = 1_000_000
_LEAD_FRAMES = 8
_TICK_US = 1000


@dataclass(frozen=True)
class Footage:
    """Our own derivative: ``times_us`` on the film's timeline, ``offset_us`` when its frame 0 comes in the file.

    ``width`` and ``height`` as shown; ``sound`` whether it has any.
    """

    path: Path | Source
    times_us: tuple[int, ...]
    offset_us: int
    duration_ms: int
    width: int
    height: int
    sound: bool

    def cut(self, start_ms: int, end_ms: int) -> Cut:
        """The piece [start_ms, end_ms) on the file's clock. ValueError when it ends before it starts."""
        first, last = timeline.frames_in(self.times_us, start_ms, end_ms)
        start_us, end_us = (timeline.cut_before(self.times_us, index) for index in (first, last + 1))
        zero_us = self.times_us[first]
        seek_us = min(zero_us - _LEAD_US, self.times_us[max(0, first - _LEAD_FRAMES)])
        hush_us = max(zero_us + _TICK_US, min(end_ms, self.duration_ms) * 1000)
        return Cut(*(time + self.offset_us for time in (seek_us, start_us, end_us, zero_us, hush_us)))
